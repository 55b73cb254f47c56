"""The daily review in the app: one item at a time with all the room, answered by single keys, durable after each.

The agenda, the steps and the memory are those of the shell (``store.review``); here they meet the keys and the prompts.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from store.dates import read_date
from store.errors import ManyViewError, UsageError
from store.journal import now
from store.model import KINDS, Checkin, Update
from store.operations import Transaction
from store.personal import review_path
from store.records import Records
from store.review import KEYS, Item, Sitting, actions, agenda, sitting
from store.review_state import Answer, ReviewState, answered, begun, ended, load, reopened, save, snoozed
from store.review_steps import decided, dropped, filed, said
from store.review_summary import summary
from store.step import Step
from tui.keys import shown
from tui.perspective import Paragraph, Perspective, Text, Viewpoint, perspective

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen

SNOOZE = "1w"
"""How long an item is put off when nothing is typed."""
LONGEST_PAUSE = 300
"""Seconds after which nobody is taken to be reading any more."""
LEFT_ALONE = frozenset(
    {"u", "U", "?", "f1", ":", "ctrl+p", "e", "E", "y", "j", "k", "down", "up", "pagedown", "pageup", "ctrl+d", "ctrl+u",
     "g", "G", "home", "end", "ctrl+z", "ctrl+c"}
)  # fmt: skip
"""Keys that mean in the review what they mean everywhere: they read, edit, undo or help."""
HINTS: Mapping[str, str] = {
    "keep": "keep", "done": "done", "snooze": "later", "note": "note", "decide": "decide", "drop": "drop", "back": "back",
    "pause": "pause",
}  # fmt: skip
"""What can be answered → its short name in the footer."""


def start(screen: WorkspaceScreen) -> None:
    """Begin the review, or go on where it was left."""
    if screen.review is None:
        screen.review = Reviewing(screen)
    screen.review.start()


class Reviewing:
    """One person's review on one screen."""

    def __init__(self, stage: WorkspaceScreen) -> None:
        self._stage = stage
        path = getattr(stage.workspace.backend, "path", "")
        self._path = review_path(os.environ, path, stage.workspace.me) if path else ""
        self._state = ReviewState()
        self._here = Sitting((), 0, {})
        self._told = ""
        self.perspective = self._perspective()
        """The item it stands at, as the pane for whole records shows it."""
        self._pending: tuple[str, str] | None = None
        self._shown_at = 0.0

    # -------------------------------------------------------------------------------------------------------- showing

    def start(self) -> None:
        """Show the item at which the review stands."""
        self._state = begun(load(self._path) if self._path else self._state, now())
        self._told, self._pending, self._shown_at = "", None, time.monotonic()
        self._stage.turn(replace(self._stage.desk, reviewing=True, opened=False, helping=False, marked=frozenset()))
        self._look()

    def _look(self) -> None:
        """Show where the review stands now, with what others did meanwhile; at its end, what it came to."""
        workspace = self._stage.workspace
        waiting = agenda(workspace.records, workspace.history(), self._stage.today(), workspace.me, self._state)
        self._here = sitting(waiting, self._state, workspace.records)
        if self._here.is_over:
            self._end()
        self.perspective = self._perspective()
        item = self._here.item
        record = item.record.id if item is not None and item.record is not None else None
        self._stage.turn(replace(self._stage.desk, chosen=record or self._stage.desk.chosen))
        self._stage.pane.jump(last=False)

    @property
    def hints(self) -> list[tuple[str, str]]:
        """The keys of this item and their short names, for the footer."""
        item = self._here.item
        if item is None:
            return [("Y", "copy"), ("q", "back")]
        possible = [*actions(item), "back", "pause"]
        return [(shown(KEYS[action]), HINTS[action]) for action in HINTS if action in possible]

    def _perspective(self) -> Perspective:
        """The item as something the pane for whole records can show."""
        here, told, item = self._here, self._told, self._here.item
        before = self._state.answered.get(here.key)

        def project(records: Records, viewpoint: Viewpoint) -> Text:
            if item is None:
                return Text(tuple(_over(told)))
            place = Paragraph(f"{here.at + 1} of {len(here.steps)}", heading=True, token="title")
            return Text((place, *_paragraphs(item, before, records, viewpoint)))

        return Perspective(
            id=f"review {here.at} {here.key}", title="Review", key="", asks="what waits for me, and why?", hides="", kinds=KINDS,
            project=project, empty="", follows=True, board=False,
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------------------ answering

    def take(self, key: str) -> bool:
        """Whether a key was for the review; it is done then."""
        self._pending = None
        item = self._here.item
        if key in ("q", "escape") or (item is None and key == "enter"):
            self._leave()
        elif item is None:
            if key not in ("y", "Y"):
                return key not in LEFT_ALONE
            self._stage.show("copy_text", self._told)
        elif key == KEYS["back"]:
            self._go(-1)
        elif key == "u" and self._take_back():
            return True
        elif key in LEFT_ALONE:
            return False
        else:
            self._try(item, key)
        return True

    def _try(self, item: Item, key: str) -> None:
        action = next((name for name, letter in KEYS.items() if letter == key), "")
        if action not in actions(item):
            names = " ".join(letter for letter, _ in self.hints)
            self._stage.say(f"{shown(key)} is no answer here: {names}.", "dim")
        elif action == "keep" and item.kind == "answered":
            self._go(1)
        else:
            self._attempt(lambda: ANSWERS[action](self, item))

    def _attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except ManyViewError as error:
            self._stage.say(str(error), "error")

    def keep(self, item: Item) -> None:
        """Leave it as it is."""
        self._answer(item, Answer("kept", self._stage.workspace.records.n, item.title, item.because))

    def snooze(self, item: Item) -> None:
        """Put it off until a day, in a week unless one is typed."""

        def entered(text: str) -> str | None:
            day = read_date(text.strip() or SNOOZE, self._stage.today())
            if day <= self._stage.today():
                raise UsageError("It can be put off until a later day: fri, 3d, 2026-12-01.")
            n, until = self._stage.workspace.records.n, day.isoformat()
            self._answer(item, Answer("put off", n, item.title, item.because, f"until {until}"), day)
            self._stage.say(f"Put off until {until}.")
            return None

        self._ask("put off until (a week):", entered)

    def note(self, item: Item) -> None:
        """Write an update about it."""
        record = item.record
        assert record is not None
        self._ask_step(
            item, "noted", "note:", lambda text: said(record, text, self._stage.today(), self._stage.workspace.me)
        )

    def decide(self, item: Item) -> None:
        """Capture a decision about it; a note of the inbox goes with it."""
        today, me = self._stage.today(), self._stage.workspace.me
        self._ask_step(item, "decided", "decision:", lambda text: decided(item.record, text, today, me))

    def drop(self, item: Item) -> None:
        """Stop it, take it back or put it away, and say why."""
        record, records = item.record, self._stage.workspace.records
        assert record is not None
        if isinstance(record, Update):
            self._commit(item, "dropped", dropped(records, record, "", self._stage.today()))
        else:
            label, today = f"{actions(item)['drop']}, because:", self._stage.today()
            self._ask_step(item, "dropped", label, lambda text: dropped(records, record, text, today))

    def done(self, item: Item) -> None:
        """Bring it to where it is to go: file a note, hold a check-in, decide, look back, release, settle."""
        record = item.record
        if isinstance(record, Update):
            self._file(item, record)
            return
        self._pending = (item.key, "done")
        command = "checkin.hold" if isinstance(record, Checkin) else "record.finish"
        self._stage.performer.perform(self._stage.registry.commands[command])

    def _file(self, item: Item, note: Update) -> None:
        def step(text: str) -> Step:
            records = self._stage.workspace.records
            return filed(records, note, text) if text.strip() else dropped(records, note, "", self._stage.today())

        self._ask_step(item, "done", "about which record (nothing puts it away):", step, needs=False)

    def _ask_step(self, item: Item, what: str, label: str, step: Callable[[str], Step], *, needs: bool = True) -> None:
        """Ask for one line and commit the step that comes of it; an empty line changes nothing where one is needed."""

        def entered(text: str) -> str | None:
            if text.strip() or not needs:
                self._commit(item, what, step(text.strip()))
            return None

        self._ask(label, entered)

    def _ask(self, label: str, entered: Callable[[str], str | None]) -> None:
        def tried(text: str) -> str | None:
            try:
                return entered(text)
            except ManyViewError as error:
                return str(error)

        self._stage.asking.read(label, "", tried)

    def _commit(self, item: Item, what: str, step: Step) -> None:
        self._pending = (item.key, what)
        self._stage.performer.commit(step)

    def committed(self, done: Transaction) -> None:
        """A step of mine is durable: when it answers the item, the next one is shown."""
        pending, self._pending = self._pending, None
        item = self._here.items.get(pending[0]) if pending else None
        if pending is None or item is None:
            self._look()
            return
        self._answer(item, Answer(pending[1], self._stage.workspace.records.n, item.title, item.because, done.why))

    def _answer(self, item: Item, answer: Answer, until: date | None = None) -> None:
        state = self._state._replace(at=self._here.step(1), seconds=self._state.seconds + self._passed())
        if until is not None:
            state = snoozed(state, item.key, until, answer)
        else:
            state = answered(state, item.key, answer, self._stage.today())
        self._keep(state)
        self._look()

    # --------------------------------------------------------------------------------------------------------- moving

    def _go(self, way: int) -> None:
        self._keep(self._state._replace(at=self._here.step(way)))
        self._look()

    def _take_back(self) -> bool:
        """Whether undoing means the last answer: it is asked again then, and what it changed is undone.

        When something else was changed since, undoing means that, as everywhere.
        """
        workspace = self._stage.workspace
        newest = list(self._state.answered.items())[-1:]
        if not newest:
            return False
        ((key, answer),) = newest
        changed = answer.what not in ("kept", "put off")
        mine = next((step.n for step in workspace.history() if step.by == workspace.me), 0)
        if mine > answer.n or (changed and mine != answer.n):
            return False
        self._keep(reopened(self._state, key)._replace(at=key))
        if changed:
            self._stage.performer.perform(self._stage.registry.commands["work.undo"])
        else:
            self._look()
            self._stage.say(f"{answer.title} is asked again.")
        return True

    def _end(self) -> None:
        if self._told:
            return
        workspace, today = self._stage.workspace, self._stage.today()
        self._told = summary(self._state, today, workspace.me)
        self._keep(ended(self._state, workspace.records.n, now(), today, self._told))

    def _leave(self) -> None:
        """Give the lenses their room back; a review that is not over goes on here the next time."""
        paused = self._here.item is not None
        if paused:
            self._keep(self._state._replace(at=self._here.key, seconds=self._state.seconds + self._passed()))
        self._stage.turn(replace(self._stage.desk, reviewing=False))
        self._stage.settle()
        left = len(self._here.steps) - self._here.at
        self._stage.say(f"Paused, {left} to go: R goes on here." if paused else "")

    def _keep(self, state: ReviewState) -> None:
        self._state = state
        if self._path:
            self._attempt(lambda: save(self._path, state))

    def _passed(self) -> int:
        """Seconds since the last answer, as far as somebody was reading."""
        here, then = time.monotonic(), self._shown_at
        self._shown_at = here
        return min(int(here - then), LONGEST_PAUSE)


def _paragraphs(item: Item, before: Answer | None, records: Records, viewpoint: Viewpoint) -> list[Paragraph]:
    """Why it is here, what can be done, and the record as a whole."""
    because = item.because
    found = [Paragraph(f"{because[:1].upper()}{because[1:]}.", token="info")]
    if before is not None:
        outcome = f", {before.outcome}" if before.outcome else ""
        found.append(Paragraph(f"You answered it: {before.what}{outcome}.", token="dim"))
    words = [f"{shown(KEYS[action])} {word}" for action, word in actions(item).items() if word != HINTS[action]]
    found.append(Paragraph(", ".join([*words, f"{KEYS['back']} back", f"{KEYS['pause']} pause"]), token="dim"))
    found.append(Paragraph(""))
    if item.record is None:
        return [*found, Paragraph(item.title, heading=True, token="title")]
    if item.kind == "intent":
        found += [Paragraph(item.title, heading=True, token="title"), Paragraph("")]
    view = perspective("record").project(records, replace(viewpoint, chosen=item.record.id, archived=True))
    return [*found, *view.paragraphs] if isinstance(view, Text) else found


def _over(told: str) -> list[Paragraph]:
    lines = told.rstrip().splitlines()
    heads = [line.startswith("#") for line in lines]
    return [
        Paragraph(line.lstrip("# ") if head else line, heading=head, token="title" if head else "text")
        for line, head in zip(lines, heads, strict=True)
    ]


ANSWERS: Mapping[str, Callable[[Reviewing, Item], None]] = {
    "keep": Reviewing.keep, "done": Reviewing.done, "snooze": Reviewing.snooze,
    "note": Reviewing.note, "decide": Reviewing.decide, "drop": Reviewing.drop,
}  # fmt: skip
