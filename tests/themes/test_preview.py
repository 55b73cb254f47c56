"""The preview of a theme: every token, where it stands, at any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import themes
from themes.checking import drawings
from themes.theme import GROUNDS, ROWS
from tui.preview import Shown, preview
from tui.text import width_of


def text_of(line: Shown) -> str:
    return "".join(span.text for span in line.spans)


def test_it_wears_every_token() -> None:
    lines = preview(themes.load("dark"), 80)
    worn = {span.token for line in lines for span in line.spans} | {line.ground for line in lines}
    assert worn >= set(themes.TOKENS) - {"input_background"}
    assert {line.ground for line in lines} >= {"", "bar", *ROWS}
    assert "input" in worn, "which stands on input_background"


def test_it_shows_nothing_whose_contrast_is_not_measured() -> None:
    measured = set(drawings())
    for line in preview(themes.load("dark"), 80):
        for span in line.spans:
            assert (span.token, line.ground) in measured or (span.token in GROUNDS and span.token == line.ground)


@given(st.integers(0, 240), st.sampled_from(themes.names()))
def test_every_line_is_as_wide_as_it_is_told(width: int, name: str) -> None:
    lines = preview(themes.load(name), width)
    assert {width_of(text_of(line)) for line in lines} == {width}
    assert len(lines) == len(preview(themes.load("dark"), 80))


@pytest.mark.parametrize("title", ["\x1b[2J", "a\nb", "本" * 90])
def test_what_a_theme_calls_itself_is_data(title: str) -> None:
    theme = themes.load("dark")._replace(title=title, description="\u202etxt")
    for line in preview(theme, 60):
        assert text_of(line).isprintable()
        assert width_of(text_of(line)) == 60


def test_it_reads_without_colour() -> None:
    lines = [text_of(line).rstrip() for line in preview(themes.load("mono"), 60)]
    assert lines[4:9] == [
        "> B12  ● placed   The row under the cursor           3 d ago",
        " *B7   ◐ shaping  A marked row                      tomorrow",
        "· B9   ✓ settled  Chosen in another pane",
        "> B4   □ parked   The cursor of another pane          in 5 w",
        "  B31  ○ option   An option, like others",
    ]
