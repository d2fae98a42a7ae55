"""Tables of which only the cells are left, one a line."""

from __future__ import annotations

import pytest

from reportparse.listed import unlist

CASES = {
    "rows of one kind": (
        "项目 预算数 决算数 合计 9.10 7.46 公务接待费 3.60 —",
        "0:0 0:1 0:2 1:0 1:1 1:2 2:0 2:1 2:2",
    ),
    "what stands over the headings": ("某表 单位：万元 项目 预算数 合计 9", "0:0 1:0 2:0 2:1 3:0 3:1"),
    "a row that lacks a cell": (
        "项目 预算数 决算数 合计 9 8 接待费 3 会议费 1 2",
        "0:0 0:1 0:2 1:0 1:1 1:2 2:0 2:? 3:0 3:1 3:2",
    ),
    "two headings, one after the other": (
        "资金 预算数 执行数 总额 9 8 一级指标 三级指标 指标值 得分 产出 长度 9米 10",
        "0:0 0:1 0:2 1:0 1:1 1:2 2:0 2:1 2:2 2:3 3:0 3:1 3:2 3:3",
    ),
    "codes, and a total that has none": (
        "科目编码 科目名称 合计 基本支出 合计 9 8 208 社会保障 5 4 210 卫生健康 4 4 221 住房保障 1 1",
        "0:0 0:1 0:2 0:3 4:1 4:2 4:3 5:0 5:1 5:2 5:3 6:0 6:1 6:2 6:3 7:0 7:1 7:2 7:3",
    ),
    "as many figures as headings before the only rate": (
        "项目 预算数 决算数 执行率 得分 合计 9 8 88% 7 接待费 3 2 66% 会议费 1 99%",
        "0:0 0:1 0:2 0:3 0:4 1:0 1:1 1:2 1:3 1:4 2:0 2:1 2:2 2:3 3:0 3:? 3:?",
    ),
    "a name that is none of a whole does not stand for two": (
        "单位名称 项目名称 预算数 决算数 某站 清淤 9 8 灌溉 3 2 合计 12 10",
        "0:0 0:1 0:2 0:3 1:0 1:1 1:2 1:3 2:0 2:? 2:? 3:0 3:2 3:3",
    ),
    "money asked for in its unit": (
        "项目名称 清淤 年度资金总额（万元） 40.00 一级指标 二级指标 三级指标 指标值 产出指标 数量指标 长度 ≥9米",
        "0:0 1:0 2:0 2:1 3:0 3:1 3:2 3:3 4:0 4:1 4:2 4:3",
    ),
    "names with figures, and one with none": (
        "三公经费 4.20 接待费 0.70 购置费 0 运行经费 — 六、其他",
        "0:0 0:1 1:0 1:1 2:0 2:1 3:0 3:1 4:0",
    ),
    "goals in words over the levels": (
        "年度目标 预期目标 实际完成情况 清淤 已完成 一级指标 三级指标 指标值 得分 产出指标 长度 9米 10",
        "0:0 1:0 1:1 2:0 2:1 3:0 3:1 3:2 3:3 4:0 4:1 4:2 4:3",
    ),
    "two sides, one of them empty": (
        "项目 预算数 项目 预算数 拨款 9 教育 5 其他收入 卫生 4",
        "0:0 0:1 0:? 0:? 1:0 1:1 2:0 2:1 3:0 4:0 4:1",
    ),
    "remarks that most rows lack, rows with numbers": (
        "序号 项目 预算数 执行数 执行率 备注 1 甲 5 5 100% 2 乙 6 3 50% 慢 3 丙 1 1 100% 合计 12 9 75%",
        "0:0 0:1 0:2 0:3 0:4 0:5 1:0 1:1 1:2 1:3 1:4 2:0 2:1 2:2 2:3 2:4 2:5 3:0 3:1 3:2 3:3 3:4 4:1 4:2 4:3 4:4",
    ),
    "remarks that most rows lack, rows with names": (
        "项目 预算数 执行数 备注 甲 5 5 乙 6 3 慢 合计 11 8",
        "0:0 0:1 0:2 0:3 1:0 1:1 1:2 2:0 2:1 2:2 2:3 3:0 3:1 3:2",
    ),
    "the parts of a sum have no marks": (
        "资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分 年度资金总额 5 6 5.4 10 90% 9 其中：财政拨款 5 6 5.4 其他资金 1 年度目标",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:0 2:1 2:2 2:3 3:0 3:? 4:0",
    ),
    "headings cut in two": (
        "资金 （万元） 年初 预算数 全年 执行数 分值 得分 年度资金总额 5 4 10 8 其中：拨款 5 4",
        "0:0 0:0 0:1 0:1 0:2 0:2 0:3 0:4 1:0 1:1 1:2 1:3 1:4 2:0 2:1 2:2",
    ),
    "a total whose words are left out": (
        "一级指标 三级指标 指标值 分值 得分 产出 长度 9米 60 58 总分 60 58",
        "0:0 0:1 0:2 0:3 0:4 1:0 1:1 1:2 1:3 1:4 2:0 2:3 2:4",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rows_and_columns(name: str) -> None:
    cells, places = CASES[name]
    found = unlist(cells.split())
    assert [f"{row}:{column if column < 100 else '?'}" for row, column, _ in found] == places.split()


def test_no_rate_stands_beside_the_column_of_rates() -> None:
    # 预算数 stood over 年初数 | 调整数: as many cells as headings, and yet another row
    cells = "序号 项目 预算数 执行数 执行率 得分 年初数 调整数 1 清淤 9 1 8 80% 7 2 灌溉 9 8 1 89% 6".split()
    assert {column for _, column, _ in unlist(cells)} == {0}


@pytest.mark.parametrize("second", ["≥8里 宽度 9尺 9尺", "宽度 9尺 9尺"])
def test_levels_are_headed_from_the_first_on(second: str) -> None:
    cells = f"一级指标 二级指标 指标值 完成值 数量指标 长度 ≥9里 9里 {second}".split()
    places = dict(zip(cells, unlist(cells), strict=False))
    # 长度 is no target, as it were under 二级指标 | 指标值 | 完成值
    assert places["指标值"][:2] in ((0, 2), (2, 0))


def test_a_level_is_no_reason_of_the_row_before() -> None:
    cells = "一级指标 二级指标 分值 得分 原因 甲类 甲项 9 8 质量指标 乙项 9 8 停工 丙项".split()
    places = {cell: place for cell, place in zip(cells, unlist(cells), strict=True) if cell == "质量指标"}
    assert places["质量指标"][1] != 4


def test_names_with_a_figure_each_need_no_headings() -> None:
    cells = "单位：万元 三公经费合计 4.2 公务接待费 0.7 其中：国内接待费 0.7 单位：元 会议费 9 培训费 8".split()
    assert unlist(cells) == [
        (0, 0, 1), (1, 0, 1), (1, 1, 1), (2, 0, 1), (2, 1, 1), (3, 0, 1), (3, 1, 1), (4, 0, 1), (5, 0, 1), (6, 0, 1), (7, 0, 1), (8, 0, 1),
    ]  # fmt: skip


def test_nothing_is_guessed_without_headings() -> None:
    assert unlist(["甲", "1", "乙", "2"]) == [(0, 0, 1), (1, 0, 1), (2, 0, 1), (3, 0, 1)]
