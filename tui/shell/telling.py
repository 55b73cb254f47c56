"""Verbs that put records into words for somebody: tell, and talk, which is for those who see a record differently."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from store.derived import apart_since, readings, spread
from store.errors import UsageError
from store.facts import APART
from store.model import BY_NOUN, Record, Update
from store.place import tellings_folder
from store.quoting import quoted
from store.stories import AUDIENCES, known_names, story, template
from store.telling import Line, as_html, as_markdown
from tui.drawing import draw
from tui.perspective import perspective
from tui.perspectives._columns import people_of
from tui.perspectives.story import as_text
from tui.plain import UNFOLDED, body_lines
from tui.shapes import Scene, Text
from tui.shell.boards import theme_named
from tui.shell.listing import PAGE_WIDTH
from tui.shell.output import put
from tui.shell.printing import NARROWEST, print_objects, terminal_width
from tui.shell.session import Session
from tui.shell.transfer import meant, write_out
from tui.shell.verb import FILTER_ABOUT, Argument, Given, Option, Verb, nearest
from tui.viewpoint import Viewpoint
from tui.wording import text_in_the_shell

# ------------------------------------------------------------------------------------------------------------------- tell


class Told(NamedTuple):
    """One record, and the lines that tell of it."""

    record: Record
    lines: tuple[Line, ...]


def _tell(session: Session, given: Given) -> int:
    if given.has("template"):
        put(_template(session, given.options["template"]))
        return 0
    if not given.words:
        raise UsageError("many tell needs ID: records, or a kind and a filter.\nTry: many tell B12 --for team")
    audience = given.options.get("for", AUDIENCES[0]).strip().lower()
    told = _told(session, given, audience)
    form = _form(given)
    if form == "plain" and session.flags.is_machine:
        print_objects(session, [_object(one, audience) for one in told])
    else:
        write_out(session, given.options.get("out", "-"), FORMS[form](told, session, given))
    return 0


def _told(session: Session, given: Given, audience: str) -> list[Told]:
    """What is told of the records that are meant; raises as ``store.stories.story``."""
    records = meant(session, given.words)
    subjects = [record for record in records if not isinstance(record, Update)]
    if records and not subjects:
        about = next((one.about for one in records if isinstance(one, Update) and one.about), "B12")
        raise UsageError(f"An update is told with what it is about.\nTry: many tell {about}")
    own = tellings_folder(session.environ)
    return [Told(record, story(record, session.records, session.today, audience, own)) for record in subjects]


def _form(given: Given) -> str:
    """What it is told as: what a flag says, else what the name of the file says, else plain text."""
    asked = next((form for form in ("md", "html") if given.has(form)), "")
    _, ending = os.path.splitext(given.options.get("out", ""))
    return asked or {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}.get(ending.lower(), "plain")


def _as_plain(told: Sequence[Told], session: Session, given: Given) -> str:
    width = max(terminal_width() or PAGE_WIDTH, NARROWEST)
    return "\n".join("\n".join(_lines(as_text(one.lines), session.scene, width)) + "\n" for one in told)


def _lines(view: Text, scene: Scene, width: int) -> list[str]:
    return list(body_lines(draw(view, scene, width, UNFOLDED)))


def _as_markdown(told: Sequence[Told], session: Session, given: Given) -> str:
    return "\n".join(as_markdown(one.lines) for one in told)


READING = "body{font:17px/1.55 system-ui,sans-serif;max-width:42em;margin:auto}h1,h2{line-height:1.25}h1{font-size:1.6em}\
h2{font-size:1.15em}h1,h2,p,ul{margin:1em 0 .4em}ul{padding-left:1.2em}article+article{margin-top:3em}"
"""How a page that is read, not looked at, differs from a picture."""


def _as_html(told: Sequence[Told], session: Session, given: Given) -> str:
    from tui.picture import page

    title = told[0].lines[0].text if len(told) == 1 and told[0].lines else f"{len(told)} records, {session.today}"
    body = "\n".join(f"<article>\n{as_html(one.lines)}\n</article>" for one in told)
    return page(title, theme_named(session, given), f"<main>\n{body}\n</main>", READING)


FORMS: Mapping[str, Callable[[Sequence[Told], Session, Given], str]] = {
    "plain": _as_plain, "md": _as_markdown, "html": _as_html,
}  # fmt: skip
"""How a telling is written, by what it is asked for as."""


def _object(told: Told, audience: str) -> dict[str, Any]:
    return {"id": told.record.id, "for": audience, "lines": [line._asdict() for line in told.lines]}


def _template(session: Session, name: str) -> str:
    """A template to begin with, for ``bet`` or ``bet.team``: the one in use, and what else can stand in it."""
    word, _, audience = name.partition(".")
    noun = session.records.settings.noun_for(word)
    if noun is None or BY_NOUN[noun] is Update:
        raise UsageError(
            f"{quoted(word)} is no kind that is told of.{nearest(word, tuple(BY_NOUN))}\nTry: --template bet.team"
        )
    own, settings = tellings_folder(session.environ), session.records.settings
    wanted = audience or AUDIENCES[0]
    found = template(noun, wanted, settings, own) or template(noun, AUDIENCES[0], settings)
    assert found is not None
    save = os.path.join(own, f"{noun}.{wanted}.md")
    return "\n".join([
        f"<!-- Now from {found.where}; save yours as {save} -->",
        f"<!-- It can hold {', '.join(f'{{{one}}}' for one in known_names(noun))} -->",
        found.text.rstrip(),
    ])  # fmt: skip


# ------------------------------------------------------------------------------------------------------------------- talk


def _talk(session: Session, given: Given) -> int:
    record = session.records.find(given.words[0])
    if isinstance(record, Update) and record.about:
        record = session.records.find(record.about)
    if session.flags.is_machine:
        print_objects(session, [_differing(record, session)], alone=True)
        return 0
    view = perspective("talk").project(session.records, Viewpoint(session.today, session.me, record.id))
    assert isinstance(view, Text)
    width = max(terminal_width() or PAGE_WIDTH, NARROWEST)
    for line in _lines(text_in_the_shell(view, record.id), session.scene, width):
        put(line)
    return 0


def _differing(record: Record, session: Session) -> dict[str, Any]:
    """How people see a record, for programs."""
    given = readings(record.id, session.records)
    began = apart_since(record.id, session.records, APART)
    said = {one.person for one in given}
    return {
        "id": record.id,
        "apart": spread(given),
        "since": began.created if began else None,
        "readings": [{**one._asdict(), "on": str(one.on or "")} for one in given],
        "silent": [person for person in people_of(record) if person not in said],
    }


VERBS = (
    Verb(
        "tell",
        "Tell of records to executives, the team, finance or customers",
        _tell,
        (Argument("ID", "records, or a kind and a filter", 0, several=True),),
        (
            Option("--for", f"to whom: {', '.join(AUDIENCES)}, or whoever you wrote a template for", "AUDIENCE"),
            Option("--md", "as Markdown"),
            Option("--html", "as a page that stands alone"),
            Option("--out", "the file, which says by its ending what it is told as; else stdout", "FILE", "files"),
            Option("--theme", "the colours of a page; else light", "NAME", "themes"),
            Option("--template", "print the template in use, to write your own from", "KIND.AUDIENCE"),
        ),
        (
            ("many tell B12", "to executives"),
            ("many tell bets state:placed --for finance --out spend.md", "a selection, as Markdown"),
            ("many tell --template bet.board > ~/.config/manyview/tellings/bet.board.md", "for an audience of your own"),
        ),
        group="Lenses",
        about=(
            "Templates are files people can edit: a line is left out where nothing is known, unless it says what to say"
            f" instead. {FILTER_ABOUT}"
        ),
        takes_text=True,
    ),
    Verb(
        "talk",
        "Who differs about a record, since when, and what each last wrote",
        _talk,
        (Argument("ID", "a record, such as B12"),),
        examples=(("many talk B12", ""),),
        group="Lenses",
    ),
)
