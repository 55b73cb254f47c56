"""The README's pictures, taken from the real program on the demo workspace: ``python -m tests.pictures FOLDER``."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 23)
PICTURES: tuple[tuple[str, tuple[int, int], str, tuple[str, ...]], ...] = (
    ("bets-160x45", (160, 45), "dark", ("2", "j", "j")),
    ("board-160x45", (160, 45), "dark", ("5", "j", "j")),
    ("planes-160x45", (160, 45), "dark", ("5", "g", "v", "full_stop", "g", "h", "full_stop", "g", "r")),
    ("then-and-now-160x45", (160, 45), "dark", ("5", "g", "f", "vertical_line")),
    ("cadence-120x32", (120, 32), "light", ("3",)),
    ("decisions-80x24", (80, 24), "dark", ("4", "j")),
    ("review-120x32", (120, 32), "dark", ("R",)),
    ("bets-80x24-ansi", (80, 24), "ansi", ("2", "s")),
)
"""Name, columns and lines, theme, and the keys pressed before the picture is taken."""


async def take(name: str, size: tuple[int, int], theme: str, keys: tuple[str, ...], folder: Path) -> None:
    """Write one picture as SVG."""
    from store.demo import build
    from store.disk.tiny import TinyBackend
    from store.workspace import Workspace
    from themes import load
    from tui.app import ManyViewApp

    with tempfile.TemporaryDirectory() as place:
        path = os.path.join(place, "workspace.json")
        build(lambda me, clock: Workspace(TinyBackend(path), me=me, clock=clock), TODAY)
        workspace = Workspace(TinyBackend(path), me="mira")
        app = ManyViewApp(workspace, theme=load(theme), today=lambda: TODAY)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            folder.joinpath(f"{name}.svg").write_text(app.export_screenshot(title="ManyView"), encoding="utf-8")
        workspace.close()


def main(arguments: list[str]) -> int:
    """Take every picture, or those whose name contains a word given after the folder."""
    folder = Path(arguments[0] if arguments else "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    for name, size, theme, keys in PICTURES:
        if len(arguments) < 2 or any(word in name for word in arguments[1:]):
            asyncio.run(take(name, size, theme, keys, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
