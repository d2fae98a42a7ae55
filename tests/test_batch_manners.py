"""What people do to a batch by accident, and what it says to them: nothing is lost unsaid, and nobody meets a traceback."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from reportparse.batch import Settings, run
from reportparse.batch.sources import open_source
from reportparse.cli import main
from reportparse.errors import ReadError, because

POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")
TEXT = "{}2024年度部门整体支出绩效自评报告\n一、部门概况\n{}是行政单位。\n二、收入情况\n2024年收入总计{}万元。\n"


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
    return {path.name: path.read_bytes() for path in output.iterdir() if path.is_file() and path.suffix != ".sqlite"}


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


@pytest.mark.parametrize(
    "encoded",
    [lambda text: text.encode("utf-16"), lambda text: text.encode("utf-8-sig"), lambda text: text.encode("gbk")],
)
def test_a_list_as_any_system_writes_it(folder: Path, tmp_path: Path, encoded: Callable[[str], bytes]) -> None:
    (folder / "a.txt").rename(folder / "水利局.txt")
    listed = tmp_path / "list.txt"
    listed.write_bytes(encoded("".join(f"{folder / name}\r\n\r\n" for name in ("水利局.txt", "b.txt", "水利局.txt"))))
    assert main(["batch", "--from", str(listed), "-o", str(tmp_path / "out"), "-q"]) == 0
    assert list(lines(tmp_path / "out")) == ["b.txt", "水利局.txt"]


def test_a_list_that_is_none_is_told(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output, listed = tmp_path / "out", tmp_path / "list.txt"
    cases = (
        (b"", "RP-BATCH-001: 文件清单 {} 是空的"),
        (b"\xff\xff\xff", "RP-BATCH-001: 读不了文件清单 {}（不是文本）"),
    )
    for data, said in cases:
        listed.write_bytes(data)
        assert main(["batch", "--from", str(listed), "-o", str(output), "--lang", "zh"]) == 2
        assert capfd.readouterr().err == f"{said.format(listed)}\n"
    monkeypatch.setattr("sys.stdin", None)
    assert main(["batch", "--from", "-", "-o", str(output), "--lang", "zh"]) == 2
    assert capfd.readouterr().err == "RP-BATCH-001: 读不了文件清单 -（已关闭）\n"
    assert not output.exists()


def test_a_line_of_a_list_that_can_be_no_path_fails_alone(folder: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_bytes(f"{folder / 'a.txt'}\n".encode() + b"x\0y.txt\n" + b"z" * 5000 + b"\n")
    assert main(["batch", "--from", str(listed), "-o", str(tmp_path / "out"), "-q"]) == 4
    assert {name[:3]: one.get("error", {}).get("code") for name, one in lines(tmp_path / "out").items()} == {
        "a.t": None,
        "x\0y": "RP-READ-010",
        "zzz": "RP-READ-010",
    }


def test_a_target_that_cannot_be_written_is_told_in_the_language_asked_for(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "file"
    output.write_text("mine", encoding="utf-8")
    for lang, said in (("zh", f"写不了 {output}（已有同名文件）"), ("en", f"cannot write {output} (File exists)")):
        assert main(["batch", str(folder), "-o", str(output), "--lang", lang]) == 2
        assert said in capfd.readouterr().err


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is held to a limit on Linux only")
def test_too_little_memory_to_parse_anything_is_that_and_no_crash(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", str(folder), "-o", str(tmp_path / "out"), "-q", "--memory", "1", "--retries", "0"]) == 4
    assert capfd.readouterr().err == ""
    assert {one["error"]["code"] for one in lines(tmp_path / "out").values()} == {"RP-BATCH-012"}


def test_what_a_batch_wrote_is_no_report(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    first, second = folder / "first", folder / "second"
    assert main(["batch", str(folder), "-o", str(first), "-q", "--to", "csv"]) == 0
    assert main(["batch", str(folder), "-o", str(second), "-q"]) == 0
    assert list(lines(second)) == ["a.txt", "b.txt", "c.txt"]
    for output in (first, second):
        before = contents(output)
        assert main(["batch", str(first), "-o", str(output), "--lang", "zh"]) == 2
        assert "是批处理的输出文件夹" in capfd.readouterr().err
        assert contents(output) == before


@pytest.mark.parametrize(
    ("form", "name", "is_folder"),
    [
        ("csv", "csv", False),
        ("parquet", "parquet", False),
        ("json", "json", False),
        ("json", "json/thesis.txt", False),
        ("sqlite", "reports.sqlite", True),
        ("xlsx", "reports.xlsx", True),
    ],
)
def test_what_is_in_the_way_of_a_form_is_said_before_anything_is_parsed(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], form: str, name: str, is_folder: bool
) -> None:
    output = tmp_path / "out"
    assert main(["batch", str(folder / "a.txt"), "-o", str(output), "-q"]) == 0
    if is_folder:
        (output / name).mkdir()
    else:
        (output / name).parent.mkdir(exist_ok=True)
        (output / name).write_text("mine", encoding="utf-8")
    for lang in ("zh", "en"):
        assert main(["batch", str(folder), "-o", str(output), "--to", form, "--lang", lang]) == 2
        assert capfd.readouterr().err.startswith("RP-BATCH-007: ")
    assert list(lines(output)) == ["a.txt"]
    assert main(["batch", str(folder), "-o", str(output), "-q"]) == 0


def test_forms_that_an_earlier_run_wrote_are_told(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    assert main(["batch", str(folder / "a.txt"), "-o", str(output), "--to", "csv", "--to", "sqlite"]) == 0
    assert "earlier run" not in capfd.readouterr().err
    assert main(["batch", str(folder), "-o", str(output), "--to", "sqlite"]) == 0
    told = capfd.readouterr().err
    assert f"{output / 'csv'} is that of an earlier run, not written now: --to csv writes it" in told
    assert told.count("earlier run") == 1


def test_what_failed_is_told_in_words_and_where_to_look(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "d.txt").write_bytes(b"")
    output = tmp_path / "out"
    assert main(["batch", str(folder), "-o", str(output), "--lang", "zh"]) == 4
    told = capfd.readouterr().err
    assert "  RP-READ-004 空文件：1\n" in told
    assert str(output / "index.html") in told
    assert str(output / "files.csv") in told
    assert "--retry-failed" not in told
    assert main(["batch", "--status", str(output), "--lang", "en"]) == 0
    assert "  RP-READ-004 Empty file: 1\n" in capfd.readouterr().out


def test_nothing_of_nothing_is_no_share(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "d.txt").write_bytes(b"")
    assert main(["batch", str(folder / "d.txt"), "-o", str(tmp_path / "out")]) == 4
    assert "\n0 quantities; 0 reports are inconsistent\n" in capfd.readouterr().err


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is held to a limit on Linux only")
def test_what_another_limit_can_help_is_told(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["batch", str(folder), "-o", str(tmp_path / "out")]
    assert main([*arguments, "--memory", "1"]) == 4
    assert "--retry-failed with a larger --timeout or --memory" in capfd.readouterr().err
    assert main([*arguments, "--retry-failed"]) == 0
    assert "--retry-failed" not in capfd.readouterr().err


@POSIX
def test_an_interruption_is_answered_at_once(folder: Path, tmp_path: Path) -> None:
    for k in range(300):
        (folder / f"{k}.txt").write_text(TEXT.format(k, k, k), encoding="utf-8")
    arguments = ["batch", str(folder), "-o", str(tmp_path / "out"), "--workers", "1", "--lang", "zh", "--to", "csv"]
    batch = subprocess.Popen([sys.executable, "-m", "reportparse", *arguments], stderr=subprocess.PIPE)
    journal = tmp_path / "out" / "reports.jsonl"
    while not journal.exists() or not journal.stat().st_size:
        time.sleep(0.01)
    batch.send_signal(signal.SIGINT)
    _, said = batch.communicate(timeout=60)
    assert batch.returncode == 130
    told = said.decode()
    assert "再按一次 Ctrl-C 立即停止" in told
    assert told.endswith("已中断；再运行同一条命令，从这里继续（--to 在全部完成时写）\n")
    assert "Traceback" not in told


def test_an_interruption_while_forms_are_written_is_told(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reportparse.cli.batch.export", interrupted)
    assert main(["batch", str(folder), "-o", str(tmp_path / "out"), "-q", "--to", "csv"]) == 130
    assert capfd.readouterr().err.startswith("interrupted: the same command again goes on")


def test_the_output_of_another_version_is_told_and_can_be_gone_on_with(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out"
    assert main(["batch", str(folder), "-o", str(output), "-q"]) == 0
    with closing(sqlite3.connect(output / "journal.sqlite")) as base:
        base.executescript("UPDATE meta SET value = 'x' WHERE key = 'layout'; DROP TABLE lines; CREATE TABLE lines (a)")
    assert main(["batch", "--status", str(output), "--lang", "zh"]) == 2
    assert "是另一版本的 reportparse 写的" in capfd.readouterr().err
    assert main(["batch", str(folder), "-o", str(output)]) == 0
    assert "3 parsed" in capfd.readouterr().err


def test_what_has_no_bytes_has_no_hash(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    (folder / "none.zip").write_bytes(b"no archive")
    assert main(["batch", str(folder), "-o", str(output), "-q"]) == 4
    with (output / "files.csv").open(encoding="utf-8-sig", newline="") as file:
        hashes = {row["file"]: row["sha256"] for row in csv.DictReader(file)}
    assert hashes["none.zip"] == ""
    assert hashes["a.txt"] == sha256((folder / "a.txt").read_bytes()).hexdigest()


@POSIX
def test_a_link_to_a_folder_is_not_followed_and_told(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "d.txt").write_text("x", encoding="utf-8")
    (folder / "more").symlink_to(elsewhere)
    (folder / "round").symlink_to(folder)
    summary = run(Settings([str(folder)], str(tmp_path / "out"), 1))
    assert (summary.inputs, summary.skipped) == (3, {"more/": 1, "round/": 1})
    assert run(Settings([str(folder)], str(tmp_path / "out"), 1, exclude=["more"])).skipped == {"round/": 1}
    assert run(Settings([str(folder / "more")], str(tmp_path / "other"), 1)).inputs == 1


def test_what_its_place_does_not_tell_apart_has_a_number(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(folder / "d.zip", "w") as made:
        made.writestr("in.txt", "x")
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("in.txt", "y")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("z", encoding="utf-8")
    run(Settings([str(folder), str(tmp_path / "other")], str(tmp_path / "out"), 1))
    places = [(one / "a.txt").as_posix() for one in (folder, tmp_path / "other")]
    assert sorted(lines(tmp_path / "out")) == sorted([*places, "b.txt", "c.txt", "d.zip/in.txt", "d.zip/in.txt#2"])


def test_what_the_system_says_is_told_in_both_languages(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as full:
            base.execute("CREATE TABLE t (a)")
    assert because(full.value)[0] == "磁盘已满"
    with pytest.raises(FileNotFoundError) as absent:
        (tmp_path / "none").open()
    assert because(absent.value) == ("没有这个文件或文件夹", "No such file or directory")


@POSIX
def test_a_folder_that_may_not_be_looked_into_is_no_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError, match="RP-READ-003"):
        open_source(str(tmp_path))
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(ReadError, match="RP-READ-002"):
        open_source(str(tmp_path))


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (xlsxwriter.exceptions.FileCreateError(PermissionError(errno.EACCES, "no")), "没有权限"),
        (xlsxwriter.exceptions.FileSizeError("too large"), "文件太大"),
    ],
)
def test_a_workbook_that_cannot_be_closed_is_told(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    failure: Exception, said: str
) -> None:  # fmt: skip
    def closed(_: object) -> None:
        raise failure

    monkeypatch.setattr("xlsxwriter.Workbook.close", closed)
    output = tmp_path / "out"
    assert main(["batch", str(folder), "-o", str(output), "-q", "--to", "xlsx", "--lang", "zh"]) == 2
    assert capfd.readouterr().err == f"RP-BATCH-007: 写不了 {output / 'reports.xlsx'}（{said}）\n"
    assert not list(output.glob("reports.xlsx*"))


def test_an_export_of_a_batch_that_is_not_done_says_so(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output, target = tmp_path / "out", tmp_path / "all.sqlite"
    asked = iter((False, False, False, True))  # of a file each that is found, then of one that is parsed
    run(Settings([str(folder)], str(output), 1), stopped=lambda: next(asked, True))
    assert main(["export", str(output), "-o", str(target), "-q"]) == 0
    assert "2 files of this batch are not parsed yet" in capfd.readouterr().err
    run(Settings([str(folder)], str(output), 1))
    assert main(["export", str(output), "-o", str(target), "-q"]) == 0
    assert capfd.readouterr().err == ""
    (output / "journal.sqlite").unlink()
    assert main(["export", str(output), "-o", str(target), "-q"]) == 0


@POSIX
def test_an_interruption_is_answered_where_a_bar_is_shown(folder: Path, tmp_path: Path) -> None:
    for k in range(300):
        (folder / f"{k}.txt").write_text(TEXT.format(k, k, k), encoding="utf-8")
    arguments = ["batch", str(folder), "-o", str(tmp_path / "out"), "--workers", "1", "--lang", "zh"]
    journal = tmp_path / "out" / "reports.jsonl"
    ours, theirs = os.openpty()
    said, asked = b"", False
    with subprocess.Popen([sys.executable, "-m", "reportparse", *arguments], stderr=theirs) as batch:
        os.close(theirs)
        with suppress(OSError):  # how Linux says that nobody has the other end any more
            while found := os.read(ours, 65_536):
                said += found
                if not asked and journal.exists() and journal.stat().st_size:
                    batch.send_signal(signal.SIGINT)
                    asked = True
    os.close(ours)
    assert batch.returncode == 130
    assert "再按一次 Ctrl-C 立即停止" in said.decode()
    assert "已中断；再运行同一条命令" in said.decode()


def test_a_damaged_journal_says_what_is_left(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    run(Settings([str(folder)], str(out), 1))
    (out / "journal.sqlite").write_bytes(b"no database of any kind" * 100)
    assert main(["batch", str(folder), "-o", str(out), "--lang", "en"]) == 2
    assert "is damaged: parse again into another folder" in capfd.readouterr().err
    shutil.copy(out / "reports.jsonl", tmp_path)
    assert main(["export", str(tmp_path / "reports.jsonl"), "-o", str(tmp_path / "tables"), "-q"]) == 0


@pytest.mark.parametrize(
    ("name", "said"), [("klingon", "there is no encoding 'klingon'"), ("hex", "hex is not an encoding of text")]
)
def test_an_encoding_that_is_none_costs_no_run(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    assert main(["batch", str(folder), "-o", str(tmp_path / "out"), "--encoding", name, "--lang", "en"]) == 2
    assert said in capfd.readouterr().err
    assert not (tmp_path / "out").exists()


def test_that_nothing_may_be_tried_again_can_be_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for lang, said in (("zh", "应为 0 或正整数，不是 'x'"), ("en", "a whole number from 0 was expected, not 'x'")):
        assert main(["batch", "a", "-o", str(tmp_path / "out"), "--retries", "x", "--lang", lang]) == 2
        assert said in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux only")
def test_names_of_files_that_are_gbk(folder: Path, tmp_path: Path) -> None:
    """What unzip leaves of an archive that was made on a Chinese Windows."""
    under = os.path.join(os.fsencode(folder), "绩效".encode("gbk"))
    os.mkdir(under)
    Path(os.fsdecode(os.path.join(under, "水利局.txt".encode("gbk")))).write_text("x", encoding="utf-8")
    Path(os.fsdecode(os.path.join(under, b"\xff\xff.txt"))).write_text("y", encoding="utf-8")
    Path(os.fsdecode(os.path.join(under, "图.照片".encode("gbk")))).write_text("z", encoding="utf-8")
    summary = run(Settings([str(folder)], str(tmp_path / "out"), 1))
    assert summary.skipped == {".照片": 1}
    told = sorted(set(lines(tmp_path / "out")) - {"a.txt", "b.txt", "c.txt"})
    assert told == ["绩效/水利局.txt", "绩效/\ufffd\ufffd.txt"]
    assert run(Settings([str(folder)], str(tmp_path / "other"), 1, include=["绩效/水*"])).inputs == 1


def test_check_reads_no_output_of_a_batch(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "reports"
    source.mkdir()
    (source / "a.txt").write_text("某局2023年度部门决算\n收入总计9万元，支出总计9万元。\n", encoding="utf-8")
    output = source / "out"
    assert main(["batch", str(source), "-o", str(output), "-q"]) == 0
    assert main(["check", str(output), "--lang", "zh"]) == 2
    assert "index.html" in capfd.readouterr().err
    assert main(["check", str(source), "--json"]) == 0
    told = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [one["source"]["name"] for one in told if "source" in one] == ["a.txt"]


def test_export_makes_no_folder_that_is_called_as_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source, output = tmp_path / "a.txt", tmp_path / "out"
    source.write_text("某局2023年度部门决算\n收入总计9万元，支出总计9万元。\n", encoding="utf-8")
    assert main(["batch", str(source), "-o", str(output), "-q"]) == 0
    for name in ("x.csv", "x.pdf"):
        assert main(["export", str(output), "-o", str(tmp_path / name)]) == 2
        assert "--to" in capfd.readouterr().err
        assert not (tmp_path / name).exists()
    assert main(["export", str(output), "-o", str(tmp_path / "x.csv"), "--to", "csv", "-q"]) == 0
