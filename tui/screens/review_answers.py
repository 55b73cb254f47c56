"""What each answer to an item of the review asks, and the step that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from store.errors import ManyViewError
from store.model import Checkin, Update
from store.review.agenda import Item, actions
from store.review.steps import decided, dropped, filed, said
from store.step import Step
from tui.command import Answers, AskMore, Command, Context, Outcome
from tui.commands._briefly import briefly, one_by_one
from tui.commands._refusals import needs_stored

if TYPE_CHECKING:
    from tui.screens.reviewing import Reviewing


def _briefly(context: Context, answers: Answers) -> Outcome:
    outcome = briefly(context)
    return one_by_one(outcome) if isinstance(outcome, AskMore) else outcome


BRIEFLY = Command("record.finish", "Complete", (), "Settle or complete, asked in single keys.", _briefly, needs_stored)
"""What is done with a record in the review: a prompt for each thing that must be known, none of what may be left open."""


def keep(review: Reviewing, item: Item) -> None:
    """Leave it as it is."""
    review.answer(item, "kept")


def snooze(review: Reviewing, item: Item) -> None:
    """Put it off until a day, in a week unless one is typed."""

    def entered(text: str) -> str | None:
        day = review.course.day_to_put_off(text)
        review.answer(item, "put off", until=day)
        review.stage.say(f"Put off until {day.isoformat()}.")
        return None

    _ask(review, "put off until (a week):", entered)


def note(review: Reviewing, item: Item) -> None:
    """Write an update about it."""
    record, today, me = item.record, review.stage.today(), review.stage.workspace.me
    assert record is not None
    _ask_step(review, item, "noted", "note:", lambda text: said(record, text, today, me))


def decide(review: Reviewing, item: Item) -> None:
    """Capture a decision about it; a note of the inbox goes with it."""
    workspace, today = review.stage.workspace, review.stage.today()

    def step(text: str) -> Step:
        return decided(workspace.records, item.record, text, today, workspace.me)

    _ask_step(review, item, "decided", "decision:", step)


def drop(review: Reviewing, item: Item) -> None:
    """Stop it, take it back or put it away, and say why."""
    record, records = item.record, review.stage.workspace.records
    assert record is not None
    if isinstance(record, Update):
        review.commit(item, "dropped", dropped(records, record, "", review.stage.today()))
    else:
        label, today = f"{actions(item)['drop']}, because:", review.stage.today()
        _ask_step(review, item, "dropped", label, lambda text: dropped(records, record, text, today))


def done(review: Reviewing, item: Item) -> None:
    """Bring it to where it is to go: file a note, hold a check-in, measure, decide, look back, release, settle."""
    record = item.record
    if isinstance(record, Update):
        _file(review, item, record)
        return
    review.perform(item, review.stage.registry.commands["checkin.hold"] if isinstance(record, Checkin) else BRIEFLY)


def _file(review: Reviewing, item: Item, note: Update) -> None:
    def step(text: str) -> Step:
        records = review.stage.workspace.records
        return filed(records, note, text) if text.strip() else dropped(records, note, "", review.stage.today())

    _ask_step(review, item, "done", "about which record (nothing puts it away):", step, needs=False)


def _ask_step(
    review: Reviewing, item: Item, what: str, label: str, step: Callable[[str], Step], *, needs: bool = True
) -> None:
    """Ask for one line and commit the step that comes of it; an empty line changes nothing where one is needed."""

    def entered(text: str) -> str | None:
        if text.strip() or not needs:
            review.commit(item, what, step(text.strip()))
        return None

    _ask(review, label, entered)


def _ask(review: Reviewing, label: str, entered: Callable[[str], str | None]) -> None:
    def tried(text: str) -> str | None:
        try:
            return entered(text)
        except ManyViewError as error:
            return str(error)

    review.stage.asking.read(label, "", tried)


ANSWERS: Mapping[str, Callable[[Reviewing, Item], None]] = {
    "keep": keep, "done": done, "snooze": snooze,
    "note": note, "decide": decide, "drop": drop,
}  # fmt: skip
"""Answer → what it asks and does, by the names of ``store.review.agenda``."""
