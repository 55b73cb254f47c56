"""What the review shows: the item it stands at with its reasons, its place and its record; at its end, what it came to."""

from __future__ import annotations

from collections.abc import Mapping

from store.model import KINDS
from store.records import Records
from store.review.agenda import KEYS, Item, actions
from store.review.course import Course
from store.review.state import Answer
from tui.keys import shown
from tui.perspective import Paragraph, Perspective, Text, Viewpoint, perspective

HINTS: Mapping[str, str] = {
    "keep": "keep", "done": "done", "snooze": "later", "note": "note", "decide": "decide", "drop": "drop", "back": "back",
    "pause": "pause",
}  # fmt: skip
"""What can be answered → its short name in the footer."""


def page(course: Course, told: str) -> Perspective:
    """The item a review stands at, or what it came to, as something the pane for whole records can show."""
    here, item = course.here, course.here.item
    before = course.state.answered.get(here.key)

    def project(records: Records, viewpoint: Viewpoint) -> Text:
        if item is None:
            return Text(tuple(_over(told)))
        place = Paragraph(f"{here.at + 1} of {len(here.steps)}{_time(course)}", heading=True, token="title")
        return Text((place, *_paragraphs(item, before, records, viewpoint)))

    return Perspective(
        id=f"review {here.at} {here.key}", title="Review", key="", asks="what waits for me, and why?", hides="", kinds=KINDS,
        project=project, empty="", follows=True, board=False,
    )  # fmt: skip


def _time(course: Course) -> str:
    """How much of the time set aside has passed, as of the last answer: it only informs, and nothing moves by itself."""
    minutes, seconds = course.state.minutes, course.state.seconds
    return f", {seconds // 60} of {minutes} min" if minutes else ""


def _paragraphs(item: Item, before: Answer | None, records: Records, viewpoint: Viewpoint) -> list[Paragraph]:
    """Why it is here, what can be done, and the record as a whole."""
    because = item.because
    found = [Paragraph(f"{because[:1].upper()}{because[1:]}.", token="info")]
    if before is not None:
        outcome = f", {before.outcome}" if before.outcome else ""
        found.append(Paragraph(f"You answered it: {before.what}{outcome}.", token="dim"))
    words = [f"{shown(KEYS[action])} {word}" for action, word in actions(item).items() if word != HINTS[action]]
    found.append(Paragraph(", ".join([*words, f"{KEYS['back']} back", f"{KEYS['pause']} pause"]), token="dim"))
    found.append(Paragraph(""))
    if item.record is None:
        return [*found, Paragraph(item.title, heading=True, token="title")]
    if item.kind == "intent":
        found += [Paragraph(item.title, heading=True, token="title"), Paragraph("")]
    view = perspective("record").project(records, viewpoint._replace(chosen=item.record.id, archived=True))
    return [*found, *view.paragraphs] if isinstance(view, Text) else found


def _over(told: str) -> list[Paragraph]:
    lines = told.rstrip().splitlines()
    heads = [line.startswith("#") for line in lines]
    return [
        Paragraph(line.lstrip("# ") if head else line, heading=head, token="title" if head else "text")
        for line, head in zip(lines, heads, strict=True)
    ]
