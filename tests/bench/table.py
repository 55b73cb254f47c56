"""A peer of the app: what people write first with Textual, tabs over DataTables of a thousand rows."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Footer, Input, TabbedContent, TabPane

ROWS = 1_000
STATES = ("option", "shaping", "placed", "settled")


class Table(App[None]):
    """Two tables and a field; Tab and the arrows do what Textual makes of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "show('bets')", "Bets"),
        Binding("f3", "show('decisions')", "Decisions"),
        Binding("slash", "filter", "Filter"),
        Binding("escape", "leave", "Leave"),
    ]

    def compose(self) -> ComposeResult:
        with TabbedContent(initial="bets"):
            for name in ("bets", "decisions"):
                with TabPane(name.capitalize(), id=name):
                    yield DataTable[str](cursor_type="row", id=f"{name}-table")
        yield Input(placeholder="Filter")
        yield Footer()

    def on_mount(self) -> None:
        for name in ("bets", "decisions"):
            table = self.query_one(f"#{name}-table", DataTable)
            table.add_columns("id", "state", "title", "age", "due")
            table.add_rows(
                (
                    f"{name[0].upper()}{n}",
                    STATES[n % 4],
                    f"{name} on person{n % 37}",
                    f"{n % 90}d",
                    f"2026-05-{n % 28 + 1:02}",
                )
                for n in range(ROWS)
            )
        self.query_one("#bets-table").focus()

    def action_show(self, name: str) -> None:
        """Show a table."""
        self.query_one(TabbedContent).active = name
        self.query_one(f"#{name}-table").focus()

    def action_filter(self) -> None:
        """Go to the field."""
        self.query_one(Input).focus()

    def action_leave(self) -> None:
        """Leave the field empty."""
        self.query_one(Input).value = ""
        self.query_one("#bets-table").focus()


if __name__ == "__main__":
    Table().run()
