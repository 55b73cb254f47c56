"""What the workspace asks, and what it does with the answers: prompts, forms, the filter, the command line, captures."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual import events

from store.errors import Conflict, ManyViewError, NotFound
from store.model import BY_TABLE, Record, entity
from store.records import Records
from store.step import create, provisional
from tui import drafts, sights
from tui.command import Ask, Command
from tui.perspectives._columns import people_of

if TYPE_CHECKING:  # what is asked with is loaded when something is asked for the first time
    from tui.panes.answering import Interpreter
    from tui.panes.form import FormPane
    from tui.panes.prompt import PromptBar
    from tui.performing import Answered
    from tui.screens.workspace import WorkspaceScreen

MOST_CANDIDATES = 500
"""Records offered for completion, the newest."""


class Asking:
    """The prompts and the form of one screen, and what waits for their answers."""

    def __init__(self, screen: WorkspaceScreen) -> None:
        self._screen = screen
        self._answered: Answered | None = None
        self._entered: Callable[[str], str | None] | None = None
        self._changed: Callable[[str], None] | None = None
        self._cancelled: Callable[[], None] | None = None
        self._searched = ""
        self._typed_ahead: list[events.Key] = []

    # ----------------------------------------------------------------------------------------------------- ask and answer

    @property
    def prompt(self) -> PromptBar:
        """The prompt, in which at most one thing is asked at a time; made when it is first needed."""
        from tui.panes.prompt import PromptBar

        found = self._screen.query(PromptBar)
        if found:
            return found.first()
        prompt = PromptBar(self._screen.palette)
        self._screen.mount(prompt)
        return prompt

    @property
    def form(self) -> FormPane | None:
        """The open form."""
        found = [cast("FormPane", form) for form in self._screen.query("FormPane")]
        return next((form for form in found if form.is_open), None)

    @property
    def is_open(self) -> bool:
        """Whether a prompt or a form has the keys."""
        return self.form is not None or (bool(self._screen.query("PromptBar")) and self.prompt.is_open)

    def ask(self, ask: Ask, answered: Answered) -> None:
        """Ask in the prompt, or in a form when there is more than one thing to know."""
        self._answered, self._cancelled = answered, None
        if len(ask.questions) == 1 and ask.questions[0].field.form not in ("long", "lines"):
            self._screen.show_prompt()
            self.prompt.ask(ask, self.interpreter())
        else:
            self._screen.show_form(ask, self.interpreter())

    def interpreter(self) -> Interpreter:
        """By what answers are understood: the day, the records and the people there are."""
        from tui.panes.answering import Interpreter

        records = self._screen.workspace.records

        def title(record_id: str) -> str | None:
            record = records.get(record_id)
            return None if record is None else record.label

        return Interpreter(self._screen.today(), lookup=title, candidates=candidates(records))

    def take(self, event: events.Key) -> None:
        """Give what asks a key that was on its way to a pane when it was opened; ctrl+c leaves it as Escape does.

        A key that it saw already comes by here only when it meant nothing, and then means nothing again.
        """
        asks = self.form or self.prompt
        if asks.is_answered:
            event.stop()
            self._typed_ahead.append(event)
            return
        asks.on_key(events.Key("escape", None) if event.key == "ctrl+c" else event)

    def catch_up(self) -> None:
        """Act on the keys that were typed behind an answer, now that it is known what became of it."""
        typed, self._typed_ahead = self._typed_ahead, []
        for event in typed:
            self._screen.on_key(event)

    def take_paste(self, event: events.Paste) -> None:
        """Give what asks a text that was on its way to a pane when it was opened."""
        (self.form or self.prompt).on_paste(event)

    def answer(self, answers: Mapping[str, str]) -> str | Conflict | None:
        """Hand answers to what waits for them; what is wrong with them comes back."""
        return self._answered(answers) if self._answered else None

    def enter(self, text: str) -> str | None:
        """Hand a finished line to what waits for it; what is wrong with it comes back."""
        return self._entered(text) if self._entered else None

    def change(self, text: str) -> None:
        """Hand on a line as it is being typed."""
        if self._changed:
            self._changed(text)

    def cancel(self) -> None:
        """Take back what was shown of a line while it was typed."""
        if self._cancelled:
            self._cancelled()

    def _read(self, label: str, initial: str, entered: Callable[[str], str | None], **how: object) -> None:
        self._entered, self._changed, self._cancelled = entered, None, None
        self._screen.show_prompt()
        self.prompt.read(label, initial, **how)  # type: ignore[arg-type]

    # ------------------------------------------------------------------------------------------------------------- drafts

    def draft(self) -> drafts.Draft | None:
        """What is being typed and not saved yet, with where it belongs; None when nothing is."""
        command, record = self._screen.performer.asked_by
        if (form := self.form) is not None and (texts := form.draft()):
            return {"command": command, "record": record, "title": form.title, "texts": dict(texts)}
        if self.is_open and self.prompt.text.strip():
            return {"command": "", "record": record, "title": "a line", "texts": {"line": self.prompt.text}}
        return None

    def offer(self) -> None:
        """Say that a draft was kept, when one was."""
        if (draft := drafts.kept(os.environ)) is not None:
            self._screen.say(f"A draft was kept: {draft.get('title', '')}", "info", ":draft goes on with it")

    def go_on(self) -> None:
        """Type on where a kept draft ended."""
        draft = drafts.kept(os.environ)
        if draft is None:
            self._screen.say("No draft was kept.")
            return
        texts = draft.get("texts")
        command = self._screen.registry.commands.get(str(draft.get("command")))
        if not isinstance(texts, dict):
            return
        if command is None:
            self.capture("decision", str(texts.get("line", "")))
        else:
            self._screen.turn(replace(self._screen.desk, chosen=str(draft.get("record")) if draft.get("record") else None))
            self._screen.performer.perform(command)
            if self.form is not None:
                self.form.restore({str(path): str(text) for path, text in texts.items()})
        if self.is_open:
            drafts.drop(os.environ)

    # ------------------------------------------------------------------------------------------------------------- filter

    def filter(self) -> None:
        """Ask for a filter; what passes is shown while it is typed."""
        screen = self._screen
        before = screen.desk.page.filter

        def entered(text: str) -> str | None:
            if trouble := self._trouble(text):
                return trouble
            self._searched = text.strip()
            self._let_through(text)
            return None

        def changed(text: str) -> None:
            if not self._trouble(text):
                self._let_through(text)

        self._read("/", before, entered, complete=self._complete_filter, on_change=self._trouble)
        self._changed = changed
        self._cancelled = lambda: self._let_through(before)

    def _let_through(self, text: str) -> None:
        screen = self._screen
        screen.turn(screen.desk.with_page(replace(screen.desk.page, filter=text.strip())))
        screen.settle()

    def _trouble(self, text: str) -> str:
        try:
            sights.predicate(text, self._screen.today(), self._screen.workspace.me)
        except ManyViewError as error:
            return str(error).split("\n", 1)[0]
        return ""

    def _complete_filter(self, text: str) -> Sequence[str]:
        from store.query import completions

        return completions(text, len(text), values(self._screen.workspace.records))

    def seek(self, *, forward: bool) -> None:
        """Go to the next record that passes the last filter, which may have been cleared since."""
        screen = self._screen
        wanted = sights.predicate(self._searched, screen.today(), screen.workspace.me)
        records = screen.workspace.records

        def matches(record_id: str) -> bool:
            record = records.get(record_id)
            return record is not None and wanted is not None and wanted(record)

        if self._searched and screen.pane.seek(matches, forward):
            screen.choose_under_cursor()
        else:
            screen.say("Nothing more matches." if self._searched else "Nothing was searched for yet: / does.")

    # --------------------------------------------------------------------------------------------------- the command line

    def ex(self) -> None:
        """Ask for a command by name: its id or title, ``:12`` for a record, ``:theme light``, or a line to capture."""
        self._read(":", "", self._execute, complete=self._complete_command, on_change=self._explain)

    def _complete_command(self, text: str) -> Sequence[str]:
        typed = text.lower()
        names = [*self._screen.registry.commands, *(f"theme {name}" for name in self._screen.theme_names())]
        return [name for name in names if typed in name][:40] if " " not in text or typed.startswith("theme ") else []

    def _explain(self, text: str) -> str:
        command = self._screen.registry.commands.get(text.strip())
        return command.help if command else "A command by its name, an id, or bet, decide, note … and a line to capture."

    def _execute(self, text: str) -> str | None:
        typed = text.strip()
        name, _, rest = typed.partition(" ")
        screen = self._screen
        if not typed:
            return None
        if command := self._command(typed):
            screen.close_prompt()
            screen.performer.perform(command)
        elif name == "theme":
            return screen.change_theme(rest.strip())
        elif rest and name.lower() in CAPTURES:
            return self._capture(CAPTURES[name.lower()], rest)
        else:
            return self._go_to(typed)
        return None

    def _command(self, typed: str) -> Command | None:
        commands = self._screen.registry.commands
        if typed in commands:
            return commands[typed]
        return next((one for one in commands.values() if one.title.lower() == typed.lower()), None)

    def _go_to(self, typed: str) -> str | None:
        try:
            record = self._screen.workspace.records.find(typed)
        except NotFound:
            return f"There is no command and no record {typed!r}. Tab shows the commands."
        self._screen.turn(replace(self._screen.desk, chosen=record.id, opened=True))
        return None

    # ------------------------------------------------------------------------------------------------- captures, the editor

    def capture(self, noun: str, text: str = "") -> None:
        """Ask for a line to capture, with what was pasted in it."""
        self._read(
            f"{noun}:", text, lambda typed: self._capture(noun, typed), on_change=lambda typed: self._understood(noun, typed)
        )

    def _understood(self, noun: str, text: str) -> str:
        from store.capture import draft

        if not text.strip():
            return 'text +tag @who because "…" conf:70 revisit:+6w door:one-way re:B7'
        try:
            found = draft(noun, text, today=self._screen.today(), me=self._screen.workspace.me)
        except ManyViewError as error:
            return str(error)
        return "  ".join([*(f"{label}: {value}" for label, value in found.understood), *found.warnings])

    def _capture(self, noun: str, text: str) -> str | None:
        if not text.strip():
            return None
        from store.capture import draft

        try:
            found = draft(noun, text, today=self._screen.today(), me=self._screen.workspace.me)
            record = entity(found.table, "1", found.document)
            fresh = record.evolve(id=provisional(BY_TABLE[found.table], 1))
            self._screen.performer.commit(create([fresh], f"captured {fresh.noun} {fresh.label}"))
        except ManyViewError as error:
            return str(error)
        return None

    def editor(self) -> None:
        """Give the chosen record to the person's editor as a text, and commit what comes back."""
        from store.editing import as_text
        from tui.screens import outside

        screen = self._screen
        context = screen.context()
        record = context.targets[0]
        command = outside.editor(os.environ)
        if command is None:
            screen.say("No editor was found: set EDITOR.", "warn")
            return
        with screen.app.suspend():
            text = outside.edit(as_text(record), command, record.id)
        if text is None:
            screen.say(f"{command[0]} did not end well. Nothing was changed.", "error")
            return
        self.take_edited(record, text)

    def take_edited(self, record: Record, text: str) -> None:
        """Commit what an editor made of a record; a text that cannot be read is kept in a file that is named."""
        from store.changes import edited
        from store.editing import changes

        screen = self._screen
        try:
            typed = changes(record, text)
            if not typed:
                screen.say("Nothing was changed.")
                return
            screen.performer.commit(edited(screen.workspace.records, (record,), typed, screen.today()))
        except ManyViewError as error:
            kept = drafts.keep_text(text, record.id, os.environ)
            screen.say(f"{error} Your text is kept in {kept}." if kept else str(error), "error")


