"""Records from and to other formats: a module here that declares ``FORMAT`` is one, without being registered anywhere."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.quoting import quoted

if TYPE_CHECKING:
    from store.exchange.format import Format


@functools.cache
def formats() -> Mapping[str, Format]:
    """Every format by its name, in the order of the alphabet."""
    found = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    named = {module.FORMAT.name: module.FORMAT for module in found if hasattr(module, "FORMAT")}
    return MappingProxyType(dict(sorted(named.items())))


def named(name: str) -> Format:
    """The format of that name; raises ``UsageError`` with the names there are."""
    if name not in formats():
        raise UsageError(f"There is no format “{quoted(name)}”. There are {', '.join(formats())}.")
    return formats()[name]
