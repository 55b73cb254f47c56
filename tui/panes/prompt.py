"""The prompt: one question in one line, docked where nothing else has to be drawn again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from textual.message import Message

from themes import Theme
from tui.command import Answers, Ask
from tui.panes.answering import LINE, WORDS, Completion, Interpreter, completion
from tui.panes.editing import Line, after_escape, types
from tui.panes.prompting import PLEASE_CHOOSE, Choosing, Completer, Earlier, Hinter, Inline, no_completion, question_of
from tui.panes.typed import Spans, Typed
from tui.shapes import Span
from tui.text import wrapped

MOST_COMPLAINT = 4
"""Lines a complaint may take."""


class PromptBar(Typed):
    """A question in a line, and above it what the answer means, what completes it, or why it cannot be had.

    Hidden until ``ask`` or ``read``.  It stays, and takes no more keys, once it has posted ``Answered`` or ``Entered``,
    until ``close`` puts it away, ``refuse`` says why not and goes on, or something else is asked.
    """

    DEFAULT_CSS = "PromptBar { height: 2; }"

    class Answered(Message):
        """What ``ask`` asked was answered with a text that can be read."""

        def __init__(self, ask: Ask, answers: Answers) -> None:
            super().__init__()
            self.ask = ask
            self.answers = answers

    class Entered(Message):
        """The line that ``read`` asked for was finished."""

        def __init__(self, label: str, text: str) -> None:
            super().__init__()
            self.label = label
            self.text = text

    class Changed(Message):
        """The line that ``read`` asked for reads differently now."""

        def __init__(self, label: str, text: str) -> None:
            super().__init__()
            self.label = label
            self.text = text

    class Cancelled(Message):
        """Escape was pressed; ``then`` is the key that came along with it (as alt and that key), or ""."""

        def __init__(self, then: str = "") -> None:
            super().__init__()
            self.then = then

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:
        super().__init__(theme, id=id)
        self.display = False
        self._question: Inline | Choosing | None = None
        self._asked: Ask | None = None
        self._by: Interpreter | None = None
        self._past = Earlier()
        self._complaint = self._initial = ""
        self._usual = 2

    # ------------------------------------------------------------------------------------------------------------- asking

    def ask(self, ask: Ask, by: Interpreter) -> None:
        """Ask the only question of an ``Ask``."""
        self._asked, self._by = ask, by
        self._begin(question_of(ask, by, self._past.of(ask.questions[0].field.path)), 2)

    def read(
        self,
        label: str,
        initial: str = "",
        *,
        complete: Callable[[str], Sequence[str]] | None = None,
        on_change: Callable[[str], str] | None = None,
        whole: bool = False,
    ) -> None:
        """Ask for any line, such as a filter or a command.

        ``complete`` gives, for the text in front of the cursor, what its last word could become, or the ``whole`` of it;
        ``on_change`` what the line above says about the text.  Without either the prompt is one line high.
        """
        self._asked = self._by = None
        hint: Hinter = (lambda text: (Span(on_change(text), "dim"),)) if on_change else (lambda text: ())
        completer: Completer = partial(_completed_by, complete, LINE if whole else WORDS) if complete else no_completion
        question = Inline(label, Line.of(initial), hint, "", completer, self._past.of(label))
        self._begin(question, 2 if complete or on_change else 1)

    def _begin(self, question: Inline | Choosing, height: int) -> None:
        self._question, self._complaint, self._over, self._usual = question, "", False, height
        self._initial = question.answer
        self.display = True
        self._show()

    def refuse(self, sentence: str) -> None:
        """Say why the answer would not do, and go on asking with it."""
        self._over = False
        self._complain(sentence)

    def close(self) -> None:
        """Put the prompt away; what has the focus next is for the screen to say."""
        self._question = self._asked = self._by = None
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return self._question is not None

    @property
    def label(self) -> str:
        """What stands before the answer; "" while nothing is asked."""
        return "" if self._question is None else self._question.label

    @property
    def text(self) -> str:
        """The answer as it stands."""
        return "" if self._question is None else self._question.answer

    @property
    def path(self) -> str:
        """The path of what ``ask`` asks; "" for a line that ``read`` reads."""
        return "" if self._asked is None else self._asked.questions[0].field.path

    @property
    def typed(self) -> str:
        """What was typed and is not taken yet; "" where one chooses, or nothing was changed."""
        return self._question.answer if isinstance(self._question, Inline) and self._question.answer != self._initial else ""

    def restore(self, text: str) -> None:
        """Let the line read as a draft does."""
        if isinstance(self._question, Inline):
            self._become(replace(self._question, line=Line.of(text)))

    # -------------------------------------------------------------------------------------------------------------- keys

    def _pasted(self, text: str) -> None:
        assert self._question is not None
        self._become(self._question.paste(text))

    def _pressed(self, key: str, character: str | None) -> bool:
        question = self._question
        if question is None or self._over:
            return True
        if (then := after_escape(key, character)) or key == "escape":
            self._over = True
            self.post_message(self.Cancelled(then or ""))
        elif key == "enter":
            self._finish(question.answer)
        elif isinstance(question, Choosing) and (taken := question.chosen(key, character)):
            self._finish(taken)
        else:
            after = question.press(key, character)
            if after is not None:
                self._become(after)
            elif types(key, character):
                self._complain(PLEASE_CHOOSE)
            else:
                return False
        return True

    def _become(self, after: Inline | Choosing) -> None:
        before, self._question, self._complaint = self._question, after, ""
        self._show()
        if self._asked is None and before is not None and before.answer != after.answer:
            self.post_message(self.Changed(after.label, after.answer))

    def _finish(self, answer: str) -> None:
        """Post the answer if it can be read; otherwise say why not and keep it."""
        if self._asked is None or self._by is None:
            self._over = True
            self._past.keep(self.label, answer)
            self.post_message(self.Entered(self.label, answer))
            return
        field = self._asked.questions[0].field
        if isinstance(self._question, Choosing) and not answer:
            self._complain(PLEASE_CHOOSE)
        elif trouble := self._by.trouble(field, answer):
            self._complain(trouble)
        else:
            self._over = True
            self._past.keep(field.path, answer)
            self.post_message(self.Answered(self._asked, {field.path: answer}))

    def _complain(self, sentence: str) -> None:
        self._complaint = sentence
        self._show()

    def _show(self) -> None:
        """Take the lines that the complaint needs, and no more than usual without one."""
        height = max(self._usual, 1 + (len(_in_lines(self._complaint, self.app.size.width)) or bool(self._complaint)))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.paint()

    # -------------------------------------------------------------------------------------------------------------- lines

    def compose_spans(self, width: int, height: int) -> list[Spans]:
        question = self._question
        if question is None:
            return []
        complaints = _in_lines(self._complaint, width) or [question.upper_line(width, self._complaint)]
        return [*complaints, question.lower_line(width)][-height:]


def _in_lines(complaint: str, width: int) -> list[Spans]:
    """The lines of a complaint that one line is too short for, and none of one that stands behind the title."""
    lines = wrapped(complaint, max(width, 1)) if complaint else []
    return [(Span(line, "error"),) for line in lines[:MOST_COMPLAINT]] if len(lines) > 1 else []


def _completed_by(complete: Callable[[str], Sequence[str]], word: str, line: Line) -> Completion | None:
    return completion(line, complete(line.text[: line.cursor]), word)
