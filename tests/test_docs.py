"""What the documentation says is so: its commands are run, its reference is what the program says, its links lead somewhere."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from reportparse.checkrules import check_rules
from reportparse.wording import CAUSES, VERDICTS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PDFS = (
    "sc-2023-archives.libreoffice",
    "fa-shizong-meadow.reportlab",
    "nm-2021-dryland.libreoffice",
    "bu-shengsi-fishing-culture.reportlab",
)
"""The folder of the guides, beside a file that is broken."""
GUIDES = (
    ("review.md", "en"),
    ("review.zh-CN.md", "zh"),
    ("first-workbook.md", "en"),
    ("first-workbook.zh-CN.md", "zh"),
    ("first-pack.md", "en"),
)


class Step(NamedTuple):
    """A command as a page prints it, and what it shows of what that prints."""

    command: str
    shown: list[str]


def steps(page: str) -> Iterator[Step]:
    lines = page.splitlines()
    for at, line in enumerate(lines):
        if not line.startswith("    $ reportparse "):
            continue
        shown = []
        for after in lines[at + 1 :]:
            if not after.startswith("    ") or after.startswith("    $"):
                break
            shown.append(after[4:])
        yield Step(line[6:], shown)


def run(command: str, lang: str, folder: Path) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-m", "reportparse", *shlex.split(command)[1:], "--lang", lang]
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def worded(line: str) -> str:
    """A line without what grows with the rules: how much is understood. That a sum fails, and which, is in the document."""
    grows = r"(?<=[\d ])\d+(?:\.\d+)?%|(?:facts|unclaimed|数量|相符|事实|未识别) \d+|^\d+ quantities|\d+ consistent|\[c\d+\]"
    return re.sub(grows, "N", line)


@pytest.mark.parametrize(("guide", "lang"), GUIDES)
def test_the_way_in_a_guide_is_gone_as_it_is_printed(tmp_path: Path, guide: str, lang: str) -> None:
    pytest.importorskip("xlsxwriter")
    page = (DOCS / guide).read_text("utf-8")
    reports = tmp_path / "reports"
    reports.mkdir()
    files = re.findall(r"<!-- file: (\S+) -->\n```\w+\n(.*?)^```", page, re.S | re.M)
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    if files:
        (reports / "report.txt").write_text(files[0][1], encoding="utf-8")
    else:
        for name in PDFS:
            (reports / f"{name}.pdf").write_bytes((ROOT / "corpus" / "pdf" / f"{name}.pdf").read_bytes())
        (reports / "坏.pdf").write_bytes(b"%PDF-1.4\n")
    gone = list(steps(page))
    assert len(gone) >= 4
    for step in gone:
        done = run(step.command, lang, tmp_path)
        assert done.returncode in (0, 4), done.stderr  # 4: the broken one
        printed = [worded(line) for line in (done.stdout + done.stderr).splitlines()]
        wanted = [worded(line) for line in step.shown]
        assert [line for line in printed if line in wanted] == wanted, step.command


def test_the_guide_in_chinese_goes_the_same_way() -> None:
    for guide in ("review", "first-workbook"):
        ways = [
            [step.command for step in steps((DOCS / f"{guide}{ending}").read_text("utf-8"))]
            for ending in (".md", ".zh-CN.md")
        ]
        assert ways[0] == ways[1]


@pytest.mark.parametrize("page", ["checks.md", "checks.zh-CN.md"])
def test_the_pages_on_checks_have_every_check_outcome_and_cause(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    for check, code in check_rules().codes.items():
        assert f"| `{code}` | `{check}` |" in text
    for word in (*VERDICTS, *CAUSES):
        assert f"`{word}`" in text


@pytest.mark.parametrize(("readme", "lang"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_commands_that_a_readme_shows(readme: str, lang: str) -> None:
    shown = list(steps((ROOT / readme).read_text("utf-8")))
    assert shown
    for step in shown:
        done = run(step.command, lang, ROOT)
        printed = [worded(line) for line in (done.stdout + done.stderr).splitlines()]
        wanted = [worded(line) for line in step.shown if line.strip() != "…"]
        assert [line for line in printed if line in wanted] == wanted, step.command


def test_the_reference_is_what_the_program_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    made = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))["pages"]()
    assert set(made) == {path.name for path in (DOCS / "reference").iterdir()}
    for name, content in made.items():
        kept = (DOCS / "reference" / name).read_text("utf-8")
        assert kept == content, f"{name}: python scripts/make_docs.py writes it anew"


def test_the_reference_has_everything() -> None:
    concepts, codes = ((DOCS / "reference" / name).read_text("utf-8") for name in ("concepts.md", "codes.md"))
    assert "| `revenue.source` | 收入来源 | amount | open | `revenue.total` |" in concepts
    assert "| `institutional` | 事业收入" in concepts
    assert "| `RP-BATCH-011` |" in codes
    assert "| `RP-READ-016` |" in codes


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(ROOT).as_posix() for p in (*ROOT.glob("*.md"), *DOCS.rglob("*.md")))
)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(
        r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", (ROOT / page).read_text("utf-8"), flags=re.S)
    ):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert file.exists(), f"{page} → {target}"
        if anchor:
            heads = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}, (
                f"{page} → {target}"
            )


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    built = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.html")}
    pages = {path.relative_to(DOCS).with_suffix(".html").as_posix() for path in DOCS.rglob("*.md")}
    assert pages <= built
    # Nothing is fetched when a page is opened.
    fetched = r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"'](?:https?:)?//"
    assert [name for name in built if re.search(fetched, (tmp_path / "site" / name).read_text("utf-8"))] == []
