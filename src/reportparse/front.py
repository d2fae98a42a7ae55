"""What the document says of itself: title, department, region, year, kind, date and issuer.

They stand on the cover, in the title and under the last sentence; each is kept with its place in the source.

Over 400 lines because each of the seven is printed in several places and ways, and which of them holds depends on the
others: the department on the title, the issuer on the date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from reportparse.blocks import SITE, Block
from reportparse.concepts import Concepts
from reportparse.headers import span_of
from reportparse.model import Region
from reportparse.numbers import NonQuantity, numbering
from reportparse.patterns import seldom
from reportparse.regions import find_region

__all__ = ["Found", "Front", "read_front"]


class Found(NamedTuple):
    """A value and its place in the normalised text; no place where it was inferred (a kind, a region's code)."""

    value: str
    start: int
    end: int


class Front(NamedTuple):
    """``kind`` is an id of concepts.toml's kinds, ``basis`` that of money of which the report says nothing else: a plan's
    is ``budget``. ``region`` is without a code where the name is ambiguous. ``period`` is the span of years that a title
    names (``2021/2024``), of which ``year`` is the first.
    """

    kind: str
    basis: str
    title: Found | None
    department: Found | None
    region: Region | None
    region_at: Found | None
    year: int | None
    year_at: Found | None
    issuer: Found | None
    date: Found | None
    period: str | None = None


_ORGANISATION = re.compile(
    r"(?:局|厅|委|部|署|办|院|校|所|站|队|会|社|馆|园|台|处|室|科|团|联|库|段|场|厂|行|系统|中心|机关|小学|中学|大学|学院|医院|政府|党校|公司|支队|大队|法庭|街道|乡|镇|"
    r"管委会|委员会|办公室|办事处|事务所|管理站|服务站|幼儿园|协会|学会|红十字会|工商联|科协|残联|妇联|文联|总队|集团|报社|福利院|敬老院|仲裁院|疾控|分局|"
    r"政协|人大|民盟|民革|民建|民进|农工党|致公党|九三学社|台盟|监狱|基地|开发区|高新区|保护区|示范区|风景区|林区|园区|灌区|校区|院区)(?:（.{1,24}）)?(?:（?本级）?|机关)?$"
)
_WEAK_END = seldom(r"(?:乡|镇|科|处|室|队|部|台|团|联|段|行|社|库|场|会|院)$")
"""Ends of a name that are as likely the middle of one: …区科｜学技术协会."""
_YEAR = re.compile(r"((?:19|20)\d\d)(?:[-—~](?:19|20)\d\d)?年?度?|([二][〇○零一二三四五六七八九]{3})年度?")
_TITLE_TAIL = re.compile(r"(?:20\d\d年度?)?(?:情况|的)*(?:说明|公开|报告|公示|公告)")
_TITLE_END = re.compile(
    r"(?:报告|说明|公开|自评表|评价表|情况|决算|预算|总结|方案|材料|信息|书|表|公告)(?:（.{1,16}）)?(?:公开)?(?:的?(?:报告|说明|公告))?$"
)
_TITLE_LEAST = 6
_DATE = re.compile(r"((?:19|20)\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(?:(\d{1,2})日?)?")
_HAN_DATE = seldom(
    r"([二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_PUBLISHED = re.compile(
    r"(?:(?P<own>填报|编制|报告|填表|上报|报送|提交|评价|自评)|(?P<published>公开|发布|公示|发文)|(?P<written>成文|生成|制定|印发)"
    r"|^|(?<=[|\[【\s]))(?:时间|日期)[\]】）]?[：:| ]*"
)
"""Of several labelled dates that of the report itself goes first, then when it was published, then when it was written."""
_PUBLISHER = seldom(r"(?:发布|公开|发文|信息公开|成文)(?:机构|单位|机关|部门)：?")
_TAKEN_AT = re.compile(r"(?:截[止至](?:时间|日期)?|基准日)：?$")
"""Before a date on which things stood, and none of the report."""
_LABEL_MARKS = re.compile(r"[-•·*\[【（ ]+")
_FIRM = re.compile(r"(?:咨询|评价|评估|会计|审计|造价|管理|顾问|信息|科技).{0,12}公司|事务所|（[^）]{0,8}合伙）")
"""A firm that evaluates is no department."""
_OF_PROJECTS = frozenset({"project_performance", "transfer_performance"})
_DATE_AT_END = re.compile(
    r"(?P<date>(?:(?:19|20)\d\d(?:年|[-./])\d{1,2}(?:月|[-./])(?:\d{1,2}日?)?"
    r"|[二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?))$"
)
_HAN = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_CUT_AT = seldom(
    r"(?:关于)?(?:(?:19|20)\d\d|[二][〇○零一二三四五六七八九]{3})年?度?|关于|部门整体|整体支出|部门预算|部门决算|单位预算|单位决算|项目支出|项目绩效|绩效(?:自评|评价)|“?三公”?经费|财政决算"
)
_NAME_ENDS = seldom(
    r"[ ，；（]|(?:金额|委托|评价|填报|实施|项目|主管|编制)?(?:单位|机构|部门)：|(?:制定|填报|编制|报告)?(?:日期|时间)：|(?:联系|负责|填报)人："
)
_OF_ALL = seldom(r"（(?:部门)?汇总）$")
"""What a title says of its accounts, and not of whose they are."""
_CUT_AFTER_YEAR = seldom(r"部门|单位|整体|项目|预算|决算|“?三公|绩效|关于")
_NAVIGATION = re.compile(r"目录|索引|附件|首页|当前位置|>|[：:]$|如下$")
_DUTY = seldom(r"(?:负责|承担|承办|贯彻|拟[订定]|起草|制定|做好|协助)")
"""How a duty begins, and no title: 负责编制部门预算."""
_OPENED = re.compile(r"[#• ]+|(?:<[a-z][^<>]{0,60}> *)+")
_CLOSED = re.compile(r"(?:</[a-z][a-z0-9]{0,9}>)+$")
_CONTENTS = seldom(r"(?<=算|开|明|告|表)目录$")
"""After a title that stands over its own contents: 某局2023年度部门决算目录."""
_ANNEX = seldom(r"附件?(?:[一二三四五六七八九十]{1,2}|\d{1,2}(?:[-—]\d{1,2})?)[：:、.]?(?=\S{8,}(?:报告|自评表|情况)$)")
"""附件3某县2023年度补助资金绩效自评报告: the number of an annex, in the line of its title."""
_OF_A_CARD = seldom(r"公开(?:方式|范围|时间|日期)|(?:主题|组配|体裁)分类|索引号|发文|责任部门|无障碍")
"""What a site prints of a page, and no name of a body."""
_TITLE_IN_FORM = seldom(r"[^，。；：|]{0,40}绩效[^，。；：|]{0,12}表(?: ?（[^（）]{1,16}）)?")
_MARKED = seldom(r"[：:>\d]")
_NAMED = re.compile(
    r"(?:(?:(?:被评价|填报|填表|项目(?:实施|承担|建设|管理)?|实施|预算|评价|自评|编制|报送|申报|报告|公开)?(?:部门|单位)"
    r"(?:（单位）|（部门）)?|(?P<over>(?:项目|预算)?主管(?:部门|单位)))(?:名称)?(?:（公章）|（盖章）)?)[：:]"
)
"""What the department is named by: the unit itself goes before the one over it."""
_CELL = seldom(
    r"(?:^|[|\s])(?:(?:项目(?:实施|承担|建设)?|实施|预算|填报|基层预算)(?:部门|单位)|(?P<over>(?:项目|预算)?主管(?:部门|单位)))"
    r"(?:名称)?(?:及?代码|（.{1,6}）)?[：:]?[|\s]+(?:[\[【（]?\d{3,}[\]】）]?[-—_ ]?)?(?P<name>[^|\s\d]{3,40})(?=[|\s]|$)"
)
"""A cell that says whose a form is, and the next one: some print the unit's code before its name."""
_FORM_HEAD = 1_000
"""Characters in which a form names its unit."""
_SEAL = re.compile(r"(?:（(?:公章|盖章|章|签章|单位公章|加盖公章)）)+$")


def read_front(
    text: str, blocks: Sequence[Block], tokens: Sequence[object], concepts: Concepts, headings: Sequence[str]
) -> Front:
    """Read the cover, the title and the signature. ``headings`` are the titles of the sections, in order."""
    cover = _cover(text, blocks)
    tail = _signature(text, blocks, len(cover))
    title = _title(text, blocks, cover, concepts)
    date, date_block = _date(text, blocks, cover, tail)
    issuer = _issuer(text, blocks, cover, tail, date_block)
    department = _department(text, blocks, cover, title, issuer)
    if department is None:
        department = _source(text, blocks, title, None)
    if department is not None:
        issuer = _signed_by(text, blocks, tail, department) or issuer or _source(text, blocks, title, department)
    year, year_at = _year(text, title, cover, blocks, tokens)
    kind = _kind(title.value if title else "", headings, concepts)
    region: Region | None = None
    region_at: Found | None = None
    # A department is where its name says; a project is the title's, whoever accounts for it.
    for place in (title, department) if kind in _OF_PROJECTS else (department, title):
        found = find_region(_without_year(place.value), year) if place is not None and region is None else None
        if place is not None and found is not None:
            region = found[0]
            region_at = _place(text, place, region.name)
    return Front(
        kind,
        _basis(kind, title.value if title else ""),
        title,
        department,
        region,
        region_at,
        year,
        year_at,
        issuer,
        date,
        span_of(title.value) if title is not None else None,
    )


_CARD = 60
"""Cells of an index card, at most."""


def _cover(text: str, blocks: Sequence[Block]) -> list[int]:
    """The lines before the first heading or sentence, without the index card that a site prints among them."""
    cover: list[int] = []
    card: int | None = None
    for index, block in enumerate(blocks):
        if block.kind == "cover":
            cover.append(index)
            continue
        if block.kind != "table":
            break
        if block.table != card:
            card = block.table
            cells = [cell for cell in blocks[index : index + _CARD] if cell.table == card]
            if not any(SITE.search(text[cell.start : cell.end]) for cell in cells):
                break
    return cover


def _signature(text: str, blocks: Sequence[Block], start: int) -> list[int]:
    """The lines that sign the text: of several groups of such lines the last that holds a date, else the last one."""
    groups: list[list[int]] = []
    for index in range(start, len(blocks)):
        if blocks[index].kind == "cover":
            if groups and groups[-1][-1] == index - 1:
                groups[-1].append(index)
            else:
                groups.append([index])
    groups = [group for group in groups if not any(_is_of_things(text, blocks[i]) for i in group)]
    dated = [g for g in groups if any(_DATE_AT_END.search(text, blocks[i].start, blocks[i].end) for i in g)]
    return (dated or groups or [[]])[-1]


def _is_of_things(text: str, block: Block) -> bool:
    """Whether a line ends with the date on which things stood: 截止时间：2023年12月31日."""
    dated = _DATE_AT_END.search(text, block.start, block.end)
    return dated is not None and _TAKEN_AT.search(text[block.start : dated.start()]) is not None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    """One of the few patterns of the vocabulary."""
    return re.compile(pattern)


def _kind(title: str, headings: Sequence[str], concepts: Concepts) -> str:
    for kind, pattern in concepts.kinds_by_heading.items():
        if any(_compiled(pattern).search(heading) for heading in headings[:3]):
            return kind
    plain = title.replace("“", "").replace("”", "")
    for source in (plain, *headings[:12]):
        for kind, pattern in concepts.kinds.items():
            if source and _compiled(pattern).search(source):
                return kind
    return "other"


def _basis(kind: str, title: str) -> str:
    """Whether a report is of what is planned: a budget, or the part of one that is published by itself."""
    planned = kind == "budget" or (
        kind == "three_public" and ("预算" in title or "安排" in title) and "决算" not in title
    )
    return "budget" if planned else "actual"


def _title(text: str, blocks: Sequence[Block], cover: Sequence[int], concepts: Concepts) -> Found | None:
    """The cover line, or the two or three together, that name a kind of document; failing that the first such line of the text."""
    words = _compiled("|".join(f"(?:{pattern})" for pattern in concepts.kinds.values()))
    best: tuple[int, Found] | None = None
    for first in range(len(cover)):
        for last in range(first, min(first + 3, len(cover))):
            lines = [_titled(text, blocks[i]) for i in cover[first : last + 1]]
            names = [line.value for line in lines]
            whole = "".join(names)
            if any(len(name) > 45 or _is_duty(name) for name in names) or not _names_a_kind(whole, words):
                continue
            if last > first and any(SITE.search(name) for name in names):
                continue  # 【字体：大 小】【发布时间：…】
            complete = any(
                _TITLE_END.search("".join(names[:n]))
                and (_names_a_kind("".join(names[:n]), words) or _YEAR.match(names[n]))
                for n in range(1, len(names))
            )
            year = _YEAR.match(whole)
            tail = last > first and _TITLE_TAIL.fullmatch(names[-1]) is not None
            score = (
                3 * bool(_TITLE_END.search(whole))
                + 2 * tail
                + 2 * bool(_YEAR.search(whole))
                + 2 * _is_seated(whole[year.end() :] if year is not None else whole)
                - (last - first)
            )
            score -= 4 * (complete and not tail) + 4 * any(
                _is_organisation("".join(names[:n])) and _names_a_kind("".join(names[n:]), words)
                for n in range(1, len(names))
            )
            if last > first and _is_seated(names[-1]) and not all(map(_may_stand_over, names[:-1])):
                score -= 3  # a title of its own, under another one
            if first and _is_fragment(_bare(text, blocks[cover[first - 1]]).value, words):
                score -= 3
            if best is None or score > best[0]:
                best = (score, Found(whole, lines[0].start, lines[-1].end))
    if best is not None:
        return best[1]
    rows = next((at for at, block in enumerate(blocks[:_HEAD]) if block.kind != "table"), 0)
    for block in blocks[rows : rows + 6]:  # a site may print rows of a table over the title
        line = _bare(text, block)
        if (
            block.kind != "table"
            and len(line.value) <= 60
            and _names_a_kind(line.value, words)
            and not line.value.endswith("。")
        ):
            number = numbering(line.value)
            return line if number is None else Found(line.value[number.end :], line.start + number.end, line.end)
    if not cover:  # a form stands first: its own caption
        for block in blocks[:_OF_FORM]:
            line = _titled(text, block)
            if len(line.value) <= 45 and _names_a_kind(line.value, words) and _FORM_END.search(line.value):
                return line
    for block in blocks[:_HEAD]:  # a form can be printed with its title in its first cells
        line = _bare(text, block)
        if block.kind == "table" and _TITLE_IN_FORM.fullmatch(line.value) and _names_a_kind(line.value, words):
            return line
    return None


_OF_FORM = 4
"""Cells of a form among which its caption is."""
_FORM_END = seldom(r"表(?:（.{1,16}）)?$")


def _is_fragment(line: str, words: re.Pattern[str]) -> bool:
    """A line over the title that is neither a name, a label, an annex number nor a title itself: the title's own first half."""
    return not (
        _is_organisation(line)
        or _is_place(line)
        or (len(line) > _TITLE_LEAST and _TITLE_END.search(line))
        or _names_a_kind(line, words)
        or numbering(line)
        or _MARKED.search(line)
    )


def _bare(text: str, block: Block) -> Found:
    """A line without the marks of a Markdown heading, or the tags that a page saved as text still has round it."""
    line = text[block.start : block.end]
    opened = _OPENED.match(line)
    closed = _CLOSED.search(line, opened.end() if opened is not None else 0)
    start = opened.end() if opened is not None else 0
    end = closed.start() if closed is not None else len(line)
    return Found(line[start:end], block.start + start, block.start + end)


def _titled(text: str, block: Block) -> Found:
    """A line that may be a title, without the number of the annex that it is and the word 目录 of the contents under it."""
    line = _bare(text, block)
    annex = _ANNEX.match(line.value)
    if annex is not None:
        line = Found(line.value[annex.end() :], line.start + annex.end(), line.end)
    contents = _CONTENTS.search(line.value)
    return line if contents is None else Found(line.value[: contents.start()], line.start, line.end - len("目录"))


def _names_a_kind(line: str, words: re.Pattern[str]) -> bool:
    plain = line.replace("“", "").replace("”", "")
    return bool(words.search(plain)) and not _NAVIGATION.search(plain) and not _is_duty(plain)


def _is_duty(line: str) -> bool:
    number = numbering(line)
    return _DUTY.match(line, number.end if number is not None else 0) is not None


def _without_year(name: str) -> str:
    """A title without the year, and the 关于, that it begins with."""
    name = name.removeprefix("关于")
    year = _YEAR.match(name)
    return name[year.end() :] if year is not None else name


def _is_seated(name: str) -> bool:
    """Whether ``name`` begins with the name of a place, or with a chain of them."""
    name = _without_year(name)
    found = find_region(name)
    while found is not None:
        start = found[1]
        if start == 0:
            return True
        found = find_region(name[:start])
        if found is not None and found[2] != start:
            return False
    return False


def _is_place(name: str) -> bool:
    """Whether ``name`` is the name of a place and nothing more."""
    found = find_region(name)
    return found is not None and found[2] == len(name)


def _is_half(line: str) -> bool:
    """A line that cannot stand alone: the name of a place, or too short for any name."""
    return len(line) <= 2 or _is_place(line)


def _may_stand_over(line: str) -> bool:
    """Whether a title can begin in a line and go on with the name of a place in the next: with a place itself, or its year."""
    return _is_half(line) or not _without_year(line)


def _is_organisation(name: str) -> bool:
    if not 3 <= len(name) <= 40 or "：" in name or "关于" in name or _ORGANISATION.search(name) is None:
        return False  # 某县财政局关于某县茶叶中心: a title that goes on
    return not _YEAR.search(name) and not _OF_A_CARD.search(name)


def _named_by_lines(text: str, blocks: Sequence[Block], indexes: Sequence[int], signature: bool) -> Found | None:
    """The organisation that lines name: one line, or two where the name is broken; the last that begins with a place wins.

    In a ``signature`` every line is part of a name.
    """
    best: tuple[int, Found] | None = None
    for size in (1, 2):
        for at in range(len(indexes) - size + 1):
            lines = [(_signed if signature else _bare)(text, blocks[i]) for i in indexes[at : at + size]]
            name = "".join(line.value for line in lines)
            if not _is_organisation(name) or (not signature and _FIRM.search(name)):
                continue
            if size == 2 and not (_is_seated(name) and (_is_half(lines[0].value) or not _is_seated(lines[1].value))):
                if not (signature and not _is_organisation(lines[0].value) and not _is_seated(lines[1].value)):
                    continue
            score = (
                2 * _is_seated(name)
                + (size == 2 and _is_half(lines[0].value))
                - (
                    size == 2
                    and _is_organisation(lines[0].value)
                    and _is_seated(lines[0].value)
                    and not _WEAK_END.search(lines[0].value)
                )
            )
            if best is None or score >= best[0]:  # on equal terms the later, and the whole rather than a half
                best = (score, Found(name, lines[0].start, lines[-1].end))
    return best[1] if best is not None else None


def _department(
    text: str, blocks: Sequence[Block], cover: Sequence[int], title: Found | None, issuer: Found | None
) -> Found | None:
    above = _named_by_lines(text, blocks, [i for i in cover if title is None or blocks[i].end <= title.start], False)
    named = _named_by_label(text, blocks, cover)
    if named is not None:
        by_title = _named_by_title(text, title) if title is not None else None
        if (
            by_title is not None
            and title is not None
            and (by_title.value, by_title.start) == (named.value, title.start)
        ):
            return by_title
        over = _OVER.search(text[max(0, named.start - 12) : named.start]) is not None
        if over and above is not None and _is_seated(above.value) and above.value not in named.value:
            return above  # 某县公路中心 / 某年度项目支出绩效自评报告 / 主管部门：某县交通局
        return named
    own = _named_by_title(text, title) if title is not None else None
    if title is not None and own is not None and not _is_seated(own.value):
        own = _in_full(text, [blocks[i] for i in cover if blocks[i].start >= title.end], own) or own
    if own is not None and (above is None or not (_is_seated(above.value) and not _is_seated(own.value))):
        return own
    host = above is not None and title is not None and _is_host(text, blocks, cover, above, title)
    if above is not None and not host:
        return above
    if (cell := _named_by_cell(text, blocks)) is not None:
        return cell
    if issuer is not None and _FIRM.search(issuer.value):
        issuer = None
    return _named_in_opening(text, blocks, issuer) or issuer or above


_GOVERNMENT = seldom(r"人民政府(?:门户)?(?:网站?)?$")


def _is_host(text: str, blocks: Sequence[Block], cover: Sequence[int], name: Found, title: Found) -> bool:
    """Whether a name over the title is that of the site, whose buttons and path stand between: a government's, on which its bodies
    publish their reports.
    """
    between = [blocks[i] for i in cover if name.end <= blocks[i].start and blocks[i].end <= title.start]
    return _GOVERNMENT.search(name.value) is not None and any(
        SITE.search(text[block.start : block.end]) for block in between
    )


_OPENING = 3
"""Blocks after the cover and before the first heading in which a report says whose it is."""
_REPORTS = seldom(
    r"(?:^|[，。：])(?P<name>[^，。；：\d《》“”（）]{4,30}?)(?=(?:于[^，。；]{2,12})?(?:对(?!于)|组织|认真|开展|高度|及时|成立|积极|严格))"
)


def _named_in_opening(text: str, blocks: Sequence[Block], issuer: Found | None) -> Found | None:
    """The body that the text begins with before its first heading: 按照要求，某县茶叶中心对茶园改造项目开展了自评. Where the signature
    names one, it is that one.
    """
    first = next((at for at, block in enumerate(blocks) if block.kind == "paragraph"), len(blocks))
    for block in blocks[first : first + _OPENING]:
        if block.kind != "paragraph" or block.number is not None:
            return None
        if issuer is not None:
            at = text.find(issuer.value, block.start, block.end)
            if at >= 0:
                return Found(issuer.value, at, at + len(issuer.value))
            continue
        for named in _REPORTS.finditer(text[block.start : block.end]):
            if _is_organisation(named["name"]) and _is_seated(named["name"]):
                return Found(named["name"], block.start + named.start("name"), block.start + named.end("name"))
    return None


_SHORT_PLACE = re.compile(r"^(?:[省市县区旗州盟]|[本我])(?=.{2})")


def _in_full(text: str, lines: Sequence[Block], name: Found) -> Found | None:
    """The line of the cover that gives in full, with its place, what a site's title shortens: 区人大, under it 某市某区人大常委会."""
    short = _SHORT_PLACE.sub("", name.value)
    for line in lines:
        full = _bare(text, line)
        if short in full.value and full.value != name.value and _is_organisation(full.value) and _is_seated(full.value):
            return full
    return None


_OVER = re.compile(r"主管(?:部门|单位)[：:]\s*\Z")


def _named_by_label(text: str, blocks: Sequence[Block], cover: Sequence[int]) -> Found | None:
    """The unit that a line of the cover names: 填报单位：…; the unit over it where none names the unit itself."""
    over: Found | None = None
    for at, index in enumerate(cover):
        line = text[blocks[index].start : blocks[index].end]
        marks = _LABEL_MARKS.match(line)
        named = _NAMED.match(line, marks.end() if marks is not None else 0)
        if named is None:
            continue
        start = blocks[index].start + named.end()
        name = _NAME_ENDS.split(line[named.end() :])[0]
        end = start + len(name)
        if not _is_organisation(name) and at + 1 < len(cover):
            whole = name + text[blocks[cover[at + 1]].start : blocks[cover[at + 1]].end]
            if _is_organisation(whole):  # the name is broken
                name, end = whole, blocks[cover[at + 1]].end
        if len(name) < 3 or _FIRM.search(name):
            continue
        if named["over"] is None:
            return Found(name, start, end)
        over = over or Found(name, start, end)
    return over


def _named_by_cell(text: str, blocks: Sequence[Block]) -> Found | None:
    """The unit that a form names in its head: 主管部门 | 209-某局 | 实施单位 | 某站."""
    end = next((block.start for block in blocks[:_HEAD] if block.kind == "paragraph"), blocks[-1].end if blocks else 0)
    over: Found | None = None
    start = blocks[0].start if blocks else 0
    for cell in _CELL.finditer(text, start, min(end, start + _FORM_HEAD)):
        name = cell["name"]
        if not _is_organisation(name) or _FIRM.search(name):
            continue
        found = Found(name, cell.start("name"), cell.end("name"))
        if cell["over"] is None:
            return found
        over = over or found
    return over


def _named_by_title(text: str, title: Found) -> Found | None:
    """The unit that a title begins with, before or after its year."""
    _, on, subject = title.value.partition("关于")
    cut = _CUT_AT.search(subject)
    head = _OF_ALL.sub("", subject[: cut.start()]) if on and cut else ""
    if len(head) >= 3 and _ORGANISATION.search(head) and _is_seated(head):
        return _place(
            text, title, head
        )  # 某县财政局关于某县茶叶中心2023年度部门整体支出绩效评价的报告: whose it is, and not who wrote it
    cut = _CUT_AT.search(title.value)
    head = _OF_ALL.sub("", title.value[: cut.start()]) if cut else ""
    if len(head) >= 3 and _ORGANISATION.search(head):
        return _place(text, title, head)
    rest = _without_year(title.value)
    cut = _CUT_AFTER_YEAR.search(rest)
    head = _OF_ALL.sub("", rest[: cut.start()]) if cut else ""
    return _place(text, title, head) if len(head) >= 3 and _ORGANISATION.search(head) else None


def _is(text: str, within: Found, name: str) -> bool:
    return text[within.start : within.end].replace("\n", "") == name


def _place(text: str, within: Found, name: str) -> Found | None:
    """Where ``name``, a part of what stands ``within``, stands: there may be a break in it that its value does not show."""
    pattern = re.compile("\n?".join(map(re.escape, name)))
    match = pattern.search(text, within.start, within.end)
    return Found(name, match.start(), match.end()) if match else None


def _year(
    text: str, title: Found | None, cover: Sequence[int], blocks: Sequence[Block], tokens: Sequence[object]
) -> tuple[int | None, Found | None]:
    places = [title] if title is not None else []
    places += [_bare(text, blocks[i]) for i in cover]
    for place in places:
        if _PUBLISHED.match(place.value):
            continue
        match = _YEAR.search(place.value)
        if match is not None and not _DATE.match(place.value, match.start()):
            year = match.group(1) or "".join(_HAN.get(c, c) for c in match.group(2))
            return int(year), _place(text, place, match.group())
    counts: dict[int, int] = {}
    first: dict[int, NonQuantity] = {}
    for token in tokens:
        if isinstance(token, NonQuantity) and token.cls == "year" and token.value is not None:
            counts[token.value] = counts.get(token.value, 0) + 1
            first.setdefault(token.value, token)
    if counts:
        best = max(counts, key=lambda y: (counts[y], y))
        return best, Found(str(best), first[best].start, first[best].end)
    return None, None


def _date(
    text: str, blocks: Sequence[Block], cover: Sequence[int], tail: Sequence[int]
) -> tuple[Found | None, int | None]:
    # A date cut by a break stands on two lines of the signature.
    for size in (2, 1):
        for at in range(len(tail) - size, -1, -1):
            start, end = blocks[tail[at]].start, blocks[tail[at + size - 1]].end
            joined = text[start:end].replace("\n", "")
            if _DATE.fullmatch(joined) or _HAN_DATE.fullmatch(joined):
                return Found(_iso(joined), start, end), tail[at]
    for index in reversed(tail):
        dated = _DATE_AT_END.search(text, blocks[index].start, blocks[index].end)
        if dated is not None:  # after a name or a label
            return Found(_iso(dated["date"]), dated.start(), dated.end()), index + 1
    labelled: list[tuple[int, Found]] = []
    for index in range(_head_of(blocks, len(cover))):
        block = blocks[index]
        for label in _PUBLISHED.finditer(text[block.start : block.end]):
            start = block.start + label.end()
            end = blocks[min(index + 1, len(blocks) - 1)].end if block.kind in ("cover", "table") else block.end
            printed = text[start:end].replace("\n", "")
            match = _DATE.match(printed) or _HAN_DATE.match(printed)
            place = _place(text, Found("", start, end), match.group()) if match is not None else None
            if place is not None:
                rank = next((i for i, name in enumerate(("own", "published", "written")) if label[name]), 3)
                labelled.append((rank, Found(_iso(place.value), place.start, place.end)))
    if labelled:
        return min(labelled, key=lambda entry: entry[0])[1], None
    for index in cover:
        whole = _bare(text, blocks[index])
        if _DATE.fullmatch(whole.value) or _HAN_DATE.fullmatch(whole.value):
            return Found(_iso(whole.value), whole.start, whole.end), None
    return None, None


_HEAD = 48


def _head_of(blocks: Sequence[Block], cover: int) -> int:
    """How many blocks the head of a document has: its cover, or what a site prints in rows before the title."""
    rows = next((i for i, block in enumerate(blocks[:_HEAD]) if block.kind not in ("table", "cover")), 0)
    return max(cover, rows)


def _iso(printed: str) -> str:
    match = _DATE.match(printed)
    if match is not None:
        year, month, day = match.groups()
    else:
        han = _HAN_DATE.match(printed)
        assert han is not None  # the caller matched it
        year = "".join(_HAN.get(c, c) for c in han.group(1))
        month, day = (_han_day(g) if g else None for g in (han.group(2), han.group(3)))
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _han_day(printed: str) -> str:
    tens, ten, ones = printed.rpartition("十")
    if not ten:
        return _HAN[printed]
    return str((int(_HAN[tens]) if tens else 1) * 10 + (int(_HAN[ones]) if ones else 0))


def _issuer(
    text: str, blocks: Sequence[Block], cover: Sequence[int], tail: Sequence[int], date_block: int | None
) -> Found | None:
    signed = _named_by_lines(text, blocks, [i for i in tail if date_block is None or i < date_block], True)
    return signed or _evaluated_by(text, blocks, cover) or _published_by(text, blocks)


_EVALUATOR = seldom(
    r"(?:第三方|评价|评估|受托|受委托|承接|编制|报告)(?:评价|评估|编制)?(?:机构|单位)(?:名称)?(?:（(?:盖章|公章)）)?："
)


def _evaluated_by(text: str, blocks: Sequence[Block], cover: Sequence[int]) -> Found | None:
    """The firm that a line of the cover names as who evaluated: 评价机构：某绩效评价有限公司."""
    for index in cover:
        line = _bare(text, blocks[index])
        label = _EVALUATOR.match(line.value)
        if label is None:
            continue
        name = _NAME_ENDS.split(line.value[label.end() :])[0]
        if _FIRM.search(name):
            return Found(name, line.start + label.end(), line.start + label.end() + len(name))
    return None


def _published_by(text: str, blocks: Sequence[Block]) -> Found | None:
    """The body that the rows of a site name over the title: 发布机构 | 某局."""
    for label, cell in pairwise(blocks[:_HEAD]):
        if label.kind != "table":
            return None
        if _PUBLISHER.fullmatch(text, label.start, label.end) and _is_organisation(text[cell.start : cell.end]):
            return Found(text[cell.start : cell.end], cell.start, cell.end)
    return None


_SOURCE = seldom(r"(?:来源|发文(?:机关|单位)|发布(?:机构|单位|机关))[：:| ]*(?P<name>[^\s|：，；。|]{3,40})")


def _source(text: str, blocks: Sequence[Block], title: Found | None, department: Found | None) -> Found | None:
    """The body that the site's line by the title gives as its source: the department with its whole name; where the
    department is not known, any body that is named with its place.
    """
    end = blocks[min(_head_of(blocks, 0), len(blocks) - 1)].end if blocks else 0
    end = max(end, title.end + _BY_THE_TITLE if title is not None else 0)
    for source in _SOURCE.finditer(text, blocks[0].start if blocks else 0, end):
        name, start = source["name"], source.start("name")
        if department is not None:
            if name.startswith(department.value):
                return Found(department.value, start, start + len(department.value))
        elif _is_organisation(name) and _is_seated(name):
            return Found(name, start, start + len(name))
    return None


_BY_THE_TITLE = 120


def _signed_by(text: str, blocks: Sequence[Block], tail: Sequence[int], department: Found) -> Found | None:
    """The department's name among the lines of the signature, broken or whole; or as the last line of the text: under a
    table nothing else tells a name from a cell.
    """
    runs = [(tail[at], tail[at + size - 1]) for size in (1, 2, 3) for at in range(len(tail) - size + 1)]
    if not runs:
        runs = [(len(blocks) - size, len(blocks) - 1) for size in (1, 2) if size < len(blocks)]
    for first, last in runs:
        within = Found("", blocks[first].start, blocks[last].end)
        if within.start > department.end and _is(text, within, department.value):
            return _place(text, within, department.value)
    return None


_SIGNED_BY = re.compile(r"(?:报告|填报|编制|评价|自评|公开|落款)?(?:单位|部门|机构)(?:名称)?(?:（盖章）|（公章）)?：")


def _signed(text: str, block: Block) -> Found:
    """A line of the signature without its label, its date and the place of the seal."""
    line = _bare(text, block)
    label = _SIGNED_BY.match(line.value)
    value = line.value[label.end() :] if label is not None else line.value
    start = line.end - len(value)
    for tail in (_DATE_AT_END, _SEAL):
        cut = tail.search(value)
        value = value[: cut.start()].rstrip() if cut is not None and cut.start() else value
    return Found(value, start, start + len(value))
