"""Texts that were being typed when the program had to leave: kept by workspace and person, offered at the next start.

A *draft* says where it belongs: the ``command`` that asked, the ``record`` it was about, and the ``texts`` typed by the path
of what they answer.  One that is kept again after every answer carries a ``key`` of its own.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from store.personal import personal_file, replace
from store.place import folder

if TYPE_CHECKING:
    from store.model import Record
    from store.records import Records

Draft = Mapping[str, object]


def keep(draft: Draft | None, path: str) -> str | None:
    """Write a draft down behind those kept before, in place of one with its key, and return where.

    None where there is nothing or nowhere to keep.
    """
    if not draft or not path:
        return None
    key = draft.get("key")
    try:
        _rewrite(path, lambda before: [*(one for one in before if key is None or one.get("key") != key), draft])
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


def drop(path: str, draft: Draft | None = None) -> None:
    """Forget a draft, or the newest, because its texts are being typed again or were saved."""
    with contextlib.suppress(OSError):
        _rewrite(path, lambda before: list(before[:-1]) if draft is None else [one for one in before if one != draft])


def _rewrite(path: str, change: Callable[[Sequence[Draft]], Sequence[Draft]]) -> None:
    """Replace the drafts at a path by what they become, while other terminals of the person wait.  Raises ``OSError``."""
    with _alone(path):
        before = kept(path)
        if rest := change(before):
            replace(path, json.dumps(rest).encode(), durable=True)
        elif before:
            os.unlink(path)


@contextlib.contextmanager
def _alone(path: str) -> Iterator[None]:
    os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)
    descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


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


# ------------------------------------------------------------------------------------------------------ where it belongs


def about(record: Record | None) -> dict[str, object]:
    """What a draft says of the record it is about; a check-in that nobody began is named by its level, record and day."""
    from store.model import Checkin
    from store.step import is_provisional

    if isinstance(record, Checkin) and is_provisional(record.id):
        return {"record": record.id, "occasion": [record.level, record.about or "", str(record.due or "")]}
    return {"record": None if record is None else record.id}


def texts_of(draft: Draft) -> dict[str, str]:
    """The texts of a draft by the path of what they answer."""
    texts = draft.get("texts")
    return {str(path): str(text) for path, text in texts.items()} if isinstance(texts, dict) else {}


def stood(draft: Draft) -> dict[str, str]:
    """What stood where the texts were typed, by path: what stands there now is somebody else's if it differs."""
    return texts_of({"texts": draft.get("stood")})


def answered_before(draft: Draft) -> list[dict[str, str]]:
    """The answers given before what was being typed was asked, question by question."""
    given = draft.get("before")
    return [texts_of({"texts": one}) for one in given] if isinstance(given, list) else []


def whole(draft: Draft) -> dict[str, str]:
    """Everything that was answered by path, before and in what was being typed."""
    return {**{path: text for one in answered_before(draft) for path, text in one.items()}, **texts_of(draft)}


def record_of(draft: Draft, records: Records, today: date) -> Record | None:
    """The record a draft is about, as it is now; None where it is about none, or it is no longer there."""
    occasion = draft.get("occasion")
    if not isinstance(occasion, list):
        return records.get(str(draft.get("record") or ""))
    return _of_occasion([str(part) for part in occasion], records, today)


def _of_occasion(occasion: list[str], records: Records, today: date) -> Record | None:
    """The check-in of an occasion, begun by now or not; else the one to hold now on its level."""
    from store.cadence import pending
    from store.model import Checkin

    known = (*pending(records, today), *records.all(Checkin))
    level, subject, due = (*occasion, "", "", "")[:3]
    alike = [one for one in known if one.level == level and (one.about or "") == subject]
    return next((one for one in alike if subject or str(one.due) == due), next(iter(alike), None))
