"""What the checks cost: their time against that of parsing the same report without them, in one warm process.

    python benchmarks/checks.py [FILE …] [--rounds N] [--causes]

By default the search for causes, which only reports with mistakes pay for, is left out; `--causes` counts it in. Ends with
exit code 1 where the median is over the budget.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path
from statistics import median

from reportparse import parse
from reportparse.checkrules import check_rules

BUDGET = 0.2
CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", default=sorted(CORPUS.glob("*.txt")))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--causes", action="store_true", help="with the search for what would explain a mistake")
    options = parser.parse_args()
    stage = import_module("reportparse.findings")
    if not options.causes:
        stage.explain = lambda *_: {}
    rules = check_rules()
    ratios: list[float] = []
    for path in options.files:
        data = path.read_bytes()
        parse(data, name=path.name)
        whole, checks = [], []
        for _ in range(options.rounds):
            begun = time.process_time()
            report = parse(data, name=path.name)
            parsed = time.process_time()
            stage.findings(report.facts, report.unclaimed, {part.id: rules for part in report.parts})
            checks.append(time.process_time() - parsed)
            whole.append(parsed - begun)
        ratios.append(min(checks) / (min(whole) - min(checks)))
        print(f"{path.name:40} {len(report.facts):5} facts {len(report.findings):5} findings {ratios[-1]:8.3f}")
    found = median(ratios)
    print(f"\nratio to parsing without checks {found:.3f} (worst {max(ratios):.3f}); budget {BUDGET}")
    return int(found > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
