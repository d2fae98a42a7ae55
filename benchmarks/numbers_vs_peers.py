"""The number grammar against other libraries, on the case table of the tests.

    python benchmarks/numbers_vs_peers.py [--wrong TOOL]

JioNLP, Recognizers-Text and cn2an are no dependencies of this project; those that the environment does not have are
reported as not installed (``pip install jionlp recognizers-text-suite "emoji<2" cn2an`` in an environment of its own).

Each tool is asked only for what it claims to do, and is compared by value alone, so that another opinion about spans,
units or qualifiers costs nobody a point:

* **amounts**: the sums of money in a text, in yuan and in order; of a range the lower end or both. The cases are all of the
  table's texts; where the table says there is no amount, the right answer is none.
* **percentages**: likewise for % and 百分之.
* **numerals**: the value of a whole string, with its 万 and 亿, for the cells that hold nothing but a number.

The table was written for this project: what another tool gets wrong here is a statement about Chinese fiscal reports,
not about the tool.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tests" / "cases" / "numbers.tsv"

try:
    from reportparse.numbers import Quantity, find, read
except ModuleNotFoundError:
    sys.path.insert(0, str(ROOT / "src"))
    from reportparse.numbers import Quantity, find, read

Values = list[Decimal]
Reader = Callable[[str], Values]
NOTHING = "nothing to find"
TASKS = ("amounts", "percentages", "numerals")
POWERS = {"万": 4, "亿": 8, "万亿": 12, "万万": 8}


class Case(NamedTuple):
    task: str
    group: str
    text: str
    expected: Values
    both_ends: Values
    """The same with both ends of every range: as good an answer."""


class Tool(NamedTuple):
    name: str
    reads: dict[str, Reader]
    """Task → the function that answers it."""


def cases() -> Iterator[Case]:
    """The table as questions for each task. A case whose text holds a foreign or a masked amount asks nothing."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith(("#", "call\t")):
            continue
        call, group, text, expected = line.split("\t")[:4]
        text = text.replace("⏎", "\n").replace("⇥", "\t")
        tokens = [] if expected == "-" else [token.split(" ") for token in expected.split(" ; ")]
        quantities = [token for token in tokens if not token[1].startswith("#")]
        if call == "read" and len(quantities) == 1 and quantities[0][1] == "number" and is_value(quantities[0][2]):
            yield Case("numerals", "cell", text, [scaled(quantities[0])], [scaled(quantities[0])])
        if call != "scan":
            continue
        if (
            group == "chinese number"
            and len(quantities) == 1
            and quantities[0][0] == text
            and quantities[0][1] == "number"
        ):
            yield Case("numerals", group, text, [scaled(quantities[0])], [scaled(quantities[0])])
        amounts = [q for q in quantities if q[1] == "amount"]
        if all(is_value(q[2]) and any(word[0] == "¥" for word in q[4:]) for q in amounts):
            yield Case("amounts", group, text, [yuan(q) for q in amounts], both(amounts, yuan))
        shares = [q for q in quantities if q[1] == "percentage" and q[3] in ("%", "个百分点")]
        if all(is_value(q[2]) for q in shares):
            yield Case(
                "percentages", group, text, [Decimal(q[2]) for q in shares], both(shares, lambda q: Decimal(q[2]))
            )


def yuan(token: Sequence[str]) -> Decimal:
    return next(Decimal(word[1:]) for word in token[4:] if word[0] == "¥")


def both(tokens: Sequence[Sequence[str]], value: Callable[[Sequence[str]], Decimal]) -> Values:
    """The values of the tokens, and after that of a range its upper end."""
    ends = []
    for token in tokens:
        low = value(token)
        ends.append(low)
        ends += [Decimal(word[2:]) * low / Decimal(token[2]) for word in token[4:] if word.startswith("..")]
    return ends


def is_value(printed: str) -> bool:
    return printed[-1].isdigit()


def scaled(token: Sequence[str]) -> Decimal:
    return Decimal(token[2]).scaleb(POWERS.get(token[3], 0))


# -- the tools ------------------------------------------------------------------------------------------------------------


def ours() -> Tool:
    def amounts(text: str) -> Values:
        return [q.yuan for q in find(text) if q.yuan is not None]

    def percentages(text: str) -> Values:
        found = (q for q in find(text) if q.kind == "percentage" and q.unit in ("%", "个百分点"))
        return [q.value for q in found if q.value is not None]

    def numerals(text: str) -> Values:
        found: Quantity | None = read(text)
        return [] if found is None or found.value is None else [found.value.scaleb(POWERS.get(found.unit or "", 0))]

    return Tool("reportparse", {"amounts": amounts, "percentages": percentages, "numerals": numerals})


def jionlp() -> Tool:
    jio: Any = import_module("jionlp")

    def amounts(text: str) -> Values:
        values = (money["detail"]["num"] for money in jio.ner.extract_money(text, with_parsing=True))
        return [Decimal(value[0] if isinstance(value, list) else value) for value in values]

    return Tool("JioNLP", {"amounts": amounts})


