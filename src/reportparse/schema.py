"""JSON Schema, validation and loading, from the very classes that the parser returns. Pydantic is imported here alone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from reportparse.report import Report

__all__ = ["json_schema", "load"]


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def load(raw: Any) -> Report:
    """A report from decoded JSON whose numbers are Decimal.

    Raises:
        ValueError: it is not a report of this schema version.
    """
    return _adapter().validate_python(raw)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line of output: a report, or the object that stands for a file that failed."""
    raise NotImplementedError
