"""The same work by other tools: the text of PDFs, and the whole job by a template.

    python benchmarks/peers.py [--rounds 3]

The peers are no dependencies of this project; those that the environment does not have are said to be missing
(``pip install pdfminer.six pypdf pdfplumber invoice2data`` and poppler's ``pdftotext``, in an environment of their own with this
project beside them).

* **Text of PDFs.** CPU time over the files of ``corpus/pdf`` against PDFium's bare text: what reportparse takes from the file to
  its JSON, with tables, places, facts and checks, beside what others take for the text alone.
* **The whole job.** invoice2data reads documents by templates of regular expressions. The template here was written on one report
  (``corpus/sc-2023-archives.txt``), with ten labels that every report on a department's spending has, in the forms that one
  prints. Both tools then read all such reports of the corpus, and their values of these ten are held against the gold: right,
  wrong, not found; of the half ``dev`` the rules of reportparse were written with sight, of ``test`` not. A template knows neither years nor funds nor what a figure is compared with: a value that the report states of
  the concept in any year counts as right.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import logging
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from reportparse import parse
from reportparse.readers import read

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
FIELDS = {
    "revenue.total": r"收入总计(?:为)?([\d,.]+)万元",
    "expenditure.total": r"支出总计(?:为)?([\d,.]+)万元",
    "expenditure.nature[basic]": r"基本支出(?:为)?([\d,.]+)万元",
    "expenditure.nature[project]": r"项目支出(?:为)?([\d,.]+)万元",
    "expenditure.basic[personnel]": r"人员经费(?:支出)?(?:为)?([\d,.]+)万元",
    "expenditure.basic[public]": r"公用经费(?:支出)?(?:为)?([\d,.]+)万元",
    "three_public.total": r"三公”?经费(?:支出|决算)*(?:为|数|合计)*([\d,.]+)万元",
    "staffing.authorised": r"编制(?:数|共|总数)?(?:为)?(\d+)[名人个]",
    "staffing.actual[in_post]": r"在职(?:在编)?(?:人员)?(?:共)?(\d+)[名人]",
    "evaluation.score": r"得分(?:为)?([\d.]+)分",
}


def spent(job: Callable[[], object], rounds: int) -> float:
    """Seconds of CPU, of this process and of those that it waits for: the median of some rounds after one that does not count."""
    job()
    times = []
    for _ in range(rounds):
        gc.collect()
        before = _cpu()
        job()
        times.append(_cpu() - before)
    return statistics.median(times)


def _cpu() -> float:
    taken = time.process_time()
    try:
        import resource
    except ImportError:
        return taken
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken + children.ru_utime + children.ru_stime


def bare(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    length = sum(len(page.get_textpage().get_text_range()) for page in document)
    document.close()
    return length


def by_pdfplumber(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_text()) for page in document.pages)


def by_pdfminer(data: bytes) -> int:
    return len(import_module("pdfminer.high_level").extract_text(io.BytesIO(data)))


def by_pypdf(data: bytes) -> int:
    return sum(len(page.extract_text()) for page in import_module("pypdf").PdfReader(io.BytesIO(data)).pages)


def by_poppler(data: bytes) -> int:
    return len(subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout)


READERS: dict[str, Callable[[bytes], object]] = {
    "reportparse: JSON": lambda data: parse(data).to_json(),
    "poppler: text": by_poppler,
    "pypdf: text": by_pypdf,
    "pdfminer.six: text": by_pdfminer,
    "pdfplumber: text": by_pdfplumber,
}


def texts_of_pdfs(rounds: int) -> None:
    documents = [path.read_bytes() for path in sorted((CORPUS / "pdf").glob("*.pdf"))]
    base = spent(lambda: [bare(data) for data in documents], rounds)
    print(f"text of {len(documents)} PDFs; PDFium's bare text = 1.0 ({base:.2f} s)")
    for name, reader in READERS.items():
        try:
            reader(documents[0])
        except (ImportError, FileNotFoundError):
            print(f"  {name:24} not installed")
            continue
        print(f"  {name:24} {spent(lambda reader=reader: [reader(data) for data in documents], rounds) / base:6.1f}")


def stated(gold: dict[str, Any]) -> dict[str, set[str]]:
    """The values that a report states of each field, in any year, fund or basis."""
    found: dict[str, set[str]] = {}
    for fact in gold["facts"]:
        key = fact["key"].split("{")[0]
        if key in FIELDS and fact["state"] == "stated" and "}." not in fact["key"] and fact["key"].count("]") <= 1:
            found.setdefault(key, set()).add(_plain(fact["value"]))
    return found


def _plain(value: str) -> str:
    return value.replace(",", "").rstrip("0").rstrip(".") if "." in value else value.replace(",", "")


def by_reportparse(text: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for fact in parse(text.encode()).facts:
        key = fact.concept if fact.member is None else f"{fact.concept}[{fact.member}]"
        if key in FIELDS and fact.aspect == "value" and fact.value is not None:
            values.setdefault(key, []).append(_plain(str(fact.value)))
    return values


def by_template(folder: Path) -> Callable[[str], dict[str, list[str]]]:
    extract = import_module("invoice2data").extract_data
    load = import_module("invoice2data.extract.loader").read_templates
    reader = import_module("invoice2data.input.text")
    logging.disable(logging.CRITICAL)
    names = {f"field_{number}": key for number, key in enumerate(FIELDS)}
    fields = {name: {"parser": "regex", "regex": FIELDS[key]} for name, key in names.items()}
    template = {
        "issuer": "report", "keywords": ["."], "required_fields": ["issuer"], "fields": fields,
        "options": {"remove_whitespace": True, "lowercase": False, "currency": "CNY", "decimal_separator": "."},
    }  # fmt: skip
    (folder / "report.json").write_text(json.dumps(template, ensure_ascii=False), encoding="utf-8")
    templates = load(str(folder))

    def values(text: str) -> dict[str, list[str]]:
        (folder / "report.txt").write_text(text, encoding="utf-8")
        found = extract(str(folder / "report.txt"), templates=templates, input_module=reader) or {}
        listed = {key: found.get(name, []) for name, key in names.items()}
        return {key: [_plain(one) for one in ([had] if isinstance(had, str) else had)] for key, had in listed.items()}

    return values


def whole_job(rounds: int) -> None:
    for half in ("dev", "test"):
        _whole_job(half, rounds)


def _whole_job(half: str, rounds: int) -> None:
    cases: list[tuple[str, dict[str, set[str]]]] = []
    for path in sorted(CORPUS.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = path.with_name(path.name.replace(".gold.json", ".txt"))
        if gold["kind"] == "overall_performance" and gold["half"] == half and document.exists():
            cases.append((read(document).text, stated(gold)))
    total = sum(len(values) for _, values in cases)
    if not cases:
        return
    print(f"ten fields of {len(cases)} reports on departments' spending, half {half}: {total} are stated")
    with tempfile.TemporaryDirectory() as folder:
        tools: dict[str, Callable[[str], dict[str, list[str]]]] = {"reportparse": by_reportparse}
        try:
            tools["invoice2data, template"] = by_template(Path(folder))
        except ImportError:
            print("  invoice2data             not installed")
        for name, tool in tools.items():
            right = wrong = 0
            for text, values in cases:
                for key, got in tool(text).items():
                    wrong += any(value not in values.get(key, ()) for value in got)
                    right += bool(got) and all(value in values.get(key, ()) for value in got)
            took = spent(lambda tool=tool: [tool(text) for text, _ in cases], rounds)
            print(
                f"  {name:24} right {right}, wrong {wrong}, not found {total - right - wrong}; {took / len(cases) * 1000:.1f} ms a report"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts_of_pdfs(options.rounds)
    whole_job(options.rounds)


if __name__ == "__main__":
    main()
