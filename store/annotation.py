"""What the annotation of a field says: of which type its values are, which words it takes, whether it may be None."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from store.declaring import Limit


def or_none_of(annotation: Any) -> Any:
    """The type of a field that takes values of it, and None; None for another field."""
    inner = get_args(annotation)
    may_be = get_origin(annotation) in (Union, UnionType) and len(inner) == 2 and inner[1] is type(None)
    return inner[0] if may_be else None


def plain_type(annotation: Any) -> type | None:
    """The type of which a field takes every value as it stands; None where it takes none, or looks at each."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated and not any(isinstance(limit, Limit) for limit in inner[1:]):
        return plain_type(inner[0])
    if (other := or_none_of(annotation)) is not None:
        return plain_type(other)
    return annotation if annotation in (str, bool, int) else None


def words_of(annotation: Any) -> tuple[str | None, ...]:
    """The words a field takes, and None where it takes that; none where it takes others."""
    if (other := or_none_of(annotation)) is not None:
        return (*words, None) if (words := words_of(other)) else ()
    inner = get_args(annotation)
    return inner if get_origin(annotation) is Literal and all(isinstance(one, str) for one in inner) else ()
