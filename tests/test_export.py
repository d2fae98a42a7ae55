"""JSON Lines in every form: each says the same, digit for digit where it can, and says where it cannot."""

from __future__ import annotations

import csv
import errno
import gc
import json
import os
import re
import sqlite3
import sys
import tracemalloc
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path, PureWindowsPath
from typing import Any
from xml.etree import ElementTree

import duckdb
import pandas
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from conftest import CORPUS
from reportparse import parse
from reportparse.batch import Settings, run
from reportparse.cli import main
from reportparse.concepts import load_concepts
from reportparse.emit import to_json
from reportparse.errors import BatchError, GoldError
from reportparse.export import FORMATS, Progress, export, form_of, in_the_way, missing_for, workbook
from reportparse.export.meanings import about_column
from reportparse.export.rows import Column, identifiers, tables
from reportparse.export.separate import INDEX, Names
from reportparse.export.wide import shown, wanted
from reportparse.export.words import member_word

FILES = ("bu-shengsi-fishing-culture.txt", "sc-2023-archives.txt", "tr-song-linkage.txt")
TARGETS = {"csv": "tables", "sqlite": "all.sqlite", "xlsx": "all.xlsx", "parquet": "all.parquet", "json": "files"}


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lines")
    (folder / "in").mkdir()
    for name in FILES:
        (folder / "in" / name).write_bytes((CORPUS / name).read_bytes())
    (folder / "in" / "=1+1.txt").write_bytes(b"")
    run(Settings([str(folder / "in")], str(folder / "out"), workers=1))
    return folder / "out" / "reports.jsonl"


