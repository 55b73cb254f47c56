"""Decisions as files of a template, such that reading the files gives the decisions again.

The parts of a decision go where the template has them, and its body where its headings belong.  Then the file is read: what
does not come back as it was, such as a context with headings of its own, is said once more in the mapping of ``adr_extras``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from store.exchange.adr_document import SECTIONS, Document, normal, take_apart
from store.exchange.adr_extras import FIELDS, HEADING, held, written
from store.exchange.adr_names import names, number_of
from store.exchange.marks import is_harmless
from store.model import Decision, Record
from store.parts import Link

SLOTS = ("lead", "status", "context", "drivers", "options", "outcome", "consequences", "end")
"""Places in a file between which the pieces of a body are told apart, in their order."""
_BELONGS = {
    "status": "status", "decision drivers": "drivers", "consequences": "consequences", "confirmation": "consequences",
    "positive consequences": "consequences", "negative consequences": "consequences",
} | {heading: name for heading, name in SECTIONS.items() if name != "context"}  # fmt: skip
"""Heading → the place where it stands in the templates; any other stands at the end."""
BEGINNING = 2
"""The line on which a body begins below a title of its own."""
_FENCED = re.compile(r"(?:\A|\n\n)(?P<fence>`{3,})yaml\n(?P<inner>(?:(?!\n(?P=fence)).)*)\n(?P=fence)\Z", re.DOTALL)
_FACT = re.compile(r"([\w-]+)\s*:")
_LINK = re.compile(r"\]\((?:\./)?([^()/\s#]+\.md)(?:#[^()\s]*)?\)")


class Neighbours(NamedTuple):
    """The records that are written together: id → file, and file → title."""

    files: Mapping[str, str]
    titles: Mapping[str, str]
    superseders: Mapping[str, tuple[str, ...]]
    """Id of a superseded decision → the files of what supersedes it."""
    citing: frozenset[tuple[str, str]]
    """(file, id of a decision whose text names it)."""


class Shown(NamedTuple):
    """What stands in the visible parts of a file: a decision without the fields that are only in the mapping."""

    record: Decision
    name: str
    extras: Sequence[str]
    neighbours: Neighbours

    @property
    def number(self) -> int:
        return number_of(self.name)


class Template(NamedTuple):
    """How one template writes the parts; each text may be empty.

    ``top`` is everything up to the body, from the front matter lines that the body held; ``places`` gives the text of each
    place, but for those that the body fills; ``says`` whether a link is said by them; ``carried`` which fields are;
    ``has_front`` whether facts stand in front matter; ``read`` reads a text under a name, beside others.
    """

    top: Callable[[Shown, Sequence[str]], str]
    places: Callable[[Shown, frozenset[str]], Mapping[str, str]]
    says: Callable[[Decision, Link, Neighbours], bool]
    carried: Callable[[Decision], frozenset[str]]
    has_front: bool
    read: Callable[[str, str, Mapping[str, str]], Decision | None]


def write_files(records: Sequence[Record], template: Template) -> dict[str, str]:
    """File name → text, for the decisions among some records, in their order; other kinds have no place here."""
    decisions = [record for record in records if isinstance(record, Decision)]
    neighbours = _neighbours(decisions)
    labels = {record.id: record.label for record in records}
    return {neighbours.files[record.id]: _file(record, template, neighbours, labels) for record in decisions}


def _neighbours(decisions: Sequence[Decision]) -> Neighbours:
    files = names(decisions)
    superseded = {record.id for record in decisions if record.state == "superseded"}
    superseders: dict[str, tuple[str, ...]] = {}
    for record in decisions:
        for old in superseded.intersection(record.linked("supersedes")):
            superseders[old] = (*superseders.get(old, ()), files[record.id])
    titles = {files[record.id]: one_line(record.label) for record in decisions}
    citing = frozenset(
        (found, record.id)
        for record in decisions
        for found in _LINK.findall("\n".join((record.context, record.why, record.body)))
    )
    return Neighbours(files, titles, superseders, citing)


def is_cited(record: Decision, link: Link, neighbours: Neighbours) -> bool:
    """Whether a link only says that a text names this record's file, which the text says again."""
    return link.kind == "informs" and (neighbours.files[record.id], link.to) in neighbours.citing


