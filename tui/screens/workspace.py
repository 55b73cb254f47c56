"""The workspace: the pages on top, lenses in the middle, what happened and what the keys do below."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen

import themes
from store.errors import Conflict
from store.operations import Transaction
from store.place import themes_folder
from store.records import Records
from store.workspace import Workspace
from themes import Theme
from tui import sights, theming
from tui.command import Ask, Context, Registry
from tui.desk import NARROW, Desk
from tui.keys import name_of, press, shown, unglued
from tui.panes.bars import Bar, keys_line
from tui.panes.lens import LensPane
from tui.panes.lines import Lines
from tui.past import Past
from tui.performing import Answered, Performer, created
from tui.perspective import Perspective, Span, perspective
from tui.screens.asking import Asking
from tui.screens.help import help_perspective
from tui.screens.verbs import VERBS
from tui.terminal import colour_depth
from tui.text import cut, width_of

if TYPE_CHECKING:  # loaded when something is asked for the first time
    from tui.panes.answering import Interpreter
    from tui.panes.form import FormPane
    from tui.panes.prompt import PromptBar

ALWAYS = ("work.help", "work.quit")
"""Commands whose keys the footer shows at its end, however little room there is."""
LOWEST_FOR_DETAIL = 18
"""Lines a terminal needs to show details below a list."""


def _layout(desk: Desk, width: int) -> tuple[object, ...]:
    """What the room of every lens depends on."""
    return (desk.at, desk.page.lenses, desk.zoomed, desk.opened, desk.helping, desk.shown(width))


class WorkspaceScreen(Screen[None], inherit_bindings=False):
    """One person's desk over one workspace."""

    class ThemeChosen(Message):
        """Another theme is to be drawn with."""

        def __init__(self, theme: Theme) -> None:
            super().__init__()
            self.theme = theme

    AUTO_FOCUS = ""

    def __init__(self, workspace: Workspace, registry: Registry, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__()
        self.workspace = workspace
        self.registry = registry
        self.palette = theme
        self.today = today
        self.desk = Desk()
        self.past = Past(workspace.history)
        self.performer = Performer(self)
        self.waiting = ""
        self.own_choices: dict[tuple[str, int], str] = {}
        self.asking = Asking(self)
        self.room = Container(id="main")
        self.detail = LensPane(theme, id="detail")
        self.panes = [LensPane(theme, id="lens-0")]
        """The lenses, from the left; not all of them need be displayed."""
        self.page_bar, self.said_bar = Bar(theme, id="pages"), Bar(theme, id="said")
        self.key_bar = Bar(theme, ground="bar", id="keys")
        self.bars_for: tuple[object, ...] = ()
        self.range_from: str | None = None
        self.cancelled = False

    # ------------------------------------------------------------------------------------------------------- composition

    def compose(self) -> ComposeResult:
        yield self.page_bar
        with self.room:
            yield from self.panes
            yield self.detail
        yield self.said_bar
        yield self.key_bar

    def on_mount(self) -> None:
        self.lay_out()
        self.call_after_refresh(self.choose_first)

    def choose_first(self) -> None:
        """Choose what the cursor stands on when nothing is chosen yet."""
        if self.desk.chosen is None and (first := self.pane.record_id):
            self.turn(replace(self.desk, chosen=first))
        self.asking.offer()

    @property
    def pane(self) -> LensPane:
        """The lens with the focus: the details when a record is open."""
        if self.reading:
            return self.detail
        places = self.desk.shown(self.size.width)
        return self.panes[places.index(self.desk.page.focus) if self.desk.page.focus in places else 0]

    @property
    def reading(self) -> bool:
        """Whether one record, or the help, has all the room."""
        return self.desk.opened or self.desk.helping

    def turn(self, desk: Desk) -> None:
        """Put another desk in place and show it."""
        with self.app.batch_update():
            before, self.desk = self.desk, desk
            if _layout(before, self.app.size.width) == _layout(desk, self.app.size.width):
                self.paint()
            else:
                self.lay_out()

    def settle(self) -> None:
        """On a page with one list, choose what the cursor stands on when the chosen record is not in it."""
        drawing, chosen = self.pane.drawing, self.desk.chosen
        if self.desk.page.id == "board" or drawing is None or (chosen is not None and drawing.find(chosen) is not None):
            return
        if (here := self.pane.record_id) is not None:
            self.turn(replace(self.desk, chosen=here))

    def lay_out(self) -> None:
        """Give every lens its room, then show them."""
        width, height = self.app.size
        places = self.desk.shown(width)
        detail = self.detail
        while len(self.panes) < len(places):
            self.panes.append(LensPane(self.palette, id=f"lens-{len(self.panes)}"))
            self.room.mount(self.panes[-1], before=detail)
        listing = self.desk.page.id != "board"
        beside = width >= NARROW
        self.room.set_class(not beside, "-stacked")
        detail.set_class(beside and not self.reading, "-beside")
        detail.set_class(not beside and not self.reading, "-below")
        roomy = beside or height >= LOWEST_FOR_DETAIL
        detail.display = self.reading or (listing and not self.desk.zoomed and roomy)
        for at, pane in enumerate(self.panes):
            pane.display = at < len(places) and not self.reading
            pane.set_class(at == len(places) - 1, "-last")
        self.paint()
        if not self.asking.is_open:
            self.pane.focus(scroll_visible=False)

    def paint(self) -> None:
        """Show the desk as it is now; what has not changed is not drawn."""
        records, today, me = self.workspace.records, self.today(), self.workspace.me
        for pane, place in zip(self.panes, self.desk.shown(self.app.size.width), strict=False):
            focused = place == self.desk.page.focus
            chosen = self.chosen_at(place)
            if pane.display:
                focused = focused and not self.reading
                pane.show(sights.sight(self.desk, place, chosen, records, today, me, focused=focused, past=self.past))
        if self.detail.display:
            sight = sights.detail(self.desk, records, today, me, focused=self.reading)
            self.detail.show(replace(sight, perspective=self.help()) if self.desk.helping else sight)
        self.paint_bars()

    def help(self) -> Perspective:
        """The help for where one stands."""
        return help_perspective(self.registry, perspective(self.desk.page.lens), self.desk.page.id)

    def chosen_at(self, place: int) -> str | None:
        """What is chosen in the lens at a place: the same everywhere, unless choices are not linked."""
        if self.desk.linked or place == self.desk.page.focus:
            return self.desk.chosen
        return self.own_choices.get((self.desk.page.id, place))

    def paint_bars(self) -> None:
        """Show the pages and the keys."""
        records, read_only = self.workspace.records, bool(self.workspace.backend.read_only)
        shown_for = (
            self.desk.at, len(self.desk.marked), self.app.size, records.settings, self.palette, self.registry, read_only,
        )  # fmt: skip
        if shown_for == self.bars_for:
            return
        self.bars_for = shown_for
        pages: list[Span] = []
        for at, page in enumerate(self.desk.pages):
            title = records.settings.many(page.noun).capitalize() if page.noun else page.title
            pages += [Span(f" {at + 1} {title} ", "tab_active" if at == self.desk.at else "tab"), Span(" ")]
        name = records.settings.name or "ManyView"
        mine = f"@{self.workspace.me}" + ("  read-only" if self.workspace.backend.read_only else "") + " "
        room = self.app.size.width - sum(width_of(span.text) for span in pages) - width_of(mine) - 4
        where = f"{cut(name, room)}  {mine}" if room > 3 else mine
        self.page_bar.show(pages, [Span(where, "dim")])
        always = [Span(" ", "bar"), *keys_line(self.hints(ALWAYS), 40)]
        marked = [Span(f"{len(self.desk.marked)} marked  ", "mark")] if self.desk.marked else []
        room = self.app.size.width - sum(width_of(span.text) for span in [*marked, *always]) - 1
        here = [command for command in self.registry.commands if command not in ALWAYS]
        self.key_bar.show([Span(" ", "bar"), *keys_line(self.hints(here), room)], [*marked, *always])

    def hints(self, commands: Iterable[str]) -> list[tuple[str, str]]:
        """The key and the short name of those commands that belong in the footer of this page."""
        found = (self.registry.commands[command] for command in commands)
        page = self.desk.page.id
        return [
            (shown(one.keys[0]), one.footer) for one in found if one.footer and one.keys and page in (one.panes or (page,))
        ]

    # -------------------------------------------------------------------------------------------------------------- keys

    def on_key(self, event: events.Key) -> None:
        if self.asking.is_open:
            self.asking.take(event)
            return
        event.stop()
        event.prevent_default()
        for key in unglued(event.key):
            self.key(name_of(key, event.character if len(unglued(event.key)) == 1 else key if len(key) == 1 else None))

    def key(self, name: str) -> None:
        """Act on one key, or wait for the one that follows it."""
        if name != "ctrl+c":
            self.cancelled = False
        waited, pressed = self.waiting, press(self.registry, name, self.waiting)
        self.waiting = pressed.waiting
        if waited:
            self.say("")
        if pressed.command is not None:
            self.performer.perform(pressed.command)
        elif pressed.waiting:
            self.said_bar.show(self.following(pressed.waiting))
        else:
            self.say(f"{shown(pressed.typed)} does nothing here. ? shows the keys.", "dim")

    def following(self, waiting: str) -> list[Span]:
        """The keys that may follow the ones pressed, with what they do."""
        known = self.registry.by_key.items()
        found = [
            (shown(key.split(" ")[1]), command.title.lower()) for key, command in known if key.startswith(waiting + " ")
        ]
        return [Span(f" {waiting} ", "key"), *keys_line(found, self.app.size.width - 4)]

    def on_paste(self, event: events.Paste) -> None:
        """Text pasted onto a list is something to capture, never a row of commands."""
        if self.asking.is_open:
            self.asking.take_paste(event)
            return
        event.stop()
        self.show("capture", f"decision {event.text}")

    def choose_under_cursor(self) -> None:
        """Choose what the cursor was moved to, at once: the next key may have arrived already, and works on it."""
        record_id = self.pane.record_id
        if record_id is not None and record_id != self.desk.chosen and not self.reading:
            self.choose(record_id)

    def choose(self, record_id: str) -> None:
        """Choose a record in the lens with the focus, and in all others when choices are linked."""
        self.own_choices[self.desk.page.id, self.desk.page.focus] = record_id
        self.desk = replace(self.desk, chosen=record_id)
        with self.app.batch_update():
            self.paint()

    def on_lens_pane_record_chosen(self, event: LensPane.RecordChosen) -> None:
        if event.pane.id != "detail":
            self.choose(event.record_id)

    def on_resize(self, event: events.Resize) -> None:
        self.lay_out()

    # ------------------------------------------------------------------------------------------------------------- stage

    def context(self) -> Context:
        """What a command may look at now."""
        drawing, index = self.pane.drawing, self.pane.cursor
        on_chosen = drawing is not None and drawing.spots and self.pane.record_id == self.desk.chosen
        heading = drawing.heading(index) if drawing is not None and on_chosen and not self.reading else None
        headings = self.pane.headings if not self.reading else ()
        return sights.context(self.desk, self.workspace.records, self.today(), self.workspace.me, heading, headings)

    def say(self, sentence: str, token: str = "text", hint: str = "") -> None:
        """Show one sentence in the line below the panes, and a hint that is never cut at its end."""
        room = self.app.size.width - len(hint) - 3
        self.said_bar.show([Span(" " + cut(sentence.replace("\n", " "), room), token)], [Span(hint + " ", "dim")])

    def show(self, verb: str, argument: str) -> None:
        """Do what the interface does by itself."""
        VERBS[verb](self, argument)

    def committed(self, done: Transaction) -> None:
        """A step of mine is durable: its new record is chosen, marks are cleared."""
        new = [record_id for record_id in created(done) if record_id[0] != "U"]
        holds = sights.HOLDS.get(self.desk.page.id)
        new = [record_id for record_id in new if holds is None or record_id[0] == holds.letter]
        chosen = new[0] if new and not done.undoes else self.desk.chosen
        self.turn(replace(self.desk, chosen=chosen, marked=frozenset()))

    def ask(self, ask: Ask, answered: Answered) -> None:
        """Ask in a prompt, or in a form when there is more than one thing to know."""
        self.asking.ask(ask, answered)

    def arrived(self, records: Records) -> None:
        """Other records stand in the workspace: mine or others' changes are shown, the cursor stays where it was."""
        with self.app.batch_update():
            self.paint()

    # ------------------------------------------------------------------------------------------------- prompts and forms

    def show_prompt(self) -> None:
        """Make room where the sentence and the keys stood."""
        self.said_bar.display = False
        self.key_bar.display = False

    def close_prompt(self) -> None:
        """Put the prompt away and give the keys back to the panes."""
        if self.query("PromptBar"):
            self.asking.prompt.close()
        self.said_bar.display = True
        self.key_bar.display = True
        self.pane.focus(scroll_visible=False)

    def show_form(self, ask: Ask, by: Interpreter) -> None:
        """Put a form where the panes stood."""
        from tui.panes.form import FormPane

        if self.query("PromptBar"):
            self.asking.prompt.close()
        form = FormPane(self.palette)
        self.room.display = False
        self.show_prompt()
        self.mount(form, before="#said")
        form.ask(ask, by)

    def close_form(self) -> None:
        """Put the form away and give the panes back their room."""
        if (form := self.asking.form) is not None:
            form.close()
            form.remove()
        self.room.display = True
        self.close_prompt()

    def on_prompt_bar_answered(self, event: PromptBar.Answered) -> None:
        trouble = self.asking.answer(event.answers)
        if trouble is not None:
            self.asking.prompt.refuse(str(trouble))
        elif self.asking.prompt.is_answered:  # else it has asked something more
            self.close_prompt()
        self.asking.catch_up()

    def on_prompt_bar_entered(self, event: PromptBar.Entered) -> None:
        trouble = self.asking.enter(event.text)
        if trouble:
            self.asking.prompt.refuse(trouble)
        elif self.asking.prompt.is_answered:
            self.close_prompt()
        self.asking.catch_up()

    def on_prompt_bar_changed(self, event: PromptBar.Changed) -> None:
        self.asking.change(event.text)

    def on_prompt_bar_cancelled(self, event: PromptBar.Cancelled) -> None:
        self.close_prompt()
        self.asking.cancel()
        if event.then:
            self.key(event.then)
        self.asking.catch_up()

    def on_form_pane_answered(self, event: FormPane.Answered) -> None:
        trouble = self.asking.answer(event.answers)
        if isinstance(trouble, Conflict) and self.asking.form is not None:
            self.asking.form.conflict(trouble.fields)
        elif trouble is not None and self.asking.form is not None:
            self.asking.form.refuse(str(trouble))
        else:
            self.close_form()
        self.asking.catch_up()

    def on_form_pane_left(self, event: FormPane.Left) -> None:
        self.close_form()
        self.say("Nothing was changed.")
        if event.then:
            self.key(event.then)
        self.asking.catch_up()

    # ------------------------------------------------------------------------------------------------------------ themes

    def theme_names(self) -> tuple[str, ...]:
        """The themes there are, the person's own too."""
        return themes.names((themes_folder(os.environ),))

    def change_theme(self, name: str) -> str | None:
        """Draw with another theme from now on; returns what is wrong with it."""
        try:
            theme = theming.fit(themes.load(name, (themes_folder(os.environ),)), colour_depth(os.environ))
        except themes.ThemeError as error:
            return str(error)
        self.palette = theme
        for widget in self.query(Lines):
            widget.take_theme(theme)
        self.post_message(self.ThemeChosen(theme))
        return None
