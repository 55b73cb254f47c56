"""Log: the decisions as one Markdown page with an index; written only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from store.decision_log import Entry, by_month, by_state, entries
from store.exchange.adr_writing import clean
from store.exchange.format import Format
from store.exchange.markdown import inline
from store.model import Decision, Record

_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def write_log(records: Sequence[Record]) -> str:
    """A page for the decisions among some records, the newest first; "" without any.

    Short texts are escaped.  Long ones are Markdown already and stand in quotes, so that no heading or fence of theirs
    reaches past them, and no tag of theirs is one.
    """
    found = entries(records)
    if not found:
        return ""
    return "\n\n".join(["# Decision log", *_index(found), *(block for one in found for block in _entry(one))]) + "\n"


def _index(found: Sequence[Entry]) -> Iterator[str]:
    for title, group in by_state(found):
        rows = [f"| [{one.record.id}](#{one.record.id}) | {one.day} | {inline(one.record.label)} |" for one in group]
        yield f"## {title} ({len(group)})"
        yield "\n".join(["| | Date | Decision |", "| --- | --- | --- |", *rows])
    yield "## By date"
    yield "\n".join(
        f"* {month}: " + ", ".join(f"[{one.record.id}](#{one.record.id})" for one in group)
        for month, group in by_month(found)
    )


def _entry(one: Entry) -> Iterator[str]:
    yield f'## <a id="{one.record.id}"></a>{one.record.id} {inline(one.record.label)}'
    facts = [f"* {label}: {inline(text)}" for label, text in one.facts]
    facts += [f"* {label}: {_leads(ids)}" for label, ids in one.chain]
    yield "\n".join(facts)
    for label, text in one.texts:
        yield f"### {label}"
        yield "\n".join(f"> {line}".rstrip() for line in _TAG.sub(r"\\<", clean(text)).strip("\n").split("\n"))


def _leads(ids: Sequence[str]) -> str:
    return ", ".join(f"[{record_id}](#{record_id})" for record_id in ids)


FORMAT = Format(
    name="log",
    about="the decisions as one Markdown page with an index",
    suffixes=(".md",),
    writes=write_log,
    kinds=(Decision,),
)
