"""The folded file: one complete TinyDB file that says which line of the journal it stands for.

Its first line is the ``_meta`` table with one record: the anchor (a line of the journal); the length, the checksum and the
time of the last change of the rest, by which a foreign edit and a rotten disk are told apart; and the time zone of the
workspace, so that capture knows which day it is there (``store.zone``).
"""

from __future__ import annotations

import errno
import glob
import os
import stat
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from store.disk.files import DENIED, reason, share, sync_folder, write_all
from store.disk.journal import SCHEMA, describe, description
from store.disk.quick_json import read_much, reader
from store.errors import Damaged, ManyViewError, ReadOnly
from store.operations import State
from store.zone import SETTINGS_KEY, SETTINGS_TABLE

META = "_meta"
SETTLING_SECONDS = 0.25
"""How long an unreadable file that was changed a moment ago may still be in the middle of a plain TinyDB's write."""

Stamp = tuple[int, int, int]
"""Inode, size and time of the last change: equal stamps, equal content."""


class Anchor(NamedTuple):
    """A line of the journal: the number it brought the workspace to, where it starts and ends, its checksum and schema."""

    n: int = 0
    start: int = 0
    end: int = 0
    line: str = ""
    schema: int = SCHEMA


START = Anchor()
"""Before the first line."""


class Snapshot(NamedTuple):
    """What stands at the path of a workspace.

    ``state`` is None, and ``trouble`` says why, when it is not a TinyDB file.  ``anchor`` is None when no fold wrote it;
    ``intact`` when nobody changed it since.
    """

    stamp: Stamp
    state: State | None
    anchor: Anchor | None = None
    intact: bool = False
    trouble: str = ""


def stamp(path: str) -> Stamp | None:
    """The stamp of the file at ``path``; None when there is none that can be seen."""
    try:
        return _stamp(os.stat(path))
    except OSError:
        return None


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_ino, found.st_size, found.st_mtime_ns


# ------------------------------------------------------------------------------------------------------------- reading


