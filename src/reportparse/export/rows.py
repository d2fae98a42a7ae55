"""The tables of a batch: one row a report, one a fact, a finding, a number that nobody claimed, a failure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from reportparse.concepts import load_concepts
from reportparse.errors import BatchError

__all__ = ["TABLES", "Column", "Table", "documents", "rows_of", "wide_columns"]

Document = Mapping[str, Any]
"""A line of output: the report as its JSON has it, figures as :class:`decimal.Decimal`."""
Cell = str | int | Decimal | None


class Column(NamedTuple):
    """A column: its name in CSV and SQL, its head in a workbook, and ``text``, ``integer`` or ``number``."""

    name: str
    head: str
    type: str = "text"


class Table(NamedTuple):
    """A table: its name, that of its sheet, its columns, and the rows that a document gives it. A workbook leaves out the rows
    whose cell in the column ``unless[0]`` is ``unless[1]``.
    """

    name: str
    sheet: str
    columns: tuple[Column, ...]
    rows: Callable[[Document], Iterable[Sequence[Cell]]]
    unless: tuple[int, str] | None = None


_KINDS = {
    "overall_performance": "部门整体绩效", "project_performance": "项目绩效", "transfer_performance": "转移支付绩效",
    "final_accounts": "决算", "budget": "预算", "three_public": "“三公”经费", "work_report": "工作报告",
    "town_fiscal": "乡镇财政", "other": "其他",
}  # fmt: skip
_OUTCOMES = {
    "consistent": "相符", "improbable": "存疑", "truncated": "舍尾", "inconsistent": "不符", "unusual": "异常",
    "not_checkable": "无法核对",
}  # fmt: skip
_WORDS = re.compile("[一-龥（）“”]+")
_WIDE = (
    "revenue.total", "revenue.current", "expenditure.total", "expenditure.current", "expenditure.nature[basic]",
    "expenditure.nature[project]", "three_public.total", "staffing.authorised", "staffing.actual", "evaluation.score",
)  # fmt: skip
"""What a table of reports shows of each, unless it is told otherwise."""


def documents(path: Path) -> Iterator[Document]:
    """The lines of a file of JSON Lines.

    Raises:
        BatchError: ``RP-BATCH-004`` a line is none of ours.
    """
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line, parse_float=Decimal)
                if (
                    not isinstance(found, dict)
                    or not isinstance(found.get("source"), dict)
                    or "schema_version" not in found
                ):
                    raise ValueError
            except ValueError as error:
                raise BatchError(
                    "RP-BATCH-004", f"{path.name} 第 {number} 行不是 reportparse 的结果", f"{path.name}, line {number} is no output of reportparse"
                ) from error  # fmt: skip
            yield found


def wide_columns(concepts: Sequence[str] = ()) -> tuple[Column, ...]:
    """A column for the value of every concept, or member of one, money in yuan.

    Raises:
        BatchError: ``RP-BATCH-005`` there is no such concept.
    """
    known = load_concepts()
    made: list[Column] = []
    for name in concepts or _WIDE:
        concept, bracket, member = name.partition("[")
        if concept not in known or (bracket and not (member.endswith("]") and known.has_member(concept, member[:-1]))):
            raise BatchError("RP-BATCH-005", f"没有这个指标：{name}", f"no such concept: {name}")
        unit = "（元）" if known[concept].kind == "amount" else ""
        alias = known[concept].members.get(member[:-1], ("",))[0]
        called = alias if _WORDS.fullmatch(alias) else member[:-1]
        head = f"{known[concept].zh}{f'：{called}' if member else ''}{unit}"
        made.append(Column(name, head, "text" if known[concept].kind in ("text", "grade", "date") else "number"))
    return tuple(made)


def reports_table(wide: Sequence[Column]) -> Table:
    """One row a report, with the values of ``wide``: those that the view shows."""

    def rows(document: Document) -> Iterator[Sequence[Cell]]:
        if "error" in document:
            return
        about, coverage = document["document"], document["coverage"]
        outcomes = [finding["outcome"] for finding in document["findings"]]
        facts = {fact["id"]: fact for fact in document["facts"]}
        region = about["region"] or {}
        yield (
            _name(document), _KINDS.get(about["kind"], about["kind"]), about["title"], about["department"], region.get("name"),
            about["fiscal_year"], about["date"], len(facts), coverage["quantities"], coverage["claimed"],
            outcomes.count("inconsistent"), outcomes.count("truncated") + outcomes.count("improbable"), outcomes.count("unusual"),
            "、".join(missing["concept"] for missing in document["missing"]), *(_shown(document, facts, column) for column in wide),
        )  # fmt: skip

    columns = (
        Column("file", "文件"), Column("kind", "文种"), Column("title", "标题"), Column("department", "部门（单位）"),
        Column("region", "地区"), Column("fiscal_year", "年度", "integer"), Column("date", "日期"), Column("facts", "事实数", "integer"),
        Column("quantities", "数量", "integer"), Column("claimed", "已认领", "integer"), Column("inconsistent", "不符", "integer"),
        Column("doubtful", "舍尾与存疑", "integer"), Column("unusual", "异常", "integer"), Column("missing", "未见指标"), *wide,
    )  # fmt: skip
    return Table("reports", "报告总表", columns, rows)


def _shown(document: Document, facts: Mapping[str, Any], column: Column) -> Cell:
    concept, _, member = column.name.partition("[")
    entry = document["report"].get(concept, {})
    cell = entry.get("members", {}).get(member.rstrip("]")) if member else entry.get("total")
    fact = facts.get((cell or {}).get("fact", ""))
    if fact is None:
        return None
    return fact["yuan"] if fact["yuan"] is not None else fact["value"]  # type: ignore[no-any-return]


def _facts(document: Document) -> Iterator[Sequence[Cell]]:
    known = load_concepts()
    titles = {section["id"]: section["title"] for section in document.get("sections", ())}
    for fact in document.get("facts", ()):
        start, end = fact["span"] or (None, None)
        number, words = (fact["value"], None) if isinstance(fact["value"], Decimal | int) else (None, fact["value"])
        yield (
            _name(document), fact["id"], fact["part"], fact["key"], fact["concept"], known[fact["concept"]].zh if fact["concept"] in known else None,
            fact["member"], fact["label"], fact["fund"], fact["basis"], fact["period"], fact["aspect"], fact["kind"], fact["state"],
            number, fact["unit"], fact["yuan"], words, fact["quote"], fact["page"], start, end, titles.get(fact["section"]), fact["where"],
            fact["rule"], fact["confidence"], "；".join(fact["notes"]),
        )  # fmt: skip


def _findings(document: Document) -> Iterator[Sequence[Cell]]:
    quotes = {fact["id"]: " ".join((fact["quote"] or "").split()) for fact in document.get("facts", ())}
    pages = {fact["id"]: fact["page"] for fact in document.get("facts", ())}
    for finding in document.get("findings", ()):
        low, high = finding["interval"] or (None, None)
        causes = "；".join(f"{cause['change']}" for cause in finding["causes"])
        cited = [id for id in finding["facts"] if id in quotes]
        yield (
            _name(document), finding["id"], finding["check"], finding["code"], _OUTCOMES.get(finding["outcome"], finding["outcome"]),
            finding["message"], finding["reported"], finding["computed"], low, high, causes,
            pages.get(cited[0]) if cited else None, "、".join(quotes[id] for id in cited), " ".join(finding["facts"]),
        )  # fmt: skip


def _unclaimed(document: Document) -> Iterator[Sequence[Cell]]:
    titles = {section["id"]: section["title"] for section in document.get("sections", ())}
    for mention in document.get("unclaimed", ()):
        start, end = mention["span"]
        yield (
            _name(document), mention["id"], mention["kind"], mention["label"], mention["value"], mention["unit"],
            mention["quote"], mention["page"], start, end, titles.get(mention["section"]),
        )  # fmt: skip


def _failures(document: Document) -> Iterator[Sequence[Cell]]:
    if "error" in document:
        yield _name(document), document["error"]["code"], document["error"]["reason"]


def _name(document: Document) -> str:
    return str(document["source"]["name"])


_PLACE = (
    Column("page", "页", "integer"),
    Column("start", "起", "integer"),
    Column("end", "止", "integer"),
    Column("section", "章节"),
)

TABLES = (
    Table(
        "facts", "事实明细",
        (
            Column("file", "文件"), Column("id", "编号"), Column("part", "部分"), Column("key", "主键"), Column("concept", "指标"),
            Column("concept_zh", "指标名称"), Column("member", "成员"), Column("label", "原文名称"), Column("fund", "资金"),
            Column("basis", "口径"), Column("period", "期间"), Column("aspect", "方面"), Column("kind", "种类"), Column("state", "状态"),
            Column("value", "数值", "number"), Column("unit", "单位"), Column("yuan", "金额（元）", "number"), Column("text", "文字"),
            Column("quote", "原文"), *_PLACE, Column("where", "正文或表格"), Column("rule", "规则"),
            Column("confidence", "把握", "number"), Column("notes", "说明"),
        ),
        _facts,
    ),
    Table(
        "findings", "勾稽问题",
        (
            Column("file", "文件"), Column("id", "编号"), Column("check", "核对"), Column("code", "代码"), Column("outcome", "结果"),
            Column("message", "说明"), Column("reported", "印出"), Column("computed", "应为"), Column("low", "下限"), Column("high", "上限"),
            Column("causes", "可能的差错"), Column("page", "页", "integer"), Column("quotes", "所涉数字"), Column("facts", "事实编号"),
        ),
        _findings,
        (4, "相符"),  # a list of problems
    ),
    Table(
        "unclaimed", "未识别",
        (
            Column("file", "文件"), Column("id", "编号"), Column("kind", "种类"), Column("label", "名称"), Column("value", "数值", "number"),
            Column("unit", "单位"), Column("quote", "原文"), *_PLACE,
        ),
        _unclaimed,
    ),
    Table("failures", "失败清单", (Column("file", "文件"), Column("code", "代码"), Column("reason", "原因")), _failures),
)  # fmt: skip


def rows_of(table: Table, document: Document) -> Iterable[Sequence[Cell]]:
    """The rows that a document gives a table."""
    return table.rows(document)
