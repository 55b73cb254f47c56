"""Rituals: which of our rituals still earn their time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from store.checkins.rituals import Account, accounts, limits
from store.dates import relative
from store.model import KINDS
from store.records import Records
from store.settings import Trigger
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._moves import nowhere
from tui.perspectives.cadence import time_of
from tui.shapes import Paragraph, Text
from tui.viewpoint import Viewpoint


def _paragraphs(account: Account, today: date) -> Iterator[Paragraph]:
    """One ritual: when it is, what it costs, what it brought, what it asks, and its own review."""
    ritual = account.ritual
    yield Paragraph(ritual.title, heading=True, token="title")
    late = account.due is not None and account.due < today
    when = "due" if late or account.due == today else "next"
    due = f", {when} {relative(account.due, today)}{account.rolled}" if account.due else ""
    yield Paragraph(f"{account.when}{due}", label="when", token="warn" if late else "text")
    yield Paragraph(time_of(ritual.minutes), label="time")
    yield Paragraph(_held(account), label="held")
    for why in account.whys:
        yield Paragraph(why, label="skipped because")
    if account.held:
        yield Paragraph(_brought(account), label="brought")
    for at, question in enumerate(ritual.questions):
        yield Paragraph(question, label=" " if at else "asks")
    yield _review(account, today)
    yield Paragraph("")


def _held(account: Account) -> str:
    """``9 of 12 in a year, 2 skipped, 1 missed; 14 h of everybody's time``; what never was, says so."""
    if not account.held + account.skipped:
        return "never yet"
    every = account.held + account.skipped + account.missed
    parts = [f"{account.held} of {every} in a year"]
    parts += [f"{account.skipped} skipped"] * bool(account.skipped) + [f"{account.missed} missed"] * bool(account.missed)
    hours = f"; {account.hours:.3g} h of everybody's time" if account.held else ""
    return ", ".join(parts) + hours


def _brought(account: Account) -> str:
    """What came of it: decisions, and verdicts that changed something."""
    decisions = [f"{account.decisions} decision{'s' * (account.decisions != 1)}"] if account.decisions else []
    verdicts = [f"{count} {name}{'s' * (count != 1)}" for name, count in account.verdicts.items()]
    return ", ".join([*decisions, *verdicts]) or "no decision, and nothing started, changed or stopped"


def _review(account: Account, today: date) -> Paragraph:
    day = account.ritual.review_on
    if day is None:
        place = "triggers" if isinstance(account.ritual, Trigger) else "levels"
        return Paragraph(
            f"no day is set: {place}.{account.ritual.id}.review_on in the settings", label="review", token="dim"
        )
    token = "warn" if account.is_to_review(today) else "text"
    return Paragraph(f"{relative(day, today)}: does it still earn its time?", label="review", token=token)


def project(records: Records, viewpoint: Viewpoint) -> Text:
    """Every ritual, those to be reviewed first, then the limits on work."""
    found = sorted(accounts(records, viewpoint.today), key=lambda one: not one.is_to_review(viewpoint.today))
    parts = [paragraph for account in found for paragraph in _paragraphs(account, viewpoint.today)]
    held = limits(records)
    if held:
        parts.append(Paragraph("Limits on placed bets", heading=True, token="title"))
    for limit in held:
        token = "bad" if limit.placed > limit.most else "text"
        parts.append(Paragraph(f"{limit.name}: {limit.placed} placed, at most {limit.most}", token=token))
    return Text(tuple(parts))


PERSPECTIVE = Perspective(
    id="rituals",
    title="Rituals",
    key="W",
    asks="Which of our rituals still earn their time?",
    hides="what was said in them: Cadence shows each check-in",
    kinds=KINDS,
    project=project,
    empty="No ritual is set. The settings hold the levels: many settings edit, or :settings.edit.",
    absence=lambda record, records, viewpoint: "rituals are no records: Cadence shows the check-ins",
    move=nowhere("Rituals stand in the settings: :settings.edit changes them."),
    next_steps=(NextStep("change them", "settings.edit"),),
)
