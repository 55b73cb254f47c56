"""Bytes of unknown origin become text: every byte is kept, and what is odd about them is said with its line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from store.errors import UsageError
from store.exchange.imported import Problem, Source, at_lines
from store.quoting import quoted

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a spreadsheet or another zip archive; export it as text first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; export it as text first"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"SQLite format 3\0", "a database"),
)
"""How files begin that are no text, and what they are."""

_SAMPLE = 4096
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_UNREADABLE = re.compile("[\udc00-\udcff]")
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NAMES = {"\x00": "NUL", "\x1b": "ESC", "\u202e": "a right-to-left override"}


class NotText(UsageError):
    """The file is something other than text; nothing of it can be read."""


def decode(source: Source, encoding: str = "", *, shown: str = "\\x") -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, and what is odd about it.

    UTF-8 unless a byte order mark or ``encoding`` says otherwise.  A byte that is no text stays visible as ``\\xe9``,
    written with ``shown`` in front.
    Control characters and direction overrides are kept, as data.  Raises ``NotText``, or ``UsageError`` for an encoding
    that does not exist.
    """
    named = encoding or next((name for mark, name in BYTE_ORDER_MARKS if source.data.startswith(mark)), "")
    if not named:
        _refuse_binary(source)
    codec = named or "utf-8"
    try:
        marked = source.data.decode(codec, _KEEP)
    except LookupError:
        raise UsageError(f"There is no encoding “{quoted(encoding)}”; try utf-8, utf-16, latin-1 or cp1252.") from None
    except UnicodeError as error:
        raise UsageError(f"{source.shown} cannot be read as {codec}: {error}.") from None
    problems = (*_unreadable(source, marked, codec, declared=bool(encoding)), *odd_characters(source, marked))
    return _UNREADABLE.sub(lambda byte: f"{shown}{ord(byte[0]) - 0xDC00:02x}", marked), problems


def odd_characters(source: Source, text: str) -> Iterator[Problem]:
    """A problem for each sort of character that a terminal might obey, at the first line it stands on."""
    found: dict[str, list[int]] = {}
    if _ODD.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            for character in set(_ODD.findall(line)):
                found.setdefault(character, []).append(number)
    for character, lines in found.items():
        first, more = at_lines(lines)
        name = _NAMES.get(character, f"the control character U+{ord(character):04X}")
        yield Problem(source.path, first, f"holds {name}{more}: kept as data, never sent to a terminal.")


def _unreadable(source: Source, marked: str, codec: str, *, declared: bool) -> Iterator[Problem]:
    lines = [number for number, line in enumerate(marked.split("\n"), 1) if _UNREADABLE.search(line)]
    if lines:
        first, more = at_lines(lines)
        advice = "" if declared else " If it is another encoding, say which: encoding=latin-1"
        message = f"bytes that are not {codec.removesuffix('-sig').upper()}{more}: kept, written as \\xNN.{advice}"
        yield Problem(source.path, first, message)


def _refuse_binary(source: Source) -> None:
    sample = source.data[:_SAMPLE]
    for beginning, kind in OTHER_FILES:
        if sample.startswith(beginning):
            raise NotText(f"{source.shown} is {kind}. Nothing of it was imported.")
    if sample and min(sample[::2].count(0), sample[1::2].count(0)) == 0 and sample.count(0) * 4 > len(sample):
        order = "utf-16-be" if sample[::2].count(0) else "utf-16-le"
        raise NotText(f"{source.shown} looks like UTF-16 without its mark. Say so: encoding={order}")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > 8 + len(sample) // 10:
        raise NotText(f"{source.shown} is not text: a tenth of it is control characters. Nothing of it was imported.")


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Each byte that is no text as a lone surrogate, which decoded text never holds: its place is known afterwards."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


_KEEP = "manyview.keep"
codecs.register_error(_KEEP, _keep)
