"""The help: an overview of the verbs, and a page for each, from their declarations."""

from __future__ import annotations

from tui.shell.flags import ABOUT
from tui.shell.index import INDEX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.shell.verb import Verb

EXITS = {
    0: "done; also when the result is empty",
    1: "failed",
    2: "the line cannot be understood, or something had to be asked and could not",
    3: "another program held the workspace for too long; try again",
    4: "no such record, or more than one",
    5: "somebody else changed the same fields meanwhile",
    6: "the file is damaged, or a newer version wrote it",
    129: "the terminal is gone",
    130: "ctrl+c",
    143: "terminated",
}
"""Exit code → what it says."""
WIDE = 100
"""Cells of a line of names."""


def overview() -> str:
    """What `many help` prints."""
    lines = ["many: missions, bets, decisions and check-ins in one shared file.", "", "many  opens the workspace"]
    for group in dict.fromkeys(group for _, group, _ in INDEX.values()):
        inside = [(name, summary) for name, (_, its, summary) in INDEX.items() if its == group]
        lines += ["", group, *_table(inside)]
    lines += ["", "Everywhere", *_table(ABOUT.items()), "", "many help VERB shows one with examples."]
    return "\n".join(lines)


def page(verb: Verb) -> str:
    """What `many help VERB` prints."""
    lines = [verb.usage, "", f"{verb.summary}." + (f" {verb.about}" if verb.about else "")]
    words = [(argument.name, argument.help) for argument in verb.arguments]
    options = [(option.usage, option.help) for option in verb.options]
    if words or options:
        lines += ["", *_table([*words, *options])]
    if verb.examples:
        lines += ["", "Examples", *_table(verb.examples)]
    if any(argument.offers == "fields" for argument in verb.arguments):
        lines += ["", "Fields", *_fields()]
    return "\n".join(lines)


def _fields() -> list[str]:
    """The fields of each kind whose records can be changed, and those that all have."""
    from textwrap import fill

    from store.fields import fields
    from store.model import KINDS, Record, Update

    own = {kind.noun: [one.path for one in fields(kind) if one.path not in Record.model_fields] for kind in KINDS}
    own.pop(Update.noun)  # what was written stays as it is
    every = [one.path for one in fields(KINDS[0]) if one.path in Record.model_fields]
    named = [(noun, ", ".join(paths)) for noun, paths in {**own, "all": every}.items() if paths]
    return [fill(paths, WIDE, initial_indent=f"  {noun:<10}", subsequent_indent=" " * 12) for noun, paths in named]


def _table(rows: Iterable[tuple[str, str]]) -> list[str]:
    rows = list(rows)
    width = min(max((len(left) for left, _ in rows), default=0), 38)
    return [
        f"  {left:<{width}}  {right}" if len(left) <= width else f"  {left}\n  {'':<{width}}  {right}"
        for left, right in rows
    ]
