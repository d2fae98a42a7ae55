"""The lines of a text: what is a contents page, a row of a table, and what is left as text proper.

Over 400 lines because what a line is depends on what the lines around it are, and all are told in one reading of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from reportparse.barred import barred_runs, closed_runs, emptied_runs
from reportparse.document import Document, PrintedTable
from reportparse.filled import FormLine, filled_runs
from reportparse.furniture import furniture_lines
from reportparse.headers import is_headline
from reportparse.numbers import Numbering, numbering
from reportparse.oneline import form_at
from reportparse.padded import padded_runs
from reportparse.pagination import running_lines, whole_tables
from reportparse.patterns import seldom
from reportparse.wordrows import marks_on_side, word_rows

__all__ = [
    "BESIDE_AMOUNT", "BLANK", "DATE_LINE", "DATE_START", "FRAME", "PAGE", "SENTENCE", "SOFT", "WORD_OF_ROW", "Content", "Line", "content_lines", "form_lines", "marker",
    "rows_of_codes", "table_lines",
]  # fmt: skip


class Line(NamedTuple):
    """A line that is not blank."""

    start: int  # of the stripped line, in the source
    end: int
    text: str  # stripped, folded
    gap: int  # what stands between this line and the one before: SOFT, BLANK or PAGE
    indent: int
    mark: Numbering | None


SOFT, BLANK, PAGE = 0, 1, 2
"""A line end alone; a blank line; a page's foot and head."""

DATE_LINE = re.compile(
    r"[\d〇○零一二三四五六七八九十]{2,4} ?[年./-] ?[\d一二三四五六七八九十]{1,3} ?[月./-](?: ?[\d一二三四五六七八九十]{1,3} ?日?)?"
)
SENTENCE = re.compile(r"[。；！？，]")
DATE_START = seldom(r"(?:[\d〇○零一二三四五六七八九十]{4} ?[年./-]|[\d〇○零一二三四五六七八九十]{1,4}$)")
_END_OF_DATE = re.compile(r"[\d一二三四五六七八九十]{0,3}日")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_TEXT_OF_LINE = re.compile(r"[^\s\u200b\ufeff](?:[^\n\r\v\f\x85\u2028\u2029]*[^\s\u200b\ufeff])?")
_LEADER_ENDS = frozenset("0123456789.…·）_- ")
_FULL_DATE = re.compile(r"(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?")
# A set of characters first, which the engine skips to.
_LEADER = re.compile(
    r"[.…·_-](?:(?<=(?<!\.)\.)\.{2,}+|(?<=(?<!…)…)…*+|(?<=(?<!·)·)·{2,}+|(?<=(?<!-)-)-{3,}+|(?<=(?<!_)_)_{3,}+|(?<=\.) (?:\. ){2,})"
    r"[ .…·-]*+[（(]?\d{0,4}(?:-\d+)?[）)]?$"
)
"""A run is tried from its beginning and given up whole: otherwise the time for a long one would go with its cube."""
_DRAWN = seldom(r"(?: {2,}|\t)[ \t]*[-_]{4,}[ \t]*$")
"""A rule drawn among the headings of a table, beside others and under one of several columns: no leader, it has no page number."""
_CONTENTS_TITLE = re.compile(r"目 *[录錄]|CONTENTS|Contents")
_TRAILING_PAGE = re.compile(r"(?<=[^\d.])[ \t]*\d{1,3}$")
_NUMERIC_CELL = seldom(r"[-+（]?[\d,]+(?:\.\d+)?[）]?[%元万亿人个分]{0,3}|[-—/]+|\*+(?:\.\*+)?")
_FIGURE_FIRST = seldom(r"[\d.,]+ *(?:万|亿|元|%|人(?![员均])|名(?![称词])|个(?!人)|辆|台(?!账)|平方|[，。；、])")
_CELL_MAX, _CELL_RUN, _CELL_NUMERIC = 24, 5, 0.2


class Content(NamedTuple):
    """The lines that carry text: ``tables`` gives the table that a line is a cell of, ``cells`` which cell of which table
    of the document it is, ``printed`` which table of the document is which of these.

    ``furniture`` and ``contents`` are the places of the lines that were taken out.
    """

    lines: list[Line]
    furniture: list[tuple[int, int]]
    contents: list[tuple[int, int]]
    tables: dict[int, int]
    cells: dict[int, tuple[int, int]]
    printed: list[int]


