"""The numeral-and-unit grammar: printed text → quantities, and everything else that carries digits.

:func:`scan` walks once over normalised text (text.py) and returns every quantity, and every run of digits that is
none, each exactly once. One pattern finds where a token may begin; what it is, is decided by what stands around it.
No step looks further than a bounded number of characters, so the time is linear in the text whatever the text is.

Over 400 lines because the classes exclude one another: what makes 2024 a year, a code or a number of people is one
decision, and the table of units is read in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from reportparse.numerals import (
    DIGITS,
    MAGNITUDES,
    MORE,
    MULTIPLIERS,
    UNIT_FIRST,
    Numbering,
    Unit,
    numbering,
    numeral,
    span_of,
    unit_at,
)
from reportparse.numerals import unit as make_unit
from reportparse.patterns import seldom
from reportparse.text import flatten

__all__ = [
    "CLASSES",
    "NonQuantity",
    "Numbering",
    "Quantity",
    "Token",
    "find",
    "numbering",
    "qualified",
    "read",
    "scan",
]


class Quantity(NamedTuple):
    """One printed quantity.

    ``start:end`` holds number and unit, with a printed sign (-, 负, accounting brackets), a currency sign, and 多 余 几
    where they stand inside; words before (约, 超, 增加) and after (以上, 左右) stay outside.

    ``kind``: ``amount`` money · ``percentage`` any proportion (% ‰ 个百分点 成 折 倍, and fractions, whose unit is
    ``/3`` for thirds) · ``headcount`` 人 名 位 · ``count`` · ``score`` · ``measure`` · ``number`` (no unit printed,
    or 万/亿 whose noun the grammar cannot know).
    ``state``: ``stated`` ``zero`` ``none`` ``blank`` ``redacted``; ``value`` is None but for the first two.
    ``value`` is in ``unit`` with the digits as printed, ``decimals`` counts them; of a Chinese numeral the closing
    万/亿 belongs to the unit (三十万元 is 30 万元). ``yuan`` is exact, for amounts in renminbi only; of a rate
    (元/人) it is the yuan of one. ``value_max`` closes a range, in the same unit. ``scale`` is a printed full mark.
    ``qualifier``: ``about`` ``nearly`` ``more_than`` ``at_least`` ``less_than`` ``at_most`` or None.
    """

    start: int
    end: int
    kind: str
    state: str
    value: Decimal | None
    decimals: int | None
    unit: str | None
    yuan: Decimal | None
    value_max: Decimal | None
    qualifier: str | None
    scale: Decimal | None


class NonQuantity(NamedTuple):
    """Digits that count nothing: ``cls`` is a key of :data:`CLASSES`, ``value`` the year for ``year``."""

    start: int
    end: int
    cls: str
    value: int | None


CLASSES = {
    "year": "2024年, 2024年度, 二〇二四年, each year of 2021-2024, a bare 2024 before a Chinese character",
    "date": "month and day: 3月26日, 1-6月, the -03-26 of 2025-03-26; 90年代",
    "time": "12:30, 8点, 9时30分",
    "document_number": "〔2020〕10号, [2016]53号, 第10号令",
    "ordinal": "第3, 47届, 3季度, 5号, 3级, 3年级",
    "heading": "numbers of headings and list items: 1. 2、 （1） ① at the start of a line or after 。；：",
    "code": "2050201, 0013, 510000_0013zp, B201, identifiers of nine digits and more",
    "phone": "0830-1234567, 13800000000, 400-123-4567",
    "name": "digits inside a name: PM2.5, 5G, H5, 12345热线, 985高校, “1”, 3楼",
    "url": "addresses of pages, mail and files",
    "contents": "the page number at the end of a contents line",
    "page": "- 3 -, 第3页",
    "version": "V1.0, 1.2.3",
    "figure": "图1, 表2-1, 附件3, 公开01表",
    "ratio": "3:1, 1：4, 5/5",
    "formula": "1+3, 7×24, $x_1$",
    "markup": 'HTML tags: <td rowspan="15">',
}
"""Every class of :class:`NonQuantity`, with what falls under it."""

# -- patterns -----------------------------------------------------------------------------------------------------------

# No possessive groups, (?:…)?+: before Python 3.11.5 the engine takes too much in them (CPython issue 106052). What is taken
# stays taken because what could follow is denied: (?:A|(?!A)) is (?:A)?+, and (?:A)*(?!A) is (?:A)*+.
_FRACTION = r"(?:\.[0-9]++|(?!\.[0-9]))"
_GROUPS = r"(?:,[0-9]{3}(?![0-9]))+(?!,[0-9]{3}(?![0-9]))"
# The dot of a list number before a year or the code of a class is no decimal point: 1.2024年收入; 1.2080505机关事业单位….
_NO_FRACTION = r"(?:(?:19|20)[0-9]{2}年|2[0-9]{4}(?:[0-9]{2})?(?![0-9万亿千百元平公亩个%])(?=[\u4e00-\u9fff]))"
_FRACTION_OR_ITEM = rf"(?:\.(?!{_NO_FRACTION})[0-9]++|(?!\.[0-9])|(?=\.{_NO_FRACTION}))"
_NUM = rf"(?:[0-9]{{1,3}}+{_GROUPS}{_FRACTION}|[0-9]++{_FRACTION_OR_ITEM})"
_HAN = DIGITS + MULTIPLIERS
_CHUNK = "A-Za-z0-9_.:/@?&=%#~+\\-"

_HAN_NEXT = "".join(sorted(c for c in UNIT_FIRST if c > "\u3400" and c not in _HAN)) + "分点%‰㎡至到"

# What a rate stands behind, looked back at over the dash that is printed for it: 增长—, 完成预算的--, 执行率为——.
_BEFORE_RATE = "|".join(
    f"(?<={words}.)" for words in ("增长", "下降", "降低", "预算的", "总额的", "幅度", "率", "率为", "占比")
)

# A set of characters first, so that the engine can skip to the next one; then one branch for each of its parts, told
# apart by looking back at the character just taken. The number of the last group says which branch it was; digits,
# the commonest, have none. Sets of Chinese characters are few here: each takes a third of a millisecond to compile.
_START = re.compile(
    rf"[0-9{_HAN}几数第<$A-Za-z*×_%元个人名辆台①-⒛—-]"
    rf"(?:(?<=[0-9])(?:[0-9]{{0,2}}+{_GROUPS}{_FRACTION}|[0-9]*+{_FRACTION_OR_ITEM})"
    rf"|(?<=[{_HAN}几数])(?<![{_HAN}几数第].)[{_HAN}]*+(?=[{_HAN_NEXT}]|(?<=[{_HAN}]{{3}})|(?<=万|亿))()"
    r"|(?<=第)()[0-9]++(?:[-—~、至.][0-9]++)*(?:号令?|页)?"
    r"|(?<=<)()(?=[A-Za-z/!][^<>0-9]*+[0-9])[^<>]*+>"
    r"|(?<=[*×Xx_])(?<![*×_A-Za-z0-9].)[*×Xx_]*+(?:\.[*]++|(?!\.[*]))()"
    rf"|(?<=[A-Za-z])(?<![{_CHUNK}].)()(?:(?<=[hf])t?tps?[:：]//[!#-;=?-{{}}~：？]*+"
    rf"|(?=[A-Za-z_.:/@?&=%#~+\-]*+[0-9])[{_CHUNK}]*+)"
    r"|(?<=[①-⒛])()"
    r"|(?<=%)()"
    rf"|(?<=[—-])(?:{_BEFORE_RATE})()[—-]{{0,3}}+%?(?=[，。；、（）])"
    r"|(?=，|。)()"
    r"|(?<=\$)()(?=[^$\n{^_]{0,200}+[{^_])[^$\n]{1,400}+\$)"
)
_NEXT = seldom(rf"(--?|——?|~|至|到)￥?({_NUM})")
_SPECIAL = re.compile(
    r"(?P<date>(?P<y>(?:19|20)[0-9]{2})(?P<s>[-/.])[01]?[0-9](?P=s)[0-3]?[0-9](?![0-9]))"
    r"|(?P<phone>0[0-9]{2,3}-[0-9]{7,8}(?![0-9])|[48]00-[0-9]{3,4}-[0-9]{3,4}(?![0-9]))"
    r"|(?P<time>(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9.]))"
    rf"|(?P<ratio>[0-9]++{_FRACTION}(?:[:：∶][0-9]++{_FRACTION}(?![年月]))+)"
    r"|(?P<code>[0-9]++(?:-[0-9]++){2,})"
    rf"|(?P<formula>[0-9]++{_FRACTION}(?:[+×*]++(?:[0-9]++{_FRACTION}|[NnXx]))+)"
    r"|(?P<version>[0-9]++(?:\.[0-9]++){2,})"
    r"|(?P<name>[0-9]{1,2}·[0-9]{1,2}(?![0-9]))"
    r"|(?P<masked>(?:[0-9]*+[*×Xx]++\.?[0-9*×Xx]*+|[0-9]++\.[0-9]*+[*×Xx]++))"
    r"|(?P<url>[0-9][0-9A-Za-z_.-]{0,63}+@[0-9A-Za-z_.-]++)"
    rf"|(?P<mixed>[0-9]++{_FRACTION}[A-Za-z_][A-Za-z0-9_]*+(?:[-./][A-Za-z0-9_]++)*)"
)
_JOINERS = frozenset("-/.:：∶+×*@_·Xx") | frozenset("ABCDEFGHIJKLMNOPQRSTUVWYZabcdefghijklmnopqrstuvwyz")
_DOCUMENT = seldom(r"[〔\[【（](?:19|20)[0-9]{2}[〕\]】）](?:第?[0-9]++号|(?<=[〕\]】])[0-9]++)|〔[0-9]++号")
_WITHIN = seldom(r"(?<=日)(?:之|以)?内")
_MONTH_DAY = re.compile(r"[0-9]{1,2}月(?:[0-9]{1,2}[日号])?")
_HAN_MONTH_DAY = seldom(r"[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?")
_CENTS = seldom(rf"(?:([0-9]|[{DIGITS}])[角毛])?零?(?:([0-9]|[{DIGITS}])分)?(?!钟)")
_TENTH = seldom(rf"([{DIGITS}半])(?![{_HAN}个人名项])")
_MORE_AFTER = seldom(r"[多余](?=[，。；、）的来时]|$)")
_COMPOUND = seldom(rf"[0-9.]++[{MULTIPLIERS}](?:零?[0-9]++[{MULTIPLIERS}]){{1,8}}(?:[0-9]++(?=元))?")
_RATE = seldom(r"/(?:平方米|公里|人次|[人天月年日次个辆台套户亩例间吨])(?:[、·•/.][天日月年次人])?")
_FULL_MARK = seldom(rf"/({_NUM})分?(?![0-9])")
_NAMED = seldom(
    r"(?:12345|12315|12348|12333|12328|12369|110|119|120|122)(?=热线|平台|报警|急救|指挥|市民|政务|便民|信访|投诉|联动)"
    r"|(?:985|211|863|973)(?=高校|工程|计划|院校|大学)"
)
_FUNCTION_CODE = seldom(
    r"(?:2[0-3][0-9](?:[0-9]{2}){0,2}|3(?:0[1-9]|1[0-3]|99)(?:[0-9]{2})?|50[0-9](?:[0-9]{2})?)(?![0-9])"
)
_LABELLED = seldom(r"(?:附[件表录图]|专栏|表格?|图|案例|公开)\Z")
_LABEL_LAST = frozenset("件表录图栏格例开")
_REST_OF_LABEL = seldom(r"[0-9]++(?:[-.—][0-9]++)*")
_AFTER = re.compile(r"(?:（含[^（）\n]{0,6}）)?[及含或]?(以上|以下|以内|之内|之上|之下|左右|上下)")
_GOES_ON_UNIT = seldom(r"(?:/[^\W\d_]{1,4}|[^\W\d_]{1,3}|（含[^（）\n]{0,6}）以[上下内])(?=[，。；、）（]|$)")
_AFTER_FIRST = frozenset("（及含或以之左上")
_QUALIFIES_AFTER = {"以上": "at_least", "之上": "at_least", "左右": "about", "上下": "about"}
_QUALIFIES_BEFORE = {
    "at_least": "不低于|不少于|不小于|大于等于|大于或等于|至少|最少|≥|≧|>=|\\geq|\\geq ",
    "at_most": "不超过|不高于|不多于|不大于|未超过|小于等于|小于或等于|至多|最多|≤|≦|<=|\\leq|\\leq ",
    "more_than": "超过|高于|大于|多于|超|逾|>",
    "less_than": "不足|不到|低于|少于|小于|<",
    "nearly": "将近|接近|近",
    "about": "约|大概",
}
# In this order: 不低于 must be found before 低于.
_BEFORE = tuple((word, qualifier) for qualifier, words in _QUALIFIES_BEFORE.items() for word in words.split("|"))
_BEFORE_LAST = frozenset(word[-1] for word, _ in _BEFORE)
_NO_QUALIFIER = seldom(r"(?:[节合契预公制条简违履签特][约]|[最附临邻靠远][近])$")
_TAG_END = seldom(r"[A-Za-z\"'/]>")
_SIGNS = frozenset("-负￥¥$")
_TELLS_BEFORE = _BEFORE_LAST | _SIGNS | {"币"}
_EITHER_WAY = tuple(f"（{word}）" for word in ("减少", "下降", "降低", "减", "降", "增加", "增长", "上升"))
"""After such brackets a minus is the sign: 比上年增加（减少）-9万元."""
_NO_SIGN_AFTER = seldom(r"[0-9A-Za-z%）-]")
_CURRENCIES = {"￥": "元", "¥": "元", "$": "美元"}
_LEADERS = frozenset(".…·")
_HEAD_END = frozenset(".、．)）")
_CLAUSE_END = frozenset("\n。；：！？;|\t>”")
_RANGE_MARKS = frozenset("-—~至到")
_CELL_EDGES = frozenset(["", "\n", "|", "\t", ">", "<"])
_CENTURIES = frozenset(["19", "20"])
_YEAR_AHEAD = re.compile(r"(?:19|20)[0-9]{2}年")
_YEARS_AHEAD = seldom(r"[、和与及（](?:19|20)[0-9]{2}[年、和与及]")
_LISTED = seldom(r"(?:、[0-9]{1,2}){1,12}(月|日|号|季度)")
_LIST_AHEAD = seldom(r"[、.][0-9]++[、，]")
_PAGE = seldom(r" ?[-—–](?![0-9])")
_PAGE_BEFORE = seldom(r"(?:^|[\n\f])[-—–] ?$")
_PHONE_BEFORE = seldom(r"电话|联系|传真|热线|手机")
_SHARING = seldom(r"各[自为是减增]?|分别|依次|均")
_SHARED_BY = frozenset("、和与及")
_GOES_ON = frozenset("-—~至到/0123456789半" + DIGITS + MORE)
_DIGITS_AT_MOST = 24
"""A longer row of digits is an identifier; every shorter one fits a Decimal's arithmetic without rounding."""
_HAN_NAMES = re.compile(
    r"个(?:维护|确立|一|意识|自信|全面|代表|毫不|结合|务必|必由|明确|坚持|伟大|服从|大局|方面|有利|统筹|层面|环节|关键|阶段|维度|平台)"
    r"|项(?:规定|纪律|注意|基本|原则|制度|机制)|次[、全会大代党]|大|期间|[十百千]?里|分[钟之]"
)
_DUAL = seldom(r"元(?:化|制|论|体系|结构|经济|社会|矛盾|分割|对立|关系|格局|分化|[一二]次|函数|方程|财政|税制|所有)")
"""What is of one kind or two (一元化, 二元结构) is no yuan."""
_COUNTED_ONE = seldom(r"(?:共|[下内共]设|设有|[共合总]计|共有|现有|仅有|仅|各|数为|编制|增加|减少|新增)$")


