"""Changed: what happened since I last looked, and by whom?

The history arrives with the viewpoint (``Perspective.looks_back``), so that projecting stays pure.  What was done is
kept together with the sentence about it (``_memo``): one more step costs one more sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from store.damaged import read
from store.dates import later, relative
from store.days import day_of, first_stamp
from store.happened import SETTINGS, Happening, happenings, in_words, joined
from store.index import Predicate
from store.model import BY_LETTER, KINDS, Record, Update
from store.records import Records
from tui.acting import EDIT, NextStep
from tui.perspective import Perspective
from tui.perspectives._memo import kept, made
from tui.perspectives._moves import nowhere
from tui.shapes import Paragraph, Text
from tui.viewpoint import Viewpoint

ANSWERED = tuple(kind for kind in KINDS if kind is not Update)
"""What one can write about: what was written itself stays as it was."""
MOST = 400
"""Sentences shown at most, the newest: more than anybody reads, and no more than can be laid out in a moment."""
SPANS: Mapping[str, tuple[int, str]] = {"week": (1, "w"), "day": (1, "d"), "month": (1, "m")}
REVIEW = "review"
WHOSE: Mapping[str, Callable[[str, str], bool]] = {
    "everybody": lambda who, me: True,
    "others": lambda who, me: who != me,
    "me": lambda who, me: who == me,
}
"""Whose changes are told → whether those of a person are."""
OPTIONS = (("since", (REVIEW, *SPANS)), ("by", ("person", "record", "day")), ("whose", tuple(WHOSE)))
NEVER_REVIEWED = "You ended no review yet: what happened in the last week."
Place = tuple[str, str, str]
NOBODY, INBOX = "(nobody)", "Inbox"


class Entry(NamedTuple):
    """What one person did to one record, as far as it stands under one heading."""

    subject: str
    by: str
    day: str
    steps: tuple[Happening, ...]
    """Newest first."""

    @property
    def newest(self) -> str:
        return self.steps[0].at


def since(viewpoint: Viewpoint, zone: str) -> date:
    """The first day that is shown, in a time zone: that of my last review, or a week ago where there was none."""
    turned = viewpoint.options.get("since", REVIEW)
    if turned == REVIEW and (reviewed := day_of(zone, viewpoint.reviewed)):
        return reviewed
    count, unit = SPANS.get(turned, SPANS["week"])
    try:
        return later(viewpoint.today, -count, unit)
    except ValueError:
        return date.min


def looks_back(viewpoint: Viewpoint, zone: str) -> str:
    """The time from which on it is shown, as the store writes times: a day begins as it does in the zone."""
    is_review = viewpoint.options.get("since", REVIEW) == REVIEW and viewpoint.reviewed
    return viewpoint.reviewed if is_review else first_stamp(zone, since(viewpoint, zone))


# ------------------------------------------------------------------------------------------------------------ gathering


def _grouped(viewpoint: Viewpoint, by: str, zone: str) -> dict[Place, Entry]:
    """What was done, put together by its place, what was touched last at the end; new steps are added to what was known.

    What is known is recognised by the history it came from: a part of this one up to its end.
    """
    first = looks_back(viewpoint, zone)
    before, history = kept("changed entries", by, first, zone), viewpoint.history or ()
    found: dict[Place, Entry]
    known, found = before.get("entries", ((), {}))
    new = len(history) - len(known)
    if not known or new < 0 or history[-1] is not known[-1] or history[new] is not known[0]:
        new, found = len(history), {}
    for done in reversed(history[:new]):
        for step in happenings(done) if done.at >= first else ():
            place = (step.subject or step.record_id, step.by, _day(step.at, zone) if by == "day" else "")
            earlier = found.pop(place, None)
            found[place] = Entry(*place, (step, *earlier.steps) if earlier else (step,))
    before["entries"] = (history, found)
    return found


def _entries(records: Records, viewpoint: Viewpoint, by: str) -> list[Entry]:
    """What was done to what the filter lets through, newest first."""
    whose = WHOSE.get(viewpoint.options.get("whose", ""), WHOSE["everybody"])
    grouped = _grouped(viewpoint, by, records.settings.zone)
    entries = [entry for entry in reversed(grouped.values()) if whose(entry.by, viewpoint.me)]
    if viewpoint.where is None:
        return entries
    return [entry for entry in entries if _is_let_through(entry.steps[0], records, viewpoint.where)]


def _is_let_through(step: Happening, records: Records, where: Predicate) -> bool:
    """Whether the filter lets through what was changed, as it stands, or as it stood before it was deleted."""
    record = records.get(step.subject or step.record_id)
    if record is None and step.subject == step.record_id and (kind := BY_LETTER.get(step.record_id[0])):
        record = read(kind.table, step.record_id[1:], step.document)
    return record is not None and where(record)


# -------------------------------------------------------------------------------------------------------------- headings


def _is_note(entry: Entry) -> bool:
    """Whether it is an update in the inbox, which says itself what it is about."""
    return entry.steps[0].subject is None


Key = Callable[[Entry], str]
KEYS: Mapping[str, Key] = {
    "person": lambda entry: entry.by,
    "record": lambda entry: INBOX if _is_note(entry) else entry.subject,
    "day": lambda entry: entry.day,
}


def _ordered(entries: list[Entry], by: str, me: str) -> list[tuple[str, list[Entry]]]:
    """The entries, newest first, under their headings: others' before mine, then by what is newest."""
    key = KEYS[by]
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    if by == "person":
        return sorted(groups.items(), key=lambda group: group[0] == me)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda entry: entry.by == me)
    if by == "day":
        return list(groups.items())
    return sorted(groups.items(), key=lambda group: group[1][0].by == me)


