"""Texts that were being typed when the program had to leave: kept beside the state of the app, offered at the next start."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping

from store.place import folder

Draft = Mapping[str, object]
NAME = "draft.json"


def keep(draft: Draft | None, environ: Mapping[str, str]) -> str | None:
    """Write a draft down and return where; None where there is nothing to keep or nowhere to keep it."""
    if not draft:
        return None
    path = _path(environ)
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
            json.dump(draft, file)
    except OSError:
        return None
    return path


def kept(environ: Mapping[str, str]) -> Draft | None:
    """The draft that was kept, None when there is none."""
    try:
        with open(_path(environ), encoding="utf-8", errors="surrogatepass") as file:
            draft = json.load(file)
    except (OSError, ValueError):
        return None
    return draft if isinstance(draft, dict) else None


def drop(environ: Mapping[str, str]) -> None:
    """Forget the draft, because its texts are being typed again."""
    with contextlib.suppress(OSError):
        os.unlink(_path(environ))


def _path(environ: Mapping[str, str]) -> str:
    return os.path.join(folder("state", environ), NAME)


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
