"""Decision records in Markdown, of every generation of every template, become decisions; the rest is their body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from store.errors import UsageError
from store.exchange.adr_document import SECTIONS, Document, Section, normal, plain, take_apart
from store.exchange.adr_extras import read as read_extras
from store.exchange.adr_facts import PLACEHOLDER, Reading, read_facts
from store.exchange.decoding import NotText, decode
from store.exchange.imported import Arrow, Draft, Imported, Problem, Source, apart
from store.model import Decision
from store.parts import LINK_KINDS, LinkKind
from store.quoting import quoted

_CHOSEN = re.compile(
    r"""
    [*_]* chosen \s+ (?:option|alternative)s? [*_]* \s* : [*_]* \s*
    (?: (?: (?P<mark> ["'] ) (?P<quoted> .+? ) (?P=mark) | [“‘«] (?P<curly> .+? ) [”’»] )  # quotes may stand inside
        (?= [ ]* (?: [,.;(–—-] | \n | \Z ) | \s* because\b )
      | ["“] (?P<simple> [^"”\n]+ ) ["”]
      | (?P<bare> .+? ) (?= ,? \s+ because\b | [ ]* (?: \n | \Z ) )
    )
    [\s,.;*_]* (?: because\b [\s:]* )?
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_NUMBERED = re.compile(r"(?:ADR[- ]?)?0*(\d+)\s*[.:–-]?\s+(?=\S)", re.IGNORECASE)
_FILE = re.compile(r"\(([^()\s]+\.md)\)|\b([\w-]+\.md)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)0*(\d{1,5})\b")
OPTIONS = (
    ("from=NAME", "a name for the project, where two have files of the same name"),
    ("encoding=NAME", "UTF-8 unless said or marked in the file"),
)
_LONGEST_CHOICE = 2_000
"""Characters within which a sentence must have named what was chosen."""


def read_records(sources: Sequence[Source], words: Sequence[str], kept: str, form: str) -> Imported:
    """The decision of each file, of whichever template; ``form`` is what their identities begin with."""
    options = _options_of(words, kept, form)
    origin = f"{form}:{options['from']}/" if "from" in options else f"{form}:"
    identities = apart(f"{origin}{source.name}" for source in sources)
    readings: list[Reading] = []
    problems: list[Problem] = []
    for source, identity in zip(sources, identities, strict=True):
        try:
            text, odd = decode(source, options.get("encoding", ""))
        except NotText as error:
            problems.append(Problem(source.path, 0, str(error).removeprefix(source.shown).strip()))
            continue
        problems += odd
        document = take_apart(text)
        if refusal := _no_decision(document):
            problems.append(Problem(source.path, 1, f"{refusal}. It was left out."))
            continue
        readings.append(Reading(source, identity, document))
    _read_all(readings, {})
    drafts = tuple(_draft(reading) for reading in readings)
    arrows = tuple(_arrows(readings, origin))
    problems += [problem for reading in readings for problem in reading.problems]
    notes = tuple(note for reading in readings for note in reading.notes)
    return Imported(drafts, arrows, tuple(problems), notes)


def read_one(text: str, name: str, titles: Mapping[str, str]) -> Decision | None:
    """The decision of one file, beside others of these names and titles; None where it is none."""
    document = take_apart(text)
    if _no_decision(document):
        return None
    reading = Reading(Source(name, b""), "", document)
    _read_all([reading], titles)
    return cast(Decision, _draft(reading).record)


def _read_all(readings: Sequence[Reading], titles: Mapping[str, str]) -> None:
    """Read titles first, because a status may call other records by theirs."""
    for reading in readings:
        reading.extras = read_extras(reading.document)
        _title(reading)
    known = {**titles, **{reading.source.name: str(reading.fields["title"]) for reading in readings}}
    for reading in readings:
        reading.titles = known
        _read(reading)


def _options_of(words: Sequence[str], kept: str, form: str) -> dict[str, str]:
    """The options by name; raises ``UsageError`` for others than there are."""
    options = dict(word.split("=", 1) for word in words if "=" in word)
    known = [option.partition("=")[0] for option, _ in OPTIONS]
    wrong = next((word for word in words if word.partition("=")[0] not in known or not word.partition("=")[2]), None)
    name = "MADR" if form == "madr" else form
    if wrong is not None:
        raise UsageError(f"{name} takes no “{quoted(wrong)}”; it takes {', '.join(option for option, _ in OPTIONS)}.")
    if kept:
        raise UsageError(f"{name} needs no map=FILE: its sections say which field is which.")
    return options


def _no_decision(document: Document) -> str | None:
    """Why a file is no decision record, or None."""
    if not any(line.strip() for line in document.lines):
        return "is empty"
    known = [section for section in document.sections if normal(section.heading) in SECTIONS]
    if not known and not document.facts:
        return "has none of the sections of a decision record (Context, Considered Options, Decision Outcome)"
    if document.title and PLACEHOLDER.fullmatch(document.title.heading):
        return "is a template that nobody has filled in"
    return None


def _read(reading: Reading) -> None:
    if reading.document.complaint:
        reading.problem(*reading.document.complaint)
    done: set[str] = set()
    for section in reading.document.sections:
        name = SECTIONS.get(normal(section.heading), "")
        if name and name not in done:
            done.add(name)
            _SECTION_READERS[name](reading, section)
    read_facts(reading)
    reading.taken |= reading.extras.lines


def _title(reading: Reading) -> None:
    """The title without the number the file has anyway; where there is none, the file's name stands in."""
    document, name = reading.document, reading.source.name
    if document.title:
        reading.taken.update(document.title.lines)
    title = document.title.heading if document.title else document.front_title
    number = _NUMBERED.match(title)
    if number and number[1] == _number(name):
        title = title[number.end() :]
    reading.fields["title"] = reading.extras.fields.get("title") or title or name.removesuffix(".md")
    if not title and "title" not in reading.extras.fields:
        line = document.title.lines.start if document.title else document.front.stop
        reading.problem(min(line, len(document.lines) - 1), "has no title; the name of the file stands in.")


def _number(name: str) -> str:
    """The number a file's name begins with, without zeros in front; "" without one."""
    found = re.match(r"(?:adr[-_]?)?(\d+)", name, re.IGNORECASE)
    return str(int(found[1])) if found else ""


# --------------------------------------------------------------------------------------------------------------- sections


def _context(reading: Reading, section: Section) -> None:
    reading.fields["context"] = reading.document.text(range(section.lines.stop, section.whole.stop))
    reading.taken.update(section.whole)


def _considered(reading: Reading, section: Section) -> None:
    """The items of the lists, or the headings below; the section stays in the body where it says more than they do."""
    document = reading.document
    items = [
        document.tokens[place + 2]
        for place, token in document.within(section.own)
        if token.type == "list_item_open" and token.level == 1 and document.tokens[place + 1].type == "paragraph_open"
    ]
    inner = [other.content for place, other in _inner_headings(document, section)]
    reading.fields["options"] = tuple(filter(None, [plain(item) for item in items] or inner))
    said = {number for item in items for number in range(*(item.map or (0, 0)))}
    rest = [number for number in section.own if document.lines[number].strip() and number not in said]
    as_written = all(plain(item) == " ".join(item.content.split()) for item in items)
    if items and not rest and as_written and section.own.stop == section.whole.stop:
        reading.taken.update(section.whole)


def _inner_headings(document: Document, section: Section) -> Iterator[tuple[int, Any]]:
    """The text of each heading one level below a section."""
    for place, token in document.within(section.whole):
        if token.type == "heading_open" and token.level == 0 and token.tag == f"h{section.level + 1}":
            yield place, document.tokens[place + 1]


def _outcome(reading: Reading, section: Section) -> None:
    """What was chosen, and as the reason everything that follows up to the next heading."""
    document = reading.document
    for _, token in document.within(section.own):
        found = _CHOSEN.match(token.content, 0, _LONGEST_CHOICE) if token.type == "inline" else None
        if not found or not token.map:
            continue
        chosen = (found["quoted"] or found["curly"] or found["simple"] or found["bare"]).strip()
        unfilled = PLACEHOLDER.fullmatch(chosen)
        reading.fields["chosen"] = " ".join((chosen[1:-1] if unfilled else chosen).split())
        after = document.text(range(token.map[1], section.own.stop))
        gap = "\n\n" if token.map[1] < len(document.lines) and not document.lines[token.map[1]].strip() else "\n"
        reading.fields["why"] = gap.join(filter(None, (token.content[found.end() :].strip(), after)))
        reading.taken.update(range(token.map[0], section.own.stop))
        if not document.text(range(section.lines.stop, token.map[0])).strip():
            reading.taken.update(section.lines)
        return
    if normal(section.heading) == "decision":
        _decided(reading, section)


def _decided(reading: Reading, section: Section) -> None:
    """A decision in sentences: one line is what was chosen, more are the reason as well."""
    text = reading.document.text(range(section.lines.stop, section.whole.stop))
    if not text.strip():
        return
    reading.fields["why" if "\n" in text else "chosen"] = text
    reading.taken.update(section.whole)


_SECTION_READERS: Mapping[str, Callable[[Reading, Section], None]] = {
    "context": _context, "options": _considered, "outcome": _outcome,
}  # fmt: skip


# -------------------------------------------------------------------------------------------------------- body and arrows


def _draft(reading: Reading) -> Draft:
    document = reading.document
    front = [document.lines[number] for number in document.front[1:-1] if number not in reading.taken]
    body = "\n\n".join(filter(None, map(document.text, _left(reading))))
    headings = [section.heading for section in document.sections if section.lines.start not in reading.taken]
    if strangers := [said for said in reading.extras.links if not _leads_to_file(said, reading)]:
        body = "\n\n".join(filter(None, (body, "\n".join(f"* {said}" for said in strangers))))
    if any(line.strip() for line in front):
        body = f"{body}\n\n{_fenced(front)}".strip("\n")
        headings.append("front matter")
    values = {name: value for name, value in {**reading.fields, "body": body}.items() if value} | dict(reading.extras.fields)
    record = Decision.model_validate({**values, "source": reading.identity})
    line = document.title.lines.start + 1 if document.title else 1
    return Draft(record, reading.source.path, line, tuple(headings))


def _left(reading: Reading) -> Iterator[range]:
    """The spans between the lines that fields took."""
    start, end = reading.document.front.stop, len(reading.document.lines)
    for taken in (*sorted(number for number in reading.taken if number >= start), end):
        if taken > start:
            yield range(start, taken)
        start = taken + 1


def _fenced(lines: Sequence[str]) -> str:
    """Front matter as a code block, whose fence is longer than any in it."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}yaml", *lines, fence])


def _arrows(readings: Sequence[Reading], origin: str) -> Iterator[Arrow]:
    """What replaced what, and which record is cited by which: the cited one informs the one that cites it."""
    by_number: dict[str, str] = {}
    for reading in readings:
        by_number.setdefault(_number(reading.source.name), reading.identity)
    drawn: set[tuple[str, str]] = set()
    for reading in readings:
        for said, backwards, line in reading.replaces:
            other = _referred(said, by_number, origin)
            missing = Problem(reading.source.path, line + 1, f"“{quoted(said)}” is not here; the words are in the body.")
            tail, head = (other, reading.identity) if backwards else (reading.identity, other)
            drawn |= {(tail, head), (head, tail)}
            yield Arrow(tail, "supersedes", head, otherwise=missing)
        for kind, other in _written_links(reading, origin):
            drawn |= {(reading.identity, other), (other, reading.identity)} if kind != "informs" else set()
            yield Arrow(reading.identity, kind, other)
    for reading in readings:
        for target in dict.fromkeys(cited.target for cited in reading.document.cited):
            other = f"{origin}{target}"
            if other != reading.identity and (other, reading.identity) not in drawn:
                yield Arrow(other, "informs", reading.identity)


def _written_links(reading: Reading, origin: str) -> Iterator[tuple[LinkKind, str]]:
    """The arrows to other files that were written down when the files were; those that name none are in the body."""
    for said in reading.extras.links:
        if _leads_to_file(said, reading):
            kind, target = said.split(" ", 2)[:2]
            yield cast(LinkKind, kind), f"{origin}{target}"


def _leads_to_file(said: str, reading: Reading) -> bool:
    kind, target = (*said.split(" ", 2), "", "")[:2]
    return kind in LINK_KINDS and target in reading.titles


def _referred(said: str, by_number: Mapping[str, str], origin: str) -> str:
    """The identity of the record a status names by file or number; one that cannot exist where it names none."""
    if file := _FILE.search(said):
        return f"{origin}{(file[1] or file[2]).rsplit('/', 1)[-1]}"
    number = _NUMBER.search(said)
    return by_number.get(number[1], "") if number else ""
