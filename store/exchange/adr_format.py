"""Formats of decision records: what MADR and adr-tools have in common, a file a decision or a folder of them."""

from __future__ import annotations

from store.exchange.adr_facts import is_unsaid
from store.exchange.adr_reading import OPTIONS
from store.exchange.adr_writing import Template, write_files
from store.exchange.format import Format, Reader
from store.model import Decision


def adr_format(name: str, about: str, reads: Reader, template: Template) -> Format:
    """The format that reads so, and writes by a template."""
    return Format(
        name=name,
        about=f"{about}, a file or a folder of them",
        suffixes=(".md", ".markdown"),
        options=OPTIONS,
        reads=reads,
        writes_files=lambda records: write_files(records, template),
        kinds=(Decision,),
    )


def carried(record: Decision, fields: frozenset[str], *, why: bool) -> frozenset[str]:
    """Which fields of a decision a file of a template holds: those the template has a place for, ``why`` if it stands there.

    A state that no status says is not among them, nor is the day an open decision is dated: it is no day of deciding.
    """
    unsaid = {"state"} if is_unsaid(record.state, record.body) else set()
    dated = {"decided_on"} if record.state != "open" else set()
    return fields - unsaid | dated | ({"why"} if why else set())
