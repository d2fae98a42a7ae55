"""Line breaks: a break planted anywhere inside a fact's clause changes no fact. And nothing is joined that stands apart.

Four kinds of break are planted, in the file's own newline style: a line end, a blank line, a marked page number on a
line of its own, and a bare one that counts on in a run of bare page numbers. A fact is the same when its key and value
are, and when its quote, less what was planted, stands at its old place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BROKEN_UP, CORPUS, SAMPLES
from reportparse import parse
from reportparse.document import Document
from reportparse.layout import lay_out
from reportparse.model import Fact, Source
from reportparse.readers import read
from reportparse.text import flatten

Plant = tuple[int, str]
"""Where in the undisturbed text, and what stands before that place afterwards."""

Print = tuple[str, str, int, int]
"""A fact's key, its value, and its place in the undisturbed text."""

PAGE = 300
"""Characters between two page numbers, at the least."""

MODEL = SAMPLES / "seed"
FILES = [*sorted(MODEL.glob("*.txt")), *BROKEN_UP]
STEPS = {"line end": 13, "blank line": 31, "marked page number": 37, "bare page number": 41}
"""Every how many places a break is tried: all of them with REPORTPARSE_EVERY_BREAK=1, which takes a quarter of an hour."""


# --- planting ---------------------------------------------------------------------------------------------------


def newline_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r" if "\r" in text else "\n"


def line_end(text: str, at: int) -> list[Plant] | None:
    """None at the end of a line: a second line end is a blank line."""
    before, after = text[:at].rstrip(" \t\u3000"), text[at:].lstrip(" \t\u3000")
    return None if before[-1:] in "\r\n" or after[:1] in "\r\n" else [(at, newline_of(text))]


def blank_line(text: str, at: int) -> list[Plant] | None:
    return [(at, newline_of(text) * 2)]


def marked_page(text: str, at: int) -> list[Plant] | None:
    new = newline_of(text)
    return [(at, f"{new}- 3 -{new}")]


BARE = re.compile(r"(?m)^[ \t\u3000]*(\d{1,3})[ \t\u3000]*\r?$")


def bare_page(text: str, at: int) -> list[Plant] | None:
    """A number on its line that counts on in the text's own run; else in a run of three that is planted, the other two
    after sentences that end a line. None where the pages would be too short.
    """
    new = newline_of(text)
    own = [(m.start(1), int(m[1])) for m in BARE.finditer(text)]
    if len(own) >= 2:
        place, last = own[-1]
        counts = [number for _, number in own] == list(range(own[0][1], last + 1))
        return [(at, f"{new}{last + 1}{new}")] if counts and at >= place + PAGE else None
    ends = [m.start(1) for m in re.finditer(r"。(\r\n|\r|\n)", text)]
    before: list[int] = []
    for end in reversed([e for e in ends if e <= at - PAGE]):
        if len(before) < 2 and (not before or before[0] - end >= PAGE):
            before.insert(0, end)
    after: list[int] = []
    for end in [e for e in ends if e >= at + PAGE]:
        if len(before) + len(after) < 2 and (not after or end - after[-1] >= PAGE):
            after.append(end)
    places = [*before, at, *after]
    if len(places) < 3:
        return None
    return [(place, f"{new}{number}" + (new if place == at else "")) for number, place in enumerate(places, 1)]


BREAKS: dict[str, Callable[[str, int], list[Plant] | None]] = {
    "line end": line_end,
    "blank line": blank_line,
    "marked page number": marked_page,
    "bare page number": bare_page,
}


def planted(text: str, plants: Sequence[Plant]) -> str:
    for at, what in sorted(plants, reverse=True):
        text = text[:at] + what + text[at:]
    return text


def back(position: int, plants: Sequence[Plant]) -> int:
    """The place in the undisturbed text."""
    shift = 0
    for at, what in sorted(plants):
        if position <= at + shift:
            break
        if position < at + shift + len(what):
            return at
        shift += len(what)
    return position - shift


