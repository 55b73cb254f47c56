"""Commands on any record: add, edit, state, who, due, tags, links, notes, archive, delete."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from store.changes import added, archived, deleted, edited, hanging, linked, named, update
from store.fields import Field, field, fields, text_of
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal, Update
from store.parts import LINK_KINDS
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Say, Show
from tui.commands._refusals import needs_stored, needs_target

# ----------------------------------------------------------------------------------------------------------- add, edit


def _kind_here(context: Context) -> type[Record]:
    return context.holds or (type(context.chosen) if context.chosen is not None else Bet)


def _ask_new(context: Context) -> Ask:
    kind = _kind_here(context)
    return Ask(
        f"New {context.records.settings.one(kind.noun)}",
        tuple(Question(one, _given(one, context)) for one in fields(kind)),
        first=kind.headline,
    )


BEGINNINGS: Mapping[str, tuple[str, ...]] = {
    "mission": ("forming", "active"), "bet": ("option", "shaping"), "decision": ("open",), "belief": ("open",),
}  # fmt: skip
"""Kind → the states in which a record can begin: those that promise nothing yet, so that a title is enough."""


def _given(one: Field, context: Context) -> str:
    """What a new record takes over from where it is added: its state from the section, its mission from the chosen one."""
    if one.path == "state" and context.heading in BEGINNINGS.get(_kind_here(context).noun, ()):
        return str(context.heading)
    if one.path == "links" and isinstance(context.chosen, Mission) and _kind_here(context) is Bet:
        return f"nests_in {context.chosen.id} primary"
    return ""


def _add(context: Context, answers: Answers) -> Outcome:
    kind = _kind_here(context)
    offered = {one.path: _given(one, context) for one in fields(kind)}
    texts = {path: text for path, text in {**offered, **answers}.items() if text.strip()}
    return added(context.records, kind, texts, context.today)


UNCHANGED = "What you leave empty stays as it is in each of them."


def _ask_edit(context: Context) -> Ask:
    record = context.targets[0]
    kind = type(record)
    if len(context.targets) > 1:
        return Ask(
            f"Change {named(context.targets)}",
            tuple(Question(one) for one in fields(kind) if one.path != kind.headline),
            note=UNCHANGED,
        )
    return Ask(f"{record.id} {record.label}", tuple(Question(one, text_of(record, one.path)) for one in fields(kind)))


def _refuse_edit(context: Context) -> str | None:
    if reason := needs_stored(context):
        return reason
    if any(isinstance(record, Update) for record in context.targets):
        return "What was written stays as it was written. Write another update with i."
    same = {type(record) for record in context.targets}
    return None if len(same) == 1 else "The marked records are of different kinds."


def _edit(context: Context, answers: Answers) -> Outcome:
    return edited(context.records, context.targets, answers, context.today) if answers else Say("Nothing was changed.")


# -------------------------------------------------------------------------------------------------- single-field prompts

DUE_FIELDS: Mapping[type[Record], str] = {
    Bet: "settle_by", Decision: "review_on", Mission: "review_on", Belief: "revisit_on", Signal: "by",
}  # fmt: skip
WHO_FIELDS: Mapping[type[Record], str] = {Bet: "people", Mission: "people", Decision: "driver", Checkin: "people"}


def _ask_one(
    paths: Mapping[type[Record], str] | str,
) -> tuple[Callable[[Context], str | None], Callable[[Context], Ask | None]]:
    """How a command on a single field refuses and what it asks; ``paths`` is the field, or the field of each kind."""

    def path_of(record: Record) -> str | None:
        return paths if isinstance(paths, str) else paths.get(type(record))

    def refuse(context: Context) -> str | None:
        if reason := _refuse_edit(context):
            return reason
        record = context.targets[0]
        return None if path_of(record) else f"A {record.noun} has no such field."

    def asks(context: Context) -> Ask:
        record = context.targets[0]
        path = path_of(record) or ""
        initial = text_of(record, path) if len(context.targets) == 1 else ""
        return Ask(named(context.targets), (Question(field(type(record), path), initial),))

    return refuse, asks


_who_refuse, _who_asks = _ask_one(WHO_FIELDS)
_due_refuse, _due_asks = _ask_one(DUE_FIELDS)
_tags_refuse, _tags_asks = _ask_one("tags")


# -------------------------------------------------------------------------------------------------- links, notes, the rest


ARROWS: Mapping[str, str] = {"signals": "drives", "lineage": "informs"}
"""Lens → the arrow one draws there; everywhere else what nests in what."""


def _ask_link(context: Context) -> Ask:
    return Ask(
        f"Link {named(context.targets)}",
        (
            Question(Field("to", "record", "The record it points at", hint="an id such as M3")),
            Question(Field("kind", "choice", "What the arrow means", LINK_KINDS), ARROWS.get(context.lens, "nests_in")),
        ),
    )


def _link(context: Context, answers: Answers) -> Outcome:
    return linked(context.records, context.targets, answers.get("kind") or "nests_in", answers["to"], context.today)


def _refuse_note(context: Context) -> str | None:
    return needs_stored(context) if context.targets else None


def _ask_note(context: Context) -> Ask:
    about = f" about {named(context.targets)}" if context.targets else " for the inbox"
    return Ask(f"Note{about}", (Question(field(Update, "text")),))


def _note(context: Context, answers: Answers) -> Outcome:
    return update(context.targets, answers, context.today)


def _ask_delete(context: Context) -> Ask:
    """What is deleted, how it comes back and what pointed there, before the titles: a narrow line cuts only these."""
    targets = context.targets
    arrows = hanging(context.records, targets)
    what, them = (targets[0].id, "it") if len(targets) == 1 else (f"{len(targets)} records", "them")
    also = f"; {arrows} arrow{'s lead' if arrows > 1 else ' leads'} there" if arrows else ""
    title = targets[0].label if len(targets) == 1 else ", ".join(record.id for record in targets)
    return Ask(f"Delete {what}? u brings {them} back{also}.  {title}", (Question(Field("sure", "yes or no", "y or n")),))


def _delete(context: Context, answers: Answers) -> Outcome:
    if answers.get("sure", "").strip().lower()[:1] != "y":
        return Say("Nothing was deleted.")
    return deleted(context.targets)


COMMANDS = (
    Command(
        "record.open", "Open", ("enter",), "Show the whole record.", lambda c, a: Show("open"), needs_target, footer="open"
    ),
    Command("record.add", "Add", ("a",), "Add what this pane holds.", _add, asks=_ask_new, footer="add"),
    Command("record.edit", "Edit", ("e",), "Edit in a form.", _edit, _refuse_edit, _ask_edit, footer="edit"),
    Command(
        "record.edit_text",
        "Edit in $EDITOR",
        ("E",),
        "Edit as text in your editor.",
        lambda c, a: Show("editor"),
        _refuse_edit,
    ),
    Command("record.who", "Who", ("w",), "Set the people.", _edit, _who_refuse, _who_asks),
    Command("record.due", "Due", ("d",), "Set the day it asks for somebody.", _edit, _due_refuse, _due_asks),
    Command("record.tags", "Tags", ("t",), "Set the tags.", _edit, _tags_refuse, _tags_asks),
    Command("record.link", "Link", (">",), "Draw an arrow to another record.", _link, needs_stored, _ask_link),
    Command("record.note", "Note", ("i",), "Write an update about it.", _note, _refuse_note, _ask_note, footer="note"),
    Command("record.archive", "Archive", ("A",), "Put away, or bring back.", lambda c, a: archived(c.targets), needs_stored),
    Command("record.delete", "Delete", ("D",), "Delete; u brings it back.", _delete, needs_stored, _ask_delete),
    Command("record.copy", "Copy the id", ("y",), "Copy the id.", lambda c, a: Show("copy", "id"), needs_target),
    Command(
        "record.copy_text",
        "Copy as Markdown",
        ("Y",),
        "Copy as Markdown.",
        lambda c, a: Show("copy", "markdown"),
        needs_target,
    ),
)
