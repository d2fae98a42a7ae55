"""The draft of a pack: TOML that a person can finish."""

from __future__ import annotations

import re
import tomllib

import pytest

from reportparse import parse
from reportparse.errors import PackError
from reportparse.packdraft import draft
from reportparse.packfile import read_rules
from reportparse.packs import load_packs

TEXT = """河口县渔政站2023年度部门整体支出绩效自评报告
一、站所家底
本站年底在册船员18人，全年出航巡查海域面积共计320平方公里。
二、收入决算情况说明
本年收入合计9.00万元，罚没入库2.50万元。
船艇情况表
|船型|艘数|
|巡逻艇|3|
|快艇|2|
"""


def made() -> str:
    packs = load_packs()
    return draft(parse(TEXT.encode(), packs=packs), packs)


def test_a_draft_is_toml_with_every_heading_that_holds_something_unclaimed() -> None:
    raw = tomllib.loads(made())
    assert re.fullmatch(r"cn(-\d\d)?\.overall_performance(\.\d{4})?", raw["pack"]["id"])
    assert raw["pack"]["extends"] == "cn.overall_performance"
    headings = [heading for section in raw["section"] for heading in section.get("headings", [])]
    assert headings == ["站所家底"]
    labels = [label for section in raw["section"] for field in section["field"] for label in field["labels"]]
    assert any(label.endswith(("海域面积共计", "海域面积")) for label in labels)
    assert "罚没入库" in labels
    assert raw["table"][0]["titles"] == ["船艇情况表"]


def test_a_draft_proposes_no_number() -> None:
    drafted = "\n".join(line.split("#")[0] for line in made().splitlines())
    assert not re.search(r"(?<![\d.])(?:18|320|2\.50)(?![\d.])", drafted)


def test_what_is_left_open_is_an_error_that_points_at_it() -> None:
    with pytest.raises(PackError, match="TODO") as raised:
        read_rules(made().encode(), "draft.toml")
    assert raised.value.code == "RP-PACK-003"


def test_a_document_that_says_nothing_still_gives_a_head() -> None:
    packs = load_packs()
    raw = tomllib.loads(draft(parse("没有什么。".encode(), packs=packs), packs))
    assert set(raw) == {"pack"}


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("河口省2018年度省级部门预算公开报表", "省级部门预算公开报表"),
        ("关于2023年部门决算的说明", "部门决算的说明"),
        ("河口县渔政站2023年度部门整体支出绩效自评报告", "部门整体支出绩效自评报告"),
    ],
)
def test_a_draft_knows_its_own_document_by_words_of_its_title(title: str, known: str) -> None:
    packs = load_packs()
    report = parse(f"{title}\n一、站所家底\n本站全年罚没入库2.50万元。\n".encode(), packs=packs)
    applies = tomllib.loads(draft(report, packs))["pack"]["applies"]
    assert applies["title"] == known
    assert re.search(applies["title"], title)
