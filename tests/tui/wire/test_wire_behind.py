"""A terminal that is behind: frames are held and joined, nothing that was drawn is lost, and nothing else waits."""

from __future__ import annotations

import threading
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as some
from test_wire_layer import EVERYTHING, HOME, Pair, at, frames, others, styled

from tui.wire import Wire
from tui.wire.driver import WireDriver, _Patient


class Held(Pair):
    """A terminal behind the layer for which some of the frames are held."""

    def write(self, data: str, *, hold: bool) -> str:
        sent = self.wire.feed(data, hold=hold)
        self.bare.feed(data)
        self.behind.feed(sent)
        return sent


@settings(max_examples=300, deadline=None)
@given(some.lists(some.tuples(frames | others, some.booleans()), max_size=8))
def test_after_frames_that_were_held_the_screen_is_the_same(written: list[tuple[str, bool]]) -> None:
    pair = Held(EVERYTHING)
    for data, hold in written:
        pair.write(data, hold=hold)
    pair.feed("")
    assert not pair.wire.is_holding


def test_of_held_frames_only_the_newest_state_is_sent() -> None:
    pair = Held()
    for number in range(5):
        assert pair.write(at(2, 3, f"line {number}") + HOME, hold=True) == ""
    sent = pair.write("", hold=False)
    assert ("line 4" in sent, sent.count("line")) == (True, 1)


def test_what_was_to_be_shown_at_once_still_is_after_it_was_held() -> None:
    pair = Held()
    pair.write("\x1b[?2026h", hold=True)
    colours = "".join(at(y, x, styled("z", f"38;2;{x};{y};9")) for y in range(8) for x in range(16))
    pair.write(colours, hold=True)
    pair.write("\x1b[?2026l", hold=True)
    sent = pair.write("", hold=False)
    assert (sent.startswith("\x1b[?2026h"), sent.endswith("\x1b[?2026l")) == (True, True)
    assert "2026" not in pair.write(colours.replace("z", "y"), hold=False)


def test_what_does_more_than_draw_waits_for_nothing_and_follows_what_was_drawn_before() -> None:
    pair = Held()
    pair.write(at(2, 3, styled("seen", "31")) + HOME, hold=True)
    sent = pair.write("\x1b]52;c;YQ==\x07", hold=True)
    assert 0 < sent.index("seen") < sent.index("\x1b]52;c;YQ==\x07")


# ----------------------------------------------------------------------------------------------------------- the driver


class Slow:
    """A file whose writer is behind until it catches up."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def write(self, text: str) -> int:
        self.taken.append(text)
        return len(text)

    def flush(self) -> None: ...

    def fileno(self) -> int:
        raise OSError


class Behind(WireDriver):
    """The driver with a thread that writes only when the test says so."""

    def __init__(self) -> None:
        self.file, self.queue = Slow(), list[str]()
        self._lock = threading.RLock()
        self._is_feeding = self._is_stale = self._is_writing = False
        self._wire = Wire(lambda: (20, 4))
        self._patient = _Patient(self.file)  # type: ignore[arg-type]
        self._patient.drained = self._send_held
        self._handed_over = 0
        self.redrawn = 0
        refreshed = SimpleNamespace(refresh=self.count, log=SimpleNamespace(error=lambda text: None))
        self._app = refreshed  # type: ignore[assignment]
        self._loop = SimpleNamespace(call_soon_threadsafe=lambda work, *given: work(*given))  # type: ignore[assignment]
        self._writer_thread = SimpleNamespace(write=self.queue.append)  # type: ignore[assignment]

    def count(self) -> None:
        self.redrawn += 1

    def catch_up(self) -> None:
        """What the thread does with what is in its queue."""
        assert self._patient is not None
        while self.queue:
            self._patient.write(self.queue.pop(0))
        self._patient.flush()


def test_while_the_thread_writes_frames_are_held_and_sent_as_one_when_it_has_caught_up() -> None:
    driver = Behind()
    driver.write(at(0, 0, "one") + HOME)
    for word in ("two", "red", "far"):
        driver.write(at(0, 0, word) + HOME)
    assert len(driver.queue) == 1
    driver.catch_up()
    assert len(driver.queue) == 1
    driver.catch_up()
    assert driver.queue == []
    assert ["one" in driver.file.taken[0], "far" in driver.file.taken[1]] == [True, True]
    driver.write(at(0, 0, "new") + HOME)
    assert "new" in driver.queue[0]


def test_what_is_held_when_the_screen_is_forgotten_is_drawn_again() -> None:
    driver = Behind()
    driver.write(at(0, 0, "one") + HOME)
    driver.write(at(1, 0, "two") + HOME)
    driver.forget()
    driver.write(at(0, 0, "one") + HOME)
    assert driver.redrawn == 1


def test_catching_up_after_the_end_of_the_app_is_no_fault() -> None:
    driver = Behind()

    def closed(*work: object) -> None:
        raise RuntimeError("Event loop is closed")

    driver.write(at(0, 0, "one") + HOME)
    driver.write(at(0, 0, "two") + HOME)
    driver._loop = SimpleNamespace(call_soon_threadsafe=closed)  # type: ignore[assignment]
    driver.catch_up()
    assert driver.queue == []
