"""A file that is its own lock: found, created and locked under one name, whoever else removes or replaces it."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from _thread import RLock

from store.disk.files import DENIED, denial, identity, reason, share, sync_folder
from store.errors import Busy, ManyViewError, ReadOnly, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import NoReturn

NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)


class LockedFile:
    """The file at ``path``; it need not exist, and only an exclusive lock creates it.

    ``read_only`` says why nothing can be written, as half a sentence, or is None.  ``generation`` grows whenever another
    file is found at ``path`` than before.  Threads may share it: a lock keeps the others out, too.
    """

    def __init__(self, path: str, name: str, timeout: float, *, read_only: bool = False) -> None:
        self.path = path
        self.name = name
        self.timeout = timeout
        self.read_only: str | None = "it was opened for reading only" if read_only else None
        self.generation = 0
        self.depth = 0
        self.folder = os.path.dirname(path) or "."
        self.descriptor = -1
        self._identity: tuple[int, int] | None = None
        self._shared = False
        self._mutex = RLock()
        self._open()

    @property
    def exists(self) -> bool:
        """Whether the file was there when last looked for."""
        return self.descriptor >= 0

    @property
    def is_mine(self) -> bool:
        """Whether this thread's process holds the exclusive lock."""
        return self.depth > 0 and not self._shared

    def close(self) -> None:
        """Let go of the file, and so of any lock on it."""
        if self.exists:
            os.close(self.descriptor)
        self.descriptor, self._identity = -1, None

    def __del__(self) -> None:
        """Let go of a file that whoever opened it forgot to close."""
        if getattr(self, "descriptor", -1) >= 0:
            self.close()

    # ------------------------------------------------------------------------------------------------------- opening

    def _open(self, *, create: bool = False) -> None:
        """Hold the file that is at ``path`` now; somebody may have removed, replaced or created it since."""
        found = identity(self.path)
        if self.exists and found == self._identity:
            return
        if self.exists:
            self.generation += 1
            self.close()
        try:
            if found is not None:
                self.descriptor = self._open_file()
            elif create:
                self.descriptor = self._create_file()
            else:
                self.read_only = denial(self.folder) or self.read_only
        except OSError as error:
            self._refuse(error)
        if self.exists:
            self.generation += 1
            stat = os.fstat(self.descriptor)
            self._identity = stat.st_dev, stat.st_ino

    def _open_file(self) -> int:
        if not self.read_only:
            try:
                return os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
            except OSError as error:
                if error.errno not in DENIED:
                    raise
                self.read_only = reason(error)
        return os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)

    def _create_file(self) -> int:
        flags = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC
        try:
            descriptor = os.open(self.path, flags | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return os.open(self.path, flags)
        try:
            share(descriptor, self.folder)
            sync_folder(self.folder)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _refuse(self, error: OSError) -> NoReturn:
        if not os.path.isdir(self.folder):
            raise UsageError(f"{self.name} cannot be opened: there is no folder {self.folder}.") from error
        if error.errno in DENIED and os.path.exists(self.path):
            raise ReadOnly(f"{self.name} cannot be opened: you have no permission to read it ({self.path}).") from error
        if error.errno in DENIED:
            raise ReadOnly(f"{self.name} cannot be opened: {reason(error)} ({self.path}).") from error
        raise ManyViewError(f"{self.name} cannot be opened: {reason(error)} ({self.path}).") from error

    # ------------------------------------------------------------------------------------------------------- locking

    def lock(self, *, shared: bool = False, timeout: float | None = None) -> Lock:
        """Keep out whoever writes, and unless ``shared`` whoever reads; re-entrant, but not from shared to exclusive.

        The system drops the lock with the process that holds it, so none goes stale.  Raises ``Busy`` after ``timeout``
        seconds and ``ReadOnly`` where nothing can be written.
        """
        return Lock(self, shared, self.timeout if timeout is None else timeout)

    def acquire(self, shared: bool, timeout: float) -> None:
        """Take the lock.  (``with file.lock():`` never forgets to release it.)"""
        deadline = time.monotonic() + timeout
        if not self._mutex.acquire(timeout=timeout):
            raise self._busy()
        try:
            if self.depth == 0:
                self._lock_current(shared, deadline)
                self._shared = shared
            elif self._shared and not shared:
                raise RuntimeError("a shared lock cannot become an exclusive one")
            self.depth += 1
        except BaseException:
            self._mutex.release()
            raise

    def release(self) -> None:
        """Give back what ``acquire`` took."""
        self.depth -= 1
        try:
            if self.depth == 0 and self.exists:
                fcntl.flock(self.descriptor, fcntl.LOCK_UN)
        finally:
            self._mutex.release()

    def _lock_current(self, shared: bool, deadline: float) -> None:
        """Lock the file that is at ``path``, not one that was replaced while waiting."""
        while True:
            self._open(create=not shared and not self.read_only)
            if not shared and self.read_only:
                raise ReadOnly(f"{self.name} cannot be changed: {self.read_only}.")
            if not self.exists or not self._wait(shared, deadline) or identity(self.path) == self._identity:
                return
            fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def _wait(self, shared: bool, deadline: float) -> bool:
        """Whether the file could be locked; False only for reading on a file system without locks."""
        nap = 0.0005
        while True:
            try:
                fcntl.flock(self.descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise self._busy() from None
            except OSError as error:
                if error.errno not in NO_LOCKS:
                    self._refuse(error)
                if shared:
                    return False
                self.read_only = "its file system cannot lock files"
            if self.read_only and not shared:
                raise ReadOnly(f"{self.name} cannot be changed: {self.read_only}.")
            time.sleep(nap)
            nap = min(nap * 2, 0.01)

    def _busy(self) -> Busy:
        return Busy(f"{self.name} is busy: another program holds it. Nothing was changed; try again.")


class Lock:
    """A lock on a ``LockedFile`` for the length of a ``with`` block.  (Importing contextlib would cost a millisecond.)"""

    __slots__ = ("_file", "_shared", "_timeout")

    def __init__(self, file: LockedFile, shared: bool, timeout: float) -> None:
        self._file = file
        self._shared = shared
        self._timeout = timeout

    def __enter__(self) -> None:
        self._file.acquire(self._shared, self._timeout)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.release()
