"""Set a plain-text report as a PDF, as three kinds of program do it: for tests and for looking at.

    python scripts/make_pdfs.py corpus/sc-2023-archives.txt -o out.pdf --producer reportlab
    python scripts/make_pdfs.py corpus/sc-2023-archives.txt -o out.pdf --producer libreoffice --font "Noto Serif CJK SC"

Producers: ``reportlab`` (with STSong-Light, which no PDF needs to embed; or, with --font, a TrueType file, embedded),
``libreoffice`` (by way of a DOCX with header and footer; ``soffice`` must be installed) and ``chromium`` (by way of a web
page; it must be installed). Fonts of the last two are names of installed ones.

Paragraphs, headings and the title are those that reportparse finds in the text. Tables written with | or tabs are ruled, a
table flattened to one cell a line stays so; a contents page gets leaders and page numbers and a page of its own.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from reportparse.layout import lay_out
from reportparse.readers import read
from typeset import Paragraph

Table = list[list[str]]
Piece = Paragraph | Table

HEAD = "某县财政局绩效评价材料"
PRODUCERS = ("reportlab", "libreoffice", "chromium")
UNEMBEDDED = "STSong-Light"


class MissingError(Exception):
    """A program or a font that is not there."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--producer", choices=PRODUCERS, default="reportlab")
    parser.add_argument("--font", help="a TrueType file for reportlab, else the name of an installed font")
    parser.add_argument("--head", default=HEAD, help="the running head")
    options = parser.parse_args()
    try:
        options.output.write_bytes(make(read(options.file).text, options.producer, options.font, options.head))
    except MissingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def make(text: str, producer: str, font: str | None = None, head: str = HEAD) -> bytes:
    """The PDF.

    Raises:
        MissingError: the producer or the font is not installed, or the report has tables without |.
    """
    producers = {"reportlab": by_reportlab, "libreoffice": by_libreoffice, "chromium": by_chromium}
    return producers[producer](pieces_of(text), font, head)


def pieces_of(text: str) -> list[Piece]:
    """The contents page, the paragraphs of a plain text, and its tables row by row."""
    layout = lay_out(text)
    pieces: list[Piece] = []
    done: set[int] = set()
    for block in layout.blocks:
        line = layout.flat.text[block.start : block.end]
        if block.table is None:
            pieces.append(Paragraph(line, block.kind if block.kind in ("cover", "heading") else "paragraph"))
        elif layout.grids[block.table].listed:
            pieces.append(Paragraph(line, "line"))
        elif block.table not in done:
            done.add(block.table)
            cells = layout.grids[block.table].cells
            width = max(cell.place.column for cell in cells) + 1
            rows = [[""] * width for _ in range(max(cell.place.row for cell in cells) + 1)]
            for cell in cells:
                rows[cell.place.row][cell.place.column] = layout.flat.text[cell.start : cell.end].replace("\n", "")
            pieces.append([row for row in rows if any(row)])
    contents = [title for a, b in layout.contents for title in _titles(text[a:b])]
    cover = next(
        (at for at, piece in enumerate(pieces) if not (isinstance(piece, Paragraph) and piece.kind == "cover")), 0
    )
    listed = [
        Paragraph(title if at == 0 else f"{title}\t{at // 3 + 2}", "contents") for at, title in enumerate(contents)
    ]
    return [*pieces[:cover], *listed, *pieces[cover:]]


def _titles(printed: str) -> list[str]:
    """The titles of a contents page without their leaders and page numbers."""
    return [title for line in printed.splitlines() if (title := re.sub(r"[.．…·\s]*\d*\s*$", "", line).strip())]


def by_reportlab(pieces: list[Piece], font: str | None, head: str) -> bytes:
    """Justified lines of 16 points, first lines indented, with a running head and - 3 - at the foot."""
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont
    from reportlab.platypus import PageBreak, SimpleDocTemplate
    from reportlab.platypus import Paragraph as Flowing
    from reportlab.platypus import Table as Ruled

    name = UNEMBEDDED if font is None else "Body"
    try:
        pdfmetrics.registerFont(UnicodeCIDFont(name) if font is None else TTFont(name, font, subfontIndex=0))
    except (TTFError, OSError) as error:
        raise MissingError(f"no TrueType font {font}: {error}") from error

    base = {"fontName": name, "leading": 28, "wordWrap": "CJK"}
    styles = {
        "cover": ParagraphStyle("cover", fontSize=20, alignment=TA_CENTER, **base),
        "heading": ParagraphStyle("heading", fontSize=16, firstLineIndent=32, **base),
        "paragraph": ParagraphStyle("paragraph", fontSize=16, firstLineIndent=32, alignment=TA_JUSTIFY, **base),
        "line": ParagraphStyle("line", fontSize=12, **base),
        "contents": ParagraphStyle("contents", fontSize=14, **base),
        "cell": ParagraphStyle("cell", fontName=name, fontSize=10, leading=14, wordWrap="CJK"),
    }

    def flowing(piece: Piece) -> object:
        if isinstance(piece, Paragraph):
            title, tab, page = piece.text.partition("\t")
            leaders = "…" * max(3, int((A4[0] - 200) / 14 - len(title))) if tab else ""
            return Flowing(html.escape(title + leaders + page), styles[piece.kind])
        cells = [[Flowing(html.escape(cell), styles["cell"]) for cell in row] for row in piece]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
        return Ruled(cells, colWidths=[(A4[0] - 168) / len(piece[0])] * len(piece[0]), style=grid)

    def furniture(canvas: object, document: object) -> None:
        canvas.setFont(name, 10)  # type: ignore[attr-defined]
        canvas.drawCentredString(A4[0] / 2, A4[1] - 50, head)  # type: ignore[attr-defined]
        canvas.drawCentredString(A4[0] / 2, 45, f"- {document.page} -")  # type: ignore[attr-defined]

    made = io.BytesIO()
    template = SimpleDocTemplate(
        made, pagesize=A4, leftMargin=84, rightMargin=84, topMargin=90, bottomMargin=84, invariant=1
    )
    story: list[object] = []
    for piece, after in zip_longest(pieces, pieces[1:]):
        story.append(flowing(piece))
        if _ends_contents(piece, after):
            story.append(PageBreak())
    template.build(
        story,
        onFirstPage=furniture,
        onLaterPages=furniture,
    )
    return made.getvalue()


