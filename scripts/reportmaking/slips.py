"""One mistake on purpose: which number, how it is spoilt, and whether the arithmetic of the report then fails."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

from reportmaking.writer import Number, Relation, Slip, Stated, Writer

UNITS: dict[str, Fraction | int] = {"万元": 10_000, "元": 1, "%": Fraction(1, 100)}
SLIPS = ("digits_swapped", "digit_changed", "part_missing", "unit_slip", "decimal_shift", "sign", "stale_year")

Interval = tuple[Fraction, Fraction]


def interval(one: Stated) -> Interval:
    """What the printed digits leave open: half of the last digit to either side; a zero is a zero."""
    assert one.value is not None
    value, scale = Fraction(one.value), Fraction(UNITS.get(one.unit or "", 1))
    half = Fraction(1, 2 * 10 ** len(one.value.partition(".")[2]))
    if one.kind in ("headcount", "count", "score") or (value == 0 and one.unit != "%"):
        half = Fraction(0)
    return (value - half) * scale, (value + half) * scale


def holds(relation: Relation) -> bool:
    """Whether the printed numbers can be true together."""
    whole, parts = interval(relation.whole), [interval(part) for part in relation.parts]
    if relation.kind == "sum":
        return meets(whole, (sum((low for low, _ in parts), Fraction()), sum((high for _, high in parts), Fraction())))
    if relation.kind == "share":
        return meets(whole, corners(parts[0], parts[1]))
    if relation.kind == "rate":
        found = [change / (value - change) for value, change in product(whole, parts[0]) if value != change]
        return not found or meets(parts[1], (min(found), max(found)))
    return meets(parts[1], corners(whole, parts[0]))


def corners(part: Interval, whole: Interval) -> Interval:
    found = [a / b for a, b in product(part, whole) if b]
    return min(found), max(found)


def meets(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def swapped(rng: Random, digits: str) -> str | None:
    places = [
        k
        for k in range(len(digits) - 1)
        if digits[k].isdigit() and digits[k + 1].isdigit() and digits[k] != digits[k + 1]
    ]
    places = [k for k in places if k or digits[1] != "0"]
    if not places:
        return None
    k = rng.choice(places)
    return digits[:k] + digits[k + 1] + digits[k] + digits[k + 2 :]


def changed(rng: Random, digits: str) -> str | None:
    places = [k for k, char in enumerate(digits) if char.isdigit()]
    k = rng.choice(places)
    other = rng.choice([c for c in "123456789" if c != digits[k]])
    return digits[:k] + other + digits[k + 1 :]


def shifted(digits: str) -> str | None:
    """The decimal point one place to the right."""
    whole, dot, rest = digits.partition(".")
    if not dot or len(rest) < 2 or whole == "0":
        return None
    return f"{whole}{rest[0]}.{rest[1:]}"


def candidates(writer: Writer, kind: str, rng: Random) -> Iterator[Slip]:
    """Ways to go wrong in a report that is right, in an order by chance."""
    by_fact = {id(fact): number for number in writer.numbers for fact in number.facts}
    if kind == "part_missing":
        ways = [(k, j) for k, keys in enumerate(writer.listings) for j, key in enumerate(keys) if key and len(keys) > 1]
        rng.shuffle(ways)
        yield from (Slip(kind, listing=k, item=j) for k, j in ways)
        return
    relations = [one for one in writer.relations if one.kind == ("rate" if kind == "sign" else "sum")]
    numbers: list[Number] = []
    for one in relations:
        numbers += (
            [by_fact[id(one.parts[0])]] if kind == "sign" else [by_fact[id(fact)] for fact in (one.whole, *one.parts)]
        )
    rng.shuffle(numbers)
    for number in numbers:
        digits: str | None = number.digits
        if not digits or not digits.strip("0.") or number.where == "table":
            continue
        unit = None
        if kind == "digits_swapped":
            digits = swapped(rng, digits)
        elif kind == "digit_changed":
            digits = changed(rng, digits)
        elif kind == "decimal_shift":
            digits = shifted(digits)
        elif kind == "stale_year":
            digits = number.stale if number.stale != number.digits else None
        elif kind == "unit_slip":
            unit = {"万元": "元", "元": "万元"}.get(number.unit)
            digits = digits if unit else None
        if digits and number.shown is None:
            yield Slip(kind, number=number.ordinal, digits=digits, unit=unit)


def recorded(slip: Slip, right: Writer, wrong: Writer) -> tuple[dict[str, str | None], Stated]:
    """What the gold says of the mistake, and the entry that it stands at."""
    if slip.kind == "part_missing":
        key, at = wrong.missing[0]
        return {"kind": slip.kind, "key": key, "printed": None, "right": "listed under the total"}, at
    before, after = right.numbers[slip.number], wrong.numbers[slip.number]
    said = {"kind": slip.kind, "key": after.fact.key, "printed": f"{after.fact.value}{after.fact.unit}",
            "right": f"{before.fact.value}{before.fact.unit}"}  # fmt: skip
    return said, after.fact
