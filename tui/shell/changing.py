"""Verbs that change records: set, done, rm, archive, link, unlink."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from store.capture import like_fields
from store.changes import archived, deleted, edited, hanging, linked, named, unlinked
from store.errors import NotFound, Refused, UsageError
from store.fields import field, text_of, value_at
from store.keys import FITTING, LINK_KEYS
from store.lifecycle import became
from store.model import Record, Update
from store.parts import LINK_KINDS
from store.quoting import quoted
from store.several import in_one_line
from store.step import Change, Step
from store.typed import parsed
from tui.commands.state import FINISHED
from tui.shell.capture import remark_left
from tui.shell.rows import print_records
from tui.shell.session import Session, found
from tui.shell.verb import IDS, Argument, Given, Verb, nearest

VALUES = Argument("FIELD=VALUE", "field=text, field= clears; field+=x and field-=x for lists", several=True, offers="fields")


def split_values(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]]:
    """The ids in front, and behind them ``(field, sign, text)`` of each assignment; the sign is "", "+" or "-".

    Raises ``UsageError`` for an id among the assignments.
    """
    first = next((at for at, word in enumerate(words) if "=" in word), len(words))
    values = []
    for word in words[first:]:
        path, equals, text = word.partition("=")
        if not equals:
            raise UsageError(f"{quoted(word)} has no = in it.\nTry: many set B12 title='New words' people+=anna")
        sign = path[-1:] if path[-1:] in ("+", "-") else ""
        values.append((path.removesuffix(sign) if sign else path, sign, text))
    return words[:first], tuple(values)


def texts_for(record: Record, values: tuple[tuple[str, str, str], ...], today: date) -> Mapping[str, str]:
    """What goes into which field of a record, ``+=`` and ``-=`` applied to what the field holds."""
    texts: dict[str, str] = {}
    for path, sign, text in values:
        name = field(type(record), path).path
        texts[name] = text if not sign else _altered(record, name, sign, text, texts.get(name), today)
    return texts


def _altered(record: Record, path: str, sign: str, text: str, so_far: str | None, today: date) -> str:
    one = field(type(record), path)
    if one.form == "list":
        parts = value_at(record, path) if so_far is None else parsed(type(record), path, so_far, today)
        text = text.strip().removeprefix("@" if one.people else "+" if path == "tags" else "")
        kept = tuple(part for part in parts if part != text)
        return in_one_line((*kept, text) if sign == "+" else kept)
    if one.form == "lines":
        lines = (text_of(record, path) if so_far is None else so_far).splitlines()
        kept_lines = [line for line in lines if line != text.strip()]
        return "\n".join([*kept_lines, text.strip()] if sign == "+" else kept_lines)
    raise UsageError(f"{path} holds one value: {path}=… replaces it. Nothing was changed.")


def edits(session: Session, records: tuple[Record, ...], values: tuple[tuple[str, str, str], ...], why: str = "") -> Step:
    """One step that puts values into fields of some records.  Raises as ``store.changes.edited``."""
    changes: list[Change] = []
    for record in records:
        if isinstance(record, Update):
            raise Refused(
                f"{record.id} stays as it was written. Write another: many note TEXT re:{record.about or record.id}"
            )
        step = _edited(session, record, values)
        changes.extend(step.changes)
        why = why or (step.why if len(records) == 1 else f"changed {named(records)}")
    return Step(tuple(changes), why)


def _edited(session: Session, record: Record, values: tuple[tuple[str, str, str], ...]) -> Step:
    """One record with values in its fields; whatever is wrong with one of them says that nothing was changed."""
    try:
        return edited(session.records, (record,), texts_for(record, values, session.today), session.today)
    except UsageError as error:
        if UNCHANGED in str(error):
            raise
        said, line_end, more = str(error).partition("\n")
        raise UsageError(f"{said} {UNCHANGED}{line_end}{more}") from None


UNCHANGED = "Nothing was changed."


def _set(session: Session, given: Given) -> int:
    ids, values = split_values(given.words)
    if not ids or not values:
        raise UsageError("many set needs records and what to change.\nTry: many set B12 people+=anna settle_by=+6w")
    records = found(session, ids)
    session.perform(edits(session, records, values))
    remark_left(like_fields(_titled(records[0], values)), session.flags)
    return _print_now(session, records)


def _titled(record: Record, values: tuple[tuple[str, str, str], ...]) -> str:
    """The new title that some values hold; "" where none does."""
    return next((text for path, _, text in values if field(type(record), path).path == record.headline), "")


def _print_now(session: Session, before: tuple[Record, ...]) -> int:
    """Print the records as they are after the step."""
    now = (session.records.get(record.id) for record in before)
    print_records(session, [record for record in now if record is not None])
    return 0


def _done(session: Session, given: Given) -> int:
    ids, values = split_values(given.words)
    if not ids:
        raise UsageError("many done needs a record.\nTry: many done B12 result=won")
    records = found(session, ids)
    changes: list[Change] = []
    for record in records:
        state = FINISHED.get((record.noun, record.standing))
        if state is None:
            raise Refused(
                f"{record.id} is {record.standing or f'a {record.noun}'}: there is nothing to complete. Nothing was changed."
            )
        changes.extend(edits(session, (record,), (("state", "", state), *values)).changes)
    words = {
        became(one, change.record.standing, session.records.settings) for one, change in zip(records, changes, strict=True)
    }
    is_ = "are" if len(records) > 1 else "is"
    session.perform(Step(tuple(changes), f"{named(records)} {is_} {words.pop() if len(words) == 1 else 'completed'}"))
    return _print_now(session, records)


def _rm(session: Session, given: Given) -> int:
    records = found(session, given.words)
    arrows = hanging(session.records, records)
    also = f" {arrows} arrow{'s of others lead' if arrows > 1 else ' of another leads'} there." if arrows else ""
    if not session.confirm(f"Delete {quoted(named(records), 100)}?{also}"):
        session.tell("Nothing was deleted.")
        return 1
    session.perform(deleted(records))
    return 0


def _archive(session: Session, given: Given) -> int:
    records = found(session, given.words)
    session.perform(archived(records))
    return _print_now(session, records)


# ------------------------------------------------------------------------------------------------------------------ links


def link_kind(typed: str) -> str:
    """The kind of arrow a word names.  Raises ``UsageError`` with what was probably meant."""
    word = typed.lower().replace("-", "_")
    if (kind := LINK_KEYS.get(word)) is None:
        raise UsageError(
            f"{quoted(typed)} is no kind of link.{nearest(word, LINK_KINDS)} There are {', '.join(LINK_KINDS)}."
        )
    return kind


def _link(session: Session, given: Given) -> int:
    start, *kind, to = given.words if len(given.words) > 1 else (*given.words, "")
    if len(kind) > 1 or not to:
        raise UsageError("many link takes two records and what the arrow means.\nTry: many link B12 nests_in M3")
    record, end = session.records.find(start), session.records.find(to)
    label = link_kind(kind[0]) if kind else FITTING.get(record.table, {}).get(end.id[0], "informs")
    session.perform(linked(session.records, (record,), label, end.id, session.today))
    return _print_now(session, (record,))


def _unlink(session: Session, given: Given) -> int:
    start, *kind, to = given.words if len(given.words) > 1 else (*given.words, "")
    if len(kind) > 1 or not to:
        raise UsageError("many unlink takes two records.\nTry: many unlink B12 M3")
    record = session.records.find(start)
    end = _end(session, record, to)
    label = link_kind(kind[0]) if kind else None
    session.perform(unlinked((record,), end, label))
    return _print_now(session, (record,))


def _end(session: Session, record: Record, typed: str) -> str:
    """The id at the end of an arrow; it may be of a record that is no longer there."""
    try:
        end = session.records.find(typed).id
    except NotFound:
        end = typed.strip().upper()
    if all(link.to != end for link in record.links):
        raise NotFound(f"{record.id} has no link to {quoted(typed)}. many show {record.id} shows its links.")
    return end


VERBS = (
    Verb(
        "set",
        "Change fields of records",
        _set,
        (IDS, VALUES),
        examples=(
            ("many set B12 state=placed settle_by=+6w pivot_if='nobody asks'", "several fields at once"),
            ("many set B12 B13 people+=anna tags-=later", "add to a list and take from it"),
            ("many set B12 team=", "clear a field"),
        ),
        about="Names and values are those of the forms: dates as fri, eom, +6w; parts with a dot, as intent.purpose.",
        takes_text=True,
    ),
    Verb(
        "done",
        "Complete: release, settle or drop a bet, decide a choice, close a mission",
        _done,
        (IDS, Argument("FIELD=VALUE", "what completing needs, such as result=won", 0, several=True, offers="fields")),
        examples=(
            ("many done B12 result=won lesson='Ask earlier'", "a released bet is settled"),
            ("many done D7", "a choice is decided"),
        ),
        takes_text=True,
    ),
    Verb(
        "rm",
        "Delete records; undo brings them back",
        _rm,
        (IDS,),
        examples=(("many rm B12", ""), ("many rm B12 B13 -y", "without asking")),
    ),
    Verb("archive", "Put records away, or bring them back", _archive, (IDS,), examples=(("many archive B12", ""),)),
    Verb(
        "link",
        "Draw an arrow from one record to another",
        _link,
        (
            Argument("ID", "where the arrow starts"),
            Argument("KIND", ", ".join(LINK_KINDS), 0, offers="links"),
            Argument("ID", "where it ends"),
        ),
        examples=(("many link B12 M3", "a bet nests in a mission"), ("many link B12 competes_with B9", "")),
    ),
    Verb(
        "unlink",
        "Take an arrow away",
        _unlink,
        (
            Argument("ID", "where the arrow starts"),
            Argument("KIND", "only this kind", 0, offers="links"),
            Argument("ID", "where it ends"),
        ),
        examples=(("many unlink B12 M3", ""),),
    ),
)
