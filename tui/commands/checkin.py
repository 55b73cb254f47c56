"""Commands on check-ins: begin or go on with one, skip one; on any other record, give my reading of it."""

from __future__ import annotations

from store.cadence import last_intent
from store.changes import named, update
from store.errors import UsageError
from store.fields import Field, changed, field
from store.model import VERDICTS, Bet, Checkin, Mission, Record, RecordVerdict, Update
from store.records import Records
from store.step import Change, Step, is_provisional, provisional
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Say
from tui.commands._refusals import needs_stored, needs_target

QUESTION, VERDICT = "question.", "verdict."
OWN = ("decisions", "intent", "people")
"""Fields of the check-in itself that are asked for after the questions and the verdicts."""


def judged(records: Records) -> tuple[Record, ...]:
    """The records a check-in gives a verdict on: active missions, then bets placed or released, the oldest first."""
    missions = [record for record in records.all(Mission) if record.state == "active"]
    bets = [record for record in records.all(Bet) if record.state in ("placed", "released")]
    return (*missions, *sorted(bets, key=lambda bet: (bet.placed_on is None, bet.placed_on, bet.number)))


def _ask_checkin(checkin: Checkin, records: Records) -> Ask:
    level = records.settings.level(checkin.level)
    before = last_intent(checkin.level, records)
    given = {verdict.record: verdict for verdict in checkin.verdicts}
    asked = dict.fromkeys([*(level.questions if level else ()), *checkin.answers])
    questions = [
        Question(Field(f"{QUESTION}{number}", "long", text, name=text), checkin.answers.get(text, ""))
        for number, text in enumerate(asked, 1)
    ]
    verdicts = [
        Question(
            Field(
                f"{VERDICT}{record.id}",
                "choice",
                f"A verdict on {record.label}",
                VERDICTS,
                name=f"{record.id} {record.label}",
            ),
            given[record.id].verdict if record.id in given else "",
        )
        for record in judged(records)
    ]
    own = tuple(
        Question(field(Checkin, path), text)
        for path, text in (
            ("decisions", ", ".join(checkin.decisions)),
            ("intent", checkin.intent),
            ("people", ", ".join(checkin.people)),
        )
    )
    return Ask(
        f"{level.title if level else checkin.level} check-in, due {checkin.due}",
        (*questions, *verdicts, *own),
        note=f"Last time we intended: {before.intent}" if before else "",
        anyway=True,
    )


def held(checkin: Checkin, answers: Answers, context: Context) -> Step:
    """The step that keeps what a check-in brought: answers, verdicts, decisions, people and the next intent; it is done."""
    records = context.records
    level = records.settings.level(checkin.level)
    asked = list(dict.fromkeys([*(level.questions if level else ()), *checkin.answers]))
    texts = {
        asked[int(path.removeprefix(QUESTION)) - 1]: text.strip()
        for path, text in answers.items()
        if path.startswith(QUESTION)
    }
    verdicts = [
        {"record": path.removeprefix(VERDICT), "verdict": text.strip()}
        for path, text in answers.items()
        if path.startswith(VERDICT) and text.strip()
    ]
    for verdict in verdicts:
        if verdict["verdict"] not in VERDICTS:
            raise UsageError(f"{verdict['record']}: a verdict is one of {', '.join(VERDICTS)}. Nothing was changed.")
    own = {path: text for path, text in answers.items() if path in OWN}
    fresh = is_provisional(checkin.id)
    base = checkin.evolve(id=provisional(Checkin, 1)) if fresh else checkin
    after = changed(base, own, context.today).evolve(
        state="done",
        held_on=checkin.held_on or context.today,
        answers={**checkin.answers, **{question: text for question, text in texts.items() if text}},
        verdicts=tuple(RecordVerdict.model_validate(verdict) for verdict in verdicts) or checkin.verdicts,
    )
    return Step((Change(None if fresh else checkin, after),), f"held the {level.title if level else checkin.level} check-in")


def _refuse(context: Context) -> str | None:
    if isinstance(context.chosen, Checkin):
        return None
    if reason := needs_target(context) or needs_stored(context):
        return reason
    return "An update is a reading already." if isinstance(context.targets[0], Update) else None


def _asks(context: Context) -> Ask | None:
    if isinstance(context.chosen, Checkin):
        return _ask_checkin(context.chosen, context.records)
    paths = ("confidence", "health", "text")
    return Ask(
        f"My reading of {named(context.targets)}", tuple(Question(field(Update, path)) for path in paths), first="confidence"
    )


def _run(context: Context, answers: Answers) -> Outcome:
    if isinstance(context.chosen, Checkin):
        return held(context.chosen, answers, context)
    texts = {path: text for path, text in answers.items() if text.strip()}
    if not texts:
        return Say("Nothing was said, nothing was written.")
    return update(context.targets, {"text": "(reading)", **texts}, context.today)


def _refuse_skip(context: Context) -> str | None:
    checkin = context.chosen
    if not isinstance(checkin, Checkin):
        return "Only a check-in can be skipped."
    return None if checkin.is_open else f"{checkin.id} is {checkin.state}."


def _skip(context: Context, answers: Answers) -> Outcome:
    checkin = context.chosen
    assert isinstance(checkin, Checkin)
    why = answers.get("why_skipped", "").strip()
    if not why:
        return Say("To skip a check-in it needs a reason. Nothing was changed.")
    fresh = is_provisional(checkin.id)
    base = checkin.evolve(id=provisional(Checkin, 1)) if fresh else checkin
    after = base.evolve(state="skipped", why_skipped=why)
    return Step((Change(None if fresh else checkin, after),), f"skipped the {checkin.level} check-in: {why}")


COMMANDS = (
    Command(
        "checkin.hold",
        "Check in",
        ("C",),
        "Hold a check-in; on any other record, give my reading of it.",
        _run,
        _refuse,
        _asks,
        group="Check-ins",
        footer="check in",
        panes=("cadence",),
    ),
    Command(
        "checkin.skip",
        "Skip",
        ("X",),
        "Skip a check-in and say why.",
        _skip,
        _refuse_skip,
        lambda c: Ask("Why is it skipped?", (Question(field(Checkin, "why_skipped")),)),
        group="Check-ins",
        footer="skip",
        panes=("cadence",),
    ),
)
