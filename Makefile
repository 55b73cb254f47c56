# make run      ManyView on a demo workspace
# make test     the tests
# make check    everything a change must pass: format, types, layers, tests, generated docs
# make bench    speed, size and bytes, each as a ratio to a named peer in the same run
# make pictures the README's screenshots, from the real program
# make campaign long ones: writers killed at random, and the app played at random behind the layer that sends what changed
# make year     a simulated year: what the tool says is due, stale, crossed, calibrated, against a reckoning by hand
# make lock     the locked dependencies, anew

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DEMO   ?= $(CURDIR)/.venv/demo/workspace.json

.PHONY: run test check lint fix bench pictures docs campaign year lock wheel clean

run: $(VENV)/.run
	@$(BIN)/many demo --file "$(DEMO)"

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n 2

lint: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tui.shell.reference --check
	@$(BIN)/python -m tui.reference --check

check: lint test

fix: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(VENV)/.dev
	@$(BIN)/python -m tui.shell.reference
	@$(BIN)/python -m tui.reference

bench: $(VENV)/.dev
	@$(BIN)/python -m tests.bench

pictures: $(VENV)/.dev
	@$(BIN)/python -m tests.pictures docs/pictures

campaign: $(VENV)/.dev
	@$(BIN)/python -m tests.campaign_crash --rounds 200
	@$(BIN)/python -m tests.campaign_wire --rounds 200

year: $(VENV)/.dev
	@$(BIN)/python -m tests.year

wheel: $(VENV)/.dev
	@$(BIN)/python -m hatchling build -t wheel -d dist

lock: $(VENV)/.dev
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "ManyView needs Python 3.11 or newer: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements/run.txt pyproject.toml
	@echo "Making an environment of its own in $(VENV) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python requirements/dev.txt pyproject.toml
	@echo "Making an environment of its own in $(VENV) …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run
