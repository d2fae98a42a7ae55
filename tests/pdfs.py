"""PDFs made to be hard to read, by reportlab, by pypdf, and by hand. Nothing here is a published document."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import NameObject, NumberObject, RectangleObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

SONG = "STSong-Light"
A4 = (595.0, 842.0)
LEFT, TOP, SIZE, PITCH = 90.0, 740.0, 14.0, 24.0

LINES = (
    "2024年全县林业总站收入总计1234.56万元，比上年增加",
    "78.90万元，增长6.83%，主要原因是新增古树名木保护项目。",
    "其中：一般公共预算财政拨款收入1200.00万元，其他收入",
    "34.56万元。",
)

pdfmetrics.registerFont(UnicodeCIDFont(SONG))

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, size: tuple[float, float] = A4, rotate: int = 0, **options: Any) -> bytes:
    """A page for each function."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size, invariant=1, **options)
    for draw in pages:
        canvas.setFont(SONG, SIZE)
        if rotate:
            canvas.setPageRotation(rotate)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def lines(
    texts: Sequence[str] = LINES,
    *,
    x: float = LEFT,
    y: float = TOP,
    order: Sequence[int] | None = None,
    size: float = SIZE,
    font: str = SONG,
) -> Draw:
    """Lines one under the other; ``order`` is that of the content stream."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for k in order or range(len(texts)):
            canvas.drawString(x, y - k * PITCH, texts[k])

    return draw


def shuffled(texts: Sequence[str] = LINES) -> Draw:
    """Every character by itself, in an order by chance."""

    def draw(canvas: Canvas) -> None:
        placed = []
        for k, text in enumerate(texts):
            x = LEFT
            for char in text:
                placed.append((x, TOP - k * PITCH, char))
                x += pdfmetrics.stringWidth(char, SONG, SIZE)
        random.Random(3).shuffle(placed)
        for x, y, char in placed:
            canvas.drawString(x, y, char)

    return draw


def bold_by_doubling(texts: Sequence[str] = LINES) -> Draw:
    """Each line printed twice, a third of a point apart."""

    def draw(canvas: Canvas) -> None:
        for k, text in enumerate(texts):
            canvas.drawString(LEFT, TOP - k * PITCH, text)
            canvas.drawString(LEFT + 0.3, TOP - k * PITCH, text)

    return draw


def both(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            canvas.setFont(SONG, SIZE)
            one(canvas)

    return draw


def picture(width: float = A4[0], height: float = A4[1]) -> Draw:
    """A grey picture over the page."""

    def draw(canvas: Canvas) -> None:
        image = Image.new("L", (80, 100), 220)
        ImageDraw.Draw(image).rectangle((20, 20, 60, 60), fill=90)
        canvas.drawImage(ImageReader(image), 0, A4[1] - height, width, height)

    return draw


def unseen(texts: Sequence[str] = LINES) -> Draw:
    """The layer that a scanner's software puts under its picture: text that is not painted."""

    def draw(canvas: Canvas) -> None:
        for k, text in enumerate(texts):
            layer = canvas.beginText(LEFT, TOP - k * PITCH)
            layer.setTextRenderMode(3)
            layer.textOut(text)
            canvas.drawText(layer)

    return draw


def at_an_angle(text: str, angle: float, x: float, y: float, size: float = 40) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(0.8)
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.setFont(SONG, size)
        canvas.drawString(0, 0, text)
        canvas.restoreState()

    return draw


# --- tables -----------------------------------------------------------------------------------------------------

COLUMNS, ROWS = (90.0, 250.0, 350.0, 500.0), (600.0, 576.0, 552.0, 528.0)
CELLS = (("项目", "年初预算", "决算数"), ("办公费", "12.50", "11.80"), ("差旅费", "3.20", ""))


