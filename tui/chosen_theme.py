"""The theme a person chose in the app, kept for the next start in a small file that may be edited.

A terminal at hand and one at the other end of a link are two places with a choice each: what is worth its bytes here may
not be there.  Their defaults differ for the same reason (``theming.choose``).
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from store.disk.files import reason
from store.errors import ManyViewError
from store.personal import replace
from store.place import theme_file
from store.quoting import quoted
from tui.terminal import is_remote

HEAD = "# Kept by :theme in the app, for terminals here and for those over SSH. --theme and MANYVIEW_THEME go before.\n"
VALUE = r"""("[^"\n]*"|'[^'\n]*')"""


class Kept(NamedTuple):
    """The name of the theme that was chosen for a place, "" for none; and why that cannot be told, as a sentence."""

    name: str = ""
    problem: str = ""


def place(environ: Mapping[str, str]) -> str:
    """Where the person sits: ``local`` or ``remote``."""
    return "remote" if is_remote(environ) else "local"


def kept(environ: Mapping[str, str]) -> Kept:
    """What was chosen for where the person sits; nothing here keeps an app from opening."""
    where = place(environ)
    try:
        name = _document(_text(environ), environ).get(where, "")
    except ManyViewError as error:
        return Kept(problem=str(error).partition("\n")[0])
    if isinstance(name, str):
        return Kept(name)
    return Kept(problem=f"{_shown(environ)}: {where} must be the name of a theme in quotes.")


def keep(environ: Mapping[str, str], name: str) -> None:
    """Let a theme be what is chosen where the person sits, "" for none; the rest of the file stays as it is.

    Raises ``ManyViewError`` where the file cannot be written or is written in a way that only an editor can change.
    """
    text, where = _text(environ), place(environ)
    before = _document(text, environ)
    wanted = {**before, where: name} if name else {key: held for key, held in before.items() if key != where}
    if wanted == before:
        return
    changed = _with(text, where, name)
    if _document(changed, environ) != wanted:
        raise ManyViewError(f"{_shown(environ)} is written in a way that only an editor can change.")
    path = os.path.realpath(theme_file(environ))
    try:
        replace(path, changed.encode(), durable=True)
    except OSError as error:
        raise ManyViewError(f"{_shown(environ)} cannot be written: {reason(error)}.") from None


def _with(text: str, where: str, name: str) -> str:
    """The text with one choice changed, or taken out for "": on the line it has, comments behind it kept, else on top."""
    line = re.compile(rf"^(\s*{where}\s*=\s*){VALUE}", re.MULTILINE)
    if not name:
        return re.sub(rf"{line.pattern}.*\n?", "", text, count=1, flags=re.MULTILINE)
    if line.search(text):
        return line.sub(rf'\g<1>"{name}"', text, count=1)
    head, rest = (HEAD, text.removeprefix(HEAD)) if not text or text.startswith(HEAD) else ("", text)
    return f'{head}{where} = "{name}"\n{rest}'


def _text(environ: Mapping[str, str]) -> str:
    try:
        with open(theme_file(environ), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise ManyViewError(f"{_shown(environ)} is not UTF-8.") from None
    except OSError as error:
        raise ManyViewError(f"{_shown(environ)} cannot be read: {reason(error)}.") from None


def _document(text: str, environ: Mapping[str, str]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ManyViewError(f"{_shown(environ)} is not TOML: {quoted(str(error), 160)}.") from None


def _shown(environ: Mapping[str, str]) -> str:
    return quoted(theme_file(environ), 300)
