"""Shapes: which lines of a text are one paragraph, and which are headings, tables, contents pages or furniture.

Plain text has no geometry, so lines are joined by language: how the line before ends, how the next one begins, and
how this document sets its paragraphs apart. Nothing here knows what a heading or a number means. The result is the
normalised text (:class:`reportparse.text.Flat`, one line a block) with the blocks' places in it.
"""

from __future__ import annotations

import re

from reportparse.alignment import aligned_rows
from reportparse.blocks import HEADING_MAX, LABEL_MAX, SITE, Block, Caption, Layout, looks_like_heading, lost_number
from reportparse.document import Document
from reportparse.geometry import Shapes
from reportparse.grids import Piece, Place, cell_lines, gather, places_of
from reportparse.joins import Seams, Style, joins, joins_printed
from reportparse.lines import DATE_LINE, DATE_START, SENTENCE, SOFT, Content, Line, content_lines, marker, table_lines
from reportparse.oneline import form_at
from reportparse.text import FlatBuilder, fold

__all__ = ["lay_out"]


def lay_out(source: str | Document) -> Layout:
    """Cut a text, or the text of a document that says more of itself, into blocks and normalise them."""
    document = None if isinstance(source, str) else source
    text = source if isinstance(source, str) else source.text
    folded = fold(text)
    content = content_lines(folded, document)
    printed = document is not None and document.geometry is not None
    whole = document is not None and document.whole_lines
    shapes = _shapes(document, content) if document is not None and printed else None
    lines, tables, places, listed, closed, numbers = _cut_tables(document, content, folded)
    style = Style(lines, tables, text)
    titles = dict(document.headings) if document is not None else {}
    body_from, body_to = _cover_zones(lines, tables, shapes)
    signed = _signatures(lines, tables, body_from, body_to)

    builder = FlatBuilder()
    blocks: list[Block] = []
    cells: list[tuple[int, Place, int, int]] = []
    group: list[Line] = []
    seams = Seams(_without(folded, content.contents))
    notes = shapes.notes() if shapes is not None else {}
    below: list[Line] = []  # footnotes of the pages that a paragraph stands on: they follow it
    last_text = ""

    def write(kind: str) -> None:
        nonlocal last_text
        start = builder.length
        first, last = group[0], group[-1]
        if len(group) == 1:
            flat_text = builder.add_line(first.text, first.start)
        else:
            flat_text = "".join([builder.add_line(line.text, line.start) for line in group])
        end = builder.length
        builder.add("\n", last.end)
        number = first.mark
        if flat_text is not first.text:
            number = marker(flat_text)  # spaces were left out of it, or a break
            if number is None and first.mark is not None and first.mark.end == len(first.text):
                number = (
                    first.mark
                )  # 附件 alone on its line is the number of an annex; 附件目标表 on one could be a name
        if number is None and kind == "paragraph":
            number = lost_number(flat_text, first.text)
        if kind == "paragraph" and (
            looks_like_heading(flat_text, number)
            or first.start in titles
            or (shapes is not None and _is_set_as_heading(group, flat_text, shapes))
        ):
            kind = "heading"
        titled = kind == "heading" and (
            titles.get(first.start) == 1 or (shapes is not None and shapes.is_title(first.start))
        )
        led = shapes is not None and shapes.is_led(first.start, last.start)
        blocks.append(Block(kind, start, end, number, None, titled, led))
        last_text = flat_text
        group.clear()

    def close(kind: str) -> None:
        if group:
            write(kind)
        while below:
            end_of_note = next((at for at in range(1, len(below)) if notes[below[at].start]), len(below))
            group.extend(below[:end_of_note])
            del below[:end_of_note]
            write("paragraph")

    for index, line in enumerate(lines):
        if line.start in notes:
            below.append(line)
            continue
        table = tables.get(index) if index not in signed else None
        if table is not None:
            close("paragraph")
            start = builder.length
            last_text = builder.add_line(line.text, line.start)
            blocks.append(Block("table", start, builder.length, None, table))
            cells.append((table, places[index], start, builder.length))
            builder.add("\n", line.end)
            continue
        if index < body_from or index >= body_to or index in signed:
            close("paragraph")
            group.append(line)
            close("cover")
            continue
        if group:
            if shapes is not None:
                goes_on = joins_printed(group, line, shapes)
            elif whole:
                goes_on = False
            else:
                following = lines[index + 1 : index + 3]
                if tables:
                    following = [after for at, after in enumerate(following, index + 1) if at not in tables]
                goes_on = joins(group, line, following, style, blocks, last_text, seams)
            if not goes_on:
                close("paragraph")
        elif below:
            close("paragraph")
        group.append(line)
    close("paragraph")
    flat = builder.build()
    captions = _captions(flat.text, blocks, printed or whole)
    return Layout(flat, blocks, content.furniture, content.contents, captions, numbers, gather(cells, listed, closed))


