"""A workspace full of examples: what a fictional library's product group did in a year, told by the steps of ``demo.toml``.

Deterministic: the same day gives the same records.  Every step goes through the same functions and guards as a person's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from store.changes import added, edited
from store.dates import read_date
from store.model import BY_NOUN, Checkin
from store.settings import Settings
from store.step import Change, Step
from store.workspace import Clock, Workspace

OpenAs = Callable[[str, Clock], Workspace]
"""Opens the workspace to be filled as one person, on a clock; called anew for each step."""

_KEY = re.compile(r"\{([a-z-]+)\}")
_MORNING = time(6, 30, tzinfo=UTC)
_APART = timedelta(minutes=3)
_WRITTEN = date(2026, 11, 22)
"""The day on which the dates that stand in the file were true; they move with the day the workspace is made."""
_ISO = re.compile(r"\b20\d\d-\d\d-\d\d\b")
_OWN = frozenset({"day", "by", "add", "change", "key", "answers"})


@dataclass(frozen=True, slots=True)
class _Scripted:
    """One step of the file: who did what on which day."""

    day: date
    moment: datetime
    author: str
    noun: str
    target: str
    key: str
    texts: Mapping[str, str]
    answers: Mapping[str, str]


def build(open_as: OpenAs, today: date) -> None:
    """Fill an empty workspace with the examples, as they would stand on a day."""
    script = tomllib.loads(files("store").joinpath("demo.toml").read_text(encoding="utf-8"))
    ids: dict[str, str] = {}
    steps = list(_scripted(script["steps"], today))
    first = steps[0]
    settings = _settings(script["settings"], today)
    open_as(first.author, lambda: first.moment).set_settings(settings, "named the teams and their limits")
    for step in steps:
        _perform(open_as(step.author, lambda step=step: step.moment), step, ids)  # type: ignore[misc]


def _settings(raw: dict[str, Any], today: date) -> Settings:
    """The settings of the file, with the days on which levels begin and on which rituals are looked at themselves."""
    reviews = {name: read_date(text, today) for name, text in raw.pop("rituals_reviewed").items()}
    begins = {name: read_date(_moved(text, today), today) for name, text in raw.pop("levels_begin").items()}
    settings = Settings.model_validate(raw)
    levels = tuple(
        one.model_copy(update={"review_on": reviews.get(one.id), "anchor": begins.get(one.id, one.anchor)})
        for one in settings.levels
    )
    return settings.model_copy(update={"levels": levels})


def _scripted(steps: list[dict[str, Any]], today: date) -> Iterator[_Scripted]:
    """The steps with their days and their times, which follow each other within a day."""
    for at, raw in enumerate(steps):
        day = today + timedelta(days=raw["day"])
        texts = {name: _moved(value, today) for name, value in raw.items() if name not in _OWN}
        if "until" in texts:
            texts["by"] = texts.pop("until")
        yield _Scripted(
            day,
            datetime.combine(day, _MORNING) + _APART * (at % 20),
            raw["by"],
            raw.get("add", ""),
            raw.get("change", ""),
            raw.get("key", ""),
            texts,
            raw.get("answers", {}),
        )


def _moved(text: str, today: date) -> str:
    """The text with the dates in it moved to the day the workspace is made."""
    return _ISO.sub(lambda found: str(date.fromisoformat(found[0]) + (today - _WRITTEN)), text)


def _perform(workspace: Workspace, step: _Scripted, ids: dict[str, str]) -> None:
    texts = {name: _KEY.sub(lambda found: ids[found[1]], text) for name, text in step.texts.items()}
    records = workspace.records
    if step.target:
        target = records.find(ids[step.target])
        state = texts.get("state")
        why = f"{target.id} {target.label} is {state}" if state else ""
        workspace.commit(edited(records, (target,), texts, step.day, why))
        return
    done = workspace.commit(_answered(added(records, BY_NOUN[step.noun], texts, step.day), step.answers))
    assert done is not None, "a new record is a change"
    if step.key:
        ids[step.key] = BY_NOUN[step.noun].letter + done.operations[0].key


def _answered(step: Step, answers: Mapping[str, str]) -> Step:
    """The step with the answers of a check-in, which no form asks for one by one."""
    checkin = step.changes[0].record
    if not answers or not isinstance(checkin, Checkin):
        return step
    return Step((Change(None, checkin.evolve(answers=answers)),), step.why)
