"""Does the work grow in step with the text, with the worst of lines, and with the number of rules?

    python benchmarks/growth.py [FILE] [--seconds 60]

* **Text.** A report of the corpus, its sections repeated and renumbered until it is 5 KB, 50 KB, 500 KB, 5 MB; the
  time per KB must not rise from the first to the last.
* **Lines.** One line of 10,000 and of 100,000 digits, of 一, of commas and more: ten times the line may take about ten
  times as long. Each runs in a process of its own, so that a runaway is stopped and named.
* **Rules.** The same report under packs with more and more rules that it does not need.

Ends with exit code 1 where one of them grows faster than it may.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

try:
    from reportparse import parse
except ModuleNotFoundError:
    sys.path.insert(0, str(ROOT / "src"))
    from reportparse import parse

SIZES = (5_000, 50_000, 500_000, 5_000_000)
LENGTHS = (10_000, 100_000)
RULES = (0, 100, 1_000)

PER_KB_AT_MOST = 1.25
"""Time per KB at 5 MB against 5 KB; 1 is the budget, the rest is the clock and the garbage collector."""
LINE_AT_MOST = 20.0
"""Time at 100,000 characters against 10,000; 10 is linear."""
PER_RULE_AT_MOST = 2.0
"""Time that one of 1,000 rules adds against one of 100; 1 is linear."""

LINES: dict[str, str] = {
    "digits": "7",
    "zeros": "0",
    "digit and dot": "1.",
    "digit and comma": "1,",
    "ASCII commas": ",",
    "Chinese commas": "，",
    "ideographic commas": "、",
    "一": "一",
    "万": "万",
    "十": "十",
    "百分之": "百分之",
    "第一": "第一",
    "full-width digits": "７",
    "spaces": " ",
    "ideographic spaces": "\u3000",
    "line breaks": "\n",
    "blank lines": "\n \n",
    "open brackets": "（",
    "open ASCII brackets": "(",
    "minus signs": "-",
    "数字 and 占": "1万元，占5%，",
    "其中": "其中：",
    "比上年": "比上年增加",
    "至": "1至",
    "内设": "内设",
    "names": "内设办公室、3个科室",
    "~": "1~",
    "年月": "2024年3月",
    "headings": "一、概况\n",
    "numbered lines": "1.\n",
    "pipes": "|",
    "tabs": "1\t",
    "one cell a line": "1.00\n",
}
FRAME = "某局2024年部门整体支出绩效报告\n\n一、部门概况\n\n2024年收入总计{}113.34万元。\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "file", nargs="?", type=Path, help="a TXT report in UTF-8 (default: the first sc-*.txt of corpus/)"
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="when a line is called a runaway")
    parser.add_argument("--line", nargs=2, metavar=("KIND", "LENGTH"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.line:
        cpu(FRAME.format("").encode())  # packs, tables and patterns are loaded once
        print(cpu(line(options.line[0], int(options.line[1]))))
        return 0
    report: Path | None = options.file or min((ROOT / "corpus").glob("sc-*.txt"), default=None)
    if report is None:
        sys.exit("no TXT in corpus/: name a file")
    text = report.read_text(encoding="utf-8")
    faults = [*by_text(report.name, text), *by_line(options.seconds), *by_rules(text)]
    print("\n" + ("\n".join(["grows too fast:", *faults]) if faults else "nothing grows faster than it may"))
    return int(bool(faults))


def cpu(data: bytes, **how: object) -> float:
    """Seconds of CPU for one parse with its JSON."""
    start = time.process_time()
    parse(data, **how).to_json()
    return time.process_time() - start


# --- text -------------------------------------------------------------------------------------------------------


def grown(text: str, size: int) -> bytes:
    """The report with its sections repeated, numbered on, until it has ``size`` bytes."""
    first = re.search(r"^一、", text, re.MULTILINE)
    head, body = (text[: first.start()], text[first.start() :]) if first else ("", text)
    if len(text.encode()) >= size:
        return text.encode()[:size].decode(errors="ignore").encode()
    out = [head]
    length = len(head.encode())
    section = 0
    while length < size:

        def number(_: re.Match[str]) -> str:
            nonlocal section
            section += 1
            return chinese(section) + "、"

        copy = re.sub(r"^[一二三四五六七八九十]+、", number, body, flags=re.MULTILINE)
        out.append(copy if copy.endswith("\n") else copy + "\n")
        length += len(out[-1].encode())
    return "".join(out).encode()[:size].decode(errors="ignore").encode()


def chinese(number: int) -> str:
    """1 → 一, 23 → 二十三, 105 → 一百零五; up to 9,999."""
    digits = "零一二三四五六七八九"
    out, pending = "", False
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // power % 10
        if digit:
            out += ("零" if pending and out else "") + digits[digit] + unit
            pending = False
        else:
            pending = bool(out)
    return out.removeprefix("一") if out.startswith("一十") else out


def by_text(name: str, text: str) -> list[str]:
    print(f"text: {name}, sections repeated")
    print(f"{'KB':>8} {'facts':>7} {'ms':>10} {'ms a KB':>9} {'against the first':>18}")
    made = {size: grown(text, size) for size in SIZES}
    parse(made[SIZES[0]])
    samples: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(3):
        for size in SIZES:  # small ones often enough that every size runs about as long
            times = max(1, min(100, 500_000 // size))
            samples[size].append(sum(cpu(made[size]) for _ in range(times)) / times)
    per_kb = {size: statistics.median(samples[size]) / (len(made[size]) / 1024) for size in SIZES}
    for size in SIZES:
        facts = len(parse(made[size]).facts)
        relative = per_kb[size] / per_kb[SIZES[0]]
        milliseconds = statistics.median(samples[size]) * 1000
        print(f"{size / 1024:8.0f} {facts:7} {milliseconds:10.2f} {per_kb[size] * 1000:9.4f} {relative:18.2f}")
    worst = per_kb[SIZES[-1]] / per_kb[SIZES[0]]
    return [f"text: a KB takes {worst:.2f} times as long at 5 MB"] if worst > PER_KB_AT_MOST else []


# --- lines ------------------------------------------------------------------------------------------------------


def line(kind: str, length: int) -> bytes:
    """A small report with one bad line in it."""
    unit = LINES[kind]
    return FRAME.format((unit * (length // len(unit) + 1))[:length]).encode()


def by_line(patience: float) -> list[str]:
    print(f"\nlines of {LENGTHS[0]:,} and {LENGTHS[1]:,} characters, ms of CPU")
    faults = []
    for kind in LINES:
        try:
            short, long = (in_process(kind, length, patience) for length in LENGTHS)
        except subprocess.TimeoutExpired:
            faults.append(f"line of {kind}: over {patience:.0f} s")
            print(f"{kind:22} stopped")
            continue
        except subprocess.CalledProcessError as failed:
            faults.append(f"line of {kind}: {failed.stderr.strip().splitlines()[-1]}")
            print(f"{kind:22} failed")
            continue
        ratio = long / max(short, 0.001)  # below a millisecond there is only the clock
        print(f"{kind:22} {short * 1000:9.1f} {long * 1000:9.1f} {ratio:7.1f}")
        if ratio > LINE_AT_MOST:
            faults.append(f"line of {kind}: {ratio:.1f} times as long for ten times the line")
    return faults


def in_process(kind: str, length: int, patience: float) -> float:
    """Seconds of CPU; raises where the process failed or had to be stopped."""
    command = [sys.executable, str(Path(__file__).resolve()), "--line", kind, str(length)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=True)
    return float(done.stdout)


# --- rules ------------------------------------------------------------------------------------------------------


def pack(pack_id: str, base: str, rules: int, version: int) -> str:
    """A pack over ``base`` with that many more rules, looked up everywhere, none of any use to the report."""
    stems = "甲乙丙丁戊己庚辛壬癸"
    lines = [
        "[pack]",
        f"id = '{pack_id}'",
        f"version = '{version}'",
        f"extends = '{base}'",
        "applies = { title = '.' }",
        "",
    ]
    for rule in range(rules):
        name = "".join(stems[int(digit)] for digit in str(rule))
        lines += ["[[anywhere.field]]", "concept = 'revenue.total'", f"labels = ['{name}无关收入(?:合计)?']", ""]
    return "\n".join(lines)


def by_rules(text: str) -> list[str]:
    print("\nrules that the report does not need")
    data = grown(text, 8_000)
    plain = parse(data)
    base, year = plain.parts[0].pack.id, plain.document.fiscal_year
    pack_id = f"{base}.{year}"
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for rules in RULES:
            path = Path(folder) / f"{rules}.toml"
            path.write_text(pack(pack_id, base, rules, 0), encoding="utf-8")
            chosen = parse(data, packs=[path]).parts[0].pack.id
            if chosen != pack_id:
                return [f"rules: not measured, {chosen} was chosen and not {pack_id}"]
            samples = []
            for version in range(1, 16):  # a pack not met before, so that reading and compiling it are in the price
                path.write_text(pack(pack_id, base, rules, version), encoding="utf-8")
                re.purge()
                samples.append(cpu(data, packs=[path]))
            seconds[rules] = statistics.median(samples)
            print(f"{rules:8} {seconds[rules] * 1000:9.2f} ms")
    none, some, many = (seconds[rules] for rules in RULES)
    one_of_some = max((some - none) / (RULES[1] - RULES[0]), none / 1000)  # below that there is only noise
    one_of_many = (many - none) / (RULES[2] - RULES[0])
    ratio = one_of_many / one_of_some
    print(f"a rule of {RULES[2]} against a rule of {RULES[1]}: {ratio:.2f}")
    return [f"rules: one of {RULES[2]} takes {ratio:.2f} times as long"] if ratio > PER_RULE_AT_MOST else []


if __name__ == "__main__":
    sys.exit(main())
