"""Check and draft the gold beside the reports in corpus/.

    python scripts/gold.py check corpus/ [corpus/NAME.txt ...]
    python scripts/gold.py draft corpus/NAME.txt NAME.tsv [--force]
    python scripts/gold.py place NAME.gold.json NAME.txt OUT.gold.json

`check` compares every NAME.gold.json with its NAME.txt: quotes and spans, the form of the keys, states and values,
repetitions and overlaps, and whether every quantity printed in the text is in the gold. It exits with 1 on faults.

`draft` locates marked quotes and writes NAME.gold.json. A row of the TSV is

    key <TAB> state <TAB> value <TAB> unit <TAB> context with the quote in ⟦ ⟧ [<TAB> option=value;option=value]

The context occurs once in the text, or ends in `@n` for its nth occurrence; `\\n`, `\\r`, `\\t` and `\\\\` are escapes;
`⟦head⋯tail⟧` is a long quote given by its two ends. An empty state, value or unit is read off the quote. An empty
context is a fact without a quote. Options are `where`, `role` and `note`. Instead of a key, `?amount` (or another kind)
is an unclaimed quantity, and `+scale` or `+threshold` the full mark or limit of the fact in the row before.
`place` makes of a draft the gold of a published document, none of whose sentences may stand in this project: the text
is what `reportparse text` prints. Places become a page and which of the equal quotes on it it is, so that they hold
however lines are broken; long quotes keep their two ends, long values a digest.

`!place`, `!kind`, `!half`, `!mess`, `!arithmetic`, `!region.level`, `!region.code` head the file; `#` is a comment.
This script shares no code with the parser: what it accepts is what the contract says, read once more.
"""

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Gold = dict[str, Any]

MADE = "written and reviewed by hand; facts located with scripts/gold.py"
KINDS = ("overall_performance", "project_performance", "transfer_performance", "final_accounts", "budget",
         "three_public", "work_report", "town_fiscal", "government_fiscal", "other")  # fmt: skip
STATES = ("stated", "zero", "none", "blank", "redacted", "unchanged")
QUANTITIES = ("amount", "percentage", "headcount", "count", "score", "measure")
AXES = ("fund", "basis", "period", "vs", "of", "threshold", "cross")
FUNDS = ("appropriation", "general", "government_fund", "state_capital")
BASES = ("budget", "adjusted_budget")
ASPECTS = ("share", "change", "change_rate", "execution_rate")
HEADER = ("title", "department", "region", "fiscal_year", "issuer", "date", "kind")

TEXT = (
    "document.title", "document.department", "document.issuer", "document.date", "document.fiscal_year",
    "document.region", "document.kind", "organisation.functions", "evaluation.grade", "narrative.conclusion",
    "narrative.problems", "narrative.suggestions", "narrative.carry_over_reason", "indicator.target",
    "indicator.actual", "indicator.reason",
)  # fmt: skip
BOTH = ("organisation.accounting_units", "organisation.internal_bodies", "organisation.subordinate_units")
MONEY = (
    "revenue.total", "expenditure.total", "revenue.current", "expenditure.current", "revenue.source",
    "revenue.function", "expenditure.function", "expenditure.nature", "expenditure.basic", "expenditure.economic",
    "expenditure.fund", "balance.opening", "balance.closing",
)  # fmt: skip
NUMERIC = (
    *MONEY, "staffing.authorised", "staffing.actual", "staffing.joined", "staffing.left",
    "three_public.total", "three_public.abroad", "three_public.vehicle", "three_public.vehicle_purchase",
    "three_public.vehicle_operation", "three_public.reception", "three_public.abroad_groups",
    "three_public.abroad_people", "three_public.vehicles_bought", "three_public.vehicles_kept",
    "three_public.reception_batches", "three_public.reception_people", "meeting_cost", "training_cost",
    "agency_operating", "procurement.total", "procurement.sme_reserved", "procurement.sme_awarded", "assets.total",
    "assets.vehicles", "assets.equipment", "assets.equipment_to_buy", "assets.area", "targets.count",
    "targets.amount", "targets.coverage", "evaluation.score", "evaluation.projects", "evaluation.project_amount",
    "project.amount", "project.score", "indicator.weight", "indicator.score",
)  # fmt: skip
MEMBERED = ("revenue.source", "revenue.function", "expenditure.function", "expenditure.nature", "expenditure.basic",
            "expenditure.economic", "expenditure.fund", "project.amount", "project.score", "indicator.weight",
            "indicator.score", "indicator.target", "indicator.actual", "indicator.reason",
            "organisation.functions")  # fmt: skip

