"""Verbs on decisions that were taken: lookback, supersede."""

from __future__ import annotations

from store.capture import draft
from store.changes import edited, named
from store.errors import Refused, UsageError
from store.lookback import ASKED, as_decided, said_then
from store.model import Decision
from store.quoting import quoted
from tui.command import Context
from tui.commands.decision import REVIEW, SUPERSEDE, look_back, moved, replaced
from tui.shell.asking import Asker
from tui.shell.capture import remark
from tui.shell.changing import split_values, texts_for
from tui.shell.drafting import Kept, going_on, offered
from tui.shell.filling import filled
from tui.shell.listing import PAGE_WIDTH
from tui.shell.output import put
from tui.shell.printing import print_objects, terminal_width
from tui.shell.session import Session, as_object
from tui.shell.verb import Argument, Given, Verb
from tui.text import safe, wrapped
from tui.wording import in_the_shell


def _lookback(session: Session, given: Given) -> int:
    record, then = _found(session, given.words[0])
    others, values = split_values(given.words[1:])
    if others:
        raise UsageError(f"{quoted(others[0])} has no = in it.\nTry: many lookback {record.id} came_true=yes process=good")
    if session.flags.is_machine and not values:
        print_objects(session, [as_data(record, then)], alone=True)
        return 0
    _tell(record, then)
    if values:
        texts = {**moved(record), **texts_for(record, values, session.today)}
        session.perform(edited(session.records, (record,), texts, session.today, f"looked back at {named((record,))}"))
    elif session.may_ask:
        return _ask(session, record)
    else:
        session.tell(f"To answer: many lookback {record.id} came_true=yes process=good outcome=bad lesson='…'")
    return 0


def _found(session: Session, typed: str) -> tuple[Decision, Decision]:
    """The decision a word means, as it is and as it stood when it was decided.  Raises ``Refused`` for any other record."""
    record = session.records.find(typed)
    if reason := REVIEW.refuse(Context(session.records, session.today, session.me, chosen=record)):
        raise Refused(in_the_shell(reason, record.id))
    assert isinstance(record, Decision)
    return record, as_decided(record, session.workspace().history(record.id))


def _ask(session: Session, record: Decision) -> int:
    """Ask line by line, below what was said then, which stands there already."""
    context = Context(session.records, session.today, session.me, chosen=record)
    ask = look_back(record, record)._replace(title="Now:", note="")
    kept, asker = Kept(session, REVIEW.id, record, f"look back at {named((record,))}"), Asker()
    offered(kept, asker, {one.field.path: one.field.label for one in ask.questions})
    with going_on(kept, f"many lookback {record.id}"):
        if step := filled(session, context, REVIEW._replace(asks=lambda _: ask), asker, kept=kept):
            session.perform(step)
            kept.done()
        else:
            kept.tell(f"many lookback {record.id}")
    return 0


def _tell(record: Decision, then: Decision) -> None:
    """What was said then, what of it was rewritten since, and what is said by now."""
    width = terminal_width() or PAGE_WIDTH
    rewritten = "" if then.why == record.why else " (The why was rewritten since; this is what it said then.)"
    for line in wrapped(safe(f"{record.id} {record.label}"), width):
        put(line)
    for line in wrapped(safe(said_then(then) + rewritten), width):
        put(line)
    answers = {name: getattr(record, name) for name in ASKED}
    said = [f"{name.replace('_', ' ')}: {_word(value)}" for name, value in answers.items() if value not in (None, "")]
    for line in wrapped(safe(" · ".join(said)), width) if said else ():
        put(line)


def _word(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def as_data(record: Decision, then: Decision) -> dict[str, object]:
    """The decision for programs: what was said when it was decided, and what is said by now."""
    document = record.document()
    fields = ("decided_on", "driver", "chosen", "why", "confidence", "prediction")
    said = {name: value for name, value in then.document().items() if name in fields}
    return {"id": record.id, "type": record.noun, "state": record.state, "then": said} | {
        name: document[name] for name in ASKED if name in document
    }


def _supersede(session: Session, given: Given) -> int:
    """Capture the decision that replaces another, in the words of any capture, and move the other to superseded."""
    old = session.records.find(given.words[0])
    if reason := SUPERSEDE.refuse(Context(session.records, session.today, session.me, chosen=old)):
        raise Refused(reason)
    line = draft("decide", list(given.words[1:]), today=session.today, me=session.me)
    done = session.perform(replaced(old, Decision.model_validate(line.document)))
    assert done is not None, "a new record is a change"
    (new,) = (session.records.find(Decision.letter + one.key) for one in done.operations if one.before is None)
    if session.flags.is_machine:
        print_objects(session, [as_object(new)], alone=True)
    else:
        put(f"{new.id} {quoted(new.label, 120)}")
    remark(line, session.flags)
    return 0


VERBS = (
    Verb(
        "lookback",
        "Look back at a decision: what was said then, then how it came out",
        _lookback,
        (
            Argument("ID", "a decision that was decided, such as D7"),
            Argument("FIELD=VALUE", f"{', '.join(ASKED)}; without any it asks", 0, several=True, offers="fields"),
        ),
        examples=(
            ("many lookback D7", "what was predicted, how sure, and why; then asks"),
            ("many lookback D7 came_true=no process=good outcome=bad lesson='Ask those who left'", "all at once"),
        ),
        about="How it was decided and how it went are two answers: a good process may well have a bad outcome.",
        takes_text=True,
    ),
    Verb(
        "supersede",
        "Replace a decision by a new one, linked to it",
        _supersede,
        (
            Argument("ID", "the decision that no longer holds"),
            Argument("TEXT", "the new one, as for many decide", several=True),
        ),
        examples=(("many supersede D7 Build SSO after all because '9 of 40 asked' conf:80 state:decided", ""),),
        about="Both stay: many board lineage --of D7 shows the chain from either end.",
        takes_text=True,
    ),
)
