"""A Markdown decision record taken apart: front matter, title, sections and stated facts, each with the lines it stands on.

Lines count from 0 here, and a span is ``range(first, end)``.  Headings in code fences, quotes and lists are no headings: the
blocks come from a CommonMark parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

FACTS = {
    "status": "status",
    "date": "date",
    "deciders": "deciders",
    "decider": "deciders",
    "decision makers": "deciders",
    "decision maker": "deciders",
    "decision maker s": "deciders",
    "decision owners": "deciders",
    "consulted": "consulted",
    "informed": "informed",
    "supersedes": "supersedes",
    "superseded by": "superseded by",
}
"""What templates of all generations call the facts about a decision, in lower case and without punctuation."""

SECTIONS = {
    "context and problem statement": "context",
    "context and problem": "context",
    "problem statement": "context",
    "context": "context",
    "considered options": "options",
    "considered alternatives": "options",
    "options considered": "options",
    "decision outcome": "outcome",
    "decision": "outcome",
}
"""What the templates call the sections that fill a field."""

_FENCE = re.compile(r"---\s*")
_END = re.compile(r"(---|\.\.\.)\s*")
_FACT = re.compile(r"\s*(?:[-*+]\s+|\d+[.)]\s+)?[*_]*([A-Za-z][A-Za-z ()/-]{1,24}?)[*_]*\s*:[*_]*(.*)")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something stated about the decision: its name as in ``FACTS``, its values and where it stands."""

    name: str
    values: tuple[str, ...]
    lines: range


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what follows it: ``own`` up to the next heading of any level, ``whole`` with all deeper ones."""

    heading: str
    level: int
    lines: range
    own: range
    whole: range


@dataclass(frozen=True, slots=True)
class Cited:
    """A link to another file: where it points and on which line it stands."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart; ``front`` spans its front matter with the fences, ``complaint`` says where and what is wrong."""

    lines: tuple[str, ...]
    tokens: tuple[Token, ...]
    front: range
    title: Section | None
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    cited: tuple[Cited, ...]
    front_title: str = ""
    complaint: tuple[int, str] | None = None

    def text(self, span: range) -> str:
        """The lines of a span as they are, without blank ones around."""
        return "\n".join(self.lines[span.start : span.stop]).strip("\n")

    def within(self, span: range) -> Iterator[tuple[int, Token]]:
        """Each block token that begins in a span, with its place among the tokens."""
        for place, token in enumerate(self.tokens):
            if token.map is not None and token.map[0] in span:
                yield place, token


def take_apart(text: str) -> Document:
    """The parts of a Markdown file, of any template; never fails."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front, complaint = _front(lines)
    shown = "\n".join([""] * front.stop + lines[front.stop :])  # blank, so that the tokens count the lines of the file
    tokens = tuple(MarkdownIt("commonmark").parse(shown))
    sections = _sections(tokens, len(lines))
    title = _title(sections)
    after = title.own if title else range(front.stop, sections[0].lines.start if sections else len(lines))
    pairs, wrong = _yaml(lines, front)
    stated = [*pairs, *_stated(tokens, lines, after), *_as_sections(_siblings(sections, title), lines)]
    return Document(
        tuple(lines), tokens, front, title, tuple(_siblings(sections, title)),
        tuple(fact for fact in stated if fact.name in FACTS.values()), tuple(_cited(tokens)),
        next((fact.values[0] for fact in pairs if fact.name == "title" and fact.values), ""), complaint or wrong,
    )  # fmt: skip


def normal(name: str) -> str:
    """A heading or the name of a fact as the tables have it: lower case, one space, no numbering or punctuation."""
    words = re.sub(r"^\d+[.)]?\s+", "", name.casefold().strip())
    return " ".join(re.sub(r"[^\w\s]|_", " ", words).split())


def plain(inline: Token) -> str:
    """The text of a paragraph on one line as it reads: code keeps its ticks, links and emphasis lose their marks."""
    parts = []
    for token in inline.children or ():
        if token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:
            parts.append(f"`{token.content}`" if token.type == "code_inline" else token.content)
    return " ".join("".join(parts).split())


# ------------------------------------------------------------------------------------------------------------ front matter


def _front(lines: Sequence[str]) -> tuple[range, tuple[int, str] | None]:
    """The span of the front matter, empty without one, and the complaint about one that has no end."""
    if not _FENCE.fullmatch(lines[0]):
        return range(0), None
    end = next((number for number, line in enumerate(lines[1:], 1) if _END.fullmatch(line)), None)
    if end is None:
        return range(0), (0, "front matter begins here and never ends; it is in the body")
    return range(end + 1), None


def _yaml(lines: Sequence[str], front: range) -> tuple[list[Fact], tuple[int, str] | None]:
    """What the front matter states; everything in it is text, so that no value is taken for a date or a truth."""
    text = "\n".join(lines[1 : front.stop - 1]) if front else ""
    if not text.strip():
        return [], None
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return [], (1 + (mark.line if mark else 0), f"the front matter is not YAML: {error.problem}; it is in the body")
    except (yaml.YAMLError, RecursionError):
        return [], (1, "the front matter is not YAML; it is in the body")
    if not isinstance(root, yaml.MappingNode):
        return [], None if root is None else (1, "the front matter states nothing by name; it is in the body")
    starts = [key.start_mark.line + 1 for key, _ in root.value] + [front.stop - 1]
    return [
        Fact(FACTS.get(name := normal(str(key.value)), name), _scalars(value), range(start, end))
        for (key, value), start, end in zip(root.value, starts, starts[1:], strict=False)
    ], None


def _scalars(node: yaml.Node) -> tuple[str, ...]:
    """The texts of a value or of a list of values; nothing for what is nested deeper."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(item, yaml.ScalarNode) for item in items):
        return ()
    return tuple(text for item in items if (text := item.value.strip()))