KEY = re.compile(r"(?P<concept>[a-z_]+(?:\.[a-z_]+)?)(?:\[(?P<member>[^\[\]{}]+)\])?"
                 r"(?:\{(?P<axes>.*)\}(?:\.(?P<aspect>[a-z_]+))?)?")  # fmt: skip
PERIOD = re.compile(r"\d{4}(?:/\d{4})?")
THRESHOLD = re.compile(r"[≥>≤<]\d+")
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
NARROW = str.maketrans("０１２３４５６７８９．，％＋－", "0123456789.,%+-")
PAGE_LINE = re.compile(r"[-—–\s]*\d{1,3}[-—–\s]*")
CHINESE = re.compile(r"[〇零一二两三四五六七八九十百千]+")
UNIT = re.compile(
    r"万元|亿元|元|万|亿|％|%|‰|个百分点|万?人次|余?人|名|个|分|辆|台|套|余?件|万?余?份|批次|批|次|场次|场|期|册|户|家|项|"
    r"条|处|篇|宗|卷|公里|千米|米|平方米|㎡|亩|吨|公顷|天|小时|学时|所|村|轮|组|团|张|幅|只|座|艘|株|头|课|字|类"
)
QUANTITY = re.compile(r"(?<![第表图件〔\[\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![第表图件〔\[\d.,])\d+(?:\.\d+)?")


class GoldError(Exception):
    """What the author has to mend."""