def cell_texts(cells: Sequence[Sequence[str]] = CELLS) -> Draw:
    def draw(canvas: Canvas) -> None:
        for r, row in enumerate(cells):
            for c, text in enumerate(row):
                canvas.setFont(SONG, 10)
                canvas.drawString(COLUMNS[c] + 4, ROWS[r] - 16, text)

    return draw


def ruled_by_lines(canvas: Canvas) -> None:
    for y in ROWS:
        canvas.line(COLUMNS[0], y, COLUMNS[-1], y)
    for x in COLUMNS:
        canvas.line(x, ROWS[0], x, ROWS[-1])


def ruled_by_boxes(canvas: Canvas) -> None:
    for upper, lower in pairwise(ROWS):
        for left, right in pairwise(COLUMNS):
            canvas.rect(left, lower, right - left, upper - lower)


def ruled_by_bars(canvas: Canvas) -> None:
    """As word processors do it: thin filled boxes, a piece for each side of each cell."""
    for y in ROWS:
        for left, right in pairwise(COLUMNS):
            canvas.rect(left, y - 0.25, right - left, 0.5, stroke=0, fill=1)
    for x in COLUMNS:
        for upper, lower in pairwise(ROWS):
            canvas.rect(x - 0.25, lower, 0.5, upper - lower, stroke=0, fill=1)


def ruled_by_one_path(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for y in ROWS:
        path.moveTo(COLUMNS[0], y)
        path.lineTo(COLUMNS[-1], y)
    for x in COLUMNS:
        path.moveTo(x, ROWS[0])
        path.lineTo(x, ROWS[-1])
    canvas.drawPath(path)


def in_a_form(draw: Draw) -> Draw:
    """Drawn at half its size and elsewhere inside a form, which is then put where it belongs."""

    def outer(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.scale(0.5, 0.5)
        canvas.translate(40, 60)
        draw(canvas)
        canvas.endForm()
        canvas.saveState()
        canvas.scale(2, 2)
        canvas.translate(-20, -30)
        canvas.doForm("inner")
        canvas.restoreState()

    return outer


# --- what is done to a finished file ----------------------------------------------------------------------------------


def changed(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def turned(data: bytes, by: int) -> bytes:
    """Pages rotated by ``by`` degrees, with the content turned back: displayed as before."""

    def change(writer: PdfWriter) -> None:
        for page in writer.pages:
            width, height = float(page.mediabox.width), float(page.mediabox.height)
            back = {
                90: Transformation().rotate(90).translate(height, 0),
                180: Transformation().rotate(180).translate(width, height),
                270: Transformation().rotate(270).translate(0, width),
            }[by]
            page.add_transformation(back)
            if by != 180:
                page.mediabox = page.cropbox = RectangleObject((0, 0, height, width))
            page[NameObject("/Rotate")] = NumberObject(by)

    return changed(data, change)


def cropped(data: bytes, box: tuple[float, float, float, float]) -> bytes:
    def change(writer: PdfWriter) -> None:
        for page in writer.pages:
            page.cropbox = RectangleObject(box)

    return changed(data, change)


def encrypted(data: bytes, user: str, algorithm: str) -> bytes:
    return changed(data, lambda writer: writer.encrypt(user, "owner", algorithm=algorithm))


def without_unicode(data: bytes) -> bytes:
    """The fonts no longer say which characters their glyphs are."""

    def change(writer: PdfWriter) -> None:
        for page in writer.pages:
            for font in page["/Resources"]["/Font"].values():
                font.get_object().pop("/ToUnicode", None)

    return changed(data, change)


# --- fonts of our own -------------------------------------------------------------------------------------------------


def boxes_font(characters: str, shift: int = 0) -> bytes:
    """A TrueType font in which every character is a box; ``shift`` moves all of them elsewhere in Unicode."""
    pen = TTGlyphPen(None)
    for x, y in ((100, 0), (100, 700), (900, 700), (900, 0)):
        (pen.moveTo if (x, y) == (100, 0) else pen.lineTo)((x, y))
    pen.closePath()
    box = pen.glyph()
    order = [".notdef", *(f"g{k}" for k in range(len(characters)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char) + shift: f"g{k}" for k, char in enumerate(characters)})
    builder.setupGlyf(dict.fromkeys(order, box))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    own = f"Boxes{zlib.crc32(characters.encode()):x}"  # reportlab takes fonts of one name for one font
    builder.setupNameTable({"familyName": own, "styleName": "Regular", "psName": own})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost()
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


def of_boxes(texts: Sequence[str]) -> str:
    """The name of an embedded font for these texts, which looks the same on every machine."""
    characters = "".join(sorted({*"".join(texts)}))
    name = f"Boxes-{zlib.crc32(characters.encode()):x}"
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(boxes_font(characters))))
    return name


def embedded(text: str, name: str, shift: int = 0) -> bytes:
    """One line in an embedded font."""
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(boxes_font("".join(sorted(set(text))), shift))))
    moved = "".join(chr(ord(char) + shift) for char in text)

    def draw(canvas: Canvas) -> None:
        canvas.setFont(name, SIZE)
        for k in range(0, len(moved), 25):
            canvas.drawString(LEFT, TOP - k, moved[k : k + 25])

    return pdf(draw)


