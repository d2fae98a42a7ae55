"""Parts that outlines are put together from: a heading in one of its wordings, and the passage under it."""

from __future__ import annotations

from collections.abc import Callable

from reportmaking import accounts, appropriations, matters, organisation, performance, remarks
from reportmaking.draft import Draft

Passage = Callable[[Draft], None]
Part = tuple[int, str, Passage | None]
"""Level, wordings of the heading parted by `|`, what stands under it."""

DUTIES: Part = (1, "主要职能|部门职责|主要职责|职能职责|部门主要职责", organisation.duties)
STRUCTURE: Part = (1, "机构设置|机构设置情况|机构组成|部门机构设置情况", organisation.structure)
STAFFING: Part = (1, "人员情况|人员构成情况|人员编制情况|人员概况", organisation.staffing)


def people_too(d: Draft) -> None:
    """Bodies and people under one heading."""
    organisation.structure(d)
    organisation.staffing(d)


def follow(d: Draft, parts: list[Part]) -> None:
    """Headings and what stands under them."""
    for level, titles, passage in parts:
        title = d.rng.choice(titles.split("|"))
        d.heading(level, title, run_in=passage is not None and level > 0)
        if passage is not None:
            passage(d)


def profile(d: Draft, title: str) -> list[Part]:
    """The part on the office itself, with or without a heading for its people."""
    if d.chance(0.5):
        return [(0, title, None), DUTIES, STRUCTURE, STAFFING]
    return [(0, title, None), DUTIES, (1, "机构设置及人员情况|机构设置和人员构成|机构设置", people_too)]


def glossary_part(d: Draft) -> list[Part]:
    """A glossary, in most reports."""
    return [(0, "名词解释|专业名词解释", remarks.glossary)] if d.chance(0.7) else []


def income(d: Draft) -> None:
    """本年收入."""
    if not d.planned and d.chance(0.2):
        accounts.sources_in_paragraphs(d)
    else:
        accounts.income(d, grand=False)


def grand_income(d: Draft) -> None:
    """收入总计."""
    accounts.income(d, grand=True)


def grand_outlay(d: Draft) -> None:
    """支出总计, with the year’s spending."""
    accounts.outlay(d, grand=True)


def funds(d: Draft) -> None:
    """The other two funds."""
    appropriations.other_funds(d)


def property_held(d: Draft) -> None:
    """Assets, in some reports with their worth."""
    matters.assets(d, money=d.chance(0.3))


def _evaluation(d: Draft) -> None:
    if d.chance(0.6):
        performance.targets(d)
    performance.self_evaluated(d)


def others(d: Draft, level: int) -> list[Part]:
    """What the report must also tell, in one of two orders."""
    parts: list[Part] = [
        (level, "机关运行经费支出情况|机关运行经费支出情况说明|机关运行经费", matters.running),
        (level, "政府采购支出情况|政府采购情况|政府采购支出情况说明", matters.procurement),
        (level, "国有资产占用情况|国有资产占有使用情况|国有资产占用情况说明", property_held),
    ]
    if d.chance(0.3):
        parts = [parts[1], parts[0], parts[2]]
    if d.chance(0.7):
        parts.append((level, "预算绩效管理情况|预算绩效情况说明|绩效自评情况", _evaluation))
    return parts


def told(d: Draft, level: int, problems: str, remedies: str) -> None:
    """Troubles and remedies, each a narrative."""
    d.section(level, "narrative.problems", problems)
    remarks.troubles(d)
    d.close()
    d.section(level, "narrative.suggestions", remedies)
    remarks.remedies(d)
    d.close()
