"""What text can be put into a field of an entity, read from its declaration in the model."""

from __future__ import annotations

import functools
import math
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from store import validation
from store.declaring import Invalid
from store.exchange.imported import STAMPS
from store.mistakes import said
from store.model import Record
from store.parts import Shown

ELSEWHERE = frozenset({"id", "links", "source"}) | STAMPS
"""Fields that are never filled from a cell: identity and bookkeeping."""

Sort = Literal["text", "long", "texts", "date", "word", "value"]
"""One line, several lines, a list, a date, one of a few words, or a number or yes/no."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a field takes text: its sort, whether it names people, and its ``words`` where only some are allowed."""

    sort: Sort
    people: bool = False
    words: tuple[str, ...] = ()


@functools.cache
def shapes(kind: type[Record]) -> Mapping[str, Shape]:
    """Field → shape, for each field of the kind that text can fill; fields with parts of their own are left out."""
    found = {}
    for name, field in kind.model_fields.items():
        if name not in ELSEWHERE and (shape := _shape(field.annotation)):
            found[name] = shape
    return types.MappingProxyType(found)


def _shape(annotation: Any) -> Shape | None:
    annotation, marks = _bare(annotation)
    shown = next((mark for mark in marks if isinstance(mark, Shown)), Shown())
    if shown.reference:
        return None
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Literal:
        return Shape("word", words=inner)
    if origin is tuple and inner[1:] == (...,):
        part = _shape(inner[0])
        return Shape("texts", people=part.people) if part and part.sort == "text" else None
    if annotation is str:
        return Shape("long" if shown.long else "text", people=shown.people)
    return Shape("date") if annotation is date else Shape("value") if annotation in (int, float, bool) else None


def _bare(annotation: Any) -> tuple[Any, list[Any]]:
    """The type without ``| None`` and ``Annotated``, and what ``Annotated`` said."""
    marks: list[Any] = []
    while True:
        inner = typing.get_args(annotation)
        if typing.get_origin(annotation) is typing.Annotated:
            annotation, marks = inner[0], [*marks, *inner[1:]]
        elif typing.get_origin(annotation) in (typing.Union, types.UnionType) and inner[1:] == (type(None),):
            annotation = inner[0]
        else:
            return annotation, marks


def value_of(kind: type[Record], field: str, text: str) -> Any:
    """The text as the field takes it; raises ``ValueError`` with the reason in a few words."""
    try:
        value = validation.value(kind.model_fields[field], text)
    except Invalid as error:
        raise ValueError(said(error.errors()[0])) from None
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("it is no number that can be kept")  # JSON has neither infinity nor NaN
    return value