# --- comparing --------------------------------------------------------------------------------------------------


class Sample(NamedTuple):
    name: str
    text: str
    source: Source
    facts: list[Fact]

    @classmethod
    def of(cls, path: Path) -> Sample:
        document = read(path)
        return cls(path.stem, document.text, document.source, list(parse(document).facts))

    def reparse(self, plants: Sequence[Plant]) -> list[Fact]:
        return list(parse(Document(self.source, planted(self.text, plants), (0,))).facts)

    def places(self) -> list[int]:
        """Every position strictly inside the clause of a fact in prose, save within CR LF, a page number, or a full line
        that ends with a full stop by chance: what a break leaves of that one ends as a paragraph does.
        """
        inside: set[int] = set()
        layout = lay_out(self.text)
        pages = {at for a, b in layout.furniture for at in range(a + 1, b)}
        for block in layout.blocks:
            runs = list(layout.flat.runs(block.start, block.end))
            pages.update(at for a, b in runs[:-1] if self.text[b - 1] == "。" for at in range(a + 1, b + 1))
        for fact in self.facts:
            if fact.span is not None and fact.where != "table":
                start, end = fact.sentence or fact.span
                inside.update(range(start + 1, end))
        return sorted(at for at in inside - pages if self.text[at - 1 : at + 1] != "\r\n")


def prints(facts: Sequence[Fact], plants: Sequence[Plant]) -> list[Print]:
    found = []
    for fact in facts:
        value = "" if fact.value is None else re.sub(r"\s", "", str(fact.value))
        start, end = fact.span if fact.span is not None else (-1, -1)
        assert isinstance(fact.value, (str, Decimal, type(None)))
        found.append((fact.key, value, back(start, plants), back(end, plants)))
    return sorted(found)


def disturbed(sample: Sample, plants: Sequence[Plant]) -> list[str]:
    """The facts that the plants change, one line each: ``-`` lost, ``+`` new."""
    before, after = prints(sample.facts, ()), prints(sample.reparse(plants), plants)
    if before == after:
        return []
    lost = [f for f in before if f not in after]
    new = [f for f in after if f not in before]
    return [
        f"{sign} {key} = {value[:24]} @{a}:{b}" for sign, some in (("-", lost), ("+", new)) for key, value, a, b in some
    ]


def context(text: str, at: int) -> str:
    return f"{text[max(0, at - 14) : at]}⏎{text[at : at + 14]}".replace("\r", "").replace("\n", "⏎̲")


# --- breaks change nothing --------------------------------------------------------------------------------------


KNOWN = (
    (
        "fa-tonggu-bamboo",
        "铜鼓县竹木产业发展服务局",
        "2022年度部门决算情况说明",
        "a name over a title, or a title in two lines?",
    ),
    ("sn-2024-trail", "5.住房", "保障支出(类)", "a heading of two characters over a class?"),
    (
        "fa-minqin-saxaul",
        "支出决算为16.80万元，",
        "完成年初预算的100%。\n决算数与",
        "a full line that ends with a full stop by chance",
    ),
    (
        "fa-minqin-saxaul",
        "资本性支出3.",
        "4\n0万元",
        "a page number between two lines, or a digit of a number cut twice?",
    ),
    (
        "sd-2022-fishery",
        "财政支出绩效评价报告\n202",
        "2年度日照市",
        "the name of a series over a title: which is the title when the second breaks once more?",
    ),
    (
        "sd-2022-fishery",
        "近岸渔业资源养",
        "护中心\n部门整体绩效评价报告",
        "the name of a series over a title: which is the title when the second breaks once more?",
    ),
    (
        "sd-2022-fishery",
        "部门整体绩效评价报",
        "告\n被评价部门",
        "the name of a series over a title: which is the title when the second breaks once more?",
    ),
    ("fa-minqin-saxaul", "固定资产1,1", "64\n.16万元", "a page number, or digits of a number cut twice?"),
)
"""Line ends after which the text can honestly be read in either way, with the class that each belongs to."""