def _heading(name: str, entries: list[Entry], by: str, records: Records, today: date) -> str:
    count = f"{len(entries)} {'record' if len(entries) == 1 else 'records'}"
    if by == "person":
        return f"{_person(name)}  {count}, last {_ago(entries[0].newest, today, records.settings.zone)}"
    if by == "day":
        return f"{_ago(entries[0].newest, today, records.settings.zone)}  {count}"
    return _called(entries[0], records)


def _person(name: str) -> str:
    return f"@{name}" if name else NOBODY


def _called(entry: Entry, records: Records) -> str:
    if entry.subject == SETTINGS:
        return "The settings"
    return INBOX if _is_note(entry) else f"{entry.subject}  {_title(entry, records)}"


def _title(entry: Entry, records: Records) -> str:
    record = records.get(entry.subject)
    if record is not None:
        return record.label
    first = entry.steps[0]
    return first.title if first.record_id == entry.subject else "(deleted)"


def _ago(stamp: str, today: date, zone: str) -> str:
    day = day_of(zone, stamp)
    return stamp[:10] if day is None else relative(day, today)


def _day(stamp: str, zone: str) -> str:
    return str(day_of(zone, stamp) or stamp[:10])


# ------------------------------------------------------------------------------------------------------------- sentences


def _sentence(entry: Entry, records: Records) -> str:
    """Everything in words: first what was done to the record itself, then what was said about it."""
    by_record: dict[str, list[Happening]] = {}
    oldest_first = entry.steps[::-1]
    for step in sorted(oldest_first, key=lambda step: step.record_id != entry.subject):
        by_record.setdefault(step.record_id, []).append(step)
    return " · ".join(in_words(joined(steps), records.settings) for steps in by_record.values())


def _paragraph(entry: Entry, by: str, records: Records, viewpoint: Viewpoint) -> Paragraph:
    """The sentence of an entry, as made before if nothing of it changed."""
    before = kept("changed", by, viewpoint.archived, viewpoint.today)
    sources = (records.settings, records.get(entry.subject), *entry.steps)
    return made(before, entry[:3], sources, partial(_told, entry, by, records, viewpoint))


def _told(entry: Entry, by: str, records: Records, viewpoint: Viewpoint) -> Paragraph:
    record, said = records.get(entry.subject), _sentence(entry, records)
    when, who = _ago(entry.newest, viewpoint.today, records.settings.zone), _person(entry.by)
    name = "" if entry.subject == SETTINGS else entry.subject
    label = {"person": f"{name:<5} {when}", "record": f"{who} {when}", "day": f"{name:<5} {who}"}[by]
    text = said if by == "record" or _is_note(entry) else f"{_title(entry, records)}: {said}"
    return Paragraph(text, label=label, record=record if record is not None and _is_here(record, viewpoint) else None)


def _is_here(record: Record, viewpoint: Viewpoint) -> bool:
    """Whether one can go to it: what was put away is told of, but does not appear."""
    return viewpoint.archived or not record.archived


def _paragraphs(records: Records, viewpoint: Viewpoint) -> Iterator[Paragraph]:
    by = viewpoint.options.get("by", "")
    by = by if by in KEYS else "person"
    entries = _entries(records, viewpoint, by)
    if viewpoint.options.get("since") == REVIEW and not viewpoint.reviewed:
        yield from (Paragraph(NEVER_REVIEWED, token="dim"), Paragraph(""))
    for at, (name, group) in enumerate(_ordered(entries[:MOST], by, viewpoint.me)):
        if at:
            yield Paragraph("")
        yield Paragraph(_heading(name, group, by, records, viewpoint.today), heading=True, token="title")
        yield from (_paragraph(entry, by, records, viewpoint) for entry in group)
    if len(entries) > MOST:
        yield Paragraph("")
        yield Paragraph(f"{len(entries) - MOST} older are not shown: turn since to less, or filter.", token="dim")


def project(records: Records, viewpoint: Viewpoint) -> Text:
    """A sentence for everything somebody did to a record, others' before mine."""
    return Text(tuple(_paragraphs(records, viewpoint)))


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if viewpoint.history is None:
        return "the history was not read"
    if isinstance(record, Update) and record.about is not None:
        return f"what it says stands under {record.about}"
    shown = (paragraph.record for paragraph in project(records, viewpoint).paragraphs)
    if any(one is not None and one.id == record.id for one in shown):
        return None
    if any(subject == record.id for subject, _, _ in _grouped(viewpoint, "record", records.settings.zone)):
        return f"it is not among the newest {MOST}; turn since to less, or filter"
    return f"nothing happened to {record.id} since {since(viewpoint, records.settings.zone)}"


PERSPECTIVE = Perspective(
    id="changed",
    title="Changed",
    key="u",
    asks="What happened since I last looked, and by whom?",
    hides="what was changed and changed back, the steps in between: many log shows each",
    kinds=KINDS,
    project=project,
    empty="Nothing happened in this time. Turn since to a week or a month with O.",
    absence=_absence,
    move=nowhere("What happened stays as it happened: u takes back my own last step."),
    next_steps=(NextStep("answer", "record.note", kinds=ANSWERED), EDIT),
    looks_back=looks_back,
    options=OPTIONS,
)
