"""The daily review line by line: one item, one letter, Enter.  Nothing is drawn, so a screen reader reads it as it comes.

What was answered is durable before the next item is shown; what was typed and not answered yet is kept as a draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from store.errors import Conflict, ManyViewError, UsageError
from store.model import Update
from store.quoting import quoted
from store.review.agenda import KEYS, Item, Sitting, actions
from store.review.course import Course
from tui import drafts
from tui.commands._briefly import is_glued
from tui.shell.asking import Asker, can_edit, say
from tui.shell.drafting import Kept
from tui.shell.filling import BACK, END
from tui.shell.listing import page
from tui.shell.output import put
from tui.shell.review_answers import ANSWERS, Answering
from tui.shell.review_items import asked_by, explained, options, told
from tui.shell.session import Session
from tui.text import safe

REVIEW, LINE = "review.start", "line"
"""The command of the app that goes on with a line of the review, and the path of that line in a draft."""


class Unsaved:
    """Lines somebody wrote in a review that are not saved: half typed when they were cut, or such as could not be taken."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._newest: Kept | None = None

    def _of(self, key: str) -> Kept:
        return Kept(self._session, REVIEW, key, f"in the review, {key}")

    def line(self, key: str) -> str:
        """The line that was kept last about an item; "" for none."""
        draft = self._of(key).found()
        return "" if draft is None else drafts.texts_of(draft).get(LINE, "")

    def drop(self, key: str) -> None:
        """Forget the line that was kept last about an item."""
        if (draft := self._of(key).found()) is not None:
            self._of(key).throw_away(draft)

    def keep(self, key: str, line: str) -> None:
        """Keep a line in which somebody wrote words: a day or a letter is typed again as fast."""
        if (before := self.line(key)) and line.startswith(before):
            self.drop(key)  # it was being gone on with
        letter, _, text = line.partition(" ")
        if text.strip() and letter not in (KEYS["snooze"], KEYS["done"]):
            self._newest = self._of(key)
            self._newest.put(LINE, line)

    def typed_anew(self) -> None:
        """Forget the line that could not be taken in this sitting: its item was answered since."""
        if self._newest is not None:
            self._newest.done()
            self._newest = None

    def tell(self) -> None:
        """Say what is kept, also about what waits no more."""
        for draft in drafts.kept(drafts.place(self._session.environ, self._session.path, self._session.me)):
            if draft.get("command") == REVIEW:
                say(f"Typed about {draft.get('record')} and not saved: {drafts.texts_of(draft).get(LINE, '')}")


