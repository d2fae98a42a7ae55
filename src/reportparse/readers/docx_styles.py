"""What styles and lists add to the paragraphs of a DOCX: levels of headings, page breaks, generated numbers.

Works on the elements of ``styles.xml`` and ``numbering.xml``; ECMA-376 part 1, 17.7 and 17.9, says what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reportparse.readers.ordinals import ordinal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["Lists", "Styles", "W", "is_on", "number_in", "value_of"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBER_AT_MOST = 255
"""Characters of what a number is made by; Word offers less. Each paragraph of a list gets it again."""
_LEVELS = 9
_BODY_TEXT = 9
"""The outline level of what is no heading."""
_PLACEHOLDER = re.compile(r"%([1-9])")
# After these a number needs no space before its text.
_WIDE_ENDS = "、．。，：；）】〕〉》」"


def value_of(parent: Element | None, name: str) -> str | None:
    """``w:val`` of the child ``w:name``."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(W + "val") if child is not None else None


def number_in(parent: Element | None, name: str) -> int | None:
    """``w:val`` of the child ``w:name`` as a whole number; None where it is none."""
    text = value_of(parent, name) or ""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def is_on(parent: Element | None, name: str) -> bool | None:
    """Whether the switch ``w:name`` is on; None where nothing is said about it."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(W + "val", "1") not in ("0", "false", "off") if child is not None else None


class _Style(NamedTuple):
    based_on: str | None
    outline: int | None
    page_break: bool | None
    list: str | None
    level: int | None
    list_from: str | None
    """The style that named the list."""

    def inheriting(self, other: _Style) -> _Style:
        """With what the style that it is based on says, where it says nothing itself."""
        numbered = self if self.list is not None else other
        return _Style(
            other.based_on,
            other.outline if self.outline is None else self.outline,
            other.page_break if self.page_break is None else self.page_break,
            numbered.list,
            numbered.level,
            numbered.list_from,
        )


_PLAIN = _Style(None, None, None, None, None, None)


class Styles:
    """The paragraph styles, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._whole: dict[str | None, _Style] = {}
        self._default: str | None = None
        for element in root.iterchildren(W + "style") if root is not None else ():
            name = element.get(W + "styleId")
            if name is None or element.get(W + "type", "paragraph") not in ("paragraph", "numbering"):
                continue
            properties = element.find(W + "pPr")
            numbering = properties.find(W + "numPr") if properties is not None else None
            self._styles[name] = _Style(
                value_of(element, "basedOn"),
                number_in(properties, "outlineLvl"),
                is_on(properties, "pageBreakBefore"),
                value_of(numbering, "numId"),
                number_in(numbering, "ilvl"),
                name,
            )
            if element.get(W + "default") in ("1", "true", "on") and element.get(W + "type") == "paragraph":
                self._default = name

    def heading_level(self, properties: Element | None) -> int | None:
        """The level of a heading, from 1; None for what is none."""
        outline = number_in(properties, "outlineLvl")
        if outline is None:
            outline = self._of(properties).outline
        return outline + 1 if outline is not None and 0 <= outline < _BODY_TEXT else None

    def breaks_page(self, properties: Element | None) -> bool:
        """Whether the paragraph stands at the top of a page."""
        asked = is_on(properties, "pageBreakBefore")
        return bool(self._of(properties).page_break if asked is None else asked)

    def list_of(self, properties: Element | None) -> tuple[str | None, int | None, str | None]:
        """The list that the paragraph is in, its level there, and the style that said so."""
        numbering = properties.find(W + "numPr") if properties is not None else None
        name, level = value_of(numbering, "numId"), number_in(numbering, "ilvl")
        if name is not None:
            return name, level, None
        style = self._of(properties)
        return style.list, style.level if level is None else level, style.list_from

    def list_of_style(self, name: str) -> str | None:
        """The list that a style of lists stands for."""
        style = self._styles.get(name)
        return style.list if style else None

    def _of(self, properties: Element | None) -> _Style:
        """The style of a paragraph, with what it inherits."""
        name = value_of(properties, "pStyle")
        name = name if name in self._styles else self._default
        if name not in self._whole:
            whole = _PLAIN
            seen: set[str] = set()
            above = name
            while above is not None and above in self._styles and above not in seen:
                seen.add(above)
                whole = whole.inheriting(self._styles[above])
                above = whole.based_on
            self._whole[name] = whole
        return self._whole[name]


class _Level(NamedTuple):
    start: int
    form: str
    text: str
    after: str
    legal: bool
    restart: int | None
    style: str | None


