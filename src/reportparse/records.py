"""``@record``: a frozen, slotted dataclass that is cheap to define and cheap to make.

``@dataclass(frozen=True, slots=True)`` compiles six methods for every class, which for the types of this package is a
tenth of a cold start, and sets every field through ``object.__setattr__``: 9 µs for a fact of forty, more than all else
that a fact costs. Here one method is compiled and the others are shared; and a new object is for a moment of a parent
class that is not frozen, so that its fields are plain assignments. To ``dataclasses``, pydantic, msgspec and pickle the
result is a dataclass like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass
from functools import wraps
from typing import Any, NoReturn, TypeVar, dataclass_transform

__all__ = ["record"]

_T = TypeVar("_T")


class _Record:
    """What all records do alike."""

    __slots__ = ()
    __match_args__: tuple[str, ...]

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({fields})"

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object, ...]]:
        return type(self), _values(self)


def _values(self: Any) -> tuple[object, ...]:
    return tuple(getattr(self, name) for name in self.__match_args__)


@dataclass_transform(frozen_default=True)
def record(cls: type[_T]) -> type[_T]:
    """Make a class of annotated fields a record."""
    thawed: Any = dataclass(slots=True, repr=False, eq=False)(cls)
    fill = thawed.__init__
    set_class = object.__setattr__

    @wraps(fill)
    def made(self: Any, *values: Any, **named: Any) -> None:
        set_class(self, "__class__", thawed)
        fill(self, *values, **named)
        self.__class__ = frozen

    names = ("__doc__", "__module__", "__qualname__")
    frozen: Any = type(
        cls.__name__,
        (_Record, thawed),
        {"__slots__": (), "__init__": made} | {name: getattr(cls, name) for name in names},
    )
    return frozen  # type: ignore[no-any-return]
