"""Commands on readings: open the talk about a record; and the form in which I say how it looks to me (``checkin.hold``)."""

from __future__ import annotations

from store.changes import named, update
from store.derived import SILENT, PersonalReading, reading_of
from store.fields import field
from store.model import Update
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Say, Show
from tui.commands._refusals import needs_stored


def _stand(reading: PersonalReading) -> str:
    sure = "" if reading.confidence is None else f"{reading.confidence}%"
    return ", ".join(part for part in (sure, reading.health or "", str(reading.on or "")) if part)


def asked(context: Context) -> Ask:
    """The form of a reading; of one record it says how it last looked to me."""
    before = reading_of(context.me, context.targets[0].id, context.records) if len(context.targets) == 1 else None
    note = "" if before is None else f"I last said {_stand(before)}."
    wanted = (field(Update, path)._replace(required=False) for path in ("confidence", "health", "text"))
    questions = tuple(map(Question, wanted))
    return Ask(f"My reading of {named(context.targets)}", questions, first="confidence", note=note)


def given(context: Context, answers: Answers) -> Outcome:
    """The step that writes how the targets look to me, an update about each."""
    texts = {path: text for path, text in answers.items() if text.strip()}
    if not texts:
        return Say("Nothing was said, nothing was written.")
    return update(context.targets, {"text": SILENT, **texts}, context.today)


COMMANDS = (
    Command(
        "reading.talk",
        "Talk",
        ("T",),
        "Who differs about it, since when, and what each last wrote; - goes back.",
        lambda context, answers: Show("lens", "talk"),
        needs_stored,
        group="Records",
    ),
)
