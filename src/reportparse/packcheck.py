"""What a pack's author wants to know before it ships: do its examples hold, and is any rule of it idle or dangerous?

Examples run through the same stages as a document does: their text becomes the body of one section with the role that
they stand under. Findings are returned, never raised; a pack that cannot be read at all is a :class:`PackError` of
:mod:`reportparse.packs`.

Codes: ``RP-PACK-008`` a pattern that backtracks out of bounds · ``-011`` an expected fact that does not come out ·
``-012`` a fact that the example does not name · ``-013`` a quantity wrongly claimed, or neither in ``facts`` nor in
``unclaimed`` · ``-014`` a rule that no example needs · ``-015`` a rule or heading that can never apply · ``-016`` two
rules for one label · ``-017`` a pattern that no normalised text can match · ``-018`` an expected fact that is written
wrongly.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from reportparse.bind import About, Bound, bind, place_of
from reportparse.bindtext import bind_text
from reportparse.concepts import key_of
from reportparse.layout import lay_out
from reportparse.mentions import Reading, read_mentions
from reportparse.names import OF_ONE_PROJECT
from reportparse.numbers import scan
from reportparse.outline import build_outline
from reportparse.packs import ANYWHERE, Example, Field, ResolvedPack, Rules, Section, resolve
from reportparse.text import fold

__all__ = ["Problem", "lint", "run_examples", "samples"]


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
_FACT = re.compile(r"\s*(?P<key>\S+)\s*=\s*(?P<quote>.*\S)\s*", re.S)
_AXES = re.compile(r"\{([^{}]*(?:\{[^{}]*\})?[^{}]*)\}")


_Found: TypeAlias = tuple[str, str, str, str]
"""Code, where, reason, reason in English: a problem of the pack at hand."""


class _Outcome(NamedTuple):
    """What an example's text says: facts as ``(key, quote)``, the quotes of what stays unclaimed, and the rules used."""

    facts: Counter[tuple[str, str]]
    unclaimed: Counter[str]
    rules: frozenset[str]


def run_examples(rules: Rules, packs: Mapping[str, Rules]) -> list[Problem]:
    """Run every example of ``rules`` both ways, and look for rules that no example needs."""
    return _problems(rules, _of_examples(rules, resolve(rules.id, packs)))


def _problems(rules: Rules, found: Iterable[_Found]) -> list[Problem]:
    return [Problem(code, rules.id, where, reason, reason_en, rules.file) for code, where, reason, reason_en in found]


def _of_examples(rules: Rules, pack: ResolvedPack) -> Iterator[_Found]:
    kind = rules.kind or "other"
    outcomes: list[tuple[Section, Example, _Outcome]] = []
    for section in rules.sections:
        for example in section.examples:
            outcome = _run(example.text, section.role, pack, kind)
            outcomes.append((section, example, outcome))
            yield from _differences(section, example, outcome)
    for section in rules.sections:
        for field in section.fields:
            if not _needed(field, section, pack, outcomes, kind):
                where = f"{section.role} {_name(field)}"
                yield "RP-PACK-014", where, "没有一个示例用到这条规则", "no example would change without this rule"


def _run(text: str, role: str, pack: ResolvedPack, kind: str) -> _Outcome:
    """The stages of a document over ``text``, as the body of one section of ``role``."""
    source = _HEADING + text
    year = _year_of(text)
    layout = lay_out(source)
    flat, blocks = layout.flat, layout.blocks
    outline = build_outline(layout)
    roles = [pack.role_of(re.sub("[“”]", "", node.title)) for node in outline.nodes]
    roles[0] = None if role == ANYWHERE else role
    readings = read_mentions(flat.text, blocks, outline, scan(flat.text), year, ())
    own = _PROJECT if kind in OF_ONE_PROJECT else None
    about = About(year, "budget" if kind == "budget" else "actual", own, projects=own is not None)
    bound = bind(readings, flat.text, outline, roles, pack, about)
    texts = bind_text(flat.text, blocks, outline, roles, pack, readings, bound)

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


def _differences(section: Section, example: Example, outcome: _Outcome) -> Iterator[_Found]:
    year = _year_of(example.text)
    where = f"{section.role} “{_cut(example.text, 24)}”"
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


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "…"


def _needed(
    field: Field, section: Section, pack: ResolvedPack, outcomes: Sequence[tuple[Section, Example, _Outcome]], kind: str
) -> bool:
    """Whether some example comes out otherwise without ``field``: the only proof that it was the one that matched."""
    near = [entry for entry in outcomes if field.rule in entry[2].rules]
    near.sort(key=lambda entry: entry[0].role != section.role)
    own, *parents = pack.chain
    left = replace(section, fields=tuple(f for f in section.fields if f is not field))
    less = replace(own, sections=tuple(left if s is section else s for s in own.sections))
    without = ResolvedPack((less, *parents), pack.concepts)
    return any(_run(example.text, at.role, without, kind)[:2] != outcome[:2] for at, example, outcome in near)


