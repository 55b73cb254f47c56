"""Texts that were being typed when the program had to leave: kept by workspace and person, offered at the next start."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping, Sequence

from store.personal import personal_file, replace
from store.place import folder

Draft = Mapping[str, object]


def keep(draft: Draft | None, path: str) -> str | None:
    """Write a draft down behind those kept before and return where; None where there is nothing or nowhere to keep."""
    if not draft or not path:
        return None
    try:
        _write([*kept(path), draft], path)
    except OSError:
        return None
    return path


def kept(path: str) -> Sequence[Draft]:
    """The drafts that were kept at a path, the newest last: two terminals may have had to leave."""
    try:
        with open(path, encoding="utf-8", errors="surrogatepass") as file:
            drafts = json.load(file)
    except (OSError, ValueError):
        return ()
    return [draft for draft in drafts if isinstance(draft, dict)] if isinstance(drafts, list) else ()


def drop(path: str) -> None:
    """Forget the newest draft, because its texts are being typed again."""
    with contextlib.suppress(OSError):
        if rest := kept(path)[:-1]:
            _write(rest, path)
        else:
            os.unlink(path)


def _write(drafts: Sequence[Draft], path: str) -> None:
    replace(path, json.dumps(drafts).encode(), durable=True)


def place(environ: Mapping[str, str], workspace: str, me: str) -> str:
    """Where the drafts of a person for a workspace are kept; "" for one that is in memory only."""
    return personal_file(environ, workspace, me, "drafts") if workspace else ""


def keep_text(text: str, name: str, environ: Mapping[str, str]) -> str | None:
    """Write a text that could not be taken down beside the drafts and return where; None where it cannot be written."""
    path = os.path.join(folder("state", environ), f"{name}.md")
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(text)
    except OSError:
        return None
    return path
