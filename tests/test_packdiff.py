"""What a change of packs changes, fact by fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportparse.cli import main
from reportparse.cli.inputs import documents_in
from reportparse.packdiff import compare
from reportparse.packfile import read_rules
from reportparse.packs import load_packs

PACK = """
[pack]
id = "cn-51.final_accounts"
extends = "cn.final_accounts"
applies = { title = '决算' }
[[anywhere.field]]
concept = "revenue.total"
labels = ['进账合计']
[[anywhere.examples]]
text = '2023年进账合计9万元。'
facts = ['revenue.total = 9万元']
"""


def test_what_a_pack_adds_and_takes(tmp_path: Path) -> None:
    text = "四川省某县水利局2023年度部门决算\n一、收支情况\n2023年进账合计9万元，支出总计8万元。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "c.xyz").write_bytes(b"no report")
    before = load_packs()
    rules = read_rules(PACK.encode(), "my.toml")
    found, others = documents_in(str(tmp_path))
    assert others == {".xyz": 1}
    assert [name for _, name in found] == ["a.txt", "b.pdf"]
    files = [Path(path) for path, _ in found]
    one, other = (compare(path, before, {**before, rules.id: rules}) for path in files)
    assert [(change.mark, change.key, change.value) for change in one.changes] == [
        ("+", "revenue.total{period=2023}", "9万元 (90000元)")
    ]
    assert one.same > 3
    assert one.error is None
    assert other.error is not None
    back = compare(files[0], {**before, rules.id: rules}, before)
    assert [change.mark for change in back.changes] == ["-"]


def test_each_of_two_packs_reads_without_the_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(
        "四川省某县水利局2023年度部门决算\n一、收支情况\n2023年进账合计9万元，支出总计8万元。\n", encoding="utf-8"
    )
    mine, other = tmp_path / "my.toml", tmp_path / "other.toml"
    mine.write_text(PACK, encoding="utf-8")
    other.write_text(
        PACK.replace("cn-51.final_accounts", "cn-51.final_accounts.2023").replace("进账", "出账"), encoding="utf-8"
    )
    assert main(["packs", "diff", str(mine), str(other), str(tmp_path), "--lang", "en"]) == 0
    assert "1 document: 1 lost, 0 gained" in capsys.readouterr().out
    assert main(["packs", "diff", str(mine), str(other), str(tmp_path), "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "1 份文件：少 1 条，多 0 条" in told
    assert "其他类型的文件 2 个" in told


def test_no_such_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "diff", "cn", "cn.budget", str(tmp_path / "none"), "--lang", "en"]) == 2
    assert "no such folder" in capsys.readouterr().err
