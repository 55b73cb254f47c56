"""Nygard: the records that adr-tools keeps, ``# 7. Title``, with status, context, decision and consequences as sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.exchange.adr_facts import SAID
from store.exchange.adr_format import adr_format, carried
from store.exchange.adr_names import number_of
from store.exchange.adr_reading import read_one, read_records
from store.exchange.adr_writing import Neighbours, Shown, Template, clean, is_cited, one_line, titled
from store.exchange.imported import Imported, Source
from store.exchange.madr import chosen_option, listed_options
from store.model import Decision
from store.parts import Link


def read_nygard(sources: Sequence[Source], words: Sequence[str], kept: str = "") -> Imported:
    """The decision of each file; a file that is no decision record is named and left out."""
    return read_records(sources, words, kept, "nygard")


def _top(shown: Shown, front: Sequence[str]) -> str:
    """The numbered title and the date."""
    record = shown.record
    date = f"Date: {record.decided_on}" if record.decided_on and record.state != "open" else ""
    return "\n\n".join(filter(None, (f"# {shown.number}. {one_line(record.title)}", date)))


def _places(shown: Shown, there: frozenset[str]) -> Mapping[str, str]:
    record = shown.record
    decision = chosen_option(record) if record.chosen and record.why else record.chosen or clean(record.why)
    return {
        "status": "" if "status" in there else titled("Status", "\n\n".join(_status(shown))),
        "context": titled("Context", record.context),
        "options": "" if "options" in there else titled("Considered Options", listed_options(record)),
        "outcome": decision if "outcome" in there else titled("Decision", decision),
    }


def _status(shown: Shown) -> list[str]:
    """The state in a word, unless what superseded it says so; then what it supersedes itself."""
    record, neighbours = shown.record, shown.neighbours
    newer = neighbours.superseders.get(record.id, ()) if record.state == "superseded" else ()
    older = [neighbours.files[old] for old in record.linked("supersedes") if old in neighbours.files]
    states = [f"Superseded by {_called(file, neighbours)}" for file in newer] or [SAID[record.state].capitalize()]
    return [*states, *(f"Supersedes {_called(file, neighbours)}" for file in older)]


def _called(file: str, neighbours: Neighbours) -> str:
    return f"[{number_of(file)}. {neighbours.titles[file]}]({file})"


def _says(record: Decision, link: Link, neighbours: Neighbours) -> bool:
    """Whether the status says so, or a text names it."""
    return (link.kind == "supersedes" and link.to in neighbours.files) or is_cited(record, link, neighbours)


FIELDS = frozenset({"title", "state", "context", "options", "chosen", "body"})
"""What the sections have a place for."""


def _carried(record: Decision) -> frozenset[str]:
    """Of a decision in one line the sections hold what was chosen, else the reason with it."""
    return carried(record, FIELDS, why=bool(record.chosen) or "\n" in record.why)


FORMAT = adr_format(
    "nygard",
    "decision records as adr-tools writes them",
    read_nygard,
    Template(_top, _places, _says, _carried, has_front=False, read=read_one),
)
