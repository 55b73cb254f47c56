"""The verb that says why a record is not in a lens: a clause of the filter, a missing field, or that it was put away."""

from __future__ import annotations

from store.model import Record
from tui.absence import why_absent
from tui.past import looking_back
from tui.perspective import Perspective, perspectives
from tui.shell.boards import past_of, split
from tui.shell.listing import predicate
from tui.shell.output import put
from tui.shell.printing import print_objects
from tui.shell.session import Session
from tui.shell.verb import AT, FILTER, FILTER_ABOUT, Argument, Given, Verb
from tui.text import safe
from tui.viewpoint import Viewpoint
from tui.wording import in_the_shell


def _why(session: Session, given: Given) -> int:
    session.look_at(given.options.get("at"))
    record = session.records.find(given.words[0])
    lenses, words = split(given.words[1:]) if len(given.words) > 1 else (list(perspectives().values()), ())
    found = {one: _reason(session, record, one, words) for one in lenses}
    if session.flags.is_machine:
        told = [{"id": record.id, "lens": one.id, "appears": reason is None, "why": reason} for one, reason in found.items()]
        print_objects(session, told, alone=len(told) == 1)
        return 0
    if here := [one.title for one, reason in found.items() if reason is None]:
        put(safe(f"{record.id} appears in {', '.join(here)}."))
    for one, reason in found.items():
        if reason is not None:
            put(safe(f"{record.id} is not in {one.title}: {_in_the_shell(reason, record, one, session)}."))
    return 0


def _in_the_shell(reason: str, record: Record, one: Perspective, session: Session) -> str:
    """The same reason with the line that fills in what is missing, where it names the key that does it in the app."""
    why, key, _ = reason.partition("; press F ")
    fields = one.unfilled(record, Viewpoint(session.today, session.me)) if key else ()
    if fields:
        return f"{why}; many set {record.id} {' '.join(f'{path}=…' for path in fields)} fills it in"
    return in_the_shell(reason, record.id)


def _reason(session: Session, record: Record, one: Perspective, words: tuple[str, ...]) -> str | None:
    chosen = record.id if one.follows else None
    text, where = " ".join(words), predicate(session, words)
    viewpoint = Viewpoint(session.today, session.me, chosen, where, filter=text)
    viewpoint = looking_back(one, viewpoint, past_of(session), session.records)
    return why_absent(one, record, session.records, viewpoint)


VERBS = (
    Verb(
        "why",
        "Say why a record is not in a lens",
        _why,
        (
            Argument("ID", "a record, such as B12"),
            Argument("LENS", "a perspective, as many keys lists them; else every one", 0, several=True, offers="lenses"),
            FILTER,
        ),
        (AT,),
        (
            ("many why B12 ladder", "and what would bring it in"),
            ("many why B12", "in which lenses it appears, and why not in the others"),
            ("many why B12 flow team:core conf<50", "which clause of a filter leaves it out"),
        ),
        group="Lenses",
        about=FILTER_ABOUT,
        takes_text=True,
    ),
)
