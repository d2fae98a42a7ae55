"""What people do to a batch by accident, and what it says to them: nothing is lost unsaid, and nobody meets a traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from reportparse.batch import Settings, run
from reportparse.cli import main

TEXT = "{}2024年度部门整体支出绩效自评报告\n一、部门概况\n{}是行政单位。\n二、收入情况\n2024年收入总计{}万元。\n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports."""
    made = tmp_path / "reports"
    made.mkdir()
    for k, name in enumerate("abc"):
        (made / f"{name}.txt").write_text(TEXT.format("安远县水利局", "安远县水利局", f"{k}.00"), encoding="utf-8")
    return made


def lines(output: Path) -> dict[str, Any]:
    found = [json.loads(line) for line in (output / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    return {one["source"]["name"]: one for one in found}


def contents(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in output.iterdir() if path.suffix != ".sqlite"}


def test_where_nothing_is_found_the_output_stays(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output, empty = tmp_path / "out", tmp_path / "empty"
    run(Settings([str(folder)], str(output), 1))
    before = contents(output)
    empty.mkdir()
    for arguments in ([str(empty)], [str(folder), "--include", "*.pdf"]):
        assert main(["batch", *arguments, "-o", str(output)]) == 2
        assert f"no document was found; {output} is as it was" in capfd.readouterr().err
        assert contents(output) == before
    assert run(Settings([str(folder)], str(output), 1)).new == 0


def test_inputs_that_are_not_there_any_more_are_told(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    assert main(["batch", str(folder), "-o", str(output), "-q"]) == 0
    assert main(["batch", str(folder / "a.txt"), "-o", str(output), "-q", "--lang", "zh"]) == 0
    assert "上次有、这次没有的文件：2 个" in capfd.readouterr().err
    assert list(lines(output)) == ["a.txt"]
    assert main(["batch", str(folder), "-o", str(output)]) == 0
    assert "last run" not in capfd.readouterr().err
