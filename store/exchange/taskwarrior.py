"""Taskwarrior: what ``task export`` writes and ``task import`` takes, a JSON object a task.

A task is known by its uuid.  What no field of ours holds (annotations, priority, attributes of one's own) stands at the
end of the body, a line each, and goes back from there.  A record that is written as a task carries what a task has no
place for in one attribute, ``manyview``, so that it comes back as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from store.declaring import Invalid
from store.exchange.aside import beside
from store.exchange.decoding import decode
from store.exchange.format import Format
from store.exchange.imported import Arrow, Draft, Imported, Problem, Source, together
from store.exchange.json_objects import Attributes, objects
from store.exchange.tasks import BY_LETTER, OPTIONS, Choices, choices, explained, fate_fields, once, under_missions
from store.exchange.taskwarrior_writing import (
    OURS,
    SOMEDAY,
    STATUS,
    UUID,
    fits,
    is_tag,
    moment_of,
    one_line,
    shown_title,
    write_taskwarrior,
)
from store.model import Bet, Decision
from store.quoting import quoted

_DERIVED = frozenset({"id", "urgency", "modified", "uuid", "description", "manyview"})
"""Attributes that have their place, or that Taskwarrior reckons itself."""


def read_taskwarrior(sources: Sequence[Source], words: Sequence[str], kept: str = "") -> Imported:
    """The task of each object; what is none is named and left out."""
    choice = choices("taskwarrior", words, kept)
    return together(_read(source, choice) for source in sources)


def _read(source: Source, choice: Choices) -> Imported:
    text, odd = decode(source, shown="\\\\x")  # as JSON writes a backslash
    problems = list(odd)
    tasks: list[_Task] = []
    for line, found in objects(text):
        if isinstance(found, str):
            problems.append(Problem(source.path, line, f"{found}. It was left out."))
        else:
            tasks.append(_Task(found, source, line, choice))
    there = {task.uuid for task in tasks}
    drafts, missions, arrows = [], [], []
    for task in tasks:
        draft = task.draft(there)
        problems += [Problem(source.path, task.line, complaint) for complaint in task.complaints]
        if draft is None:
            continue
        drafts.append(draft)
        arrows += [Arrow(draft.source, "depends_on", _named(uuid)) for uuid in task.depends]
        above, drawn = under_missions("taskwarrior:project", draft, task.projects)
        missions += above
        arrows += drawn
    problems.sort(key=lambda problem: problem.line)
    said = explained(choice, ("uuid → the key", "depends → depends_on", "annotations and the rest → the body"), STATUS)
    return Imported((*once(missions), *drafts), tuple(arrows), tuple(problems), explained=said)


def _named(uuid: str) -> str:
    return f"taskwarrior:{uuid}"


class _Task:
    """A task on its way to a record: the attributes no field has taken yet, and what is wrong with them."""

    def __init__(self, found: Attributes, source: Source, line: int, choice: Choices) -> None:
        self.attributes, self.source, self.line = found, source, line
        self.complaints: list[str] = []
        self.projects: list[str] = []
        self.rest = {name: _counted(value) for name, value in found.items() if name not in _DERIVED}
        self.ours = _written_here(found.get("manyview"))
        self.choice = choice._replace(kind=BY_LETTER[self.ours["id"][0]], in_missions=False) if self.ours else choice
        self.uuid = self._uuid()
        self.depends = self._depends()

    def draft(self, there: set[str]) -> Draft | None:
        """The record of the task, or None where it has no description; ``there`` are the tasks of the file."""
        if not self._text("description").strip():
            self.complaints.append("has no description. It was left out.")
            return None
        kind = self.choice.kind.kind
        fields: dict[str, Any] = {kind.headline: self._title(), "source": _named(self.uuid)}
        fields |= self._entry() | self._state() | self._marks() | self._due() | self._people()
        if gone := [uuid for uuid in self.depends if uuid not in there]:
            self.rest["depends"] = gone
            self.complaints.append(f"depends on {quoted(', '.join(gone), 80)}, which is not in this file.")
        if body := beside(self.ours.get("body", ""), self.rest):
            fields["body"] = body
        return Draft(kind.model_validate(fields), self.source.path, self.line, tuple(self.rest))

    def _title(self) -> str:
        said, was = self._text("description"), self.ours.get("title", "")
        if was and one_line(was) == said:
            return str(was)
        if self.ours:
            return said
        shown = shown_title(said)
        self.rest |= {"description": said} if shown != said else {}
        return shown

    def _text(self, name: str) -> str:
        found = self.attributes.get(name)
        return found if isinstance(found, str) else ""

    def _uuid(self) -> str:
        said = self._text("uuid").lower()
        if UUID.fullmatch(said):
            return said
        self.rest |= {"uuid": self.attributes["uuid"]} if "uuid" in self.attributes else {}
        self.complaints.append("has no uuid: it is known by its words, and comes in again once they change.")
        return str(uuid5(NAMESPACE_OID, json.dumps([self._text("description"), self._text("entry")])))

    def _depends(self) -> list[str]:
        """The tasks it waits for: a list, or a text with commas as older versions write it."""
        said = self.rest.get("depends", [])
        found = said.split(",") if isinstance(said, str) else said
        if not isinstance(found, list) or not all(isinstance(one, str) and UUID.fullmatch(one.lower()) for one in found):
            self.complaints.append(f"depends “{quoted(str(said))}” names no task: it is in the body.")
            return []
        self.rest.pop("depends", None)
        return [one.lower() for one in found]

    def _state(self) -> dict[str, Any]:
        """Its fate; a status that no state of the kind stands for is kept in the body."""
        word, kind = str(self.attributes.get("status", "pending")), self.choice.kind
        if word not in STATUS:
            self.complaints.append(f"status “{quoted(word)}” means nothing here: it is in the body.")
            return {}
        fate, end = STATUS[word], self._moment("end")
        if word != "recurring" and (not fate or "state" in kind.fates[fate]):
            self.rest.pop("status", None)
        if end and end.time() == time() and (self.ours or (fate == "done" and kind.done_on)):
            self.rest.pop("end")  # else the time of the day stays in the body
        if self.ours and self.rest.get("wait") == SOMEDAY:
            self.rest.pop("wait")
        state = self.ours.get("state", "")
        if state and fits(kind, word, state):
            return {name: self.ours[name] for name in ("state", "result") if name in self.ours}
        return fate_fields(kind, fate, end.date() if end else None, self._why(word))

    def _why(self, word: str) -> str:
        if word == "waiting" and (until := self._moment("wait")):
            return f"waiting until {until.date()} in Taskwarrior"
        recurs = quoted(self._text("recur"))
        return {"recurring": f"a template in Taskwarrior, {recurs}".rstrip(", ")}.get(word, f"{word} in Taskwarrior")

    def _marks(self) -> dict[str, Any]:
        tags = self.rest.pop("tags", [])
        found = tags.split(",") if isinstance(tags, str) else tags
        if not isinstance(found, list) or not all(isinstance(tag, str) for tag in found):
            self.complaints.append(f"tags “{quoted(str(tags))}” are no list of words: they are in the body.")
            self.rest["tags"], found = tags, []
        was, project = self.ours.get("tags", []), self._text("project").strip()
        if was and set(found) == {tag for tag in was if is_tag(tag) and tag != project}:
            found = was  # Taskwarrior sorts them, and cannot hold every one
        elif project and self.choice.in_missions:
            self.projects.append(project)
        elif project and (project in was or not self.ours):
            found = [*found, project]
        kept = tuple(dict.fromkeys(tag for tag in found if tag))
        return {"tags": kept} if kept else {}

    def _due(self) -> dict[str, Any]:
        moment, field = self._moment("due"), self.choice.kind.due
        if moment is None or not field:
            return {}
        if moment.time() == time():
            self.rest.pop("due")  # else the time of the day stays in the body
        return {field: moment.date()}

    def _entry(self) -> dict[str, Any]:
        """When it was captured, and as which record."""
        if self.ours:
            self.rest.pop("entry", None)
            return {"id": self.ours["id"], "created": self.ours.get("created", "")}
        moment = self._moment("entry")
        if moment is None:
            return {}
        self.rest.pop("entry")
        return {"created": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"}

    def _people(self) -> dict[str, Any]:
        return {name: self.ours[name] for name in ("people", "driver", "contributors") if name in self.ours}

    def _moment(self, name: str) -> datetime | None:
        """A moment as it is where the program runs; one that cannot be read is said and stays in the body."""
        said = self.attributes.get(name)
        moment = None if said is None else moment_of(str(said))
        if said is not None and moment is None:
            complaint = f"{name} “{quoted(str(said))}” is no moment as 20261130T090000Z: it is in the body."
            self.complaints += [complaint] if complaint not in self.complaints else []
        return moment


def _counted(value: Any) -> Any:
    """A whole number without the decimals that Taskwarrior gives it back with."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _written_here(said: Any) -> dict[str, Any]:
    """What a task says of the record it was written from; nothing where somebody else wrote it, or nobody."""
    try:
        found = json.loads(said) if isinstance(said, str) else None
        if not isinstance(found, dict) or found.keys() - {"id", "created", *OURS}:
            return {}
        kind = BY_LETTER[str(found["id"])[:1]].kind
        record = kind.model_validate({kind.headline: "-", **found})
    except (ValueError, RecursionError, KeyError, Invalid):
        return {}
    return found if re.fullmatch(r"[A-Z][1-9]\d{0,14}", record.id, re.ASCII) else {}


FORMAT = Format(
    name="taskwarrior",
    about="the tasks of “task export”, for “task import”",
    suffixes=(".json", ".ndjson", ".jsonl"),
    options=OPTIONS,
    reads=read_taskwarrior,
    writes=write_taskwarrior,
    kinds=(Bet, Decision),
)