class Dialogue:
    """One sitting of a review in a terminal."""

    def __init__(self, session: Session, path: str, minutes: int | None, ask: Asker | None = None) -> None:
        self.session, self._minutes = session, minutes
        self._ask = ask or Asker()
        self._answering = Answering(session, self._ask)
        self._course = Course(session.workspace(), path, lambda: session.today)
        self._unsaved = Unsaved(session)
        self._is_explained = self._is_over_time = False

    def run(self) -> int:
        """The exit code once the review is over or paused."""
        here = self._course.begin(self._minutes)
        self._is_over_time = self._course.state.is_over_time
        while not here.is_over:
            with self._cut(here):
                self._show(here)
                self._answering.typed = ""
                line = self._ask()
                if line is None or line.strip() in (KEYS["pause"], END):
                    self._keep_half(here)
                    return self._pause(here, self._course.so_far() if line and line.strip() == END else "")
                self._try(here.items[here.key], line.strip())
            self.session.workspace().refresh()
            here = self._course.look()
        return self._end()

    # ------------------------------------------------------------------------------------------------------- showing

    def _show(self, here: Sitting) -> None:
        item = here.items[here.key]
        name = f"{item.key}  " if item.key[1:].isdigit() else ""
        asked = asked_by(item, self._answering.context(item))
        put("")
        say(f"{here.at + 1} of {len(here.steps)}  {name}{item.title}")
        for line in told(item, self._course.state.answered.get(item.key), self.session):
            say(f"  {line}")
        self._remind(item)
        if self._is_explained:
            say(f"  {options(item, asked)}")
        else:
            self._explain(item)

    def _explain(self, item: Item) -> None:
        self._is_explained = True
        for line in explained(item, asked_by(item, self._answering.context(item))):
            say(f"  {line}")

    def _remind(self, item: Item) -> None:
        """Say what was typed here before the line was cut."""
        if line := self._unsaved.line(item.key):
            say(f"  You had typed: {line}  (= takes it up again)")
        if begun := self._begun(item):
            say(f"  You had begun to answer: {begun}  ({KEYS['done']} goes on there)")

    def _begun(self, item: Item) -> str:
        """What was answered to the questions of being done with it, and not saved; "" for nothing."""
        draft = self._answering.kept(item).found()
        texts = {} if draft is None else drafts.whole(draft)
        return ", ".join(f"{path.replace('_', ' ')} {text}" for path, text in texts.items() if text)

    # ------------------------------------------------------------------------------------------------------ answering

    def _try(self, item: Item, line: str) -> None:
        """Do what a line says; what was typed is not lost where that cannot be."""
        self._answering.typed = line
        try:
            self._take(item, line)
        except ManyViewError as error:
            say(str(error))
            if isinstance(error, Conflict) and (begun := self._begun(item)):
                say(f"What you answered is kept: {begun}. :draft in the app goes on there.")
            self._unsaved.keep(item.key, self._answering.typed)
        else:
            if item.key in self._course.state.answered:
                self._unsaved.typed_anew()

    def _take(self, item: Item, line: str) -> None:
        """Do what a line says about the item, make it durable, and go where it leads."""
        letter, text = self._parts(item, line)
        if letter in (KEYS["back"], BACK):
            self._course.go(-1)
        elif letter == "o":
            put("\n".join(page(item.record, self.session)) if item.record is not None else safe(item.because))
        elif letter == "?":
            self._explain(item)
        elif letter == "=":
            self._take_up(item)
        elif letter == "" and item.kind == "answered":
            self._course.go(1)
        else:
            self._answer(item, letter, text)

    def _parts(self, item: Item, line: str) -> tuple[str, str]:
        """The letter of a line and its text, which may be glued to it where it can be nothing else: ``s3d``, ``xw``."""
        word, _, text = line.partition(" ")
        if len(word) > 1 and self._is_glued(item, word[0], word[1:]):
            return word[0], f"{word[1:]} {text}".strip()
        return word, text.strip()

    def _is_glued(self, item: Item, letter: str, rest: str) -> bool:
        if letter == KEYS["snooze"]:
            with suppress(UsageError):
                return bool(self._course.day_to_put_off(rest))
        if letter != KEYS["done"]:
            return False
        if isinstance(item.record, Update):
            return rest.upper() in self.session.records
        asked = asked_by(item, self._answering.context(item))
        return bool(asked) and is_glued(asked, rest)

    def _answer(self, item: Item, letter: str, text: str) -> None:
        action = next((name for name, key in KEYS.items() if key == (letter or KEYS["keep"])), "")
        if action not in actions(item):
            raise UsageError(f"{quoted(letter)} is no answer here; ? tells which there are. Nothing was changed.")
        if action == "snooze":
            day = self._course.day_to_put_off(text)
            self._course.answer(item, "put off", until=day)
            self.session.tell(f"Put off until {day.isoformat()}.")
        elif (taken := ANSWERS[action](self._answering, item, text)) is None:
            put("Nothing was changed.")
        else:
            self._course.answer(item, *taken)
        self._tell_time()

    # ------------------------------------------------------------------------------------------------- what is half typed

    @contextmanager
    def _cut(self, here: Sitting) -> Iterator[None]:
        """Keep what stands in the line when it is cut; with ctrl+c also say that the review can be gone on with."""
        try:
            yield
        except KeyboardInterrupt:
            self._keep_half(here)
            put("")
            self._pause(here)
            raise
        except SystemExit:
            self._keep_half(here)
            raise

    def _keep_half(self, here: Sitting) -> None:
        """Keep a line that was not finished; the questions of being done with something keep their answers themselves."""
        if self._ask.unfinished.strip() and self._answering.typed != KEYS["done"]:
            self._unsaved.keep(here.key, f"{self._answering.typed} {self._ask.unfinished}".strip())

    def _take_up(self, item: Item) -> None:
        """Take the line that was kept for an item, to be gone on with where lines can be edited."""
        line: str | None = self._unsaved.line(item.key)
        if not line:
            raise UsageError("Nothing that you typed is kept here.")
        if can_edit():
            self._answering.typed = ""
            line = self._ask(typed=line)
        self._unsaved.drop(item.key)
        if line and line.strip() != "=":
            self._try(item, line.strip())

    # --------------------------------------------------------------------------------------------------------- leaving

    def _tell_time(self) -> None:
        """Say once that the time that was set aside is over; nothing else happens."""
        if not self._is_over_time and self._course.state.is_over_time:
            self._is_over_time = True
            here = self._course.look()
            left = f", {count} left" if (count := len(here.steps) - here.at) else ""
            put(f"The {self._course.state.minutes} min you set aside are over{left}. q pauses; go on if you like.")

    def _pause(self, here: Sitting, told: str = "") -> int:
        """Leave what is left as it is, for the next time; ``told`` is what it came to, where that was asked for."""
        left = self._course.pause()
        if told:
            put("\n" + told)
        put(f"Paused at {here.at + 1} of {len(here.steps)}, {left} to go. many review goes on here.")
        self._unsaved.tell()
        return 0

    def _end(self) -> int:
        put("\n" + self._course.end().rstrip())
        self._unsaved.tell()
        self.session.tell("many review --summary prints this again.")
        return 0