CAPTURES: Mapping[str, str] = {
    "mission": "mission", "bet": "bet", "decide": "decision", "decision": "decision", "belief": "belief",
    "signal": "signal", "note": "update",
}  # fmt: skip
"""Word of the command line → the kind it captures."""


def candidates(records: Records) -> Mapping[str, Sequence[str]]:
    """What Tab offers in fields: people and tags that are there already, the newest records, the workspace's own words."""
    found = values(records)
    newest = sorted((record.number, record.id) for record in _newest(records))[::-1]
    settings = records.settings
    return {
        "people": found["people"],
        "tags": found["tag"],
        "team": [*settings.teams, *(team for team in found["team"] if team not in settings.teams)],
        "mode": settings.modes,
        "buckets": settings.buckets,
        "record": [record_id for _, record_id in newest][:MOST_CANDIDATES],
    }


def _newest(records: Records) -> Iterator[Record]:
    for kind in BY_TABLE.values():
        yield from records.all(kind)[-MOST_CANDIDATES:]


def values(records: Records) -> Mapping[str, Sequence[str]]:
    """The people, tags and teams of the newest records, in the order of the alphabet."""
    people: set[str] = set()
    tags: set[str] = set()
    teams: set[str] = set()
    for record in _newest(records):
        people.update(people_of(record))
        people.add(record.created_by)
        tags.update(record.tags)
        teams.add(getattr(record, "team", ""))
    return {name: sorted(found - {""}) for name, found in (("people", people), ("tag", tags), ("team", teams))}
