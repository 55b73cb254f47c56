"""What a prompt holds and what a key makes of it: a line being typed, or choices with a letter each; values, no widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from store.fields import Field
from tui.command import Ask
from tui.panes.answering import Completion, Interpreter, choices_of, completed, mnemonics
from tui.panes.editing import Line, types, window
from tui.panes.typed import CARET, Spans, cut_spans, typed_spans
from tui.shapes import Span
from tui.text import cut, safe, width_of

Completer = Callable[[Line], Completion | None]
Hinter = Callable[[str], tuple[Span, ...]]
"""What the line above says about a text."""

LONGEST_PAST = 50
"""How many answers ↑ can bring back, for each question."""
PLEASE_CHOOSE = "Press a letter, or ← → and Enter."


def no_completion(line: Line) -> Completion | None:
    """Nothing to complete with."""
    return None


@dataclass(frozen=True)
class Inline:
    """A label and a line being typed; ``past`` is what was answered before, the latest last."""

    label: str
    line: Line
    hint: Hinter
    title: str = ""
    complete: Completer = no_completion
    past: tuple[str, ...] = ()
    back: int = 0
    own: str = ""
    """What was typed before ↑ brought back something older."""
    completion: Completion | None = None
    lines: bool = False
    """Whether line ends stay when they are pasted."""

    @property
    def answer(self) -> str:
        """The text as it stands."""
        return self.line.text

    def press(self, key: str, character: str | None) -> Inline | None:
        """The prompt after a key; None if the key means nothing here."""
        if key in ("tab", "shift+tab"):
            return self._turned(1 if key == "tab" else -1)
        if key in ("up", "down"):
            return self._recalled(1 if key == "up" else -1)
        line = self.line.press(key, character)
        return None if line is None else replace(self, line=line, completion=None, back=0)

    def paste(self, text: str) -> Inline:
        """The prompt with a pasted text put in at the cursor."""
        return replace(self, line=self.line.paste(text, lines=self.lines), completion=None, back=0)

    def _turned(self, step: int) -> Inline:
        found = self.completion or self.complete(self.line)
        if found is None:
            return self
        turned = found.turned(step)
        return replace(self, line=turned.line, completion=None if len(turned.found) == 1 else turned)

    def _recalled(self, step: int) -> Inline:
        back = min(max(self.back + step, 0), len(self.past))
        if back == self.back:
            return self
        text = self.past[-back] if back else self.own
        own = self.own if self.back else self.line.text
        return replace(self, line=Line.of(text, self.line.killed), back=back, own=own, completion=None)

    def upper_line(self, width: int, complaint: str) -> Spans:
        """What is asked about, and why the answer would not do, what could be put in, or what it means."""
        if complaint:
            return _headed(self.title, (Span(complaint, "error"),), width)
        found = self.completion or self.complete(self.line)
        return _headed(self.title, candidates(found, width) if found else self.hint(self.line.text), width)

    def lower_line(self, width: int) -> Spans:
        """The label and the field: short in front, because what stands there is sent again with every character."""
        label = cut(self.label, max(width // 2, 1)) + " "
        room = max(width - width_of(label), 1)
        return (Span(label, "field"), *typed_spans(window(self.line.text, self.line.cursor, room), room))


def _headed(title: str, said: Spans, width: int) -> Spans:
    """A title and what is said after it; an error takes from the title the room it needs, anything else half the line."""
    wrong = any(span.token == "error" for span in said)
    needed = _width([said]) + 2 if said else 0
    room = width - (needed if wrong else min(needed, width // 2))
    head = cut(title, room) if room >= SHORTEST_TITLE else ""
    return cut_spans((Span(f"{head}  " if head else "", "title"), *said), width)


SHORTEST_TITLE = 6
"""Cells below which a title says nothing any more."""
OFFERED = 12
"""Candidates shown at once: all of them are sent again with every character."""


def candidates(found: Completion, width: int) -> Spans:
    """What Tab offers, from the one put in on."""
    first = max(found.at, 0)
    spans = [Span("Tab ", "key")]
    for at, candidate in enumerate(found.found[first : first + OFFERED], first):
        spans += [Span(candidate, CARET if at == found.at else "dim"), Span("  ", "dim")]
    return cut_spans(spans, width)


@dataclass(frozen=True)
class Choosing:
    """A title, and choices of which one is pressed, or reached with ← and → and taken with Enter."""

    label: str
    choices: tuple[str, ...]
    letters: tuple[str, ...]
    at: int = -1

    @classmethod
    def of(cls, label: str, choices: Sequence[str], initial: str) -> Choosing:
        """Choices with their letters, the one that holds already under the cursor."""
        return cls(label, tuple(choices), mnemonics(choices), choices.index(initial) if initial in choices else -1)

    @property
    def answer(self) -> str:
        """The choice under the cursor, "" while there is none."""
        return self.choices[self.at] if self.at >= 0 else ""

    def chosen(self, key: str, character: str | None) -> str | None:
        """The choice a key takes at once; None for any other key."""
        if not character or not types(key, character) or character.lower() not in self.letters:
            return None
        return self.choices[self.letters.index(character.lower())]

    def press(self, key: str, character: str | None) -> Choosing | None:
        """The prompt after a key that takes nothing yet; None if the key means nothing here."""
        steps = {"left": -1, "up": -1, "shift+tab": -1, "right": 1, "down": 1, "tab": 1, "space": 1}
        if key in steps:
            return self._moved(steps[key])
        return None

    def paste(self, text: str) -> Choosing:
        """The prompt with the cursor on the choice that a pasted text begins, if there is just one."""
        typed = text.strip().lower()
        found = [at for at, choice in enumerate(self.choices) if typed and choice.lower().startswith(typed)]
        return replace(self, at=found[0]) if len(found) == 1 else self

    def _moved(self, step: int) -> Choosing:
        at = (self.at + step) % len(self.choices) if self.at >= 0 else (0 if step > 0 else len(self.choices) - 1)
        return replace(self, at=at)

    def upper_line(self, width: int, complaint: str) -> Spans:
        """The title, and why the last key was refused."""
        return _headed(self.label, (Span(complaint, "error"),) if complaint else (), width)

    def lower_line(self, width: int) -> Spans:
        """The choices; where there is no room for all, from as late as shows the one under the cursor."""
        runs = [self._choice(at) for at in range(len(self.choices))]
        first = 0
        while first < self.at and _width(runs[first : self.at + 1]) > width:
            first += 1
        return cut_spans((span for run in runs[first:] for span in run), width)

    def _choice(self, at: int) -> Spans:
        choice, letter, token = self.choices[at], self.letters[at], CARET if at == self.at else "text"
        place = choice.lower().find(letter) if letter else -1
        if place < 0:
            pressed = (Span(f"[{letter}]", "key"), Span(choice, token)) if letter else (Span(choice, token),)
            return (*pressed, Span("  "))
        return (
            Span(choice[:place], token),
            Span(f"[{choice[place]}]", CARET if at == self.at else "key"),
            Span(choice[place + 1 :], token),
            Span("  "),
        )


def _width(runs: Sequence[Spans]) -> int:
    return sum(width_of(safe(span.text)) for run in runs for span in run)


# ----------------------------------------------------------------------------------------------------------- what is asked


class Earlier:
    """What was answered before, by question, for ↑ to bring it back."""

    def __init__(self) -> None:
        self._answers: dict[str, tuple[str, ...]] = {}

    def of(self, question: str) -> tuple[str, ...]:
        """The answers a question had, each once, the latest last."""
        return self._answers.get(question, ())

    def keep(self, question: str, answer: str) -> None:
        """Remember an answer that says something as the latest."""
        if answer.strip():
            others = (one for one in self.of(question) if one != answer)
            self._answers[question] = (*others, answer)[-LONGEST_PAST:]


def question_of(ask: Ask, by: Interpreter, past: tuple[str, ...]) -> Inline | Choosing:
    """The only question of an ``Ask``: choices where its field has them, else a line with what its answer means above it."""
    question = ask.questions[0]
    field = question.field
    if choices := choices_of(field):
        return Choosing.of(_title_of(ask), choices, question.initial)
    return Inline(
        f"{field.label}:",
        Line.of(question.initial),
        partial(_meant, by, field, ask.note),
        ask.title,
        partial(completed, by, field),
        past,
        lines=field.form in ("long", "lines"),
    )


def _title_of(ask: Ask) -> str:
    return f"{ask.title}  {ask.note}" if ask.note else ask.title


def _meant(by: Interpreter, field: Field, note: str, text: str) -> Spans:
    """What the line above says about an answer: why it will not do, what it means, or what is wanted."""
    if text.strip() and (trouble := by.trouble(field, text)):
        return (Span(trouble, "error"),)
    if meaning := by.meaning(field, text):
        return (Span(meaning, "info"),)
    wanted = " · ".join(part for part in (field.description, field.hint) if part)
    return (Span(note or wanted, "info" if note else "dim"),)