# -- scanning -----------------------------------------------------------------------------------------------------------

Token = Quantity | NonQuantity
_BARE = Unit("number", None, None, False, True, frozenset())
_SELDOM_SO = frozenset("名分位折")
"""前3名 is a rank, 30分 after 9时 a time, 上升2位 counts no people, and 75折 is 7.5折."""
_RANK = Unit("ordinal", "名", None, False, False, frozenset())
_MINUTES = Unit("time", "分", None, False, False, frozenset())
_YEARS = Unit("count", "年", None, False, True, frozenset())
_DAYS = Unit("count", "日", None, False, True, frozenset())


def scan(flat: str) -> list[Quantity | NonQuantity]:
    """Every quantity of normalised text, and every other run of digits, in order and disjoint."""
    tokens: list[Token] = []
    position = 0
    search = _START.search
    while (match := search(flat, position)) is not None:
        branch = match.lastindex
        if branch is None:
            position = _digits(flat, match.start(), match.end(), tokens)
        else:
            position = _BRANCHES[branch](flat, match, tokens)
    return tokens


def _digits(flat: str, start: int, end: int, tokens: list[Token]) -> int:
    """A token that begins with the ASCII digits ``flat[start:end]``, or with the sign before them."""
    after = flat[end : end + 1]
    before = flat[start - 1] if start else "\n"
    if after in _JOINERS:
        special = _SPECIAL.match(flat, start)
        if special is not None:
            position = _joined(flat, special, tokens)
            if position:
                return position
    if after in UNIT_FIRST and end - start <= _DIGITS_AT_MOST:
        found = unit_at(flat, end)
        if found is not None:
            unit, stop = found
            if unit.name == "年度" and _labelled(flat, start):
                tokens.append(NonQuantity(start, end, "figure", None))  # 表2 年度指标
                return end
            if not unit.counts:
                return _no_count(flat, start, end, stop, unit, tokens)
            number = flat[start:end]
            if unit.name in _SELDOM_SO:
                if before == "前" and unit.name == "名":
                    return _no_count(flat, start, end, stop, _RANK, tokens)
                if unit.name == "分" and tokens and tokens[-1].end == start and tokens[-1][2] == "time":
                    return _no_count(flat, start, end, stop, _MINUTES, tokens)
                if unit.name == "位" and before in "升降进退移":
                    unit = unit._replace(kind="count")
                if unit.name == "折" and len(number) == 2:
                    number = f"{number[0]}.{number[1]}"
            return _quantity(flat, start, number, unit, stop, tokens)
    return _bare(flat, start, end, before, after, tokens)