def content_lines(folded: str, document: Document | None = None) -> Content:
    """The lines that carry text, with furniture and contents pages taken out.

    ``document`` tells what more the source says: where its lines are printed and which of them are tables, of which
    each cell that is not empty becomes a line.
    """
    raw = [(match.group(), *match.span()) for match in _TEXT_OF_LINE.finditer(folded)]
    dropped: set[int]
    cells: dict[int, tuple[int, int]] = {}
    printed: list[int] = []
    pages: list[int] | None = None
    if document is None or (document.geometry is None and not document.whole_lines):
        dropped = furniture_lines(raw)
    else:
        running = running_lines(document)
        printed = whole_tables(document, running)
        cells = _cells(raw, folded, document.tables)
        dropped = {index for index, (_, start, _) in enumerate(raw) if start in running}
        if document.geometry is not None:
            pages = [bisect_right(document.page_starts, start) for _, start, _ in raw]
    in_contents = _contents([text for text, _, _ in raw], dropped | cells.keys(), pages)
    lines: list[Line] = []
    furniture: list[tuple[int, int]] = []
    contents: list[tuple[int, int]] = []
    tables: dict[int, int] = {}
    kept_cells: dict[int, tuple[int, int]] = {}
    spacings: dict[str, tuple[int, int]] = {}  # there are few in one document
    previous, after_gap = 0, False
    for index, (text, start, end) in enumerate(raw):
        between = folded[previous:start]
        previous = end
        if index in cells:
            tables[len(lines)] = printed[cells[index][0]]
            kept_cells[len(lines)] = cells[index]
            lines.append(Line(start, end, text, SOFT, 0, None))
            continue
        if index in dropped or index in in_contents:
            (furniture if index in dropped else contents).append((start, end))
            after_gap = True
            continue
        if text[0] == "#":  # a Markdown heading: the marks are no part of it
            text = text.lstrip("# ")
            if not text:
                continue
            start = end - len(text)
        if text.startswith("**") and (bold := _BOLD.match(text)) is not None:  # its number is the line's
            text, start = text[2:], start + 2
            if bold.end() == len(text) + 2:
                text, end = text[:-2], end - 2
        spacing = spacings.get(between)
        if spacing is None:
            spacing = spacings[between] = _spacing(between)
        gap, indent = spacing
        first = form_at(text) if document is None or document.geometry is None else None
        if first and not ("。" not in text[:first] and any(_TITLE_OVER_FORM.search(line.text) for line in lines)):
            # Of a form that is all there is, what stands before it is the title of the report.
            lines += _words_of(text[:first], start, PAGE if after_gap else gap, indent)
            lines.append(Line(start + first, end, text[first:], SOFT, 0, None))
            after_gap = False
            continue
        mark = marker(text if " " not in text[:8] else text[:12].replace(" ", "") + text[12:])
        lines.append(Line(start, end, text, PAGE if after_gap else gap, indent, mark))
        after_gap = False
    return Content(lines, furniture, contents, tables, kept_cells, printed)


_TITLE_OVER_FORM = seldom(r"20\d\d年.{0,40}(?:报告|自评|评价|绩效|结果|公开|预算|决算)")


def _words_of(text: str, start: int, gap: int, indent: int) -> list[Line]:
    """A line for every word of what stands in one line, and of sentences one line."""
    whole = len(text) > _ENTRY_MAX * 2 or "。" in text
    found: list[Line] = []
    for match in _TEXT_OF_LINE.finditer(text) if whole else _UNBROKEN.finditer(text):
        found.append(
            Line(
                start + match.start(),
                start + match.end(),
                match.group(),
                SOFT if found else gap,
                0 if found else indent,
                marker(match.group()),
            )
        )
    return found


_UNBROKEN = re.compile("[^ \t]+")


def _cells(raw: list[tuple[str, int, int]], folded: str, tables: Sequence[PrintedTable]) -> dict[int, tuple[int, int]]:
    """Put the cells of the source's own tables in the place of their rows; their index in ``raw`` → table and cell."""
    found: dict[int, tuple[int, int]] = {}
    kept: list[tuple[str, int, int]] = []
    at = 0
    for number, table in enumerate(tables):
        while at < len(raw) and raw[at][1] < table.start:
            kept.append(raw[at])
            at += 1
        while at < len(raw) and raw[at][1] < table.end:
            at += 1
        for which, cell in enumerate(table.cells):
            text = folded[cell.start : cell.end]
            stripped = text.strip()
            if stripped:
                found[len(kept)] = (number, which)
                start = cell.start + text.index(stripped)
                kept.append((stripped, start, start + len(stripped)))
    raw[:] = [*kept, *raw[at:]]
    return found


_BOLD = seldom(r"\*\*(?![*\s万亿元人名个])[^*]{2,60}\*\*")
"""The beginning of a line in Markdown that is set in bold."""


def _spacing(between: str) -> tuple[int, int]:
    """What stands between two lines: SOFT or BLANK, and the indent of the second."""
    indent = len(between) - 1 - max(between.rfind("\n"), between.rfind("\r"), between.rfind("\f"))
    return BLANK if len(_BREAK.findall(between)) > 1 else SOFT, indent


def _contents(texts: list[str], dropped: Set[int], pages: Sequence[int] | None) -> set[int]:
    """A contents page: its title and the lines under it.

    They go on to where the first of them comes again, as the heading that it names; where it never does, to the foot of
    a page that holds nothing else, or as far as they end in a page number or come again further down. ``pages`` are
    those of the lines, where the source has pages.
    """
    found = {
        i
        for i, text in enumerate(texts)
        if text[-1] in _LEADER_ENDS and _LEADER.search(text) and not _DRAWN.search(text)
    }
    titles = [i for i, text in enumerate(texts) if len(text) <= 12 and _CONTENTS_TITLE.fullmatch(text.lstrip("# "))]
    if not titles:
        return found | _untitled(texts, dropped)
    last_place = {_bare_title(text): at for at, text in enumerate(texts) if at not in dropped}
    done = -1
    for index in titles:
        if index <= done:
            continue
        found.add(index)
        end = _named_again(texts, index + 1, dropped)
        if end is None and pages is not None:
            end = _foot_of_page(texts, index + 1, dropped, pages)
        if end is not None:
            found.update(at for at in range(index + 1, end) if at not in dropped)
            done = end - 1
            continue
        for at in range(index + 1, len(texts)):
            text = texts[at]
            if at in dropped or at in found:
                continue
            paged = _TRAILING_PAGE.search(text)
            again = last_place.get(_bare_title(text), at) > at or (
                paged is not None and last_place.get(_bare_title(text[: paged.start()]), at) > at
            )
            if (
                len(text) > _ENTRY_MAX
                or text.endswith("。")
                or not (again or (paged is not None and not SENTENCE.search(text)))
            ):
                break
            found.add(at)
            done = at
    return found


