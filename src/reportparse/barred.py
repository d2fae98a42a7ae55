"""Tables whose bars have come apart from their cells: every bar and every cell stands on a line of its own, or every cell
with the bar behind it, or the rows stand on lines but their empty cells have all gone to the end: 二、外交支出 | 29 | ||||.

Between the last bar of a row and the first of the next stands nothing. An empty cell looks the same: what tells them apart
is that all rows have as many cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from reportparse.patterns import seldom

__all__ = ["barred_rows", "barred_runs", "closed_runs", "emptied_cells", "emptied_runs"]

_BAR = "|"
_LINES_OF_CELL, _LONGEST_LINE = 4, 40
_BARS_LEAST, _CELLS_LEAST = 6, 2
_CLOSED_LEAST, _UNDER_CAPTION_LEAST = 12, 6
_UNIT_OF_TABLE = seldom(r"[^|]*单位[：:] *(?:人民币)?[百千万亿]*元）?[ |]*")
_TITLE_OF_TABLE = seldom(r"[^，。：；|]{2,40}表(?:（[^（）]{1,12}）)?")
_UNDER_TITLE = 13
"""Lines from the title of a table down to its unit, at most."""
_EMPTIED_LEAST = 4
_FIGURE = seldom(r"[-－+]?\d[\d,，]*(?:\.\d+)?")
_NAME = seldom(r".*[\u4e00-\u9fff].*")
_OF_ACCOUNTS = seldom(r"行 ?次|.*(?:收 ?入|支 ?出|科 ?目|拨款|经费|接待费).*")
_FIRST_HEAD = seldom(r"(?:收 ?入|支 ?出|序 ?号|.{0,6}(?:项 ?目|科 ?目))(?:名称|编码)?")
_OF_INDICATORS = seldom(".*(?:[一二三四]级|绩效)指标.*")


def barred_runs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Where among the lines of a text such tables begin and end, of which the rows can be told."""
    bars = [at for at, text in enumerate(texts) if text == _BAR]
    found: list[tuple[int, int]] = []
    first = 0
    for k in range(1, len(bars) + 1):
        if k < len(bars) and _is_cell(texts[bars[k - 1] + 1 : bars[k]]):
            continue
        start, end = bars[first], bars[k - 1] + 1
        closes = start > 0 and _FIRST_HEAD.fullmatch(texts[start - 1]) is not None  # and opens no row
        if k - first >= _BARS_LEAST and not closes and barred_rows(texts[start:end]):
            found.append((start, end))
        first = k
    return found


def barred_rows(texts: Sequence[str]) -> list[list[list[int]]]:
    """The rows of such a table, each with its cells, each with the indexes of its lines; nothing where no width explains all."""
    cells: list[list[int]] = []
    for at, text in enumerate(texts):
        if text == _BAR:
            cells.append([])
        elif cells:
            cells[-1].append(at)
    cells.pop()  # behind the last bar stands nothing
    while cells and not cells[0]:
        cells.pop(0)
    for width in range(_CELLS_LEAST, len(cells)):
        if len(cells) % (width + 1) == width and not any(cells[width :: width + 1]):
            rows = [cells[at : at + width] for at in range(0, len(cells), width + 1)]
            return rows if all(any(row) for row in rows) else []
    return []