def _name(field: Field) -> str:
    member = f"[{field.member}]" if field.member else ""
    by = f"breakdown_of {field.breakdown_of}" if field.breakdown_of else "|".join(field.labels) or field.take
    return f"{field.concept}{member} {by}"


# -- lint -----------------------------------------------------------------------------------------------------------


def lint(rules: Rules, packs: Mapping[str, Rules]) -> list[Problem]:
    """Dead, ambiguous and slow rules, and patterns that can never match. Inherited rules are the parent's affair."""
    pack = resolve(rules.id, packs)
    found = (_impossible(rules), _slow(rules), _dead_headings(rules, pack), _dead_and_ambiguous(rules, pack))
    return _problems(rules, chain.from_iterable(found))


def _patterns(rules: Rules) -> Iterator[tuple[str, str, bool]]:
    """Every pattern of a pack: where it stands, the pattern, and whether it meets text whose quotation marks are gone."""
    if rules.title is not None:
        yield "applies.title", rules.title, True
    for pattern in rules.headings:
        yield "applies.headings", pattern, True
    for section in rules.sections:
        for pattern in section.headings:
            yield f"{section.role} headings", pattern, True
        for field in section.fields:
            for pattern in field.labels:
                yield f"{section.role} {field.concept}", pattern, field.take is None
            for guard in (field.not_after, field.only_if):
                if guard is not None:
                    yield f"{section.role} {field.concept}", guard, False


# Not in the normalised alphabet: the quotation marks are taken off labels and headings, not off running text.
_QUOTES = frozenset("“”‘’\"'「」")


def _impossible(rules: Rules) -> Iterator[_Found]:
    for where, pattern, unquoted in _patterns(rules):
        literals = set(_literals(_parser.parse(pattern)))
        wrong = sorted(c for c in literals if fold(c) != c or c.isspace() or (unquoted and c in _QUOTES))
        if wrong:
            shown = " ".join(map(repr, wrong))
            reason = f"规范化文本中没有 {shown}，应写全角并去掉空格和引号：{pattern}"
            yield "RP-PACK-017", where, reason, f"normalised text has no {shown} here (see fold): {pattern}"


_LENGTHS = (8, 12, *range(14, 40, 2), 56, 80, 120, 200, 400)
_LIMIT = 0.05
_PROSE = "本年度部门财政资金收入支出总体情况及主要原因说明、政府采购（货物、工程和服务）预算执行结果分析"


def _slow(rules: Rules) -> Iterator[_Found]:
    for pattern, where in {pattern: where for where, pattern, _ in _patterns(rules)}.items():
        seed = _worst(pattern)
        if seed is not None:
            reason = f"正则表达式超过 {_LIMIT * 1000:.0f} 毫秒（如连续的“{seed}”）：{pattern}"
            yield "RP-PACK-008", where, reason, f"takes over {_LIMIT * 1000:.0f} ms on a run of “{seed}”: {pattern}"


