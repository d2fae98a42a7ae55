"""What stands at the head and foot of the pages of a plain text: page numbers, and running heads that break its sentences.

Plain text has no geometry: a page number is known by its marks, or by counting on through the text; a running head by
coming again page after page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set
from itertools import pairwise

from reportparse.headers import is_headline
from reportparse.numbers import find, numbering
from reportparse.patterns import seldom

__all__ = ["furniture_lines"]

_SENTENCE = re.compile(r"[。；！？，]")
_PAGE_ENDS = frozenset("0123456789-—–─━~·•=|页")
_PAGE_STARTS = frozenset("第Pp-—–─~0123456789")
_YEAR = seldom(r"(?:19|20)\d\d年")
_BARE_NUMBER = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"(?:[-—–─━~·•=|]+ ?){1,3}(?:第 ?)?\d{1,4}(?: ?页)?(?: ?[-—–─━~·•=|]+){1,3}"
    r"|第 ?\d{1,4} ?页(?:[ ,，、/]*共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4}|[Pp](?:age|AGE) ?\d{1,4}(?: of \d{1,4})?"
)
_MARKED_PAGE = r"第 ?\d{1,4} ?页(?:[ ,，、/]*共 ?\d{1,4} ?页)?|[-—–─~] ?\d{1,4} ?[-—–─~]"
_HEAD_AND_PAGE = seldom(rf"(?P<head>[^\d\s].*?) *(?:(?P<marked>{_MARKED_PAGE})|(?<= )(?P<bare>\d{{1,4}}))$")
_PAGE_AND_HEAD = seldom(rf"(?:(?P<marked>{_MARKED_PAGE})|(?P<bare>\d{{1,4}})(?= )) *(?P<head>[^\d\s].*)$")
_HEAD_MAX = 60
_HAN = re.compile("[一-龥]")
_REFERS = re.compile(r"(?:第|附件|附表|[表图号])$")
_UNIT_WITHIN = 12
"""Characters that the longest unit takes."""
_TERMINAL = frozenset("。！？；：")
_FIGURE_ALONE = re.compile(r"[-\d,.，．]+ ?[%％]?")
_CUT_FIGURE = re.compile(r"\d[.,]?$|\d ?[百千万亿]$")
"""What no run of digits can end in, nor be followed by another: 33.84万 over 元."""
_YEAR_WITHIN = 4
_YEAR_AT_SEAM = re.compile(r"(?<!\d)(?:19|20)\d\d年")
_CELL_OF_FIGURE = re.compile(r"[-\d,.]+[%％]?|[-—–/]{1,2}")
_CELLS_LEAST = 3
_INDENT = 5
_AROUND = 8
"""Lines before and after that show how wide a text is set."""


def furniture_lines(raw: list[tuple[str, int, int]]) -> set[int]:
    """Page numbers (marked, or bare where they count on through the text), the running heads beside them or on their
    line, and those that stand alone in the middle of sentences.
    """
    dropped: set[int] = set()
    bare: list[tuple[int, int]] = []
    paged: dict[str, list[tuple[int, int, bool]]] = {}  # running head → its lines, their page numbers, whether marked
    for index, (text, _, _) in enumerate(raw):
        if text[-1] not in _PAGE_ENDS and text[0] not in _PAGE_STARTS:
            continue
        if len(text) <= 24:
            if _PAGE_NUMBER.fullmatch(text):
                dropped.add(index)
                continue
            if _BARE_NUMBER.fullmatch(text):
                below = raw[index + 1][0] if index + 1 < len(raw) else ""
                if not _YEAR.match(text + below[:4]) and not _counts_columns(index, raw):
                    bare.append((index, int(text)))
                continue
        if len(text) <= _HEAD_MAX and (" " in text or "页" in text):
            found = _HEAD_AND_PAGE.match(text) or _PAGE_AND_HEAD.match(text)
            if found is not None and _SENTENCE.search(found["head"]) is None:
                page = re.search(r"\d+", found["marked"] or found["bare"])
                assert page is not None  # both alternatives have digits
                head = found["head"].replace(" ", "")
                paged.setdefault(head, []).append((index, int(page.group()), found["marked"] is not None))
    if bare:
        dropped.update(_counting_on(bare, raw))
        dropped.update(index for index, _ in bare if _cuts_a_sentence(index, raw, bare) or _parts_headings(index, raw))
    for lines in paged.values():
        if _is_paged(lines, raw):
            dropped.update(index for index, _, _ in lines)
    if dropped:
        heads: dict[str, set[int]] = {}
        for index in dropped:
            for at in (index - 1, index + 1):
                if (
                    0 <= at < len(raw)
                    and at not in dropped
                    and 4 <= len(raw[at][0]) <= 40
                    and raw[at][0][0] != "<"  # a tag of a table
                    and _SENTENCE.search(raw[at][0]) is None
                ):
                    heads.setdefault(raw[at][0], set()).add(at)
        for places in heads.values():
            if len(places) >= 3:
                dropped.update(places)
    for alike in _repeated(raw, dropped):
        if _interrupts(alike, raw):
            dropped.update(alike)
    return dropped


def _counts_columns(index: int, raw: list[tuple[str, int, int]]) -> bool:
    """Whether a bare number is one of those that count the columns of a table, from 1 on and each on a line of its own."""
    number = int(raw[index][0])
    first = index - number + 1
    if not 0 < number <= _COLUMNS_MOST or first < 1 or raw[first][0] != "1":
        return False
    end = first
    while end < len(raw) and raw[end][0] == str(end - first + 1):
        end += 1
    return index < end and end - first >= (2 if raw[first - 1][0] == "栏次" else _COLUMNS_LEAST)


_COLUMNS_MOST, _COLUMNS_LEAST = 30, 3


def _is_paged(lines: list[tuple[int, int, bool]], raw: list[tuple[str, int, int]]) -> bool:
    """Whether lines of one wording, each with a number, are the head or foot of page after page: 某局  第 2 页."""
    if len(lines) < (2 if all(marked for _, _, marked in lines) else 3):
        return False
    return all(
        page < later
        and (marked or later == page + 1)
        and raw[after][1] - raw[index][2] >= (_PAGE_APART // 2 if marked else _PAGE_APART)
        for (index, page, marked), (after, later, _) in pairwise(lines)
    )


def _repeated(raw: list[tuple[str, int, int]], dropped: set[int]) -> list[list[int]]:
    """The places of short lines that come three times and more."""
    counts = Counter([text for text, _, _ in raw if 4 <= len(text) <= 40])
    wanted = {
        text
        for text, count in counts.items()
        if count >= 3 and _SENTENCE.search(text) is None and text[0] != "<" and not _is_row(text)
    }
    if not wanted:
        return []
    places: dict[str, list[int]] = {}
    for index, (text, _, _) in enumerate(raw):
        if text in wanted and index not in dropped:
            places.setdefault(text, []).append(index)
    return list(places.values())


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table, as every form of a report on several projects has the same ones: cells between bars or
    tabs, or the headings of columns between blanks.
    """
    if "|" in text or "\t" in text:
        return True
    words = text.split()
    return len(words) >= _CELLS_LEAST and (
        is_headline(words) or sum(_CELL_OF_FIGURE.fullmatch(word) is not None for word in words) >= _CELLS_LEAST - 1
    )


