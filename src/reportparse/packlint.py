"""What is wrong with the rules of a pack whatever its examples say: those that are idle, ambiguous or dangerous.

Codes: ``RP-PACK-008`` a pattern that backtracks out of bounds · ``-015`` a rule or heading that can never apply · ``-016``
two rules for one label · ``-017`` a pattern that no normalised text can match.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import chain
from typing import Any

from reportparse.packcheck import TABLE, Found, Problem, cut, field_name, problems
from reportparse.packs import Field, ResolvedPack, Rules, resolve
from reportparse.text import fold

__all__ = ["lint", "samples"]


def lint(rules: Rules, packs: Mapping[str, Rules]) -> list[Problem]:
    """Dead, ambiguous and slow rules, and patterns that can never match. Inherited rules are the parent's affair."""
    pack = resolve(rules.id, packs)
    found = (_impossible(rules), _slow(rules), _dead_headings(rules, pack), _dead_and_ambiguous(rules, pack))
    return problems(rules, chain.from_iterable(found))


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
    for column in rules.columns:
        yield from (("column", pattern, True) for pattern in column.labels)
    for table in rules.tables:
        for pattern in (*table.titles, *table.heads, *table.unless, *table.names):
            yield TABLE, pattern, True
        for field in table.fields:
            for pattern in field.labels:
                yield f"{TABLE} {field.concept}", pattern, True


# Not in the normalised alphabet: the quotation marks are taken off labels and headings, not off running text.
_QUOTES = frozenset("“”‘’\"'「」")


def _impossible(rules: Rules) -> Iterator[Found]:
    for where, pattern, unquoted in _patterns(rules):
        literals = set(_literals(_parser.parse(pattern)))
        wrong = sorted(c for c in literals if fold(c) != c or c.isspace() or (unquoted and c in _QUOTES))
        if wrong:
            shown = " ".join(map(repr, wrong))
            reason = f"规范化文本中没有 {shown}，应写全角并去掉空格和引号：{pattern}"
            yield "RP-PACK-017", where, reason, f"normalised text has no {shown} here (see fold): {pattern}"


_LENGTHS = tuple(sorted({*range(4, 41), *(round(40 * 1.06**k) for k in range(1, 41))}))
"""Steps so small that a pattern of the fortieth power takes ten times as long from one to the next, and no more."""
_LIMIT = 0.05
_PROSE = "本年度部门财政资金收入支出总体情况及主要原因说明、政府采购（货物、工程和服务）预算执行结果分析"


def _slow(rules: Rules) -> Iterator[Found]:
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
                return cut(seed, 12)
    return None


def _seconds(compiled: re.Pattern[str], text: str) -> float:
    start = time.perf_counter()
    compiled.search(text)
    return time.perf_counter() - start


def _dead_headings(rules: Rules, pack: ResolvedPack) -> Iterator[Found]:
    for section in rules.sections:
        for pattern in section.headings:
            roles = {pack.role_of(title) for title in samples(pattern)}
            if roles and section.role not in roles:
                taken = "、".join(sorted(map(str, roles)))
                reason = f"标题已归 {taken}，此式无用：{pattern}"
                yield "RP-PACK-015", f"{section.role} headings", reason, f"its headings all go to {taken}: {pattern}"


_COUNTED = frozenset({"headcount", "count", "measure"})


def _dead_and_ambiguous(rules: Rules, pack: ResolvedPack) -> Iterator[Found]:
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
                        clashes.setdefault(field_name(first), sample)
            where = f"{section.role} {field_name(field)}"
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
