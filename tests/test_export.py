"""Tables made of JSON Lines: every form says the same, digit for digit where it can."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from conftest import CORPUS
from reportparse import parse
from reportparse.batch import Settings, run
from reportparse.cli import main
from reportparse.errors import BatchError
from reportparse.export import export

FILES = ("bu-shengsi-fishing-culture.txt", "sc-2023-archives.txt", "tr-song-linkage.txt")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lines")
    (folder / "in").mkdir()
    for name in FILES:
        (folder / "in" / name).write_bytes((CORPUS / name).read_bytes())
    (folder / "in" / "=1+1.txt").write_bytes(b"")
    run(Settings([str(folder / "in")], str(folder / "out"), workers=1))
    return folder / "out" / "reports.jsonl"


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheets(path: Path) -> dict[str, list[list[str | float]]]:
    """The cells of a workbook, read as the format has them."""
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        found: dict[str, list[list[str | float]]] = {}
        for number, name in enumerate(names, 1):
            text = book.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert "<f>" not in text  # no formula
            found[name] = [
                [words if words else float(figure) for words, figure in re.findall(r"<c [^>]*>(?:<is><t[^>]*>([^<]*)</t></is>|<v>([^<]*)</v>)</c>", row)]
                for row in re.findall(r"<row [^>]*>(.*?)</row>", text, re.S)
            ]  # fmt: skip
        return found


def test_every_fact_finding_and_failure_has_its_row(lines: Path, tmp_path: Path) -> None:
    counts = export(lines, tmp_path / "tables", "csv")
    reports = [parse(CORPUS / name) for name in FILES]
    assert counts == {
        "reports": 3, "facts": sum(len(one.facts) for one in reports), "findings": sum(len(one.findings) for one in reports),
        "unclaimed": sum(len(one.unclaimed) for one in reports), "failures": 1,
    }  # fmt: skip
    for name, count in counts.items():
        assert len(read_csv(tmp_path / "tables" / f"{name}.csv")) == count
    rows = {(row["file"], row["id"]): row for row in read_csv(tmp_path / "tables" / "facts.csv")}
    for name, report in zip(FILES, reports, strict=True):
        for fact in report.facts:
            row = rows[name, fact.id]
            assert row["key"] == fact.key
            if isinstance(fact.value, Decimal):
                assert row["value"].lstrip("'") == f"{fact.value:f}"
            assert row["yuan"].lstrip("'") == ("" if fact.yuan is None else f"{fact.yuan:f}")
            assert fact.span is None or (int(row["start"]), int(row["end"])) == fact.span
    (wrong,) = [
        row
        for row in read_csv(tmp_path / "tables" / "findings.csv")
        if row["code"] == "RP-SUM-001" and row["outcome"] == "不符"
    ]
    assert (wrong["reported"], wrong["computed"]) == ("968.40", "968.85")
    assert wrong["causes"].startswith("30.83 → 30.38")


def test_all_forms_say_the_same(lines: Path, tmp_path: Path) -> None:
    counts = export(lines, tmp_path / "tables", "csv")
    assert export(lines, tmp_path / "all.sqlite", "sqlite") == counts
    problems = sum(row["outcome"] != "相符" for row in read_csv(tmp_path / "tables" / "findings.csv"))
    in_book = export(lines, tmp_path / "all.xlsx", "xlsx")
    assert in_book == {**counts, "findings": problems}
    base = sqlite3.connect(tmp_path / "all.sqlite")
    facts = read_csv(tmp_path / "tables" / "facts.csv")
    stored = base.execute("SELECT file, id, value_exact, yuan, quote FROM facts ORDER BY rowid").fetchall()
    assert [(row["file"], row["id"], row["value"], row["quote"]) for row in facts] == [
        (file, id, exact or "", quote or "") for file, id, exact, _, quote in stored
    ]
    assert base.execute("SELECT count(*) FROM inconsistent").fetchone()[0] == sum(
        row["outcome"] == "不符" for row in read_csv(tmp_path / "tables" / "findings.csv")
    )
    book = sheets(tmp_path / "all.xlsx")
    assert list(book) == ["报告总表", "事实明细", "勾稽问题", "未识别", "失败清单"]
    assert [len(rows) - 1 for rows in book.values()] == list(in_book.values())
    assert book["报告总表"][0][:4] == ["文件", "文种", "标题", "部门（单位）"]
    money = {row["quote"]: float(row["yuan"]) for row in facts if row["yuan"] and row["file"] == FILES[1]}
    printed = [row for row in book["事实明细"][1:] if row[0] == FILES[1]]
    assert all(any(money[quote] in row for row in printed) for quote in list(money)[:20])


def test_no_name_of_a_file_is_a_formula(lines: Path, tmp_path: Path) -> None:
    export(lines, tmp_path, "csv")
    assert [row["file"] for row in read_csv(tmp_path / "failures.csv")] == ["'=1+1.txt"]
    export(lines, tmp_path / "x.xlsx", "xlsx")
    assert sheets(tmp_path / "x.xlsx")["失败清单"][1][0] == "=1+1.txt"


def test_the_reports_show_the_concepts_that_are_asked_for(lines: Path, tmp_path: Path) -> None:
    export(lines, tmp_path, "csv", wide=["revenue.source[institutional]", "evaluation.grade"])
    row = next(row for row in read_csv(tmp_path / "reports.csv") if row["file"] == FILES[1])
    assert row["revenue.source[institutional]"] == "63500"
    assert "revenue.total" not in row
    with pytest.raises(BatchError, match="RP-BATCH-005"):
        export(lines, tmp_path, "csv", wide=["revenue.sauce"])


@pytest.mark.parametrize("text", ["not json\n", "[1]\n", '{"a": 1}\n', '{"schema_version": "1.2", "source": 3}\n'])
def test_what_is_no_output_of_ours_is_said_with_its_line(tmp_path: Path, text: str, lines: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(lines.read_text(encoding="utf-8").splitlines(keepends=True)[0] + text, encoding="utf-8")
    with pytest.raises(BatchError, match="RP-BATCH-004") as caught:
        export(path, tmp_path / "x.sqlite", "sqlite")
    assert "line 2" in caught.value.reason_en
    assert not (tmp_path / "x.sqlite").exists()


def test_a_figure_with_more_digits_than_a_cell_holds_keeps_them(tmp_path: Path, lines: Path) -> None:
    first = json.loads(lines.read_text(encoding="utf-8").splitlines()[1])
    long = "12345678901234567890.12"
    text = json.dumps(first, ensure_ascii=False)
    fact = next(fact for fact in first["facts"] if fact["kind"] == "amount")
    text = text.replace(f'"value": {fact["value"]}, "decimals"', f'"value": {long}, "decimals"', 1)
    assert long in text
    (tmp_path / "x.jsonl").write_text(text + "\n", encoding="utf-8")
    export(tmp_path / "x.jsonl", tmp_path / "x.xlsx", "xlsx")
    assert any(long in row for row in sheets(tmp_path / "x.xlsx")["事实明细"])


def test_the_command(
    lines: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert main(["export", str(lines.parent), "-o", str(tmp_path / "r.xlsx")]) == 0
    assert capfd.readouterr().err.startswith("reports 3, facts ")
    assert main(["export", str(lines), "-o", str(tmp_path / "r.db")]) == 0
    assert sqlite3.connect(tmp_path / "r.db").execute("SELECT count(*) FROM reports").fetchone() == (3,)
    assert main(["export", str(tmp_path / "no.jsonl"), "-o", str(tmp_path / "t")]) == 2
    assert main(["export", str(lines), "-o", str(tmp_path / "no" / "r.sqlite")]) == 2


def test_an_export_never_touches_what_it_reads(lines: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(lines.read_bytes())
    for form in ("sqlite", "xlsx"):
        with pytest.raises(BatchError, match="RP-BATCH-007"):
            export(copy, copy, form)
    assert copy.read_bytes() == lines.read_bytes()


@pytest.mark.parametrize("form", ["csv", "sqlite", "xlsx"])
def test_an_export_that_fails_leaves_nothing_behind(lines: Path, tmp_path: Path, form: str) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(lines.read_text(encoding="utf-8") + '{"schema_version": "1.2", "source": {}}\n', encoding="utf-8")
    (tmp_path / "out").mkdir()
    with pytest.raises(BatchError, match="RP-BATCH-004"):
        export(bad, tmp_path / "out" / "t" if form != "csv" else tmp_path / "out", form)
    assert list((tmp_path / "out").iterdir()) == []


def test_negative_figures_are_figures_in_a_spreadsheet(lines: Path, tmp_path: Path) -> None:
    export(lines, tmp_path, "csv")
    rows = read_csv(tmp_path / "facts.csv") + read_csv(tmp_path / "findings.csv")
    assert not [cell for row in rows for cell in row.values() if re.fullmatch(r"'-[\d.]+", cell or "")]


def test_without_its_library_the_workbook_says_how_to_get_it(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    absent: Any = None
    monkeypatch.setitem(sys.modules, "xlsxwriter", absent)
    with pytest.raises(BatchError, match="pip install"):
        export(lines, tmp_path / "x.xlsx", "xlsx")
