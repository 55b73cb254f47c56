"""What a command is: a name, its keys, what it asks, and a pure function from what it may look at to what should change.

Commands decide, the shell performs.  Key bindings, the palette, the ex line, the footer, the help screen and docs/keys.md
all come from these declarations, and ``many`` runs the same ones.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from store.fields import Field
from store.model import Record
from store.records import Records
from store.step import Step

if TYPE_CHECKING:
    from tui.viewpoint import Viewpoint


class Context(NamedTuple):
    """What a command may look at.

    ``chosen`` is the record under the cursor, ``marked`` the marked ones; ``holds`` the kind the pane is for; ``heading``
    the key of the section the cursor stands in; ``viewpoint`` from where the lens with the focus is looked through.
    """

    records: Records
    today: date
    me: str = ""
    chosen: Record | None = None
    marked: tuple[Record, ...] = ()
    holds: type[Record] | None = None
    lens: str = ""
    heading: Any = None
    viewpoint: Viewpoint | None = None
    asked: Records | None = None
    """The records when it was asked what is answered now; None where nothing was asked, or nothing changed since."""

    @property
    def targets(self) -> tuple[Record, ...]:
        """What the command works on: the marked records, or the chosen one, or nothing."""
        return self.marked or ((self.chosen,) if self.chosen is not None else ())


Answers = Mapping[str, str]
"""What was answered: the path of each question's field → the text as typed."""


class Question(NamedTuple):
    """One thing to ask: a field, and the text it holds before anything is typed; ``apart`` from those above it."""

    field: Field
    initial: str = ""
    apart: bool = False


class Ask(NamedTuple):
    """What a command needs to know.  One question is a prompt in one line; several are a form.

    ``first`` is the path of the field the form opens at.  ``anyway`` runs the command even when nothing was changed.
    """

    title: str
    questions: tuple[Question, ...]
    first: str = ""
    note: str = ""
    anyway: bool = False


class _Alike:
    """Something without parts: two of a kind are equal."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))


class TakeBack(_Alike):
    """Undo my last step."""


class DoAgain(_Alike):
    """Redo what I last took back."""


class Show(NamedTuple):
    """Something the interface does by itself, without changing a record: a verb of the screen and its argument."""

    verb: str
    argument: str = ""


class Say(NamedTuple):
    """Nothing to do, and the sentence that says so."""

    sentence: str


class AskMore(NamedTuple):
    """What must be known before it can be done after all, and what to do then."""

    ask: Ask
    run: Run


Outcome = Step | TakeBack | DoAgain | Show | Say | AskMore
Run = Callable[[Context, Answers], Outcome]


def _never(context: Context) -> str | None:
    return None


def _nothing(context: Context) -> Ask | None:
    return None


class Command(NamedTuple):
    """One thing a person can do.

    ``id`` is ``noun.verb``; each of ``keys`` is a key, or two separated by a blank that are pressed in turn.  ``refuse``
    says why it cannot be done here and now; ``asks`` what must be known first; ``run`` what is to happen then.
    ``group`` is where the help lists it; ``footer`` a short name when it belongs in the footer of the panes in ``panes``
    (empty: all).
    """

    id: str
    title: str
    keys: tuple[str, ...]
    help: str
    run: Run
    refuse: Callable[[Context], str | None] = _never
    asks: Callable[[Context], Ask | None] = _nothing
    group: str = "Records"
    footer: str = ""
    panes: tuple[str, ...] = ()


class Registry(NamedTuple):
    """Every command by its id, and by its keys."""

    commands: Mapping[str, Command]
    by_key: Mapping[str, Command] = MappingProxyType({})

    @classmethod
    def of(cls, commands: Iterable[Command]) -> Registry:
        """The registry of some commands.  Raises ``ValueError`` when an id or a key is given twice."""
        by_id: dict[str, Command] = {}
        by_key: dict[str, Command] = {}
        for command in commands:
            if command.id in by_id:
                raise ValueError(f"two commands are called {command.id}")
            by_id[command.id] = command
            for key in command.keys:
                if key in by_key:
                    raise ValueError(f"{key} is bound to both {by_key[key].id} and {command.id}")
                by_key[key] = command
        return cls(MappingProxyType(by_id), MappingProxyType(by_key))

    def rebound(self, keymap: Mapping[str, str]) -> Registry:
        """The registry with other keys: command id → its keys, separated by commas.  Raises ``ValueError`` as ``of``."""
        unknown = sorted(set(keymap) - set(self.commands))
        if unknown:
            raise ValueError(f"there is no command {', '.join(unknown)}")
        return Registry.of(
            _with_keys(command, keymap[command.id]) if command.id in keymap else command
            for command in self.commands.values()
        )


def _with_keys(command: Command, keys: str) -> Command:
    return command._replace(keys=tuple(key.strip() for key in keys.split(",") if key.strip()))


@lru_cache(maxsize=2)
def registry(*, whole: bool = True) -> Registry:
    """Every command there is: each file of ``tui/commands`` declares ``COMMANDS``, and some a function ``more``.

    Without ``more`` (``whole=False``) it is what the first screen needs, at once; the rest costs loading every lens.
    """
    from tui import commands as package

    names = (module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_"))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    late = [module.more for module in modules if whole and hasattr(module, "more")]
    found = [command for module in modules for command in module.COMMANDS]
    return Registry.of([*found, *(command for more in late for command in more())])
