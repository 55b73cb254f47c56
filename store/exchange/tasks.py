"""What a task of a to-do list becomes here, and which record is one: what todo.txt and Taskwarrior have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from store.errors import UsageError
from store.exchange.cells import LONGEST_HEADLINE
from store.exchange.imported import Arrow, Draft
from store.model import Bet, Decision, Mission, Record, Update
from store.quoting import quoted

Fate = str
"""How a task ended or why it rests: "done", "dropped" or "waiting"; "" while it is open."""


class TaskKind(NamedTuple):
    """Which fields of a kind say what a task says; "" where none does."""

    kind: type[Record]
    due: str = ""
    done_on: str = ""
    fates: Mapping[Fate, Mapping[str, Any]] = MappingProxyType({})
    """Fate → the fields it sets.  A list of tasks does not say how a bet came out, so that is unclear."""
    why: str = ""


BET = TaskKind(
    Bet, "settle_by", "settled_on",
    {"done": {"state": "settled", "result": "unclear"}, "dropped": {"state": "stopped"}, "waiting": {"state": "parked"}},
    "why_stopped",
)  # fmt: skip
DECISION = TaskKind(
    Decision, "review_on", "decided_on", {"done": {"state": "decided"}, "dropped": {"archived": True}, "waiting": {}}
)
NOTE = TaskKind(Update, fates={"done": {}, "dropped": {"archived": True}, "waiting": {}})
KINDS: Mapping[str, TaskKind] = {"bet": BET, "decision": DECISION, "note": NOTE}
"""What ``as=`` takes."""
BY_LETTER: Mapping[str, TaskKind] = {"B": BET, "D": DECISION}
"""The kinds that are written as tasks."""
FATES: Mapping[str, Fate] = {"settled": "done", "stopped": "dropped", "parked": "waiting"} | dict.fromkeys(
    ("decided", "reviewed", "superseded", "reversed"), "done"
)
"""State of a bet or a decision → what became of the task it is; open in every other."""

OPTIONS = (
    ("as=KIND", f"what each task becomes: {', '.join(KINDS)}; bet unless said"),
    ("projects=missions", "a project is the mission of that title, under which it nests; a tag unless said"),
)
"""The options both formats take, for the help."""


class Choices(NamedTuple):
    """What was typed behind the files."""

    kind: TaskKind
    in_missions: bool
    others: Mapping[str, str]


def choices(form: str, words: Sequence[str], kept: str, others: Iterable[str] = ()) -> Choices:
    """The options as they were typed; ``others`` are names only this format takes.

    Raises ``UsageError`` for those it does not take, and for a file of options, as there is nothing to keep in one.
    """
    said = {"as": "bet", "projects": "tags"}
    allowed = {"as": tuple(KINDS), "projects": ("tags", "missions")}
    known = (*said, *others)
    for word in words:
        name, _, value = word.partition("=")
        if name not in known or not value:
            raise UsageError(f"{form} takes no option “{quoted(word)}”. It takes {', '.join(f'{one}=' for one in known)}.")
        if value not in allowed.get(name, (value,)):
            raise UsageError(f"{name}= takes {', '.join(allowed[name])}, not “{quoted(value)}”.")
        said[name] = value
    if kept:
        raise UsageError(f"{form} keeps no options in a file: type them, such as as=note.")
    return Choices(KINDS[said.pop("as")], said.pop("projects") == "missions", said)


# ----------------------------------------------------------------------------------------------------------------- reading


def people_fields(kind: type[Record], people: Sequence[str]) -> dict[str, Any]:
    """The people where capture puts them: on a bet all, of a decision the first one drives; none on a note."""
    if not people or kind is Update:
        return {}
    if kind is not Decision:
        return {"people": tuple(people)}
    return {"driver": people[0]} | ({"contributors": tuple(people[1:])} if people[1:] else {})


def fate_fields(kind: TaskKind, fate: Fate, day: date | None = None, why: str = "") -> dict[str, Any]:
    """What a fate sets on a record of the kind: its state, the day it was done, or why it rests or was dropped."""
    fields = dict(kind.fates.get(fate, {}))
    if fate == "done" and day and kind.done_on:
        fields[kind.done_on] = day
    if fate in ("dropped", "waiting") and kind.why:
        fields[kind.why] = why
    return fields


def headline(text: str) -> tuple[str, str]:
    """The text as a title of bearable length, and the whole of it where that is shorter; "" where it is not."""
    return (text[: LONGEST_HEADLINE - 1] + "…", text) if len(text) > LONGEST_HEADLINE else (text, "")


def under_missions(origin: str, draft: Draft, projects: Iterable[str]) -> tuple[list[Draft], list[Arrow]]:
    """The missions a task nests in, by title, and the arrows to them; the first is the primary one."""
    missions: list[Draft] = []
    arrows: list[Arrow] = []
    for title in projects:
        identity = f"{origin}#under:{title}"
        missions.append(Draft(Mission(title=title, source=identity), draft.path, draft.line, shared=True))
        arrows.append(Arrow(draft.source, "nests_in", identity, primary=not arrows))
    return missions, arrows


def once(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts without those whose source came before."""
    return list({draft.source: draft for draft in reversed(list(drafts))}.values())[::-1]


def explained(choice: Choices, mapped: Iterable[str], fates: Mapping[str, Fate]) -> tuple[str, ...]:
    """Where the parts of a task go, for the dry run; ``fates`` are their words for what became of one."""
    kind = choice.kind
    rows = [f"project → {'the mission of that title' if choice.in_missions else 'a tag'}", *mapped]
    rows.append(f"due → {kind.due or 'the body'}")
    for word, fate in ((word, fate) for word, fate in fates.items() if fate):
        fields = kind.fates.get(fate, {})
        rows.append(f"{word} → {', '.join(f'{name} {value}' for name, value in fields.items()) or 'the body'}")
    return (f"each task becomes a {kind.kind.noun}", *(f"  {row}" for row in rows))


# ----------------------------------------------------------------------------------------------------------------- writing


def people_of(record: Record) -> tuple[str, ...]:
    """Who is on it, the one who drives it first; each once."""
    if isinstance(record, Decision):
        return tuple(dict.fromkeys(filter(None, (record.driver, *record.contributors))))
    return tuple(dict.fromkeys(filter(None, record.people))) if isinstance(record, Bet) else ()


def day_done(record: Record) -> date | None:
    """The day it was settled or decided, else the day it came to its state; None where nobody knows."""
    named = getattr(record, BY_LETTER[record.letter].done_on)
    if isinstance(named, date):
        return named
    try:
        return date.fromisoformat((record.entered or record.created)[:10])
    except ValueError:
        return None


def due_of(record: Record) -> date | None:
    """When the outcome of a bet is read, or a decision is looked back at."""
    found = getattr(record, BY_LETTER[record.letter].due)
    return found if isinstance(found, date) else None