def _cut_tables(
    document: Document | None, content: Content, folded: str
) -> tuple[list[Line], dict[int, int], dict[int, Place], set[int], set[int], list[int]]:
    """The lines with every cell of a table in one of its own; the tables of cells, their places, the tables of which only the
    order of the cells is known, and the number of each table of the source. Tables are numbered in the order of the text.
    """
    lines = content.lines
    rows: dict[int, tuple[int, str]] = {}
    known: dict[int, list[Piece]] = {}
    if document is not None and document.tables:
        places_in = places_of(document.tables, content.printed, folded)
        for index, (table, cell) in content.cells.items():
            number = content.printed[table]
            rows[index] = (number, "printed")
            known.setdefault(number, []).append(Piece(lines[index].start, lines[index].end, places_in[table][cell]))
    count = max(content.printed, default=-1) + 1
    if document is not None and document.geometry is not None:
        for first, pieces in aligned_rows(document, lines, content.tables).items():
            known[count] = pieces
            last = max(piece.place.row for piece in pieces)
            rows |= dict.fromkeys(range(first, first + last + 1), (count, "aligned"))
            count += 1
    if document is None or not document.whole_lines or any(form_at(line.text) is not None for line in lines):
        free = [index for index in range(len(lines)) if index not in rows]
        loose = table_lines([lines[index] for index in free], folded)
        if document is not None and (document.geometry is not None or document.whole_lines):
            kind = "cell" if document.geometry is not None else "form"
            loose = {at: found for at, found in loose.items() if found[1] == kind}
        rows |= {free[at]: (count + table, kind) for at, (table, kind) in loose.items()}
    order = {table: k for k, table in enumerate(dict.fromkeys(rows[index][0] for index in sorted(rows)))}
    numbered = {index: (order[table], kind) for index, (table, kind) in rows.items()}
    listed = {table for table, kind in numbered.values() if kind in ("cell", "form", "worded", "closed", "emptied")}
    closed = {table for table, kind in numbered.values() if kind == "closed"}
    known = {order[table]: pieces for table, pieces in known.items() if table in order}
    lines, tables, places = cell_lines(lines, numbered, known, folded)
    return lines, tables, places, listed, closed, [order.get(number, -1) for number in content.printed]


def _without(folded: str, spans: list[tuple[int, int]]) -> str:
    """A text with white space in some places: 收入情况3 in a contents page says nothing of what follows a heading."""
    pieces: list[str] = []
    last = 0
    for start, end in spans:
        pieces += (folded[last:start], " " * (end - start))
        last = end
    return "".join([*pieces, folded[last:]]) if pieces else folded


_UNIT = re.compile(r"(?:金额)?单位[：:](?:人民币)?((?:百万|[百千万亿])?元|[千万亿])")
_UNIT_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff])（(?:百万|[百千万亿])?元）(?=\n|$)")
"""年度收入情况（万元）: the unit of a table in its title."""
_CAPTION_LINES, _CAPTION_MAX = 4, 90
_BEFORE_TITLE = re.compile(
    r"(?:<[^<>]*>|附?(?:表|件)?(?:[\d一二三四五六七八九十]{0,3}(?:-\d{1,2})?|（[^（）]{1,6}）)[：:]|(?:公开|附|预算|财决)?\d{1,2}表(?![\u4e00-\u9fff])|[ #*])+"
)
_AFTER_TITLE = re.compile(
    r"<[^<>]*>|(?:部门)?公开(?:表)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})表?|(?:财决|预算)\d{1,2}表|(?:填报|编制|编报|预算)?(?:单位|部门)(?:名称|（单位）)?[：:]|（?金额单位|[（ *]+$"
)
"""What stands before and behind the title of a table on its line: 附表：, 公开04表, 部门：某局."""


