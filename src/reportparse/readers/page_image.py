"""A page of a PDF as a picture, as PDFium draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["page_image"]


def page_image(data: bytes, page: int, scale: float) -> Image:
    """Page ``page`` (from 1) of a PDF that can be read; ``scale`` pixels a point."""
    document = pypdfium2.PdfDocument(data)
    try:
        image: Image = document[page - 1].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    return image
