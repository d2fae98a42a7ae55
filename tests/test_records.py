"""A record is a frozen dataclass in every respect that anybody can ask about."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace

import pytest

from reportparse.model import Compared, Region
from reportparse.records import record

CHENGDU = Region("成都市", "市", "510100")


def test_it_is_a_dataclass() -> None:
    assert is_dataclass(Region)
    assert [field.name for field in fields(Region)] == ["name", "level", "code"]
    assert replace(CHENGDU, code=None) == Region("成都市", "市", None)
    assert repr(CHENGDU) == "Region(name='成都市', level='市', code='510100')"
    assert Region.__doc__ is not None
    assert Region.__module__ == "reportparse.model"


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_copies_are_equal(again: object) -> None:
    one = again(CHENGDU)  # type: ignore[operator]
    assert one == CHENGDU
    assert hash(one) == hash(CHENGDU)
    assert type(one) is Region


def test_records_of_other_classes_are_not_equal() -> None:
    assert Compared("2023", "actual") != ("2023", "actual")
    assert Compared("2023", "actual") != Compared("2022", "actual")


def test_it_is_frozen_and_slotted() -> None:
    with pytest.raises(FrozenInstanceError):
        CHENGDU.name = "绵阳市"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del CHENGDU.name
    with pytest.raises(FrozenInstanceError):
        CHENGDU.other = 1  # type: ignore[attr-defined]
    assert not hasattr(CHENGDU, "__dict__")


def test_arguments_are_checked() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'code'"):
        Region("成都市", "市")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'post'"):
        Region("成都市", "市", None, post=610000)  # type: ignore[call-arg]


def test_defaults() -> None:
    @record
    class Point:
        """One point."""

        x: int
        y: int = 0

    assert Point(1) == Point(x=1, y=0)
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)
