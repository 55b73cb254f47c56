"""A check-in held line by line: a question, a line for its answer; every answer is kept until the last one was given."""

from __future__ import annotations

from collections.abc import Iterable

from store.checkins.explained import RANK
from store.checkins.holding import RANKS
from store.checkins.verdicts import HINT
from store.errors import Clash, Conflict
from store.fields import Field
from store.model import Checkin
from store.step import Step
from tui.clashing import aside, judged_in, texts_of
from tui.command import Answers, Ask, AskMore, Context
from tui.commands._holding import ANSWER, DECISIONS, OTHERS, VERDICT, ask_checkin
from tui.commands.checkin import hold
from tui.shell.asking import Asker, say
from tui.shell.drafting import Kept, going_on, offered
from tui.shell.filling import filled, settled
from tui.shell.session import Session

HOLD = "checkin.hold"
"""The command of the app that asks the same in a form: a draft of one is gone on with in the other."""


def hold_in_lines(session: Session, checkin: Checkin, word: str) -> int:
    """Ask question by question; nothing is written until the last one was answered, and no answer is lost before."""
    context = Context(session.records, session.today, session.me, chosen=checkin)
    asked_for = ask_checkin(checkin, context)
    asks = asked_for._replace(
        questions=tuple(one._replace(field=_in_a_line(one.field)) for one in asked_for.questions), note=""
    )
    line = f"many checkin {word}"
    kept, ask = Kept(session, HOLD, checkin, asks.title), Asker()
    if any(one.field.choices == RANKS for one in asks.questions):
        say(f"A rank says {RANK}.")
    if not checkin.about:
        say(f"A verdict is {HINT}.")
    offered(kept, ask, {one.field.path: one.field.label for one in asks.questions})
    with going_on(kept, line):
        if _is_held(session, context, asks, ask, kept):
            kept.done()
        else:
            kept.tell(line)
    return 0


def _is_held(session: Session, context: Context, asks: Ask, ask: Asker, kept: Kept) -> bool:
    """Whether it was held: what others answered meanwhile is shown where it differs, and one of the two is taken."""
    seen: list[Clash] = []
    while step := filled(session, context, AskMore(asks, _hold_chosen), ask, kept=kept, passed=bool(seen)):
        try:
            session.perform(step, seen)
            return True
        except Conflict as error:
            session.workspace().refresh()
            context = context._replace(records=session.records, asked=context.asked or context.records)
            seen.extend(error.fields)
            if not _is_settled(error.fields, asks, ask, kept):
                return False
    return False


def _is_settled(fields: Iterable[Clash], asks: Ask, ask: Asker, kept: Kept) -> bool:
    """Whether the person said, of everything that both answered, what is to stand there."""
    asked = {one.field.path: one.field for one in asks.questions}
    for clash in fields:
        found = texts_of((clash,), asked)
        for path, theirs in found.items():
            text = settled(asked[path], theirs, kept.texts.get(path, ""), ask)
            if text is None:
                return False
            kept.put(path, text, stood=theirs)
        if more := aside((clash,), (*asked, OTHERS.path)):
            say(f"{more}. y writes it over; Enter leaves it, and keeps your answers.")
            if (ask() or "").strip().lower() not in ("y", "yes"):
                return False
        if not found and not _is_other_settled(clash, ask, kept):
            return False
    return True


def _is_other_settled(clash: Clash, ask: Asker, kept: Kept) -> bool:
    """Whether the person said which verdict is to stand where both gave one on a record that is judged among others."""
    path = clash[1]
    front, _, record = path.partition(".")
    if f"{front}." != VERDICT:
        return True
    lines = kept.texts.get(OTHERS.path, "").split(";")
    mine = next((line for line in lines if judged_in(line) == record), "")
    field = Field(path, "text", "", name=f"verdict on {record}")
    theirs = texts_of((clash,), (path,))[path]
    text = settled(field, theirs, mine.strip().partition(" ")[2], ask)
    if text is None:
        return False
    rest = [line.strip() for line in lines if line.strip() and judged_in(line) != record]
    kept.put(OTHERS.path, "; ".join([*rest, f"{record} {text}"]), stood=kept.stood.get(OTHERS.path, ""))
    return True


def _hold_chosen(context: Context, answers: Answers) -> Step:
    assert isinstance(context.chosen, Checkin)
    texts = {path: text.replace(";", "\n") if path in LISTS else text for path, text in answers.items()}
    return hold(context.chosen, context, texts)


LISTS = (OTHERS.path, DECISIONS.path)
"""What takes several lines in a form, and semicolons between them here."""


def _in_a_line(field: Field) -> Field:
    """The field without what was said of all verdicts beforehand, or stands in the agenda above."""
    if field.path in LISTS:
        several = field.description.replace("one a line", "with ; between them")
        return field._replace(description=several, hint=field.hint.replace("one a line: ", ""))
    if field.path.startswith(ANSWER) and field.choices != RANKS:
        return field._replace(description="")
    return field._replace(hint="keep, start, change or stop") if field.hint == HINT else field
