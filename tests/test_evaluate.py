"""Scoring against gold: what counts as right, lost and extra; places by span and by page; what is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import CORPUS
from reportparse import parse
from reportparse.cli import main
from reportparse.errors import GoldError
from reportparse.evaluate import Tally, score, to_json
from reportparse.gold import find_gold, pairs_in
from reportparse.readers import read

TEXT = (
    "某县茶叶站2023年度部门整体支出绩效自评报告\n\n一、收支情况\n\n2023年本站收入总计12.5万元，其中事业收入2.5万元。\n"
)


def gold_of(text: str) -> dict[str, Any]:
    """The gold that the parser itself would write: the tests change it."""
    report = parse(text.encode())
    info = report.document
    return {
        "half": "dev", "kind": info.kind,
        "document": {
            "title": info.title, "department": info.department, "fiscal_year": info.fiscal_year, "issuer": info.issuer,
            "date": info.date, "region": None, "kind": info.kind,
        },
        "facts": [
            {"key": f.key, "state": f.state, "value": None if f.value is None else str(f.value), "unit": f.unit,
             "quote": f.quote, "span": list(f.span) if f.span else None}
            for f in report
        ],
        "unclaimed": [],
    }  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    (tmp_path / "tea.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "tea.txt", gold_of(TEXT)


def scored(path: Path, gold: dict[str, Any], **options: Any) -> Any:
    target = path.with_name(f"{path.stem}.gold.json")
    target.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return score(path, target, **options)


def fact(gold: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = [one for one in gold["facts"] if one["key"] == key]
    return found


def test_all_right(case: tuple[Path, dict[str, Any]]) -> None:
    path, gold = case
    one = scored(path, gold)
    assert one.strict.gold == len(gold["facts"]) > 5
    assert one.strict.f1 == one.keyed.f1 == one.value.recall == 1
    assert one.whole
    assert one.placed


@pytest.mark.parametrize(
    ("change", "strict", "keyed", "value"),
    [
        ({"value": "12.6"}, -1, -1, -1),
        ({"key": "revenue.current{period=2023}"}, -1, -1, 0),
        ({"key": "revenue.total{period=2022}"}, -1, -1, 0),
        ({"state": "zero"}, -1, -1, 0),
    ],
    ids=["value", "concept", "axis", "state"],
)
def test_one_fault_counts_once(
    case: tuple[Path, dict[str, Any]], change: dict[str, str], strict: int, keyed: int, value: int
) -> None:
    path, gold = case
    whole = scored(path, gold)
    fact(gold, "revenue.total{period=2023}").update(change)
    one = scored(path, gold)
    assert one.strict == whole.strict._replace(right=whole.strict.right + strict)
    assert one.keyed == whole.keyed._replace(right=whole.keyed.right + keyed)
    assert one.value == whole.value._replace(right=whole.value.right + value)
    assert [miss.what for miss in one.misses] == ["lost", "extra"]
    assert not one.whole


def test_a_wrong_place_is_wrong_strictly_alone(tmp_path: Path) -> None:
    text = TEXT + "\n二、结语\n\n全年收入总计12.5万元。\n"
    (tmp_path / "tea.txt").write_text(text, encoding="utf-8")
    gold = gold_of(text)
    twice = [one for one in gold["facts"] if one["key"] == "revenue.total{period=2023}"]
    assert len(twice) == 2
    gold["facts"].remove(twice[1])
    twice[0]["span"] = twice[1]["span"]
    one = scored(tmp_path / "tea.txt", gold)
    assert one.keyed.right == one.keyed.gold
    assert one.strict.right == one.strict.gold
    assert [(miss.what, miss.span) for miss in one.misses] == [("extra", (text.index("12.5"), text.index("12.5") + 6))]


def test_repeated_facts_count_each(case: tuple[Path, dict[str, Any]]) -> None:
    path, gold = case
    gold["facts"].append(dict(fact(gold, "revenue.total{period=2023}")))
    one = scored(path, gold)
    assert one.strict.gold == one.strict.right + 1


def test_what_is_unclaimed_is_seen_but_no_fact(case: tuple[Path, dict[str, Any]]) -> None:
    path, gold = case
    gold["unclaimed"].append({"quote": "2.5万元", "span": [TEXT.index("2.5万元，"), TEXT.index("2.5万元，") + 5]})
    one = scored(path, gold)
    assert one.value.recall < 1  # 12.5万元 is no 2.5万元


def test_places_by_page_are_those_by_span(case: tuple[Path, dict[str, Any]]) -> None:
    path, gold = case
    wanted = scored(path, gold)
    for one in gold["facts"]:
        if one["quote"] is not None:
            start, _ = one.pop("span")
            plain = "".join(TEXT[:start].split())
            quote = "".join(one["quote"].split())
            whole = "".join(TEXT.split())
            one["page"], one["nth"] = 1, sum(whole.startswith(quote, k) for k in range(len(plain) + 1))
    assert scored(path, gold) == wanted


def test_a_long_text_is_compared_by_its_digest_and_its_ends(case: tuple[Path, dict[str, Any]]) -> None:
    path, gold = case
    wanted = scored(path, gold)
    title = fact(gold, "document.title")
    assert len(title["value"]) > 16
    title["value"] = f"sha256:{hashlib.sha256(title['value'].encode()).hexdigest()[:12]}"
    title |= {"quote": f"{title['quote'][:6]}⋯{title['quote'][-4:]}", "page": 1, "nth": 1}
    assert scored(path, gold).strict == wanted.strict
    title["value"] = f"sha256:{hashlib.sha256(b'another').hexdigest()[:12]}"
    assert scored(path, gold).strict.right == wanted.strict.right - 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"span": [3, 8]}, "RP-GOLD-002"),
        ({"page": 2, "nth": 1, "span": None}, "RP-GOLD-002"),
        ({"page": 1, "nth": 9, "span": None}, "RP-GOLD-002"),
    ],
    ids=["elsewhere", "no such page", "not so often"],
)
def test_gold_of_another_text_is_refused(case: tuple[Path, dict[str, Any]], change: dict[str, Any], said: str) -> None:
    path, gold = case
    fact(gold, "revenue.total{period=2023}").update(change)
    with pytest.raises(GoldError) as caught:
        scored(path, gold)
    assert caught.value.code == said


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"facts": [3], "unclaimed": [], "kind": "", "document": {}}', "[" * 9999]
)
def test_what_is_no_gold_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "tea.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "tea.gold.json").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        score(tmp_path / "tea.txt", tmp_path / "tea.gold.json")
    assert caught.value.code == "RP-GOLD-002"


def test_a_file_that_cannot_be_read_loses_all_its_gold(case: tuple[Path, dict[str, Any]]) -> None:
    path, gold = case
    whole = scored(path, gold)
    path.write_bytes(b"")
    one = scored(path, gold)
    assert one.error == "RP-READ-004"
    assert one.strict == Tally(whole.strict.gold, 0, 0)
    assert one.value == Tally(whole.value.gold, 0, 0)
    assert len(one.misses) == whole.strict.gold


def test_prose_and_tables_apart() -> None:
    document = CORPUS / "yn-2023-seedlings.txt"
    gold = document.with_name("yn-2023-seedlings.gold.json")
    whole, prose, table = (score(document, gold, where=where) for where in (None, "prose", "table"))
    assert whole.strict == prose.strict.plus(table.strict)
    assert min(prose.strict.gold, table.strict.gold) > 10


def test_gold_is_found_for_what_was_made_of_a_text(tmp_path: Path) -> None:
    assert find_gold(Path("pdf/a.chromium.pdf"), tmp_path) is None
    (tmp_path / "a.gold.json").touch()
    assert find_gold(Path("pdf/a.chromium.pdf"), tmp_path) == tmp_path / "a.gold.json"
    assert find_gold(Path("pdf/a.pdf"), tmp_path) == tmp_path / "a.gold.json"
    assert find_gold(Path("pdf/b.pdf"), tmp_path) is None


def test_a_pdf_of_a_text_is_compared_without_places() -> None:
    ((document, gold),) = pairs_in([CORPUS / "pdf" / "fa-baoying-wetland.chromium.pdf"], CORPUS)
    one = score(document, gold)
    assert not one.placed
    text = score(CORPUS / "fa-baoying-wetland.txt", gold)
    # The maker of the PDFs prints brackets and points in other widths: words differ, figures do not.
    assert {name for name in text.concepts if one.concepts[name] != text.concepts[name]} == {"organisation.functions"}
    assert one.value.recall == 1


def test_the_table_and_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(CORPUS), "--half", "dev", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["halves"].keys() == {"dev"}
    assert found["all"]["files"] == len(found["files"]) > 7
    assert found["all"]["strict"]["gold"] == sum(one["strict"]["gold"] for one in found["files"])
    assert sum(one["gold"] for one in found["concepts"].values()) == found["all"]["strict"]["gold"]
    lost = sum(miss["what"] == "lost" for one in found["files"] for miss in one["misses"])
    assert lost == found["all"]["strict"]["gold"] - found["all"]["strict"]["right"]
    assert main(["eval", str(CORPUS), "--half", "dev", "--misses", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n  - ") == lost
    assert f"{found['all']['strict']['gold']} " in out


@pytest.mark.parametrize("arguments", [["nowhere"], [str(CORPUS / "README.md")], [str(CORPUS / ".." / "src")]])
def test_nothing_to_score_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", *arguments]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err.strip()


def test_the_text_that_gold_counts_in_is_that_of_the_reader() -> None:
    ((document, gold),) = pairs_in([CORPUS / "gd-2024-hakka-culture.txt"])
    text = read(document).text
    for one in json.loads(gold.read_text(encoding="utf-8"))["facts"]:
        if one["span"]:
            assert text[slice(*one["span"])] == one["quote"]
    assert to_json([score(document, gold)])["all"]["span_exactness"] == 1
