"""Laws that hold for any document: places, ids, counts, determinism, JSON.

Documents come from three sources: reports put together from sentences of our own, the same ones damaged, and text
that is no report at all; and the corpus, whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import DEV, ROOT
from reportparse import Report, parse
from reportparse.document import Document
from reportparse.errors import ReadError
from reportparse.layout import lay_out
from reportparse.model import Fact, Mention, Source, Span
from reportparse.numbers import scan
from reportparse.readers import read
from reportparse.text import flatten

FILES = DEV

# --- documents --------------------------------------------------------------------------------------------------

amounts = st.one_of(
    st.decimals(0, 99999, places=2).map(lambda d: f"{d}万元"),
    st.integers(0, 10**7).map(lambda n: f"{n:,}元"),
    st.decimals(0, 99, places=4).map(lambda d: f"{d} 亿元"),
    st.sampled_from(
        ["0万元", "０．５０万元", "三万元", "一百一十三万四千元", "约12万元", "近3,400万元", "**.**万元", "万元", "无"]
    ),
)
percents = st.decimals(0, 250, places=2).map(lambda d: f"{d}%") | st.sampled_from(
    ["100%", "百分之五", "5.1 ％", "3个百分点"]
)
heads = st.integers(0, 3000).map(lambda n: f"{n}人") | st.sampled_from(["两名", "12 名", "０人"])
counts = st.integers(0, 400).map(str)
years = st.sampled_from(["2021年", "2022年度", "2023 年", "上年"])
TEMPLATES = (
    "{y}部门收入总计{a}，其中：一般公共预算收入{a}，占{p}；政府性基金预算收入{a}，占{p}；事业收入{a}，占{p}。",
    "{y}部门支出总计{a}，主要用于以下方面：教育支出{a}，占{p}；卫生健康支出{a}，占 {p}。",
    "收、支总计均为{a}。与上年相比，收、支总计各增加{a}，增长{p}。",
    "“三公”经费支出决算为{a}，完成预算{a}的{p}，比上年减少{a}，下降{p}，主要原因是公务接待费减少{a}。",
    "公务接待费{a}，国内公务接待{n}批次，{n}人次；未发生外事接待。",
    "因公出国（境）费{a}，与上年持平。",
    "核定编制{h}，实有人员{h}，其中：在职人员{h}，退休人员{h}，遗属{h}。",
    "共编制绩效目标{n}个，涉及财政资金{a}，覆盖率达到{p}。",
    "经自评，得分{n}分，结果为良好。",
    "我单位没有{n}万元以上项目。",
    "单价{n}万元以上设备{n}台（套）。",
    "依据财预〔2023〕{n}号文件，自{y}3月1日起执行，联系电话：0833-2412345。",
    "预算数{a}，执行数为{a}，执行率为{p}。",
    "年末结转和结余{a}，为{y}资金未支付完。",
    "深入学习贯彻党的二十大精神，推动十四五规划落实。",
)
HEADINGS = (
    "一、部门概况", "（一）机构组成", "（二）机构职能和人员概况", "二、部门财政资金收支情况", "（一）收入情况", "1.收入决算",
    "三、“三公”经费情况", "（1）公务接待费", "四、评价结论及建议", "（一）评价结论。", "第二部分 部门决算情况说明", "附件1",
)  # fmt: skip
FRONT = ("某某县档案馆\n2023年度部门整体支出绩效报告\n", "乐山市五通桥区科学技术协会\n\n2022年部门决算公开\n", "")
NOISE = (
    "- 3 -",
    "12",
    "|项目|预算数|\n|基本支出|12.5|",
    "项目名称\n预算数\n12.50\n执行数\n11.80\n执行率\n94.40%",
    "1、组织培训；",
    "目录",
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    template = draw(st.sampled_from(TEMPLATES))
    kinds = {"a": amounts, "p": percents, "h": heads, "n": counts, "y": years}
    return re.sub(r"\{(\w)\}", lambda match: draw(kinds[match[1]]), template)


@st.composite
def reports(draw: st.DrawFn) -> str:
    body = draw(
        st.lists(st.one_of(sentences(), sentences(), st.sampled_from(HEADINGS), st.sampled_from(NOISE)), max_size=12)
    )
    apart = draw(st.sampled_from(["\n", "\n\n", "\r\n", "\n　　"]))
    tail = draw(st.sampled_from(["", f"{apart}某某县档案馆{apart}2024年3月8日"]))
    text = draw(st.sampled_from(FRONT)) + apart.join(body) + tail
    return text if text.strip() else "一"


DIRT = "0123456789０１９〇一二十百千万亿元人个%％.,，。、；：（）()“”《》[]|\t\n\r\f\u3000\u00a0\u200b\ufeff-—/年月日第号共其中占比增减无未为〔〕①②㈠⒈abXx￥$\\"
dirty = st.text(alphabet=st.sampled_from(DIRT) | st.characters(exclude_categories=["Cs"]), max_size=120)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = draw(reports())
    for _ in range(draw(st.integers(1, 4))):
        a = draw(st.integers(0, len(text)))
        b = min(len(text), a + draw(st.integers(0, 6)))
        text = text[:a] + draw(st.text(alphabet=DIRT, max_size=4)) + text[b:]
    return text


def visible(text: str) -> bool:
    return bool(re.search(r"\w", text))


any_text = st.one_of(reports(), damaged(), dirty, st.text(alphabet=DIRT, max_size=200)).filter(visible)
laws = settings(deadline=None, max_examples=120, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def document(text: str) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    source = Source("made.txt", digest, "text/plain", "utf-8", "made", "txt", "1", digest, 1, len(text))
    return Document(source, text, (0,))


def mentions_of(report: Report) -> dict[str, Fact | Mention]:
    """Every mention once, by its id: the facts' and the unclaimed."""
    found: dict[str, Fact | Mention] = {fact.mention: fact for fact in report if fact.mention is not None}
    return found | {mention.id: mention for mention in report.unclaimed}


