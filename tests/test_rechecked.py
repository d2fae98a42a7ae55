"""What was corrected is checked again: what the corrections did to the findings, and nothing else."""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from conftest import CORPUS
from reportparse import parse
from reportparse.cli import main
from reportparse.concepts import TEXT_KINDS, compared_by, key_of, load_concepts
from reportparse.export.corrected import Corrections
from reportparse.model import Compared

WRONG = CORPUS / "bu-hechuan-rescue.txt"
TEXT = """2023年度安远市林业局部门决算

三、支出决算情况说明
2023年支出合计100.00万元，其中：基本支出61.00万元，占61.00%；项目支出39.00万元，占39.00%。
"""


def line_of(path: Path) -> tuple[bytes, dict[str, Any]]:
    line = parse(path).to_json().encode()
    return line, msgspec.json.Decoder(float_hook=Decimal).decode(line)


def said_of(fact: Mapping[str, Any], value: str | None) -> dict[str, Any]:
    """What a reader says of a fact: another value, all else as it is."""
    within = re.sub(r"cross=\{.*?\}", "", fact["key"].partition("{")[2]).partition("}")[0]
    axes = dict(axis.split("=", 1) for axis in within.split(",") if axis) | {"cross": fact["cross"]}
    return {
        "concept": fact["concept"], "member": fact["member"], "aspect": fact["aspect"], "axes": axes, "state": fact["state"],
        "value": value, "unit": fact["unit"], "role": fact["role"],
    }  # fmt: skip


@pytest.fixture
def corrected(tmp_path: Path) -> Callable[..., tuple[Mapping[str, Any], list[str]]]:
    """The line of a document as corrected by entries, and what is told of it."""

    def of(
        line: bytes, document: Mapping[str, Any], entries: list[dict[str, Any]]
    ) -> tuple[Mapping[str, Any], list[str]]:
        source = {name: document["source"][name] for name in ("name", "sha256", "text_sha256")}
        empty = {"corrected": None, "comment": "", "quote": None, "span": None, "key": None}
        path = tmp_path / f"{source['name']}.corrections.json"
        path.write_text(
            json.dumps({
                "corrections_version": 1, "source": source, "reviewer": None, "complete": False, "saved": None,
                "entries": [empty | entry for entry in entries],
            }),
            encoding="utf-8",
        )  # fmt: skip
        corrections = Corrections([path])
        return corrections.applied(line, document), [en for _, en in corrections.notes()]

    return of


def entry(fact: Mapping[str, Any], value: str | None) -> dict[str, Any]:
    return {
        "of": "fact", "verdict": "correct", "key": fact["key"], "span": fact["span"], "quote": fact["quote"],
        "corrected": said_of(fact, value),
    }  # fmt: skip


def problems(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(one["check"], one["outcome"]) for one in document["findings"] if one["outcome"] != "consistent"]


def written(tmp_path: Path, text: str = TEXT) -> tuple[bytes, dict[str, Any]]:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    return line_of(path)


