"""The peer of the app: a bare Textual app, one Static and a Footer, that answers one key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Static


class Bare(App[None]):
    """Shows one word, and with x another."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "answer", "Answer")]

    def compose(self) -> ComposeResult:
        yield Static("Waiting")
        yield Footer()

    def action_answer(self) -> None:
        """Show the other word."""
        word = self.query_one(Static)
        word.update("Waiting" if str(word.content) == "Answered" else "Answered")


if __name__ == "__main__":
    Bare().run()
