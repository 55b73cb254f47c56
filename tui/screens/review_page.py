"""What the review shows: the item it stands at with its reasons, its place and its record; at its end, what it came to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from store.model import KINDS
from store.records import Records
from store.review.agenda import KEYS, Item, actions
from store.review.course import Course
from store.review.state import Answer
from tui.command import Registry
from tui.keys import shown
from tui.perspective import Perspective, perspective
from tui.shapes import Paragraph, Text
from tui.viewpoint import Viewpoint

HINTS: Mapping[str, str] = {
    "keep": "keep", "done": "done", "snooze": "later", "note": "note", "decide": "decide", "drop": "drop", "back": "back",
    "pause": "pause",
}  # fmt: skip
"""What can be answered → its short name in the footer."""

MEANS: Mapping[str, str] = {
    "keep": "Leave it as it is, and go on. What is kept although it is stale, old or read differently is quiet for a week.",
    "done": "Do what it waits for: hold it, decide it, release it, settle it, look back at it, file it.",
    "snooze": "Put it off: for a week, or until the day you type.",
    "note": "Say how it is going.",
    "decide": "Capture a decision.",
    "drop": "Drop, stop or skip it, and say why.",
    "back": "Go back to the item before, and answer it anew.",
    "pause": "Pause; R goes on here.",
}
"""What can be answered → what that does, for the help."""


def help_page(registry: Registry, elsewhere: Collection[str]) -> Perspective:
    """The keys of the review; ``elsewhere`` are those that mean here what they mean everywhere."""
    answers = (Paragraph(told, label=shown(KEYS[answer])) for answer, told in MEANS.items())
    commands = (
        Paragraph(command.help, label=" ".join(map(shown, keys)))
        for command in registry.commands.values()
        if (keys := [key for key in command.keys if key in elsewhere])
    )
    text = Text(
        (
            Paragraph("Review: what waits for me, and why?", heading=True, token="title"),
            *answers,
            Paragraph("As everywhere", heading=True, token="title"),
            *commands,
        )
    )
    return _reads("help", "Help", "q goes back, j and k scroll", lambda records, viewpoint: text)


def _reads(id: str, title: str, asks: str, project: Callable[[Records, Viewpoint], Text]) -> Perspective:
    """Something the pane for whole records can show."""
    return Perspective(
        id=id, title=title, key="", asks=asks, hides="", kinds=KINDS, project=project, empty="", follows=True, board=False
    )


def page(course: Course, told: str) -> Perspective:
    """The item a review stands at, or what it came to, as something the pane for whole records can show."""
    here, item = course.here, course.here.item
    before = course.state.answered.get(here.key)

    def project(records: Records, viewpoint: Viewpoint) -> Text:
        if item is None:
            return Text(tuple(_over(told)))
        place = Paragraph(f"{here.at + 1} of {len(here.steps)}{_time(course)}", heading=True, token="title")
        return Text((place, *_paragraphs(item, before, records, viewpoint)))

    return _reads(f"review {here.at} {here.key}", "Review", "what waits for me, and why?", project)


def _time(course: Course) -> str:
    """How much of the time set aside has passed, as of the last answer: it only informs, and nothing moves by itself."""
    minutes, seconds = course.state.minutes, course.state.seconds
    return f", {seconds // 60} of {minutes} min" if minutes else ""


def _paragraphs(item: Item, before: Answer | None, records: Records, viewpoint: Viewpoint) -> list[Paragraph]:
    """Why it is here, what can be done, and the record as a whole."""
    said = item.sentence
    found = [Paragraph(f"{said[:1].upper()}{said[1:]}", token="info")]
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
