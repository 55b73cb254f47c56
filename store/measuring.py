"""Measuring: one more reading of a signal, as a step.  The day is passed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite

from store.errors import Refused, UsageError
from store.fields import Field
from store.model import Signal
from store.parts import Reading
from store.step import Step, edit
from store.typed import READERS

VALUE = Field("value", "number", "What was measured", required=True, hint="a number")
ON = Field("on", "date", "The day it was measured", hint="yesterday, -3d, 2026-11-01; today unless said")


def measured(signal: Signal, texts: Mapping[str, str], today: date) -> Step:
    """The step that adds a reading; one of the same day is replaced, which the sentence says.

    ``texts`` holds a ``value`` and perhaps the day ``on``, as typed.  Raises ``UsageError`` for what cannot be read and
    ``Refused`` for a day that is still to come.
    """
    value = float(READERS["number"](VALUE, texts.get("value", ""), today))
    on: date = READERS["date"](ON, texts["on"], today) if texts.get("on", "").strip() else today
    if not isfinite(value):
        raise UsageError("value takes a number that can be drawn. Nothing was changed.")
    if on > today:
        raise Refused(f"{on} is still to come: nothing can have been measured then. Nothing was changed.")
    before = next((reading for reading in signal.readings if reading.on == on), None)
    kept = [reading for reading in signal.readings if reading.on != on]
    taken = tuple(sorted([*kept, Reading(on=on, value=value)], key=lambda reading: reading.on))
    instead = f" instead of {before.value:.6g}" if before is not None else ""
    return edit(signal, f"read {signal.id} {signal.label}: {value:.6g}{instead} on {on}", readings=taken)
