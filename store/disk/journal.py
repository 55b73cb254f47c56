"""The append-only log beside a workspace: one checksummed line a transaction, durable before it is acknowledged.

A line is ``crc32 {"n", "at", "by", "ops": [[table, key, before, after], …], "undoes"?, "why"?, "schema"?}``.  The file is
never renamed or rewritten, and it is its own lock.  Standard library only, and little of it: capture imports this and
the three light modules below, so that the whole process takes 30 ms.

**Schema.**  A line names the schema of its documents whenever that is not the first one, every line and not only that of
the migration; and whoever meets a newer schema than its own writes nothing.  So the schema never falls from one line to
the next, and the newest line alone tells capture whether it may write.
"""

from __future__ import annotations

import os
import stat
import time
import zlib

from store.disk import bare_json as json
from store.disk.files import read_span, reason, sync_folder, write_all
from store.disk.locked import LockedFile
from store.errors import Damaged, ManyViewError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

SCHEMA = 1
"""The schema of the documents this program writes; it migrates older ones and never writes among newer ones."""

NEWER = "it was written by a newer version of ManyView"
SUFFIX = ".journal"
NUMBERS = ("n", "start", "end", "schema", "len", "crc", "mtime")
BLOCK = 1 << 12
CHUNK = 1 << 22

# ------------------------------------------------------------------------------------------------------------ the line


def compact(value: object) -> bytes:
    """A value as JSON without blanks.  Raises ``ValueError`` or ``TypeError`` for what JSON cannot hold."""
    return json.dumps(value)


def encode(transaction: dict[str, Any], dumps: Callable[[object], bytes] = compact) -> bytes:
    """The line of a transaction, with its line feed.  Raises ``UsageError`` where a value cannot be written as JSON."""
    try:
        body = dumps(transaction)
    except (ValueError, TypeError) as error:
        blame = "its text is not valid Unicode" if "surrogate" in str(error) else str(error)
        raise UsageError(f"This cannot be saved: {blame}. Nothing was changed.") from error
    return b"%08x %s\n" % (zlib.crc32(body), body)


def decode(line: bytes, loads: Callable[[bytes], Any] = json.loads) -> dict[str, Any] | None:
    """The transaction of a line (with or without its line feed), or None when the line is not intact."""
    body = line[9:].rstrip(b"\n")
    try:
        if line[8:9] != b" " or int(line[:8], 16) != zlib.crc32(body):
            return None
        found = loads(body)
    except ValueError:
        return None
    whole = isinstance(found, dict) and type(found.get("n")) is int and isinstance(found.get("ops"), list)
    return found if whole else None


