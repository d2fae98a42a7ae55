"""A whole process, ``reportparse FILE``, against ``python -c pass`` in the same environment.

The two alternate, so that whatever else the machine does falls on both; what is compared is the median of user plus
system time, which ``wait4`` gives for each child alone. POSIX only.

    python benchmarks/cold_start.py [FILE] [--pairs 40] [--imports 15]

Ends with exit code 1 where the ratio is over the budget.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import sysconfig
from pathlib import Path

BUDGET = 16.0
AIM = 8.0
ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="a TXT report (default: the one of corpus/ nearest to 8 KB)")
    parser.add_argument("--pairs", type=int, default=40)
    parser.add_argument("--imports", type=int, default=15, help="how many of the slowest imports to list")
    options = parser.parse_args()
    report: Path = options.file or nearest(8 * 1024)

    ours = [*program(), str(report)]
    base = [sys.executable, "-c", "pass"]
    for warm_up in (ours, base) * 2:  # byte code and disk cache are not what is measured
        cpu_seconds(warm_up)
    samples = [(cpu_seconds(base), cpu_seconds(ours)) for _ in range(options.pairs)]
    floor = statistics.median(pair[0] for pair in samples)
    full = statistics.median(pair[1] for pair in samples)
    ratio = full / floor
    spread = sorted(b / a for a, b in samples)
    low, high = spread[len(spread) // 10], spread[-1 - len(spread) // 10]

    print(f"file                {report.name} ({report.stat().st_size / 1024:.1f} KB), {options.pairs} pairs")
    print(f"python -c pass      {floor * 1000:6.1f} ms of CPU")
    print(f"reportparse FILE    {full * 1000:6.1f} ms of CPU")
    print(f"ratio               {ratio:6.2f}      (8 of 10 pairs within {low:.1f} and {high:.1f})")
    print(f"budget {BUDGET:.0f}, aim {AIM:.0f}    {'over the budget' if ratio > BUDGET else 'kept'}")
    if options.imports:
        slowest_imports(report, options.imports)
    return int(ratio > BUDGET)


def nearest(size: int) -> Path:
    """The report of the corpus whose size is nearest."""
    reports = sorted((ROOT / "corpus").glob("*.txt"))
    if not reports:
        sys.exit("no TXT in corpus/: name a file")
    return min(reports, key=lambda path: abs(path.stat().st_size - size))


def program() -> list[str]:
    """The console script of this environment, which is what a reader starts."""
    script = shutil.which("reportparse", path=sysconfig.get_path("scripts"))
    if script:
        return [script]
    print("reportparse is not installed here: measured from the tree, without the console script", file=sys.stderr)
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    return [sys.executable, "-c", "import sys; from reportparse.cli import main; sys.exit(main())"]


def cpu_seconds(command: list[str]) -> float:
    """User plus system time of one child process; its standard output goes nowhere."""
    to_null = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=to_null)
    _, status, usage = os.wait4(pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"{' '.join(command)} ended with {code}")
    return usage.ru_utime + usage.ru_stime


def slowest_imports(report: Path, count: int) -> None:
    """What ``-X importtime`` says, by own time, and the sum."""
    source = "import sys; from reportparse.cli import main; sys.argv[0] = 'reportparse'; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", source, str(report)], capture_output=True, text=True, check=False
    )
    rows = [
        (int(own), int(total), name.strip())
        for own, total, name in re.findall(r"^import time:\s+(\d+) \|\s+(\d+) \|(.*)$", done.stderr, re.MULTILINE)
    ]
    total_ms = sum(own for own, _, _ in rows) / 1000
    print(f"\nslowest of {len(rows)} imports, {total_ms:.1f} ms in all (ms: own, own with what it imports)")
    for own, total, name in sorted(rows, reverse=True)[:count]:
        print(f"{own / 1000:8.2f} {total / 1000:8.2f}  {name}")


if __name__ == "__main__":
    sys.exit(main())
