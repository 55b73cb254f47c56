r"""todo.txt: a task a line, with priority, days, +projects, @contexts and key:value (github.com/todotxt/todo.txt).

A line that was written here names its record (``id:B12 at:083000.123``, with the day it was created) and comes back to it;
in it ``\`` stands before what would be read as something else, and ``\uNNNN`` for what is no character of a line.  Any other
line is known by its words, whatever its mark, priority and days: one that is ticked off is still known, one that is worded
anew is a new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from store.exchange.decoding import decode
from store.exchange.format import Format
from store.exchange.imported import Arrow, Draft, Imported, Problem, Source, apart, together
from store.exchange.tasks import (
    BY_LETTER,
    FATES,
    OPTIONS,
    Choices,
    TaskKind,
    choices,
    day_done,
    due_of,
    explained,
    fate_fields,
    headline,
    once,
    people_fields,
    people_of,
    under_missions,
)
from store.exchange.todotxt_line import STAMP, Line, iso_day, safe, safe_title, taken_apart
from store.model import Bet, Decision, Record, Update
from store.quoting import quoted

_CLOSED = ("done", "dropped")
"""Fates that are written with an ``x``."""


def read_todotxt(sources: Sequence[Source], words: Sequence[str], kept: str = "") -> Imported:
    """The task of each line; a line without a word of its own is named and left out."""
    choice = choices("todo.txt", words, kept)
    origins = apart(f"todo.txt:{source.name}" for source in sources)
    return together(_read(source, origin, choice) for source, origin in zip(sources, origins, strict=True))


def _read(source: Source, origin: str, choice: Choices) -> Imported:
    text, odd = decode(source)
    lines = [taken_apart(n, line) for n, line in _lines(text)]
    names = apart(_identity(line, origin) for line in lines)
    drafts: list[Draft] = []
    missions: list[Draft] = []
    arrows: list[Arrow] = []
    problems = list(odd)
    for line, name in zip(lines, names, strict=True):
        one = _Task(line, choice)
        draft = one.draft(source, name)
        problems += [Problem(source.path, line.number, complaint) for complaint in one.complaints]
        if draft is None:
            continue
        drafts.append(draft)
        if choice.in_missions and not line.is_ours:
            above, drawn = under_missions(origin, draft, line.projects)
            missions += above
            arrows += drawn
    said = explained(choice, (f"@context → {_people_said(choice.kind)}", "priority → the body"), {"x": "done"})
    return Imported((*once(missions), *drafts), tuple(arrows), tuple(problems), explained=said)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if clean := line.replace("\t", " ").replace("\r", " ").strip(" "):
            yield number, clean


def _identity(line: Line, origin: str) -> str:
    """What the line is known by at the next import."""
    if line.is_ours:
        return f"todo.txt:{line.keys['id']} {line.stamp}" if line.stamp else f"{origin}#{line.keys['id']}"
    words = [word for word in line.text.split(" ") if word and not word.startswith("pri:")]
    return f"{origin}#{hashlib.sha256(' '.join(words).encode()).hexdigest()[:12]}"


def _people_said(kind: TaskKind) -> str:
    return {Bet: "people", Decision: "driver, contributors"}.get(kind.kind, "the text")


class _Task:
    """A line on its way to a record: the fields it fills, what goes into the body, and what is wrong with it."""

    def __init__(self, line: Line, choice: Choices) -> None:
        self.line = line
        self.kind = BY_LETTER[line.keys["id"][0]] if line.is_ours else choice.kind
        self.in_missions = choice.in_missions and not line.is_ours
        self.body: dict[str, str] = {}
        self.complaints: list[str] = []

    def draft(self, source: Source, name: str) -> Draft | None:
        """The record of the line, or None where it has no title."""
        fields: dict[str, Any] = self._title()
        if not fields:
            self.complaints.append("has no words of its own. It was left out.")
            return None
        fields |= self._marks() | self._due() | self._state()
        fields |= self._leftovers()
        fields["source"] = name
        if self.line.is_ours:
            fields |= {"id": self.line.keys["id"], "created": self.line.stamp}
        return Draft(self.kind.kind.model_validate(fields), source.path, self.line.number, tuple(self.body))

    def _title(self) -> dict[str, Any]:
        words = list(self.line.words)
        if self.kind.kind is Update:  # a note has no people of its own: who is named stays where he was
            words += [f"@{name}" for name in self.line.contexts if name not in words]
        title = " ".join(words)
        if not title.strip():
            return {}
        if not self.line.is_ours:
            title, whole = headline(title)
            self.body |= {"text": whole} if whole else {}
        return {self.kind.kind.headline: title}

    def _marks(self) -> dict[str, Any]:
        line = self.line
        fields: dict[str, Any] = {"tags": tuple(line.projects)} if line.projects and not self.in_missions else {}
        if not (line.is_ours and self.kind.kind is Decision):
            return fields | people_fields(self.kind.kind, line.contexts)
        driver = line.keys.get("driver", "")
        others = tuple(name for name in line.contexts if name != driver)
        return fields | ({"driver": driver} if driver else {}) | ({"contributors": others} if others else {})

    def _due(self) -> dict[str, Any]:
        said = self.line.keys.get("due", "")
        day = self._day("due", said)
        if day is None or self.kind.due:
            return {self.kind.due: day} if day else {}
        self.body["due"] = said
        return {}

    def _day(self, name: str, said: str) -> date | None:
        """The day somebody wrote; one that is none is said and kept in the body."""
        if not said:
            return None
        try:
            return iso_day(said)
        except ValueError:
            self.complaints.append(f"{name} “{quoted(said)}” is no day as 2026-11-30: it is in the body.")
            self.body[name] = said
            return None

    def _state(self) -> dict[str, Any]:
        line, kind = self.line, self.kind
        done_on = self._day("done", line.done_on)
        written = line.keys.get("state", "")
        if not line.is_ours or written not in kind.kind.states:
            if line.done and not kind.done_on:
                self.body["done"] = str(done_on or "yes")
            return fate_fields(kind, "done", done_on) if line.done else {}
        was_done = FATES.get(written) in _CLOSED
        if line.done and not was_done:
            return fate_fields(kind, "done", done_on)
        if was_done and not line.done:
            self.complaints.append(f"is no longer ticked off; {line.keys['id']} was {written} and is left so.")
        result = line.keys.get("result", "")
        return {"state": written} | ({"result": result} if result in ("won", "lost", "mixed", "unclear") else {})

    def _leftovers(self) -> dict[str, Any]:
        """The body: what no field holds.  A record that was written here has a body of its own, which stays."""
        if self.line.priority:
            self.body = {"priority": self.line.priority, **self.body}
        if not self.line.is_ours:
            if self._day("created", self.line.created):
                self.body["created"] = self.line.created
            return {"body": "\n".join(f"* {name}: {said}" for name, said in self.body.items())} if self.body else {}
        if self.body:
            left = ", ".join(f"{name} {quoted(said)}" for name, said in self.body.items())
            self.complaints.append(f"{self.line.keys['id']} has no place for {left}: left out.")
            self.body = {}
        return {}


# ----------------------------------------------------------------------------------------------------------------- writing


def write_todotxt(records: Sequence[Record]) -> str:
    """The bets and decisions, a line each; what was settled, stopped or decided has an ``x`` in front."""
    return "".join(f"{_written(record)}\n" for record in records if record.letter in BY_LETTER)


def _written(record: Record) -> str:
    stamp = STAMP.fullmatch(record.created)
    done = FATES.get(record.standing) in _CLOSED
    finished = day_done(record) if done else None
    named = isinstance(record, Decision) and record.driver
    front = ["x"] if done else []
    front += [str(finished)] if finished else []
    front += [stamp["day"]] if stamp and (finished or not done) else []
    title = str(getattr(record, record.headline))
    text = safe_title(title if title.strip() else record.label)
    keys = {
        "due": str(due_of(record) or ""),
        "id": record.id,
        "at": f"{stamp[2]}{stamp[3]}{stamp[4]}" if stamp else "",
        "state": record.standing,
        "result": str(getattr(record, "result", None) or ""),
        "driver": safe(str(named or "")),
    }
    marks = [f"+{safe(tag)}" for tag in record.tags if tag] + [f"@{safe(name)}" for name in people_of(record)]
    return " ".join([*front, text, *marks, *(f"{key}:{value}" for key, value in keys.items() if value)])


FORMAT = Format(
    name="todo.txt",
    about="a task a line",
    suffixes=(".txt",),
    options=OPTIONS,
    reads=read_todotxt,
    writes=write_todotxt,
    kinds=(Bet, Decision),
)
