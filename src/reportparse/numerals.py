"""What numbers are written with: Chinese numerals, the units that stand after a number, the markers that number a line.

:func:`numeral` reads 一百一十三万四千, 叁万肆仟伍佰, 二〇二四, 三点一四, 两千三百五 exactly. It is strict on purpose: what is
not built like a numeral (十四五, 一一三十) has no value, so that plan names and idioms fall out here instead of needing a
list of their own. :func:`unit_at` reads 万元, 个百分点, 余万人. Units are a table and not a pattern: a pattern of as many
Chinese words takes ten milliseconds to compile, more than the rest of the grammar. :func:`numbering` reads 一、 and （1）.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "DIGITS", "MAGNITUDES", "MORE", "MULTIPLIERS", "UNIT_FIRST", "Numbering", "Unit", "numbering", "numeral", "span_of", "unit",
    "unit_at",
]  # fmt: skip

_DIGIT = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "貳": 2, "叄": 3, "參": 3, "陸": 6, "两": 2, "兩": 2, "俩": 2, "倆": 2,
}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}

DIGITS = "".join(_DIGIT)
"""参 is no digit here though cheques use it: 参公, 参加 are in every report."""
MULTIPLIERS = "".join([*_SMALL, *_LARGE])

_LONGEST = 40
"""Characters of the longest numeral that is read; the grammar itself ends at 9999兆."""


def numeral(text: str) -> Decimal | None:
    """The value of ``text``, with the decimals that are spoken after 点, or None where it is no numeral."""
    if len(text) > _LONGEST:
        return None
    whole, point, fraction = text.partition("点")
    value = _whole(whole)
    if not point:
        return None if value is None else Decimal(value)
    digits = [_DIGIT.get(c) for c in fraction]
    if value is None or not digits or None in digits:
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}")


def _whole(text: str) -> int | None:
    """An integer in words, or a row of digits (二〇二四); 万 and 亿 close what stands before them."""
    if not text:
        return None
    if all(c in _DIGIT for c in text):
        return int("".join(str(_DIGIT[c]) for c in text))
    total = section = 0
    digit: int | None = None
    zero = False  # a 零 since the last multiplier: the next digit is meant literally
    small = 10**4  # the multiplier below which the next one of this section must stay
    large = 10**16  # the same for the sections
    last = 0  # the multiplier just read: in 两千三百五 the closing 五 means five of the next lower one
    for c in text:
        if c in _DIGIT:
            if digit is not None:
                return None
            if _DIGIT[c]:
                digit = _DIGIT[c]
            else:
                zero = True
        elif c in _SMALL:
            factor = _SMALL[c]
            if factor >= small or (digit is None and not ((section == 0 and not zero) or factor == 10)):
                return None
            section += (1 if digit is None else digit) * factor
            digit, zero, small, last = None, False, factor, factor
        else:
            factor = _LARGE.get(c, 0)
            if not factor:
                return None
            section += digit or 0
            if not (total or section) or (section == 0 and factor < large):
                return None
            # 四亿五千万 adds; 一万二千亿 and 四万万 multiply all that was read so far.
            if factor < large:
                total, large = total + section * factor, factor
            else:
                total, large = (total + section) * factor, factor if section else factor * large
            section, digit, zero, small, last = 0, None, False, 10**4, large
    if digit is not None:
        section += digit * (last // 10 if last >= 100 and not zero else 1)
    return total + section


_NEIGHBOURS = re.compile("(?:一[两二三]|两三|二三|三[四五]|四五|五六|六七|七八|八九)(?![一二三四五六七八九零〇])")


def span_of(text: str) -> tuple[Decimal, Decimal] | None:
    """The bounds of a numeral that names two neighbours: 七八十 → 70 and 80, 十七八 → 17 and 18, 三五百 → 300 and 500."""
    match = _NEIGHBOURS.search(text)
    if match is None or len(text) > _LONGEST or (match.start() and text[match.start() - 1] in _DIGIT):
        return None
    at = match.start()
    low, high = numeral(text[: at + 1] + text[at + 2 :]), numeral(text[:at] + text[at + 1 :])
    return None if low is None or high is None else (low, high)


# -- units --------------------------------------------------------------------------------------------------------------

# After "!" stand the characters with which the unit's character makes another word: 5人民币, 15门诊, 3条例.
_NOUNS = {
    "amount": "元!素旦月宵首代件 元整 元钱 圆 圆整 圓 块钱 角!度色落 人民币 美元 美金 欧元 港元 港币 日元 英镑 澳元 加元 卢布 韩元 泰铢"
    " 台币 新台币 新加坡元 澳门元 瑞士法郎 法郎 马克 卢比 比索 奈拉",
    "percentage": "% \\% ‰ ‱ 个百分点 百分点 个千分点 倍!增 成!立果为员本效功都品交熟长绩套就 折!旧合算叠子抵",
    "headcount": "人!员民口才力制 名!称义录单额牌誉目片字 位!于置居列次数 口人 人（次） 个人",
    "count": "个 个月 个工作日 个自然日 工作日 自然日 个季度 个年头 人次 人天 人日 家!庭具属电长乡园访教 家次 户!籍外型厕 户次 项!目 项次 次!月日"
    " 年品要序 批!复准发示评 批次 批（次） 场!所地馆景合面 场次 车次 班次 架次 台次 件次 期!间限末初满刊待望盼内货权 篇 份 件 种!植养子苗粮业质 类!别型似"
    " 条!例件款 部!门分委长队属级署 本!年级市县单部次报省区期科金地身着院局 册 张!家某 幅!度 台!湾账风阶 台套 台（套） 台/套 套 辆 辆次 架!构设 艘"
    " 座!谈位 栋 幢 间!接隔断距 层!级面次 处!理于置室级罚长分 所!有需属得以在长示 块 片!区段面 根!据本源 棵 株 头!部等 只!有是能需要 匹!配 羽 尾"
    " 盏 盒 箱 袋 瓶 支!出付持部队撑援农教行 枚 组!织成长建合团 团组 个团组 个批次 门!诊户类票店槛禁 门次 节!约能水省日目余点假 班!子级组主长次 班级 队!伍员长列 题!目"
    " 轮!岗训换候 站!点位式 字!第号 页!面岩 起!来草到步点诉始动见重 宗!旨教 例!会如外 票!据 床!位 张床位 床位 个床位 股!份东权票长室级 笔 卷 段!落"
    " 集!中体团聚成训市资约群合镇 首!次批先要个席府届家位 版!本权面块 孔 眼 杆 口!岸径碑头子 天!然府津气水河桥文空线下安 周!年边期围末转报 周年 年 年期!末间初内限 岁"
    " 学时 课时 学分 工日 标段 车位 学位 个学位 泊位 台班 公里次 人份 份次 例次 标准箱 楼栋 床日 人月 户数"
    " 航次 艘次 颗 粒 封!闭存山 道!路具德理教闸口 趟!车 趟次 剂 剂次 针次 棒 桶 捆 筐 帧 小时!候 分钟 秒!杀批 秒钟",
    "measure": "平方米 平方公里 平方 ㎡ m² 立方米 立方 m³ 公里 公顷 千米 千克 千瓦 千瓦时 千伏 亩!产均 亩次 里!程面 米 延米 厘米 毫米 海里 吨 吨公里 吨标准煤 公斤 克 斤 升!级至幅学"
    " 毫升 瓦 瓦时 伏 伏安 兆瓦 度!部单决预项整年支过角数假 度电 摄氏度 ℃ 分贝 公顷 公里/小时 吉瓦 千伏安 毫克 微克 kWh MWh GWh kW MW GW kV kVA km mm cm kg mg ml mL GB TB MB Mbps m t L",
    "score": "分!别钟之配局院析解布享散歧 分值",
    "year": "年 年度!假 年初 年底 年末",
    "date": "月 月份 日 年代",
    "time": "时!间候期段任代 点!建要位名 时许 点钟",
    "ordinal": "季度 级 届 年级 号 号令",
    "name": "楼 号楼 号线 室 弄 号院 楼层 号机 轴",
}
_COUNT_NOTHING = frozenset(["year", "date", "time", "ordinal", "name"])
_SAME = {
    "\\%": "%", "百分点": "个百分点", "圆": "元", "圆整": "元", "圓": "元", "元整": "元", "元钱": "元", "块钱": "元", "人民币": "元",
    "m²": "平方米", "㎡": "平方米", "m³": "立方米", "台套": "台（套）", "台/套": "台（套）",
}  # fmt: skip
_POWER = {"元": 0, "角": -1}
MAGNITUDES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "佰": 2, "仟": 3, "萬": 4, "億": 8}
"""Powers of ten."""
MORE = "多余几"
"""What says that the true number is larger: 3千多万元, 410余人."""


class Unit(NamedTuple):
    """What stands after a number.

    ``kind`` is a kind of quantity or, where ``counts`` is false, the class of a number that counts nothing (年, 号).
    ``name`` is normalised, with the magnitude before it (万元), None where 多 or 余 stands alone. ``power`` is the power
    of ten to the yuan, None where it is no renminbi; ``more`` whether 多, 余 or 几 is inside; ``barred`` the characters
    after which it is no unit.
    """

    kind: str
    name: str | None
    power: int | None
    more: bool
    counts: bool
    barred: frozenset[str]


def _tables() -> tuple[dict[str, tuple[str, frozenset[str]]], dict[str, tuple[int, ...]]]:
    """Every noun with its kind and the characters it must not stand before; and the lengths of those of two characters
    and more by how they begin, the longest first.
    """
    nouns: dict[str, tuple[str, frozenset[str]]] = {}
    lengths: dict[str, set[int]] = {}
    for kind, entries in _NOUNS.items():
        for entry in entries.split():
            noun, _, barred = entry.partition("!")
            # m is a metre, but not in mAh; nor is t a tonne in the.
            latin = noun[-1].isascii() and noun[-1].isalpha()
            nouns[noun] = (kind, _ALPHANUMERIC if latin else frozenset(barred))
            if len(noun) > 1:
                lengths.setdefault(noun[:2], set()).add(len(noun))
    return nouns, {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}


_ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_KINDS, _LENGTHS = _tables()
_NO_NOUN: tuple[str, frozenset[str]] = ("number", frozenset())
_PREFIX = re.compile("[多余几]?(?:[十百千佰仟](?!分))?(?:万|亿|萬|億){0,2}[多余几]?(?:万|亿){0,2}")
_PREFIX_FIRST = frozenset(MAGNITUDES) | frozenset(MORE)
_SIMPLE = str.maketrans("佰仟萬億", "百千万亿")
UNIT_FIRST = frozenset(noun[0] for noun in _KINDS) | _PREFIX_FIRST
"""The characters that a unit begins with."""
_units: dict[str, Unit] = {}


def unit_at(text: str, position: int) -> tuple[Unit, int] | None:
    """The longest unit that begins at ``position``, and where it ends."""
    end = position + 2
    begins = text[position:end]
    found = _PAIRS.get(begins)
    if found is not None and text[end : end + 1] not in found.barred:
        return found, end
    prefix = ""
    if begins[:1] in _PREFIX_FIRST:
        match = _PREFIX.match(text, position)
        if match is not None and match.group():
            prefix = match.group()
            position = match.end()
            begins = text[position : position + 2]
    for length in _LENGTHS.get(begins, ()):
        noun = text[position : position + length]
        if noun in _KINDS:
            found = _units.get(prefix + noun) or unit(prefix, noun)
            end = position + len(noun)
            if text[end : end + 1] not in found.barred:
                return found, end
    noun = begins[:1]
    if noun in _KINDS:
        found = _units.get(prefix + noun) or unit(prefix, noun)
        if begins[1:] not in found.barred:
            return found, position + 1
    if not prefix:
        return None
    return _units.get(prefix) or unit(prefix, ""), position


def unit(prefix: str, noun: str) -> Unit:
    """The unit 多万 + 元. Remembered: there are few."""
    kind, barred = _KINDS.get(noun, _NO_NOUN)
    magnitude = "".join(c for c in prefix if c not in MORE).translate(_SIMPLE)
    name = _SAME.get(noun, noun)
    power = _POWER.get(name)
    if power is not None:
        power += sum(MAGNITUDES[c] for c in magnitude)
    found = Unit(
        kind, magnitude + name or None, power, len(magnitude) < len(prefix), kind not in _COUNT_NOTHING, barred
    )
    _units[prefix + noun] = found
    return found


_PAIRS = {magnitude + "元": unit(magnitude, "元") for magnitude in "万亿"}
"""The two units that most numbers of a report have, found without the search."""


# -- markers at the start of a line ----------------------------------------------------------------------------------------


class Numbering(NamedTuple):
    """A marker at the start of a line: ``end`` is where the text after it begins, ``printed`` the marker without the
    spaces around it, ``value`` its ordinal (the last one of 1.2.3).

    ``style``: ``part`` 第一部分 · ``chapter`` 第一章 · ``section`` 第二节 · ``annex`` 附件1 · ``table`` 表1 · ``han`` 一、 ·
    ``han_bracket`` （一） · ``arabic`` 1. 1、 ⒈ · ``arabic_multi`` 1.1 · ``arabic_bracket`` （1） · ``arabic_half_bracket``
    1） · ``circled`` ① · ``enumeration`` 一是 第一，.
    """

    end: int
    style: str
    value: int | None
    printed: str


# Any word character stands for a Chinese numeral here and is judged afterwards: a set of them all, used eight times,
# would take milliseconds to compile.
_NUMBERING = re.compile(
    r"第(?P<nth>[0-9]{1,3}|\w{1,5}?)(?P<level>部分|章|节|篇|，|,)"
    r"|(?P<label>附件|附录|附表|表|图) ?(?P<of>[0-9]{1,3}|\w{1,3}?(?=：|、|$))?(?:[-—][0-9]{1,3}){0,3}(?![-—]?[0-9])"
    r"|(?:（|\()(?P<in>[0-9]{1,3}|\w{1,4})(?:）|\))"
    r"|(?P<multi>[0-9]{1,2}(?:[.．][0-9]{1,2}){1,4})(?![0-9.．]|(?<=\.20)[0-9]{2}年)"
    r"|(?P<arabic>[0-9]{1,3})(?![0-9])"
    r"|(?P<one>[①-⒛㈠-㈩])"
    r"|(?P<han>\w{1,4}?)(?=、|\.|．|，|是|要|）|\))"
)
_LEVELS = {"部分": "part", "篇": "part", "章": "chapter", "节": "section", "，": "enumeration", ",": "enumeration"}
_AFTER_HAN = {"、": "han", ".": "han", "．": "han", "，": "han", "是": "enumeration", "要": "enumeration", "）": "han_bracket", ")": "han_bracket"}  # fmt: skip
_AFTER_ARABIC = {"、": "arabic", ".": "arabic", "．": "arabic", "）": "arabic_half_bracket", ")": "arabic_half_bracket"}
_ENDS = frozenset("、.．：:")
_STOPS = frozenset("、.")
_SENTENCE_MARKS = frozenset("。，；、）")
_SPACES = frozenset(" \t\u3000\u00a0")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_CODE = re.compile(r"[23][0-9]{2}(?:[0-9]{2}){0,2}(?=[“\"]?[一-龥]{2})(?![万亿千百])")


def _is_code(text: str, start: int) -> bool:
    """Whether a class begins with its code right behind an ordinal: 1.208社会保障和就业支出, and not 1.208公顷."""
    match = _CODE.match(text, start)
    return match is not None and unit_at(text, match.end()) is None


def numbering(line: str) -> Numbering | None:
    """The marker that ``line`` begins with, or None. 29.35, 3.2万元, 2024年 and 十四五 are no markers."""
    text = line.lstrip()
    match = _NUMBERING.match(text)
    if match is None:
        return None
    end = match.end()
    after = text[end : end + 1]
    found = match.lastgroup
    marker: str | None
    if found == "level":
        marker, style = match["nth"], _LEVELS[match["level"]]
        end += after in _ENDS
    elif found in ("label", "of"):
        marker, style = match["of"], "annex" if match["label"][0] == "附" else "table"
        end += after in _ENDS
        if marker is None and (style == "table" or (after > "\u3400" and after != "：") or after in _SENTENCE_MARKS):
            return None
    elif found == "in":
        marker = match["in"]
        style = "arabic_bracket" if marker.isascii() else "han_bracket"
        end += after in _STOPS
    elif found == "multi":
        marker, style = match["multi"], "arabic_multi"
        if unit_at(text, end) is not None or not (after in _SPACES or after > "\u3400"):
            return None
    elif found == "arabic":
        marker, style = match["arabic"], _AFTER_ARABIC.get(after, "")
        end += 1
        if not style or (
            after in ".．"
            and text[end : end + 1] in _ASCII_DIGITS
            and not _YEAR.match(text, end)
            and not _is_code(text, end)
        ):
            return None
    elif found == "han":
        marker, style = match["han"], _AFTER_HAN[after]
        end += 1
        # 一，概况 is a slip for 一、概况; a comma that goes on into a sentence is none.
        is_slip = after == "，" and 3 <= len(text) - end <= 24 and "，" not in text[end:]
        if marker.isascii() or (after == "，" and not is_slip) or (end == len(text) and style == "enumeration"):
            return None
    else:
        marker = match.group()
        style = next(style for first, last, style in _SINGLE if first <= marker <= last)
        end += after in _STOPS
    value = None if marker is None else _ordinal_value(marker)
    if value is None and marker is not None:
        return None
    printed = text[:end].rstrip("：:, ，")
    while text[end : end + 1] in _SPACES:
        end += 1
    return Numbering(len(line) - len(text) + end, style, value, printed)


_ASCII_DIGITS = frozenset("0123456789")
_SINGLE = (
    ("①", "⑳", "circled"),
    ("⑴", "⒇", "arabic_bracket"),
    ("⒈", "⒛", "arabic"),
    ("㈠", "㈩", "han_bracket"),
)


@lru_cache(maxsize=1024)
def _ordinal_value(marker: str) -> int | None:
    if marker[0] in _ASCII_DIGITS:
        last = re.split(r"[.．]", marker)[-1]
        return int(last) if last.isascii() and last.isdigit() else None
    for first, last, _ in _SINGLE:
        if len(marker) == 1 and first <= marker <= last:
            return ord(marker) - ord(first) + 1
    value = numeral(marker)
    return None if value is None or not 0 < value < 1000 else int(value)