def fact_of(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    return next(fact for fact in document["facts"] if fact["key"] == key)


def test_a_right_figure_for_a_wrong_one_settles_what_was_found(tmp_path: Path, corrected: Any) -> None:
    line, document = written(tmp_path, TEXT.replace("39.00万元", "93.00万元"))
    assert problems(document)
    project = fact_of(document, "expenditure.nature[project]{period=2023}")
    after, notes = corrected(line, document, [entry(project, "39.00")])
    assert problems(after) == []
    assert notes[1] == f"checked again as corrected: {len(problems(document))} problems hold no more, 0 are new"
    told = [one for one in after["findings"] if project["id"] in one["facts"]]
    assert {one["changed"] for one in told} == {"按更正后的数核对"}


def test_a_wrong_figure_for_a_right_one_is_found(tmp_path: Path, corrected: Any) -> None:
    line, document = written(tmp_path)
    assert problems(document) == []
    project = fact_of(document, "expenditure.nature[project]{period=2023}")
    after, notes = corrected(line, document, [entry(project, "93.00")])
    found = [one for one in after["findings"] if one["outcome"] == "inconsistent"]
    assert [one["reported"] for one in found if one["check"] == "sum"] == ["100.00"]
    assert notes[1] == f"checked again as corrected: 0 problems hold no more, {len(problems(after))} are new"
    ids = [one["id"] for one in after["findings"]]
    assert len(set(ids)) == len(ids)
    repairs = {id for one in found for cause in one["causes"] for id in cause["repairs"]}
    assert repairs <= set(ids)
    assert {id for one in found for id in one["related"]} <= set(ids)
    facts = {fact["id"] for fact in after["facts"]}
    assert {id for one in found for id in one["facts"]} <= facts


def test_a_number_that_is_none_is_added_no_more(tmp_path: Path, corrected: Any) -> None:
    line, document = written(tmp_path, TEXT.replace("61.00万元", "16.00万元"))
    basic = fact_of(document, "expenditure.nature[basic]{period=2023}")
    reject = {
        "of": "fact",
        "verdict": "reject",
        "key": basic["key"],
        "span": basic["span"],
        "quote": basic["quote"],
    }
    after, _ = corrected(line, document, [reject])
    assert not any(basic["id"] in one["facts"] for one in after["findings"])


def test_what_a_reader_found_takes_part(tmp_path: Path, corrected: Any) -> None:
    line, document = written(
        tmp_path, TEXT.replace("项目支出39.00万元，占39.00%", "项目支出39.00万元。护林方面的有49.00万元")
    )
    assert problems(document) == []
    number = next(one for one in document["unclaimed"] if one["quote"] == "49.00万元")
    said = {
        "concept": "expenditure.nature", "member": "project", "aspect": "value", "axes": {"period": "2023"}, "state": "stated",
        "value": "49.00", "unit": "万元", "role": "statement",
    }  # fmt: skip
    added = {"of": "number", "verdict": "correct", "span": number["span"], "quote": number["quote"], "corrected": said}
    after, _ = corrected(line, document, [added])
    assert problems(after) == [("restated", "inconsistent")]  # the sum has the other one


def test_a_finding_that_a_reader_stands_by_is_kept(tmp_path: Path, corrected: Any) -> None:
    line, document = written(tmp_path, TEXT.replace("39.00万元", "93.00万元"))
    finding = next(one for one in document["findings"] if one["check"] == "sum")
    facts = {fact["id"]: fact for fact in document["facts"]}
    stands = {
        "of": "finding", "verdict": "accept", "code": finding["code"],
        "facts": [{"key": facts[id]["key"], "span": facts[id]["span"]} for id in finding["facts"]],
    }  # fmt: skip
    project = fact_of(document, "expenditure.nature[project]{period=2023}")
    after, _ = corrected(line, document, [stands, entry(project, "39.00")])
    kept = next(one for one in after["findings"] if one["id"] == finding["id"])
    assert (kept["review"].verdict, kept["changed"]) == ("确认", "所涉的数已更正，不再成立")


def test_where_the_rules_are_not_at_hand_it_is_said(tmp_path: Path, corrected: Any) -> None:
    line, document = written(tmp_path)
    line = line.replace(document["parts"][0]["pack"]["sha256"].encode(), b"0" * 64)
    project = fact_of(document, "expenditure.nature[project]{period=2023}")
    after, notes = corrected(line, document, [entry(project, "93.00")])
    assert problems(after) == []
    assert "所涉的数已更正，未重新核对" in {one.get("changed") for one in after["findings"]}
    assert notes[1].startswith("1 reports were not checked again")


@pytest.mark.parametrize("name", ["bu-hechuan-rescue", "sc-2022-farm-machinery", "gs-2022-check-dams", "yn-2023-tofu"])  # fmt: skip
def test_what_is_corrected_to_what_it_is_changes_no_finding(name: str, corrected: Any) -> None:
    """But for those that compare two statements of which one was assumed: a reader has affirmed it."""
    line, document = line_of(CORPUS / f"{name}.txt")
    entries = [
        entry(fact, None if fact["value"] is None else str(fact["value"]))
        for fact in document["facts"]
        if fact["span"] is not None and fact["kind"] not in TEXT_KINDS
    ]
    assert len(entries) > 50
    unique = {json.dumps([one["key"], one["span"]]): one for one in entries}
    after, _ = corrected(line, document, list(unique.values()))
    was = {(one["code"], *one["facts"], one["outcome"], one["reported"]) for one in document["findings"]}
    is_now = {(one["code"], *one["facts"], one["outcome"], one["reported"]) for one in after["findings"]}
    assert was <= is_now
    assert {one[0][:8] for one in is_now - was} <= {"RP-SAME-"}


@pytest.mark.parametrize("aspect", ["change", "change_rate", "execution_rate"])
@pytest.mark.parametrize("basis", ["actual", "budget"])
@pytest.mark.parametrize(
    "against", [("2022", "actual"), ("2022", "budget"), ("2019", "actual"), ("2023", "budget"), ("2023", "adjusted_budget")]
)  # fmt: skip
def test_what_a_key_is_against_is_read_back(aspect: str, basis: str, against: tuple[str, str]) -> None:
    compared = Compared(*against)
    if aspect == "execution_rate":
        compared = Compared("2023", against[1])  # it is of the same year
    elif against == ("2023", basis):
        return
    key = key_of(load_concepts()["expenditure.total"], basis=basis, period="2023", aspect=aspect, compared=compared)
    vs = key.partition("vs=")[2].partition("}")[0] or None
    assert compared_by(aspect, basis, "2023", vs) == compared


def test_at_the_end_of_a_batch_and_with_packs_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(
        '[pack]\nid = "cn-36.final_accounts"\nversion = "1"\nextends = "cn.final_accounts"\napplies = { title = "安远.*决算" }\n',
        encoding="utf-8",
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT.replace("39.00万元", "93.00万元"), encoding="utf-8")
    into, judged = tmp_path / "out", tmp_path / "judged"
    batch = ["batch", str(tmp_path / "in"), "-o", str(into), "--packs", str(pack), "--lang", "en", "-q"]
    assert main(batch) == 0
    line = (into / "reports.jsonl").read_bytes()
    document = json.loads(line, parse_float=Decimal)
    assert document["parts"][0]["pack"]["id"] == "cn-36.final_accounts"
    judged.mkdir()
    source = {name: document["source"][name] for name in ("name", "sha256", "text_sha256")}
    project = entry(fact_of(document, "expenditure.nature[project]{period=2023}"), "39.00")
    said = {"corrections_version": 1, "source": source, "reviewer": None, "complete": False, "saved": None}
    (judged / "a.corrections.json").write_text(
        json.dumps(said | {"entries": [project | {"comment": ""}]}), encoding="utf-8"
    )
    assert main([*batch, "--to", "csv", "--corrections", str(judged)]) == 0
    assert "2 problems hold no more" in capsys.readouterr().err
    alone = ["export", str(into), "-o", str(tmp_path / "t"), "--lang", "en", "--corrections", str(judged)]
    assert main(alone) == 0
    assert "1 reports were not checked again" in capsys.readouterr().err
    assert main([*alone, "--packs", str(pack)]) == 0
    assert "2 problems hold no more" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [["batch", "a.txt", "-o", "out", "--corrections", "judged"], ["export", "out", "-o", "t", "--packs", "x.toml"]]
)  # fmt: skip
def test_options_that_would_be_without_effect_are_refused(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "reports.jsonl").write_bytes(b"")
    assert main([*command, "--lang", "en"]) == 2
    assert "goes with" in capsys.readouterr().err


