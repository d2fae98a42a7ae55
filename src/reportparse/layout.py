"""Shapes: which lines of a text are one paragraph, and which are headings, tables, contents pages or furniture.

Plain text has no geometry, so lines are joined by language: how the line before ends, how the next one begins, and
how this document sets its paragraphs apart. Nothing here knows what a heading or a number means. The result is the
normalised text (:class:`reportparse.text.Flat`, one line a block) with the blocks' places in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

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


class _Line(NamedTuple):
    start: int  # of the stripped line, in the source
    end: int
    text: str  # stripped, folded
    gap: int  # what stands between this line and the one before: _SOFT or _BLANK
    indent: int
    mark: Numbering | None


_SOFT, _BLANK = 0, 1
"""A line end alone; a blank line or a page's foot and head."""

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_TEXT_OF_LINE = re.compile(r"[^\s\u200b\ufeff](?:[^\n\r\v\f\x85\u2028\u2029]*[^\s\u200b\ufeff])?")
_PAGE_ENDS = frozenset("0123456789-—–─━~·•=|页")
_LEADER_ENDS = frozenset("0123456789.…·）_- ")
_PAGE_NUMBER = re.compile(
    r"(?:[-—–─━~·•=|]+ ?){1,3}(?:第 ?)?\d{1,4}(?: ?页)?(?: ?[-—–─━~·•=|]+){1,3}"
    r"|第 ?\d{1,4} ?页(?:[ ,，、/]*共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4}|[Pp](?:age|AGE) ?\d{1,4}(?: of \d{1,4})?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,}|-{4,}|_{4,}|(?:\. ){3,})[ .…·-]*[（(]?\d{0,4}(?:-\d+)?[）)]?$")
_CONTENTS_TITLE = re.compile(r"目 *[录錄]|CONTENTS|Contents")
_TRAILING_PAGE = re.compile(r"(?<=[^\d.])[ \t]*\d{1,3}$")
_TERMINAL = "。！？"
_CLOSING = "，。、；：）！？”’》〉」』】%"
HEADING_END = re.compile(
    r"(?:情况|说明|概况|概述|简介|职能|职责|构成|组成|设置|编制|人员|目标|任务|工作|分析|结论|问题|建议|措施|做法|经验|收入|支出"
    r"|结余|结转|预算|决算|经费|采购|占用|占有|使用|配备|执行|到位|应急|成本|资产|绩效|评价|应用|得分|结果|依据|原则|方法|过程|背景|目的|管理|公开|解释|附件|附表"
    r"|部分|总表|内容|概括|原因|方面|整体|效益|产出|指标|满意度|事项|名词|其他|规划|计划|思路|打算|意见|成效|亮点)(?:（.{1,8}）)?[：。]?$"
)
_HEADING_SURE = re.compile(r"(?:情况|说明|概况|概述|简介|职能|职责|构成|组成|设置|分析|结论|问题|建议|措施|解释|：)$")
_OPEN_TAIL = re.compile(
    r"(?:没有|为|共|共计|合计|总计|达|达到|约|的|和|与|及|以及|在|对|由|将|是|占|占比|了|其中|包括|较|比|于|从|向|把|被|并|或|至|到|且|各"
    r"|增加|减少|增长|下降|实现|完成|通过|根据|按照|核定|实有|[，、（“《：；—])$"
)
_NO_START = re.compile(
    r"[，。、；：）！？”’》〉」』】%的]|以及|等[，。、；]|(?:以上|以下|以内|左右|万元|亿元|元|万|亿|人次|批次|个百分点)(?![\u4e00-\u9fff]*[：:])"
    r"|[个人名辆台次项分年月日度](?=[，。、；：）]|$)|年度?[，,]|月\d|\.\d"
)
_DATE_LINE = re.compile(r"[\d〇○零一二三四五六七八九十]{2,4} ?[年./-] ?[\d一二三四五六七八九十]{1,3} ?[月./-](?: ?[\d一二三四五六七八九十]{1,3} ?日?)?")
_NUMERIC_CELL = re.compile(r"[-+（]?[\d,]+(?:\.\d+)?[）]?[%元万亿人个分]{0,3}|[-—/]+|\*+(?:\.\*+)?")
_SENTENCE = re.compile(r"[。；！？，]")
_FIGURE = re.compile(r"\d(?:万|亿)?(?:元|人|名|%)")
_WHOLE_DECIMAL, _CODE_FIRST = re.compile(r"\.\d{2,}$"), re.compile(r"\d{3,}")
_FIGURE_FIRST = re.compile(r"[\d.,]+ *(?:万|亿|元|%|人|名|个|辆|台|平方|[，。；、])")
_CELL_MAX, _CELL_RUN, _CELL_NUMERIC = 24, 5, 0.2
_HEADING_MAX = 40
_LABEL_MAX = 25