def _worst(pattern: str) -> str | None:
    """A string whose repetition makes the pattern backtrack out of bounds, or None.

    The engine that will run the pattern is timed, on texts that grow by small steps, so that even an exponential
    pattern is stopped soon after its first slow search. (``regex`` could stop it sooner, but sees through some
    patterns that ``re`` does not.)
    """
    compiled = re.compile(f"(?:{pattern})\\Z")
    parsed = _parser.parse(pattern)
    seeds = dict.fromkeys((*sorted(set(_literals(parsed))), *_samples(parsed)[:4], "某", "9", _PROSE))
    for seed in filter(None, seeds):
        for length in _LENGTHS:
            text = (seed * (length // len(seed) + 1))[:length] + "\x00"
            if _seconds(compiled, text) > _LIMIT and _seconds(compiled, text) > _LIMIT:
                return _cut(seed, 12)
    return None


def _seconds(compiled: re.Pattern[str], text: str) -> float:
    start = time.perf_counter()
    compiled.search(text)
    return time.perf_counter() - start


def _dead_headings(rules: Rules, pack: ResolvedPack) -> Iterator[_Found]:
    for section in rules.sections:
        for pattern in section.headings:
            roles = {pack.role_of(title) for title in samples(pattern)}
            if roles and section.role not in roles:
                taken = "、".join(sorted(map(str, roles)))
                reason = f"标题已归 {taken}，此式无用：{pattern}"
                yield "RP-PACK-015", f"{section.role} headings", reason, f"its headings all go to {taken}: {pattern}"


_COUNTED = frozenset({"headcount", "count", "measure"})


def _dead_and_ambiguous(rules: Rules, pack: ResolvedPack) -> Iterator[_Found]:
    for section in rules.sections:
        fields = [f for f in pack.fields(section.role) if f.labels and f.take is None and f.breakdown_of is None]
        labels = [(f, re.compile("|".join(f"(?:{p})" for p in f.labels))) for f in fields]
        for at, field in enumerate(fields):
            if field.pack != rules.id or field not in section.fields:
                continue
            kinds = _kinds(field, pack)
            rivals = [(f, label) for f, label in labels[:at] if _kinds(f, pack) & kinds and _meets(f, field)]
            alive = False
            clashes: dict[str, str] = {}
            for pattern in field.labels:
                spelt = samples(pattern)
                # A look-around may ask for words that no sample has: nothing is known of such a pattern.
                alive = alive or not spelt
                for sample in spelt:
                    first = next((rival for rival, label in rivals if label.fullmatch(sample)), None)
                    if first is None:
                        alive = True
                    elif first.pack == rules.id and _says(first) != _says(field):
                        clashes.setdefault(_name(first), sample)
            where = f"{section.role} {_name(field)}"
            if not alive:
                yield "RP-PACK-015", where, "前面的规则已认领它的全部名称", "earlier rules claim every label of it"
            for name, sample in clashes.items() if alive else ():
                yield "RP-PACK-016", where, f"“{sample}”也是 {name} 的名称", f"“{sample}” is a label of {name} too"


def _kinds(field: Field, pack: ResolvedPack) -> frozenset[str]:
    kind = pack.concepts[field.concept].kind
    return _COUNTED if kind in _COUNTED else frozenset({kind})


def _meets(other: Field, field: Field) -> bool:
    """Whether ``other``, which stands first, would take a label from ``field`` whatever the sentence and the unit."""
    guarded = other.only_if or other.not_after or other.with_fund or other.named or other.follows
    return not guarded and (not other.units or (bool(field.units) and set(field.units) <= set(other.units)))


def _says(field: Field) -> tuple[str, str | None, str | None]:
    return field.concept, field.member, field.fund


# -- what a pattern says ----------------------------------------------------------------------------------------------

# The standard library's own parser is the only one that agrees with re on every construct.
_parser: Any = import_module("re._parser")
_MANY = 40


def _literals(parsed: Iterable[Any]) -> Iterator[str]:
    """The characters that a pattern spells out; of a class those that it allows, if it allows nothing else."""
    for op, arg in parsed:
        name = str(op)
        if name == "LITERAL":
            yield chr(arg)
        elif name == "IN":
            chars = [chr(value) for kind, value in arg if str(kind) == "LITERAL"]
            if len(chars) == len(arg) and not any(fold(c) == c for c in chars):
                yield from chars
        else:
            for part in _parts(arg):
                yield from _literals(part)


def _parts(arg: Any) -> Iterator[Any]:
    """The patterns inside a construct's argument, whatever its shape."""
    if isinstance(arg, _parser.SubPattern):
        yield arg
    elif isinstance(arg, tuple | list):
        for part in arg:
            yield from _parts(part)


def _samples(parsed: Iterable[Any]) -> list[str]:
    """Strings that a pattern matches: its shortest, and for each choice in it the same with that choice taken."""
    texts = [""]
    for op, arg in parsed:
        options = _options(str(op), arg)
        first = [text + options[0] for text in texts]
        texts = list(dict.fromkeys([*first, *(texts[0] + option for option in options[1:])]))[:_MANY]
    return texts


def _options(name: str, arg: Any) -> list[str]:
    match name:
        case "LITERAL":
            return [chr(arg)]
        case "IN" if str(arg[0][0]) != "NEGATE":
            return [chr(value) for kind, value in arg if str(kind) == "LITERAL"] or ["9"]
        case "ANY" | "NOT_LITERAL" | "IN":
            return ["某"]
        case "BRANCH":
            return list(dict.fromkeys(text for branch in arg[1] for text in _samples(branch)))
        case "SUBPATTERN":
            return _samples(arg[-1])
        case "ATOMIC_GROUP":
            return _samples(arg)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            low, high, body = arg
            once = _samples(body) if high else [""]
            return [once[0] * (low - 1) + text for text in once] if low else ["", *once]
        case _:
            return [""]


def samples(pattern: str) -> list[str]:
    """Some texts that ``pattern`` matches from end to end; none where it looks for words around it."""
    return [sample for sample in _samples(_parser.parse(pattern)) if sample and re.fullmatch(pattern, sample)]
