"""The site around a report: menus, breadcrumbs, buttons, footers. What is not surely that, stays.

Nothing here knows a website. Inside the element that holds the report only what cannot be part of one is taken out;
outside of it what reads like one is kept: titles, the line that says when and by whom it was published, sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from reportparse.readers.html_measure import Measure

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["HtmlLine", "Page", "hidden", "report_lines"]

_NEVER_SHOWN = frozenset(
    "head script style noscript template nav footer aside iframe object embed svg canvas audio video map "
    "input select button textarea option datalist progress meter dialog".split()
)
_CHROME_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar toolbar dialog".split())
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# Names that editors and content systems give to the element with the text, and names that may as well mean more.
_SURELY_CONTENT = re.compile(
    r"trs_editor|trs_ueditor|custom_unionstyle|ucap-content|pages_content|vsb_content|^zoom$|zoomcon|article[-_]?"
    r"(?:con|body|text|detail)|news[-_]?(?:con|text|body)|con(?:tent)?[-_]?text|j-fontcontent|xxgk[-_]?(?:con|text|detail)"
    r"|detail[-_]?con|wenzhang|bt[-_]content|^artibody$|main[-_]?text|text[-_]?con|printarea|easysite-news-text",
    re.IGNORECASE,
)
_MAYBE_CONTENT = re.compile(r"article|content|xxgk|detail|news|main|text|print", re.IGNORECASE)
_CHROME_NAMES = re.compile(
    r"(?:^|[-_])(?:nav|navi|navbar|menu|crumbs?|breadcrumbs?|dqwz|position|location|weizhi|footer?|foot|bottom|copyright"
    r"|share|bdshare\w*|bshare\w*|social|toolbar|tools?|print|fontsize|font-?size|sidebar|side|search|links?|friend\w*"
    r"|topbar|top|header?|banner|logo|qrcode|ewm|float\w*|gotop|related|hot|recommend|pages?|pagination)(?:$|[-_\d])",
    re.IGNORECASE,
)
_LINKED_SHARE = 50
_INNERMOST_SHARE = 80  # of the text of the largest candidate, that one must have which is taken instead
_SURE_SHARE, _MAYBE_SHARE = 30, 60  # of the text of the page
_CHROME_SHARE, _CHROME_MOST = 20, 200  # what is larger than both is not left out for its name
_INFO_MOST, _INFO_LEAST_LABELS = 400, 3
_CATALOGUE = re.compile(r"索\s*引\s*号|信息分类|主题分类|公开(?:方式|时限|范围|形式|类别)")
_BUTTONS_MOST = 60
_BEGIN = 2 * _INFO_MOST

_BREADCRUMB = re.compile(r"[^\w【\[（(]*(?:您|你)?(?:现在|目前|当前)?(?:所在)?的?(?:所在)?位置(?:是)?\s*[:：>»›]?")
_SEPARATED = re.compile(r"[>»›→＞\\/]|--")
_STEP = re.compile(r"[>»›→＞\\/]|--|[:：\s](?:网站|本站)?(?:首页|主页)")
_BUTTON = re.compile(
    r"字[体号](?:大小)?|特大|超大|默认|[大中小]|(?:我要)?打印(?:本[页文]|此[页文]|文章|页面)?|关闭(?:本页|窗口|页面)?"
    r"|(?:加入)?收藏(?:本[页站])?|分享(?:到|至)?|新浪微博|腾讯微博|微博|微信|QQ空间|QQ好友|朋友圈|复制链接|(?:我要)?纠错"
    r"|返回(?:顶部|首页|列表|上一页)?|(?:浏览|点击|阅读|访问)(?:次数|人数|量|数|率)?|无障碍(?:阅读|浏览)?|长者(?:模式|版|专区)"
    r"|适老化|语音播报|视力保护色?|人?次|A[+-]|[0-9]+"
)
_SURE_BUTTON = re.compile(
    r"字[体号]|打印|关闭|收藏|分享|纠错|返回顶部|(?:浏览|点击|阅读|访问)(?:次数|人数|量|数|率)|长者|无障碍|视力保护|A[+-]"
)
_SINGLE = frozenset({"打印", "关闭", "收藏", "分享", "纠错"})
_IN_PUBLICATION = re.compile(
    r"(?<![^\s\[【（(|｜])(?:(?:浏览|点击|阅读|访问)(?:(?:次数|人数|量|数|率)\s*[:：]?|\s*[:：])\s*[0-9]*\s*人?次?"
    r"|字[体号](?:大小)?\s*[:：]?(?:[\s\[\]【】（）()|/]{0,4}(?:特大|超大|大|中|小|默认))*[\]】）)]?"
    r"|[\[【（(]?\s*(?:我要)?(?:打印|关闭|收藏|分享|纠错)(?:本[页文]|此页|窗口|到|至)?\s*[:：]?[\]】）)]?)(?![^\s\]】）)\[【（(|｜])"
)
_PUBLICATION = re.compile(
    r"(?:[\[【（(]?\s*(?:信息|文章|稿件)?(?:来源|作者|发布(?:时间|日期|机构|单位|人)|日期|时间|成文日期|公开日期|更新时间|编辑|责任编辑)"
    r"\s*[:：]|(?:19|20)[0-9]{2}\s*[-年/.]\s*[0-9]{1,2}\s*[-月/.]\s*[0-9]{1,2})"
)
_PUBLICATION_MOST = 200
_FOOTER = re.compile(
    r"版权所有|copyright|ICP备|公网安备|网站标识码|您是第.{0,12}访|^扫一扫.{0,24}$|^\W?[上下]一[篇条]\s*[:：]",
    re.IGNORECASE,
)
_FOOTER_OUTSIDE = re.compile(r"技术支持\s*[:：]|建议使用.{0,30}浏览器|(?:主办|承办)(?:单位)?\s*[:：]")
_FOOTER_MOST = 200
_ATTACHMENT = re.compile(r"\W{0,3}(?:相关)?附件")
_PROSE_LEAST = 30
_TITLE_LEAST = 6
_TITLE_ENDS = re.compile(r"[_|｜–—-]+")
_STEP_MOST = 20
_AROUND_BUTTONS = " \t\u3000|｜:：[]【】"


class HtmlLine(NamedTuple):
    """A line of the page, or a table of it.

    ``level`` is that of a heading; ``inside`` says that it stands in the report's element, ``linked`` that all of it
    is in links.
    """

    text: str
    level: int | None
    inside: bool
    linked: bool
    table: Element | None = None


def hidden(root: Element) -> set[Element]:
    """The elements that are not shown, or that are by their tag or role no part of a text."""
    found: set[Element] = set()
    for element in root.iter("*"):
        # Pages hide their body until a script has looked around.
        if element.tag not in ("html", "body") and (
            element.tag in _NEVER_SHOWN
            or "hidden" in element.attrib
            or (element.get("aria-hidden") or "").lower() == "true"
            or (element.get("role") or "").lower() in _CHROME_ROLES
            or _HIDING.search(element.get("style") or "")
        ):
            found.add(element)
    return found


class Page:
    """Which element of a page holds the report, and which hold the site."""

    def __init__(self, root: Element, measures: Mapping[Element, Measure]) -> None:
        self._measures = measures
        self._root = root
        self._surely = False
        self.main = self._main()
        self._around = {self.main, *self.main.iterancestors()}
        self._within = {element for element in self.main.iter("*") if element is not self.main}
        self.chrome = set(self._chrome())

    def _main(self) -> Element:
        total = self._measures[self._root].own
        candidates: list[tuple[bool, Element]] = []
        for element, measure in self._measures.items():
            sure = element.tag == "article" or any(_SURELY_CONTENT.search(name) for name in _names(element))
            maybe = element.tag == "main" or any(_MAYBE_CONTENT.search(name) for name in _names(element))
            least = _SURE_SHARE if sure else _MAYBE_SHARE
            if measure.own and (sure or maybe) and measure.own * 100 >= total * least:
                candidates.append((sure, element))
        # A sure name goes before one that may mean the whole page.
        if named := [e for sure, e in candidates if sure] or [e for _, e in candidates]:
            largest = max(self._measures[element].own for element in named)
            enough = [e for e in named if self._measures[e].own * 100 >= largest * _INNERMOST_SHARE]
            main = min(enough, key=lambda element: self._measures[element].text)
            self._surely = any(sure for sure, _ in candidates)
            if self._surely:
                # A report may stand in several.
                for other in named:
                    around = {other, *other.iterancestors(), *other.iterdescendants()}
                    main = next(e for e in (main, *main.iterancestors()) if e in around)
            return main
        return self._root

    def _chrome(self) -> Iterator[Element]:
        most = max(_CHROME_MOST, self._measures[self._root].own * _CHROME_SHARE // 100)
        for element, measure in self._measures.items():
            if element in self._around or not measure.text:
                continue
            linked = measure.links > 1 and measure.linked * 100 >= measure.text * _LINKED_SHARE
            names = any(_CHROME_NAMES.search(name) for name in _names(element))
            if element in self._within:
                # A list of links in what is only taken for the report's element may be the site's all the same.
                found = linked and (names or (measure.links > 2 and not self._surely))
            else:
                found = linked or (measure.own <= most and not measure.headings and (names or element.tag == "header"))
            if found:
                found = not _ATTACHMENT.match(_begin(element))
            elif names and measure.text <= _FOOTER_MOST and not measure.headings:
                begin = _begin(element)
                found = _is_buttons(begin) or bool(_FOOTER.search(begin) or _FOOTER_OUTSIDE.search(begin))
            elif _is_info(measure):
                found = bool(_CATALOGUE.search(_begin(element)))
            if found:
                yield element


def report_lines(lines: Iterable[HtmlLine], titles: Iterable[str]) -> Iterator[HtmlLine]:
    """The lines that are the report's. ``titles`` are the names that the page gives to itself."""
    parts = ["".join(part.split()) for title in titles for part in _TITLE_ENDS.split(title)]
    attached = False  # whether the lines before name attachments
    after: str | None = None  # what may go on over several lines: a breadcrumb, a row of buttons
    for line in lines:
        text = line.text.strip()
        if line.table is not None:
            after = None
        elif _is_breadcrumb(line):
            after = "breadcrumb"
            continue
        elif after == "breadcrumb" and ((line.linked and len(text) <= _STEP_MOST) or _is_separator(text)):
            continue
        elif _is_buttons(text, certain=line.linked or not line.inside) or (
            after == "buttons" and not _BUTTON.sub("", text).strip(_AROUND_BUTTONS)
        ):
            after = "buttons"
            continue
        else:
            after = None
            if len(text) <= _FOOTER_MOST and _FOOTER.search(text) and not line.level:
                continue
            if len(text) <= _PUBLICATION_MOST and _PUBLICATION.match(text) and "。" not in text and "星期" not in text:
                line = line._replace(text=_IN_PUBLICATION.sub("", line.text).rstrip(_AROUND_BUTTONS))
            elif _ATTACHMENT.match(text) or (attached and line.linked):
                attached = True
                yield line
                continue
            elif not (line.inside or _is_worth_keeping(line, text, parts)):
                continue
        attached = False
        yield line


