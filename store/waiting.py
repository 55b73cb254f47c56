"""How many appointments have come, told for a shell prompt in milliseconds: from a small table, without the workspace.

The table (``store.waiting_table`` makes it) says on which day each record asks for somebody, and on each of the coming
days what is due without a record that says so.  It stands for one state of the two files: what was appended to the journal
since is read from there.  Where that is not enough (a check-in, a settled bet, the settings, the first record or none any
more, another program's edit, a new fortnight) nothing is guessed: the workspace is opened, and the table made anew.

On the fast path of the prompt: nothing is imported that capture does not load.
"""

import os

from store.disk import bare_json as json
from store.disk.files import read_span
from store.disk.journal import SCHEMA, SUFFIX, decode, untouched
from store.personal import personal_file, replace
from store.zone import this_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

DUE_FIELDS = {
    "missions": ("M", "review_on", ("forming", "active", "paused"), ("closed",)),
    "bets": ("B", "settle_by", ("option", "shaping", "placed", "released"), ("settled", "parked", "stopped")),
    "decisions": ("D", "review_on", ("open", "decided"), ("reviewed", "superseded", "reversed")),
    "beliefs": ("A", "revisit_on", ("open", "supported", "refuted"), ("retired",)),
    "signals": ("S", "by", (), ()),
}  # fmt: skip
"""Table → the letter of its records, the field with their day, the states in which it counts, the first being where all
begin, and those in which it does not: as the model has them; a test holds the two together."""
GIVEN_UP = ("parked", "stopped")
"""States of bets in which the corners they cut ask nobody for another look."""
SILENT = ("updates",)
"""Tables whose records never are due."""
VERSION = 3
LONGEST_TAIL = 1 << 18
"""More bytes of the journal than this are not read line by line: making the table anew costs no more."""


class Unsure(Exception):
    """The table cannot tell; the workspace can."""


def table_path(environ: "Mapping[str, str]", workspace: str, me: str) -> str:
    """Where the table for a person and a workspace is kept."""
    return personal_file(environ, workspace, me, "waiting")


def stamps(workspace: str) -> "dict[str, Any]":
    """What the two files of a workspace look like from outside; null for one that is not there."""
    path = os.path.realpath(workspace)
    return {"file": _stamp(path), "journal": _stamp(path + SUFFIX)}


def _stamp(path: str) -> "list[int] | None":
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_ino, found.st_size, found.st_mtime_ns]


