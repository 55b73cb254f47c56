"""A form being filled in: its fields, where one is in them, what is answered, what others changed meanwhile; a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from store.fields import Field
from tui.clashing import OTHER_VERDICTS, both
from tui.command import Answers, Ask
from tui.panes.answering import Completion, Interpreter, choices_of, full_choice
from tui.panes.area import Area
from tui.panes.editing import Line

BOTH = "ctrl+o"
"""The key that takes what two people wrote."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: the text in it, the text that counts as unchanged, and what is wrong with it.

    ``theirs`` is what somebody else put there meanwhile, None where nobody did; ``mine`` what stood here then.  A blank
    line stands above what is ``apart``.
    """

    field: Field
    initial: str
    text: str
    error: str = ""
    theirs: str | None = None
    mine: str = ""
    apart: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether it would be answered."""
        return self.text != self.initial

    @property
    def is_long(self) -> bool:
        """Whether it is written in an area of several lines."""
        return self.field.form in ("long", "lines") or "\n" in self.text

    @property
    def choices(self) -> tuple[str, ...]:
        """What it lets one choose from."""
        return choices_of(self.field)

    @property
    def sides(self) -> Mapping[str, str]:
        """What can be chosen where somebody else put something there, too: key → text; theirs, mine, and both together."""
        if self.theirs is None:
            return {}
        together = both(self.field, self.theirs, self.mine)
        return {"left": self.theirs, "right": self.mine, **({BOTH: together} if together else {})}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The fields, and where one is in them; ``at`` is their number on the line that saves.

    ``line`` is the text of the field one is at, ``area`` the same where it is opened to several lines; ``fresh`` until
    something is typed in the field; ``leaving`` while it is asked what is to become of the changes; ``said`` is what the
    screen had to say about the last answers.
    """

    ask: Ask
    by: Interpreter
    entries: tuple[Entry, ...]
    at: int = 0
    line: Line = field(default_factory=Line)
    area: Area | None = None
    fresh: bool = True
    completion: Completion | None = None
    leaving: bool = False
    said: str = ""

    @property
    def entry(self) -> Entry | None:
        """The field one is at; None on the line that saves."""
        return self.entries[self.at] if self.at < len(self.entries) else None

    @property
    def changes(self) -> Mapping[str, str]:
        """The path and text of every field that was changed."""
        return {entry.field.path: entry.text for entry in self.entries if entry.is_changed}


def opened(ask: Ask, by: Interpreter) -> Sheet:
    """The form as it opens, at its first field or the one that is wanted first."""
    entries = tuple(Entry(one.field, one.initial, one.initial, apart=one.apart) for one in ask.questions)
    first = next((at for at, entry in enumerate(entries) if entry.field.path == ask.first), 0)
    return at_entry(Sheet(ask, by, entries), first)


# ---------------------------------------------------------------------------------------------------------------- steps


def at_entry(sheet: Sheet, at: int) -> Sheet:
    """The form at another field, with nothing open in it."""
    at = min(max(at, 0), len(sheet.entries))
    text = sheet.entries[at].text if at < len(sheet.entries) else ""
    return replace(
        sheet, at=at, line=Line.of(text, sheet.line.killed), area=None, fresh=True, completion=None, leaving=False, said=""
    )


def accepted(sheet: Sheet) -> Sheet:
    """The form with the field one is at read: a beginning becomes the whole choice, what cannot be read is marked."""
    entry = sheet.entry
    if entry is None:
        return sheet
    text = full_choice(entry.field, entry.text) if entry.choices and entry.text.strip() else entry.text
    read = replace(entry, text=text)
    return _with(sheet, replace(read, error=sheet.by.trouble(entry.field, text) if read.is_changed else ""))


def _with(sheet: Sheet, entry: Entry) -> Sheet:
    return replace(sheet, entries=(*sheet.entries[: sheet.at], entry, *sheet.entries[sheet.at + 1 :]))


def with_line(sheet: Sheet, line: Line, *, fresh: bool = False) -> Sheet:
    """The form with another text in the field one is at."""
    entry = sheet.entry
    if entry is None:
        return sheet
    changed = _with(sheet, replace(entry, text=line.text, error="" if line.text != entry.text else entry.error))
    return replace(changed, line=line, fresh=fresh and sheet.fresh, completion=None, said="")


def with_area(sheet: Sheet, area: Area) -> Sheet:
    """The form with another text in its area."""
    return replace(with_line(sheet, area.line), area=area)


def saved(sheet: Sheet) -> Sheet | Answers:
    """The answers; or the form at the first field that cannot be read, with every such field marked."""
    sheet = accepted(sheet)
    entries = tuple(replace(entry, error=_trouble(sheet, entry)) for entry in sheet.entries)
    bad = next((at for at, entry in enumerate(entries) if entry.error), None)
    if bad is not None:
        return at_entry(replace(sheet, entries=entries), bad)
    return {entry.field.path: entry.text for entry in entries} if sheet.ask.anyway else sheet.changes


def _trouble(sheet: Sheet, entry: Entry) -> str:
    """Why an entry cannot be saved; what stood there before is only looked at where something must stand."""
    if entry.is_changed or sheet.ask.anyway or (entry.field.required and not entry.text.strip()):
        return sheet.by.trouble(entry.field, entry.text)
    return ""


def restored(sheet: Sheet, texts: Mapping[str, str], stood: Mapping[str, str] = MappingProxyType({})) -> Sheet:
    """The form with texts put back into its fields; paths it does not have are left out.

    ``stood`` is what a field said when its text was typed: what somebody else put there since is theirs, to choose from.
    """
    entries = tuple(
        _put_back(entry, texts[entry.field.path], stood.get(entry.field.path, entry.initial))
        if entry.field.path in texts
        else entry
        for entry in sheet.entries
    )
    return at_entry(replace(sheet, entries=entries), sheet.at)


def _put_back(entry: Entry, text: str, stood: str) -> Entry:
    typed = replace(entry, text=text)
    return typed if entry.initial in ("", text, stood) else replace(typed, theirs=entry.initial, mine=text)


def clashed(sheet: Sheet, theirs: Mapping[str, str]) -> Sheet:
    """The form after others changed fields meanwhile: path → their text.  It goes to the first that both changed.

    A field that was not changed here takes theirs; one they left as it was keeps mine; what is left is to be chosen.
    """
    entries = tuple(
        _clashing(entry, theirs[entry.field.path]) if entry.field.path in theirs else entry for entry in sheet.entries
    )
    first = next((at for at, entry in enumerate(entries) if entry.theirs is not None), sheet.at)
    return at_entry(replace(sheet, entries=entries), first)


def _clashing(entry: Entry, theirs: str) -> Entry:
    if not entry.is_changed or entry.text == theirs:
        return replace(entry, initial=theirs, text=theirs)
    if theirs == entry.initial:
        return entry
    if entry.field.path == OTHER_VERDICTS:  # theirs holds lines of mine, too: taken or not, it is an answer
        return replace(entry, theirs=theirs, mine=entry.text)
    return replace(entry, initial=theirs, theirs=theirs, mine=entry.text)
