"""What words alone say of two figures: 决算数大于年初预算数的主要原因是…, behind the figures, and 减少的主要原因是…, behind a change.

Such words are written from year to year and outlive the figures. They are no facts, since no number is printed in them;
they become relations between the facts that stand before them in their paragraph. What may be meant otherwise is none:
where any figure there is as the words say, where another amount has come between, and where a template asks for both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportparse.intervals import Interval, exactly
from reportparse.model import Fact, Mention, Span
from reportparse.relations import Relation
from reportparse.text import Flat

__all__ = ["Claim", "find_claims", "relations_of"]

_INFINITY = Decimal("Infinity")
_BUDGET = re.compile(
    r"(?:决算|执行|支出|完成|使用)数?[ 　]?(?P<op>大于|高于|多于|超过|超出|小于|低于|少于|等于)[ 　]?(?P<which>年初|调整后?|全年)?的?预算"
    r"(?:安排)?(?:数|额|金额)?(?=[，。；,;]|的?(?:主要)?原因|主要|是因)"
)
_BEFORE = re.compile(
    r"(?<=[，。；,;\n])[ 　]*(?P<op>增加|增长|上升|提高|减少|下降|降低)的?主?要?原因(?=[是为：:，,]|主要)"
)
_ASKED = re.compile(r"[如若凡]|应当?说明|须说明|需说明|需要说明")
"""A template's words, or a condition's."""
_SIGNS = {
    **dict.fromkeys(("大于", "高于", "多于", "超过", "超出", "增加", "增长", "上升", "提高"), ">"),
    **dict.fromkeys(("小于", "低于", "少于", "减少", "下降", "降低"), "<"),
    "等于": "=",
}
_BASES = {"年初": "budget", "调整": "adjusted_budget", "调整后": "adjusted_budget", "全年": "adjusted_budget"}
_REACH = 300
"""Characters before the words, in which the figures stand that they are of."""


class Claim(NamedTuple):
    """Words that compare what was spent with the budget (``with_budget``; ``basis`` where they say which), or say where a
    change went. ``paragraph`` is where theirs begins; all places are of the source.
    """

    words: str
    op: str
    with_budget: bool
    basis: str | None
    paragraph: int
    span: Span


def find_claims(flat: Flat, start: int, end: int) -> list[Claim]:
    """The claims in a part of the text."""
    text = flat.text
    found: list[Claim] = []
    for pattern in (_BUDGET, _BEFORE):
        for match in pattern.finditer(text, start, end):
            paragraph = text.rfind("\n", start, match.start("op")) + 1 or start
            sentence = max(text.rfind(mark, paragraph, match.start("op")) for mark in "。；") + 1 or paragraph
            stop = min((at for mark in "。\n" if (at := text.find(mark, match.end())) >= 0), default=end)
            if _ASKED.search(text, sentence, match.start("op")) or _ASKED.search(text, match.end(), stop):
                continue
            which = match.groupdict().get("which")
            found.append(
                Claim(
                    match.group().strip(), _SIGNS[match["op"]], pattern is _BUDGET, _BASES.get(which or ""),
                    flat.origin(paragraph, paragraph + 1)[0], flat.origin(*match.span()),
                )
            )  # fmt: skip
    return sorted(found, key=lambda claim: claim.span)


def relations_of(
    claims: Sequence[Claim], facts: Sequence[Fact], unclaimed: Sequence[Mention], indexes: Sequence[int]
) -> Iterator[Relation]:
    """The relations that claims state between the facts of their part, by the indexes of these."""
    if not claims:
        return
    others = sorted(mention.span for mention in unclaimed if mention.kind == "amount" and mention.cell is None)
    printed = sorted((span, i) for i in indexes if (span := facts[i].span) is not None and facts[i].cell is None)
    for claim in claims:
        first = max(claim.paragraph, claim.span[0] - _REACH)
        before = [i for span, i in printed if first <= span[0] and span[1] <= claim.span[0]]
        before = [i for i in before if facts[i].role == "statement" and facts[i].kind in ("amount", "percentage")]
        last = bisect_left(others, claim.span) - 1
        if not before or (last >= 0 and others[last] > (facts[before[-1]].span or (0, 0))):
            continue  # they may be said of a figure that no rule knows
        made = _against_budget(claim, facts, before) if claim.with_budget else _of_change(claim, facts, before)
        if made is not None:
            yield made


def _against_budget(claim: Claim, facts: Sequence[Fact], before: Sequence[int]) -> Relation | None:
    """The last figure before the words and that of its budget, or else its execution rate; none where either is as they say."""
    values = [i for i in before if facts[i].aspect == "value" and _is_number(facts[i])]
    if not values:
        return None
    of = _thing(facts[values[-1]])
    same = [i for i in before if _thing(facts[i]) == of and _is_number(facts[i])]
    actual = next((i for i in reversed(same) if facts[i].aspect == "value" and facts[i].basis == "actual"), None)
    budgets = [i for i in same if facts[i].aspect == "value" and facts[i].basis in _bases(claim)]
    rates = [i for i in same if facts[i].aspect == "execution_rate" and _is_against(facts[i], claim)]
    if any(_holds(_of_rate(facts[i]), claim.op) for i in rates):
        return None
    if actual is not None and budgets:
        sides = [(facts[actual].yuan, facts[i].yuan) for i in budgets]
        if any(a is not None and b is not None and _holds(a - b, claim.op) for a, b in sides):
            return None
        return Relation("words", "words", "sum", actual, (budgets[-1],), (1,), claim.op, said=claim.words)
    if rates:
        return _limit(claim, rates[-1], Decimal(100))
    return None


def _of_change(claim: Claim, facts: Sequence[Fact], before: Sequence[int]) -> Relation | None:
    """The last change before the words; none where another figure has come after it, or any change goes where they say."""
    changes = [i for i in before if facts[i].aspect in ("change", "change_rate")]
    if not changes or changes[-1] != before[-1] or not all(_is_number(facts[i]) for i in changes):
        return None
    if any(_holds(facts[i].value, claim.op) or not facts[i].value for i in changes):
        return None  # 下降0% is a little
    return _limit(claim, changes[-1], Decimal(0))


def _limit(claim: Claim, index: int, at: Decimal) -> Relation:
    band = {
        ">": Interval(at, _INFINITY, False, False),
        "<": Interval(-_INFINITY, at, False, False),
        "=": exactly(at),
    }[claim.op]
    return Relation("words", "words", "limit", index, (), band=band, said=claim.words)


def _thing(fact: Fact) -> tuple[object, ...]:
    """What a figure is of, whatever its basis and its aspect."""
    return fact.concept, fact.member, fact.fund, fact.period, sorted(fact.cross.items())


def _is_number(fact: Fact) -> bool:
    return fact.state in ("stated", "zero") and isinstance(fact.value, Decimal) and fact.qualifier is None


def _bases(claim: Claim) -> tuple[str, ...]:
    return (claim.basis,) if claim.basis is not None else ("budget", "adjusted_budget")


def _is_against(fact: Fact, claim: Claim) -> bool:
    return fact.compared is None or fact.compared.basis in _bases(claim)


def _of_rate(fact: Fact) -> Decimal | None:
    return fact.value - 100 if isinstance(fact.value, Decimal) else None


def _holds(difference: object, op: str) -> bool:
    if not isinstance(difference, Decimal):
        return True  # nothing is known, and nothing said against it
    return {">": difference > 0, "<": difference < 0, "=": difference == 0}[op]
