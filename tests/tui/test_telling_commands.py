"""Handing on what is told: to whom the story in focus tells it, or to whom one names."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample import TODAY, sample_state

from store.errors import NotFound
from store.records import Records
from store.stories import AUDIENCES, story
from store.telling import as_markdown
from tui.command import Context, Show, registry
from tui.viewpoint import Viewpoint

RECORDS = Records(sample_state(), 100)
COPY = registry().by_key["M"]


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manyview" / "tellings").mkdir(parents=True)
    (tmp_path / "manyview" / "tellings" / "bet.board.md").write_text("For the board: {title}", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def here(*marked: str, lens: str = "story", **options: str) -> Context:
    context = Context(RECORDS, TODAY, "anna", chosen=RECORDS.find("B12"), lens=lens)
    viewpoint = Viewpoint(TODAY, options=options)
    return context._replace(viewpoint=viewpoint, marked=tuple(map(RECORDS.find, marked)))


def told(record_id: str, audience: str) -> str:
    return as_markdown(story(RECORDS.find(record_id), RECORDS, TODAY, audience))


def test_the_story_in_focus_is_copied_without_a_question() -> None:
    context = here(**{"for": "finance"})
    assert COPY.asks(context) is None
    assert COPY.run(context, {}) == Show("copy_text", told("B12", "finance"))
    assert COPY.run(here(), {}) == Show("copy_text", told("B12", "executives"))


def test_from_elsewhere_one_says_to_whom() -> None:
    context = here(lens="flow")
    ask = COPY.asks(context)
    assert ask is not None
    (question,) = ask.questions
    assert (question.field.choices, question.initial) == ((*AUDIENCES, "board"), "executives")
    assert COPY.run(context, {"for": "team"}) == Show("copy_text", told("B12", "team"))
    assert COPY.run(context, {"for": "board"}) == Show("copy_text", "- **For the board:** Import from a spreadsheet\n")
    with pytest.raises(NotFound, match="Nothing is told to nobody"):
        COPY.run(context, {"for": "nobody"})


def test_the_marked_records_are_told_one_after_the_other() -> None:
    assert COPY.run(here("M2", "B11", "U71"), {}) == Show(
        "copy_text", told("M2", "executives") + "\n" + told("B11", "executives")
    )


def test_an_update_is_told_with_what_it_is_about() -> None:
    assert COPY.refuse(here("U71")) == "An update is told with what it is about."
    assert COPY.refuse(Context(RECORDS, TODAY)) == "No record is chosen here."