def _quantity(flat: str, start: int, number: str, unit: Unit, end: int, tokens: list[Token]) -> int:
    """Append a quantity with a unit: its sign, its range, its qualifiers, and those before it that share its unit."""
    kind, name, power, more, _, _ = unit
    if "," in number:
        number = number.replace(",", "")
    value_max = scale = None
    negative = False
    qualifier = "more_than" if more else None
    after = flat[end : end + 1]
    if after in _GOES_ON:
        if name in ("元", "块") and "." not in number and (cents := _CENTS.match(flat, end)) and cents.end() > end + 1:
            number = f"{number}.{_digit(cents[1] or '0')}{_digit(cents[2]) if cents[2] else ''}"
            kind, name, power, end = "amount", "元", 0, cents.end()
        elif name == "成" and "." not in number and (tenth := _TENTH.match(flat, end)):
            number, end = f"{number}.{_digit(tenth[1])}", tenth.end()
        elif after in MORE:
            if _MORE_AFTER.match(flat, end):
                qualifier, end = "more_than", end + 1
        elif kind == "number" and (position := _compound(flat, start, end, tokens)):
            return position
        elif after == "/" and power is not None and (rate := _RATE.match(flat, end)):
            name, end = f"{name}{rate.group()}", rate.end()
        elif after == "/" and kind == "score" and (mark := _FULL_MARK.match(flat, end)):
            scale, end = Decimal(mark[1].replace(",", "")), mark.end()
        elif found := _range_end(flat, end, Decimal(number), unit):
            value_max, end = found[:2]
        after = flat[end : end + 1]
    before = flat[start - 1] if start else "\n"
    if before not in _TELLS_BEFORE:
        pass
    elif before in _SIGNS:
        start, negative, currency = _sign(flat, start, tokens[-1].end if tokens else 0)
        if currency and kind == "number":
            kind, name, power = "amount", f"{name or ''}{currency}", _power(name, currency)
        before = flat[start - 1] if start else "\n"
    elif before == "币" and kind == "number" and flat.endswith("人民币", 0, start):
        kind, name, power = "amount", f"{name or ''}元", _power(name, "元")
    whole, _, fraction = number.partition(".")
    if negative:
        whole = f"-{whole}"
    decimals = len(fraction)
    value = Decimal(number)
    if negative and value:
        value = value.copy_negate()
    if power is None:
        yuan = None
    elif power >= decimals:
        yuan = Decimal(int(whole + fraction) * _TENS[power - decimals])
    else:
        yuan = value.scaleb(power)
    if before in _TELLS_BEFORE:
        qualifier = _qualifier_before(flat, start) or qualifier
    if after in _AFTER_FIRST and (limit := _AFTER.match(flat, end)) is not None:
        qualifier = qualifier or _QUALIFIES_AFTER.get(limit[1], "at_most")
    state = "stated" if value or value_max else "zero"
    # Twice as fast as calling the class, and called for every number of a document.
    tokens.append(_new(Quantity, (start, end, kind, state, value, decimals, name, yuan, value_max, qualifier, scale)))
    if len(tokens) > 1 and tokens[-2].end + 1 == start:
        _share_unit(flat, tokens)
    return end


