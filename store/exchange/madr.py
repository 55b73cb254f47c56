"""MADR: a decision record is a Markdown file with front matter, context, options and outcome."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from store.exchange.adr_document import FACTS, normal
from store.exchange.adr_extras import scalar
from store.exchange.adr_facts import SAID
from store.exchange.adr_format import adr_format, carried
from store.exchange.adr_names import number_of
from store.exchange.adr_reading import read_one, read_records
from store.exchange.adr_writing import (
    Neighbours,
    Shown,
    Template,
    clean,
    facts_in,
    is_cited,
    one_line,
    titled,
)
from store.exchange.imported import Imported, Source
from store.model import Decision
from store.parts import Link

NEW_PARAGRAPH = "\n\n"


def read_madr(sources: Sequence[Source], words: Sequence[str], kept: str = "") -> Imported:
    """The decision of each file; a file that is no decision record is named and left out."""
    return read_records(sources, words, kept, "madr")


def _top(shown: Shown, front: Sequence[str]) -> str:
    """The front matter and the title."""
    record, said = shown.record, {FACTS.get(normal(name), name) for name in facts_in(front)}
    facts = {
        "status": _status(shown),
        "date": str(record.decided_on) if record.decided_on and record.state != "open" else "",
        "decision-makers": record.driver,
        "consulted": ", ".join(record.contributors),
        "informed": ", ".join(record.informed),
    }
    lines = [f"{name}: {_yaml(text)}" for name, text in facts.items() if text and FACTS[normal(name)] not in said]
    return "\n".join(["---", *front, *lines, *shown.extras, "---", f"# {one_line(record.title)}"])


def _status(shown: Shown) -> str:
    record = shown.record
    newer = shown.neighbours.superseders.get(record.id, ())[:1] if record.state == "superseded" else ()
    return f"superseded by [ADR-{number_of(newer[0]):04d}]({newer[0]})" if newer else SAID[record.state]


def _yaml(text: str) -> str:
    """A text as YAML: plain where it cannot mean anything else."""
    return text if re.fullmatch(r"[\w][\w .,-]*", text) else scalar(text)


def _places(shown: Shown, there: frozenset[str]) -> Mapping[str, str]:
    record = shown.record
    outcome = chosen_option(record)
    return {
        "context": titled("Context and Problem Statement", record.context),
        "options": "" if "options" in there else titled("Considered Options", listed_options(record)),
        "outcome": outcome if "outcome" in there else titled("Decision Outcome", outcome),
    }


def listed_options(record: Decision) -> str:
    """The options, one a line."""
    return "\n".join(f"* {one_line(option)}" for option in record.options)


def chosen_option(record: Decision) -> str:
    """What was chosen and why, as the templates say it; "" where nothing was."""
    if not record.chosen:
        return ""
    chosen, why = one_line(record.chosen), clean(record.why)
    mark = "'" if '"' in chosen and "'" not in chosen else '"'
    below = re.match(r"[*+\-#>|`~ ]" if "\n" not in why else r"[*+\-#>|`~ ]|\d+[.)]", why)
    because = f", because{NEW_PARAGRAPH if below else ' '}{why}" if why else ""
    return f"Chosen option: {mark}{chosen}{mark}{because}"


def _says(record: Decision, link: Link, neighbours: Neighbours) -> bool:
    """Whether the status of what it supersedes says so, or a text names it."""
    by_status = neighbours.superseders.get(link.to, ())[:1] == (neighbours.files[record.id],)
    return (link.kind == "supersedes" and by_status) or is_cited(record, link, neighbours)


FIELDS = frozenset({"title", "state", "context", "options", "chosen", "driver", "contributors", "informed", "body"})
"""What the front matter and the sections have a place for."""


def _carried(record: Decision) -> frozenset[str]:
    return carried(record, FIELDS, why=bool(record.chosen))


FORMAT = adr_format(
    "madr", "Markdown decision records", read_madr, Template(_top, _places, _says, _carried, has_front=True, read=read_one)
)