@pytest.fixture(scope="module")
def every(lines: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every form of the lines."""
    folder = tmp_path_factory.mktemp("every")
    for form, name in TARGETS.items():
        export(lines, folder / name, form)
    export(lines, folder / "flat", "parquet")
    return folder


def documents(lines: Path) -> list[dict[str, Any]]:
    return [json.loads(line, parse_float=Decimal) for line in lines.read_bytes().splitlines()]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def opened(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    base.row_factory = sqlite3.Row
    return base


class Sheet:
    """A sheet as the format has it: rows by the heads of their columns, formulas and links by the names of cells."""

    def __init__(self, book: zipfile.ZipFile, number: int) -> None:
        space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
        self.cells: dict[str, str | float] = {}
        self.formulas: dict[str, str] = {}
        for cell in tree.iter(f"{space}c"):
            words = "".join(text.text or "" for text in cell.iter(f"{space}t"))
            value, formula = cell.find(f"{space}v"), cell.find(f"{space}f")
            if formula is not None:
                self.formulas[cell.attrib["r"]] = formula.text or ""
            if value is not None and cell.get("t") != "str":
                self.cells[cell.attrib["r"]] = float(value.text or "nan")
            else:
                self.cells[cell.attrib["r"]] = _unescaped(words if value is None else value.text or "")
        self.links = {one.attrib["ref"]: one.attrib["location"] for one in tree.iter(f"{space}hyperlink")}
        self.heads = {
            re.sub(r"\d", "", at): str(text) for at, text in self.cells.items() if re.fullmatch("[A-Z]+1", at)
        }
        by_row: dict[int, dict[str, str | float]] = {}
        for at, value in self.cells.items():
            column, row = re.fullmatch(r"([A-Z]+)(\d+)", at).groups()  # type: ignore[union-attr]
            by_row.setdefault(int(row), {})[self.heads.get(column, column)] = value
        self.rows = [row for number, row in sorted(by_row.items()) if number > 1]

    def at(self, row: int, head: str) -> str:
        return next(column for column, text in self.heads.items() if text == head) + str(row)


def _unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def sheets(path: Path) -> dict[str, Sheet]:
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        return {name: Sheet(book, number) for number, name in enumerate(names, 1)}


Fact = tuple[str, str, str | None, str | None]
"""Whose it is, its id, and the digits of its value and of its yuan."""


def digits(number: Any) -> str | None:
    return None if number is None or number == "" or not isinstance(number, Decimal | int) else f"{Decimal(number):f}"


def facts_of(lines: Path) -> Counter[Fact]:
    return Counter(
        (document["source"]["name"], fact["id"], digits(fact["value"]), digits(fact["yuan"]))
        for document in documents(lines)
        for fact in document.get("facts", ())
    )


def facts_in(folder: Path) -> Iterator[tuple[str, Counter[Fact]]]:
    """The facts of each form, read as that form has them."""
    yield (
        "csv",
        Counter(
            (_bare(row["file"]), row["id"], row["value"] or None, row["yuan"] or None)
            for row in read_csv(folder / "tables" / "facts.csv")
        ),
    )
    with closing(opened(folder / "all.sqlite")) as base:
        told = base.execute(
            "SELECT r.file, f.id, value_exact, yuan_exact FROM facts f JOIN reports r ON r.pk = f.report"
        )
        yield "sqlite", Counter(tuple(row) for row in told)
    columns = ["file", "id", "value_exact", "yuan_exact"]
    if (folder / "flat").exists():
        yield (
            "flat",
            Counter(
                tuple(row.values())
                for row in parquet.read_table(folder / "flat" / "facts.parquet", columns=columns).to_pylist()
            ),
        )
    nested = parquet.read_table(folder / "all.parquet", columns=["file", "facts"]).to_pylist()
    yield (
        "parquet",
        Counter(
            (row["file"], fact["id"], fact["value_exact"], fact["yuan_exact"])
            for row in nested
            for fact in row["facts"]
        ),
    )
    found: Counter[Fact] = Counter()
    for path in sorted((folder / "files").rglob("*.json")):
        document = json.loads(path.read_bytes(), parse_float=Decimal)
        found.update(
            (document["source"]["name"], fact["id"], digits(fact["value"]), digits(fact["yuan"]))
            for fact in document.get("facts", ())
        )
    yield "json", found


def _bare(cell: str) -> str:
    """A cell of a CSV without the mark that keeps it from being a formula."""
    return cell[1:] if re.match("'[=+@\t\r-]", cell) else cell


def same_in_book(lines: Path, book: Path) -> None:
    """A cell is a double, or text with all digits."""
    rows = {
        (row["文件"], row["编号"]): row
        for name, sheet in sheets(book).items()
        if name.startswith("事实明细")
        for row in sheet.rows
    }
    count = 0
    for document in documents(lines):
        for fact in document.get("facts", ()):
            row = rows[document["source"]["name"], fact["id"]]
            count += 1
            for head, number in (("数值", fact["value"]), ("金额（元）", fact["yuan"])):
                if isinstance(number, Decimal | int):
                    cell = row[head]
                    assert (
                        (f"{Decimal(number):f}" == cell) if isinstance(cell, str) else (Decimal(repr(cell)) == number)
                    ), (fact, row)
                else:
                    assert head not in row
    assert count == len(rows) == sum(len(s.rows) for name, s in sheets(book).items() if name.startswith("事实明细"))


# --- every form says the same ------------------------------------------------------------------------------------


def test_every_fact_is_in_every_form_once_with_its_digits(lines: Path, every: Path) -> None:
    said = facts_of(lines)
    assert set(said.values()) == {1}
    for form, found in facts_in(every):
        assert found == said, form
    same_in_book(lines, every / "all.xlsx")


_TEXTS = st.one_of(
    st.sampled_from(["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", 'a "quoted"\nname', "<r>&lt;</r>", "_x0041_", "\x00\x01\x1b\x7f", "\ufffe\uffff", "长" * 40_000, "𠀀" * 20_000, "", "'"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)  # fmt: skip
_NUMBERS = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12),
    st.builds(lambda whole, places: Decimal(whole).scaleb(-places), st.integers(-(10**24), 10**24), st.integers(0, 30)),
    st.sampled_from([Decimal("1234567890123456789012345678901234567890"), Decimal("0.00"), Decimal("1E-7"), Decimal("1E+30"), Decimal("-0")]),
)  # fmt: skip


@settings(
    max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_a_line_holds_is_in_every_form_once(
    lines: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    made = []
    for number, document in enumerate(documents(lines)[1:3]):
        for fact in data.draw(st.lists(st.sampled_from(document["facts"]), max_size=12)):
            fact.update(label=data.draw(_TEXTS), quote=data.draw(_TEXTS))
            if isinstance(fact["value"], Decimal | int):
                # Of numbers beyond ten to the 18th JSON readers make what they like: ours are written with a point.
                fact.update(value=data.draw(_NUMBERS), yuan=data.draw(st.none() | _NUMBERS))
        document["source"]["name"] = (
            f"{number}/{data.draw(st.text(st.characters(exclude_categories=['Cs', 'Cc'], exclude_characters=chr(0xFFFE) + chr(0xFFFF)), max_size=20))}"
        )
        made.append(to_json(document))
    path = folder / "lines.jsonl"
    path.write_text("".join(f"{line}\n" for line in made), encoding="utf-8", newline="")
    for form, name in TARGETS.items():
        export(path, folder / name, form)
    for form, found in facts_in(folder):
        assert found == facts_of(path), form
    same_in_book(path, folder / "all.xlsx")


def test_rows_are_counted_and_those_of_all_tables_are_there(lines: Path, every: Path) -> None:
    reports = [parse(CORPUS / name) for name in FILES]
    counts = {
        "reports": 3, "sections": sum(len(one.sections) for one in reports), "facts": sum(len(one.facts) for one in reports),
        "findings": sum(len(one.findings) for one in reports), "unclaimed": sum(len(one.unclaimed) for one in reports), "failures": 1,
    }  # fmt: skip
    problems = sum(finding.outcome != "consistent" for one in reports for finding in one.findings)
    with closing(opened(every / "all.sqlite")) as base:
        for name, count in counts.items():
            assert len(read_csv(every / "tables" / f"{name}.csv")) == count
            assert base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] == count
            assert parquet.read_metadata(every / "flat" / f"{name}.parquet").num_rows == count
    book = sheets(every / "all.xlsx")
    assert list(book) == ["报告总表", "事实明细", "勾稽问题", "报告之间", "未识别", "失败清单", "说明"]
    assert [len(sheet.rows) for sheet in list(book.values())[:6]] == [
        3,
        counts["facts"],
        problems,
        0,
        counts["unclaimed"],
        1,
    ]
    nested = parquet.read_table(every / "all.parquet").to_pylist()
    assert [row["error"] is None for row in nested] == ["error" not in document for document in documents(lines)]
    for name in ("sections", "facts", "findings", "unclaimed"):
        assert sum(len(row[name]) for row in nested) == counts[name]
    assert export(lines, every / "again.parquet", "parquet").counts == counts


BODY = "安远市水利局"
ACCOUNT = (
    f"{BODY}{{year}}年度部门决算\n一、部门概况\n{BODY}是行政单位。\n二、收入支出决算总体情况\n"
    "{office}{year}年度本年收入合计{income}万元，本年支出合计{spent}万元，年初结转和结余{opening}万元，年末结转和结余{closing}万元。\n"
)


@pytest.fixture
def two_years(tmp_path: Path) -> Path:
    """The output of a batch over the accounts of one body: what is carried over does not agree, nor does a name."""
    (tmp_path / "in").mkdir()
    for year, office, opening, income, spent, left in (
        (2023, BODY, "10.00", "100.00", "95.00", "15.00"),
        (2024, "安远市林业局", "15.50", "120.00", "125.50", "10.00"),
    ):
        text = ACCOUNT.format(year=year, office=office, opening=opening, income=income, spent=spent, closing=left)
        (tmp_path / "in" / f"{year}.txt").write_text(text, encoding="utf-8")
    run(Settings([str(tmp_path / "in")], str(tmp_path / "out"), workers=1))
    return tmp_path / "out"


def test_what_is_between_reports_is_in_every_form(two_years: Path, tmp_path: Path) -> None:
    lines = two_years / "reports.jsonl"
    for form, name in (("csv", "tables"), ("sqlite", "all.sqlite"), ("xlsx", "all.xlsx"), ("parquet", "flat")):
        export(lines, tmp_path / name, form)
    rows = read_csv(tmp_path / "tables" / "across.csv")
    assert [(row["code"], row["outcome"]) for row in rows] == [("RP-ACROSS-002", "不符"), ("RP-U-004", "异常")]
    carried, name = rows
    assert (carried["file"], carried["quote"], carried["other_file"], carried["other_quote"], carried["difference"]) == (
        "2023.txt", "15.00万元", "2024.txt", "15.50万元", "5000",
    )  # fmt: skip
    assert (carried["section"], carried["page"], name["quote"]) == ("收入支出决算总体情况", "1", "安远市林业局")
    with closing(opened(tmp_path / "all.sqlite")) as base:
        assert base.execute("SELECT count(*) FROM across WHERE department = ?", (BODY,)).fetchone()[0] == 2
    assert parquet.read_metadata(tmp_path / "flat" / "across.parquet").num_rows == 2
    sheet = sheets(tmp_path / "all.xlsx")["报告之间"]
    assert [(row["文件"], row.get("另一文件"), row["核对"]) for row in sheet.rows] == [
        ("2023.txt", "2024.txt", "上下年结转衔接"), ("2024.txt", None, "单位名称"),
    ]  # fmt: skip
    # Lines alone have no text: what takes one document's sentences is not among these.
    (tmp_path / "alone.jsonl").write_bytes(lines.read_bytes())
    export(tmp_path / "alone.jsonl", tmp_path / "alone", "csv")
    assert [row["code"] for row in read_csv(tmp_path / "alone" / "across.csv")] == ["RP-ACROSS-002"]
    page = (two_years / "index.html").read_text(encoding="utf-8")
    assert 'id="between"' in page
    assert "2024年初结转15.50万元" in page
    assert "sentence of it speaks of 安远市林业局" in page


def judged(document: Mapping[str, Any], folder: Path, entries: Sequence[Mapping[str, Any]], **source: str) -> Path:
    """A file as the review page saves it."""
    about = {name: document["source"][name] for name in ("name", "sha256", "text_sha256")} | source
    path = folder / f"{about['name']}.corrections.json"
    said = {
        "corrections_version": 1,
        "source": about,
        "reviewer": "王敏",
        "complete": False,
        "saved": "2026-01-31T08:00:00.000Z",
    }
    empty = {"corrected": None, "comment": "", "quote": None, "span": None, "key": None}
    path.write_text(json.dumps(said | {"entries": [empty | one for one in entries]}, default=str), encoding="utf-8")
    return path


def of(fact: Mapping[str, Any]) -> dict[str, Any]:
    return {"of": "fact", "key": fact["key"], "span": fact["span"], "quote": fact["quote"]}


def test_tables_are_as_corrected_and_say_by_whom(two_years: Path, tmp_path: Path) -> None:
    lines = two_years / "reports.jsonl"
    document = documents(lines)[0]
    facts = {fact["key"]: fact for fact in document["facts"]}
    income, spent = (facts[f"{name}{{period=2023}}"] for name in ("revenue.current", "expenditure.current"))
    left = facts["balance.closing{period=2023}"]
    corrected = {
        "concept": "revenue.current", "member": None, "aspect": "value", "axes": {"period": "2023"}, "state": "stated",
        "value": "101.00", "unit": "万元", "role": "statement",
    }  # fmt: skip
    path = judged(document, tmp_path, [
        of(income) | {"verdict": "correct", "corrected": corrected, "comment": "原件为101"},
        of(spent) | {"verdict": "reject"},
        of(left) | {"verdict": "accept"},
        of(left) | {"verdict": "reject", "key": "balance.opening{period=2030}"},
    ])  # fmt: skip
    gone = judged(document, tmp_path, [], name="gone.txt", sha256="0" * 64)
    wide = ["revenue.current", "expenditure.current"]
    notes = [en for _, en in export(lines, tmp_path / "t", "csv", wide=wide, corrections=[path, gone]).notes]
    rows = {row["key"]: row for row in read_csv(tmp_path / "t" / "facts.csv") if row["file"] == "2023.txt"}
    mine = rows["revenue.current{period=2023}"]
    assert (mine["value"], mine["yuan"], mine["verdict"], mine["reviewer"], mine["reviewed"], mine["comment"]) == (
        "101.00", "1010000", "更正", "王敏", "2026-01-31T08:00:00.000Z", "原件为101",
    )  # fmt: skip
    assert mine["read_as"] == "revenue.current{period=2023} = 100.00万元"
    assert "expenditure.current{period=2023}" not in rows
    assert rows["balance.closing{period=2023}"]["verdict"] == "确认"
    report = read_csv(tmp_path / "t" / "reports.csv")[0]
    assert (report["revenue.current"], report["expenditure.current"]) == ("1010000", "")
    findings = [row for row in read_csv(tmp_path / "t" / "findings.csv") if row["file"] == "2023.txt"]
    assert not any(spent["id"] in row["facts"] for row in findings)
    assert notes[0] == (
        "review: 1 corrected, 0 added, 1 accepted; 1 rejected numbers and 0 false alarms are left out"
    )  # fmt: skip
    assert notes[1].startswith("1 judgements were not used")
    assert "balance.opening{period=2030}" in notes[2]
    assert notes[3] == "gone.txt.corrections.json is of a report that is not among these"
    export(lines, tmp_path / "x.xlsx", "xlsx", corrections=[tmp_path])
    assert any("更正 1 处" in str(row.get("内容")) for row in sheets(tmp_path / "x.xlsx")["说明"].rows)


def test_reports_are_laid_side_by_side_as_corrected(two_years: Path, tmp_path: Path) -> None:
    lines = two_years / "reports.jsonl"
    later = documents(lines)[1]
    opening = next(fact for fact in later["facts"] if fact["key"] == "balance.opening{period=2024}")
    corrected = {
        "concept": "balance.opening", "member": None, "aspect": "value", "axes": {"period": "2024"}, "state": "stated",
        "value": "15.00", "unit": "万元", "role": "statement",
    }  # fmt: skip
    path = judged(later, tmp_path, [of(opening) | {"verdict": "correct", "corrected": corrected}])
    notes = export(lines, tmp_path / "t", "csv", corrections=[path]).notes
    assert notes[0][1].startswith("review: 1 corrected")  # and not once more for what is between the reports
    rows = read_csv(tmp_path / "t" / "across.csv")
    assert [(row["code"], row["outcome"], row["verdict"]) for row in rows] == [
        ("RP-ACROSS-002", "相符", "按更正后的数核对"), ("RP-U-004", "异常", ""),
    ]  # fmt: skip


def test_numbers_that_a_reader_found_and_false_alarms(two_years: Path, tmp_path: Path) -> None:
    lines = two_years / "reports.jsonl"
    document = documents(lines)[0]
    finding = document["findings"][0]
    facts = {fact["id"]: fact for fact in document["facts"]}
    found = {
        "concept": "procurement.total", "member": None, "aspect": "value", "axes": {"period": "2023"}, "state": "stated",
        "value": "2023", "unit": "元", "role": "statement",
    }  # fmt: skip
    cited = [{"key": facts[id]["key"], "span": facts[id]["span"]} for id in finding["facts"]]
    path = judged(document, tmp_path, [
        {"of": "place", "verdict": "missing", "span": [6, 10], "quote": "2023", "page": 1, "corrected": found},
        {"of": "finding", "verdict": "reject", "code": finding["code"], "facts": cited},
        {"of": "concept", "verdict": "reject", "key": "revenue.nothing"},
    ])  # fmt: skip
    notes = export(lines, tmp_path / "t", "csv", corrections=[path]).notes
    rows = [row for row in read_csv(tmp_path / "t" / "facts.csv") if row["verdict"] == "补录"]
    assert [(row["key"], row["yuan"], row["quote"]) for row in rows] == [
        ("procurement.total{period=2023}", "2023", "2023")
    ]
    left = [row for row in read_csv(tmp_path / "t" / "findings.csv") if row["file"] == "2023.txt"]
    assert len(left) == len(document["findings"]) - 1
    assert "补录 1 处" in notes[0][0]
    assert "误报的 1 个" in notes[0][0]
    assert "1 条更正没有用上" in notes[1][0]


def test_corrections_of_another_reading_and_two_of_one_report(two_years: Path, tmp_path: Path) -> None:
    lines = two_years / "reports.jsonl"
    document = documents(lines)[0]
    (tmp_path / "b").mkdir()
    entry = of(document["facts"][0]) | {"verdict": "reject"}
    one = judged(document, tmp_path, [entry], text_sha256="0" * 64)
    other = judged(document, tmp_path / "b", [entry])
    assert "not used" in export(lines, tmp_path / "t", "csv", corrections=[one]).notes[1][1]
    assert len(read_csv(tmp_path / "t" / "facts.csv")) == sum(len(each["facts"]) for each in documents(lines))
    with pytest.raises(GoldError, match="RP-GOLD-004"):
        export(lines, tmp_path / "t", "csv", corrections=[one, other])
    with pytest.raises(BatchError, match="RP-BATCH-001"):
        export(lines, tmp_path / "t", "csv", corrections=[two_years])


def test_tables_go_into_no_folder_with_other_files(lines: Path, tmp_path: Path) -> None:
    export(lines, tmp_path / "t", "csv")
    export(lines, tmp_path / "t", "parquet")  # tables beside tables
    (tmp_path / "t" / "报告.pdf").write_bytes(b"")
    for form in ("csv", "parquet"):
        with pytest.raises(BatchError, match="RP-BATCH-007"):
            export(lines, tmp_path / "t", form)
        assert in_the_way(form, tmp_path / "t") is not None


@pytest.mark.parametrize("name", ["t/facts.csv", "all.xlsx", "all.sqlite"])
def test_a_file_that_may_not_be_written_is_not_replaced(lines: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"kept")
    path.chmod(0o444)
    with pytest.raises(BatchError, match="RP-BATCH-007"):
        export(lines, path if path.parent == tmp_path else path.parent, form_of(path))
    assert path.read_bytes() == b"kept"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names, and links need a right")
@pytest.mark.parametrize("form", ["xlsx", "sqlite", "parquet"])
def test_a_device_is_not_replaced_and_a_link_stays_one(lines: Path, tmp_path: Path, form: str) -> None:
    pipe = tmp_path / "pipe.parquet"
    os.mkfifo(pipe)
    with pytest.raises(BatchError, match="device or a pipe"):
        export(lines, pipe, form)
    assert pipe.is_fifo()
    (tmp_path / "kept").mkdir()
    link = tmp_path / "link.parquet"
    link.symlink_to(Path("kept", "all.parquet"))
    export(lines, link, form)
    assert link.is_symlink()
    assert (tmp_path / "kept" / "all.parquet").stat().st_size


def test_problems_stand_worst_first_with_their_sections(lines: Path, every: Path) -> None:
    sheet = sheets(every / "all.xlsx")["勾稽问题"]
    order = ["不符", "舍尾", "存疑", "异常", "无法核对"]
    weights = [(order.index(str(row["结果"])), -float(row.get("差额（元）", -1))) for row in sheet.rows]
    assert weights == sorted(weights)
    assert len({weight for weight, _ in weights}) > 1
    assert any(row.get("章节") for row in sheet.rows)
    assert all(row.get("所涉数字") for row in sheet.rows)


def test_sheets_can_be_printed(every: Path) -> None:
    with zipfile.ZipFile(every / "all.xlsx") as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        titles = book.read("xl/workbook.xml").decode()
        for number, name in enumerate(names[:-1], 1):
            sheet = book.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert "<pageSetUpPr fitToPage" in sheet
            assert 'orientation="landscape"' in sheet
            assert 'fitToHeight="0"' in sheet
            assert f"{name}!$1:$1" in titles
            assert f"{name}!$A$1:" in titles


def test_pandas_and_duckdb_read_the_same_sums(lines: Path, every: Path) -> None:
    said: Counter[str] = Counter()
    for document in documents(lines):
        for fact in document.get("facts", ()):
            if fact["yuan"] is not None:
                said[fact["concept"]] += fact["yuan"]
    assert len(said) > 10
    select = "SELECT concept, sum(yuan) AS yuan FROM {} WHERE yuan IS NOT NULL GROUP BY concept"
    base = duckdb.connect()
    flat, nested = every / "flat" / "facts.parquet", every / "all.parquet"
    exact = [
        base.execute(select.format(f"'{flat}'")).fetchall(),
        base.execute(select.format(f"(SELECT unnest(facts, max_depth := 2) FROM '{nested}')")).fetchall(),
        base.execute(select.format(f"(SELECT concept, yuan::DECIMAL(38, 6) AS yuan FROM '{every / 'tables' / 'facts.csv'}')")).fetchall(),
        list(pandas.read_parquet(flat).dropna(subset="yuan").groupby("concept")["yuan"].sum().items()),
        list(pandas.read_csv(every / "tables" / "facts.csv", dtype=str).dropna(subset="yuan").groupby("concept")["yuan"].apply(lambda s: sum(map(Decimal, s))).items()),
    ]  # fmt: skip
    for found in exact:
        assert dict(found) == said
    with closing(sqlite3.connect(every / "all.sqlite")) as stored:
        near = pandas.read_sql(select.format("facts"), stored)
    for concept, yuan in near.itertuples(index=False):
        assert yuan == pytest.approx(float(said[concept]), rel=1e-12)
    in_book = Counter[str]()
    names = {known.id: known.zh for known in load_concepts().values()}
    for row in sheets(every / "all.xlsx")["事实明细"].rows:
        if "金额（元）" in row:
            in_book[str(row["指标名称"])] += float(row["金额（元）"])  # type: ignore[assignment]
    for concept, yuan in said.items():
        same_name = sum(other for one, other in said.items() if names[one] == names[concept])
        assert in_book[names[concept]] == pytest.approx(float(same_name), rel=1e-12), yuan


def test_findings_say_what_is_printed_as_numbers(every: Path) -> None:
    (wrong,) = [
        row
        for row in read_csv(every / "tables" / "findings.csv")
        if (row["code"], row["outcome"]) == ("RP-SUM-001", "不符")
    ]
    assert (wrong["reported"], wrong["computed"]) == ("968.40", "968.85")
    assert wrong["causes"].startswith("30.83 → 30.38")
    with closing(opened(every / "all.sqlite")) as base:
        row = base.execute("SELECT * FROM inconsistent WHERE code = 'RP-SUM-001'").fetchone()
        assert (row["reported"], row["computed"], row["difference"], row["file"]) == (968.4, 968.85, -0.45, FILES[0])
        exact = base.execute(
            "SELECT reported_exact, computed_exact FROM findings WHERE pk = ?", [row["finding"]]
        ).fetchone()
        assert tuple(exact) == ("968.40", "968.85")
    row = next(row for row in sheets(every / "all.xlsx")["勾稽问题"].rows if row["代码"] == "RP-SUM-001")
    assert (row["印出"], row["应为（或另一处）"]) == (968.4, 968.85)
    assert (row["部门（单位）"], row["年度"], row["核对"], row["单位"]) == (
        "嵊泗县渔俗文化馆",
        2025,
        "分项与合计",
        "万元",
    )
    found = duckdb.execute(
        f"SELECT reported, computed FROM '{every / 'flat' / 'findings.parquet'}' WHERE outcome = '不符' AND code = 'RP-SUM-001'"
    )
    assert found.fetchall() == [(Decimal("968.40"), Decimal("968.85"))]


# --- SQLite ------------------------------------------------------------------------------------------------------


def test_the_keys_of_the_database_hold(lines: Path, every: Path) -> None:
    with closing(opened(every / "all.sqlite")) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        joined = base.execute(
            "SELECT r.file, c.id, f.id, f.key FROM finding_facts j JOIN findings c ON c.pk = j.finding JOIN facts f ON f.pk = j.fact "
            "JOIN reports r ON r.pk = c.report AND r.pk = f.report ORDER BY c.pk, j.position"
        ).fetchall()
        parents = base.execute(
            "SELECT r.file, s.id, p.id FROM sections s JOIN reports r ON r.pk = s.report JOIN sections p ON p.pk = s.parent AND p.report = s.report"
        ).fetchall()
        under = base.execute(
            "SELECT r.file, f.id, s.id FROM facts f JOIN reports r ON r.pk = f.report JOIN sections s ON s.pk = f.section"
        ).fetchall()
    told = [one for one in documents(lines) if "error" not in one]
    keys = {(one["source"]["name"], fact["id"]): fact["key"] for one in told for fact in one["facts"]}
    assert [tuple(row) for row in joined] == [
        (one["source"]["name"], finding["id"], id, keys[one["source"]["name"], id])
        for one in told for finding in one["findings"] for id in finding["facts"]
    ]  # fmt: skip
    assert {tuple(row) for row in parents} == {
        (one["source"]["name"], child, section["id"]) for one in told for section in one["sections"] for child in section["children"]
    }  # fmt: skip
    assert {tuple(row) for row in under} == {
        (one["source"]["name"], fact["id"], fact["section"]) for one in told for fact in one["facts"] if fact["section"]
    }  # fmt: skip


def test_no_name_in_sql_needs_quotation_marks(every: Path) -> None:
    with closing(opened(every / "all.sqlite")) as base:
        names = [
            row[0]
            for row in base.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'"
            )
        ]
        assert {"inconsistent", "panel", "most_unclaimed", "fact_list", "finding_codes"} < set(names)
        for name in names:
            columns = [row["name"] for row in base.execute(f"PRAGMA table_info({name})")]
            base.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchone()
    for path in (every / "flat").iterdir():
        duckdb.execute(f"SELECT {', '.join(parquet.read_schema(path).names)} FROM '{path}'")


def test_look_ups_by_report_and_key_use_an_index(every: Path) -> None:
    with closing(opened(every / "all.sqlite")) as base:
        for where in ("report = 1", "key = 'x'", "concept = 'revenue.total' AND period = '2023'"):
            plan = base.execute(f"EXPLAIN QUERY PLAN SELECT * FROM facts WHERE {where}").fetchall()
            assert "USING INDEX" in plan[0]["detail"], where


def test_datasette_is_told_what_stands_for_a_row(every: Path) -> None:
    told = json.loads((every / "all.metadata.json").read_text(encoding="utf-8"))["databases"]["all"]["tables"]
    assert told["reports"]["label_column"] == "file"
    with closing(opened(every / "all.sqlite")) as base:
        for name, about in told.items():
            columns = {row["name"] for row in base.execute(f"PRAGMA table_info({name})")}
            assert columns, name
            assert about["description"]
            assert about.get("label_column", "pk") in columns | {"pk"}


def test_what_others_wrote_for_datasette_is_left_alone(lines: Path, tmp_path: Path) -> None:
    export(lines, tmp_path / "a.sqlite", "sqlite")
    assert export(lines, tmp_path / "a.sqlite", "sqlite").notes == ()
    (tmp_path / "a.metadata.json").write_text('{"title": "mine"}', encoding="utf-8")
    assert "a.metadata.json" in export(lines, tmp_path / "a.sqlite", "sqlite").notes[0][0]
    assert (tmp_path / "a.metadata.json").read_text(encoding="utf-8") == '{"title": "mine"}'


# --- the workbook ------------------------------------------------------------------------------------------------


def check_links(lines: Path, path: Path, links: Mapping[str, Mapping[str, str]]) -> None:
    book = sheets(path)

    def row_at(place: str) -> tuple[str, dict[str, str | float]]:
        name, row = re.fullmatch(r"'(.+)'!A(\d+)", place).groups()  # type: ignore[union-attr]
        return name, book[name].rows[int(row) - 2]

    problems = {
        (document["source"]["name"], finding["id"]): finding["facts"]
        for document in documents(lines) for finding in document.get("findings", ()) if finding["outcome"] != "consistent"
    }  # fmt: skip
    seen = 0
    for name, sheet in book.items():
        if not name.startswith("勾稽问题"):
            continue
        for number, row in enumerate(sheet.rows, 2):
            seen += 1
            sheet_name, report = row_at(links[name][sheet.at(number, "文件")])
            assert sheet_name.startswith("报告总表")
            assert report["文件"] == row["文件"]
            cited = problems[str(row["文件"]), str(row["编号"])][:8]
            for at, id in enumerate(cited, 1):
                sheet_name, fact = row_at(links[name][sheet.at(number, f"数 {at}")])
                assert sheet_name.startswith("事实明细")
                assert (fact["文件"], fact["编号"]) == (row["文件"], id)
    assert seen == len(problems)
    first: dict[str, str] = {}
    for file, id in problems:
        first.setdefault(file, id)
    found = {}
    for name, sheet in book.items():
        if name.startswith("报告总表"):
            for number, row in enumerate(sheet.rows, 2):
                at = sheet.at(number, "问题")
                assert (at in links[name]) == bool(row["问题"])
                if at in links[name]:
                    found[row["文件"]] = row_at(links[name][at])[1]["编号"]
    assert found == first


def test_links_lead_from_a_problem_to_its_numbers_and_its_report(lines: Path, every: Path) -> None:
    book = sheets(every / "all.xlsx")
    assert not any(sheet.formulas for sheet in book.values())
    check_links(lines, every / "all.xlsx", {name: sheet.links for name, sheet in book.items()})


def test_a_full_sheet_goes_on_in_another_and_too_many_links_are_formulas(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 101)
    monkeypatch.setattr(workbook, "LINKS", 1)
    counts, notes = export(lines, tmp_path / "x.xlsx", "xlsx")
    book = sheets(tmp_path / "x.xlsx")
    parts = [name for name in book if name.startswith("事实明细")]
    assert parts == ["事实明细", *(f"事实明细{number}" for number in range(2, -(-counts["facts"] // 100) + 1))]
    assert sum(len(book[name].rows) for name in parts) == counts["facts"]
    assert max(len(book[name].rows) for name in parts) == 100
    assert any("事实明细2" in zh for zh, _ in notes)
    assert any("事实明细2" in str(row.get("内容")) for row in book["说明"].rows)
    same_in_book(lines, tmp_path / "x.xlsx")
    formulas = {
        name: {at: re.search(r'HYPERLINK\("#(.+?)"', formula)[1] for at, formula in sheet.formulas.items()}  # type: ignore[index]
        for name, sheet in book.items()
    }
    assert len(formulas["勾稽问题"]) > 3
    assert all(len(sheet.links) <= 6 for sheet in book.values())  # but for those to the sheets themselves
    check_links(lines, tmp_path / "x.xlsx", {name: {**sheet.links, **formulas[name]} for name, sheet in book.items()})


def test_a_text_in_a_link_cannot_end_the_formula(lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LINKS", 0)
    document = next(
        one for one in documents(lines) if any(f["outcome"] == "inconsistent" for f in one.get("findings", ()))
    )
    for fact in document["facts"]:
        fact["label"] = "\"&cmd|'/c calc'!A1&\"" + "长" * 400
    (tmp_path / "x.jsonl").write_text(to_json(document), encoding="utf-8")
    export(tmp_path / "x.jsonl", tmp_path / "x.xlsx", "xlsx")
    for formula in sheets(tmp_path / "x.xlsx")["勾稽问题"].formulas.values():
        assert re.fullmatch(r'HYPERLINK\("#\'[^"]+","(?:[^"]|""){0,510}"\)', formula)


def test_a_long_name_is_a_link_and_whole(lines: Path, tmp_path: Path) -> None:
    document = next(
        one for one in documents(lines) if any(f["outcome"] == "inconsistent" for f in one.get("findings", ()))
    )
    document["source"]["name"] = name = "长\x01" * 1500
    document["facts"] = [{**fact, "quote": "<r>" + "1" * 32_760 + "</r>"} for fact in document["facts"]]
    (tmp_path / "x.jsonl").write_text(to_json(document), encoding="utf-8")
    export(tmp_path / "x.jsonl", tmp_path / "x.xlsx", "xlsx")
    book = sheets(tmp_path / "x.xlsx")
    assert {row["文件"] for row in book["勾稽问题"].rows} == {name}
    assert all(sheet_at in book["勾稽问题"].links for sheet_at in ("A2", book["勾稽问题"].at(2, "数 1")))
    assert all(str(row["原文"]).startswith("<r>111") for row in book["事实明细"].rows)


def test_a_cell_that_holds_less_than_its_text_says_so(lines: Path, tmp_path: Path) -> None:
    document = documents(lines)[1]
    fact = next(one for one in document["facts"] if one["kind"] == "text")
    fact["value"] = "𠀀" * 40_000
    (tmp_path / "x.jsonl").write_text(to_json(document), encoding="utf-8")
    _, notes = export(tmp_path / "x.jsonl", tmp_path / "x.xlsx", "xlsx")
    row = next(row for row in sheets(tmp_path / "x.xlsx")["事实明细"].rows if row["编号"] == fact["id"])
    assert str(row["文字"]).endswith("…（共 40000 字，未完）")
    assert len(str(row["文字"]).encode("utf-16-le")) // 2 <= 32_767
    assert any("1 个单元格" in zh and en.startswith("1 cells") for zh, en in notes)


def test_an_office_reads_words_and_grouped_money(every: Path) -> None:
    book = sheets(every / "all.xlsx")
    row = next(row for row in book["事实明细"].rows if row["主键"] == "revenue.source[institutional]{period=2023}")
    assert (row["成员"], row["口径"], row["方面"], row["金额（元）"]) == ("事业", "实际", "数值", 63500)
    with zipfile.ZipFile(every / "all.xlsx") as file:
        assert "#,##0.00" in file.read("xl/styles.xml").decode()
    assert (row["部门（单位）"], row["年度"]) == ("合江县乡土文献保管中心", 2023)
    assert {row["文字"] for row in book["事实明细"].rows if row["主键"] == "document.kind"} == {
        "预算",
        "部门整体绩效",
        "转移支付绩效",
    }
    for concept in load_concepts().values():
        for member in concept.members:
            assert not member_word(member).isascii(), f"{member} has no Chinese name"


def test_every_column_says_what_it_means(every: Path) -> None:
    figures = len(tables(wanted(()))[0].columns) - len(tables(())[0].columns)
    assert figures > 5
    asked = [about_column(table.name, column.name) for table in tables(()) for column in table.columns]
    assert about_column("reports", "revenue.total") not in asked
    assert about_column("reports", "kind") != about_column("facts", "kind")
    book = sheets(every / "all.xlsx")
    told = {(row.get("工作表"), row.get("行数")) for row in book["说明"].rows}
    for name, sheet in book.items():
        if name != "说明":
            assert {(name, head) for head in sheet.heads.values()} <= told, name


def test_what_is_missing_is_called_by_its_name(lines: Path, tmp_path: Path) -> None:
    document = documents(lines)[1]
    document["missing"] = [{"concept": name, "part": "p1"} for name in ("procurement.total", "expenditure.nature")]
    (tmp_path / "one.jsonl").write_text(to_json(document), encoding="utf-8")
    export(tmp_path / "one.jsonl", tmp_path / "one.xlsx", "xlsx")
    assert sheets(tmp_path / "one.xlsx")["报告总表"].rows[0]["未见指标"] == "政府采购、支出（按性质）"


def test_a_fact_is_of_the_body_and_the_year_of_its_part(lines: Path, tmp_path: Path) -> None:
    document = documents(lines)[1]
    first, second = (
        document["parts"][0],
        {**document["parts"][0], "id": "p2", "department": "合江县水利局", "fiscal_year": None},
    )
    document["parts"].append(second)
    document["facts"][-1]["part"] = "p2"
    (tmp_path / "parts.jsonl").write_text(to_json(document), encoding="utf-8")
    export(tmp_path / "parts.jsonl", tmp_path / "tables", "csv")
    *rows, last = [(row["department"], row["fiscal_year"]) for row in read_csv(tmp_path / "tables" / "facts.csv")]
    assert set(rows) == {(first["department"], str(first["fiscal_year"]))}
    assert last == ("合江县水利局", str(document["document"]["fiscal_year"]))


# --- Parquet -----------------------------------------------------------------------------------------------------


def test_a_number_that_does_not_fit_is_told_and_not_rounded(lines: Path, tmp_path: Path) -> None:
    document = documents(lines)[1]
    amounts = [fact for fact in document["facts"] if fact["concept"] == "revenue.source" and fact["yuan"] is not None][
        :3
    ]
    amounts[0].update(value=Decimal("0.1234567890123"), yuan=Decimal("1234.5678901"))
    amounts[1].update(value=Decimal("123456789012345678901234567.5"))
    amounts[2].update(value=Decimal("0.1234567890120000"), yuan=Decimal("99999999999999999999999999999999.123456"))
    (tmp_path / "x.jsonl").write_text(to_json(document), encoding="utf-8")
    _, notes = export(tmp_path / "x.jsonl", tmp_path / "flat", "parquet")
    assert notes[0][1].startswith("3 numbers")
    rows = {row["id"]: row for row in parquet.read_table(tmp_path / "flat" / "facts.parquet").to_pylist()}
    first, second, third = (rows[fact["id"]] for fact in amounts)
    assert (first["value"], first["value_exact"], first["yuan"], first["yuan_exact"]) == (
        None,
        "0.1234567890123",
        None,
        "1234.5678901",
    )
    assert (second["value"], second["value_exact"]) == (None, "123456789012345678901234567.5")
    assert (third["value"], third["value_exact"]) == (Decimal("0.123456789012"), "0.1234567890120000")
    assert third["yuan"] == Decimal("99999999999999999999999999999999.123456")
    assert export(tmp_path / "x.jsonl", tmp_path / "x.parquet", "parquet").notes == notes


def test_row_groups_are_bounded(lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportparse.export import parquet as ours

    monkeypatch.setattr(ours, "_HELD", 20)
    monkeypatch.setattr(ours, "_GROUP", 60)
    export(lines, tmp_path / "flat", "parquet")
    export(lines, tmp_path / "all.parquet", "parquet")
    facts = parquet.ParquetFile(tmp_path / "flat" / "facts.parquet")
    assert facts.num_row_groups > 3
    assert parquet.ParquetFile(tmp_path / "all.parquet").num_row_groups >= 2
    nested = parquet.read_table(tmp_path / "all.parquet").to_pylist()
    assert Counter((row["file"], fact["id"]) for row in nested for fact in row["facts"]) == Counter(
        (file, id) for file, id, _, _ in facts_of(lines)
    )


# --- a file a report ---------------------------------------------------------------------------------------------


def test_a_file_holds_the_bytes_of_its_line(lines: Path, every: Path) -> None:
    index = {_bare(row["file"]): row for row in read_csv(every / "files" / INDEX)}
    for line in lines.read_bytes().splitlines(keepends=True):
        row = index.pop(json.loads(line)["source"]["name"])
        assert (every / "files" / _bare(row["json"])).read_bytes() == line
        assert row["state"] == ("failures" if b'"error"' in line[:2000] else "reports")
    assert not index


_BAD = [
    "../../etc/passwd", "/etc/passwd", "C:\\Windows\\x.txt", "c:x", "..", ".", "", "/", "a/../../b", "\\\\server\\share\\x", "con", "CON.txt", "aux .txt",
    "a/NUL.tar.gz/b", "COM1", "lpt¹.txt", "a.", "a ", "a. .", "a:b|c?*<>\"", "x\x00y", "x\ny", "x\u202ey", "长" * 300, "/".join(["长" * 60] * 20), "\ud800",
    "A.txt", "a.txt", "é.txt", "e\u0301.txt", "ß", "SS", "x", "x.json", "x.json/y", "index.csv", "INDEX.csv/z", "a/b", "a", "a.json/b", "'x", "-rf", "=1", "a.txt",
]  # fmt: skip


def check_names(names: Sequence[str]) -> None:
    given = Names()
    paths = [given.path_for(name) for name in names]
    folded = [unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold()) for path in paths]
    assert len(set(folded)) == len(names)
    for path, fold in zip(paths, folded, strict=True):
        assert path.endswith(".json")
        assert not any(other != fold and other.startswith(f"{fold}/") for other in folded)  # nor is a file a folder
        assert not PureWindowsPath(path).is_absolute()
        assert not PureWindowsPath(path).drive
        assert len(path.encode("utf-16-le")) // 2 <= 240
        for part in path.split("/"):
            assert part not in ("", ".", "..")
            assert len(part.encode("utf-8")) <= 255
            assert not re.search(r'[<>:"\\|?*\x00-\x1f]', part)
            assert part[-1] not in " ."
            assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)", part)
        assert fold != "index.csv"


def test_no_name_leaves_the_folder_or_is_refused_by_a_system() -> None:
    check_names(_BAD)
    check_names(_BAD[::-1])


@given(st.lists(st.text(st.one_of(st.characters(), st.sampled_from("/\\.: aAcCoOnN")), max_size=30), max_size=8))
def test_nor_does_any_other(names: list[str]) -> None:
    check_names(names)


def test_files_of_bad_names_are_all_there(lines: Path, tmp_path: Path) -> None:
    document = documents(lines)[1]
    made = []
    for name in _BAD:
        document["source"]["name"] = "" if name == "\ud800" else name
        made.append(to_json(document))
    (tmp_path / "x.jsonl").write_text("\n".join(made), encoding="utf-8")
    assert export(tmp_path / "x.jsonl", tmp_path / "in" / "t", "json").counts == {"reports": len(_BAD), "failures": 0}
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["t"]
    assert len(list((tmp_path / "in" / "t").rglob("*.json"))) >= len(_BAD)
    export(lines, tmp_path / "in" / "t", "json")  # and what was written is replaced as a whole
    assert sorted(path.name for path in (tmp_path / "in" / "t").iterdir()) == sorted(
        ["=1+1.txt.json", INDEX, *(f"{name}.json" for name in FILES)]
    )


def test_what_a_killed_export_of_files_left_is_cleared_away(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr("shutil.rmtree", lambda *_, **__: None)
        export(lines, tmp_path / "t", "json")
    assert len(list(tmp_path.iterdir())) == 2
    export(lines, tmp_path / "t", "json")
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_a_folder_with_other_files_is_left_alone(lines: Path, tmp_path: Path) -> None:
    export(lines, tmp_path / "t", "json")
    (tmp_path / "t" / "mine.txt").write_text("x", encoding="utf-8")
    before = sorted(path.name for path in (tmp_path / "t").iterdir())
    with pytest.raises(BatchError, match="RP-BATCH-007"):
        export(lines, tmp_path / "t", "json")
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == before
    with pytest.raises(BatchError, match="RP-BATCH-007"):
        export(lines, lines.parent, "json")
    if hasattr(os, "symlink") and sys.platform != "win32":
        (tmp_path / "empty").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "empty")
        with pytest.raises(BatchError, match="RP-BATCH-007"):
            export(lines, tmp_path / "link", "json")


# --- the figures of a report's row -------------------------------------------------------------------------------


def test_a_concept_alone_is_what_the_view_shows() -> None:
    seen = Counter[str]()
    for name in FILES:
        document = json.loads(parse(CORPUS / name).to_json(), parse_float=Decimal)
        facts = {fact["id"]: fact for fact in document["facts"]}
        for concept, entry in document["report"].items():
            cells = {None: entry["total"]} if "total" in entry else {}
            for member, cell in {**cells, **entry.get("members", {})}.items():
                key = concept if member is None else f"{concept}[{member}]"
                for aspect in {"value", "share", "change", "change_rate", "execution_rate"} & set(cell):
                    if load_concepts()[concept].kind in ("text", "date", "grade") and aspect != "value":
                        continue
                    (found,) = shown(document, wanted([key if aspect == "value" else f"{key}.{aspect}"]))
                    if aspect == "value":
                        fact = facts.get(cell.get("fact"), {"yuan": None, "value": None})
                        assert found == (fact["yuan"] if fact["yuan"] is not None else fact["value"])
                    elif aspect != "change":
                        assert found == cell[aspect]
                    else:
                        assert (found == 0) == (cell[aspect] == 0)
                    seen[aspect] += found is not None
    assert min(seen[aspect] for aspect in ("value", "share", "change", "change_rate")) > 0


def test_a_key_is_the_fact_of_that_key() -> None:
    seen = 0
    for name in FILES:
        document = json.loads(parse(CORPUS / name).to_json(), parse_float=Decimal)
        told = [
            fact
            for fact in document["facts"]
            if fact["role"] != "reason" and fact["kind"] not in ("text", "date", "grade")
        ]
        by_key = {
            fact["key"]: fact
            for fact in sorted(told, key=lambda fact: (fact["where"] == "table", fact["span"]), reverse=True)
        }
        for key, fact in by_key.items():
            if "{" not in key or "[" in key.partition("{")[2]:
                continue
            for written in {
                key,
                key.replace(f"period={document['document']['fiscal_year']}", "")
                .replace("{}", "{basis=actual}")
                .replace(",}", "}")
                .replace("{,", "{"),
            }:
                (found,) = shown(document, wanted([written]))
                if fact["state"] == "unchanged":
                    assert found == 0
                else:
                    assert found == (fact["yuan"] if fact["yuan"] is not None else fact["value"]), written
                seen += 1
    assert seen > 200


def test_budget_and_outcome_stand_side_by_side(lines: Path, tmp_path: Path) -> None:
    (tmp_path / "keys.txt").write_text(
        "\ufeff# what is compared\nexpenditure.total{basis=budget}\n\n  revenue.source[institutional]  \nrevenue.source[institutional]\n",
        encoding="utf-8",
    )
    wide = [
        "expenditure.total{fund=all,basis=actual}",
        f"@{tmp_path / 'keys.txt'}",
        "evaluation.grade",
        "revenue.total.change_rate",
    ]
    export(lines, tmp_path / "t", "csv", wide=wide)
    export(lines, tmp_path / "t.sqlite", "sqlite", wide=wide)
    export(lines, tmp_path / "t.parquet", "parquet", wide=wide)
    export(lines, tmp_path / "t.xlsx", "xlsx", wide=wide)
    rows = {row["file"]: row for row in read_csv(tmp_path / "t" / "reports.csv")}
    assert rows[FILES[1]]["revenue.source[institutional]"] == "63500"
    assert rows[FILES[0]]["expenditure.total{basis=budget}"] == "9684000"
    assert rows[FILES[0]]["expenditure.total{fund=all,basis=actual}"] == ""
    assert rows[FILES[1]]["expenditure.total{fund=all,basis=actual}"] == "2741800"
    assert "revenue.total" not in rows[FILES[0]]
    with closing(opened(tmp_path / "t.sqlite")) as base:
        panel = {row["file"]: dict(row) for row in base.execute("SELECT * FROM panel")}
    assert panel[FILES[0]]["expenditure_total_budget"] == 9684000
    assert panel[FILES[1]]["expenditure_total_all_actual"] == 2741800
    assert [name for name in panel[FILES[1]] if name.startswith("revenue")] == [
        "revenue_source_institutional",
        "revenue_total_change_rate",
    ]
    nested = {row["file"]: row for row in parquet.read_table(tmp_path / "t.parquet").to_pylist()}
    assert nested[FILES[0]]["expenditure_total_budget"] == 9684000
    book = sheets(tmp_path / "t.xlsx")["报告总表"]
    assert {"支出总计〔预算〕（元）", "收入来源：事业（元）", "收入总计增减率（%）"} <= set(book.heads.values())
    assert next(row for row in book.rows if row["文件"] == FILES[0])["支出总计〔预算〕（元）"] == 9684000


@pytest.mark.parametrize(
    "key",
    [
        "revenue.sauce", "revenue.source[institutionall]", "revenue.total{", "revenue.total{basis=bugdet}", "revenue.total{base=budget}",
        "revenue.total{basis=budget", "revenue.total{period=last}", "revenue.total{fund=x}", "revenue.total.rate", "document.title{basis=budget}", "document.title.share",
        "revenue.total{basis=budget,basis=actual}", "",
    ],
)  # fmt: skip
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(BatchError, match="RP-BATCH-005"):
        wanted([key])


def test_a_key_that_is_none_has_others_near_it() -> None:
    for asked, near in (("三公", r"three_public\.total"), ("revenue.totl", r"revenue\.total")):
        with pytest.raises(BatchError, match=f"near it are .*{near}"):
            wanted([asked])


def test_a_list_of_keys_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="RP-BATCH-001"):
        wanted([f"@{tmp_path / 'no.txt'}"])


def test_columns_have_names_of_their_own_in_sql() -> None:
    names = [
        "revenue.total",
        "revenue_total",
        "Revenue.total",
        "expenditure.function[教育支出]",
        "a[1/2]{cross={nature:basic}}.share",
        "2x",
        "…",
    ]
    assert identifiers([Column(name, "") for name in names]) == [
        "revenue_total", "revenue_total_2", "Revenue_total_3", "expenditure_function_教育支出", "a_1_2_cross_nature_basic_share", "_2x", "column",
    ]  # fmt: skip


# --- what is hostile or wrong ------------------------------------------------------------------------------------


def test_no_name_of_a_file_is_a_formula(every: Path) -> None:
    assert [row["file"] for row in read_csv(every / "tables" / "failures.csv")] == ["'=1+1.txt"]
    assert sheets(every / "all.xlsx")["失败清单"].rows[0]["文件"] == "=1+1.txt"


def test_negative_figures_are_figures_in_a_spreadsheet(every: Path) -> None:
    rows = read_csv(every / "tables" / "facts.csv") + read_csv(every / "tables" / "findings.csv")
    assert not [cell for row in rows for cell in row.values() if re.fullmatch(r"'-[\d.]+", cell or "")]


def test_halves_of_surrogate_pairs_are_replaced(lines: Path, tmp_path: Path) -> None:
    document = documents(lines)[1]
    document["document"]["title"] = "HALF"
    (tmp_path / "x.jsonl").write_text(to_json(document).replace("HALF", "a\\ud800b"), encoding="utf-8")
    for form, name in TARGETS.items():
        export(tmp_path / "x.jsonl", tmp_path / name, form)
    assert read_csv(tmp_path / "tables" / "reports.csv")[0]["title"] == "a\ufffdb"
    assert sheets(tmp_path / "all.xlsx")["报告总表"].rows[0]["标题"] == "a\ufffdb"
    assert parquet.read_table(tmp_path / "all.parquet").to_pylist()[0]["title"] == "a\ufffdb"


@pytest.mark.parametrize(
    "text",
    [
        "not json\n", "[1]\n", '{"a": 1}\n', '{"schema_version": "1.2", "source": 3}\n', '{"schema_version": "1.2", "source": {}}\n',
        '{"schema_version": "1.2", "source": {"name": "x"}}\n', '{"schema_version": 1E999999999, "source": {"name": "x"}, "facts": []}\n',
        '{"schema_version": NaN, "source": {"name": "x"}}\n', '{"schema_version": "1.2", "source": {"name": "x"}, "error": 3}\n', "\udcff\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["csv", "sqlite", "xlsx", "parquet"])
def test_what_is_no_output_of_ours_is_said_with_its_line(tmp_path: Path, text: str, form: str, lines: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(lines.read_bytes().splitlines(keepends=True)[0] + text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BatchError, match="RP-BATCH-004") as caught:
        export(path, tmp_path / TARGETS[form], form)
    assert "line 2" in caught.value.reason_en
    assert [one.name for one in tmp_path.iterdir()] == ["x.jsonl"]


def test_a_full_disk_is_said_and_nothing_else(lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    printed: list[object] = []
    with monkeypatch.context() as patched:
        patched.setattr(sys, "unraisablehook", printed.append)
        patched.setattr(zipfile.ZipFile, "write", full)
        patched.setattr(zipfile.ZipFile, "close", full)  # as it goes, too: what fails there is printed by Python
        try:
            export(lines, tmp_path / "all.xlsx", "xlsx")
        except BatchError as error:
            assert "No space left" in str(error)  # noqa: PT017 - what `raises` keeps of it would outlive the patch
        else:
            pytest.fail("nothing was raised")
        gc.collect()
    assert printed == []
    assert list(tmp_path.iterdir()) == []


def test_an_export_never_touches_what_it_reads(lines: Path, tmp_path: Path) -> None:
    copy = tmp_path / "facts.csv"
    copy.write_bytes(lines.read_bytes())
    for form in ("sqlite", "xlsx", "parquet"):
        target = copy if form != "parquet" else tmp_path / "x.parquet"
        target.write_bytes(copy.read_bytes())
        with pytest.raises(BatchError, match="RP-BATCH-007"):
            export(target, target, form)
        assert target.read_bytes() == lines.read_bytes()
    with pytest.raises(BatchError, match="RP-BATCH-007"):
        export(copy, tmp_path, "csv")
    assert copy.read_bytes() == lines.read_bytes()


@pytest.mark.parametrize("form", list(TARGETS))
def test_an_export_that_fails_leaves_nothing_behind(lines: Path, tmp_path: Path, form: str) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(lines.read_text(encoding="utf-8") + '{"schema_version": "1.2", "source": {}}\n', encoding="utf-8")
    (tmp_path / "out").mkdir()
    for target in (tmp_path / "out" / "t", tmp_path / "out", tmp_path / "out" / "t.parquet"):
        with pytest.raises(BatchError, match=r"RP-BATCH-00[47]"):
            export(bad, target, form)
        assert list((tmp_path / "out").iterdir()) == []
    if form not in ("csv", "json"):
        with pytest.raises(BatchError, match="RP-BATCH-007"):
            export(lines, tmp_path / "no" / "t.parquet", form)


@pytest.mark.parametrize("form", ["csv", "sqlite", "xlsx", "json"])
def test_memory_does_not_grow_with_the_lines(lines: Path, tmp_path: Path, form: str) -> None:
    document = documents(lines)[1]
    document["facts"] = document["facts"][:20]
    document["findings"] = []
    line = to_json(document).encode() + b"\n"
    peaks = []
    for count in (20, 20, 120):  # the first run loads what there is to load
        (tmp_path / "x.jsonl").write_bytes(line * count)
        tracemalloc.start()
        export(tmp_path / "x.jsonl", tmp_path / f"{form}{len(peaks)}", form)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < 1.2 * peaks[1] + 300_000  # the links of a sheet are held, up to as many as it may have


# --- how it is called --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(TARGETS))
def test_progress_is_told_up_to_the_end(lines: Path, tmp_path: Path, form: str) -> None:
    told: list[Progress] = []
    export(lines, tmp_path / TARGETS[form], form, progress=told.append)
    assert [one.done for one in told] == [1, 2, 3, 4]
    assert told[-1].read == told[-1].size == lines.stat().st_size


@pytest.mark.parametrize(("form", "module"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_without_its_library_a_form_says_how_to_get_it(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: str
) -> None:
    assert missing_for(form) is None
    absent: Any = None
    for name in [module, f"{module}.parquet"]:
        monkeypatch.setitem(sys.modules, name, absent)
    missing = missing_for(form)
    assert missing is not None
    assert missing.code == "RP-BATCH-006"
    assert f"pip install 'reportparse[{form}]'" in missing.reason
    with pytest.raises(BatchError, match="RP-BATCH-006"):
        export(lines, tmp_path / TARGETS[form], form)
    assert list(tmp_path.iterdir()) == []


def test_what_needs_nothing_is_never_missing() -> None:
    assert [form for form in FORMATS if missing_for(form)] == []
    assert missing_for("csv") is None
    with pytest.raises(KeyError):
        missing_for("xls")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.xlsx", "xlsx"),
        ("a.XLSX", "xlsx"),
        ("a.db", "sqlite"),
        ("a.sqlite3", "sqlite"),
        ("a.parquet", "parquet"),
        ("a", "csv"),
        ("a.csv", "csv"),
    ],
)
def test_the_name_of_the_target_tells_the_form(name: str, form: str) -> None:
    assert form_of(Path(name)) == form


def test_the_command(
    lines: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert main(["export", str(lines.parent), "-o", str(tmp_path / "r.xlsx")]) == 0
    assert capfd.readouterr().err.startswith("reports 3, facts ")
    (tmp_path / "none.jsonl").write_bytes(b"")
    assert main(["export", str(tmp_path / "none.jsonl"), "-o", str(tmp_path / "none.xlsx"), "--lang", "en"]) == 0
    assert capfd.readouterr().err.endswith("none.jsonl holds no report\n")
    assert main(["export", str(lines), "-o", str(tmp_path / "r.db"), "-q"]) == 0
    assert capfd.readouterr().err == ""
    with closing(sqlite3.connect(tmp_path / "r.db")) as base:
        assert base.execute("SELECT count(*) FROM reports").fetchone() == (3,)
    assert main(["export", str(lines), "-o", str(tmp_path / "r.parquet")]) == 0
    assert main(["export", str(lines), "-o", str(tmp_path / "files"), "--to", "json"]) == 0
    assert main(["export", str(lines), "-o", str(tmp_path / "files"), "--to", "json", "--wide", "revenue.total"]) == 2
    assert main(["export", str(tmp_path / "no.jsonl"), "-o", str(tmp_path / "t")]) == 2
    assert main(["export", str(lines), "-o", str(tmp_path / "no" / "r.sqlite")]) == 2
