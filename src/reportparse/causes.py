"""What would explain a relation that does not hold: one slip of the pen at a time, ranked by what else it mends.

Every number of the relation is written anew with two neighbouring digits swapped, one digit changed, the point moved, the
other unit, the other sign, or the value of the year before; a part is left out or added. What makes the relation hold is a
cause, and is tried on all other relations of that number: one that mends more of them, and breaks fewer, comes first.
Nothing is ever applied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from reportparse.checkrules import CheckRules
from reportparse.checks import Checked, Sets, computed, fits, judge, unit_of
from reportparse.intervals import Interval, exactly, printed, total
from reportparse.model import Fact
from reportparse.relations import Number

__all__ = ["Explanation", "explain"]

_PRIORS: Mapping[str, Decimal] = {
    what: Decimal(share)
    for what, share in (
        ("digits_swapped", "0.2"), ("digit_wrong", "0.2"), ("part_missing", "0.15"), ("unit_slip", "0.15"),
        ("decimal_shift", "0.1"), ("last_year", "0.1"), ("part_counted_twice", "0.05"), ("sign", "0.1"),
        ("other_statement", "0.05"), ("wrong_number", "0.0001"), ("balancing_figure", "0.00001"),
    )
}  # fmt: skip
"""How the mistakes of authors are shared out among their kinds: assumed, for want of a count of them. What decides between
two causes that mend as much is chiefly among how many of its kind one was found: of thirty numbers, one digit of one of
them can be wrong in a thousand ways, and some of these mend anything.
"""
_EXACT = 3
"""How much likelier a cause is after which the printed digits themselves add up."""
_ODD_ONE_OUT = 100
"""How much likelier a unit is wrong that stands alone among others. One of the many in 元 says little of a sum in 万元 but that
this part is none of it."""
_WITHIN = 4
"""A part that is missing is seldom more than so many times the mean of the others."""
_AT_MOST = 5
_FAILED = frozenset({"inconsistent", "truncated", "improbable"})
_SWAPPED_UNITS: Mapping[str, tuple[str, Decimal]] = {"元": ("万元", Decimal(10_000)), "万元": ("元", Decimal(1))}


class Explanation(NamedTuple):
    """One cause. ``repairs`` are the relations that would hold, by their place among all; ``change`` says what for what."""

    what: str
    change: str
    repairs: tuple[int, ...]
    odds: Decimal
    """How likely it is beside others that mend as much."""
    breaks: int = 0
    fact: int | None = None
    """Which number it changes."""


class _Edit(NamedTuple):
    what: str
    fact: int
    text: str
    set: Interval
    value: Decimal


def explain(checked: Sequence[Checked], sets: Sets, rules: CheckRules) -> dict[int, tuple[Explanation, ...]]:
    """The causes of every relation that is inconsistent, by its place among ``checked``, the likeliest first."""
    if all(one.outcome not in _FAILED for one in checked):
        return {}
    return _Explainer(checked, sets, rules).explain()


class _Explainer:
    def __init__(self, checked: Sequence[Checked], sets: Sets, rules: CheckRules) -> None:
        self.checked = checked
        self.sets = sets
        self.rules = rules
        self.of_fact: dict[int, list[int]] = {}
        for at, one in enumerate(checked):
            for i in dict.fromkeys(
                (*one.parts, *((one.relation.reported,) if one.relation.reported is not None else ()))
            ):
                self.of_fact.setdefault(i, []).append(at)
        units = Counter(number.unit for i in self.of_fact if (number := sets.number(i)).kind == "amount")
        self.usual_unit = units.most_common(1)[0][0] if units else None
        self.changes: dict[str, int] = {}
        self.copies: dict[tuple[object, ...], list[int]] = {}
        for i in self.of_fact:
            number = sets.number(i)
            if isinstance(number, Fact):
                self.copies.setdefault((number.part, number.key, number.yuan or number.value), []).append(i)
            if isinstance(number, Fact) and number.aspect == "change" and number.base is not None:
                self.changes.setdefault(number.base, i)

    def explain(self) -> dict[int, tuple[Explanation, ...]]:
        found: dict[int, tuple[Explanation, ...]] = {}
        for at, one in enumerate(self.checked):
            if one.outcome == "inconsistent":
                causes = sorted(self._causes(at, one), key=_rank)
                # That some number is wrong is worth saying where two relations agree on what it should be.
                causes = [c for c in causes if c.what != "wrong_number" or len(c.repairs) > 1]
                kept = [c for k, c in enumerate(causes) if c.change not in {d.change for d in causes[:k]}]
                found[at] = tuple(kept[:_AT_MOST])
            if one.relation.check == "share" and one.outcome in _FAILED:
                for balanced, cause in self._balancing(one):
                    found[at] = (*found.get(at, ()), cause)
                    found[balanced] = (*found.get(balanced, ()), cause)
        return found

    def _causes(self, at: int, one: Checked) -> Iterator[Explanation]:
        relation = one.relation
        numbers = dict.fromkeys((*((relation.reported,) if relation.reported is not None else ()), *one.parts))
        fitting: list[_Edit] = []
        tried: dict[str, int] = {}
        for i in numbers:
            test = self._test(one, i)
            for edit in self._edits(i, one):
                tried[edit.what] = tried.get(edit.what, 0) + 1
                if test(edit.set):
                    fitting.append(edit)
        for edit in fitting:
            yield self._weigh(at, one, edit, tried[edit.what])
        if relation.form == "sum" and relation.check not in ("restated", "change", "balance", "indicator", "posts"):
            yield from self._parts(at, one)

    # -- slips ------------------------------------------------------------------------------------------------------------

    def _edits(self, i: int, one: Checked) -> Iterator[_Edit]:
        """What a number may have been meant to be."""
        number = self.sets.number(i)
        value = number.value
        if not isinstance(value, Decimal) or number.qualifier is not None or number.state == "unchanged" or not value:
            return
        digits = f"{abs(value):f}"
        minus = "-" if value < 0 else ""
        unit = unit_of(number)
        exact = self.sets.rounded(i).is_point

        def edit(what: str, text: str, unit: Decimal = unit, name: str = "") -> _Edit:
            new = Decimal(text)
            places = -int(new.as_tuple().exponent)
            true = exactly(new * unit) if exact else printed(new * unit, unit.scaleb(-places))
            return _Edit(what, i, f"{value:f}{name and number.unit} → {text}{name}", true, new * unit)

        for text in _swapped(digits):
            yield edit("digits_swapped", minus + text)
        for text in _changed(digits):
            yield edit("digit_wrong", minus + text)
        if "." in digits:
            for places in (1, -1, 2, -2):
                yield edit("decimal_shift", f"{value.scaleb(places):f}")
        other = _SWAPPED_UNITS.get(number.unit or "")
        if other is not None and number.kind == "amount":
            yield edit("unit_slip", f"{value:f}", other[1], other[0])
        needed = self._needed(i, one)
        if needed is not None:
            low, high = (f"{(end / unit).normalize():f}" for end in needed[:2])
            shown = low if low == high else f"{low}～{high}"
            yield _Edit("wrong_number", i, f"{value:f} → {shown}", needed, needed.middle)
        if isinstance(number, Fact):
            if number.aspect in ("change", "change_rate"):
                yield edit("sign", f"{-value:f}")
            yield from self._last_year(i, number, unit)
            if one.relation.check == "restated":
                yield from self._as_elsewhere(i, one)

    def _needed(self, i: int, one: Checked) -> Interval | None:
        """What a part of a sum would have to be for the sum to hold."""
        if (
            one.relation.form != "sum"
            or one.relation.op != "="
            or i not in one.parts
            or one.relation.check == "restated"
        ):
            return None
        at = one.parts.index(i)
        weights = one.relation.weights if one.parts is one.relation.parts else (1,) * len(one.parts)
        rest = total(self.sets.rounded(j).times(Decimal(weights[k])) for k, j in enumerate(one.parts) if k != at)
        needed = one.reported.minus(rest).times(Decimal(weights[at]))
        return needed if needed.low > 0 else None

    def _last_year(self, i: int, fact: Fact, unit: Decimal) -> Iterator[_Edit]:
        """The amount of the year before in this year's place: with the printed change it would be this year's."""
        change = self.changes.get(fact.id)
        if change is None or fact.value is None:
            return
        meant = self.sets.rounded(i).plus(self.sets.rounded(change))
        value = meant.middle / unit
        if value > 0:
            yield _Edit("last_year", i, f"{fact.value} → {value.normalize():f}", meant, meant.middle)

    def _as_elsewhere(self, i: int, one: Checked) -> Iterator[_Edit]:
        """The amount that the other statement has."""
        for other in (one.relation.reported, *one.parts):
            if other is not None and other != i:
                number, same = self.sets.number(other), self.sets.number(i)
                true = self.sets.rounded(other)
                text = f"{same.value}{same.unit or ''} → {number.value}{number.unit or ''}"
                yield _Edit("other_statement", i, text, true, true.middle)

    # -- parts ------------------------------------------------------------------------------------------------------------

    def _parts(self, at: int, one: Checked) -> Iterator[Explanation]:
        """A part that is listed twice, or one that is forgotten."""
        reported, found = one.reported, one.computed
        if found.middle > reported.middle:
            for i in one.parts:
                rest = total(self.sets.rounded(j) for j in one.parts if j != i)
                if rest.meets(reported) and len(one.parts) > 1 and self.sets.number(i).value:
                    odds = _PRIORS["part_counted_twice"] / len(one.parts)
                    yield Explanation("part_counted_twice", f"− {_named(self.sets.number(i))}", (at,), odds, 0, i)
            return
        gap = reported.minus(found)
        unlisted = list(self._unlisted(one))
        fitting = [i for i in unlisted if self.sets.rounded(i).meets(gap)]
        for i in fitting:
            odds = _PRIORS["part_missing"] / len(unlisted)
            named = self.sets.number(i)
            yield Explanation(
                "part_missing", f"+ {_named(named)}", (at,), odds, 0, i if isinstance(named, Fact) else None
            )
        mean = found.middle / len(one.parts)
        if not fitting and mean > 0:
            shown = self.sets.number(one.relation.reported) if one.relation.reported is not None else None
            unit = unit_of(shown) if shown is not None else Decimal(1)
            name = (shown.unit if shown is not None else "%") or ""
            low, high = (f"{(end / unit).normalize():f}" for end in gap[:2])
            width = min((gap.high - gap.low) / mean, Decimal(1))
            odds = _PRIORS["part_missing"] * width * (1 if gap.low < _WITHIN * mean else width)
            yield Explanation("part_missing", f"+ {low}～{high}{name}", (at,), odds)

    def _unlisted(self, one: Checked) -> Iterator[int]:
        """Values of the same kind, fund, basis and period that the list lacks: stated elsewhere, or unclaimed in its section."""
        first = self.sets.number(one.parts[0])
        keys = {number.key for i in one.parts if isinstance(number := self.sets.number(i), Fact)}
        if not isinstance(first, Fact):
            return
        for i, fact in enumerate(self.sets.facts):
            same = (fact.part, fact.concept, fact.aspect, fact.fund, fact.basis, fact.period) == (
                first.part, first.concept, first.aspect, first.fund, first.basis, first.period,
            )  # fmt: skip
            if same and fact.key not in keys and fact.value and not fact.cross:
                yield i
        for k, mention in enumerate(self.sets.unclaimed, len(self.sets.facts)):
            if (
                mention.part == first.part
                and mention.kind == first.kind
                and mention.aspect == "value"
                and mention.value
            ):
                yield k

    # -- what it does to the rest -----------------------------------------------------------------------------------------

    def _test(self, one: Checked, i: int) -> Callable[[Interval], bool]:
        """Whether a relation holds with another set for one of its numbers."""
        relation, sets = one.relation, self.sets
        if relation.form == "sum" and i in one.parts and relation.op == "=" and i != relation.reported:
            at = one.parts.index(i)
            weights = relation.weights if one.parts is relation.parts else (1,) * len(one.parts)
            rest = total(sets.rounded(j).times(Decimal(weights[k])) for k, j in enumerate(one.parts) if k != at)
            weight, reported = Decimal(weights[at]), one.reported
            return lambda new: rest.plus(new.times(weight)).meets(reported)

        def holds(new: Interval) -> bool:
            return fits(relation, one.parts, lambda j: new if j == i else sets.rounded(j))

        return holds

    def _weigh(self, at: int, one: Checked, edit: _Edit, among: int) -> Explanation:
        """What a change does to the other relations of its number, and of what only says the same once more."""
        same = self._copies(edit.fact)

        def of(j: int) -> Interval:
            return edit.set if j in same else self.sets.rounded(j)

        repairs, breaks = [at], 0
        for other in dict.fromkeys(k for i in same for k in self.of_fact.get(i, ())):
            if other == at:
                continue
            before = self.checked[other]
            if before.outcome in _FAILED:
                if judge(before.relation, self.sets, self.rules, of).outcome == "consistent":
                    repairs.append(other)
            elif before.outcome == "consistent" and not fits(before.relation, before.parts, of):
                breaks += 1
        odds = _PRIORS[edit.what] / among * (_EXACT if self._is_exact(one, edit) else 1)
        if edit.what == "unit_slip":
            unit = self.sets.number(edit.fact).unit
            others = Counter(
                number.unit for i in one.relation.all
                if i != edit.fact and (number := self.sets.number(i)).kind == "amount"
            )  # fmt: skip
            odds /= _ODD_ONE_OUT if others and others.most_common(1)[0][0] == unit else 1
            odds /= 2 if unit == self.usual_unit else 1
        return Explanation(edit.what, edit.text, tuple(sorted(repairs)), odds, breaks, edit.fact)

    def _copies(self, i: int) -> frozenset[int]:
        """A number and its copies: who writes it wrong in one place has copied it to the others."""
        number = self.sets.number(i)
        if not isinstance(number, Fact):
            return frozenset({i})
        return frozenset(self.copies.get((number.part, number.key, number.yuan or number.value), (i,)))

    def _is_exact(self, one: Checked, edit: _Edit) -> bool:
        """Whether the printed numbers themselves would add up, digit for digit."""
        if one.relation.form != "sum":
            return False

        def of(j: int) -> Interval:
            return exactly(edit.value) if j == edit.fact else exactly(self.sets.rounded(j).middle)

        found = computed(one.relation, one.parts, of)
        reported = (
            of(one.relation.reported)
            if one.relation.reported is not None
            else exactly(one.relation.target or Decimal(0))
        )
        return found is not None and found.low == reported.low

    def _balancing(self, one: Checked) -> Iterator[tuple[int, Explanation]]:
        """A share that was chosen so that all make 100, digit for digit, and is not what its amount says."""
        share = one.relation.reported
        for at in self.of_fact.get(share, ()) if share is not None else ():
            sum_of_all = self.checked[at]
            if sum_of_all.relation.check != "shares" or len(sum_of_all.parts) < 3:
                continue
            values = [self.sets.number(i).value for i in sum_of_all.parts]
            if sum(v for v in values if isinstance(v, Decimal)) == sum_of_all.relation.target:
                printed_share = self.sets.number(share)  # type: ignore[arg-type]
                odds = _PRIORS["balancing_figure"]
                yield at, Explanation("balancing_figure", f"{printed_share.value}%", (), odds, 0, share)


def _rank(cause: Explanation) -> tuple[int, Decimal]:
    return cause.breaks - len(cause.repairs), -cause.odds


def _named(number: Number) -> str:
    return f"{number.label or ''} {number.value}{number.unit or ''}".strip()


def _swapped(digits: str) -> Iterator[str]:
    """A number with two neighbouring digits the other way round; the point stays."""
    places = [k for k, char in enumerate(digits) if char != "."]
    for a, b in pairwise(places):
        if digits[a] != digits[b]:
            text = digits[:a] + digits[b] + digits[a + 1 : b] + digits[a] + digits[b + 1 :]
            if not (text[0] == "0" and text[1:2].isdigit()):
                yield text


def _changed(digits: str) -> Iterator[str]:
    """A number with one digit changed."""
    for k, char in enumerate(digits):
        for other in "0123456789" if char != "." else "":
            if other != char and not (k == 0 and other == "0" and digits[1:2].isdigit()):
                yield digits[:k] + other + digits[k + 1 :]
