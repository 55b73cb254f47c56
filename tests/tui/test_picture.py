"""Pictures that stand alone: nothing loaded, nothing run, every sign in its cell, other people's text only text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sample import NASTY, TODAY, nasty_state, sample_state

import themes
from store.operations import State
from store.records import Records
from tui.drawing import Line
from tui.inks import TERMINAL, ink
from tui.perspective import perspectives
from tui.picture import CELL, Panel, html, markdown, panel, plain_markdown, runs, svg
from tui.shapes import Scene, Span
from tui.text import safe
from tui.viewpoint import Viewpoint

SVG = "{http://www.w3.org/2000/svg}"
LENSES = tuple(perspectives())
THEMES = themes.names()
EVIL = "</text><script>alert(1)</script>&\"'`_*[x](javascript:y)"


def shown(lens: str, state: State, columns: int = 80, **more: Any) -> Panel:
    records = Records(state, 1000)
    one = perspectives()[lens]
    view = one.project(records, Viewpoint(TODAY, "anna", "B11"))
    return panel(one, view, Scene(records, TODAY, "anna"), columns, **more)


def bare(*lines: Line, columns: int = 40) -> Panel:
    return Panel("Lens", ("What?",), lines, columns)


def text_of(line: Line) -> str:
    return "".join(span.text for span in line)


def svg_lines(document: str) -> list[str]:
    """The text of every line of a picture, as it would be read or copied."""
    return ["".join(text.itertext()) for text in ElementTree.fromstring(document).iter(f"{SVG}text")]


class Reader(HTMLParser):
    """The elements of a page, and the text in its ``pre``."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.read = ""
        self._in_pre = False
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._in_pre |= tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._in_pre &= tag != "pre"

    def handle_data(self, data: str) -> None:
        self.read += data if self._in_pre else ""


# ------------------------------------------------------------------------------------------------------------------- runs


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(("text", "dim"))), max_size=4))
def test_runs_hold_all_of_a_line_each_at_its_cell(pieces: list[tuple[str, str]]) -> None:
    line = tuple(Span(safe(text), token) for text, token in pieces)
    found = list(runs(line))
    assert "".join(run.text for run in found) == text_of(line)
    x = 0
    for run in found:
        assert run.x == x
        x += run.cells
    assert x == cell_len(text_of(line))


def test_signs_have_a_place_of_their_own_and_letters_stand_together() -> None:
    line = (Span("┌──┐ Größe  日本 e\u0301"), Span("● on", "doing"))
    assert [(run.x, run.cells, run.text, run.sign) for run in runs(line)] == [
        (0, 1, "┌", True), (1, 2, "──", True), (3, 1, "┐", True), (4, 1, " ", False), (5, 7, "Größe  ", False),
        (12, 2, "日", True), (14, 2, "本", True), (16, 1, " ", False), (17, 1, "e\u0301", True),
        (18, 1, "●", True), (19, 1, " ", False), (20, 2, "on", False),
    ]  # fmt: skip


# -------------------------------------------------------------------------------------------------------------------- SVG


@pytest.mark.parametrize("lens", LENSES)
def test_every_lens_is_well_formed_and_reads_as_its_lines(lens: str) -> None:
    one = shown(lens, nasty_state(), 70)
    expected = [text_of(line) for line in (*one.head, *one.lines) if line]
    assert svg_lines(svg([one], themes.load("dark"), "A title")) == expected


def test_lenses_stand_side_by_side_each_run_in_its_column() -> None:
    first, second = bare((Span("ab"), Span("●", "doing"))), bare((Span("日", "bad"),))
    root = ElementTree.fromstring(svg([first, second], themes.load("dark"), "Two"))
    spans = {span.text: span for span in root.iter(f"{SVG}tspan")}
    assert (spans["ab"].get("x"), spans["ab"].get("textLength")) == ("16.8", "16.8")
    assert spans["●"].get("x") == f"{4 * CELL:.1f}" and spans["●"].get("class") == "doing"
    assert spans["日"].get("x") == f"{(2 + 40 + 4) * CELL:.1f}" and spans["日"].get("textLength") == "16.8"
    assert spans["日"].get("lengthAdjust") == "spacingAndGlyphs"
    assert root.get("width") == f"{(2 + 40 + 4 + 40 + 2) * CELL:.1f}"


