"""What a label says by itself, whatever stands around it: its member, and how sure its end is where words stand before.

Pure functions of a concept and short strings, and remembered: reports made after one template say the same again.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from reportparse.classes import find_economic, find_function, marked_name, shared_name
from reportparse.concepts import Concept
from reportparse.reach import OF_OTHER_TIMES, OF_OTHERS

__all__ = [
    "ASSUMED",
    "CERTAIN",
    "LONG_ENOUGH",
    "member_before",
    "member_named",
    "plain_member",
    "spellings",
    "sureness",
    "without_basis",
    "without_brackets",
]

ASSUMED = Decimal("0.9")
CERTAIN = Decimal("1.0")

LONG_ENOUGH = 4
"""Characters of a label by which alone it is told."""

# What may stand before a label without changing what it says: who, when, and verbs.
_WHO = (
    r"(?:[^，。；：]{0,30}(?:部门|单位|局|委|厅|办|(?<![住出入])院|校|站|所|馆|中心|机关|街道|镇|乡|协会|政府|公司|学校|医院|委员会|办公室|科协|残联|妇联|"
    r"工商联|文联|总会|联合会|总队|支队|大队|小学|中学|大学|系统|园|台|社(?!区)|场|库|队))?"
)
_WORDS = (
    r"(?:一般公共预算|财政拨款|我|本级|本|全|该|其|各|市|县|区|省|乡|镇|的|为|有|共|等|以|年|度|年度|本年度?|当年|全年|年末|年底|年初|期末|期初|截至|目前|现|现有|实有|实际|经|"
    r"计划|拟|预计|核定|编制|批准|批复|下达|安排|发生|完成|使用|取得|实现|涉及|开展|产生|列支|开支|一般|严格|控制|整体|综合|总体|总的|各项|累计|合计|共计|总计|"
    r"其中|另有|另|包括|含|部门|单位|机构|独立|财政|预算|决算|用于|属于|根据|按照|对|从|在|由|与|和|及|指标|体系|评价|绩效|自评|"
    r"主要|上述|以上|户|均|只|仅|数|人|已|内|内设|组织|因此|最终|最后|结果|最终结果|工作|管理|[两二三四五]项|相加|即)*"
)
_NEUTRAL = re.compile(f"{_WHO}{_WORDS}")
_MODIFIERS = re.compile(
    r"(?:项目|一般|重点|基本|专项|其他|上年|下属|所属|人均|平均|上级|结转|减少|增加|节约|追加|配套|自筹|社会|外单位|部分|扣除|购置|处置|报废|新增|非税|税收|经营|事业|固定|流动|无形)$"
)
_CARRIED = re.compile(r"(?:结转|结余)(?:和结余|结余)?的")
_SUM_WORDS = re.compile(r"(?:总计|合计|总额|小计)$")
_BRACKETED = re.compile(r"（(?!5\d{2}(?:\d{2})?）)[^（）]*）")
"""Not the code of a class of the government's own: 机关工资福利支出（501） is not all of 301."""


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """A pattern of the vocabulary or a pack, compiled once."""
    return re.compile(source)


@lru_cache(maxsize=16_384)
def member_named(
    concept: Concept, label: str, year: int | None
) -> tuple[str, str | None, Decimal, tuple[str, ...]] | None:
    """The member of a concept that a label names: its id, the code printed with it, and how sure the reading is."""
    plain = without_basis(label)
    for name in dict.fromkeys((label, plain, _SUM_WORDS.sub("", plain), without_brackets(plain))):
        if concept.classes is not None:
            found = (find_function if concept.classes == "functions" else find_economic)(name, year)
            if found is not None:
                return found.id, found.code, CERTAIN, ()
            continue
        hit = concept.member_of(name)
        sure = sureness(hit[1], len(name) - len(hit[1]), name) if hit is not None else None
        if hit is not None and sure is not None:
            return (hit[0], None, *sure)
    if concept.classes is not None and "的" in plain:  # 用于养老等方面的社会保障和就业支出
        return member_named(concept, plain[plain.rindex("的") + 1 :], year)
    if concept.classes == "functions" and (own := marked_name(plain)) is not None:
        return own, None, ASSUMED, ("a class that the tables do not have",)
    if concept.classes == "functions" and (own := shared_name(plain)) is not None:
        return own, None, ASSUMED, ("a name that several classes share",)
    return None


