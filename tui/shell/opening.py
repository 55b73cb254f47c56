"""The verb that opens the demo workspace."""

from __future__ import annotations

import os

from store.place import folder
from store.quoting import quoted
from tui.shell.output import put
from tui.shell.session import Session
from tui.shell.starting import open_app
from tui.shell.verb import Given, Option, Verb


def _demo(session: Session, given: Given) -> int:
    if session.flags.file is None:
        session.path = os.path.join(folder("data", session.environ), "demo.json")
    made = _make(session)
    if given.has("no-open") or session.flags.is_machine:
        put(session.path)
        return 0
    session.tell(f"The demo workspace is {quoted(session.path, 300)}{'' if made else ', as you left it'}.")
    return open_app(session)


def _make(session: Session) -> bool:
    """Whether the demo workspace was made; False when there was one."""
    from store import demo as examples
    from store.disk.journal import SUFFIX
    from store.disk.tiny import TinyBackend
    from store.workspace import Clock, Workspace
    from tui.shell.session import this_day

    if os.path.exists(session.path) or os.path.exists(session.path + SUFFIX):
        return False
    os.makedirs(os.path.dirname(session.path), 0o700, exist_ok=True)
    backend = TinyBackend(session.path)

    def opened(me: str, clock: Clock) -> Workspace:
        return Workspace(backend, me=me, clock=clock)

    examples.build(opened, this_day())
    backend.fold()
    backend.close()
    return True


VERBS = (
    Verb(
        "demo",
        "Open a workspace full of examples",
        _demo,
        options=(Option("--no-open", "make it if it is missing, print where it is, and stop"),),
        examples=(
            ("many demo", "look around without risk"),
            ("many demo --no-open --file /tmp/demo.json", "only make the file"),
        ),
        group="Workspace",
        about="It is a file of its own beside yours; deleting that file brings the examples back as they were.",
    ),
)