def is_known(one: Sample, at: int) -> bool:
    return any(
        one.name == name and one.text.startswith(before + after, at - len(before)) for name, before, after, _ in KNOWN
    )


@cache
def sample(path: Path) -> Sample:
    return Sample.of(path)


class Outcome(NamedTuple):
    tried: int
    failed: list[str]


@cache
def tried(path: Path, kind: str) -> Outcome:
    one = sample(path)
    step = 1 if os.environ.get("REPORTPARSE_EVERY_BREAK") else STEPS[kind]
    count, failed = 0, []
    for at in one.places()[len(one.name) % step :: step]:
        plants = BREAKS[kind](one.text, at)
        if plants is not None and not is_known(one, at):
            count += 1
            if changes := disturbed(one, plants):
                failed.append(f"{one.name}@{at} {context(one.text, at)}: {'; '.join(changes[:4])}")
    return Outcome(count, failed)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_line_end_changes_no_fact(path: Path) -> None:
    outcome = tried(path, "line end")
    assert outcome.tried
    assert outcome.failed == []


@pytest.mark.xfail(reason="a line end there can be read either way", strict=True)
@pytest.mark.parametrize(("name", "before", "after"), [known[:3] for known in KNOWN], ids=[known[3] for known in KNOWN])
def test_a_line_end_that_can_be_read_either_way(name: str, before: str, after: str) -> None:
    one = sample(CORPUS / f"{name}.txt")
    at = one.text.index(before + after) + len(before)
    assert disturbed(one, [(at, newline_of(one.text))]) == []


@pytest.mark.parametrize("kind", ["blank line", "marked page number", "bare page number"])
def test_other_breaks_change_hardly_a_fact(kind: str) -> None:
    outcomes = [tried(path, kind) for path in FILES]
    failed = [line for outcome in outcomes for line in outcome.failed]
    count = sum(outcome.tried for outcome in outcomes)
    print(f"\n{kind}: {len(failed)} of {count}", *failed, sep="\n  ")
    assert count
    assert len(failed) <= 0.01 * count, "\n".join(failed)


@pytest.mark.parametrize(
    ("plants", "position", "was"),
    [
        (((3, "\n"),), 3, 3),
        (((3, "\n"),), 4, 3),
        (((3, "\n"),), 9, 8),
        (((3, "\n- 3 -\n"),), 5, 3),
        (((3, "\n- 3 -\n"),), 10, 3),
        (((3, "\n1"), (7, "\n2")), 12, 8),
    ],
)
def test_the_way_back(plants: tuple[Plant, ...], position: int, was: int) -> None:
    assert back(position, plants) == was


# --- what stands apart stays apart ------------------------------------------------------------------------------

HEADINGS = (
    "一、部门概况", "二、部门财政资金收支情况", "（一）收入情况", "（二）支出情况", "（三）结转结余情况", "1.收入决算情况", "2. 支出决算情况说明",
    "1、基本支出情况", "（1）公务接待费", "第二部分 部门决算情况说明", "第三章 绩效评价", "四、评价结论及建议", "（一）评价结论。", "(三)年度主要工作任务。",
    "五、其他重要事项的情况说明", "①政府采购情况", "机构职能：", "人员概况：", "收入支出决算总体情况", "机关运行经费支出情况", "“三公”经费支出决算情况说明",
    "存在的问题", "改进建议",
)  # fmt: skip
SENTENCES = (
    "2023年我单位收入总计113.34万元，其中：一般公共预算收入113.34万元，占100%。",
    "本单位核定编制3人，实有人员5人，其中在职人员3人，退休人员2人。",
    "年末结转和结余0.07万元，为项目资金尚未支付完毕。",
    "全年“三公”经费支出2.50万元，比上年减少0.30万元，下降10.71%。",
    "绩效目标全面完成，取得了一定的经济和社会效益，单位财务制度健全，管理规范。",
    "无。",
)
CELLS = (
    "项目名称",
    "预算数",
    "执行数",
    "执行率",
    "基本支出",
    "项目支出",
    "合计",
    "得分",
    "产出指标",
    "数量指标",
    "举办培训期数",
    "12期",
    "单位：万元",
)
FIGURES = ("12.50", "1,180.00", "94.40%", "100", "10", "0", "-", "3.05", "85.5")


