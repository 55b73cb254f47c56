"""The drivers in a real terminal: quiet when idle, gone after a hang-up, whole again after a suspension and a resize."""

from __future__ import annotations

import codecs
import fcntl
import inspect
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from emulator import Terminal

import tui.wire
from tui.wire import Traits, Wire
from tui.wire.driver import QuietDriver, WireDriver

APP = Path(__file__).with_name("listing.py")
PATIENCE = 20.0
UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]P_^X][^\x07\x1b]*\x1b?|[ #%()])?$")
"""The beginning of a sequence at the end of what has arrived."""


def _untouched() -> dict[str, str]:
    """The environment without what an app in this very process has set for Textual, and without a size for all terminals."""
    told = ("TEXTUAL_", "COLUMNS", "LINES")
    return {name: value for name, value in os.environ.items() if not name.startswith(told)}


class Running:
    """The app in a terminal, whose screen is followed."""

    def __init__(self, *arguments: str, mode: str = "", columns: int = 50, lines: int = 12) -> None:
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self._set_size(columns, lines)
        self.terminal = Terminal(columns, lines)
        self.taken = ""
        self.rest = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.process = subprocess.Popen(
            [sys.executable, str(APP), *arguments],
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True, close_fds=True,
            env={**_untouched(), "TERM": "xterm-256color", "WIRE": mode, "COLORTERM": "", "STY": ""},
        )  # fmt: skip

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, columns: int, lines: int) -> None:
        self._set_size(columns, lines)
        self.terminal.resize(lines, columns)
        os.kill(self.process.pid, signal.SIGWINCH)

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def pump(self, seconds: float) -> str:
        """Follow what is written until nothing is for a while; what was written.

        A sequence that has not arrived whole waits for its rest: a busy machine may stop the writer in the middle of it.
        """
        taken = b""
        ready = select.poll()  # select() cannot watch a descriptor past 1023, and a long run has many
        ready.register(self.master, select.POLLIN)
        while ready.poll(seconds * 1000):
            try:
                taken += os.read(self.master, 65536)
            except OSError:
                break
        data = self.decoder.decode(taken)
        self.taken += data
        whole = self.rest + data
        begun = UNFINISHED.search(whole)
        whole, self.rest = (whole[: begun.start()], begun.group()) if begun else (whole, "")
        self.terminal.feed(whole.replace("\r\n", "\n").replace("\n", "\r\n"))
        return data

    def until(self, holds: Callable[[Terminal], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds(self.terminal):
            assert time.monotonic() < end, "\n".join(self.terminal.display)
            self.pump(0.05)

    def shows(self, text: str) -> None:
        self.until(lambda terminal: any(text in line for line in terminal.display))
        self.pump(0.3)

    def hang_up(self) -> None:
        os.close(self.slave)
        os.close(self.master)
        self.master = self.slave = -1

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for end in (self.master, self.slave):
            if end >= 0:
                os.close(end)


@pytest.fixture
def started() -> Iterator[Callable[..., Running]]:
    running: list[Running] = []

    def start(*arguments: str, mode: str = "") -> Running:
        running.append(Running(*arguments, mode=mode))
        running[-1].shows("line 8 of")
        return running[-1]

    yield start
    for each in running:
        each.close()


def switches(pid: int) -> int:
    tasks = Path(f"/proc/{pid}/task")
    lines = (line for task in tasks.iterdir() for line in (task / "status").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt"))


@pytest.mark.parametrize("mode", ["", "plain"])
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="wake-ups are counted by Linux")
def test_an_idle_app_neither_writes_nor_wakes(started: Callable[..., Running], mode: str) -> None:
    app = started(mode=mode)
    app.press("\x1b")  # leaves a timeout behind, which must end
    app.pump(0.5)
    before = switches(app.process.pid)
    assert app.pump(1.5) == ""
    assert switches(app.process.pid) - before <= 3


@pytest.mark.parametrize(("arguments", "code"), [(("ignore",), 129), (("handle",), 42), (("ignore", "handle"), 42)])
def test_a_hang_up_ends_the_program(started: Callable[..., Running], arguments: tuple[str, ...], code: int) -> None:
    app = started(*arguments)
    app.hang_up()
    assert app.process.wait(PATIENCE) == code


@pytest.mark.parametrize("mode", ["", "plain"])
def test_a_hang_up_ends_a_program_whose_output_nobody_takes(started: Callable[..., Running], mode: str) -> None:
    app = started("ignore", mode=mode)
    for _ in range(40):
        app.press("\x1b[6~\x1b[5~" * 10)
        time.sleep(0.01)
    app.hang_up()
    assert app.process.wait(PATIENCE) == 129


def test_keys_arrive_and_only_the_changes_are_sent(started: Callable[..., Running]) -> None:
    app, plain = started(), started(mode="plain")
    for each in (app, plain):
        for key in ("\x1b[B", "\x1b[B", "\x1b[6~", "\x1b[A"):
            each.press(key)
            each.pump(0.3)
    assert app.terminal.seen() == plain.terminal.seen()
    assert len(app.taken) * 5 < len(plain.taken)


def test_a_resize_shows_what_a_new_app_would(started: Callable[..., Running]) -> None:
    app, plain = started(), started(mode="plain")
    for each in (app, plain):
        each.resize(70, 20)
        each.shows("line 16 of")
        each.resize(40, 9)
        each.until(lambda terminal: "line 8 of" not in "".join(terminal.display))
        each.pump(0.3)
        each.press("\x1b[B")
        each.pump(0.3)
    assert app.terminal.seen() == plain.terminal.seen()


def test_a_terminal_that_tells_its_size_by_itself_is_followed(started: Callable[..., Running]) -> None:
    app, plain = started(), started(mode="plain")
    for each in (app, plain):
        each.press("\x1b[?2048;2$y")
        each.until(lambda terminal, each=each: "\x1b[?2048h" in each.taken)  # type: ignore[misc]
        each.terminal.resize(20, 70)
        each.press("\x1b[48;20;70;400;700t")
        each.shows("line 16 of")
        each.press("\x1b[B")
        each.pump(0.3)
    assert app.terminal.seen() == plain.terminal.seen()


def stopped(app: Running) -> bool:
    state = Path(f"/proc/{app.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state == "T"


@pytest.mark.parametrize("mode", ["", "plain"])
def test_after_a_suspension_the_screen_is_whole(started: Callable[..., Running], mode: str) -> None:
    app = started(mode=mode)
    before = app.terminal.seen()
    app.press("\x1a")
    app.until(lambda terminal: stopped(app))
    assert termios.tcgetattr(app.slave)[3] == app.before[3]
    app.terminal.reset()
    app.terminal.feed("a shell\r\nwrote this")
    os.kill(app.process.pid, signal.SIGCONT)
    app.shows("line 8 of")
    assert app.terminal.seen() == before


def test_a_program_shown_meanwhile_leaves_nothing_behind(started: Callable[..., Running]) -> None:
    app = started()
    before = app.terminal.seen()
    app.press("u")
    app.until(lambda terminal: "outside" in app.taken)
    app.pump(0.5)
    assert app.terminal.seen() == before


def test_a_screen_resized_there_and_back_is_drawn_anew(started: Callable[..., Running]) -> None:
    app = started()
    before = app.terminal.seen()
    app.terminal.erase_in_display(2)
    os.kill(app.process.pid, signal.SIGWINCH)
    app.shows("line 8 of")
    assert app.terminal.seen() == before


@pytest.mark.parametrize("pause", [0, 0.002, 0.005, 0.01, 0.02])
def test_a_screen_that_was_smaller_for_a_moment_is_whole_again(started: Callable[..., Running], pause: float) -> None:
    app = started()
    before = app.terminal.seen()
    app.resize(30, 6)
    time.sleep(pause)  # the app has heard of the smaller size, or has not, or has drawn for it
    app.resize(50, 12)
    app.until(lambda terminal: terminal.seen() == before)


def test_a_sudden_stop_leaves_the_terminal_as_it_was(started: Callable[..., Running]) -> None:
    app = started()
    os.kill(app.process.pid, signal.SIGSTOP)
    app.until(lambda terminal: stopped(app))
    os.kill(app.process.pid, signal.SIGCONT)
    app.pump(1.0)
    app.press("\x1b[B")
    app.pump(0.5)
    app.press("q")
    assert app.process.wait(PATIENCE) == 0
    assert termios.tcgetattr(app.slave) == app.before


def test_the_terminal_is_left_in_its_own_pen(started: Callable[..., Running]) -> None:
    app = started()
    app.press("q")
    app.process.wait(PATIENCE)
    app.pump(0.2)
    assert "\x1b[m\x1b[?1049l" in app.taken or app.taken.rindex("\x1b[m") > app.taken.rindex("\x1b[3")


@pytest.mark.parametrize("mode", ["", "plain"])
def test_where_there_is_but_one_screen_others_go_on_from_its_last_line(started: Callable[..., Running], mode: str) -> None:
    app = started(mode=mode)
    app.press("q")
    app.process.wait(PATIENCE)
    app.pump(0.2)
    assert (app.terminal.cursor.y, app.terminal.cursor.x) == (11, 0)
    assert app.terminal.display[11].isspace()


def test_of_keys_only_what_is_ambiguous_is_asked_for_as_sequences(started: Callable[..., Running]) -> None:
    app = started()
    app.press("q")
    app.process.wait(PATIENCE)
    app.pump(0.2)
    assert re.findall(r"\x1b\[([<=>]\d*)u", app.taken) == [">25", "=1", "<"]


# ----------------------------------------------------------------------------------------------------- what is relied on


def test_textual_still_has_what_the_drivers_rely_on() -> None:
    from textual._xterm_parser import XTermParser
    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver

    assert list(inspect.signature(LinuxDriver.__init__).parameters) == ["self", "app", "debug", "mouse", "size"]
    assert list(inspect.signature(XTermParser.__init__).parameters) == ["self", "debug"]
    assert {"feed", "tick"} <= set(dir(XTermParser))
    methods = {
        "write", "start_application_mode", "suspend_application_mode", "resume_application_mode", "disable_input",
        "run_input_thread", "process_message",
    }  # fmt: skip
    assert methods <= set(dir(LinuxDriver))
    kept = inspect.getsource(Driver.__init__) + inspect.getsource(LinuxDriver.__init__)
    for name in ("_app", "_loop", "_debug", "_file", "fileno"):
        assert f"self.{name} = " in kept, f"the drivers use {name}, which Textual no longer has"
    assert "self.run_input_thread()" in inspect.getsource(LinuxDriver._run_input_thread)
    assert "WriterThread(self._file)" in inspect.getsource(LinuxDriver.start_application_mode)
    assert "self._key_thread.join()" in inspect.getsource(LinuxDriver.disable_input)


def test_textual_still_writes_a_frame_at_once() -> None:
    from textual.app import App

    assert "self._driver.write(terminal_sequence)" in inspect.getsource(App._display)


# ------------------------------------------------------------------------------------------------------------- the door


@pytest.mark.parametrize(
    ("term", "mode", "expected"),
    [("xterm", None, WireDriver), ("xterm", "plain", QuietDriver), ("dumb", None, QuietDriver), ("", None, QuietDriver)],
)
def test_the_door_gives_the_driver(monkeypatch: pytest.MonkeyPatch, term: str, mode: str | None, expected: type) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    assert tui.wire.driver_class(mode) is expected


def test_a_driver_chosen_by_hand_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "some.module:Driver")
    assert tui.wire.driver_class() is None


class Written(WireDriver):
    """The driver without a terminal: what it sends is kept."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self._lock = threading.RLock()
        self._is_feeding = self._is_stale = self._is_writing = False
        self._wire = Wire(lambda: (20, 4), Traits())
        self._patient, self._handed_over = None, 0
        self._app = SimpleNamespace(log=SimpleNamespace(error=lambda text: None))  # type: ignore[assignment]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    driver = Written()
    monkeypatch.setattr(QuietDriver, "write", lambda self, data: self.sent.append(data))
    return driver


FRAME = "\x1b[1;1Hone\x1b[1;1H"


def test_a_failure_of_the_layer_sends_everything_as_it_is(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    written.write(FRAME)
    monkeypatch.setattr(Wire, "feed", lambda self, data, **how: 1 / 0)
    written.write(FRAME)
    monkeypatch.undo()
    monkeypatch.setattr(QuietDriver, "write", lambda self, data: self.sent.append(data))
    written.write(FRAME)
    assert written.sent == ["\x1b[H\x1b[mone\r", "\x1b[m", FRAME, FRAME]


def test_what_a_signal_writes_amid_a_frame_passes_and_the_frame_is_not_trusted(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = Wire.feed

    def interrupted(self: Wire, data: str, *, hold: bool = False) -> str:
        monkeypatch.setattr(Wire, "feed", feed)
        written.write("\x1b[?1049h")
        return feed(self, data, hold=hold)

    monkeypatch.setattr(Wire, "feed", interrupted)
    written.write(FRAME)
    written.write(FRAME)
    assert written.sent == ["\x1b[?1049h", "\x1b[H\x1b[mone\r", "\x1b[H\x1b[mone\r"]


def test_a_signal_amid_a_write_waits_for_its_end(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """Coming back stops the thread that writes, which may wait for the very file that is being written."""
    later: list[object] = []
    written._loop = SimpleNamespace(call_soon_threadsafe=later.append)  # type: ignore[assignment]
    monkeypatch.setattr(QuietDriver, "write", lambda self, data: self.resume_application_mode())
    written.write(FRAME)
    assert later == [written.resume_application_mode]


def test_an_app_may_have_the_screen_forgotten(written: Written) -> None:
    written.write(FRAME)
    written.write(FRAME)
    written.forget()
    written.write(FRAME)
    assert written.sent == ["\x1b[H\x1b[mone\r", "\x1b[H\x1b[mone\r"]
