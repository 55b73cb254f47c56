"""Text being typed in a line, with readline's keys, as a value without any terminal behind it.

A key gives a new value, or None where it means nothing here, so that whoever holds the text decides about the rest.
Texts are kept as they were typed; what is shown of them goes through ``tui.text.safe``, character by character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from rich.cells import set_cell_size

from tui.text import ELLIPSIS, safe, width_of

LINE_END = "␤"
"""How a line end shows in a single line."""

# ------------------------------------------------------------------------------------------------ characters and their cells


class Cluster(NamedTuple):
    """One character with its combining marks: where it starts in the text, what is shown for it, its cells."""

    start: int
    shown: str
    width: int


@lru_cache(maxsize=4096)
def _sign(character: str) -> tuple[str, int]:
    """What is shown for one character, and its cells: none for a mark on the character in front."""
    shown = LINE_END if character == "\n" else safe(character)
    return shown, width_of(shown)


def clusters(text: str) -> list[Cluster]:
    """The characters of a text as the cursor steps over them; a mark with no character in front stands on a blank."""
    found: list[Cluster] = []
    for start, character in enumerate(text):
        shown, width = _sign(character)
        if width:
            found.append(Cluster(start, shown, width))
        elif found:
            found[-1] = found[-1]._replace(shown=found[-1].shown + shown)
        else:
            found.append(Cluster(start, f" {shown}", 1))
    return found


def before(text: str, at: int) -> int:
    """Where the character in front of a place starts."""
    at = max(at - 1, 0)
    while at > 0 and not _sign(text[at])[1]:
        at -= 1
    return at


def after(text: str, at: int) -> int:
    """Where the character at a place ends."""
    at = min(at + 1, len(text))
    while at < len(text) and not _sign(text[at])[1]:
        at += 1
    return at


# ------------------------------------------------------------------------------------------------------- what is seen of it


class Window(NamedTuple):
    """What is shown of a line: the part in front of the cursor, what the cursor covers, the rest.

    ``at`` is a blank where the cursor stands behind the text, and empty where it is on another line.
    """

    before: str
    at: str
    after: str


def window(text: str, cursor: int, width: int) -> Window:
    """What a field of ``width`` cells (at least 1) shows of a line: its start, or the stretch around the cursor.

    It moves on by a third of its width at a time, so that most keys change few cells; an ellipsis stands where text is cut.
    """
    seen = clusters(text)
    column = sum(cluster.width for cluster in seen[: index_of(seen, cursor, text)])
    last, step = max(width - 2, 1), max(width // 3, 1)
    start = 0 if column < last else ((column - last) // step + 1) * step
    return seen_of(seen, index_of(seen, cursor, text), start, width)


def index_of(seen: list[Cluster], cursor: int, text: str) -> int:
    """Which cluster the cursor covers; their number where it stands behind the text."""
    if cursor >= len(text):
        return len(seen)
    return sum(cluster.start <= cursor for cluster in seen) - 1


MARKED = 6
"""From how many cells on an ellipsis says that text is cut; below, it would take the cursor's place."""


def seen_of(seen: list[Cluster], covered: int | None, start: int, width: int) -> Window:
    """What shows of some clusters from the cell ``start`` on, with the cursor over one of them, behind all, or elsewhere."""
    behind = covered == len(seen)
    cut = width >= MARKED and sum(cluster.width for cluster in seen) + behind > start + width
    left = start + (1 if start and width >= MARKED else 0)
    right = start + width - cut - behind
    parts = ["", "" if covered is None else " ", ""]
    column = 0
    for index, cluster in enumerate(seen):
        shown = _between(cluster, column, left, right)
        column += cluster.width
        if index == covered:
            parts[1] = shown or " "
        else:
            parts[2 if covered is not None and index > covered else 0] += shown
    return Window((ELLIPSIS if left > start else "") + parts[0], parts[1], parts[2] + (ELLIPSIS if cut else ""))


def _between(cluster: Cluster, column: int, left: int, right: int) -> str:
    """The part of a cluster at ``column`` that lies between two cells."""
    if left <= column and column + cluster.width <= right:
        return cluster.shown
    if column >= right or column + cluster.width <= left:
        return ""
    if column < left:
        return " " * (min(column + cluster.width, right) - left)
    return set_cell_size(cluster.shown, right - column)


# ----------------------------------------------------------------------------------------------------------------- a line


