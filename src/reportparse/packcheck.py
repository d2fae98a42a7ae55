"""What a pack's author wants to know before it ships: do its examples hold, and is every rule needed by one of them?

Examples run through the same stages as a document does: their text becomes the body of one section with the role that
they stand under. Findings are returned, never raised; a pack that cannot be read at all is a :class:`PackError` of
:mod:`reportparse.packs`.

Codes: ``RP-PACK-011`` an expected fact that does not come out · ``-012`` a fact that the example does not name · ``-013``
a quantity wrongly claimed, or neither in ``facts`` nor in ``unclaimed`` · ``-014`` a rule that no example needs · ``-018``
an expected fact that is written wrongly. Those of the rules themselves are in :mod:`reportparse.packlint`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple, TypeAlias

from reportparse.bind import bind
from reportparse.bindtable import bind_tables, together
from reportparse.bindtext import bind_text
from reportparse.bound import About, Bound, place_of
from reportparse.concepts import key_of
from reportparse.layout import lay_out
from reportparse.mentions import read_mentions
from reportparse.names import OF_ONE_PROJECT
from reportparse.numbers import scan
from reportparse.outline import build_outline
from reportparse.packs import ANYWHERE, Example, Field, ResolvedPack, Rules, TableRule, resolve
from reportparse.reading import Reading
from reportparse.tables import read_tables
from reportparse.text import fold

__all__ = ["TABLE", "Found", "Problem", "cut", "field_name", "problems", "run_examples"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding on a pack; ``where`` names the section and the rule, example or pattern."""

    code: str
    pack: str
    where: str
    reason: str
    reason_en: str
    file: str | None = None

    def message(self, lang: str = "zh") -> str:
        """One line for a person, in Chinese (``zh``) or English (``en``)."""
        place = f"{self.file}: " if self.file else ""
        return f"{place}{self.code}: {self.where}: {self.reason if lang == 'zh' else self.reason_en}"


# -- examples -------------------------------------------------------------------------------------------------------

_YEAR = re.compile(r"20\d\d(?=年)")
_USUAL_YEAR = 2024
_HEADING = "一、示例说明\n"
_PROJECT = "示例项目"  # what the report of an example is about, where its pack is for reports on one project
TABLE = "table"
_FACT = re.compile(r"\s*(?P<key>\S+)\s*=\s*(?P<quote>.*\S)\s*", re.S)
_AXES = re.compile(r"\{([^{}]*(?:\{[^{}]*\})?[^{}]*)\}")


Found: TypeAlias = tuple[str, str, str, str]
"""Code, where, reason, reason in English: a problem of the pack at hand."""


class _Outcome(NamedTuple):
    """What an example's text says: facts as ``(key, quote)``, the quotes of what stays unclaimed, and the rules used."""

    facts: Counter[tuple[str, str]]
    unclaimed: Counter[str]
    rules: frozenset[str]


def run_examples(rules: Rules, packs: Mapping[str, Rules]) -> list[Problem]:
    """Run every example of ``rules`` both ways, and look for rules that no example needs."""
    return problems(rules, _of_examples(rules, resolve(rules.id, packs)))


def problems(rules: Rules, found: Iterable[Found]) -> list[Problem]:
    """What was found in a pack, as findings on it."""
    return [Problem(code, rules.id, where, reason, reason_en, rules.file) for code, where, reason, reason_en in found]


def _of_examples(rules: Rules, pack: ResolvedPack) -> Iterator[Found]:
    kind = rules.kind or "other"
    outcomes: list[tuple[str, Example, _Outcome]] = []
    said = [(section.role, example) for section in rules.sections for example in section.examples]
    said += [(TABLE, example) for table in rules.tables for example in table.examples]
    for role, example in said:
        outcome = _run(example.text, role, pack, kind)
        outcomes.append((role, example, outcome))
        yield from _differences(role, example, outcome)
    for section in rules.sections:
        for field in section.fields:
            left = replace(section, fields=tuple(f for f in section.fields if f is not field))
            less = replace(rules, sections=tuple(left if s is section else s for s in rules.sections))
            if not _needed(less, {field.rule}, section.role, pack, outcomes, kind):
                where = f"{section.role} {field_name(field)}"
                yield "RP-PACK-014", where, "没有一个示例用到这条规则", "no example would change without this rule"
    for number, table in enumerate(rules.tables, 1):
        where = f"{TABLE} {number}"
        lesser: list[tuple[str, tuple[TableRule, ...]]] = [(f"{where} {' '.join(table.titles[:1])}".rstrip(), ())]
        for field in table.fields:
            left_fields = tuple(other for other in table.fields if other is not field)
            lesser.append((f"{where} {field_name(field)}", (replace(table, fields=left_fields),)))
        for name, changed in lesser:
            others = [changed if other is table else (other,) for other in rules.tables]
            less = replace(rules, tables=tuple(chain.from_iterable(others)))
            if not _needed(less, None, TABLE, pack, outcomes, kind):
                yield "RP-PACK-014", name, "没有一个示例用到这条规则", "no example would change without this rule"
    for column in rules.columns:
        less = replace(rules, columns=tuple(other for other in rules.columns if other is not column))
        if not _needed(less, None, TABLE, pack, outcomes, kind):
            name = f"column {'|'.join(column.labels)}"
            yield "RP-PACK-014", name, "没有一个示例用到这条规则", "no example would change without this rule"


