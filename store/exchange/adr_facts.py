"""What a decision record states about itself, status, date and people, becomes the fields of a decision."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from store.exchange.adr_document import FACTS, Document, Fact, normal
from store.exchange.adr_extras import NONE, Extras
from store.exchange.adr_names import number_of
from store.exchange.imported import Problem, Source
from store.quoting import quoted

STATES: Mapping[str, str] = {
    "accepted": "decided", "proposed": "open", "superseded": "superseded", "superceded": "superseded",
}  # fmt: skip
"""Statuses that say exactly what one of our states says."""
NEAREST: Mapping[str, str] = {
    "approved": "decided", "decided": "decided", "implemented": "decided", "done": "decided",
    "draft": "open", "pending": "open", "open": "open", "in progress": "open", "on hold": "open", "deferred": "open",
    "rejected": "reversed", "deprecated": "reversed", "obsolete": "reversed", "withdrawn": "reversed",
}  # fmt: skip
"""Statuses whose nearest state says a little more or less; the word stays in the body."""

PLACEHOLDER = re.compile(r"\[[^\]]*\]|\{[^}]*\}|<[^>]*>")
"""What templates write where something is to be filled in."""
LONGEST_FACT = 2_000
"""Characters of a status or of a list of people."""

SAID: Mapping[str, str] = {
    "open": "proposed", "decided": "accepted", "reviewed": "accepted", "superseded": "superseded", "reversed": "deprecated",
}  # fmt: skip
"""State → the status that says it, or comes nearest."""
_SAYS_STATUS = re.compile(r"^(?:#+ *|[*-] )?\W*status\b", re.IGNORECASE | re.MULTILINE)


def is_unsaid(state: str, body: str) -> bool:
    """Whether no status says a state, neither ours nor one that the body kept."""
    return state in ("reviewed", "reversed") and not _SAYS_STATUS.search(body)


_REPLACES = re.compile(r"\bsuper[sc]ed(es|ed by)\b", re.IGNORECASE)
_RELATION = re.compile(r"super(?:sedes|seded by) \[([^\]]*)\]\(([^()\s]+\.md)\)", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """A file on its way to a decision; the lines that are not ``taken`` become its body."""

    source: Source
    identity: str
    document: Document
    titles: Mapping[str, str] = field(default_factory=dict)
    """File → title, of the records that are read together."""
    extras: Extras = NONE
    fields: dict[str, Any] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    replaces: list[tuple[str, bool, int]] = field(default_factory=list)
    """(another record as this file names it, whether that one replaces this one, line)."""

    def problem(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.source.path, line + 1, message))

    def note(self, line: int, message: str) -> None:
        self.notes.append(Problem(self.source.path, line + 1, message))

    def take(self, fact: Fact) -> None:
        """Leave a fact out of the body, if its lines hold nothing but its name and its values."""
        rest = "\n".join(self.document.lines[fact.lines.start : fact.lines.stop])
        for value in fact.values:
            rest = rest.replace(value, "", 1)
        if FACTS.get(normal(rest)) == fact.name:
            self.taken.update(fact.lines)


def read_facts(reading: Reading) -> None:
    """Fill the fields that facts state; the first statement of each counts, and what is not understood stays in the body."""
    facts = {fact.name: fact for fact in reversed(reading.document.facts) if fact.values}
    for name, read in _READERS.items():
        if name not in facts:
            continue
        if (length := sum(map(len, facts[name].values))) > LONGEST_FACT:
            reading.problem(
                facts[name].lines.start, f"{name} has {length} characters: more than it can be; it is in the body."
            )
        else:
            read(reading, facts[name])
    _state_of_silence(reading)


def _status(reading: Reading, fact: Fact) -> None:
    said = " ".join(re.sub(r"<!--.*?-->", "", fact.values[0]).strip(" \"'*_").split())
    word = re.split(r"\s+by\b|\s*[,;(\[]|\s+on\s+\d", said.casefold(), maxsplit=1)[0].strip(" .")
    state = STATES.get(word) or NEAREST.get(word)
    line = fact.lines.start
    if state is None:
        reading.problem(line, f"status “{quoted(said)}” is none that is known; it is in the body.")
        return
    reading.fields["state"] = state
    if _is_ours(reading, said) and all(_is_relation(reading, value) for value in fact.values[1:]):
        reading.take(fact)
    elif word in NEAREST:
        reading.note(line, f"status “{quoted(said)}”: {state} is the nearest state; the word is in the body.")
    for value in fact.values:
        if found := _REPLACES.search(value):
            reading.replaces.append((value[found.end() :], found[1].casefold() == "ed by", line))


def _is_ours(reading: Reading, said: str) -> bool:
    """Whether a status says nothing but what its state and its links say again."""
    if said.casefold() in STATES or _is_relation(reading, said):
        return True
    return SAID.get(str(reading.extras.fields.get("state", ""))) == said.casefold()


def _is_relation(reading: Reading, said: str) -> bool:
    """Whether a line is a link to a record that is read along with this one, called as the templates call it."""
    found = _RELATION.fullmatch(said)
    if not found or found[2] not in reading.titles:
        return False
    number = number_of(found[2])
    return found[1] in (f"ADR-{number:04d}", f"{number}. {reading.titles[found[2]]}")


def _date(reading: Reading, fact: Fact) -> None:
    """The day it was decided; for one that is still open the date says something else and stays in the body."""
    said = fact.values[0]
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", said, re.ASCII):
            raise ValueError("a date is YYYY-MM-DD")
        day = date.fromisoformat(said)
    except ValueError as error:
        reading.problem(fact.lines.start, f"date “{quoted(said)}” is no date: {error}; it is in the body.")
        return
    if _is_open(reading):
        reading.note(fact.lines.start, f"dated {said} but not decided: the date is in the body.")
        return
    reading.fields["decided_on"] = day
    reading.take(fact)


def _is_open(reading: Reading) -> bool:
    """Whether it is not decided, as far as can be told."""
    return bool(reading.fields.get("state", "decided" if reading.fields.get("chosen") else "open") == "open")


def _deciders(reading: Reading, fact: Fact) -> None:
    people, exact = _people(fact)
    if not people:
        return
    reading.fields["driver"] = people[0]
    reading.fields["contributors"] = (*people[1:], *reading.fields.get("contributors", ()))
    if len(people) > 1:
        others = ", ".join(people[1:])
        reading.note(fact.lines.start, f"several decided: {people[0]} drives, {others} contribute; as it was in the body.")
    elif exact:
        reading.take(fact)


def _consulted(reading: Reading, fact: Fact) -> None:
    people, exact = _people(fact)
    reading.fields["contributors"] = tuple(dict.fromkeys((*reading.fields.get("contributors", ()), *people)))
    if exact:
        reading.take(fact)


def _informed(reading: Reading, fact: Fact) -> None:
    people, exact = _people(fact)
    reading.fields["informed"] = people
    if exact:
        reading.take(fact)


def _people(fact: Fact) -> tuple[tuple[str, ...], bool]:
    """The names between commas, semicolons or lines, and whether they are all there was to read."""
    said = [part for value in fact.values for part in re.split(r"\s*[,;]\s*", value.strip("[]")) if part.strip()]
    if any(PLACEHOLDER.search(part) for part in said) and not any("](" in part for part in said):
        return (), False
    names = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", part).lstrip("-*+ ").removeprefix("@").strip() for part in said]
    exact = not any("](" in part or "<" in part for part in said)
    return tuple(dict.fromkeys(filter(None, names))), exact


def _supersedes(reading: Reading, fact: Fact) -> None:
    reading.replaces += [(value, False, fact.lines.start) for value in fact.values]


def _superseded_by(reading: Reading, fact: Fact) -> None:
    reading.fields["state"] = "superseded"
    reading.replaces += [(value, True, fact.lines.start) for value in fact.values]


def _state_of_silence(reading: Reading) -> None:
    """Where no status can be read: decided once an option is chosen, open before."""
    if "state" in reading.fields:
        return
    chosen = bool(reading.fields.get("chosen"))
    reading.fields["state"] = "decided" if chosen else "open"
    said = "an option is chosen: decided" if chosen else "no option is chosen: open"
    reading.note(0, f"no status that says a state; {said}.")


_READERS: Mapping[str, Callable[[Reading, Fact], None]] = {
    "status": _status, "superseded by": _superseded_by, "supersedes": _supersedes, "date": _date,
    "deciders": _deciders, "consulted": _consulted, "informed": _informed,
}  # fmt: skip
