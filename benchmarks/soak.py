"""Does an archive of a hundred thousand documents go through, with nothing lost and no more memory at its end than at its begin?

    python benchmarks/soak.py [--texts 95000] [--pdfs 3000] [--workers 2] [--folder FOLDER]

Makes an archive (2 % of it broken, a part zipped, copies under other names), runs ``reportparse batch`` over it, and every few
seconds writes down how many documents are done and how much memory the run and its workers hold (``soak.csv``; ``soak.svg``
draws both over time). Then holds every line of the output against what the archive says should have become of its input.
Ends with 1 if an input is missing, has another outcome, or memory in the last tenth of the run is more than ``GROWTH_AT_MOST``
times that in its second tenth. Linux alone: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from make_archive import LIMIT, archive

GROWTH_AT_MOST = 1.25
EVERY = 5.0
"""Seconds between two readings."""
_PAGE = 4096


def tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in listed.read_text().split():
            yield from tree(int(child))


def held(pid: int) -> int:
    """Bytes of memory that a process and all below it hold; pages that they share count for each."""
    total = 0
    for one in tree(pid):
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * _PAGE
        except (OSError, ValueError, IndexError):
            continue  # gone meanwhile
    return total


def done(journal: Path) -> int:
    """Bytes of the journal: it grows by an entry a document."""
    return sum(path.stat().st_size for path in journal.rglob("*") if path.is_file()) if journal.exists() else 0


def drawn(rows: Sequence[tuple[float, int, int]], target: Path) -> None:
    """Memory and the rate of what is written, over time, as SVG."""
    wide, high, left = 900, 260, 60
    seconds = rows[-1][0] or 1.0
    rates = [
        (now[0], (now[1] - before[1]) / (now[0] - before[0])) for before, now in pairwise(rows) if now[0] > before[0]
    ]
    memory = [(at, held / 1e6) for at, _, held in rows]

    def line(points: Sequence[tuple[float, float]], top: int, colour: str, name: str) -> str:
        # The one jump at the end, where the lines are put in order, would leave the rest flat.
        most = sorted(value for _, value in points)[int(0.98 * (len(points) - 1))] if points else 0.0
        most = most or 1.0
        path = " ".join(
            f"{left + at / seconds * (wide - left - 20):.1f},{top + high - 30 - min(1.1, value / most) * (high - 60):.1f}"
            for at, value in points
        )
        return (
            f'<text x="{left}" y="{top + 20}">{name}: up to {most:,.0f}</text>'
            f'<polyline fill="none" stroke="{colour}" points="{path}"/>'
            f'<text x="{left}" y="{top + high - 8}">0</text><text x="{wide - 90}" y="{top + high - 8}">{seconds:,.0f} s</text>'
        )

    target.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{2 * high}" font-family="sans-serif" font-size="13">'
        + line(rates, 0, "#1565c0", "bytes of journal a second")
        + line(memory, high, "#c62828", "MB of memory, run and workers")
        + "</svg>\n",
        encoding="utf-8",
    )


def table(path: Path) -> dict[str, str]:
    """What became of every input by ``files.csv``."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        return {row["file"]: row["code"] or "parsed" for row in csv.DictReader(source)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=95_000)
    parser.add_argument("--pdfs", type=int, default=3_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where to work; kept (a temporary one is removed)")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="soak-"))
    folder.mkdir(parents=True, exist_ok=True)
    fates_file = folder / "archive.json"
    if fates_file.exists():
        fates = json.loads(fates_file.read_text(encoding="utf-8"))
    else:
        fates = archive(folder / "archive", 7, options.texts, options.pdfs)
        fates_file.write_text(json.dumps(fates, ensure_ascii=False), encoding="utf-8")
    output = folder / "out"
    command = [
        sys.executable, "-m", "reportparse", "batch", str(folder / "archive"), "-o", str(output),
        "--workers", str(options.workers), "--max-bytes", str(LIMIT), "-q",
    ]  # fmt: skip
    began = time.monotonic()
    rows: list[tuple[float, int, int]] = []
    with subprocess.Popen(command) as run:
        while run.poll() is None:
            rows.append((time.monotonic() - began, done(output), held(run.pid)))
            time.sleep(EVERY)
    took = time.monotonic() - began
    with (folder / "soak.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([("seconds", "bytes written", "bytes held"), *rows])
    drawn(rows, folder / "soak.svg")
    got = table(output / "files.csv")
    wrong = {name: (fate, got.get(name)) for name, fate in fates.items() if got.get(name) != fate}
    strange = set(got) - set(fates)
    tenth = max(1, len(rows) // 10)
    early = statistics.median(held for _, _, held in rows[tenth : 2 * tenth] or rows)
    late = statistics.median(held for _, _, held in rows[-tenth:])
    print(f"exit code {run.returncode}; {len(fates)} inputs in {took:.0f} s, {len(fates) / took:.1f} a second")
    print(f"missing or with another outcome: {len(wrong)}; not of the archive: {len(strange)}")
    for name, (expected, came) in list(wrong.items())[:10]:
        print(f"  {name}: {expected} expected, {came} came")
    print(
        f"memory, median of the second tenth {early / 1e6:.0f} MB, of the last {late / 1e6:.0f} MB: {late / early:.2f}"
    )
    failed = bool(wrong or strange or run.returncode not in (0, 4) or late > GROWTH_AT_MOST * early)
    if options.folder is None:
        shutil.rmtree(folder)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
