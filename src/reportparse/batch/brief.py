"""What a batch keeps of every report that it parsed, so that an archive can be looked over without its reports being read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportparse.model import Fact
    from reportparse.report import Report

__all__ = ["DOUBTED", "brief_of"]

DOUBTED = ("inconsistent", "improbable", "truncated", "unusual")
"""The outcomes that speak against what is printed, the gravest first."""
_WORST = 3
_PROJECTS = frozenset({"project_performance", "transfer_performance"})
"""The kinds of report that are about the money of a project, not about that of a body."""
_SPENT = ("expenditure.total", "expenditure.current")
_FUNDS = ("all", "appropriation", "general")
_BASES = ("adjusted_budget", "budget")


def brief_of(report: Report) -> dict[str, Any]:
    """A report in a few words and figures, fit for JSON: whole numbers are ``int``, all others the printed digits as ``str``,
    what is not stated is None.

    * ``kind``, ``title``, ``department``, ``region`` (its name), ``fiscal_year``: what the document is;
    * ``quantities``, ``claimed``: how many figures were seen, how many of them understood;
    * ``score``: the mark of the whole, ``scale``: the full mark printed with it, ``grade``;
    * ``execution_rate``: percent of the budget that was spent. Of a report on a project, of the project's funds. Of any other,
      of all that the body spends; failing that, of its 财政拨款 or 一般公共预算; against the adjusted budget (全年预算)
      rather than that of the beginning of the year, where both are stated; ``against`` says which of them (``budget`` or
      ``adjusted_budget``);
    * ``outcomes``: how many findings came out in which way, the consistent ones left out;
    * ``codes``: how many findings of which code speak against what is printed (:data:`DOUBTED`);
    * ``packs``: the ids of the rule packs that read its parts;
    * ``worst``: the first three inconsistent findings as ``code``, ``message``, ``message_en``.
    """
    document, findings = report.document, report.findings
    main = [fact for fact in report.facts if fact.part == document.part and fact.role != "reason"]
    marks = main
    if not any(fact.concept == "evaluation.score" for fact in main):
        # Final accounts have the performance report as an annex; those annexed on single projects mark a project alone.
        annexed = {part.id for part in report.parts if part.kind == "overall_performance"}
        marks = [fact for fact in report.facts if fact.part in annexed]
    score = next(_figures(marks, "evaluation.score", "value"), None)
    rate = _execution_rate(main, document.kind, document.title, document.fiscal_year)
    grade = next((fact for fact in marks if fact.concept == "evaluation.grade" and fact.member is None), None)
    return {
        "kind": document.kind,
        "title": document.title,
        "department": document.department,
        "region": document.region.name if document.region is not None else None,
        "fiscal_year": document.fiscal_year,
        "quantities": report.coverage.quantities,
        "claimed": report.coverage.claimed,
        "score": _digits(score.value) if score is not None else None,
        "scale": _digits(score.scale) if score is not None else None,
        "grade": grade.value if grade is not None and isinstance(grade.value, str) else None,
        "execution_rate": _digits(rate.value) if rate is not None else None,
        "against": _against(rate) if rate is not None else None,
        "outcomes": _counted(finding.outcome for finding in findings if finding.outcome != "consistent"),
        "packs": sorted({part.pack.id for part in report.parts}),
        "codes": _counted(finding.code for finding in findings if finding.outcome in DOUBTED),
        "worst": [
            {"code": finding.code, "message": finding.message, "message_en": finding.message_en}
            for finding in findings
            if finding.outcome == "inconsistent"
        ][:_WORST],
    }


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _digits(value: object) -> str | None:
    return f"{value:f}" if isinstance(value, Decimal) and value.is_finite() else None


def _figures(facts: Iterable[Fact], concept: str, aspect: str) -> Iterator[Fact]:
    """What is said of the whole of a concept, in the order of the text."""
    for fact in facts:
        if fact.concept == concept and fact.aspect == aspect and fact.member is None and not fact.cross:
            if isinstance(fact.value, Decimal):
                yield fact


def _execution_rate(facts: list[Fact], kind: str, title: str | None, year: int | None) -> Fact | None:
    """The rate that stands for the report, None where it states none."""
    period = str(year) if year is not None else None
    rates = [
        fact
        for fact in facts
        if fact.aspect == "execution_rate" and isinstance(fact.value, Decimal) and not fact.cross
        and fact.period in (period, None)
    ]  # fmt: skip
    if kind in _PROJECTS:
        found = _of_project([fact for fact in rates if fact.concept == "project.amount"], title or "")
        if found is not None:
            return found
    spent = [
        fact
        for fact in rates
        if fact.concept in _SPENT and fact.member is None and _fund(fact) in _FUNDS and _against(fact) in _BASES
    ]
    return min(
        spent,
        key=lambda f: (_SPENT.index(f.concept), _FUNDS.index(_fund(f)), _BASES.index(_against(f))),
        default=None,
    )


def _of_project(rates: list[Fact], title: str) -> Fact | None:
    """The rate of the project that the report is about: the one that its title names, or the only one of which there is a rate.
    Of several that it does not name none is the whole.
    """
    names = {fact.member for fact in rates if fact.member}
    named = [name for name in names if name in title]
    if not named and len(names) != 1:
        return None
    about = max(named or names, key=len)
    own = [fact for fact in rates if fact.member == about]
    return min(own, key=lambda f: _BASES.index(_against(f)) if _against(f) in _BASES else len(_BASES))


def _fund(fact: Fact) -> str:
    return fact.fund or "all"


def _against(fact: Fact) -> str:
    return fact.compared.basis if fact.compared is not None else "budget"
