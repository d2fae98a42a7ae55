"""``reportparse layout FILE``: the blocks that the lines of a text make, listed, or drawn over the page."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reportparse.blocks import Block, Layout
from reportparse.cli.arguments import Parser
from reportparse.cli.inputs import STDIN, open_input
from reportparse.cli.output import save
from reportparse.cli.terminal import counted, printable, say, write
from reportparse.document import Document
from reportparse.errors import ReadError
from reportparse.layout import lay_out
from reportparse.outline import build_outline
from reportparse.parts import split
from reportparse.readers import read

__all__ = ["parser", "run"]

_SCALE = 2.0
"""Pixels a point: 144 dots an inch."""
_COLOURS = {
    "heading": (32, 80, 200),
    "run-in": (32, 80, 200),
    "paragraph": (90, 160, 90),
    "caption": (0, 150, 160),
    "cover": (130, 60, 180),
    "cell": (200, 140, 0),
    "furniture": (210, 40, 40),
    "contents": (220, 90, 160),
    "line": (150, 150, 150),
}
_FILLED = 48
"""Of 255: how strongly blocks are coloured."""

_Shape = tuple[str, tuple[float, float, float, float]]


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    colours = ("蓝 标题，绿 段落，青 表题，紫 封面与落款，橙 单元格，红 页眉页脚与页码，粉 目录，灰 行",
               "blue headings, green paragraphs, cyan captions, purple cover and signature, orange cells, red heads, "
               "feet and page numbers, pink contents, grey lines")  # fmt: skip
    made = Parser(
        "reportparse layout", lang, "reportparse layout FILE [--page N] [-o PAGE.png]",
        (f"列出正文的块（页、种类、位置、文字），或画在 PDF 的页面上。颜色：{colours[0]}。",
         f"List the blocks of a text (page, kind, place, words), or draw them over a page of a PDF.\nColours: {colours[1]}."),
    )  # fmt: skip
    made.inputs.add_argument(
        "file", metavar="FILE", help=made.tr(f"文件；{STDIN} 为标准输入", f"a file; {STDIN} is standard input")
    )
    made.option("--page", metavar="N", type=made.positive, help=("只要第 N 页", "page N alone"))
    made.option(
        "-o", "--output", metavar="PAGE.png",
        help=("画成 PNG 图片（只限 PDF，须有 --page）", "draw a PNG picture (PDF only, with --page)"),
    )  # fmt: skip
    made.reading()
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    if options.output and not options.page:
        made.error(made.tr("-o 须同时给出 --page", "-o needs --page"))
    try:
        source, name = open_input(options.file, options.max_bytes)
        document = read(
            source, name=name, encoding=options.encoding, max_bytes=options.max_bytes, pdf_engine=options.pdf_engine
        )
    except ReadError as error:
        say(error.message(lang))
        return 3
    pages = len(document.page_starts)
    if options.page and options.page > pages:
        made.error(made.tr(f"只有 {pages} 页", f"it has {counted(pages, 'page')}"))
    layout = lay_out(document)
    if not options.output:
        for line in _listed(document, layout, options.page):
            write(line + "\n")
        return 0
    if document.geometry is None:
        made.error(made.tr("只能画 PDF 的页面", "only pages of a PDF can be drawn"))
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    save(options.output, _drawn(data, options.page, document, layout), [options.file])
    return 0


def _listed(document: Document, layout: Layout, page: int | None) -> Iterator[str]:
    """A line for every block and every line that was taken out: page, kind, span, words."""
    flat = layout.flat
    rows = [(*flat.origin(b.start, b.end), kind, flat.text[b.start : b.end]) for b, kind in _kinds(layout)]
    for kind, places in (("furniture", layout.furniture), ("contents", layout.contents)):
        rows += [(start, end, kind, document.text[start:end]) for start, end in places]
    for start, end, kind, text in sorted(rows):
        at = bisect_right(document.page_starts, start)
        if page is None or at == page:
            yield f"{at}\t{kind}\t{start}-{end}\t{printable(text)}"


def _kinds(layout: Layout) -> Iterator[tuple[Block, str]]:
    """Every block with its kind, ``heading`` for those that head a section of the report and no others.

    ``run-in`` is a heading that shares the block with its text.
    """
    ends = {node.start: node.end for part in split(layout) for node in build_outline(part.layout).nodes}
    for block in layout.blocks:
        kind = block.kind
        if block.start in ends:
            kind = "heading" if ends[block.start] >= block.end - 1 else "run-in"
        elif kind == "heading":
            kind = "paragraph"
        yield block, kind


def _drawn(data: bytes, page: int, document: Document, layout: Layout) -> bytes:
    """The page as a PNG, with what layout made of it."""
    from PIL import Image, ImageDraw

    from reportparse.readers.page_image import page_image

    picture = page_image(data, page, _SCALE).convert("RGBA")
    over = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen: Any = ImageDraw.Draw(over)
    for kind, box in _shapes(page, document, layout):
        colour = _COLOURS[kind]
        corners = [side * _SCALE for side in box]
        pen.rectangle(corners, outline=(*colour, 255), fill=None if kind in ("line", "cell") else (*colour, _FILLED))
    made = io.BytesIO()
    Image.alpha_composite(picture, over).convert("RGB").save(made, "PNG")
    return made.getvalue()


def _shapes(page: int, document: Document, layout: Layout) -> Iterator[_Shape]:
    assert document.geometry is not None
    glyphs = document.geometry.glyphs
    for line in document.geometry.lines:
        if line.page == page:
            yield "line", (line.x0, line.top, line.x1, line.bottom)
    for table in document.tables:
        for cell in table.cells:
            if cell.page == page and cell.box is not None:
                yield "cell", cell.box
    for block, kind in _kinds(layout):
        if kind != "table":
            yield from _around(kind, glyphs.boxes(layout.flat.runs(block.start, block.end)), page)
    for kind, places in (("furniture", layout.furniture), ("contents", layout.contents)):
        for place in places:
            yield from _around(kind, glyphs.boxes([place]), page)


def _around(kind: str, boxes: Iterable[tuple[int, float, float, float, float]], page: int) -> Iterator[_Shape]:
    here = [box[1:] for box in boxes if box[0] == page]
    if here:
        left, top, right, bottom = zip(*here, strict=True)
        yield kind, (min(left), min(top), max(right), max(bottom))
