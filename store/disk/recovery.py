"""What becomes of the file of a workspace that another program wrote, or that was damaged: its changes are journalled, what
cannot be read is set aside, and what is no workspace at all is left alone."""

from __future__ import annotations

import os

from store.disk.files import reason
from store.disk.journal import now
from store.disk.mirror import Mirror
from store.disk.replay import Loaded, load
from store.disk.snapshot import backups, set_aside
from store.errors import Damaged
from store.operations import OUTSIDE, Transaction


def read_anew(mirror: Mirror) -> bool:
    """Read the files anew (lock held); whether what others wrote into the file was journalled, and a fold may replace it.

    That needs the exclusive lock; without it the changes are shown only.  Raises ``Damaged`` for what is no workspace.
    """
    loaded = load(mirror.path, mirror.journal)
    if loaded.trouble and loaded.picture.n == 0:
        raise Damaged(_not_a_workspace(mirror, loaded.trouble))
    mirror.show(loaded)
    if loaded.settled or not mirror.journal.is_mine or mirror.read_only is not None:
        return False
    _adopt(mirror, loaded)
    return True


def _not_a_workspace(mirror: Mirror, trouble: str) -> str:
    newest = backups(mirror.path)[-1:]
    hint = f" Its newest backup is {os.path.basename(newest[0])}." if newest else ""
    return f"{mirror.name} is not a workspace: {trouble} ({mirror.path}). It was left untouched.{hint}"


def _adopt(mirror: Mirror, loaded: Loaded) -> None:
    """Make durable what ``Mirror.show`` showed."""
    if loaded.trouble:
        _set_aside(mirror, loaded.trouble)
    n = mirror.picture.n
    if loaded.outside or n > mirror.picture.anchor.n:
        schema = mirror.schema if mirror.schema > 1 else None
        mirror.write(Transaction(n, now(), OUTSIDE, loaded.outside, why=_why(mirror), schema=schema))
    mirror.unsettled = False


def _why(mirror: Mirror) -> str:
    """What to say of changes that the journal does not know: of a file that was copied alone it knows none."""
    if mirror.journal.size():
        return f"another program wrote into {mirror.name}"
    return f"{mirror.name} came without its journal: history begins here"


def _set_aside(mirror: Mirror, trouble: str) -> None:
    what = f"{mirror.name} was damaged ({trouble}) and was rebuilt from its journal"
    try:
        kept = os.path.basename(set_aside(mirror.path))
    except OSError as error:
        mirror.irreplaceable = True
        mirror.report(f"{what}; the damaged file stays in its place, for it cannot be set aside: {reason(error)}.")
    else:
        mirror.report(f"{what}; the damaged file is kept as {kept}.")
