"""From text to a filter and back: the grammar of ``store.query``."""

from __future__ import annotations

import re
from functools import partial
from unicodedata import combining, east_asian_width

from store.errors import UsageError
from store.query.asking import verify
from store.query.traits import NAMES
from store.query.words import Words, meant
from store.quoting import quoted

DEEPEST = 50
"""How deep parentheses and negations may be nested."""
CONTEXT = 60
"""How many characters an error shows of the text around it."""


class QueryError(UsageError):
    """A filter that cannot be read: the reason, and a caret under the place; ``position`` counts from 0."""

    def __init__(self, reason: str, text: str, position: int) -> None:
        start = max(0, position - CONTEXT // 2)
        line = quoted(text[start : start + CONTEXT], CONTEXT)
        super().__init__(f"{reason}\n  {line}\n  {' ' * _columns(line[: position - start])}^")
        self.reason = reason
        self.position = position


class Query:
    """A filter, which does not change.  ``str`` gives it back as text that is read as the same filter.

    Equal is what is of one class and has equal parts.  (No dataclass: importing those takes a sixth of a filtered list.)
    """

    __slots__: tuple[str, ...] = ()

    def _held(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._held() == other._held()

    def __hash__(self) -> int:
        return hash((type(self), self._held()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._held()))})"


class Text(Query):
    """The text stands somewhere in the record."""

    __slots__ = __match_args__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text if PLAIN.fullmatch(self.text) and not KEYWORD.fullmatch(self.text) else in_quotes(self.text)


class Term(Query):
    """A field compares to any of the values."""

    __slots__ = __match_args__ = ("field", "operator", "values")

    def __init__(self, field: str, operator: str, values: tuple[str, ...]) -> None:
        self.field, self.operator, self.values = field, operator, values

    def __str__(self) -> str:
        values = ",".join(value if PLAIN_VALUE.fullmatch(value) else in_quotes(value) for value in self.values)
        return "@" + values if (self.field, self.operator) == ("who", ":") else self.field + self.operator + values


class Not(Query):
    """What the part leaves out."""

    __slots__ = __match_args__ = ("part",)

    def __init__(self, part: Query) -> None:
        self.part = part

    def __str__(self) -> str:
        return f"-({self.part})" if isinstance(self.part, All | Either) else f"-{self.part}"


class All(Query):
    """What all of the parts find: everything, when there are none."""

    __slots__ = __match_args__ = ("parts",)

    def __init__(self, parts: tuple[Query, ...] = ()) -> None:
        self.parts = parts

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Either) else str(part) for part in self.parts)


class Either(Query):
    """What any of the parts finds."""

    __slots__ = __match_args__ = ("parts",)

    def __init__(self, parts: tuple[Query, ...]) -> None:
        self.parts = parts

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


def parse(text: str, words: Words = ()) -> Query:
    """The filter a text describes; an empty one finds everything.  Raises ``QueryError``.

    ``words`` are those of the workspace, which then stand for the values of the model.  A quote that is never closed runs
    to the end, so that a filter can be followed while it is typed.
    """
    if not text.strip():
        return All()
    return _Parser(text, words).whole()


def clauses(query: Query) -> tuple[Query, ...]:
    """The parts that must all hold: none for everything, one for a filter that is no conjunction."""
    return query.parts if isinstance(query, All) else (query,)


# --------------------------------------------------------------------------------------------------------------- the text

FIELD = re.compile(r"([A-Za-z](?:[A-Za-z_.\-]*[A-Za-z])?)(<=|>=|[:<>=])")
KEYWORD = re.compile(r"(and|or|not)(?=[\s()]|$)", re.IGNORECASE)
BLANK = re.compile(r"\s*")
QUOTE = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\\?\Z)', re.DOTALL)
ESCAPE = re.compile(r'\\(["\\])')
PLAIN = re.compile(r"(?!" + FIELD.pattern + r')[^\s()"@+\-][^\s()]*')
PLAIN_VALUE = re.compile(r'[^\s()",][^\s(),]*')
CANONICAL = {"tags": "tag", "conf": "confidence", "re": "links", "about": "links"}


