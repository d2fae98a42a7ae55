"""The state of one report in the making, and the clauses that every passage uses: amounts, shares, changes, lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from reportmaking.books import Books, Figure
from reportmaking.manner import Manner, chinese, rounded
from reportmaking.places import Office
from reportmaking.trades import CAUSES_DOWN, CAUSES_UP
from reportmaking.writer import Key, Number, Words, Writer

ACTUAL = ("staffing.", "organisation.", "assets.", "targets.count", "targets.coverage")
"""What is a fact of the day even in a budget."""


@dataclass(frozen=True)
class Entry:
    """One item of a list: its printed label, its amount, what it measures."""

    label: str
    figure: Figure
    key: Key


class Draft:
    """What the passages of one report share."""

    def __init__(self, rng: Random, manner: Manner, office: Office, books: Books, year: int, kind: str, writer: Writer):
        self.rng, self.manner, self.office, self.books, self.year, self.kind = rng, manner, office, books, year, kind
        self.w = writer
        self.planned = kind == "budget"
        self.y = f"{year}{manner.year_word}"
        self.subject = rng.choice(office.trade.objects) + rng.choice(["专项资金", "补助资金", "工作经费", "专项经费"])
        self.heads: list[tuple[int, str]] = []
        self._counters = [0] * 6
        self._run_in = False

    # -- structure -----------------------------------------------------------------------------------------------

    def we(self) -> str:
        return self.manner.self_word or self.office.name

    def heading(self, level: int, title: str, *, run_in: bool = False) -> None:
        """A heading; with `run_in` the text may go on in its line."""
        self._counters[level] += 1
        self._counters[level + 1 :] = [0] * (5 - level)
        printed = self.manner.heading_number(level, self._counters[level]) + title
        self.heads.append((level, printed))
        inline = run_in and self.manner.headings_inline and self.manner.scheme != "bare"
        self.w.line("body" if inline else "heading")
        self.w.say(printed + (self.rng.choice("。：") if inline else ""))
        self._run_in = inline

    def para(self) -> None:
        """Begins a paragraph, or goes on in the line of a heading."""
        if not self._run_in:
            self.w.line()
        self._run_in = False

    def section(self, level: int, key: str, title: str) -> None:
        """The heading of a narrative, whose paragraphs are a fact until `close`."""
        self.heading(level, title)
        self.w.line()
        self.w.begin(key)
        self._run_in = True

    def close(self) -> None:
        self.w.end()
        self._run_in = False

    def one(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def item_number(self, number: int) -> str:
        """The number of an item in a list, in a style that no heading near it has."""
        pattern = "（{n}）" if self.manner.scheme in ("plain", "bracketed") else "{n}{dot}"
        return self.manner.numbered(pattern, number)

    # -- keys and numbers ----------------------------------------------------------------------------------------

    def key(self, concept: str, member: str | None = None, **axes: str | None) -> Key:
        """The key of a value of this year, on the basis of this kind of report."""
        axes.setdefault("period", str(self.year))
        if self.planned and not concept.startswith(ACTUAL):
            axes.setdefault("basis", "budget")
        return Key(concept, member, **axes)  # type: ignore[arg-type]

    def money(self, fen: int, *keys: Key, role: str | None = None, stale: int | None = None) -> Number:
        digits = self.manner.money(fen)
        before = self.manner.money(stale) if stale else None
        written = tuple(map(str, keys))
        return Number(written, digits, self.manner.unit, role=role, kind="amount", stale=before)

    def figure(self, figure: Figure, *keys: Key) -> Number:
        return self.money(figure.now, *keys, stale=figure.last)

    def loose_money(self, fen: int, role: str | None = None) -> Number:
        """An amount that the vocabulary has no concept for."""
        return Number((), self.manner.money(fen), self.manner.unit, role=role, kind="amount")

    def percent(self, share: Fraction, *keys: Key) -> Number:
        return Number(tuple(map(str, keys)), self.manner.percent(share), "%", kind="percentage")

    def count(self, number: int, unit: str, *keys: Key, chinese_words: bool = False) -> Number:
        """A whole number; small ones may stand in Chinese numerals, then 二 is 两."""
        shown = None
        if chinese_words and 0 < number < 20:
            shown = "两" if number == 2 else chinese(number)
        kind = "headcount" if unit in ("人", "名") else "count"
        return Number(tuple(map(str, keys)), str(number), unit, kind=kind, shown=shown)

    def rate_of(self, share: Fraction) -> bool:
        """Whether a rate is left when it is printed."""
        return bool(rounded(abs(share) * 100, self.manner.percent_decimals).strip("0."))

    # -- clauses -------------------------------------------------------------------------------------------------

    def than_last(self) -> str:
        before = self.year - 1
        if self.planned:
            return self.one(
                "比上年",
                f"比{before}年",
                f"较{before}年",
                "较上年预算",
                "比上年预算数",
                "与上年预算相比，",
                f"比{before}年预算",
            )
        return self.one("比上年", "较上年", "与上年相比，", f"比{before}年", f"较{before}年度", "同比", "比上年决算数", f"与{before}年度相比，",
                        "较上年度", "比上年同期")  # fmt: skip

    def compare(
        self, figure: Figure, *keys: Key, of: Number | None = None, each: bool = False, lead: str = "，", than: str = "",
        vs: str | None = None, amount_only: bool = False,
    ) -> bool:  # fmt: skip
        """A clause on the change against last year (or against `vs`); False where it would print nothing."""
        change, last = figure.change, figure.last
        than = than or self.than_last()
        changes = [replace(key, aspect="change", vs=vs) for key in keys]
        if change == 0:
            if vs is None and than.endswith("，"):
                than = f"{than.rstrip('，')}"
            words = self.one("持平", "持平", "无增减", "无变化") if "与" in than else "持平"
            than = than if "与" in than else f"与{than[1:]}" if than[0] in "比较" else "与上年"
            self.w.put(
                f"{lead}{than}{{}}", Words(str(changes[0]), words, "unchanged", more=tuple(map(str, changes[1:])))
            )
            return True
        if not self.manner.money(change).strip("0."):
            return False
        share = Fraction(change, last) if last else None
        with_rate = share is not None and self.rate_of(share) and not amount_only
        form = self.rng.choice(["both", "both", "both", "amount", "brackets"]) if with_rate else "amount"
        if with_rate and self.chance(0.12) and not each:
            form = "rate"
        up, down = ("增加", "减少") if self.chance(0.9) else ("增长", "下降")
        if each:
            up, down = f"各{up}", f"各{down}"
        sign = 1 if change > 0 else -1
        amount = Number(
            tuple(map(str, changes)), self.manner.money(change), self.manner.unit, sign, (up, down), kind="amount"
        )
        rates = tuple(str(replace(key, aspect="change_rate", vs=vs)) for key in keys)
        pair = self.rng.choice(
            [("增长", "下降")] * 4 + [("增加", "减少"), ("增幅", "降幅"), ("上升", "下降"), ("增长率为", "下降率为")]
        )
        if form == "rate" and "率" in pair[0]:
            pair = ("增长", "下降")
        digits = self.manner.percent(share) if share is not None else "0"
        rate = Number(rates, digits, "%", sign, pair, kind="percentage")
        template = {"both": f"{lead}{than}{{}}，{{}}", "brackets": f"{lead}{than}{{}}（{{}}）"}.get(
            form, f"{lead}{than}{{}}"
        )
        slots = {"amount": [amount], "rate": [rate]}.get(form, [amount, rate])
        if form == "both" and len(keys) == 1 and self.chance(0.02):
            self.w.put(f"{lead}{than}{{}}，{self.one('增长', '增幅')}{{}}", amount, Words(rates[0], "%", "blank"))
            return True
        self.w.put(template, *slots)
        if last == 0 and len(keys) == 1 and self.chance(0.2):
            self.w.say("，增长")
            self.w.put("{}", Words(rates[0], "%", "blank"))
        if of is not None and len(slots) == 2:
            self.w.relate("rate", of, slots)
        return True

    def reason(self, change: int, facts: Sequence[tuple[str, Figure, Key]] = ()) -> None:
        """A clause of reasons: with the changes of labelled items, with an amount that means nothing, or bare."""
        up = change > 0
        lead = self.one("，主要原因是", "，主要是", "，原因是", "。主要原因是", "，主要原因：", "，主要是由于")
        cause = self.rng.choice(CAUSES_UP if up else CAUSES_DOWN)
        fitting = [one for one in facts if one[1].change and (one[1].change > 0) == up and self.prints(one[1].change)]
        if fitting and self.chance(0.5):
            label, figure, key = self.rng.choice(fitting)
            moved = self.money(abs(figure.change), replace(key, aspect="change"), role="reason")
            moved.sign, moved.words = (1 if up else -1), ("增加", "减少")
            self.w.put(f"{lead}{cause}，{label}{{}}", moved)
        elif self.chance(0.2) and self.prints(change // 2) and abs(change) > 8 * self.manner.ulp:
            first, second = ("仪器添置多花", "场地修缮用去") if up else ("印制费少花", "耗材少买")
            amounts = [self.loose_money(abs(change) * share // 10, "reason") for share in (6, 3)]
            self.w.put(
                f"{lead}：一是{first}{{}}；二是{second}{{}}".replace("：：", "：").replace("是：一", "：一"), *amounts
            )
        elif self.chance(0.3) and self.prints(change // 2) and abs(change) > 4 * self.manner.ulp:
            words = ("仪器添置多花", "场地修缮用去") if up else ("印制费少花", "耗材少买")
            self.w.put(f"{lead}{cause}，{self.rng.choice(words)}{{}}", self.loose_money(abs(change) // 2, "reason"))
        else:
            self.w.say(lead + cause)

    def against_budget(self, figure: Figure, key: Key, *, of: Number | None = None) -> None:
        """The difference from the budget of the year."""
        beside = Figure(figure.now, figure.budget)
        self.compare(beside, key, of=of, than=self.one("比年初预算", "较年初预算", "比年初预算数"), vs="budget")

    def prints(self, fen: int) -> bool:
        return bool(self.manner.money(fen).strip("0."))

    def execution(self, figure: Figure, key: Key, *, of: Number | None = None, stated: bool = False) -> None:
        """年初预算 N, 支出决算 N, 完成年初预算的 N%."""
        if not figure.budget:
            return
        rate = self.percent(Fraction(figure.now, figure.budget), replace(key, aspect="execution_rate"))
        budget = self.money(figure.budget, replace(key, basis="budget"))
        if stated:
            self.w.put(
                self.one(
                    "，完成年初预算{}的{}",
                    "，为年初预算{}的{}",
                    "，年初预算{}，完成年初预算的{}",
                    "，年初预算为{}，完成预算的{}",
                ),
                budget,
                rate,
            )
            if of is not None:
                self.w.relate("execution", of, [budget, rate])
            return
        spent = self.figure(figure, key)
        self.w.put(self.one("年初预算为{}，支出决算为{}，完成年初预算的{}", "年初预算{}，决算支出{}，完成年初预算的{}", "年初预算为{}，支出决算数为{}，完成预算的{}"),
                   budget, spent, rate)  # fmt: skip
        self.w.relate("execution", spent, [budget, rate])

    def listing(
        self, entries: Sequence[Entry], *, total: Number | None, whole: int = 0, base: str = "", shares: bool | None = None,
        changes: bool = False, sep: str = "", uses: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """A list of items with their amounts and shares; ends without a full stop."""
        shares = self.chance(0.65) if shares is None else shares
        shares = shares and whole > 0
        sep = sep or self.manner.separator
        if (shares or changes or uses) and sep == "、":
            sep = "；"
        order = self.w.items([str(entry.key) if total and entry.figure.now else "" for entry in entries])
        if order != list(range(len(entries))):
            missing = next(entry for k, entry in enumerate(entries) if k not in order)
            assert total is not None
            self.w.missing.append((str(missing.key), total.fact))
        present = [entries[k] for k in order]
        zeros = [entry for entry in present if not entry.figure.now]
        nonzero = [entry for entry in present if entry.figure.now]
        mode = self.rng.choice(["each", "each", "all", "none"]) if len(zeros) >= 2 else "each"
        shown = nonzero if mode != "each" and nonzero else present
        printed: list[Number] = []
        glue = "为" if self.chance(0.12) else ""
        if len(shown) == 2 and shown is nonzero and not changes and not uses and self.chance(0.4):
            printed += self._respectively(shown, whole, shares)
        else:
            for k, entry in enumerate(shown):
                joint = "" if k == 0 else ("；" if sep == "，" and self.chance(0.15) else sep)
                amount = self.figure(entry.figure, entry.key)
                self.w.put(joint + entry.label + glue + "{}", amount)
                printed.append(amount)
                if shares and (entry.figure.now or self.chance(0.8)):
                    share = self.percent(Fraction(entry.figure.now, whole), replace(entry.key, aspect="share"))
                    words = f"占{base}的" if base and self.chance(0.4) else self.manner.of_list
                    self.w.put(f"，{words}{{}}", share)
                    if total is not None:
                        self.w.relate("share", share, [amount, total])
                if uses:
                    self.w.say(f"，{self.one('主要用于', '用于')}{self.rng.choice(uses)}")
                if changes and entry.figure.now:
                    self.compare(entry.figure, entry.key, of=amount)
        if total is not None and printed:
            self.w.relate("sum", total, printed)
        if shown is present or not nonzero:
            return
        if mode == "all":
            labels = "、".join(entry.label for entry in zeros)
            zero = self.money(0, *(entry.key for entry in zeros))
            self.w.put(f"{sep if sep != '、' else '，'}{labels}均为{{}}", zero)
        else:
            for entry in zeros:
                text = self.one("无", "没有") + entry.label
                self.w.put(f"{sep if sep != '、' else '，'}{{}}", Words(str(entry.key), text, "none"))

    def _respectively(self, pair: Sequence[Entry], whole: int, shares: bool) -> list[Number]:
        amounts = [self.figure(entry.figure, entry.key) for entry in pair]
        self.w.put(f"{pair[0].label}、{pair[1].label}分别为{{}}、{{}}", *amounts)
        if shares:
            parts = [self.percent(Fraction(e.figure.now, whole), replace(e.key, aspect="share")) for e in pair]
            self.w.put(self.one("，占比分别为{}、{}", "，分别占{}和{}"), *parts)
        return amounts
