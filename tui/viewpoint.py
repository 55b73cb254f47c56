"""From where one looks at the records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from store.index import Predicate
from store.model import Record
from store.operations import Transaction

NOTHING: Mapping[str, str] = MappingProxyType({})


def unreadable(record: Record) -> bool:
    """What a filter lets through that cannot be read: nothing, for to show anything would tell a falsehood."""
    return False


class Viewpoint(NamedTuple):
    """From where one looks: the day, who looks, what is chosen, what is let through, and the lens's own options.

    ``history`` is what was done, newest first, as far back as the lens looks; None where it was not read.
    """

    today: date
    me: str = ""
    chosen: str | None = None
    where: Predicate | None = None
    archived: bool = False
    options: Mapping[str, str] = NOTHING
    history: tuple[Transaction, ...] | None = None
    filter: str = ""
    """What ``where`` was read from, to name the clause that leaves a record out."""
    reviewed: str = ""
    """When I ended my last review, as the store writes times; "" for never, and where no lens asks for it."""

    def lets(self, record: Record) -> bool:
        """Whether a record passes the filter and is not put away."""
        return (self.archived or not record.archived) and (self.where is None or self.where(record))
