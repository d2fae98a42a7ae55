"""What pagination does to a text: heads, feet and page numbers between its lines, and tables cut into parts.

What repeats, or counts on, from page to page is no part of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import partial

from reportparse.document import Document, PrintedLine, PrintedTable

__all__ = ["running_lines", "whole_tables"]

_EDGE_LINES = 3
"""Lines from the top and from the bottom of a page among which heads, feet and page numbers stand."""
_SAME_HEIGHT = 4.0
"""Points: a running line stands at the same height on every page."""
_PAGES = 3
"""Pages that a line comes again on, at least, to be a running one."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–─━~·•=|‐－ ]*(?:第 ?)?(\d{1,4}|[ivxlcⅰ-ⅻ]{1,6})(?: ?页)?[-—–─━~·•=|‐－ ]*", re.IGNORECASE
)
_OF_PAGES = re.compile(r"(?:第 ?\d{1,4} ?页|[Pp]age ?\d{1,4}|\d{1,4})[ ,，、/／]*(?:(?:共|of) ?\d{1,4} ?页?|\d{1,4})")
_UNIT = re.compile(r"单 ?位 ?[：:]")
_ENDS_A_SENTENCE = "。；！？"


# -- what is printed on every page ------------------------------------------------------------------------------------------


def running_lines(document: Document) -> set[int]:
    """The starts of the lines that are no part of the text.

    Heads, feet and page numbers repeat, or count on, from page to page; watermarks and marks in the margin run another
    way.
    """
    geometry = document.geometry
    if geometry is None:
        return set()
    pages: list[list[PrintedLine]] = [[] for _ in geometry.pages]
    for line in geometry.lines:
        pages[line.page - 1].append(line)
    tables = _table_tops(document)
    found: set[int] = {line.start for line in geometry.lines if not line.upright}
    # What stands behind a running line is seen only when that is gone: a head of two lines, a number under a foot.
    for _ in range(_EDGE_LINES):
        more: set[int] = set()
        for at_top in (True, False):
            outer = _outermost(pages, found, at_top)
            more |= _page_numbers(outer, document)
            more |= _repeated(outer, document, tables)
        if not more:
            break
        found |= more
    return found


def _table_tops(document: Document) -> dict[int, list[float]]:
    tops: dict[int, list[float]] = {}
    for table in document.tables:
        boxes = [(cell.page, cell.box[1]) for cell in table.cells if cell.box is not None]
        if boxes:
            tops.setdefault(boxes[0][0], []).append(min(top for _, top in boxes))
    return tops


def _outermost(pages: list[list[PrintedLine]], found: set[int], at_top: bool) -> list[PrintedLine]:
    """The uppermost or the lowest line of each page that is left, and what stands beside it."""
    outer: list[PrintedLine] = []
    for lines in pages:
        left = [line for line in lines if line.start not in found]
        if not left:
            continue
        edge = min(left, key=lambda line: line.top) if at_top else max(left, key=lambda line: line.bottom)
        outer.extend(line for line in left if line.top < edge.bottom and line.bottom > edge.top)
    return outer


def _page_numbers(outer: Sequence[PrintedLine], document: Document) -> set[int]:
    """Numbers that count with the pages. A marked one (- 3 -, 第3页) needs no company."""
    text = document.text
    found: set[int] = set()
    counting: dict[int, list[PrintedLine]] = {}
    for line in outer:
        printed = text[line.start : line.end]
        if _OF_PAGES.fullmatch(printed):
            found.add(line.start)
            continue
        match = _PAGE_NUMBER.fullmatch(printed)
        if match is None:
            continue
        value = match.group(1)
        if match.group().strip() != value and value.isdecimal():
            found.add(line.start)
        elif value.isdecimal():
            counting.setdefault(int(value) - line.page, []).append(line)
        else:
            counting.setdefault(-10_000, []).append(line)
    for lines in counting.values():
        if len(lines) >= 2 or (len(document.page_starts) == 1 and _stands_alone(lines[0], document)):
            found.update(line.start for line in lines)
    return found


def _stands_alone(line: PrintedLine, document: Document) -> bool:
    """Whether a lone bare 1 is set in the margin of its page, away from the text."""
    geometry = document.geometry
    assert geometry is not None
    others = [other for other in geometry.lines if other.page == line.page and other is not line]
    return (
        document.text[line.start : line.end] == str(line.page)
        and bool(others)
        and line.top - max(other.bottom for other in others) > 2 * line.size
    )


