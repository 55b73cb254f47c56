"""Commands on bets: a pivot is a stop and a new bet that comes from it."""

from __future__ import annotations

from store.changes import named
from store.errors import Refused
from store.fields import field
from store.lifecycle import moves
from store.model import Bet, Link
from store.step import Change, Step, provisional
from tui.command import Answers, Ask, Command, Context, Outcome, Question
from tui.commands._refusals import needs_stored


def _refuse(context: Context) -> str | None:
    if reason := needs_stored(context):
        return reason
    record = context.targets[0]
    if not isinstance(record, Bet):
        return "Only a bet can pivot."
    return None if "stopped" in moves(record) else f"{record.id} is {record.state}: there is nothing to turn."


def _ask(context: Context) -> Ask:
    return Ask(
        f"{named(context.targets[:1])} turns into",
        (Question(field(Bet, "title")), Question(field(Bet, "why_stopped")), Question(field(Bet, "hypothesis"))),
        first="title",
    )


def _pivot(context: Context, answers: Answers) -> Outcome:
    old = context.targets[0]
    assert isinstance(old, Bet)
    return pivoted(old, answers)


def pivoted(old: Bet, texts: Answers) -> Step:
    """The step that stops a bet and adds the one it turns into, under the same records.  Raises ``Refused``."""
    title, why = texts.get("title", "").strip(), texts.get("why_stopped", "").strip()
    if not title or not why:
        raise Refused("A pivot needs the title of the new bet and why the old one stops. Nothing was changed.")
    kept = tuple(link for link in old.links if link.kind == "nests_in")
    new = Bet(
        id=provisional(Bet, 1), title=title, hypothesis=texts.get("hypothesis", "").strip(), horizon=old.horizon,
        team=old.team, people=old.people, links=(*kept, Link(kind="pivots_from", to=old.id)),
    )  # fmt: skip
    stop = Change(old, old.evolve(state="stopped", why_stopped=why))
    return Step((Change(None, new), stop), f"pivoted from {old.id} to {new.label}")


COMMANDS = (Command("bet.pivot", "Pivot", ("P",), "Stop this bet and begin the one it turns into.", _pivot, _refuse, _ask),)
