"""The tables of a batch: one row a report, one a fact, a finding, a heading, a number that nobody claimed, a failure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from reportparse.batch.between import Cited, between
from reportparse.concepts import load_concepts
from reportparse.export.corrected import AGAIN, Review
from reportparse.export.documents import Document, Lines
from reportparse.export.wide import Wanted, shown
from reportparse.export.words import OUTCOMES, TITLES
from reportparse.report import Report

__all__ = ["CONSISTENT", "Cell", "Column", "Row", "Table", "identifiers", "name_of", "tables"]

Cell = str | int | Decimal | Sequence[str] | None
Row = Sequence[Cell]

CONSISTENT = OUTCOMES["consistent"]
"""The outcome of a finding that is no problem."""

_UNREVIEWED = (None,) * len(Review._fields)
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")


class Column(NamedTuple):
    """A column: its name in CSV and SQL, its head in a workbook, and what it holds: ``text``, ``integer``, ``number`` (exact
    digits), ``money`` (a number, in yuan), ``share`` (a small number that needs no more digits than it has) or ``list`` (ids).
    """

    name: str
    head: str
    type: str = "text"

    @property
    def is_exact(self) -> bool:
        """Whether its digits are kept beside it where numbers are binary or of bounded length."""
        return self.type in ("number", "money")


class Table(NamedTuple):
    """A table: its name, that of its sheet, its columns, the rows that a document gives it, and those that all of them give
    together.
    """

    name: str
    sheet: str
    columns: tuple[Column, ...]
    rows: Callable[[Document], Iterable[Row]]
    after: Callable[[Lines], Iterable[Row]] = lambda _: ()

    def at(self, name: str) -> int:
        """Where the column of that name is."""
        return next(at for at, column in enumerate(self.columns) if column.name == name)


def tables(wide: Sequence[Wanted]) -> tuple[Table, ...]:
    """All tables; that of the reports has the figures of ``wide``."""
    return (_reports_table(wide), *_TABLES)


def name_of(document: Document) -> str:
    """What the document is called."""
    return str(document["source"]["name"])


def identifiers(columns: Iterable[Column]) -> list[str]:
    """The names of columns as words that SQL needs no quotation marks for: ``revenue_total``, ``expenditure_total_budget``."""
    made: list[str] = []
    for column in columns:
        plain = re.sub(r"\b(?:fund|basis|period)=", "", column.name)
        word = re.sub(r"\W+", "_", plain).strip("_") or "column"
        word = f"_{word}" if word[0].isdigit() else word
        unique, number = word, 1
        while unique.casefold() in {other.casefold() for other in made}:
            number += 1
            unique = f"{word}_{number}"
        made.append(unique)
    return made


def _reports_table(wide: Sequence[Wanted]) -> Table:
    def rows(document: Document) -> Iterator[Row]:
        if "error" in document:
            return
        about, coverage = document["document"], document["coverage"]
        outcomes = [finding["outcome"] for finding in document["findings"]]
        region = about["region"] or {}
        yield (
            name_of(document), TITLES.get(about["kind"], about["kind"]), about["title"], about["department"], region.get("name"),
            region.get("level"), region.get("code"), about["fiscal_year"], about["issuer"], about["date"], document["source"]["pages"],
            len(document["facts"]), coverage["quantities"], coverage["claimed"], len(document["unclaimed"]),
            sum(outcome != "consistent" for outcome in outcomes), outcomes.count("inconsistent"),
            outcomes.count("truncated") + outcomes.count("improbable"), outcomes.count("unusual"),
            "、".join(missing["concept"] for missing in document["missing"]), document["source"]["sha256"], *shown(document, wide),
        )  # fmt: skip

    def column(one: Wanted) -> Column:
        return Column(one.name, one.head, "text" if one.is_text else "money" if one.is_money else "number")

    columns = (
        Column("file", "文件"), Column("kind", "文种"), Column("title", "标题"), Column("department", "部门（单位）"),
        Column("region", "地区"), Column("region_level", "级别"), Column("region_code", "区划代码"),
        Column("fiscal_year", "年度", "integer"), Column("issuer", "发布单位"), Column("date", "日期"), Column("pages", "页数", "integer"),
        Column("facts", "事实数", "integer"), Column("quantities", "数量", "integer"), Column("claimed", "已认领", "integer"),
        Column("unclaimed", "未识别", "integer"), Column("problems", "问题", "integer"), Column("inconsistent", "不符", "integer"),
        Column("doubtful", "舍尾与存疑", "integer"), Column("unusual", "异常", "integer"), Column("missing", "未见指标"),
        Column("sha256", "文件指纹"), *map(column, wide),
    )  # fmt: skip
    return Table("reports", "报告总表", columns, rows)


def _sections(document: Document) -> Iterator[Row]:
    above = {child: section["id"] for section in document.get("sections", ()) for child in section["children"]}
    for section in document.get("sections", ()):
        yield (
            name_of(document), section["id"], section["part"], above.get(section["id"]), section["level"], section["number"],
            section["title"], section["role"], *section["span"],
        )  # fmt: skip


def _facts(document: Document) -> Iterator[Row]:
    known = load_concepts()
    titles = _titles(document)
    whose = _whose(document)
    for fact in document.get("facts", ()):
        start, end = fact["span"] or (None, None)
        number, words = (fact["value"], None) if isinstance(fact["value"], Decimal | int) else (None, fact["value"])
        crossed = ",".join(f"{axis}:{value}" for axis, value in fact["cross"].items()) or None
        yield (
            name_of(document), fact["id"], fact["part"], fact["key"], fact["concept"],
            known[fact["concept"]].zh if fact["concept"] in known else None, fact["member"], fact["member_code"], crossed, fact["label"],
            fact["fund"], fact["basis"], fact["period"], fact["aspect"], fact["kind"], fact["state"], fact["role"], number,
            fact["decimals"], fact["unit"], fact["yuan"], fact["value_max"], fact["qualifier"], words, fact["base"], fact["part_of"],
            fact["quote"], fact["page"], start, end, fact["section"], titles.get(fact["section"]), fact["where"], fact["rule"],
            fact["confidence"], "；".join(fact["notes"]) or None, *(fact.get("review") or _UNREVIEWED), *whose(fact["part"]),
        )  # fmt: skip


def _whose(document: Document) -> Callable[[str | None], tuple[Cell, Cell]]:
    """Whose report a part is, and of which year: as the part says, or else the document."""
    about = document.get("document", {})
    parts = {part["id"]: part for part in document.get("parts", ())}

    def of(part: str | None) -> tuple[Cell, Cell]:
        own = parts.get(part, {})
        return own.get("department") or about.get("department"), own.get("fiscal_year") or about.get("fiscal_year")

    return of


def _findings(document: Document) -> Iterator[Row]:
    titles = _titles(document)
    facts = {fact["id"]: fact for fact in document.get("facts", ())}
    whose = _whose(document)
    for finding in document.get("findings", ()):
        low, high = finding["interval"] or (None, None)
        cited = [facts[id] for id in finding["facts"] if id in facts]
        yield (
            name_of(document), finding["id"], finding["check"], finding["code"], OUTCOMES.get(finding["outcome"], finding["outcome"]),
            finding["message"], _number(finding["reported"]), _number(finding["computed"]), cited[0]["unit"] if cited else None,
            _number(low), _number(high),
            "；".join(cause["change"] for cause in finding["causes"]) or None, cited[0]["page"] if cited else None,
            "、".join(" ".join((fact["quote"] or "").split()) for fact in cited) or None, tuple(finding["facts"]),
            *whose(cited[0]["part"] if cited else None),
            "、".join(dict.fromkeys(titles[one["section"]] for one in cited if one["section"] in titles)) or None,
            _apart(finding, cited), *_judged(finding),
        )  # fmt: skip


def _apart(finding: Mapping[str, Any], cited: Sequence[Mapping[str, Any]]) -> Cell:
    """How far the figures of a finding are apart: in yuan where the first of them is money, otherwise not said."""
    reported, computed = _number(finding["reported"]), _number(finding["computed"])
    unit = cited[0]["unit"] if cited and cited[0]["yuan"] is not None else None
    # Of a printed 0 it is not seen how many yuan its unit is: another figure of the same unit says so.
    scale = next((one for one in cited if one["unit"] == unit and one["yuan"] and one["value"]), None)
    if scale is None or not isinstance(reported, Decimal) or not isinstance(computed, Decimal):
        return None
    apart: Decimal = abs(reported - computed) * scale["yuan"] / scale["value"]
    return apart


def _judged(finding: Mapping[str, Any]) -> tuple[Cell, Cell]:
    review = finding.get("review")
    verdict = review.verdict if review is not None else None
    verdict = "、".join(filter(None, (verdict, finding.get("changed")))) or None
    return verdict, review.comment if review is not None else None


def _across(lines: Lines) -> Iterator[Row]:
    corrections = lines.corrections
    for one in between(lines.path, corrections.report if corrections is not None else Report.from_json):
        finding, (first, *rest) = one.finding, one.cited
        other = rest[0] if rest else None
        changed = corrections is not None and any(
            each.fact is not None and corrections.has_changed(each.file, each.fact.id) for each in one.cited
        )
        yield (
            first.file, finding.id, one.department, finding.check, finding.code, OUTCOMES.get(finding.outcome, finding.outcome),
            finding.message, one.difference, *_side(first), other.file if other is not None else None, *_side(other),
            AGAIN if changed else None,
        )  # fmt: skip


def _side(cited: Cited | None) -> tuple[Cell, ...]:
    if cited is None:
        return (None,) * 7
    fact = cited.fact
    value = fact.value if fact is not None and isinstance(fact.value, Decimal) else None
    quote = " ".join((cited.quote or "").split()) or None
    unit, yuan, id = (fact.unit, fact.yuan, fact.id) if fact is not None else (None, None, None)
    return quote, value, unit, yuan, cited.page, cited.section, id


def _number(printed: str | None) -> Cell:
    """What a finding says of a number as one; what is none (a grade) stays words."""
    return Decimal(printed) if printed is not None and _FIGURE.fullmatch(printed) else printed


def _unclaimed(document: Document) -> Iterator[Row]:
    titles = _titles(document)
    for mention in document.get("unclaimed", ()):
        yield (
            name_of(document), mention["id"], mention["part"], mention["kind"], mention["label"], mention["value"], mention["decimals"],
            mention["unit"], mention["yuan"], mention["quote"], mention["page"], *mention["span"], mention["section"],
            titles.get(mention["section"]), mention["where"],
        )  # fmt: skip


def _failures(document: Document) -> Iterator[Row]:
    if "error" in document:
        yield name_of(document), document["error"]["code"], document["error"]["reason"]


def _titles(document: Document) -> dict[Any, str]:
    return {section["id"]: section["title"] for section in document.get("sections", ())}


_FILE = Column("file", "文件")
_ID = Column("id", "编号")
_PART = Column("part", "部分")
_SPAN = (Column("span_start", "起", "integer"), Column("span_end", "止", "integer"))
_PLACE = (
    Column("page", "页", "integer"), *_SPAN, Column("section_id", "章节编号"), Column("section", "章节"), Column("found_in", "正文或表格"),
)  # fmt: skip
_SIDE = (
    Column("quote", "原文"), Column("value", "数值", "number"), Column("unit", "单位"), Column("yuan", "金额（元）", "money"),
    Column("page", "页", "integer"), Column("section", "章节"), Column("fact", "事实编号"),
)  # fmt: skip
"""A figure of one of two reports."""

_TABLES = (
    Table(
        "sections", "章节",
        (
            _FILE, _ID, _PART, Column("parent_id", "上级编号"), Column("level", "层级", "integer"), Column("number", "序号"),
            Column("title", "标题"), Column("role", "含义"), *_SPAN,
        ),
        _sections,
    ),
    Table(
        "facts", "事实明细",
        (
            _FILE, _ID, _PART, Column("key", "主键"), Column("concept", "指标"), Column("concept_zh", "指标名称"),
            Column("member", "成员"), Column("member_code", "科目编码"), Column("crossed", "交叉"), Column("label", "原文名称"),
            Column("fund", "资金"), Column("basis", "口径"), Column("period", "期间"), Column("aspect", "方面"), Column("kind", "种类"),
            Column("state", "状态"), Column("role", "陈述或原因"), Column("value", "数值", "number"), Column("decimals", "小数位", "integer"),
            Column("unit", "单位"), Column("yuan", "金额（元）", "money"), Column("value_max", "数值上限", "number"),
            Column("qualifier", "限定词"), Column("text", "文字"), Column("base", "基数编号"), Column("part_of", "所属合计编号"),
            Column("quote", "原文"), *_PLACE, Column("rule", "规则"), Column("confidence", "把握", "share"), Column("notes", "说明"),
            Column("verdict", "审阅"), Column("reviewer", "审阅人"), Column("reviewed", "审阅时间"), Column("comment", "备注"),
            Column("read_as", "原读作"), Column("department", "部门（单位）"), Column("fiscal_year", "年度", "integer"),
        ),
        _facts,
    ),
    Table(
        "findings", "勾稽问题",
        (
            _FILE, _ID, Column("relation", "核对"), Column("code", "代码"), Column("outcome", "结果"),
            Column("message", "说明"), Column("reported", "印出", "number"), Column("computed", "应为（或另一处）", "number"),
            Column("unit", "单位"), Column("low", "下限", "number"), Column("high", "上限", "number"), Column("causes", "可能的差错"),
            Column("page", "页", "integer"), Column("quotes", "所涉数字"), Column("facts", "事实编号", "list"),
            Column("department", "部门（单位）"), Column("fiscal_year", "年度", "integer"), Column("section", "章节"),
            Column("difference", "差额（元）", "money"), Column("verdict", "审阅"), Column("comment", "备注"),
        ),
        _findings,
    ),
    Table(
        "across", "报告之间",
        (
            _FILE, _ID, Column("department", "部门（单位）"), Column("relation", "核对"), Column("code", "代码"), Column("outcome", "结果"),
            Column("message", "说明"), Column("difference", "差额（元）", "money"), *_SIDE, Column("other_file", "另一文件"),
            *(Column(f"other_{one.name}", f"另一{one.head}", one.type) for one in _SIDE), Column("verdict", "审阅"),
        ),
        lambda _: (), _across,
    ),
    Table(
        "unclaimed", "未识别",
        (
            _FILE, _ID, _PART, Column("kind", "种类"), Column("label", "名称"), Column("value", "数值", "number"),
            Column("decimals", "小数位", "integer"), Column("unit", "单位"), Column("yuan", "金额（元）", "money"), Column("quote", "原文"),
            *_PLACE,
        ),
        _unclaimed,
    ),
    Table("failures", "失败清单", (_FILE, Column("code", "代码"), Column("reason", "原因")), _failures),
)  # fmt: skip
