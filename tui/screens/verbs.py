"""What the interface does by itself, by verb: move, turn pages, filter, mark, help, leave.  No verb changes a record."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.desk import Desk
from tui.screens import lenses
from tui.screens.lenses import Verb, seen

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


def _open(screen: WorkspaceScreen, _: str) -> None:
    screen.turn(screen.desk._replace(opened=True))


def _pick(screen: WorkspaceScreen, command_id: str) -> None:
    from tui.screens import picking

    picking.ask(screen, command_id)


def _mark(screen: WorkspaceScreen, what: str) -> None:
    chosen = screen.desk.chosen
    if chosen is None or chosen not in screen.scene().records:
        screen.say("There is nothing to mark here.")
        return
    if what == "one":
        screen.turn(screen.desk.toggled(chosen))
        if not screen.desk.opened:  # where it is read, it is marked and nothing moves
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
    if screen.keyboard.cancelled:
        screen.app.exit(0)
        return
    _clear(screen, "")
    screen.keyboard.cancelled = True
    screen.say("Once more quits.")


def _filter(screen: WorkspaceScreen, _: str) -> None:
    """Ask for a filter, with the lens in sight that shows what passes."""
    if screen.desk.opened or screen.desk.helping:
        screen.turn(screen.desk._replace(opened=False, helping=False))
    screen.filtering.ask()


@seen
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

    screen.say(outside.copy(text, os.environ, screen.app), "info")


def _settings(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import preferences

    preferences.edit(screen)


def _draft(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import drafting

    drafting.go_on(screen)


def _suspend(screen: WorkspaceScreen, _: str) -> None:
    screen.app.action_suspend_process()


def _theme(screen: WorkspaceScreen, name: str) -> None:
    from tui.screens import themed

    screen.say(f"Type :theme and a name, which is kept: {', '.join(themed.offered())}.")


def _mouse(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import outside

    screen.say(outside.toggle_mouse(screen.app, os.environ))


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


@seen
def _columns(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import viewing

    viewing.ask_columns(screen)


def _review(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import reviewing

    reviewing.start(screen)


def _compare(screen: WorkspaceScreen, _: str) -> None:
    from tui.screens import travelling

    travelling.compare(screen)


VERBS: Mapping[str, Verb] = {
    "move": _move, "jump": _jump, "page": _page, "turn": _turn, "zoom": lenses.zoom, "open": _open, "sort": lenses.sort,
    "option": lenses.option, "fold": lenses.fold, "archived": lenses.archived, "pick": _pick,
    "lens": lenses.lens, "cycle": lenses.cycle, "board": lenses.board, "share": lenses.share,
    "focus": lenses.focus, "travel": _travel, "slide": _slide, "step": _step, "compare": _compare,
    "view": _view, "columns": _columns, "review": _review,
    "mark": _mark, "clear": _clear, "quit": _quit, "cancel": _cancel, "filter": _filter, "match": _match, "ex": _ex,
    "capture": _capture, "help": _help, "editor": _editor, "copy": _copy, "copy_text": _copy_text,
    "suspend": _suspend, "theme": _theme, "mouse": _mouse, "draft": _draft, "settings": _settings,
}  # fmt: skip
