"""Where an invented office is: a county of the project's table of regions, and a name that no table has."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from reportmaking.trades import TRADES, Trade

REGIONS = Path(__file__).resolve().parents[2] / "src" / "reportparse" / "data" / "regions.tsv"
TAILS = ("省", "市", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区")
OFFICES = ("局", "办公室", "管理局")
INSTITUTIONS = ("中心", "站", "服务中心", "所", "管理所")


@dataclass(frozen=True)
class Office:
    """One invented public body."""

    county: str
    code: str
    province: str
    name: str
    short: str
    administrative: bool
    trade: Trade


@cache
def counties() -> tuple[tuple[str, str, str], ...]:
    """Code, name and province of every county whose name is its own and has stood all the while."""
    rows = [line.split("\t") for line in REGIONS.read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
    names = Counter(row[1] for row in rows)
    provinces = {row[0][:2]: row[1] for row in rows if row[0].endswith("0000")}
    found = []
    for code, name, *rest in rows:
        if code.endswith("00") or any(rest) or names[name] > 1 or len(name) < 3 or name[-1] not in "县区市":
            continue
        province = provinces[code[:2]]
        for tail in TAILS:
            province = province.removesuffix(tail)
        found.append((code, name, province))
    return tuple(found)


def found_office(rng: Random) -> Office:
    """An office for one report."""
    code, county, province = rng.choice(counties())
    trade = rng.choice(TRADES)
    administrative = rng.random() < 0.4
    suffix = rng.choice(OFFICES if administrative else INSTITUTIONS)
    name = county + rng.choice(trade.objects) + rng.choice(trade.doings) + suffix
    return Office(
        county, code, province, name, suffix[-2:] if suffix.endswith("中心") else suffix[-1:], administrative, trade
    )
