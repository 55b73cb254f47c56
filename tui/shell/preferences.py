"""The verb for what a workspace decides for itself: its words, levels, criteria and limits."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile

from store.disk.files import reason
from store.errors import ManyViewError, UsageError
from store.left_behind import left_behind
from store.quoting import quoted
from store.settings import Settings
from store.settings_line import assigned, named
from store.settings_text import as_toml, from_toml, keeping_ids, to_edit
from tui.shell.output import pour, tell
from tui.shell.printing import print_objects
from tui.shell.session import Session
from tui.shell.verb import Argument, Given, Verb


def _settings(session: Session, given: Given) -> int:
    act, *words = given.words or ("show",)
    if act == "show" and not words:
        return _show(session)
    if act == "set" and words:
        return _commit(
            session,
            keeping_ids(assigned(session.records.settings, tuple(words)), session.records),
            f"set {named(words)}",
        )
    if act == "edit" and not words:
        return _edit(session)
    raise UsageError("many settings shows them; many settings edit opens them in $EDITOR; many settings set NAME=VALUE.")


def _show(session: Session) -> int:
    settings = session.records.settings
    if session.flags.is_machine:
        print_objects(session, [settings.model_dump(mode="json")], alone=True)
    else:
        pour(as_toml(settings))
    return 0


def _commit(session: Session, settings: Settings, why: str) -> int:
    records = session.records
    done = session.workspace(writing=True).set_settings(settings, why)
    session.told(done, "Nothing was changed.")
    for sentence in left_behind(records.settings, settings, records) if done else ():
        session.tell(sentence)
    return 0


def _edit(session: Session) -> int:
    """Open the settings in the editor until they can be read, or are left as they were."""
    if not session.may_ask:
        raise UsageError("An editor needs a terminal. Nothing was changed.\nTry: many settings set NAME=VALUE")
    before = to_edit(session.records.settings)
    descriptor, path = tempfile.mkstemp(prefix="settings-", suffix=".toml")
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(before)
    while True:
        text = _edited(path, session)
        if text == before:
            os.unlink(path)
            session.tell("Nothing was changed.")
            return 0
        try:
            settings = keeping_ids(from_toml(text), session.records)
        except UsageError as error:
            tell(str(error))
            if not session.confirm("Edit again?"):
                raise UsageError(f"Nothing was changed. What you wrote is in {quoted(path, 200)}.") from None
            continue
        code = _commit(session, settings, "edited the settings")
        os.unlink(path)
        return code


def _edited(path: str, session: Session) -> str:
    """The text of a file after the person's editor was closed.  Raises ``ManyViewError`` when it cannot be started."""
    editor = session.environ.get("VISUAL") or session.environ.get("EDITOR") or "vi"
    try:
        done = subprocess.run([*shlex.split(editor), path], check=False)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise ManyViewError(f"The editor {quoted(editor)} cannot be started: {why}. Nothing was changed.") from None
    if done.returncode:
        raise ManyViewError(f"The editor left with {done.returncode}. Nothing was changed; what you wrote is in {path}.")
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


VERBS = (
    Verb(
        "settings",
        "Show or change what the workspace decides for itself",
        _settings,
        (
            Argument("edit|set", "open them in $EDITOR, or set some", 0, offers="settings"),
            Argument("NAME=VALUE", "name=text, name= is the default; name+=x and name-=x for lists", 0, several=True),
        ),
        examples=(
            ("many settings", "print them as TOML"),
            ("many settings edit", "in $EDITOR; checked before they are kept"),
            ("many settings set teams=core,data wip_limits.core=4", ""),
            ("many settings set modes+=spike modes.chip=chore buckets-=growth", "add to a list, rename in it, take from it"),
            ("many settings set levels.weekly.questions.2='What did we learn?'", "the second question"),
            (
                "many settings set levels+=monthly levels.monthly.rule=FREQ=MONTHLY levels.monthly.anchor=2026-12-01",
                "one more level; levels-=monthly takes it away, levels=weekly,monthly orders them",
            ),
            ("many settings set levels.weekly.review_on=2027-03-01 zone=Europe/Berlin", "a ritual has a review of its own"),
        ),
        group="Workspace",
        about="They are shared by everybody who uses the file, and undone like any change.",
    ),
)
