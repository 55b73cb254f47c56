"""What is written from the declarations: docs/shell.md, the index of the verbs, completions, and what `many keys` prints.

``python -m tui.shell.reference`` writes it, with ``--check`` says whether it is up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tui.command import registry
from tui.keys import shown
from tui.perspective import perspectives
from tui.reference import kept
from tui.shell.completing import WRITERS
from tui.shell.completion import file_of
from tui.shell.flags import ABOUT
from tui.shell.help import EXITS
from tui.shell.output import put
from tui.shell.printing import print_objects
from tui.shell.session import Session
from tui.shell.verb import GROUPS, Given, Verb, homes, verbs
from tui.text import safe

TARGET = Path(__file__).parent.parent.parent / "docs" / "shell.md"
INDEX = Path(__file__).with_name("index.py")
INTRODUCTION = """# The shell

`many` alone opens the workspace. Every other line does one thing and ends. Data goes to stdout, narration to stderr, so
pipes get only data; what comes out empty is no failure.
"""

INDEX_HEAD = '''"""Which verbs there are, by group; written by ``python -m tui.shell.reference`` from their declarations.

So the help lists them, and each is found, without loading the files of the others.
"""

INDEX = {'''
INDEX_FOOT = '''}
"""Verb → (the file of ``tui/shell`` that declares it, its group, its summary)."""
'''


def shell_page() -> str:
    """The page: every verb by group with what it takes and examples, the flags, the exit codes."""
    parts = [INTRODUCTION]
    for group in GROUPS:
        parts.append(f"## {group}\n")
        parts += [_section(verb) for verb in verbs().values() if verb.group == group]
    parts += ["## Everywhere\n", _table(("Flag", "What it does"), ((f"`{usage}`", about) for usage, about in ABOUT.items()))]
    parts += ["## Exit codes\n", _table(("Code", "Meaning"), ((str(code), meaning) for code, meaning in EXITS.items()))]
    return "\n".join(parts)


def index_file() -> str:
    """The index of the verbs, as Python: for each its file, its group and what the overview says of it."""
    lines = (
        f"    {_literal(verb.name)}: ({', '.join(map(_literal, (file, verb.group, verb.summary)))}),"
        for file, verb in homes()
    )
    return "\n".join((INDEX_HEAD, *lines, INDEX_FOOT))


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _section(verb: Verb) -> str:
    lines = [
        f"### many {verb.name}\n",
        f"{verb.summary}." + (f" {verb.about}" if verb.about else ""),
        "",
        f"    {verb.usage}",
        "",
    ]
    taken = [(argument.name, argument.help) for argument in verb.arguments]
    taken += [(option.usage, option.help) for option in verb.options]
    lines += [f"- `{name}`: {about}" for name, about in taken] + [""] * bool(taken)
    if verb.examples:
        lines += ["```sh", *(f"{line}  # {about}" if about else line for line, about in verb.examples), "```", ""]
    return "\n".join(lines)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def _keys(session: Session, given: Given) -> int:
    if session.flags.is_machine:
        commands = [
            {"id": one.id, "keys": one.keys, "title": one.title, "help": one.help} for one in registry().commands.values()
        ]
        print_objects(session, commands)
        return 0
    for line in key_lines():
        put(safe(line).rstrip())
    return 0


def key_lines() -> Iterator[str]:
    """Every command of the app by group with its keys, and every lens with its question."""
    groups = dict.fromkeys(command.group for command in registry().commands.values())
    for group in groups:
        yield group
        for command in registry().commands.values():
            if command.group == group:
                yield f"  {' '.join(map(shown, command.keys)):<16}  {command.id:<22}  {command.help}"
    yield "Lenses"
    for lens in perspectives().values():
        yield f"  {'g ' + lens.key if lens.board else '':<16}  {lens.id:<22}  {lens.asks}"


def main(arguments: list[str]) -> int:
    """Write every file, or with ``--check`` say whether they are up to date."""
    check = "--check" in arguments
    return max(kept(target, text, check=check) for target, text in written().items())


def written() -> Mapping[Path, str]:
    """Every file that is written from the declarations, with what is to stand in it."""
    completions = {Path(file_of(shell)): write() for shell, write in WRITERS.items()}
    return {TARGET: shell_page(), INDEX: index_file(), **completions}


VERBS = (
    Verb(
        "keys",
        "List the keys, commands and lenses of the app",
        _keys,
        examples=(("many keys", ""),),
        group="Workspace",
    ),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
