"""What `many today --short` says, in milliseconds: for the prompt of a shell.  Light: on the same fast path as capture."""

from store.personal import review_path
from store.place import person, workspace_path
from store.waiting import count, table_path
from tui.shell.output import put

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.shell.flags import Flags


def run(flags: "Flags", environ: "Mapping[str, str]") -> "int | None":
    """The exit code once the token is printed; None where the workspace must be opened to tell."""
    me, path = person(environ, flags.me), workspace_path(environ, flags.file)
    due = count(path, table_path(environ, path, me), review_path(environ, path, me))
    if due is None:
        return None
    tell_token(due, is_machine=flags.is_machine)
    return 0


def tell_token(due: int, *, is_machine: bool) -> None:
    """Print the token: how many are due, nothing where none is."""
    if is_machine:
        put(f'{{"due": {due}}}')
    elif due:
        put(f"{due} due")
