"""A form as lines: title, one row a field, the area of a long text below them, two lines about the field one is at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tui.panes.answering import completed
from tui.panes.area import Area
from tui.panes.editing import window
from tui.panes.filling import Room
from tui.panes.prompting import candidates
from tui.panes.sheet import BOTH, Entry, Sheet
from tui.panes.typed import CARET, Spans, cut_spans, typed_spans
from tui.shapes import Span
from tui.text import cut, fit, width_of, wrapped

GUTTER = 2
"""Cells in front of a label: where one is, and what is the matter with the field."""
ABOUT = 2
"""Lines at the bottom about the field one is at; one more where there is room."""
ROOMY = 20
"""From how many lines on a form has that room."""
MOST_NOTE = 3
SHORT = 6
"""Up to how many lines a form has no room for a note."""
SIDES: Mapping[str, str] = {"left": "← theirs", "right": "→ mine", BOTH: "ctrl+o both"}
"""Key → which of two people's texts it takes."""
LEAVE = "Keep the changes?  y saves · n throws away · Escape goes on"


@dataclass(frozen=True, slots=True)
class Plan:
    """How the lines of a form are shared out."""

    width: int
    label: int
    note: tuple[str, ...]
    body: int
    area: int
    about: int = ABOUT

    @property
    def room(self) -> Room:
        """What the keys have to know of it."""
        return Room(max(self.width - GUTTER, 2), max(self.area - 1, 1), max(self.body - 1, 1))


