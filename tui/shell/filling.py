"""Asks in lines what a command of the app asks in a form: a question a line, Enter leaves what it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from store.errors import Refused, UsageError
from store.fields import READERS, Field
from store.step import Step
from tui.command import Answers, Ask, AskMore, Command, Context, Outcome, Question, Run, Say
from tui.shell.output import put
from tui.shell.printing import terminal_width
from tui.shell.session import Session
from tui.text import safe, wrapped

WIDEST = 100
"""Cells of a line at most: longer ones are hard to follow."""
Asking = Callable[[str], str | None]
"""Asks for one line; None where nobody types any more."""


def filled(session: Session, context: Context, what: Outcome | Command, ask: Asking, first: str = "") -> Step | None:
    """The step that comes of an outcome or of a command, once what it asks was answered; None where nobody would say.

    ``first`` answers the first question.  What a rule of the domain refuses is said, and asked again with what was typed.
    """
    if isinstance(what, Command):
        if reason := what.refuse(context):
            raise Refused(reason)
        asks = what.asks(context)
        outcome = what.run(context, {}) if asks is None else _asked(asks, what.run, context, ask, first)
    else:
        outcome = what
    while isinstance(outcome, AskMore):
        outcome = _asked(outcome.ask, outcome.run, context, ask, first)
        first = ""
    if isinstance(outcome, Say):
        put(safe(outcome.sentence))
    return outcome if isinstance(outcome, Step) else None


def _asked(asks: Ask, run: Run, context: Context, ask: Asking, first: str) -> Outcome | None:
    """What comes of a form that is filled line by line; asked again as long as a rule refuses it."""
    for line in wrapped(f"{asks.title}\n{asks.note}".rstrip(), min(terminal_width() or WIDEST, WIDEST)):
        put(line)
    questions = asks.questions
    while True:
        answers = _answers(questions, ask, context.today, first)
        if answers is None:
            return None
        try:
            return run(context, answers)
        except (Refused, UsageError) as error:
            put(str(error))
        questions = tuple(question._replace(initial=answers[question.field.path]) for question in questions)
        first = ""


def _answers(questions: tuple[Question, ...], ask: Asking, today: date, first: str) -> Answers | None:
    found: dict[str, str] = {}
    for question in questions:
        text = _answer(question, ask, today, "" if found else first)
        if text is None:
            return None
        found[question.field.path] = text
    return found


def _answer(question: Question, ask: Asking, today: date, given: str) -> str | None:
    """One answer that its field can take; what it holds where nothing is typed."""
    one = question.field
    while True:
        typed = given or ask(_prompt(question))
        given = ""
        if typed is None:
            return None
        if not typed.strip():
            return question.initial
        try:
            _check(one, typed, today)
        except UsageError as error:
            put(str(error))
            continue
        return typed.strip()


def _check(one: Field, typed: str, today: date) -> None:
    if one.form in READERS:
        READERS[one.form](one, typed, today)


def _prompt(question: Question) -> str:
    one = question.field
    takes = ", ".join(one.choices) or one.hint
    holds = f" [{' '.join(question.initial.split())}]" if question.initial.strip() else ""
    return safe(f"  {one.label}{f' ({takes})' if takes else ''}{holds}> ")
