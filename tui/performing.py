"""How a command comes about: refuse or ask or run, then commit what it decided and say in one sentence what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from store.errors import Clash, Conflict, ManyViewError, Refused
from store.model import Record, Update
from store.operations import OUTSIDE, Put, Transaction
from store.step import Step
from store.undoing import UNDID
from store.workspace import Workspace
from tui.command import Answers, Ask, AskMore, Command, Context, DoAgain, Outcome, Run, Say, Show, TakeBack
from tui.travel import only_looks, refusal, unchangeable

Answered = Callable[[Answers], str | Conflict | None]
"""Takes the answers; returns None when they were used, else what is wrong with them, and they stay where they were typed."""


class Stage(Protocol):
    """What the performer needs of the screen."""

    workspace: Workspace

    def context(self) -> Context:
        """What a command may look at now."""

    def past(self) -> date | None:
        """The past day that is looked at, where nothing can be changed; None for now."""

    def say(self, sentence: str, token: str = "text", hint: str = "") -> None:
        """Show one sentence in the line below the panes, and a hint at its end."""

    def ask(self, ask: Ask, answered: Answered) -> None:
        """Ask in a prompt or a form."""

    def show(self, verb: str, argument: str) -> None:
        """Do what the interface does by itself."""

    def committed(self, done: Transaction) -> None:
        """A step of mine is durable."""


class Asked(NamedTuple):
    """A command that was performed, the records it was about, and the answers to what it has asked already."""

    command: str = ""
    chosen: Record | None = None
    marked: tuple[Record, ...] = ()
    before: tuple[Answers, ...] = ()


TYPED = ("decision.capture", "find.filter", "work.command")
"""Commands that the interface opens a line for by itself."""


class Performer:
    """Carries out commands on a stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.asked = Asked()
        """What was performed last, and what of its questions was answered: a kept draft says so of where it belongs."""

    def perform(self, command: Command) -> None:
        """Refuse, ask, or run a command here and now."""
        context = self._stage.context()
        past = refusal(command.id, command.group, self._stage.past())
        if reason := past or self._frozen(command) or command.refuse(context):
            self._stage.say(reason, "warn")
            return
        try:
            asked = command.asks(context)
        except ManyViewError as error:
            self._stage.say(str(error), "error")
            return
        self.asked = Asked(command.id, context.chosen, context.marked)
        if asked is None:
            self._attempt(command.run, context, {}, self._report)
        else:
            self._ask(asked, command.run, context)

    def _frozen(self, command: Command) -> str | None:
        """Why a command cannot do anything in a workspace that may only be read."""
        why = self._stage.workspace.backend.read_only
        return f"Nothing can be changed here: {why}." if why and not only_looks(command.id, command.group) else None

    def would_ask(self, command: Command) -> bool:
        """Whether performing a command here and now opens a line or a form to type in."""
        context = self._stage.context()
        return command.id in TYPED or (command.refuse(context) is None and command.asks(context) is not None)

    def commit(self, step: Step) -> None:
        """Commit a step that no command decided, such as a captured line or a text from the editor.

        Raises as ``Workspace.commit``, so that whoever has the text keeps it.
        """
        self._carry_out(step, self._stage.context())

    def _ask(self, asked: Ask, run: Run, context: Context) -> None:
        seen: list[Clash] = []
        before = self.asked.before

        def answered(answers: Answers) -> str | Conflict | None:
            trouble: list[str | Conflict] = []
            self.asked = self.asked._replace(before=(*before, answers))
            self._attempt(run, self._now(context), answers, trouble.append, tuple(seen))
            for one in trouble:
                if isinstance(one, Conflict):
                    seen.extend(one.fields)  # what others wrote is shown, so it may be written over
            if trouble:
                self.asked = self.asked._replace(before=before)
            return trouble[0] if trouble else None

        self._stage.ask(asked, answered)

    def _now(self, context: Context) -> Context:
        """The same place to stand, among the records as they are now; what was asked about stays as it was shown.

        So what others changed meanwhile is merged with what was answered, rather than taken for what was written over.
        """
        if self._stage.past():
            return context
        return context._replace(records=self._stage.workspace.records, asked=context.asked or context.records)

    def _attempt(
        self,
        run: Run,
        context: Context,
        answers: Answers,
        wrong: Callable[[str | Conflict], None],
        over: tuple[Clash, ...] = (),
    ) -> None:
        try:
            self._carry_out(run(context, answers), context, over)
        except Conflict as error:
            wrong(error)
        except ManyViewError as error:
            wrong(str(error))

    def _report(self, trouble: str | Conflict) -> None:
        self._stage.say(str(trouble), "error")

    def _carry_out(self, outcome: Outcome, context: Context, over: tuple[Clash, ...] = ()) -> None:
        if isinstance(outcome, Step | TakeBack | DoAgain) and (then := self._stage.past()):
            raise Refused(unchangeable(then))
        match outcome:
            case Step():
                self._done(self._stage.workspace.commit(outcome, over), outcome.why, "Nothing was changed.")
            case TakeBack():
                self._done(self._stage.workspace.undo(), "", "There is nothing of yours to undo.")
            case DoAgain():
                self._done(self._stage.workspace.redo(), "", "There is nothing to redo.")
            case Show(verb, argument):
                self._stage.show(verb, argument)
            case Say(sentence):
                self._stage.say(sentence)
            case AskMore(ask, run):
                self._ask(ask, run, context)

    def _done(self, done: Transaction | None, why: str, nothing: str) -> None:
        if done is None:
            self._stage.say(nothing)
            return
        self._stage.committed(done)
        sentence = why or done.why
        ids = () if done.undoes else created(done)
        new = ", ".join(([one for one in ids if one[0] != Update.letter] or ids)[:3])  # notes come along with what is said
        hint = "U redoes" if sentence.startswith(UNDID) else "u undoes"
        self._stage.say(f"{new + ': ' if new else ''}{sentence[:1].upper()}{sentence[1:]}.", "good", hint)


def created(done: Transaction) -> tuple[str, ...]:
    """The ids of the records that a transaction added."""
    from store.model import BY_TABLE

    return tuple(
        BY_TABLE[change.table].letter + change.key
        for change in done.operations
        if isinstance(change, Put) and change.before is None and change.table in BY_TABLE
    )


def changes_by_others(done: Transaction) -> str:
    """One sentence about what somebody else did; of what no person did in ManyView, what the store says."""
    if done.by == OUTSIDE:
        return f"{done.why}."
    return f"@{done.by} {done.why}" if done.why else f"@{done.by} changed {len(done.operations)} records"


Verbs = Mapping[str, Callable[[str], None]]