def _file(record: Decision, template: Template, neighbours: Neighbours, labels: Mapping[str, str]) -> str:
    """The first way of writing a record that reads as it was; its links are added to that, since files name files."""
    name = neighbours.files[record.id]
    links = [_told(link, neighbours, labels) for link in record.links if not template.says(record, link, neighbours)]
    beyond = frozenset(_filled(record)) - template.carried(record)

    def text(only: frozenset[str], also: frozenset[str], *, placed: bool, linked: bool = False) -> str:
        blank = {field: type(record).model_fields[field].get_default() for field in only if field != "title"}
        shown = Shown(
            record.evolve(**blank), name, written(held(record, beyond | only | also), links if linked else ()), neighbours
        )
        return _composed(shown, template, placed=placed)

    nothing: frozenset[str] = frozenset()
    tried = [(nothing, nothing, True), (nothing, nothing, False)]
    while tried:
        only, also, placed = tried.pop(0)
        differing = _differing(template.read(text(only, also, placed=placed), name, neighbours.titles), record)
        if not differing:
            return text(only, also, placed=placed, linked=True)
        if not tried and len(only) < len(FIELDS):
            tried = _further(only, also, differing)
    return text(frozenset(FIELDS), nothing, placed=False, linked=True)


def _further(
    only: frozenset[str], also: frozenset[str], differing: frozenset[str]
) -> list[tuple[frozenset[str], frozenset[str], bool]]:
    """What to try next: say what differs in the mapping as well, then there alone, then everything there."""
    if not also:
        return [(only, differing, False)]
    return [(also | differing, also, False)] if not only else [(frozenset(FIELDS), also, False)]


def _filled(record: Decision) -> Iterator[str]:
    """The fields that hold something else than nothing, and those whose default a template does not say."""
    for name in FIELDS:
        if getattr(record, name) != Decision.model_fields[name].get_default():
            yield name


def _differing(found: Decision | None, record: Decision) -> frozenset[str]:
    if found is None:
        return frozenset(FIELDS)
    return frozenset(name for name in FIELDS if getattr(found, name) != getattr(record, name))


def _told(link: Link, neighbours: Neighbours, labels: Mapping[str, str]) -> str:
    """An arrow in words: its kind, the file or the id it leads to, and what that is called."""
    target = neighbours.files.get(link.to, link.to)
    return " ".join(filter(None, (link.kind, target, one_line(labels.get(link.to, "")))))


# ------------------------------------------------------------------------------------------------------------ composition


def _composed(shown: Shown, template: Template, *, placed: bool) -> str:
    front, body = _hoisted(shown.record.body) if template.has_front else ([], shown.record.body)
    pieces = _pieces(clean(body)) if placed else [("end", clean(body))]
    there = frozenset(slot for slot, _ in pieces)
    own = template.places(shown, there)
    blocks = [template.top(shown, front)]
    for slot in SLOTS:
        given = [text for where, text in pieces if where == slot]
        mine = own.get(slot, "")
        blocks += [*given, mine] if slot == "outcome" else [mine, *given]
    if shown.extras and not template.has_front:
        blocks += [f"## {HEADING}", "\n".join(["```yaml", *shown.extras, "```"])]
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip("\n")) + "\n"


def _hoisted(body: str) -> tuple[list[str], str]:
    """The front matter that an import put at the end of the body, and the body without it."""
    found = _FENCED.search(body)
    if not found or not all(_FACT.match(line) or line[:1] in (" ", "#", "-", "") for line in found["inner"].split("\n")):
        return [], body
    return found["inner"].split("\n"), body[: found.start()]


def _pieces(body: str) -> list[tuple[str, str]]:
    """The body cut at its headings, each piece with the place where it belongs."""
    document = take_apart("# -\n\n" + body)
    starts = _places(document)
    if not starts or starts[0][0] > BEGINNING:
        starts = [(BEGINNING, "lead"), *starts]
    ends = [number for number, _ in starts[1:]] + [len(document.lines)]
    pieces = [(slot, document.text(range(start, end))) for (start, slot), end in zip(starts, ends, strict=True)]
    return [(slot, text) for slot, text in pieces if text]


def _places(document: Document) -> list[tuple[int, str]]:
    """The line of each heading that begins a piece: those of level 2, and what the templates have below the outcome."""
    found: list[tuple[int, str]] = []
    for token, inline in pairwise(document.tokens):
        if token.type != "heading_open" or token.level or not token.map or token.map[0] < BEGINNING:
            continue
        slot = _BELONGS.get(normal(" ".join(inline.content.split())), "")
        if token.tag in ("h1", "h2") or (token.tag == "h3" and (slot == "consequences" or not found)):
            deep = "consequences" if token.tag == "h3" and not slot else "end"
            found.append((token.map[0], slot or deep))
    return found


# ------------------------------------------------------------------------------------------------------------------ words


def clean(text: str) -> str:
    """Text in which nothing is left that a terminal would obey or that is no line of its own."""
    return "".join(mark if is_harmless(mark) or mark in "\n\t" else "\ufffd" for mark in text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Text on one line."""
    return clean(" ".join(text.split()))


def titled(heading: str, text: str) -> str:
    """A section with that text; "" without any."""
    return f"## {heading}\n\n{clean(text)}" if text.strip() else ""


def facts_in(lines: Iterable[str]) -> set[str]:
    """The names of the facts that some lines of front matter state."""
    return {found[1].casefold() for line in lines if (found := _FACT.match(line))}