def count(workspace: str, table: str, review: str, day: str = "") -> "int | None":
    """How many appointments have come on an ISO day, or today; None where only the workspace can tell.

    ``table`` and ``review`` are the paths of the table and of what the person's review remembers: what was put off until
    a later day does not count.
    """
    try:
        return _count(os.path.realpath(workspace), _object(table), _put_off(review), day)
    except (Unsure, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _object(path: str) -> "dict[str, Any]":
    with open(path, "rb") as file:
        found: dict[str, Any] = json.loads(file.read())
    return found


def _put_off(review: str) -> "dict[str, Any]":
    try:
        snoozed: dict[str, Any] = _object(review)["snoozed"]
    except FileNotFoundError:
        return {}
    return snoozed


def _count(workspace: str, table: "dict[str, Any]", put_off: "dict[str, Any]", day: str) -> int:
    if table["version"] != VERSION:
        raise Unsure
    day = day or this_day(table["zone"]) or ""
    if day not in table["days"]:
        raise Unsure
    newest = _follow(workspace + SUFFIX, table, table["due"])
    _check_file(workspace, table["file"], newest)
    return count_in(table, put_off, day)


def count_in(table: "dict[str, Any]", put_off: "Mapping[str, Any]", day: str) -> int:
    """How many appointments a table holds that have come on a day, without what was put off until a later one.

    ``put_off`` holds sequences that begin with an ISO day, by key.
    """
    found = [record_id for record_id, on in table["due"].items() if on <= day]
    found += table["days"][day]
    return sum(1 for key in found if key not in put_off or put_off[key][0] <= day) if put_off else len(found)


def _follow(journal: str, table: "dict[str, Any]", due: "dict[str, str]") -> int:
    """Take in what was appended since; the number of the newest step."""
    then, now = table["journal"], _stamp(journal)
    newest: int = table["n"]
    if now == then:
        return newest
    if now is None or then is None or now[0] != then[0] or not then[1] < now[1] <= then[1] + LONGEST_TAIL:
        raise Unsure
    *lines, rest = _tail(journal, then[1], now[1]).split(b"\n")
    firsts = table["firsts"]
    for line in lines:
        step = decode(line)
        if step is None or step.get("schema", 1) != SCHEMA:
            raise Unsure
        for place, key, before, after in step["ops"]:
            if _calls(place, before) or _calls(place, after) or not firsts or ([place, key] in firsts and after is None):
                raise Unsure
            _move(due, place, key, after)
        newest = step["n"]
    if rest:
        raise Unsure
    return newest


def _tail(journal: str, start: int, end: int) -> bytes:
    descriptor = os.open(journal, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return read_span(descriptor, start, end)
    finally:
        os.close(descriptor)


def _check_file(workspace: str, then: "list[int] | None", newest: int) -> None:
    """Raise ``Unsure`` where the workspace file changed otherwise than by a fold, which changes nothing."""
    if _stamp(workspace) == then:
        return
    meta = untouched(workspace)
    if meta is None or meta["n"] > newest:
        raise Unsure


def _calls(place: str, document: "dict[str, Any] | None") -> bool:
    """Whether a record may call for a check-in with a day of its own: a bet that has settled."""
    return place == "bets" and document is not None and document.get("state") == "settled"


def _move(due: "dict[str, str]", place: str, key: str, document: "dict[str, Any] | None") -> None:
    """Let the table hold the day of a record as it is now."""
    if place in SILENT:
        return
    if place not in DUE_FIELDS:
        raise Unsure
    record_id = DUE_FIELDS[place][0] + key
    day = None if document is None else due_day(place, document)
    if day is None:
        due.pop(record_id, None)
    else:
        due[record_id] = day


def due_day(place: str, document: "dict[str, Any]") -> "str | None":
    """The ISO day on which a document of a table asks for somebody; None when it does not.

    Raises ``Unsure`` for what the model might read otherwise than it stands there.
    """
    _, field, states, others = DUE_FIELDS[place]
    archived = document.get("archived", False)
    if type(archived) is not bool:
        raise Unsure
    state = document.get("state", states[0]) if states else ""
    if states and state not in states and state not in others:
        raise Unsure
    if archived:
        return None
    days = [document.get(field)] if state not in others else []
    if place == "bets" and state not in GIVEN_UP:
        days += map(_corner_day, document.get("cut_corners", ()))
    found: list[str] = [day for day in days if day is not None]
    if not all(map(_is_day, found)):
        raise Unsure
    return min(found) if found else None


def _corner_day(corner: "Any") -> "Any":
    if type(corner) is not dict or type(corner.get("text")) is not str:
        raise Unsure
    return corner.get("revisit_on")


def _is_day(day: "Any") -> bool:
    """Whether a value is a day as the store writes it, and there is such a day for certain."""
    if type(day) is not str or len(day) != 10 or not day.isascii() or day[4] != "-" or day[7] != "-":
        return False
    year, month, number = day[:4], day[5:7], day[8:]
    if not (year.isdigit() and month.isdigit() and number.isdigit()):
        return False
    return year > "0000" and "01" <= month <= "12" and ("01" <= number <= "28" or _exists(day))


def _exists(day: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def keep(path: str, table: "dict[str, Any]") -> None:
    """Keep a table for the next prompt; where it cannot be kept, the next prompt asks the workspace again."""
    try:
        replace(path, json.dumps(table), durable=False)
    except OSError:
        return