_new = tuple.__new__
_TENS = tuple(10**power for power in range(48))
"""As far as magnitudes go that stand one behind the other: 千亿亿亿亿元 is 35."""


def _digit(printed: str) -> str:
    return printed if printed.isascii() else "5" if printed == "半" else str(numeral(printed))


def _power(magnitude: str | None, currency: str) -> int | None:
    """The power of ten of 万 before a currency that is printed in front of the number; None for foreign money."""
    return sum(MAGNITUDES[c] for c in magnitude or "") if currency == "元" else None


def _sign(flat: str, start: int, floor: int) -> tuple[int, bool, str | None]:
    """Where a number at ``start`` begins with its sign and currency sign, whether it is negative, and which currency.

    ``floor`` is the end of the token before, which may have taken the mark.
    """
    negative, currency = False, None
    while start > floor:
        before = flat[start - 1] if start else "\n"
        if before in _CURRENCIES and currency is None:
            # $5\%$ is a formula's fence, $5 is money.
            currency = _CURRENCIES[before]
        elif (
            before in "-负"
            and not negative
            and not (
                start > 1 and _NO_SIGN_AFTER.match(flat, start - 2) and not flat.endswith(_EITHER_WAY, 0, start - 1)
            )
        ):
            negative = True
        else:
            break
        start -= 1
    return start, negative, currency


def _range_end(flat: str, end: int, low: Decimal, unit: Unit | None) -> tuple[Decimal, int, Unit | None] | None:
    """The other end of a range that goes on at ``end``: its value in ``unit`` (or its own where that is None), where
    it ends, its unit. None where no greater number follows, or one of another kind.
    """
    match = _NEXT.match(flat, end)
    if match is None or match.end() - match.start(2) > _DIGITS_AT_MOST:
        return None
    high = Decimal(match[2].replace(",", ""))
    other, stop = unit_at(flat, match.end()) or (None, match.end())
    if unit is not None:
        if other is None or other.kind != unit.kind:
            return None
        if other.name != unit.name:
            if other.power is None or unit.power is None:
                return None
            high = _shifted(high, other.power - unit.power)
    return (high, stop, other) if high > low else None


def _qualifier_before(flat: str, start: int) -> str | None:
    if flat[start - 1] == ">" and _TAG_END.match(flat, start - 2):
        return None
    last = flat[start - 1]
    if last not in _BEFORE_LAST or (last == " " and flat[start - 2] != "q"):
        return None
    for word, qualifier in _BEFORE:
        if flat.endswith(word, 0, start):
            return None if _NO_QUALIFIER.search(flat, max(0, start - 2), start) else qualifier
    return None


def qualified(flat: str, quantity: Quantity) -> tuple[int, int]:
    """The place of a quantity with the words that qualify it or go on its unit to the end of the clause: 不低于95%, =100%,
    95%以上, 0.5万元/场.
    """
    start, end = quantity.start, quantity.end
    if quantity.qualifier is not None:
        start -= next((len(word) for word, _ in _BEFORE if flat.endswith(word, 0, start)), 0)
    elif flat.endswith("=", 0, start):
        start -= 1
    elif flat.endswith("等于", 0, start):
        start -= 2
    after = _GOES_ON_UNIT.match(flat, end)
    return start, after.end() if after is not None else end


def _share_unit(flat: str, tokens: list[Token]) -> None:
    """A list prints its unit once: in 1、2、3万元 and 各是12.3，45.6万元 the bare numbers before take the last one's."""
    last = tokens[-1]
    at = len(tokens) - 2
    while at >= 0 and isinstance(last, Quantity) and last.unit is not None:
        token = tokens[at]
        if (
            not isinstance(token, Quantity)
            or token.unit is not None
            or token.value is None
            or token.end + 1 != last.start
        ):
            return
        between = flat[token.end]
        if between not in _SHARED_BY and not (
            between == "，" and _SHARING.search(flat, max(0, token.start - 6), token.start)
        ):
            return
        power = make_unit(last.unit[:-1], last.unit[-1]).power if last.yuan is not None else None
        tokens[at] = last = token._replace(
            kind=last.kind,
            unit=last.unit,
            state="stated" if token.value or token.value_max else "zero",
            yuan=None if power is None else _shifted(token.value, power),
        )
        at -= 1


def _shifted(value: Decimal, power: int) -> Decimal:
    """``value`` times ten to the ``power``, exact and without an exponent."""
    return Decimal(format(value.scaleb(power), "f"))


def _compound(flat: str, start: int, end: int, tokens: list[Token]) -> int:
    """Digits and magnitudes mixed, 5万4千6百元 = 54600 元; 0 where they do not go on downward past ``end``."""
    match = _COMPOUND.match(flat, start)
    if match is None or match.end() <= end:
        return 0
    total, smallest = 0, 10**18
    for digits, magnitude in re.findall(rf"([0-9]++)([{MULTIPLIERS}]*+)", match.group()):
        size = 10 ** sum(MAGNITUDES[c] for c in magnitude)
        if len(digits) > 8 or int(digits) * size >= smallest:
            return 0
        smallest = size
        total += int(digits) * size
    unit, stop = unit_at(flat, match.end()) or (_BARE, match.end())
    if not unit.counts:
        unit, stop = _BARE, match.end()
    return _quantity(flat, start, str(total), unit, stop, tokens)


def _no_count(flat: str, start: int, end: int, stop: int, unit: Unit, tokens: list[Token]) -> int:
    """Digits before 年 月 日 点 号 级: a point in time or a place in an order, unless it lasts: 3年, 25日内."""
    number, cls = flat[start:end], unit.kind
    value = None
    if cls == "year":
        if end - start == 4 and number[:2] in _CENTURIES and number.isdigit():
            value = int(number)
        elif end - start == 2 and number.isdigit() and flat.startswith(("年度", "年预算", "年决算"), end):
            value = 2000 + int(number)
        else:
            return _quantity(flat, start, number, _YEARS._replace(more=unit.more), end + 1 + unit.more, tokens)
        stop = end + (2 if unit.name == "年度" else 1)
    elif cls == "date" and _WITHIN.match(flat, stop):
        return _quantity(flat, start, number, _DAYS._replace(more=unit.more), stop, tokens)
    elif cls == "date" and (match := _MONTH_DAY.match(flat, start)):
        stop = match.end()
    elif cls == "ordinal" and flat[end] == "号" and start and flat[start - 1] in "〔[〕]】）":
        cls = "document_number"
    tokens.append(_new(NonQuantity, (start, stop, cls, value)))
    return stop


