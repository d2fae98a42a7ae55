"""Shapes: which lines of a text are one paragraph, and which are headings, tables, contents pages or furniture.

Plain text has no geometry, so lines are joined by language: how the line before ends, how the next one begins, and
how this document sets its paragraphs apart. Nothing here knows what a heading or a number means. The result is the
normalised text (:class:`reportparse.text.Flat`, one line a block) with the blocks' places in it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from reportparse.lines import DATE_LINE, DATE_START, SENTENCE, SOFT, Line, content_lines, marker, table_lines
from reportparse.numbers import Numbering, numbering
from reportparse.text import Flat, FlatBuilder, fold

__all__ = ["Block", "Layout", "lay_out"]


class Block(NamedTuple):
    """One line of the normalised text.

    ``kind`` is ``heading`` (a candidate: numbered, or short with a heading's last word), ``paragraph``, ``cover``
    (short lines before the first heading, and after the last sentence) or ``table`` (one row or one cell, ``table``
    counting the tables of the document from 0). ``number`` is the numbering that the line begins with.
    """

    kind: str
    start: int
    end: int
    number: Numbering | None
    table: int | None


class Layout(NamedTuple):
    """``furniture`` and ``contents`` are source spans of lines that are not part of the text proper."""

    flat: Flat
    blocks: list[Block]
    furniture: list[tuple[int, int]]
    contents: list[tuple[int, int]]


_TERMINAL = "。！？"
_CLOSING = "，。、；：）！？”’》〉」』】%"
HEADING_END = re.compile(
    r"(?:情况|说明|概况|概述|简介|职能|职责|构成|组成|设置|编制|人员|目标|任务|工作|分析|结论|问题|建议|措施|做法|经验|收入|支出"
    r"|结余|结转|预算|决算|经费|采购|占用|占有|使用|配备|执行|到位|应急|成本|资产|绩效|评价|应用|得分|结果|依据|原则|方法|过程|背景|目的|管理|公开|解释|附件|附表"
    r"|部分|总表|内容|概括|原因|方面|整体|效益|产出|指标|满意度|事项|名词|其他|规划|计划|思路|打算|意见|成效|亮点)(?:（.{1,8}）)?[：。]?$"
)
_HEADING_SURE = re.compile(r"(?:情况|说明|概况|概述|简介|职能|职责|构成|组成|设置|分析|结论|问题|建议|措施|解释|：)$")
_FIGURE_FIRST = re.compile(r"[\d,]+(?:\.\d+)? *(?:万|亿)?(?:元|%|人|名)")
_EARLY_FIGURE = re.compile(r"[^，。；：、（\d]{0,6}[\d,]+(?:\.\d+)? *(?:万|亿)?(?:元|%|人|名|个|辆)")
_OPEN_TAIL = re.compile(
    r"(?:没有|为|共|共计|合计|总计|达|达到|约|的|和|与|及|以及|在|对|由|将|是|占|占比|了|其中|包括|较|比|于|从|向|把|被|并|或|至|到|且|各"
    r"|增加|减少|增长|下降|实现|完成|通过|根据|按照|核定|实有|[，、（“《：；—])$"
)
_NO_START = re.compile(
    r"[，。、；：）！？”’》〉」』】%的]|[为是占达共](?=\d)|共计|以及|等[，。、；]|(?:以上|以下|以内|左右|万元|亿元|元|万|亿|人次|批次|个百分点)(?!\w*[：:])"
    r"|[个人名辆台次项分年月日度](?=[，。、；：）]|$)|年度?[，,]|月\d|\.\d"
)
_FIGURE = re.compile(r"\d(?:万|亿)?(?:元|人|名|%)")
_WHOLE_DECIMAL, _CODE_FIRST = re.compile(r"\.\d{2,}$"), re.compile(r"\d{3,}")
_HEADING_MAX = 40
_WHOLE_LINE = 15
_LABEL_MAX = 25


def lay_out(text: str) -> Layout:
    """Cut ``text`` into blocks and normalise them."""
    folded = fold(text)
    lines, furniture, contents = content_lines(folded)
    tables = table_lines(lines)
    style = _Style(lines, tables)
    body_from, body_to = _cover_zones(lines, tables)

    builder = FlatBuilder()
    blocks: list[Block] = []
    group: list[Line] = []
    seams = _Seams(folded)
    last_text = ""

    def close(kind: str, table: int | None = None) -> None:
        nonlocal last_text
        if not group:
            return
        start = builder.length
        first = group[0]
        if len(group) == 1:
            flat_text = builder.add_line(first.text, first.start)
        else:
            flat_text = "".join([builder.add_line(line.text, line.start) for line in group])
        end = builder.length
        builder.add("\n", group[-1].end)
        number = first.mark
        if kind == "table":
            number = None
        elif flat_text is not first.text:
            number = marker(flat_text)  # spaces were left out of it, or a break
        if kind == "paragraph" and _looks_like_heading(flat_text, number):
            kind = "heading"
        blocks.append(Block(kind, start, end, number, table))
        last_text = flat_text
        group.clear()

    for index, line in enumerate(lines):
        table = tables.get(index)
        if table is not None:
            close("paragraph")
            group.append(line)
            close("table", table)
            continue
        if index < body_from or index >= body_to:
            close("paragraph")
            group.append(line)
            close("cover")
            continue
        if group:
            following = lines[index + 1 : index + 3]
            if tables:
                following = [after for at, after in enumerate(following, index + 1) if at not in tables]
            if not _joins(group, line, following, style, blocks, last_text, seams):
                close("paragraph")
        group.append(line)
    close("paragraph")
    return Layout(builder.build(), blocks, furniture, contents)


class _Style:
    """How this document sets its paragraphs apart: by blank lines, by indents, or not at all."""

    __slots__ = ("blank", "indented", "paragraphs_indented", "width")

    def __init__(self, lines: list[Line], tables: dict[int, int]) -> None:
        prose = [line for i, line in enumerate(lines) if i not in tables]
        soft = sum(line.gap == SOFT for line in prose[1:])
        blank = len(prose) - 1 - soft
        # A lone line end is an accident where paragraphs are otherwise set apart by blank lines.
        self.blank = blank >= 8 and soft <= max(2, 0.03 * blank)
        indented = sum(line.indent >= 2 for line in prose)
        self.indented = indented >= 5 and indented >= 0.25 * len(prose)
        # Hard-wrapped text: many lines of one length that end in mid-sentence.
        lengths: dict[int, int] = {}
        for line in prose:
            if len(line.text) >= 24 and line.text[-1] not in "。：；！？":
                lengths[len(line.text)] = lengths.get(len(line.text), 0) + 1
        self.width = 0
        if lengths:
            common = max(lengths, key=lambda n: sum(lengths.get(n + d, 0) for d in (-1, 0, 1)))
            near = sum(lengths.get(common + d, 0) for d in (-1, 0, 1))
            if near >= 6 and near >= 0.3 * sum(lengths.values()):
                self.width = common
        # Every sentence that begins a paragraph is indented: then a line that is not goes on with the one before.
        begun = [
            line.indent >= 2
            for before, line in pairwise(prose)
            if before.text[-1] == "。"
            and len(before.text) < (self.width or 1_000) - 1
            and line.mark is None
            and len(line.text) > _WHOLE_LINE
        ]
        enough = len(begun) >= 3 or (begun and self.width > 0)
        self.paragraphs_indented = bool(self.indented and enough and sum(begun) >= 0.6 * len(begun))


def _cover_zones(lines: list[Line], tables: dict[int, int]) -> tuple[int, int]:
    """The lines before the first sentence or numbered heading, and those after the last sentence that sign it."""
    first = 0
    while first < min(len(lines), 40):
        text, number = lines[first].text, lines[first].mark
        long = len(text) > _HEADING_MAX and ("，" in text or "；" in text)
        if (
            first in tables
            or long
            or "。" in text
            or text[-1:] in ("；", "，")
            or (number is not None and number.style != "annex")
        ):
            break
        first += 1
    last = len(lines)
    while last > first and len(lines) - last < 6:
        text = lines[last - 1].text
        if last - 1 in tables or len(text) > _HEADING_MAX or text[-1] in "。；，：" or lines[last - 1].mark:
            break
        last -= 1
    # Only a date, or a name above one, signs a report: a broken last sentence has short lines too.
    tail = lines[last:]
    dated = next((i for i, line in enumerate(tail) if DATE_START.match(line.text)), None)
    if dated is None:
        return first, len(lines)
    if (
        last > first
        and last < len(lines)
        and lines[last - 1].text[-1] not in "。！？：；”）"
        and last - 1 not in tables
    ):
        before = lines[last - 1].text
        if len(before) > _HEADING_MAX:  # the sentence goes on into what looked like the signature
            return first, len(lines)
    return first, last


class _Seams:
    """What this document is known to say: whether three characters in a row stand in some line of it, not too far away."""

    __slots__ = ("_text",)

    _REACH = 50_000

    def __init__(self, folded: str) -> None:
        self._text = folded

    def known(self, before: str, after: str, position: int) -> bool:
        """Whether the text around ``position`` says elsewhere, in one line, what would stand across a break between the two."""
        low, high = max(0, position - self._REACH), position + self._REACH
        seams = []
        if len(before) > 1:
            seams.append(before[-2:] + after[0])
        if len(after) > 1:
            seams.append(before[-1] + after[:2])
        return any(self._text.find(seam, low, high) >= 0 for seam in seams)


def _looks_like_heading(text: str, number: Numbering | None) -> bool:
    if number is not None:
        if number.style == "enumeration":
            return False
        if len(text) - number.end > _HEADING_MAX or "；" in text or "。" in text[:-1]:
            return False
        return "，" not in text or not _FIGURE.search(text)
    if len(text) > _LABEL_MAX or text[-1] == "。" or SENTENCE.search(text[:-1]) or not HEADING_END.search(text):
        return False
    return not _FIGURE.search(text) and (text[-1] in "况明述表：" or not re.search(r"\d{4}年", text))


def _joins(
    group: list[Line],
    line: Line,
    following: list[Line],
    style: _Style,
    blocks: list[Block],
    last_text: str,
    seams: _Seams,
) -> bool:
    """Whether ``line`` goes on with the paragraph that ``group`` began. The order of the rules is their priority.

    ``last_text`` is the block before the paragraph, the last of ``blocks``; ``following`` the two lines after ``line``.
    """
    before, text = group[-1].text, line.text
    # Of a long paragraph its two ends say all that the rules ask.
    whole = (
        before
        if len(group) == 1
        else "".join(part.text for part in (group if len(group) <= 4 else group[:2] + group[-2:]))
    )
    last, first = before[-1], text[0]
    if first in _CLOSING or first == ",":
        return True
    if line.gap and last in _TERMINAL:
        return False
    if whole == "（":
        return True
    mark = line.mark
    if mark is not None and mark.end >= len(text) and following and following[0].text[0].isdigit():
        mark = None  # 43. and 19万元: half a number, not the number of an item
    if len(text) <= 3 and following and marker(text + following[0].text) is not None:
        return bool(re.fullmatch(r"\d+", text)) and last.isdigit()  # a numbering cut in two begins a paragraph
    if last.isdigit() and first.isdigit():
        return _number_goes_on(whole, text, mark, blocks)
    if (
        last in ".," and len(before) > 1 and before[-2].isdigit() and first.isdigit() and not numbering(whole + "一")
    ) or (last.isdigit() and first == "."):
        return True
    head = group[0].mark if len(group) == 1 or group[0].mark is not None else marker(whole)
    if head is not None and head.end >= len(whole):
        return mark is None  # a numbering alone: its text follows
    if mark is not None and mark.style != "enumeration" and not (last in "，、（—" and mark.style.startswith("arabic")):
        return False
    if whole.isdigit() and len(whole) <= 2 and first in "、.．":
        return True
    if line.gap == SOFT and style.blank:
        # A whole heading over a sentence stays one even where a lone line end is otherwise an accident.
        heads_text = head is not None and _HEADING_SURE.search(whole) and len(text) > _WHOLE_LINE
        return not heads_text or (head is not None and _among_sentences(head, blocks, last_text, following))
    if last in _TERMINAL or (last in "”）" and len(before) > 1 and before[-2] in _TERMINAL):
        return False if line.gap else _wrapped(before, line, style)
    if _NO_START.match(text) and not (head is not None and len(text) <= 2):
        return True
    if not _HEADING_SURE.search(whole) and (_EARLY_FIGURE if head is None else _FIGURE_FIRST).match(text):
        return True  # no paragraph under a heading begins with its figure
    if last == "：":
        return whole.endswith(("其中：", "包括：", "分别为：")) or (
            bool(SENTENCE.search(whole)) and "如下" not in whole[-6:]
        )
    if last in "；，,、（—“《":
        return True
    if (
        whole.count("（") > whole.count("）")
        or whole.count("“") > whole.count("”")
        or whole.count("《") > whole.count("》")
    ):
        return True
    if DATE_LINE.fullmatch(text):
        return False
    if line.gap == SOFT and style.width and len(before) >= style.width - 1:
        return True  # the line is full: the text was wrapped here
    if style.paragraphs_indented and line.indent < 2 <= group[0].indent:
        return True
    if style.indented and line.gap == SOFT and not _looks_like_heading(whole, head):
        return line.indent < 2
    if (
        head is None
        and blocks
        and blocks[-1].kind == "heading"
        and blocks[-1].number is not None
        and not _HEADING_SURE.search(whole)
    ):
        return True  # nothing but its text stands right under a numbered heading
    if _looks_like_heading(whole, head):
        if head is not None and _among_sentences(head, blocks, last_text, following):
            return True
        if _OPEN_TAIL.search(whole) and head is not None:
            return True
        if last.isdigit() and not HEADING_END.search(whole) and head is not None and len(whole) > head.end + 1:
            return bool(re.match(r"[万亿元人名个%年月次项]", text))
        return head is not None and seams.known(before, text, line.start)
    if len(whole) <= _LABEL_MAX and not SENTENCE.search(whole):
        return not _looks_like_heading(text, None)
    return True


def _wrapped(before: str, line: Line, style: _Style) -> bool:
    """After a full stop at a line's end: in hard-wrapped text a full line says nothing, an indent says all."""
    if style.indented:
        return line.indent < 2
    return bool(style.width) and len(before) >= style.width - 1


def _number_goes_on(whole: str, text: str, mark: Numbering | None, blocks: list[Block]) -> bool:
    """Digits at both sides of a break: one number, unless the second line counts on as an item of its own."""
    if _WHOLE_DECIMAL.search(whole) and _CODE_FIRST.match(text):
        return False
    if mark is None:
        return True
    joined = numbering(whole + text)
    previous = next((b.number.value for b in reversed(blocks) if b.number and b.number.style == mark.style), None)
    if joined is not None and whole.isdigit():
        return previous is not None and joined.value == previous + 1
    return False


def _among_sentences(head: Numbering, blocks: list[Block], last_text: str, following: list[Line]) -> bool:
    """Whether the item before, or the two after, are whole sentences right beside this one: then this is one too, cut short.

    Between two headings of one style stands the first one's text; between two items of a list nothing does.
    """
    if head.value is None:
        return False
    before = blocks[-1].number if blocks else None
    if before is not None and before.style == head.style and before.value == head.value - 1 and last_text[-1] in "。；":
        return True
    marks = [line.mark for line in following]
    return len(marks) == 2 and all(
        mark is not None and mark.style == head.style and mark.value == head.value + step and line.text[-1] in "。；"
        for step, (mark, line) in enumerate(zip(marks, following, strict=True), 1)
    )
