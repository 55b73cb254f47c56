"""Judges what is not plainly valid: each kind of value as a pydantic model, made from its declaration when first needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Annotated, Any

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them reads every installed package's metadata

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic_core import core_schema

from store.declaring import Invalid, Spec
from store.entity import Value


def judged(kind: type[Value], given: Mapping[str, Any]) -> dict[str, Any]:
    """What an instance of a kind holds that is given these fields, converted where they must be.  Raises ``Invalid``."""
    try:
        made = _adapter(kind).validate_python(dict(given))
    except ValidationError as error:
        raise Invalid(str(error), error.errors(include_url=False)) from None
    return dict(made.__dict__)


def value(spec: Spec, given: Any) -> Any:
    """What a field holds that is given this.  Raises ``Invalid``."""
    try:
        return _adapter(spec.annotation).validate_python(given)
    except ValidationError as error:
        raise Invalid(str(error), error.errors(include_url=False)) from None


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)


@cache
def model(kind: type[Value]) -> type[BaseModel]:
    """A kind as a pydantic model."""
    fields: dict[str, Any] = {name: Annotated[spec.annotation, _info(spec)] for name, spec in kind.model_fields.items()}
    return create_model(kind.__name__, __config__=ConfigDict(frozen=True, extra="allow"), **fields)


def _info(spec: Spec) -> Any:
    return (
        Field(description=spec.description)
        if spec.is_required()
        else Field(default=spec.default, description=spec.description)
    )


def schema(kind: type[Value], handler: Any) -> core_schema.CoreSchema:
    """How pydantic validates a kind wherever it is annotated: as its model, which then becomes the value."""
    return core_schema.no_info_wrap_validator_function(partial(_made, kind), handler.generate_schema(model(kind)))


def _made(kind: type[Value], given: Any, validate: Callable[[Any], BaseModel]) -> Value:
    if isinstance(given, kind):
        return given
    judged = validate(given)
    held = {name: getattr(judged, name) for name in judged.model_fields_set if name in kind.model_fields}
    extra = judged.__pydantic_extra__
    made = kind.of({**held, "extra": dict(extra)} if extra else held)
    if wrong := made.problem():
        raise ValueError(wrong)
    return made