def test_a_screen_reader_is_told_what_it_is() -> None:
    root = ElementTree.fromstring(svg([shown("flow", sample_state(), filtered='tag:"<x>"')], themes.load("dark"), "<Us>"))
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == "<Us>"
    assert described is not None and described.text is not None
    assert described.text.startswith("Flow  10 records. What is stuck, how old is it, who is over the WIP limit? hides:")
    assert described.text.endswith('filter: tag:"<x>".')
    assert root.get("aria-labelledby") == title.get("id") and root.get("aria-describedby") == described.get("id")


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_gives_every_token_of_a_picture_two_colours(theme: str) -> None:
    found = {token: ink(themes.load(theme), token) for token in themes.TOKENS}
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for one in found.values() for colour in (one.colour, one.ground))
    assert found["text"].colour != found["text"].ground


def test_a_ground_of_its_own_lies_below_its_text() -> None:
    mono = themes.load("mono")
    document = svg([bare((Span("here", "cursor"),))], mono, "t")
    assert f'fill="{ink(mono, "cursor").ground}"/><text' in document
    assert ink(mono, "cursor").ground == ink(mono, "text").colour


# ------------------------------------------------------------------------------------------------------------------- HTML


@pytest.mark.parametrize("lens", LENSES)
def test_a_page_reads_as_its_lines(lens: str) -> None:
    one = shown(lens, nasty_state(), 70)
    assert Reader(html([one], themes.load("light"), "t")).read == "\n".join(map(text_of, one.lines))


def test_a_page_may_load_and_run_nothing() -> None:
    document = html([bare((Span(EVIL), Span("日")))], themes.load("light"), EVIL)
    assert "default-src 'none'" in document
    assert not {"script", "link", "img", "iframe", "a"} & set(Reader(document).tags)
    assert '<i style="width:2ch">日</i>' in document


@pytest.mark.parametrize("text", (*NASTY, EVIL))
def test_what_people_typed_is_text_everywhere(text: str) -> None:
    line = (Span(safe(text)),)
    one = Panel(safe(text), (safe(text),), (line,), 500)
    document = svg([one], themes.load("dark"), text)
    root = ElementTree.fromstring(document)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "g", "text", "tspan",
    }  # fmt: skip
    assert svg_lines(document)[-1] == text_of(line)
    page = Reader(html([one], themes.load("dark"), text))
    assert set(page.tags) <= {
        "html", "head", "meta", "title", "style", "body", "main", "section", "h1", "p", "pre", "span", "i",
    }  # fmt: skip
    assert page.read == text_of(line)


def test_nothing_is_fetched_from_elsewhere() -> None:
    document = svg([shown("flow", sample_state())], themes.load("dark"), "t") + html(
        [shown("flow", sample_state())], themes.load("dark"), "t"
    )
    assert re.findall(r"https?://[^\"]+", document) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in document and "@import" not in document


# --------------------------------------------------------------------------------------------------------------- Markdown


def test_markdown_fences_the_lines_as_they_stand() -> None:
    one = bare((Span("a ``` b"),), (Span("# no heading"),))
    assert markdown([one]) == "## Lens\n\nWhat?\n\n````text\na ``` b\n# no heading\n````\n"


def test_markup_in_a_sentence_is_shown_as_it_is() -> None:
    assert plain_markdown("*a* [b](c) <i> # `d`") == r"\*a\* \[b\](c) \<i\> \# \`d\`"


# ------------------------------------------------------------------------------------------------------------------ panels


def test_a_picture_of_so_many_lines_says_what_it_leaves_out() -> None:
    whole, cut = shown("ladder", sample_state()), shown("ladder", sample_state(), lines=12)
    assert len(cut.head) + len(cut.lines) == 12
    assert text_of(cut.lines[-1]) == f"+{len(whole.lines) - len(cut.lines) + 1} more lines"
    assert cut.lines[:-1] == whole.lines[: len(cut.lines) - 1]


def test_a_lens_that_shows_nothing_says_how_to_fill_it() -> None:
    assert text_of(shown("hill", {}, 200).lines[0]) == perspectives()["hill"].empty


def test_the_past_is_named() -> None:
    assert shown("flow", sample_state(), past=TODAY).about[-1] == "as it stood on 2026-11-22"


def test_a_token_no_theme_knows_looks_like_text() -> None:
    assert ink(themes.load("dark"), "no such token") == ink(themes.load("dark"), "text")
    assert TERMINAL[True].background != TERMINAL[False].background