def _run(text: str, role: str, pack: ResolvedPack, kind: str) -> _Outcome:
    """The stages of a document over ``text``, as the body of one section of ``role``."""
    source = _HEADING + text
    year = _year_of(text)
    layout = lay_out(source)
    flat, blocks = layout.flat, layout.blocks
    outline = build_outline(layout)
    roles = [pack.role_of(re.sub("[“”]", "", node.title)) for node in outline.nodes]
    roles[0] = None if role in (ANYWHERE, TABLE) else role
    tokens = scan(flat.text)
    readings = read_mentions(flat.text, blocks, outline, tokens, year, ())
    own = _PROJECT if kind in OF_ONE_PROJECT else None
    about = About(year, "budget" if kind == "budget" else "actual", own, projects=own is not None)
    bound = bind(readings, flat.text, outline, roles, pack, about)
    texts = bind_text(flat.text, blocks, outline, roles, pack, readings, bound)
    cells, tables, _ = read_tables(flat.text, blocks, layout.grids, layout.captions, outline, tokens, year)
    cells, in_tables, _ = bind_tables(cells, tables, outline, roles, pack, about)
    readings, bound = together(readings, bound, cells, in_tables)

    def printed(start: int, end: int) -> str:
        return source[slice(*flat.origin(start, end))]

    facts = Counter((_key(b, readings[b.reading]), printed(*place_of(b, readings, flat.text))) for b in bound)
    facts.update((key_of(t.concept, member=t.member), printed(t.start, t.end)) for t in texts)
    claimed = {b.reading for b in bound}
    unclaimed = Counter(
        printed(r.quantity.start, r.quantity.end) for i, r in enumerate(readings) if i not in claimed and not r.optional
    )
    return _Outcome(facts, unclaimed, frozenset(chain((b.rule for b in bound), (t.rule for t in texts))))


def _year_of(text: str) -> int:
    year = _YEAR.search(fold(text))
    return int(year.group()) if year else _USUAL_YEAR


def _key(bound: Bound, reading: Reading) -> str:
    period = None if bound.concept.kind in ("grade", "text") else bound.period
    return key_of(
        bound.concept, member=bound.member, fund=bound.fund, basis=bound.basis, period=period, aspect=reading.aspect,
        compared=bound.compared, of=bound.of, threshold=reading.threshold, cross=dict(bound.cross),
    )  # fmt: skip


def _short(key: str, year: int) -> str:
    """``key`` without the period where it is the text's own year: an example need not write it."""

    def axes(match: re.Match[str]) -> str:
        kept = [axis for axis in match.group(1).split(",") if axis != f"period={year}"]
        return "{" + ",".join(kept) + "}" if kept else ""

    return _AXES.sub(axes, key)


def _differences(role: str, example: Example, outcome: _Outcome) -> Iterator[Found]:
    year = _year_of(example.text)
    where = f"{role} “{cut(example.text.strip(), 24)}”"
    expected: Counter[tuple[str, str]] = Counter()
    for line in example.facts:
        match = _FACT.fullmatch(line)
        if match is None:
            yield "RP-PACK-018", where, f"应写作“键 = 原文”：{line}", f"write it as “key = quote”: {line}"
        else:
            expected[_short(match.group("key"), year), match.group("quote")] += 1
    found = Counter({(_short(key, year), quote): n for (key, quote), n in outcome.facts.items()})
    for key, quote in sorted((expected - found).elements()):
        got = "、".join(sorted(k for k, q in found if q == quote)) or "—"
        fact = f"{key} = {quote}"
        yield "RP-PACK-011", where, f"没有得到 {fact}（得到 {got}）", f"{fact} does not come out (got {got})"
    for key, quote in sorted((found - expected).elements()):
        yield "RP-PACK-012", where, f"多出 {key} = {quote}", f"{key} = {quote} comes out but is not expected"
    listed = Counter(example.unclaimed)
    for quote in sorted((listed - outcome.unclaimed).elements()):
        yield "RP-PACK-013", where, f"{quote} 应无人认领", f"{quote} should stay unclaimed"
    for quote in sorted((outcome.unclaimed - listed).elements()):
        neither = f"{quote} is neither in facts nor in unclaimed"
        yield "RP-PACK-013", where, f"{quote} 既不在 facts 也不在 unclaimed", neither


def cut(text: str, length: int) -> str:
    """The beginning of a text."""
    return text if len(text) <= length else text[:length] + "…"


def _needed(
    less: Rules,
    used: Container[str] | None,
    role: str,
    pack: ResolvedPack,
    outcomes: Sequence[tuple[str, Example, _Outcome]],
    kind: str,
) -> bool:
    """Whether some example comes out otherwise by the rules that are left: the only proof that the missing one matched.

    ``used`` are the rules by which an example has to have a fact to be asked; None asks every one of ``role``.
    """
    near = [e for e in outcomes if (e[0] == role if used is None else any(rule in used for rule in e[2].rules))]
    near.sort(key=lambda entry: entry[0] != role)
    without = ResolvedPack((less, *pack.chain[1:]), pack.concepts)
    return any(_run(example.text, at, without, kind)[:2] != outcome[:2] for at, example, outcome in near)


def field_name(field: Field) -> str:
    """How a rule is called in a finding: its concept and what it goes by."""
    member = f"[{field.member}]" if field.member else ""
    by = f"breakdown_of {field.breakdown_of}" if field.breakdown_of else "|".join(field.labels) or field.take
    return f"{field.concept}{member} {by}"