@lru_cache(maxsize=16_384)
def member_before(concept: Concept, label: str, left: str, matched: int) -> str | None:
    """A member named before the label (参公 before 编制), or inside it (国内公务接待批次)."""
    hit = concept.member_of(left) if left else None
    if hit is not None and sureness(hit[1], LONG_ENOUGH, left) is not None:
        return hit[0]
    inside = label[len(label) - matched :]
    for member, aliases in concept.members.items():
        if any(_pattern(alias).search(inside) for alias in aliases):
            return member
    return None


_PER_HEAD = ("人均", "户均", "车均", "亩均", "平均")
_OF_A_KIND = ("人员类", "运转类", "公用类", "公用经费类")
"""Kinds of projects since budgets are made up of nothing else: 人员类项目支出 is basic expenditure under another name."""


@lru_cache(maxsize=16_384)
def sureness(left: str, matched: int, label: str) -> tuple[Decimal, tuple[str, ...]] | None:
    """How sure a label is whose end matched and which has ``left`` in front: None where the words in front forbid it."""
    if not left:
        return CERTAIN, ()
    if left.endswith(_OF_A_KIND):
        return None
    if left.endswith(_PER_HEAD) or "三公经费" in left or OF_OTHERS.match(left) or OF_OTHER_TIMES.search(left):
        return None  # 人均公用经费; 全省支出合计; 前年支出合计
    if (_MODIFIERS.search(left) and matched < LONG_ENOUGH + 2) or _CARRIED.search(left):
        return None
    if _NEUTRAL.fullmatch(left) or (left[-1] == "等" and matched >= LONG_ENOUGH):  # 办公费、差旅费等公用经费
        return CERTAIN, ()
    if matched >= LONG_ENOUGH:
        return ASSUMED, (f"label read as the end of “{label}”",)
    return None


_BASIS_WORDS = re.compile(
    r"的?(?:(?:批复|核定|下达)的?(?=年初|预算))?(?:年初|初始|全年|调整后?|本年|当年|年度)?(?:(?<=年初)(?:批复|核定|下达|安排)的?)?(?<!公共)(?<!基金)(?<!经营)预算(?:安排)?数?|的?决算数?|执行数|(?<=支出)数$|(?<=收入)数$|(?<=费)数$|(?<=经费)数$|(?<=收入)(?:完成|执行|安排)$|(?<=支出)(?:完成|执行|安排)$"
)


@lru_cache(maxsize=16_384)
def without_basis(label: str) -> str:
    """A label without the words that say on what basis its figure is: 支出决算数 → 支出."""
    return _BASIS_WORDS.sub("", label)


_VERB_BEHIND = re.compile(
    r"(?:共计|合计|总计|一共|共)?(?<!追加)(?<!新增)(?<!调整)(?<!增加)(?<!减少)(?<!另行)(?<!多)(?<!少)(?<!未)(?:(?:拟|计划|预计|实际|实)?(?:安排|核定|下达|列支|发生|开支)|实际(?:完成|执行|使用)|(?:计划|预计|拟)(?:支出|使用)?|实际)了?$"
    r"|(?<=[费出购])(?:全年|当年|本年度?|年度|年内)(?:累计|实际|共)?(?:执行|支出|发生|列支|开支|使用|完成)(?:了|数|额)?$"
)
"""A verb that leads on to the figure: 收入预算总额安排, 机关运行经费共计安排, 公务接待费实际发生, 基本支出全年执行."""


@lru_cache(maxsize=16_384)
def spellings(label: str) -> tuple[str, ...]:
    """A label as printed, without its basis, without its brackets too, and without a verb behind it."""
    plain = without_basis(label)
    verbless = _VERB_BEHIND.sub("", label)
    spelt = (label, plain, without_brackets(plain), verbless, without_basis(verbless))
    return tuple(filter(None, dict.fromkeys(spelt)))


def without_brackets(label: str) -> str:
    """A label without what stands in its brackets: 公务用车（轿车） → 公务用车."""
    return _BRACKETED.sub("", label) if "（" in label else label


def plain_member(label: str) -> str:
    """A member's name as printed, without brackets and without the time at which it was counted: 年末其他人员."""
    return (without_brackets(label) or label).removeprefix("年末")
