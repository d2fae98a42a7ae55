"""Heading candidates → a tree of sections.

A heading's depth comes from where its numbering style stands among the styles around it, not from the glyphs: （一）
is the second level here and the first there. A numbered line is a heading when it is short and says nothing that a
sentence would say; among its neighbours of the same style the majority decides, so that a short duty among long ones
stays an item of a list.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reportparse.blocks import GLUED_TITLE, HEADING_END, HEADING_MAX, MARKS_BEHIND, Block, Layout
from reportparse.numbers import Numbering

__all__ = ["Node", "Outline", "build_outline"]

ROOT = -1

_RANK = {
    "part": 0, "chapter": 1, "section": 2, "annex": 0, "table": 9, "han": 3, "han_bracket": 4, "arabic_multi": 5, "arabic": 5,
    "arabic_bracket": 6, "arabic_half_bracket": 7, "circled": 8, "hash": 2,
}  # fmt: skip
_LABEL_RANK, _CLASS_RANK = 9, 10
_ANNOUNCED_RANK = 9.5
"""Of headings that share their lines with their text, behind a line that announces them: 具体安排如下： | 基本支出：9万元."""
_CLASS_END = re.compile(r"（[类款项]）$")
"""What a heading without a number ends with that names a class: it stands under the headings of sections."""
_LOOK_AHEAD = 40
_INLINE_TITLE = re.compile(r"([^，；。：！？]{2,24})([。：])(?=.)")
_SENTENCE_LIKE = re.compile(r"[；，]|。.")
_VERDICT = re.compile(
    r"\d(?:[,\d.]*)(?:万|元|%|人|名|个|项|辆|分|台|次|户)|没有|我单位|我局|本单位|未(?:发生|安排)|^(?:本年|我|本)?无|^(?:负责|承担|承办|拟订|拟定|受理)"
)
_ITEM_END = "。；"
_REMARKS = frozenset({"说明", "注", "备注"})
"""What opens a remark and is no heading: 说明：本表为空表."""


class Node(NamedTuple):
    """A section in the making. ``start`` and ``end`` are the heading's place in the normalised text, number included."""

    parent: int
    level: int
    number: str | None
    ordinal: int | None
    title: str
    start: int
    end: int


class Outline(NamedTuple):
    """``owner[b]`` is the node that block ``b`` stands under (``ROOT`` before the first heading); ``body[b]`` is where
    its own text begins: after the numbering, and after a heading that shares the line with its text. A block that is
    nothing but a heading has ``body[b] == block.end``. ``items`` holds the blocks that are items of a numbered list.
    ``surely`` gives the node that a block stands under for certain, where the heading of its own section may be missing.
    """

    nodes: list[Node]
    owner: list[int]
    body: list[int]
    items: set[int]
    surely: dict[int, int]


def build_outline(layout: Layout) -> Outline:
    """The sections of a layout, and where each of its blocks stands among them."""
    text, blocks = layout.flat.text, layout.blocks
    titles = [_title(block, text) for block in blocks]
    for index, block in enumerate(blocks):
        if titles[index] is None and block.kind != "table":
            titles[index] = _title_over_items(index, blocks, text)
    items = _list_items(blocks, titles, text)
    nodes: list[Node] = []
    owner: list[int] = []
    body: list[int] = []
    stack: list[tuple[float, int]] = []  # rank, node index
    for index, block in enumerate(blocks):
        found = titles[index] if index not in items else None
        number = block.number
        begin = block.start + (number.end if number is not None else 0)
        if found is None:
            owner.append(stack[-1][1] if stack else ROOT)
            body.append(begin)
            continue
        title, end, rest = found
        over = next((held for held, node in reversed(stack) if nodes[node].number is None and held < _LABEL_RANK), None)
        rank: float
        if number is not None:
            rank = _rank(number)
        elif _CLASS_END.search(title):
            rank = _CLASS_RANK
        elif rest < block.end and stack and (stack[-1][0] == _ANNOUNCED_RANK or _is_announced(index, blocks, text)):
            rank = _ANNOUNCED_RANK
        else:
            rank = _label_rank(index, blocks, titles, items, over)
        while stack and stack[-1][0] >= rank:
            stack.pop()
        nodes.append(
            Node(
                parent=stack[-1][1] if stack else ROOT,
                level=len(stack) + 1,
                number=(number.printed or None) if number is not None else None,
                ordinal=number.value if number is not None else None,
                title=title,
                start=block.start,
                end=end,
            )
        )
        stack.append((rank, len(nodes) - 1))
        owner.append(len(nodes) - 1)
        body.append(rest)
    return Outline(nodes, owner, body, items, _over_gaps(nodes, owner, blocks))


