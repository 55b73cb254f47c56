"""Daily reviews of the walk: the dialogue of ``many review``, with somebody who types, and the keys that takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO

from store.personal import review_path
from store.review.agenda import Item, Sitting
from store.review.course import Course
from store.workspace import Workspace
from tests.year import reckoning
from tests.year.group import Person
from tests.year.script import Year
from tui.shell.asking import Asker
from tui.shell.flags import Flags
from tui.shell.review_dialogue import Dialogue
from tui.shell.session import Session


@dataclass
class Counts:
    """What reviews took: for each item its kind and its keys, review by review; and what differed."""

    items: list[tuple[str, int]] = field(default_factory=list)
    reviews: list[tuple[str, int, int]] = field(default_factory=list)
    """Who, how many items, how many keys."""
    differed: list[str] = field(default_factory=list)
    compared: int = 0


@dataclass
class Answer:
    """What somebody types about an item, line by line, and what they tell the ledger then."""

    lines: tuple[str, ...]
    tell: Callable[[], None]


class YearSession(Session):
    """A session on a handle that is open already, on the day that the walk is at."""

    def __init__(self, person: Person, environ: Mapping[str, str]) -> None:
        flags = Flags()
        flags.file, flags.me, flags.quiet = str(person.group.path), person.name, True
        super().__init__(flags, environ)
        self._person = person

    @property
    def today(self) -> date:
        return self._person.today

    def workspace(self, *, writing: bool = False) -> Workspace:
        return self._person.workspace


class Followed(Course):
    """The course of a review: what waits is compared at every step, and what is answered is told the ledger."""

    sat: Sat

    def look(self) -> Sitting:
        here, sat = super().look(), self.sat
        sat.memory.seen_now = len(sat.year.ledger.steps)
        waiting = (item for item in here.items.values() if item.kind != "answered")
        tool = {item.key: {reason.kind for reason in item.reasons} for item in waiting}
        by_hand = reckoning.review(sat.year.ledger, sat.person.name, sat.person.today)
        sat.counts.compared += 1
        if tool != by_hand:
            off = {key: (tool.get(key), by_hand.get(key)) for key in {*tool, *by_hand} if tool.get(key) != by_hand.get(key)}
            sat.counts.differed.append(f"{sat.person.today} review of {sat.person.name}: (the tool, by hand) {off}")
        return here

    def answer(self, item: Item, what: str, outcome: str = "", until: date | None = None) -> None:
        super().answer(item, what, outcome, until)
        self.sat.answered(item, what)

    def end(self) -> str:
        self.sat.year.ledger.finished(self.sat.person.name, self.sat.person.today)
        return super().end()


class AtKeys(Asker):
    """Somebody who types what a function says."""

    def __init__(self, line: Callable[[], str]) -> None:
        super().__init__()
        self._line = line

    def __call__(self, prompt: str = "> ", typed: str = "") -> str | None:
        return self._line()


class Sat(Dialogue):
    """The dialogue, with a person of the walk at the keys."""

    def __init__(self, year: Year, person: Person, environ: Mapping[str, str], counts: Counts, pause_after: int) -> None:
        session = YearSession(person, environ)
        super().__init__(session, "", None, AtKeys(self._type))
        self.year, self.person, self.counts, self._pause_after = year, person, counts, pause_after
        self._course = Followed(person.workspace, review_path(environ, session.path, person.name), lambda: person.today)
        self._course.sat = self
        self.memory = year.ledger.memory(person.name)
        self._queue: list[str] = []
        self._given: Answer | None = None
        self._met: set[str] = set()
        self.keys = self.done_items = self._keys_here = 0
        self.is_interrupted = year.likely(0.3)

    def _type(self) -> str:
        if self._queue:
            line = self._queue.pop(0)
        elif self._pause_after and self.done_items >= self._pause_after:
            return "q"
        else:
            item = self._course.here.items[self._course.here.key]
            if self.is_interrupted and (item.kind in ("stale", "differs") or self.done_items == 3):
                self.is_interrupted = False
                meanwhile(self.year, self.person.name, item.key)
            self._given = self._choose(item)
            line, *self._queue = self._given.lines
        self.keys += len(line) + 1
        self._keys_here += len(line) + 1
        return line

    def _choose(self, item: Item) -> Answer:
        first = item.key not in self._met
        self._met.add(item.key)
        found = choose(self.year, self.person, item) if first else None
        return found or Answer(("",), lambda: self.year.ledger.kept(self.person.name, item.key, self.person.today))

    def answered(self, item: Item, what: str) -> None:
        """Tell the ledger what came of it, and count."""
        assert self._given is not None and not self._queue, (item.key, what, self._queue)
        self._given.tell()
        self.counts.items.append((item.kind, self._keys_here))
        self.done_items, self._keys_here = self.done_items + 1, 0


def review(year: Year, name: str, environ: Mapping[str, str], counts: Counts) -> None:
    """One person goes through their review; sometimes the line is left, and sometimes others go on meanwhile."""
    person = year.group.person(name)
    pause = 3 if year.likely(0.05) else 0
    sat = Sat(year, person, environ, counts, pause)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        sat.run()
    if sat.done_items:
        counts.reviews.append((name, sat.done_items, sat.keys))


def meanwhile(year: Year, name: str, key: str) -> None:
    """Somebody else says something while a review is under way, of the very thing it stands at where that is a bet."""
    other = year.group.person(year.chance.choice([one for one in year.group.names if one != name]))
    row = year.ledger.rows.get(key)
    if row is not None and row.kind == "bet":
        other.read(key, year.sure_of())
    else:
        year.say_something(other)


# ----------------------------------------------------------------------------------------------------- what is answered


def choose(year: Year, person: Person, item: Item) -> Answer | None:
    """What a person answers, by what the item is; None keeps it."""
    habit = HABITS.get(item.kind)
    return habit(year, person, item) if habit else None


def _acted(person: Person, item: Item, tell: Callable[[], None]) -> Callable[[], None]:
    def both() -> None:
        tell()
        person.ledger.acted(person.name, item.key)

    return both


def _later(year: Year, person: Person, item: Item, weeks: int) -> Answer:
    until = person.today + timedelta(weeks=weeks)
    line = "s" if weeks == 1 else f"s {weeks}w"
    return Answer((line,), lambda: person.ledger.postponed(person.name, item.key, until))


def _decision(year: Year, person: Person, item: Item) -> Answer | None:
    row = person.ledger.rows[item.key]
    if row.state == "open":
        return _later(year, person, item, 2)
    if row.driver not in ("", person.name) and not year.likely(0.5):
        return _later(year, person, item, 1)
    came = "yes" if year.came_true(row) else "no"
    lines = [f"x{came[0]}g{'g' if came == 'yes' else 'b'}{'' if year.likely(0.7) else ' Ask earlier'}"]
    year.counted["looked back"] += 1

    def tell() -> None:
        person.moved(item.key, "reviewed", {"came_true": came})
        person.did(item.key)

    return Answer(tuple(lines), _acted(person, item, tell))


def _settle(year: Year, person: Person, item: Item) -> Answer | None:
    row = person.ledger.rows[item.key]
    if row.state == "placed" and year.likely(0.5):
        return Answer(("x",), _acted(person, item, lambda: _moved(person, item.key, "released", {})))
    if row.state == "released" and year.likely(0.6):
        result = year.chance.choice(("won", "lost", "mixed"))
        lesson = "" if year.likely(0.5) else "Smaller"
        return Answer(
            ("x", result[0], lesson),
            _acted(person, item, lambda: _moved(person, item.key, "settled", {"result": result, "lesson": lesson})),
        )
    if row.state in ("option", "shaping") and year.likely(0.3):
        return _dropped(person, item)
    return _later(year, person, item, 2)


def _moved(person: Person, record: str, state: str, texts: dict[str, str]) -> None:
    person.moved(record, state, texts)
    person.did(record)


def _dropped(person: Person, item: Item) -> Answer:
    return Answer(("D no one asks",), _acted(person, item, lambda: person.was_dropped(item.key)))


def _note(year: Year, person: Person, item: Item) -> Answer:
    sure = year.sure_of()

    def tell() -> None:
        person.wrote(item.key, sure)
        person.did(item.key)

    return Answer((f"n conf:{sure} ok",), _acted(person, item, tell))


def _stale(year: Year, person: Person, item: Item) -> Answer | None:
    draw = year.chance.random()
    if draw < 0.15:
        return _note(year, person, item)
    return _later(year, person, item, 2) if draw < 0.25 else None


def _differs(year: Year, person: Person, item: Item) -> Answer | None:
    return _note(year, person, item) if year.likely(0.4) else None


def _inbox(year: Year, person: Person, item: Item) -> Answer | None:
    draw = year.chance.random()
    if draw < 0.4:
        return Answer(("x", ""), _acted(person, item, lambda: person.was_dropped(item.key)))
    bets = [row.id for row in person.ledger.of("bet") if row.is_open]
    if draw < 0.7 and bets:
        about = year.chance.choice(bets)
        return Answer((f"x {about}",), _acted(person, item, lambda: person.was_filed(item.key, about)))
    return None


def _again(year: Year, person: Person, item: Item) -> Answer | None:
    if item.record is None:
        return None
    row = person.ledger.rows[item.key]
    if row.kind == "belief" and row.state == "open" and year.likely(0.2):
        return Answer(("x",), _acted(person, item, lambda: _moved(person, item.key, "supported", {})))
    return _later(year, person, item, 3)


def _premise(year: Year, person: Person, item: Item) -> Answer | None:
    draw = year.chance.random()
    if draw < 0.3:
        return _later(year, person, item, 2)
    row = person.ledger.rows[item.key]
    if draw < 0.4 and (row.kind == "bet" or row.state in ("open", "decided")):
        return _dropped(person, item)
    return None


HABITS: Mapping[str, Callable[[Year, Person, Item], Answer | None]] = {
    "decision": _decision, "settle": _settle, "stale": _stale, "differs": _differs, "inbox": _inbox,
    "look again": _again, "premise": _premise,
}  # fmt: skip
