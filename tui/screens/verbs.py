"""What the interface does by itself, by verb: move, turn pages, filter, mark, help, leave.  No verb changes a record."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tui.desk import MOST_LENSES, Desk
from tui.perspective import perspective, perspectives

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen


def _move(screen: WorkspaceScreen, direction: str) -> None:
    screen.pane.move(direction)  # type: ignore[arg-type]
    screen.choose_under_cursor()


def _jump(screen: WorkspaceScreen, where: str) -> None:
    screen.pane.jump(last=where == "last")
    screen.choose_under_cursor()


def _page(screen: WorkspaceScreen, part: str) -> None:
    screen.pane.page(float(part))
    screen.choose_under_cursor()


def _turn(screen: WorkspaceScreen, to: str) -> None:
    desk = screen.desk
    at = desk.at + (1 if to == "+" else -1) if to in "+-" else int(to)
    screen.turn(desk.turned_to(at))
    screen.settle()


def _zoom(screen: WorkspaceScreen, _: str) -> None:
    screen.turn(screen.desk._replace(zoomed=not screen.desk.zoomed))


def _open(screen: WorkspaceScreen, _: str) -> None:
    screen.turn(screen.desk._replace(opened=True))


def _sort(screen: WorkspaceScreen, _: str) -> None:
    _next_value(screen, "sort")


def _option(screen: WorkspaceScreen, argument: str) -> None:
    """Turn the first option of the lens to its next value; the lens says in its title what it is turned to."""
    lens = perspective(screen.desk.page.lens)
    name = argument or lens.options[0][0]
    _next_value(screen, name)


def _next_value(screen: WorkspaceScreen, name: str) -> None:
    lens = perspective(screen.desk.page.lens)
    values = dict(lens.options).get(name)
    if not values:
        screen.say(f"{lens.title} cannot be turned by {name}.")
        return
    now = screen.desk.page.options.get(lens.id, {}).get(name, values[0])
    value = values[(values.index(now) + 1) % len(values)]
    screen.turn(screen.desk.with_page(screen.desk.page.turned(name, value)))
    screen.say(f"{name}: {value}")


def _fold(screen: WorkspaceScreen, what: str) -> None:
    from tui import folding

    context, page = screen.context(), screen.desk.page
    lens, chosen = perspective(page.lens), screen.desk.chosen
    assert context.viewpoint is not None
    turn = folding.turned if what == "branch" else folding.turned_all
    found = turn(lens, context.records, context.viewpoint, chosen)
    if found is None:
        screen.say(f"{chosen or 'What is chosen'} stands in nothing that folds here.")
        return
    for option, value in found.options.items():
        page = page.turned(option, value)
    screen.turn(screen.desk.with_page(page)._replace(chosen=found.chosen))


def _archived(screen: WorkspaceScreen, _: str) -> None:
    screen.turn(screen.desk._replace(archived=not screen.desk.archived))
    screen.say("Archived records are shown too." if screen.desk.archived else "Archived records are hidden.")


def _pick(screen: WorkspaceScreen, command_id: str) -> None:
    from tui.screens import picking

    picking.ask(screen, command_id)


def _lens(screen: WorkspaceScreen, lens: str) -> None:
    desk = screen.desk if screen.desk.page.id == "board" else screen.desk.turned_to(len(screen.desk.pages) - 1)
    _put(screen, desk, lens)


def _put(screen: WorkspaceScreen, desk: Desk, lens: str) -> None:
    """Show a lens where the focus is; an open record, which would stand in front of it, is put away."""
    screen.turn(desk._replace(opened=False).with_page(desk.page.showing(lens)))


def board_lenses() -> list[str]:
    """The lenses that can be put on the board, in the order they are cycled through."""
    return [lens.id for lens in perspectives().values() if lens.board]


def _cycle(screen: WorkspaceScreen, way: str) -> None:
    page = screen.desk.page
    if page.id != "board":
        screen.say("Perspectives stand on the board: 5, or g and a letter.")
        return
    lenses = board_lenses()
    if way == "last":
        lens = page.before or page.lens
    else:
        lens = lenses[(lenses.index(page.lens) + (1 if way == "+" else -1)) % len(lenses)]
    _put(screen, screen.desk, lens)


SHARING: Mapping[str, tuple[str, str]] = {
    "choices": ("Choosing in one lens chooses in all.", "Each lens has its own choice."),
    "marks": ("Marking in one lens marks in all.", "Each lens has its own marks."),
    "filter": ("One filter for all lenses.", "Each lens has its own filter."),
}
"""What lenses share or have apart → what is said then."""


def _share(screen: WorkspaceScreen, what: str) -> None:
    screen.turn(screen.desk.parted(what))
    screen.say(SHARING[what][what in screen.desk.apart])


def _board(screen: WorkspaceScreen, what: str) -> None:
    desk = screen.desk
    if desk.page.id != "board":
        screen.say("Lenses are added and dropped on the board: 5.")
    elif desk.together is not None:
        screen.say("Then and now stand side by side. Escape returns to now.")
    elif what == "drop":
        screen.turn(desk.without_lens())
    elif len(desk.page.lenses) >= MOST_LENSES:
        screen.say(f"{MOST_LENSES} lenses are the most.")
    else:
        free = next((lens for lens in board_lenses() if lens not in desk.page.lenses), desk.page.lens)
        screen.turn(desk._replace(opened=False).with_lens(free))


def _focus(screen: WorkspaceScreen, way: str) -> None:
    desk, page = screen.desk, screen.desk.page
    if len(page.lenses) == 1:
        screen.turn(desk._replace(opened=not desk.opened))
        return
    screen.turn(desk.focused((page.focus + (1 if way == "+" else -1)) % len(page.lenses)))


def _mark(screen: WorkspaceScreen, what: str) -> None:
    chosen = screen.desk.chosen
    if chosen is None or chosen not in screen.scene().records:
        screen.say("There is nothing to mark here.")
        return
    if what == "one":
        screen.turn(screen.desk.toggled(chosen))
        screen.pane.move("down")
        screen.choose_under_cursor()
        return
    if screen.range_from is None:
        screen.range_from = chosen
        screen.say(f"Marking from {chosen}: move, then v again.")
        return
    ids = screen.pane.visible_ids()
    start, screen.range_from = screen.range_from, None
    if start not in ids or chosen not in ids:
        screen.say("The range began on another page: nothing was marked.")
        return
    first, last = sorted((ids.index(start), ids.index(chosen)))
    screen.turn(screen.desk._replace(marked=screen.desk.marked | set(ids[first : last + 1])))
    screen.say(f"Marked {last - first + 1}. What comes next is done to all of them; Escape clears them.")


def cleared(desk: Desk) -> Desk | None:
    """The desk with the topmost thing put away: the open record, marks, the filter; None when there is nothing."""
    if desk.helping:
        return desk._replace(helping=False)
    if desk.opened:
        return desk._replace(opened=False)
    if desk.marked:
        return desk._replace(marked=frozenset())
    if desk.then is not None:
        return desk.returned()
    if desk.page.filter:
        return desk.filtered("")
    return desk._replace(zoomed=False) if desk.zoomed else None


def _clear(screen: WorkspaceScreen, _: str) -> None:
    screen.range_from = None
    if (desk := cleared(screen.desk)) is not None:
        screen.turn(desk)
    screen.say("")


def _quit(screen: WorkspaceScreen, _: str) -> None:
    if screen.desk.opened or screen.desk.zoomed or screen.desk.helping:
        _clear(screen, "")
    else:
        screen.app.exit(0)


def _cancel(screen: WorkspaceScreen, _: str) -> None:
    if screen.cancelled:
        screen.app.exit(0)
        return
    _clear(screen, "")
    screen.cancelled = True
    screen.say("Once more quits.")


def _filter(screen: WorkspaceScreen, _: str) -> None:
    screen.filtering.ask()


def _match(screen: WorkspaceScreen, way: str) -> None:
    screen.filtering.seek(forward=way == "next")


def _ex(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import command_line

    command_line.ask(screen)


def _capture(screen: WorkspaceScreen, argument: str) -> None:
    from tui.screens import capturing

    noun, _, text = argument.partition(" ")
    capturing.ask(screen, noun, text)


def _help(screen: WorkspaceScreen, _: str) -> None:
    screen.turn(screen.desk._replace(helping=True))


def _editor(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import writing

    writing.edit(screen)


def _copy(screen: WorkspaceScreen, what: str) -> None:
    from tui.screens import outside

    context = screen.context()
    chosen = context.targets
    text = " ".join(record.id for record in chosen) if what == "id" else outside.markdown(chosen, context.records)
    _copy_text(screen, text)


def _copy_text(screen: WorkspaceScreen, text: str) -> None:
    from tui.screens import outside

    screen.say(outside.copy(text, os.environ, screen.app.copy_to_clipboard), "info")


def _settings(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import writing

    writing.edit_settings(screen)


def _draft(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import drafting

    drafting.go_on(screen)


def _suspend(screen: WorkspaceScreen, _: str) -> None:
    screen.app.action_suspend_process()


def _theme(screen: WorkspaceScreen, name: str) -> None:
    from tui.screens import themed

    screen.say(f"Type :theme and a name: {', '.join(themed.names())}.")


def _mouse(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import outside

    screen.say(outside.toggle_mouse(screen.app))


def _travel(screen: WorkspaceScreen, to: str) -> None:
    from tui.screens import travelling

    if to:
        travelling.go(screen, to)
    else:
        travelling.ask(screen)


def _slide(screen: WorkspaceScreen, way: str) -> None:
    from tui.screens import travelling

    travelling.slide(screen, way)


def _step(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import travelling

    travelling.step(screen)


def _view(screen: WorkspaceScreen, line: str) -> None:
    from tui.screens import viewing

    if not line:
        viewing.ask(screen)
    elif trouble := viewing.line(screen, line):
        screen.say(trouble, "error")


def _columns(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import viewing

    viewing.ask_columns(screen)


def _review(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import reviewing

    reviewing.start(screen)


def _compare(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import travelling

    travelling.compare(screen)


VERBS: Mapping[str, Callable[[WorkspaceScreen, str], None]] = {
    "move": _move, "jump": _jump, "page": _page, "turn": _turn, "zoom": _zoom, "open": _open, "sort": _sort,
    "option": _option, "fold": _fold, "archived": _archived, "pick": _pick,
    "lens": _lens, "cycle": _cycle, "board": _board, "share": _share,
    "focus": _focus, "travel": _travel, "slide": _slide, "step": _step, "compare": _compare,
    "view": _view, "columns": _columns, "review": _review,
    "mark": _mark, "clear": _clear, "quit": _quit, "cancel": _cancel, "filter": _filter, "match": _match, "ex": _ex,
    "capture": _capture, "help": _help, "editor": _editor, "copy": _copy, "copy_text": _copy_text,
    "suspend": _suspend, "theme": _theme, "mouse": _mouse, "draft": _draft, "settings": _settings,
}  # fmt: skip
