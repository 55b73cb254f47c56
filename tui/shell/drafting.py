"""What is typed line by line, kept after every answer until it is saved, so that a line that is cut costs none of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from store.model import Record
from store.quoting import quoted
from tui import drafts
from tui.shell.asking import Asker, say
from tui.shell.output import put
from tui.shell.session import Session

WIDEST = 60
"""Characters of a text that is told again at most."""
HALF = "half"
"""Where a draft says which of its texts was still being typed."""


class Kept:
    """The texts of one dialogue about one record (or what the review calls by a key); on disk as soon as they are typed."""

    def __init__(self, session: Session, command: str, about: Record | str, title: str) -> None:
        self._session, self._title = session, title
        subject = {"record": about} if isinstance(about, str) else drafts.about(about)
        self._belongs = {"command": command, **subject}
        self._key = f"{os.getpid()}-{time.time_ns()}"
        self._place = drafts.place(session.environ, session.path, session.me)
        self._draft: drafts.Draft | None = None
        self._is_refused = False
        self.texts: dict[str, str] = {}
        self.stood: dict[str, str] = {}
        """What the record said where a text was typed."""
        self.half = ""
        """The path of what was still being typed."""

    def put(self, path: str, text: str, *, stood: str = "", half: bool = False) -> None:
        """Keep what was answered in place of what ``stood`` there; or, when the line was cut, what was in it."""
        self.texts[path], self.stood[path], self.half = text, stood, path if half else ""
        self._write()

    def found(self) -> drafts.Draft | None:
        """The newest draft of an earlier dialogue about the same."""
        mine = (one for one in reversed(drafts.kept(self._place)) if self._is_alike(one))
        return next((one for one in mine if one.get("key") != self._key), None)

    def _is_alike(self, draft: drafts.Draft) -> bool:
        return draft.get("command") == self._belongs["command"] and self._subject(draft) == self._subject(self._belongs)

    def _subject(self, draft: drafts.Draft) -> str:
        record = drafts.record_of(draft, self._session.records, self._session.today)
        return str(draft.get("record")) if record is None else record.id

    def take_up(self, draft: drafts.Draft) -> None:
        """Go on with the texts of an earlier draft, which is this dialogue's from now on."""
        self.texts, self.stood, self.half = drafts.whole(draft), drafts.stood(draft), str(draft.get(HALF) or "")
        self._write()
        drafts.drop(self._place, draft)

    def throw_away(self, draft: drafts.Draft) -> None:
        """Forget an earlier draft, because the person says so."""
        drafts.drop(self._place, draft)

    def done(self) -> None:
        """What was typed is saved: nothing is kept any more."""
        if self._draft is not None:
            drafts.drop(self._place, self._draft)
        self._draft, self.texts, self.stood, self.half = None, {}, {}, ""

    def tell(self, line: str) -> None:
        """Say that nothing was changed, and which line goes on with what was typed."""
        count = len(self.texts)
        answers = f" {count} {'answer is' if count == 1 else 'answers are'} kept: {line} goes on there." if count else ""
        say(f"Nothing was changed.{answers}")

    def _write(self) -> None:
        texts = {"texts": self.texts, "stood": self.stood, HALF: self.half}
        draft = {**self._belongs, "title": self._title, **texts, "key": self._key}
        if drafts.keep(draft, self._place):
            self._draft = draft
        elif not self._is_refused:
            self._is_refused = True
            say(f"What you type cannot be kept in {quoted(os.path.dirname(self._place), 200)}: a lost line would lose it.")


@contextmanager
def going_on(kept: Kept, line: str) -> Iterator[None]:
    """Say with ctrl+c, which ends a dialogue, that it can be gone on with."""
    try:
        yield
    except KeyboardInterrupt:
        put("")
        kept.tell(line)
        raise


def offered(kept: Kept, ask: Asker, labels: Mapping[str, str]) -> bool:
    """Whether the dialogue goes on where an earlier one was cut, as the person says; nobody who says is no.

    ``labels`` are the names of what can be answered, by path; a draft of which nothing can be answered here is left alone.
    """
    draft = kept.found()
    if draft is None:
        return False
    texts = {path: text for path, text in drafts.whole(draft).items() if path in labels}
    say("You began to answer this, and it was not saved:")
    for path, text in texts.items():
        say(f"  {labels[path]}: {quoted(text, WIDEST) or '(nothing)'}{' (half typed)' if path == draft.get(HALF) else ''}")
    say("Go on there? Enter yes, n not now, d throw it away.")
    answer = ask()
    if answer is not None and answer.strip().lower() in ("", "y", "yes"):
        kept.take_up(draft)
        return True
    if answer is not None and answer.strip().lower() == "d":
        kept.throw_away(draft)
    return False
