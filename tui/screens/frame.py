"""The lines around the lenses: the pages on top, what just happened below, and the keys for where one stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.records import Records
from themes import Theme
from tui.acting import NEXT
from tui.command import Command, Registry
from tui.desk import Desk
from tui.keys import shown
from tui.panes.bars import Bar, Foot, keys_line, keys_table
from tui.perspective import perspective
from tui.shapes import Span
from tui.text import cut, fit, safe, width_of, wrapped

ALWAYS = ("work.help", "work.quit")
"""Commands whose keys the footer shows at its end, however little room there is."""
LONGEST_STEP = 14
"""Cells the next step gets at least, so that the keys behind it stay where they are."""


class Frame:
    """The three bars of a screen, and what covers the lower two where one line is too short."""

    def __init__(self, theme: Theme) -> None:
        self.pages, self.said = Bar(theme, id="pages"), Bar(theme, id="said")
        self.keys = Bar(theme, ground="bar", id="keys")
        self.foot = Foot(theme)
        """What needs more lines than one, for a moment; it stands on the screen from the first time on."""
        self._covering: list[tuple[Span, ...]] = []
        self._shown_for: tuple[object, ...] = ()

    def paint(
        self,
        desk: Desk,
        records: Records,
        registry: Registry,
        mine: str,
        width: int,
        own: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Show the pages and the keys; ``mine`` says whose desk it is, and how the workspace is open.

        ``own`` are the keys of what has all the room, and stand instead of the others, that of leaving among them.
        """
        step = _next_step(desk, records)
        page = "" if desk.opened else desk.page.id  # what a board alone can do does nothing behind an open record
        place, marked_now = _place(desk, width), len(desk.marked)
        shown_for = (desk.at, page, place, desk.then, marked_now, width, records.settings, registry, mine, step, own)
        if shown_for == self._shown_for:
            return
        self._shown_for = shown_for
        self._paint_pages(desk, records, mine, width)
        always = [*keys_line(_hints(registry, ALWAYS[:1] if own else ALWAYS, desk.page.id), 40), Span(" ", "bar")]
        marked = [Span(f"{len(desk.marked)} marked  ", "mark")] if desk.marked else []
        room = width - sum(width_of(span.text) for span in [*marked, *always]) - 2
        here = [command for command in registry.commands if command not in ALWAYS]
        first = [(shown(key), fit(step, max(width_of(step), LONGEST_STEP))) for key in registry.commands[NEXT].keys[:1]]
        hints = keys_line(own or [*first, *_hints(registry, here, page)], room)
        self.keys.show([Span(" ", "bar"), *hints], [*marked, *always])

    def _paint_pages(self, desk: Desk, records: Records, mine: str, width: int) -> None:
        pages = _tabs(desk, records, _place(desk, width))
        if sum(width_of(span.text) for span in pages) > width:
            pages = _tabs(desk, records, _place(desk, width), others=False)
        name = records.settings.name or "ManyView"
        past = [Span(f"as of {desk.then.isoformat()} ", "past")] if desk.then else []
        used = sum(width_of(span.text) for span in [*pages, *past])
        room = width - used - width_of(mine) - 4
        whose = [Span(f"{cut(name, room)}  {mine}" if room > 3 else mine, "dim")]
        self.pages.show(pages, [*past, *(whose if used + width_of(mine) < width else [])])

    def say(self, sentence: str, token: str = "text", hint: str = "") -> None:
        """Show one sentence below the panes, and a hint that is never cut at its end.

        What one line has no room for stands whole over the foot of the screen, until the next key.
        """
        width = self.said.app.size.width
        text = sentence.replace("\n", " ")
        short = cut(text, width - len(hint) - 3)
        self.said.show([Span(" " + short, token)], [Span(hint + " ", "dim")])
        lines = _hinted(list(wrapped(text, width - 2)), hint, width - 2)
        self._cover([] if short == safe(text) else [(Span(" " + line, token),) for line in lines])

    def follow(self, waiting: str, registry: Registry) -> None:
        """Show the keys that may follow the ones pressed, with what they do."""
        found = [
            (shown(key.split(" ")[1]), command.title.lower())
            for key, command in registry.by_key.items()
            if key.startswith(waiting + " ")
        ]
        width = self.said.app.size.width - 4
        found.sort(key=lambda hint: (hint[0].casefold(), hint[0]))
        rows = keys_table(found, width)
        self.said.show([Span(f" {waiting} ", "key"), *keys_line(found, width)])
        margins = [f" {waiting} ", *[" " * (width_of(waiting) + 2)] * len(rows)]
        self._cover([(Span(margin, "key"), *row) for margin, row in zip(margins, rows, strict=False)])

    def _cover(self, lines: list[tuple[Span, ...]]) -> None:
        """Let lines stand over the foot of the screen when there are several, and room for them."""
        self._covering = lines[: max(self.said.app.size.height - 4, 2)] if len(lines) > 1 else []
        self._uncover()

    def _uncover(self) -> None:
        asked_below = not self.said.display
        if self._covering and not asked_below:
            if not self.foot.is_attached:
                self.said.screen.mount(self.foot)
            self.foot.show(self._covering)
        self.foot.display = bool(self._covering) and not asked_below

    def give_way(self) -> None:
        """Put away what covers the foot of the screen."""
        if self._covering:
            self._cover([])

    def step_back(self, back: bool) -> None:
        """Leave the lines below to what is asked there, or have them again."""
        self.said.display = self.keys.display = not back
        self._uncover()


def _hinted(lines: list[str], hint: str, width: int) -> list[str]:
    """The lines with a hint behind the last one, or below it where it has no room there: it is not broken."""
    last = f"{lines[-1]}  {hint}" if lines else hint
    if hint and width_of(last) > width:
        return [*lines, hint]
    return [*lines[:-1], last.rstrip()]


def _place(desk: Desk, width: int) -> str:
    """Which of the lenses has the focus, where there is no room for all of them beside each other; else ""."""
    lenses = desk.page.lenses
    return "" if len(desk.shown(width)) == len(lenses) else f" {desk.page.focus + 1}/{len(lenses)}"


def _tabs(desk: Desk, records: Records, place: str = "", *, others: bool = True) -> list[Span]:
    """The pages by number and name; without the names of those one is not on where there is no room for ``others``.

    ``place`` follows the name of the open one.
    """
    tabs: list[Span] = []
    for at, page in enumerate(desk.pages):
        title = records.settings.many(page.noun).capitalize() if page.noun else page.title
        name = f" {title}" if others or at == desk.at else ""
        name += place if at == desk.at else ""
        tabs += [Span(f" {at + 1}{name} ", "tab_active" if at == desk.at else "tab"), Span(" ")]
    return tabs


def _next_step(desk: Desk, records: Records) -> str:
    """What whoever looks at the lens in focus wants to do next with the chosen record."""
    lens = perspective("record" if desk.opened else desk.page.lens)
    return lens.next_step(records.get(desk.chosen) if desk.chosen else None).title


def _hints(registry: Registry, ids: Iterable[str], page: str) -> Sequence[tuple[str, str]]:
    """The key and the short name of those commands that belong in the footer of a page."""
    found: Iterable[Command] = (registry.commands[command] for command in ids)
    return [(shown(one.keys[0]), one.footer) for one in found if one.footer and one.keys and page in (one.panes or (page,))]
