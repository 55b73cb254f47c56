"""What a reader hands over: drafts of records, arrows between them, and what it could not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from store.model import Record
from store.parts import LinkKind
from store.quoting import quoted

STAMPS = frozenset({"created", "created_by", "entered", "updated", "updated_by"})
"""Fields the workspace writes itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was found: the path the person gave and every byte of it."""

    path: str
    data: bytes

    @property
    def name(self) -> str:
        """The file's name without its folders; what identities are made of, so that a moved file is still known."""
        return self.path.replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def shown(self) -> str:
        """The path as a message may repeat it."""
        return quoted(self.path, 200)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that a person should know, and where; prints as ``file:line: message``.

    ``line`` counts from 1; 0 means the file as a whole.
    """

    source: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.line else self.source
        return f"{quoted(place, 200)}: {quoted(self.message, 600)}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as a file describes it; ``record.source`` says which one it is, at every import anew.

    ``record.id`` is the id it has in the file, if it has one: references of other drafts to it follow it to its new number.
    ``in_body`` names the columns or sections that no field holds.  A ``shared`` draft is only a name for something that may
    exist already: a record of its kind with the same headline stands in for it.
    """

    record: Record
    path: str = ""
    line: int = 0
    in_body: tuple[str, ...] = ()
    shared: bool = False

    @property
    def source(self) -> str:
        return self.record.source


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link from the record of one source to that of another; ``otherwise`` is reported when either is not found."""

    tail: str
    kind: LinkKind
    head: str
    primary: bool = False
    otherwise: Problem | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """Everything a reader understood, and what it did not.

    ``explained`` says how the files were read (which column went where), ``notes`` what was concluded rather than read,
    ``problems`` what could not be read as meant.  ``keep`` is the text of a TOML file with the options that were used.
    """

    drafts: tuple[Draft, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    explained: tuple[str, ...] = ()
    keep: str = field(default="", repr=False)


def together(parts: Iterable[Imported]) -> Imported:
    """Several readings as one, in order."""
    read = tuple(parts)
    return Imported(
        tuple(draft for part in read for draft in part.drafts),
        tuple(arrow for part in read for arrow in part.arrows),
        tuple(problem for part in read for problem in part.problems),
        tuple(note for part in read for note in part.notes),
        tuple(line for part in read for line in part.explained),
        next((part.keep for part in read if part.keep), ""),
    )


def at_lines(lines: Iterable[int]) -> tuple[int, str]:
    """The first of some lines, and " (and on 3 more lines: 5, 7, 9)" for the others, the first few by number."""
    first, *others = dict.fromkeys(lines)
    if not others:
        return first, ""
    listed = ", ".join(map(str, others[:5])) + (", …" if len(others) > 5 else "")
    return first, f" (and on {counted(len(others), 'more line')}: {listed})"


def counted(number: int, noun: str, plural: str = "") -> str:
    """ "1 bet", "42 bets"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def apart(sources: Iterable[str]) -> list[str]:
    """The names with ``~2``, ``~3``, … behind each that was there before, so that all differ."""
    taken: set[str] = set()
    names = []
    for source in sources:
        name, count = source, 1
        while name in taken:
            count += 1
            name = f"{source}~{count}"
        taken.add(name)
        names.append(name)
    return names
