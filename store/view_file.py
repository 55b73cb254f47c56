"""Saved views in a TOML file that people edit too: read, checked line by line, and changed without touching the rest."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import Any, NamedTuple

from store.disk.files import reason, write_all
from store.errors import ManyViewError
from store.quoting import quoted
from store.views import NOTHING, Misformed, Place, SavedView, document_of, view_of


class Views(NamedTuple):
    """The views of one place, and what is wrong with those that cannot be used, as sentences; ``text`` is what was read.

    ``source`` names the place to people.
    """

    views: Mapping[str, SavedView] = NOTHING
    problems: tuple[str, ...] = ()
    text: str = ""
    source: str = ""
    unreadable: bool = False
    """Whether nothing at all could be read, so that nothing may be written over it."""

    def complaint(self, name: str, place: Place, reason: str) -> str:
        """A sentence of what is wrong with a part of a view, and on which line of the text it stands."""
        line = line_of(self.text, (name, *place))
        where = f"{self.source} line {line}" if line else self.source
        end = "" if reason.endswith((".", "?")) else "."
        return f"{where}: {quoted('.'.join((name, *place)), 80)}: {quoted(reason, 300)}{end}"


def read(text: str, source: str) -> Views:
    """The views that a TOML text holds; one that cannot be used does not keep the others from being used."""
    try:
        return _sorted_out(tomllib.loads(text), text, source)
    except tomllib.TOMLDecodeError as error:
        return _broken(f"{source} is not TOML: {quoted(str(error), 160)}. No view of it can be used.", source)


def _broken(problem: str, source: str) -> Views:
    return Views(problems=(problem,), source=source, unreadable=True)


def shared(documents: Mapping[str, Any], source: str = "the shared views") -> Views:
    """The views that the settings of a workspace hold (``Settings.views``)."""
    return _sorted_out(documents, "", source)


def _sorted_out(documents: Mapping[str, Any], text: str, source: str) -> Views:
    known: dict[str, SavedView] = {}
    problems = []
    blank = Views(text=text, source=source)
    for name, document in documents.items():
        try:
            known[name] = view_of(name, document)
        except Misformed as error:
            problems.append(blank.complaint(name, error.place, error.reason))
    return Views(MappingProxyType(known), tuple(problems), text, source)


LIST = re.compile(r"\[\n((?:    [^\n]*,\n)+)\]")
ITEM = re.compile(r"    ([^\n]*),\n")
HEADER = re.compile(r"\s*\[(?!\[)")
KEY = re.compile(r"""\s*(?:[\w\-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w\-]+|"[^"]*"|'[^']*'))*\s*=""")


def _lines(text: str) -> Iterator[tuple[int, Place]]:
    """Every line that names something: its number from 1, and the way to what it names."""
    table: Place = ()
    for number, line in enumerate(text.split("\n"), 1):
        if HEADER.match(line) and (path := _path(line)):
            table = path
            yield number, path
        elif (found := KEY.match(line)) and (path := _path(found[0] + " 0")):
            yield number, (*table, *path)


def _path(line: str) -> Place:
    """The names that a line leads through, by TOML's own rules; none for a line that is not TOML by itself."""
    try:
        inside: object = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    names: list[str] = []
    while isinstance(inside, dict) and len(inside) == 1:
        names += inside
        inside = inside[names[-1]]
    return tuple(names)


def line_of(text: str, place: Place) -> int:
    """The number of the line a place stands on, or of the nearest thing around it; 0 where nothing of it is there."""
    best, found = 0, 0
    for number, path in _lines(text):
        along = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(path, place, strict=False)))
        if along > best:
            best, found = along, number
    return found


def with_view(text: str, view: SavedView) -> str:
    """The text with a view put in, or in the place of the one of that name; what else stands there stays as it is."""
    rest = without_view(text, view.name).rstrip("\n")
    return (rest + "\n\n" if rest else "") + as_toml(view)


def as_toml(view: SavedView) -> str:
    """A view as the text of its tables, each list on one line, as people write it."""
    import tomli_w

    def on_one_line(found: re.Match[str]) -> str:
        return f"[{', '.join(ITEM.findall(found[1]))}]"

    return LIST.sub(on_one_line, tomli_w.dumps({view.name: document_of(view)}))


def without_view(text: str, name: str) -> str:
    """The text without the tables of a view; the comments within them go with it.

    Raises ``ManyViewError`` where it is written in a way that cannot be taken out line by line.
    """
    owners = {number: path[0] for number, path in _lines(text)}
    kept, owner = [], ""
    for number, line in enumerate(text.split("\n"), 1):
        owner = owners.get(number, owner)
        if owner != name:
            kept.append(line)
    rest = "\n".join(kept)
    wanted = {one: document for one, document in tomllib.loads(text).items() if one != name}
    if not _says(rest, wanted):
        raise ManyViewError(f"The view {quoted(name)} is written in a way that only an editor can change.")
    return rest


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


# --------------------------------------------------------------------------------------------------- the person's own file


def load(path: str) -> Views:
    """A person's own views; none where there is no file.  What cannot be read is among the problems."""
    shown = quoted(path, 300)
    try:
        with open(path, encoding="utf-8") as file:
            return read(file.read(), shown)
    except FileNotFoundError:
        return Views(source=shown)
    except UnicodeDecodeError:
        return _broken(f"{shown} is not UTF-8. No view of it can be used.", shown)
    except OSError as error:
        return _broken(f"{shown} cannot be read: {reason(error)}.", shown)


def save(path: str, view: SavedView) -> bool:
    """Put a view into a person's own file; whether one of that name stood there before.  Raises ``ManyViewError``."""
    known = _writable(path)
    _write(path, with_view(known.text, view))
    return view.name in tomllib.loads(known.text)


def drop(path: str, name: str) -> bool:
    """Take a view out of a person's own file; whether it was there.  Raises ``ManyViewError``."""
    known = _writable(path)
    if name not in tomllib.loads(known.text):
        return False
    _write(path, without_view(known.text, name))
    return True


def _writable(path: str) -> Views:
    """What stands in the file.  Raises where it cannot be read: nobody's own words are written over."""
    known = load(path)
    if known.unreadable:
        raise ManyViewError(f"{known.problems[0]} Nothing was changed.\nMend it first: $EDITOR {quoted(path, 300)}")
    return known


def _write(path: str, text: str) -> None:
    """Replace the file at once; nothing is changed where that fails."""
    tomllib.loads(text)  # a fault of ours must not cost anybody's views
    beside = f"{path}.{os.getpid()}.new"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            write_all(descriptor, text.encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(beside, os.path.realpath(path))
    except OSError as error:
        raise ManyViewError(f"{quoted(path, 300)} cannot be written: {reason(error)}. Nothing was changed.") from None


def names(places: Sequence[Views]) -> tuple[str, ...]:
    """The names of all views, each once, in the order of the alphabet."""
    return tuple(sorted({name for one in places for name in one.views}, key=str.casefold))