def _joined(flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    """Digits joined to more by a mark or to letters; 0 leaves them to the ordinary reading."""
    cls = match.lastgroup or ""
    start, end = match.span()
    if cls == "s" or cls == "y" or match["date"] is not None:
        tokens.append(NonQuantity(start, start + 4, "year", int(match["y"])))
        tokens.append(NonQuantity(start + 5, end, "date", None))
        return end
    if cls in ("time", "ratio", "version", "code") and _labelled(flat, start):
        label = _REST_OF_LABEL.match(flat, start)
        assert label is not None
        tokens.append(NonQuantity(start, label.end(), "figure", None))
        return label.end()
    if cls == "time" and "比" in flat[max(0, start - 8) : start]:
        cls = "ratio"
    elif cls == "version" and _starts_line(flat, start):
        cls = "heading"
    elif cls == "masked":
        if flat.startswith("年", end) and end - start == 4:
            tokens.append(NonQuantity(start, end + 1, "year", None))
            return end + 1
        unit, stop = unit_at(flat, end) or (_BARE, end)
        if unit.counts and stop > end:
            tokens.append(Quantity(start, stop, unit.kind, "redacted", None, None, unit.name, None, None, None, None))
            return stop
        if not match.group()[-1].isalpha():
            return 0
        cls = "code"
    elif cls == "mixed":
        number = _DIGITS_ONLY.match(flat, start)
        if number is not None and unit_at(flat, number.end()) is not None:
            return 0
        cls = "code" if sum(c.isdigit() for c in match.group()) > 2 else "name"
    tokens.append(NonQuantity(start, end, cls, None))
    return end


def _starts_line(flat: str, start: int) -> bool:
    while start and flat[start - 1] in " #\t":
        start -= 1
    return not start or flat[start - 1] == "\n"


def _labelled(flat: str, start: int) -> bool:
    """Whether 表, 附件 and the like stand right before ``start``; in 代表 they label nothing."""
    return (
        flat[start - 1 : start] in _LABEL_LAST
        and _LABELLED.search(flat, max(0, start - 2), start) is not None
        and not flat.endswith("代表", 0, start)
    )


def _bare(flat: str, start: int, end: int, before: str, after: str, tokens: list[Token]) -> int:
    """Digits with no unit after them: a range, a number, or one of the many things that are none."""
    number = flat[start:end]
    size = end - start
    if after in _RANGE_MARKS and size <= _DIGITS_AT_MOST:
        position = _open_range(flat, start, end, tokens)
        if position:
            return position
    if after == "/" and (position := _fraction(flat, start, end, tokens)):
        return position
    cls, stop, value = _class_of(flat, start, end, before, after, number)
    if cls is None and size <= _DIGITS_AT_MOST:
        if before == "（" and after == "）" and not number.isdigit() and (not tokens or tokens[-1].end < start):
            unit, stop = unit_at(flat, end + 1) or (_BARE, end + 1)
            if unit.kind == "amount" or (unit is _BARE and _is_cell(flat, start - 1, end + 1)):
                return _bracketed(start - 1, number.replace(",", ""), unit, stop, tokens)
        return _quantity(flat, start, number, _BARE, end, tokens)
    if cls == "document_number" and before in "〔[【（" and (not tokens or tokens[-1].end < start):
        start -= 1
    tokens.append(NonQuantity(start, stop, cls or "code", value))
    return stop


def _bracketed(start: int, number: str, unit: Unit, end: int, tokens: list[Token]) -> int:
    """Accounting brackets: （5.87） alone in a cell, （5.87）万元 anywhere. Elsewhere brackets only set a number apart."""
    value = Decimal(number)
    if value:
        value = value.copy_negate()
    yuan = None if unit.power is None else _shifted(value, unit.power)
    decimals = len(number.partition(".")[2])
    state = "stated" if value else "zero"
    tokens.append(Quantity(start, end, unit.kind, state, value, decimals, unit.name, yuan, None, None, None))
    return end


def _is_cell(flat: str, start: int, end: int) -> bool:
    return flat[start - 1 : start] in _CELL_EDGES and flat[end : end + 1] in _CELL_EDGES


def _open_range(flat: str, start: int, end: int, tokens: list[Token]) -> int:
    """3-5万元, 2021—2024年, 1-6月, 10-20: the first end has no unit of its own. 0 where it is no range."""
    number = flat[start:end]
    if _labelled(flat, start) and (label := _REST_OF_LABEL.match(flat, start)):
        tokens.append(NonQuantity(start, label.end(), "figure", None))
        return label.end()
    if flat[start - 1 : start] in _LEADERS and start > 1 and flat[start - 2] in _LEADERS:
        label = _REST_OF_LABEL.match(flat, start)
        assert label is not None
        tokens.append(NonQuantity(start, label.end(), "contents", None))
        return label.end()
    is_year = len(number) == 4 and number.isdigit() and number[:2] in _CENTURIES
    following = _NEXT.match(flat, end)
    if following is None:
        return 0
    if (
        is_year
        and following[2].isdigit()
        and ((len(following[2]) == 4 and following[2][:2] in _CENTURIES) or flat.startswith("年", following.end()))
    ):
        tokens.append(NonQuantity(start, end, "year", int(number)))
        if len(following[2]) == 4:
            if not flat.startswith("年", following.end()):
                tokens.append(NonQuantity(*following.span(2), "year", int(following[2])))
                return following.end()
            return end
        stop = following.end() + (2 if flat.startswith("年度", following.end()) else 1)
        tokens.append(NonQuantity(following.start(2), stop, "year", 2000 + int(following[2]) % 100))
        return stop
    found = _range_end(flat, end, Decimal(number.replace(",", "")), None)
    if found is None:
        return 0
    high, stop, unit = found
    if unit is not None and not unit.counts:
        if unit.kind == "year":
            unit, stop = _YEARS, following.end() + 1
        else:
            tokens.append(NonQuantity(start, stop, unit.kind, None))
            return stop
    stop = _quantity(flat, start, number, unit or _BARE, stop, tokens)
    last = tokens[-1]
    if isinstance(last, Quantity):
        tokens[-1] = last._replace(value_max=high, state="stated")
    return stop


def _fraction(flat: str, start: int, end: int, tokens: list[Token]) -> int:
    """98.5/100分 is a score on its scale, 1/3 a third; 5/5 and 12/7 say neither."""
    mark = _FULL_MARK.match(flat, end)
    if mark is None or end - start > _DIGITS_AT_MOST or mark.end() - mark.start(1) > _DIGITS_AT_MOST:
        return 0
    low, high = flat[start:end].replace(",", ""), mark[1].replace(",", "")
    value = Decimal(low)
    decimals = len(low.partition(".")[2])
    if flat[mark.end() - 1] == "分":
        state = "stated" if value else "zero"
        tokens.append(
            Quantity(start, mark.end(), "score", state, value, decimals, "分", None, None, None, Decimal(high))
        )
    elif (
        low.isdigit()
        and high.isdigit()
        and 0 < int(low) < int(high) <= 100
        and flat[mark.end() : mark.end() + 1] != "/"
    ):
        tokens.append(
            Quantity(start, mark.end(), "percentage", "stated", value, 0, f"/{int(high)}", None, None,
                     _qualifier_before(flat, start), None)
        )  # fmt: skip
    else:
        tokens.append(NonQuantity(start, mark.end(), "ratio", None))
    return mark.end()


def _class_of(
    flat: str, start: int, end: int, before: str, after: str, number: str
) -> tuple[str | None, int, int | None]:
    """The class of digits without a unit, where that token ends, and its year; the class is None for a number."""
    if before == "…" or (before in _LEADERS and start > 1 and flat[start - 2] in _LEADERS):
        return "contents", end, None
    if before.isascii() and (before.isalpha() or before == "_"):
        return "name", end, None
    if _labelled(flat, start):
        label = _REST_OF_LABEL.match(flat, start)
        return "figure", label.end() if label else end, None
    if not number.isdigit():
        if (
            "." in number
            and "," not in number
            and "\u3400" < after < "\ua000"
            and len(number) <= 5
            and _starts_line(flat, start)
        ):
            return "heading", end, None
        return None, end, None
    size = end - start
    if after == "、" and size <= 2 and (listed := _LISTED.match(flat, end)):
        return ("date" if listed[1] in "月日" else "ordinal"), end, None
    if before in "〔[【（" and (document := _DOCUMENT.match(flat, start - 1)):
        return "document_number", document.end(), None
    if before in "〕]】" and size <= 4 and flat[start - 2 : start - 1].isdigit():
        return "document_number", end, None
    if (
        before in "-—– "
        and after in "-—– "
        and _PAGE.match(flat, end)
        and _PAGE_BEFORE.search(flat, max(0, start - 3), start)
    ):
        return "page", end, None
    if size <= 3:
        inside = before == "（" and after == "）"
        opened = start - 1 if inside else start
        heads = inside or (after in _HEAD_END and after != "")
        if (heads and not flat[end + 1 : end + 2].isdigit()) or (heads and _YEAR_AHEAD.match(flat, end + 1)):
            if _starts_line(flat, opened) or flat[opened - 1] in _CLAUSE_END or (inside and flat[opened - 1] in "，、"):
                return "heading", end, None
        elif heads and _starts_line(flat, opened) and not _LIST_AHEAD.match(flat, end):
            return "heading", end, None
        if after == "表" and number[0] == "0":
            return "figure", end, None
        if after > "\u3400" and size <= 2 and after not in "（），。；：、！？" and _starts_line(flat, start):
            return "heading", end, None
    if size == 4 and "1949" <= number <= "2049":
        inside = before in "（〔[" and after in "）〕]-—、"
        if (
            inside
            or _YEARS_AHEAD.match(flat, end)
            or ("\u3400" < after < "\ua000")
            or (before in "、至到" and start > 4 and flat[start - 5 : start - 1].isdigit())
        ):
            return "year", end, int(number)
    if before in '“"' and after in '”"':
        return "name", end, None
    if named := _NAMED.match(flat, start):
        return "name", named.end(), None
    if (size > 1 and number[0] == "0") or (size >= 9 and not (size == 11 and number[0] == "1")):
        return "code", end, None
    if size == 11 or (size in (7, 8) and _PHONE_BEFORE.search(flat, max(0, start - 8), start)):
        return "phone", end, None
    if size in (3, 5, 7) and (code := _FUNCTION_CODE.match(flat, start)) and code.end() == end:
        if size == 7 or (before == "（" and after == "）") or ("\u3400" < after < "\ua000" and before in _CLAUSE_END):
            return "code", end, None
    return None, end, None


def _han(flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    """A token that begins with a Chinese numeral, if it is one; else nothing, and the numeral is passed over."""
    start, end = match.span()
    printed = match.group()
    before = flat[start - 1] if start else "\n"
    if before in _NAMING:
        return end
    if flat.startswith("分之", end):
        return _han_fraction(flat, start, end, tokens)
    if flat[end : end + 1] == "点":
        stop = end + 1
        while flat[stop : stop + 1] in _DIGIT_SET:
            stop += 1
        if stop > end + 1:
            printed, end = flat[start:stop], stop
    opening = None
    if to := _HAN_RANGE.match(flat, end):
        opening, printed, end = numeral(printed), to[1], to.end()
    # The closing 万/亿 belongs to the unit, if it is the only one.
    body = printed.rstrip("万亿萬億")
    magnitude = printed[len(body) :]
    if any(c in "万亿萬億兆" for c in body):
        body, magnitude = printed, ""
    found = unit_at(flat, end - len(magnitude))
    unit, stop = found or (None, end)
    if unit is not None and not unit.counts:
        if (
            unit.kind == "year"
            and len(printed) == 4
            and (year := numeral(printed))
            and 1900 < year < 2100
            and not magnitude
        ):
            return _han_year(flat, start, end, int(year), tokens)
        if not magnitude:
            return end
        unit, stop = make_unit(magnitude, ""), end
    if printed[0] in _NO_DIGIT and before not in _ABOUT_BEFORE:
        # 百亿级, 千万家庭, 万里街道; but also 减少万元， whose number is missing.
        return max(end, _orphan(flat, start, stop, unit, tokens)) if unit is not None and not body else end
    if not body:
        return max(end, _orphan(flat, start, stop, unit, tokens) if unit is not None else end)
    low, high = _han_value(body)
    if low is None:
        return end
    if unit is None or unit.name is None:
        # Without a unit only what cannot be anything else is a number: 一百零五, 三点一四; not 十五, 一百年, 三千.
        following = flat[stop : stop + 1]
        plain = "点" not in printed and (len(printed) < 3 or _MULTIPLIED.isdisjoint(printed[1:]))
        if (plain and (before != "负" or len(printed) < 2)) or "\u3400" < following < "\ua000":
            return end
        unit = unit or _BARE
    elif not magnitude and opening is None and not _han_counts(flat, start, end, printed, low, unit):
        return end
    if opening is not None:
        low, high = (opening, low) if opening < low else (low, None)
    elif unit.name == "折" and len(printed) == 2 and low >= 10 and "十" not in printed:
        low /= 10
    _quantity(flat, start, format(low, "f"), unit, stop, tokens)
    last = tokens[-1]
    if isinstance(last, Quantity) and last.qualifier is None and (high is not None or printed[0] in _NO_DIGIT):
        tokens[-1] = last = last._replace(
            qualifier=None if opening is not None else "about", value_max=high, state="stated" if high else last.state
        )
    return last.end


_DIGIT_SET = frozenset(DIGITS)
_HAN_RANGE = re.compile(rf"(?:至|到)([{_HAN}]++)")
_NO_DIGIT = frozenset("百佰千仟万萬亿億")
_MULTIPLIED = frozenset("百佰千仟万萬亿億")
_NAMING = frozenset("“‘《〈「『\"'第")


def _han_counts(flat: str, start: int, end: int, printed: str, value: Decimal, unit: Unit) -> bool:
    """Whether a Chinese numeral before a classifier counts.

    Running prose is full of numerals that do not: 一个平台, 统一项目, 二次全会, 两个维护, 最后一公里, 三年行动. So
    one of something counts only after a word that announces a count (共, 设, 编制) or at the end of its clause
    (馆长一名); 二 with a classifier is an ordinal (two things are 两); and known names are left out.
    """
    name = unit.name or ""
    if name in ("年", "天", "周", "周年", "里", "点", "米", "层", "字", "口", "节", "处", "度") and len(printed) < 2:
        return False
    if name in ("小时", "分钟", "秒", "秒钟"):
        return False
    if unit.kind == "score":
        return len(printed) > 1 and value >= 10 and not printed.startswith("十分")
    if _HAN_NAMES.match(flat, end) or flat[start - 1 : start] == "前":
        return False
    if printed == "二" and unit.kind == "amount":
        return name != "角" and _DUAL.match(flat, end) is None
    if printed in ("二", "一二", "二三") and name not in ("人", "名", "位"):
        return False
    if printed == "一" or printed == "壹":
        if unit.kind in ("amount", "percentage") or name == "个百分点":
            return (name.endswith("元") and _DUAL.match(flat, end) is None) or name in ("个百分点", "成")
        following = flat[end + len(name) : end + len(name) + 1]
        if name in ("批", "种", "类", "条", "系列"):
            return False
        if _COUNTED_ONE.search(flat, max(0, start - 4), start):
            return True
        return name in ("名", "人", "辆", "台", "家") and following in "，。；、）" and flat[start - 1 : start] != "统"
    if printed in "零〇○":
        return unit.kind in ("amount", "percentage") or name == "人"
    if name == "角" or (len(printed) == 1 and (name in ("头", "站") or flat.startswith("“", end + len(name)))):
        return False
    return not (name == "次" and flat[start - 1 : start] in ("届", "、", "会"))


def _han_value(body: str) -> tuple[Decimal | None, Decimal | None]:
    """A Chinese numeral's value, and the upper one where it names two: 七八十, 几十, 数百."""
    if body[0] in "几数":
        low = numeral("一" + body[1:])
        return (low, low * 10) if low is not None and len(body) > 1 else (None, None)
    bounds = span_of(body)
    return bounds if bounds is not None else (numeral(body), None)


def _han_year(flat: str, start: int, end: int, year: int, tokens: list[Token]) -> int:
    stop = end + (2 if flat.startswith("年度", end) else 1)
    tokens.append(NonQuantity(start, stop, "year", year))
    if rest := _HAN_MONTH_DAY.match(flat, stop):
        tokens.append(NonQuantity(stop, rest.end(), "date", None))
        return rest.end()
    return stop


_PERCENT_OF = {"百": "%", "千": "‰", "万": "‱"}
_NUMBER_AFTER = seldom(rf"负?({_NUM}|[{_HAN}]++(?:点[{DIGITS}]++)?)")


def _han_fraction(flat: str, start: int, end: int, tokens: list[Token]) -> int:
    """百分之五, 千分之3.5, 三分之一: numerator as value, denominator as unit."""
    following = _NUMBER_AFTER.match(flat, end + 2)
    if following is None or following.end() - following.start() > _DIGITS_AT_MOST:
        return end + 2
    printed = following[1]
    value = Decimal(printed.replace(",", "")) if printed[0] in "0123456789" else numeral(printed)
    denominator = flat[start:end]
    name = _PERCENT_OF.get(denominator)
    if name is None:
        below = numeral(denominator)
        name = f"/{below}" if below else None
    if value is None or name is None:
        if printed[0] in "0123456789":
            return end + 2
        return following.end()
    if following.group()[0] == "负":
        value = -value
    decimals = len(format(value, "f").partition(".")[2])
    state = "stated" if value else "zero"
    qualifier = _qualifier_before(flat, start)
    if limit := _AFTER.match(flat, following.end()):
        qualifier = qualifier or _QUALIFIES_AFTER.get(limit[1], "at_most")
    tokens.append(
        Quantity(start, following.end(), "percentage", state, value, decimals, name, None, None, qualifier, None)
    )
    return following.end()


def _orphan(flat: str, start: int, stop: int, unit: Unit, tokens: list[Token]) -> int:
    """万元 with no number before it: 减少万元， has lost its number; 单位：万元 and 万元产值 never had one."""
    before = flat[start - 1] if start else "\n"
    after = flat[stop : stop + 1]
    if unit.kind == "amount" and (before in _LOST_BEFORE) and (after in _LOST_AFTER):
        tokens.append(Quantity(start, stop, "amount", "blank", None, None, unit.name, None, None, None, None))
    elif before in _ABOUT_BEFORE and unit.kind != "number":
        # 上千人, 近百家, 上万元
        _quantity(flat, start, "1", unit, stop, tokens)
        last = tokens[-1]
        if isinstance(last, Quantity) and last.qualifier is None:
            tokens[-1] = last._replace(qualifier="about")
    return stop


_LOST = {
    "%": frozenset("占长降低升缩为到达比率少加超的"),
    "元": frozenset("加少为计款入出额"),
    **dict.fromkeys("个人名辆台", frozenset("计标量目")),
}
"""Unit → what stands right before it where its number is plainly missing; 指标个 counts too, 单元 does not."""
_LOST_BEFORE = frozenset("占为加少长降升缩入出金款费余算数计共额到达约")
_LOST_AFTER = frozenset("，。；、）占比其")
_ABOUT_BEFORE = frozenset("上成近")


def _ordinal(flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    start, end = match.span()
    after_year = flat[end - 1] == "号" and flat[start - 1 : start] in ("〕", "]", "】", "）")
    cls = "document_number" if after_year or flat[end - 1] == "令" else "page" if flat[end - 1] == "页" else "ordinal"
    tokens.append(NonQuantity(start, end, cls, None))
    return end


def _markup(_flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    tokens.append(NonQuantity(match.start(), match.end(), "markup", None))
    return match.end()


def _redacted(flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    unit, stop = unit_at(flat, match.end()) or (_BARE, match.end())
    if not unit.counts or stop == match.end():
        return match.end()
    state, start = ("blank", match.end()) if match.group()[0] == "_" else ("redacted", match.start())
    tokens.append(Quantity(start, stop, unit.kind, state, None, None, unit.name, None, None, None, None))
    return stop


def _word(flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    """Latin letters with digits in the same chunk. GDP5.5% and IPO3家 are a word and a quantity, PM2.5 is a name."""
    printed = match.group()
    start, end = match.span()
    if "//" in printed or "@" in printed or printed.startswith("www.") or _FILE.search(printed):
        cls = "url"
    else:
        parts = _LETTERS_NUMBER.match(printed)
        if parts is not None and len(parts[1]) > 1 and parts[1].upper() not in _CHEMISTRY:
            unit, _ = unit_at(flat, start + parts.end()) or (_YEARS, 0)
            if unit.counts and unit is not _YEARS:
                return start + len(parts[1])
        while not (flat[end - 1].isalnum()):
            end -= 1
        if parts is not None and parts[1] in ("V", "v", "Ver", "ver"):
            cls = "version"
        else:
            cls = "code" if sum(c.isdigit() for c in printed) > 2 else "name"
    tokens.append(NonQuantity(start, end, cls, None))
    return end


_FILE = seldom(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|html?|shtml|jpe?g|png|txt|wps|et|ofd)$", re.IGNORECASE)
_LETTERS_NUMBER = seldom(rf"([A-Za-z]+){_NUM}")
_CHEMISTRY = frozenset("PM CO SO NO NH VOC".split())


def _circled(_flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    tokens.append(NonQuantity(match.start(), match.end(), "heading", None))
    return match.end()


def _lost_number(flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    """A unit whose number is missing: 占%，, 减少元。, 绩效目标个，."""
    start, end = match.span()
    mark = flat[start]
    before, after = flat[start - 1 : start], flat[end : end + 1]
    known = _LOST.get(mark)
    if known is not None and before in known and after in _LOST_AFTER and not (tokens and tokens[-1].end == start):
        unit = make_unit("", mark)
        tokens.append(Quantity(start, end, unit.kind, "blank", None, None, unit.name, None, None, None, None))
    return end


def _dash(_flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    """A dash where a rate would stand, for there is none: 比上年增加9万元，增长--."""
    tokens.append(Quantity(*match.span(), "percentage", "none", None, None, None, None, None, None, None))
    return match.end()


def _formula(_flat: str, match: re.Match[str], tokens: list[Token]) -> int:
    if any(c.isdigit() for c in match.group()):
        tokens.append(NonQuantity(match.start(), match.end(), "formula", None))
    return match.end()


_BRANCHES: tuple[Callable[[str, re.Match[str], list[Token]], int], ...] = (
    _han, _han, _ordinal, _markup, _redacted, _word, _circled, _lost_number, _dash, _lost_number, _formula,
)  # fmt: skip
"""By the number of the group in the pattern; the first place is not used."""


# -- one value, raw text ------------------------------------------------------------------------------------

_NONE_WORDS = frozenset("无 没有 未发生 未安排 不涉及 - -- --- — —— ——— / 无此项".split())
_PLAIN = seldom(rf"-?{_NUM}%?")


def read(printed: str) -> Quantity | None:
    """A whole string, such as a table cell, as one value; None where it is empty or says something else.

    Unlike in running text a bracketed number is negative, a lone dash or 无 is ``none``, and digits are a number
    whatever they might be elsewhere (2024, 2050201). Spans are in ``printed``.
    """
    text = printed.strip()
    if not text:
        return None
    begin = printed.index(text[0])
    end = begin + len(text)
    if (
        _PLAIN.fullmatch(text)
        and not (text[0] == "0" and text.isdigit() and len(text) > 1)
        and len(text) <= _DIGITS_AT_MOST
    ):
        number = text.replace(",", "").rstrip("%")
        value = Decimal(number)
        unit = "%" if text[-1] == "%" else None
        return Quantity(
            begin, end, "percentage" if unit else "number", "stated" if value else "zero", value,
            len(number.partition(".")[2]), unit, None, None, None, None,
        )  # fmt: skip
    if text in _NONE_WORDS:
        return Quantity(begin, end, "number", "none", None, None, None, None, None, None, None)
    flattened = flatten(text)
    found = _read(flattened.text)
    if found is None:
        return None
    first, last = flattened.origin(found.start, found.end)
    return found._replace(start=begin + first, end=begin + last)


def _read(flat: str) -> Quantity | None:
    if flat in ("零", "〇"):
        return Quantity(0, 1, "number", "zero", Decimal(0), 0, None, None, None, None, None)
    if _ALL_MASKED.fullmatch(flat):
        return Quantity(0, len(flat), "number", "redacted", None, None, None, None, None, None, None)
    sign = 1
    offset = 0
    body = flat
    if bracketed := _ACCOUNTING.fullmatch(flat):
        sign, offset, body = -1, bracketed.start(1), bracketed[1]
    if _DIGITS_ONLY.fullmatch(body) and len(body) <= _DIGITS_AT_MOST:
        tokens: list[Token] = []
        if not (body[0] == "0" and body.isdigit() and len(body) > 1):
            _quantity(body, 0, body, _BARE, len(body), tokens)
    elif (value := _whole_numeral(body)) is not None:
        tokens = [value]
    else:
        tokens = scan(body)
    if len(tokens) != 1 or not isinstance(token := tokens[0], Quantity):
        return None
    if not (_ONLY_BEFORE.fullmatch(body, 0, token.start) and _ONLY_AFTER.fullmatch(body, token.end)):
        return None
    if sign < 0 and token.value:
        # Not by arithmetic, which would round what is longer than its context.
        yuan = None if token.yuan is None else token.yuan.copy_negate()
        return token._replace(start=0, end=len(flat), value=token.value.copy_negate(), yuan=yuan)
    return token._replace(start=token.start + offset, end=token.end + offset)


def _whole_numeral(body: str) -> Quantity | None:
    """A Chinese numeral with nothing else: 一百零五, 负三点五, 三百万 (whose 万 is its unit)."""
    sign = -1 if body[:1] == "负" else 1
    plain = body[1:] if sign < 0 else body
    if not plain or any(c not in _HAN and c != "点" for c in plain):
        return None
    stem = plain.rstrip("万亿萬億")
    magnitude = plain[len(stem) :]
    if any(c in "万亿萬億兆" for c in stem):
        stem, magnitude = plain, ""
    value = numeral(stem)
    if value is None:
        return None
    decimals = len(format(value, "f").partition(".")[2])
    name = make_unit(magnitude, "").name
    return Quantity(
        0, len(body), "number", "stated" if value else "zero", -value if sign < 0 else value, decimals, name, None, None, None,
        None,
    )  # fmt: skip


_ALL_MASKED = seldom(r"[*×Xx]{2,}(?:\.[*×Xx]+)?|\*")
_ACCOUNTING = seldom(r"[（(]([￥¥]?[0-9][^（）()]*)[）)]")
_DIGITS_ONLY = seldom(_NUM)
_ONLY_BEFORE = seldom(r"(?:人民币|" + "|".join(re.escape(word) for word, _ in _BEFORE) + r"|大约|共计?|合计|=|：)*")
_ONLY_AFTER = seldom(r"(?:（含[^（）]{0,6}）)?(?:[及含或]?(?:以上|以下|以内|之内|左右|上下))?(?:整|正|人民币)?")


def find(text: str) -> list[Quantity]:
    """Every quantity of raw text (full-width digits, odd spaces), with spans in that text."""
    flat = flatten(text)
    found: Iterable[Token] = scan(flat.text)
    quantities = []
    for token in found:
        if isinstance(token, Quantity):
            start, end = flat.origin(token.start, token.end)
            quantities.append(token._replace(start=start, end=end))
    if not quantities and len(text) <= _DIGITS_AT_MOST:
        # 十五 alone is a number, though in running text it is hardly ever one.
        whole = read(text)
        if whole is not None and whole.value is not None:
            return [whole]
    return quantities
