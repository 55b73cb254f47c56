"""What others changed since my last review: a reason for every record, told by whom; a large step is told as one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import takewhile

from store.days import begins, day_of
from store.happened import SETTINGS, Happening, count, happenings, in_words, joined, subjects
from store.model import BY_LETTER
from store.operations import Transaction
from store.quoting import quoted
from store.review.reason import STAKES, Finding, Look
from store.review.state import ReviewState
from store.settings import Settings

FIRST_LOOK = timedelta(days=7)
"""How far the first review of a person looks back."""
MANY = 12
"""More records than this in one step are not told one by one: it was an import, or a change of many at once."""
LONGEST = 240
"""Characters of what is told about one record."""


def news(look: Look, history: Iterable[Transaction], state: ReviewState) -> Iterator[Finding]:
    """What others did that I have not seen: a finding for each record it was about, in the order it last happened."""
    told: dict[str, dict[str, list[Happening]]] = {}
    for step in reversed(tuple(_unseen(history, look, state))):
        if step.by == look.me or not _may_tell(step, state):
            continue
        if (changes := count(step)) > MANY:
            if not _is_known(key := f"step:{step.n}", step.n, state):
                yield _large(key, step, changes, look)
            continue
        for change in happenings(step):
            subject = change.subject
            if subject is not None and not _is_known(subject, step.n, state):
                told.setdefault(subject, {}).setdefault(step.by, []).append(change)
    for subject, by_person in told.items():
        if (finding := _finding(subject, by_person, look)) is not None:
            yield finding


def _unseen(history: Iterable[Transaction], look: Look, state: ReviewState) -> Iterable[Transaction]:
    """The steps since the earliest that some item has not shown; in a first review, those of the last days."""
    if not state.ended:
        first = _earlier(look, FIRST_LOOK)
        return takewhile(lambda step: step.at >= first, history)
    seen = min([state.n, *(snooze.n for snooze in state.snoozed.values())])
    return takewhile(lambda step: step.n > seen, history)


def _may_tell(step: Transaction, state: ReviewState) -> bool:
    """Whether a step may be news to me: after my last review, or of what was put off since before it."""
    if not state.ended or step.n > state.n:
        return True
    return not state.snoozed.keys().isdisjoint((f"step:{step.n}", *subjects(step)))


def _earlier(look: Look, span: timedelta) -> str:
    """When the day began that lies so long before today, as the store stamps times; "" before all of them."""
    try:
        return begins(look.records.settings.zone, look.today - span).isoformat()
    except OverflowError:
        return ""


def _is_known(key: str, n: int, state: ReviewState) -> bool:
    """Whether I saw step ``n`` when I last met the item of that key: put off, answered, or in my last review."""
    if (snooze := state.snoozed.get(key)) is not None:
        return n <= snooze.n
    if (answer := state.answered.get(key)) is not None:
        return n <= answer.n
    return bool(state.ended) and n <= state.n


def _large(key: str, step: Transaction, changes: int, look: Look) -> Finding:
    why = quoted(step.why, 80) or "changed many at once"
    text = f"@{step.by} changed {changes} records in one step"
    return key, ("changed", text, STAKES["changed"], _days(step.at, look)), None, why


def _days(stamp: str, look: Look) -> int:
    day = day_of(look.records.settings.zone, stamp)
    return max((look.today - day).days, 0) if day is not None else 0


def _finding(subject: str, by_person: dict[str, list[Happening]], look: Look) -> Finding | None:
    """What is told about one record, None where all of it came to nothing."""
    done = {by: whole for by, changes in by_person.items() if (whole := _whole(changes))}
    if not done:
        return None
    changes = [change for by in done for change in by_person[by]]
    stake = STAKES["worse" if any(_is_bad(change) for change in changes) else "changed"]
    title = "" if subject in look.records else _title(subject, changes)
    days = _days(min(change.at for change in changes), look)
    return subject, ("changed", partial(_words, done, look.records.settings), stake, days), None, title


def _title(subject: str, changes: list[Happening]) -> str:
    if subject == SETTINGS:
        return "The settings"
    return next((change.title for change in changes if change.record_id == subject), "(deleted)")


def _is_bad(change: Happening) -> bool:
    return change.kind is BY_LETTER["U"] and change.document.get("health") == "off track"


def _whole(changes: list[Happening]) -> list[Happening]:
    """What one person did to a record and said about it, oldest first; nothing where it was changed and changed back."""
    by_record: dict[str, list[Happening]] = {}
    for change in changes:
        by_record.setdefault(change.record_id, []).append(change)
    return [one for one in map(joined, by_record.values()) if _is_something(one)]


def _words(done: Mapping[str, list[Happening]], settings: Settings, key: str, days: int) -> str:
    """What each did, as a half-sentence."""
    said = {by: " · ".join(in_words(one, settings) for one in whole) for by, whole in done.items()}
    return quoted("; ".join(f"@{by}: {words}" if by else words for by, words in said.items()), LONGEST)


def _is_something(change: Happening) -> bool:
    if change.born and change.gone:
        return False
    return bool(change.shifts) or change.born or change.gone
