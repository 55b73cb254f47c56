"""Capture in the app: what is said of a line while it is typed."""

from __future__ import annotations

from datetime import date

from store.capture import draft
from tui.screens.capturing import told


def test_what_is_understood_of_a_line_is_said_and_what_stays_text_too() -> None:
    line = 'Keep SSO out +security conf:70 people:anna forecast.low:3 conf:x option:"x, y"'
    assert told(draft("decision", line, today=date(2026, 11, 22))) == (
        "tags: security  confidence: 70  options: x, y  left as text: people:anna forecast.low:3"
        "  conf:x stayed in the text: it takes a whole number from 0 to 100."
    )
    assert told(draft("decision", "Keep SSO out")) == ""