def read(path: str) -> Snapshot | None:
    """What stands at ``path``, or None when nothing does.

    Raises ``Damaged`` for what cannot even be a file of records, ``ReadOnly`` where it may not be read.
    """
    while True:
        try:
            raw, now = _content(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(path, error) from error
        found = parse(raw, now)
        if found.state is not None or not 0 <= time.time() - now[2] / 1e9 < SETTLING_SECONDS:
            return found
        time.sleep(0.01)


def _content(path: str) -> tuple[bytes, Stamp]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is not a file", path)
        return file.read(), _stamp(found)


def _unreadable(path: str, error: OSError) -> ManyViewError:
    name = os.path.basename(path)
    if error.errno in DENIED:
        return ReadOnly(f"{name} cannot be opened: you have no permission to read it ({path}).")
    if error.errno in (errno.EISDIR, errno.EINVAL, errno.ENXIO):
        kind = "a folder" if os.path.isdir(path) else "not a file"
        return Damaged(f"{name} is not a workspace: it is {kind} ({path}). It was left untouched.")
    return ManyViewError(f"{name} cannot be read: {reason(error)} ({path}).")


def parse(raw: bytes, now: Stamp) -> Snapshot:
    """What the bytes of a workspace file mean.

    A changed file of the same length is an edit, unless its time of change is still that of the fold: then the disk rots.
    """
    end = raw.find(b"\n") + 1 or len(raw)
    body = memoryview(raw)[end:]  # a copy of a large file costs as much as its checksum
    meta = describe(raw[:end])
    same_length = meta is not None and meta["len"] == len(body)
    intact = meta is not None and same_length and meta["crc"] == zlib.crc32(body)
    if meta is not None and same_length and not intact and meta["mtime"] == now[2]:
        return Snapshot(now, None, trouble="its checksum is wrong")
    tables = _loads(raw) if raw else None
    if tables is None or not _is_tables(tables):
        trouble = "it is empty" if not raw else "it is not JSON" if tables is None else "its JSON is not tables of records"
        return Snapshot(now, None, trouble=trouble)
    state = {name: rows for name, rows in tables.items() if rows and name != META}
    return Snapshot(now, state, _anchor(description(tables)), intact)


def _anchor(meta: dict[str, Any] | None) -> Anchor | None:
    return None if meta is None else Anchor(*(meta[name] for name in ("n", "start", "end", "line", "schema")))


def _loads(raw: bytes) -> Any:
    try:
        return reader(len(raw))(raw)
    except ValueError:
        pass
    try:  # what only Python writes and reads: NaN, half a surrogate pair, a byte order mark
        import json

        found = json.loads(raw, parse_constant=lambda _: None)
        return read_much(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _is_tables(found: Any) -> bool:
    return isinstance(found, dict) and all(
        isinstance(rows, dict) and {dict}.issuperset(map(type, rows.values())) for rows in found.values()
    )


# ------------------------------------------------------------------------------------------------------------- writing


def render(state: State, anchor: Anchor, changed: int) -> bytes:
    """The folded file of a state; ``changed`` is the time of change it is to carry, in nanoseconds."""
    import orjson  # what only reads a small workspace does without

    body = orjson.dumps(state)[1:] if state else b"}"
    meta = {
        "n": anchor.n,
        "start": anchor.start,
        "end": anchor.end,
        "line": anchor.line,
        "schema": anchor.schema,
        "len": len(body),
        "crc": zlib.crc32(body),
        "mtime": changed,
        "zone": state.get(SETTINGS_TABLE, {}).get(SETTINGS_KEY, {}).get("zone", ""),
    }
    return orjson.dumps({META: {"1": meta}})[:-1] + (b",\n" if state else b"\n") + body


@contextmanager
def prepared(path: str, content: bytes, changed: int) -> Iterator[str]:
    """The name of a temporary file beside ``path`` that durably holds ``content``; afterwards it is gone."""
    temporary = f"{path}.tmp-{os.getpid()}-{threading.get_ident()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        try:
            share(descriptor, os.path.dirname(path))
            write_all(descriptor, content)
            os.utime(descriptor, ns=(changed, changed))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        yield temporary
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def install(temporary: str, path: str, keep: int) -> None:
    """Put a prepared file into its place; the first time on a day the old one stays as a backup, the newest ``keep``."""
    if keep:
        with suppress(OSError):  # today's is there already, or the file system knows no hard links
            os.link(path, f"{path}.{time.strftime('%Y-%m-%d')}.bak")
    os.replace(temporary, path)
    sync_folder(os.path.dirname(path))
    _prune(path, keep)


def backups(path: str) -> list[str]:
    """The daily backups of the file, oldest first."""
    return sorted(glob.glob(glob.escape(path) + ".[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].bak"))


def _prune(path: str, keep: int) -> None:
    """Remove backups beyond the newest ``keep``, and what folds that died an hour ago left."""
    abandoned = [name for name in glob.glob(glob.escape(path) + ".tmp-*") if _age(name) > 3600]
    for name in [*backups(path)[: -keep or None], *abandoned]:
        with suppress(OSError):
            os.unlink(name)


def _age(path: str) -> float:
    found = stamp(path)
    return time.time() - found[2] / 1e9 if found else 0.0


def set_aside(path: str) -> str:
    """The name under which the damaged file at ``path`` is kept from now on, too.  Raises ``OSError`` if it cannot be."""
    for name in glob.glob(glob.escape(path) + ".damaged-*"):
        if os.path.samefile(name, path):
            return name
    plain = f"{path}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    for name in (plain, *(f"{plain}-{count}" for count in range(2, 1000))):
        try:
            os.link(path, name)
        except FileExistsError:
            continue
        except OSError:  # no hard links here
            import shutil

            shutil.copyfile(path, name)
        sync_folder(os.path.dirname(path))
        return name
    raise OSError(errno.EEXIST, "too many damaged files", path)
