"""A format: one name, how its files are read and written, and the only place where import touches the file system."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from store.disk.files import reason
from store.errors import NotFound, UsageError
from store.exchange.imported import Imported, Problem, Source
from store.model import KINDS, Record
from store.quoting import quoted
from store.records import Records

Reader = Callable[[Sequence[Source], Sequence[str], str], Imported]
"""Files, options as words ``name=value``, and the text of a file of options kept from last time ("" for none)."""
Writer = Callable[[Sequence[Record]], str]
FilesWriter = Callable[[Sequence[Record]], Mapping[str, str]]
"""File name → text, for formats that are a folder of files; the names are made here, never taken from a path."""


class Course(NamedTuple):
    """When a workspace was begun and by whom, and when its last step was made; "" where there is none."""

    born: str = ""
    changed: str = ""


UNTOLD = Course()
PlanWriter = Callable[[Records, Sequence[Record] | None, date, Course], str]
"""All records, those that are meant (None: all, and what is to come), the day it is and the course of the workspace: for a
format of what lies ahead."""

KEPT = "map="
"""The option that names a file of options; it is the same for every format."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing records down.  ``reads`` and the three ways to write are pure; some may be missing."""

    name: str
    about: str
    suffixes: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()
    """Each option as it is typed and what it does, for the help."""
    reads: Reader | None = None
    writes: Writer | None = None
    writes_files: FilesWriter | None = None
    writes_plan: PlanWriter | None = None
    kinds: tuple[type[Record], ...] = KINDS
    """What it writes; other records have no place in it."""

    def read(self, paths: Sequence[str | os.PathLike[str]], options: Sequence[str] = ()) -> Imported:
        """What the files, or the files of the folders, hold.

        In a folder, what cannot be opened becomes a problem and the rest comes in.  Raises ``NotFound`` for a path that is
        not there, ``UsageError`` for options that make no sense or a folder without such files.
        """
        if self.reads is None:
            raise UsageError(f"{self.name} can only be written: many export {self.name}.")
        kept = [word.removeprefix(KEPT) for word in options if word.startswith(KEPT)]
        words = [word for word in options if not word.startswith(KEPT)]
        sources, problems = self._sources([os.fspath(path) for path in paths])
        imported = self.reads(sources, words, _text(kept[-1]) if kept else "")
        return replace(imported, problems=problems + imported.problems)

    def write(self, records: Sequence[Record]) -> str:
        """The records as text; raises ``UsageError`` where the format can only be read."""
        if self.writes is None:
            folder = f"is a folder of files: many export {self.name} FOLDER" if self.writes_files else ""
            folder = folder or f"is of the whole workspace: many export {self.name}" * (self.writes_plan is not None)
            raise UsageError(f"{self.name} {folder or f'can only be read: many import {self.name}'}.")
        return self.writes(records)

    def _sources(self, paths: Sequence[str]) -> tuple[list[Source], tuple[Problem, ...]]:
        sources: list[Source] = []
        problems: list[Problem] = []
        for path in paths:
            if not os.path.isdir(path):
                sources.append(Source(path, _content(path)))
                continue
            for inner in self._listed(path):
                try:
                    sources.append(Source(inner, _bytes(inner)))
                except OSError as error:
                    problems.append(Problem(inner, 0, f"cannot be read: {reason(error)}. It was left out."))
        return sources, tuple(problems)

    def _listed(self, folder: str) -> list[str]:
        try:
            names = sorted(name for name in os.listdir(folder) if name.lower().endswith(self.suffixes))
        except OSError as error:
            raise UsageError(f"The folder {quoted(folder, 200)} cannot be read: {reason(error)}.") from None
        if not names:
            raise UsageError(f"The folder {quoted(folder, 200)} holds no {' or '.join(self.suffixes)} file.")
        return [os.path.join(folder, name) for name in names]


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _content(path: str) -> bytes:
    """The bytes of a file somebody named; raises ``NotFound`` or ``UsageError``."""
    try:
        return _bytes(path)
    except FileNotFoundError:
        raise NotFound(f"There is no file {quoted(path, 200)}. Nothing was imported.") from None
    except OSError as error:
        raise UsageError(f"{quoted(path, 200)} cannot be read: {reason(error)}. Nothing was imported.") from None


def _text(path: str) -> str:
    try:
        return _content(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{quoted(path, 200)} is not UTF-8 text (byte {error.start}). Nothing was imported.") from None
