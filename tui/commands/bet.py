"""Commands on bets: a pivot is a stop and a new bet that comes from it; scores are given criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast, get_args

from store.changes import named
from store.errors import Refused
from store.fields import Field, field
from store.lifecycle import moves
from store.model import Bet
from store.parts import Level, Link, Score
from store.step import Change, Step, provisional
from store.typed import READERS
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Say
from tui.commands._refusals import needs_one, needs_stored


def _refuse(context: Context) -> str | None:
    if reason := needs_one(context):
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


# ----------------------------------------------------------------------------------------------------------------- scores

SCORE = "scores."


def _refuse_score(context: Context) -> str | None:
    if reason := needs_stored(context):
        return reason
    return None if all(isinstance(record, Bet) for record in context.targets) else "Only bets are scored."


def _criteria(context: Context) -> Mapping[str, Field]:
    """A choice of levels for each criterion of the workspace, then for those the bets have besides, by its path."""
    given = (criterion for bet in context.targets if isinstance(bet, Bet) for criterion in bet.scores)
    return {
        f"{SCORE}{name}": Field(f"{SCORE}{name}", "choice", f"How it does in {name}", get_args(Level), name=name)
        for name in dict.fromkeys((*context.records.settings.criteria, *given))
    }


def _ask_score(context: Context) -> Ask | None:
    """A level for each criterion; several bets begin with none, and keep what is not answered."""
    first = context.targets[0] if len(context.targets) == 1 else None
    held = first.scores if isinstance(first, Bet) else {}
    criteria = _criteria(context)
    questions = (
        Question(one, held[path.removeprefix(SCORE)].level if path.removeprefix(SCORE) in held else "")
        for path, one in criteria.items()
    )
    return Ask(f"Scores of {named(context.targets)}", tuple(questions)) if criteria else None


def _score(context: Context, answers: Answers) -> Outcome:
    if not answers:
        return Say(
            "Nothing was scored: the settings name no criteria." if not _criteria(context) else "Nothing was changed."
        )
    bets = [record for record in context.targets if isinstance(record, Bet)]
    changes = tuple(Change(bet, scored(bet, _criteria(context), answers, context.today)) for bet in bets)
    return Step(changes, f"scored {named(context.targets)}")


def scored(bet: Bet, criteria: Mapping[str, Field], answers: Answers, today: date) -> Bet:
    """The bet with other levels; why each was given stays, and an empty answer takes one away.  Raises ``UsageError``."""
    scores = dict(bet.scores)
    for path, text in answers.items():
        criterion = path.removeprefix(SCORE)
        before = scores.pop(criterion, None)
        if text.strip():
            level = cast(Level, READERS["choice"](criteria[path], text, today))
            scores[criterion] = Score(level=level, why=before.why if before else "")
    return bet.evolve(scores=scores)


COMMANDS = (
    Command("bet.pivot", "Pivot", ("P",), "Stop this bet and begin the one it turns into.", _pivot, _refuse, _ask),
    Command("bet.score", "Score", (), "Give it a level in each criterion.", _score, _refuse_score, _ask_score),
)
