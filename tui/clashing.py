"""What somebody else put into the same fields meanwhile, as people would have typed it, and both together.  Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from store.checkins.verdicts import as_typed
from store.declaring import Invalid
from store.errors import Clash
from store.fields import Field, text_of
from store.merge import BY_PART
from store.model import BY_LETTER
from store.parts import RecordVerdict
from store.quoting import quoted
from store.several import in_one_line, taken_apart

OTHER_VERDICTS = "others"
"""The path of a field that holds verdicts on several records, one a line, the id of the record in front."""
_VERDICT = "verdicts."


def texts_of(fields: Iterable[Clash], paths: Iterable[str]) -> Mapping[str, str]:
    """The text of their value for every path of the form that lies in a field others changed."""
    known = list(paths)
    found: dict[str, str] = {}
    for record_id, name, theirs, _ in fields:
        for path in known:
            if path == name or path.startswith(f"{name}."):
                found[path] = _text_of(record_id, name, theirs, path)
    return found


def with_theirs(fields: Iterable[Clash], lines: str, paths: Iterable[str]) -> str:
    """Lines of verdicts in which those that both gave are theirs; of records that have no field of their own."""
    known = set(paths)
    theirs = {
        name.removeprefix(_VERDICT): f"{name.removeprefix(_VERDICT)} {_text_of(record_id, name, value, name)}"
        for record_id, name, value, _ in fields
        if name.startswith(_VERDICT) and name not in known
    }
    kept = [theirs.pop(judged_in(line), line) for line in lines.splitlines()]
    return "\n".join((*kept, *theirs.values()))


def aside(fields: Iterable[Clash], paths: Iterable[str]) -> str:
    """What others put into fields that have no place in the form, named with what it is now; "" for nothing."""
    known = set(paths)
    hidden = [
        f"{record_id} {name.replace('_', ' ')} ({_in_short(value)} now)"
        for record_id, name, value, mine in fields
        if not texts_of(((record_id, name, value, mine),), known)
        and not (name.startswith(_VERDICT) and OTHER_VERDICTS in known)
    ]
    return f"Somebody else changed {', '.join(hidden)} meanwhile" if hidden else ""


def _in_short(value: object) -> str:
    return quoted(value) if isinstance(value, str) and value else "nothing" if value in (None, "") else "another"


def judged_in(line: str) -> str:
    """The id in front of a verdict in a line."""
    return line.strip().partition(" ")[0].rstrip(":").upper()


def _text_of(record_id: str, name: str, value: object, path: str) -> str:
    """A value from a document as people would have typed it."""
    if name.partition(".")[0] in BY_PART:
        return as_typed(RecordVerdict.model_validate(value)) if isinstance(value, dict) else str(value or "")
    kind = BY_LETTER[record_id[0]]
    given = {} if value is None else {name: value}
    try:
        return text_of(kind.model_validate({kind.headline: "-", "id": record_id, **given}), path)
    except Invalid:
        return str(value)


TOGETHER: Mapping[str, Callable[[str, str], str]] = {
    "text": lambda *texts: "; ".join(filter(None, map(str.strip, texts))),
    "long": lambda *texts: "\n".join(filter(None, map(str.strip, texts))),
    "lines": lambda *texts: "\n".join(dict.fromkeys(line for text in texts for line in text.splitlines() if line.strip())),
    "list": lambda *texts: in_one_line(tuple(dict.fromkeys(part for text in texts for part in taken_apart(text)))),
}
"""Form of a field that can hold what two people wrote → their two texts as one."""


def both(one: Field, theirs: str, mine: str) -> str:
    """Their text and mine, each part of a list once; "" where a field holds one answer, such as a verdict."""
    together = TOGETHER.get(one.form)
    if one.path == OTHER_VERDICTS:
        return ""
    return "" if together is None or BY_PART.get(one.path.partition(".")[0]) else together(theirs, mine)
