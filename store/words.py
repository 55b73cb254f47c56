"""The words of a typed line: where they end, what quotes hold together, and what of them a workspace can keep.

Light, because capture imports it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Token = tuple[str, str]
    """A word as it was typed, and what it says once its quotes are taken off."""

_ENDS_A_NAME = "…’‘“”«»–—、。，"


def storable(text: str, warn: "Callable[[str], None]") -> str:
    """The text with ``\\xNN`` for bytes that were not UTF-8, as imports keep them, and U+FFFD for NUL, as JSON needs it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        warn("Bytes that are not UTF-8 are kept, written as \\xNN.")
        text = "".join(_shown(mark) if "\ud800" <= mark <= "\udfff" else mark for mark in text)
    if "\0" in text:
        warn("NUL characters were replaced by \ufffd.")
        text = text.replace("\0", "\ufffd")
    return text


def _shown(surrogate: str) -> str:
    """The byte that the system handed over as half a character; U+FFFD for half a character that was one."""
    return f"\\x{ord(surrogate) - 0xDC00:02x}" if "\udc80" <= surrogate <= "\udcff" else "\ufffd"


def is_spaced(word: str) -> bool:
    """Whether a word contains blanks, as a quoted one of the shell does."""
    return " " in word or "\t" in word or "\n" in word


def is_name(name: str) -> bool:
    """Whether a tag or a person may be called so: letters, digits and ``- _ . /``, the last two not at the end."""
    return name[-1] not in "./" and all(
        mark.isalnum() or mark in "-_./" if mark.isascii() else mark.isprintable() and mark not in _ENDS_A_NAME
        for mark in name
    )


def typed_words(line: str) -> "Iterator[Token]":
    """The words of a typed line.

    A quote opens at the beginning of a word or behind ``key:``, and closes at the end of one; any other is an ordinary
    character.  Takes time in proportion to the line: once no quote closes, none is looked for again.
    """
    pieces = line.replace("\t", " ").split(" ")
    at, closable = 0, '"' in line
    while at < len(pieces):
        opening = _opening(pieces[at]) if closable else -1
        end = at if opening < 0 else _closing(pieces, at, opening)
        closable = closable and end >= 0
        raw = " ".join(pieces[at : end + 1]) if end > at else pieces[at]
        at = max(at, end) + 1
        if opening >= 0 and end >= 0:
            yield raw, raw[:opening] + raw[opening + 1 : -1]
        elif raw:
            yield raw, raw


def _opening(piece: str) -> int:
    """Where a word opens a quote; -1 where it does not."""
    if piece.startswith('"'):
        return 0
    key, colon, _ = piece.partition(':"')
    return len(key) + 1 if colon and key.isidentifier() else -1


def _closing(pieces: list[str], at: int, opening: int) -> int:
    """Which word closes the quote that the word at ``at`` opens; -1 where none does."""
    if pieces[at].endswith('"') and len(pieces[at]) > opening + 1:
        return at
    return next((end for end in range(at + 1, len(pieces)) if pieces[end].endswith('"')), -1)
