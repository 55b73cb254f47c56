"""Bytes of an action beside what peers send for theirs: vim, a Textual app with DataTables, kanban-tui, dooit.

vim is given the lists that the app prints, and compared twice: with the app as it opens, which also shows the chosen
record beside or below the list, and with the list alone (``z``), which is what vim shows.  Each is measured in the colours
of a local terminal and as over SSH, where the app keeps to sixteen.  The other Textual programs show other screens: what a
person waits for on a slow link is compared there, not how well frames are encoded; for that see ``traffic``.  A peer that is
not installed here is left out with a line that says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from tests.bench.figures import Figure, Series, Target, series
from tests.bench.plan import MANY, ROOT, Plan, environment
from tests.bench.terminal import KEYS, SIZES, Terminal

RUNS = 12
INSTALLING = 180.0
"""Seconds that installing the Textual peers may take."""
OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50022 192.0.2.2 22"}
ALONE = ", list alone"
"""What is added to the name of an action with only the list on the screen."""
LEAST = ", of which nothing can do without"
"""What is added to the name of an action for the bytes that its changed cells need, however they are sent."""
TOLD_LEAST = ("cursor move", "line scroll")
"""Actions of which that is told: details beside the list are new text at each of their keys."""

Keys = tuple[tuple[bytes, bool], ...]
"""Keys in turn, each with whether it is one that counts."""


@dataclass(frozen=True)
class Program:
    """A program, what it sends once it is up, keys to get it ready, and the keys that do an action."""

    name: str
    command: tuple[str, ...]
    useful: bytes
    actions: Mapping[str, Keys]
    ready: tuple[bytes, ...] = ()
    environ: Mapping[str, str] = field(default_factory=dict)


def _actions(leave: bytes, page: tuple[bytes, bytes], panes: tuple[bytes, bytes], prompt: bytes) -> dict[str, Keys]:
    """The actions of a program whose list is moved in by j and gg."""
    return {
        "cursor move": ((b"j", True),),
        "line scroll": ((b"j", True),),
        "page": ((page[0], True), (page[1], True)),
        "pane switch": ((panes[0], True), (panes[1], True)),
        "typed character": ((prompt, False), (b"s", True), (b"t", True), (b"a", True), (leave, False)),
    }


def _many(path: Path, environ: Mapping[str, str]) -> Program:
    keys = _actions(KEYS["escape"], (KEYS["page down"], KEYS["page up"]), (b"4", b"2"), b"/")
    alone = {f"{action}{ALONE}": keys[action] for action in ("cursor move", "line scroll", "page")}
    return Program("many", (*MANY, "--file", str(path)), b"active", keys | alone, (b"2",), environ)


def in_vim(plan: Plan, path: Path, size: tuple[int, int]) -> Program | None:
    program = shutil.which("vim")
    if program is None:
        return None
    files = [plan.folder / f"peer-{lens}-{size[0]}.txt" for lens in ("bets", "decisions")]
    for file, lens in zip(files, ("bets", "decisions"), strict=True):
        file.write_text(_printed(path, lens, size[0]), encoding="utf-8")
    line = (program, "-u", "NONE", "-i", "NONE", "-N", "-n", "--cmd", "set cursorline noshowcmd", "-p", *map(str, files))
    keys = _actions(KEYS["escape"], (b"\x06", b"\x02"), (b"gt", b"gt"), b"i")
    return Program("vim, cursorline", line, b"placed", keys)


def _printed(path: Path, lens: str, width: int) -> str:
    """A list as the app prints it at a width, without what is said above it."""
    from tui.cli import main

    printed = StringIO()
    with redirect_stdout(printed):
        main(["board", lens, "--plain", "--columns", str(width), "--file", str(path)])
    return printed.getvalue().partition("\n\n")[2]


def _table() -> Program:
    page = KEYS["page down"], KEYS["page up"]
    keys = _actions(KEYS["escape"], page, (b"\x1bOR", b"\x1bOQ"), b"/")
    keys |= {"cursor move": ((b"\x1b[B", True),), "line scroll": ((b"\x1b[B", True),)}
    return Program("Textual DataTable", (sys.executable, str(ROOT / "tests" / "bench" / "table.py")), b"placed", keys)


def _installed(plan: Plan) -> Iterator[Program | str]:
    """The Textual peers, installed in an environment of their own; in their place a sentence where that failed."""
    folder = plan.folder / "peers"
    try:
        venv.create(folder, with_pip=True)
        install = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", "kanban-tui", "dooit"]
        subprocess.run(install, check=True, capture_output=True, timeout=INSTALLING)
    except (OSError, subprocess.SubprocessError) as error:
        yield f"kanban-tui and dooit could not be installed: {type(error).__name__}"
        return
    for name, command in (("kanban-tui", ("ktui", "demo")), ("dooit", ("dooit",))):
        line = (str(folder / "bin" / command[0]), *command[1:])
        yield Program(name, line, rb"\x1b\[[0-9;]*H", {"cursor move": ((b"j", True),)}, environ={"PYTHONPATH": ""})


def figures(plan: Plan) -> Iterator[Figure]:
    """Every action that both know, at both sizes, and the bytes until the first quiet screen."""
    path = plan.workspace(plan.sizes[0], "peers")
    others: list[Program | str] = [_table(), *(() if plan.quick else _installed(plan))]
    for size in SIZES[:1] if plan.quick else SIZES:
        vim = in_vim(plan, path, size)
        beside = None if vim is None else _measured(plan, vim, size)
        ours = _measured(plan, _many(path, {}), size)
        yield from _beside_vim(dict(ours), beside, size, "")
        yield from _beside_vim(_measured(plan, _many(path, OVER_SSH), size), beside, size, ", as over SSH")
        for peer in others:
            if isinstance(peer, Program):
                theirs = _measured(plan, peer, size)
                yield from (
                    _figure(action, size, ours[action], peer.name, theirs[action])
                    for action in theirs
                    if not action.endswith(LEAST)
                )
            else:
                yield Figure(f"peers, {size[0]}×{size[1]}", "bytes", None, peer)


def _beside_vim(
    ours: dict[str, Series], vim: dict[str, Series] | None, size: tuple[int, int], where: str
) -> Iterator[Figure]:
    start = _start_target(size)
    yield Figure(f"to the first quiet screen, {size[0]}×{size[1]}{where}", "bytes", ours.pop("start"), "", None, start)
    if vim is None:
        yield Figure(f"peers, {size[0]}×{size[1]}", "bytes", None, "there is no vim here")
        return
    for name, value in ours.items():
        action = name.removesuffix(LEAST).removesuffix(ALONE)
        target = None if name.endswith(LEAST) else _VIM.get((action, size)) or _VIM.get((action, None))
        yield Figure(f"{name}, {size[0]}×{size[1]}{where}", "bytes", value, "vim, cursorline", vim[action], target)


def _figure(action: str, size: tuple[int, int], ours: Series, name: str, theirs: Series) -> Figure:
    title = "to the first quiet screen" if action == "start" else action
    return Figure(f"{title}, {size[0]}×{size[1]}", "bytes", ours, name, theirs)


_VIM: Mapping[tuple[str, tuple[int, int] | None], Target] = {
    ("cursor move", (80, 24)): Target("ratio", 0.8),
    ("cursor move", (200, 50)): Target("ratio", 1.2),
    ("line scroll", None): Target("ratio", 1.0),
    ("page", None): Target("ratio", 1.0),
    ("pane switch", None): Target("ratio", 1.0),
    ("typed character", None): Target("ratio", 3.0),
}
"""What is to hold beside vim, by action and size."""


def _start_target(size: tuple[int, int]) -> Target | None:
    return Target("median", 4_000) if size == SIZES[0] else None


def _measured(plan: Plan, program: Program, size: tuple[int, int]) -> dict[str, Series]:
    """The bytes of every action of a program, those of a key that changed nothing left out, and of its start."""
    found: dict[str, Series] = {}
    with Terminal(program.command, {**environment(plan.folder), **program.environ}, size) as terminal:
        chunks = [*terminal.until(program.useful), *terminal.quiet(first=2, settled=0.8)]
        terminal.show(chunks)
        found["start"] = series([sum(len(data) for _, data in chunks)])
        for key in program.ready:
            terminal.press(key)
        is_alone = False
        for action, keys in program.actions.items():
            if action.endswith(ALONE) and not is_alone:
                is_alone = True
                terminal.press(b"z")
            if action.startswith("line scroll"):
                terminal.press(keys[0][0] * size[1])
            elif program.name != "kanban-tui" and action.startswith(("cursor move", "page")):
                terminal.press(b"gg")
            answers = [
                answer
                for run in range(plan.runs(RUNS) + 1)
                for answer, counts in [(terminal.press(key), counts) for key, counts in keys]
                if run and counts and answer.cells
            ]
            if answers:
                found[action] = series(answer.sent for answer in answers)
            if answers and action.startswith(TOLD_LEAST):
                found[action + LEAST] = series(answer.least for answer in answers)
    return found
