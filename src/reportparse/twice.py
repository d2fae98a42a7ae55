"""Whether two figures under one key are likelier of two things than one of them misprinted.

A slip of the pen leaves its trace: one digit, two that are swapped, a shifted point. Two figures of which no slip makes one of
the other are likelier of two things where they are far apart (only of a class with its name or code, which is hardly taken for
another, that is a finding too); where their labels speak of different scopes (财政拨款收入 and 财政拨款收入总计); where what lies
between them is printed, as what was carried over is; where one of them is printed for another fund as well and its own words do
not say which it is; and where neither says so and neither fails in any other relation. A key with three figures is one of several
things: who misprints a figure prints it rightly elsewhere. Of marks only a slip counts, for every project of a report has one.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from decimal import Decimal

from reportparse.checks import Sets
from reportparse.model import Fact
from reportparse.nearby import FUND, Nearby
from reportparse.relations import Number, Relation

__all__ = ["are_of_two_scopes", "are_two_things"]

_FAR = Decimal("0.2")
"""How far two statements of one thing are seldom apart."""
_SEVERAL = 3
"""Figures under one key that are no misprints of one another."""
_SCOPE = re.compile(f"{FUND.pattern}|当年|本年|上年|结转|结余")
_OF_ALL = re.compile("总计|合计|总额|总[收支预]")
_TOTALS = frozenset({"revenue.total", "expenditure.total", "revenue.current", "expenditure.current"})
"""What has another figure with what was carried over than without, so that 总计 says more than 合计."""


def are_two_things(relation: Relation, failing: AbstractSet[int], sets: Sets, nearby: Nearby) -> bool:
    """Whether the two sides of a relation between statements of one thing are likelier of two; ``failing`` are the numbers that
    another relation does not hold with.
    """
    first, second = (sets.number(i) for i in (relation.all[0], relation.all[-1]))
    if "unchanged" in (first.state, second.state):
        return True  # 持平 and a change are of two comparisons
    one, other = first.value, second.value
    if not (
        isinstance(first, Fact) and isinstance(second, Fact) and isinstance(one, Decimal) and isinstance(other, Decimal)
    ):
        return False
    if relation.check == "unit":
        return _are_in_two_units(first, second, sets, nearby)
    if _are_far_apart(first, second, one, other):
        return True
    if first.aspect != "value":
        # 执行率96%，为年初预算的91%: nobody states one rate twice in a breath, and these are of two comparisons
        return first.sentence is not None and first.sentence == second.sentence
    several = _figures_of(first, sets, nearby) >= _SEVERAL
    if first.kind == "score":
        return several or not _is_a_slip(one, other)
    if first.unit != second.unit or _is_a_slip(one, other):
        return False
    if several or first.kind != "amount":
        return several
    if not _is_a_class(first):
        said = nearby.says_its_fund(first) or nearby.says_its_fund(second)
        if are_of_two_scopes(first, second) or not (said or failing & set(relation.all)):
            return True
    return nearby.is_amount(abs(one - other), first.unit) or any(
        _is_of_another_fund(fact, nearby) for fact in (first, second)
    )


def are_of_two_scopes(first: Fact, second: Fact) -> bool:
    """Whether two labels in prose speak of different money; those of tables say little."""
    if first.cell is not None or second.cell is not None:
        return False
    scopes = [set(_SCOPE.findall(fact.label or "")) for fact in (first, second)]
    if first.concept in _TOTALS and first.member is None:
        for scope, fact in zip(scopes, (first, second), strict=True):
            scope.update(word.removesuffix("额")[:1] + "计" for word in _OF_ALL.findall(fact.label or ""))
    return scopes[0] != scopes[1]


def _is_a_class(fact: Fact) -> bool:
    return (fact.member or "")[:3].isdigit()


def _are_far_apart(first: Fact, second: Fact, one: Decimal, other: Decimal) -> bool:
    if _is_a_class(first) or first.unit != second.unit:
        return False
    one, other = abs(one), abs(other)
    return abs(one - other) > _FAR * max(one, other) and not _is_a_slip(one, other)


def _figures_of(fact: Fact, sets: Sets, nearby: Nearby) -> int:
    """How many figures a key has, less those that are others rounded."""
    values = {sets.rounded(i) for i in nearby.by_key.get((fact.part, fact.key), ())}
    return len(values) - sum(any(a != b and a.meets(b) for b in values) for a in values)


def _are_in_two_units(first: Fact, second: Fact, sets: Sets, nearby: Nearby) -> bool:
    """Whether two statements in two units are far apart; or have the same digits, and so has another number of the table that one
    of them stands in: its unit is read wrongly.
    """
    if first.value == second.value:
        tables = [fact.cell.table for fact in (first, second) if fact.cell is not None]
        inside = (sets.number(i) for table in tables for i in nearby.by_place["table", table])
        return any(
            isinstance(fact, Fact) and fact.key != first.key and _is_in_another_unit(fact, sets, nearby)
            for fact in inside
        )
    one, other = first.yuan, second.yuan
    return one is not None and other is not None and abs(one - other) > _FAR * max(abs(one), abs(other))


def _is_in_another_unit(fact: Fact, sets: Sets, nearby: Nearby) -> bool:
    """Whether a figure has the digits of another statement of its key, and another unit."""
    same: list[Number] = [sets.number(i) for i in nearby.by_key.get((fact.part, fact.key), ())]
    return bool(fact.value) and any(other.value == fact.value and other.unit != fact.unit for other in same)


def _is_of_another_fund(fact: Fact, nearby: Nearby) -> bool:
    """Whether a figure that does not say in words of which money it is, is printed for another fund, or for all."""
    if nearby.says_its_fund(fact):
        return False
    if not isinstance(fact.value, Decimal):
        return False
    return any(
        (other.concept, other.member) == (fact.concept, fact.member)
        and (other.fund, other.basis, other.period) != (fact.fund, fact.basis, fact.period)
        and not other.cross
        and (fact.cell is None or (other.cell is None and FUND.search(other.label or "") is not None))
        for other in nearby.printed_as(fact.value, fact.unit)
    )


def _is_a_slip(first: Decimal, second: Decimal) -> bool:
    """Whether one number becomes the other by a digit that is wrong or missing, two that are swapped, or a shifted point."""
    one, other = (str(value.normalize()).replace(".", "").strip("0") for value in (first, second))
    if one == other or sorted(one) == sorted(other):
        return True
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) - len(shorter) == 1 and any(longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer)))
