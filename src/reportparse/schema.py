"""JSON Schema, validation and loading, from the very classes that the parser returns. Pydantic is imported here alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from inspect import cleandoc
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from reportparse import model
from reportparse.model import SCHEMA_VERSION

__all__ = ["json_schema", "load"]

_T = TypeVar("_T")


@cache
def _adapter(cls: type) -> TypeAdapter[list[Any]]:
    # A dataclass cannot be given a configuration from outside, a list of it can, and hands it down to all within.
    return TypeAdapter(list[cls], config=ConfigDict(extra="forbid"))  # type: ignore[valid-type]


def load(cls: type[_T], raw: Any) -> _T:
    """A ``cls`` from decoded JSON whose numbers are Decimal.

    Raises:
        ValueError: it is not a report of this schema version; the message names the first place that is wrong.
    """
    if not isinstance(raw, dict):
        raise ValueError(f"not a report: a JSON object was expected, not {_named(raw)}")
    if "error" in raw:
        error = raw["error"]
        code = error.get("code") if isinstance(error, dict) else None
        raise ValueError(f"not a report, but the object that stands for a file that failed ({code})")
    if raw.get("schema_version") != SCHEMA_VERSION:
        raise ValueError(
            f"schema_version is {_named(raw.get('schema_version'))}; this version reads {SCHEMA_VERSION!r}"
        )
    try:
        loaded: _T = _adapter(cls).validate_python([raw])[0]  # type: ignore[arg-type]  # a class is hashable
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise ValueError(f"not a report: {_place(first['loc'][1:])}: {first['msg']}{more}") from error
    # Pydantic reads "3" as 3 and true as 1; what was written so was not written by us.
    for place, value in _converted(loaded, raw, ()):
        raise ValueError(f"not a report: {_place(place)}: {_named(value)} is of the wrong type")
    return loaded


def _converted(value: Any, raw: Any, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """The places where ``value`` would not be written as ``raw`` reads."""
    if is_dataclass(value):
        for field in fields(value):
            if field.name in raw:  # the schema lets what has a default be left out
                yield from _converted(getattr(value, field.name), raw[field.name], (*place, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _converted(item, raw[key], (*place, key))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from _converted(item, raw[index], (*place, index))
    elif isinstance(value, int) and not isinstance(value, bool):
        if not isinstance(raw, Decimal) or str(value) != str(raw):
            yield place, raw
    elif type(value) is not type(raw) or str(value) != str(raw):
        yield place, raw


def _place(path: tuple[str | int, ...]) -> str:
    return (
        "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".") or "the object"
    )


def _named(raw: Any) -> str:
    if isinstance(raw, dict | list):
        return "an object" if isinstance(raw, dict) else "an array"
    text = str(raw) if isinstance(raw, Decimal) else {None: "null", True: "true", False: "false"}.get(raw, repr(raw))
    return text if len(text) <= 60 else text[:57] + "…"


class _Generator(GenerateJsonSchema):
    def decimal_schema(self, _schema: Any) -> dict[str, Any]:
        """A Decimal is written as a number, and a string is none."""
        return {"type": "number"}

    def field_title_should_be_set(self, _schema: Any) -> bool:
        """No titles that only repeat the name."""
        return False


def json_schema(cls: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one object of output: a ``cls``, or what stands for a file that failed."""
    definitions = _adapter(cls).json_schema(schema_generator=_Generator)["$defs"]
    for name, definition in definitions.items():
        # Not every version of pydantic says these two.
        documented = cls if name == cls.__name__ else getattr(model, name)
        definition["description"] = cleandoc(documented.__doc__ or "").replace("``", "`")
        definition["additionalProperties"] = False
    definitions[cls.__name__]["properties"]["schema_version"] = {"const": SCHEMA_VERSION}
    definitions["Failure"] = _object(
        "What stands for a file that could not be read.",
        schema_version={"const": SCHEMA_VERSION},
        source=_object("", name={"type": "string"}),
        error=_object("", code={"type": "string", "pattern": "^RP-[A-Z]+-[0-9]{3}$"}, reason={"type": "string"}),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:reportparse:schema:{SCHEMA_VERSION}",
        "title": "reportparse",
        "description": "One file: its report, or why there is none. Positions count Unicode code points of the document's text.",
        "anyOf": [{"$ref": f"#/$defs/{cls.__name__}"}, {"$ref": "#/$defs/Failure"}],
        "$defs": dict(sorted(definitions.items())),
    }


def _object(description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    closed = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {"description": description, **closed} if description else closed
