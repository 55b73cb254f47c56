"""Asks in lines what a command of the app asks in a form: a question, then a line for its answer; Enter leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from store.errors import NotFound, Refused, UsageError
from store.fields import Field
from store.step import Step
from store.typed import READERS
from tui.candidates import strangers, values
from tui.clashing import both
from tui.command import Answers, Ask, AskMore, Command, Context, Outcome, Question, Run, Say
from tui.commands._briefly import choices, choices_of, spelled
from tui.shell.asking import Asker, can_edit, say
from tui.shell.drafting import Kept
from tui.shell.session import Session
from tui.wording import in_the_shell

BACK, PART, END = "<", ">", "."
"""The lines that ask the question before once more, that go on to the next part, and to the last question."""
LEAVES = f"Enter leaves a line as it is, {BACK} goes back to the one before; ctrl+d leaves, and what was answered is kept."
NAMED = 12
"""People who are named where one asks for people."""
LONG = 7
"""Questions from which on it is worth saying how one passes over many."""
PASSES = f"{PART} passes over to the next part, a dot ({END}) to the last question: what lies between stays as it is."


def filled(
    session: Session,
    context: Context,
    what: Outcome | Command,
    ask: Asker,
    first: str = "",
    kept: Kept | None = None,
    *,
    passed: bool = False,
) -> Step | None:
    """The step that comes of an outcome or of a command, once what it asks was answered; None where nobody would say.

    ``first`` is a line with the first answers, as ``spelled`` reads it.  What was answered stands in ``kept`` at once.  What
    a rule of the domain refuses is said, and asked again with what was typed.  Where all questions were ``passed`` before,
    only that is asked.
    """
    if isinstance(what, Command):
        if reason := what.refuse(context):
            raise Refused(in_the_shell(reason, context.chosen.id if context.chosen else "ID"))
        asks = what.asks(context)
        outcome: Outcome | None = what.run(context, {}) if asks is None else AskMore(asks, what.run)
    else:
        outcome = what
    while isinstance(outcome, AskMore):
        outcome = Form(outcome.ask, outcome.run, context, ask, kept).outcome(first, passed=passed)
        first = ""
    if isinstance(outcome, Say):
        say(in_the_shell(outcome.sentence, context.chosen.id if context.chosen else "ID"))
    return outcome if isinstance(outcome, Step) else None


class Form:
    """One form that is filled line by line: what was answered so far, and whether it can be."""

    def __init__(self, asks: Ask, run: Run, context: Context, ask: Asker, kept: Kept | None) -> None:
        self._asks, self._run, self._context, self._ask, self._kept = asks, run, context, ask, kept
        paths = {one.field.path for one in asks.questions}
        self.texts: dict[str, str] = {} if kept is None else {path: one for path, one in kept.texts.items() if path in paths}
        self._half = "" if kept is None else kept.half

    def outcome(self, first: str, *, passed: bool = False) -> Outcome | None:
        """What comes of it; None where nobody would say.  What was ``passed`` before is not asked once more."""
        if not self._is_settled():
            return None
        if first:
            self._spell(self._asks.questions, first)
        at = len(self._asks.questions) if passed else self._open()
        while True:
            if not self._filled(at, is_brief=bool(first)):
                return None
            try:
                return self._run(self._context, self._answers())
            except (Refused, UsageError, NotFound) as error:
                say(str(error))
            at, first = 0, ""

    def _answers(self) -> Answers:
        """What is answered: as in a form of the app, every field, or only those that were changed."""
        found = {one.field.path: self._holds(one) for one in self._asks.questions}
        if self._asks.anyway:
            return found
        return {
            one.field.path: found[one.field.path] for one in self._asks.questions if found[one.field.path] != one.initial
        }

    def _open(self) -> int:
        """The number of the first question that was not answered."""
        paths = [one.field.path for one in self._asks.questions]
        return next((at for at, path in enumerate(paths) if path not in self.texts or path == self._half), len(paths))

    def _filled(self, at: int, *, is_brief: bool) -> bool:
        """Ask from one question to the last; False where nobody types any more.  In brief, no words are asked for."""
        questions = self._asks.questions
        if at < len(questions):
            self._head(at, is_brief=is_brief)
        while at < len(questions):
            if is_brief and not _is_left(questions[at:]):
                return True
            line = self._line(at)
            if line is None:
                return False
            if (way := WAYS.get(line.strip())) is not None:
                at = way(questions, at)
            elif not line.strip():
                at += self._take(questions[at], self._holds(questions[at]))
            else:
                at += self._spell(questions[at:], line)
        return True

    def _is_settled(self) -> bool:
        """Whether it was said what is to stand where somebody else answered since an answer was kept; False where not."""
        for question in self._asks.questions:
            path, theirs = question.field.path, question.initial
            mine = self.texts.get(path, theirs)
            if self._kept is not None and theirs not in ("", mine, self._kept.stood.get(path, theirs)):
                text = settled(question.field, theirs, mine, self._ask)
                if text is None:
                    return False
                self._take(question, text)
        return True

    def _head(self, at: int, *, is_brief: bool) -> None:
        """Say what it is about, before the first question that is asked."""
        if not is_brief or _is_left(self._asks.questions[at:]):
            say(f"{self._asks.title}\n{self._asks.note}".rstrip())
            say(f"{LEAVES} {PASSES}" if len(self._asks.questions) >= LONG else LEAVES)

    # -------------------------------------------------------------------------------------------------------- one question

    def _line(self, at: int) -> str | None:
        """What is typed below a question."""
        question = self._asks.questions[at]
        path, half = question.field.path, question.field.path == self._half
        for line in _asked(question, at, self._asks.questions, self._holds(question)):
            say(line)
        if question.field.people and (known := values(self._context.records)["people"]):
            say(f"  Known here: {', '.join(known[:NAMED])}{', …' if len(known) > NAMED else ''}")
        try:
            typed = self._ask(typed=self.texts[path] if half else "")
            if typed is None:
                self._keep_half(path)
        except (KeyboardInterrupt, SystemExit):
            self._keep_half(path)
            raise
        self._half = ""
        return typed

    def _keep_half(self, path: str) -> None:
        if self._kept is not None and self._ask.unfinished.strip():
            stood = next(one.initial for one in self._asks.questions if one.field.path == path)
            self._kept.put(path, self._ask.unfinished, stood=stood, half=True)

    def _holds(self, question: Question) -> str:
        """The answer that stands: what was typed before, else what the record says."""
        return self.texts.get(question.field.path, question.initial)

    def _spell(self, questions: Sequence[Question], line: str) -> int:
        """Take the answers a line gives; how many of the next questions are answered by it, so that none is passed over."""
        found = spelled(questions, line) if choices_of(questions[0].field) else {questions[0].field.path: line.strip()}
        taken = self._take_all([one for one in questions if one.field.path in found], found)
        return min(taken, sum(1 for _ in takewhile(lambda one: one.field.path in found, questions)))

    def _take_all(self, questions: Sequence[Question], found: Mapping[str, str]) -> int:
        for number, question in enumerate(questions):
            if not self._take(question, found[question.field.path]):
                return number
        return len(questions)

    def _take(self, question: Question, text: str) -> bool:
        """Whether an answer can stand; it is kept then, else what is wrong with it is said."""
        path = question.field.path
        try:
            if text.strip() and question.field.form in READERS and path in _plain(question):
                READERS[question.field.form](question.field, text, self._context.today)
            self._try({**self.texts, path: text})
        except (UsageError, NotFound) as error:
            say(str(error))
            return False
        if text != self._holds(question) and (new := strangers(question.field, text, _known(self._context))):
            say(new)
        self.texts[path] = text
        if self._kept is not None:
            self._kept.put(path, text, stood=question.initial)
        return True

    def _try(self, texts: Answers) -> None:
        """See what would come of the answers so far; what is still missing is asked for yet."""
        try:
            self._run(self._context, texts)
        except Refused:
            return


def settled(one: Field, theirs: str, mine: str, ask: Asker) -> str | None:
    """What is to stand in a field that somebody else answered meanwhile; None where nobody says."""
    together = both(one, theirs, mine)
    texts = {"m": mine, "t": theirs, "": theirs, **({"b": together} if together else {})}
    edits = f", e edits {'them' if together else 'mine'}" if can_edit() else ""
    say(f"{one.label}: somebody else answered meanwhile: {theirs or 'nothing'}")
    say(f"  You: {mine or 'nothing'}")
    say(f"  m mine, t theirs{', b both' if together else ''}{edits}, or type what is to stand there; Enter: theirs")
    line = ask()
    if edits and line is not None and line.strip() == "e":
        line = ask(typed=" ".join((together or mine).split()))
    return None if line is None else texts.get(line.strip(), line.strip())


def _before(questions: Sequence[Question], at: int) -> int:
    return max(at - 1, 0)


def _next_part(questions: Sequence[Question], at: int) -> int:
    """The first question of the next part; the last question in the last part."""
    return next((later for later in range(at + 1, len(questions)) if questions[later].apart), len(questions) - 1)


def _last(questions: Sequence[Question], at: int) -> int:
    return len(questions) - 1


WAYS: Mapping[str, Callable[[Sequence[Question], int], int]] = {BACK: _before, PART: _next_part, END: _last}
"""A line that answers nothing → the number of the question it leads to."""


def _known(context: Context) -> Sequence[str]:
    """The people the workspace knows, and who fills in the form."""
    return [*values(context.records)["people"], context.me]


def _is_left(questions: Sequence[Question]) -> bool:
    """Whether something is left that must be said: words need not be."""
    return any(choices_of(one.field) or one.field.required for one in questions)


def _plain(question: Question) -> tuple[str, ...]:
    """The path of a question whose form alone says how it is read: lines are read by the path of a field of a record."""
    return () if question.field.form == "lines" else (question.field.path,)


def _asked(question: Question, at: int, questions: Sequence[Question], holds: str) -> list[str]:
    """The lines that ask a question: what is asked, then what can be answered and what stands if nothing is."""
    one = question.field
    number = f"{at + 1} of {len(questions)}  " if len(questions) > 1 else ""
    about = f": {one.description}" if one.description not in ("", one.label) else ""
    letters = ", ".join(f"{choice[0]} {choice}" for choice in choices_of(one))
    several = choices(questions[at:])
    glued = "".join(choices_of(other)[0][0] for other in several)
    more = f"; or all {len(several)}, such as {glued}" if len(several) > 1 else ""
    stands = " ".join(holds.split())
    goes = _passes(at, len(questions))
    takes = filter(None, (f"{letters}{more}", "" if letters else one.hint, f"Enter: {stands or 'nothing'}", goes))
    return [f"{number}{one.label}{about}", f"  {'; '.join(takes)}"]


def _passes(at: int, count: int) -> str:
    """How one leaves a question of many without an answer: ``< back, > on, . end``."""
    if count < LONG:
        return ""
    return ", ".join([f"{BACK} back"] * (at > 0) + [f"{PART} on", f"{END} end"] * (at < count - 1))
