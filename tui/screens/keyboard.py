"""The keys of the workspace: one, or several in turn, become a command; what arrives at once is text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keys import name_of, press, shown, unglued

if TYPE_CHECKING:
    from textual import events

    from tui.screens.workspace import WorkspaceScreen
    from tui.wire.driver import Burst


class Keyboard:
    """What is pressed on one screen, and the keys of it that wait for those that follow."""

    def __init__(self, screen: WorkspaceScreen) -> None:
        self._screen = screen
        self._waiting = ""
        self.cancelled = False
        """Whether the newest key put something away that pressing it once more leaves altogether."""
        self.read_at = 0.0
        """When the newest key arrived; keys that were read together have one time."""
        self.count = 0
        """Keys that came so far: the app asks whether somebody is there."""

    def take(self, event: events.Key) -> None:
        """Give a key to what asks, or act on it."""
        self.count += 1
        self.read_at = event.time
        if not self._screen.is_attached:  # typed behind the key that left
            return
        if self._screen.asking.is_open:
            self._screen.asking.take(event)
            return
        keys = unglued(event.key)
        for key in keys:
            self.press(name_of(key, event.character if len(keys) == 1 else key if len(key) == 1 else None))

    def press(self, name: str) -> None:
        """Act on one key, or wait for the one that follows it."""
        screen = self._screen
        screen.frame.give_way()
        if name != "ctrl+c":
            self.cancelled = False
        if self._is_for_review(name):
            return
        waited, pressed = self._waiting, press(screen.at_hand, name, self._waiting)
        if pressed.command is None:
            pressed = press(screen.registry, name, waited)
        self._waiting = pressed.waiting
        if waited:
            screen.say("")
        if pressed.command is not None:
            screen.performer.perform(pressed.command)
        elif pressed.waiting:
            screen.frame.follow(pressed.waiting, screen.registry)
        elif not (waited and name == "escape"):
            screen.say(f"{shown(pressed.typed)} does nothing here. ? shows the keys.", "dim")

    def _is_for_review(self, name: str) -> bool:
        """Whether a key was for the review, where this is what is read; it is done then."""
        desk, review = self._screen.desk, self._screen.review
        return review is not None and desk.reviewing and not desk.helping and not self._waiting and review.take(name)

    def take_burst(self, event: Burst) -> None:
        """Take lines that came at once as text for a list, as a paste is, and for a prompt, which each would answer.

        They are keys in a form, which they fill; and one line is, where its first key asks for what the others say.
        """
        screen = self._screen
        first = screen.registry.by_key.get(event.text[:1])
        asks = screen.asking.is_open or (first is not None and screen.performer.would_ask(first))
        if asks if len(event.text.splitlines()) == 1 else screen.asking.form is not None:
            for key in event.keys:
                self.take(key)
        else:
            self.take_paste(event)

    def take_paste(self, event: events.Paste) -> None:
        """Take text pasted onto a list as something to capture, never as a row of commands."""
        if self._screen.asking.is_open:
            self._screen.asking.take_paste(event)
            return
        lines = event.text.rstrip("\r\n").replace("\r\n", "\n").replace("\r", "\n")  # a terminal pastes Enters
        self._screen.show("capture", f"decision {lines}")
