"""What a verb of the shell is: a declaration from which help, completion and docs/shell.md are made, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from store.errors import UsageError
from store.quoting import quoted
from tui.shell.index import INDEX

if TYPE_CHECKING:
    from tui.shell.session import Session


class Argument(NamedTuple):
    """A word behind the verb: what it is called in the help, how often it may stand, and what completion offers for it.

    ``offers`` names a list of ``tui.shell.completion`` (``kinds``, ``lenses``, ``files``, …), or is empty.
    """

    name: str
    help: str
    least: int = 1
    several: bool = False
    offers: str = ""

    @property
    def usage(self) -> str:
        """How it is typed: ``[ID]``, ``ID…``."""
        shown = self.name + ("…" if self.several else "")
        return shown if self.least else f"[{shown}]"


class Option(NamedTuple):
    """A flag of one verb; with ``value`` it takes a word behind it, or after ``=``."""

    name: str
    help: str
    value: str = ""
    offers: str = ""

    @property
    def usage(self) -> str:
        """How it is typed: ``--limit N``."""
        return f"{self.name} {self.value}".rstrip()


class Given(NamedTuple):
    """What was typed behind a verb: its words in order, and its options (without the dashes; a bare one holds "")."""

    words: tuple[str, ...] = ()
    options: Mapping[str, str] = MappingProxyType({})

    def has(self, option: str) -> bool:
        """Whether an option was given."""
        return option in self.options

    def number(self, option: str, default: int | None = None) -> int | None:
        """The whole number an option holds.  Raises ``UsageError``."""
        text = self.options.get(option)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise UsageError(f"--{option} takes a whole number, not {quoted(text) or 'nothing'}.")
        return int(text)


class Verb(NamedTuple):
    """One thing the shell can do.

    ``takes_text``: a word that begins with a dash and is no option is a word like any other, as in a filter ``-tag:x``;
    one that begins with two is in a capture alone, since elsewhere it would be an option nobody heeds.
    ``run`` prints what there is to print and returns the exit code.
    """

    name: str
    summary: str
    run: Callable[[Session, Given], int]
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    group: str = "Records"
    about: str = ""
    takes_text: bool = False

    @property
    def usage(self) -> str:
        """The line that says how it is typed."""
        words = [argument.usage for argument in self.arguments]
        return " ".join(["many", self.name, *words, *(f"[{option.usage}]" for option in self.options)])


ALL = Option("--all", "archived and finished ones, too")
LIMIT = Option("--limit", "at most so many", "N")
AT = Option("--at", "as it stood at the end of a day, such as '6 weeks ago', 2026-09-01 or 'last review'", "DAY")
VIEW = Option("--view", "a saved view, by its name", "NAME", "views")
FILTER = Argument("FILTER", "such as state:placed team:core conf<50 -tag:x", 0, several=True, offers="filters")
IDS = Argument("ID", "a record, such as B12 or just 12", several=True)
FILTER_ABOUT = 'A filter is as in the app: `state:placed team:core conf<50 due<+7d -tag:x (a or b) "text" @me`.'

GROUPS = ("Capture", "Records", "Looking", "Lenses", "History", "Exchange", "Workspace")


def verb_named(name: str) -> Verb | None:
    """The verb of that name, or None; of one in the index, only its file is loaded."""
    if name not in INDEX:
        return verbs().get(name)
    file, *_ = INDEX[name]
    return next((verb for verb in declared_in(file) if verb.name == name), None)


def declared_in(file: str) -> tuple[Verb, ...]:
    """The verbs that a file of ``tui/shell`` declares."""
    found: tuple[Verb, ...] = getattr(import_module(f"tui.shell.{file}"), "VERBS", ())
    return found


@lru_cache(maxsize=1)
def verbs() -> Mapping[str, Verb]:
    """Every verb by its name, by group."""
    return MappingProxyType({verb.name: verb for _, verb in homes()})


def homes() -> Iterator[tuple[str, Verb]]:
    """Every verb with the file that declares it, by group; each file of ``tui/shell`` may declare ``VERBS``."""
    from pkgutil import iter_modules

    from tui import shell as package

    found = [(module.name, verb) for module in iter_modules(package.__path__) for verb in declared_in(module.name)]
    return iter(sorted(found, key=lambda home: GROUPS.index(home[1].group)))


def read(verb: Verb, words: Sequence[str], literal: Sequence[str]) -> Given:
    """What the words behind a verb mean; ``literal`` ones are never options.  Raises ``UsageError``."""
    known = {option.name: option for option in verb.options}
    plain: list[str] = []
    options: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        option = known.get(name) if word.startswith("--") else None
        if option is None:
            if word.startswith("-") and len(word) > 1 and not _is_text(verb, word):
                raise UsageError(_no_option(verb, name))
            plain.append(word)
        elif not option.value:
            options[name[2:]] = ""
        else:
            options[name[2:]] = value if equals else _value(verb, option, next(rest, None))
    plain.extend(literal)
    _check_count(verb, plain)
    return Given(tuple(plain), MappingProxyType(options))


def _is_text(verb: Verb, word: str) -> bool:
    """Whether a word that looks like an option, and is none, is one of the words of the verb."""
    return verb.takes_text and (verb.group == "Capture" or not word.startswith("--"))


def _value(verb: Verb, option: Option, value: str | None) -> str:
    if value is None:
        raise UsageError(f"{option.name} needs {option.value} behind it.\nTry: {verb.usage}")
    return value


def _no_option(verb: Verb, name: str) -> str:
    near = nearest(name, [option.name for option in verb.options])
    return f"many {verb.name} has no option {quoted(name)}.{near}\nTry: {verb.usage}"


def _check_count(verb: Verb, words: Sequence[str]) -> None:
    least = sum(argument.least for argument in verb.arguments)
    if len(words) < least:
        missing = [argument for argument in verb.arguments if argument.least][len(words)]
        raise UsageError(f"many {verb.name} needs {missing.name}: {missing.help}.\nTry: {verb.usage}")
    if len(words) > len(verb.arguments) and not any(argument.several for argument in verb.arguments):
        raise UsageError(f"{quoted(words[len(verb.arguments)])} is one word too many.\nTry: {verb.usage}")


def nearest(typed: str, known: Sequence[str]) -> str:
    """A question that offers what was probably meant, with a blank before it; "" when nothing is near."""
    from difflib import get_close_matches

    near = get_close_matches(typed, known, 3, 0.55)
    return f" Did you mean {' or '.join(near)}?" if near else ""
