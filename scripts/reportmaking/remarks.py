"""Passages in words: the year's work, the conclusion, troubles, remedies, the glossary."""

from __future__ import annotations

from collections.abc import Sequence

from reportmaking.draft import Draft
from reportmaking.manner import chinese
from reportmaking.trades import GLOSSARY, REMEDIES, TROUBLES


def enumerated(d: Draft, sentences: Sequence[str], style: str | None = None) -> None:
    """Sentences as 一是…二是… in one paragraph, or numbered, a paragraph each."""
    style = style or d.one("is", "is", "numbers", "lines", "bare")
    for k, sentence in enumerate(sentences, 1):
        if style == "is":
            end = "。" if k == len(sentences) or d.chance(0.5) else "；"
            d.w.say(f"{chinese(k)}是{sentence}{end}")
            continue
        if k > 1:
            d.w.line()
        number = {"numbers": d.item_number(k), "lines": f"{chinese(k)}是", "bare": ""}[style]
        d.w.say(f"{number}{sentence}。")


def work(d: Draft) -> None:
    """What was done; none of its numbers is a fact."""
    chosen = d.rng.sample(d.office.trade.work, d.rng.randint(2, len(d.office.trade.work)))
    d.para()
    d.w.say(d.one("", "", f"{d.year}年，{d.we()}按计划办事。", "这一年主要做了下面几件事。"))
    enumerated(d, chosen, d.one("is", "is", "bare"))


def troubles(d: Draft) -> None:
    enumerated(d, d.rng.sample(TROUBLES, d.rng.randint(1, 4)))


def remedies(d: Draft) -> None:
    enumerated(d, d.rng.sample(REMEDIES, d.rng.randint(1, 4)))


def remarks_on_spending(d: Draft) -> None:
    """Praise that says nothing."""
    d.w.say(d.one(
        "账目日清月结，票据随到随审。", "支出按进度拨付，没有寅吃卯粮。", "钱跟着事走，事办到哪里钱花到哪里。", "该公开的都贴在公示栏里，没有收到异议。",
    ))  # fmt: skip


def glossary(d: Draft) -> None:
    """What words mean, without a number."""
    chosen = d.rng.sample(GLOSSARY, d.rng.randint(3, len(GLOSSARY)))
    style = d.one("{c}、", "{n}{dot}", "", "（{c}）")
    for k, (word, meaning) in enumerate(chosen, 1):
        d.para()
        d.w.say(f"{d.manner.numbered(style, k)}{word}{d.one('：', '：')}{meaning}。")


def annex(d: Draft) -> None:
    """A closing word before the signature."""
    d.para()
    d.w.say(d.one("上述情况，特此公开。", "详细数字见所附表格。", "如有疑问，可到办公地点查询。"))
