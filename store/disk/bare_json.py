"""JSON for the journal without the modules that ``json`` loads: its two C functions, for compact lines and strict texts.

``import json`` costs capture as much as the interpreter itself, nearly all of it for the regular expressions of its Python
fallback.  Where an interpreter has no such C functions, ``json`` does the work.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

BLANKS = " \t\r\n"


def _refuse(constant: str) -> "NoReturn":
    raise ValueError(f"{constant} is not JSON")


class _Reading:
    """How the scanner is to read: what ``json.JSONDecoder`` would tell it."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_constant = staticmethod(_refuse)

    def __init__(self, parse_int: "Callable[[str], Any]" = int, parse_float: "Callable[[str], Any]" = float) -> None:
        self.parse_int, self.parse_float = parse_int, parse_float


def _fallback(value: object) -> "NoReturn":
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


try:
    from _json import encode_basestring, make_encoder, make_scanner

    _make_scanner: "Any" = make_scanner
    _scan: "Any" = _make_scanner(_Reading())
    _encoder: "Any" = make_encoder
    _encoder({}, _fallback, encode_basestring, None, ":", ",", False, False, False)
except (ImportError, TypeError, AttributeError):  # another interpreter, or a later one that changed them
    import json

    _scan, _encoder = None, None


def dumps(value: object) -> bytes:
    """The value as JSON in UTF-8 without blanks.  Raises ``ValueError`` or ``TypeError`` for what JSON cannot hold."""
    if _encoder is None:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    encode = _encoder({}, _fallback, encode_basestring, None, ":", ",", False, False, False)
    return "".join(encode(value, 0)).encode()


def loads(content: bytes) -> "Any":
    """The value that a JSON text in UTF-8 holds.  Raises ``ValueError`` for anything else."""
    text = content.decode().strip(BLANKS)
    return json.loads(text, parse_constant=_refuse) if _scan is None else _scanned(_scan, text)


def loader(parse_int: "Callable[[str], Any]", parse_float: "Callable[[str], Any]") -> "Callable[[bytes], Any]":
    """``loads`` that takes numbers as it is told, or refuses them with a ``ValueError``."""
    if _scan is None:
        decoder = json.JSONDecoder(parse_int=parse_int, parse_float=parse_float, parse_constant=_refuse)
        return lambda content: decoder.decode(content.decode())
    scan = _make_scanner(_Reading(parse_int, parse_float))
    return lambda content: _scanned(scan, content.decode().strip(BLANKS))


def _scanned(scan: "Any", text: str) -> "Any":
    try:
        value, end = scan(text, 0)
    except StopIteration:
        raise ValueError("there is no JSON value") from None
    if end != len(text):
        raise ValueError(f"something follows the JSON value at character {end}")
    return value
