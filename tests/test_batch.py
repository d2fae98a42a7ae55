"""An archive: every input accounted for once, whatever its documents do and whenever the run ends."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from conftest import DEV, ROOT
from reportparse import parse
from reportparse.batch import Settings, run, status
from reportparse.batch.inputs import Selection, inputs
from reportparse.batch.workers import Job, Limits, Workers, parsed
from reportparse.cli import main
from reportparse.errors import BatchError

TEXT = "{}2024年度部门整体支出绩效自评报告\n一、部门概况\n{}是行政单位。\n二、收入情况\n2024年收入总计{}万元。\n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


def office(name: str, amount: str = "9.00") -> str:
    return TEXT.format(name, name, amount)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "下级").mkdir(parents=True)
    for k, path in enumerate(DEV[:6]):
        shutil.copy(path, folder / ("下级" if k % 2 else "") / path.name)
    (folder / "copy.txt").write_bytes((folder / DEV[0].name).read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "notes.xyz").write_text("no document", encoding="utf-8")
    return folder


def lines(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (output / "reports.jsonl").read_text(encoding="utf-8").splitlines()]


def shown(output: Path) -> dict[str, Any]:
    """The data of the page."""
    text = (output / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<script[^>]*id="data"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def settings(archive: Path, output: Path, **more: Any) -> Settings:
    return Settings([str(archive)], str(output), workers=2, **more)


def test_every_input_is_accounted_for_once(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    summary = run(settings(archive, output))
    assert (summary.inputs, summary.contents, summary.parsed, summary.failed, summary.waiting) == (9, 8, 7, 2, 0)
    assert summary.skipped == {".xyz": 1}
    assert summary.failures == {"RP-READ-004": 1, "RP-READ-012": 1}
    found = lines(output)
    names = [one["source"]["name"] for one in found]
    assert names == sorted(names)
    assert len(names) == 8
    for one in found:
        path = archive / one["source"]["name"]
        if "error" not in one:
            report = json.loads(parse(path).to_json())
            report["source"]["name"] = one["source"]["name"]
            assert one == report
    with (output / "files.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["file"] for row in rows] == sorted(row["file"] for row in rows)
    assert len(rows) == 9
    copies = [row for row in rows if row["file"] != row["parsed_as"]]
    assert len(copies) == summary.copies == 1
    page = shown(output)
    assert page["name"] == [row["file"] for row in rows]
    assert [page["name"][int(k)] for k in page["reason"]] == ["broken.pdf", "empty.txt"]
    kinds = {one["source"]["name"]: one["document"]["kind"] for one in found if "error" not in one}
    for name, kind, quantities in zip(page["name"], page["kind"], page["quantities"], strict=True):
        if name in kinds:
            assert page["plots"]["kind"][kind] == kinds[name]
            assert quantities > 0
    assert json.loads((output / "summary.json").read_text(encoding="utf-8"))["inputs"] == 9
    assert status(str(output))._replace(new=8) == summary


def test_only_what_is_new_or_changed_is_parsed_again(archive: Path, tmp_path: Path) -> None:
    output, clean = tmp_path / "out", tmp_path / "clean"
    run(settings(archive, output))
    before = (output / "reports.jsonl").read_bytes()
    assert run(settings(archive, output)).new == 0
    assert (output / "reports.jsonl").read_bytes() == before
    (archive / "new.txt").write_text(office("安远市水利局"), encoding="utf-8")
    (archive / "empty.txt").write_text(office("白石县教育局"), encoding="utf-8")
    (archive / "broken.pdf").unlink()
    assert run(settings(archive, output)).new == 2
    run(settings(archive, clean))
    assert (output / "reports.jsonl").read_bytes() == (clean / "reports.jsonl").read_bytes()
    assert (output / "files.csv").read_bytes() == (clean / "files.csv").read_bytes()


def test_what_failed_is_tried_again_when_asked(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run(settings(archive, output))
    assert run(settings(archive, output)).new == 0
    assert run(settings(archive, output, retry=True)).new == 2


def test_other_packs_or_options_make_all_lines_again(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run(settings(archive, output))
    assert run(settings(archive, output, reading={"max_bytes": 1_000_000})).new == 8


def poisoned(job: Job, options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """What a document can do to its worker."""
    if "segfault" in job.name:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "exit" in job.name:
        os._exit(3)
    if "loop" in job.name:
        time.sleep(600)
    if "memory" in job.name:
        held = []
        try:
            while True:
                held.append(bytearray(50_000_000))
        except MemoryError:
            held.clear()
            return b"memory\n", {"code": "RP-BATCH-012", "reason": "memory"}
    return parsed(job, options)


@POSIX
def test_a_document_that_kills_its_worker_costs_itself_alone(tmp_path: Path) -> None:
    jobs: list[Job] = []
    for k in range(12):
        name = {3: "segfault.txt", 5: "loop.txt", 7: "memory.txt", 9: "exit.txt"}.get(k, f"good-{k}.txt")
        path = tmp_path / name
        path.write_text(office("安远市水利局", f"{k}.00"), encoding="utf-8")
        jobs.append(Job(str(path), name, sha256(path.read_bytes()).hexdigest()))
    done = list(Workers(2, {}, Limits(4, 500), poisoned).outcomes(jobs))
    assert sorted(one.job.name for one in done) == sorted(job.name for job in jobs)
    codes = {one.job.name: one.values.get("code") for one in done}
    assert {name: code for name, code in codes.items() if code} == {
        "segfault.txt": "RP-BATCH-011", "exit.txt": "RP-BATCH-011", "loop.txt": "RP-BATCH-010", "memory.txt": "RP-BATCH-012",
    }  # fmt: skip
    crashed = next(one for one in done if one.job.name == "segfault.txt")
    assert "SIGSEGV" in json.loads(crashed.line)["error"]["reason"]


class Unborn:
    """Reads no document: the process in which it should arrive ends before."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (7,)

    def __call__(self, job: Job, options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
        raise AssertionError


def test_where_no_process_can_begin_no_document_is_blamed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    jobs = [Job(str(tmp_path / "a.txt"), "a.txt", "0")]
    with (
        Workers(2, {}, Limits(30, 500), Unborn()) as workers,
        pytest.raises(BatchError, match=r"RP-BATCH-009: no process that parses can be started \(exit 7\)"),
    ):
        list(workers.outcomes(jobs))


def dying(job: Job, options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """A worker that is killed right after it has answered."""
    import threading

    threading.Timer(0.05, os._exit, (9,)).start()
    return parsed(job, options)


@POSIX
def test_a_worker_that_dies_between_two_documents_costs_none(tmp_path: Path) -> None:
    jobs: list[Job] = []
    for k in range(6):
        path = tmp_path / f"{k}.txt"
        path.write_text(office("安远市水利局", f"{k}.00"), encoding="utf-8")
        jobs.append(Job(str(path), path.name, sha256(path.read_bytes()).hexdigest()))
    done = []
    for one in Workers(2, {}, Limits(30, 500), dying).outcomes(jobs):
        done.append(one)
        time.sleep(0.2)
    assert sorted(one.job.name for one in done) == [job.name for job in jobs]


class Late:
    """Reads a document; takes longer to arrive in a worker than a document may take."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __reduce__(self) -> tuple[Any, ...]:
        return _arrived, (self.seconds,)

    def __call__(self, job: Job, options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
        return parsed(job, options)


def _arrived(seconds: float) -> Late:
    time.sleep(seconds)
    return Late(seconds)


@POSIX
def test_the_time_of_a_document_does_not_run_while_its_worker_starts(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(office("安远市水利局"), encoding="utf-8")
    job = Job(str(path), path.name, sha256(path.read_bytes()).hexdigest())
    with Workers(1, {}, Limits(4, 500), Late(6)) as workers:
        (outcome,) = workers.outcomes([job])
    assert "code" not in outcome.values


@POSIX
def test_every_input_has_a_name_of_its_own(tmp_path: Path) -> None:
    for name in ("top/A/x.txt", "A/x.txt", "B/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(office("安远市水利局", f"{len(name)}.00"), encoding="utf-8")
    for bad in (b"\xff.txt", b"\xfe.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path / "B") + b"/" + bad)).write_text(
            office("白石县教育局", str(bad[0])), encoding="utf-8"
        )
    paths = [str(tmp_path / name) for name in ("top", "A", "B")]
    summary = run(Settings(paths, str(tmp_path / "out"), workers=1))
    assert (summary.inputs, summary.parsed) == (5, 5)


@POSIX
def test_what_is_no_file_fails_and_does_not_hang(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (folder / "good.txt").write_text(office("安远市水利局"), encoding="utf-8")
    summary = run(settings(folder, tmp_path / "out"))
    assert (summary.inputs, summary.parsed, summary.failures) == (3, 1, {"RP-READ-001": 1, "RP-READ-003": 1})
    (folder / "gone.txt").unlink()
    (folder / "gone.txt").write_text(office("白石县教育局"), encoding="utf-8")
    assert run(settings(folder, tmp_path / "out")).parsed == 2


def test_a_run_that_was_killed_at_its_beginning_can_be_begun_again(archive: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "lock.sqlite").touch()
    assert run(settings(archive, output)).parsed == 7


def test_a_file_that_changes_or_vanishes_during_the_run_is_said(tmp_path: Path) -> None:
    changed, gone = tmp_path / "changed.txt", tmp_path / "gone.txt"
    changed.write_text(office("安远市水利局"), encoding="utf-8")
    outcomes = [parsed(Job(str(path), path.name, "0" * 64), {}) for path in (changed, gone)]
    assert [values["code"] for _, values in outcomes] == ["RP-BATCH-013", "RP-READ-001"]
    assert all(json.loads(line)["error"]["code"] == values["code"] for line, values in outcomes)


@POSIX
def test_killed_at_any_moment_the_next_run_ends_as_one_clean_run_does(tmp_path: Path) -> None:
    archive, output, clean = tmp_path / "archive", tmp_path / "out", tmp_path / "clean"
    archive.mkdir()
    for k in range(60):
        (archive / f"{k:03}.txt").write_text(office("安远市水利局", f"{k}.00"), encoding="utf-8")
    (archive / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    run(settings(archive, clean))
    chance = Random(7)
    command = [sys.executable, "-m", "reportparse", "batch", str(archive), "-o", str(output), "--workers", "2", "-q"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for k in range(6):
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        while k >= 3 and process.poll() is None and not (output / "reports.jsonl").exists():
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, 0.7))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    with (output / "reports.jsonl").open("ab") as file:
        file.write(b'{"half a li')
    summary = run(settings(archive, output))
    assert (summary.inputs, summary.parsed, summary.failed, summary.waiting) == (61, 60, 1, 0)
    assert (output / "reports.jsonl").read_bytes() == (clean / "reports.jsonl").read_bytes()


@POSIX
def test_an_interruption_finishes_what_is_in_hand_and_the_run_goes_on(tmp_path: Path) -> None:
    archive, output = tmp_path / "archive", tmp_path / "out"
    archive.mkdir()
    for k in range(400):
        (archive / f"{k:03}.txt").write_text(office("安远市水利局", f"{k}.00") * 3, encoding="utf-8")
    command = [sys.executable, "-m", "reportparse", "batch", str(archive), "-o", str(output), "--workers", "2"]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (
        (output / "reports.jsonl").exists() and (output / "reports.jsonl").stat().st_size
    ):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (0, 130), said
    assert b"Traceback" not in said
    before = len(lines(output))
    assert before >= 1
    assert len(run(settings(archive, output)).slowest) > 0
    assert len(lines(output)) == 400


def test_two_runs_do_not_write_one_output(archive: Path, tmp_path: Path) -> None:
    from reportparse.batch.journal import Journal

    output = tmp_path / "out"
    with Journal(str(output), "x"), pytest.raises(BatchError, match="RP-BATCH-003"):
        run(settings(archive, output))
    assert run(settings(archive, output)).waiting == 0


def test_an_output_that_is_none_is_refused(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(BatchError, match="RP-BATCH-002"):
        run(settings(archive, other))
    assert sorted(path.name for path in other.iterdir()) == ["thesis.docx"]
    with pytest.raises(BatchError, match="RP-BATCH-001"):
        run(settings(tmp_path / "nowhere", tmp_path / "out"))
    with pytest.raises(BatchError, match="RP-BATCH-002"):
        status(str(other))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.pdf", "c.ini", "sub/d.txt", "sub/deep/e.TXT", "out/f.txt", ".git/g.txt", "sub/~$d.docx"):
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path / "tree"


@pytest.mark.parametrize(
    ("include", "exclude", "names"),
    [
        ((), (), ["a.txt", "b.pdf", "sub/d.txt", "sub/deep/e.TXT"]),
        (("*.ini", "*.pdf"), (), ["b.pdf", "c.ini"]),
        ((), ("sub/*",), ["a.txt", "b.pdf"]),
        ((), ("d.*", "*.pdf"), ["a.txt", "sub/deep/e.TXT"]),
    ],
)
def test_which_files_of_a_folder(
    tree: Path, include: tuple[str, ...], exclude: tuple[str, ...], names: list[str]
) -> None:
    found = inputs([str(tree)], Selection(include, exclude), leave=str(tree / "out"))
    assert sorted(one.name for one in found) == names


def test_a_pdf_is_one_whatever_it_is_called(tree: Path) -> None:
    for name in ("download", "file.aspx", "报告.pdf.1"):
        (tree / name).write_bytes(b"%PDF-1.7 nothing")
    (tree / "no.aspx").write_bytes(b"<html>")
    selection = Selection(exclude=["*.1"])
    found = inputs([str(tree)], selection, leave=str(tree / "out"))
    assert {one.name for one in found} - {"a.txt", "b.pdf", "sub/d.txt", "sub/deep/e.TXT"} == {"download", "file.aspx"}
    assert selection.skipped[".aspx"] == 1


def test_a_file_that_is_named_twice_is_one(tree: Path) -> None:
    paths = [str(tree / "a.txt"), str(tree), str(tree / "sub" / ".." / "a.txt")]
    found = list(inputs(paths, Selection(), leave=str(tree / "out")))
    assert sorted(one.name for one in found) == ["a.txt", "b.pdf", "sub/d.txt", "sub/deep/e.TXT"]


def test_the_command(
    archive: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    output = tmp_path / "out"
    assert main(["batch", str(archive), "-o", str(output), "--workers", "2", "--exclude", "broken.pdf"]) == 4
    assert "8 files (7 different): 7 parsed (copies: 1), 1 failed, 0 waiting" in capfd.readouterr().err
    assert main(["batch", "--status", str(output), "--lang", "zh"]) == 0
    assert "已解析 7（其中内容重复 1），失败 1" in capfd.readouterr().out
    listed = tmp_path / "list.txt"
    listed.write_text(f"{archive / 'copy.txt'}\n", encoding="utf-8")
    assert main(["batch", "--from", str(listed), "-o", str(tmp_path / "other"), "-q"]) == 0
    assert [one["source"]["name"] for one in lines(tmp_path / "other")] == ["copy.txt"]
    listed.write_text(f"{archive / 'copy.txt'}\n{archive / 'none.txt'}\n", encoding="utf-8")
    assert main(["batch", "--from", str(listed), "-o", str(tmp_path / "other"), "-q"]) == 4
    assert [one["source"]["name"] for one in lines(tmp_path / "other")] == ["copy.txt", "none.txt"]
    assert main(["batch", "--from", str(tmp_path / "nolist"), "-o", str(tmp_path / "other"), "-q"]) == 2
    (tmp_path / "nothing").mkdir()
    assert main(["batch", str(tmp_path / "nothing"), "-o", str(tmp_path / "third")]) == 2
    assert main(["batch", str(archive)]) == 2
    assert main(["batch", str(tmp_path / "no"), "-o", str(tmp_path / "out2")]) == 2


def test_the_command_writes_other_forms_afterwards(
    archive: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    output = tmp_path / "out"
    forms = ["--to", "xlsx", "--to", "csv", "--to", "sqlite", "--to", "parquet", "--to", "json"]
    assert main(["batch", str(archive), "-o", str(output), *forms, "--wide", "revenue.total"]) == 4
    told = capfd.readouterr().err
    for name in ("reports.xlsx", "csv", "reports.sqlite", "parquet", "json"):
        assert (output / name).exists()
        assert str(output / name) in told
    with (output / "csv" / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
        reports = list(csv.DictReader(file))
    with sqlite3.connect(output / "reports.sqlite") as base:
        assert base.execute("SELECT count(*) FROM reports").fetchone() == (len(reports),) == (6,)
        assert base.execute("SELECT count(*) FROM failures").fetchone() == (2,)
    assert any("revenue" in head and "total" in head for head in reports[0])
    assert not any("expenditure_total" in head or "expenditure.total" in head for head in reports[0])
    # What is written beside the lines is no input of the next run, and is written anew.
    assert main(["batch", str(archive), "-o", str(output), *forms, "-q"]) == 4
    assert capfd.readouterr().err == ""


def test_what_cannot_be_written_is_said_before_anything_is_parsed(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    for more in (["--to", "xlsx"], ["--to", "csv", "--wide", "none.such"], ["--wide", "revenue.total"]):
        assert main(["batch", str(archive), "-o", str(tmp_path / "out"), *more]) == 2
    assert not (tmp_path / "out").exists()


def test_an_interrupted_run_writes_no_other_form(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "reportparse.cli.batch._Stop.wanted", lambda _: (tmp_path / "out" / "reports.jsonl").stat().st_size > 0
    )
    assert main(["batch", str(archive), "-o", str(tmp_path / "out"), "--to", "csv", "-q", "--workers", "1"]) == 130
    assert not (tmp_path / "out" / "csv").exists()
    assert "waiting" in (tmp_path / "out" / "summary.json").read_text(encoding="utf-8")


def test_what_programs_keep_is_no_report_and_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(office("某局"), encoding="utf-8")
    for name in (".git", "env", "node_modules", "pages"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.txt").write_text(office("别局"), encoding="utf-8")
    (tmp_path / "env" / "pyvenv.cfg").write_text("", encoding="utf-8")
    head = '<meta name="generator" content="reportparse review">'
    (tmp_path / "pages" / "index.html").write_text(f"<!DOCTYPE html>{head}", encoding="utf-8")
    for _ in range(2):  # its own output is there the second time
        summary = run(Settings([str(tmp_path)], str(tmp_path / "out"), workers=1))
        assert summary.inputs == 1
    assert summary.skipped == {".git/": 1, "env/": 1, "node_modules/": 1, "pages/": 1, "out/": 1}
    assert main(["batch", str(tmp_path), "-o", str(tmp_path / "out"), "--lang", "zh"]) == 0
    assert "out/ 1" in capsys.readouterr().err


def test_a_pack_that_read_nothing_of_any_report_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(office("某局"), encoding="utf-8")
    pack = tmp_path / "my.toml"
    pack.write_text('[pack]\nid = "cn-99.budget"\nversion = "1"\nextends = "cn.budget"\n', encoding="utf-8")
    arguments = ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--packs", str(pack), "--lang", "en"]
    assert main([*arguments, "-q"]) == 0
    assert "no report was read by pack cn-99.budget" in capsys.readouterr().err
    assert json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["idle"] == ["cn-99.budget"]


def test_the_page_leads_to_the_pages_for_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "某局.txt").write_text(office("某局"), encoding="utf-8")
    out = str(tmp_path / "out")
    run(Settings([str(tmp_path / "in")], out, workers=1))
    page = tmp_path / "out" / "index.html"
    assert "%E6%9F%90%E5%B1%80.txt.html" not in page.read_text(encoding="utf-8")
    assert main(["review", out, "-o", str(tmp_path / "pages"), "--root", str(tmp_path / "in"), "-q"]) == 0
    assert '"../pages/%E6%9F%90%E5%B1%80.txt.html"' in page.read_text(encoding="utf-8")
    run(Settings([str(tmp_path / "in")], out, workers=1))  # another run keeps the links
    assert '"../pages/%E6%9F%90%E5%B1%80.txt.html"' in page.read_text(encoding="utf-8")
    shutil.rmtree(tmp_path / "pages")  # and those that lead nowhere go
    run(Settings([str(tmp_path / "in")], out, workers=1))
    assert "%E6%9F%90%E5%B1%80.txt.html" not in page.read_text(encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "notes.md").write_text("", encoding="utf-8")
    assert main(["review", out, "-o", str(tmp_path / "pages"), "-q"]) == 2
    assert "RP-BATCH-007" in capsys.readouterr().err
