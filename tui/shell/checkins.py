"""The verb for check-ins: what is to be held, its agenda, holding or skipping it, its minutes."""

from __future__ import annotations

from collections.abc import Iterable

from store import triggers
from store.cadence import days_early, of_level, pending, rhythm_of
from store.checkins.agenda import agenda, asked, criterion
from store.checkins.holding import RANKS, name_of, rank_question
from store.checkins.minutes import markdown
from store.dates import relative
from store.errors import NotFound, Refused, UsageError
from store.fields import field
from store.model import Bet, Checkin, Record
from store.quoting import quoted
from store.records import Records
from store.step import Step, is_provisional
from tui.command import Answers, Context
from tui.commands.checkin import hold, skipped
from tui.drawing import draw
from tui.plain import UNFOLDED, body_lines
from tui.shell import reviewing
from tui.shell.checkin_agenda import as_data, as_text, in_short
from tui.shell.listing import PAGE_WIDTH
from tui.shell.output import pour, put
from tui.shell.printing import NARROWEST, print_objects, terminal_width
from tui.shell.session import Session
from tui.shell.verb import Argument, Given, Option, Verb, nearest
from tui.text import safe, wrapped

OWN = ("intent", "people", "decisions", "lesson")
"""What is asked for besides questions and verdicts, by its name."""


def _checkin(session: Session, given: Given) -> int:
    if not given.words:
        return _list(session)
    checkin = which(session, given.words[0])
    if given.has("minutes"):
        pour(markdown(_told(checkin, session), session.records))
        return 0
    if given.has("skip"):
        return _skip(session, checkin, given.options["skip"])
    if given.words[1:] or given.has("done") or given.has("open"):
        return _hold(session, checkin, given)
    return _show(session, checkin)


# ----------------------------------------------------------------------------------------------------------- which is meant


def which(session: Session, word: str) -> Checkin:
    """The check-in a word means: an id, a level by its id or title, a record that calls for one or called for it last.

    Raises ``NotFound`` naming the levels.
    """
    waiting = pending(session.records, session.today)
    typed = word.strip().lower()
    found = [one for one in waiting if not one.about and _is_named(one, typed, session)]
    if found:
        return found[0]
    if typed[1:].isdigit() or typed.isdigit():
        return _about(session.records.find(word), waiting, session)
    levels = [level.id for level in session.records.settings.levels]
    near = nearest(typed, levels) or f" There are {', '.join(levels)}."
    raise NotFound(f"There is no check-in {quoted(word)}.{near}")


def _is_named(checkin: Checkin, typed: str, session: Session) -> bool:
    title = session.records.settings.titled(checkin.level).lower()
    return typed in (checkin.level.lower(), title) or checkin.level.lower().startswith(typed) or title.startswith(typed)


def _about(record: Record, waiting: Iterable[Checkin], session: Session) -> Checkin:
    if isinstance(record, Checkin):
        return record
    found = [*triggers.about(record.id, session.records), *(one for one in waiting if one.about == record.id)]
    if not found:
        raise NotFound(f"{record.id} calls for no check-in.\nTry: many checkin, which lists those that wait.")
    return found[-1]


def _told(checkin: Checkin, session: Session) -> Checkin:
    """The check-in whose minutes are meant: where nobody began the next one, the last that was held on its level."""
    if not is_provisional(checkin.id) or checkin.about:
        return checkin
    held = [one for one in of_level(checkin.level, session.records) if one.state == "done"]
    return held[-1] if held else checkin


# ------------------------------------------------------------------------------------------------------------ looking at it


def _list(session: Session) -> int:
    waiting = pending(session.records, session.today)
    if session.flags.is_machine:
        print_objects(session, [in_short(one, session.records) for one in waiting])
        return 0
    width = terminal_width()
    for one in waiting:
        row = safe(_row(one, session))
        put(row if width is None else "\n".join(wrapped(row, width)))
    if not waiting:
        session.tell("No check-in waits: the settings hold the levels. many settings shows them.")
    return 0


def _row(checkin: Checkin, session: Session) -> str:
    """``weekly      Weekly, 30 min, due in 1 d (2026-11-23)``"""
    settings = session.records.settings
    ritual = settings.ritual(checkin.level)
    about = session.records.get(checkin.about or "")
    name = checkin.about or checkin.level
    due = "" if checkin.due is None else f", due {relative(checkin.due, session.today)}"
    day = f" ({checkin.due})" if checkin.due and relative(checkin.due, session.today) != str(checkin.due) else ""
    under_way = "" if is_provisional(checkin.id) else f", {checkin.id} is under way"
    minutes = f", {ritual.minutes} min" if ritual else ""
    subject = f" of {about.label}" if about else ""
    here = rhythm_of(checkin, session.records, session.today)
    rolled = here.rolled if here else ""
    return f"{name:<12} {settings.titled(checkin.level)}{subject}{minutes}{due}{day}{rolled}{under_way}"


def _show(session: Session, checkin: Checkin) -> int:
    found = agenda(checkin, session.records, session.today)
    if session.flags.is_machine:
        print_objects(session, [as_data(found, session.records)], alone=True)
        return 0
    width = max(terminal_width() or PAGE_WIDTH, NARROWEST)
    for line in body_lines(draw(as_text(found, session.records), session.scene, width, UNFOLDED)):
        put(line)
    if checkin.is_open and not session.flags.plain and reviewing.is_conversing(session):
        from tui.shell.checkin_dialogue import hold_in_lines

        return hold_in_lines(session, checkin, _word(checkin)) if is_begun_early(session, checkin) else 0
    if checkin.is_open:
        session.tell(f"To hold it: many checkin {_word(checkin)} 1='…' {_for_example(checkin, session.records)}")
    return 0