def now() -> str:
    """The time: ISO 8601 in UTC with milliseconds.  (Importing datetime would cost capture a millisecond.)"""
    seconds, milliseconds = divmod(time.time_ns() // 1_000_000, 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{milliseconds:03}Z"


# ------------------------------------------------------------------------------------------------------------- the log


class Journal(LockedFile):
    """The log at ``path``, which is the workspace's with ``.journal`` behind it."""

    def __init__(self, path: str, timeout: float = 5.0, *, read_only: bool = False) -> None:
        super().__init__(path, os.path.basename(path).removesuffix(SUFFIX), timeout, read_only=read_only)

    def stamp(self) -> tuple[int, int] | None:
        """Inode and size of the file now at ``path``, which tell of every append; None when there is none."""
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_ino, found.st_size

    def size(self) -> int:
        """The length of the journal in bytes; 0 when there is none."""
        return os.fstat(self.descriptor).st_size if self.exists else 0

    def read(self, start: int, end: int) -> bytes:
        """The bytes from ``start`` up to ``end``, fewer where the journal is shorter."""
        return read_span(self.descriptor, start, end) if self.exists else b""

    def scan(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Offset and content of every complete line from ``start``, oldest first; a torn tail is not among them."""
        position, rest = start, b""
        end = self.size() if end is None else end
        while position < end and (chunk := self.read(position, min(position + CHUNK, end))):
            offset = position - len(rest)
            position += len(chunk)
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                yield offset, line
                offset += len(line) + 1

    def scan_back(self, end: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Offset and content of every complete line before ``end``, newest first, read only as far as asked for."""
        stop = self._complete(self.size() if end is None else end) - 1
        if stop < 0:
            return
        position, rest, span = stop, b"", BLOCK
        while position > 0:
            start = max(0, position - span)
            rest, *lines = (self.read(start, position) + rest).split(b"\n")
            position, span = start, min(span * 2, CHUNK)
            for line in reversed(lines):
                yield stop - len(line), line
                stop -= len(line) + 1
        yield 0, rest

    def last(self) -> tuple[int, bytes]:
        """Offset and content of the newest complete line; ``(0, b"")`` when there is none."""
        return next(self.scan_back(), (0, b""))

    def _complete(self, end: int) -> int:
        """How many of the first ``end`` bytes are complete lines."""
        while end > 0:
            start = max(0, end - BLOCK)
            cut = self.read(start, end).rfind(b"\n")
            if cut >= 0:
                return start + cut + 1
            end = start
        return 0

    def append(self, line: bytes) -> int:
        """The offset of the line once it is durable; to be called under the exclusive lock.

        On any failure the journal is cut back to its old length and ``ManyViewError`` is raised; what the system failed
        to make durable is not tried again, for the second answer would be a lie.  The torn tail of a writer that died is
        ended first, so that it stays one line that readers skip.
        """
        size = self.size()
        torn = size > 0 and self.read(size - 1, size) != b"\n"
        try:
            write_all(self.descriptor, b"\n" + line if torn else line)
            os.fsync(self.descriptor)
            if size == 0:
                sync_folder(self.folder)  # whoever created the file may have died before its name was durable
        except BaseException as error:
            outcome = "Nothing was changed." if self._cut(size) else "Look whether it was kept before trying again."
            if isinstance(error, OSError):
                raise ManyViewError(f"{self.name} could not be saved: {reason(error)}. {outcome}") from error
            raise
        return size + torn

    def _cut(self, size: int) -> bool:
        try:
            os.ftruncate(self.descriptor, size)
            os.fsync(self.descriptor)
        except OSError:
            return self.size() == size
        return True


# ------------------------------------------------------------------------------------------------------------- capture


def describe(head: bytes) -> dict[str, Any] | None:
    """What the first line of a workspace file says of the file, or None when it is not the first line of a fold."""
    try:
        return description(json.loads(head.rstrip(b",\n") + b"}"))
    except ValueError:
        return None


def description(found: Any) -> dict[str, Any] | None:
    """What the tables of a workspace file say of the file, or None when no fold wrote them."""
    try:
        meta: dict[str, Any] = found["_meta"]["1"]
        whole = all(type(meta[name]) is int for name in NUMBERS) and type(meta["line"]) is str
    except (KeyError, TypeError):
        return None
    return meta if whole else None


def untouched(path: str) -> dict[str, Any] | None:
    """What the workspace file at ``path`` says of itself, when nobody seems to have written it but a fold; else None.

    Reads no more than the first line: the length and the time of the last change tell of foreign edits.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        now = os.fstat(descriptor)
        head, feed, _ = read_span(descriptor, 0, BLOCK).partition(b"\n") if stat.S_ISREG(now.st_mode) else (b"", b"", b"")
    finally:
        os.close(descriptor)
    found = describe(head)
    if found is None or len(head + feed) + found["len"] != now.st_size or found["mtime"] != now.st_mtime_ns:
        return None
    return found


def capture(path: str, table: str, document: dict[str, Any], by: str, *, why: str = "", timeout: float = 5.0) -> int | None:
    """The number of the new record, durable, without loading the workspace; None when that must be opened first.

    That is: an older schema waits for its migration, the newest line is damaged, or the workspace file was written by
    another program or is newer than the journal.  Nothing was written then.  Raises ``Damaged`` where a newer version of
    ManyView wrote, ``Busy``, ``ReadOnly``, and ``ManyViewError`` when the disk refuses.
    """
    path = os.path.realpath(path)
    journal = Journal(path + SUFFIX, timeout)
    if not journal.exists and os.path.lexists(path):
        return None
    try:
        with journal.lock():
            newest = _newest(journal, path)
            if newest is None:
                return None
            line = {"n": newest + 1, "at": now(), "by": by, "ops": [[table, str(newest + 1), None, document]]}
            journal.append(encode(line | ({"why": why} if why else {}) | ({"schema": SCHEMA} if SCHEMA > 1 else {})))
            return newest + 1
    finally:
        journal.close()


def _newest(journal: Journal, path: str) -> int | None:
    """The number of the newest operation, or None when the journal alone cannot tell."""
    if journal.size() == 0 and not os.path.lexists(path):
        return 0
    newest = decode(journal.last()[1])
    if newest is None:
        return None
    schema = newest.get("schema", 1)
    if schema > SCHEMA:
        raise Damaged(f"{journal.name} cannot be changed: {NEWER}. Update ManyView and try again.")
    if schema < SCHEMA:
        return None
    found = untouched(path)
    if os.path.lexists(path) and (found is None or found["n"] > newest["n"]):
        return None
    number: int = newest["n"]
    return number
