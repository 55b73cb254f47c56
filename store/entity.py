"""Frozen values with declared fields, which the entities are made of.

What is valid already is taken as it stands; everything else goes to pydantic (``store.validation``), which converts what can
be converted and says what is wrong with the rest.  The two agree: whatever ``acceptor`` takes, pydantic takes for the same
value.  So the app can show records, and the shell can list them, before anything of pydantic is loaded; that takes longer
than all of the app's own modules.

The names of the methods are pydantic's, for who knows those knows these.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    NamedTuple,
    Self,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
)

from store.annotation import or_none_of, plain_type, words_of
from store.declaring import NOTHING, REQUIRED, Doubt, Limit, Spec, field
from store.taking import DOUBTS, SIMPLE, Take, all_of, by_name, date_or_none, doubtful, each, or_none, row, within


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Declared(type):
    """The type of classes of values: it reads which fields each declares, its bases' first."""

    model_fields: Mapping[str, Spec]

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Declared:
        found = {key: spec for base in bases for key, spec in getattr(base, "model_fields", NOTHING).items()}
        for key, annotation in body.get("__annotations__", {}).items():
            if str(annotation).startswith(("ClassVar", "typing.ClassVar")):
                continue
            if isinstance(annotation, str):
                raise TypeError(f"{name}.{key} is declared in a file whose annotations are not evaluated")
            given = body.pop(key, REQUIRED)
            found[key] = given._replace(annotation=annotation) if isinstance(given, Spec) else Spec(annotation, given)
            if not found[key].is_required():
                body[key] = found[key].default
        return super().__new__(mcs, name, bases, {**body, "model_fields": MappingProxyType(found)})


