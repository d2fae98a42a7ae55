"""The project's own papers: versions, commands and metadata that must not drift apart."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import reportparse

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Written in pieces, so that this file does not find itself.
TRACES = {
    "a path of somebody's machine": re.compile(
        r"(?<![\w.])/(?:" + r"home|root|Users)/\w|/tmp/" + r"\w*venv|[A-Z]:\\" + r"Users\\"
    ),
    "the host of a package registry": re.compile(r"\b(?:py" + r"pi\.org|py" + r"pi\.tuna|python" + r"hosted\.org)"),
}
NOT_TEXT = {".pdf", ".png", ".jpg", ".gz", ".zip", ".docx", ".xlsx", ".parquet"}
NOT_OURS = {".git", ".venv", "venv", "build", "dist", "__pycache__"}


def command(readme: str, name: str) -> str:
    """The command that stands in the code block after ``<!-- command: NAME -->``."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    found = re.findall(rf"<!-- command: {name} -->\s*```\w*\n(.*?)\n```", text, re.DOTALL)
    assert len(found) == 1, f"{readme} marks {len(found)} blocks as command: {name}"
    return found[0]


def project_files() -> list[Path]:
    """What git keeps or would keep; without git, what lies here and is not made by a tool."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode("utf-8")
        return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]
    hidden = {path.name for path in ROOT.iterdir() if path.name.startswith(".") and path.name.endswith("cache")}
    skip = NOT_OURS | hidden | {".hypothesis"}
    return [p for p in ROOT.rglob("*") if p.is_file() and not skip.intersection(p.relative_to(ROOT).parts)]


def test_the_version_is_one() -> None:
    assert reportparse.__version__ == PROJECT["version"]


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert PROJECT["version"] in headings
    assert headings[0] in {"Unreleased", PROJECT["version"]}


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("name", ["parse", "test"])
def test_a_set_up_command_is_one_line_that_stands_alone(readme: str, name: str) -> None:
    line = command(readme, name)
    assert "\n" not in line
    assert line.startswith("python3 -m venv .venv && ")
    assert not re.search(r"[<>]|\$|index|--find-links", line), "needs something that a new clone does not have"
    for path in re.findall(r"\b(?:corpus|tests|scripts)/\S+", line):
        assert (ROOT / path).is_file(), path


def test_the_first_command_parses_a_report_of_the_corpus() -> None:
    assert re.search(r"\.venv/bin/reportparse corpus/\S+\.txt", command("README.md", "parse"))


def test_the_second_command_runs_the_tests() -> None:
    line = command("README.md", "test")
    assert "[dev]" in line
    assert "pytest" in line


@pytest.mark.parametrize("name", ["parse", "parse-windows", "test", "test-windows"])
def test_both_readmes_give_the_same_command(name: str) -> None:
    assert command("README.md", name) == command("README.zh-CN.md", name)


def test_the_metadata_says_what_the_project_promises() -> None:
    assert PROJECT["name"] == "reportparse"
    assert PROJECT["requires-python"] == ">=3.11"
    assert PROJECT["license"] == "Apache-2.0"
    assert PROJECT["scripts"] == {"reportparse": "reportparse.cli:main"}
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert (ROOT / "src" / "reportparse" / "py.typed").is_file()
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").split()[:2] == ["Apache", "License"]


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_a_dependency_has_a_lower_bound_and_no_other(requirement: str) -> None:
    assert re.fullmatch(r"[a-z0-9.-]+>=[0-9.]+", requirement)


def test_the_installed_metadata_is_the_projects() -> None:
    try:
        metadata = importlib.metadata.metadata("reportparse")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("run from the tree, not installed")
    assert metadata["Version"] == PROJECT["version"]
    assert metadata["Requires-Python"] == PROJECT["requires-python"]
    assert metadata["License-Expression"] == PROJECT["license"]
    assert set(metadata.get_all("Provides-Extra") or []) == set(PROJECT["optional-dependencies"])
    scripts = importlib.metadata.entry_points(group="console_scripts", name="reportparse")
    assert {script.value for script in scripts} == {"reportparse.cli:main"}


def test_the_check_script_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert script.stat().st_mode & 0o111


@pytest.mark.parametrize("what", TRACES)
def test_no_file_carries(what: str) -> None:
    pattern = TRACES[what]
    faults = []
    for path in project_files():
        if path.suffix.lower() in NOT_TEXT:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        faults += [
            f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    assert not faults, f"{what}:\n" + "\n".join(faults)


@pytest.mark.parametrize("readme", READMES)
def test_the_extract_in_the_readme_is_what_its_command_prints(readme: str) -> None:
    """All but the ordinal ids and what is left out (…): names, values, units, quotes and places are the report's."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    shown = json.loads(re.findall(r"```json\n(.*?)\n```", text, re.DOTALL)[0])
    name = re.findall(r"corpus/\S+\.txt", command(readme, "parse"))[0]
    made = json.loads(reportparse.parse(ROOT / name).to_json())
    for found in (shown, made):
        found["facts"] = {fact["key"]: fact for fact in found["facts"]}
        found["unclaimed"] = {str(mention["span"]): mention for mention in found["unclaimed"]}
    assert not list(differences(shown, made))


def differences(shown: Any, made: Any, place: str = "") -> Iterator[str]:
    """Where an extract says something else than the whole."""
    if isinstance(shown, dict) and isinstance(made, dict):
        for key, value in shown.items():
            if key in {"id", "fact", "base", "section"} or value == "…":
                continue
            if key not in made:
                yield f"{place}/{key}: not printed"
            else:
                yield from differences(value, made[key], f"{place}/{key}")
    elif shown != made:
        yield f"{place}: {made!r}, not {shown!r}"
