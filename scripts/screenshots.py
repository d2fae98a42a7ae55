"""Take the pictures of pages for the documentation: a review and an archive at a glance, of reports of the corpus.

    python scripts/screenshots.py docs/images

Needs chromium with its driver (Debian: chromium chromium-driver). ``workbook.png`` is a window of LibreOffice, taken by hand.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "corpus" / "pdf" / "bu-shengsi-fishing-culture.reportlab.pdf"
SIZE = (1360, 800)
COLOURS = 128
"""Pictures of text need no more, and are a third as large."""


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _reportparse("review", REPORT, "-o", folder / "review.html")
        _browser(folder / "review.html", folder / "review.png")
        out = folder / "out"
        _reportparse("batch", ROOT / "corpus" / "pdf", "--include", "*archives*", "--include", "*fishing-culture*",
                     "--include", "*meadow*", "--include", "*dryland*", "-o", out, "--to", "xlsx", "-q")  # fmt: skip
        _browser(out / "index.html", folder / "index.png")
        for shot in ("review", "index"):
            with Image.open(folder / f"{shot}.png") as image:
                image.convert("RGB").quantize(COLOURS).save(target / f"{shot}.png", optimize=True)


def _reportparse(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "reportparse", *map(str, arguments)], check=True)


def _browser(page: Path, shot: Path) -> None:
    sys.path.insert(0, str(ROOT / "tests"))
    from browsing import started

    with tempfile.TemporaryDirectory() as profile, started(Path(profile)) as driver:
        driver.set_window_size(*SIZE)
        driver.get(page.as_uri())
        driver.implicitly_wait(2)
        driver.save_screenshot(str(shot))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