def _repeated(outer: Sequence[PrintedLine], document: Document, tables: dict[int, list[float]]) -> set[int]:
    """Lines of one wording, but for the page number in it, at one height of page after page.

    The last words of a paragraph can stand alike at the head of several pages, but not of all in a row. A title that
    is printed again over each part of a long table stands right above it and is none of these.
    """
    same: dict[str, list[PrintedLine]] = {}
    for line in outer:
        printed = document.text[line.start : line.end].replace(" ", "")
        wording = _DIGITS.sub(partial(_counted, page=line.page), printed)
        same.setdefault(wording, []).append(line)
    found: set[int] = set()
    for wording, lines in same.items():
        if len(lines) < 2 or _UNIT.search(wording) or wording[-1] in _ENDS_A_SENTENCE:
            continue
        heights = Counter(round(line.top / _SAME_HEIGHT) for line in lines)
        common = max(heights, key=lambda h: heights[h - 1] + heights[h] + heights[h + 1])
        level = [line for line in lines if abs(line.top / _SAME_HEIGHT - common) <= 1.5]
        pages = sorted({line.page for line in level})
        step = 2 if all((page - pages[0]) % 2 == 0 for page in pages) and len(pages) > 1 else 1
        in_reach = (pages[-1] - pages[0]) // step + 1
        over_table = sum(
            any(0 <= top - line.bottom < 4 * line.size for top in tables.get(line.page, ())) for line in level
        )
        if (
            (len(pages) >= _PAGES or (len(pages) == 2 == len(document.page_starts) and _is_in_margin(level, document)))
            and len(pages) >= 0.8 * in_reach
            and 2 * over_table < len(level)
        ):
            found.update(line.start for line in level)
    return found


def _is_in_margin(level: Sequence[PrintedLine], document: Document) -> bool:
    """Whether lines stand further from the text of their pages than the lines of that do from each other."""
    assert document.geometry is not None
    for line in level:
        gaps = [
            max(other.top - line.bottom, line.top - other.bottom) / other.size
            for other in document.geometry.lines
            if other.page == line.page and other is not line
        ]
        if gaps and min(gaps) < 1.0:
            return False
    return True


def _counted(number: re.Match[str], page: int) -> str:
    """A number in a running line: how far it is from the number of the page, if it can be that."""
    value = int(number.group()) if len(number.group()) <= 4 else 0
    return f"#{value - page}" if 0 < value < 2 * page + 200 and abs(value - page) < 100 else number.group()


# -- tables over several pages ----------------------------------------------------------------------------------------------


def whole_tables(document: Document, running: Set[int]) -> list[int]:
    """For every table of the document the number of the whole table that it is a part of, from 0.

    A table goes on at the top of the next page with the same columns, if nothing stands under its first part, and over
    the next one nothing but its title again.
    """
    numbers: list[int] = []
    body: dict[int, list[PrintedLine]] = {}
    for line in document.geometry.lines if document.geometry is not None else ():
        if line.start not in running:
            body.setdefault(line.page, []).append(line)
    before: PrintedTable | None = None
    edges: list[float] = []
    for table in document.tables:
        edges_before, edges = edges, _columns_of(table)
        goes_on = (
            before is not None
            and table.cells[0].page == before.cells[-1].page + 1
            and _same_columns(edges_before, edges)
            and not any(line.start >= before.end for line in body.get(before.cells[-1].page, ()))
            and _over(table, document, body) in ([], _over(before, document, body))
        )
        numbers.append((numbers[-1] if numbers else -1) + (not goes_on))
        before = table
    return numbers


def _columns_of(table: PrintedTable) -> list[float]:
    """The left and right edges of its cells."""
    return sorted({at for cell in table.cells if cell.box is not None for at in (cell.box[0], cell.box[2])})


def _same_columns(edges: list[float], others: list[float]) -> bool:
    """Whether two parts can be of one table: the same width, and the edges of one are among those of the other.

    A part without the heading, or with cells that span columns, has not all of them.
    """
    few, many = sorted((edges, others), key=len)
    return (
        len(few) >= 2
        and abs(few[0] - many[0]) <= _SAME_HEIGHT
        and abs(few[-1] - many[-1]) <= _SAME_HEIGHT
        and all(any(abs(edge - other) <= _SAME_HEIGHT for other in many) for edge in few)
    )


def _over(table: PrintedTable, document: Document, body: dict[int, list[PrintedLine]]) -> list[str]:
    """What is printed over a table on its page, up to another table."""
    page = table.cells[0].page
    floor = max((t.end for t in document.tables if t.end <= table.start), default=0)
    return [document.text[line.start : line.end] for line in body.get(page, ()) if floor <= line.start < table.start]
