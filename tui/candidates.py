"""What Tab offers: the people, tags and teams there are already, the newest records, the workspace's own words.  Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from store.fields import Field
from store.model import BY_TABLE, Record
from store.records import Records
from store.several import taken_apart
from tui.perspectives._columns import people_of

MOST_CANDIDATES = 500
"""Records looked at of each kind, the newest."""


def candidates(records: Records) -> Mapping[str, Sequence[str]]:
    """What completes an answer in a field, by the field's name."""
    found = values(records)
    newest = sorted((record.number, record.id) for record in _newest(records))[::-1]
    settings = records.settings
    return {
        "people": found["people"],
        "tags": found["tag"],
        "team": [*settings.teams, *(team for team in found["team"] if team not in settings.teams)],
        "mode": settings.modes,
        "buckets": settings.buckets,
        "record": [record_id for _, record_id in newest][:MOST_CANDIDATES],
    }


def choosable(records: Records, kinds: tuple[type[Record], ...], near: Record | None) -> list[Record]:
    """The records of some kinds one may mean: those that point at the one nearby first, then the newest."""
    beside = [] if near is None else [one for one in records.pointing_at(near.id) if isinstance(one, kinds)]
    newest = sorted((one for kind in kinds for one in records.all(kind)[-MOST_CANDIDATES:]), key=attrgetter("number"))
    return [one for one in {one.id: one for one in [*beside, *newest[::-1]]}.values() if not one.archived]


def strangers(one: Field, text: str, known: Collection[str]) -> str:
    """Which names typed in a field for people nobody here is known by: ``new here: zoe``; "" where all are known."""
    if not (one.people and known and text.strip()):
        return ""
    names = (text.strip().lstrip("@"),) if one.form == "text" else taken_apart(text)
    new = [name for name in (name.removeprefix("@") for name in names) if name not in known]
    return f"new here: {', '.join(new)}" if new else ""


@lru_cache(maxsize=1)
def values(records: Records) -> Mapping[str, Sequence[str]]:
    """The people, tags and teams of the newest records, in the order of the alphabet, and the workspace's own words."""
    people: set[str] = set()
    tags: set[str] = set()
    teams: set[str] = set()
    for record in _newest(records):
        people.update(people_of(record))
        people.add(record.created_by)
        tags.update(record.tags)
        teams.add(getattr(record, "team", ""))
    found = {name: sorted(found - {""}) for name, found in (("people", people), ("tag", tags), ("team", teams))}
    return {**found, **_own_words(records)}


def _own_words(records: Records) -> dict[str, list[str]]:
    """What the workspace calls states, horizons, kinds and levels, by the field of a filter."""
    from store.query import words_of  # loaded when something is asked for the first time

    found: dict[str, list[str]] = {}
    for word in words_of(records.settings):
        found.setdefault(word.field, []).append(word.said)
    return found


def _newest(records: Records) -> Iterator[Record]:
    for kind in BY_TABLE.values():
        yield from records.all(kind)[-MOST_CANDIDATES:]
