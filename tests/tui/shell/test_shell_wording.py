"""No line of the shell names a key of the app: whoever reads it sits at a prompt."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conftest import Many

from tui.perspective import perspectives
from tui.wording import PHRASES, in_the_shell

KEY = re.compile(
    r"\bpress (?:[A-Z]\b|[^\w\s])|(?:^|[\s;:,])[A-Za-z/+](?: or &)? "
    r"(?:shows|gives|says|settles|decides|fills|adds|turns|begins|tells|copies|brings|takes)\b"
)
"""What a sentence looks like that says what a key does."""


@pytest.mark.parametrize("lens", perspectives().values(), ids=lambda one: str(one.id))
def test_what_a_lens_says_of_itself_names_commands(lens: object) -> None:
    for said in (lens.empty, lens.hides, lens.asks):  # type: ignore[attr-defined]
        assert not KEY.search(in_the_shell(said)), said
        assert "Choose a record" not in in_the_shell(said)


def test_every_phrase_is_said_otherwise() -> None:
    for said, instead in PHRASES:
        assert KEY.search(f" {said} turns") or said.startswith(("Choose", "choose")), said
        assert not KEY.search(instead)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("verb", ["talk", "why", "lookback", "done", "show"])
def test_verbs_about_any_record_name_commands(many: Many, verb: str) -> None:
    ids = [record["id"] for record in many("ls", "--all", "--json").data]
    for record_id in ids[::4]:
        given = many(verb, record_id)
        ours = [line for line in (given.out + given.err).splitlines() if "“" not in line]
        assert not [line for line in ours if KEY.search(line)], record_id


@pytest.mark.usefixtures("demonstration")
def test_whoever_was_not_heard_is_told_the_line_that_says_how_it_looks(many: Many) -> None:
    out = " ".join(many("talk", "B32").out.split())
    assert "you: many note about:B32 conf:70 TEXT says how it looks to you" in out


def test_what_is_refused_says_which_line_comes_first(many: Many, records: Callable[[], object]) -> None:
    many("decide", "Still open")
    assert many("lookback", "D1").err == "D1 is still open: many done D1 decides it first.\n"
    many("note", "x", "re:D1", "conf:70")
    assert many("why", "D1", "readings").code == 0


def test_empty_lenses_say_how_they_are_filled_from_the_shell(many: Many) -> None:
    many("bet", "One")
    told = " ".join(many("board", "convergence").out.split())
    assert "use many set ID FIELD=…: converged goes from 0 to 10" in told
