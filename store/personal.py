"""Small files of one person about one workspace: where they are, and how they are replaced.

Light, because the token of the shell's prompt imports it: nothing but ``os``, ``zlib`` and what capture loads anyway.
"""

import os
import zlib

from store.disk.files import sync_folder, write_all
from store.place import folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def personal_file(environ: "Mapping[str, str]", workspace: str, me: str, purpose: str) -> str:
    """The path of what is kept for ``me`` about the workspace at ``workspace``; one name for every way to write its path.

    The name holds what is told apart at a glance, the workspace's and the person's, and sums of both that tell the rest.
    """
    real = os.path.realpath(workspace)
    exact = os.fsencode(real) + b"\0" + me.encode("utf-8", "surrogateescape")
    seen = _plain(os.path.basename(real).removesuffix(".json")) + "-" + _plain(me)
    return os.path.join(
        folder("state", environ), purpose, f"{seen}-{zlib.crc32(exact):08x}{zlib.adler32(exact[::-1]):08x}.json"
    )


def review_path(environ: "Mapping[str, str]", workspace: str, me: str) -> str:
    """Where it is kept what a person's daily review of a workspace remembers."""
    return personal_file(environ, workspace, me, "review")


def _plain(text: str) -> str:
    """The first letters and digits of a text, for the name of a file on any file system."""
    return "".join(mark if mark.isascii() and mark.isalnum() else "_" for mark in text[:24])


def replace(path: str, content: bytes, *, durable: bool) -> None:
    """Let the file at ``path`` hold ``content``: readers see the old or the new, whole, whatever happens.

    With ``durable`` it also survives a power cut once this returns.  Raises ``OSError``.
    """
    parent = os.path.dirname(path)
    os.makedirs(parent, 0o700, exist_ok=True)
    temporary = f"{path}.tmp-{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        try:
            write_all(descriptor, content)
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
    except BaseException:
        _forget(temporary)
        raise
    if durable:
        sync_folder(parent)


def _forget(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
