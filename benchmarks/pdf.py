"""One warm process: parsing a PDF against PDFium's bare text of the same pages, and against pdfplumber's.

*Bare text* opens the file, loads each page and its text page, and takes the text: what anybody does with PDFium. The
columns are ratios to it: ``read`` (our text, places and ruled tables), ``parse`` (the whole report as JSON); then how many
times faster ``parse`` is than ``pdfplumber.extract_text`` alone, which runs once in --slow rounds. Medians of CPU time,
interleaved.

    python benchmarks/pdf.py [FILE ...] [--rounds 9] [--slow 1]

Without FILE: corpus/pdf/*.pdf. Memory: ``--memory N`` parses the files N times over and prints the resident size as it
goes.

Ends with exit code 1 where ``parse`` is over the budget, or less than 8 times faster than pdfplumber.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

BUDGET, AIM = 3.0, 2.0
FASTER, FASTER_AIM = 8.0, 12.0
ROOT = Path(__file__).resolve().parent.parent

try:
    from reportparse import parse
except ModuleNotFoundError:
    sys.path.insert(0, str(ROOT / "src"))
    from reportparse import parse


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="*", type=Path, help="PDF files (default: all of corpus/pdf/)")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--slow", type=int, default=1, help="rounds of pdfplumber")
    parser.add_argument("--memory", type=int, metavar="N", help="parse all files N times over, and watch the memory")
    options = parser.parse_args()
    files: list[Path] = options.file or sorted((ROOT / "corpus" / "pdf").glob("*.pdf"))
    if not files:
        sys.exit("no PDF in corpus/pdf/: name a file")
    if options.memory:
        return memory(files, options.memory)

    print(f"{'file':44} {'pages':>5} {'ms/page':>8} {'read':>6} {'parse':>6} {'faster than pdfplumber':>23}")
    ratios, faster = [], []
    for path in files:
        data = path.read_bytes()
        bare, reading, parsing = medians(data, options.rounds)
        slow = min(seconds(lambda data=data: plumbed(data)) for _ in range(options.slow))
        pages = parse(data).source.pages
        ratios.append(parsing / bare)
        faster.append(slow / parsing)
        print(
            f"{path.name[:40]:44} {pages:5} {bare / pages * 1000:8.2f} {reading / bare:6.2f} {parsing / bare:6.2f} {slow / parsing:23.1f}"
        )
    ratio, least = statistics.median(ratios), statistics.median(faster)
    print(f"\nratio to bare text {ratio:.2f} (worst {max(ratios):.2f}); budget {BUDGET:.0f}, aim {AIM:.0f}")
    print(
        f"faster than pdfplumber.extract_text {least:.1f} times (least {min(faster):.1f}); at least {FASTER:.0f}, aim {FASTER_AIM:.0f}"
    )
    return int(ratio > BUDGET or least < FASTER)


def medians(data: bytes, rounds: int) -> tuple[float, float, float]:
    """Seconds of CPU for bare text, for reading, and for the report as JSON."""
    from reportparse.readers import read

    jobs: tuple[Callable[[], object], ...] = (
        lambda: bare_text(data),
        lambda: read(data),
        lambda: parse(data).to_json(),
    )
    for job in jobs:
        job()
    times: tuple[list[float], ...] = ([], [], [])
    for _ in range(rounds):
        for job, taken in zip(jobs, times, strict=True):
            taken.append(seconds(job))
    bare, reading, parsing = (statistics.median(taken) for taken in times)
    return bare, reading, parsing


def seconds(job: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    job()
    return time.process_time() - start


def bare_text(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    length = 0
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        length += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return length


def plumbed(data: bytes) -> int:
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_text()) for page in document.pages)


def memory(files: list[Path], times: int) -> int:
    """Resident size in MB, now and after each tenth of the rounds. POSIX with /proc."""

    def resident() -> float:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * 4096 / 1e6

    for done in range(times):
        if done % max(1, times // 10) == 0:
            print(f"{done * len(files):7} documents: {resident():6.1f} MB")
        for path in files:
            parse(path).to_json()
    print(f"{times * len(files):7} documents: {resident():6.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
