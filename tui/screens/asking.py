"""Where the workspace asks: a prompt or a form at its foot, and what waits for their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from textual import events
from textual.containers import Container

from store.errors import Conflict
from tui.candidates import candidates
from tui.command import Ask

if TYPE_CHECKING:  # what is asked with is loaded when something is asked for the first time
    from tui.panes.answering import Interpreter
    from tui.panes.form import FormPane
    from tui.panes.prompt import PromptBar
    from tui.performing import Answered
    from tui.screens.workspace import WorkspaceScreen

Entered = Callable[[str], str | None]
"""Takes a finished line; returns what is wrong with it, None when it was used."""
LONG = ("long", "lines")
"""Forms of fields that one line is too short for."""


class Asking(Container):
    """At most one question at a time; it stands on the screen from the first one on, and takes room only while it asks."""

    def __init__(self, stage: WorkspaceScreen) -> None:
        super().__init__(id="asking")
        self._stage = stage
        self._answered: Answered | None = None
        self._entered: Entered | None = None
        self._changed: Callable[[str], None] | None = None
        self._cancelled: Callable[[], None] | None = None
        self._typed_ahead: list[events.Key] = []
        self._unread: float | None = None
        """When the keys arrived behind which a yes or no is asked: none of them answers what nobody has read."""

    # ---------------------------------------------------------------------------------------------------------------- ask

    def ask(self, ask: Ask, answered: Answered) -> None:
        """Ask in the prompt, or in a form when there is more than one thing to know."""
        self._answered, self._cancelled = answered, None
        form = ask.questions[0].field.form if len(ask.questions) == 1 else "long"
        self._unread = self._stage.keyboard.read_at if form == "yes or no" else None
        if form not in LONG:
            self._stage.make_room()
            self.prompt.ask(ask, self._interpreter())
        else:
            self._open_form(ask)

    def read(
        self,
        label: str,
        initial: str,
        entered: Entered,
        *,
        changed: Callable[[str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        **how: object,
    ) -> None:
        """Read any line, such as a filter; ``changed`` hears of it while it is typed, ``cancelled`` when it is left."""
        self._entered, self._changed, self._cancelled, self._unread = entered, changed, cancelled, None
        self._stage.make_room()
        self.prompt.read(label, initial, **how)  # type: ignore[arg-type]

    def _open_form(self, ask: Ask) -> None:
        from tui.panes.form import FormPane

        self.put_away()
        form = FormPane(self._stage.palette)
        self._stand()
        self.add_class("-form")
        self._stage.make_room(whole=True)
        self.mount(form)
        form.ask(ask, self._interpreter())

    def _interpreter(self) -> Interpreter:
        """By what answers are understood: the day, the records and the people there are."""
        from tui.panes.answering import Interpreter

        records = self._stage.workspace.records

        def title(record_id: str) -> str | None:
            record = records.get(record_id)
            return None if record is None else record.label

        return Interpreter(self._stage.today(), lookup=title, candidates=candidates(records))

    # ----------------------------------------------------------------------------------------------------- what stands here

    def _stand(self) -> None:
        if not self.is_attached:
            self._stage.mount(self)

    @property
    def prompt(self) -> PromptBar:
        """The prompt, made when it is first needed."""
        from tui.panes.prompt import PromptBar

        self._stand()
        if found := self.query(PromptBar):
            return found.first()
        prompt = PromptBar(self._stage.palette)
        self.mount(prompt)
        return prompt

    @property
    def form(self) -> FormPane | None:
        """The open form."""
        found = [cast("FormPane", form) for form in self.query("FormPane")]
        return next((form for form in found if form.is_open), None)

    @property
    def is_open(self) -> bool:
        """Whether a prompt or a form has the keys."""
        return self.form is not None or (bool(self.query("PromptBar")) and self.prompt.is_open)

    def put_away(self) -> None:
        """Ask nothing any more."""
        if self.query("PromptBar"):
            self.prompt.close()
        if (form := self.form) is not None:
            form.close()
            form.remove()
        self.remove_class("-form")

    def close(self) -> None:
        """Ask nothing any more, and give the panes back their room and the keys."""
        self.put_away()
        self._stage.take_room_back()

    # --------------------------------------------------------------------------------------------------------------- keys

    def take(self, event: events.Key) -> None:
        """Give what asks a key, or keep it until its answer is done with; ctrl+c leaves it as Escape does.

        ctrl+z goes to the shell also from here: what is typed still stands there afterwards.
        """
        if event.key == "ctrl+z":
            self._stage.show("suspend", "")
            return
        asks = self.form or self.prompt
        if asks.is_answered:
            self._typed_ahead.append(event)
            return
        if event.time == self._unread and event.is_printable:
            self.prompt.refuse("Answer once more: that key came together with the one that asks.")
            return
        asks.take(events.Key("escape", None) if event.key == "ctrl+c" else event)

    def take_paste(self, event: events.Paste) -> None:
        """Give what asks a text that was pasted."""
        (self.form or self.prompt).take_paste(event)

    def _catch_up(self, then: str = "") -> None:
        """Act on the keys that came with the answer or were typed behind it, now that it is known what became of it."""
        if then:
            self._stage.keyboard.press(then)
        typed, self._typed_ahead = self._typed_ahead, []
        for event in typed:
            self._stage.keyboard.take(event)

    # ------------------------------------------------------------------------------------------------------------ answers

    def answer(self, answers: Mapping[str, str]) -> str | Conflict | None:
        """Hand answers to what waits for them; what is wrong with them comes back."""
        return self._answered(answers) if self._answered else None

    def on_prompt_bar_answered(self, event: PromptBar.Answered) -> None:
        trouble = self.answer(event.answers)
        self._go_on(None if trouble is None else str(trouble))

    def on_prompt_bar_entered(self, event: PromptBar.Entered) -> None:
        self._go_on(self._entered(event.text) if self._entered else None)

    def _go_on(self, trouble: str | None) -> None:
        if trouble:
            self.prompt.refuse(trouble)
        elif self.prompt.is_answered:  # else it has asked something more
            self.close()
        self._catch_up()

    def on_prompt_bar_changed(self, event: PromptBar.Changed) -> None:
        if self._changed:
            self._changed(event.text)

    def on_prompt_bar_cancelled(self, event: PromptBar.Cancelled) -> None:
        self.close()
        if self._cancelled:
            self._cancelled()
        self._catch_up(event.then)

    def on_form_pane_answered(self, event: FormPane.Answered) -> None:
        trouble, form = self.answer(event.answers), self.form
        if form is None or trouble is None:
            self.close()
        elif not isinstance(trouble, Conflict) or not form.conflict(trouble.fields):
            form.refuse(str(trouble))
        self._catch_up()

    def on_form_pane_left(self, event: FormPane.Left) -> None:
        self.close()
        self._stage.say("Nothing was changed.")
        self._catch_up(event.then)