def test_a_number_that_is_no_quantity_is_out_of_the_findings_too(
    tmp_path: Path, corrected: Any, monkeypatch: Any
) -> None:
    line, document = written(tmp_path, TEXT + "修路方面的有4.00万元。\n")
    number = next(iter(document["unclaimed"]))
    checked: list[int] = []
    monkeypatch.setattr(
        "reportparse.export.corrected.recheck", lambda report, after, packs: checked.append(len(after.unclaimed))
    )
    none = {"of": "number", "verdict": "reject", "span": number["span"], "quote": number["quote"]}
    corrected(line, document, [none])
    assert checked == [len(document["unclaimed"]) - 1]


def test_another_value_of_what_is_read_by_now_is_told(tmp_path: Path, corrected: Any) -> None:
    line, document = written(tmp_path)
    fact = fact_of(document, "expenditure.nature[project]{period=2023}")
    missing = {"of": "place", "verdict": "missing", "span": fact["span"], "quote": fact["quote"]}
    after, notes = corrected(line, document, [missing | {"corrected": said_of(fact, "39.00")}])
    assert len(after["facts"]) == len(document["facts"])
    assert len(notes) == 1  # it says the same
    after, notes = corrected(line, document, [missing | {"corrected": said_of(fact, "93.00")}])
    assert len(after["facts"]) == len(document["facts"])
    assert notes[1].startswith("1 judgements were not used")


def test_two_facts_of_one_place_are_told_apart_by_what_was_read(tmp_path: Path, corrected: Any) -> None:
    line, document = written(tmp_path)
    basic = fact_of(document, "expenditure.nature[basic]{period=2023}")
    project = fact_of(document, "expenditure.nature[project]{period=2023}")
    as_other = entry(basic, "61.00")
    as_other["corrected"] = said_of(project, "61.00")
    added = {"of": "place", "verdict": "missing", "span": basic["span"], "quote": basic["quote"], "corrected": said_of(basic, "61.00")}  # fmt: skip
    after, _ = corrected(line, document, [as_other, added])
    at = [fact["key"] for fact in after["facts"] if fact["span"] == basic["span"]]
    assert sorted(at) == sorted([basic["key"], project["key"]])


@pytest.mark.parametrize("period", ["unknown", "²", "①", "2021-2023", ""])
def test_a_period_that_is_no_year_is_compared_with_none(period: str) -> None:
    assert compared_by("change", "actual", period, None) is None


def test_many_judgements_take_no_longer_each(tmp_path: Path, corrected: Any) -> None:
    line, document = written(tmp_path)
    fact = fact_of(document, "expenditure.nature[project]{period=2023}")
    many = [
        {"of": "place", "verdict": "missing", "span": [k, k + 1], "quote": "x", "corrected": said_of(fact, "39.00") | {"member": f"x{k}"}}
        for k in range(5000)
    ]  # fmt: skip
    line = line.replace(document["parts"][0]["pack"]["sha256"].encode(), b"0" * 64)  # nothing is checked again
    _, notes = corrected(line, document, many)
    assert "5000 added" in notes[0]