def by_glyph(texts: Sequence[str], unnamed: str) -> bytes:
    """Lines set by the numbers of glyphs in an embedded font, which does not say what those of ``unnamed`` are."""
    characters = "".join(sorted(set("".join(texts))))
    codes = {char: number for number, char in enumerate(characters, 1)}
    named = "\n".join(f"<{n:04x}> <{ord(char):04x}>" for char, n in codes.items() if char not in unnamed)
    count = len(set(characters) - set(unnamed))
    content = "".join(
        f"BT /F1 {SIZE:g} Tf {LEFT:g} {TOP - k * PITCH:g} Td <{''.join(f'{codes[c]:04x}' for c in text)}> Tj ET\n"
        for k, text in enumerate(texts)
    )
    program = boxes_font(characters)
    return raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            stream(content.encode()),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Boxes /Encoding /Identity-H /DescendantFonts [6 0 R] "
            b"/ToUnicode 9 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Boxes /DW 1000 /FontDescriptor 7 0 R /CIDToGIDMap "
            b"/Identity /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
            b"<< /Type /FontDescriptor /FontName /ABCDEF+Boxes /Flags 4 /Ascent 800 /Descent -200 /CapHeight 700 "
            b"/StemV 80 /ItalicAngle 0 /FontBBox [100 0 900 700] /FontFile2 8 0 R >>",
            stream(program, b"/Length1 %d " % len(program)),
            stream(
                f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Boxes def /CMapType 2 def\n"
                f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{count} beginbfchar\n{named}\nendbfchar\n"
                f"endcmap end end".encode()
            ),
        ]
    )


# --- by hand --------------------------------------------------------------------------------------------------------


def raw(objects: Sequence[bytes], *, root: int = 1) -> bytes:
    """A PDF of numbered objects, the first of which is the catalogue."""
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(made)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), extra, content)


def in_gbk(text: str) -> bytes:
    """A font that is not embedded, in the encoding GBK-EUC-H."""
    content = b"BT /F1 14 Tf 90 740 Td <%s> Tj ET" % text.encode("gbk").hex().encode()
    return raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            stream(content),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H /DescendantFonts [6 0 R] >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
            b"/Supplement 2 >> /DW 1000 /FontDescriptor 7 0 R >>",
            b"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 "
            b"/Descent -141 /CapHeight 700 /StemV 80 >>",
        ]
    )


def no_pages() -> bytes:
    return raw([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])


def a_form_in_itself() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >> "
    return raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /XObject << /X 5 0 R >> /Font << /F1 6 0 R >> >> >>",
            stream(b"BT /F1 14 Tf 90 740 Td (Total 1234.56) Tj ET /X Do"),
            stream(b"0 0 10 10 re f /X Do", form),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )
