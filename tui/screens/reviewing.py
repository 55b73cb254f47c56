"""The daily review in the app: one item at a time with all the room, answered by single keys, durable after each.

The agenda, the steps and the memory are those of the shell (``store.review``); here they meet the keys and the prompts.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from store.errors import ManyViewError
from store.operations import Transaction
from store.personal import review_path
from store.review.agenda import KEYS, Item, actions
from store.review.course import NO_STEP, Course
from store.review.state import Answer
from store.step import Step, is_provisional
from tui.command import Command
from tui.keys import shown
from tui.perspective import Perspective
from tui.screens.review_answers import ANSWERS
from tui.screens.review_page import HINTS, help_page, page

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen

HELPING = [("j k", "scroll"), ("q", "back to the review")]
"""The keys that work over the help of the review, and their short names."""
LEFT_ALONE = frozenset(
    {"u", "U", "?", "f1", ":", "ctrl+p", "e", "E", "y", "j", "k", "down", "up", "pagedown", "pageup", "ctrl+d", "ctrl+u",
     "g", "G", "home", "end", "ctrl+z", "ctrl+c"}
)  # fmt: skip
"""Keys that mean in the review what they mean everywhere: they read, edit, undo or help."""


def start(screen: WorkspaceScreen, minutes: int | None = None) -> None:
    """Begin the review, or go on where it was left; with so many ``minutes`` set aside, which are told and no more."""
    if screen.review is None:
        screen.review = Reviewing(screen)
    screen.review.start(minutes)


def line(screen: WorkspaceScreen, text: str) -> str | None:
    """Do what ``review 10`` says; what is wrong with it comes back."""
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        return "review takes the minutes set aside for it: review 10, or review 0 for none."
    screen.asking.close()
    start(screen, int(text))
    return None


class Reviewing:
    """One person's review on one screen."""

    def __init__(self, stage: WorkspaceScreen) -> None:
        self.stage = stage
        path = getattr(stage.workspace.backend, "path", "")
        place = review_path(os.environ, path, stage.workspace.me) if path else ""
        self.course = Course(stage.workspace, place, stage.today)
        self._told = ""
        """What the review came to, once it is over."""
        self._pending: tuple[Item, str] | None = None
        """The item that the next step of mine answers, and how."""
        self.answering: tuple[str, str] | None = None
        """The key of the item that is being answered and its answer, while that asks: where a draft belongs."""
        self.perspective = page(self.course, "")
        """The item it stands at, as the pane for whole records shows it."""

    # -------------------------------------------------------------------------------------------------------- showing

    def start(self, minutes: int | None) -> None:
        """Show the item at which the review stands."""
        self._told, self._pending = "", None
        self.stage.turn(self.stage.desk._replace(reviewing=True, opened=False, helping=False, marked=frozenset()))
        self._attempt(lambda: self.course.begin(minutes))
        self._show()

    def _look(self) -> None:
        """Show where the review stands now, with what others did meanwhile; at its end, what it came to."""
        self.course.look()
        self._show()

    def _show(self) -> None:
        if self.course.here.is_over and not self._told:
            self._attempt(self._end)
        self.perspective = page(self.course, self._told)
        item = self.course.here.item
        record = item.record.id if item is not None and item.record is not None else None
        self.stage.turn(self.stage.desk._replace(chosen=record or self.stage.desk.chosen))
        self.stage.pane.jump(last=False)

    def _end(self) -> None:
        self._told = self.course.end()

    @property
    def help(self) -> Perspective:
        """What the keys do here."""
        return help_page(self.stage.registry, LEFT_ALONE)

    @property
    def hints(self) -> list[tuple[str, str]]:
        """The keys of this item and their short names, for the footer; over the help those that work there."""
        if self.stage.desk.helping:
            return HELPING
        item = self.course.here.item
        if item is None:
            return [("Y", "copy"), ("q", "back")]
        possible = [*actions(item), "back", "pause"]
        return [(shown(KEYS[action]), HINTS[action]) for action in HINTS if action in possible]

    # ------------------------------------------------------------------------------------------------------ answering

    def take(self, key: str) -> bool:
        """Whether a key was for the review; it is done then."""
        self._pending = self.answering = None
        item = self.course.here.item
        if key in ("q", "escape") or (item is None and key == "enter"):
            self._leave()
        elif item is None:
            if key not in ("y", "Y"):
                return key not in LEFT_ALONE
            self.stage.show("copy_text", self._told)
        elif key == KEYS["back"]:
            self._go(-1)
        elif key == "u" and (newest := self.course.newest()) is not None:
            self._take_back(*newest)
        elif key in LEFT_ALONE:
            return False
        else:
            self._try(item, key)
        return True

    def _try(self, item: Item, key: str) -> None:
        action = next((name for name, letter in KEYS.items() if letter == key), "")
        if action not in actions(item):
            names = " ".join(letter for letter, _ in self.hints)
            self.stage.say(f"{shown(key)} is no answer here: {names}.", "dim")
        elif action != "keep" and self._is_gone(item):
            self._look()
            self.stage.say(f"Nothing was changed: {item.key} is no longer there.")
        elif action == "keep" and item.kind == "answered":
            self._go(1)
        else:
            self.answering = (item.key, action)
            self._attempt(lambda: ANSWERS[action](self, item))

    def resume(self, key: str, action: str) -> bool:
        """Whether an answer to an item is asked for again that was being given when the program had to leave."""
        if self.course.here.key != key:
            self._attempt(lambda: self.course.reopen(key))
            self._look()
        item = self.course.here.item
        if item is None or item.key != key or action not in actions(item):
            return False
        self._try(item, KEYS[action])
        return self.stage.asking.is_open

    def _is_gone(self, item: Item) -> bool:
        """Whether somebody deleted the record of an item since it was shown."""
        record = item.record
        return record is not None and not is_provisional(record.id) and record.id not in self.stage.workspace.records

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ManyViewError as error:
            self.stage.say(str(error), "error")

    def answer(self, item: Item, what: str, outcome: str = "", until: date | None = None) -> None:
        """Keep how an item was answered, and go on to the next."""
        self._attempt(lambda: self.course.answer(item, what, outcome, until))
        self._look()

    def commit(self, item: Item, what: str, step: Step) -> None:
        """Do what answers an item."""
        self._pending = (item, what)
        self.stage.performer.commit(step)

    def perform(self, item: Item, command: Command) -> None:
        """Let a command ask and do what answers an item."""
        self._pending = (item, "done")
        self.stage.performer.perform(command)

    def committed(self, done: Transaction) -> None:
        """A step of mine is durable: when it answers the item, the next one is shown."""
        pending, self._pending = self._pending, None
        if pending is None:
            self._look()
        else:
            self.answer(*pending, outcome=done.why)

    # --------------------------------------------------------------------------------------------------------- moving

    def _go(self, way: int) -> None:
        self._attempt(lambda: self.course.go(way))
        self._look()

    def _take_back(self, key: str, answer: Answer) -> None:
        """Ask about the last item again; what its answer changed is undone."""
        self._attempt(lambda: self.course.reopen(key))
        if answer.what in NO_STEP:
            self._look()
            self.stage.say(f"{answer.title} is asked again.")
        else:
            self.stage.performer.perform(self.stage.registry.commands["work.undo"])

    def _leave(self) -> None:
        """Give the lenses their room back; a review that is not over goes on here the next time."""
        self.stage.turn(self.stage.desk._replace(reviewing=False))
        self.stage.settle()
        self.stage.say("")
        if not self._told:
            self._attempt(lambda: self.stage.say(f"Paused, {self.course.pause()} to go: R goes on here."))
