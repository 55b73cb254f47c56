"""From the shell into the app."""

from __future__ import annotations

import gc
import os
import sys

from store.place import prepare
from tui.shell.output import tell
from tui.shell.session import Session


def open_app(session: Session) -> int:
    """The exit code of the app once the person leaves it; where there is no terminal for it, the help and 2."""
    from tui.terminal import is_dumb

    if session.flags.plain or not (sys.stdin.isatty() and sys.stdout.isatty()) or is_dumb(session.environ):
        from tui.shell.help import overview

        tell(overview())
        tell("\nmany opens a full-screen workspace, which needs a terminal that can place its cursor.")
        tell("Here, use the commands above, such as many today, many review and many board flow.")
        return 2
    if not session.flags.read_only:
        prepare(session.path, session.environ)
    gc.disable()  # loading makes many objects and no garbage; the app turns it on again once it is on the screen
    if session.flags.wire is not None:
        os.environ["MANYVIEW_WIRE"] = session.flags.wire
    from tui.wire.ahead import typed_ahead

    with typed_ahead():
        from tui.app import run

        return run(session.path, me=session.me, read_only=session.flags.read_only, theme=session.flags.theme)
