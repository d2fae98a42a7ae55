"""Which lines are one paragraph: by language where the text is plain, by place first where each line has one.

Plain text has no geometry, so lines are joined by how the line before ends, how the next one begins, and how this
document sets its paragraphs apart. Nothing here knows what a heading or a number means.

Over 400 lines because the rules of a join are tried in one order, and each stands beside the words that it asks for.
"""

from __future__ import annotations

import re
from itertools import pairwise

from reportparse.blocks import (
    CAPTION_LINE,
    FOOT,
    GLUED_TITLE,
    HEADING_END,
    LABEL_MAX,
    Block,
    looks_like_heading,
    lost_number,
)
from reportparse.geometry import Shapes
from reportparse.lines import BLANK, DATE_LINE, SENTENCE, SOFT, Line, marker
from reportparse.numbers import Numbering, numbering
from reportparse.regions import find_region

__all__ = ["Seams", "Style", "joins", "joins_printed"]

_TERMINAL = "。！？"
_PLACES_FIRST, _PLACE_LENGTH = frozenset("万元达费个项台"), 12
_CLOSING = "，。、；：）！？”’》〉」』】%"
_HEADING_SURE = re.compile(r"(?:情况|说明|概况|概述|简介|职能|职责|构成|组成|设置|分析|结论|问题|建议|措施|解释|：)$")
_TITLE_ENDS = re.compile(_HEADING_SURE.pattern + "|(?:表|报告)$")
_ENDS_IN_AN_AMOUNT = re.compile(r"\d(?:万|亿)?元$")
_FIGURE_FIRST = re.compile(r"[\d,]+(?:\.\d+)? *(?:万|亿)?(?:元|%|人|名)")
_EARLY_FIGURE = re.compile(r"[^，。；：、（\d]{0,6}[\d,]+(?:\.\d+)? *(?:万|亿)?(?:元|%|人|名|个|辆)")
_FIGURE_AFTER_WORD = re.compile(r"[^，。；：、（\d][\d,]+(?:\.\d+)? *(?:万|亿)?(?:元|%|人|名|个|辆)")
_OPEN_TAIL = re.compile(
    r"(?:没有|为|共|共计|合计|总计|达|达到|约|的|和|与|及|以及|在|对|由|将|是|占|占比|了|其中|包括|较|比|于|从|向|把|被|并|或|至|到|且|各"
    r"|增加|减少|增长|下降|实现|完成|通过|根据|按照|核定|实有|[，、（“《：；—])$"
)
_NO_START = re.compile(
    r"[，。、；：）！？”’》〉」』】%的]|[为是占达共](?=\d)|费(?!用[^支为])|和(?![谐平])|及(?!时)|或|共计|以及|等[，。、；]|(?:以上(?![^，。；]{0,8}(?:合计|共计|总计|各项))|以下|以内|左右|万元|亿元|元|万|亿|人次|批次|个百分点)(?!\w*[：:])"
    r"|[个人名辆台次项分年月日度](?=[，。、；：）]|$)|年度?[，,]|月\d|\.\d"
)
_COUNTED = re.compile(r"(?:其中|包括|分别为|[\d两一二三四五六七八九十]个)：$")
_CAPTION = re.compile(r"单位：(?:人民币)?[百千万亿]?元$")
_UNIT_FIRST = re.compile(r"[万亿]?元[，。；、）]|个百分点")
_CELL = re.compile(
    r"[^，。；：！？]*|附[件表]?[\d一二三]*：[^，。；：！？]*|单位：[百千万亿]?元|(?:其中：|[\d.、]+)[^，。；：！？]*"
)
"""What can be the whole of a cell: a figure, a name, 其中：基本支出."""
_WHOLE_DECIMAL, _CODE_FIRST = re.compile(r"\.\d{2,}$"), re.compile(r"\d{3,}")
_DECIMALS_AND_UNIT = re.compile(r"\d{3,4} ?(?:[万亿]元|%)")
"""What amounts in yuan have behind the point of 万元: 19.532 and 895万元 are one number, 9.00 and 30101 are two."""
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d年")
_ANNEX = re.compile(r"附[件表]?\d{1,2}(?:[-—]\d{1,2})?")
"""The number of an annex, alone in its line over a title that may begin with a year."""
_FIGURE_AFTER = re.compile(r"(?!(?:19|20)\d\d年)\d")
_ENDS_A_PROJECT = re.compile(r"(?:项目|工程|资金|经费|专项)$")
_WHOLE_LINE = 15
_WIDE_LINE = 44
"""A line as wide as 22 Chinese characters can be a full one."""
_HANGING = 6
"""By how much a line can be wider than a full one: marks that must not begin the next."""
_UNBROKEN = re.compile(r"[\d.,]*")
_RUN_IN = re.compile(r"[^，。；：]{2,24}(?<!如下)[。：](?=.)")
_REST_OF_RUN_IN = re.compile(r"[\u4e00-\u9fff]{1,6}。(?=.)|(?:[\u4e00-\u9fff]|情况|说明)：(?=.)")
_WHOLE_TITLE = re.compile(_HEADING_SURE.pattern + r"|指标(?:（[^（）]*）)?$")
_REST_OF_ANY = re.compile("(?:完成|实现|执行|使用|落实|情况|说明|分析|结果|评价|自评|得分)+[。：]")
"""What can still follow a title that might be whole: 产出指标 and 完成情况。; but 数量。 is a title of its own."""
_LABEL_FIRST = re.compile(r"[\u4e00-\u9fff]{2,8}：")
_FORM_LINE = re.compile(r"(?:\d{1,2}[.、])?(?!其中|包括)[\u4e00-\u9fff]{4,10}：(?=.)")
"""A line of a form: 预算安排规模：40万元."""
_SHORT_CLAUSE = re.compile(
    r"(?!其[中次余他]|此[外后]|另[外有]|全[年部]|[今去上当近同]年|同[时比]|[当目]前|首先|最后|总[之体]|近期|期间|[据为对因]此|截[至止]|综上|该项|现[有将就]"
    r"|通过|根据|按照|依据|以上|再次|随后|之后|年[初末内底]|下设|环比|主要|[一二三四五六七八九]是|第[一二三四五六七八九]|[我本])[\u4e00-\u9fff]{1,2}，"
)
"""No paragraph begins like that: 科目，共分为4类."""
_OPENS_A_SENTENCE = re.compile(
    r"我|本(?:单位|部门|局|站|所|中心|院|校|馆)(?!.{0,10}(?:情况|概况|职能|职责)$)|[按由从经](?!.*(?:情况|说明)$)"
)
_REST_OF_TITLE = re.compile(
    r"(?:收支|收入|支出|预算|决算|经费|资金|执行|使用|完成)[\u4e00-\u9fff]{0,12}(?:情况|说明|表)$"
)
_ENDS_A_NAME = re.compile(HEADING_END.pattern + r"|[科室股处局院所站队馆校会部]$")
_REST_OF_CLASS = re.compile(r"[^，。；：（]?支出（类）")
"""Every class has a longer name: 教育支出（类）."""
_REST_OF_PATH = re.compile(r"[^，。；：（]{0,20}（[款项]）")