def _interrupts(places: list[int], raw: list[tuple[str, int, int]]) -> bool:
    """Whether lines of one wording stand a page apart, most of them after a line that ends in mid-sentence."""
    if len(places) < 3 or any(raw[b][1] - raw[a][2] < 2 * _PAGE_APART for a, b in pairwise(places)):
        return False
    broken = sum(
        index > 0
        and len(raw[index - 1][0]) >= _MID_SENTENCE
        and raw[index - 1][0][-1] not in "。！？；：|)）"
        and _HAN.search(raw[index - 1][0]) is not None  # and no number that a form gives a project
        for index in places
    )
    return 3 * broken >= 2 * len(places)


def _cuts_a_sentence(index: int, raw: list[tuple[str, int, int]], bare: list[tuple[int, int]]) -> bool:
    """Whether a bare number stands between two lines of one sentence and is no figure of it.

    A text that is wrapped has a line end where the line is full: none that holds but a digit or two is a piece of it. A program
    that puts every run of digits on a line of its own, so that 122 stands over 万元, leaves lines of all widths.
    """
    if not 0 < index < len(raw) - 1:
        return False
    before, number, after = (raw[at][0] for at in (index - 1, index, index + 1))
    if before[-1] in _TERMINAL or _REFERS.search(before) or not _goes_on(after) or _is_needed(before, number, after):
        return False
    if len(number) > 2 or number[0] == "0":
        return False
    alone = _width(before) >= _MID_SENTENCE and _counts_pages(index, raw, bare)
    if not alone and not _is_wrapped(index - 1, raw, _INDENT):
        return False
    if _CUT_FIGURE.search(before):
        return True
    if after[0].isdigit():  # 15 over 62人次 is 1562人次 where there is no room for a page 15
        return _may_be_page(index, raw, bare) and (alone or _SENTENCE.search(after) is not None)
    if _is_wrapped(index - 1, raw, 0):
        return True
    figure = next(iter(find(number + after[:_UNIT_WITHIN])), None)
    return figure is None or figure.start > 0 or figure.end <= len(number)


def _may_be_page(index: int, raw: list[tuple[str, int, int]], bare: list[tuple[int, int]]) -> bool:
    """Whether a number can be that of a page: another page has one that agrees, or as many pages have room before it."""
    page = int(raw[index][0])
    others = any((at < index and other < page) or (at > index and other > page) for at, other in bare)
    return others or raw[index][1] - raw[0][1] >= (page - 1) * _PAGE_APART


def _counts_pages(index: int, raw: list[tuple[str, int, int]], bare: list[tuple[int, int]]) -> bool:
    """Whether all bare numbers count up, a page apart, and no other figure stands alone on a line nearby, as in a table or where every run of
    digits is set on a line of its own.
    """
    for (at, number), (further, later) in pairwise(bare):
        if number >= later or raw[further][1] - raw[at][2] < _PAGE_APART:
            return False
    places = {at for at, _ in bare}
    near = range(max(0, index - _AROUND), min(len(raw), index + _AROUND))
    return not any(at not in places and _FIGURE_ALONE.fullmatch(raw[at][0]) for at in near)


