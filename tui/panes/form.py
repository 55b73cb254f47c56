"""The form: every field of a record at once, in the order of the model, edited in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from textual.message import Message

from store.errors import Clash
from themes import Theme
from tui.clashing import OTHER_VERDICTS, aside, texts_of, with_theirs
from tui.command import Answers, Ask
from tui.panes.answering import Interpreter
from tui.panes.filling import Outcome, pasted, pressed, taken_apart
from tui.panes.sheet import Sheet, accepted, at_entry, clashed, opened, restored, saved
from tui.panes.sheet_lines import Plan, drawn, planned, scrolled
from tui.panes.typed import Spans, Typed


class FormPane(Typed):
    """A form for everything an ``Ask`` asks.

    It stays as it is once it has posted ``Answered``, and takes no more keys, until the screen removes it, ``refuse`` or
    ``conflict`` says why not and goes on, or something else is asked.
    """

    class Answered(Message):
        """It was filled in: the path and text of every field that was changed, or of all when ``ask.anyway``."""

        def __init__(self, ask: Ask, answers: Answers) -> None:
            super().__init__()
            self.ask = ask
            self.answers = answers

    class Left(Message):
        """It was left, and nothing is to be kept; ``then`` is the key that came along with Escape, or ""."""

        def __init__(self, then: str = "") -> None:
            super().__init__()
            self.then = then

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:
        super().__init__(theme, id=id)
        self._sheet: Sheet | None = None
        self._top = 0

    # -------------------------------------------------------------------------------------------------------- for screens

    def ask(self, ask: Ask, by: Interpreter) -> None:
        """Ask everything anew."""
        self._top = 0
        self._go_on(opened(ask, by))

    def refuse(self, sentence: str, path: str = "") -> None:
        """Say why the answers would not do, at a field if one is named, and go on with everything as typed."""
        if self._sheet is None:
            return
        sheet = self._sheet
        paths = [entry.field.path for entry in sheet.entries]
        moved = at_entry(sheet, paths.index(path)) if path in paths else replace(sheet, leaving=False)
        self._go_on(replace(moved, said=" ".join(sentence.split())))

    def conflict(self, fields: Iterable[Clash]) -> bool:
        """Show what somebody else put in the same fields, and let each be chosen before it is saved again.

        Answers are from then on what differs from their values; what has no field here is said.  False where none of these
        fields is in the form, as when the record was deleted: then there is nothing to choose.
        """
        assert self._sheet is not None
        fields, texts = tuple(fields), {entry.field.path: entry.text for entry in self._sheet.entries}
        theirs = dict(texts_of(fields, texts))
        if (lines := texts.get(OTHER_VERDICTS)) is not None and (others := with_theirs(fields, lines, texts)) != lines:
            theirs[OTHER_VERDICTS] = others
        if theirs:
            more = aside(fields, texts)
            self._go_on(replace(clashed(self._sheet, theirs), said=f"{more}: saving writes it over." if more else ""))
        return bool(theirs)

    def draft(self) -> Mapping[str, str]:
        """The texts that were not saved yet, by path; empty when nothing was changed."""
        return {} if self._sheet is None else self._sheet.changes

    def stood(self) -> Mapping[str, str]:
        """What stood, by path, where the texts of the draft were typed."""
        return {} if self._sheet is None else {one.field.path: one.initial for one in self._sheet.entries if one.is_changed}

    def restore(self, draft: Mapping[str, str], stood: Mapping[str, str] = MappingProxyType({})) -> None:
        """Put texts of a draft back into the fields there are; beside what others wrote where ``stood`` says otherwise."""
        if self._sheet is not None:
            self._go_on(restored(self._sheet, draft, stood))

    def close(self) -> None:
        """Ask nothing any more; the screen removes it."""
        self._sheet = None

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return self._sheet is not None

    @property
    def title(self) -> str:
        """What the form is about; "" before anything is asked."""
        return self._sheet.ask.title if self._sheet else ""

    # --------------------------------------------------------------------------------------------------------------- keys

    def _pressed(self, key: str, character: str | None) -> bool:
        return self._did(key, character) or key not in _OTHERS

    def _pasted(self, text: str) -> None:
        assert self._sheet is not None
        self._go_on(pasted(self._sheet, text, self._plan().room))

    def _did(self, key: str, character: str | None) -> bool:
        """Do what a key says; False if it means nothing here."""
        keys = taken_apart(key, character)
        for name, typed in keys:
            if self._sheet is None or self._over:
                return False
            outcome = pressed(self._sheet, name, typed, self._plan().room)
            if outcome is None:
                return False
            self._follow_up(outcome, then=keys[-1][0] if len(keys) > 1 else "")
            if self._sheet.leaving:
                return True  # a question nobody has read yet is not answered: alt+n must not throw the texts away
        return True

    def _follow_up(self, outcome: Outcome, then: str) -> None:
        if isinstance(outcome, Sheet):
            self._go_on(outcome)
        elif outcome == "leave":
            self._over = True
            self.post_message(self.Left(then))
        else:
            self._save()

    def _save(self) -> None:
        assert self._sheet is not None
        result = saved(self._sheet)
        if isinstance(result, Sheet):
            self._go_on(result)
            return
        self._go_on(at_entry(accepted(self._sheet), self._sheet.at))
        self._over = True
        self.post_message(self.Answered(self._sheet.ask, result))

    def _go_on(self, sheet: Sheet) -> None:
        self._sheet, self._over = sheet, False
        self.paint()

    # -------------------------------------------------------------------------------------------------------------- lines

    def _plan(self) -> Plan:
        assert self._sheet is not None
        return planned(self._sheet, self.size.width or 80, self.size.height or 24)

    def compose_spans(self, width: int, height: int) -> list[Spans]:
        if self._sheet is None:
            return []
        plan = planned(self._sheet, width, height)
        self._top = scrolled(self._sheet, plan, self._top)
        return drawn(self._sheet, plan, self._top)[:height]


_OTHERS = frozenset({"f1", "ctrl+c", "ctrl+p", "ctrl+q", "ctrl+z", "ctrl+l"})
"""Keys that are left to the app; any other is swallowed, so that no key meant for the form does something elsewhere."""