def _is_worth_keeping(line: HtmlLine, text: str, titles: list[str]) -> bool:
    """Whether a line outside the report's element is surely none of the site's."""
    if line.linked or _FOOTER_OUTSIDE.search(text):
        return False
    plain = "".join(text.split())
    # Beside the title the page names its site, which is shorter.
    is_title = len(plain) * 2 >= max(map(len, titles), default=0) and any(plain in title for title in titles)
    is_prose = len(plain) >= _PROSE_LEAST and any(mark in plain for mark in "。；，")
    return line.level == 1 or (len(plain) >= _TITLE_LEAST and is_title) or is_prose


def _is_breadcrumb(line: HtmlLine) -> bool:
    text = line.text.strip()
    found = _BREADCRUMB.match(text)
    if not found or len(text) > 150 or not any(word in found[0] for word in ("当前", "现在", "所在", "您", "你")):
        return False
    return line.linked or found.end() == len(text) or bool(_STEP.search(text, found.end() - 1))


def _is_separator(text: str) -> bool:
    return not _SEPARATED.sub("", text).strip() or text.strip(" >»›＞") in ("正文", "详细内容", "内容")


def _is_buttons(text: str, certain: bool = True) -> bool:
    """Whether it is a row of buttons and counters. A single word may be anything: it must be certain otherwise."""
    if len(text) > 2 * _BUTTONS_MOST or not _SURE_BUTTON.search(text) or (not certain and text in _SINGLE):
        return False
    return not any(character.isalnum() for character in _BUTTON.sub("", text))


def _names(element: Element) -> list[str]:
    return [*(element.get("class") or "").split(), *(element.get("id") or "").split()]


def _is_info(measure: Measure) -> bool:
    most = min(_INFO_MOST, measure.labels * _BUTTONS_MOST)
    return measure.labels >= _INFO_LEAST_LABELS and measure.text <= most and not measure.headings


def _begin(element: Element) -> str:
    """The first words of an element."""
    found = ""
    for text in element.itertext():
        found += " ".join(str(text).split())
        if len(found) > _BEGIN:
            break
    return found