def _is_needed(before: str, number: str, after: str) -> bool:
    """Whether what stands around a number is no text without it: 46. over 90 over 分, 20 over 2 over 0年."""
    if not after[0].isdigit() and before[-1] in ".,":
        return True
    if after[0] in ".," and not before[-1].isdigit():
        return True
    tail, head = before[-_YEAR_WITHIN:], after[:_YEAR_WITHIN]
    return _YEAR_AT_SEAM.search(tail + number + head) is not None and _YEAR_AT_SEAM.search(tail + head) is None


def _goes_on(text: str) -> bool:
    return _HAN.match(text[0]) is not None or text[0].isdigit() or text[0] in ".,，、）%％"


def _parts_headings(index: int, raw: list[tuple[str, int, int]]) -> bool:
    """Whether a bare number stands between two numbered lines, and no other figure alone on a line near it, as in a table."""
    if not 0 < index < len(raw) - 1 or len(raw[index][0]) > 2:
        return False
    near = [
        text
        for at, (text, _, _) in enumerate(raw[max(0, index - _AROUND) : index + _AROUND], max(0, index - _AROUND))
        if at != index
    ]
    if any(_FIGURE_ALONE.fullmatch(text) for text in near):
        return False
    return numbering(raw[index - 1][0]) is not None and numbering(raw[index + 1][0]) is not None


def _is_wrapped(index: int, raw: list[tuple[str, int, int]], indent: int) -> bool:
    """Whether a line is as wide as the widest around it but for an ``indent``, and two of these as well: cells of a table are
    not.
    """
    widths = [_width(text) for text, _, _ in raw[max(0, index - _AROUND) : index + _AROUND]]
    full = max(widths) - 3  # a line ends before a figure that does not fit
    return _width(raw[index][0]) >= full - indent >= _MID_SENTENCE and sum(width >= full for width in widths) >= 3


def _width(text: str) -> int:
    return sum(2 if char >= "\u2010" else 1 for char in text)


def _counting_on(bare: list[tuple[int, int]], raw: list[tuple[str, int, int]]) -> set[int]:
    """Bare numbers on lines of their own that rise by one with a page's worth of text between them.

    Three in a row are page numbers; so are two that begin at 1. A column of a table that counts its rows has no
    text between its numbers. A cover and its contents hold less than a page, whose number may come first.
    """
    longest: dict[
        int, tuple[int, int, int]
    ] = {}  # last number of a chain → its length, its first number, its last place in bare
    parents: dict[int, int] = {}
    best = (0, 0, -1)
    for at, (index, value) in enumerate(bare):
        length, first, last = longest.get(value - 1, (0, value, -1))
        apart = raw[index][1] - raw[bare[last][0]][2] if last >= 0 else 0
        of_cover = value <= _FRONT_PAGES and bare[0] == (0, 1) and bare[last][0] - value < _FRONT_LINES
        if last >= 0 and apart < (_COVER_APART if of_cover else _PAGE_APART):
            length, first, last = 0, value, -1
        if last >= 0:
            parents[at] = last
        if length + 1 > longest.get(value, (0, 0, 0))[0]:
            longest[value] = (length + 1, first, at)
        best = max(best, (length + 1, -first, at))
    if best[0] < 3 and not (best[0] == 2 and best[1] == -1):
        return set()
    if best[1] == -1 and best[0] <= _FRONT_PAGES and raw[bare[best[2]][0]][1] - raw[bare[0][0]][2] < _PAGE_APART:
        return set()  # nothing but a few short lines between them
    chain: set[int] = set()
    at = best[2]
    while True:
        chain.add(bare[at][0])
        if at not in parents:
            break
        at = parents[at]
    counts = {index for index, _ in bare} - chain
    in_cells = sum(_is_among_figures(index, counts, raw) for index in chain)
    return set() if 2 * in_cells > len(chain) else chain


def _is_among_figures(index: int, counts: Set[int], raw: list[tuple[str, int, int]]) -> bool:
    """Whether a number stands among the cells of a table, one a line: other numbers like it near, and no line with a sentence
    or of more than a cell's words right around it.
    """
    near = range(max(0, index - _AROUND), min(len(raw), index + _AROUND + 1))
    around = [raw[at][0] for at in (index - 1, index + 1) if 0 <= at < len(raw)]
    return sum(at in counts for at in near) >= _COUNTS_NEAR and not any(
        len(text) > _CELL_LONGEST or text[-1] in _TERMINAL for text in around
    )


_COUNTS_NEAR, _CELL_LONGEST = 2, 30


_PAGE_APART, _MID_SENTENCE = 150, 20
"""Characters between two page numbers, and of a line that a page's end cuts, at the least."""
_FRONT_PAGES, _FRONT_LINES, _COVER_APART = 4, 60, 12
"""Pages that may be a cover and its contents, lines of them at most, characters of a cover at the least."""
