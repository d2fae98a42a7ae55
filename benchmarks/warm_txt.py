"""One warm process: parsing a TXT against the least that anybody would do with it.

The least is the *trivial scan*: read the file, decode it, ``re.findall(r'\\d+(?:\\.\\d+)?')``. The three alternate,
and what is compared is the median of CPU time.

    python benchmarks/warm_txt.py [FILE ...] [--rounds 60]

A process remembers what labels mean, and most labels come again in the next report. ``new`` is the ratio for a report of
which nothing is remembered: an archive of reports lies between the two.

Ends with exit code 1 where ``parse`` and ``to_json`` together are over the budget.
"""

from __future__ import annotations

import argparse
import gc
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

BUDGET = 20.0
AIM = 10.0
ROOT = Path(__file__).resolve().parent.parent

try:
    from reportparse import parse
except ModuleNotFoundError:
    sys.path.insert(0, str(ROOT / "src"))
    from reportparse import parse

DIGITS = re.compile(r"\d+(?:\.\d+)?")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="*", type=Path, help="TXT reports in UTF-8 (default: all of corpus/)")
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    files: list[Path] = options.file or [p for p in sorted((ROOT / "corpus").glob("*.txt")) if is_utf8(p)]
    if not files:
        sys.exit("no TXT in corpus/: name a file")

    head = f"{'file':40} {'KB':>5} {'figures':>7} {'scan':>8} {'parse':>8} {'+ JSON':>8} {'ratio':>6} {'+ JSON':>6} {'new':>6}"
    print(head + "   (ms of CPU)")
    ratios, new_ratios = [], []
    seconds = 0.0
    figures = 0
    for path in files:
        seen = parse(path).coverage.quantities
        scan, parsed, full = medians(path, options.rounds)
        new = unseen(path, options.rounds)
        ratios.append(full / scan)
        new_ratios.append(new / scan)
        seconds += full
        figures += seen
        print(
            f"{path.name:40} {path.stat().st_size / 1024:5.1f} {seen:7} {scan * 1000:8.3f} {parsed * 1000:8.3f} "
            f"{full * 1000:8.3f} {parsed / scan:6.2f} {full / scan:6.2f} {new / scan:6.2f}"
        )
    ratio = statistics.median(ratios)
    print(
        f"\nratio {ratio:.2f} (worst {max(ratios):.2f}; of new reports {statistics.median(new_ratios):.2f}), "
        f"{len(files) / seconds:.0f} documents and {figures / seconds:.0f} figures a second on one core"
    )
    print(f"budget {BUDGET:.0f}, aim {AIM:.0f}: {'over the budget' if ratio > BUDGET else 'kept'}")
    return int(ratio > BUDGET)


def is_utf8(path: Path) -> bool:
    """The trivial scan knows one encoding."""
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def medians(path: Path, rounds: int) -> tuple[float, float, float]:
    """Seconds of CPU for the scan, for ``parse``, and for ``parse`` with ``to_json``; each round runs all three."""
    name = str(path)
    contenders: tuple[Callable[[], object], ...] = (
        lambda: DIGITS.findall(Path(name).read_text(encoding="utf-8")),
        lambda: parse(name),
        lambda: parse(name).to_json(),
    )
    for contender in contenders:
        contender()
    # A scan takes a tenth of a millisecond: as many in one sample as bring it near the clock's comfort.
    repeats = tuple(max(1, round(0.002 / cpu(contender, 3))) for contender in contenders)
    gc.collect()
    samples = [tuple(cpu(c, n) for c, n in zip(contenders, repeats, strict=True)) for _ in range(rounds)]
    scan, parsed, full = (statistics.median(column) for column in zip(*samples, strict=True))
    return scan, parsed, full


def unseen(path: Path, rounds: int) -> float:
    """Seconds of CPU for ``parse`` with ``to_json`` where nothing is remembered of any report; tables and patterns are."""
    from reportparse.packs import load_packs, resolve

    name = str(path)
    report = parse(name)
    pack = resolve(report.parts[0].pack.id, load_packs(examples=False))
    remembered = [
        value for module_name, module in sys.modules.items() if module_name.startswith("reportparse")
        for value in vars(module).values()
        if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None
        and "Pattern" not in str(value.__annotations__["return"])
    ]  # fmt: skip
    samples = []
    for _ in range(rounds):
        for function in remembered:
            function.cache_clear()
        pack._cache.clear()
        samples.append(cpu(lambda: parse(name).to_json(), 1))
    return statistics.median(samples)


def cpu(action: Callable[[], object], times: int) -> float:
    """Seconds of CPU for one call, as the mean of a few."""
    start = time.process_time()
    for _ in range(times):
        action()
    return (time.process_time() - start) / times


if __name__ == "__main__":
    sys.exit(main())