def _for_example(checkin: Checkin, records: Records) -> str:
    """What else may be answered in a check-in, as it is typed."""
    from tui.commands._holding import can_teach, judged

    if checkin.about:
        return "lesson='…'" if can_teach(records.get(checkin.about)) else "2='…'"
    verdicts = [f"{record.id}='keep 70'" for record in judged(records)[-1:]]
    return " ".join([*verdicts, "intent='…'"])


def _word(checkin: Checkin) -> str:
    """The word by which the shell knows a check-in."""
    return checkin.about or (checkin.level if is_provisional(checkin.id) else checkin.id)


# --------------------------------------------------------------------------------------------------------------- holding it


def _context(session: Session, checkin: Checkin) -> Context:
    return Context(session.records, session.today, session.me, chosen=checkin)


def _hold(session: Session, checkin: Checkin, given: Given) -> int:
    from tui.candidates import strangers, values  # who only looks asks for nobody

    answers = answers_of(session, checkin, given.words[1:])
    if not is_begun_early(session, checkin):
        session.tell("Nothing was changed.")
        return 1
    step = hold(checkin, _context(session, checkin), {**answers, "done": "no" if given.has("open") else "yes"})
    new = strangers(field(Checkin, "people"), answers.get("people", ""), [*values(session.records)["people"], session.me])
    _perform(session, step)
    if new:
        session.tell(f"{new[:1].upper()}{new[1:]}.")
    return 0


def is_begun_early(session: Session, checkin: Checkin) -> bool:
    """Whether a check-in is to be begun although it is due much later, as the person says; so is any that is not early."""
    days = days_early(checkin, session.records, session.today)
    name = name_of(checkin, session.records)
    return not days or session.confirm(f"{name[:1].upper()}{name[1:]} is due in {days} days. Begin it now?")


def _skip(session: Session, checkin: Checkin, why: str) -> int:
    if not checkin.is_open:
        raise Refused(f"{checkin.id} is {checkin.state}.")
    if not why.strip():
        raise UsageError("To skip a check-in it needs a reason.\nTry: many checkin weekly --skip 'all on holiday'")
    return _perform(session, skipped(checkin, why.strip(), session.records))


def _perform(session: Session, step: Step) -> int:
    session.perform(step)
    return 0


def answers_of(session: Session, checkin: Checkin, words: Iterable[str]) -> Answers:
    """What NAME=TEXT words answer: a question by its number, a verdict by its id, intent, people, decisions.

    Several decisions are separated by semicolons.  Raises ``UsageError`` for a name that nothing is asked by.
    """
    found: dict[str, str] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise UsageError(f"{quoted(word)} has no = in it.\nTry: many checkin weekly 1='we shipped' B12='keep 70'")
        path = _path(session, checkin, name.strip(), text)
        found[path] = text.replace(";", "\n") if path == "decisions" else text
    return found


def _path(session: Session, checkin: Checkin, name: str, text: str) -> str:
    from tui.commands._holding import ANSWER, VERDICT

    questions = asked(checkin, session.records)
    if name.lower() in OWN:
        return name.lower()
    if name.isascii() and name.isdigit():
        if not 1 <= int(name) <= len(questions):
            there = "there is 1" if len(questions) == 1 else f"there are {len(questions) or 'none'}"
            raise UsageError(f"There is no question {name}: {there}. Nothing was changed.")
        return f"{ANSWER}{questions[int(name) - 1]}"
    if name in questions:
        return f"{ANSWER}{name}"
    if name[1:].isdigit():
        record = session.records.find(name)
        by = criterion(session.records.settings.ritual(checkin.level))
        if by and isinstance(record, Bet) and text.strip() in RANKS:
            return f"{ANSWER}{rank_question(by, record)}"
        return f"{VERDICT}{record.id}"
    raise UsageError(
        f"Nothing is asked by {quoted(name)}: name a question by its number, a bet by its id, or {', '.join(OWN)}."
    )


VERBS = (
    Verb(
        "checkin",
        "Look at a check-in with what was gathered for it, hold or skip it",
        _checkin,
        (
            Argument(
                "LEVEL|ID", "a level, a check-in, or a record that calls for one; none: what waits", 0, offers="levels"
            ),
            Argument(
                "NAME=TEXT", "answers: 1='…' a question, B12='keep 70 why' a verdict, intent, people, decisions", 0, True
            ),
        ),
        (
            Option("--minutes", "print its minutes as Markdown"),
            Option("--skip", "skip it and keep why", "WHY"),
            Option("--open", "leave it open for others: its verdicts wait"),
            Option("--done", "hold it with what others answered, without a word of mine"),
        ),
        (
            ("many checkin", "what waits, and when"),
            ("many checkin weekly --plain", "the agenda and its questions"),
            ("many checkin weekly 1='we shipped' B12='stop 20 nobody used it' intent='Fewer bets'", "hold it, as one step"),
            ("many checkin yearly -y", "weeks before it is due, without being asked whether to begin"),
            ("many checkin C41 --minutes > minutes.md", ""),
        ),
        group="Looking",
        about=(
            "In a terminal it asks question by question, and keeps every answer until it is held; < goes back a question,"
            " > on to the next part, a dot to the last one, and what lies between stays as it is. --plain only prints."
            " Verdicts are keep, start, change or stop, then how sure you are, then why: a stop stops,"
            " a start places where the guards allow; many undo takes it all back."
        ),
    ),
)
