"""One typed line becomes a draft: ``Keep SSO out +security @anna re:B7 because "2 of 40 asked" conf:70 revisit:+6w``.

**Grammar.**  ``+tag``, ``@who`` and ``key:value`` with a key of the kind (``store.keys``) are tokens; every other word is
text, in the order it was typed: unknown keys, URLs, ``10:30``, ``+1``.  After ``because``, behind some text, comes the
reason: one quoted text, or everything up to the next token.  ``--`` ends the tokens.  The first line of the text is the
title, the rest the body.

**Nothing is lost and nothing is asked.**  A token whose value cannot be (``conf:170``) stays in the text, with a warning.
Only a line without any text is refused.

On the capture fast path: nothing is imported here that the interpreter has not loaded already, but for ``store.dates``
and ``datetime`` when a day is read.
"""

from store.errors import UsageError
from store.keys import DEFAULTS, FIELDS, FITTING, KEYS, LINK_KEYS, read_day, read_tags, record_id
from store.quoting import quoted
from store.words import is_name, is_spaced, storable, typed_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from store.keys import Today, Value
    from store.words import Token


class _Kind:
    """What is particular to capturing one kind: where its text, its reason and its people go."""

    __slots__ = ("headline", "noun", "people", "reason", "state", "table")

    def __init__(self, noun: str, table: str, headline: str, state: str, reason: str = "", people: str = "") -> None:
        self.noun, self.table, self.headline, self.state = noun, table, headline, state
        self.reason, self.people = reason, people


_MISSION = _Kind("mission", "missions", "title", "forming", "intent.purpose", "people")
_BET = _Kind("bet", "bets", "title", "option", "hypothesis", "people")
_DECISION = _Kind("decide", "decisions", "title", "open", "why", "contributors")
_BELIEF = _Kind("belief", "beliefs", "text", "open")
_SIGNAL = _Kind("signal", "signals", "statement", "")
_NOTE = _Kind("note", "updates", "text", "")
_KINDS = {
    "mission": _MISSION, "bet": _BET, "decide": _DECISION, "decision": _DECISION,
    "belief": _BELIEF, "signal": _SIGNAL, "note": _NOTE, "update": _NOTE,
}  # fmt: skip

_BLANK = " \t\r\n"