def lay_out(text: str) -> Layout:
    """Cut ``text`` into blocks and normalise them."""
    folded = fold(text)
    lines, furniture, contents = _content_lines(folded)
    tables = _table_lines(lines)
    style = _Style(lines, tables)
    body_from, body_to = _cover_zones(lines, tables)

    builder = FlatBuilder()
    blocks: list[Block] = []
    group: list[_Line] = []
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
            number = _marker(flat_text)  # spaces were left out of it, or a break
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


def _content_lines(folded: str) -> tuple[list[_Line], list[tuple[int, int]], list[tuple[int, int]]]:
    """The lines that carry text, with furniture and contents pages taken out."""
    raw = [(match.group(), *match.span()) for match in _TEXT_OF_LINE.finditer(folded)]
    texts = [text for text, _, _ in raw]
    dropped = _furniture(raw)
    in_contents = _contents(texts, dropped)
    lines: list[_Line] = []
    furniture: list[tuple[int, int]] = []
    contents: list[tuple[int, int]] = []
    previous, after_gap = 0, False
    for index, (text, start, end) in enumerate(raw):
        between = folded[previous:start]
        previous = end
        if index in dropped or index in in_contents:
            (furniture if index in dropped else contents).append((start, end))
            after_gap = True
            continue
        if text[0] == "#":  # a Markdown heading: the marks are no part of it
            text = text.lstrip("# ")
            if not text:
                continue
            start = end - len(text)
        gap = _BLANK if after_gap or len(_BREAK.findall(between)) > 1 else _SOFT
        indent = len(between) - 1 - max(between.rfind("\n"), between.rfind("\r"), between.rfind("\f"))
        lines.append(_Line(start, end, text, gap, indent, _marker(text if " " not in text[:8] else text[:12].replace(" ", "") + text[12:])))
        after_gap = False
    return lines, furniture, contents


def _furniture(raw: list[tuple[str, int, int]]) -> set[int]:
    """Page numbers (marked, or bare where they count on through the text) and the running heads beside them."""
    dropped: set[int] = set()
    bare: list[tuple[int, int]] = []
    for index, (text, _, _) in enumerate(raw):
        if len(text) <= 24 and (text[-1] in _PAGE_ENDS or text[0] in "第Pp"):
            if _PAGE_NUMBER.fullmatch(text):
                dropped.add(index)
            elif _BARE_NUMBER.fullmatch(text):
                bare.append((index, int(text)))
    if bare:
        dropped.update(_counting_on(bare, raw))
    if dropped:
        heads: dict[str, set[int]] = {}
        for index in dropped:
            for at in (index - 1, index + 1):
                if 0 <= at < len(raw) and at not in dropped and 4 <= len(raw[at][0]) <= 40:
                    heads.setdefault(raw[at][0], set()).add(at)
        for places in heads.values():
            if len(places) >= 3:
                dropped.update(places)
    return dropped


def _counting_on(bare: list[tuple[int, int]], raw: list[tuple[str, int, int]]) -> set[int]:
    """Bare numbers on lines of their own that rise by one with a page's worth of text between them.

    Three in a row are page numbers; so are two that begin at 1. A column of a table that counts its rows has no
    text between its numbers.
    """
    longest: dict[int, tuple[int, int, int]] = {}  # last number of a chain → its length, its first number, its last place in bare
    parents: dict[int, int] = {}
    best = (0, 0, -1)
    for at, (index, value) in enumerate(bare):
        length, first, last = longest.get(value - 1, (0, value, -1))
        if last >= 0 and raw[index][1] - raw[bare[last][0]][2] < _PAGE_APART:
            length, first, last = 0, value, -1
        if last >= 0:
            parents[at] = last
        if length + 1 >= longest.get(value, (0, 0, 0))[0]:
            longest[value] = (length + 1, first, at)
        best = max(best, (length + 1, -first, at))
    if best[0] < 3 and not (best[0] == 2 and best[1] == -1):
        return set()
    chain: set[int] = set()
    at = best[2]
    while True:
        chain.add(bare[at][0])
        if at not in parents:
            return chain
        at = parents[at]


_PAGE_APART = 150
"""Characters between two page numbers, at the least."""