_ENTRY_MAX, _ENTRIES_MAX, _ENTRIES_LEAST = 60, 150, 4
"""Characters of an entry of a contents page, and entries, at most and at the least."""
_UNTITLED_WITHIN = 60


def _untitled(texts: list[str], dropped: Set[int]) -> set[int]:
    """A contents page without a title of its own: near the top, lines in a row that all come again below them, most of
    them numbered.
    """
    entries: list[int] = []
    last_place: dict[str, int] | None = None
    for at, text in enumerate(texts[:_UNTITLED_WITHIN]):
        if at in dropped:
            continue
        if (
            len(text) <= _ENTRY_MAX
            and "|" not in text
            and SENTENCE.search(text) is None
            and (entries or marker(text) is not None)
        ):
            if last_place is None:
                last_place = {_bare_title(line): below for below, line in enumerate(texts) if below not in dropped}
            if last_place.get(_entry(text), at) > at:
                entries.append(at)
                continue
        if len(entries) >= _ENTRIES_LEAST:
            break
        entries.clear()
    numbered = sum(marker(texts[at]) is not None for at in entries)
    again = last_place is not None and all(last_place[_entry(texts[at])] > entries[-1] for at in entries)
    return set(entries) if len(entries) >= _ENTRIES_LEAST and 2 * numbered > len(entries) and again else set()


def _named_again(texts: list[str], first: int, dropped: Set[int]) -> int | None:
    """Where the text begins that a contents page announces, if nothing but entries stands before: where the entry at ``first``
    comes again, alone or behind the report's own title (县水务局2023年部门预算——部门概况), or else where another one
    does, with the headings right before it.
    """
    while first < len(texts) and first in dropped:
        first += 1
    if first >= len(texts):
        return None
    entry = _entry(texts[first])
    name = _nameless(entry)
    seen: dict[str, int] = {}
    for at in range(first, min(first + _ENTRIES_MAX, len(texts))):
        if at in dropped:
            continue
        text = texts[at]
        bare = _bare_title(text)
        if at > first + 1 and (bare == entry or _TITLE_DASH.split(bare)[-1] == name != bare):
            return at
        if at - seen.get(_entry(text), at) > 1 and marker(text) is not None:
            while at - 1 > first and marker(texts[at - 1]) is None and texts[at - 1] not in texts[first : at - 1]:
                at -= 1
            return at
        if len(text) > _ENTRY_MAX or SENTENCE.search(text[:-1]) or text[-1] in "，；：":
            return None
        seen.setdefault(_entry(text), at)
    return None


def _nameless(entry: str) -> str:
    """An entry of a contents page without its number."""
    numbering = marker(entry)
    return entry[numbering.end :] if numbering is not None else entry


def _foot_of_page(texts: list[str], first: int, dropped: Set[int], pages: Sequence[int]) -> int | None:
    """The end of a page on which nothing but entries stands from ``first`` on, most of them with a number."""
    end = bisect_right(pages, pages[first - 1])
    entries = [texts[at] for at in range(first, end) if at not in dropped]
    if len(entries) < 2 or any(
        len(text) > _ENTRY_MAX or SENTENCE.search(text[:-1]) or text[-1] in "，；：" for text in entries
    ):
        return None
    numbered = sum(marker(text) is not None or _TRAILING_PAGE.search(text) is not None for text in entries)
    return end if 2 * numbered > len(entries) else None


def _entry(text: str) -> str:
    """What an entry of a contents page names: without its leader and its page number."""
    leader = _LEADER.search(text)
    if leader is not None:
        text = text[: leader.start()]
    return _bare_title(_TRAILING_PAGE.sub("", text))


_TITLE_DASH = seldom("[—－-]{1,2}")


def _bare_title(line: str) -> str:
    return line.replace(" ", "").rstrip("。：.…·").lstrip("#")


_WIDE_GAP = seldom(r"(?<=\S) {4,}(?=\S)")
FRAME = seldom(r"[┌├└╔╠╚┏┣┗╭╰+][─━═┄┈┬┼┴╦╬╩┳╋┻+=-]{2,}[┐┤┘╗╣╝┓┫┛╮╯+]")
"""A line of a frame drawn around a table: ├───┼───┤, +---+---+."""
_AMOUNT = r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d\d)(?![^ ])"
BESIDE_AMOUNT = seldom(
    rf"(?<![^ ]){_AMOUNT}(?P<gap> )(?=[一-龥“（]|{_AMOUNT})(?![万亿元])|(?<=[一-龥）])(?P<before> )(?={_AMOUNT})"
)
"""One space alone between an amount and a name or another amount: the column left no room for more."""
_SPACED_CELLS = seldom(r"(?<=\S)(?: {2,}|\t)(?=\S)")