class Style:
    """How this document sets its paragraphs apart: by blank lines, by indents, or not at all."""

    __slots__ = ("_source", "blank", "indented", "paragraphs_indented", "width")

    def __init__(self, lines: list[Line], tables: dict[int, int], source: str) -> None:
        """``source`` is the text before it was folded: a half-width bracket takes half the room."""
        self._source = source
        prose = [line for i, line in enumerate(lines) if i not in tables]
        soft = sum(line.gap == SOFT for line in prose[1:])
        blank = len(prose) - 1 - soft
        # A lone line end is an accident where paragraphs are otherwise set apart by blank lines.
        self.blank = blank >= 8 and soft <= max(2, 0.03 * blank)
        indented = sum(line.indent >= 2 for line in prose)
        self.indented = indented >= 5 and indented >= 0.25 * len(prose)
        # Hard-wrapped text: many lines of one width that end in mid-sentence.
        widths: dict[int, int] = {}
        for line in prose:
            if len(line.text) >= _WIDE_LINE // 2 and line.text[-1] not in "。：；！？":
                wide = self._wide(line)
                if wide >= _WIDE_LINE:
                    widths[wide] = widths.get(wide, 0) + 1
        self.width = 0
        if widths:
            common = max(widths, key=lambda n: sum(widths.get(n - d, 0) for d in (0, 1, 2)))
            near = sum(widths.get(common - d, 0) for d in (0, 1, 2))
            wider = sum(count for wide, count in widths.items() if wide > common + _HANGING)
            wider += sum(line.text[-1] in "。：；！？" and self._wide(line) > common + _HANGING for line in prose)
            if near >= 6 and near >= 0.4 * sum(widths.values()) and wider <= 1 + 0.02 * len(prose):
                self.width = common
        # Every sentence that begins a paragraph is indented: then a line that is not goes on with the one before.
        begun = [
            line.indent >= 2
            for before, line in pairwise(prose)
            if before.text[-1] == "。"
            and not self.is_full(before, line.text)
            and line.mark is None
            and len(line.text) > _WHOLE_LINE
        ]
        enough = len(begun) >= 3 or (begun and self.width > 0)
        self.paragraphs_indented = bool(self.indented and enough and sum(begun) >= 0.6 * len(begun))

    def _wide(self, line: Line) -> int:
        """How wide a line is, with its indent: a Chinese character takes twice the room of a digit."""
        printed = self._source[line.start - line.indent : line.end]
        return (len(printed) + len(printed.encode("utf-8", "surrogatepass"))) // 2

    def is_full(self, line: Line, after: str) -> bool:
        """Whether a line of hard-wrapped text was broken for want of room: what ``after`` begins with would not have fitted.

        A number is seldom broken, and a mark that must not begin a line takes the character before it along.
        """
        if not self.width:
            return False
        number = _UNBROKEN.match(after)
        return self.width - self._wide(line) <= 4 + (number.end() if number is not None else 0)