def _contents(texts: list[str], dropped: set[int]) -> set[int]:
    """A contents page: its title and the lines under it that end in a page number or come again further down."""
    found = {i for i, text in enumerate(texts) if text[-1] in _LEADER_ENDS and _LEADER.search(text)}
    titles = [i for i, text in enumerate(texts) if len(text) <= 12 and _CONTENTS_TITLE.fullmatch(text.lstrip("# "))]
    if not titles:
        return found
    last_place = {_bare_title(text): at for at, text in enumerate(texts)}
    done = -1
    for index in titles:
        if index <= done:
            continue
        found.add(index)
        for at in range(index + 1, len(texts)):
            text = texts[at]
            if at in dropped or at in found:
                continue
            paged = _TRAILING_PAGE.search(text)
            again = last_place[_bare_title(text)] > at or (
                paged is not None and last_place.get(_bare_title(text[: paged.start()]), at) > at
            )
            if len(text) > 60 or text.endswith("。") or not (again or (paged is not None and not _SENTENCE.search(text))):
                break
            found.add(at)
            done = at
    return found


def _bare_title(line: str) -> str:
    return line.replace(" ", "").rstrip("。：.…·").lstrip("#")


_SPACED_CELLS = re.compile(r"(?<=\S)(?: {2,}|\t)(?=\S)")


def _table_lines(lines: list[_Line]) -> dict[int, int]:
    """Line index → table index, for piped, tabbed and HTML rows and for runs of one cell a line."""
    kinds: list[str] = []
    inside_html = False
    for line in lines:
        text = line.text
        kind = ""
        if inside_html or text.startswith(("<table", "<TABLE")):
            kind = "html"
            lowered = text.lower()
            inside_html = lowered.rfind("<table") > lowered.rfind("</table") or (
                inside_html and "</table" not in lowered
            )
        elif text.count("|") >= 2:
            kind = "pipe"
        elif "\t" in text and text.count("\t") >= 1 and not _SENTENCE.search(text[-1:]):
            kind = "tab"
        elif "  " in text and len(_SPACED_CELLS.findall(text)) >= 2 and not text.endswith(("。", "；", "，")):
            kind = "spaced"
        kinds.append(kind)
    # Two or three words set apart by spaces can be a centred title: only several such lines make a table.
    for index, kind in enumerate(kinds):
        if kind in ("spaced", "tab") and not (
            (index and kinds[index - 1] == kind) or (index + 1 < len(kinds) and kinds[index + 1] == kind)
        ):
            kinds[index] = "lone"
    kinds = ["" if kind == "lone" else kind for kind in kinds]
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and not kinds[end] and _cell_like(lines[end].text):
            end += 1
        run_end = end
        if end - index >= _CELL_RUN:
            while end > index and lines[end - 1].mark and not _NUMERIC_CELL.fullmatch(lines[end - 1].text):
                end -= 1
            if end < len(lines) and _DATE_START.match(lines[end].text):
                for _ in range(2):  # the name that signs the report above its date
                    end -= not _NUMERIC_CELL.fullmatch(lines[end - 1].text)
            numeric = [i for i in range(index, end) if _NUMERIC_CELL.fullmatch(lines[i].text)]
            if len(numeric) >= max(2, (end - index) * _CELL_NUMERIC):
                kinds[index:end] = ["cell"] * (end - index)
        index = max(run_end, index + 1)
    tables: dict[int, int] = {}
    count = -1
    before = ""
    for index, kind in enumerate(kinds):
        if kind:
            if kind != before:
                count += 1
            tables[index] = count
        before = kind
    return tables


def _cell_like(text: str) -> bool:
    return len(text) <= _CELL_MAX and not _SENTENCE.search(text) and not _DATE_LINE.fullmatch(text)


class _Style:
    """How this document sets its paragraphs apart: by blank lines, by indents, or not at all."""

    __slots__ = ("blank", "indented", "width")

    def __init__(self, lines: list[_Line], tables: dict[int, int]) -> None:
        prose = [line for i, line in enumerate(lines) if i not in tables]
        soft = sum(line.gap == _SOFT for line in prose[1:])
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


def _cover_zones(lines: list[_Line], tables: dict[int, int]) -> tuple[int, int]:
    """The lines before the first sentence or numbered heading, and those after the last sentence that sign it."""
    first = 0
    while first < min(len(lines), 40):
        text, number = lines[first].text, lines[first].mark
        long = len(text) > _HEADING_MAX and ("，" in text or "；" in text)
        if first in tables or long or "。" in text or text[-1:] in ("；", "，") or (number is not None and number.style != "annex"):
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
    dated = next((i for i, line in enumerate(tail) if _DATE_START.match(line.text)), None)
    if dated is None:
        return first, len(lines)
    if last > first and last < len(lines) and lines[last - 1].text[-1] not in "。！？：；”）" and last - 1 not in tables:
        before = lines[last - 1].text
        if len(before) > _HEADING_MAX:  # the sentence goes on into what looked like the signature
            return first, len(lines)
    return first, last


