"""Being done with a record in as few keys as can be: what the review asks then, and the letters that answer it at once.

Everything else that one could write down then is a field of the record: the form of the app and ``many set`` ask for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from store.capture import draft
from store.changes import edited, named
from store.fields import Field, field, fields, text_of
from store.lookback import said_then
from store.model import Bet, Decision, Record, Signal
from tui.command import Answers, Ask, AskMore, Context, Outcome, Question
from tui.commands.decision import REVIEW
from tui.commands.signal import READ
from tui.commands.state import FINISHED, to_state

DECIDED = Field(
    "chosen",
    "text",
    "What was chosen",
    name="decided",
    hint='conf:70 predict:"…" revisit:+6w option:a option:b may stand in it',
)
"""The line in which a decision is decided: what was chosen, and the keys that capture knows."""
BLANK = Decision(id="D+1", title="-")
OWN = ("title", "state", "chosen")
"""What is not read off such a line's keys."""


def briefly(context: Context) -> Outcome:
    """What brings the chosen record to where it is to go: the step, or the little that must be known first."""
    record = context.targets[0]
    asks = BRIEF.get((record.noun, record.standing))
    return to_state(context, FINISHED[record.noun, record.standing]) if asks is None else asks(record, context)


def _settle(record: Record, context: Context) -> Outcome:
    def run(later: Context, texts: Answers) -> Outcome:
        sentence = f"{named(later.targets[:1])} is settled"
        return edited(later.records, later.targets[:1], {**texts, "state": "settled"}, later.today, sentence)

    return AskMore(Ask(f"How did {named((record,))} go?", _of(record, "result", "lesson"), anyway=True), run)


def _look_back(record: Record, context: Context) -> Outcome:
    """What came true is asked only where something was said that can: nothing comes true in hindsight."""
    assert isinstance(record, Decision)
    foretold = ("came_true",) if record.prediction.strip() or record.confidence is not None else ()
    questions = _of(record, *foretold, "process", "outcome", "lesson")
    return AskMore(Ask(f"Look back at {named((record,))}", questions, note=said_then(record), anyway=True), REVIEW.run)


def _decide(record: Record, context: Context) -> Outcome:
    def run(later: Context, texts: Answers) -> Outcome:
        found = _understood(texts.get("chosen", ""), later.targets[0], later)
        sentence = f"{named(later.targets[:1])} is decided"
        return edited(later.records, later.targets[:1], {**found, "state": "decided"}, later.today, sentence)

    return AskMore(Ask(f"Decide {named((record,))}", (Question(DECIDED, text_of(record, "chosen")),), anyway=True), run)


def _understood(line: str, record: Record, context: Context) -> dict[str, str]:
    """The fields that a line fills: what was chosen, and what its keys say.  Raises ``UsageError``."""
    if not line.strip():
        return {}
    found = draft("decide", f"{BLANK.title} {line}", today=context.today, me=context.me)
    made = Decision.model_validate({**found.document, "id": BLANK.id})
    told = {one.path: _joined(record, one, made) for one in fields(Decision) if one.path not in OWN and _says(made, one)}
    chosen = made.title.removeprefix(BLANK.title).strip()
    return {**({"chosen": chosen} if chosen else {}), **told}


def _says(made: Decision, one: Field) -> bool:
    return text_of(made, one.path) not in ("", text_of(BLANK, one.path))


def _joined(record: Record, one: Field, made: Decision) -> str:
    """What a field holds with what the line says: of a list, what stood in it stays."""
    said, stood = text_of(made, one.path), text_of(record, one.path)
    between = {"list": ", ", "lines": "\n"}.get(one.form)
    return f"{stood}{between}{said}" if between and stood else said


def _measure(record: Record, context: Context) -> Outcome:
    """The day is today: what was measured on another is written down where it is asked for."""
    asks = READ.asks(context)
    assert asks is not None
    return AskMore(asks._replace(questions=asks.questions[:1]), READ.run)


BRIEF: Mapping[tuple[str, str], Callable[[Record, Context], Outcome]] = {
    (Bet.noun, "released"): _settle,
    (Decision.noun, "open"): _decide,
    (Decision.noun, "decided"): _look_back,
    (Signal.noun, ""): _measure,
}
"""(kind, state) → what asks for what being done with it needs; the others need nothing that a letter could say."""


def _of(record: Record, *paths: str) -> tuple[Question, ...]:
    """Questions for some fields of a record, each in one line."""
    found = (field(type(record), path) for path in paths)
    return tuple(
        Question(one._replace(form="text") if one.form == "long" else one, text_of(record, one.path)) for one in found
    )


def one_by_one(asks: AskMore, given: Answers | None = None) -> AskMore:
    """The same questions asked each by itself, one after the other: so a choice takes one key, and no key goes on."""
    first, *rest = asks.ask.questions
    title = f"{first.field.label.capitalize()}?  {asks.ask.title}" if choices_of(first.field) else asks.ask.title

    def go_on(context: Context, answers: Answers) -> Outcome:
        texts = {**(given or {}), **answers}
        if not rest:
            return asks.run(context, texts)
        return one_by_one(AskMore(asks.ask._replace(questions=tuple(rest)), asks.run), texts)

    return AskMore(asks.ask._replace(title=title, questions=(first,)), go_on)


# ---------------------------------------------------------------------------------------------------------- in one line


def spelled(questions: Sequence[Question], line: str) -> dict[str, str]:
    """The answers that one line gives: a letter for each choice in turn, then the text: ``ngb Ask those who left``.

    A line whose first word is no such letters answers the first question; a choice typed in full may bring a text, too.
    """
    word, _, rest = line.strip().partition(" ")
    choosing = choices(questions)
    words = [one.field.path for one in questions if not choices_of(one.field)][:1]
    letters = [meant(one, letter) for one, letter in zip(choosing, word, strict=False)]
    if word and len(word) <= len(choosing) and all(letters):
        found = {one.path: letter for one, letter in zip(choosing, letters, strict=False)}
    elif choosing and (whole := meant(choosing[0], word)):
        found = {choosing[0].path: whole}
    else:
        return {questions[0].field.path: line.strip()}
    return {**found, words[0]: rest.strip()} if words and rest.strip() else found


def is_glued(questions: Sequence[Question], word: str) -> bool:
    """Whether a word behind a key, without a blank, can only be answers: a letter for each choice, or a number."""
    choosing = choices(questions)
    if choosing:
        return len(word) <= len(choosing) and all(meant(one, mark) for one, mark in zip(choosing, word, strict=False))
    return questions[0].field.form == "number" and word.lstrip("-").replace(".", "", 1).isdigit()


def choices(questions: Sequence[Question]) -> list[Field]:
    """The fields with choices that are asked first, one after the other."""
    return [one.field for one in takewhile(lambda one: choices_of(one.field), questions)]


def choices_of(one: Field) -> tuple[str, ...]:
    """What a field lets one choose from; nothing where one types freely."""
    return ("yes", "no") if one.form == "yes or no" else one.choices


def meant(one: Field, typed: str) -> str:
    """The choice a beginning stands for; "" for none, or several."""
    found = [choice for choice in choices_of(one) if typed and choice.lower().startswith(typed.lower())]
    return found[0] if len(found) == 1 else ""
