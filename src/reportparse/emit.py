"""JSON text from the types of :mod:`reportparse.model`, digit for digit.

A Decimal is written as a JSON number with the digits that it holds: ``113.50``, ``0.00``, and with an exponent, which
JSON allows too, below a millionth (``1E-7``). The standard encoder would take it through binary floating point. Decimals
are finite: the grammar makes them from digits, and :meth:`Report.from_json` accepts nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

__all__ = ["to_json", "to_json_once"]


def to_json(value: Any, indent: int | None = None) -> str:
    """``value`` as JSON text; ``indent`` spaces a level, or everything on one line."""
    import msgspec

    data = _encoder().encode(value)
    if indent:
        data = msgspec.json.format(data, indent=indent)
    return str(data, "utf-8")


@cache
def _encoder() -> Any:
    import msgspec

    return msgspec.json.Encoder(decimal_format="number")


def to_json_once(value: Any) -> str:
    """The very text of :func:`to_json`, without msgspec: for a process that writes one report and ends.

    To import msgspec takes as long as to write some twenty reports here; for more than that it is five times as fast.
    """
    write = _writers()
    return write[type(value)](value)


class _Writers(dict[type, Callable[[Any], str]]):
    """Type → function to JSON text. That of a dataclass is made when the first of its kind is met."""

    def __missing__(self, cls: type) -> Callable[[Any], str]:
        names = [field.name for field in fields(cls)]
        values = attrgetter(*names)
        template = "{" + ",".join(f'"{name}":%s' for name in names) + "}"

        def write(value: Any) -> str:
            return template % tuple(["null" if v is None else self[type(v)](v) for v in values(value)])

        self[cls] = write
        return write


def _writers() -> _Writers:
    # As msgspec does it; to import the standard encoder for this alone takes twice as long as all the writing.
    escapes = {code: f"\\u{code:04x}" for code in range(32)}
    escapes.update({ord(char): f"\\{name}" for char, name in zip('"\\\b\f\n\r\t', '"\\bfnrt', strict=True)})

    def quoted(text: str) -> str:
        if text.isprintable() and '"' not in text and "\\" not in text:
            return f'"{text}"'
        return f'"{text.translate(escapes)}"'

    def array(items: Iterable[Any]) -> str:
        return f"[{','.join([write[type(item)](item) for item in items])}]"

    def mapping(items: Mapping[str, Any]) -> str:
        return "{" + ",".join([f"{quoted(key)}:{write[type(item)](item)}" for key, item in items.items()]) + "}"

    def boolean(value: bool) -> str:
        return "true" if value else "false"

    def null(_value: None) -> str:
        return "null"

    write = _Writers(
        {str: quoted, int: str, Decimal: str, bool: boolean, type(None): null, tuple: array, list: array, dict: mapping}
    )
    return write
