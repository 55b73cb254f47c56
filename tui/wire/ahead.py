"""Keys typed while a program still loads: the terminal keeps them as they were pressed, for the driver to read."""

from __future__ import annotations

import fcntl
import signal
import struct
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

ENDING = (signal.SIGTERM, signal.SIGHUP)
"""Signals that would end a program that loads without anything being put back."""

_settings: list[Any] | None = None
_cooked = 0


@contextmanager
def typed_ahead(descriptor: int = 0) -> Iterator[None]:
    """Keep keys unchanged and unseen until a driver reads them; in the end the terminal is as it was found.

    Until then ctrl+c and ctrl+z still interrupt and stop, and SIGTERM and SIGHUP exit with 143 and 129.  Where there is no
    terminal nothing is done.
    """
    global _settings, _cooked
    try:
        _settings = termios.tcgetattr(descriptor)
    except termios.error:
        yield
        return
    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit)
    found, own = _settings, termios.tcgetattr(descriptor)
    own[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
    own[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    own[6][termios.VMIN], own[6][termios.VTIME] = 1, 0
    try:
        termios.tcsetattr(descriptor, termios.TCSANOW, own)
        _cooked = _waiting(descriptor)
        yield
    finally:
        _settings, _cooked = None, 0
        with suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSANOW, found)


def settings_found() -> list[Any] | None:
    """The settings of the terminal before keys were kept; None where they are not."""
    return _settings


def pressed(typed: bytes) -> bytes:
    """The first bytes that a driver reads as they were pressed: what came before us ends its lines as text does."""
    global _cooked
    count, _cooked = _cooked, 0
    return typed[:count].replace(b"\n", b"\r") + typed[count:]


def _waiting(descriptor: int) -> int:
    try:
        found = fcntl.ioctl(descriptor, termios.FIONREAD, struct.pack("i", 0))
    except OSError:
        return 0
    return int(struct.unpack("i", found)[0])


def _exit(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
