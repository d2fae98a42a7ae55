"""How many mistakes the checks catch, how often the first cause is the mistake, and how often they cry wolf.

    python scripts/check_rates.py --count 20000 --seed 1 [--jobs 2]

Makes reports whose true amounts add up, 5 to 40 parts each, printed with the decimals, the rounding and the carelessness of
real ones; the first half of the output is of these. Then the same reports are made again with one mistake each. All go
through the whole parser. Beside it stand the rules that are in use elsewhere, a fixed tolerance and exact equality, on the
same printed numbers and the same relations. Prints two tables in Markdown; the same seed gives the same tables.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache, partial
from importlib.resources import files
from itertools import pairwise
from random import Random

from reportparse import Report, parse

PARTS = (5, 10, 20, 40)
KINDS = ("digit", "swap", "missing part", "unit slip", "decimal shift", "sign", "stale year")
TOLERANCES = ("0.01", "0.02", "0.5", "1.0")
CAUSES = {
    "digit": {"digit_wrong"}, "swap": {"digits_swapped"}, "missing part": {"part_missing"}, "unit slip": {"unit_slip"},
    "decimal shift": {"decimal_shift"}, "sign": {"sign"}, "stale year": {"last_year"},
}  # fmt: skip
OFFICES = ("云岭县林业局", "清溪区民政局", "安远市水利局", "白石县教育局", "南屏区文化馆", "平川县档案馆")


@dataclass
class Printed:
    """One printed number: what stands there, and what should."""

    digits: str
    unit: str = "万元"
    right: str | None = None

    @property
    def value(self) -> Decimal:
        return Decimal(self.digits) / (10_000 if self.unit == "元" else 1)


@dataclass
class Made:
    """A report: its text, its relations as (printed, what follows from the other printed numbers, decimals), the mistake."""

    text: str
    relations: list[tuple[Decimal, Decimal, int]]
    parts: int
    kind: str | None = None
    wrong: Printed | None = None
    missing: str | None = None


@dataclass
class Count:
    """What came of the reports of one kind and size."""

    reports: int = 0
    caught: int = 0
    told: int = 0
    first: int = 0
    others: Counter[str] = field(default_factory=Counter)


@cache
def names(length: int) -> tuple[tuple[str, str], ...]:
    """Codes and names of classes, each name once."""
    rows = csv.reader(
        files("reportparse").joinpath("data/functions.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
    found: dict[str, str] = {}
    for row in rows:
        if row and row[0].isdigit() and len(row[0]) == length:
            found.setdefault(row[1], row[0])
    return tuple((code, name) for name, code in found.items())


def shown(value: Decimal, decimals: int, cut: bool, drops_zeros: bool) -> str:
    """A number as a careful or a careless author prints it."""
    text = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN if cut else ROUND_HALF_UP):f}"
    if drops_zeros and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def make(seed: str, parts: int, kind: str | None) -> Made | None:
    """One report, with one mistake of that kind; None where it cannot be made in this report."""
    rng = Random(seed)
    decimals = rng.choice((0, 1, 2, 2, 2, 2, 4))
    cut_all, cut_rates = (rng.random() < 0.1), (rng.random() < 0.15)
    drops = rng.random() < 0.3
    in_table = parts > 20 or rng.random() < 0.5
    with_shares = not in_table and rng.random() < 0.7
    scale = rng.choice((50, 500, 5_000, 50_000))
    amounts = [Decimal(rng.randint(scale, scale * 200)) / 10_000 * rng.randint(3, 40) for _ in range(parts)]
    if decimals == 0:
        amounts = [amount + 20 for amount in amounts]
    whole = sum(amounts, Decimal(0))
    change = (whole * Decimal(rng.randint(-3000, 4000)) / 10_000).quantize(Decimal("0.0001"))
    if not change:
        return None

    def money(value: Decimal) -> Printed:
        return Printed(shown(value, decimals, cut_all, drops))

    def rate(value: Decimal) -> str:
        return shown(value, 2, cut_all or cut_rates, drops)

    listed = [money(amount) for amount in amounts]
    total, changed = money(whole), money(abs(change))
    shares = [rate(100 * amount / whole) for amount in amounts]
    grown = rate(abs(100 * change / (whole - change)))
    grew = change > 0
    labels = [name if name.endswith("支出") else f"{name}支出" for _, name in rng.sample(names(3), min(parts, 20))]
    coded = sorted(rng.sample(names(7), parts))

    wrong: Printed | None = None
    missing: str | None = None
    flips = False
    if kind == "missing part":
        gone = rng.randrange(parts)
        missing = listed.pop(gone).digits
        shares.pop(gone)
        coded.pop(gone)
        if not in_table:
            labels.pop(gone)
    elif kind == "sign":
        flips = True
        wrong = changed
    elif kind is not None:
        wrong = total if rng.random() < 0.25 else rng.choice(listed)
        if kind == "stale year":
            last = (
                whole - change if wrong is total else amounts[listed.index(wrong)] * Decimal(rng.randint(70, 130)) / 100
            )
            digits: str | None = money(last).digits
        elif kind == "unit slip":
            digits = None if in_table else wrong.digits
        else:
            digits = spoilt(rng, wrong.digits, kind)
        if digits is None or (kind != "unit slip" and Decimal(digits) == Decimal(wrong.digits)):
            return None
        wrong.right = wrong.digits
        wrong.digits = digits
        if kind == "unit slip":
            wrong.unit = "元"

    office = rng.choice(OFFICES)
    up = ("增加", "增长") if grew else ("减少", "下降")
    first = ("减少" if up[0] == "增加" else "增加") if flips else up[0]
    lines = [
        f"{office}2024年度部门整体支出绩效自评报告",
        "一、部门概况",
        f"{office}是行政单位。",
        "二、部门财政资金支出情况",
    ]
    head = f"2024年部门财政资金支出合计{total.digits}{total.unit}，比上年{first}{changed.digits}万元，{up[1]}{grown}%。"
    if in_table:
        lines += [head, "支出决算表", "单位：万元", "|科目编码|科目名称|本年支出合计|", f"||合计|{total.digits}|"]
        lines += [f"|{code}|{name}|{part.digits}|" for (code, name), part in zip(coded, listed, strict=True)]
    else:
        items = [
            f"{label}{part.digits}{part.unit}" + (f"，占{share}%" if with_shares else "")
            for label, part, share in zip(labels, listed, shares, strict=True)
        ]
        lines.append(f"{head[:-1]}。其中：{'；'.join(items)}。")
    lines += ["三、存在的问题", "预算编制不够精细。"]

    signed = changed.value * (1 if (first == "增加") else -1)
    before = total.value - signed
    relations = [(total.value, sum((part.value for part in listed), Decimal(0)), decimals)]
    if with_shares and total.value:
        relations += [(Decimal(s), 100 * p.value / total.value, 2) for s, p in zip(shares, listed, strict=True)]
    if before > 0:
        relations.append((Decimal(grown) * (1 if grew else -1), 100 * signed / before, 2))
    return Made("\n".join(lines) + "\n", relations, parts, kind, wrong, missing)


def spoilt(rng: Random, digits: str, kind: str) -> str | None:
    """A number with one slip of the pen in it."""
    places = [k for k, char in enumerate(digits) if char.isdigit()]
    if kind == "digit":
        k = rng.choice(places)
        other = rng.choice([c for c in "0123456789" if c != digits[k] and not (k == 0 and c == "0")])
        return digits[:k] + other + digits[k + 1 :]
    if kind == "swap":
        pairs = [(a, b) for a, b in pairwise(places) if digits[a] != digits[b]]
        pairs = [(a, b) for a, b in pairs if not (a == 0 and digits[b] == "0" and digits[1:2].isdigit())]
        if not pairs:
            return None
        a, b = rng.choice(pairs)
        return digits[:a] + digits[b] + digits[a + 1 : b] + digits[a] + digits[b + 1 :]
    if "." not in digits:
        return None
    whole, _, rest = digits.partition(".")
    if rng.random() < 0.5 and len(whole) > 1:
        return f"{whole[:-1]}.{whole[-1]}{rest}"
    moved = f"{whole}{rest[0]}.{rest[1:]}".rstrip(".")
    return moved if not moved.startswith("0") else None


def outcome(made: Made, report: Report) -> tuple[set[str], bool]:
    """The outcomes other than consistent, and whether the first cause of a finding on the mistake is the mistake."""
    outcomes = {finding.outcome for finding in report.findings} - {"consistent", "not_checkable"}
    facts = {fact.id: fact for fact in report.facts}
    for finding in report.findings:
        if finding.outcome != "inconsistent" or not finding.causes or made.kind is None:
            continue
        cause = finding.causes[0]
        if cause.what not in (*CAUSES[made.kind], *(("wrong_number",) if made.kind == "stale year" else ())):
            continue
        if made.kind == "missing part":
            return outcomes, True
        fact = facts.get(cause.fact or "")
        if fact is None or made.wrong is None or not isinstance(fact.value, Decimal):
            continue
        found = cause.change.rpartition(" → ")[2].rstrip("万元").partition("～")[0]
        same = abs(fact.value) == Decimal(made.wrong.digits)
        near = made.kind in ("sign", "unit slip") or made.wrong.right is None
        near = near or abs(Decimal(found) - Decimal(made.wrong.right or 0)) < Decimal("0.02") * abs(
            Decimal(made.wrong.right or 1)
        )
        if same and near:
            return outcomes, True
    return outcomes, False


def fixed(made: Made) -> Iterator[str]:
    """The fixed rules that would raise an alarm."""
    for tolerance in TOLERANCES:
        if any(abs(a - b) > Decimal(tolerance) for a, b, _ in made.relations):
            yield tolerance
    if any(a != b.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for a, b, places in made.relations):
        yield "equal"


def one(numbers: range, seed: int, kind: str | None) -> dict[int, Count]:
    """What comes of so many reports of one kind."""
    counts = {parts: Count() for parts in PARTS}
    for number in numbers:
        parts = PARTS[number % len(PARTS)]
        made = make(f"{seed}/{number}", parts, kind)
        if made is None:
            continue
        report = parse(made.text.encode(), name="x.txt")
        outcomes, first = outcome(made, report)
        count = counts[parts]
        count.reports += 1
        count.caught += "inconsistent" in outcomes
        count.told += bool(outcomes)
        count.first += first
        count.others.update(fixed(made))
        count.others.update(outcomes)
    return counts


def run(count: int, seed: int, kind: str | None, jobs: int) -> dict[int, Count]:
    """The counts of all reports of one kind, made and parsed by several processes."""
    step = max(1, count // (jobs * 8)) // len(PARTS) * len(PARTS) or len(PARTS)
    ranges = [range(start, min(start + step, count)) for start in range(0, count, step)]
    total = {parts: Count() for parts in PARTS}
    with ProcessPoolExecutor(jobs) as pool:
        for counts in pool.map(partial(one, seed=seed, kind=kind), ranges):
            for parts, found in counts.items():
                into = total[parts]
                into.reports += found.reports
                into.caught += found.caught
                into.told += found.told
                into.first += found.first
                into.others.update(found.others)
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=2_000, help="reports that are right, and of each kind of mistake")
    parser.add_argument("--wrong", type=int, help="reports of each kind of mistake (default: a tenth of --count)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    heads = (*(f"±{tolerance}" for tolerance in TOLERANCES), "equality")
    rules = (*TOLERANCES, "equal")
    print(
        "| reports that are right | reports | inconsistent | truncated, improbable or unusual | "
        + " | ".join(heads)
        + " |"
    )
    print("|---|---|---|---|" + "---|" * len(heads))
    for parts, count in run(options.count, options.seed, None, options.jobs).items():
        alarms = [f"{100 * count.others[rule] / count.reports:.1f}" for rule in rules]
        told = f"{100 * (count.told - count.caught) / count.reports:.1f}"
        print(f"| {parts} parts | {count.reports} | {count.caught} | {told} | " + " | ".join(alarms) + " |", flush=True)
    print()
    print("| mistake | parts | reports | inconsistent | any finding | first cause right | " + " | ".join(heads) + " |")
    print("|---|---|---|---|---|---|" + "---|" * len(heads))
    for kind in KINDS:
        for parts, count in run(options.wrong or options.count // 10, options.seed, kind, options.jobs).items():
            if not count.reports:
                continue
            shares = [
                100 * count.caught,
                100 * count.told,
                100 * count.first,
                *(100 * count.others[rule] for rule in rules),
            ]
            print(
                f"| {kind} | {parts} | {count.reports} | "
                + " | ".join(f"{s / count.reports:.1f}" for s in shares)
                + " |",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
