"""Statutory forms set with blanks: the same form in several settings gives the same rows."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.layout import lay_out
from reportparse.wordrows import marks_on_side, word_rows

TOP = """某县城市管理局2023年度项目支出绩效自评表
（2023年度）
 项目名称      背街小巷照明改造
 主管部门      某县城市管理局              实施单位    某县路灯所
                             年初预算数  全年预算数  全年执行数  分值   执行率    得分
             年度资金总额      680.00     655.50     640.12    10   97.65%   9.77
 项目资金    其中：当年财政拨款 600.00     575.50     560.12    —    97.33%    —
             上年结转资金       80.00      80.00      80.00    —    100.00%   —
 年度总体              预期目标                              实际完成情况
 目标        改造42条街巷，安装灯具1860盏。       改造40条，安装灯具1795盏。
 一级指标   二级指标    三级指标         年度指标值     实际完成值     分值  得分  偏差原因及改进措施
 产出指标   数量指标    改造街巷条数     ≥42条         40条          20   19   管线迁改滞后，两条街巷跨
                                                                               年实施
 （60分）              安装灯具盏数     ≥1860盏       1795盏        20   19.3
            质量指标    灯具一次验收     =100%         100%          10    10
                        合格率
            时效指标    完成时限         10月底前      12月5日       10     8
 效益指标   社会效益    夜间警情下降     ≥8%           9.1%          20    20
 （20分）   指标        比例
 满意度     服务对象    居民满意度       ≥90%          88.7%         10   9.9  施工噪声大
 指标（10分）满意度指标
                     总  分                                         100  95.97
"""

MIDDLE = """某县城市管理局2023年度项目支出绩效自评表
\f                                    （2023 年度）

  项目名称                                     背街小巷照明改造

  主管部门                   某县城市管理局                实施单位                   某县路灯所

                          年初预算数      全年预算数      全年执行数          分值       执行率        得分

              年度资金总额       680.00     655.50     640.12        10      97.65%      9.77
  项目资金
  （万元）
             其中：当年财政拨款     600.00     575.50     560.12        —       97.33%       —

              上年结转资金        80.00      80.00     80.00         —       100.00%      —

                          预期目标                                  实际完成情况
 年度总体目标
                 改造 42 条街巷，安装灯具 1860 盏。                    改造 40 条，安装灯具 1795 盏。

                                                                                  偏差原因分
  一级指标         二级指标        三级指标      年度指标值      实际完成值          分值       得分        析及改进措
                                                                                    施

                                                                                  管线迁改滞
                          改造街巷条数      ≥42 条      40 条          20        19       后，两条街
               数量指标                                                               巷跨年实施

                          安装灯具盏数     ≥1860 盏    1795 盏         20       19.3
产出指标（60 分）

                         灯具一次验收合
               质量指标                   =100%      100%          10        10
                            格率

               时效指标        完成时限      10 月底前     12 月 5 日       10         8

                         夜间警情下降比
效益指标（20 分）    社会效益指标                   ≥8%       9.1%          20        20
                            例

满意度指标（10 分） 服务对象满意度指标     居民满意度       ≥90%       88.7%         10        9.9      施工噪声大

                          总分                                   100      95.97
"""

PAGES = """某县城市管理局2023年度项目支出绩效自评表
\f                                      （2023 年度）

  项目名称                                              背街小巷照明改造

  主管部门                   某县城市管理局                         实施单位                 某县路灯所

                          年初预算数        全年预算数            全年执行数       分值         执行率         得分

              年度资金总额        680.00         655.50        640.12      10       97.65%       9.77
  项目资金
  （万元）
             其中：当年财政拨款      600.00         575.50        560.12      —        97.33%        —

              上年结转资金        80.00          80.00         80.00       —        100.00%       —

                          预期目标                                            实际完成情况
 年度总体目标
                  改造 42 条街巷，安装灯具 1860 盏。                          改造 40 条，安装灯具 1795 盏。

                                                                                         偏差原因分析及
  一级指标         二级指标        三级指标        年度指标值            实际完成值       分值         得分
                                                                                          改进措施

产出指标（60 分）                                                                               管线迁改滞后，
                          改造街巷条数           ≥42 条         40 条        20         19       两条街巷跨年实
               数量指标                                                                         施

                          安装灯具盏数       ≥1860 盏           1795 盏      20        19.3

               质量指标      灯具一次验收合格          =100%         100%        10         10
                             率
\f                时效指标        完成时限     10 月底前   12 月 5 日   10     8

效益指标（20 分）     社会效益指标     夜间警情下降比例    ≥8%      9.1%      20     20

满意度指标（10 分）   服务对象满意度指标    居民满意度     ≥90%      88.7%     10     9.9    施工噪声大

                          总分                             100   95.97
"""

SINGLE = """某县城市管理局2023年度项目支出绩效自评表
（2023年度）
项目名称 背街小巷照明改造
主管部门 某县城市管理局 实施单位 某县路灯所
项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 680.00 655.50 640.12 10 97.65% 9.77
其中：当年财政拨款 600.00 575.50 560.12 - 97.33% -
上年结转资金 80.00 80.00 80.00 - 100.00% -
年度总体目标 预期目标 实际完成情况
改造42条街巷，安装灯具1860盏。 改造40条，安装灯具1795盏。
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析
及改进措施
产出指标（60分） 数量指标 改造街巷条数 ≥42条 40条 20 19 管线迁改滞后，两条街巷跨年实施
安装灯具盏数 ≥1860盏 1795盏 20 19.3
质量指标 灯具一次验收合格率 =100% 100% 10 10
时效指标 完成时限 10月底前 12月5日 10 8
2
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析
及改进措施
效益指标（20分） 社会效益指标 夜间警情下降比例 ≥8% 9.1% 20 20
满意度指标（10分） 服务对象满意度指标 居民满意度 ≥90% 88.7% 10 9.9 施工噪声大
总分 100 95.97
"""

INDICATORS = [
    ("产出指标（60分）", "数量指标", "改造街巷条数", "≥42条", "40条", "20", "19", "管线迁改滞后，两条街巷跨年实施"),
    ("产出指标（60分）", "数量指标", "安装灯具盏数", "≥1860盏", "1795盏", "20", "19.3", ""),
    ("产出指标（60分）", "质量指标", "灯具一次验收合格率", "=100%", "100%", "10", "10", ""),
    ("产出指标（60分）", "时效指标", "完成时限", "10月底前", "12月5日", "10", "8", ""),
    ("效益指标（20分）", "社会效益指标", "夜间警情下降比例", "≥8%", "9.1%", "20", "20", ""),
    ("满意度指标（10分）", "服务对象满意度指标", "居民满意度", "≥90%", "88.7%", "10", "9.9", "施工噪声大"),
]
MONEY = [
    ("年度资金总额", "680.00", "655.50", "640.12", "10", "97.65%", "9.77"),
    ("其中：当年财政拨款", "600.00", "575.50", "560.12", "-", "97.33%", "-"),
    ("上年结转资金", "80.00", "80.00", "80.00", "-", "100.00%", "-"),
]


def grid_of(text: str) -> dict[tuple[int, int], str]:
    """The words of the only table, by row and column; a cell over several is in all of them."""
    layout = lay_out(text)
    (grid,) = layout.grids.values()
    found: dict[tuple[int, int], str] = {}
    for place, start, end, rest in grid.cells:
        words = "".join("".join(layout.flat.text[a:b] for a, b in ((start, end), *rest)).split()).replace("—", "-")
        for row in range(place.row, place.row + place.rows):
            for column in range(place.column, place.column + place.columns):
                found[row, column] = words
    return found


def rows_with(text: str, column: int, first: int) -> list[tuple[str, ...]]:
    grid = grid_of(text)
    rows = sorted({row for row, at in grid if at == column})
    return [tuple(grid.get((row, at), "") for at in range(first, 8)) for row in rows]


@pytest.mark.parametrize("form", [TOP, MIDDLE, PAGES, SINGLE], ids=["top", "middle", "pages", "single"])
def test_indicators_are_the_same_however_they_are_set(form: str) -> None:
    rows = [row for row in rows_with(form, 6, 0) if row[5].isdigit() and row[0] != "总分"]
    assert [row for row in rows if row[0].endswith("）") and "资金" not in row[0]] == INDICATORS


@pytest.mark.parametrize("form", [TOP, MIDDLE, PAGES, SINGLE], ids=["top", "middle", "pages", "single"])
def test_money_is_the_same_however_it_is_set(form: str) -> None:
    assert [row for row in rows_with(form, 7, 1) if row[1:2] and row[1].endswith(".00")] == MONEY


@pytest.mark.parametrize("form", [TOP, MIDDLE, PAGES, SINGLE], ids=["top", "middle", "pages", "single"])
def test_every_printed_word_of_a_form_is_in_it_once(form: str) -> None:
    layout = lay_out(form)
    (grid,) = layout.grids.values()
    printed = [layout.flat.text[a:b] for _, start, end, rest in grid.cells for a, b in ((start, end), *rest)]
    body = form[form.index("项目名称") :].replace("\n2\n", "\n")
    assert sorted("".join("".join(printed).split())) == sorted("".join(body.split()))


@pytest.mark.parametrize("form", [TOP, MIDDLE, PAGES, SINGLE], ids=["top", "middle", "pages", "single"])
def test_facts_of_a_form_are_the_same_however_it_is_set(form: str) -> None:
    facts = _facts(form)
    assert facts["indicator.score[产出指标/质量指标/灯具一次验收合格率]{period=2023}"] == "10"
    assert facts["indicator.weight[产出指标]{period=2023}"] == "60"
    assert facts["indicator.score[执行率]{period=2023}"] == "9.77"
    assert facts["project.amount[背街小巷照明改造]{period=2023}"] == "640.12"


def test_a_row_that_stray_words_stand_beside_is_left() -> None:
    form = SINGLE.replace(
        "灯具一次验收合格率 =100% 100% 10 10\n", "=100% 100% 10 10\n灯具一次验收 照明中断\n合格率 两小时\n"
    )
    facts = _facts(form)
    assert facts["project.amount[背街小巷照明改造]{period=2023}"] == "640.12"
    assert not any("质量指标" in key or "时效指标" in key for key in facts)


def test_names_behind_codes_are_at_the_level_that_these_tell() -> None:
    facts = _facts("""某市园林处2022年度绿地养护项目绩效评价报告
