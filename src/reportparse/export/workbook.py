"""Tables as a workbook for the office: a sheet each, Chinese heads, figures as numbers, links from problems to their numbers.

Over 400 lines because what a cell can hold, how sheets go on and what links to what depend on one another.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from decimal import Context, Decimal
from pathlib import Path
from traceback import clear_frames
from typing import Any, NamedTuple

from reportparse.batch.run import WORST_FIRST
from reportparse.batch.terms import CHECKS
from reportparse.concepts import load_concepts
from reportparse.export.documents import Document, Lines
from reportparse.export.meanings import about_column
from reportparse.export.rows import CONSISTENT, Cell, Column, Row, Table
from reportparse.export.spool import Spool
from reportparse.export.targets import new_file, spare
from reportparse.export.words import OUTCOMES, TITLES, WORDS, member_word
from reportparse.export.written import Written

__all__ = ["write_workbook"]

ROWS = 1_048_576
"""Rows of a sheet, its head included: Excel has no more. What is more goes on in a sheet of its own."""
LINKS = 65_530
"""Links of a sheet. What is more are formulas: as good to click, but a cell is then no plain text any more."""
_LONGEST = 32_767
"""Characters of a cell, in units of UTF-16."""
_FORMULA_TEXT = 255
"""Characters of a text in a formula or a link."""
_EXACT_DIGITS = 15
"""Digits that a cell, a double, holds exactly."""
_ALL = Context(prec=100_000)
"""As many digits as there are: the usual context rounds."""
_CITED = 8
"""Facts of a finding that have a link of their own."""
_CALLED = 60
"""Characters of a fact's name where a finding points to it; the whole stands in its row."""
_PRINTED = 230
"""Characters that are printed side by side at most: more would be too small to read on a sheet of A4."""
_WRAPPED = frozenset({"message", "quotes", "section", "other_section"})
"""What goes on in a second line, of the sheets of problems: on paper nothing can be widened."""
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_SHEETS = {
    "reports": (
        "file", "title", "department", "fiscal_year", "kind", "problems", "inconsistent", "doubtful", "unusual", "*", "region",
        "region_level", "region_code", "issuer", "date", "pages", "facts", "quantities", "claimed", "unclaimed", "missing",
    ),
    "facts": (
        "file", "department", "fiscal_year", "concept_zh", "member", "label", "period", "basis", "fund", "aspect", "state", "value", "unit", "yuan", "text",
        "quote", "page", "section", "found_in", "notes", "verdict", "reviewer", "reviewed", "comment", "read_as", "crossed", "member_code", "kind", "role", "qualifier", "value_max",
        "confidence", "id", "key", "rule", "span_start", "span_end",
    ),
    "findings": (
        "file", "department", "fiscal_year", "relation", "outcome", "message", "reported", "computed", "unit", "difference", "causes",
        "page",
        "section", "quotes", "*", "low", "high", "code", "id", "verdict", "comment",
    ),
    "across": (
        "department", "relation", "outcome", "message", "difference", "file", "page", "quote", "section", "other_file", "other_page",
        "other_quote", "other_section", "value", "unit", "yuan", "other_value", "other_unit", "other_yuan", "code", "id", "verdict",
    ),
    "unclaimed": ("file", "label", "value", "unit", "quote", "page", "section", "yuan", "kind", "found_in", "id", "span_start", "span_end"),
    "failures": ("file", "code", "reason"),
}  # fmt: skip
"""What stands on a sheet, from the left; ``*`` is for the figures that were asked for, or the links to facts."""
_WIDTHS = {
    "file": 34, "title": 40, "department": 26, "issuer": 26, "message": 72, "key": 48, "quote": 16, "label": 24, "reason": 44, "causes": 30,
    "quotes": 40, "text": 30, "section": 22, "concept_zh": 22, "member": 20, "fiscal_year": 7, "page": 6, "unit": 7, "state": 7, "basis": 9,
    "fund": 13, "aspect": 8, "period": 10, "problems": 7, "inconsistent": 7, "doubtful": 7, "unusual": 7, "missing": 30, "notes": 30,
    "rule": 30, "outcome": 9, "relation": 14, "other_file": 34, "other_quote": 16, "other_section": 22, "other_page": 6, "other_unit": 7,
    "verdict": 9, "reviewer": 10, "reviewed": 20, "comment": 30, "read_as": 40,
}  # fmt: skip


