"""What each key makes of a form: pure functions from a form and a key to the next form, or to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tui.panes.answering import completed, full_choice
from tui.panes.area import Area
from tui.panes.editing import Line, after_escape, types
from tui.panes.sheet import Entry, Sheet, accepted, at_entry, with_area, with_line


@dataclass(frozen=True, slots=True)
class Room:
    """How large the area for long texts is, in cells and rows, and how many fields a page has."""

    width: int
    height: int
    page: int


Outcome = Sheet | Literal["save", "leave"]


def pressed(sheet: Sheet, key: str, character: str | None, room: Room) -> Outcome | None:
    """What a key makes of the form: the next form, that it is to be saved or left, or None if it means nothing here."""
    if key == "ctrl+s":
        return "save"
    if sheet.leaving:
        return _answered(sheet, key, character)
    if sheet.area is not None:
        return _area_key(sheet, sheet.area, key, character, room)
    if key == "escape":
        return replace(accepted(sheet), leaving=True, said="") if accepted(sheet).changes else "leave"
    return _field_key(sheet, key, character, room)


def taken_apart(key: str, character: str | None) -> tuple[tuple[str, str | None], ...]:
    """The keys that one arriving key stands for: Escape and another for alt with a character, else itself."""
    then = after_escape(key, character)
    return (("escape", None), (then, then)) if then else ((key, character),)


def _answered(sheet: Sheet, key: str, character: str | None) -> Outcome | None:
    """What becomes of the changes."""
    if key == "escape":
        return replace(sheet, leaving=False)
    answers: Mapping[str, Literal["save", "leave"]] = {"y": "save", "n": "leave"}
    return answers.get((character or "").lower(), sheet) if types(key, character) else None


def _area_key(sheet: Sheet, area: Area, key: str, character: str | None, room: Room) -> Outcome | None:
    if key in ("escape", "ctrl+g"):
        return replace(accepted(sheet), area=None)
    if key in TURNS:
        return _turned(sheet, TURNS[key])
    after = area.press(key, character, room.width, room.height)
    return None if after is None else with_area(sheet, after)


TURNS: Mapping[str, int] = {"tab": 1, "shift+tab": -1}
STEPS: Mapping[str, int] = {"up": -1, "down": 1, "enter": 1}


def _field_key(sheet: Sheet, key: str, character: str | None, room: Room) -> Outcome | None:
    entry = sheet.entry
    if key in TURNS:
        return _completing(sheet, TURNS[key]) or _turned(sheet, TURNS[key])
    if key in ("pageup", "pagedown"):
        return at_entry(accepted(sheet), sheet.at + (room.page if key == "pagedown" else -room.page))
    if entry is None and key in ("enter", "space"):
        return "save"
    if entry is not None and (after := _edited(sheet, entry, key, character, room)):
        return after
    return at_entry(accepted(sheet), sheet.at + STEPS[key]) if key in STEPS else None


def _turned(sheet: Sheet, step: int) -> Sheet:
    """The form at the next field (or the one before), from the last to the first."""
    return at_entry(accepted(sheet), (sheet.at + step) % (len(sheet.entries) + 1))


def _completing(sheet: Sheet, step: int) -> Sheet | None:
    """The form with the next candidate for the word in front of the cursor; None if there is nothing to complete."""
    entry = sheet.entry
    if entry is None or sheet.fresh or entry.choices or entry.is_long:
        return None
    found = sheet.completion or completed(sheet.by, entry.field, sheet.line)
    if found is None:
        return None
    turned = found.turned(step)
    return replace(with_line(sheet, turned.line), completion=None if len(turned.found) == 1 else turned)


def _edited(sheet: Sheet, entry: Entry, key: str, character: str | None, room: Room) -> Sheet | None:
    """The form after a key that changes the field one is at, or moves in it."""
    if key in entry.sides:
        return with_line(sheet, Line.of(entry.sides[key], sheet.line.killed))
    if entry.choices:
        return _choosing(sheet, entry, key, character)
    if entry.is_long:
        return _opening(sheet, key, character, room)
    line = sheet.line.press(key, character)
    return None if line is None else with_line(sheet, line, fresh=line.text == sheet.line.text)


def _opening(sheet: Sheet, key: str, character: str | None, room: Room) -> Sheet | None:
    """The form with the area open: Enter opens it, a character also goes in."""
    area = Area(sheet.line).scrolled(room.width, room.height)
    if key == "enter":
        return replace(sheet, area=area, said="")
    after = area.press(key, character, room.width, room.height) if types(key, character) else None
    return None if after is None else with_area(sheet, after)


def _choosing(sheet: Sheet, entry: Entry, key: str, character: str | None) -> Sheet | None:
    """The form after a key in a field with choices: a beginning narrows, arrows and Space go round, deleting clears."""
    if types(key, character) and (typed := _begun(entry, "" if sheet.fresh else entry.text, character or "")):
        return with_line(sheet, Line.of(typed))
    if key in ROUND:
        return replace(with_line(sheet, Line.of(_next_choice(entry, ROUND[key]))), fresh=True)
    if key in DELETES:
        return with_line(sheet, Line.of("" if sheet.fresh or key != "backspace" else entry.text[:-1]))
    return sheet if types(key, character) else None


ROUND: Mapping[str, int] = {"left": -1, "right": 1, "space": 1}
DELETES = frozenset({"backspace", "delete", "ctrl+u", "ctrl+w", "ctrl+d", "ctrl+h"})


def _begun(entry: Entry, so_far: str, character: str) -> str:
    """What was typed of a choice with one more character; the character alone if only that begins one; or ""."""

    def begins(typed: str) -> bool:
        return any(choice.lower().startswith(typed.lower()) for choice in entry.choices)

    return next((typed for typed in (so_far + character, character) if typed.strip() and begins(typed)), "")


def _next_choice(entry: Entry, step: int) -> str:
    """The choice after the one that stands there; none is one of them where nothing has to be chosen."""
    wheel = entry.choices if entry.field.required else (*entry.choices, "")
    now = full_choice(entry.field, entry.text) if entry.text else ""
    at = wheel.index(now) if now in wheel else (-1 if step > 0 else 0)
    return wheel[(at + step) % len(wheel)]


def pasted(sheet: Sheet, text: str, room: Room) -> Sheet:
    """The form with a pasted text in the field one is at, never taken for keys."""
    entry = sheet.entry
    if entry is None or sheet.leaving:
        return sheet
    if sheet.area is not None or entry.is_long:
        area = sheet.area or Area(sheet.line)
        return with_area(sheet, area.paste(text, room.width, room.height))
    line = Line(killed=sheet.line.killed) if entry.choices else sheet.line
    return with_line(sheet, line.paste(text))