def table_lines(lines: list[Line], folded: str) -> dict[int, tuple[int, str]]:
    """Line index → table index and how its cells are parted: by ``pipe``, ``tab`` or several spaces (``spaced``), as
    elements of ``html``, or by lines (``cell``); a ``form`` that is one line by single blanks, and ``barred`` cells by lines
    that hold a bar and nothing else, ``closed`` ones with a bar at the end of each; ``emptied`` rows between bars whose empty
    cells are all at the end, ``padded`` those of a form that bars fill up; rows of ``worded`` cells by single blanks,
    ``rowed`` or ``named`` where each line is a row for certain, ``filled`` for a statutory form whose words blanks part.
    """
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
        elif form_at(text) is not None:
            kind = "form"
        elif text.count("|") >= 2 or FRAME.fullmatch(text):
            kind = "pipe"
        elif ("\t" in text or folded.startswith("\t", line.end)) and not SENTENCE.search(text[-1:]):
            kind = "tab"  # behind the only filled cell of a row stand the tabs of the others
        elif ("  " in text and len(_SPACED_CELLS.findall(text)) >= 2 and not text.endswith(("。", "；", "，"))) or (
            "  " in text and BESIDE_AMOUNT.search(text) and not SENTENCE.search(BESIDE_AMOUNT.sub("", text))
        ):
            kind = "spaced"
        elif (gap := _WIDE_GAP.search(text)) is not None and _NUMERIC_CELL.fullmatch(text, gap.end()):
            kind = "spaced"  # a name, far from it a figure
        kinds.append(kind)
    for index in range(1, len(lines) - 1):  # the first cell of a row that is broken in the next one
        if not kinds[index] and kinds[index - 1] == kinds[index + 1] == "pipe" and lines[index].text.endswith("|"):
            kinds[index] = "pipe"
    for index in range(1, len(lines) - 1):  # goals as sentences in cells, between other rows of a form
        if not kinds[index] and kinds[index - 1] == kinds[index + 1] == "tab" and "\t" in lines[index].text:
            kinds[index] = "tab"
    for index in range(len(lines) - 1):  # the headings over names and figures
        if not kinds[index] and kinds[index + 1] == "spaced" and _WIDE_GAP.search(lines[index].text):
            if lines[index + 1].gap == SOFT and "：" not in lines[index].text:
                kinds[index] = "spaced"
    for index in range(1, len(lines) - 1):  # two headings of a band, between the others and the first row
        if not kinds[index] and kinds[index - 1] == kinds[index + 1] == "spaced" and lines[index + 1].gap == SOFT:
            if (
                (lines[index].indent or not any(char.isdigit() for char in lines[index].text))
                and "：" not in lines[index].text
                and _SPACED_CELLS.search(lines[index].text)
                and not SENTENCE.search(lines[index].text)
            ):
                kinds[index] = "spaced"
    for start, end in barred_runs([line.text for line in lines]):
        kinds[start:end] = ["barred"] * (end - start)
    begun: set[int] = set()
    for start, end in padded_runs([line.text for line in lines]):
        kinds[start:end] = ["padded"] * (end - start)
        begun.add(start)
        while start and kinds[start - 1] == "pipe" and "|" not in lines[start - 1].text.rstrip(" |"):
            start -= 1
            kinds[start] = ""  # a title over the form, filled up with bars
    for start, end in emptied_runs([line.text for line in lines]):
        if all(kind in ("", "pipe") for kind in kinds[start:end]):
            kinds[start:end] = ["emptied"] * (end - start)
    for start, end in closed_runs([line.text for line in lines]):
        if not any(kinds[start:end]):
            kinds[start:end] = ["closed"] * (end - start)
    for start, end in filled_runs(form_lines(lines, folded)):
        if not {"pipe", "tab", "html", "form", "barred", "closed", "padded", "emptied"} & set(kinds[start:end]):
            kinds[start:end] = ["filled"] * (end - start)
    _join_spaced(lines, kinds)
    for start, end in _worded_runs(lines, kinds):
        over = _heads_under_unit(lines, kinds, start)
        for first in (over, start) if over < start else (start,):
            texts = [line.text for line in lines[first:end]]
            kind = "rowed" if rows_of_codes(texts) else "named" if word_rows(texts) else "worded"
            if kind != "worded":
                break
        first = over if kind == "worded" else first
        kinds[first:end] = [kind] * (end - first)
    for index in range(len(lines) - 1):  # marks under the names of what they are of
        if not kinds[index] and " " in lines[index].text and lines[index].text[-1] not in "。；，":
            end = index + marks_on_side([line.text for line in lines[index : index + _ON_SIDE_MOST]])
            if not any(kinds[index:end]):
                kinds[index:end] = ["named"] * (end - index)
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
        in_form = False
        while end < len(lines) and not kinds[end]:
            heads = _heads_levels(lines, end) or _heads_block(lines, end)
            in_form = (in_form or heads) and not _WHOLE.fullmatch(lines[end].text)
            if not _cell_like(lines[end].text) and not (
                in_form and (_beside_marks(lines, end) or _beside_targets(lines, end))
            ):
                break
            end += 1
        run_end = end
        index = _after_title(lines, index, end)
        if end - index >= _CELL_RUN:
            while end > index and lines[end - 1].mark and not _NUMERIC_CELL.fullmatch(lines[end - 1].text):
                end -= 1
            end = _before_signature(lines, index, end)
            if end < len(lines) and kinds[end]:
                end = _before_caption(lines, index, end)
            numeric = [i for i in range(index, end) if _NUMERIC_CELL.fullmatch(lines[i].text)]
            form = any(_heads_levels(lines, at) for at in range(index, end))
            if len(numeric) >= max(2, (end - index) * _CELL_NUMERIC) or (form and _is_filled(lines[index:end])):
                kinds[index:end] = ["cell"] * (end - index)
                under = index
                for at in range(index, end):
                    if at < under or (below := _under_title(lines, at, end)) is None:
                        continue
                    if numeric and at > numeric[0]:  # of another table, whose cells begin under its unit
                        kinds[at:below] = [""] * (below - at)
                    elif any(_TITLE_OF_REPORT.search(line.text) for line in lines[index:at]):
                        kinds[index:at] = [""] * (at - index)
                    under = below
        index = max(run_end, index + 1)
    tables: dict[int, tuple[int, str]] = {}
    count = -1
    first = 0
    before = ""
    for index, kind in enumerate(kinds):
        if kind:
            words = lines[index].text.rstrip(" |")
            titled = (kind in ("closed", "cell") and _TITLE_OF_FORM.fullmatch(words) is not None) or (
                kind == "emptied" and _is_titled(words)
            )
            another = kind == before and kind in ("pipe", "tab", "spaced") and _begins_another(lines, first, index)
            if kind != before or kind == "form" or titled or another or index in begun:
                count += 1
                first = index
            tables[index] = (count, kind)
        before = kind
    return tables


