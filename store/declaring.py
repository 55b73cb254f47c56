"""What a class of values declares of its fields: defaults, descriptions, limits; and what is said when they are not kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

REQUIRED: Any = object()
"""The default of a field that has none."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Doubt(Exception):
    """Something that is not plainly valid: pydantic is to judge it."""


class Invalid(ValueError):
    """Fields that cannot be what they were given; ``errors`` tells each place and what is wrong there, as pydantic does."""

    def __init__(self, message: str, problems: list[Any]) -> None:
        super().__init__(message)
        self._problems = problems

    def errors(self) -> list[Any]:
        """Mappings with ``loc``, the names on the way to what is wrong, and ``msg``."""
        return self._problems


class Spec(NamedTuple):
    """What a class declares of a field."""

    annotation: Any = None
    default: Any = REQUIRED
    description: str = ""

    def is_required(self) -> bool:
        """Whether nothing stands for it when it is left out."""
        return self.default is REQUIRED

    def get_default(self) -> Any:
        """What stands for it when it is left out; None for a required one."""
        return None if self.is_required() else self.default


def field(*, default: Any = REQUIRED, description: str = "") -> Any:
    """Declares a field: its default, and what people read about it."""
    return Spec(None, default, description)


class Limit(NamedTuple):
    """Annotated to a number or a text: how low, how high it may be, and what it must look like.

    ``plainly`` tells in fewer instructions of most texts that they look so, of all it is given; where it is false, the
    pattern says.
    """

    ge: float | None = None
    le: float | None = None
    pattern: str | None = None
    plainly: Callable[[Collection[str]], bool] | None = None

    def holds(self, value: Any) -> bool:
        """Whether a value is within the limit."""
        if self.pattern is not None:
            import re

            return re.search(self.pattern, value) is not None
        return (self.ge is None or value >= self.ge) and (self.le is None or value <= self.le)

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        bounds = {"ge": self.ge, "le": self.le, "pattern": self.pattern}
        return {**handler(source), **{name: bound for name, bound in bounds.items() if bound is not None}}


class OneOrMore(NamedTuple):
    """Annotated to a tuple of texts: a single text is a tuple of one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(
            lambda value: (value,) if isinstance(value, str) else value, handler(source)
        )
