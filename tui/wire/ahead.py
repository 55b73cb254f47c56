"""Keys typed while a program still loads: the terminal keeps them as they were pressed, for the driver to read."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

ENDING = {signal.SIGTERM: signal.SIG_DFL, signal.SIGHUP: signal.SIG_DFL, signal.SIGINT: signal.default_int_handler}
"""Signal → what it does in a program that loads: end it with nothing put back, or be taken by a loop that begins for the
wish to cancel one task, after which others go on."""

TERMINAL = 0
"""The descriptor that keys come from."""

_settings: list[Any] | None = None
_is_loading = False
_cooked = 0


@contextmanager
def typed_ahead() -> Iterator[None]:
    """Keep keys unchanged and unseen until a driver reads them; in the end the terminal is as it was found.

    Until then ctrl+c and ctrl+z still interrupt and stop: SIGINT exits with 130, SIGTERM with 143 and SIGHUP with 129.
    Where there is no terminal nothing is done.
    """
    global _settings, _is_loading, _cooked
    try:
        _settings = termios.tcgetattr(TERMINAL)
    except termios.error:
        yield
        return
    for number, handler in ENDING.items():
        if signal.getsignal(number) is handler:
            signal.signal(number, _exit)
    found, own = _settings, termios.tcgetattr(TERMINAL)
    own[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
    own[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    own[6][termios.VMIN], own[6][termios.VTIME] = 1, 0
    _is_loading = True
    try:
        termios.tcsetattr(TERMINAL, termios.TCSANOW, own)
        _cooked = _waiting()
        yield
    finally:
        _settings, _is_loading, _cooked = None, False, 0
        with suppress(termios.error):
            termios.tcsetattr(TERMINAL, termios.TCSANOW, found)


def take_over() -> list[Any] | None:
    """The settings of the terminal before keys were kept, None where they are not; the driver puts them back from now on."""
    global _is_loading
    _is_loading = False
    return _settings


def pressed(typed: bytes) -> bytes:
    """The first bytes that a driver reads as they were pressed: what came before us ends its lines as text does."""
    global _cooked
    count, _cooked = _cooked, 0
    return typed[:count].replace(b"\n", b"\r") + typed[count:]


def _waiting() -> int:
    try:
        found = fcntl.ioctl(TERMINAL, termios.FIONREAD, struct.pack("i", 0))
    except OSError:
        return 0
    return int(struct.unpack("i", found)[0])


def _exit(number: int, frame: FrameType | None) -> None:
    """End a program that loads at once: an exception could be swallowed by whatever is being loaded, or end half of it."""
    if _is_loading and _settings is not None:
        with suppress(termios.error):
            termios.tcsetattr(TERMINAL, termios.TCSANOW, _settings)
        os._exit(128 + number)
    sys.exit(128 + number)