def closed_runs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Where among the lines of a text cells begin and end that stand one a line, each closed by a bar: 主管部门 |. The title
    or the unit of a table between them stands over the next.
    """
    found: list[tuple[int, int]] = []
    first = last = None
    least = _CLOSED_LEAST
    for at, text in enumerate([*texts, ""]):
        if text.endswith(_BAR) and text.find(_BAR) == len(text) - 1:
            if first is None:
                first = at - _below_cells(texts, at)
            last = at
            continue
        captioned = _UNIT_OF_TABLE.fullmatch(text) is not None or (
            _TITLE_OF_TABLE.fullmatch(text) is not None
            and any(map(_UNIT_OF_TABLE.fullmatch, texts[at + 1 : at + _UNDER_TITLE]))
        )
        ends = captioned or _BAR in text or at == len(texts)
        if first is not None and last is not None and (ends or at - last > _LINES_OF_CELL):
            run = texts[first : last + 1]
            closed = sum(text.endswith(_BAR) for text in run)
            named = sum(
                text.endswith(_BAR) and (len(text) > 1 or _BAR not in before)
                for before, text in zip([_BAR, *run], run, strict=False)
            )
            if closed >= least and 2 * named > closed and 2 * closed > len(run):
                found.append((first, last + 1))
            first = last = None
        if first is None and not _below_cells(texts, at + 1):
            least = _UNDER_CAPTION_LEAST if captioned else _CLOSED_LEAST
    return found


def _below_cells(texts: Sequence[str], at: int) -> bool:
    """Whether the bar that is a line stands below the cell that it closes, and the next below the next."""
    if not 0 < at < len(texts) - _CELLS_LEAST or not texts[at] == texts[at + _CELLS_LEAST] == _BAR:
        return False
    around = (texts[at - 1], texts[at + 1])
    return all(_BAR not in text and len(text) <= _LONGEST_LINE for text in around) and not any(
        map(_UNIT_OF_TABLE.fullmatch, around)
    )


def emptied_runs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Where among the lines of a text tables of accounts begin and end whose rows lost the places of their empty cells: none
    has one before its last word, all have as many bars, and names stand where figures do, or headings at the first column.
    Or every cell has a line of its own, and the last of a row the bars of all that were empty.
    """
    found: list[tuple[int, int]] = []
    end = 0
    for bars, group in groupby(texts, key=lambda text: text.count(_BAR) if text.endswith(_BAR) else 0):
        start, end = end, end + len(list(group))
        beside = [texts[at] for at in (start - 1, end) if 0 <= at < len(texts)]
        whole = all(text.count(_BAR) < _CELLS_LEAST or text.endswith(_BAR) for text in beside)
        if bars > _CELLS_LEAST and end - start >= _EMPTIED_LEAST and whole and _are_emptied(texts[start:end], bars):
            found.append((start, end))
    end = 0
    for alone, group in groupby(texts, key=lambda text: _CELL_AND_BARS.fullmatch(text) is not None):
        start, end = end, end + len(list(group))
        if alone and end - start >= _CLOSED_LEAST and _end_in_bars(texts[start:end]):
            found.append((start, end))
    return sorted(found)


def emptied_cells(text: str) -> list[tuple[int, int]]:
    """Where in a row the cells begin and end that are not empty."""
    found: list[tuple[int, int]] = []
    at = 0
    for cell in text.split(_BAR):
        stripped = cell.strip()
        if stripped:
            start = at + cell.index(stripped)
            found.append((start, start + len(stripped)))
        at += len(cell) + 1
    return found


_CELL_AND_BARS = seldom(r"[^|]*[^|\s] *\|[ |]*")


def _end_in_bars(texts: Sequence[str]) -> bool:
    ends = sum(text.count(_BAR) > 1 for text in texts)
    return 1 < ends <= len(texts) // 2 and any(_OF_ACCOUNTS.fullmatch(text.rstrip("| ")) for text in texts)


def _are_emptied(texts: Sequence[str], bars: int) -> bool:
    rows = [[cell.strip() for cell in text.rstrip("| ").split(_BAR)] for text in texts]
    rows = [row for row in rows if row != [""]]
    if not all(all(row) for row in rows) or all(len(row) == bars for row in rows):
        return False
    cells = [cell for row in rows for cell in row]
    if not any(map(_OF_ACCOUNTS.fullmatch, cells)) or any(map(_OF_INDICATORS.fullmatch, cells)):
        return False
    body = [row for row in rows if any(map(_FIGURE.fullmatch, row))]
    heads = rows[: rows.index(body[0])] if body else []
    if any(len(row) == bars for row in body) and any(
        len(above) > 1 and 1 < len(row) < bars for above, row in pairwise(heads)
    ):
        return True  # what stands under a heading of several begins the row
    for column in range(1, bars):
        own = [row[column] for row in body if column < len(row)]
        if any(map(_FIGURE.fullmatch, own)) and any(map(_NAME.fullmatch, own)):
            return True
    return False


def _is_cell(lines: Sequence[str]) -> bool:
    return len(lines) <= _LINES_OF_CELL and all(len(line) <= _LONGEST_LINE and line[-1] != _BAR for line in lines)
