"""Documents that break the model are records all the same: what cannot be read of them is kept aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.declaring import Invalid
from store.model import BY_TABLE, Record, entity
from store.operations import Document


def read(table: str, key: str, document: Document) -> Record:
    """The record a stored document describes.

    A document that breaks the model (written by another tool) is still shown: the fields that cannot be read are moved
    aside into the extra field ``unreadable``, so that saving the record keeps them.
    """
    try:
        return entity(table, key, document)
    except Invalid as error:
        broken = {str(problem["loc"][0]) for problem in error.errors()}
        kind = BY_TABLE[table]
        kept = {name: value for name, value in document.items() if name not in broken}
        aside = {name: document[name] for name in broken if name in document}
        return entity(table, key, {kind.headline: f"(damaged {kind.noun})", **kept, "unreadable": aside})


def unreadable(record: Record) -> Mapping[str, Any]:
    """The fields of a record that could not be read, by name."""
    aside: Mapping[str, Any] = record.extra.get("unreadable", {})
    return aside
