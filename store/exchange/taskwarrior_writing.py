"""A record as a task of Taskwarrior, and what reading and writing one have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from store.exchange.aside import apart_from
from store.exchange.json_objects import Attributes
from store.exchange.tasks import BY_LETTER, FATES, TaskKind, day_done, due_of, headline
from store.model import Record
from store.quoting import quoted
from store.words import is_name

STATUS = {"pending": "", "completed": "done", "deleted": "dropped", "waiting": "waiting", "recurring": "waiting"}
"""Their word → what became of the task; a recurring one is the template of others, and nothing to do itself."""
_WORDS = {"": "pending", "done": "completed", "dropped": "deleted", "waiting": "waiting"}
SOMEDAY = "20380118T000000Z"
"""Until when Taskwarrior has a task wait that has no day."""
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
OURS = ("title", "state", "result", "tags", "people", "driver", "contributors", "body")
"""Fields of a record that a task has no place for, or not for every value."""


def write_taskwarrior(records: Sequence[Record]) -> str:
    """The bets and decisions as a list of tasks, one a line; "" without any.

    A record that came from Taskwarrior keeps its uuid and what stood beside it; the uuid of any other follows from its id
    and its birth, so that it is the same every time.  Dependencies are those between the records that are written.
    """
    tasks = [record for record in records if record.letter in BY_LETTER]
    if not tasks:
        return ""
    uuids = {record.id: uuid_of(record) for record in tasks}
    lines = ",\n".join(_printable(_task(record, uuids)) for record in tasks)
    return f"[\n{lines}\n]\n"


def uuid_of(record: Record) -> str:
    """The uuid a record has as a task."""
    said = record.source.removeprefix("taskwarrior:")
    birth = f"manyview {record.id} {record.created} {record.created_by}"
    return said if UUID.fullmatch(said) else str(uuid5(NAMESPACE_OID, birth))


def _task(record: Record, uuids: Mapping[str, str]) -> Attributes:
    body, rest = apart_from(record.body)
    title = str(getattr(record, record.headline))
    description = rest.pop("description", "")
    same = isinstance(description, str) and shown_title(description) == title
    waits = [uuids[to] for to in record.linked("depends_on") if to in uuids]
    rest["depends"] = list(dict.fromkeys([*waits, *_listed(rest.get("depends"))]))
    rest |= {
        "uuid": uuids[record.id],
        "description": description if same else one_line(title) or record.label,
        "entry": _entry(record),
        "due": _at(due_of(record), rest.get("due")),
        "tags": [tag for tag in record.tags if is_tag(tag) and tag != rest.get("project")],
        "manyview": json.dumps(_ours(record, title, body)),
    }
    rest |= _status(record, rest)
    return {name: value for name, value in rest.items() if value not in ("", None, [])}


def _status(record: Record, rest: Attributes) -> Attributes:
    kept, kind, fate = rest.get("status"), BY_LETTER[record.letter], FATES.get(record.standing, "")
    status = kept if isinstance(kept, str) and kept in STATUS and fits(kind, kept, record.standing) else _WORDS[fate]
    ended = status in ("completed", "deleted")
    waits = {"wait": rest.get("wait") or SOMEDAY} if status == "waiting" else {}
    return {"status": status, "end": _at(day_done(record), rest.get("end")) if ended else "", **waits}


def _ours(record: Record, title: str, body: str) -> dict[str, Any]:
    """What a task has no place for, or not for every value."""
    document = record.document()
    kept = {
        name: document[name] for name in ("state", "result", "tags", "people", "driver", "contributors") if name in document
    }
    exact = {"title": title} if one_line(title) != title else {}
    return {"id": record.id, "created": record.created, **exact, **kept, **({"body": body} if body else {})}


def _entry(record: Record) -> str:
    moment = moment_of(record.created)
    return _stamp(moment) if moment else ""


def _at(day: date | None, kept: Any) -> str:
    """The beginning of a day where the program runs; the moment that was kept, where it is of that day."""
    if day is None:
        return ""
    if isinstance(kept, str) and (moment := moment_of(kept)) and moment.date() == day:
        return kept
    return _stamp(datetime.combine(day, time()))


def _stamp(moment: datetime) -> str:
    """The moment as Taskwarrior writes it; "" at the ends of the calendar, which it does not know."""
    try:
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    except OverflowError:
        return ""


def moment_of(said: str) -> datetime | None:
    """The moment as it is where the program runs; None for what is none."""
    try:
        return datetime.fromisoformat(said).astimezone()
    except (ValueError, OverflowError):
        return None


def _listed(kept: Any) -> list[str]:
    return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []


def is_tag(tag: str) -> bool:
    """Whether Taskwarrior can hold it as a tag."""
    return tag[:1].isalpha() and is_name(tag)


def one_line(text: str) -> str:
    """The text on one line, without what a terminal would obey."""
    return quoted(" ".join(text.split()), len(text) + 1)


def _printable(task: Attributes) -> str:
    """The task as JSON on one line, with an escape for whatever cannot be printed."""
    text = json.dumps(task, ensure_ascii=False)
    return "".join(mark if mark.isprintable() else json.dumps(mark)[1:-1] for mark in text)


def fits(kind: TaskKind, status: str, state: str) -> bool:
    """Whether a record in that state is a task of that status."""
    meant = kind.fates.get(STATUS[status], {}).get("state", kind.kind.states[0])
    return FATES.get(meant, "") == FATES.get(state, "")


def shown_title(description: str) -> str:
    """A description as a title: on one line, and of bearable length."""
    return headline(" ".join(description.splitlines()))[0]
