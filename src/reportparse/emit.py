"""JSON text from the types of :mod:`reportparse.model`, digit for digit.

msgspec writes a Decimal as a JSON number with the digits it holds; the standard encoder would take it through binary
floating point.
"""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = ["to_json"]

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def to_json(value: Any, indent: int | None = None) -> str:
    """``value`` as JSON text; ``indent`` spaces a level, or everything on one line."""
    data = _ENCODER.encode(value)
    if indent:
        data = msgspec.json.format(data, indent=indent)
    return data.decode("utf-8")