_ASKS_NAME = seldom(r"[| \t]*(?:项目|专项(?:资金)?|政策)名称[：:]?[ \t]*[|\t ].*")
_LEVELS_OF_FORM = seldom(r".*一级指标(?:名称)?[| \t]+二级指标.*")


def _begins_another(lines: Sequence[Line], first: int, index: int) -> bool:
    """Whether a row asks for the name of a project once more, in a table that has asked for one, and for its indicators."""
    if _ASKS_NAME.fullmatch(lines[index].text) is None:
        return False
    above = [line.text for line in lines[first:index]]
    return any(map(_ASKS_NAME.fullmatch, above)) and any(map(_LEVELS_OF_FORM.fullmatch, above))


def form_lines(lines: Sequence[Line], folded: str) -> list[FormLine]:
    """The lines as they are printed: how far each is set in, and on which line of the source and which page it stands."""
    found: list[FormLine] = []
    y = page = at = 0
    for line in lines:
        between = folded[at : line.start]
        y += len(_BREAK.findall(between))
        page += between.count("\f")
        at = line.start
        found.append(FormLine(line.text, line.indent, y, page))
    return found


_ON_SIDE_MOST = 5
"""Lines of a table of marks that lies on its side."""


_HEAD_LINES, _BARE_LINES = 6, 4
"""Lines of headings under the unit of a table set with spaces, and rows in it without a figure, at most."""


def _join_spaced(lines: list[Line], kinds: list[str]) -> None:
    """Make the lines part of a table set with spaces that show it only by what is around them: the headings between its unit
    and the first row, and rows of which only a name is left, between others of which a cell begins where they do.
    """
    unit = None
    last = None
    for index, kind in enumerate(kinds):
        if kind == "spaced":
            if unit is not None and index - unit <= _HEAD_LINES + 1:
                kinds[unit + 1 : index] = ["spaced"] * (index - unit - 1)
            elif last is not None and index - last <= _BARE_LINES + 1 and _has_figure(lines[index]):
                begins = _begins(lines[last])
                if all(
                    min(abs(line.indent - at) for at in begins) <= _SAME_INDENT or _is_under(line, lines[last])
                    for line in lines[last + 1 : index]
                ):
                    kinds[last + 1 : index] = ["spaced"] * (index - last - 1)
            unit, last = None, index
        elif not kind and _UNIT_OF_TABLE.search(lines[index].text):
            unit, last = index, None
        elif (
            kind or len(lines[index].text.split()) > _HEADS_MOST or not all(map(_cell_like, _words_apart(lines[index])))
        ) or "：" in lines[index].text:
            unit = last = None


WORD_OF_ROW = re.compile(
    r"(?<!\S)(?:(?:(?:本 年 )?(?:收 入|支 出) )?[合总小] 计|收 入|支 出|[项科] 目|备 注|金 额|单 位|名 称)(?!\S)|[^ \t]+"
)
"""A word of a table set with single blanks: 收 入 合 计 is one."""
_ROWS_OF_WORDS, _WORDS_MOST = 3, 14


