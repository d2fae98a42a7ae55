"""Passages on targets, self-evaluation, scores and indicators."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reportmaking.draft import Draft
from reportmaking.manner import rounded
from reportmaking.writer import Number, Stated, Words


def targets(d: Draft) -> None:
    """How many targets were set, for how much money."""
    b, w = d.books, d.w
    d.para()
    count = d.count(d.rng.randint(2, 19), "个", d.key("targets.count"))
    amount = d.figure(b.project, d.key("targets.amount"))
    w.put(
        d.one(
            f"{d.y}共编制绩效目标{{}}，涉及财政资金{{}}",
            f"{d.y}设置绩效目标{{}}，涉及资金{{}}",
            f"{d.y}{d.we()}编制绩效目标{{}}，涉及资金{{}}",
        ),
        count,
        amount,
    )
    if d.chance(0.6):
        w.put(
            d.one("，覆盖率为{}", "，覆盖率达到{}", "，绩效目标覆盖率{}"),
            Number((str(d.key("targets.coverage")),), "100", "%"),
        )
    w.say("。")


def self_evaluated(d: Draft) -> None:
    """How many projects evaluated themselves, and how they fared."""
    b, w = d.books, d.w
    count = len(b.projects)
    key = d.key("evaluation.projects", "self_evaluated")
    money = d.key("evaluation.project_amount", "self_evaluated")
    d.para()
    amount = d.figure(b.project, money)
    w.put(d.one(f"{d.y}组织对{{}}项目开展绩效自评，涉及资金{{}}", f"{d.we()}对{d.y}{{}}项目开展了绩效自评，涉及资金{{}}", "共对{}项目进行绩效自评，涉及资金{}"),
          d.count(count, "个", key), amount)  # fmt: skip
    if d.chance(0.4):
        share = d.percent(Fraction(1), replace(money, aspect="share", of="expenditure.nature[project]"))
        w.put("，占项目支出总额的{}", share)
    if d.chance(0.2):
        mean = Number((str(d.key("evaluation.score", "project_average")),), drawn_score(d), "分", kind="score")
        w.put("，平均得分{}", mean)
    elif d.chance(0.4) and count > 1:
        best = d.rng.randint(1, count - 1)
        w.put(
            d.one("，其中评价结果为“优”的{}、“良”的{}", "；评价等级为“优”的{}，“良”的{}"),
            d.count(best, "个", replace(key, cross="{grade:优}")),
            d.count(count - best, "个", replace(key, cross="{grade:良}")),
        )
    w.say("。")


def score(d: Draft, digits: str, *, grade: bool = True, subject: str = "") -> Number:
    """The score, its full mark, the grade."""
    w = d.w
    number = Number((str(d.key("evaluation.score")),), digits, "分", kind="score")
    subject = subject or d.one("部门整体支出绩效自评", f"{d.y}部门整体支出绩效自评", "自评", "绩效自评")
    w.put(f"{subject}{d.one('得分{}', '得分为{}', '综合得分{}')}", number)
    if d.chance(0.3):
        w.say("（满分")
        start, end = w.number("100", "分")
        w.say("）")
        number.fact.parts.append(("scale", start, end))
    if grade:
        word = "优" if float(digits) >= 90 else "良"
        word = d.one(word, word, "优秀" if word == "优" else "良好")
        left, right = d.rng.choice([("", ""), ("“", "”")])
        w.put(
            d.one("，评价等级为", "，自评等级为", "，等级为", "，等次为") + left + "{}" + right,
            Words("evaluation.grade", word),
        )
    return number


def drawn_score(d: Draft) -> str:
    decimals = d.rng.choice([0, 1, 2])
    return rounded(Fraction(d.rng.randint(81 * 10**decimals, 999 * 10**decimals // 10), 10**decimals), decimals)


WEIGHTS = (
    (("预算执行", 10), ("产出指标", 50), ("效益指标", 30), ("满意度指标", 10)),
    (("投入指标", 20), ("过程指标", 20), ("产出指标", 30), ("效益指标", 30)),
    (("决策指标", 15), ("过程指标", 25), ("产出指标", 30), ("效益指标", 30)),
)


def parts_of_score(d: Draft, whole: Number) -> None:
    """The marks of the groups of indicators, in prose; they add up to the score."""
    w = d.w
    digits = whole.digits
    left = Fraction(digits)
    points = []
    w.say(d.one("其中", "从各类指标看，", "具体为："))
    form = d.rng.randrange(2)
    groups = d.rng.choice(WEIGHTS)
    for k, (name, full) in enumerate(groups):
        got = left if k == len(groups) - 1 else Fraction(int(full * Fraction(digits)), 100)
        left -= got
        point = Number((str(d.key("indicator.score", name)),), rounded(got, 2), "分", kind="score")
        weight = Number((str(d.key("indicator.weight", name)),), str(full), "分", kind="score")
        points.append(point)
        w.say("；" if k else "")
        if form:
            w.put(f"{name}分值{{}}，得{{}}", weight, point)
        else:
            w.put(f"{name}得{{}}（权重{{}}）", point, weight)
    w.say("。")
    w.relate("sum", whole, points)


def project_lines(d: Draft) -> None:
    """Each project with its budget, its spending and the rate of execution."""
    w = d.w
    for k, (name, figure) in enumerate(d.books.projects.items(), 1):
        d.para()
        key = d.key("project.amount", name)
        adjusted = d.chance(0.2)
        basis, vs = ("adjusted_budget", "adjusted_budget") if adjusted else ("budget", None)
        budget, spent = d.money(figure.budget, replace(key, basis=basis)), d.figure(figure, key)
        rate = d.percent(Fraction(figure.now, figure.budget), replace(key, aspect="execution_rate", vs=vs))
        words = "。调整预算{}，实际支出{}，预算执行率{}" if adjusted else ""
        w.put(
            d.item_number(k) + name + (words or d.one("。年初预算{}，实际支出{}，预算执行率{}", "：预算{}，执行数{}，执行率{}", "。预算安排{}，实际支出{}，执行率为{}")),
            budget, spent, rate,
        )  # fmt: skip
        w.relate("execution", spent, [budget, rate])
        if d.chance(0.3):
            points = Number((str(d.key("project.score", name)),), drawn_score(d), "分", kind="score")
            w.put(d.one("，自评得分{}", "，项目自评得分{}"), points)
        w.say("。")
        if d.chance(0.5):
            w.say(d.rng.choice(d.office.trade.work) + "。")


def indicator_sentence(d: Draft) -> None:
    """One indicator with target, actual and reason, said so in words."""
    name, unit, _, low, high = d.rng.choice(d.office.trade.indicators)
    goal = d.rng.randint(low, high - 1)
    done = d.rng.randint(low, high)
    w = d.w
    target, actual = f"不低于{goal}{unit}", f"{done}{unit}"
    w.put(f"{name}年初指标值为{{}}，{d.one('实际完成值', '全年实际完成值')}为{{}}", Words(f"indicator.target[{name}]", target),
          Words(f"indicator.actual[{name}]", actual))  # fmt: skip
    w.say("。")


def indicator_table(d: Draft, digits: str) -> None:
    """A piped table of indicators; paths of the first two columns and the name are the member."""
    w = d.w
    w.line("heading")
    w.say(d.one("附表：项目支出绩效自评表", "绩效指标评分表"))
    w.line("row")
    w.say("|一级指标|二级指标|三级指标|分值|年初指标值|实际完成值|得分|")
    rows = d.office.trade.indicators
    fulls = [40, 30, 30][: len(rows)]
    for (name, unit, path, low, high), full in zip(rows, fulls, strict=True):
        first, second = path.split("/")
        member = f"{path}/{name}"
        goal = d.rng.randint(low, high - 1)
        done = d.rng.randint(low, high)
        w.line("row")
        w.put(f"|{first}|{second}|{name}|{{}}|{{}}|{{}}|{{}}|", *(_cell(d, member, *one) for one in (
            ("weight", str(full), "分"), ("target", f"≥{goal}{unit}", ""), ("actual", f"{done}{unit}", ""),
            ("score", rounded(full * Fraction(digits) / 100, 2), "分"))))  # fmt: skip


def _cell(d: Draft, member: str, concept: str, text: str, unit: str) -> Number | Words:
    if unit:
        return Number((str(d.key(f"indicator.{concept}", member)),), text, unit, where="table", kind="score")
    return Words(f"indicator.{concept}[{member}]", text, where="table")


def execution_table(d: Draft) -> None:
    """Budget, spending and rate of both natures, one cell a line."""
    b, w = d.books, d.w
    for text in (
        "附表",
        f"{d.y}支出预算执行情况表",
        f"单位：{d.manner.unit}",
        "项目",
        "年初预算数",
        "执行数",
        "执行率",
    ):
        w.line("row")
        w.say(text)
    rows = (("基本支出", b.basic, d.key("expenditure.nature", "basic")), ("项目支出", b.project, d.key("expenditure.nature", "project")),
            ("本年支出合计", b.spent, d.key("expenditure.current")))  # fmt: skip
    for label, figure, key in rows:
        w.line("row")
        w.say(label)
        rate = replace(key, aspect="execution_rate")
        for number in (d.money(figure.budget, replace(key, basis="budget")), d.money(figure.now, key),
                       d.percent(Fraction(figure.now, figure.budget), rate)):  # fmt: skip
            w.line("row")
            if number.unit == "%":
                number.digits, number.kind = f"{number.digits}", "percentage"
                start = w.length
                w.say(f"{number.digits}%")
                w.stated.append(Stated(number.keys[0], "stated", number.digits, "%", start, w.length, where="table"))
            else:
                number.where = "table"
                number.write(w)
