"""People who share one workspace, each through a handle of their own, by the commands and steps of the app and the shell.

Whatever they do they also tell the ledger, in its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from store.capture import draft
from store.changes import edited, linked
from store.days import day_in
from store.disk.tiny import TinyBackend
from store.exchange import named
from store.exchange.plan import plan
from store.model import BY_TABLE, Checkin, Record
from store.operations import Put, Transaction
from store.review.steps import dropped, filed, said
from store.settings import LEVELS, CheckinLevel, Settings
from store.step import Step, create, provisional
from store.workspace import Workspace
from tests.year.calendar import day_in_berlin
from tests.year.ledger import Ledger, Range, Row, Said
from tests.year.reckoning import LARGE
from tui.command import AskMore, Context, registry
from tui.commands.checkin import hold, skipped

ZONE = "Europe/Berlin"
MONTH_END = CheckinLevel(
    id="month-end", title="Month's end", rule="FREQ=MONTHLY", anchor=date(2024, 1, 31), minutes=45, at="16:00",
    questions=("What did the month cost?",),
)  # fmt: skip
RETROSPECTIVE = CheckinLevel(
    id="retrospective", title="Retrospective", rule="FREQ=WEEKLY;INTERVAL=3", anchor=date(2025, 7, 9), minutes=60,
    questions=("What do we do otherwise from now on?",),
)  # fmt: skip
"""A level that nobody holds for months: it is late all the while."""


@dataclass
class Clock:
    """A clock that the walk drives; it moves a second each time somebody looks at it."""

    now: datetime

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    @property
    def today(self) -> date:
        """The day it is where the group works, by hand and as the tool says."""
        by_hand = day_in_berlin(self.now)
        assert day_in(ZONE, self.now) == by_hand, f"{self.now} is {by_hand} in Berlin"
        return by_hand


@dataclass
class Group:
    """Everybody, the file they share, the ledger, and the clock."""

    path: Path
    clock: Clock
    names: tuple[str, ...]
    ledger: Ledger = field(default_factory=Ledger)
    handles: dict[str, Workspace] = field(default_factory=dict)
    began: int = 0

    def __post_init__(self) -> None:
        for name in self.names:
            self.handles[name] = Workspace(TinyBackend(str(self.path)), me=name, clock=self.clock)

    def close(self) -> None:
        """Let go of the file."""
        for one in self.handles.values():
            one.close()

    def person(self, name: str) -> Person:
        """One of them, with what the others saved taken in."""
        self.handles[name].refresh()
        return Person(self, name)

    # -------------------------------------------------------------------------------------------------- the beginning

    def set_up(self, goals: Path | None, mapping: Path) -> None:
        """The settings, and the bets: the goals where they are at hand, else a few of our own."""
        first = self.handles[self.names[0]]
        settings = Settings(zone=ZONE, levels=(*LEVELS, MONTH_END, RETROSPECTIVE), wip_limits={"compiler": 2, "lang": 3})
        done = first.set_settings(settings, "set up how we work")
        assert done is not None
        self.ledger.limits = dict(settings.wip_limits)
        self.ledger.did(first.me, self.clock.today, ("settings",))
        step = _imported(goals, mapping, first) if goals else _sample()
        done = first.commit(step)
        assert done is not None
        self.ledger.began = self.clock.today
        for change in done.operations:
            document: Mapping[str, Any] = change.after  # type: ignore[union-attr]
            kind = BY_TABLE[change.table]
            above = tuple(link["to"] for link in document.get("links", ()) if link["kind"] == "nests_in")
            row = Row(kind.letter + change.key, kind.noun, document["state"], self.clock.today, first.me, above=above)
            row.entered = self.clock.today
            self.ledger.rows[row.id] = row
        ids = tuple(self.ledger.rows)
        self.ledger.did(first.me, self.clock.today, ids, f"step:{done.n}" if len(ids) > LARGE else "")


def _imported(goals: Path, mapping: Path, workspace: Workspace) -> Step:
    imported = named("csv").read([goals], [f"map={mapping}"])
    step = plan(workspace.records, imported).step()
    assert step is not None
    return step


def _sample() -> Step:
    from store.model import Bet, Mission
    from store.parts import Link

    missions = [Mission(id=provisional(Mission, at), title=f"Mission {at}") for at in (1, 2)]
    bets = [
        Bet(id=provisional(Bet, 10 + at), title=f"Bet {at}", links=(Link(kind="nests_in", to=missions[at % 2].id),))
        for at in range(16)
    ]
    return create([*missions, *bets], "imported a few bets")


@dataclass
class Person:
    """One of the group at work: every method does one thing in the tool and says so to the ledger."""

    group: Group
    name: str

    @property
    def workspace(self) -> Workspace:
        """The person's own handle."""
        return self.group.handles[self.name]

    @property
    def ledger(self) -> Ledger:
        """What everybody tells."""
        return self.group.ledger

    @property
    def today(self) -> date:
        """The day it is."""
        return self.group.clock.today

    def find(self, record_id: str) -> Record:
        """A record as the person sees it."""
        return self.workspace.records.find(record_id)

    def commit(self, step: Step) -> Transaction:
        """The transaction of a step, which must change something."""
        done = self.workspace.commit(step)
        assert done is not None, step.why
        return done

    def row(self, record_id: str) -> Row:
        """The row of a record, which is about to be changed: touched now."""
        row = self.ledger.rows[record_id]
        row.touched = self.today
        return row

    def did(self, *about: str) -> None:
        """Tell that one step was taken."""
        self.ledger.did(self.name, self.today, about)

    # ------------------------------------------------------------------------------------------------------ capturing

    def capture(self, noun: str, line: str, **known: Any) -> str:
        """The id of what a typed line captures; ``known`` is what the ledger is to know of it."""
        found = draft(noun, line, today=self.today, me=self.name)
        assert not found.warnings, found.warnings
        kind = BY_TABLE[found.table]
        record = kind.model_validate({**found.document, "id": provisional(kind, 1)})
        done = self.commit(create([record], f"added {kind.noun}"))
        name = kind.letter + done.operations[0].key
        ledger_kind = "note" if kind.noun == "update" else kind.noun
        state = {"bet": "option", "decision": "open", "belief": "open", "mission": "forming"}.get(ledger_kind, "")
        self.ledger.rows[name] = Row(name, ledger_kind, known.pop("state", state), self.today, self.name, **known)
        self.did(*(() if ledger_kind == "note" else (name,)))
        return name

    def edit(self, record_id: str, texts: Mapping[str, str], **known: Any) -> None:
        """Fill fields of a form."""
        self.commit(edited(self.workspace.records, (self.find(record_id),), texts, self.today))
        row = self.row(record_id)
        for name, value in known.items():
            setattr(row, name, value)
        self.did(record_id)

    def depend(self, record_id: str, on: str) -> None:
        """Draw an arrow to what something rests on."""
        self.commit(linked(self.workspace.records, (self.find(record_id),), "depends_on", on, self.today))
        row = self.row(record_id)
        row.rests_on = (*row.rests_on, on)
        self.did(record_id)

    def run(self, command: str, record: Record, answers: Mapping[str, str]) -> Transaction:
        """Run a command of the app on a record; what it asks for more is answered by the same texts."""
        context = Context(self.workspace.records, self.today, self.name, chosen=record)
        found = registry(whole=False).commands[command]
        assert found.refuse(context) is None, found.refuse(context)
        outcome = found.run(context, answers)
        while isinstance(outcome, AskMore):
            asked = {one.field.path: one.initial for one in outcome.ask.questions}
            outcome = outcome.run(context, {path: answers.get(path, text) for path, text in asked.items()})
        assert isinstance(outcome, Step), outcome
        return self.commit(outcome)

    # ------------------------------------------------------------------------------------------------- bets, decisions …

    def read(self, record_id: str, confidence: int | None = None, health: str | None = None, mark: str = "") -> None:
        """Say how it looks; ``mark`` says that a line was crossed."""
        line = "as I see it" + (f" conf:{confidence}" if confidence is not None else "")
        line += (f' health:"{health}"' if health else "") + (f" +{mark}" if mark else "")
        self.commit(said(self.find(record_id), line, self.today, self.name))
        self.wrote(record_id, confidence, health, (mark,) if mark else ())
        self.did(record_id)

    def wrote(
        self, about: str, confidence: int | None = None, health: str | None = None, tags: tuple[str, ...] = ()
    ) -> None:
        """Tell the ledger of an update, but not of a step."""
        self.ledger.rows[about].said.append(Said(self.name, self.today, confidence, health, tags))

    def measure(self, signal: str, value: float) -> None:
        """Write down what a signal measured."""
        self.run("signal.read", self.find(signal), {"value": str(value), "on": self.today.isoformat()})
        self.row(signal).read[self.today] = value
        self.did(signal)

    def move(self, record_id: str, state: str, **texts: str) -> None:
        """Move a record to a state, answering what that asks."""
        self.run("record.state", self.find(record_id), {"state": state, **texts})
        self.moved(record_id, state, texts)
        self.did(record_id)

    def moved(self, record_id: str, state: str, texts: Mapping[str, str] | None = None) -> None:
        """Tell the ledger that something is in another state now."""
        row, texts = self.row(record_id), texts or {}
        row.entered = self.today if row.state != state else row.entered
        row.state = state
        row.lesson = texts.get("lesson", row.lesson)
        row.result = texts.get("result", row.result)
        row.placed = (row.placed or self.today) if state == "placed" else row.placed
        row.settled = (row.settled or self.today) if state == "settled" else row.settled
        row.released = (row.released or self.today) if state == "released" else row.released
        row.decided = (row.decided or self.today) if state == "decided" else row.decided
        if texts.get("came_true"):
            row.came_true = texts["came_true"] == "yes"

    def pivot(self, record_id: str, title: str, why: str) -> str:
        """Stop a bet, and begin what it turns into; the id of that."""
        old = self.ledger.rows[record_id]
        done = self.run("bet.pivot", self.find(record_id), {"title": title, "why_stopped": why})
        name = next(f"B{change.key}" for change in done.operations if isinstance(change, Put) and change.before is None)
        self.ledger.rows[name] = Row(
            name, "bet", "option", self.today, self.name, horizon=old.horizon, horizon_said=old.horizon_said,
            above=old.above, team=old.team,
        )  # fmt: skip
        self.moved(record_id, "stopped")
        self.did(name, record_id)
        return name

    def look_back(self, record_id: str, texts: Mapping[str, str]) -> None:
        """Review a decision."""
        self.run("decision.review", self.find(record_id), texts)
        self.moved(record_id, "reviewed", texts)
        self.did(record_id)

    def forecast(self, bet: str, aim: Range) -> None:
        """Say where a signal will be."""
        texts = {
            "forecast.signal": aim.signal, "forecast.from_value": f"{aim.start:g}", "forecast.to_value": f"{aim.goal:g}",
            "forecast.low": f"{aim.low:g}", "forecast.high": f"{aim.high:g}", "forecast.by": aim.by.isoformat(),
        }  # fmt: skip
        self.edit(bet, texts, forecast=aim)

    def drop(self, record_id: str, why: str) -> None:
        """Stop it, take it back, put it away."""
        record = self.find(record_id)
        self.commit(dropped(self.workspace.records, record, why, self.today))
        self.was_dropped(record_id)

    def was_dropped(self, record_id: str) -> None:
        """Tell the ledger how things of its kind are dropped."""
        row = self.row(record_id)
        if row.kind == "note":
            row.away = True
            self.did(*((row.about,) if row.about else ()))
            return
        end = {"bet": "stopped", "mission": "closed", "belief": "retired"}.get(row.kind)
        end = "reversed" if row.kind == "decision" and row.state == "decided" else end
        row.away |= end is None
        if end:
            self.moved(record_id, end)
        if row.kind != "bet":
            self.wrote(record_id)
        self.did(record_id)

    def file(self, note: str, about: str) -> None:
        """Say what a note of the inbox is about."""
        record = self.find(note)
        self.commit(filed(self.workspace.records, record, about))  # type: ignore[arg-type]
        self.was_filed(note, about)

    def was_filed(self, note: str, about: str) -> None:
        """Tell the ledger."""
        row = self.ledger.rows[note]
        row.about = about
        self.ledger.rows[about].said.append(Said(row.by, row.touched))
        self.did(about)

    # ------------------------------------------------------------------------------------------------------ check-ins

    def hold(self, checkin: Checkin, answers: Mapping[str, str], *, done: bool = True) -> tuple[str, Transaction]:
        """Hold a check-in, or leave it open for others; the id it has now."""
        context = Context(self.workspace.records, self.today, self.name, chosen=checkin)
        step = hold(checkin, context, {**answers, "done": "yes" if done else "no"})
        taken = self.commit(step)
        name = next(f"C{change.key}" for change in taken.operations if change.table == Checkin.table)
        row = self.ledger.rows.get(name) or Row(
            name, "check-in", "open", self.today, self.name, level=checkin.level, due=checkin.due, about=checkin.about or ""
        )
        self.ledger.rows[name] = row
        row.touched, row.state = self.today, "done" if done or row.state == "done" else "open"
        row.held = row.held or (self.today if done else None)
        row.intent = answers.get("intent", row.intent)
        return name, taken

    def skip(self, checkin: Checkin, why: str) -> str:
        """Skip a check-in and say why."""
        taken = self.commit(skipped(checkin, why, self.workspace.records))
        name = f"C{taken.operations[0].key}"
        row = self.ledger.rows.setdefault(
            name,
            Row(
                name,
                "check-in",
                "skipped",
                self.today,
                self.name,
                level=checkin.level,
                due=checkin.due,
                about=checkin.about or "",
            ),
        )
        row.state, row.touched, row.why_skipped = "skipped", self.today, why
        self.did(name)
        return name

    def review_ritual(self, ritual: str, day: date) -> None:
        """Say when a ritual is looked at itself."""
        settings = self.workspace.records.settings
        levels = tuple(one.model_copy(update={"review_on": day}) if one.id == ritual else one for one in settings.levels)
        self.workspace.set_settings(settings.model_copy(update={"levels": levels}), f"look at {ritual} again")
        self.ledger.rituals[ritual] = day
        self.did("settings")


def moment(day: date, hour: int) -> datetime:
    """A moment in UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