class Value(metaclass=Declared):
    """A frozen object: an instance holds the fields it was given, its class the defaults of the others.

    Fields that no class declares are kept in ``extra``.  Raises ``Invalid`` for what cannot be.
    """

    extra: ClassVar[Mapping[str, Any]] = NOTHING

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(validated(type(self), given))

    @classmethod
    def model_validate(cls, given: Mapping[str, Any] | Self) -> Self:
        """The value with these fields.  Raises ``Invalid``."""
        return given if isinstance(given, cls) else holding(cls, validated(cls, given))  # type: ignore[arg-type]

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The value with these fields, which are valid."""
        return holding(cls, dict(fields))

    def problem(self) -> str:
        """What is wrong with the fields taken together; "" when nothing is."""
        return ""

    # ---------------------------------------------------------------------------------------------------------- what it is

    @property
    def model_fields_set(self) -> frozenset[str]:
        """The names of the fields it was given."""
        return frozenset(self.__dict__) - {"extra"}

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with some fields changed, which are valid."""
        return type(self).of({**self.__dict__, **update})

    def model_dump(
        self,
        *,
        mode: str = "python",
        exclude_defaults: bool = False,
        exclude_unset: bool = False,
        exclude_none: bool = False,
    ) -> dict[str, Any]:
        """Its fields by name, values inside it as dictionaries too; with ``mode="json"`` as JSON has them."""
        return _dumped_fields(self, Dump(mode == "json", exclude_defaults, exclude_unset, exclude_none))

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    if not TYPE_CHECKING:  # mypy would hold them against the classes, which are keys of caches

        def __eq__(self, other):
            if type(self) is not type(other):
                return NotImplemented
            one, another = self.__dict__, other.__dict__
            return one == another or all(getattr(self, name) == getattr(other, name) for name in {*one, *another})

        def __hash__(self):
            return hash((type(self), tuple(getattr(self, name) for name in type(self).model_fields)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from store.validation import schema

        return schema(cls, handler)


PLAIN = frozenset({str, int, float, bool, type(None)})
"""Types whose values JSON has as they are."""
SEVERAL = (tuple, list)
PARTS = 8192
"""Parts kept once they were read: many links of a workspace lead to the same few records."""


class Dump(NamedTuple):
    """How to write values as dictionaries: whether as JSON has them, and which fields to leave out."""

    as_json: bool
    exclude_defaults: bool
    exclude_unset: bool
    exclude_none: bool


def _dumped_fields(value: Value, how: Dump) -> dict[str, Any]:
    _, exclude_defaults, exclude_unset, exclude_none = how
    given = value.__dict__
    found: dict[str, Any] = {}
    for name, default in _defaults(type(value)):
        if name in given:
            held = given[name]
            if exclude_defaults and held == default:
                continue
        elif exclude_defaults or exclude_unset:
            continue  # what was not given holds its default
        else:
            held = default
        if not (exclude_none and held is None):
            found[name] = held if type(held) in PLAIN else _dumped(held, how)
    for name, held in value.extra.items():
        found[name] = held if type(held) in PLAIN else _dumped(held, how)
    return found


@cache
def _defaults(kind: type[Value]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, spec.default) for name, spec in kind.model_fields.items())


def _dumped(value: Any, how: Dump) -> Any:
    if type(value) is date:
        return value.isoformat() if how.as_json else value
    if isinstance(value, SEVERAL):
        parts = [part if type(part) in PLAIN else _dumped(part, how) for part in value]
        return parts if how.as_json or isinstance(value, list) else tuple(parts)
    if isinstance(value, Value):
        return _dumped_fields(value, how)
    if isinstance(value, Mapping):
        return {name: _dumped(part, how) for name, part in value.items()}
    return value


# ------------------------------------------------------------------------------------------------------- what is valid


def validated(kind: type[Value], given: Mapping[str, Any]) -> dict[str, Any]:
    """What an instance of a kind holds that is given these fields.  Raises ``Invalid``."""
    try:
        return accepted(kind, given)
    except Doubt:
        from store.validation import judged

        return judged(kind, given)


def accepted(kind: type[Value], given: Mapping[str, Any]) -> dict[str, Any]:
    """What an instance holds when every field is plainly valid.  Raises ``Doubt``."""
    plain, takes, required, is_checked = _ways(kind)
    held = dict(given)
    extra: dict[str, Any] = {}
    try:
        for name, value in given.items():
            if plain.get(name) is type(value):  # as most fields are: nothing is done for it
                continue
            if (take := takes.get(name)) is not None:
                held[name] = take(value)
            else:
                extra[name] = held.pop(name)
    except DOUBTS:
        raise Doubt from None
    for name in required:
        if name not in held:
            raise Doubt
    if extra:
        held["extra"] = extra
    if is_checked and kind.of(held).problem():
        raise Doubt
    return held


V = TypeVar("V", bound=Value)


def holding(kind: type[V], held: dict[str, Any]) -> V:
    """The instance of a kind that holds just this, which is nobody else's: it is not copied."""
    made = _new(kind)
    _set(made, "__dict__", held)
    return made


_new, _set = object.__new__, object.__setattr__


class Ways(NamedTuple):
    """How a kind takes its fields: those that take any value of one type, how each takes others, which it needs."""

    plain: Mapping[str, type]
    takes: Mapping[str, Take]
    required: tuple[str, ...]
    is_checked: bool


@cache
def _ways(kind: type[Value]) -> Ways:
    specs = kind.model_fields.items()
    return Ways(
        {name: plain for name, spec in specs if (plain := plain_type(spec.annotation)) is not None},
        {name: acceptor(spec.annotation) for name, spec in specs},
        tuple(name for name, spec in specs if spec.is_required()),
        kind.problem is not Value.problem,
    )


@cache
def acceptor(annotation: Any) -> Take:
    """What takes values of a type, as long as they are plainly of that type."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        take = acceptor(inner[0])
        for limit in inner[1:]:
            take = within(take, limit) if isinstance(limit, Limit) else take
        return take
    if words := words_of(annotation):
        return {word: word for word in words}.__getitem__
    if (other := or_none_of(annotation)) is not None:
        return date_or_none if other is date else partial(or_none, acceptor(other))
    if origin is tuple:
        many = inner[1:] == (...,)
        if not many:
            return partial(row, tuple(map(acceptor, inner)))
        return partial(each, acceptor(inner[0])) if (plain := plain_type(inner[0])) is None else partial(all_of, {plain})
    if origin is not None and issubclass(origin, Mapping) and inner[0] is str:
        return partial(by_name, acceptor(inner[1]))
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return partial(_part, annotation)
    return SIMPLE.get(annotation, doubtful)


def _part(kind: type[Value], value: Any) -> Value:
    if type(value) is kind:
        return value
    if type(value) is not dict:
        raise Doubt
    try:
        return _same(kind, tuple(value.items()))
    except TypeError:  # a list is in it
        return holding(kind, accepted(kind, value))


@lru_cache(maxsize=PARTS)
def _same(kind: type[Value], fields: tuple[tuple[str, Any], ...]) -> Value:
    return holding(kind, accepted(kind, dict(fields)))