def lines_of(text: str) -> list[str]:
    """The blocks that the layout makes of a text, without blanks."""
    layout = lay_out(text)
    return [re.sub(r"\s", "", layout.flat.text[block.start : block.end]) for block in layout.blocks]


def bare(line: str) -> str:
    return re.sub(r"\s", "", flatten(line).text)


@st.composite
def outlines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text of headings and sentences, each on its line, and its headings."""
    ends = draw(
        st.sampled_from([("\n",), ("\n\n",), ("\r\n",), ("\n", "\n\n"), ("\r\n\r\n",), ("\n　　",), ("\n\n\n", "\n\n")])
    )
    rows: list[str] = []
    headings: list[str] = []
    for heading in draw(st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=12, unique=True)):
        headings.append(heading)
        rows.append(heading)
        rows += draw(st.lists(st.sampled_from(SENTENCES), max_size=3, unique=True))
    rows.append(draw(st.sampled_from(SENTENCES)))
    return "".join(row + draw(st.sampled_from(ends)) for row in rows), headings


@pytest.mark.xfail(reason="a lone line end after a heading joins where blank lines set all else apart", strict=True)
@settings(deadline=None, max_examples=200, derandomize=True)
@given(outlines())
def test_no_heading_is_joined_to_its_neighbour(made: tuple[str, list[str]]) -> None:
    text, headings = made
    blocks = lines_of(text)
    assert [h for h in headings if bare(h) not in blocks] == []


@st.composite
def cell_tables(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A table of one cell a line between two paragraphs, and its cells."""
    end = draw(st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n"]))
    head = draw(st.lists(st.sampled_from(CELLS), min_size=3, max_size=5, unique=True))
    rows = draw(st.integers(2, 5))
    cells = list(head)
    for _ in range(rows):
        cells += [draw(st.sampled_from(CELLS)), *(draw(st.sampled_from(FIGURES)) for _ in head[1:])]
    before = draw(st.sampled_from(["附件1", *SENTENCES]))
    after = draw(st.sampled_from(["四、评价结论", *SENTENCES[:5]]))
    return end.join(["一、部门概况", SENTENCES[0], before, *cells, after, SENTENCES[4]]), cells


@settings(deadline=None, max_examples=200, derandomize=True)
@given(cell_tables())
def test_no_cell_is_joined_to_its_neighbour(made: tuple[str, list[str]]) -> None:
    text, cells = made
    blocks, expected = lines_of(text), [bare(cell) for cell in cells]
    assert any(blocks[at : at + len(expected)] == expected for at in range(len(blocks)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("apart", ["line end", "blank line"])
def test_headings_stay_headings_however_they_are_set_apart(path: Path, apart: str) -> None:
    """All headings on lines of their own are set apart from what follows in one way or in the other."""
    one = sample(path)
    new = newline_of(one.text)
    sections = parse(Document(one.source, one.text, (0,))).sections
    text = one.text
    for section in reversed(sections):
        end = section.span[1]
        follows = re.match(r"[。：]?[ \t\u3000]*(?:\r\n|\n|\r)[\s\u3000]*", text[end:])
        if follows is not None:
            lead = re.search(r"[ \t\u3000]*$", follows[0])
            assert lead is not None
            mark = follows[0][0] if follows[0][0] in "。：" else ""
            text = text[:end] + mark + new * (2 if apart == "blank line" else 1) + lead[0] + text[end + follows.end() :]
    again = parse(Document(one.source, text, (0,))).sections
    assert [(s.number, s.title) for s in again] == [(s.number, s.title) for s in sections]