def in_quotes(text: str) -> str:
    """The text in quotes, as the filter language reads them."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(0 if combining(mark) else 2 if east_asian_width(mark) in "WF" else 1 for mark in text)


def _means_something(field: str, operator: str, value: str) -> bool:
    try:
        verify(field, operator, (value,))
    except ValueError:
        return False
    return True


class _Parser:
    """Reads one text from left to right; ``at`` is where it stands."""

    def __init__(self, text: str, words: Words = ()) -> None:
        self.text = text
        self.words = words
        self.at = 0
        self.depth = 0

    def whole(self) -> Query:
        query = self._either("")
        if self.at < len(self.text):
            raise self._error("There is no parenthesis open that this one could close.")
        return query

    def _error(self, reason: str, at: int | None = None) -> QueryError:
        return QueryError(reason, self.text, self.at if at is None else at)

    def _skip_blank(self) -> None:
        found = BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _keyword(self) -> str:
        """The keyword that comes next, in lower case; "" for anything else."""
        found = KEYWORD.match(self.text, self.at)
        return found[1].lower() if found else ""

    def _either(self, after: str) -> Query:
        parts = [self._all(after)]
        while self._keyword() == "or":
            self.at += len("or")
            parts.append(self._all("or"))
        flat = dict.fromkeys(one for part in parts for one in (part.parts if isinstance(part, Either) else (part,)))
        return next(iter(flat)) if len(flat) == 1 else Either(tuple(flat))

    def _all(self, after: str) -> Query:
        parts: list[Query] = []
        self._skip_blank()
        while self.at < len(self.text) and self.text[self.at] != ")" and self._keyword() != "or":
            if parts and self._keyword() == "and":
                self.at += len("and")
                after = "and"
                self._skip_blank()
                if self.at == len(self.text) or self.text[self.at] == ")" or self._keyword() in ("and", "or"):
                    raise self._error("and needs something on both sides; to find the word, put it in quotes.")
            parts.append(self._unary())
            self._skip_blank()
        if not parts:
            word = after or self._keyword()
            raise self._error(
                f"{word} needs something on both sides; to find the word, put it in quotes."
                if word in ("and", "or")
                else "There is nothing between the parentheses."
            )
        flat = [one for part in parts for one in clauses(part)]
        return flat[0] if len(flat) == 1 else All(tuple(flat))

    def _unary(self) -> Query:
        start = self.at
        sign = self.text[start] if self.text[start] in "-(" else self._keyword()
        if sign in ("and", "or"):
            raise self._error(f"{sign} needs something on both sides; to find the word, put it in quotes.")
        if sign not in ("-", "not", "("):
            return self._primary()
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error(f"This is nested more than {DEEPEST} levels deep.")
        self.at += len(sign)
        query = self._group(start) if sign == "(" else self._negation(sign, start)
        self.depth -= 1
        return query

    def _negation(self, sign: str, start: int) -> Query:
        if sign == "not":
            self._skip_blank()
        if self.at == len(self.text) or self.text[self.at].isspace() or self.text[self.at] == ")":
            raise self._error(f"{sign} needs something to leave out; to find it as text, put it in quotes.", start)
        part = self._unary()
        return part.part if isinstance(part, Not) else Not(part)

    def _group(self, start: int) -> Query:
        query = self._either("(")
        if self.at == len(self.text):
            raise self._error("This parenthesis is never closed.", start)
        self.at += 1
        return query

    def _primary(self) -> Query:
        if self.text[self.at] == '"':
            return Text(self._quoted())
        if self.text[self.at] in "@+":
            self.at += 1
            return self._term("who" if self.text[self.at - 1] == "@" else "tag", ":", self.at - 1)
        found = FIELD.match(self.text, self.at)
        if found is None or self.text.startswith("//", found.end()):
            return Text(self._run(""))
        self.at = found.end()
        return self._term(self._known(found[1], found.start()), found[2], found.start())

    def _known(self, typed: str, start: int) -> str:
        name = typed.lower().replace("-", "_")
        name = CANONICAL.get(name, name)
        if name in NAMES:
            return name
        from difflib import get_close_matches  # only where something is wrong

        near = get_close_matches(name, NAMES, 3)
        hint = f" Did you mean {' or '.join(near)}?" if near else " Completion shows those there are."
        raise self._error(f"There is no field {quoted(typed)}.{hint} To find it as text, put it in quotes.", start)

    def _term(self, field: str, operator: str, start: int) -> Query:
        term = Term(field, operator, self._meant(field, operator, self._values(start)))
        try:
            verify(term.field, term.operator, term.values)
        except ValueError as error:
            own = ", ".join(word.said for word in self.words if word.field == field)
            here = f" This workspace also says {own}." if own else ""
            raise self._error(f"{quoted(self.text[start : self.at])}: {error}{here}", start) from None
        return term

    def _meant(self, field: str, operator: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """The values of the model that typed ones stand for."""
        if not self.words:
            return values
        known = partial(_means_something, field, operator)
        return tuple(dict.fromkeys(one for value in values for one in meant(self.words, field, operator, value, known)))

    def _values(self, start: int) -> tuple[str, ...]:
        values: list[str] = []
        while not values or self.text.startswith(",", self.at):
            self.at += bool(values)
            value = self._quoted() if self.text.startswith('"', self.at) else self._run(",")
            if not value.strip():
                raise self._error(f"{quoted(self.text[start : self.at])} needs a value.", start)
            values.append(value)
        return tuple(dict.fromkeys(values))

    def _quoted(self) -> str:
        found = QUOTE.match(self.text, self.at)
        assert found is not None, "a quote that is never closed runs to the end"
        self.at = found.end()
        return ESCAPE.sub(r"\1", found[1])

    def _run(self, stops: str) -> str:
        """The characters up to a blank, one of ``stops`` or a parenthesis that closes a group; ``f(x)`` stays whole."""
        start, inner = self.at, 0
        while self.at < len(self.text):
            mark = self.text[self.at]
            inner += (mark == "(") - (mark == ")")
            if inner < 0 or mark.isspace() or mark in stops:
                break
            self.at += 1
        return self.text[start : self.at]