# --- places -----------------------------------------------------------------------------------------------------


def check_places(text: str, report: Report) -> None:
    for found in (*report.facts, *report.unclaimed):
        if found.span is None:
            assert (found.quote, found.pieces, found.sentence, found.where) == (None, None, None, None)
            continue
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert found.quote == text[start:end]
        assert found.quote.strip() == found.quote
        assert found.sentence is not None
        assert found.sentence[0] <= start
        assert end <= found.sentence[1] <= len(text)
        if found.pieces is not None:
            check_pieces(text, found.span, found.pieces)
    for section in report.sections:
        start, end = section.span
        printed = re.sub(r"\s", "", flatten(text[start:end]).text)
        assert printed
        rest = iter(printed)  # a page number or mark-up can stand inside
        assert all(char in rest for char in re.sub(r"\s", "", section.title))
        assert re.sub(r"\s", "", section.number or "") == printed[: len(re.sub(r"\s", "", section.number or ""))]
    for table in report.tables:
        assert 0 <= table.span[0] < table.span[1] <= len(text)
    ends = [0, *(part.span[1] for part in report.parts)]
    assert [part.span for part in report.parts] == list(pairwise(ends))  # they share out the whole text
    assert ends[-1] == len(text)


def check_pieces(text: str, span: Span, pieces: tuple[Span, ...]) -> None:
    assert len(pieces) > 1
    assert (pieces[0][0], pieces[-1][1]) == span
    for (a, b), (c, _) in pairwise(pieces):
        assert a < b < c
        assert re.search(r"[\r\n\f\v\x85\u2028\u2029]", text[b:c])
    for a, b in pieces:
        assert a < b
        assert not re.search(r"[\r\n\f]", text[a:b])


def check_shared_spans(report: Report) -> None:
    by_span: dict[Span, list[Fact]] = {}
    for fact in report:
        if fact.span is not None:
            by_span.setdefault(fact.span, []).append(fact)
    for facts in by_span.values():
        assert len({fact.key for fact in facts}) == len(facts)
        if len(facts) > 1 and not all(fact.concept.startswith("document.") for fact in facts):
            # One line can name the department and sign the report.
            assert len({fact.mention for fact in facts}) == 1
            assert facts[0].mention is not None
    bound = {fact.span for fact in report if fact.mention is not None}
    assert not [mention.span for mention in report.unclaimed if mention.span in bound]


# --- ids and counts ---------------------------------------------------------------------------------------------


def check_ids(report: Report) -> None:
    facts = {fact.id for fact in report}
    sections = {section.id for section in report.sections}
    for letter, ids in (
        ("f", [fact.id for fact in report]),
        ("s", [section.id for section in report.sections]),
        ("t", [table.id for table in report.tables]),
        ("p", [part.id for part in report.parts]),
    ):
        assert ids == [f"{letter}{number}" for number in range(1, len(ids) + 1)]
    numbers = sorted(int(id.removeprefix("m")) for id in mentions_of(report))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len({mention.id for mention in report.unclaimed} & {fact.mention for fact in report}) == 0
    # In the order of the text, part by part; what a part says without a place stands first in it.
    parts = [part.id for part in report.parts]
    starts = [(parts.index(fact.part), fact.span[0] if fact.span else -1) for fact in report]
    assert starts == sorted(starts)
    for fact in report:
        first, last = report.parts[parts.index(fact.part)].span
        assert fact.span is None or first <= fact.span[0] < fact.span[1] <= last
    for fact in report:
        assert {fact.base, fact.part_of} <= facts | {None}
        assert fact.id not in (fact.base, fact.part_of)
        assert fact.section in sections | {None}
    for mention in report.unclaimed:
        assert mention.section in sections | {None}
    below = [child for section in report.sections for child in section.children]
    assert len(below) == len(set(below))
    level = {section.id: section.level for section in report.sections}
    for section in report.sections:
        for child in section.children:
            assert level[child] == section.level + 1
            assert int(child[1:]) > int(section.id[1:])
    assert {s.id for s in report.sections if s.level > 1} == set(below)