def _over_gaps(nodes: list[Node], owner: list[int], blocks: list[Block]) -> dict[int, int]:
    """The blocks that may be of a section whose heading is missing, each with the node over both sections.

    They are the paragraphs after the first text of a section before a gap in the numbers (三、 … 五、), and those that
    follow the title of a table.
    """
    found: dict[int, int] = {}
    heads = {node.start: at for at, node in enumerate(nodes)}
    open_gaps = _before_gaps(nodes)
    gap: int | None = None
    seen = leaks = False
    restarts: dict[str, float] = {}
    """The styles that have begun at 1, each with its rank."""
    for index, block in enumerate(blocks):
        node = heads.get(block.start)
        if node is not None and (gap is None or not _is_within(node, gap, nodes)):
            gap = node if node in open_gaps or _TABLE_TITLE.search(nodes[node].title) else None
            restarts = {}
            leaks = gap is not None and gap not in open_gaps
            seen = block.end > nodes[node].end + 1
            continue
        if gap is None or block.kind == "table":
            continue
        number = block.number
        if number is None:
            leaks = leaks or (seen and owner[index] == gap)
        elif number.value == 1 and number.style != "enumeration":
            leaks = leaks or number.style in restarts
            restarts[number.style] = _rank(number)
        elif number.style in restarts:  # under the 2. that counts on from 1. （1） may come again
            restarts = {style: rank for style, rank in restarts.items() if rank <= _rank(number)}
        seen = True
        if leaks:
            found[index] = nodes[gap].parent
    return found


_TABLE_TITLE = re.compile(r"[预决]算(?:总|明细)?表$")


def _before_gaps(nodes: list[Node]) -> set[int]:
    """The headings from which the next one of their kind does not count on."""
    found: set[int] = set()
    following: dict[int, Node] = {}  # parent → the next of its headings
    for at in range(len(nodes) - 1, -1, -1):
        node, after = nodes[at], following.get(nodes[at].parent)
        following[node.parent] = node
        if (
            after is not None
            and node.ordinal is not None
            and node.number is not None
            and after.ordinal is not None
            and after.number is not None
            and after.ordinal > node.ordinal + 1
            and _DIGITS.sub("", after.number) == _DIGITS.sub("", node.number)
        ):
            found.add(at)
    return found


_FULL_MARK = re.compile(r"(?:指标)?(?:分值|权重|满分|标准分)(?:为|：)?\d")
"""What goes on after a heading that is an indicator, or a level of them: 1.产出数量。分值12分."""
_STATES_AN_INDICATOR = re.compile(r"(?:年初|年度|全年|预期|绩效|计划|三级)*(?:(?:指标|目标|计划)值|分值|权重)")
"""What goes on after the name of an indicator, which ends like a heading: 茶农满意度：指标值90%."""
_DIGITS = re.compile(r"[\d一二三四五六七八九十百零〇]+")


def _is_within(node: int, over: int, nodes: list[Node]) -> bool:
    while node not in (ROOT, over):
        node = nodes[node].parent
    return node == over


def _rank(number: Numbering) -> float:
    """How deep a heading so numbered stands among others; 1.2.3 is below 1.2."""
    rank = _RANK.get(number.style, _LABEL_RANK)
    return rank + 0.1 * number.printed.count(".") if number.style == "arabic_multi" else rank


def _is_announced(index: int, blocks: list[Block], text: str) -> bool:
    before = blocks[index - 1] if index else None
    return before is not None and before.kind == "paragraph" and text[before.start : before.end].endswith("如下：")


def _label_rank(
    index: int, blocks: list[Block], titles: list[tuple[str, int, int] | None], items: set[int], over: float | None
) -> float:
    """An unnumbered heading stands over the numbered ones that begin anew at 1 after it, and under all others.

    ``over`` is the rank of the unnumbered heading that the numbered ones before it stand under: it is that one's sibling.
    """
    for at in range(index + 1, min(index + _LOOK_AHEAD, len(blocks))):
        number = blocks[at].number
        if titles[at] is None or at in items:
            continue
        if number is None:
            break
        if number.value == 1:
            return _rank(number) - 0.05
        before = next(
            (blocks[at].number for at in range(index - 1, max(-1, index - _LOOK_AHEAD), -1) if titles[at] is not None),
            None,
        )
        if (
            before is not None
            and before.style == number.style
            and before.value is not None
            and number.value == before.value + 2
        ):
            return _rank(number)  # its number is lost: 一、 … 三、
        break
    return _LABEL_RANK if over is None else over


def _title(block: Block, text: str) -> tuple[str, int, int] | None:
    """A block's heading: its title, where it ends, and where the block's own text begins; None where it has none."""
    if block.kind in ("table", "cover"):
        return None
    number = block.number
    start = block.start + (number.end if number is not None else 0)
    line = text[start : block.end]
    if not line:
        return None
    if number is not None and number.style == "enumeration":
        return None
    inline = _INLINE_TITLE.match(line)
    if inline is not None and inline.group(1).count("（") == inline.group(1).count("）"):
        title = inline.group(1)
        if (
            (block.led or HEADING_END.search(title) or _FULL_MARK.match(line, inline.end()))
            and not _VERDICT.search(title)
            and (number is not None or (inline.group(2) == "：" and title not in _REMARKS))
        ):
            if number is None and _STATES_AN_INDICATOR.match(line, inline.end()):
                return None
            return title, start + inline.end(1), start + inline.end()
        return None
    if number is not None and "，" in line and (glued := GLUED_TITLE.match(line)) is not None:
        return glued.group(1), start + glued.end(), start + glued.end()
    if block.kind != "heading":
        return None
    title = line.rstrip("。：")
    if number is not None and MARKS_BEHIND.search(title):
        return title, start + len(title), start + len(title)
    if _VERDICT.search(title) and (line[-1] == "。" or not HEADING_END.search(title)):
        return None
    if line[-1] == "。" and not HEADING_END.search(title):
        # A short sentence: a heading only by the company it keeps, which _list_items judges.
        return (title, start + len(title), block.end) if number is not None and "，" not in title else None
    return title, start + len(title), block.end


