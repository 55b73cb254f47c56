"""The daily review line by line: one item, one letter, Enter.  Nothing is drawn, so a screen reader reads it as it comes.

What was answered is durable before the next item is shown: a lost connection loses the line that was being typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from store.errors import ManyViewError, UsageError
from store.model import Checkin, Signal, Update
from store.operations import Transaction
from store.quoting import quoted
from store.review.agenda import KEYS, Item, Sitting, actions
from store.review.course import Course
from store.review.steps import decided, dropped, filed, said
from store.step import Step, is_provisional
from tui.command import Context
from tui.commands.signal import READ
from tui.commands.state import FINISHED, to_state
from tui.shell.filling import filled
from tui.shell.listing import page
from tui.shell.output import put
from tui.shell.printing import terminal_width
from tui.shell.session import Session
from tui.text import safe, wrapped

WIDEST = 100
"""Cells of a line at most: longer ones are hard to follow."""
Taken = tuple[str, str]
"""What was answered, and what came of it, in words."""


def say(text: str) -> None:
    """Print a text broken at its blanks, no wider than is pleasant to read."""
    for line in wrapped(text, min(terminal_width() or WIDEST, WIDEST)):
        put(line)


class Dialogue:
    """One sitting of a review in a terminal."""

    def __init__(self, session: Session, path: str, minutes: int | None) -> None:
        self.session, self._minutes = session, minutes
        self._course = Course(session.workspace(), path, lambda: session.today)
        self._is_explained = self._is_over_time = False

    @property
    def _today(self) -> date:
        return self.session.today

    def run(self) -> int:
        """The exit code once the review is over or paused."""
        here = self._course.begin(self._minutes)
        self._is_over_time = self._course.state.is_over_time
        while not here.is_over:
            self._show(here)
            line = self._ask(self._prompt(here))
            if line is None or line.strip() == KEYS["pause"]:
                return self._pause(here)
            try:
                self._take(here.items[here.key], line.strip())
            except ManyViewError as error:
                say(str(error))
            self.session.workspace().refresh()
            here = self._course.look()
        return self._end()

    # ------------------------------------------------------------------------------------------------------- showing

    def _show(self, here: Sitting) -> None:
        item = here.items[here.key]
        record = item.record
        place = f"{here.at + 1} of {len(here.steps)}"
        name = f"{item.key}  " if item.key[1:].isdigit() else ""
        put("")
        say(f"{place}  {name}{item.title}")
        if record is not None and item.kind != "intent":
            say(f"  {self._standing(item)}")
        say(f"  {item.because}.")
        if (before := self._course.state.answered.get(item.key)) is not None:
            say(f"  You answered it: {before.what}{f', {before.outcome}' if before.outcome else ''}.")
        if not self._is_explained:
            self._is_explained = True
            self._explain(item)

    def _standing(self, item: Item) -> str:
        """What kind of record it is, where it stands and who is on it."""
        from tui.perspectives._columns import people_of

        record, settings = item.record, self.session.records.settings
        assert record is not None
        people = " ".join(f"@{person}" for person in people_of(record))
        state = settings.state(record.noun, record.standing)
        return ", ".join(filter(None, (settings.one(record.noun), state, people)))

    def _explain(self, item: Item) -> None:
        """Say what every key does here."""
        words = {action: word for action, word in actions(item).items() if action != "keep"}
        told = [f"Enter {actions(item)['keep']} and go on", *(f"{KEYS[action]} {word}" for action, word in words.items())]
        say("  " + ", ".join([*told, "o read it whole", "b back", "q pause"]) + ".")
        say("  A letter may bring its text: s fri, n conf:70 Slower than hoped, D nobody asks for it.")

    def _prompt(self, here: Sitting) -> str:
        letters = [KEYS[action] for action in actions(here.items[here.key]) if action != "keep"]
        return f"Enter {' '.join(letters)} o b q ? > "

    def _ask(self, prompt: str) -> str | None:
        """One line, None where nobody types any more."""
        import readline  # noqa: F401  (once it is loaded, the line can be edited)

        try:
            return input(prompt)
        except EOFError:
            put("")
            return None
        except UnicodeDecodeError:
            put("What was typed is not UTF-8 text. Nothing was changed.")
            return "?"

    # ------------------------------------------------------------------------------------------------------ answering

    def _take(self, item: Item, line: str) -> None:
        """Do what a line says about the item, make it durable, and go where it leads."""
        letter, _, text = line.partition(" ")
        if letter == KEYS["back"]:
            self._course.go(-1)
        elif letter == "o":
            put("\n".join(page(item.record, self.session)) if item.record is not None else safe(item.because))
        elif letter == "?":
            self._explain(item)
        elif letter == "" and item.kind == "answered":
            self._course.go(1)
        else:
            self._answer(item, letter, text.strip())

    def _answer(self, item: Item, letter: str, text: str) -> None:
        action = next((name for name, key in KEYS.items() if key == (letter or KEYS["keep"])), "")
        if action not in actions(item):
            raise UsageError(f"{quoted(letter)} is no answer here; ? tells which there are. Nothing was changed.")
        if action == "snooze":
            day = self._course.day_to_put_off(text)
            self._course.answer(item, "put off", until=day)
            self.session.tell(f"Put off until {day.isoformat()}.")
        elif (taken := ANSWERS[action](self, item, text)) is None:
            put("Nothing was changed.")
        else:
            self._course.answer(item, *taken)
        self._tell_time()

    def _perform(self, what: str, step: Step) -> Taken:
        done: Transaction | None = self.session.perform(step)
        return what, "" if done is None else done.why

    def keep(self, item: Item, text: str) -> Taken | None:
        """Leave it as it is."""
        return "kept", ""

    def note(self, item: Item, text: str) -> Taken | None:
        """Write an update about it."""
        assert item.record is not None
        line = text or self._ask("note> ") or ""
        if not line.strip():
            return None
        return self._perform("noted", said(item.record, line, self._today, self.session.me))

    def decide(self, item: Item, text: str) -> Taken | None:
        """Capture a decision about it; a note of the inbox goes with it."""
        line = text or self._ask("decision> ") or ""
        if not line.strip():
            return None
        return self._perform("decided", decided(self.session.records, item.record, line, self._today, self.session.me))

    def drop(self, item: Item, text: str) -> Taken | None:
        """Stop it, take it back or put it away, and say why."""
        record = item.record
        assert record is not None
        why = text or ("" if isinstance(record, Update) else self._ask("because> ") or "")
        if not why.strip() and not isinstance(record, Update):
            return None
        return self._perform("dropped", dropped(self.session.records, record, why, self._today))

    def done(self, item: Item, text: str) -> Taken | None:
        """Bring it to where it is to go: file a note, hold a check-in, measure, decide, look back, release, settle."""
        record = item.record
        assert record is not None
        if isinstance(record, Update):
            to = text or (self._ask("about which record? an id; nothing puts it away> ") or "").strip()
            records = self.session.records
            return self._perform("done", filed(records, record, to) if to else dropped(records, record, "", self._today))
        if isinstance(record, Checkin):
            return self._held(record)
        context = Context(self.session.records, self._today, self.session.me, chosen=record)
        outcome = READ if isinstance(record, Signal) else to_state(context, FINISHED[record.noun, record.standing])
        step = filled(self.session, context, outcome, self._ask, text)
        return None if step is None else self._perform("done", step)

    def _held(self, checkin: Checkin) -> Taken | None:
        """Hand over to ``many checkin``; answered once something came of it."""
        from tui.shell.verb import Given, verb_named

        fresh = is_provisional(checkin.id)
        verb, before = verb_named("checkin"), self.session.records.n
        assert verb is not None, "check-ins have a verb"
        verb.run(self.session, Given((checkin.about or checkin.level if fresh else checkin.id,)))
        return ("done", "held") if self.session.records.n > before else None

    # --------------------------------------------------------------------------------------------------------- leaving

    def _tell_time(self) -> None:
        """Say once that the time that was set aside is over; nothing else happens."""
        if not self._is_over_time and self._course.state.is_over_time:
            self._is_over_time = True
            put(f"The {self._course.state.minutes} min you set aside are over. q pauses; go on if you like.")

    def _pause(self, here: Sitting) -> int:
        left = self._course.pause()
        put(f"Paused at {here.at + 1} of {len(here.steps)}, {left} to go. many review goes on here.")
        return 0

    def _end(self) -> int:
        put("\n" + self._course.end().rstrip())
        self.session.tell("many review --summary prints this again.")
        return 0


ANSWERS: Mapping[str, Callable[[Dialogue, Item, str], Taken | None]] = {
    "keep": Dialogue.keep, "done": Dialogue.done,
    "note": Dialogue.note, "decide": Dialogue.decide, "drop": Dialogue.drop,
}  # fmt: skip