def _ends_contents(piece: Piece, after: Piece | None) -> bool:
    """Whether the contents page ends after a piece."""
    listed = isinstance(piece, Paragraph) and piece.kind == "contents"
    return listed and not (isinstance(after, Paragraph) and after.kind == "contents")


def by_libreoffice(pieces: list[Piece], font: str | None, head: str) -> bytes:
    """As an office writes it: a DOCX with header and footer, exported."""
    program = shutil.which("soffice")
    if program is None:
        raise MissingError("LibreOffice (soffice) is not installed")
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595), Pt(842)
    section.left_margin = section.right_margin = Pt(80)

    def write(
        into: object, text: str, size: float, *, bold: bool = False, align: object = None, indent: float = 0
    ) -> object:
        paragraph = into.add_paragraph()  # type: ignore[attr-defined]
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), bold
        run.font.name = font or "Noto Serif CJK SC"
        run._element.rPr.rFonts.set(qn("w:eastAsia"), font or "Noto Serif CJK SC")
        shape = paragraph.paragraph_format
        shape.alignment, shape.first_line_indent = align, Pt(indent)
        shape.space_after = shape.space_before = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
        return paragraph

    centre = WD_ALIGN_PARAGRAPH.CENTER
    write(section.header, head, 9, align=centre)
    foot = write(section.footer, "─ ", 9, align=centre)
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))  # type: ignore[attr-defined]
    foot.add_run(" ─")  # type: ignore[attr-defined]
    for piece, after in zip_longest(pieces, pieces[1:]):
        if not isinstance(piece, Paragraph):
            table = document.add_table(len(piece), len(piece[0]), "Table Grid")
            for row, cells in zip(piece, table.rows, strict=True):
                for text, cell in zip(row, cells.cells, strict=True):
                    write(cell, text, 10)
                    cell._tc.remove(cell.paragraphs[0]._p)
        elif piece.kind == "cover":
            write(document, piece.text, 20, bold=True, align=centre)
        elif piece.kind in ("line", "contents"):
            line = write(document, piece.text, 14)
            if piece.kind == "contents":
                line.paragraph_format.tab_stops.add_tab_stop(Pt(435), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)  # type: ignore[attr-defined]
            if _ends_contents(piece, after):
                line.add_run().add_break(WD_BREAK.PAGE)  # type: ignore[attr-defined]
        else:
            bold = piece.kind == "heading"
            write(document, piece.text, 16, bold=bold, indent=32, align=None if bold else WD_ALIGN_PARAGRAPH.JUSTIFY)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.docx")
        document.save(str(source))
        _run(
            [
                program,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(source),
            ]
        )
        return Path(folder, "report.pdf").read_bytes()


def has_chinese_font() -> bool:
    """Whether programs find a font for Chinese on this machine; taken for granted where fontconfig is not there to ask."""
    asked = shutil.which("fc-list")
    if asked is None:
        return True
    return bool(subprocess.run([asked, ":lang=zh"], capture_output=True, check=False).stdout.strip())


def by_chromium(pieces: list[Piece], font: str | None, head: str) -> bytes:
    """As a browser prints a page."""
    program = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if program is None:
        raise MissingError("Chromium is not installed")
    if not has_chinese_font():
        raise MissingError("no Chinese font is installed (Debian: fonts-noto-cjk)")

    def marked_up(piece: Piece, after: Piece | None) -> str:
        if isinstance(piece, Paragraph):
            title, _, page = piece.text.partition("\t")
            leader = f"<i></i><b>{page}</b>" if page else ""
            last = " last" if _ends_contents(piece, after) else ""
            return f'<p class="{piece.kind}{last}">{html.escape(title)}{leader}</p>'
        rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in piece]
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    body = "\n".join(marked_up(piece, after) for piece, after in zip_longest(pieces, pieces[1:]))
    page = f"""<!doctype html><meta charset="utf-8"><style>
@page {{ size: A4; margin: 80pt 76pt; @top-center {{ content: "{head}"; font-size: 9pt }}
        @bottom-center {{ content: "第 " counter(page) " 页 共 " counter(pages) " 页"; font-size: 9pt }} }}
body {{ font: 16pt/28pt "{font or "Noto Sans CJK SC"}"; margin: 0 }} p {{ margin: 0; text-indent: 2em; text-align: justify }}
table {{ border-collapse: collapse; width: 100% }} td {{ border: .5pt solid; font-size: 10pt; line-height: 14pt }}
.cover {{ font-size: 20pt; text-align: center; text-indent: 0 }} .heading {{ font-weight: bold }}
.line, .contents {{ font-size: 14pt; text-indent: 0; display: flex }} .contents b {{ font-weight: normal }}
.contents i {{ flex: 1; border-bottom: 1pt dotted; margin: 0 4pt 8pt }} .last {{ break-after: page }}
</style>{body}"""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8")
        _run([
            program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer",
            f"--print-to-pdf={made}", source.as_uri(),
        ])  # fmt: skip
        return made.read_bytes()


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    except (subprocess.SubprocessError, OSError) as error:
        raise MissingError(f"{Path(command[0]).name} failed: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
