"""The filter of a page: what passes is shown while it is typed, and its matches can be gone through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui import sights
from tui.candidates import values

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen


class Filtering:
    """The filter of one screen, and what was last searched for."""

    def __init__(self, screen: WorkspaceScreen) -> None:
        self._screen = screen
        self._searched = ""

    def ask(self) -> None:
        """Ask for a filter; leaving it brings back the one before."""
        before = self._screen.desk.page.filter

        def entered(text: str) -> str | None:
            if trouble := self._trouble(text):
                return trouble
            self._searched = text.strip()
            self._let_through(text)
            return None

        self._screen.asking.read(
            "/",
            before,
            entered,
            changed=lambda text: None if self._trouble(text) else self._let_through(text),
            cancelled=lambda: self._let_through(before),
            complete=self._complete,
            on_change=self._trouble,
        )

    def _let_through(self, text: str) -> None:
        screen = self._screen
        screen.turn(screen.desk.filtered(text.strip()))
        screen.settle()

    def _trouble(self, text: str) -> str:
        return sights.trouble(text, self._screen.scene()).split("\n", 1)[0]

    def _complete(self, text: str) -> Sequence[str]:
        from store.query import completions

        return completions(text, len(text), values(self._screen.workspace.records))

    def seek(self, *, forward: bool) -> None:
        """Go to the next record that passes the last filter, which may have been cleared since."""
        screen = self._screen
        scene = screen.scene()
        wanted = sights.predicate(self._searched, scene)

        def matches(record_id: str) -> bool:
            record = scene.records.get(record_id)
            return record is not None and wanted is not None and wanted(record)

        if self._searched and screen.pane.seek(matches, forward):
            screen.choose_under_cursor()
        else:
            screen.say("Nothing more matches." if self._searched else "Nothing was searched for yet: / does.")
