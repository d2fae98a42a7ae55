"""An output is held against its source, and whatever was changed in it is found."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from conftest import CORPUS, ROOT
from reportparse import parse
from reportparse.batch import Settings
from reportparse.batch import run as run_batch
from reportparse.cli import main
from reportparse.errors import VerifyError
from reportparse.readers import read
from reportparse.report import decoded
from reportparse.verify import Verification, verify

NAME = "sc-2023-archives.txt"
OTHER = "bu-shengsi-fishing-culture.txt"


@pytest.fixture(scope="module")
def output() -> str:
    return parse(CORPUS / NAME).to_json()


def changed(output: str, change: Callable[[Any], object]) -> Verification:
    said = decoded(output)
    change(said)
    return verify(said, CORPUS / NAME)


def with_value(said: Any) -> int:
    return next(i for i, f in enumerate(said["facts"]) if f["key"] == "revenue.total{period=2023}")


def move(said: Any) -> None:
    fact = said["facts"][with_value(said)]
    fact["span"] = [at + 1 for at in fact["span"]]


def swap_digits(said: Any) -> None:
    fact = said["facts"][with_value(said)]
    fact["value"] = Decimal("268.42")


def swap_digits_everywhere(said: Any) -> None:
    swap_digits(said)
    said["facts"][with_value(said)]["quote"] = "268.42万元"


def misread(said: Any) -> None:
    fact = said["facts"][with_value(said)]
    fact["key"], fact["concept"] = "expenditure.total{period=2023}", "expenditure.total"


def drop(said: Any) -> None:
    """As one would who knows the format: with all that names it."""
    id = said["facts"][with_value(said)]["id"]
    del said["facts"][with_value(said)]
    del said["report"]["revenue.total"]
    said["findings"] = [finding for finding in said["findings"] if id not in json.dumps(finding, default=str)]
    gone = {finding["id"] for finding in said["findings"]}
    for finding in said["findings"]:
        finding["related"] = [one for one in finding["related"] if one in gone]
    for fact in said["facts"]:
        fact.update({name: None for name in ("base", "part_of") if fact[name] == id})


def drop_one_that_is_cited(said: Any) -> None:
    del said["facts"][with_value(said)]


def double(said: Any) -> None:
    said["facts"].append(said["facts"][-1])


CHANGES: dict[str, tuple[Callable[[Any], object], str]] = {
    "a digit of a value": (swap_digits, "value"),
    "a digit of value and quote": (swap_digits_everywhere, "quote"),
    "a place that is moved": (move, "quote"),
    "a place beyond the text": (lambda s: s["facts"][5].update(span=[Decimal(9), Decimal(10**9)]), "quote"),
    "another concept": (misread, "parse"),
    "a fact that is left out": (drop, "parse"),
    "a fact that is left out and cited": (drop_one_that_is_cited, "reference"),
    "a fact that is there twice": (double, "reference"),
    "a number unclaimed that is left out": (lambda s: s["unclaimed"].pop(), "coverage"),
    "another page": (lambda s: s["facts"][9].update(page=Decimal(2)), "page"),
    "another section": (lambda s: s["facts"][9].update(section="s99"), "reference"),
    "a heading in other words": (lambda s: s["sections"][3].update(title="其他"), "parse"),
    "a part that ends early": (lambda s: s["parts"][0].update(span=[Decimal(0), Decimal(5)]), "part"),
    "a finding of no fact": (lambda s: s["findings"][0].update(facts=["f999"]), "reference"),
    "a finding that is left out": (lambda s: s["findings"].pop(), "parse"),
    "the year": (lambda s: s["document"].update(department="某局"), "parse"),
    "a wrong type": (lambda s: s["facts"][3].update(label=3), "form"),
    "other bytes": (lambda s: s["source"].update(sha256="0" * 64), "source"),
    "another text": (lambda s: s["source"].update(text_sha256="0" * 64), "text"),
}  # fmt: skip


def test_what_was_parsed_holds(output: str) -> None:
    found = verify(output, CORPUS / NAME)
    assert (found.holds, found.problems, found.notes) == (True, (), ())
    said = json.loads(output)
    assert found.proved["quotes"] == sum(f["quote"] is not None for f in said["facts"] + said["unclaimed"])
    assert found.proved["values"] > 50
    assert found.proved["parse"] == 1


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_is_found(output: str, name: str) -> None:
    change, what = CHANGES[name]
    found = changed(output, change)
    assert not found.holds
    assert found.problems[0].what == what
    assert all(problem.message and problem.message_en for problem in found.problems)


def test_a_value_that_was_changed_is_found_once(output: str) -> None:
    (problem,) = [
        one for one in changed(output, swap_digits).problems if one.what != "reference" and "facts" in one.where
    ]
    assert problem.id is not None
    assert "268.42" in problem.message
    assert "286.42" in problem.message_en


def test_another_source_is_one_problem_not_a_thousand(output: str) -> None:
    found = verify(output, CORPUS / OTHER)
    assert [problem.what for problem in found.problems] == ["source"]


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.update(schema_version="0.9"),
        lambda s: s["parts"][0]["pack"].update(sha256="0" * 64),
        lambda s: s["parts"][0]["pack"].update(id="cn-99.other"),
        lambda s: s["source"].update(reader_version="0"),
    ],
)
def test_the_output_of_another_version_is_held_by_its_evidence_alone(
    output: str, change: Callable[[Any], object]
) -> None:
    def other(said: Any) -> None:
        change(said)
        misread(said)  # another version may rightly say so

    found = changed(output, other)
    assert found.holds
    assert found.proved["parse"] == 0
    assert len(found.notes) == 1

    def forged(said: Any) -> None:
        change(said)
        swap_digits(said)

    assert changed(output, forged).problems[0].what == "value"


def test_cells_and_an_encoding_that_was_asked_for(tmp_path: Path) -> None:
    text = (CORPUS / NAME).read_text(encoding="utf-8")
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("gb18030"))
    found = verify(parse(path, encoding="gb18030", cells=True), path)
    assert found.holds
    assert found.proved["parse"]


def test_boxes_of_a_pdf() -> None:
    path = next(iter(sorted((ROOT / "corpus").rglob("*.pdf"))))
    document = read(path)
    report = parse(document)
    found = verify(report, document)
    assert found.holds
    assert found.proved["boxes"] >= found.proved["quotes"] > 0
    said = decoded(report.to_json())
    said["facts"][-1]["boxes"][0][1] += 1
    assert verify(said, document).problems[0].what == "box"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "3",
        "[]",
        "{}",
        '{"revenue.total": 3}',
        '{"source": {"name": "a"}, "error": {}}',
        '{"schema_version": "1.2", "facts": [], "source": {"name": "a", "sha256": "", "encoding": 5, "encoding_reason": "asked for"}}',
    ],
)
def test_what_is_no_output_is_refused(said: str) -> None:
    with pytest.raises(VerifyError, match="RP-VERIFY-002"):
        verify(said, CORPUS / NAME)


# -- the command ----------------------------------------------------------------------------------------------------------


def test_one_output(output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    out.write_text(output, encoding="utf-8")
    assert main(["verify", str(out), str(CORPUS / NAME), "--lang", "zh"]) == 0
    assert "成立" in capsys.readouterr().out
    said = decoded(output)
    said["facts"][40]["quote"] += "0"
    said["facts"][41]["quote"] += "0"
    from reportparse.emit import to_json

    out.write_text(to_json(said), encoding="utf-8")
    assert main(["verify", str(out), str(CORPUS / NAME), "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert "facts[40].quote" in told
    assert "and 1 other" in told
    assert main(["verify", str(out), str(CORPUS / NAME), "--json"]) == 1
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["problems"]] == ["f41", "f42"]


def test_the_output_of_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / NAME).write_bytes((CORPUS / NAME).read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(folder / "more.zip", "w") as packed:
        packed.write(CORPUS / OTHER, f"x/{OTHER}")
    out = tmp_path / "out"
    run_batch(Settings([str(folder)], str(out), workers=1))
    assert main(["verify", str(out), str(folder), "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert f"below/{NAME}: holds" in told.out
    assert f"more.zip/x/{OTHER}: holds" in told.out
    assert "2 of 2 hold" in told.out
    assert "1 file could not be read" in told.err
    (folder / "below" / NAME).write_bytes(b"other")
    assert main(["verify", str(out), str(folder), "--lang", "en"]) == 1
    assert "another file" in capsys.readouterr().out
    (folder / "below" / NAME).unlink()
    assert main(["verify", str(out), str(folder), "--lang", "en"]) == 3
    assert "RP-VERIFY-003" in capsys.readouterr().err
    assert main(["verify", str(out), str(folder / "empty.txt")]) == 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "twins.zip", "w") as packed:
        packed.write(CORPUS / NAME, "t.txt")
        packed.write(CORPUS / OTHER, "t.txt")
    out = tmp_path / "out"
    run_batch(Settings([str(tmp_path / "twins.zip")], str(out), workers=1))
    assert main(["verify", str(out), str(tmp_path / "twins.zip"), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "t.txt#2: holds" in told
    assert "2 of 2 hold" in told


def test_a_line_that_was_cut_costs_itself_alone_and_one_that_is_gone_is_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    run_batch(Settings([str(CORPUS / NAME), str(CORPUS / OTHER)], str(out), workers=1))
    lines = out / "reports.jsonl"
    whole = lines.read_bytes()
    lines.write_bytes(whole[:-1000])
    assert main(["verify", str(out), str(CORPUS), "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert "RP-VERIFY-002: " in told
    assert "line 2 is no whole output" in told
    assert f"RP-VERIFY-004: the batch has {NAME}" in told
    assert f"{OTHER}: holds" in told
    lines.write_bytes(whole.splitlines(keepends=True)[0])
    assert main(["verify", str(out), str(CORPUS), "--json"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["error"]["code"] for one in found if "error" in one] == ["RP-VERIFY-004"]
    (out / "journal.sqlite").unlink()
    assert main(["verify", str(out), str(CORPUS), "--lang", "en"]) == 0


def test_what_cannot_be_read(output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / "none.json"), str(CORPUS / NAME)]) == 3
    assert "RP-VERIFY-001" in capsys.readouterr().err
    assert main(["verify", str(CORPUS / NAME), str(CORPUS / NAME)]) == 3
    assert "RP-VERIFY-002" in capsys.readouterr().err
    out = tmp_path / "out.json"
    out.write_text(output, encoding="utf-8")
    assert main(["verify", str(out), str(tmp_path / "none.txt")]) == 3
    assert "RP-READ-001" in capsys.readouterr().err
    assert main(["verify"]) == 2


def test_lines_of_one_name_are_each_held_against_their_source(
    output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / NAME).write_bytes((CORPUS / NAME).read_bytes())
    other = parse((CORPUS / OTHER).read_bytes(), name=NAME).to_json()
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"\xef\xbb\xbf" + f"{output}\r\n\r\n{other}\n".encode())
    assert main(["verify", str(out), str(tmp_path), "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert "another file" in told
    assert "1 of 2 hold" in told
    out.write_text(f"{output}\nno json\n", encoding="utf-8")
    assert main(["verify", str(out), str(tmp_path)]) == 1  # and the other line is held all the same


def test_an_indented_output_is_one(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text(parse(CORPUS / NAME).to_json(indent=2), encoding="utf-8")
    assert main(["verify", str(out), str(CORPUS / NAME)]) == 0


OTHER_PACK = "0" * 64


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("concept", "key"), ("key", "key"), ("unit", "unit"), ("yuan", "yuan"), ("state", "state"), ("kind", "kind"),
        ("decimals", "value"), ("where", "span"),
    ],
)  # fmt: skip
def test_what_other_packs_read_is_tried_field_by_field(output: str, name: str, what: str) -> None:
    edits = {
        "concept": "expenditure.total", "key": "revenue.total{period=1999}", "unit": "元", "yuan": Decimal(1), "state": "zero",
        "kind": "score", "decimals": Decimal(1), "where": "nowhere",
    }  # fmt: skip

    def change(said: Any) -> None:
        said["parts"][0]["pack"]["sha256"] = OTHER_PACK
        said["facts"][with_value(said)][name] = edits[name]

    found = changed(output, change)
    assert not found.holds
    assert what in {problem.what for problem in found.problems}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda said: said["sections"][3].update(title="另一章"), "quote"),
        (lambda said: said["document"].update(date="2020-01-01"), "document"),
        (lambda said: said["unclaimed"][0].update(unit="吨"), "unit"),
        (lambda said: said["coverage"].update(share=Decimal("0.1")), "coverage"),
    ],
)
def test_what_other_packs_read_is_tried_as_a_whole(output: str, change: Callable[[Any], object], what: str) -> None:
    def both(said: Any) -> None:
        said["parts"][0]["pack"]["sha256"] = OTHER_PACK
        change(said)

    found = changed(output, both)
    assert what in {problem.what for problem in found.problems}


@pytest.mark.parametrize("name", [NAME, OTHER, "pdf/fa-baoying-wetland.chromium.pdf"])
def test_what_other_packs_read_holds_where_it_is_true(name: str) -> None:
    document = read(CORPUS / name)
    said = decoded(parse(document, cells=True).to_json())
    said["parts"][0]["pack"]["sha256"] = OTHER_PACK
    found = verify(said, document)
    assert found.problems == ()
    assert found.proved["parse"] == 0
    assert found.notes


def test_an_error_beside_facts_excuses_nothing(output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from reportparse.emit import to_json

    said = decoded(output)
    swap_digits(said)
    out = tmp_path / "out.jsonl"
    out.write_text(f'{to_json(said)[:-1]},"error":{{"code":"RP-READ-001"}}}}\n{output}\n', encoding="utf-8")
    assert main(["verify", str(out), str(CORPUS), "--lang", "en"]) == 1
    told = capsys.readouterr()
    assert "1 of 2 hold in all" in told.out
    assert "could not be read" not in told.err


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "2 of 2 hold in all, 1 by the evidence alone"), ("zh", "其中 1 份只核验了证据")]
)
def test_what_no_parse_was_compared_with_is_counted_apart(
    output: str, lang: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from reportparse.emit import to_json

    said = decoded(output)
    said["parts"][0]["pack"]["sha256"] = "0" * 64
    out = tmp_path / "out.jsonl"
    out.write_text(f"{output}\n{to_json(said)}\n", encoding="utf-8")
    assert main(["verify", str(out), str(CORPUS), "--lang", lang]) == 0
    assert told in capsys.readouterr().out


@pytest.mark.parametrize("nested", [False, True])
def test_an_archive_that_is_damaged_is_said_to_be(
    nested: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as packed:
        packed.write(CORPUS / NAME, f"x/{NAME}")
    folder = tmp_path / "in"
    folder.mkdir()

    def pack(data: bytes) -> None:
        if not nested:
            (folder / "a.zip").write_bytes(data)
            return
        with zipfile.ZipFile(folder / "a.zip", "w") as packed:
            packed.writestr("inner.zip", data)

    whole = inner.read_bytes()
    pack(whole)
    out = tmp_path / "out"
    run_batch(Settings([str(folder)], str(out), workers=1))
    assert main(["verify", str(out), str(folder), "--lang", "en"]) == 0
    pack(whole[: len(whole) // 2])
    capsys.readouterr()
    assert main(["verify", str(out), str(folder), "--lang", "en"]) == 3
    assert "RP-READ-012" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_said(output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text(f"{output}\n{output}\n", encoding="utf-8")
    assert main(["verify", str(out), str(tmp_path / "nowhere"), "--lang", "en"]) == 2
    assert "no such file or folder" in capsys.readouterr().err
