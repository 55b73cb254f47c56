"""A theme at a glance: a little board with every token where it stands on the screen, as lines of spans."""

from __future__ import annotations

from typing import NamedTuple

from themes import Theme
from tui.shapes import Span
from tui.text import fit, safe, width_of

Spans = tuple[Span, ...]


class Shown(NamedTuple):
    """One line, and the token of the row it stands on ("" for the ground of the screen)."""

    spans: Spans
    ground: str = ""


_ROWS: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("cursor", "> ", "B12", "● placed", "doing", "The row under the cursor", "3 d ago"),
    ("", " *", "B7", "◐ shaping", "waiting", "A marked row", "tomorrow"),
    ("linked", "· ", "B9", "✓ settled", "done", "Chosen in another pane", ""),
    ("cursor_idle", "> ", "B4", "□ parked", "dropped", "The cursor of another pane", "in 5 w"),
    ("", "  ", "B31", "○ option", "waiting", "An option, like others", ""),
)
"""Ground, gutter, id, state, the token of the state, title, due day."""

_DUE = {"3 d ago": "bad", "tomorrow": "warn"}
_STATE = 11
_DAY = 9


def preview(theme: Theme, width: int) -> tuple[Shown, ...]:
    """A board of about twenty lines, each exactly ``width`` cells wide, that wears every token of a theme.

    Draw a line with ``styles(theme, line.ground)``; the rest of a line that is wider belongs to its ground, too.
    """
    lines = (
        Shown((Span(f"{theme.title}  ", "title"), Span(theme.description, "dim"))),
        Shown(()),
        Shown(
            (
                Span(" 1 Missions ", "tab"),
                Span(" 2 Bets ", "tab_active"),
                Span(" 3 Cadence ", "tab"),
                Span("  6 w ago", "past"),
            )
        ),
        Shown((Span("Bets", "accent"), Span(" 5  What is placed?  ", "dim"), Span("/team:core", "match"))),
        *(_row(row, width) for row in _ROWS),
        Shown((Span("─" * width, "faint"),)),
        Shown(_words(("on track", "good"), ("at risk", "warn"), ("off track", "bad"), ("worth knowing", "info"))),
        Shown((Span("title   ", "field"), Span(fit("Search forgives typing er", width - 8), "input"))),
        Shown((Span("B12 was not placed: its mission is full.", "error"),)),
        Shown(_words(("c", "key"), ("capture", "bar"), ("a", "key"), ("add", "bar"), ("?", "key"), ("help", "bar")), "bar"),
    )
    return tuple(Shown(_exactly(line.spans, width), line.ground) for line in lines)


def _row(row: tuple[str, str, str, str, str, str, str], width: int) -> Shown:
    ground, gutter, name, state, token, title, day = row
    room = max(width - 2 - 5 - _STATE - _DAY, 0)
    spans = (
        Span(gutter, "mark"),
        Span(fit(name, 5), "dim"),
        Span(fit(state, _STATE), token),
        Span(fit(title, room), "text"),
        Span(fit(day, _DAY, right=True), _DUE.get(day, "dim")),
    )
    return Shown(spans, ground)


def _words(*words: tuple[str, str]) -> Spans:
    """Words with their tokens, a key close to its name and the others apart."""
    return tuple(Span(word + (" " if token == "key" else "  "), token) for word, token in words)


def _exactly(spans: Spans, width: int) -> Spans:
    """The spans cut or padded to a width."""
    kept: list[Span] = []
    room = width
    for span in spans:
        text = fit(span.text, min(width_of(safe(span.text)), room))
        room -= width_of(text)
        kept += [Span(text, span.token)] if text else []
    return (*kept, Span(" " * room)) if room else tuple(kept)