# ----------------------------------------------------------------------------------------------------------------- markdown


def _sections(tokens: Sequence[Token], end: int) -> list[Section]:
    """Every heading of the document itself, in order."""
    heads = [
        (token.map, int(token.tag[1:]), tokens[place + 1].content)
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map is not None
    ]
    found = []
    for place, ((start, stop), level, heading) in enumerate(heads):
        later = heads[place + 1 :]
        own_end = later[0][0][0] if later else end
        whole_end = next((lines[0] for lines, deep, _ in later if deep <= level), end)
        name = " ".join(heading.split())
        found.append(Section(name, level, range(start, stop), range(stop, own_end), range(start, whole_end)))
    return found


def _title(sections: Sequence[Section]) -> Section | None:
    """The first heading of level 1; without one, the first heading, if others are below it and it is none we know."""
    for section in sections:
        if section.level == 1:
            return section
    first = sections[0] if sections else None
    if first is None or first.own.stop == first.whole.stop or normal(first.heading) in (*SECTIONS, *FACTS):
        return None
    return first


def _siblings(sections: Sequence[Section], title: Section | None) -> Iterator[Section]:
    """The sections right below the title; those inside others belong to them."""
    covered = title.lines.stop if title else 0
    for section in sections:
        if section.lines.start >= covered:
            yield section
            covered = section.whole.stop


def _stated(tokens: Sequence[Token], lines: Sequence[str], span: range) -> Iterator[Fact]:
    """Facts on lines of their own, ``* Status: accepted``, between the title and the first section."""
    for token in tokens:
        if token.type != "inline" or token.map is None or token.map[0] not in span:
            continue
        for number in range(*token.map):
            found = _FACT.fullmatch(lines[number])
            if found and normal(found[1]) in FACTS:
                value = found[2].strip()
                yield Fact(FACTS[normal(found[1])], (value,) if value else (), range(number, number + 1))


def _as_sections(sections: Iterable[Section], lines: Sequence[str]) -> Iterator[Fact]:
    """Facts that are sections, ``## Status`` and below it ``Accepted``."""
    for section in sections:
        name = normal(section.heading)
        values = tuple(filter(None, (lines[number].strip() for number in section.own)))
        if name in FACTS and values:
            yield Fact(FACTS[name], values, range(section.lines.start, section.own.stop))


def _cited(tokens: Sequence[Token]) -> Iterator[Cited]:
    """Links to Markdown files beside this one, not to the web."""
    for token in tokens:
        for part in token.children or ():
            href = str(part.attrs.get("href", "")) if part.type == "link_open" else ""
            target = unquote(href.partition("#")[0])
            if target.lower().endswith(".md") and "://" not in target and token.map is not None:
                yield Cited(target.rsplit("/", 1)[-1], token.map[0])
