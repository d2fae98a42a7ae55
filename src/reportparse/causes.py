"""What would explain a relation that does not hold: one slip of the pen at a time, ranked by what else it mends.

Every number of the relation is written anew with two neighbouring digits swapped, one digit changed, the point moved, the
other unit, the other sign, or the value of the year before; a part is left out or added. What makes the relation hold is a
cause, and is tried on all other relations of that number: one that mends more of them, and breaks fewer, comes first.
Nothing is ever applied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from reportparse.checkrules import CheckRules
from reportparse.checks import Checked, Sets, fits, judge, last_digit, unit_of
from reportparse.intervals import Interval, exactly, printed, total
from reportparse.model import Fact
from reportparse.relations import Number

__all__ = ["Explanation", "explain", "swapped_digits"]

_PRIORS: Mapping[str, Decimal] = {
    what: Decimal(share)
    for what, share in (
        ("digits_swapped", "0.2"), ("digit_wrong", "0.2"), ("part_missing", "0.15"), ("unit_slip", "0.15"),
        ("decimal_shift", "0.1"), ("last_year", "0.05"), ("part_counted_twice", "0.05"), ("sign", "0.05"),
        ("other_statement", "0.0489"), ("wrong_number", "0.001"), ("balancing_figure", "0.0001"),
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
_SEARCHED = 300
"""So many inconsistent findings of a report are explained: one that has more was read wrongly, or is none."""
_RELATIONS_TRIED = 40
"""Of one number: what is stated a hundred times over is mended or broken by the first of them."""
_FAILED = frozenset({"inconsistent", "truncated", "improbable"})
_OTHER_UNITS: Mapping[str, str] = {"元": "万元", "万元": "元", "亿元": "万元", "千元": "元", "百万元": "万元"}
_WORTH = {"元": Decimal(1), "万元": Decimal(10_000)}
_WITHOUT_PARTS = frozenset({"restated", "prose_table", "unit", "change", "balance", "indicator", "posts"})
"""Checks of sums whose operands are no list that something could be missing from."""


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
    """The causes of every relation that is inconsistent, by its place among ``checked``, the likeliest first; and that a
    share which does not fit may be a balancing figure, for it and for the shares that it makes add up.
    """
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
            for i in dict.fromkeys((*one.parts, *one.relation.numeric)):
                self.of_fact.setdefault(i, []).append(at)
        units = Counter(number.unit for i in self.of_fact if (number := sets.number(i)).kind == "amount")
        self.usual_unit = units.most_common(1)[0][0] if units else None
        self.changes: dict[str, int] = {}
        self.copies: dict[tuple[object, ...], list[int]] = {}
        for i in self.of_fact:
            number = sets.number(i)
            if isinstance(number, Fact):
                self.copies.setdefault(_statement(number), []).append(i)
        for i, fact in enumerate(sets.facts):
            on_last_year = fact.compared is not None and fact.compared.basis == fact.basis
            if fact.aspect == "change" and fact.base is not None and fact.state == "stated" and on_last_year:
                self.changes.setdefault(fact.base, i)

    def explain(self) -> dict[int, tuple[Explanation, ...]]:
        found: dict[int, tuple[Explanation, ...]] = {}
        searched = 0
        for at, one in enumerate(self.checked):
            # Where words are wrong, it is the words that were left from another year.
            if one.outcome == "inconsistent" and one.relation.said is None and searched < _SEARCHED:
                searched += 1
                # That some number is wrong is worth saying where two relations agree on what it should be.
                causes = [c for c in self._causes(at, one) if c.what != "wrong_number" or len(c.repairs) > 1]
                by_change: dict[str, Explanation] = {}
                for cause in sorted(causes, key=_rank):
                    slips = {other.fact for other in by_change.values()}
                    if cause.what != "wrong_number" or cause.fact not in slips:  # the slip says more
                        by_change.setdefault(cause.change, cause)
                found[at] = tuple(by_change.values())[:_AT_MOST]
            if one.relation.check == "share" and one.outcome in _FAILED:
                for balanced, cause in self._balancing(one):
                    found[at] = (*found.get(at, ()), cause)
                    found[balanced] = (*found.get(balanced, ()), cause)
        return found

    def _causes(self, at: int, one: Checked) -> Iterator[Explanation]:
        trial = _Trial(one, self.sets)
        fitting: list[_Edit] = []
        tried: Counter[str] = Counter()
        for i in dict.fromkeys((*one.relation.numeric[: one.relation.reported is not None], *one.parts)):
            for edit in self._edits(i, trial):
                tried[edit.what] += 1
                if trial.holds(i, edit.set):
                    fitting.append(edit)
        for edit in fitting:
            yield self._weigh(at, trial, edit, tried[edit.what])
        relation = one.relation
        if relation.form == "sum" and relation.op == "=" and relation.check not in _WITHOUT_PARTS:
            yield from self._parts(at, trial)

    # -- slips ------------------------------------------------------------------------------------------------------------

    def _edits(self, i: int, trial: _Trial) -> Iterator[_Edit]:
        """What a number may have been meant to be."""
        number = self.sets.number(i)
        value, unit = number.value, unit_of(number)
        simple = number.qualifier is None and number.value_max is None and number.state != "unchanged"
        if not isinstance(value, Decimal) or not simple or not value or unit is None:
            return
        as_printed = f"{value:f}"
        digits = as_printed.lstrip("-")
        minus = "-" if value < 0 else ""
        exact = self.sets.rounded(i).is_point

        def edit(what: str, text: str, unit: Decimal = unit, name: str = "") -> _Edit:
            worth = Decimal(text) * unit
            true = exactly(worth) if exact else printed(worth, last_digit(unit, len(text.partition(".")[2])))
            return _Edit(what, i, f"{as_printed}{name and number.unit} → {text}{name}", true, worth)

        for text in swapped_digits(digits):
            yield edit("digits_swapped", minus + text)
        for text in _changed(digits):
            yield edit("digit_wrong", minus + text)
        if "." in digits:
            for places in (1, -1, 2, -2):
                yield edit("decimal_shift", f"{value.scaleb(places):f}")
        other = _OTHER_UNITS.get(number.unit or "")
        if other is not None and number.kind == "amount":
            yield edit("unit_slip", as_printed, _WORTH[other], other)
        needed = trial.needed(i)
        if needed is not None:
            yield _Edit("wrong_number", i, f"{as_printed} → {_between(needed, unit)}", needed, needed.middle)
        if isinstance(number, Fact):
            if number.aspect in ("change", "change_rate"):
                yield edit("sign", f"{-value:f}")
            yield from self._last_year(i, number, unit)
            if trial.one.relation.check in ("restated", "prose_table", "unit"):
                yield from self._as_elsewhere(i, trial.one)

    def _last_year(self, i: int, fact: Fact, unit: Decimal) -> Iterator[_Edit]:
        """The amount of the year before in this year's place: with the printed change it would be this year's."""
        change = self.changes.get(fact.id)
        if change is None or fact.value is None:
            return
        meant = self.sets.rounded(i).plus(self.sets.rounded(change))
        if meant.low > 0 and meant.high.is_finite():
            yield _Edit("last_year", i, f"{fact.value} → {(meant.middle / unit).normalize():f}", meant, meant.middle)

    def _as_elsewhere(self, i: int, one: Checked) -> Iterator[_Edit]:
        """The amount that the other statement has."""
        for other in (one.relation.reported, *one.parts):
            if other is not None and other != i and self.sets.rounded(other).high.is_finite():
                number, same = self.sets.number(other), self.sets.number(i)
                true = self.sets.rounded(other)
                text = f"{same.value}{same.unit or ''} → {number.value}{number.unit or ''}"
                yield _Edit("other_statement", i, text, true, true.middle)

    # -- parts ------------------------------------------------------------------------------------------------------------

    def _parts(self, at: int, trial: _Trial) -> Iterator[Explanation]:
        """A part that is listed twice, or one that is forgotten."""
        one = trial.one
        reported, found = one.reported, one.computed
        if found.middle > reported.middle:
            several = len(one.parts) > 1
            for i in one.parts:
                if several and self.sets.rounded(i) != exactly(Decimal(0)) and trial.rest(i).meets(reported):
                    odds = _PRIORS["part_counted_twice"] / len(one.parts)
                    yield Explanation("part_counted_twice", f"− {_named(self.sets.number(i))}", (at,), odds, 0, i)
            return
        gap = reported.minus(found)
        unlisted = list(self._unlisted(one))
        fitting = [i for i in unlisted if self.sets.rounded(i).meets(gap)]
        for i in fitting:
            odds = _PRIORS["part_missing"] / len(unlisted)
            named = self.sets.number(i)
            fact = i if isinstance(named, Fact) else None
            yield Explanation("part_missing", f"+ {_named(named)}", (at,), odds, 0, fact)
        mean = found.middle / len(one.parts)
        if not fitting and mean > 0:
            shown = self.sets.number(one.relation.reported if one.relation.reported is not None else one.parts[0])
            width = min((gap.high - gap.low) / mean, Decimal(1)) if gap.high.is_finite() else Decimal(1)
            odds = _PRIORS["part_missing"] * width * (1 if gap.low < _WITHIN * mean else width)
            text = f"+ {_between(gap, unit_of(shown) or Decimal(1))}{shown.unit or ''}"
            yield Explanation("part_missing", text, (at,), odds)

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
            near = (mention.part, mention.section, mention.kind) == (first.part, first.section, first.kind)
            if near and mention.aspect == "value" and mention.value and mention.threshold is None:
                yield k

    # -- what it does to the rest -----------------------------------------------------------------------------------------

    def _weigh(self, at: int, trial: _Trial, edit: _Edit, among: int) -> Explanation:
        """What a change does to the other relations of its number, and of what only says the same once more."""
        same = self._copies(edit.fact)
        sets = self.sets.changed(dict.fromkeys(same, edit.set))
        repairs, breaks = [at], 0
        others = dict.fromkeys(k for i in same for k in self.of_fact.get(i, ()))
        for other in list(others)[:_RELATIONS_TRIED]:
            before = self.checked[other]
            if other == at or before.outcome not in (*_FAILED, "consistent"):
                continue
            relation = before.relation
            meets = any(fits(relation, parts, sets.rounded) for parts in (relation.parts, *relation.choices))
            if before.outcome == "consistent":
                breaks += not meets
            elif meets and judge(relation, sets, self.rules).outcome == "consistent":
                repairs.append(other)
        odds = _PRIORS[edit.what] / among * (_EXACT if trial.is_exact(edit) else 1)
        if edit.what == "unit_slip":
            odds /= self._usual(trial.one, edit.fact)
        return Explanation(edit.what, edit.text, tuple(sorted(repairs)), odds, breaks, edit.fact)

    def _usual(self, one: Checked, i: int) -> int:
        """How usual a number's unit is in its relation and in the report."""
        unit = self.sets.number(i).unit
        others = Counter(
            number.unit for j in one.relation.all if j != i and (number := self.sets.number(j)).kind == "amount"
        )
        alike = bool(others) and others.most_common(1)[0][0] == unit
        return (_ODD_ONE_OUT if alike else 1) * (2 if unit == self.usual_unit else 1)

    def _copies(self, i: int) -> tuple[int, ...]:
        """A number and its copies: who writes it wrong in one place has copied it to the others."""
        number = self.sets.number(i)
        return tuple(self.copies.get(_statement(number), (i,))) if isinstance(number, Fact) else (i,)

    def _balancing(self, one: Checked) -> Iterator[tuple[int, Explanation]]:
        """A share that was chosen so that all make 100, digit for digit, and is not what its amount says."""
        share = one.relation.all[0]
        for at in self.of_fact.get(share, ()):
            sum_of_all = self.checked[at]
            if sum_of_all.relation.check != "shares" or len(sum_of_all.parts) < 3:
                continue
            middles = sum((self.sets.rounded(i).middle for i in sum_of_all.parts), Decimal(0))
            if middles == sum_of_all.relation.target:
                number = self.sets.number(share)
                text = f"{number.value}{number.unit or ''}"
                yield at, Explanation("balancing_figure", text, (), _PRIORS["balancing_figure"], 0, share)


