"""The workspace: lenses in the middle, what happened and what the keys do around them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.message import Message

from store.operations import Transaction
from store.records import Records
from store.workspace import Workspace
from themes import Theme
from tui import sights
from tui.command import Ask, Context, Registry
from tui.desk import Desk
from tui.panes.lens import LensPane
from tui.past import Past, last_review
from tui.performing import Answered, Performer, created
from tui.perspective import Perspective, perspective
from tui.screens.asking import Asking
from tui.screens.filtering import Filtering
from tui.screens.frame import Frame
from tui.screens.help import help_perspective
from tui.screens.keyboard import Keyboard
from tui.screens.room import Room, reading
from tui.screens.verbs import VERBS
from tui.shapes import Scene
from tui.wire.app import WireScreen

if TYPE_CHECKING:  # the review is loaded when it is begun
    from textual.geometry import Size

    from tui.screens.reviewing import Reviewing
    from tui.wire.driver import Burst


def _layout(desk: Desk, width: int) -> tuple[object, ...]:
    """What the room of every lens depends on."""
    return (desk.at, desk.page.lenses, desk.zoomed, desk.opened, desk.helping, desk.reviewing, desk.shown(width))


class WorkspaceScreen(WireScreen[None], inherit_bindings=False):
    """One person's desk over one workspace."""

    class ThemeChosen(Message):
        """Another theme is to be drawn with."""

        def __init__(self, theme: Theme) -> None:
            super().__init__()
            self.theme = theme

    AUTO_FOCUS = ""

    def __init__(
        self,
        workspace: Workspace,
        registry: Registry,
        theme: Theme,
        today: Callable[[], date],
        whole: Callable[[], Registry] | None = None,
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.at_hand = registry
        """The commands that are known so far: all of them once ``registry`` was asked for."""
        self._whole = whole
        self.palette = theme
        self.today = today
        self.desk = Desk()
        past = Past(workspace.history, lambda: last_review(os.environ, workspace))
        self.outlook = sights.Outlook(workspace, today, past)
        self.keyboard = Keyboard(self)
        self.performer = Performer(self)
        self.asking = Asking(self)
        self.filtering = Filtering(self)
        self.room = Room(theme)
        self.frame = Frame(theme)
        self.review: Reviewing | None = None
        self._laid_out_for: Size | None = None
        self.range_from: str | None = None
        self.left_on: dict[str, str | None] = {}
        """Page → what was chosen there when it was left."""

    @property
    def registry(self) -> Registry:
        """Every command; asked for the first time, it loads every lens."""
        if self._whole is not None:
            self.at_hand, self._whole = self._whole(), None
        return self.at_hand

    def compose(self) -> ComposeResult:
        yield self.frame.pages
        yield self.room
        yield self.frame.said
        yield self.frame.keys

    def on_mount(self) -> None:
        self.lay_out()
        self.call_after_refresh(self._settle_in)

    def _settle_in(self) -> None:
        """Choose what the cursor stands on when nothing is chosen yet, and tell of a draft."""
        from tui.screens import drafting

        if self.desk.chosen is None and (first := self.pane.record_id):
            self.turn(self.desk._replace(chosen=first))
        if why := self.workspace.backend.read_only:
            self.say(f"Read-only: {why}.", "warn")
        drafting.offer(self)

    # ----------------------------------------------------------------------------------------------------------- the desk

    @property
    def pane(self) -> LensPane:
        """The lens with the focus: the details when a record is open."""
        return self.room.pane(self.desk)

    def turn(self, desk: Desk) -> None:
        """Put another desk in place and show it; what happened on one page is not said on another."""
        with self.app.batch_update():
            before, self.desk = self.desk, desk
            if before.page.id != desk.page.id:
                self.left_on[before.page.id] = before.chosen
                self.say("")
            if _layout(before, self.app.size.width) == _layout(desk, self.app.size.width):
                self.paint()
            else:
                self.lay_out()

    def settle(self) -> None:
        """On a page with one list that lacks the chosen record, choose what was left there, or is under the cursor."""
        last = self.left_on.pop(self.desk.page.id, None)
        drawing, chosen = self.pane.drawing, self.desk.chosen
        if self.desk.page.id == "board" or drawing is None or (chosen is not None and drawing.find(chosen) is not None):
            return
        here = last if last is not None and drawing.find(last) is not None else self.pane.record_id
        if here is not None:
            self.turn(self.desk._replace(chosen=here))

    def lay_out(self) -> None:
        """Give every lens its room, then show them."""
        self._laid_out_for = self.app.size
        self.room.lay_out(self.desk)
        self.paint()

    def paint(self) -> None:
        """Show the desk as it is now; what has not changed is not drawn."""
        self.room.paint(self.desk, self.outlook, self._read())
        mine = f"@{self.workspace.me}" + ("  read-only" if self.workspace.backend.read_only else "") + " "
        own = tuple(self.review.hints) if self.review is not None and self.desk.reviewing else ()
        self.frame.paint(self.desk, self.workspace.records, self.at_hand, mine, self.app.size.width, own)

    def past(self) -> date | None:
        """The past day that is looked at from where the focus is; None for now."""
        return self.desk.moment(self.desk.page.focus)

    def scene(self, place: int | None = None) -> Scene:
        """What is looked at from a place of the page, or from where the focus is: the records now, or on a past day."""
        return self.outlook.scene(self.desk, self.desk.page.focus if place is None else place)

    def _read(self) -> Perspective | None:
        """What is read in place of the chosen record: the help for where one stands, or the review; None for neither."""
        if self.desk.helping and self.review is not None and self.desk.reviewing:
            return self.review.help
        if self.desk.helping:
            return help_perspective(self.registry, perspective(self.desk.page.lens), self.desk.page.id)
        return self.review.perspective if self.review is not None and self.desk.reviewing else None

    def choose_under_cursor(self) -> None:
        """Choose what the cursor was moved to, at once: the next key may have arrived already, and works on it."""
        record_id = self.pane.record_id
        if record_id is not None and record_id != self.desk.chosen and not reading(self.desk):
            self.choose(record_id)

    def choose(self, record_id: str) -> None:
        """Choose a record in the lens with the focus, and in all others unless choices are apart."""
        self.desk = self.desk._replace(chosen=record_id)
        with self.app.batch_update():
            self.paint()

    def on_lens_pane_record_chosen(self, event: LensPane.RecordChosen) -> None:
        if event.pane is not self.room.detail:
            self.choose(event.record_id)

    def on_resize(self, event: events.Resize) -> None:
        if self._laid_out_for != self.app.size:  # the first sizes told are all the one that is known already
            self.lay_out()

    # --------------------------------------------------------------------------------------------------------------- keys

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.keyboard.take(event)

    def on_burst(self, event: Burst) -> None:
        event.stop()
        self.keyboard.take_burst(event)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.keyboard.take_paste(event)

    # ------------------------------------------------------------------------------------------- what commands come about by

    def context(self) -> Context:
        """What a command may look at now."""
        pane, alone = self.pane, reading(self.desk)
        drawing = pane.drawing
        on_chosen = drawing is not None and drawing.spots and pane.record_id == self.desk.chosen
        heading = drawing.heading(pane.cursor) if drawing is not None and on_chosen and not alone else None
        return sights.context(self.desk, self.scene(), heading, self.outlook.past)

    def say(self, sentence: str, token: str = "text", hint: str = "") -> None:
        """Show one sentence in the line below the panes, and a hint that is never cut at its end."""
        self.frame.say(sentence, token, hint)

    def show(self, verb: str, argument: str) -> None:
        """Do what the interface does by itself."""
        VERBS[verb](self, argument)

    def ask(self, ask: Ask, answered: Answered) -> None:
        """Ask in a prompt, or in a form when there is more than one thing to know."""
        self.asking.ask(ask, answered)

    def committed(self, done: Transaction) -> None:
        """A step of mine is durable: its new record is chosen, marks are cleared; in the review, the next item follows."""
        if self.review is not None and self.desk.reviewing:
            self.review.committed(done)
            return
        new = [record_id for record_id in created(done) if record_id[0] != "U"]
        holds = sights.HOLDS.get(self.desk.page.id)
        new = [record_id for record_id in new if holds is None or record_id[0] == holds.letter]
        chosen = new[0] if new and not done.undoes else self.desk.chosen
        self.turn(self.desk._replace(chosen=chosen, marked=frozenset()))

    def arrived(self, records: Records) -> None:
        """Other records stand in the workspace: mine or others' changes are shown, the cursor stays where it was."""
        with self.app.batch_update():
            self.paint()

    # ----------------------------------------------------------------------------------------------------- room for asking

    def make_room(self, *, whole: bool = False) -> None:
        """Leave the lines below, or the ``whole`` room of the lenses too, to what is asked."""
        self.frame.step_back(True)
        self.room.display = not whole

    def take_room_back(self) -> None:
        """Nothing is asked any more: everything stands as before, and the lenses have the keys."""
        self.room.display = True
        self.frame.step_back(False)
