"""How much text stands in each element of a page, and of what kind: what tells a report from the site around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.etree import _Element as Element

__all__ = ["INFO_LABELS", "Measure", "measure"]

# The block of labels that a catalogue of public information puts before each of its entries.
INFO_LABELS = re.compile(
    r"索\s*引\s*号|主\s*题\s*(?:分\s*类|词)|信息分类|公文种类|公开(?:方式|时限|范围|形式|类别)|有\s*效\s*性|服务对象"
    r"|发[布文]\s*(?:机构|单位|字号|日期)|成文日期|生成日期|文\s*号|废止日期|责任部门"
)
_FILE = re.compile(r"\.(?:docx?|wps|xlsx?|et|pdf|ofd|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
_BREAKS = frozenset({"p", "br", "div", "li"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Measure:
    """Counts for an element and everything shown in it. Text is counted in characters that are not blank."""

    __slots__ = ("breaks", "headings", "labels", "linked", "links", "nested", "text")

    def __init__(self) -> None:
        self.text = 0
        self.linked = 0  # text in links to other pages; not to places on this one, nor to attachments
        self.links = 0
        self.nested = 0  # text in tables in it
        self.breaks = 0  # elements that begin a line
        self.headings = 0
        self.labels = 0  # of INFO_LABELS

    @property
    def own(self) -> int:
        """Text that is not in links."""
        return self.text - self.linked

    def add(self, other: Measure, tag: str) -> None:
        """Take in a child element."""
        self.text += other.text
        self.linked += other.linked
        self.links += other.links
        self.nested += other.text if tag == "table" else other.nested
        self.breaks += other.breaks + (tag in _BREAKS)
        self.headings += other.headings + (tag in _HEADINGS)
        self.labels += other.labels

    def read(self, text: str | None, linked: bool) -> None:
        """Take in text."""
        if text and (length := len("".join(text.split()))):
            self.text += length
            self.linked += length if linked else 0
            self.labels += sum(1 for _ in INFO_LABELS.finditer(text))


def measure(root: Element, skipped: Container[Element]) -> dict[Element, Measure]:
    """The measure of every element that is shown."""
    from lxml import etree

    found: dict[Element, Measure] = {}
    open_elements: list[Measure] = []
    in_links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element in skipped:
                walk.skip_subtree()
                continue
            here = found[element] = Measure()
            open_elements.append(here)
            if _is_link(element):
                in_links += 1
                here.links += 1
            here.read(element.text, in_links > 0)
            continue
        shown = element not in skipped
        if shown:
            here = open_elements.pop()
            in_links -= _is_link(element)
            if open_elements:
                open_elements[-1].add(here, element.tag)
        if open_elements:
            open_elements[-1].read(element.tail, in_links > 0)
    return found


def _is_link(element: Element) -> bool:
    target = (element.get("href") if element.tag == "a" else None) or "#"
    return not target.strip().startswith("#") and not _FILE.search(target)
