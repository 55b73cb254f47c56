"""docs/keys.md, written from the commands and the perspectives themselves: ``python -m tui.reference [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tui.acting import NEXT
from tui.command import Command, registry
from tui.keys import shown
from tui.perspective import Perspective, perspectives

TARGET = Path(__file__).parent.parent / "docs" / "keys.md"
INTRODUCTION = "Every command, from the one registry; `?` shows them in the app. Each can be typed after `:` by its id.\n"


def keys_page() -> str:
    """The page: every command by group with its keys, then every perspective with its question and what it hides."""
    groups: dict[str, list[Command]] = {}
    for command in registry().commands.values():
        groups.setdefault(command.group, []).append(command)
    parts = ["# Keys\n", INTRODUCTION]
    for group, commands in groups.items():
        parts.append(f"## {group}\n")
        parts.append(_table(("Keys", "Command", "What it does"), map(_command, commands)))
    parts.append("## Perspectives\n")
    parts.append(_table(("Keys", "Lens", "The question it answers", "What it hides"), map(_lens, perspectives().values())))
    parts.append("## Acting in a perspective\n")
    acts = ((f"`{one.id}`", one.moves or "nothing moves", _next(one)) for one in perspectives().values())
    parts.append(_table(("Lens", "What `H` `J` `K` `L` move", f"What `{_key(NEXT)}` does"), acts))
    return "\n".join(parts)


def _command(command: Command) -> tuple[str, ...]:
    keys = ", ".join(f"`{shown(key)}`" for key in command.keys)
    return (keys.replace("|", "\\|"), f"`{command.id}`", command.help)


def _lens(lens: Perspective) -> tuple[str, ...]:
    return (f"`g{lens.key}`" if lens.board else "", f"`{lens.id}`", lens.asks, lens.hides)


def _next(lens: Perspective) -> str:
    """What comes next in a lens, with the command or the fields it stands for."""
    return "; ".join(
        f"{step.title}: {f'`{step.command}`' if step.command else ', '.join(step.fields)}" for step in lens.next_steps
    )


def _key(command: str) -> str:
    return ", ".join(map(shown, registry().commands[command].keys))


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def kept(target: Path, page: str, *, check: bool) -> int:
    """0 once the generated page is written; with ``check`` nothing is, and 1 says that what is there is out of date."""
    if not check:
        target.parent.mkdir(exist_ok=True)
        target.write_text(page, encoding="utf-8")
        return 0
    if target.exists() and target.read_text(encoding="utf-8") == page:
        return 0
    print(f"{target.name} is out of date: make docs", file=sys.stderr)
    return 1


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    return kept(TARGET, keys_page(), check="--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