def _worded_runs(lines: list[Line], kinds: list[str]) -> Iterator[tuple[int, int]]:
    """Where tables begin and end whose cells have one space between: headings, and under them rows that end in figures."""
    at = 0
    while at < len(lines):
        words = WORD_OF_ROW.findall(lines[at].text)
        if kinds[at] or not 2 <= len(words) <= _WORDS_MOST or _has_figure(lines[at]) or not _heads_words(lines, at):
            at += 1
            continue
        end = at + 1
        rows = 0
        sides = sum(_ITEM_HEAD.fullmatch(word.replace(" ", "")) is not None for word in words) > 1
        for below in range(at + 1, len(lines)):
            text = lines[below].text
            if kinds[below] or lines[below].gap == BLANK or SENTENCE.search(text):
                break
            if _is_row_of_words(text) or (sides and _is_row_of_sides(text)):
                rows += _has_figure(lines[below])
                end = below + 1
            elif below - end >= _BARE_OF_WORDS or "：" in text:
                break
        if rows >= _ROWS_OF_WORDS:
            while at and not kinds[at - 1] and is_headline(lines[at - 1].text.split(" ")):
                at -= 1
            yield at, end
        at = end


def _heads_under_unit(lines: list[Line], kinds: list[str], start: int) -> int:
    """Where the headings begin that stand over those of a table: under its unit, 收入 支出 over 项目 金额 项目 金额."""
    for at in range(start - 1, max(start - _LEVELS_OVER, 0) - 2, -1):
        text = lines[at].text
        if _UNIT_OF_TABLE.search(text):
            return at + 1
        if kinds[at] not in ("", "spaced") or _has_figure(lines[at]) or "：" in text:
            break  # 收　　入 alone on its line is no table set with spaces
        if not all(map(_cell_like, WORD_OF_ROW.findall(text))):
            break
    return start


_LEVELS_OVER = 2
"""Lines of headings over those of a table, at most."""


_CODED_HEAD = seldom(
    r"(?:指标)?(?:编号|编码|序号|代码)(?:及|和|与|、|/)?(?:指标)?(?:名称|内容)?|(?:[一二三]级)?指标(?:名称)?"
)
_LEVEL_CODE = seldom(r"[A-Z]\d{0,4}")


def rows_of_codes(texts: Sequence[str]) -> list[int]:
    """How many words each line has before the headings of its figures, where the lines are headings and rows that codes of
    levels begin, A, A1 and A11, with as many figures as headings; a sum has none. Nothing where that is not so of all.
    """
    heads = texts[0].split(" ")
    first = 2 if len(heads) > 2 and _LEVEL_HEAD.fullmatch(heads[1]) and heads[0][-1] in "号码" else 1
    if not _CODED_HEAD.fullmatch(heads[0]):
        return []
    figures = len(heads) - first
    found = [first]
    coded = 0
    for text in texts[1:]:
        words = text.split(" ")
        code = _LEVEL_CODE.fullmatch(words[0]) is not None
        names = len(words) - figures
        if names != (2 if code else 1) or not all(map(_NUMERIC_CELL.fullmatch, words[names:])):
            return []
        if not code and not _WHOLE.fullmatch(words[0]):
            return []
        coded += code
        found.append(names)
    return found if coded >= _ROWS_OF_WORDS else []


_LEVEL_HEAD = seldom("(?:[一二三]级|评价|绩效)?指标(?:名称|内容)?|名称")


def _heads_words(lines: list[Line], at: int) -> bool:
    """Whether words head columns, by themselves or because the first two do and a row with no more cells follows."""
    words = [word.replace(" ", "") for word in WORD_OF_ROW.findall(lines[at].text)]
    if is_headline(words):
        return True
    if len(words) < _ROWS_OF_WORDS or at + 1 == len(lines) or not is_headline(words[:2]):
        return False
    below = lines[at + 1].text
    return _is_row_of_words(below) and len(below.split(" ")) <= len(words)


_BARE_OF_WORDS = 1
"""Lines without figures that follow one another in such a table, at most."""


def _is_row_of_words(text: str) -> bool:
    words = WORD_OF_ROW.findall(text)
    figures = [_NUMERIC_CELL.fullmatch(word) is not None for word in words]
    return len(words) <= _WORDS_MOST and figures[-1] and any(char > "\u2e7f" for char in text) and "" not in words


_ITEM_HEAD = seldom("项目(?:（.{1,12}）)?|(?:收入|支出)项目")
_ITEM = seldom(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.．](?!\d)|其中：).{2,24}"
)


def _is_row_of_sides(text: str) -> bool:
    """Whether a line can be a row of income beside expenditure: one numbered name or two, each with its figures or without."""
    words = WORD_OF_ROW.findall(text)
    names = [word for word in words if not _NUMERIC_CELL.fullmatch(word)]
    return 0 < len(names) <= 2 and len(words) <= _WORDS_MOST and any(map(_ITEM.fullmatch, names))


_SAME_INDENT, _HEADS_MOST = 2, 12


def _is_under(line: Line, row: Line) -> bool:
    """Whether a line is the rest of a name in the middle of its column, by either width of a Chinese character."""
    if " " in line.text or _has_figure(line):
        return False
    for wide in (1, 2):
        end = line.indent + len(line.text) * wide
        at = row.indent
        for part in re.split("( {2,})", row.text):
            after = at + (len(part) if part.isspace() or wide == 1 else sum(1 + (char > "\u2e7f") for char in part))
            if part[:1] > "\u2e7f" and at <= line.indent and end <= after + 1:
                return True
            at = after
    return False