def check_states(report: Report) -> None:
    for found in (*report.facts, *report.unclaimed):
        assert (found.value is not None) == (found.state in ("stated", "zero"))
        if isinstance(found.value, Decimal) and found.state != "stated":
            assert found.value == 0
        if found.state == "unchanged":
            assert found.aspect == "change"
        if found.kind == "amount" and found.yuan is not None and isinstance(found.value, Decimal):
            assert (found.yuan == 0) == (found.value == 0)


def check_coverage(report: Report) -> None:
    coverage = report.coverage
    assert coverage.claimed + len(report.unclaimed) == coverage.quantities
    assert 0 <= coverage.claimed <= len({fact.mention for fact in report if fact.mention is not None})
    exact = Decimal(coverage.claimed) / coverage.quantities if coverage.quantities else Decimal(1)
    assert abs(coverage.share - exact) <= Decimal("0.00005")
    assert all(count > 0 for count in coverage.not_quantities.values())
    assert list(coverage.not_quantities) == sorted(coverage.not_quantities)


# --- every run of digits ----------------------------------------------------------------------------------------


def runs(text: str) -> int:
    """Runs of decimal digits of any width."""
    return len(re.findall(r"\d+", text))


def check_tokens(text: str) -> None:
    """Every digit of the normalised text stands in one token, and in one only."""
    flat = lay_out(text).flat.text
    holders: Counter[int] = Counter()
    for token in scan(flat):
        holders.update(range(token.start, token.end))
    assert not [flat[max(0, m.start() - 8) : m.end() + 8] for m in re.finditer(r"\d", flat) if holders[m.start()] != 1]


def check_digit_runs(text: str, report: Report, document: Document | None = None) -> None:
    """Runs in the text = runs in mentions and in their limits + runs counted as no quantity.

    A run that a line break cuts is one: the text is taken as it was laid out. Words that state that there is nothing
    (2023年支出总计无) may hold a year, which counts as one; of their digits only a limit's are theirs.
    """
    layout = lay_out(document or text)
    total = runs(layout.flat.text) + sum(runs(text[a:b]) for a, b in (*layout.furniture, *layout.contents))
    inside = 0
    for found in mentions_of(report).values():
        assert found.quote is not None
        if found.state not in ("none", "unchanged") and found.kind != "grade":
            inside += runs(flatten("".join(text[a:b] for a, b in found.pieces or ()) or found.quote).text)
        if found.threshold is not None:
            inside += runs(format(found.threshold.value, "f"))
    assert inside + sum(report.coverage.not_quantities.values()) == total


# --- the laws ---------------------------------------------------------------------------------------------------


@laws
@given(any_text)
def test_places_of_any_text(text: str) -> None:
    report = parse(document(text))
    check_places(text, report)
    check_shared_spans(report)


@laws
@given(any_text)
def test_ids_states_and_counts_of_any_text(text: str) -> None:
    report = parse(document(text))
    check_ids(report)
    check_states(report)
    check_coverage(report)


@laws
@given(any_text)
def test_every_digit_of_any_text_is_in_one_token(text: str) -> None:
    check_tokens(text)


@laws
@given(any_text)
def test_every_run_of_digits_of_any_text_is_accounted_for(text: str) -> None:
    check_digit_runs(text, parse(document(text)))


@laws
@given(any_text)
def test_json_and_back(text: str) -> None:
    report = parse(document(text))
    once = report.to_json()
    again = Report.from_json(once)
    assert again == report
    assert again.to_json() == once
    assert parse(document(text)).to_json() == once


@laws
@given(
    st.binary(max_size=300)
    | any_text.map(lambda text: text.encode("utf-8"))
    | any_text.map(lambda text: text.encode("gb18030"))
)
def test_any_bytes_give_a_report_or_a_typed_error(data: bytes) -> None:
    try:
        report = parse(data, name="made.txt")
    except ReadError:
        return
    text = read(data, name="made.txt").text
    check_places(text, report)
    check_coverage(report)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_laws_hold_for_the_corpus(path: os.PathLike[str]) -> None:
    report, text = parse(path), read(path).text
    check_places(text, report)
    check_shared_spans(report)
    check_ids(report)
    check_states(report)
    check_coverage(report)
    check_tokens(text)
    check_digit_runs(text, report)
    assert Report.from_json(report.to_json()) == report


def test_the_hash_seed_changes_nothing() -> None:
    script = (
        "import hashlib, sys\n"
        "from reportparse import parse\n"
        "print(hashlib.sha256(''.join(parse(f).to_json() for f in sys.argv[1:]).encode()).hexdigest())\n"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script, *map(str, FILES)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }  # fmt: skip
    assert len(seen) == 1