class Seams:
    """What this document is known to say: whether three characters in a row stand in some line of it, not too far away."""

    __slots__ = ("_text",)

    _REACH = 50_000

    def __init__(self, folded: str) -> None:
        self._text = folded

    def known(self, before: str, after: str, position: int) -> bool:
        """Whether the text around ``position`` says elsewhere, in one line, what would stand across a break between the two.

        A year says nothing: it begins any sentence, and what it begins with stands after many words.
        """
        if _YEAR_FIRST.match(after):
            return False
        low, high = max(0, position - self._REACH), position + self._REACH
        seams = []
        if len(before) > 1:
            seams.append(before[-2:] + after[0])
        if len(after) > 1:
            seams.append(before[-1] + after[:2])
        return any(self._text.find(seam, low, high) >= 0 for seam in seams)


_FIELD_OF_FORM = re.compile(r"[^\d，。；：、]{2,16}[：:] *")
_A_FIGURE = re.compile(r"[\d,]+(?:\.\d+)?(?:[百千万亿]?元|[%％人名个辆分户项次])?")
"""Of a form every line is a field: 人员编制：21 over 实有人数：19."""


def joins(
    group: list[Line],
    line: Line,
    following: list[Line],
    style: Style,
    blocks: list[Block],
    last_text: str,
    seams: Seams,
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
    if (
        last == "。"
        and text[0] in "、）"
        and lost_number(text, text) is not None
        and whole.count("（") <= whole.count("）")
    ):
        return False
    if first in _CLOSING or first == ",":
        return True
    if line.gap == BLANK and _ENDS_IN_AN_AMOUNT.search(before) and not _NO_START.match(text):
        return False
    if (line.gap == BLANK and last in _TERMINAL) or (last == "元" and _CAPTION.search(before)):
        return False
    if whole == "（":
        return True
    if (
        _FIELD_OF_FORM.match(text)
        and (field := _FIELD_OF_FORM.match(whole))
        and _A_FIGURE.fullmatch(whole, field.end())
    ):
        return False
    mark = line.mark
    if mark is not None and mark.end >= len(text) and following and following[0].text[0].isdigit():
        mark = None  # 43. and 19万元: half a number, not the number of an item
    if len(text) <= 3 and following and marker(text + following[0].text) is not None:
        return bool(re.fullmatch(r"\d+", text)) and last.isdigit()  # a numbering cut in two begins a paragraph
    if last.isdigit() and first.isdigit():
        return not _ANNEX.fullmatch(whole) and _number_goes_on(whole, text, mark, blocks)
    if (
        last in ".," and len(before) > 1 and before[-2].isdigit() and first.isdigit() and not numbering(whole + "一")
    ) or (last.isdigit() and first == "."):
        return True
    head = group[0].mark if len(group) == 1 or group[0].mark is not None else marker(whole)
    if head is None and len(group) == 1 and (before[0].isdigit() or " " in before[:5]):
        head = lost_number(before.replace(" ", ""), before)
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
        if CAPTION_LINE.fullmatch(text) or FOOT.match(text):
            return False
        return line.gap != BLANK and _wrapped(group[-1], line, style)
    if _NO_START.match(text) and not (head is not None and len(text) <= 2) and not _begins_with_a_place(text):
        return True
    if _SHORT_CLAUSE.match(text):
        return True
    if not _HEADING_SURE.search(whole) and (_EARLY_FIGURE if head is None else _FIGURE_FIRST).match(text):
        return True  # no paragraph under a heading begins with its figure
    if head is not None and last != "：" and _is_half_title(whole, head, text):
        return True
    if last == "：":
        return _COUNTED.search(whole) is not None or (bool(SENTENCE.search(whole)) and "如下" not in whole[-6:])
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
    if line.gap != BLANK and style.is_full(group[-1], text):
        return True  # the text was wrapped here
    if _FORM_LINE.match(whole) and _FORM_LINE.match(text) and not SENTENCE.search(whole):
        return False
    if style.paragraphs_indented and line.indent < 2 <= group[0].indent:
        return True
    if style.indented and line.gap == SOFT and not looks_like_heading(whole, head):
        return line.indent < 2
    if (
        head is None
        and blocks
        and blocks[-1].kind == "heading"
        and blocks[-1].number is not None
        and last_text[-1] not in "。；"  # as a short duty ends
        and not _ANNEX.fullmatch(last_text)  # under which stands a title
        and not _HEADING_SURE.search(whole)
    ):
        return True  # nothing but its text stands right under a numbered heading
    if looks_like_heading(whole, head):
        if head is not None and not _heads(whole, head, text) and _among_sentences(head, blocks, last_text, following):
            return True
        if _OPEN_TAIL.search(whole) and head is not None:
            return True
        if last.isdigit() and not HEADING_END.search(whole) and head is not None and len(whole) > head.end + 1:
            return bool(re.match(r"[万亿元人名个%年月次项]", text))
        if _ENDS_A_PROJECT.search(whole) and not style.width and len(text) > _WHOLE_LINE and text[-1] in _TERMINAL:
            return False  # what a report on projects says of their marks and money it says behind 项目 everywhere
        return head is not None and seams.known(before, text, line.start)
    if len(whole) <= LABEL_MAX and not SENTENCE.search(whole):
        return not looks_like_heading(text, None)
    return True


def _begins_with_a_place(text: str) -> bool:
    """Whether a line that begins as few do begins with a place: 万州区, 元谋县, 达州市."""
    if text[0] not in _PLACES_FIRST:
        return False
    found = find_region(text[:_PLACE_LENGTH])
    return found is not None and found[1] == 0


def _wrapped(before: Line, line: Line, style: Style) -> bool:
    """After a full stop at a line's end: in hard-wrapped text a full line says nothing, an indent says all."""
    if style.indented and line.gap == SOFT:
        return line.indent < 2 and not (line.text[-1] == "：" and looks_like_heading(line.text, None))
    # A line of a paragraph is as wide as the others, or its last one and ends like it: what is neither may be a heading.
    if line.mark is None and looks_like_heading(line.text, None):
        return False
    return style.is_full(before, line.text) and not (style.indented and line.indent >= 2)


def _is_half_title(whole: str, head: Numbering, text: str) -> bool:
    """Whether a numbered line is the first half of a title, or of a title with its text, which ``text`` goes on with."""
    title = whole[head.end :]
    if len(title) <= 1 or _OPENS_A_SENTENCE.match(title) or GLUED_TITLE.match(title):
        return True
    if _REST_OF_TITLE.match(text) and looks_like_heading(text, None) and not _ENDS_A_NAME.search(title):
        return True  # 二、一般公共预算财政拨款 and 支出决算情况说明
    if len(text) <= 4 and _TITLE_ENDS.search(title + text) and not _TITLE_ENDS.search(title):
        return True  # 三、支出总体情 and 况
    rest = _REST_OF_RUN_IN.match(text)
    if rest is not None and (HEADING_END.search(title + rest.group()) or rest.end() <= 3) and rest.group() != "无。":
        return _WHOLE_TITLE.search(title) is None or _REST_OF_ANY.match(text) is not None
    if "（类）" in title and _REST_OF_PATH.match(text):
        return True
    if _REST_OF_CLASS.match(text):
        return True
    run_in = _RUN_IN.match(title)
    if run_in is not None and HEADING_END.search(run_in.group()):
        return _LABEL_FIRST.match(text) is None
    return HEADING_END.search(title) is None and _FIGURE_AFTER_WORD.match(text) is not None


def _number_goes_on(whole: str, text: str, mark: Numbering | None, blocks: list[Block]) -> bool:
    """Digits at both sides of a break: one number, unless the second line counts on as an item of its own."""
    if _WHOLE_DECIMAL.search(whole) and _CODE_FIRST.match(text) and not _DECIMALS_AND_UNIT.match(text):
        return False
    if mark is None or not mark.value or _FIGURE_AFTER.match(text, mark.end):
        return True
    joined = numbering(whole + text)
    previous = next((b.number.value for b in reversed(blocks) if b.number and b.number.style == mark.style), None)
    if joined is not None and whole.isdigit():
        return previous is not None and joined.value == previous + 1
    return False


def _heads(whole: str, head: Numbering, text: str) -> bool:
    """Whether a numbered line is a whole title whatever stands around it: over another, or 四、存在的问题."""
    return looks_like_heading(text, None) or (head.style == "han" and _HEADING_SURE.search(whole) is not None)


def _among_sentences(head: Numbering, blocks: list[Block], last_text: str, following: list[Line]) -> bool:
    """Whether the item before, or the two after, are whole sentences right beside this one: then this is one too, cut short.

    Between two headings of one style stands the first one's text; between two items of a list nothing does. A heading
    that shares its line with its text is no sentence: （二）收入情况。…
    """
    if head.value is None:
        return False
    before = blocks[-1].number if blocks else None
    if before is not None and _is_item(before, head, -1, last_text):
        return True
    return len(following) == 2 and all(
        line.mark is not None and _is_item(line.mark, head, step, line.text) for step, line in enumerate(following, 1)
    )


def _is_item(mark: Numbering, head: Numbering, step: int, text: str) -> bool:
    """Whether ``text``, numbered ``mark``, is a sentence ``step`` items after the one numbered ``head``."""
    if mark.style != head.style or head.value is None or mark.value != head.value + step or text[-1] not in "。；":
        return False
    run_in = _RUN_IN.match(text, mark.end)
    return run_in is None or HEADING_END.search(run_in.group()) is None


def joins_printed(group: list[Line], line: Line, shapes: Shapes) -> bool:
    """Whether ``line`` goes on with the paragraph that ``group`` began, both being printed lines.

    A first-line indent opens a paragraph and a line at the edge goes on with one; where the document has no indents,
    the room that the line before left decides.
    """
    first, before, after = shapes.at(group[0].start), shapes.at(group[-1].start), shapes.at(line.start)
    if first is None or before is None or after is None:
        return False
    text, last = line.text, group[-1].text[-1]
    if text[0] in _CLOSING or text[0] == "," or (last.isdigit() and _UNIT_FIRST.match(text)):
        return True
    if _WHOLE_DECIMAL.search(group[-1].text) and _YEAR_FIRST.match(text):
        return False  # 1190.52 over 2023年: not one number
    mark = line.mark if line.mark is not None and line.mark.style != "enumeration" else None
    centred = shapes.is_centred(after)
    if not shapes.same_type(before, after):
        return False
    if shapes.is_at_right(after) or shapes.is_at_right(before):
        return False
    if centred and shapes.is_centred(before):
        # The lines of one title; a paragraph's short last line can stand in the middle by chance.
        return mark is None and last not in _TERMINAL and not shapes.is_apart(before, after)
    if mark is None and shapes.is_large(before) and shapes.is_large(after) and before.font == after.font:
        return last not in _TERMINAL and not shapes.is_apart(before, after)
    full = shapes.is_full(before, text)
    if shapes.is_apart(before, after) and (last in _TERMINAL or not full or shapes.spaced):
        return False
    cells = _CELL.fullmatch(text) and _CELL.fullmatch(group[-1].text)
    if cells and not full and shapes.fits_behind(before, after):
        return False  # a table flattened to one cell a line
    ended = last in _TERMINAL and not full
    if shapes.begins(after):
        # A list set in from the edge as a whole has its own left edge.
        set_in = shapes.begins(before) and len(group) > 1 and full and last not in _TERMINAL
        return mark is None and (last in "，、（“《" or set_in)
    if centred and (not full or last in _TERMINAL):
        return False
    if mark is not None:  # （2） at the edge of an indented text stands in the middle of its paragraph
        inside = last in "；：" and shapes.indented and shapes.begins(first) and abs(shapes.indent(after)) < 1
        return full and (last in "，、（—" or inside)
    if ended or shapes.is_centred(before):
        return False
    if shapes.indented:
        return not (before.font != after.font and not full and _is_title(group, shapes))
    return full or (shapes.spaced and before.page == after.page)


def _is_title(group: list[Line], shapes: Shapes) -> bool:
    """Whether all lines of a group are set in a heading's type."""
    return all((printed := shapes.at(line.start)) is not None and shapes.stands_out(printed) for line in group)