class Draft:
    """What a line was understood as.

    ``document`` is what goes into ``table`` as it is, but for who and when.  ``understood`` holds (label, value) pairs to
    echo, ``left_as_text`` words that looked like tokens and are none, ``warnings`` a sentence for each thing that could
    not be taken as meant.  All text is as it was typed: what shows it makes it safe to show.
    """

    __slots__ = ("document", "left_as_text", "table", "understood", "warnings")

    def __init__(self, table: str, document: "dict[str, Any]") -> None:
        self.table = table
        self.document = document
        self.understood: list[tuple[str, str]] = []
        self.left_as_text: list[str] = []
        self.warnings: list[str] = []

    def warn(self, warning: str) -> None:
        """Add a warning, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)


def draft(kind_noun: str, words: "list[str] | str", *, today: "Today" = None, me: str = "") -> Draft:
    """The draft of a record from the shell's words, or from one typed text with quoting of its own.

    A word of the shell that contains blanks is text, or the value of the key it begins with.  In a typed text quotes hold
    a value together (``health:"at risk"``) and keep a text from being read as tokens; lines after the first are body.
    ``today`` is the day it is, or tells it where a day is read.  ``me`` is who ``@me`` means.  Raises ``UsageError`` where
    there is no text or no such kind.
    """
    kind = _KINDS.get(kind_noun)
    if kind is None:
        raise UsageError(f"{quoted(kind_noun)} cannot be captured.\nTry mission, bet, decide, belief, signal or note.")
    reading = _Reading(kind, today, me)
    if isinstance(words, str):
        line, _, rest = storable(words, reading.draft.warn).replace("\r\n", "\n").lstrip("\n").partition("\n")
        reading.read(typed_words(line))
        return reading.finish(rest)
    clean = [storable(word, reading.draft.warn) for word in words]
    reading.read([(word, word) for word in clean])
    if len(clean) == 1:
        reading.note_quoted(clean[0])
    return reading.finish("")


class _Reading:
    """A line being read: the draft so far, the words of its text, and those that find their field at the end."""

    def __init__(self, kind: _Kind, today: "Today", me: str) -> None:
        self.kind, self.today, self.me = kind, today, me
        self.draft = Draft(kind.table, {"state": kind.state} if kind.state else {})
        self.text: list[str] = []
        self.reason: list[str] = []
        self.people: list[str] = []
        self.state_typed = ""

    def read(self, tokens: "Iterable[Token]") -> None:
        """Take every word as a token or as text."""
        into, because_at = self.text, -1
        tokens = iter(tokens)
        for raw, plain in tokens:
            if raw == "--":
                into.extend(raw for raw, plain in tokens if plain)
            elif into is self.reason and not into and plain and (raw != plain or is_spaced(raw)):
                into.append(plain)
                into = self.text
            elif raw == "because" and because_at < 0 and self.text and self.kind.reason:
                into, because_at = self.reason, len(self.text)
            elif self._take(raw, plain):
                into = self.text
            elif plain:
                into.append(raw)
        if because_at >= 0 and not self.reason:
            self.text.insert(because_at, "because")

    def note_quoted(self, text: str) -> None:
        """Say which words of a text that was quoted as a whole would have been tokens without the quotes."""
        if is_spaced(text) and text not in self.draft.left_as_text:
            self.draft.left_as_text.extend(like_fields(text))

    def _take(self, raw: str, plain: str) -> bool:
        """Whether the word is a token, which is then noted."""
        if raw[:1] in ("+", "@"):
            return self._take_mark(raw[0], raw[1:])
        key, colon, _ = raw.partition(":")
        if _assigns(raw):
            self.draft.left_as_text.append(raw)
            return False
        value = plain[len(key) + 1 :]
        if not colon or not value or value[0].isspace() or value.startswith("//"):
            return False
        try:
            known = self._take_key(key, value, raw)
        except ValueError as error:
            self.draft.warn(f"{quoted(raw)} stayed in the text: {error}.")
            return False
        if not known and _is_like_a_key(key, value) and (not is_spaced(raw) or any(key in known for known in KEYS.values())):
            self.draft.left_as_text.append(raw)
        return known

    def _take_mark(self, mark: str, name: str) -> bool:
        """Whether ``+name`` is a tag, or ``@name`` a person whom a record of this kind can hold."""
        if not name[:1].isalpha() or is_spaced(name):
            return False
        person = self.me if name == "me" else name
        if not is_name(name) or (mark == "@" and not (person and self.kind.people)):
            self.draft.left_as_text.append(mark + name)
            return False
        if mark == "+":
            self._add("tags", [name])
        elif person not in self.people:
            self.people.append(person)
        return True

    def _take_key(self, key: str, value: str, raw: str) -> bool:
        """Whether the key is known, and its value is then set; raises ``ValueError`` where the value cannot be."""
        field = KEYS[self.kind.table].get(key)
        if field is not None:
            self._set(field, FIELDS[self.kind.table][field](value, self.today), raw)
        elif key in LINK_KEYS or key in ("re", "about"):
            self._link(key, [record_id(part.strip()) for part in value.split(",")])
        elif key in ("tag", "tags"):
            self._add("tags", read_tags(value))
        else:
            return False
        return True

    def _set(self, field: str, value: "Value", raw: str) -> None:
        if isinstance(value, list):
            self._add(field, value)
            return
        if field == "state":
            self.state_typed = raw
        elif _get(self.draft.document, field) is not None:
            self.draft.warn(f"{_label(field)} was given twice; the last one counts: {quoted(raw)}.")
        _put(self.draft.document, field, value)
        self._echo(_label(field), f"{value:.15g}" if isinstance(value, float) else str(value))

    def _add(self, field: str, values: list[str]) -> None:
        kept: list[str] = self.draft.document.setdefault(field, [])
        new = [value for value in dict.fromkeys(values) if value not in kept]
        kept.extend(new)
        if new:
            self._echo(_label(field), ", ".join(new))

    def _link(self, key: str, ids: list[str]) -> None:
        links: list[dict[str, Any]] = self.draft.document.setdefault("links", [])
        for to in ids:
            label = LINK_KEYS.get(key) or FITTING.get(self.kind.table, {}).get(to[0], "informs")
            link: dict[str, Any] = {"to": to} if label == "informs" else {"kind": label, "to": to}
            if any(link.items() <= other.items() and label == other.get("kind", "informs") for other in links):
                continue
            if label == "nests_in" and not any("primary" in other for other in links):
                link["primary"] = True
            links.append(link)
            self._echo(_label(label), to)

    def _echo(self, label: str, value: str) -> None:
        self.draft.understood.append((label, value))

    def finish(self, rest: str) -> Draft:
        """The draft with its text, its reason and its people in their fields; ``rest`` is text behind the first line."""
        if self.reason:
            self._set(self.kind.reason, " ".join(self.reason), "because …")
        self._place_people()
        self._hold_one_way()
        if self.draft.document.get("state") == "decided" and "decided_on" not in self.draft.document:
            self._set("decided_on", read_day("today", self.today), "")
        self._place_text("\n".join(part for part in (" ".join(self.text), rest) if part))
        for (table, field), value in DEFAULTS.items():
            if table == self.kind.table and self.draft.document.get(field) == value:
                del self.draft.document[field]
        return self.draft

    def _place_text(self, text: str) -> None:
        if not text.strip():
            raise UsageError(
                f"There is nothing to capture without a {self.kind.headline}. Nothing was changed.\n"
                f"Try: many {self.kind.noun} Say it in a few words +tag"
            )
        title, _, body = text.lstrip(_BLANK).partition("\n")
        self.draft.document[self.kind.headline] = title.strip(_BLANK)
        if body.strip("\n"):
            self.draft.document["body"] = body.strip("\n")

    def _place_people(self) -> None:
        """Who was named takes part; in a decision the first one drives it, unless somebody does already."""
        people = self.people
        if people and self.kind is _DECISION and "driver" not in self.draft.document:
            self._set("driver", people[0], "")
            people = people[1:]
        if people:
            self._add(self.kind.people, people)

    def _hold_one_way(self) -> None:
        """A one-way decision without two options and a day to look back stays open, as the rule for deciding asks."""
        document = self.draft.document
        if document.get("state") != "decided" or document.get("door") != "one-way":
            return
        if len(document.get("options", ())) < 2 or "review_on" not in document:
            document["state"] = self.kind.state
            self.draft.understood = [pair for pair in self.draft.understood if pair[0] != "state"]
            self.text.append(self.state_typed)
            self.draft.warn(
                f"{quoted(self.state_typed)} stayed in the text: a one-way door needs two options and a review date first."
            )


# ------------------------------------------------------------------------------------------------------------- documents


def _get(document: "dict[str, Any]", field: str) -> "Any":
    whole, _, part = field.partition(".")
    found = document.get(whole)
    return found.get(part) if part and found else found


def _put(document: "dict[str, Any]", field: str, value: "Value") -> None:
    whole, _, part = field.partition(".")
    if part:
        document.setdefault(whole, {})[part] = value
    else:
        document[whole] = value


def like_fields(text: str) -> list[str]:
    """The words of a text that look like fields: ``+tag``, ``@who`` and ``key:value``, ``key=value``."""
    return [word for word in text.split() if _is_like_a_mark(word) or _is_like_a_key(*_parts(word)) or _assigns(word)]


def _is_like_a_mark(word: str) -> bool:
    return word[0] in "+@" and word[1:2].isalpha()


def _parts(word: str) -> tuple[str, str]:
    key, colon, value = word.partition(":")
    return (key, value) if colon and value else ("", "")


def _is_like_a_key(key: str, value: str) -> bool:
    """Whether a word may have been meant to set something: ``colour:red``, ``forecast.low:4``, and no address."""
    return key.islower() and all(map(str.isidentifier, key.split("."))) and not value.startswith("//")


def _assigns(word: str) -> bool:
    """Whether a word may have been meant to set a known field as ``many set`` does: ``settle_by=+6w``, but no formula."""
    key, equals, value = word.partition("=")
    if not (equals and value) or is_spaced(word):
        return False
    return any(key in known for known in KEYS.values()) or any(key in known for known in FIELDS.values())


def _label(field: str) -> str:
    """What people read for a field."""
    return field.rpartition(".")[2].replace("_", " ")
