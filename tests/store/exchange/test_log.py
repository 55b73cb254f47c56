"""The decision log: one page with its indexes, whatever the records say."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.exchange import named
from store.model import Decision
from store.parts import Link

RECORDS = (
    Decision(id="D1", title="Use <b>files</b>", state="superseded", decided_on=date(2026, 1, 2), why="small & simple"),
    Decision(
        id="D2", title="Use a journal", state="reviewed", decided_on=date(2026, 3, 4), chosen="A journal", confidence=70,
        prediction="Nobody loses work", options=("A journal", "Do nothing"), came_true=True, process="good", outcome="bad",
        lesson="# Ask\n```", links=(Link(kind="supersedes", to="D1"),), door="one-way", review_on=date(2026, 9, 1),
    ),
    Decision(id="D3", title="Later", created="2026-03-09T00:00:00.000Z"),
)  # fmt: skip

MARKDOWN = """\
# Decision log

## Open (1)

| | Date | Decision |
| --- | --- | --- |
| [D3](#D3) | 2026-03-09 | Later |

## Reviewed (1)

| | Date | Decision |
| --- | --- | --- |
| [D2](#D2) | 2026-03-04 | Use a journal |

## Superseded (1)

| | Date | Decision |
| --- | --- | --- |
| [D1](#D1) | 2026-01-02 | Use \\<b\\>files\\</b\\> |

## By date

* 2026-03: [D3](#D3), [D2](#D2)
* 2026-01: [D1](#D1)

## <a id="D3"></a>D3 Later

* state: open

## <a id="D2"></a>D2 Use a journal

* state: reviewed
* decided: 2026-03-04
* review: 2026-09-01
* door: one-way
* chosen: A journal
* supersedes: [D1](#D1)

### Options

> - A journal
> - Do nothing

### Predicted on 2026-03-04, 70 % sure

> Nobody loses work

### Looking back

> came true, good process, bad outcome

### Lesson

> # Ask
> ```

## <a id="D1"></a>D1 Use \\<b\\>files\\</b\\>

* state: superseded
* decided: 2026-01-02
* superseded by: [D2](#D2)

### Why

> small & simple
"""


def test_the_markdown_page_in_full() -> None:
    assert named("log").write(RECORDS) == MARKDOWN


def test_what_was_brought_in_decided_was_not_decided_that_day() -> None:
    brought = Decision(id="D4", title="Use Markdown", state="decided", created="2026-11-23T09:00:00.000Z")
    page = named("log").write([brought])
    assert "| [D4](#D4) |  | Use Markdown |" in page
    assert "* no date: [D4](#D4)" in page


class Page(HTMLParser):
    """What a browser would make of a page: its tags, its links, its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "nav", "table", "tr", "th", "td", "ul", "li", "a",
    "article", "dl", "dt", "dd", "p",
}  # fmt: skip


def test_the_html_page_stands_alone() -> None:
    page = Page(named("log-html").write(RECORDS))
    assert page.open == [] and set(page.tags) <= TAGS
    assert {name for name, _ in page.attributes} <= {
        "lang",
        "charset",
        "name",
        "content",
        "http-equiv",
        "id",
        "class",
        "href",
    }
    links = [value for name, value in page.attributes if name == "href"]
    anchors = {value for name, value in page.attributes if name == "id"}
    assert links and all(value and value.startswith("#") and value[1:] in anchors for value in links)
    assert "url(" not in page.text and "@import" not in page.text and "@media print" in page.text
    for said in (
        "Use <b>files</b>",
        "small & simple",
        "Predicted on 2026-03-04, 70 % sure",
        "came true, good process, bad outcome",
    ):
        assert said in page.text


NASTY = st.text(st.sampled_from("ab<>&\"'`#*_[]()|\\\n -=~!/:.\x1b\u202e0"), max_size=40).filter(str.strip)


@given(NASTY, NASTY, NASTY)
def test_no_text_becomes_markup(title: str, why: str, option: str) -> None:
    record = Decision(id="D7", title=title, why=why, options=(option,), body=why, occasion=title)
    page = Page(named("log-html").write([record]))
    assert page.open == [] and set(page.tags) <= TAGS
    assert not {mark for mark in page.text if not mark.isprintable()} - {"\n"}
    text = named("log").write([record])
    tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
    headings = [inline.content for token, inline in pairwise(tokens) if _is_heading(token)]
    assert len(headings) == 4 + sum(f"### {label}" in text for label in ("Why", "Options", "Notes"))
    tags = [part.content for token in tokens for part in token.children or () if part.type == "html_inline"]
    assert [tag for tag in tags if not re.fullmatch(r'<a id="D7">|</a>', tag)] == []
    assert not [token for token in tokens if token.type == "html_block"]


def _is_heading(token: object) -> bool:
    return getattr(token, "type", "") == "heading_open" and getattr(token, "level", 1) == 0


def test_without_decisions_there_is_no_page() -> None:
    assert (named("log").write([]), named("log-html").write([])) == ("", "")
