"""The maker of fictitious reports: the same seed gives the same bytes, the gold is exact, what should add up does."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from conftest import load_script

MAKER = load_script("make_reports")
UNITS = {"万元": Fraction(10_000), "元": Fraction(1), "%": Fraction(1, 100)}

Interval = tuple[Fraction, Fraction]


def interval(fact: dict[str, Any]) -> Interval:
    """All that a printed number can stand for: half of its last digit to either side; people and marks are exact."""
    value, unit = Fraction(fact["value"]), fact["unit"]
    half = Fraction(1, 2 * 10 ** len(fact["value"].partition(".")[2]))
    exact = unit not in UNITS or (value == 0 and unit != "%")
    scale = UNITS.get(unit, Fraction(1))
    return (value, value) if exact else ((value - half) * scale, (value + half) * scale)


def overlap(one: Interval, other: Interval) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])


def quotients(parts: Interval, wholes: Interval) -> Interval:
    found = [part / whole for part, whole in product(parts, wholes) if whole]
    return min(found), max(found)


def fulfilled(link: Any, facts: list[dict[str, Any]]) -> bool:
    """Whether the numbers of a sum, share, rate or execution can all be true."""
    whole, parts = interval(facts[link.whole]), [interval(facts[k]) for k in link.parts]
    if link.kind == "sum":
        return overlap(whole, (sum(low for low, _ in parts), sum(high for _, high in parts)))
    if link.kind == "share":
        return overlap(whole, quotients(parts[0], parts[1]))
    if link.kind == "execution":
        return overlap(parts[1], quotients(whole, parts[0]))
    assert link.kind == "rate"
    found = [change / (now - change) for now, change in product(whole, parts[0]) if now != change]
    return not found or overlap(parts[1], (min(found), max(found)))


def holds(made: Any) -> bool:
    return all(fulfilled(link, made.gold["facts"]) for link in made.links)


@pytest.fixture(scope="module")
def right() -> list[Any]:
    return list(MAKER.reports(5, 60))


@pytest.fixture(scope="module")
def wrong() -> list[Any]:
    return list(MAKER.reports(6, 60, wrong=1.0))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert MAKER.main(["--count", "6", "--seed", "3", "--wrong", "0.5", "-o", str(tmp_path / name)]) == 0
    one, two = (sorted((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert len(one) == 12


def test_a_report_does_not_hang_on_how_many_are_asked_for(right: list[Any]) -> None:
    assert [made.text for made in MAKER.reports(5, 4)] == [made.text for made in right[:4]]


def test_one_kind_can_be_asked_for() -> None:
    assert {made.gold["kind"] for made in MAKER.reports(1, 3, kinds=["budget"])} == {"budget"}
    assert {made.gold["kind"] for made in MAKER.reports(1, 4)} == set(MAKER.KINDS)


def test_no_two_reports_are_alike(right: list[Any]) -> None:
    assert len({made.text for made in right}) == len(right)
    assert len({made.name for made in right}) == len(right)
    assert len({tuple(fact["key"] for fact in made.gold["facts"]) for made in right}) > 50


def entries(made: Any) -> Iterator[dict[str, Any]]:
    for one in (*made.gold["facts"], *made.gold["unclaimed"]):
        yield one
        yield from one.get("with", [])


def test_every_quote_stands_at_its_span(right: list[Any], wrong: list[Any]) -> None:
    for made in (*right, *wrong):
        for one in entries(made):
            if one["span"] is not None:
                assert made.text[slice(*one["span"])] == one["quote"], (made.name, one)


def test_the_check_of_gold_finds_no_fault(right: list[Any], wrong: list[Any], tmp_path: Path) -> None:
    gold = load_script("gold")
    for made in (*right[:30], *wrong[:30]):
        (tmp_path / f"{made.name}.txt").write_text(made.text, encoding="utf-8", newline="\n")
        path = tmp_path / f"{made.name}.gold.json"
        path.write_text(MAKER.dump(made.gold), encoding="utf-8")
        found, read = gold.faults(path)
        assert found == []
        assert read == json.loads(json.dumps(made.gold))


def test_what_is_right_adds_up(right: list[Any]) -> None:
    for made in right:
        assert made.gold["arithmetic"] == []
        for link in made.links:
            assert fulfilled(link, made.gold["facts"]), (made.name, link, [made.gold["facts"][k] for k in link.parts])
    kinds = {link.kind for made in right for link in made.links}
    assert kinds == {"sum", "share", "rate", "execution"}


def test_what_is_wrong_does_not_add_up(wrong: list[Any]) -> None:
    spoilt = [made for made in wrong if made.gold["arithmetic"]]
    assert len(spoilt) >= 55
    for made in spoilt:
        assert not holds(made), made.gold["arithmetic"]
        (mistake,) = made.gold["arithmetic"]
        assert {"kind", "key", "span", "printed", "right"} <= set(mistake)
        start, end = mistake["span"]
        at = [fact for fact in made.gold["facts"] if fact["span"] == [start, end]]
        assert at, mistake
        assert mistake["kind"] == "part_missing" or mistake["key"] in {fact["key"] for fact in at}
    assert len({made.gold["arithmetic"][0]["kind"] for made in spoilt}) >= 6


def test_a_mistake_changes_nothing_else() -> None:
    for right, wrong in zip(MAKER.reports(9, 12), MAKER.reports(9, 12, wrong=1.0), strict=True):
        mistakes = wrong.gold["arithmetic"]
        if mistakes and mistakes[0]["kind"] != "part_missing":
            pairs = zip(right.gold["facts"], wrong.gold["facts"], strict=True)
            changed = [new for old, new in pairs if (old["value"], old["unit"]) != (new["value"], new["unit"])]
            numbers = [fact for fact in changed if not fact["key"].startswith("narrative.")]
            assert {tuple(fact["span"]) for fact in numbers} == {tuple(mistakes[0]["span"])}
            assert mistakes[0]["key"] in {fact["key"] for fact in numbers}


def test_the_reports_vary(right: list[Any]) -> None:
    text = "\n".join(made.text for made in right)
    for words in ("其中：", "均为", "分别为", "持平", "主要原因", "一是", "第一部分", "（一）", "完成", "占比"):
        assert words in text, words
    states = {fact["state"] for made in right for fact in made.gold["facts"]}
    assert {"stated", "zero", "none", "unchanged"} <= states
    assert {fact["unit"] for made in right for fact in made.gold["facts"]} >= {
        "万元",
        "元",
        "%",
        "人",
        "名",
        "辆",
        "分",
    }
    assert any(fact.get("role") == "reason" for made in right for fact in made.gold["facts"])
    assert all(made.gold["unclaimed"] for made in right if made.gold["kind"] == "overall_performance")


def test_nothing_but_the_standard_library_is_imported() -> None:
    folder = Path(MAKER.__file__).parent
    for path in (Path(MAKER.__file__), *sorted((folder / "reportmaking").glob("*.py"))):
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]) and len(words) > 1 and not line.startswith(" "):
                name = words[1].partition(".")[0]
                assert name in sys.stdlib_module_names or name == "reportmaking", (path.name, line)
