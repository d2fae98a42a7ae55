"""What does a batch add to plain parsing, what do two workers gain, and what does every step of an archive cost?

    python benchmarks/batch.py [--texts 1500] [--rounds 3]
    python benchmarks/batch.py --costs PATH … [--copies 5]

* **Ratios.** Generated reports, in turn, round after round: `reportparse FILE … > all.jsonl`, `reportparse batch` with one
  worker and with two. CPU time of one worker against the plain loop; wall time of one against two. Ends with 1 where the
  budget is broken.
* **Costs** of the reports at PATH, for docs/scaling.md: CPU time of parsing by page and by KB, size of a line, as it is and
  compressed, and CPU time and size a report of every form of an export.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from make_reports import reports

from reportparse import parse
from reportparse.errors import ReportParseError
from reportparse.export import FORMATS, export

OVERHEAD_AT_MOST = 1.15
"""CPU time of a batch with one worker against the plain loop."""
GAIN_AT_LEAST = 1.7
"""Wall time of one worker against two, on two cores."""
_READ = {".txt", ".pdf", ".docx", ".html", ".md"}


class Spent(NamedTuple):
    """Seconds of the clock, and of CPU by a command and its workers."""

    wall: float
    cpu: float


def spent(command: Sequence[str], output: Path | None = None) -> Spent:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with (output or Path("/dev/null")).open("wb") as target:
        subprocess.run(
            [sys.executable, "-m", "reportparse", *command], stdout=target, stderr=subprocess.DEVNULL, check=True
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(time.perf_counter() - began, cpu)


def ratios(texts: int, rounds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="reportparse-benchmark-") as temporary:
        folder, output = Path(temporary, "archive"), Path(temporary, "out")
        folder.mkdir()
        for number, made in enumerate(reports(23, texts)):
            (folder / f"{number:05}.txt").write_text(made.text, encoding="utf-8")
        overheads, gains = [], []
        files = [str(path) for path in sorted(folder.iterdir())]
        for _ in range(rounds):
            loop = spent(files, Path(temporary, "all.jsonl"))
            one, two = (
                spent(["batch", str(folder), "-o", str(output / str(count)), "--workers", str(count), "-q"]) for count in (1, 2)
            )  # fmt: skip
            shutil.rmtree(output)
            overheads.append(one.cpu / loop.cpu)
            gains.append(one.wall / two.wall)
            print(f"loop {loop.cpu:.1f} s CPU, one worker {one.cpu:.1f} s CPU {one.wall:.1f} s, two {two.wall:.1f} s")
    overhead, gain = statistics.median(overheads), statistics.median(gains)
    print(f"one worker costs {overhead:.2f} times the loop's CPU (at most {OVERHEAD_AT_MOST})")
    print(f"two workers are {gain:.2f} times as fast as one (at least {GAIN_AT_LEAST})")
    return int(overhead > OVERHEAD_AT_MOST or gain < GAIN_AT_LEAST)


def costs(paths: Sequence[str], copies: int) -> int:
    files = [
        file for path in map(Path, paths) for file in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if file.suffix.lower() in _READ and file.is_file()
    ]  # fmt: skip
    by_kind: dict[str, list[tuple[float, float, int, int]]] = {}
    lines: list[bytes] = []
    for file in files:
        try:
            parse(file)  # what is loaded once is not a cost of each
        except ReportParseError:
            continue
        began = time.process_time()
        report = parse(file)
        line = f"{report.to_json()}\n".encode()
        cpu = time.process_time() - began
        lines.append(line)
        row = (cpu, file.stat().st_size / 1000, report.source.pages or 0, len(line))
        by_kind.setdefault(file.suffix.lower(), []).append(row)
    print("| kind | files | KB | pages | CPU ms | of a page | line KB |")
    for kind, rows in sorted(by_kind.items()):
        cpu, size, pages, length = (sum(column) for column in zip(*rows, strict=True))
        page = f"{1000 * cpu / pages:.1f}" if pages else ""
        count = len(rows)
        print(
            f"| {kind} | {count} | {size / count:.0f} | {pages / count:.1f} | {1000 * cpu / count:.1f} | {page} | {length / count / 1000:.0f} |"
        )
    whole = b"".join(lines)
    print(
        f"lines: {len(whole) / len(lines) / 1000:.1f} KB, by gzip {len(gzip.compress(whole)) / len(lines) / 1000:.1f} KB"
    )
    print("| form | CPU ms a report | KB a report |")
    with tempfile.TemporaryDirectory(prefix="reportparse-benchmark-") as temporary:
        source = Path(temporary, "reports.jsonl")
        source.write_bytes(whole * copies)
        for form in FORMATS:
            target = Path(temporary, form)
            began = time.process_time()
            export(source, target, form)
            cpu = time.process_time() - began
            size = sum(
                one.stat().st_size for one in ([target] if target.is_file() else target.rglob("*")) if one.is_file()
            )
            count = len(lines) * copies
            print(f"| {form} | {1000 * cpu / count:.1f} | {size / count / 1000:.1f} |")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--costs", nargs="+", metavar="PATH")
    parser.add_argument("--copies", type=int, default=5, help="of every line, for the export")
    options = parser.parse_args()
    return costs(options.costs, options.copies) if options.costs else ratios(options.texts, options.rounds)


if __name__ == "__main__":
    sys.exit(main())
