"""A small app in a terminal of its own, for the tests of the drivers: a list, left with a code that tells why."""

from __future__ import annotations

import os
import signal
import sys

os.environ["TEXTUAL_ANIMATIONS"] = "none"
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), *[".."] * 3))

from textual.app import App, ComposeResult
from textual.widgets import OptionList, Static

from tui import wire


class Listing(App[int]):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("q", "quit", "Quit"), ("ctrl+z", "suspend_process", "Suspend"), ("u", "outside", "Outside")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Static("listing", id="title")
        yield OptionList(*(f"line {n} of the list" for n in range(100)))

    def action_outside(self) -> None:
        with self.suspend():
            print("outside", flush=True)

    def on_mount(self) -> None:
        if "handle" in sys.argv:
            import asyncio

            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, lambda: self.exit(return_code=42))


if __name__ == "__main__":
    if "ignore" in sys.argv:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    app = Listing(driver_class=wire.driver_class(os.environ.get("WIRE")))
    app.run()
    sys.exit(app.return_code)
