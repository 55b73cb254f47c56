"""What an answer of the daily review does, asked for line by line where it needs to know more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from store.errors import UsageError
from store.model import Checkin, Update
from store.operations import Transaction
from store.review.agenda import KEYS, Item, actions
from store.review.steps import decided, dropped, filed, said
from store.step import Step, is_provisional
from tui.command import AskMore, Context
from tui.commands._briefly import briefly
from tui.shell.asking import PROMPT, Asker
from tui.shell.drafting import Kept
from tui.shell.filling import filled
from tui.shell.session import Session

Taken = tuple[str, str]
"""What was answered, and what came of it, in words."""
FINISH = "record.finish"
"""The command of the app that asks what is asked here, in a form: a draft of one is gone on with in the other."""


class Answering:
    """Somebody who answers at a terminal; ``typed`` is what they typed about the item, with what was asked for besides."""

    def __init__(self, session: Session, ask: Asker) -> None:
        self.session, self._ask = session, ask
        self.typed = ""

    def context(self, item: Item) -> Context:
        """What a command may look at that is done to an item."""
        return Context(self.session.records, self.session.today, self.session.me, chosen=item.record)

    def kept(self, item: Item) -> Kept:
        """The place of what is answered about an item and not saved yet."""
        about = item.record if item.record is not None else item.key
        return Kept(self.session, FINISH, about, f"{actions(item).get('done', '')}: {item.key} {item.title}")

    def _text(self, given: str, letter: str, question: str) -> str:
        """The text of an answer: what came with its letter, else what is asked for."""
        if given:
            return given
        self.typed = letter
        text = self._ask(f"{question}{PROMPT}") or ""
        self.typed = f"{letter} {text}".strip()
        return text

    def _no_words(self, item: Item, text: str, action: str) -> None:
        """Refuse words where none would be kept.  Raises ``UsageError``."""
        if text:
            instead = f"; {KEYS['note']} writes a note" if "note" in actions(item) else ""
            raise UsageError(f"{KEYS[action]} takes no words here{instead}. Nothing was changed.")

    def _perform(self, what: str, step: Step) -> Taken:
        done: Transaction | None = self.session.perform(step)
        return what, "" if done is None else done.why

    def keep(self, item: Item, text: str) -> Taken | None:
        """Leave it as it is."""
        return "kept", ""

    def note(self, item: Item, text: str) -> Taken | None:
        """Write an update about it."""
        assert item.record is not None
        line = self._text(text, KEYS["note"], "note")
        if not line.strip():
            return None
        return self._perform("noted", said(item.record, line, self.session.today, self.session.me))

    def decide(self, item: Item, text: str) -> Taken | None:
        """Capture a decision about it; a note of the inbox goes with it."""
        line = self._text(text, KEYS["decide"], "decision")
        if not line.strip():
            return None
        step = decided(self.session.records, item.record, line, self.session.today, self.session.me)
        return self._perform("decided", step)

    def drop(self, item: Item, text: str) -> Taken | None:
        """Stop it, take it back or put it away, and say why."""
        record = item.record
        assert record is not None
        if isinstance(record, Update):
            self._no_words(item, text, "drop")
            return self._perform("dropped", dropped(self.session.records, record, "", self.session.today))
        why = self._text(text, KEYS["drop"], "because")
        if not why.strip():
            return None
        return self._perform("dropped", dropped(self.session.records, record, why, self.session.today))

    def done(self, item: Item, text: str) -> Taken | None:
        """Bring it to where it is to go: file a note, hold a check-in, measure, decide, look back, release, settle."""
        record, self.typed = item.record, KEYS["done"]
        if isinstance(record, Update):
            return self._file(record, text)
        if isinstance(record, Checkin):
            self._no_words(item, text, "done")
            return self._held(record)
        kept = self.kept(item)
        if (draft := kept.found()) is not None:
            kept.take_up(draft)
        outcome = briefly(self.context(item))
        if isinstance(outcome, AskMore):
            outcome = outcome._replace(ask=outcome.ask._replace(note=""))  # it stands above, with the item
        else:
            self._no_words(item, text, "done")
        step = filled(self.session, self.context(item), outcome, self._ask, text, kept)
        if step is None:
            return None
        taken = self._perform("done", step)
        kept.done()
        return taken

    def _file(self, note: Update, text: str) -> Taken:
        to = self._text(text, KEYS["done"], "about which record? an id; Enter puts it away").strip()
        records = self.session.records
        return self._perform("done", filed(records, note, to) if to else dropped(records, note, "", self.session.today))

    def _held(self, checkin: Checkin) -> Taken | None:
        """Hand over to ``many checkin``; answered once something came of it."""
        from tui.shell.verb import Given, verb_named

        fresh = is_provisional(checkin.id)
        verb, before = verb_named("checkin"), self.session.records.n
        assert verb is not None, "check-ins have a verb"
        verb.run(self.session, Given((checkin.about or checkin.level if fresh else checkin.id,)))
        return ("done", "held") if self.session.records.n > before else None


ANSWERS: Mapping[str, Callable[[Answering, Item, str], Taken | None]] = {
    "keep": Answering.keep, "done": Answering.done,
    "note": Answering.note, "decide": Answering.decide, "drop": Answering.drop,
}  # fmt: skip
