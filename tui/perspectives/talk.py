"""Talk: who sees this differently, since when, and what did each last write?  To be read together, by those who differ.

It settles nothing and reckons nothing together: it says where people stand, how they came there, and what to ask each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from store.dates import relative
from store.derived import SILENT, PersonalReading, apart_since, are_comparable, created_in, readings, retold, spread
from store.facts import APART
from store.model import Bet, Record, Update
from store.parts import HEALTHS
from store.records import Records
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._columns import HEALTH_TOKENS, people_of
from tui.perspectives.readings import KINDS, NOBODY
from tui.shapes import Paragraph, Text
from tui.viewpoint import Viewpoint

EARLIER = 4
"""Readings somebody gave before the newest that are told at most."""


def _named(person: str) -> str:
    return f"@{person}" if person else NOBODY


def _listed(people: Sequence[str]) -> str:
    """``@ana, @ben and @cleo``."""
    names = [_named(person) for person in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _stand(confidence: int | None, health: str | None) -> str:
    return ", ".join(filter(None, ("" if confidence is None else f"{confidence}%", health)))


def _day(day: date | None, today: date) -> str:
    """The day, and how long ago it was where that is not what it reads as anyway."""
    if day is None:
        return "some day"
    near = relative(day, today)
    return near if near == day.isoformat() else f"{day} ({near})"


def _when(day: date | None, today: date) -> str:
    return f" ({relative(day, today)})" if day else ""


# ------------------------------------------------------------------------------------------------------------ who differs


def _sides(given: Sequence[PersonalReading]) -> Iterator[tuple[str, str, str, str]]:
    """Confidence and health where people differ in it: (in what, what each end says and who does, the two ends).

    The ends are people, the surer or the healthier first.
    """
    sure = sorted((one for one in given if one.confidence is not None), key=lambda one: -(one.confidence or 0))
    if sure and sure[0].confidence != sure[-1].confidence:
        ends = " against ".join(f"{one.confidence}% ({_named(one.person)})" for one in (sure[0], sure[-1]))
        yield "confidence", ends, sure[0].person, sure[-1].person
    well = sorted((one for one in given if one.health is not None), key=lambda one: HEALTHS.index(one.health or "on track"))
    if well and well[0].health != well[-1].health:
        ends = " against ".join(f"{one.health} ({_named(one.person)})" for one in (well[0], well[-1]))
        yield "health", ends, well[0].person, well[-1].person


def _differing(record: Record, given: Sequence[PersonalReading], records: Records, today: date) -> Iterator[Paragraph]:
    """How far people lie apart, in what, and since when."""
    wide = spread(tuple(given))
    if len(given) == 1:
        yield Paragraph(f"Only {_named(given[0].person)} has said how it looks.", token="dim")
        return
    if not wide and are_comparable(tuple(given)):
        yield Paragraph(f"{_listed([one.person for one in given])} see it alike.", token="good")
        return
    if not wide:
        yield Paragraph("Nobody differs, but not all have said how sure they are, or all its health.", token="dim")
        return
    token = "warn" if wide >= APART else "text"
    for what, ends, _, _ in _sides(given):
        yield Paragraph(f"In {what}: {ends}.", token=token)
    if (began := apart_since(record.id, records, APART if wide >= APART else 1)) is not None:
        far = f" by {APART} points or more" if wide >= APART else ""
        stand, day = _stand(began.confidence, began.health), _day(created_in(began, records), today)
        yield Paragraph(f"They differ{far} since {day}, when {_named(began.created_by)} said {stand}.", token="dim")


# ------------------------------------------------------------------------------------------------------------- each voice


def _voices(record: Record, given: Sequence[PersonalReading], records: Records, today: date) -> Iterator[Paragraph]:
    """Everybody who gave a reading, those at the ends first: where they stand, where they stood, what they last wrote."""
    steps: dict[str, list[Update]] = {}
    for update, _ in retold(record.id, records):
        steps.setdefault(update.created_by, []).append(update)
    last = {one.created_by: one for one in records.about(record.id) if isinstance(one, Update)}
    ends = list(dict.fromkeys(person for _, _, *people in _sides(given) for person in people))
    for one in sorted(given, key=lambda one: (ends.index(one.person) if one.person in ends else len(ends), one.person)):
        before = _before(steps[one.person][:-1], records, today)
        stand = f"{_stand(one.confidence, one.health)}{_when(one.on, today)}{before}"
        yield Paragraph(stand, label=_named(one.person), token=HEALTH_TOKENS.get(one.health or "", "text"))
        yield from _wrote(last[one.person], today)


def _before(earlier: Sequence[Update], records: Records, today: date) -> str:
    """How somebody came there: the readings before the newest, the last of them first."""
    told = [
        f"{_stand(one.confidence, one.health)}{_when(created_in(one, records), today)}"
        for one in reversed(earlier[-EARLIER:])
    ]
    return f"; before: {', '.join(told)}" if told else ""


def _wrote(update: Update, today: date) -> Iterator[Paragraph]:
    if (text := update.text.strip()) and text != SILENT:
        yield Paragraph(f"“{text}”", label=" ", record=update)


def _silent(record: Record, given: Sequence[PersonalReading], viewpoint: Viewpoint) -> Iterator[Paragraph]:
    """Who is on it and has not said how it looks, I myself last."""
    said = {one.person for one in given}
    others = [person for person in people_of(record) if person not in said and person != viewpoint.me]
    if others:
        yield Paragraph(_listed(others), label="not heard")
    if viewpoint.me and viewpoint.me not in said:
        yield Paragraph("you: C says how it looks to you", label=" " if others else "not heard", token="info")


# ------------------------------------------------------------------------------------------------------------- what to ask


def _questions(record: Record, given: Sequence[PersonalReading]) -> Iterator[str]:
    """What those at the two ends can ask each other, and what could tell."""
    sides = list(_sides(given))
    if not sides:
        return
    _, _, high, low = sides[0]
    yield f"{_named(high)}, what have you seen that {_named(low)} has not?"
    yield f"{_named(low)}, what would have to happen for you to see it as {_named(high)} does?"
    if isinstance(record, Bet) and record.pivot_if:
        yield f"Is this line crossed: {record.pivot_if}?"
    yield "What could you look at together before you next say how it looks?"


def _paragraphs(record: Record, records: Records, viewpoint: Viewpoint) -> Iterator[Paragraph]:
    given, today = readings(record.id, records), viewpoint.today
    yield Paragraph(f"{record.id}  {record.label}", heading=True, token="title")
    if not given:
        yield Paragraph("Nobody has said how it looks.", token="dim")
    else:
        yield from _differing(record, given, records, today)
        yield Paragraph("")
        yield Paragraph("How each sees it, and what they last wrote", heading=True, token="title")
        yield from _voices(record, given, records, today)
    yield from _silent(record, given, viewpoint)
    if questions := list(_questions(record, given)):
        yield Paragraph("")
        yield Paragraph("To ask each other", heading=True, token="title")
        yield from map(Paragraph, questions)


def project(records: Records, viewpoint: Viewpoint) -> Text:
    """The chosen record as people see it; of an update, what it is about."""
    record = records.get(viewpoint.chosen) if viewpoint.chosen else None
    if isinstance(record, Update):
        record = records.get(record.about) if record.about else None
    return Text(() if record is None else tuple(_paragraphs(record, records, viewpoint)))


PERSPECTIVE = Perspective(
    id="talk",
    title="Talk",
    key="T",
    asks="Who sees this differently, since when, and what did each last write?",
    hides="everything of the record but what people say of it, and any average: there is none",
    kinds=(*KINDS, Update),
    project=project,
    empty="Choose a record to see who differs about it.",
    absence=lambda record, records, viewpoint: None if record.id == viewpoint.chosen else "another record is chosen",
    follows=True,
    next_steps=(NextStep("my reading", "checkin.hold"),),
)