def _title_over_items(index: int, blocks: list[Block], text: str) -> tuple[str, int, int] | None:
    """A line that ends with its amount and stands over items numbered from 1 on is their heading: （一）人员经费12.50万元.

    Another such line may stand between: 商品和服务支出12.50万元.
    """
    block = blocks[index]
    title = text[block.start + (block.number.end if block.number is not None else 0) : block.end]
    if not _is_bare(block, text) or not _VERDICT.search(title):
        return None
    below = index + 1
    if below < len(blocks) and blocks[below].number is None and _is_bare(blocks[below], text):
        below += 1
    number = blocks[below].number if below < len(blocks) else None
    if number is None or number.value != 1:
        return None
    own = _rank(block.number) if block.number is not None else -1
    return (title, block.end, block.end) if _rank(number) > own else None


def _is_bare(block: Block, text: str) -> bool:
    """Whether a block is one short line without a sentence's marks."""
    line = text[block.start : block.end]
    return (
        block.kind not in ("table", "cover", "caption")
        and len(line) <= HEADING_MAX
        and line[-1:] not in ("。", "：", "")
        and "，" not in line
        and _SENTENCE_LIKE.search(line) is None
    )


def _list_items(blocks: list[Block], titles: list[tuple[str, int, int] | None], text: str) -> set[int]:
    """The numbered blocks that are items of a list rather than headings.

    A run is a stretch of blocks numbered in one style, each right after the other. A run with as many sentences as
    titles is a list; so is a numbered block that is no heading by itself.
    """
    items = {
        i
        for i, b in enumerate(blocks)
        if b.number is not None and b.number.style != "enumeration" and titles[i] is None
    }
    index = 0
    while index < len(blocks):
        number = blocks[index].number
        if number is None or blocks[index].kind in ("table", "cover"):
            index += 1
            continue
        end = index + 1
        while end < len(blocks) and _same_style(blocks[end].number, number):
            end += 1
        run = range(index, end)
        if len(run) >= 2:
            sentences = sum(_is_sentence(text[blocks[i].start : blocks[i].end]) for i in run)
            own_heads = {
                i
                for i in run
                if _own_heading(titles[i], blocks[i], text)
                or (titles[i] is not None and (blocks[i].led or _is_over_items(i, blocks, text)))
            }
            if 2 * sentences >= len(run):
                # One duty that begins like a heading is none among others that do not.
                items.update(run if len(run) >= 3 and 3 * len(own_heads) < len(run) else set(run) - own_heads)
            elif not any(HEADING_END.search(text[blocks[i].start : blocks[i].end]) for i in run) or (
                len(run) >= 3 and _stands_over_nothing(end, number, blocks)
            ):
                items.update(run)  # names one under the other: 1.办公室 2.法规科
        elif (
            _is_short_sentence(blocks[index], text)
            and (own := titles[index]) is not None
            and own[2] == blocks[index].end
        ):
            items.add(index)
        index = end
    return items


def _is_over_items(index: int, blocks: list[Block], text: str) -> bool:
    """Whether a line that ends like a heading stands over items of a deeper style: 2.具体使用情况。 over （1）…"""
    own, below = blocks[index].number, blocks[index + 1].number if index + 1 < len(blocks) else None
    return (
        own is not None
        and below is not None
        and below.value == 1
        and _rank(below) > _rank(own)
        and HEADING_END.search(text[blocks[index].start : blocks[index].end]) is not None
    )


def _stands_over_nothing(end: int, number: Numbering, blocks: list[Block]) -> bool:
    """Whether a run of numbered lines that ends before ``end`` has no text: a heading of a higher style follows."""
    if end >= len(blocks):
        return True
    below = blocks[end].number
    return below is not None and blocks[end].kind != "table" and _rank(below) < _rank(number)


def _same_style(number: Numbering | None, other: Numbering) -> bool:
    return number is not None and number.style == other.style


def _is_sentence(line: str) -> bool:
    return line[-1] in _ITEM_END or bool(_SENTENCE_LIKE.search(line)) or len(line) > 30


def _is_short_sentence(block: Block, text: str) -> bool:
    line = text[block.start : block.end]
    return line[-1] in _ITEM_END and not HEADING_END.search(line)


def _own_heading(title: tuple[str, int, int] | None, block: Block, text: str) -> bool:
    """A heading that shares its line with its text stays one even in a run of sentences: 1.收入情况。2023年…"""
    line = text[block.start : block.end]
    return title is not None and (
        title[2] < block.end or (line[-1] not in _ITEM_END and bool(HEADING_END.search(line)))
    )
