"""Drafts on the screen: what is being typed and not saved yet, and going on with what was kept, where it belongs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.quoting import quoted
from tui import drafts
from tui.screens import capturing

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen

REVIEW, LINE = "review.start", "line"
"""The command that begins the review; the path of a line that answers no field: a filter, a command, a note."""
WIDEST = 60
"""Characters of a typed text in the title of its draft at most."""


def draft(screen: WorkspaceScreen) -> drafts.Draft | None:
    """What is being typed, with where it belongs; None when nothing is."""
    asking = screen.asking
    if not asking.is_open:
        return None
    before = [dict(one) for one in screen.performer.asked.before]
    stood: dict[str, str] = {}
    if (form := asking.form) is not None:
        texts, stood, title = dict(form.draft()), dict(form.stood()), form.title
    else:
        typed = asking.prompt.typed
        texts = {asking.prompt.path or LINE: typed} if typed.strip() else {}
        title = f"{asking.prompt.label.rstrip(':')}: {quoted(typed, WIDEST)}"
    if asking.form is None and not asking.prompt.path:
        return {"title": title, **_of_line(screen, texts[LINE])} if texts else None
    if not texts and not any(map(_is_told, before)):
        return None
    return {"title": title, "texts": texts, "stood": stood, "before": before, **_of_command(screen)}


def _is_told(answers: Mapping[str, str]) -> bool:
    """Whether answers hold more than a choice, which is chosen again as fast."""
    return any(len(text.split()) > 1 for text in answers.values())


def _of_line(screen: WorkspaceScreen, line: str) -> dict[str, object]:
    """Where a line that answers no field belongs: an item of the review, the kind it captures, or the command that reads it.

    In the review it is kept as it is typed in the shell: with the letter of its answer in front.
    """
    if place := _reviewed(screen):
        return {"command": REVIEW, "record": place[0], "texts": {LINE: f"{_letters()[place[1]]} {line}"}}
    noun = capturing.CAPTURES.get(screen.asking.prompt.label.rstrip(":"))
    if noun is not None:
        return {"command": "", "record": None, "texts": {LINE: line, "noun": noun}}
    return {"texts": {LINE: line}, **_of_command(screen)}


def _letters() -> Mapping[str, str]:
    """Answer of the review → its key."""
    from store.review.agenda import KEYS  # not before something was typed in a review: it would delay the first screen

    return KEYS


def _of_command(screen: WorkspaceScreen) -> dict[str, object]:
    """The command that asks, the records it is about and where one stood; and which item of the review it answers."""
    asked, page, place = screen.performer.asked, screen.desk.page, _reviewed(screen)
    marked = [record.id for record in asked.marked]
    where = {"page": page.id, "lens": page.lens, "marked": marked, "review": place[0] if place else None}
    return {"command": asked.command, **drafts.about(asked.chosen), **where}


def _reviewed(screen: WorkspaceScreen) -> tuple[str, str] | None:
    """The key of the item of the review that is being answered, and the answer."""
    return screen.review.answering if screen.review is not None and screen.desk.reviewing else None


def place(screen: WorkspaceScreen) -> str:
    """Where drafts for this workspace are kept."""
    return drafts.place(os.environ, getattr(screen.workspace.backend, "path", ""), screen.workspace.me)


def keep(screen: WorkspaceScreen) -> str | None:
    """Keep what is being typed and return where; None when nothing is, or it cannot be kept."""
    return drafts.keep(draft(screen), place(screen))


def offer(screen: WorkspaceScreen) -> None:
    """Say that a draft was kept, when one was."""
    if found := drafts.kept(place(screen)):
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        screen.say(f"A draft was kept: {found[-1].get('title', '')}{more}", "info", ":draft goes on with it")


def go_on(screen: WorkspaceScreen) -> None:
    """Type on where a kept draft ended; one whose place is gone becomes a file of its own, and it is said where that is."""
    found = next(reversed(drafts.kept(place(screen))), None)
    if found is None:
        screen.say("No draft was kept.")
    elif _reopened(screen, found):
        drafts.drop(place(screen), found)
    elif path := drafts.keep_text(_as_text(found), f"draft-{os.getpid()}-{len(drafts.kept(place(screen)))}", os.environ):
        drafts.drop(place(screen), found)
        screen.asking.close()
        screen.say(f"What it belongs to is no longer there: {found.get('title', '')}. Its text stands in {path}", "warn")
    else:
        screen.say("What was typed cannot be put back where it belongs, and stays kept.", "warn")


def _as_text(found: drafts.Draft) -> str:
    texts = (f"{path}:\n{text}" for path, text in drafts.whole(found).items())
    return "\n\n".join([f"# {found.get('title', '')}", *texts]) + "\n"


# -------------------------------------------------------------------------------------------------------------- put back


def _reopened(screen: WorkspaceScreen, found: drafts.Draft) -> bool:
    """Whether it is asked again what a draft answers, with its texts."""
    texts = drafts.texts_of(found)
    if found.get("command") == REVIEW:
        return _in_review(screen, str(found.get("record")), texts.get(LINE, ""))
    if not found.get("command"):
        return _captured(screen, texts.get("noun", ""), texts.get(LINE, ""))
    if found.get("review") and _resumed(screen, str(found["review"]), "done"):
        return _filled(screen, found)
    return _asked_again(screen, found)


def _captured(screen: WorkspaceScreen, noun: str, line: str) -> bool:
    if noun not in capturing.CAPTURES.values():
        return False
    capturing.ask(screen, noun, line)
    return True


def _in_review(screen: WorkspaceScreen, key: str, line: str) -> bool:
    """The item of the review that a line answers; where it waits no more, what is captured is captured about it."""
    letter, _, text = line.partition(" ")
    action = next((name for name, one in _letters().items() if one == letter), "")
    if _resumed(screen, key, action):
        return _filled(screen, {"texts": {LINE: text}})
    if key not in screen.workspace.records or action not in TOLD:
        return False
    return _captured(screen, TOLD[action], text if " re:" in f" {text}" else f"{text} re:{key}")


TOLD: Mapping[str, str] = {"note": "update", "decide": "decision"}
"""Answer of the review → the kind that it captures."""


def _resumed(screen: WorkspaceScreen, key: str, action: str) -> bool:
    """Whether the review asks again for an answer to an item."""
    from tui.screens import reviewing

    if screen.review is None or not screen.desk.reviewing:
        reviewing.start(screen)
    assert screen.review is not None
    return screen.review.resume(key, action)


def _asked_again(screen: WorkspaceScreen, found: drafts.Draft) -> bool:
    """The command that asked, performed again where it stood, on the records it was about."""
    command = screen.registry.commands.get(str(found.get("command")))
    record = drafts.record_of(found, screen.workspace.records, screen.today())
    if command is None or (found.get("record") and record is None):
        return False
    _stand(screen, found, None if record is None else record.id)
    screen.performer.perform(command)
    return _filled(screen, found)


def _stand(screen: WorkspaceScreen, found: drafts.Draft, chosen: str | None) -> None:
    """Turn to the page and the lens where a draft was typed, with its records chosen and marked."""
    desk = screen.desk
    at = next((at for at, page in enumerate(desk.pages) if page.id == found.get("page")), desk.at)
    desk = desk.turned_to(at) if at != desk.at else desk
    if desk.page.id == "board" and found.get("lens") not in (None, desk.page.lens):
        desk = desk.with_page(desk.page.showing(str(found["lens"])))
    given = found.get("marked")
    marked = frozenset(str(one) for one in given if one in screen.workspace.records) if isinstance(given, list) else ()
    screen.turn(desk._replace(chosen=chosen or desk.chosen, marked=frozenset(marked)))


def _filled(screen: WorkspaceScreen, found: drafts.Draft) -> bool:
    """Whether what asks now took the texts of a draft, behind the answers that led there."""
    asking = screen.asking
    for answers in drafts.answered_before(found):
        if asking.form is None and asking.is_open and set(answers) == {asking.prompt.path}:
            asking.answer(answers)
    texts = drafts.texts_of(found)
    if (form := asking.form) is not None:
        form.restore(drafts.whole(found), drafts.stood(found))
        return form.draft().items() >= texts.items()
    if not asking.is_open or set(texts) - {asking.prompt.path or LINE}:
        return False
    for text in texts.values():
        asking.prompt.restore(text)
    return True