_DATE_START = re.compile(r"(?:[\d〇○零一二三四五六七八九十]{4} ?[年./-]|[\d〇○零一二三四五六七八九十]{1,4}$)")


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
    if len(text) > _LABEL_MAX or text[-1] == "。" or _SENTENCE.search(text[:-1]) or not HEADING_END.search(text):
        return False
    return not _FIGURE.search(text) and (text[-1] in "况明述表：" or not re.search(r"\d{4}年", text))


def _joins(
    group: list[_Line], line: _Line, following: list[_Line], style: _Style, blocks: list[Block], last_text: str, seams: _Seams
) -> bool:
    """Whether ``line`` goes on with the paragraph that ``group`` began. The order of the rules is their priority.

    ``last_text`` is the block before the paragraph, the last of ``blocks``; ``following`` the two lines after ``line``.
    """
    before, text = group[-1].text, line.text
    # Of a long paragraph its two ends say all that the rules ask.
    whole = before if len(group) == 1 else "".join(part.text for part in (group if len(group) <= 4 else group[:2] + group[-2:]))
    last, first = before[-1], text[0]
    if first in _CLOSING:
        return True
    if line.gap and last in _TERMINAL:
        return False
    mark = line.mark
    if len(text) <= 3 and following and _marker(text + following[0].text) is not None:
        return bool(re.fullmatch(r"\d+", text)) and last.isdigit()  # a numbering cut in two begins a paragraph
    if last.isdigit() and first.isdigit():
        return _number_goes_on(whole, text, mark, blocks)
    if (last in ".," and len(before) > 1 and before[-2].isdigit() and first.isdigit() and not numbering(whole + "一")) or (
        last.isdigit() and first == "."
    ):
        return True
    head = group[0].mark if len(group) == 1 or group[0].mark is not None else _marker(whole)
    if head is not None and head.end >= len(whole):
        return mark is None  # a numbering alone: its text follows
    if mark is not None and mark.style != "enumeration" and not (last in "，、（—" and mark.style.startswith("arabic")):
        return False
    if whole.isdigit() and len(whole) <= 2 and first in "、.．":
        return True
    if line.gap == _SOFT and style.blank:
        return True
    if last in _TERMINAL or (last in "”）" and len(before) > 1 and before[-2] in _TERMINAL):
        return False if line.gap else _wrapped(before, line, style)
    if _NO_START.match(text):
        return True
    if last == "：":
        return whole.endswith(("其中：", "包括：", "分别为：")) or bool(_SENTENCE.search(whole)) and "如下" not in whole[-6:]
    if last in "；，,、（—“《":
        return True
    if whole.count("（") > whole.count("）") or whole.count("“") > whole.count("”") or whole.count("《") > whole.count("》"):
        return True
    if _DATE_LINE.fullmatch(text):
        return False
    if line.gap == _SOFT and style.width and len(before) >= style.width - 1:
        return True  # the line is full: the text was wrapped here
    if style.indented and line.gap == _SOFT and not _looks_like_heading(whole, head):
        return line.indent < 2
    if head is None and blocks and blocks[-1].kind == "heading" and blocks[-1].number is not None and not _HEADING_SURE.search(whole):
        return True  # nothing but its text stands right under a numbered heading
    if _looks_like_heading(whole, head):
        if head is not None and _among_sentences(head, blocks, last_text, following):
            return True
        if _OPEN_TAIL.search(whole) and head is not None:
            return True
        if last.isdigit() and not HEADING_END.search(whole) and head is not None and len(whole) > head.end + 1:
            return bool(re.match(r"[万亿元人名个%年月次项]", text))
        return head is not None and seams.known(before, text, line.start)
    if len(whole) <= _LABEL_MAX and not _SENTENCE.search(whole):
        return not _looks_like_heading(text, None)
    return True


_MAY_MARK = frozenset("0123456789第附表图（(一二三四五六七八九十百零〇○两首") | {
    chr(code) for code in (*range(0x2460, 0x249C), *range(0x3220, 0x322A))
}


def _marker(text: str) -> Numbering | None:
    """The numbering that a line begins with; 5.00 万元 begins with none."""
    mark = numbering(text) if text and text[0] in _MAY_MARK else None
    if mark is not None and mark.style == "arabic_multi" and _FIGURE_FIRST.match(text):
        return None
    return mark


def _wrapped(before: str, line: _Line, style: _Style) -> bool:
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


def _among_sentences(head: Numbering, blocks: list[Block], last_text: str, following: list[_Line]) -> bool:
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
