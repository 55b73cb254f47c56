"""The year as it is played: five people and their habits, every workday, from a seed.

Anna keeps the rhythm.  Ben forgets: he reviews every few weeks and settles late.  Cleo measures, and is away in August and
over the new year.  Dara says 90 % and is right six times in ten.  Emil says what he means, and works after midnight.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.year.calendar import in_berlin
from tests.year.group import Group, Person
from tests.year.ledger import Range, Row
from tests.year.meeting import meet, verdicts, waiting
from tests.year.reckoning import LEVELS, called, level_stands

PEOPLE = ("anna", "ben", "cleo", "dara", "emil")
AWAY = {"cleo": ((date(2025, 8, 4), date(2025, 8, 24)), (date(2025, 12, 22), date(2026, 1, 6)))}
REVIEWS = {"anna": 0.4, "ben": 0.03, "cleo": 0.14, "dara": 0.14, "emil": 0.1}
"""Person → how likely they go through their review on a workday."""
SURE = {"anna": (60, 70, 80), "ben": (50, 70), "cleo": (60, 80), "dara": (90,), "emil": (60, 70, 80, 90)}
TRUE = {"dara": 60}
"""Person → how often, in a hundred, what they say comes true; the others are right as often as they say."""

SIGNALS = ("Minutes until the first build", "Crates that build with it", "Questions asked twice")
BELIEFS = (
    "People upgrade within a month", "Users read the reference", "Somebody will maintain it", "The RFC is wanted",
    "Two reviewers are enough", "Nobody needs the old flag",
)  # fmt: skip


FORGOTTEN = 150
"""Days for which nobody thinks of the retrospective."""


class Year:
    """The script: what everybody does on a day."""

    def __init__(self, group: Group, seed: int) -> None:
        self.group, self.chance = group, Random(seed)
        self.ledger = group.ledger
        self.signals: list[str] = []
        self.beliefs: list[str] = []
        self.counted = {"held": 0, "late": 0, "skipped": 0, "looked back": 0}

    def is_here(self, name: str, day: date) -> bool:
        """Whether somebody works that day."""
        return day.weekday() < 5 and not any(first <= day <= last for first, last in AWAY.get(name, ()))

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        """Put the clock on, never back."""
        self.group.clock.now = max(self.group.clock.now, in_berlin(day, hour, minute))

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    # ------------------------------------------------------------------------------------------------- the first day

    def begin(self) -> None:
        """Missions get limits and dates, and there is something to believe and to measure."""
        anna = self.group.person("anna")
        for at, mission in enumerate(self.ledger.of("mission")):
            review = anna.today + timedelta(days=60 + 40 * at)
            anna.edit(
                mission.id,
                {"horizon": "quarters", "wip_limit": "2", "review_on": str(review)},
                horizon="quarters", horizon_said=True, limit=2, due=review,
            )  # fmt: skip
            anna.move(mission.id, "active")
        by = anna.today + timedelta(days=300)
        for title in SIGNALS:
            self.signals.append(anna.capture("signal", f"{title} unit:n by:{by}", due=by))
        for at, text in enumerate(BELIEFS):
            again = anna.today + timedelta(days=30 + 45 * at)
            self.beliefs.append(anna.capture("belief", f"{text} kind:assumption revisit:{again}", due=again))
        anna.review_ritual("six-weeks", anna.today + timedelta(days=120))

    # ----------------------------------------------------------------------------------------------------- every day

    def night(self, day: date) -> None:
        """Emil is still up: it is a new day where the group works, and not yet in UTC."""
        if not self.is_here("emil", day) or not self.likely(0.2):
            return
        self.at(day, 0, 20)
        emil = self.group.person("emil")
        for row in self.some(self.running("released"), 1):
            if row.due and row.due <= day:
                self.settle(emil, row)
        for row in self.some([one for one in self.running("shaping") if one.due and one.due > day], 1):
            emil.move(row.id, "placed", stops="something smaller")
            emil.read(
                row.id, self.sure_of(), "off track" if self.likely(0.3) else None, "proceed" if self.likely(0.5) else ""
            )
        for row in self.some(self.running("placed"), 1):
            emil.read(row.id, self.sure_of(), None)
        if self.likely(0.2):
            self.learn(emil)

    def morning(self, day: date) -> None:
        """Check-ins that are due, by whoever is there."""
        self.at(day, 10)
        here = [name for name in PEOPLE if self.is_here(name, day)]
        for level in LEVELS:
            due, missed, _ = level_stands(self.ledger, level, day)
            if level == "retrospective" and (day - self.ledger.began).days < FORGOTTEN:
                continue
            if due <= day and here and self.likely(0.6 if due == day else 0.15):
                self.check_in(self.chance.choice(here), level, is_late=due < day or missed > 0)
        for (ritual, record), (due, _) in sorted(called(self.ledger, day).items()):
            if due <= day and here and self.likely(0.15):
                self.called_in(self.chance.choice(here), ritual, record)

    def check_in(self, name: str, level: str, *, is_late: bool) -> None:
        person = self.group.person(name)
        checkin = waiting(person, level)
        assert checkin is not None
        if self.likely(0.12):
            person.skip(checkin, "half of us are away")
            self.counted["skipped"] += 1
            return
        other = self.group.handles[self.chance.choice([one for one in PEOPLE if one != name])]
        if self.likely(0.2):  # somebody else began to write into it before, or at the same time
            begun, _ = Person(self.group, other.me).hold(checkin, {"answers.Anything else?": "see the notes"}, done=False)
            self.ledger.did(other.me, self.group.clock.today, (begun,))
            if self.likely(0.5):
                person = self.group.person(name)
                checkin = waiting(person, level) or checkin
        most = {"weekly": 2, "month-end": 1}.get(level, 9)
        decisions = ((f"We go on with part {person.today.day}", 70),) if self.likely(0.3) else ()
        intent = f"Fewer things at once, {level} {person.today}" if self.likely(0.8) else ""
        meet(person, checkin, verdicts(person, self.chance, most), decisions, intent)
        self.counted["held"] += 1
        self.counted["late"] += is_late

    def called_in(self, name: str, ritual: str, record: str) -> None:
        person = self.group.person(name)
        checkin = waiting(person, ritual, record)
        assert checkin is not None, (ritual, record)
        if self.likely(0.3):
            person.skip(checkin, "there is nothing to learn")
            self.counted["skipped"] += 1
            return
        meet(person, checkin, {})
        self.counted["held"] += 1

    def noon(self, day: date) -> None:
        """What people do between meetings."""
        self.at(day, 11)
        for name in PEOPLE:
            if not self.is_here(name, day):
                continue
            person = self.group.person(name)
            if self.likely(0.055):
                self.decide_something(person)
            if self.likely(0.08):
                self.say_something(person)
            if self.likely(0.04):
                person.capture("note", self.chance.choice(("Somebody asked for badges", "The build is slow on Mondays")))
            if len(self.running("option")) < 12 and self.likely(0.08):
                person.capture("bet", f"Try idea {person.today} @{person.name}")
            if self.likely(0.05):
                self.shape(person)
            if self.likely(0.01):
                self.turn(person)
            if name != "ben" or self.likely(0.1):
                self.tend(person)
            if name == "cleo" and day.weekday() == 3 and self.likely(0.7):
                for signal in self.signals:
                    person.measure(signal, self.reading(signal))
        if self.likely(0.02) and self.is_here("anna", day):
            self.learn(self.group.person("anna"))
        if self.likely(0.1) and self.is_here("dara", day):
            self.tidy(self.group.person("dara"))

    def reading(self, signal: str) -> float:
        """What a signal measures: it drifts upwards from 20."""
        taken = self.ledger.rows[signal].read
        return round((taken[max(taken)] if taken else 20) + self.chance.uniform(-2, 2.6), 1)

    def decide_something(self, person: Person) -> None:
        """Capture a decision; some are decided right away, some rest on a belief, some cannot be taken back."""
        sure, review = self.chance.choice(SURE[person.name]), person.today + timedelta(days=self.chance.choice((21, 42, 63)))
        one_way = self.likely(0.1)
        more = " door:one-way options:now options:later" if one_way else ""
        name = person.capture(
            "decide", f"Choose way {person.today} conf:{sure} predict:fewer revisit:{review} driver:{person.name}{more}",
            due=review, confidence=sure, driver=person.name, one_way=one_way,
        )  # fmt: skip
        if self.likely(0.3):
            person.depend(name, self.chance.choice([*self.beliefs, *(row.id for row in self.running("placed", "released"))]))
        if self.likely(0.7):
            person.move(name, "decided", chosen="the first")

    def say_something(self, person: Person) -> None:
        """Give a reading of a running bet; rarely say that a line was crossed."""
        for row in self.some(self.running("placed", "released"), 1):
            mark = self.chance.choice(("pivot", "proceed")) if self.likely(0.05) else ""
            health = self.chance.choice(("on track", "on track", "at risk", "off track")) if self.likely(0.5) else None
            person.read(row.id, self.sure_of() if self.likely(0.8) or not health else None, health, mark)

    def sure_of(self) -> int:
        return self.chance.randrange(10, 100, 5)

    def shape(self, person: Person) -> None:
        """Get a bet ready, and perhaps place it."""
        options = [row for row in self.ledger.of("bet") if row.state == "option"]
        for row in self.some(options, 1):
            horizon = self.chance.choice(("weeks", "months", "quarters"))
            settle = person.today + timedelta(days=self.chance.randrange(20, 90))
            team = self.chance.choice(("compiler", "lang", "cargo"))
            texts = {
                "horizon": horizon,
                "settle_by": str(settle),
                "pivot_if": "nobody tries it",
                "team": team,
                "state": "shaping",
            }
            known = {"horizon": horizon, "horizon_said": True, "due": settle, "pivot_if": "nobody tries it", "team": team}
            if not row.above:
                mission = self.chance.choice(self.ledger.of("mission"))
                texts["links"] = f"nests_in {mission.id} primary"
                known["above"] = (mission.id,)
            person.edit(row.id, texts, **known)
            person.ledger.rows[row.id].state = "shaping"
            if self.likely(0.7):
                self.aim(person, row)
            if self.likely(0.3):
                person.depend(row.id, self.chance.choice(self.beliefs))

    def turn(self, person: Person) -> None:
        """A running bet turns into another."""
        for row in self.some(self.running("placed"), 1):
            person.pivot(row.id, "The same, smaller", "nobody tried it")

    def aim(self, person: Person, row: Row) -> None:
        signal = self.chance.choice(self.signals)
        taken = self.ledger.rows[signal].read
        start = taken[max(taken)] if taken else 20.0
        goal = start + self.chance.choice((-4, 4, 8))
        low, high = sorted((goal - self.chance.choice((1, 3, 6)), goal + 4))
        assert row.due
        person.forecast(row.id, Range(signal, start, goal, low, high, row.due - timedelta(days=self.chance.randrange(0, 9))))

    def tend(self, person: Person) -> None:
        """Place, release and settle what is ready."""
        day = person.today
        for row in self.some([one for one in self.ledger.of("bet") if one.state == "shaping"], 1):
            if self.likely(0.12) and row.due and row.due > day:
                person.move(row.id, "placed", stops="something smaller")
        for row in self.some(self.running("placed"), 1):
            if row.placed and (day - row.placed).days > 14 and self.likely(0.12):
                person.move(row.id, "released")
        for row in self.some(self.running("released"), 1):
            if row.due and row.due <= day and self.likely(0.2):
                self.settle(person, row)
        for row in self.some([one for one in self.ledger.of("decision") if one.state == "open"], 1):
            if self.likely(0.1):
                person.move(row.id, "decided", chosen="the second")

    def settle(self, person: Person, row: Row) -> None:
        lesson = "ask earlier" if self.likely(0.4) else ""
        person.move(row.id, "settled", result=self.chance.choice(("won", "lost", "mixed", "unclear")), lesson=lesson)

    def learn(self, person: Person) -> None:
        """A belief turns out true, or not."""
        for row in self.some([one for one in self.ledger.of("belief") if one.state == "open"], 1):
            person.move(row.id, self.chance.choice(("supported", "refuted", "refuted")))

    def tidy(self, person: Person) -> None:
        """Tag what is over: that changes the record, and not since when it stands as it does."""
        over = ("refuted", "supported", "stopped", "settled", "reviewed", "reversed")
        for row in self.some([one for one in self.ledger.rows.values() if one.state in over and not one.away], 1):
            person.edit(row.id, {"tags": f"tidied-{person.today}"})

    # ---------------------------------------------------------------------------------------------------------- small

    def running(self, *states: str) -> list[Row]:
        return [row for row in self.ledger.of("bet") if row.state in states]

    def some(self, rows: list[Row], count: int) -> list[Row]:
        return self.chance.sample(rows, min(count, len(rows)))

    def came_true(self, row: Row) -> bool:
        """Whether what was said of a decision came true."""
        who = row.driver or row.by
        return self.chance.randrange(100) < TRUE.get(who, row.confidence or 50)
