"""What the document says of itself: title, department, region, year, kind, date and issuer.

They stand on the cover, in the title and under the last sentence; each is kept with its place in the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from reportparse.blocks import Block
from reportparse.concepts import Concepts
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
    """``kind`` is an id of concepts.toml's kinds; ``region`` without a code where the name is ambiguous."""

    kind: str
    title: Found | None
    department: Found | None
    region: Region | None
    region_at: Found | None
    year: int | None
    year_at: Found | None
    issuer: Found | None
    date: Found | None


_ORGANISATION = re.compile(
    r"(?:局|厅|委|部|署|办|院|校|所|站|队|会|社|馆|园|台|处|室|科|团|联|库|段|场|厂|行|系统|中心|机关|小学|中学|大学|学院|医院|政府|党校|公司|支队|大队|法庭|街道|乡|镇|"
    r"管委会|委员会|办公室|办事处|事务所|管理站|服务站|幼儿园|协会|学会|红十字会|工商联|科协|残联|妇联|文联|总队|集团|报社|福利院|敬老院|仲裁院|疾控|分局)(?:（.{1,12}）)?(?:（?本级）?|机关)?$"
)
_WEAK_END = seldom(r"(?:乡|镇|科|处|室|队|部|台|团|联|段|行|社|库|场|会|院)$")
"""Ends of a name that are as likely the middle of one: …区科｜学技术协会."""
_YEAR = re.compile(r"((?:19|20)\d\d)(?:[-—~](?:19|20)\d\d)?年?度?|([二][〇○零一二三四五六七八九]{3})年度?")
_TITLE_TAIL = re.compile(r"(?:情况|的)*(?:说明|公开|报告|公示|公告)")
_TITLE_END = re.compile(
    r"(?:报告|说明|公开|自评表|评价表|情况|决算|预算|总结|方案|材料|信息|书|表|公告)(?:（.{1,16}）)?(?:公开)?(?:的?(?:报告|说明|公告))?$"
)
_TITLE_LEAST = 6
_DATE = re.compile(r"((?:19|20)\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(?:(\d{1,2})日?)?")
_HAN_DATE = seldom(
    r"([二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_PUBLISHED = re.compile(r"(?:公开|发布|报送|成文|填报|编制|报告|制定|填表|上报|印发)(?:时间|日期)[：:]?")
_HAN = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_CUT_AT = seldom(
    r"(?:关于)?(?:(?:19|20)\d\d|[二][〇○零一二三四五六七八九]{3})年?度?|关于|部门整体|整体支出|部门预算|部门决算|单位预算|单位决算|项目支出|项目绩效|绩效(?:自评|评价)|“?三公”?经费|财政决算"
)
_NAME_ENDS = seldom(
    r"[ ，；（]|(?:金额|委托|评价|填报|实施|项目|主管|编制)?(?:单位|机构|部门)：|(?:制定|填报|编制|报告)?(?:日期|时间)：|(?:联系|负责|填报)人："
)
_CUT_AFTER_YEAR = seldom(r"部门|单位|整体|项目|预算|决算|“?三公|绩效|关于")
_NAVIGATION = re.compile(r"目录|索引|附件|首页|当前位置|>")
_MARKED = seldom(r"[：:>\d]")
_NAMED = re.compile(
    r"(?:部门|单位|填报单位|项目单位|实施单位|(?:预算)?主管部门|预算单位|评价单位|编制(?:部门|单位))(?:（单位）)?(?:名称)?(?:（公章）|（盖章）)?[：:]"
)


def read_front(
    text: str, blocks: Sequence[Block], tokens: Sequence[object], concepts: Concepts, headings: Sequence[str]
) -> Front:
    """Read the cover, the title and the signature. ``headings`` are the titles of the sections, in order."""
    cover = _zone(blocks, first=True)
    tail = _zone(blocks, first=False)
    title = _title(text, blocks, cover, concepts)
    date, date_block = _date(text, blocks, cover, tail)
    issuer = _issuer(text, blocks, tail, date_block)
    department = _department(text, blocks, cover, title, issuer)
    year, year_at = _year(text, title, cover, blocks, tokens)
    kind = _kind(title.value if title else "", headings, concepts)
    region: Region | None = None
    region_at: Found | None = None
    if department is not None:
        found = find_region(department.value, year)
        if found is not None:
            region = found[0]
            region_at = _place(text, department, region.name)
    return Front(kind, title, department, region, region_at, year, year_at, issuer, date)


def _zone(blocks: Sequence[Block], first: bool) -> list[int]:
    """The lines of the cover; or those that sign, which stand last, or last before what is annexed."""
    covers = [index for index, block in enumerate(blocks) if block.kind == "cover"]
    head: list[int] = []
    for index in covers:
        if index != len(head):
            break
        head.append(index)
    if first:
        return head
    zone: list[int] = []
    for index in reversed(covers[len(head) :] if len(head) < len(blocks) else covers):
        if zone and index != zone[-1] - 1:
            break
        zone.append(index)
    return zone[::-1]


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    """One of the few patterns of the vocabulary."""
    return re.compile(pattern)


def _kind(title: str, headings: Sequence[str], concepts: Concepts) -> str:
    plain = title.replace("“", "").replace("”", "")
    for source in (plain, *headings[:12]):
        for kind, pattern in concepts.kinds.items():
            if source and _compiled(pattern).search(source):
                return kind
    return "other"


def _title(text: str, blocks: Sequence[Block], cover: Sequence[int], concepts: Concepts) -> Found | None:
    """The cover line, or the two or three together, that name a kind of document; failing that the first such line of the text."""
    words = _compiled("|".join(f"(?:{pattern})" for pattern in concepts.kinds.values()))
    best: tuple[int, Found] | None = None
    for first in range(len(cover)):
        for last in range(first, min(first + 3, len(cover))):
            lines = [_bare(text, blocks[i]) for i in cover[first : last + 1]]
            names = [line.value for line in lines]
            whole = "".join(names)
            if any(len(name) > 45 for name in names) or not _names_a_kind(whole, words):
                continue
            complete = any(
                _TITLE_END.search("".join(names[:n]))
                and (_names_a_kind("".join(names[:n]), words) or _YEAR.match(names[n]))
                for n in range(1, len(names))
            )
            complete = complete and not _TITLE_TAIL.fullmatch(names[-1])
            year = _YEAR.match(whole)
            score = (
                3 * bool(_TITLE_END.search(whole))
                + 2 * bool(_YEAR.search(whole))
                + 2 * _is_seated(whole[year.end() :] if year else whole)
                - (last - first)
            )
            if last + 1 < len(cover) and _TITLE_TAIL.fullmatch(_bare(text, blocks[cover[last + 1]]).value):
                score -= 2  # its last word is on the next line
            score -= 4 * complete + 4 * any(
                _is_organisation("".join(names[:n])) and _names_a_kind("".join(names[n:]), words)
                for n in range(1, len(names))
            )
            if first and _is_fragment(_bare(text, blocks[cover[first - 1]]).value, words):
                score -= 3
            if best is None or score > best[0]:
                best = (score, Found(whole, lines[0].start, lines[-1].end))
    if best is not None:
        return best[1]
    for block in blocks[:6]:
        line = _bare(text, block)
        if (
            block.kind != "table"
            and len(line.value) <= 60
            and words.search(line.value)
            and not line.value.endswith("。")
        ):
            return line
    return None


def _is_fragment(line: str, words: re.Pattern[str]) -> bool:
    """A line over the title that is neither a name, a label, an annex number nor a title itself: the title's own first half."""
    return not (
        _is_organisation(line)
        or (len(line) > _TITLE_LEAST and _TITLE_END.search(line))
        or _is_place(line)
        or _names_a_kind(line, words)
        or numbering(line)
        or _MARKED.search(line)
    )


def _bare(text: str, block: Block) -> Found:
    """A line without the marks of a Markdown heading."""
    line = text[block.start : block.end]
    marks = len(line) - len(line.lstrip("# "))
    return Found(line[marks:], block.start + marks, block.end)


def _names_a_kind(line: str, words: re.Pattern[str]) -> bool:
    plain = line.replace("“", "").replace("”", "")
    return bool(words.search(plain)) and not _NAVIGATION.search(plain)


def _is_seated(name: str) -> bool:
    """Whether ``name`` begins with the name of a place, or with a chain of them."""
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


def _is_organisation(name: str) -> bool:
    return 3 <= len(name) <= 40 and bool(_ORGANISATION.search(name)) and not _YEAR.search(name)


def _named_by_lines(text: str, blocks: Sequence[Block], indexes: Sequence[int], signature: bool) -> Found | None:
    """The organisation that lines name: one line, or two where the name is broken; the last that begins with a place wins.

    In a ``signature`` every line is part of a name.
    """
    best: tuple[int, Found] | None = None
    for size in (1, 2):
        for at in range(len(indexes) - size + 1):
            lines = [_bare(text, blocks[i]) for i in indexes[at : at + size]]
            name = "".join(line.value for line in lines)
            if not _is_organisation(name):
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
    for at, index in enumerate(cover):
        line = text[blocks[index].start : blocks[index].end]
        named = _NAMED.match(line)
        if named is None:
            continue
        start = blocks[index].start + named.end()
        name = _NAME_ENDS.split(line[named.end() :])[0]
        if not _is_organisation(name) and at + 1 < len(cover):
            whole = name + text[blocks[cover[at + 1]].start : blocks[cover[at + 1]].end]
            if _is_organisation(whole):  # the name is broken
                return Found(whole, start, blocks[cover[at + 1]].end)
        if len(name) >= 3:
            return Found(name, start, start + len(name))
    above = _named_by_lines(text, blocks, [i for i in cover if title is None or blocks[i].end <= title.start], False)
    if above is not None:
        return above
    if title is not None:
        cut = _CUT_AT.search(title.value)
        head = title.value[: cut.start()] if cut else ""
        if len(head) >= 3 and _ORGANISATION.search(head):
            return _place(text, title, head)
        year = _YEAR.match(title.value)
        rest = title.value[year.end() :] if year else title.value
        cut = _CUT_AFTER_YEAR.search(rest)
        head = rest[: cut.start()] if cut else ""
        if len(head) >= 3 and _ORGANISATION.search(head):
            return _place(text, title, head)
    return issuer


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
    for at, index in enumerate(cover):
        line = text[blocks[index].start : blocks[index].end]
        published = _PUBLISHED.search(line)
        if published is not None:
            start = blocks[index].start + published.end()
            end = blocks[cover[min(at + 1, len(cover) - 1)]].end
            match = _DATE.match(text[start:end].replace("\n", ""))
            place = _place(text, Found("", start, end), match.group()) if match is not None else None
            if place is not None:
                return Found(_iso(place.value), place.start, place.end), None
    for index in cover:
        whole = _bare(text, blocks[index])
        if _DATE.fullmatch(whole.value) or _HAN_DATE.fullmatch(whole.value):
            return Found(_iso(whole.value), whole.start, whole.end), None
    return None, None


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


def _issuer(text: str, blocks: Sequence[Block], tail: Sequence[int], date_block: int | None) -> Found | None:
    return _named_by_lines(text, blocks, [i for i in tail if date_block is None or i < date_block], True)
