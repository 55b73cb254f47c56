"""Verbs that bring records in from other formats, and out to them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.disk.files import reason
from store.errors import ManyViewError, UsageError
from store.exchange import formats, named
from store.exchange.adr_names import apart_from
from store.exchange.format import Course, FilesWriter
from store.exchange.imported import counted
from store.exchange.plan import Plan, plan
from store.model import Record
from store.quoting import quoted
from tui.shell.listing import selected
from tui.shell.output import pour, put, tell
from tui.shell.printing import print_objects
from tui.shell.session import Session, found
from tui.shell.verb import FILTER_ABOUT, Argument, Given, Option, Verb
from tui.text import safe

if TYPE_CHECKING:
    from store.workspace import Workspace

FORMAT = Argument("FORMAT", "what the files are", offers="formats")


def _import(session: Session, given: Given) -> int:
    one = named(given.words[0])
    paths = [word for word in given.words[1:] if "=" not in word or os.path.exists(word)]
    options = [word for word in given.words[1:] if word not in paths]
    if not paths:
        needed = " ".join(name for name, _ in one.options[:2])
        raise UsageError(f"many import {one.name} needs the files.\nTry: many import {one.name} FILE {needed}")
    if given.has("mapping"):
        options.insert(0, f"map={given.options['mapping']}")
    imported = one.read(paths, options)
    planned = plan(session.records, imported, update=given.has("update"))
    if given.has("save-mapping"):
        write_file(given.options["save-mapping"], imported.keep, overwrite=session.flags.yes)
        session.tell(f"The mapping is in {quoted(given.options['save-mapping'], 200)}.")
    step = None if given.has("dry-run") else planned.step()
    if step is not None:
        session.perform(step)
    _print_plan(session, planned, whole=given.has("dry-run"))
    if planned.count("differs"):
        session.tell("--update sets what is different here to what the file says.")
    if step is None:
        session.tell("Nothing was changed." if given.has("dry-run") else "There is nothing to import.")
    return 0


def _print_plan(session: Session, planned: Plan, *, whole: bool) -> None:
    """Print what an import does: every line of the plan when it is only tried, the counts when it is done."""
    if session.flags.is_machine:
        fates = [
            {"fate": entry.fate, "id": entry.record.id, "type": entry.record.noun, **entry.record.document()}
            for entry in planned.entries
        ]
        print_objects(session, fates)
    else:
        for line in planned.lines() if whole else (planned.summary(),):
            put(safe(line))
    for problem in planned.problems:
        tell(safe(str(problem)))


def _export(session: Session, given: Given) -> int:
    one = named(given.words[0])
    if one.writes_files is not None:
        return _export_folder(session, given, one.writes_files)
    records = meant(session, given.words[1:], archived=given.has("all"))
    records = [record for record in records if isinstance(record, one.kinds)]
    if one.writes_plan is not None:
        chosen = records if given.words[1:] else None
        text = one.writes_plan(session.records, chosen, session.today, _course(session.workspace()))
        write_out(session, given.options.get("out", "-"), text)
        return 0
    text = one.write(records)
    if given.has("out"):
        write_file(given.options["out"], text, overwrite=session.flags.yes)
        session.tell(f"{counted(len(records), 'record')} in {quoted(given.options['out'], 200)}.")
    else:
        pour(text)
    return 0


def _course(workspace: Workspace) -> Course:
    last = next(workspace.history(), None)
    return Course(workspace.born, last.at if last else "")


def _export_folder(session: Session, given: Given, writes: FilesWriter) -> int:
    """Write a file a decision into a folder: all of them, or none where one of the names is taken."""
    words = given.words[1:] if given.has("out") else given.words[2:]
    folder = given.options.get("out") or "".join(given.words[1:2])
    if not folder:
        raise UsageError(f"many export {given.words[0]} needs a folder.\nTry: many export {given.words[0]} docs/decisions")
    files = writes(meant(session, words, archived=given.has("all")))
    if not files:
        session.tell("There is no decision to export.")
        return 0
    write_folder(folder, files, overwrite=session.flags.yes)
    session.tell(f"{counted(len(files), 'decision')} in {quoted(folder, 200)}.")
    return 0


def write_folder(folder: str, files: Mapping[str, str], *, overwrite: bool) -> None:
    """Write files into a folder, which is made if it is missing.

    Raises ``UsageError`` before anything is written where a file of that name, in whatever case, is there already, unless
    ``overwrite``.
    """
    shown = quoted(folder, 200)
    try:
        os.makedirs(folder, exist_ok=True)
        there = os.listdir(folder)
    except OSError as error:
        raise ManyViewError(f"{shown} cannot be written: {reason(error)}.") from error
    if (known := apart_from(files, there)) and not overwrite:
        more = f" and {len(known) - 1} more" if len(known) > 1 else ""
        raise UsageError(f"{shown} holds {known[0]}{more} already. Nothing was written.\nAdd -y to replace them.")
    for name, text in files.items():
        write_file(os.path.join(folder, name), text, overwrite=overwrite)


def write_out(session: Session, path: str, text: str) -> None:
    """Write a text to a file, as ``write_file`` does and as ``-y`` allows, or to stdout for ``-``."""
    if path == "-":
        pour(text)
        return
    write_file(path, text, overwrite=session.flags.yes)
    session.tell(f"It is in {quoted(path, 200)}.")


def meant(session: Session, words: tuple[str, ...], *, archived: bool = False) -> list[Record]:
    """The records some words mean: their ids, or a kind and a filter, then without the archived ones.

    Raises ``NotFound`` for an id of none, ``UsageError`` for a filter that cannot be read.
    """
    if words and all(_is_id(word) for word in words):
        return list(found(session, words))
    return [record for record in selected(session, words) if archived or not record.archived]


def _is_id(word: str) -> bool:
    return word.isascii() and (word.isdigit() or (word[:1].isalpha() and word[1:].isdigit()))


def write_file(path: str, text: str, *, overwrite: bool) -> None:
    """Write a file at once or not at all.  Raises ``UsageError`` where there is one already, unless ``overwrite``."""
    shown = quoted(path, 200)
    if os.path.lexists(path) and not overwrite:
        raise UsageError(f"{shown} is there already. Nothing was written.\nAdd -y to replace it.")
    temporary = f"{path}.tmp-{os.getpid()}"
    try:
        with open(temporary, "x", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError as error:
        raise ManyViewError(f"{shown} cannot be written: {reason(error)}.") from error
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def _options() -> str:
    """What each format takes, for the help."""
    return " ".join(f"{one.name}: {one.about}." for one in formats().values() if one.reads is not None)


VERBS = (
    Verb(
        "import",
        "Bring records in from files",
        _import,
        (FORMAT, Argument("PATH", "files or folders, then NAME=VALUE options of the format", several=True, offers="files")),
        (
            Option("--dry-run", "show what would come in, change nothing"),
            Option("--update", "set what came from the same place before to what the file says now"),
            Option("--mapping", "options kept from last time", "FILE", "files"),
            Option("--save-mapping", "keep the options in a file for next time", "FILE", "files"),
        ),
        (
            ("many import madr docs/decisions --dry-run", "see what a folder of decision records holds"),
            ("many import csv bets.csv key=Id title=Name under=Theme --save-mapping bets.toml", "a table"),
            ("many import taskwarrior tasks.json projects=missions", "what task export wrote; also todo.txt"),
        ),
        group="Exchange",
        about="It is one step: many undo takes it all back. A second import of the same file adds only what is new.",
    ),
    Verb(
        "export",
        "Write records to other formats",
        _export,
        (
            FORMAT,
            Argument("ID", "records, or a kind and a filter; first the folder for formats that are one", 0, several=True),
        ),
        (Option("--out", "the file; else stdout", "FILE", "files"), Option("--all", "archived records, too")),
        (
            ("many export markdown D7 D9 --out decisions.md", ""),
            ("many export jsonl bets state:placed", ""),
            ("many export ics --out team.ics", "coming check-ins, reviews and outcomes, for a calendar: docs/calendar.md"),
            ("many export todo.txt bets --out todo.txt", "for a list of tasks; also taskwarrior, for task import"),
            ("many export madr docs/decisions", "a file a decision; also nygard, as adr-tools keeps them"),
            ("many export log-html --out decisions.html", "the decision log as one page; log is Markdown"),
        ),
        group="Exchange",
        about=FILTER_ABOUT,
        takes_text=True,
    ),
)