def _begins(line: Line) -> list[int]:
    """Where the cells of a row set with spaces begin whose names can go on below, by either width of a Chinese character."""
    starts = [0, *(match.end() for match in _SPACES.finditer(line.text))]
    names = [at for at in starts if line.text[at] > "\u2e7f"]
    wide = [sum(char > "\u2e7f" for char in line.text[:at]) for at in names]
    return [line.indent, *(line.indent + at + more * k for at, more in zip(names, wide, strict=True) for k in (0, 1))]


_SPACES = re.compile(" {2,}")


def _words_apart(line: Line) -> list[str]:
    return [words for words in line.text.split("  ") if words.strip()]


def _has_figure(line: Line) -> bool:
    return any(_NUMERIC_CELL.fullmatch(words) for words in line.text.split())


_TITLE_LINES = 4
_TITLE_OF_TABLE = seldom(r"(?!其中|(?:部门|预算)?公开|附?表)[^，。：；]{2,40}表(?:（[^（）]{1,12}）)?")
_TITLE_OF_FORM = seldom(
    r"[^，。：；|]{0,40}绩效(?:目标)?(?:自评|自我评价|评价|完成情况|申报|批复|监控)?[^，。：；|]{0,8}表(?:（[^（）]{1,12}）)?"
)
_TITLE_OF_REPORT = seldom("20\\d\\d年度?.{0,10}(?:预算|决算|公开|报告)")
_TITLE_IN_MARKS = seldom(r"(?:附?表 ?)?[一二三四五六七八九十\d]{1,3}[、.．：] ?《[^《》]{2,40}表》")
_UNIT_OF_TABLE = seldom(r"单位[：:] *(?:人民币)?(?:[百千万亿]*元|人)")


def _under_title(lines: list[Line], at: int, end: int) -> int | None:
    """Where the cells begin under a line that is the title of a table, if the unit of that stands below it, or the title is
    numbered and in the marks of one; else None."""
    if not _is_titled(lines[at].text):
        return None
    if _TITLE_IN_MARKS.fullmatch(lines[at].text):
        return at + 1
    for below in range(at + 1, min(at + _TITLE_LINES, end)):
        text = lines[below].text
        if _UNIT_OF_TABLE.search(text):
            return below + 1
        if _NUMERIC_CELL.fullmatch(text) or _is_titled(text):
            break
    return None


def _is_titled(text: str) -> bool:
    text = text.removesuffix("》")
    if not text.endswith(("表", "）")):
        return False
    return _TITLE_OF_TABLE.fullmatch(text) is not None or _NUMBERED_TITLE.fullmatch(text) is not None


def _after_title(lines: list[Line], start: int, end: int) -> int:
    """Where a run of short lines begins if a title stands over it: behind the first blank line, if not every cell has one, or
    behind the title of the form that the document is."""
    if start < _TITLE_LINES and start + 1 < end and _TITLE_OF_FORM.fullmatch(lines[start].text):
        return start + 1
    for at in range(start + 1, min(start + _TITLE_LINES, end - 1) + 1):
        if _NUMERIC_CELL.fullmatch(lines[at - 1].text):
            break
        if lines[at].gap == BLANK:
            return at if at + 1 < end and lines[at + 1].gap == SOFT else start
    return start


def _before_signature(lines: list[Line], start: int, end: int) -> int:
    """Where a run of short lines ends if the report is signed below it: before the name above its date, cut or whole."""
    for at in range(max(start, end - 4), min(end + 1, len(lines))):
        date = "".join(line.text.replace(" ", "") for line in lines[at : at + 3])
        if lines[at].text[0].isdigit() and _FULL_DATE.match(date):
            for _ in range(2):
                at -= at > start and not _NUMERIC_CELL.fullmatch(lines[at - 1].text)
            return at
    return end


_NUMBERED_TITLE = seldom(r"附?表 ?(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:-\d{1,2})?)[：:、.． ][^，。；]{2,40}")


def _before_caption(lines: list[Line], start: int, end: int) -> int:
    """Where a run of short lines ends if a table of another kind follows it: before the title and the unit of that."""
    at = end
    while at > start and at > end - _TITLE_LINES:
        text = lines[at - 1].text
        if not (_UNIT_OF_TABLE.search(text) or _is_titled(text) or _NUMBERED_TITLE.fullmatch(text)):
            break
        at -= 1
    return at


_IN_BRACKETS = seldom("（[^（）]{1,8}）")
_MADE_PUBLIC = seldom(r"(?:公开|公示|发布)(?:时间|日期)[：:] ?(?:19|20)\d\d")


def _cell_like(text: str) -> bool:
    return (
        len(text) <= _CELL_MAX
        and not SENTENCE.search(text if "（" not in text else _IN_BRACKETS.sub("", text))
        and not DATE_LINE.fullmatch(text)
        and _MADE_PUBLIC.match(text) is None
        and _END_OF_DATE.fullmatch(text) is None
    )


_LEVEL_HEADS = seldom("(?:[一二三]级(?:绩效)?指标(?:名称)?){2}")
_HEADS_CUT = 4
"""Lines that two headings of levels stand in, each of them cut in two."""
_WHOLE = seldom("(?:总分|合计|总计)(?:（.{1,8}）)?")
_ROW_OF_FORM = 8
"""Cells of a form of indicators from one mark to the next."""


def _is_filled(lines: list[Line]) -> bool:
    """Whether a form of indicators says how much of them: targets such as ≥1.2公里 are no bare numbers."""
    return sum(any(char.isdigit() for char in line.text) for line in lines) > 1


def _heads_levels(lines: list[Line], at: int) -> bool:
    """Whether the headings of a form of indicators begin at a line: 一级指标, 二级指标, each in one line or cut in two."""
    if lines[at].text[1:2] != "级":
        return False
    words = ""
    for count, line in enumerate(lines[at : at + _HEADS_CUT], 1):
        words += line.text
        if count > 1 and _LEVEL_HEADS.fullmatch(words):
            return True
    return False


def _heads_block(lines: list[Line], at: int) -> bool:
    """Whether a block of a form begins at a line whose rows are scored one by one: 资金管理情况 over 分值 and 得分."""
    if not _SCORED_BLOCK.fullmatch(lines[at].text):
        return False
    return sum(_MARKS_HEAD.match(line.text) is not None for line in lines[at + 1 : at + 1 + _ROW_OF_FORM]) > 1


_SCORED_BLOCK = seldom("(?:资金|预算|项目|财务|业务|组织|过程)管理(?:情况)?")
_MARKS_HEAD = seldom("(?:标准|指标)?(?:分值|权重|满分)|(?:自评|评价)?得分")


def _beside_marks(lines: list[Line], at: int) -> bool:
    """Whether a sentence in a form is a cell of it: marks stand below it, or two right over it, of which it gives the reason."""
    over = [line.text for line in lines[max(at - 2, 0) : at]]
    right_under = len(over) > 1 and all(_NUMERIC_CELL.fullmatch(text) for text in over) and lines[at].mark is None
    return _marks_follow(lines, at) or (right_under and len(lines[at].text) <= _CELL_MAX)


_COUNTED = seldom(r"[≥≤＞＜><≧≦＝=] ?\d.{0,16}|\d[\d,.]*[^\d。；！？，]{0,8}")
"""A target or a result that counts: ≥95%, 12所."""
_DATED = seldom(r"[^。；！？，]{0,8}\d{1,4} ?[年月日][^。；！？，]{0,10}")
"""One that says when: 12月底前."""
_TO_TARGET = 5
"""Cells from a reason, or a date, to the next target: levels and a name."""


def _beside_targets(lines: list[Line], at: int) -> bool:
    """Whether a sentence or a date in a form that has no marks is a cell of it: when a thing was done, beside when it was to be; a
    reason, under a result. The rows of the form go on below, or it ends there and the next one begins.
    """
    line = lines[at]
    over = lines[at - 1].text if at else ""
    if DATE_LINE.fullmatch(line.text):
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        if not (_DATED.fullmatch(over) or _DATED.fullmatch(below)):
            return False
        if at + 1 < len(lines) and SENTENCE.search(below):
            return _beside_targets(lines, at + 1)
    elif line.mark is not None or len(line.text) > _CELL_MAX or not _is_counted(over):
        return False
    after = [line.text for line in lines[at + 1 : at + 1 + _TO_TARGET]]
    if after and _TITLE_OF_FORM.fullmatch(after[0]):
        return True
    counted = next((k for k, text in enumerate(after) if _is_counted(text)), len(after))
    return counted < len(after) and not any(
        _TITLE_OF_FORM.fullmatch(text) or not _cell_like(text) for text in after[:counted]
    )


def _is_counted(text: str) -> bool:
    return _COUNTED.fullmatch(text) is not None or _DATED.fullmatch(text) is not None


def _marks_follow(lines: list[Line], at: int) -> bool:
    """Whether a sentence in a form is a cell of it, a reason or a target: marks of the same row or the next stand below it."""
    if lines[at].mark is not None or lines[at].gap == PAGE:
        return False
    after = [line.text for line in lines[at + 1 : at + 1 + _ROW_OF_FORM]]
    figures = next((k for k, text in enumerate(after) if _NUMERIC_CELL.fullmatch(text)), len(after))
    return figures < len(after) and all(_cell_like(text) for text in after[:figures])


_MAY_MARK = frozenset("0123456789第附表图（(一二三四五六七八九十百零〇○两首") | {
    chr(code) for code in (*range(0x2460, 0x249C), *range(0x3220, 0x322A))
}


def marker(text: str) -> Numbering | None:
    """The numbering that a line begins with; 5.00 万元 begins with none."""
    if not text or text[0] not in _MAY_MARK:
        return None
    return _heading_marker(text) if len(text) <= _HEADING_MAX else _marker(text)


def _marker(text: str) -> Numbering | None:
    mark = numbering(text)
    if mark is not None and mark.style == "arabic_multi" and _FIGURE_FIRST.match(text):
        return None
    return mark


# Headings come again from report to report.
_HEADING_MAX = 40
_heading_marker = lru_cache(maxsize=4096)(_marker)
