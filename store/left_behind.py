"""What records go on saying in words that the settings no longer offer: none of it is lost, and it can be found.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from store.model import Bet, Checkin, Mission, Record
from store.quoting import quoted
from store.records import Records
from store.settings import Settings

WORDS: Mapping[str, tuple[str, Callable[[Record], Iterable[str]]]] = {
    "modes": ("mode", lambda record: (record.mode,) if isinstance(record, Bet) else ()),
    "buckets": ("bucket", lambda record: record.buckets if isinstance(record, Bet) else ()),
    "criteria": ("criterion", lambda record: record.scores if isinstance(record, Bet) else ()),
    "teams": ("team", lambda record: (record.team,) if isinstance(record, Bet | Mission) else ()),
}
"""Setting → what one of its words is called, and which of them a record holds."""


def left_behind(before: Settings, after: Settings, records: Records) -> Iterator[str]:
    """A sentence for each word that one of two settings has and the other, later one has not, while records hold it."""
    for name, (one, held) in WORDS.items():
        gone = [word for word in getattr(before, name) if word not in getattr(after, name)]
        counts = _counts(records, held) if gone else {}
        yield from (_stays(one, word, counts[word]) for word in gone if word in counts)
    for ritual in (one for one in (*before.levels, *before.triggers) if after.ritual(one.id) is None):
        yield from _of_ritual(ritual.id, records)


def _counts(records: Records, held: Callable[[Record], Iterable[str]]) -> Mapping[str, int]:
    return Counter(word for kind in (Bet, Mission) for record in records.all(kind) for word in held(record))


def _stays(one: str, word: str, count: int) -> str:
    where = (
        "Criteria still shows it" if one == "criterion" else f"{one}:{_as_value(word)} finds {'them' if count > 1 else 'it'}"
    )
    return f"The {one} {quoted(word)} stays on {count} record{'s' if count > 1 else ''}: {where}."


def _as_value(word: str) -> str:
    """A word as the value of a filter."""
    return quoted(word) if word.isalnum() else f'"{quoted(word)}"'


def _of_ritual(level: str, records: Records) -> Iterator[str]:
    """That what was held stays, and how what is open can still be held."""
    found = [one for one in records.all(Checkin) if one.level == level]
    if found:
        s = "s" if len(found) > 1 else ""
        yield f"{len(found)} check-in{s} of {quoted(level)} stay{'' if s else 's'}, under that id."
    if under_way := [one.id for one in found if one.state in ("due", "open")]:
        yield f"Not yet held: {', '.join(under_way)}."