def _level(element: Element) -> _Level:
    # A format of Word 2010 stands beside the one for older programs; ``custom`` is not one that others can write.
    forms = [form.get(W + "val", "decimal") for form in element.iter(W + "numFmt")]
    text = (value_of(element, "lvlText") or "")[:_NUMBER_AT_MOST]
    return _Level(
        number_in(element, "start") or 0,
        next((form for form in forms if form != "custom"), "decimal"),
        text,
        value_of(element, "suff") or "tab",
        bool(is_on(element, "isLgl")),
        number_in(element, "lvlRestart"),
        value_of(element, "pStyle"),
    )


class _List:
    """A list as paragraphs name it (``w:num``): its levels, and the counters that it shares with its kin."""

    def __init__(self, levels: dict[int, _Level], starts: dict[int, int], counters: list[int | None]) -> None:
        self.levels = levels
        self.starts = starts
        self.counters = counters
        self.begun: set[int] = set()

    def count(self, index: int) -> None:
        """One more paragraph on level ``index``."""
        value = self.counters[index]
        if index in self.starts and index not in self.begun:
            value = None
        self.begun.add(index)
        self.counters[index] = self.start(index) if value is None else value + 1
        for deeper in range(index + 1, _LEVELS):
            level = self.levels.get(deeper)
            # 0 says never; n that only the levels up to n, from 1, restart it.
            if level is None or level.restart is None or index < level.restart:
                self.counters[deeper] = None

    def start(self, index: int) -> int:
        """The first number on a level."""
        level = self.levels.get(index)
        return self.starts.get(index, level.start if level else 1)


class Lists:
    """The numbers that Word generates, in the order of the paragraphs: it counts."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        abstract = {str(e.get(W + "abstractNumId")): e for e in root.iterchildren(W + "abstractNum")}
        nums = {str(e.get(W + "numId")): e for e in root.iterchildren(W + "num")}
        counters: dict[str, list[int | None]] = {}
        levels: dict[str, dict[int, _Level]] = {}
        for name, element in nums.items():
            kin = self._definition(element, nums, abstract)
            if kin is None:
                continue
            if kin not in levels:
                levels[kin] = dict(_levels_in(abstract[kin]))
                counters[kin] = [None] * _LEVELS
            own = dict(levels[kin])
            starts: dict[int, int] = {}
            for override in element.iterchildren(W + "lvlOverride"):
                own.update(_levels_in(override))
                index, start = _index_of(override), number_in(override, "startOverride")
                if index is not None and start is not None:
                    starts[index] = start
            self._lists[name] = _List(own, starts, counters[kin])

    def number(self, properties: Element | None) -> str:
        """The number of the next paragraph, with what stands between it and the text; empty for most paragraphs."""
        name, index, style = self._styles.list_of(properties)
        found = self._lists.get(name) if name is not None else None
        if found is None:
            return ""
        if style is not None:
            # What a style is linked to in the list goes before what it says itself.
            index = next((at for at, level in found.levels.items() if level.style == style), index)
        index = min(max(index or 0, 0), _LEVELS - 1)
        found.count(index)
        level = found.levels.get(index)
        if level is None or level.form == "bullet":
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            value = found.counters[at] if at <= index else None
            form = found.levels[at].form if at in found.levels else "decimal"
            legal = level.legal and form not in ("none", "bullet")
            return ordinal(found.start(at) if value is None else value, "decimal" if legal else form)

        text = _PLACEHOLDER.sub(written, level.text)
        # A tab after the number only sets the text off: in running text a space does, and 、 needs none.
        return text if not text or level.after == "nothing" or text[-1] in _WIDE_ENDS else text.rstrip() + " "

    def _definition(self, num: Element, nums: dict[str, Element], abstract: dict[str, Element]) -> str | None:
        """The definition behind a list, by way of its style where it only names one."""
        for _ in range(len(abstract) + 1):
            kin = value_of(num, "abstractNumId")
            if kin not in abstract:
                return None
            style = value_of(abstract[kin], "numStyleLink")
            linked = nums.get(self._styles.list_of_style(style) or "") if style else None
            if linked is None:
                return kin
            num = linked
        return None


def _levels_in(parent: Element) -> Iterator[tuple[int, _Level]]:
    for element in parent.iterchildren(W + "lvl"):
        index = _index_of(element)
        if index is not None:
            yield index, _level(element)


def _index_of(element: Element) -> int | None:
    text = element.get(W + "ilvl", "")
    return int(text) if text in tuple("012345678") else None
