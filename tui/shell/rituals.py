"""The verb for how we work: every ritual, what it cost and brought, and when it is reviewed itself."""

from __future__ import annotations

from typing import Any

from store.checkins.rituals import Account, accounts
from tui.drawing import draw
from tui.perspective import perspective
from tui.plain import UNFOLDED, body_lines
from tui.shell.listing import PAGE_WIDTH
from tui.shell.output import put
from tui.shell.printing import NARROWEST, print_objects, terminal_width
from tui.shell.session import Session
from tui.shell.verb import Given, Verb
from tui.viewpoint import Viewpoint


def _rituals(session: Session, given: Given) -> int:
    """Print how we work, as the lens shows it."""
    if session.flags.is_machine:
        print_objects(session, [_account(one) for one in accounts(session.records, session.today)])
        return 0
    view = perspective("rituals").project(session.records, Viewpoint(session.today, session.me))
    for line in body_lines(draw(view, session.scene, max(terminal_width() or PAGE_WIDTH, NARROWEST), UNFOLDED)):
        put(line)
    return 0


def _account(one: Account) -> dict[str, Any]:
    ritual, review = one.ritual, one.ritual.review_on
    return {
        "id": ritual.id,
        "title": ritual.title,
        "when": one.when,
        "due": str(one.due) if one.due else None,
        "minutes": ritual.minutes,
        "held": one.held,
        "skipped": one.skipped,
        "missed": one.missed,
        "hours": one.hours,
        "decisions": one.decisions,
        "verdicts": dict(one.verdicts),
        "questions": list(ritual.questions),
        "review_on": str(review) if review else None,
    }


VERBS = (
    Verb(
        "rituals",
        "How we work: every ritual, what it cost and brought, and when it is reviewed itself",
        _rituals,
        examples=(
            ("many rituals --plain", "which of them still earn their time?"),
            ("many settings set levels.weekly.review_on=2027-03-01", "when a ritual is looked at itself"),
        ),
        group="Looking",
    ),
)
