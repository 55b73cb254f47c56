"""The verb that prints the completion of a shell: a file, which ``tui.shell.completing`` wrote."""

from __future__ import annotations

import os

from store.errors import UsageError
from store.quoting import quoted
from tui.shell.output import pour
from tui.shell.session import Session
from tui.shell.verb import Argument, Given, Verb

SHELLS = ("bash", "zsh", "fish")


def file_of(shell: str) -> str:
    """Where the completion of a shell stands."""
    return os.path.join(os.path.dirname(__file__), "completions", f"many.{shell}")


def _completion(session: Session, given: Given) -> int:
    shell = given.words[0]
    if shell not in SHELLS:
        raise UsageError(f"There is no completion for {quoted(shell)}. There is {', '.join(SHELLS)}.")
    with open(file_of(shell), encoding="utf-8") as file:
        pour(file.read())
    return 0


VERBS = (
    Verb(
        "completion",
        "Print the completion of a shell",
        _completion,
        (Argument("SHELL", "bash, zsh or fish", offers="shells"),),
        examples=(
            ("source <(many completion bash)", "try it"),
            ("many completion fish > ~/.config/fish/completions/many.fish", "keep it"),
        ),
        group="Workspace",
    ),
)