def _title_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The title of a table in a line over it."""
    before = _BEFORE_TITLE.match(text, start, end)
    first = before.end() if before is not None else start
    after = _AFTER_TITLE.search(text, first, end)
    last = after.start() if after is not None else end
    title = text[first:last]
    if len(title) < _TITLE_LEAST or "：" in title or _TABLE_CODE.fullmatch(title) or _YEAR_ALONE.fullmatch(title):
        return None
    return first, last


_TITLE_LEAST = 3
_YEAR_ALONE = re.compile(r"（?(?:19|20)\d\d年?度?）?")
_ENDS_OF_SENTENCE = re.compile("[。；！？]")


def _captions(text: str, blocks: list[Block], printed: bool) -> dict[int, Caption]:
    """The caption over each table: its title, the unit of its amounts. Over one that the source marks (``printed``) the
    lines of it, who made the table up among them, are no part of the text.
    """
    captions: dict[int, Caption] = {}
    for index, block in enumerate(blocks):
        if block.table is None or block.table in captions:
            continue
        title = unit = None
        over = index
        while over > max(0, index - _CAPTION_LINES) and _may_be_over(text, blocks[over - 1]):
            over -= 1
            line = blocks[over]
            begins = _begin_of_caption(text, line)
            found = _UNIT.search(text, begins, line.end) or _UNIT_BEHIND.search(text, begins, line.end)
            if found is not None and unit is None:
                unit = found.span()
            title = _title_in(text, begins, found.start() if found is not None else line.end)
            if title is not None or begins > line.start:
                break
        captions[block.table] = Caption(title, unit)
        for at in range(over, index) if printed else ():
            number = blocks[at].number
            if blocks[at].kind != "cover" and (number is None or number.style == "table"):
                blocks[at] = blocks[at]._replace(kind="caption")
    return captions


_TABLE_CODE = re.compile(
    r"(?:财决|预算|附)?(?:公开)?(?:\d{1,2}表|表?[A-Za-z]?\d{1,2}(?:-\d{1,2})?|表[一二三四五六七八九十]{1,3})"
)


def _may_be_over(text: str, block: Block) -> bool:
    if block.kind not in ("paragraph", "heading", "cover"):
        return False
    begins = _begin_of_caption(text, block)
    return 0 < block.end - begins <= _CAPTION_MAX and (begins == block.start or block.kind == "paragraph")


def _begin_of_caption(text: str, block: Block) -> int:
    """Where a caption begins that shares its paragraph with a sentence before: 注：本表为空表。支出决算表单位：万元."""
    ends = [match.end() for match in _ENDS_OF_SENTENCE.finditer(text, block.start, block.end)]
    return ends[-1] if ends and ends[-1] < block.end else block.end if ends else block.start


def _shapes(document: Document, content: Content) -> Shapes:
    """The shapes of a document, by its lines of running text."""
    assert document.geometry is not None
    kept = {line.start for index, line in enumerate(content.lines) if index not in content.tables}
    return Shapes(document, [line for line in document.geometry.lines if line.start in kept])


def _is_set_as_heading(group: list[Line], text: str, shapes: Shapes) -> bool:
    """Whether a short line is set as a heading is: in a type of its own, in the middle or where paragraphs begin."""
    if len(text) > LABEL_MAX or SENTENCE.search(text) or "：" in text[:-1] or text[0].isdigit():
        return False
    first = shapes.at(group[0].start)
    if first is None or not shapes.stands_out(first) or shapes.is_at_right(first):
        return False
    return shapes.is_centred(first) or shapes.begins(first) or not shapes.indented


_FIRST_HEADING = re.compile(r"[^\d年：]{0,8}(?:概况|职能|职责|简介|概述|基本情况)")
"""What stands right over the text is no line of a cover, though it has no number."""


def _cover_zones(lines: list[Line], tables: dict[int, int], shapes: Shapes | None) -> tuple[int, int]:
    """The lines before the first sentence or numbered heading, and those after the last sentence that sign it."""
    first = 0
    while first < min(len(lines), 40):
        text, number = lines[first].text, lines[first].mark
        if (first and _FIRST_HEADING.fullmatch(text)) or lost_number(text.replace(" ", ""), text) is not None:
            break
        if first in tables:
            end = first + 1
            while end < len(lines) and tables.get(end) == tables[first]:
                end += 1
            if not any(SITE.search(line.text) for line in lines[first:end]):
                break
            first = end  # the index card that a site prints over the title
            continue
        long = len(text) > HEADING_MAX and ("，" in text or "；" in text)
        if (
            long
            or "。" in text
            or text[-1:] in ("；", "，")
            or (number is not None and number.style != "annex")
            or (shapes is not None and not shapes.is_of_cover(lines[0].start, lines[first].start))
        ):
            break
        first += 1
    last = len(lines)
    while last > first and len(lines) - last < 6:
        text = lines[last - 1].text
        if (
            last - 1 in tables
            or len(text) > HEADING_MAX
            or text[-1] in "。；，："
            or text.startswith("特此")
            or lines[last - 1].mark
        ):
            break
        last -= 1
    # Only a date, or a name above one, signs a report: a broken last sentence has short lines too.
    tail = lines[last:]
    dated = next((i for i, line in enumerate(tail) if DATE_START.match(line.text) or _DATED.search(line.text)), None)
    if dated is None:
        return first, len(lines)
    if (
        last > first
        and last < len(lines)
        and lines[last - 1].text[-1] not in "。！？：；”）"
        and last - 1 not in tables
    ):
        before = lines[last - 1].text
        if len(before) > HEADING_MAX:  # the sentence goes on into what looked like the signature
            return first, len(lines)
    return first, last


_DATED = re.compile(rf"(?:[^\d\s]\s+|(?:时间|日期)[：:]\s*){DATE_LINE.pattern}$")
"""A date at the end of a line, after a name or a label: 某局 2024年3月2日, 报告时间：2024年3月2日."""
_ENDS_OF_TEXT = "。！？；：”）"


def _signatures(lines: list[Line], tables: dict[int, int], start: int, end: int) -> set[int]:
    """The lines that sign a text that an annex, a table or a glossary follows: a date alone, and the name over it.

    They follow the end of a sentence, and what follows them begins anew.
    """
    signed: set[int] = set()
    for at in range(start + 1, end):
        line = lines[at]
        if at in tables or len(line.text) > HEADING_MAX or line.text[-1] not in _ENDS_OF_DATE:
            continue
        last = at
        if (
            at + 1 < end
            and len(lines[at + 1].text) <= _DATE_REST
            and DATE_LINE.fullmatch(line.text + lines[at + 1].text)
        ):
            last += 1  # a date cut by a break
        alone = last > at or DATE_LINE.fullmatch(line.text) is not None
        if not alone and (_DATED.search(line.text) is None or SENTENCE.search(line.text)):
            continue
        after = lines[last + 1] if last + 1 < len(lines) else None
        if not (after is None or last + 1 in tables or after.gap or after.mark or _BEGINS_ANEW.match(after.text)):
            continue
        names = 0
        while names < 2 and at - names - 1 > start and _may_sign(lines[at - names - 1], at - names - 1, tables):
            names += 1
        above = lines[at - names - 1]
        ended = above.text[-1] in _ENDS_OF_TEXT or above.mark or above.text.startswith("附")
        if at - names - 1 in tables or not ended or (not names and alone and line.gap == SOFT):
            continue
        signed.update(range(at - names, last + 1))
    return signed


_ENDS_OF_DATE = "日月年0123456789一二三四五六七八九十"
_DATE_REST = 8
_BEGINS_ANEW = re.compile(r"附|名词解释|专业名词|注[：:]|联系|抄送|主送|（联系|\(联系|第[一二三四五六七八九十]+部分")


def _may_sign(line: Line, index: int, tables: dict[int, int]) -> bool:
    """Whether a line may be the name over a date: short, without a sentence's marks, and no heading or label."""
    return (
        index not in tables
        and len(line.text) <= HEADING_MAX
        and line.text[-1] not in _ENDS_OF_TEXT.replace("）", "")
        and not SENTENCE.search(line.text)
        and not line.mark
        and not line.text.startswith(("附", "特此", "以上"))
    )
