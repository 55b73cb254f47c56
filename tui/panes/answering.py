"""What a typed answer means before it is given: whether it can be read, what it stands for, what could complete it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from store.dates import relative
from store.errors import ManyViewError, UsageError
from store.fields import Field, Form
from store.typed import READERS
from tui.candidates import strangers
from tui.panes.editing import Line

Check = Callable[[Field, str, date], object]
"""Raises a ``ManyViewError`` for a text that cannot stand in a field; what it returns is not looked at."""
Lookup = Callable[[str], str | None]
"""The title of a record by its id; None if there is none."""
Candidates = Mapping[str, Sequence[str]]
"""What Tab offers, by the path of a field, or for all of a sort: ``people``, or a form such as ``record``."""


def read(one: Field, text: str, today: date) -> object:
    """The value of a text by the form of its field alone; None for no text.  Raises ``UsageError``."""
    if text.strip():
        return READERS[one.form](one, text, today)
    if one.required:
        raise UsageError(f"{one.label} cannot be empty.")
    return None


def _unknown(record_id: str) -> str | None:
    return None


# -------------------------------------------------------------------------------------------------------------- meaning


@dataclass(frozen=True)
class Interpreter:
    """Everything by which typed answers are understood."""

    today: date
    check: Check = read
    lookup: Lookup = _unknown
    candidates: Candidates = field(default_factory=lambda: MappingProxyType({}))

    def trouble(self, one: Field, text: str) -> str:
        """Why a text cannot stand in a field, in one line; "" if it can."""
        try:
            self.check(one, text, self.today)
        except ManyViewError as error:
            return " ".join(str(error).replace("Nothing was changed.", "").split())
        return ""

    def meaning(self, one: Field, text: str) -> str:
        """What a text is taken for where that is more than what was typed, and which people in it are new here.

        It is "" where there is neither, or the text cannot be read.
        """
        if not text.strip():
            return ""
        try:
            found = MEANINGS[one.form](self, one, text) if one.form in MEANINGS else ""
        except ManyViewError:
            return ""
        return " · ".join(filter(None, (found, strangers(one, text, self.offered(one)))))

    def offered(self, one: Field) -> Sequence[str]:
        """What can complete a word typed in a field."""
        names = (one.path, "people" if one.people else "", "record" if one.form == "lines" else one.form)
        return next((self.candidates[name] for name in names if name in self.candidates), ())


def _day(by: Interpreter, one: Field, text: str) -> str:
    day = READERS["date"](one, text, by.today)
    near = relative(day, by.today)
    if near == day.isoformat():
        weeks = abs((day - by.today).days) // 7
        near = f"in {weeks} w" if day > by.today else f"{weeks} w ago"
    return f"{day.isoformat()} {day:%a}, {near}"


def _titles(by: Interpreter, one: Field, text: str) -> str:
    found = [(record_id, by.lookup(record_id)) for record_id in re.findall(r"\b[A-Z]\d+\b", text.upper())]
    return " · ".join(f"{record_id} {title}" if title else f"there is no {record_id}" for record_id, title in found)


def _items(by: Interpreter, one: Field, text: str) -> str:
    items = READERS["list"](one, text, by.today)
    return f"{len(items)}: {' · '.join(items)}" if len(items) > 1 else ""


def _whole(by: Interpreter, one: Field, text: str) -> str:
    choice = full_choice(one, text)
    return choice if choice != text.strip() else ""


MEANINGS: Mapping[Form, Callable[[Interpreter, Field, str], str]] = {
    "date": _day,
    "record": _titles,
    "lines": _titles,
    "list": _items,
    "choice": _whole,
    "yes or no": _whole,
}

# -------------------------------------------------------------------------------------------------------------- choices

YES_OR_NO = ("yes", "no")


def choices_of(one: Field) -> tuple[str, ...]:
    """What a field lets one choose from; nothing where one types freely."""
    return YES_OR_NO if one.form == "yes or no" else one.choices


def full_choice(one: Field, text: str) -> str:
    """The choice a typed beginning stands for; the text itself where it stands for none, or for several."""
    typed = text.strip().lower()
    found = [choice for choice in choices_of(one) if choice.lower().startswith(typed)]
    exact = [choice for choice in found if choice.lower() == typed]
    return exact[0] if exact else found[0] if typed and len(found) == 1 else text


def mnemonics(choices: Sequence[str]) -> tuple[str, ...]:
    """A letter or digit for each choice, no two the same: its first where it can be had, else another; "" if none is left.

    First letters go first, so that ``ab ac cd`` gives c to ``cd``.
    """
    taken: dict[str, int] = {}
    for at, choice in enumerate(choices):
        if choice[:1].isalnum():
            taken.setdefault(choice[0].lower(), at)
    for at, choice in enumerate(choices):
        if at not in taken.values():
            free = (letter for letter in [*choice.lower(), *"1234567890"] if letter.isalnum() and letter not in taken)
            taken[next(free, "")] = at
    letters = {at: letter for letter, at in taken.items()}
    return tuple(letters.get(at, "") for at in range(len(choices)))


# ----------------------------------------------------------------------------------------------------------- completion


@dataclass(frozen=True, slots=True)
class Completion:
    """What could stand for the word in front of the cursor: ``found`` as shown, ``at`` the one put in, -1 for none yet."""

    typed: Line
    start: int
    found: tuple[str, ...]
    first_word: bool = False
    at: int = -1

    @property
    def line(self) -> Line:
        """The line with the chosen candidate in place of the word."""
        if self.at < 0:
            return self.typed
        chosen = self.found[self.at]
        put = chosen.split(" ", 1)[0] if self.first_word else chosen
        text = self.typed.text
        return Line(text[: self.start] + put + text[self.typed.cursor :], self.start + len(put), self.typed.killed)

    def turned(self, step: int) -> Completion:
        """The same with the next candidate (or the one before) put in."""
        at = (self.at + step) % len(self.found) if self.at >= 0 or step > 0 else len(self.found) - 1
        return Completion(self.typed, self.start, self.found, self.first_word, at)


WORDS = r"[^\s]*$"
"""What a completion replaces: the part of the text in front of the cursor that this matches."""
ITEMS = r"[^,;\n@\s][^,;\n]*$|$"
WHOLE = r"[^@\s][^\n]*$|$"
LINE = r"\S[^\n]*$"


def completion(line: Line, offered: Sequence[str], word: str = WORDS, *, first_word: bool = False) -> Completion | None:
    """What completes the word in front of the cursor; None for no word, no candidate, or one that is there already.

    Candidates that begin with the word come first, then those that hold it somewhere; ``first_word`` puts in only the id
    of ``M3 Title``.
    """
    found_word = re.search(word, line.text[: line.cursor])
    start = found_word.start() if found_word else line.cursor
    typed = line.text[start : line.cursor].lower()
    if not typed:
        return None
    ranked = sorted((one for one in offered if typed in one.lower()), key=lambda one: not one.lower().startswith(typed))
    if not ranked or any((one.split(" ", 1)[0] if first_word else one).lower() == typed for one in ranked):
        return None
    return Completion(line, start, tuple(ranked), first_word)


def completed(by: Interpreter, one: Field, line: Line) -> Completion | None:
    """What completes the word in front of the cursor in a field; as ``completion``."""
    words: Mapping[Form, str] = {"list": ITEMS, "lines": WORDS}
    return completion(line, by.offered(one), words.get(one.form, WHOLE), first_word=one.form in ("record", "lines"))
