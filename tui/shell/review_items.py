"""An item of the daily review as lines to read from top to bottom: what it is, why it waits, what can be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from store.lookback import as_decided, said_then
from store.model import Checkin, Decision, Record, Update
from store.review.agenda import KEYS, Item, actions
from store.review.state import Answer
from tui.command import AskMore, Context, Question
from tui.commands._briefly import briefly, choices_of
from tui.shell.filling import END
from tui.shell.session import Session

SHORT: Mapping[str, str] = {"snooze": "later", "note": "note", "decide": "decide"}
"""Answers that mean the same everywhere → how they are called in short."""


def told(item: Item, before: Answer | None, session: Session) -> Iterator[str]:
    """What an item is, why it waits, what was predicted where it is looked back at, and how it was answered ``before``."""
    record = item.record
    if record is not None and item.kind != "intent":
        yield _standing(record, session)
    yield item.sentence
    if isinstance(record, Decision) and record.standing == "decided":
        yield said_then(as_decided(record, session.workspace().history(record.id)))
    if before is not None:
        yield f"You answered it: {before.what}{f', {before.outcome}' if before.outcome else ''}."


def _standing(record: Record, session: Session) -> str:
    """What kind of record it is, where it stands and who is on it."""
    from tui.perspectives._columns import people_of

    settings = session.records.settings
    people = " ".join(f"@{person}" for person in people_of(record))
    return ", ".join(filter(None, (settings.one(record.noun), settings.state(record.noun, record.standing), people)))


def options(item: Item, asked: tuple[Question, ...]) -> str:
    """What can be answered, in a line: ``Enter keep, x settle it (such as xw), s later, n note, b back, . end, ? more``."""
    at_once = f" (such as {KEYS['done']}{letters})" if (letters := _letters(asked)) else ""
    words = {"done": f"{actions(item).get('done')}{at_once}", **SHORT}
    others = [f"{KEYS[name]} {words.get(name, word)}" for name, word in actions(item).items() if name != "keep"]
    return ", ".join([f"Enter {actions(item)['keep']}", *others, f"{KEYS['back']} back", f"{END} end", "? more"])


def explained(item: Item, asked: tuple[Question, ...]) -> Iterator[str]:
    """What every key does at an item, and which letters may stand behind the one that is done with it."""
    words = {action: word for action, word in actions(item).items() if action != "keep"}
    keys = [f"Enter {actions(item)['keep']} and go on", *(f"{KEYS[action]} {word}" for action, word in words.items())]
    yield ", ".join([*keys, "o read it whole", f"{KEYS['back']} back", f"{KEYS['pause']} pause"]) + "."
    yield f"A dot ({END}) tells what it came to so far and pauses: what is left stays as it is."
    yield "A letter may bring its text: s fri, n conf:70 Slower than hoped, D nobody asks for it."
    if letters := _letters(asked):
        choices = (", ".join(f"{choice[0]} {choice}" for choice in choices_of(one.field)) for one in asked)
        named = "; ".join(f"{one.field.label}: {text}" for one, text in zip(asked, choices, strict=True) if text)
        yield f"Behind {KEYS['done']} a letter for each, then what it taught: {KEYS['done']}{letters} Ask earlier. {named}."


def _letters(asked: tuple[Question, ...]) -> str:
    """The first letter of each first choice, as an example of what can be glued to the key."""
    return "".join(choices_of(one.field)[0][0] for one in asked if choices_of(one.field))


def asked_by(item: Item, context: Context) -> tuple[Question, ...]:
    """What being done with an item asks; nothing where it asks nothing, or is done elsewhere."""
    if "done" not in actions(item) or isinstance(item.record, Checkin | Update):
        return ()
    outcome = briefly(context)
    return outcome.ask.questions if isinstance(outcome, AskMore) else ()