class _Trial:
    """A relation that failed, ready to be tried with one of its numbers changed: what is the same for all changes of one is
    reckoned once.
    """

    def __init__(self, one: Checked, sets: Sets) -> None:
        self.one = one
        self.sets = sets
        relation = one.relation
        self.weights = (
            dict(zip(one.parts, relation.weights_of(one.parts), strict=False)) if relation.form == "sum" else {}
        )
        self.weighed = {i: sets.rounded(i).times(Decimal(w)) for i, w in self.weights.items()}
        finite = all(part.low.is_finite() and part.high.is_finite() for part in self.weighed.values())
        self.all = total(self.weighed.values()) if finite else None
        self.open = [
            sum(not part.low_in for part in self.weighed.values()), sum(not part.high_in for part in self.weighed.values())
        ]  # fmt: skip
        self._rests: dict[int, Interval] = {}
        self.middle = sum((part.middle for part in self.weighed.values()), Decimal(0)) if finite else None

    def rest(self, i: int) -> Interval:
        """The sum without one of its parts."""
        rest = self._rests.get(i)
        if rest is None:
            rest = self._rests[i] = self._without(i)
        return rest

    def _without(self, i: int) -> Interval:
        if self.all is None:
            return total(part for j, part in self.weighed.items() if j != i)
        own = self.weighed[i]
        return Interval(
            self.all.low - own.low, self.all.high - own.high,
            self.open[0] - (not own.low_in) == 0, self.open[1] - (not own.high_in) == 0,
        )  # fmt: skip

    def holds(self, i: int, new: Interval) -> bool:
        """Whether the relation holds with another set for one of its numbers."""
        relation = self.one.relation
        if relation.op == "=" and i == relation.reported and i not in self.one.parts:
            return new.meets(self.one.computed)
        if i in self.weighed and relation.op == "=" and i != relation.reported:
            weighed = new if self.weights[i] == 1 else new.times(Decimal(self.weights[i]))
            return self.rest(i).plus(weighed).meets(self.one.reported)
        return fits(relation, self.one.parts, lambda j: new if j == i else self.sets.rounded(j))

    def needed(self, i: int) -> Interval | None:
        """What a part of a list would have to be for the sum to hold."""
        relation = self.one.relation
        if relation.op != "=" or i not in self.weighed or i == relation.reported or relation.check in _WITHOUT_PARTS:
            return None
        found = self.one.reported.minus(self.rest(i)).times(Decimal(self.weights[i]))
        return found if found.low > 0 and found.high.is_finite() else None

    def is_exact(self, edit: _Edit) -> bool:
        """Whether the printed numbers themselves would add up, digit for digit."""
        relation = self.one.relation
        if self.middle is None or not self.weighed:
            return False
        reported = self.one.reported.middle
        if edit.fact == relation.reported:
            return self.middle == edit.value
        weight = Decimal(self.weights.get(edit.fact, 0))
        return self.middle + weight * (edit.value - self.sets.rounded(edit.fact).middle) == reported


def _statement(fact: Fact) -> tuple[object, ...]:
    return fact.part, fact.key, fact.value, fact.unit


def _rank(cause: Explanation) -> tuple[int, Decimal]:
    return cause.breaks - len(cause.repairs), -cause.odds


def _between(one: Interval, unit: Decimal) -> str:
    """From where to where, in a unit; without an end from where on."""
    low = f"{(one.low / unit).normalize():f}" if one.low.is_finite() else ""
    high = f"{(one.high / unit).normalize():f}" if one.high.is_finite() else ""
    return low if low == high else f"{low}～{high}"


def _named(number: Number) -> str:
    return f"{number.label or ''} {number.value}{number.unit or ''}".strip()


def swapped_digits(digits: str) -> Iterator[str]:
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
