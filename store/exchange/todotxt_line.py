"""A line of todo.txt: taken apart into its marks, days and words, and words made safe to stand in one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from store.exchange.tasks import BY_LETTER
from store.words import is_name

DAY = r"\d{4}-\d{2}-\d{2}"
_DONE = re.compile(rf"x (?:\((?P<priority>[A-Z])\) )?(?:(?P<done>{DAY}) )?(?:(?P<created>{DAY}) )?(?P<text>.*)", re.ASCII)
_OPEN = re.compile(rf"(?:\((?P<priority>[A-Z])\) )?(?:(?P<created>{DAY}) )?(?P<text>.*)", re.ASCII)
_OURS = re.compile(rf"id:[{''.join(BY_LETTER)}][1-9]\d{{0,14}}", re.ASCII)
STAMP = re.compile(rf"(?P<day>{DAY})T(\d\d):(\d\d):(\d\d\.\d{{3}})Z", re.ASCII)
"""How a record says when it was captured, where a line can say it too."""
_AT = re.compile(r"(\d\d)(\d\d)(\d\d\.\d{3})", re.ASCII)
_ESCAPED = re.compile(r"\\(u[0-9a-f]{4}|U[0-9a-f]{8}|.)", re.DOTALL)
_SINGLE_BLANK = re.compile("(?<=[^ ]) (?=[^ ])")
_FRONT = re.compile(rf"x|\([A-Z]\)|{DAY}", re.ASCII)
"""What means something else at the front of a line."""
_KEYS = frozenset({"id", "at", "due", "state", "result", "driver"})
"""What we write as ``key:value``."""
_THEIRS = frozenset({"due", "pri"})
"""What we know of what others write; ``pri`` is where a task that is done keeps its priority."""


@dataclass(slots=True)
class Line:
    """A line taken apart: its mark, its days, and the words of its text by what they are."""

    number: int
    text: str
    done: bool
    priority: str
    done_on: str
    created: str
    words: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    contexts: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether it names a record, so that it was written here."""
        return "id" in self.keys

    @property
    def stamp(self) -> str:
        """When the record it names was captured; "" where it does not say."""
        at = _AT.fullmatch(self.keys.get("at", ""))
        return f"{self.created}T{at[1]}:{at[2]}:{at[3]}Z" if at and self.created else ""


def taken_apart(number: int, text: str) -> Line:
    """The parts of a line without breaks, tabs or blanks around it."""
    found = _DONE.fullmatch(text) or _OPEN.fullmatch(text)
    assert found is not None, "a line without line breaks is one or the other"
    parts = {name: value or "" for name, value in found.groupdict().items()}
    line = Line(number, parts["text"], text.startswith("x "), parts["priority"], parts.get("done", ""), parts["created"])
    words = [word for word in line.text.split(" ") if word]
    ours = any(_OURS.fullmatch(word) for word in words)
    for place, word in enumerate(words):
        _sort(line, word, ours)
        if not ours and line.words and _is_mark(word) and any(map(_is_text, words[place + 1 :])):
            line.words.append(word[1:])  # it is also a word of the sentence it stands in
    line.priority = line.priority or line.keys.pop("pri", "")
    return line


def _sort(line: Line, word: str, ours: bool) -> None:
    """Put a word where it belongs; what is nothing else is part of the title."""
    key, _, value = word.partition(":")
    known = key in (_KEYS if ours else _THEIRS) and key not in line.keys and (key != "id" or _OURS.fullmatch(word))
    if word[0] in "+@" and word[1:] and (ours or _is_mark(word)):
        name = _plain(word[1:]) if ours else word[1:]
        into = line.projects if word[0] == "+" else line.contexts
        into += [name] if name not in into else []
    elif known and value:
        line.keys[key] = _plain(value) if ours else value
    else:
        line.words.append(_plain(word) if ours else word)


def _is_text(word: str) -> bool:
    """Whether a word that somebody else wrote is nothing but a word."""
    key, colon, value = word.partition(":")
    return not _is_mark(word) and not (colon and key.isidentifier() and not value.startswith("//"))


def _is_mark(word: str) -> bool:
    """Whether a word that somebody else wrote is a project or a context, as capture takes it."""
    return word[:1] in ("+", "@") and word[1:2].isalpha() and is_name(word[1:])


def _plain(word: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1][1:], 16)) if len(found[1]) > 1 else found[1], word)


def iso_day(said: str) -> date:
    """The day; raises ``ValueError`` also for the other ways ISO 8601 has of writing one."""
    if not re.fullmatch(DAY, said, re.ASCII):
        raise ValueError(said)
    return date.fromisoformat(said)


# ---------------------------------------------------------------------------------------------------------------- writing


def safe(text: str) -> str:
    """The text as part of a word: no blank, no colon, nothing a terminal would obey."""
    return "".join(_escape(mark) if mark in " :\\" or not mark.isprintable() else mark for mark in text)


def _escape(mark: str) -> str:
    code = ord(mark)
    return "\\\\" if mark == "\\" else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def safe_title(title: str) -> str:
    """The title as words of a line, none of which is a mark, a day, a priority, a tag, a person or a key."""
    first, *others = _SINGLE_BLANK.split(title)
    opening = _safe_word(first)
    return " ".join([f"\\{opening}" if _FRONT.fullmatch(opening) else opening, *map(_safe_word, others)])


def _safe_word(word: str) -> str:
    plain = "".join(_escape(mark) if mark in " \\" or not mark.isprintable() else mark for mark in word)
    key, colon, rest = plain.partition(":")
    if colon and key in _KEYS:
        return f"{key}\\:{rest}"
    return f"\\{plain}" if plain[:1] in ("+", "@") else plain