一级指标 二级指标 三级指标 权重 得分 得分率 扣分原因
A 决策（20） A1 项目立项（8） A11 立项依据充分性 4 4 100.00%
A12 立项程序规范性 4 3 75.00% 论证材料不全
A2 绩效目标（12） A21 绩效目标合理性与指标明确
性 12 10 83.33% 指标未量化
B 产出（80） B1 产出数量（80） B11 养护面积 80 78 97.50%
合计 100 95 95.00%
""")
    assert facts["indicator.score[决策/绩效目标/绩效目标合理性与指标明确性]{period=2022}"] == "10"
    assert facts["indicator.reason[决策/项目立项/立项程序规范性]"] == "论证材料不全"
    assert facts["indicator.weight[产出/产出数量/养护面积]{period=2022}"] == "80"


@pytest.mark.parametrize("at", [0, 2, 3])
@pytest.mark.parametrize("name", ["预算执行率", "资金执行率（10分）", "预算执行情况"])
def test_the_rate_of_execution_is_a_row_of_its_own_among_indicators(name: str, at: int) -> None:
    rows = [
        "产出指标 数量指标 监测山塘数 ≥32座 32座 20 20",
        "质量指标 数据合格率 ≥90% 93% 30 28 设备故障",
        "效益指标 社会效益指标 预警覆盖率 ≥85% 84% 40 39",
    ]
    rows.insert(at, f"{name} 10 9.7")
    head = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因"
    form = "\n".join([head, *rows, "总分 100 96.7"])
    facts = _facts(f"某县水利中心2023年度山塘监测项目支出绩效自评表\n{form}\n")
    rate = name.partition("（")[0]
    assert facts[f"indicator.score[{rate}]{{period=2023}}"] == "9.7"
    assert facts["indicator.score[产出指标/质量指标/数据合格率]{period=2023}"] == "28"
    assert facts["indicator.target[效益指标/社会效益指标/预警覆盖率]"] == "≥85%"


def _facts(text: str) -> dict[str, str]:
    return {fact.key: str(fact.value) for fact in parse(text.encode()).facts}


@pytest.mark.parametrize(
    ("texts", "heads"),
    [
        (["项目 预算数 执行数 执行率", "清淤 10.00 9.00 90%", "护岸 20.00 20.00 100%"], ["项目", "预算数", "执行数", "执行率"]),
        (
            ["内容 年初 全年执行数 执行率", "预算数 财政资金 自筹资金", "清淤 10.00 8.00 1.00 90%", "护岸 20.00 20.00 0.00 100%"],
            ["内容", "年初预算数", "全年执行数/财政资金", "全年执行数/自筹资金", "执行率"],
        ),
        (["项目 预算 执行", "甲 乙 丙 丁", "清淤 1 2 3 4", "护岸 1 2 3 4"], []),  # either may stand over two or all four
        (["项目 预算数 执行数", "清淤 10.00 9.00", "护岸 20.00"], []),
    ],
)  # fmt: skip
def test_rows_of_a_name_and_figures(texts: list[str], heads: list[str]) -> None:
    found: dict[int, list[str]] = {}
    for cell in word_rows(texts):
        if not any(char.isdigit() for char in texts[cell.line]):
            for column in range(cell.column, cell.column + cell.columns):
                over = found.setdefault(column, [])
                words = texts[cell.line][cell.start : cell.end]
                if cell.rows == 2 and over:
                    over[-1] += words
                else:
                    over.append(words)
    assert ["/".join(found[column]) for column in sorted(found)] == heads


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (["维度 决策 过程 产出 效益", "分值 20 20 30 30", "得分 18 19 27.5 29", "二、问题"], 3),
        (["维度 决策 过程 产出 效益", "分值 20 20 30 30"], 0),
        (["维度 决策 过程 产出", "分值 20 20 30 30", "得分 18 19 27.5 29"], 0),
        (["分值 20 20 30 30", "分值 20 20 30 30", "得分 18 19 27.5 29"], 0),
    ],
)
def test_marks_that_lie_on_their_side(texts: list[str], lines: int) -> None:
    assert marks_on_side(texts) == lines