_WORST_FIRST = {OUTCOMES[outcome]: at for at, outcome in enumerate(WORST_FIRST)}


class _Place(NamedTuple):
    """A row of a sheet, to link to."""

    sheet: str
    row: int

    def written(self) -> str:
        return f"#'{self.sheet}'!A{self.row + 1}"


class _Book:
    """The workbook, its formats, and what its last sheet has to say."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        self._failure = xlsxwriter.exceptions.XlsxFileError
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book: Any = xlsxwriter.Workbook(path, options)
        head = {"bold": True, "bg_color": "#DDE7F3", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = self.book.add_format(head)
        self.head_of_figures = self.book.add_format({**head, "align": "right"})
        self.link = self.book.add_format({"font_color": "#0563C1", "underline": 1})
        self.top = self.book.add_format({"valign": "top"})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        self._numbers: dict[tuple[bool, int, bool], Any] = {}
        self.cut = 0
        self.inexact = 0
        self.links = Counter[str]()

    def close(self) -> None:
        """Write it.

        Raises:
            OSError: that cannot be done.
        """
        try:
            self.book.close()
        except self._failure as error:  # only what it says at the end, of all that it does, is no OSError
            cause = error.args[0] if error.args else None
            number = (cause.errno if isinstance(cause, OSError) else None) or errno.EFBIG
            _let_go(error)
            raise OSError(number, os.strerror(number)) from None

    def number(self, grouped: bool, places: int, link: bool = False) -> Any:
        """The format of a number with so many places, in groups of three digits or not."""
        known = (grouped, places, link)
        if known not in self._numbers:
            pattern = ("#,##0" if grouped else "0") + (f".{'0' * places}" if places else "")
            colours = {"font_color": "#0563C1", "underline": 1} if link else {}
            self._numbers[known] = self.book.add_format({"num_format": pattern, **colours})
        return self._numbers[known]

    def text(self, text: str, longest: int = _LONGEST) -> str:
        """What a cell can hold of a text: no more than fits, and nothing that XML does not know."""
        text = _UNWRITABLE.sub("\ufffd", text)
        if text.startswith("<r>") and text.endswith("</r>"):  # XlsxWriter takes that for markup of its own
            text = f"{text} "
        if len(text) > longest // 2 and len(text.encode("utf-16-le")) // 2 > longest:
            self.cut += 1
            ending = f"…（共 {len(text)} 字，未完）"
            room = text.encode("utf-16-le")[: 2 * (longest - len(ending))]
            text = room.decode("utf-16-le", "ignore") + ending
        return text


def _let_go(error: BaseException | None) -> None:
    """Drop what the frames of a failure hold: an archive on a full disk fails to be closed once more as it goes, and Python would
    print that failure too, with where it was.
    """
    hook = sys.unraisablehook
    sys.unraisablehook = lambda _: None
    try:
        while error is not None:
            clear_frames(error.__traceback__)
            error = error.__context__
    finally:
        sys.unraisablehook = hook


class _Sheets:
    """The sheets of one table: the first, and those that go on where it is full. ``count`` is how many rows there are."""

    def __init__(self, book: _Book, table: Table) -> None:
        self.book = book
        self.table = table
        order = _SHEETS[table.name]
        by_name = {column.name: at for at, column in enumerate(table.columns)}
        mentioned = {name for names in _SHEETS.values() for name in names}
        self.shown: list[tuple[int, Column]] = []
        for name in order:
            if name != "*":
                self.shown.append((by_name[name], table.columns[by_name[name]]))
            elif table.name == "reports":  # a sheet has no use for fingerprints
                more = [at for at, column in enumerate(table.columns) if column.name not in mentioned | {"sha256"}]
                self.shown += [(at, table.columns[at]) for at in more]
            else:
                self.shown += [(-at, Column(f"fact_{at}", f"数 {at}")) for at in range(1, _CITED + 1)]
        self.count = 0
        self.names: list[str] = []
        self.sheet: Any = None
        self._begin()

    def place(self, index: int) -> _Place:
        """Where the row of that number, from 0, is or will be."""
        sheet, row = divmod(index, ROWS - 1)
        return _Place(self._name(sheet), row + 1)

    def _name(self, number: int) -> str:
        return self.table.sheet + (str(number + 1) if number else "")

    def _begin(self) -> None:
        self._end()
        self.names.append(self._name(len(self.names)))
        self.sheet = self.book.book.add_worksheet(self.names[-1])
        self.sheet.freeze_panes(1, 1)
        self.sheet.set_row(0, 34)  # two lines: heads are longer than what stands under them
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.repeat_rows(0)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        self.sheet.set_footer("&L&A&C&P / &N")
        for at, (_, column) in enumerate(self.shown):
            self.sheet.set_column(at, at, _width(column))
            figures = column.type not in ("text", "list")
            self.sheet.write_string(0, at, column.head, self.book.head_of_figures if figures else self.book.head)

    def _end(self) -> None:
        if self.sheet is not None:
            self.sheet.autofilter(0, 0, max(self._row(), 1), len(self.shown) - 1)
            self.sheet.print_area(0, 0, max(self._row(), 1), self._last_printed())

    def _last_printed(self) -> int:
        """The last column that is printed: those on the right are for the screen."""
        last = width = 0
        for at, (_, column) in enumerate(self.shown):
            width += _width(column)
            if width > _PRINTED and at:
                break
            last = at
        return last

    def _row(self) -> int:
        return self.count - (len(self.names) - 1) * (ROWS - 1)

    def add(self, row: Row, links: dict[str, tuple[str, _Place]]) -> None:
        """Another row; ``links`` are those of its cells by the name of the column, with their words if the row has none."""
        if self._row() == ROWS - 1:
            self._begin()
        self.count += 1
        at_row = self._row()
        printed = self.table.name in ("facts", "unclaimed")
        places = row[self.table.at("decimals")] if printed else None
        in_groups = not printed or row[self.table.at("kind")] == "amount"  # a year is none
        for at, (of, column) in enumerate(self.shown):
            cell = row[of] if of >= 0 else links.get(column.name, ("",))[0]
            if isinstance(cell, str):
                cell = self._worded(column.name, cell, row)
            if cell is None or cell == "":
                continue
            link = links[column.name][1] if column.name in links else None
            if isinstance(cell, str):
                is_wrapped = self.table.name in ("findings", "across") and column.name in _WRAPPED
                self._write_text(at_row, at, cell, link, self.book.wrapped if is_wrapped else None)
            elif isinstance(cell, Decimal | int):
                grouped = column.type == "money" or (column.type == "number" and in_groups)
                self._write_number(at_row, at, cell, column, grouped, places if column.name == "value" else None, link)

    def _worded(self, column: str, cell: str, row: Row) -> str:
        """What stands in a cell for an id: an office reads words."""
        if column == "relation":
            return CHECKS[str(row[self.table.at("code")])][0]
        if self.table.name == "reports":
            return "、".join(map(_concept_word, cell.split("、"))) if column == "missing" else cell
        if column == "text" and row[self.table.at("concept")] == "document.kind":
            return TITLES.get(cell, cell)
        return WORDS[column].get(cell, cell) if column in WORDS else cell

    def _write_text(self, row: int, at: int, text: str, link: _Place | None, style: Any) -> None:
        name = self.names[-1]
        if link is None:
            self.sheet.write_string(row, at, self.book.text(text), style)
        elif self.book.links[name] < LINKS:
            self.book.links[name] += 1
            told = self.book.text(text)
            # The words of a link stand in an attribute too, where nothing escapes them and they must not be long.
            shown = _CONTROL.sub("\ufffd", told)[:_FORMULA_TEXT]
            self.sheet.write_url(row, at, f"internal:{link.written()[1:]}", self.book.link, shown)
            if told != shown:
                self.sheet.write_string(row, at, told, self.book.link)
        else:
            said = _CONTROL.sub("\ufffd", self.book.text(text, _FORMULA_TEXT))
            quoted = said.replace('"', '""')
            self.sheet.write_formula(row, at, f'=HYPERLINK("{link.written()}","{quoted}")', self.book.link, said)

    def _write_number(
        self, row: int, at: int, number: Decimal | int, column: Column, grouped: bool, places: Cell, link: _Place | None
    ) -> None:
        exact = Decimal(number)
        digits, exponent = exact.normalize(_ALL).as_tuple()[1:]
        if len(digits) > _EXACT_DIGITS or abs(exact.adjusted()) > _EXACT_DIGITS:
            self.book.inexact += 1
            self.sheet.write_string(row, at, self.book.text(f"{exact:f}"))  # as a number it would lose digits
            return
        shown = places if isinstance(places, int) else max(0, -int(exact.as_tuple().exponent))
        if column.type == "money":
            shown = max(2, -int(exponent))
        style = self.book.number(grouped, min(shown, _EXACT_DIGITS), link is not None)
        if link is not None and self.book.links[self.names[-1]] < LINKS:
            self.book.links[self.names[-1]] += 1
            self.sheet.write_url(row, at, f"internal:{link.written()[1:]}", style, str(number))
            link = None  # and over its words the number
        if link is not None:
            self.sheet.write_formula(row, at, f'=HYPERLINK("{link.written()}",{exact:f})', style, float(exact))
        else:
            self.sheet.write_number(row, at, float(exact), style)

    def done(self) -> None:
        """No more rows come."""
        self._end()


def _concept_word(id: str) -> str:
    known = load_concepts()
    return known[id].zh if id in known else id


def _width(column: Column) -> int:
    return _WIDTHS.get(column.name, 17 if column.is_exact else 18 if column.name.startswith("fact_") else 11)


def write_workbook(lines: Lines, target: Path, tables: Sequence[Table]) -> Written:
    """A workbook: 报告总表, 事实明细, 勾稽问题 (what is not consistent, the worst first), 报告之间, 未识别, 失败清单, and 说明, which says
    what is where.
    """
    spare(lines.path, [target])
    with new_file(target) as new:
        book = _Book(new)
        try:
            sheets = {table.name: _Sheets(book, table) for table in tables if table.name in _SHEETS}
            with _Waiting() as waiting:
                for document in lines:
                    _add(document, sheets, waiting)
                _finish(lines, sheets, waiting)
            for one in sheets.values():
                one.done()
            notes = _notes(book, sheets)
            said = [*(lines.corrections.notes() if lines.corrections is not None else ()), *notes]
            _explain(book, sheets, said)
        except BaseException:
            with suppress(Exception):  # what it keeps for its rows goes with it
                book.book.close()
            raise
        book.close()
    return Written({name: one.count for name, one in sheets.items()}, tuple(notes))


_Links = dict[str, tuple[str, _Place]]


class _Waiting:
    """Rows whose place is known when all lines are through: those of problems, the worst of all first, and those of reports, each
    with a link to the first of its problems.
    """

    def __init__(self) -> None:
        self.reports = Spool()
        self.problems = Spool()
        self.weights: list[tuple[int, Decimal, int]] = []
        """What comes first: how bad, how much, and the number of each problem."""

    def __enter__(self) -> _Waiting:
        return self

    def __exit__(self, *_: object) -> None:
        self.reports.__exit__(None, None, None)
        self.problems.__exit__(None, None, None)


def _add(document: Document, sheets: dict[str, _Sheets], waiting: _Waiting) -> None:
    first_fact = sheets["facts"].count
    findings = sheets["findings"].table
    outcome, cited = findings.at("outcome"), findings.at("facts")
    own: _Links = {}
    report = None
    if "error" not in document:
        report = len(waiting.reports)
        own["file"] = ("", sheets["reports"].place(report))
    for row in sheets["reports"].table.rows(document):
        waiting.reports.add(row)
    member, label, quote = (sheets["facts"].table.at(name) for name in ("member", "label", "quote"))
    facts: _Facts = {}
    for at, row in enumerate(sheets["facts"].table.rows(document)):
        named = list(row)
        if isinstance(row[member], str):
            named[member] = member_word(str(row[member]))
        sheets["facts"].add(named, {})
        called = " ".join(f"{row[label] or ''} {row[quote] or ''}".split())
        called = called if len(called) <= _CALLED else f"{called[:_CALLED]}…"
        facts[row[1]] = (called, sheets["facts"].place(first_fact + at))
    for row in findings.rows(document):
        if row[outcome] != CONSISTENT:
            ids = row[cited]
            known = [facts[id] for id in ids if id in facts] if isinstance(ids, tuple) else []
            links = own | {f"fact_{at}": one for at, one in enumerate(known[:_CITED], 1)}
            weight = _weight(row, outcome, findings.at("difference"))
            waiting.weights.append((*weight, waiting.problems.add((row, report, links))))
    for name in ("unclaimed", "failures"):
        for row in sheets[name].table.rows(document):
            sheets[name].add(row, own)


_Facts = dict[object, tuple[str, _Place]]


def _finish(lines: Lines, sheets: dict[str, _Sheets], waiting: _Waiting) -> None:
    findings, reports, across = sheets["findings"], sheets["reports"], sheets["across"]
    first: dict[int, _Place] = {}
    waiting.weights.sort()
    for at, (*_, number) in enumerate(waiting.weights):
        row, report, links = waiting.problems.take(number)
        if report is not None:
            first.setdefault(report, findings.place(at))
        findings.add(row, links)
    for at, row in enumerate(waiting.reports):
        reports.add(row, {"problems": ("", first[at])} if at in first else {})
    outcome, size = across.table.at("outcome"), across.table.at("difference")
    for row in sorted(
        (row for row in across.table.after(lines) if row[outcome] != CONSISTENT),
        key=lambda row: _weight(row, outcome, size),
    ):
        across.add(row, {})


def _weight(row: Row, outcome: int, size: int) -> tuple[int, Decimal]:
    """The worst first: by how a finding came out, then by how much money figures are apart."""
    apart = row[size]
    return _WORST_FIRST.get(str(row[outcome]), len(_WORST_FIRST)), -apart if isinstance(apart, Decimal) else Decimal(1)


def _notes(book: _Book, sheets: dict[str, _Sheets]) -> list[tuple[str, str]]:
    notes = [
        (f"{one.names[0]} 超过一张表的 {ROWS - 1} 行，续在 {'、'.join(one.names[1:])}",
         f"{one.names[0]} has more rows than a sheet holds ({ROWS - 1}): it goes on in {', '.join(one.names[1:])}")
        for one in sheets.values() if len(one.names) > 1
    ]  # fmt: skip
    if book.cut:
        notes.append((
            f"{book.cut} 个单元格的文字超过 Excel 的上限，只有开头，末尾注明“未完”；全文在 JSON Lines",
            f"{book.cut} cells hold only the beginning of their text, and say so (未完): the whole stands in the JSON Lines",
        ))  # fmt: skip
    if book.inexact:
        notes.append((
            f"{book.inexact} 个数超过 {_EXACT_DIGITS} 位，作为文字写入，以免丢失位数",
            f"{book.inexact} numbers of more than {_EXACT_DIGITS} digits are text, so that no digit is lost",
        ))  # fmt: skip
    return notes


def _explain(book: _Book, sheets: dict[str, _Sheets], notes: Sequence[tuple[str, str]]) -> None:
    about = {
        "reports": "一份报告一行，金额以元计；“问题”链接到该报告的第一个问题",
        "facts": "一个印出的数（或词）及其含义，一个一行；“数值”用原单位，“金额（元）”换算成元",
        "findings": "与报告其他数字对不上或可疑的地方；“文件”链接到报告，“数 1”等链接到所涉的数，第一个是被核对的；最要紧的在前：先看结果，再看差额；相符的结果不列",
        "across": "同一单位各年度、各文种的报告相互核对，对不上或可疑的地方，两份报告都列出；最要紧的在前；相符的不列",
        "unclaimed": "没有归入任何指标的数",
        "failures": "读不了的文件及原因",
    }
    sheet = book.book.add_worksheet("说明")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 110)
    for at, word in enumerate(("工作表", "行数", "内容")):
        sheet.write_string(0, at, word, book.head)
    for row, (name, one) in enumerate(sheets.items(), 1):
        sheet.write_url(row, 0, f"internal:'{one.names[0]}'!A1", book.link, one.names[0])
        sheet.write_number(row, 1, one.count, book.number(True, 0))
        sheet.write_string(row, 2, about[name])
    for row, (zh, _) in enumerate(notes, len(sheets) + 2):
        sheet.write_string(row, 0, "注意")
        sheet.write_string(row, 2, zh)
    row = len(sheets) + len(notes) + 3
    for at, word in enumerate(("工作表", "列", "意思")):
        sheet.write_string(row, at, word, book.head)
    for one in sheets.values():
        for _, column in one.shown:
            row += 1
            meaning = about_column(one.table.name, column.name)[0]
            for at, word in enumerate((one.names[0], column.head, meaning)):
                sheet.write_string(row, at, book.text(word))
