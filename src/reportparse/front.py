"""What the document says of itself: title, department, region, year, kind, date and issuer.

They stand on the cover, in the title and under the last sentence; each is kept with its place in the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reportparse.concepts import Concepts
from reportparse.layout import Block
from reportparse.model import Region
from reportparse.numbers import NonQuantity
from reportparse.regions import find_region

__all__ = ["Found", "Front", "read_front"]


class Found(NamedTuple):
    """A value and its place in the normalised text; no place where it was inferred (a kind, a region's code)."""

    value: str
    start: int
    end: int


class Front(NamedTuple):
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
_YEAR = re.compile(r"((?:19|20)\d\d)(?:[-—~](?:19|20)\d\d)?年?度?|([二][〇○零一二三四五六七八九]{3})年度?")
_TITLE_END = re.compile(r"(?:报告|说明|公开|自评表|评价表|情况|决算|预算|总结|方案|材料|信息|书|表|公告)(?:（.{1,16}）)?(?:公开)?(?:的?(?:报告|说明|公告))?$")
_TITLE_BREAKS = re.compile(r"(?:年|年度|部门|单位|关于|的|整体|支出|预算|决算|财政|绩效|项目|公开|、|及|和|情况|20\d\d)$")
_DATE = re.compile(r"((?:19|20)\d\d)(?:年|[-./])(\d{1,2})(?:月|[-./])(?:(\d{1,2})日?)?")
_HAN_DATE = re.compile(r"([二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?")
_PUBLISHED = re.compile(r"(?:公开|发布|成文|填报|编制|报告|制定|填表|上报|印发)(?:时间|日期)[：:]?")
_HAN = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_CUT_AT = re.compile(r"(?:关于)?(?:(?:19|20)\d\d|[二][〇○零一二三四五六七八九]{3})年?度?|关于|部门整体|整体支出|部门预算|部门决算|单位预算|单位决算|项目支出|项目绩效|绩效(?:自评|评价)|“?三公”?经费|财政决算")
_NAMED = re.compile(r"(?:部门|单位|填报单位|项目单位|实施单位|主管部门|预算单位|评价单位)(?:（单位）)?(?:名称)?(?:（公章）|（盖章）)?[：:]")


def read_front(text: str, blocks: Sequence[Block], tokens: Sequence[object], concepts: Concepts, headings: Sequence[str]) -> Front:
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
            region, a, b = found
            # The name's place is exact only where the department is printed without a break's worth of extra characters.
            start = text.find(region.name, department.start, department.end)
            region_at = Found(region.name, start, start + len(region.name)) if start >= 0 else None
            del a, b
    return Front(kind, title, department, region, region_at, year, year_at, issuer, date)


def _zone(blocks: Sequence[Block], first: bool) -> list[int]:
    indexes = range(len(blocks)) if first else range(len(blocks) - 1, -1, -1)
    zone: list[int] = []
    for index in indexes:
        if blocks[index].kind != "cover":
            break
        zone.append(index)
    return zone if first else zone[::-1]


def _kind(title: str, headings: Sequence[str], concepts: Concepts) -> str:
    plain = title.replace("“", "").replace("”", "")
    for source in (plain, *headings[:12]):
        for kind, pattern in concepts.kinds.items():
            if source and re.search(pattern, source):
                return kind
    return "other"


def _title(text: str, blocks: Sequence[Block], cover: Sequence[int], concepts: Concepts) -> Found | None:
    """The cover line, or lines, that name a kind of document; failing that the first line of the text that does."""
    words = re.compile("|".join(f"(?:{pattern})" for pattern in concepts.kinds.values()))
    best: tuple[int, Found] | None = None
    for position, index in enumerate(cover):
        for last in range(position, min(position + 3, len(cover))):
            lines = [text[blocks[i].start : blocks[i].end].strip("#") for i in cover[position : last + 1]]
            if any(len(line) > 45 for line in lines):
                break
            if last > position and not _TITLE_BREAKS.search(lines[-2]) and _TITLE_END.search("".join(lines[:-1])):
                break
            whole = "".join(lines)
            if not words.search(whole.replace("“", "").replace("”", "")) or "目录" in whole or "索引" in whole:
                continue
            score = 2 * bool(_TITLE_END.search(whole)) + bool(_YEAR.search(whole)) - (last - position) * (
                0 if _TITLE_BREAKS.search(lines[0]) else 2
            )
            start = blocks[index].start + len(text[blocks[index].start : blocks[index].end]) - len(
                text[blocks[index].start : blocks[index].end].lstrip("#")
            )
            found = Found(whole, start, blocks[cover[last]].end)
            # A line that only names the department goes before the title; it is not part of it.
            if last > position and _ORGANISATION.search(lines[0]) and find_region(lines[0]) is not None and words.search("".join(lines[1:])):
                score -= 3
            if best is None or score > best[0]:
                best = (score, found)
    if best is not None:
        return best[1]
    for block in blocks[:6]:
        line = text[block.start : block.end].strip("#")
        if block.kind != "table" and len(line) <= 60 and words.search(line) and not line.endswith("。"):
            return Found(line, block.end - len(line), block.end)
    return None


def _department(
    text: str, blocks: Sequence[Block], cover: Sequence[int], title: Found | None, issuer: Found | None
) -> Found | None:
    for index in cover:
        line = text[blocks[index].start : blocks[index].end]
        named = _NAMED.match(line)
        if named is not None and len(line) - named.end() >= 3:
            name = re.split(r"[ ，；（]", line[named.end() :])[0]
            return Found(name, blocks[index].start + named.end(), blocks[index].start + named.end() + len(name))
    # Whole lines above the title, alone or two together where the name is broken.
    above = [i for i in cover if title is None or blocks[i].end <= title.start]
    for size in (1, 2):
        for at in range(len(above) - size, -1, -1):
            lines = above[at : at + size]
            name = "".join(text[blocks[i].start : blocks[i].end].strip("# ") for i in lines)
            if 3 <= len(name) <= 40 and _ORGANISATION.search(name) and (find_region(name) is not None or size == 1):
                start = blocks[lines[0]].start
                line = text[start : blocks[lines[0]].end]
                return Found(name, start + len(line) - len(line.lstrip("# ")), blocks[lines[-1]].end)
    if title is not None:
        cut = _CUT_AT.search(title.value)
        head = title.value[: cut.start()] if cut else ""
        if len(head) >= 3 and _ORGANISATION.search(head):
            place = _place(text, title, head)
            if place is not None:
                return place
        year = _YEAR.match(title.value)
        rest = title.value[year.end() :] if year else title.value
        cut = re.search(r"部门|单位|整体|项目|预算|决算|“?三公|绩效|关于", rest)
        head = rest[: cut.start()] if cut else ""
        if len(head) >= 3 and _ORGANISATION.search(head):
            return _place(text, title, head)
    return issuer


def _place(text: str, title: Found, name: str) -> Found | None:
    """Where ``name``, a part of the title, stands: the title may hold a break that its value does not."""
    at = text.find(name, title.start, title.end)
    if at >= 0:
        return Found(name, at, at + len(name))
    pattern = re.compile("\n?".join(map(re.escape, name)))
    match = pattern.search(text, title.start, title.end)
    return Found(name, match.start(), match.end()) if match else None


def _year(
    text: str, title: Found | None, cover: Sequence[int], blocks: Sequence[Block], tokens: Sequence[object]
) -> tuple[int | None, Found | None]:
    places = [(title.start, title.end)] if title is not None else []
    places += [(blocks[i].start, blocks[i].end) for i in cover]
    for start, end in places:
        if _PUBLISHED.match(text, start, end):
            continue
        match = _YEAR.search(text, start, end)
        if match is not None and not _DATE.match(text, match.start(), end):
            year = match.group(1) or "".join(_HAN[c] if c in _HAN else c for c in match.group(2)).replace("二", "2")
            return int(year), Found(year, match.start(), match.end())
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
    for index in reversed(tail):
        found = _date_in(text, blocks[index].start, blocks[index].end, whole=True)
        if found is not None:
            return found, index
    # A date cut by a break stands on two lines of the signature.
    for at in range(len(tail) - 2, -1, -1):
        start, end = blocks[tail[at]].start, blocks[tail[at + 1]].end
        joined = text[start:end].replace("\n", "")
        if _DATE.fullmatch(joined):
            return Found(_iso(joined), start, end), tail[at]
    for index in cover:
        line = text[blocks[index].start : blocks[index].end]
        published = _PUBLISHED.search(line)
        if published is not None:
            found = _date_in(text, blocks[index].start + published.end(), blocks[index].end, whole=False)
            if found is not None:
                return found, None
    for index in cover:
        found = _date_in(text, blocks[index].start, blocks[index].end, whole=True)
        if found is not None:
            return found, None
    return None, None


def _date_in(text: str, start: int, end: int, whole: bool) -> Found | None:
    for pattern in (_DATE, _HAN_DATE):
        match = pattern.fullmatch(text, start, end) if whole else pattern.search(text, start, end)
        if match is not None:
            return Found(_iso(match.group()), match.start(), match.end())
    return None


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
    names = [i for i in tail if i != date_block and (date_block is None or i < date_block)]
    for size in (1, 2):
        for at in range(len(names) - size, -1, -1):
            lines = names[at : at + size]
            name = "".join(text[blocks[i].start : blocks[i].end] for i in lines)
            if 3 <= len(name) <= 40 and _ORGANISATION.search(name) and (size == 1 or find_region(name) is not None):
                return Found(name, blocks[lines[0]].start, blocks[lines[-1]].end)
    return None