@dataclass(frozen=True, slots=True)
class Line:
    """A text and the place of the cursor in it, from 0 to its length; ``killed`` is what ctrl+y puts back.

    Where the text holds line ends, home, end and the kills keep to the line the cursor is in.
    """

    text: str = ""
    cursor: int = 0
    killed: str = ""

    @classmethod
    def of(cls, text: str, killed: str = "") -> Line:
        """A text with the cursor behind it."""
        return cls(text, len(text), killed)

    def press(self, key: str, character: str | None) -> Line | None:
        """The line after a key (Textual's name of it, and the character it types); None if it means nothing here."""
        if key in KEYS:
            return KEYS[key](self)
        return self.insert(character) if character and types(key, character) else None

    def insert(self, text: str) -> Line:
        """The line with a text put in at the cursor, which then stands behind it."""
        return replace(self, text=self.text[: self.cursor] + text + self.text[self.cursor :], cursor=self.cursor + len(text))

    def paste(self, text: str, *, lines: bool = False) -> Line:
        """The line with a pasted text put in; its line ends become blanks unless the field takes several ``lines``."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return self.insert(text if lines else text.strip("\n").replace("\n", " "))

    def to(self, cursor: int) -> Line:
        """The line with the cursor elsewhere."""
        return replace(self, cursor=min(max(cursor, 0), len(self.text)))

    @property
    def start(self) -> int:
        """Where the line the cursor is in starts."""
        return self.text.rfind("\n", 0, self.cursor) + 1

    @property
    def end(self) -> int:
        """Where the line the cursor is in ends, in front of its line end."""
        found = self.text.find("\n", self.cursor)
        return len(self.text) if found < 0 else found


def types(key: str, character: str | None) -> bool:
    """Whether a key types its character: it is no control character, and nothing but shift is held with it."""
    if not character or len(character) != 1 or unicodedata.category(character) == "Cc":
        return False
    return not any(f"{held}+" in key for held in ("alt", "ctrl", "super", "hyper", "meta"))


def after_escape(key: str, character: str | None) -> str | None:
    """The key that followed Escape, if what arrived is alt and a character that means nothing here; else None.

    Without the kitty protocol a terminal sends the same for both, and people leave a field far more often.
    """
    if not key.startswith("alt+") or key in KEYS:
        return None
    name = key.rpartition("+")[2]
    typed = character or (name.upper() if "shift+" in key else name)
    return typed if len(typed) == 1 else None


def _word_before(line: Line) -> int:
    """Where the word of letters and digits in front of the cursor starts."""
    found = list(re.finditer(r"\w+", line.text[: line.cursor]))
    return found[-1].start() if found else 0


def _word_after(line: Line) -> int:
    """Where the word of letters and digits behind the cursor ends."""
    found = re.compile(r"\w+").search(line.text, line.cursor)
    return found.end() if found else len(line.text)


def _blank_before(line: Line) -> int:
    """Where the word in front of the cursor starts, as blanks part words."""
    found = list(re.finditer(r"\S+", line.text[: line.cursor]))
    return found[-1].start() if found else 0


Place = Callable[[Line], int]


def _move(place: Place) -> Callable[[Line], Line]:
    return lambda line: line.to(place(line))


def _delete(place: Place) -> Callable[[Line], Line]:
    """Take out what lies between the cursor and a place."""

    def delete(line: Line) -> Line:
        first, last = sorted((line.cursor, place(line)))
        return replace(line, text=line.text[:first] + line.text[last:], cursor=first)

    return delete


def _kill(place: Place) -> Callable[[Line], Line]:
    """Take out what lies between the cursor and a place, and keep it for ctrl+y."""

    def kill(line: Line) -> Line:
        first, last = sorted((line.cursor, place(line)))
        return replace(_delete(place)(line), killed=line.text[first:last] or line.killed)

    return kill


def _left(line: Line) -> int:
    return before(line.text, line.cursor)


def _right(line: Line) -> int:
    return after(line.text, line.cursor)


def _start(line: Line) -> int:
    return line.start


def _end(line: Line) -> int:
    return line.end


def _rest(line: Line) -> int:
    """The end of the line, or its line end when the cursor stands there already."""
    return line.end if line.cursor < line.end else min(line.end + 1, len(line.text))


def _keys(*rows: tuple[str, Callable[[Line], Line]]) -> Mapping[str, Callable[[Line], Line]]:
    return {key: edit for keys, edit in rows for key in keys.split()}


KEYS: Mapping[str, Callable[[Line], Line]] = _keys(
    ("left ctrl+b", _move(_left)),
    ("right ctrl+f", _move(_right)),
    ("home ctrl+a", _move(_start)),
    ("end ctrl+e", _move(_end)),
    ("alt+b ctrl+left alt+left", _move(_word_before)),
    ("alt+f ctrl+right alt+right", _move(_word_after)),
    ("backspace ctrl+h shift+backspace", _delete(_left)),
    ("delete ctrl+d", _delete(_right)),
    ("ctrl+k", _kill(_rest)),
    ("ctrl+u", _kill(_start)),
    ("ctrl+w", _kill(_blank_before)),
    ("alt+backspace ctrl+backspace", _kill(_word_before)),
    ("alt+d ctrl+delete", _kill(_word_after)),
    ("ctrl+y", lambda line: line.insert(line.killed)),
)
"""Keys, by Textual's names, and what they do to a line.  alt+b and alt+f arrive as ctrl+left and ctrl+right too."""