def planned(sheet: Sheet, width: int, height: int) -> Plan:
    """The plan for so many cells; the area is planned even while none is open."""
    longest = max((width_of(entry.field.label) for entry in sheet.entries), default=0)
    label = min(longest, max(width * 9 // 20, 8))
    note = _note(sheet.ask.note, width, min(max(MOST_NOTE, height // 3), max(height - SHORT, 0)))
    about = ABOUT + (height >= ROOMY)
    left = max(height - 1 - len(note) - about, 1)
    area = max(left // 2, min(2, left))
    return Plan(width, label, note, left - (area if sheet.area is not None else 0), area, about)


def _note(text: str, width: int, most: int) -> tuple[str, ...]:
    """The lines of a note: a text is wrapped, of a list each line is cut, and the last one says how many there are more."""
    lines = text.splitlines()
    if len(lines) < 2:
        return tuple(wrapped(text, width)[: min(MOST_NOTE, most)]) if text else ()
    if len(lines) > most > 1:
        lines = [*lines[: most - 1], f"… and {len(lines) - most + 1} more to look at: many checkin shows all of it"]
    return tuple(cut(line, width) for line in lines[:most])


def scrolled(sheet: Sheet, plan: Plan, top: int) -> int:
    """The first row to show: the same as before while what one is at shows, else as puts it in the middle."""
    rows = list(_rows(sheet))
    at = [y for y, (index, _) in enumerate(rows) if index == sheet.at]
    if top > at[0] or at[-1] >= top + plan.body:
        top = at[0] - plan.body // 2
    return min(max(top, 0), max(len(rows) - plan.body, 0))


def drawn(sheet: Sheet, plan: Plan, top: int) -> list[Spans]:
    """Every line of the form, from the top."""
    lines = [_title(sheet, plan), *((Span(line, "info"),) for line in plan.note)]
    rows = list(_rows(sheet))[top : top + max(plan.body, 0)]
    lines += [_row(sheet, index, part, plan) for index, part in rows]
    lines += [()] * (plan.body - len(rows))
    if sheet.area is not None:
        lines += _area(sheet, sheet.area, plan)
    return [*lines, *_about(sheet, plan)]


def _rows(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The rows in order: the index of the field, and which of its rows."""
    for index, entry in enumerate(sheet.entries):
        if entry.apart and index:
            yield index, "blank"
        yield index, "field"
        for key in entry.sides:
            yield index, key
    yield len(sheet.entries), "save"


def _title(sheet: Sheet, plan: Plan) -> Spans:
    changed, fields = len(sheet.changes), len(sheet.entries)
    place = f"{sheet.at + 1}/{fields}" if sheet.at < fields and fields > 1 else ""
    count = "  ".join(filter(None, (f"{changed} changed" if changed else "", place)))
    title = fit(sheet.ask.title, max(plan.width - width_of(count) - 1, 1))
    return cut_spans((Span(title, "title"), Span(" " + count, "dim")), plan.width)


# ----------------------------------------------------------------------------------------------------------------- rows


def _row(sheet: Sheet, index: int, part: str, plan: Plan) -> Spans:
    if part == "save":
        button = Span("[ Save ]", CARET if sheet.at == index else "text")
        return cut_spans((Span(" " * (GUTTER + plan.label + 1)), button), plan.width)
    if part == "blank":
        return ()
    entry = sheet.entries[index]
    if part != "field":
        return _side(entry, part, plan)
    current = sheet.at == index
    label = Span(fit(entry.field.label, plan.label) + " ", _label_token(entry, current))
    room = plan.width - GUTTER - plan.label - 1
    mark = _mark(entry)._replace(token=label.token) if current else _mark(entry)  # one style is sent with every character
    return (Span("›" if current else " ", label.token), mark, label, *_value(sheet, entry, current, room))


def _label_token(entry: Entry, current: bool) -> str:
    return "accent" if current else "field" if entry.text else "dim"


def _mark(entry: Entry) -> Span:
    """What is the matter with a field: it cannot be read, others changed it too, it was changed."""
    if entry.error:
        return Span("!", "error")
    if entry.theirs is not None:
        return Span("≠", "warn")
    return Span("*", "mark") if entry.is_changed else Span(" ")


def _side(entry: Entry, part: str, plan: Plan) -> Spans:
    """One of the values of which one is to be chosen."""
    value = entry.sides[part]
    taken = entry.text == value
    name = f"{'●' if taken else '○'} {SIDES[part]}: "
    indent = " " * (GUTTER + 2)
    room = max(plan.width - width_of(indent + name), 0)
    return (Span(indent + name, "text" if taken else "dim"), Span(cut(_first(value), room), "text" if taken else "dim"))


def _value(sheet: Sheet, entry: Entry, current: bool, room: int) -> Spans:
    if room < 1:
        return ()
    if current and sheet.area is not None:
        return (Span(cut("(below)", room), "dim"),)
    if not current:
        return (Span(cut(_first(entry.text), room), "bad" if entry.error else "text"),)
    if entry.is_long:
        return typed_spans(window(_first(entry.text), 0, room), room)
    return typed_spans(window(sheet.line.text, sheet.line.cursor, room), room)


def _first(text: str) -> str:
    """The first line of a text, and a sign where there are more."""
    first, more, _ = text.strip("\n").partition("\n")
    return f"{first} …" if more else first


def _area(sheet: Sheet, area: Area, plan: Plan) -> list[Spans]:
    """The lower half: whose text it is, and its rows."""
    label = sheet.entry.field.label if sheet.entry else ""
    room = plan.room
    rows = [(Span(" " * GUTTER), *typed_spans(seen, room.width)) for seen in area.view(room.width, room.height)]
    heading = fit(f"── {label} " + "─" * plan.width, plan.width).replace("…", "─")
    return [(Span(heading, "accent"),), *rows, *([()] * (room.height - len(rows)))][-plan.area :]


# ------------------------------------------------------------------------------------------------------ about the field


def _about(sheet: Sheet, plan: Plan) -> list[Spans]:
    """The lines at the bottom: what the field is, then what matters most now; a long refusal takes the room of both."""
    said = wrapped(sheet.said, plan.width) if sheet.said and not sheet.leaving else []
    if len(said) > 1:
        return [(Span(line, "error"),) for line in _held(said, plan.about, plan.width)]
    described = wrapped(_description(sheet, plan), plan.width)
    lines: list[Spans] = [(Span(line, "dim"),) for line in _held(described, plan.about - 1, plan.width)]
    return [*lines, cut_spans(_remark(sheet, plan.width), plan.width)]


def _held(lines: list[str], count: int, width: int) -> list[str]:
    """So many lines: blank ones above where there are fewer, the last one cut where there are more."""
    last = cut(" ".join(lines[count - 1 :]), width)
    return [*[""] * (count - len(lines)), *lines[: count - 1], *([last] if len(lines) >= count else [])]


def _description(sheet: Sheet, plan: Plan) -> str:
    """What the field one is at is, with its whole name where that is cut in its row."""
    entry = sheet.entry
    if entry is None:
        changed = len(sheet.changes)
        return f"Saves {changed} changed field{'s' if changed != 1 else ''}" if changed else "Nothing is changed yet"
    name = entry.field.label if width_of(entry.field.label) > plan.label else ""
    needed = "required" if entry.field.required else ""
    hint = "" if _is_hinted_below(sheet, entry) else entry.field.hint
    return " · ".join(part for part in (name, entry.field.description, hint, needed) if part)


def _is_hinted_below(sheet: Sheet, entry: Entry) -> bool:
    """Whether the last line has room for the hint: so it is read also where the description is long."""
    quiet = not (sheet.said or sheet.leaving or entry.error or entry.sides or sheet.by.meaning(entry.field, entry.text))
    return quiet and entry.is_long and sheet.area is None


def _remark(sheet: Sheet, width: int) -> Spans:
    """What matters most now: the question on leaving, what was refused, what could be put in, what the text means."""
    if sheet.leaving:
        return (Span(LEAVE, "warn"),)
    if sheet.said:
        return (Span(sheet.said, "error"),)
    entry = sheet.entry
    if entry is None:
        return (Span("Enter saves · Escape leaves", "dim"),)
    if entry.theirs is not None:
        taken = "  ".join(SIDES[key] for key in entry.sides)
        return (Span(f"Somebody else changed this too:  {taken}  or type", "warn"),)
    if entry.choices:
        return _choices(sheet, entry)
    found = None if sheet.fresh or entry.is_long else sheet.completion or completed(sheet.by, entry.field, sheet.line)
    return candidates(found, width) if found else _reading(sheet, entry, width)


def _reading(sheet: Sheet, entry: Entry, width: int) -> Spans:
    error = entry.error or (sheet.by.trouble(entry.field, entry.text) if entry.is_changed and entry.text.strip() else "")
    if error:
        return (Span(error, "error"),)
    if sheet.area is not None:
        return (Span("Enter starts a new line · Escape leaves the text · Tab goes on", "dim"),)
    if meaning := sheet.by.meaning(entry.field, entry.text):
        return (Span(meaning, "info"),)
    if not entry.is_long:
        return (Span("Enter goes on · ^s saves · Escape leaves", "dim"),)
    opens = "Enter opens the text"
    whole = f"{opens} · {entry.field.hint}" if entry.field.hint else opens
    return (Span(whole if width_of(whole) <= width else entry.field.hint, "dim"),)


def _choices(sheet: Sheet, entry: Entry) -> Spans:
    """The choices, those that what was typed could still become brighter, the one that stands there under the caret."""
    typed = entry.text.strip().lower()
    spans: list[Span] = [Span(f"{entry.error}  ", "error")] if entry.error else []
    for choice in entry.choices:
        taken = choice.lower() == typed
        open_still = sheet.fresh or choice.lower().startswith(typed)
        spans += [Span(choice, CARET if taken else "text" if open_still else "faint"), Span("  ")]
    return (*spans, Span("Space goes round", "dim"))
