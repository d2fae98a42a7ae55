"""Reports whose outline is broken: headings without their numbers, numbered in other styles, or gone.

A label that is clear by itself binds wherever it stands; one that only its heading makes clear is then not read. No
fact comes out that the whole report does not state: a wrong fact is worse than a figure that is left unclaimed.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import CORPUS, SAMPLES
from reportparse import parse
from reportparse.document import Document
from reportparse.gold import load_gold
from reportparse.layout import lay_out
from reportparse.model import Fact, Source
from reportparse.numbers import numbering
from reportparse.outline import Node, build_outline
from reportparse.readers import read

CASES = Path(__file__).parent / "gold"
DEV = [path for path in sorted(CORPUS.glob("*.txt")) if load_gold(path.with_suffix(".gold.json"))["half"] == "dev"]
REAL = sorted(
    path
    for path in (SAMPLES / "real").rglob("*")
    if path.suffix.lower() in (".pdf", ".docx") and (CASES / f"{path.stem}.gold.json").exists()
)
FILES = [*DEV, *REAL]
every_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


class Plain(NamedTuple):
    """A report as plain text, one block a line and without its tables, and its headings."""

    text: str
    source: Source
    headings: tuple[Node, ...]


@cache
def plain(path: Path) -> Plain:
    document = read(path)
    layout = lay_out(document)
    text = "".join(layout.flat.text[block.start : block.end] + "\n" for block in layout.blocks if block.kind != "table")
    again = lay_out(text)
    nodes = []
    for node in build_outline(again).nodes:
        start, end = again.flat.origin(node.start, node.end)
        nodes.append(node._replace(start=start, end=end))
    return Plain(text, document.source, tuple(nodes))


def facts_of(one: Plain, text: str) -> list[Fact]:
    return list(parse(Document(one.source, text, (0,))).facts)


def prints(facts: list[Fact]) -> Counter[tuple[str, str]]:
    return Counter((fact.key, re.sub(r"\s", "", str(fact.value))) for fact in facts)


# --- shaking ----------------------------------------------------------------------------------------------------

HAN = "一二三四五六七八九十"
STYLES: tuple[Callable[[int], str], ...] = (
    lambda n: f"{HAN[n - 1]}、",
    lambda n: f"（{HAN[n - 1]}）",
    lambda n: f"{n}.",
    lambda n: f"（{n}）",
    lambda n: f"第{HAN[n - 1]}部分 ",
    lambda n: f"{n}）",
)
Shake = Callable[[Plain, random.Random], str]


def written(one: Plain, line_of: Callable[[Node, str], str]) -> str:
    """The text with every heading rewritten; an empty one is gone, with what set it apart from its text."""
    text = one.text
    for node in reversed(one.headings):
        line, rest = line_of(node, text[node.start : node.end]), text[node.end :]
        if not line:
            rest = re.sub(r"^[。：]?\n?", "", rest)
        text = text[: node.start] + line + rest
    return text


def without_numbers(one: Plain, _: random.Random) -> str:
    return written(one, lambda node, line: line[len(node.number or "") :])


def in_other_styles(one: Plain, chance: random.Random) -> str:
    """Each style of numbering becomes another one, throughout."""
    mine = {style: other for style, other in zip(range(9), chance.sample(STYLES, len(STYLES)), strict=False)}
    order: dict[str, int] = {}

    def line_of(node: Node, line: str) -> str:
        mark = numbering(line)
        if mark is None or mark.value is None or not 1 <= mark.value <= len(HAN):
            return line
        return mine[order.setdefault(mark.style, len(order))](mark.value) + line[mark.end :]

    return written(one, line_of)


def is_class(node: Node) -> bool:
    """A heading that names a class is the first part of the labels below it: （一）公共安全（类）."""
    return re.search(r"（[类款项]）", node.title) is not None


def with_some_dropped(one: Plain, chance: random.Random) -> str:
    return written(one, lambda node, line: "" if chance.random() < 1 / 3 and not is_class(node) else line)


def with_all_dropped(one: Plain, _: random.Random) -> str:
    return written(one, lambda node, line: line if is_class(node) else "")


SHAKES: dict[str, Shake] = {
    "no numbers": without_numbers,
    "other styles": in_other_styles,
    "some dropped": with_some_dropped,
    "none": with_all_dropped,
}


class Outcome(NamedTuple):
    stated: int
    kept: int
    found: int
    wrong: list[str]


def outcome(path: Path, kind: str, seeds: range) -> Outcome:
    one = plain(path)
    before = prints(facts_of(one, one.text))
    whole = {key for key in (*before, *prints(list(parse(path).facts)))}
    stated = kept = found = 0
    wrong: list[str] = []
    for seed in seeds:
        after = prints(facts_of(one, SHAKES[kind](one, random.Random(seed))))
        stated += before.total()
        kept += (before & after).total()
        found += after.total()
        wrong += [f"{path.stem} {key} = {value[:30]}" for key, value in after.elements() if (key, value) not in whole]
    return Outcome(stated, kept, found, wrong)
