"""Pages of a PDF as pictures, as PDFium draws them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["grey_pages", "page_image"]

_DOTS = 110
"""An inch: small print can still be read."""
_MOST = 2_400
"""Pixels of the longer side: a sheet of A0 is no larger than that."""
_QUALITY = 35


def page_image(data: bytes, page: int, scale: float) -> Image:
    """Page ``page`` (from 1) of a PDF that can be read; ``scale`` pixels a point."""
    document = pypdfium2.PdfDocument(data)
    try:
        image: Image = document[page - 1].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    return image


def grey_pages(data: bytes) -> Iterator[tuple[str, bytes] | None]:
    """Every page of a PDF that can be read, in grey and small: media type and bytes; None for a page that cannot be drawn."""
    from PIL import features

    # A third less than PNG, and half of JPEG, on printed pages; a Pillow may have been built without it.
    form, settings = ("WEBP", {"quality": _QUALITY, "method": 4}) if features.check("webp") else ("PNG", {})
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            try:
                page = document[number]
                scale = min(_DOTS / 72, _MOST / max(page.get_size()))
                image: Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
                page.close()
            except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError, MemoryError):
                yield None
                continue
            if form == "PNG":
                image = image.quantize(16)
            file = io.BytesIO()
            image.save(file, form, **settings)
            yield f"image/{form.lower()}", file.getvalue()
    finally:
        document.close()
