"""The true amounts of an invented office, in hundredths of a yuan: every total is the sum of its parts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from reportmaking.manner import Manner
from reportmaking.trades import CLASSES, Trade

SOURCES = ("superior_subsidy", "institutional", "operating", "affiliated", "other")


@dataclass(frozen=True)
class Figure:
    """One amount this year, last year and in the budget of this year."""

    now: int = 0
    last: int = 0
    budget: int = 0

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.now + other.now, self.last + other.last, self.budget + other.budget)

    def __sub__(self, other: Figure) -> Figure:
        return Figure(self.now - other.now, self.last - other.last, self.budget - other.budget)

    @property
    def change(self) -> int:
        return self.now - self.last


def total(figures: Sequence[Figure]) -> Figure:
    return sum(figures, Figure())


class Drawer:
    """Draws amounts that the manner can print: none that is there rounds to nothing."""

    def __init__(self, rng: Random, manner: Manner) -> None:
        self.rng, self.manner = rng, manner
        self.grain = manner.ulp if manner.exact or manner.decimals == 0 else 1

    def amount(self, low: float, high: float) -> int:
        """Between two amounts in 万元."""
        drawn = math.exp(self.rng.uniform(math.log(low), math.log(high)))
        return self.grained(int(drawn * 1_000_000))

    def grained(self, fen: int) -> int:
        return max(fen // self.grain * self.grain, 3 * self.manner.ulp)

    def figure(self, low: float, high: float) -> Figure:
        now = self.amount(low, high)
        return Figure(now, self.beside(now, 0.1), self.beside(now, 0.25))

    def beside(self, now: int, same: float) -> int:
        """An amount near another one, or the same."""
        if self.rng.random() < same:
            return now
        other = self.grained(int(now * self.rng.uniform(0.7, 1.35)))
        return now if abs(other - now) < 2 * self.manner.ulp else other

    def fraction(self, whole: Figure, low: float, high: float) -> Figure:
        share = self.rng.uniform(low, high)
        parts = [self.grained(int(x * share * self.rng.uniform(0.9, 1.1))) if x else 0 for x in
                 (whole.now, whole.last, whole.budget)]  # fmt: skip
        return Figure(*parts)

    def split(self, whole: Figure, count: int) -> list[Figure]:
        """Parts of a figure that add up to it."""
        parts = []
        for k in range(count, 1, -1):
            part = self.fraction(whole, 0.6 / k, 1.2 / k)
            parts.append(part)
            whole -= part
        return [*parts, whole]


@dataclass(frozen=True)
class Item:
    """A 项 of the functional classification: code, printed path, amount from the general budget."""

    code: str
    path: tuple[str, str, str]
    figure: Figure


@dataclass(frozen=True)
class Books:
    """All money of one office in one year."""

    economic: dict[str, Figure]
    projects: dict[str, Figure]
    functions: dict[str, Figure]
    general_functions: dict[str, Figure]
    items: tuple[Item, ...]
    government_fund: Figure
    sources: dict[str, Figure]
    general: Figure
    opening: Figure
    closing: Figure
    abroad: Figure
    purchase: Figure
    operation: Figure
    reception: Figure
    foreign: Figure
    meeting: Figure
    training: Figure
    running: Figure | None
    procurement: dict[str, int]
    assets: dict[str, int]

    @property
    def personnel(self) -> Figure:
        return self.economic["301"] + self.economic["303"]

    @property
    def public(self) -> Figure:
        return self.economic["302"] + self.economic.get("310", Figure())

    @property
    def basic(self) -> Figure:
        return self.personnel + self.public

    @property
    def project(self) -> Figure:
        return total(list(self.projects.values()))

    @property
    def spent(self) -> Figure:
        """本年支出合计."""
        return self.basic + self.project

    @property
    def outside(self) -> Figure:
        """What does not come from the treasury."""
        return total(list(self.sources.values()))

    @property
    def received(self) -> Figure:
        """本年收入合计."""
        return self.general + self.government_fund + self.outside

    @property
    def grand(self) -> Figure:
        """收入总计 and 支出总计."""
        return self.received + self.opening

    @property
    def general_spent(self) -> Figure:
        return total(list(self.general_functions.values()))

    @property
    def general_project(self) -> Figure:
        return self.general_spent - self.basic

    @property
    def vehicle(self) -> Figure:
        return self.purchase + self.operation

    @property
    def three_public(self) -> Figure:
        return self.abroad + self.vehicle + self.reception


def draw_books(rng: Random, manner: Manner, trade: Trade, *, administrative: bool, budget: bool) -> Books:
    """Draws until every remainder is an amount that can be printed."""
    while True:
        books = _draw(Drawer(rng, manner), trade, administrative, budget)
        floor = 3 * manner.ulp
        rests = [books.general, *books.functions.values(), *books.general_functions.values(),
                 *books.projects.values(), books.general_project, *(item.figure for item in books.items)]  # fmt: skip
        if all(min(x.now, x.last, x.budget) >= floor for x in rests):
            return books


def _draw(draw: Drawer, trade: Trade, administrative: bool, budget: bool) -> Books:
    rng = draw.rng
    size = draw.amount(300, 12000) / 1_000_000 if draw.manner.decimals else draw.amount(1500, 20000) / 1_000_000
    economic = {
        "301": draw.figure(size * 0.35, size * 0.55),
        "302": draw.figure(size * 0.05, size * 0.12),
        "303": draw.figure(size * 0.02, size * 0.1),
    }
    if rng.random() < 0.3:
        economic["310"] = draw.figure(size * 0.01, size * 0.03)
    basic = total(list(economic.values()))
    names = rng.sample(trade.projects, rng.randint(2, min(4, len(trade.projects))))
    projects = {name: draw.figure(size * 0.05, size * 0.2) for name in names}
    project = total(list(projects.values()))
    spent = basic + project
    fund = draw.fraction(project, 0.1, 0.3) if rng.random() < 0.35 else Figure()
    kept = [name for name in SOURCES if rng.random() < 0.3]
    outside = draw.fraction(project, 0.05, 0.3) if kept else Figure()
    sources = dict.fromkeys(SOURCES, Figure())
    sources |= dict(zip(kept, draw.split(outside, len(kept)) if kept else [], strict=True))

    side = [code for code in ("208", "210", "221") if code != trade.main]
    functions = {code: draw.fraction(basic, 0.05, 0.15) for code in side}
    rest = spent - total(list(functions.values()))
    if fund.now:
        if trade.main == "212":
            rest -= fund
        else:
            functions["212"] = fund
            rest -= fund
    functions[trade.main] = rest + (fund if trade.main == "212" else Figure())
    general_functions = {code: functions[code] for code in side} | {trade.main: rest - outside}

    items: list[Item] = []
    for code, figure in general_functions.items():
        group, children = rng.choice(trade.groups) if code == trade.main else CLASSES[code].group(administrative)
        chosen = rng.sample(children, min(len(children), rng.randint(1, 3)))
        chosen.sort()
        for (child, name), part in zip(chosen, draw.split(figure, len(chosen)), strict=True):
            items.append(Item(child, (CLASSES[code].name, group, name), part))

    opening_now = draw.amount(size * 0.01, size * 0.08) if rng.random() < 0.7 else 0
    closing_now = draw.amount(size * 0.01, size * 0.08) if rng.random() < 0.7 and not budget else 0
    opening = Figure(opening_now, draw.amount(size * 0.01, size * 0.08) if rng.random() < 0.6 else 0, 0)
    closing = Figure(closing_now, 0 if budget else opening_now, 0)
    general = spent + closing - opening - outside - fund

    abroad = draw.figure(2, 20) if rng.random() < 0.12 else Figure()
    purchase = draw.figure(15, 40) if rng.random() < 0.15 else Figure()
    operation = draw.figure(1, 25) if rng.random() < 0.85 or purchase.now else Figure()
    reception = draw.figure(0.2, 8) if rng.random() < 0.85 else Figure()
    foreign = Figure(draw.grained(reception.now // 6)) if reception.now and rng.random() < 0.06 else Figure()
    if foreign.now * 2 > reception.now:
        foreign = Figure()
    goods, works, services = (draw.amount(size * 0.01, size * 0.1) if rng.random() < p else 0 for p in (0.9, 0.4, 0.8))
    bought = goods + works + services
    awarded = draw.grained(int(bought * rng.uniform(0.5, 1))) if bought and rng.random() < 0.7 else bought
    awarded = min(awarded, bought)
    micro = min(awarded, draw.grained(int(awarded * rng.uniform(0.2, 1)))) if awarded else 0
    held = {"current": draw.amount(size * 0.05, size * 0.6), "fixed": draw.amount(size * 0.5, size * 4)}
    held["intangible"] = draw.amount(size * 0.01, size * 0.1) if rng.random() < 0.5 else 0
    public = economic["302"] + economic.get("310", Figure())
    return Books(
        economic, projects, functions, general_functions, tuple(items), fund, sources, general, opening, closing,
        abroad, purchase, operation, reception, foreign, draw.figure(0.2, 5), draw.figure(0.3, 12),
        replace(public) if administrative else None,
        {"goods": goods, "works": works, "services": services, "awarded": awarded, "micro": micro}, held,
    )  # fmt: skip
