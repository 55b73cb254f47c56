"""Log as HTML: the decisions as one page that stands alone, on a screen and on paper; written only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from store.decision_log import Entry, by_month, by_state, entries
from store.exchange.adr_writing import clean
from store.exchange.format import Format
from store.model import Decision, Record

_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; }
article { border-top: 1px solid; margin-top: 2rem; }
h3 { font-size: 1rem; margin-bottom: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .15rem .75rem .15rem 0; }
td.day, td.id { white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
dt { opacity: .7; }
dd { margin: 0; overflow-wrap: anywhere; }
.text { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print {
  body { max-width: none; margin: 0; font-size: 10pt; }
  a { color: inherit; text-decoration: none; }
  h2, h3 { break-after: avoid; }
  tr, dl { break-inside: avoid; }
}
"""
_HEAD = f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Decision log</title>
<style>
{_STYLE}</style>
</head>
<body>
<h1>Decision log</h1>
"""
_FOOT = "</body>\n</html>\n"


def write_page(records: Sequence[Record]) -> str:
    """A page for the decisions among some records, the newest first; "" without any.

    Everything people wrote is escaped text, Markdown is shown as it was typed; nothing is fetched from anywhere.
    """
    found = entries(records)
    if not found:
        return ""
    lines = [*_index(found), *(line for one in found for line in _entry(one))]
    return _HEAD + "".join(line + "\n" for line in lines) + _FOOT


def _text(text: str) -> str:
    return escape(clean(text))


def _index(found: Sequence[Entry]) -> Iterator[str]:
    yield "<nav>"
    for title, group in by_state(found):
        yield f"<h2>{title} ({len(group)})</h2>"
        yield "<table>"
        yield "<tr><th></th><th>Date</th><th>Decision</th></tr>"
        for one in group:
            title_cell = f"<td>{_text(one.record.label)}</td>"
            yield f'<tr><td class="id">{_leads([one.record.id])}</td><td class="day">{one.day}</td>{title_cell}</tr>'
        yield "</table>"
    yield "<h2>By date</h2>"
    yield "<ul>"
    for month, group in by_month(found):
        yield f"<li>{month}: {_leads(one.record.id for one in group)}</li>"
    yield "</ul>"
    yield "</nav>"


def _leads(ids: Iterable[str]) -> str:
    return ", ".join(f'<a href="#{_text(record_id)}">{_text(record_id)}</a>' for record_id in ids)


def _entry(one: Entry) -> Iterator[str]:
    yield f'<article id="{one.record.id}">'
    yield f"<h2>{one.record.id} {_text(one.record.label)}</h2>"
    yield "<dl>"
    for label, text in one.facts:
        yield f"<dt>{label}</dt><dd>{_text(text)}</dd>"
    for label, ids in one.chain:
        yield f"<dt>{label}</dt><dd>{_leads(ids)}</dd>"
    yield "</dl>"
    for label, text in one.texts:
        yield f"<h3>{_text(label)}</h3>"
        yield f'<p class="text">{_text(text.strip(chr(10)))}</p>'
    yield "</article>"


FORMAT = Format(
    name="log-html",
    about="the decisions as one HTML page that stands alone and prints well",
    suffixes=(".html",),
    writes=write_page,
    kinds=(Decision,),
)
