"""Sub-documents of one file: a performance report annexed to final accounts, several self-assessment forms in a row.

A part begins at an annex number with the title of a performance document under it, at such a title set as one at the
head of a page, or at the title of a self-assessment form over its table; something must follow that it is the title of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reportparse.blocks import Block, Layout
from reportparse.lines import DATE_LINE, SENTENCE

__all__ = ["PartLayout", "split"]


class PartLayout(NamedTuple):
    """The layout of one part. ``start`` and ``end`` are its place in the normalised text."""

    layout: Layout
    start: int
    end: int


_TITLE = re.compile(r"绩效.{0,12}(?:报告|自评表|评价表|目标表|申报表|监控表|情况表|总结)(?:（.{1,16}）)?$")
_FORM = re.compile(r"绩效.{0,12}表(?:（.{1,16}）)?$")
_REPORT = re.compile("绩效.{0,12}(?:报告|总结|情况)")
_TITLE_MAX = 60
_TITLE_LINES = 3
"""Lines under an annex number among which its title stands."""
_BODY_WITHIN = 12
_SENTENCE_LEAST = 30
"""Characters of a paragraph that a title can be the title of."""
_COVER_MAX, _COVER_LINES = 40, 4


def split(layout: Layout) -> list[PartLayout]:
    """The parts of a document in the order of its text; most documents have one."""
    blocks, text = layout.blocks, layout.flat.text
    starts = [0]
    titles: dict[int, int] = {}
    for index in range(1, len(blocks)):
        title = _title_at(index, blocks, text)
        if (
            title is not None
            and index > max(titles.get(starts[-1], 0), starts[-1])
            and (_has_body(starts[-1], index, blocks) and _has_body(title + 1, title + 1 + _BODY_WITHIN, blocks))
        ):
            starts.append(index)
            titles[index] = title
    if len(starts) > 1 and _are_own_forms(blocks, [titles[start] for start in starts[1:]], starts[1], text):
        before = blocks[: starts[1]]
        _mark_signature(before, text)
        _mark_name(before, text)
        return [PartLayout(layout._replace(blocks=[*before, *blocks[starts[1] :]]), 0, len(text))]
    if len(starts) == 1:
        return [PartLayout(layout, 0, len(text))]
    parts: list[PartLayout] = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        own = blocks[start:end]
        if start:
            _mark_cover(own, titles[start] - start, text)
        if end < len(blocks):
            _mark_signature(own, text)
        first = blocks[start].start if start else 0
        last = blocks[end].start if end < len(blocks) else len(text)
        parts.append(PartLayout(layout._replace(blocks=own), first, last))
    return parts


def _title_at(index: int, blocks: Sequence[Block], text: str) -> int | None:
    """The block that holds the title of a part that begins at ``index``, if one does."""
    block = blocks[index]
    if block.kind in ("table", "cover"):
        return None
    line = text[block.start : block.end]
    if block.number is not None:
        if block.number.style != "annex":
            return None
        if _is_title(line[block.number.end :]):
            return None if _is_listed(index, blocks) else index
        for at in range(index + 1, min(index + 1 + _TITLE_LINES, len(blocks))):
            under = blocks[at]
            if under.kind == "table" or under.number is not None:
                return None
            if _is_title(text[under.start : under.end]):
                return at
        return None
    if block.kind == "heading" and _is_title(line) and block.titled:
        return index
    if _FORM.search(line) and _is_title(line) and block.kind == "caption":
        return index
    return None


def _is_listed(index: int, blocks: Sequence[Block]) -> bool:
    """Whether an annex is only listed: the signature follows it, and not what it is the title of."""
    for block in blocks[index + 1 : index + 1 + _BODY_WITHIN]:
        if block.kind == "cover":
            return True
        if block.kind == "table" or block.number is None or block.number.style != "annex":
            return False
    return False


def _are_own_forms(blocks: Sequence[Block], titles: Sequence[int], start: int, text: str) -> bool:
    """Whether the forms at the end of a performance report are its own: the statutory tables of what the report says, one for
    each of its projects.
    """
    lines = [text[blocks[title].start : blocks[title].end] for title in titles]
    if any(_FORM.search(line.strip("：:《》 ")) is None for line in lines):
        return False
    heads = [text[block.start : block.end] for block in blocks[:start] if block.kind == "cover"]
    report = next((head for head in heads if _REPORT.search(head)), None)
    if report is None or _has_text(blocks[titles[0] + 1 :], text):
        return False
    return "整体" not in report or all("整体" in line for line in lines)


_NOTE = re.compile(r"(?:备?注|(?:填[表报])?说明|填[表报]须知)(?:\d{1,2}[.、．]|[：:])")


def _has_text(blocks: Sequence[Block], text: str) -> bool:
    """Whether sentences stand there that are no cell of a form and in no note under one."""
    noted = False
    for block in blocks:
        if block.kind == "table":
            noted = False
            continue
        noted = noted or _NOTE.match(text, block.start, block.end) is not None
        if not noted and SENTENCE.search(text, block.start, block.end):
            return True
    return False


def _is_title(line: str) -> bool:
    plain = line.strip("：:《》 ")
    return len(plain) <= _TITLE_MAX and _TITLE.search(plain) is not None and not SENTENCE.search(plain)


def _has_body(start: int, end: int, blocks: Sequence[Block]) -> bool:
    """Whether something stands there that a title can be the title of: a sentence or a table."""
    return any(
        block.kind == "table" or (block.kind == "paragraph" and block.end - block.start >= _SENTENCE_LEAST)
        for block in blocks[start:end]
    )


def _mark_cover(blocks: list[Block], title: int, text: str) -> None:
    """Make the lines up to the title, and the short ones under it (name, year), the part's cover."""
    end = title + 1
    while end < min(len(blocks), title + 1 + _COVER_LINES):
        block = blocks[end]
        line = text[block.start : block.end]
        if block.kind == "table" or block.number is not None or len(line) > _COVER_MAX or SENTENCE.search(line):
            break
        end += 1
    annex = blocks[0].number
    for at in range(end):
        blocks[at] = blocks[at]._replace(kind="cover", number=None)
    if annex is not None and title == 0:  # both on one line: the title is what follows the number
        first = blocks[0]
        middle = first.start + annex.end
        blocks[:1] = [first._replace(end=middle), first._replace(start=middle)]


def _mark_name(blocks: list[Block], text: str) -> None:
    """Make a name that the title begins with, and that stands alone under the last sentence, a signature without its date."""
    last = blocks[-1]
    name = text[last.start : last.end]
    if last.kind in ("paragraph", "heading") and last.number is None and 4 <= len(name) <= _COVER_MAX:
        cover = [text[block.start : block.end] for block in blocks[:-1] if block.kind == "cover"]
        if any("".join(cover[at : at + 2]).startswith(name) for at in range(len(cover))):
            blocks[-1] = last._replace(kind="cover")


def _mark_signature(blocks: list[Block], text: str) -> None:
    """Make a date under the last sentence, and the name over it, the end of the cover."""
    last = blocks[-1]
    if last.kind == "table" or not DATE_LINE.fullmatch(text, last.start, last.end):
        return
    blocks[-1] = last._replace(kind="cover", number=None)
    if len(blocks) > 1:
        name = blocks[-2]
        line = text[name.start : name.end]
        if name.kind != "table" and name.number is None and len(line) <= _COVER_MAX and not SENTENCE.search(line):
            blocks[-2] = name._replace(kind="cover", number=None)
