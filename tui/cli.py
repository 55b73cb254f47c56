"""The `many` command: capture at once, everything else by the verbs of ``tui.shell``.

Light at import: ``many note …`` must not pay for what it does not use, so even the standard library is imported sparsely.
"""

import gc
import os
import sys

from store.errors import ManyViewError
from tui.shell.flags import CAPTURES, Flags, read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


RARELY = 100_000
"""New containers after which a verb looks for garbage: most are done sooner, and loading makes many and no garbage."""


def main(argv: "Sequence[str] | None" = None) -> int:
    """The exit code after doing what the line says; everything for people is printed, and no traceback ever is."""
    line = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(line)
        sys.stdout.flush()
    except ManyViewError as error:
        return _report(error, "--json" in line or "--jsonl" in line)
    except BrokenPipeError:
        _drop_output()
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("\n" if sys.stderr.isatty() else "")
        return 130
    except Exception as error:
        from tui.shell.crash import keep

        return keep(error)
    finally:
        if argv is None:
            gc.freeze()  # the interpreter ends: it need not look for garbage among everything once more
    return code


def _run(line: "list[str]") -> int:
    flags = read(line)
    if _is_capture(flags):
        from tui.shell.capture import run as capture

        return capture(flags, os.environ)
    if flags.words:  # else the app is opened, which stays
        gc.set_threshold(RARELY)
    if flags.words == ["today", "--short"]:  # asked for at every prompt, so without the workspace where that is enough
        from tui.shell.token import run as tell_token

        if (code := tell_token(flags, os.environ)) is not None:
            return code
    from tui.shell.dispatch import run

    return run(flags, os.environ)


def _is_capture(flags: Flags) -> bool:
    """Whether the line captures, rather than asking how to."""
    words = flags.words
    return bool(words) and words[0] in CAPTURES and words[1:] not in (["-h"], ["--help"])


def _report(error: ManyViewError, is_machine: bool) -> int:
    from tui.shell.output import tell

    if is_machine:
        import json

        tell(json.dumps({"error": str(error), "code": error.exit_code}))
    else:
        tell(str(error))
    return error.exit_code


def _drop_output() -> None:
    """Nobody reads any more: let what is still buffered go nowhere, so that the interpreter does not complain at exit."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    sys.exit(main())