def decode(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def joined(quote: str) -> str:
    """The quote without its line breaks, the blanks around them and the page numbers between them."""
    lines = [line.strip() for line in quote.splitlines()]
    inner = [line for i, line in enumerate(lines) if i in (0, len(lines) - 1) or not PAGE_LINE.fullmatch(line)]
    return "".join(inner)


def chinese_number(text: str) -> int:
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
    total = current = 0
    for char in text:
        if char in digits:
            current = digits[char]
        else:
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            current = 0
    return total + current


def read_number(quote: str) -> tuple[str, str] | None:
    """The printed number of a quote, its sign and separators taken off, and the unit after it."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", re.sub(r"\s", "", joined(quote)).translate(NARROW))
    if found := NUMBER.search(plain):
        return found[0].lstrip("+-"), plain[found.end() :]
    if found := CHINESE.search(plain):
        return str(chinese_number(found[0])), plain[found.end() :]
    return None


def split_axes(text: str) -> list[tuple[str, str]]:
    """`a=b,c={d:e,f:g}` as pairs: a comma inside braces separates breakdowns of `cross`, not axes."""
    return [(name, value) for name, _, value in (part.partition("=") for part in re.split(r",(?![^{}]*\})", text))]


def is_text(key: str) -> bool:
    concept = re.split(r"[\[{]", key)[0]
    return concept in TEXT or (concept in BOTH and "{" not in key)


def key_faults(key: str) -> Iterator[str]:
    match = KEY.fullmatch(key)
    if match is None:
        yield "not a key"
        return
    concept, axes, aspect = match["concept"], match["axes"], match["aspect"]
    if concept not in (*TEXT, *BOTH, *NUMERIC):
        yield f"no such concept: {concept}"
        return
    if (concept in MEMBERED or (concept in BOTH and axes is None)) and match["member"] is None:
        yield "a member is needed"
    if concept in TEXT and axes is not None:
        yield "a text fact carries no axes"
    if concept in NUMERIC and axes is None:
        yield "a numeric fact carries its period"
    if aspect is not None and aspect not in ASPECTS:
        yield f"no such aspect, or one to be left out: {aspect}"
    if axes is not None:
        yield from axis_faults(concept, split_axes(axes), aspect)


def axis_faults(concept: str, axes: list[tuple[str, str]], aspect: str | None) -> Iterator[str]:
    names = [name for name, _ in axes]
    if names != sorted(set(names), key=lambda name: AXES.index(name) if name in AXES else len(AXES)):
        yield "axes out of order, or repeated"
    if "period" not in names:
        yield "the period is always written"
    for name, value in axes:
        good = {
            "fund": value in FUNDS and concept in MONEY,
            "basis": value in BASES,
            "period": PERIOD.fullmatch(value) is not None,
            "vs": aspect in ("change", "change_rate", "execution_rate") and value != "" and value != "last",
            "of": aspect == "share" and value.split("[")[0].split("{")[0] in NUMERIC,
            "threshold": THRESHOLD.fullmatch(value) is not None,
            "cross": re.fullmatch(r"\{[a-z_]+:[^{}]+\}", value) is not None,
        }
        if not good.get(name, False):
            yield f"not a value of an axis, or a default to be left out: {name}={value}"
    if ("vs", "budget") in axes and aspect == "execution_rate":
        yield "vs=budget of an execution rate is left out"
    year = dict(axes).get("period", "")
    if year.isdecimal() and ("vs", str(int(year) - 1)) in axes:
        yield "vs=last year on the same basis is left out"


def value_faults(fact: Gold) -> Iterator[str]:
    state, value, quote = fact.get("state"), fact.get("value"), fact.get("quote")
    if state not in STATES:
        yield f"no such state: {state}"
    elif (value is not None) != (state in ("stated", "zero")):
        yield f"value {value!r} with state {state}"
    elif state == "unchanged" and not fact["key"].endswith("}.change"):
        yield "unchanged is the state of a change"
    elif is_text(fact["key"]):
        free = fact["key"] in ("document.kind", "document.date", "document.fiscal_year", "document.region")
        blanks = "" if fact["key"] == "evaluation.grade" else " "
        if not free and quote is not None and value != joined(quote).replace(" ", blanks):
            yield f"value {value!r} is not the quote less its line breaks"
    elif value is not None:
        yield from number_faults(fact, str(value), str(state), quote)


def number_faults(fact: Gold, value: str, state: str, quote: str | None) -> Iterator[str]:
    try:
        number = Decimal(value)
    except InvalidOperation:
        yield f"value {value!r} is not a number"
        return
    if (state == "zero") != (number == 0):
        yield f"value {value} with state {state}"
    if number < 0 and not fact["key"].endswith((".change", ".change_rate")):
        yield "only changes are signed here: is this negative as printed?"
    read = None if quote is None else read_number(quote)
    if read is None or Decimal(read[0]) != abs(number):
        yield f"value {value} is not what {quote!r} prints"
    if not fact.get("unit"):
        yield "a number has a unit"


def place_faults(item: Gold, text: str, name: str) -> Iterator[str]:
    quote, span = item.get("quote"), item.get("span")
    if quote is None and span is None and name in ("document.kind", "document.region"):
        return
    if quote is None or span is None or text[slice(*span)] != quote or not quote:
        yield f"{name}: quote {quote!r} is not at {span}"
    for part in item.get("with", []):
        if part.get("as") not in ("scale", "threshold"):
            yield f"{name}: no such part: {part.get('as')}"
        yield from place_faults({"quote": part.get("quote"), "span": part.get("span")}, text, f"{name} with")
    if item.get("where", "table") not in ("table", "heading"):
        yield f"{name}: where is table or heading, or left out for prose"
    if item.get("role", "reason") != "reason":
        yield f"{name}: role is reason or left out"


def covering(gold: Gold) -> list[tuple[int, int]]:
    """The spans of the gold that account for a quantity: a narrative paragraph does not account for its numbers."""
    items = [f for f in gold["facts"] if not is_text(f["key"]) or f["key"].startswith("indicator.")]
    items += gold["unclaimed"]
    spans = [item["span"] for item in items] + [part["span"] for item in items for part in item.get("with", [])]
    return [(span[0], span[1]) for span in spans if span]


def overlap_faults(gold: Gold) -> Iterator[str]:
    """Two numbers of the gold stand at the same place (distributed) or apart; an unclaimed one stands alone."""
    mentions = {tuple(f["span"]) for f in gold["facts"] if not is_text(f["key"]) and f["state"] in ("stated", "zero")}
    last = -1
    for start, end in sorted([*mentions, *(tuple(u["span"]) for u in gold["unclaimed"])]):
        if start < last:
            yield f"overlap at {start}-{end}"
        last = end


def quantities(text: str) -> Iterator[tuple[int, int]]:
    """Runs of digits that look like a quantity: with a unit behind them, or alone in a table cell."""
    plain = "".join(c if len(n := unicodedata.normalize("NFKC", c)) != 1 or c == "，" else n for c in text)
    for match in QUANTITY.finditer(plain):
        start, end = match.span()
        line_start = plain.rfind("\n", 0, start) + 1
        line_end = plain.find("\n", end) if "\n" in plain[end:] else len(plain)
        alone = plain[line_start:line_end].strip() == match[0]
        cell = re.search(r"[|\t]\s*$", plain[line_start:start]) and re.match(r"\s*[|\t]", plain[end:line_end])
        rest = re.match(r"\s*", plain[end:])
        after = end + (rest.end() if rest else 0)
        if alone or cell:
            if cell or "." in match[0] or "," in match[0]:
                yield start, end
        elif UNIT.match(plain, after) and not re.match(r"[年月日号、]", plain[after:]):
            yield start, end


def header_faults(gold: Gold, path: Path) -> Iterator[str]:
    for name in ("made", "place"):
        if not gold.get(name):
            yield f"{name} is missing"
    if gold.get("kind") not in KINDS:
        yield f"no such kind: {gold.get('kind')}"
    if gold.get("half") not in ("dev", "test"):
        yield "half is dev or test"
    for name in ("mess", "arithmetic"):
        if not isinstance(gold.get(name), list):
            yield f"{name} is a list"
    document = gold.get("document", {})
    stated = {f["key"]: f["value"] for f in gold["facts"]}
    for name in HEADER:
        if name not in document:
            yield f"document.{name} is missing"
            continue
        value = document[name]["name"] if name == "region" and document[name] else document[name]
        if value is not None and f"document.{name}" in stated and str(value) != stated[f"document.{name}"]:
            yield f"document.{name} differs from the fact"
    if not path.name.isascii():
        yield "the file name is not ASCII"


def faults(path: Path) -> tuple[list[str], Gold]:
    """What is wrong with one gold file, and the file."""
    source = path.with_name(path.name.removesuffix(".gold.json") + ".txt")
    gold: Gold = json.loads(path.read_text(encoding="utf-8"))
    if not source.exists():
        return [f"no {source.name} beside it"], gold
    text = decode(source)
    found = list(header_faults(gold, path))
    seen: set[tuple[str, str]] = set()
    for fact in gold["facts"]:
        key, where = fact["key"], (fact["key"], str(fact.get("span")))
        found += [f"{key}: {fault}" for fault in (*key_faults(key), *value_faults(fact))]
        found += place_faults(fact, text, key)
        found += [f"{key}: twice at {where[1]}"] if where in seen else []
        seen.add(where)
    for item in gold["unclaimed"]:
        found += place_faults(item, text, f"unclaimed {item.get('quote')!r}")
        found += [] if item.get("kind") in QUANTITIES else [f"unclaimed {item.get('quote')!r}: no such kind"]
    found += overlap_faults(gold)
    spans = covering(gold)
    for start, end in quantities(text):
        if not any(a < end and start < b for a, b in spans):
            line = text.count("\n", 0, start) + 1
            context = re.sub(r"\s+", " ", f"{text[max(0, start - 12) : start]}⟦{text[start:end]}⟧{text[end : end + 8]}")
            found.append(f"not in the gold: line {line}, {start}: {context}")
    return found, gold


def check(paths: Sequence[Path]) -> int:
    files = [file for p in paths for file in (sorted(p.glob("*.txt")) if p.is_dir() else [p])]
    bad = 0
    for file in files:
        path = file.with_name(file.name.removesuffix(".gold.json").removesuffix(".txt") + ".gold.json")
        try:
            found, gold = faults(path)
            counts = f"{len(gold['facts'])} facts, {len(gold['unclaimed'])} unclaimed"
        except (OSError, ValueError, KeyError, TypeError) as error:
            found, counts = [f"{type(error).__name__}: {error}"], "unreadable"
        print(f"{path.name}: {counts}, {len(found)} faults")
        for fault in found:
            print(f"  {fault}")
        bad += bool(found)
    print(f"{len(files)} files, {bad} with faults")
    return 1 if bad or not files else 0


def unescape(text: str) -> str:
    return re.sub(r"\\([nrt\\])", lambda m: {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}[m[1]], text)


def locate(text: str, context: str) -> tuple[str, list[int]]:
    """The quote marked in a context, and its span in the text."""
    match = re.fullmatch(r"(?s)(.*?)⟦(.+)⟧(.*?)(?:@(\d+))?", unescape(context))
    if match is None:
        raise GoldError(f"no quote in ⟦ ⟧: {context}")
    before, quote, after, nth = match[1], match[2], match[3], match[4]
    head, gap, tail = quote.partition("⋯")
    pattern = re.escape(before) + "(" + re.escape(head) + ("(?s:.*?)" + re.escape(tail) if gap else "") + ")"
    # a lookahead, so that overlapping occurrences count
    hits = list(re.finditer("(?=" + pattern + re.escape(after) + ")", text))
    if not hits:
        raise GoldError(f"not in the text: {context}")
    if nth is None and len(hits) > 1:
        raise GoldError(f"{len(hits)} times in the text: {context}")
    if nth is not None and not 1 <= int(nth) <= len(hits):
        raise GoldError(f"{len(hits)} times in the text, asked for {nth}: {context}")
    hit = hits[int(nth or 1) - 1]
    return hit[1], list(hit.span(1))


def draft_fact(text: str, cells: list[str]) -> Gold:
    key, state, value, unit, context, options = cells
    quote, span = locate(text, context) if context else (None, None)
    read = None if quote is None or is_text(key) else read_number(quote)
    if read and state in ("", "stated", "zero"):
        value, unit = value or read[0], unit or read[1]
    elif quote is not None and is_text(key):
        value = value or joined(quote)
    if not state:
        state = "zero" if read and Decimal(value) == 0 else "stated"
    fact: Gold = {"key": key, "state": state, "value": value if state in ("stated", "zero") else None}
    fact |= {"unit": unit or None, "quote": quote, "span": span}
    return fact | dict(pair.split("=", 1) for pair in options.split(";") if pair)


def read_rows(text: str, table: str) -> tuple[dict[str, list[str]], Gold]:
    head: dict[str, list[str]] = {}
    gold: Gold = {"facts": [], "unclaimed": []}
    last: Gold = {}
    for number, line in enumerate(table.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [*line.split("\t"), "", "", "", "", ""][:6]
        try:
            if cells[0].startswith("!"):
                head.setdefault(cells[0][1:], []).append(cells[1])
            elif cells[0].startswith("?"):
                quote, span = locate(text, cells[4])
                last = {"quote": quote, "span": span, "kind": cells[0][1:]}
                last |= dict(pair.split("=", 1) for pair in cells[5].split(";") if pair)
                gold["unclaimed"].append(last)
            elif cells[0].startswith("+"):
                quote, span = locate(text, cells[4])
                last.setdefault("with", []).append({"as": cells[0][1:], "quote": quote, "span": span})
            else:
                last = draft_fact(text, cells)
                gold["facts"].append(last)
        except GoldError as fault:
            raise GoldError(f"row {number}: {fault}") from None
    return head, gold


def draft(source: Path, table: Path, force: bool) -> int:
    target = source.with_name(source.name.removesuffix(".txt") + ".gold.json")
    if target.exists() and not force:
        raise GoldError(f"{target.name} exists; --force overwrites it")
    head, rows = read_rows(decode(source), table.read_text(encoding="utf-8"))
    stated = {f["key"]: f["value"] for f in rows["facts"]}
    kind = head.get("kind", ["overall_performance"])[0]
    document: Gold = {name: stated.get(f"document.{name}") for name in HEADER} | {"kind": kind}
    document["fiscal_year"] = int(document["fiscal_year"]) if document["fiscal_year"] else None
    level, code = (head.get(f"region.{name}", [None])[0] for name in ("level", "code"))
    if document["region"] is not None:
        document["region"] = {"name": document["region"], "level": level, "code": code}
    gold: Gold = {"made": MADE, "place": head.get("place", [""])[0], "kind": kind, "half": head.get("half", [""])[0]}
    gold |= {"mess": head.get("mess", []), "arithmetic": head.get("arithmetic", []), "document": document}
    gold |= {name: sorted(items, key=lambda item: item["span"] or [-1, -1]) for name, items in rows.items()}
    target.write_text(dump(gold), encoding="utf-8", newline="\n")
    print(f"{target.name}: {len(gold['facts'])} facts, {len(gold['unclaimed'])} unclaimed")
    return 0


def squeezed(text: str) -> str:
    return "".join(text.split())


def by_page(item: Gold, text: str) -> Gold:
    """A fact with its place as page and occurrence, its long words as a digest."""
    if item.get("span") is None:
        return {name: value for name, value in item.items() if name != "with"}
    start, end = item["span"]
    first = text.rfind("\f", 0, start) + 1
    page, before = text.count("\f", 0, start) + 1, len(squeezed(text[first:start]))
    rest = squeezed(text[first:])
    quote = squeezed(text[start:end])
    head, tail = quote, ""
    if len(quote) > LONG:
        head, tail = quote[: LONG // 2], quote[-LONG // 4 :]
        while rest.index(tail, before + len(head)) + len(tail) != before + len(quote):
            tail = quote[-len(tail) - 1 :]
            if len(tail) > LONG:
                raise GoldError(f"the end of {head}⋯ is not told by {LONG} characters")
    nth = sum(rest.startswith(head, k) for k in range(before + 1))
    value = item.get("value")
    if isinstance(value, str) and len(squeezed(value)) > LONG:
        value = f"sha256:{hashlib.sha256(squeezed(value).encode()).hexdigest()[:12]}"
    placed = {name: item[name] for name in ("key", "state", "value", "unit") if name in item} | {"quote": head}
    if "value" in placed:
        placed["value"] = value
    if tail:
        placed["quote"] = f"{head}⋯{tail}"
    return (
        placed | {"page": page, "nth": nth} | {name: item[name] for name in ("kind", "where", "role") if name in item}
    )


LONG = 16
"""Characters of a published document that may stand here in one run, for its names at most."""


def place(source: Path, text_file: Path, target: Path) -> int:
    gold: Gold = json.loads(source.read_text(encoding="utf-8"))
    text = text_file.read_bytes().decode("utf-8")
    placed: Gold = {"made": "read by hand; places by scripts/gold.py", "covers": "prose"}
    placed |= {name: gold[name] for name in ("place", "kind", "half", "document")}
    for name in ("facts", "unclaimed"):
        placed[name] = [by_page(item, text) for item in gold[name] if item.get("where") != "table"]
    target.write_text(dump(placed), encoding="utf-8", newline="\n")
    print(f"{target.name}: {len(placed['facts'])} facts, {len(placed['unclaimed'])} unclaimed")
    return 0


def dump(gold: Gold) -> str:
    """JSON with indent 1, each span on one line."""
    text = json.dumps(gold, ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2]", text) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="compare gold files with their texts")
    checking.add_argument("paths", nargs="+", type=Path)
    drafting = commands.add_parser("draft", help="write the gold of a text from a table of marked quotes")
    drafting.add_argument("text", type=Path)
    drafting.add_argument("table", type=Path)
    drafting.add_argument("--force", action="store_true", help="overwrite an existing gold file")
    placing = commands.add_parser("place", help="make gold of a published document of a draft")
    placing.add_argument("gold", type=Path)
    placing.add_argument("text", type=Path)
    placing.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    if options.command == "check":
        return check(options.paths)
    try:
        if options.command == "place":
            return place(options.gold, options.text, options.out)
        return draft(options.text, options.table, options.force)
    except GoldError as fault:
        print(fault, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