def recognizers() -> Tool:
    number: Any = import_module("recognizers_number")
    unit: Any = import_module("recognizers_number_with_unit")
    chinese = number.Culture.Chinese

    def amounts(text: str) -> Values:
        found = (r.resolution for r in unit.recognize_currency(text, chinese))
        return [Decimal(r["value"]) for r in found if r and r.get("unit") == "Chinese yuan" and r.get("value")]

    def percentages(text: str) -> Values:
        return [Decimal(r.resolution["value"].rstrip("%")) for r in number.recognize_percentage(text, chinese)]

    def numerals(text: str) -> Values:
        return [Decimal(r.resolution["value"]) for r in number.recognize_number(text, chinese)]

    return Tool("Recognizers-Text", {"amounts": amounts, "percentages": percentages, "numerals": numerals})


def cn2an() -> Tool:
    module: Any = import_module("cn2an")

    def numerals(text: str) -> Values:
        return [Decimal(str(module.cn2an(text, "smart")))]

    return Tool("cn2an", {"numerals": numerals})


def installed() -> tuple[list[Tool], list[str]]:
    tools, missing = [], []
    for make in (ours, jionlp, recognizers, cn2an):
        try:
            tools.append(make())
        except ImportError as fault:
            missing.append(f"{make.__name__}: not installed ({fault})")
    return tools, missing


# -- what is printed --------------------------------------------------------------------------------------------------------


def judge(reader: Reader, case: Case) -> str:
    try:
        return "right" if reader(case.text) in (case.expected, case.both_ends) else "wrong"
    except Exception:
        return "raised"


def score(tools: list[Tool], asked: list[Case], show: str | None) -> None:
    print("right/wrong/raised by group; . where a tool does not claim the task;")
    print("'nothing to find' are the texts of all groups that state no such value: wrong there is a false alarm\n")
    for task in TASKS:
        groups: dict[str, list[Case]] = defaultdict(list)
        for case in asked:
            if case.task == task:
                groups[case.group if case.expected else NOTHING].append(case)
        print(f"{task:24}" + "".join(f"{tool.name:>20}" for tool in tools))
        total = {tool.name: Counter[str]() for tool in tools}
        for group, members in sorted(groups.items(), key=lambda item: item[0] == NOTHING):
            row = f"  {group:22}"
            for tool in tools:
                reader = tool.reads.get(task)
                if reader is None:
                    row += f"{'.':>20}"
                    continue
                marks = [judge(reader, case) for case in members]
                for case, mark in zip(members, marks, strict=True):
                    if show == tool.name and mark != "right":
                        print(f"    {mark}: {case.text!r}, expected {[str(v) for v in case.expected]}")
                count = Counter(marks)
                total[tool.name] += count
                row += f"{figures(count):>20}"
            print(row)
        said = (figures(total[tool.name]) if task in tool.reads else "." for tool in tools)
        print(f"  {'all':22}" + "".join(f"{words:>20}" for words in said) + "\n")


def figures(count: Counter[str]) -> str:
    return f"{count['right']}/{count['wrong']}/{count['raised']}"


PROSE = (
    "单位财务制度健全，管理规范，严格按照年初预算组织实施，专项资金专款专用，没有发生截留和挪用的情况。绩效目标全面完成，"
    "取得了较好的经济效益和社会效益，服务对象总体满意。下一步将继续加强预算管理，一是健全内部控制，二是提高统计质量。"
)


def document() -> str:
    """3,000 characters of report prose with about as many numbers as a report has, out of the table's sentences."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    sentences = [line.split("\t")[2] + PROSE for line in lines if line.startswith(("scan\tsentence", "scan\tmixed"))]
    return "\n".join(sentences)[:3000]


def speed(tools: list[Tool]) -> None:
    text = document()
    plain = re.compile(r"\d+(?:\.\d+)?")
    print(f"documents of {len(text):,} characters with {len(find(text))} quantities, CPU time, best of five")
    base = clock(lambda: plain.findall(text))
    print(f"  {'re.findall of digits':44}{1 / base:12,.0f} a second")
    for tool in tools:
        for task in ("amounts", "percentages"):
            if task in tool.reads:
                taken = clock(lambda tool=tool, task=task: tool.reads[task](text))  # type: ignore[misc]
                what = "every quantity" if tool.name == "reportparse" else task
                print(f"  {tool.name + ', ' + what:44}{1 / taken:12,.1f} a second   {taken / base:10,.1f} x")
                if tool.name == "reportparse":
                    break


def clock(call: Callable[[], object]) -> float:
    call()
    start = time.process_time()
    call()
    rounds = max(1, min(2000, int(0.2 / max(time.process_time() - start, 1e-5))))
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for _ in range(rounds):
            call()
        best = min(best, (time.process_time() - start) / rounds)
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", metavar="TOOL", help="print the cases that this tool does not get right")
    options = parser.parse_args()
    tools, missing = installed()
    score(tools, list(cases()), options.wrong)
    speed(tools)
    for line in missing:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
