"""One run of the shell: the flags, the workspace once it is needed, and how what was done is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from store.errors import ReadOnly, UsageError
from store.place import is_own, person, prepare, workspace_path
from store.quoting import quoted
from tui.shell.flags import Flags
from tui.shell.output import tell
from tui.shell.printing import terminal_width

if TYPE_CHECKING:
    from store.backend import Backend
    from store.errors import Clash
    from store.model import Record
    from store.operations import Transaction
    from store.records import Records
    from store.step import Step
    from store.workspace import Workspace
    from tui.shapes import Scene


def this_day() -> date:
    """The day it is here."""
    return date.today()


class Session:
    """What a verb works with."""

    def __init__(self, flags: Flags, environ: Mapping[str, str]) -> None:
        self.flags = flags
        self.environ = environ
        self.past: date | None = None
        """The past day that is looked at, which then is the day it is; None for now."""
        self._opened: Workspace | None = None
        self._stands_for_nothing = False
        """Whether the workspace that is open is not that of a file."""
        self._past: Records | None = None

    @cached_property
    def path(self) -> str:
        """Where the workspace is, or would be."""
        return workspace_path(self.environ, self.flags.file)

    @property
    def today(self) -> date:
        """The day it is: in the time zone of the workspace where it names one, else here; or the past day looked at."""
        if self.past is not None:
            return self.past
        zone = self.records.settings.zone
        if not zone:
            return this_day()
        from store.days import today_in

        return today_in(zone)

    @cached_property
    def me(self) -> str:
        """Who is at the terminal."""
        return person(self.environ, self.flags.me)

    def workspace(self, *, writing: bool = False) -> Workspace:
        """The workspace, opened when it is first asked for; for ``writing``, its folder is made if it is ours to make.

        Raises ``ReadOnly`` for ``writing`` where only reading was asked for.
        """
        if writing:
            self._prepare()
        if self._opened is None:
            from store.workspace import Workspace  # not every verb opens it

            self._opened = Workspace(self._backend(), me=self.me)
            for problem in self._opened.backend.problems:
                self.tell(problem)
        return self._opened

    def _prepare(self) -> None:
        if self.flags.read_only:
            raise ReadOnly("--read-only was asked for. Nothing was changed.")
        prepare(self.path, self.environ)
        if self._stands_for_nothing:
            self._opened, self._stands_for_nothing = None, False

    def _backend(self) -> Backend:
        """The files of the workspace; where even our own folder is missing, the empty workspace that stands for it."""
        if is_own(self.path, self.environ) and not os.path.isdir(os.path.dirname(self.path)):
            from store.backend import MemoryBackend

            self._stands_for_nothing = True
            return MemoryBackend()
        from store.disk.replica import Replica

        return Replica(self.path, read_only=self.flags.read_only)

    @property
    def records(self) -> Records:
        """Every record, as of the day that is looked at."""
        return self.workspace().records if self._past is None else self._past

    def look_at(self, text: str | None) -> None:
        """Look at the past day that a text names from now on; None is now.  Raises ``NotADate``."""
        if text is None:
            return
        from store.ago import read_past
        from store.days import day_of, ends
        from tui.past import last_review

        zone = self.workspace().records.settings.zone
        reviewed = day_of(zone, last_review(self.environ, self.workspace()))
        self.past = read_past(text, self.today, {"last review": reviewed})
        self._past = self.workspace().at(ends(zone, self.past))

    @property
    def scene(self) -> Scene:
        """What a cell of a list may look at."""
        from tui.shapes import Scene

        return Scene(self.records, self.today, self.me)

    def close(self) -> None:
        """Fold what is unfolded, and let go of the files."""
        if self._opened is not None:
            self._opened.close()

    # -------------------------------------------------------------------------------------------------------- telling

    def tell(self, text: str) -> None:
        """Narrate, unless quiet was asked for."""
        if not self.flags.quiet:
            tell(text)

    def perform(self, step: Step, over: Collection[Clash] = ()) -> Transaction | None:
        """Make a step durable and say what it did; None when it changes nothing.  ``over`` as in ``Workspace.commit``."""
        done = self.workspace(writing=True).commit(step, over)
        self.told(done, "Nothing was changed.")
        return done

    def told(self, done: Transaction | None, otherwise: str) -> None:
        """Say what a transaction did and how to take it back, at a terminal broken at its blanks."""
        said = otherwise if done is None else f"{quoted(done.why, 200)}. many undo takes it back"
        if not self.flags.quiet and sys.stderr.isatty() and (width := terminal_width()) is not None and len(said) > width:
            from tui.text import wrapped  # few sentences are longer than a line

            said = "\n".join(wrapped(said, width))
        self.tell(said)

    # --------------------------------------------------------------------------------------------------------- asking

    @property
    def may_ask(self) -> bool:
        """Whether somebody is there to answer."""
        return not self.flags.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    def confirm(self, question: str) -> bool:
        """Whether the person agrees; ``-y`` agrees beforehand.  Raises ``UsageError`` where nobody can be asked."""
        if self.flags.yes:
            return True
        if not self.may_ask:
            raise UsageError(f"{question} Nobody can be asked here. Nothing was changed.\nAdd -y if you are sure.")
        sys.stderr.write(f"{question} y/n ")
        sys.stderr.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")


def as_object(record: Record) -> dict[str, Any]:
    """A record for programs: its id, what it is, and every field that holds something."""
    return {"id": record.id, "type": record.noun, **record.document()}


def found(session: Session, words: tuple[str, ...]) -> tuple[Record, ...]:
    """The records that some ids mean, each once, in the order typed.  Raises ``NotFound`` for the first that is none."""
    return once(session.records.find(word) for word in words)


def once(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records without repetitions, each where it stood first."""
    return tuple({record.id: record for record in records}.values())
