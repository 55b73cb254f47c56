"""What the store asks of the file system, and what the system's refusals are called.  Light: the capture path imports it."""

from __future__ import annotations

import errno
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "the file would become too large",
    errno.EIO: "the disk reports an error",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you have no permission to write there",
    errno.EPERM: "you have no permission to write there",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of its path is not a folder",
    errno.EMFILE: "too many files are open",
    errno.ENOLCK: "its file system cannot lock files",
}
DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)


def reason(error: OSError) -> str:
    """What the system refused, as half a sentence for people."""
    return REASONS.get(error.errno or 0) or os.strerror(error.errno or 0).lower()


def identity(path: str) -> tuple[int, int] | None:
    """Which file stands at ``path``, by device and inode; None when there is none that can be seen."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def sync_folder(folder: str) -> None:
    """Make the names in a folder durable, where the file system knows how."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)


def share(descriptor: int, folder: str) -> None:
    """Give a file the group of its folder and the folder's rights to read and write, whatever the umask.

    Where the system does not allow it, the file simply stays its writer's own.
    """
    stat = os.stat(folder)
    _attempt(os.fchown, descriptor, -1, stat.st_gid)
    _attempt(os.fchmod, descriptor, stat.st_mode & 0o664 | 0o600)


def _attempt(change: Callable[..., None], *values: int) -> bool:
    try:
        change(*values)
    except OSError:
        return False
    return True


def write_all(descriptor: int, content: bytes) -> None:
    """Write every byte, in as many calls as the system wants."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def read_span(descriptor: int, start: int, end: int) -> bytes:
    """The bytes from ``start`` up to ``end``, fewer where the file is shorter."""
    found = os.pread(descriptor, max(0, end - start), start)
    while found and len(found) < end - start:
        more = os.pread(descriptor, end - start - len(found), start + len(found))
        if not more:
            break
        found += more
    return found


def denial(folder: str) -> str | None:
    """Why no file can be created in a folder, as half a sentence, or None when it can."""
    if os.access(folder, os.W_OK | os.X_OK):
        return None
    return REASONS[errno.EROFS if os.statvfs(folder).f_flag & os.ST_RDONLY else errno.EACCES]
