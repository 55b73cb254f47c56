"""Templates, and the plain lines they make of what is known.

A template is text, one line a line.  ``{name}`` stands for what is known by that name; where that is nothing, the whole
line is left out.  ``{name|words}`` says the words instead: what matters to a reader and is missing is said, not hidden.
Of several values, each gets a line.  ``Label: …`` sets a label, ``# …`` a heading; a heading with nothing under it goes.
A line in ``<!-- -->`` is for whoever edits the template.  There is nothing else: a template computes nothing, and what it
is filled with is never read as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from store.errors import UsageError
from store.quoting import quoted

Facts = Mapping[str, str | tuple[str, ...]]
"""What is known, by name; "" or an empty tuple for nothing."""

_SLOT = re.compile(r"\{([a-z][a-z0-9_.]*)(?:\|([^{}]*))?\}")
_LABEL = re.compile(r"([A-Z][^:{}]{0,22}): ")
_HEADING = re.compile(r"#+ +")


class BadTemplate(UsageError):
    """A template that cannot be filled; the message says in which line, and what there is instead."""


class Line(NamedTuple):
    """One line of a telling; ``missing`` where something is said not to be known, ``listed`` where it is one of several."""

    text: str
    label: str = ""
    heading: bool = False
    missing: bool = False
    listed: bool = False


def tell(template: str, facts: Facts, name: str = "The template") -> tuple[Line, ...]:
    """The lines a template makes of the facts.

    Raises ``BadTemplate`` with the ``name`` of the template and the line for a name that stands for nothing known, and for
    a brace that stands around none.
    """
    sources = [(at, source.strip()) for at, source in enumerate(template.splitlines(), 1)]
    _check(sources, facts, name)
    lines = [line for _, source in sources if source and not source.startswith("<!--") for line in _told(source, facts)]
    return tuple(
        line
        for at, line in enumerate(lines)
        if not line.heading or at == 0 or (at + 1 < len(lines) and not lines[at + 1].heading)
    )


def _check(sources: Sequence[tuple[int, str]], facts: Facts, name: str) -> None:
    for at, source in sources:
        where = f"{name}, line {at}"
        if source.startswith("<!--"):
            continue
        if asked := next((found[1] for found in _SLOT.finditer(source) if found[1] not in facts), None):
            raise BadTemplate(f"{where}: {{{quoted(asked)}}} stands for nothing. {_instead(asked, facts)}")
        rest = _SLOT.sub("", source)
        if brace := next((sign for sign in rest if sign in "{}"), ""):
            raise BadTemplate(f"{where}: a {brace} stands around no name. Write {{title}}, or {{title|words instead}}.")


def _instead(asked: str, facts: Facts) -> str:
    """What may have been meant by a name that stands for nothing, else every name there is."""
    from difflib import get_close_matches  # only when something is wrong

    near = get_close_matches(asked, list(facts), 2, 0.7)
    if near:
        return f"Did you mean {' or '.join(f'{{{one}}}' for one in near)}?"
    return f"There are {', '.join(sorted(facts))}."


def _told(source: str, facts: Facts) -> Iterator[Line]:
    heading = _HEADING.match(source)
    labelled = None if heading else _LABEL.match(source)
    text = source[(heading or labelled).end() :] if heading or labelled else source  # type: ignore[union-attr]
    label = labelled[1] if labelled else ""
    slots = [_Slot(found[2], _known(facts[found[1]])) for found in _SLOT.finditer(text)]
    several = any(isinstance(facts[found[1]], tuple) for found in _SLOT.finditer(text))
    if any(not slot.values and slot.instead is None for slot in slots):
        return
    missing = any(not slot.values for slot in slots)
    listed = several and not (heading or missing)
    for nth in range(max((len(slot.values) for slot in slots), default=1) or 1):
        yield Line(_filled(text, slots, nth), label if nth == 0 else " " * bool(label), bool(heading), missing, listed)


def _filled(text: str, slots: list[_Slot], nth: int) -> str:
    said = iter(slots)
    return _SLOT.sub(lambda _: next(said).at(nth), text)


class _Slot(NamedTuple):
    """One place to fill: the words where nothing is known, and what is."""

    instead: str | None
    values: tuple[str, ...]

    def at(self, nth: int) -> str:
        """What stands there in the nth line: the one value everywhere, else each once."""
        if not self.values:
            return self.instead or ""
        return self.values[0] if len(self.values) == 1 else self.values[nth] if nth < len(self.values) else ""


def _known(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part in ((value,) if isinstance(value, str) else value) if part.strip())


# ---------------------------------------------------------------------------------------------------- as it is handed on

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2066-\u2069]")


def as_markdown(lines: Sequence[Line]) -> str:
    """The telling as Markdown, to be pasted where it is needed; what people typed reads there as they typed it."""
    blocks = []
    for at, (kind, run) in enumerate(groupby(_folded(lines), _block)):
        if kind == "heading":
            blocks += [f"{'#' if at == nth == 0 else '##'} {_marked(line.text, ' ')}" for nth, line in enumerate(run)]
        elif kind == "item":
            blocks.append("\n".join(_item(line) for line in run))
        else:
            blocks += [_marked(line.text, "  \n") for line in run]
    return "\n\n".join(blocks) + "\n"


def _folded(lines: Sequence[Line]) -> list[Line]:
    """The lines, those under one label as one."""
    folded: list[Line] = []
    for line in lines:
        if line.label and not line.label.strip() and folded:
            folded[-1] = folded[-1]._replace(text=f"{folded[-1].text}\n{line.text}")
        else:
            folded.append(line)
    return folded


def _block(line: Line) -> str:
    return "heading" if line.heading else "item" if line.label or line.listed else "line"


def _item(line: Line) -> str:
    label = f"**{_marked(line.label, ' ')}:** " if line.label else ""
    return f"- {label}{_marked(line.text, '  ' + chr(10) + '  ')}"


def _marked(text: str, ending: str) -> str:
    """The text without what would be markup; ``ending`` stands where it has the end of a line."""
    clean = _CONTROL.sub("\ufffd", text.strip().replace("\r\n", "\n"))
    plain = _LIST.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", _MARKUP.sub(r"\\\1", clean))
    return ending.join(part.strip() for part in plain.split("\n"))


def as_html(lines: Sequence[Line]) -> str:
    """The telling as HTML to stand in a page: headings, a list of what has labels, paragraphs."""
    return "\n".join(
        f"<ul>\n{chr(10).join(map(_html_item, run))}\n</ul>" if kind == "item" else "\n".join(map(_html_line, run))
        for kind, run in _runs(lines)
    )


def _runs(lines: Sequence[Line]) -> Iterator[tuple[str, list[tuple[int, Line]]]]:
    for kind, run in groupby(enumerate(_folded(lines)), lambda line: _block(line[1])):
        yield kind, list(run)


def _html_line(place: tuple[int, Line]) -> str:
    at, line = place
    tag = "p" if not line.heading else "h2" if at else "h1"
    return f"<{tag}{_missing(line)}>{_html(line.text)}</{tag}>"


def _html_item(place: tuple[int, Line]) -> str:
    line = place[1]
    label = f"<b>{_html(line.label)}:</b> " if line.label else ""
    return f"<li>{label}<span{_missing(line)}>{_html(line.text)}</span></li>"


def _missing(line: Line) -> str:
    return ' class="missing"' if line.missing else ""


def _html(text: str) -> str:
    from html import escape  # an app that only shows tellings does without

    clean = _CONTROL.sub("\ufffd", text.strip().replace("\r\n", "\n"))
    return escape(clean, quote=False).replace("\n", "<br>")
