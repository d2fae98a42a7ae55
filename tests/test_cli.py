"""The command line: what goes to standard output, what to standard error, and how it ends.

Most cases call ``main``; the few that are about the process itself (pipes, locales, signals) start one.
"""

from __future__ import annotations

import errno
import importlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
from PIL import Image

import reportparse
from conftest import CORPUS, DEV, ROOT
from pdfs import lines, pdf, picture
from reportparse import Report, parse
from reportparse.cli import COMMANDS, main
from reportparse.schema import json_schema
from reportparse.view import plain

REPORT = CORPUS / "sc-2023-archives.txt"
POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX only")
VALIDATOR = jsonschema.Draft202012Validator(json_schema(Report))

PACK = """\
[pack]
id = "cn-99.overall_performance"
version = "7"
extends = "cn.overall_performance"
[[section]]
role = "fin.income"
headings = ['钱从哪里来']
[[section.field]]
concept = "revenue.total"
labels = ['进账']
[[section.examples]]
text = '2024年，进账9万元，另有3头牛。'
facts = ['revenue.total = 9万元']
unclaimed = ['3头']
"""


class Ended(NamedTuple):
    """How a command line ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[Any]:
        """Every line of output as JSON; each is a report or a failure."""
        found = [json.loads(line, parse_float=Decimal) for line in self.out.removesuffix("\n").split("\n")]
        for one in json.loads(f"[{','.join(self.out.removesuffix(chr(10)).split(chr(10)))}]"):
            VALIDATOR.validate(one)
        return found


Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("REPORTPARSE_DEBUG", raising=False)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> Ended:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        done = Ended(code, *capfd.readouterr())
        assert "Traceback" not in done.err
        return done

    return call


def process(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        command(*arguments), input=stdin, capture_output=True, env=environ(**environment), timeout=60, check=False
    )
    assert b"Traceback" not in done.stderr
    return done


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "reportparse", *map(str, arguments)]


def environ(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more}


def english_usage(done: Ended) -> bool:
    return done.code == 2 and done.out == "" and done.err.startswith("usage: reportparse")


# --- one file, several files ------------------------------------------------------------------------------------


def test_one_file_is_one_object_and_a_newline(run: Run) -> None:
    done = run(REPORT)
    assert done.code == 0
    assert done.out == parse(REPORT).to_json() + "\n"
    assert done.err.startswith("sc-2023-archives.txt: ")
    assert done.err.count("\n") == 1
    assert len(done.objects) == 1


def test_several_files_are_json_lines_in_the_order_given(run: Run) -> None:
    files = DEV[::-1]
    done = run(*files)
    assert done.code == 0
    assert done.out == "".join(parse(path).to_json() + "\n" for path in files)
    assert [one["source"]["name"] for one in done.objects] == [path.name for path in files]


def test_the_same_file_twice_gives_the_same_line_twice(run: Run) -> None:
    first, second = run(REPORT, REPORT).out.splitlines()
    assert first == second == run(REPORT).out.rstrip("\n")


def test_plain_is_the_view_with_bare_values(run: Run) -> None:
    report = parse(REPORT)
    done = run("--plain", REPORT)
    values = json.loads(done.out, parse_float=Decimal, parse_int=Decimal)
    assert values["revenue.total"] == {"total": Decimal("286.42")}
    assert values == json.loads(reportparse.emit.to_json(plain(report.report)), parse_float=Decimal, parse_int=Decimal)
    assert len(run("--plain", REPORT, REPORT).out.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "spaces"),
    [(["--indent", "{}"], 2), (["{}", "--indent"], 2), (["{}", "--indent", "3"], 3), (["--indent=1", "{}"], 1)],
    ids=str,
)
def test_indent_takes_a_number_or_none(run: Run, arguments: Sequence[str], spaces: int) -> None:
    done = run(*(argument.format(REPORT) for argument in arguments))
    assert done.code == 0
    assert done.out == parse(REPORT).to_json(indent=spaces) + "\n"


def test_a_file_named_like_a_command_has_a_path(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in COMMANDS:
        shutil.copy(REPORT, tmp_path / name)
        assert run(f"./{name}").objects[0]["source"]["name"] == name


def test_the_encoding_can_be_given(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    file.write_bytes(REPORT.read_text(encoding="utf-8").encode("gb18030"))
    assert run(file).objects[0]["source"]["encoding"] == "gb18030"
    asked = run(file, "--encoding", "GBK").objects[0]
    assert asked["source"]["encoding_reason"] == "asked for"
    assert run(file, "--encoding", "utf-8").code == 3
    assert run(file, "--encoding", "klingon").objects[0]["error"]["code"] == "RP-READ-008"


# --- standard input ---------------------------------------------------------------------------------------------


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))

    return give


def test_standard_input_is_a_file_named_stdin(run: Run, stdin: Callable[[bytes], None]) -> None:
    stdin(REPORT.read_bytes())
    done = run("-")
    assert done.code == 0
    assert done.objects[0]["source"]["name"] == "<stdin>"
    assert done.out.replace("<stdin>", REPORT.name) == run(REPORT).out
    stdin(REPORT.read_bytes())
    assert [one["source"]["name"] for one in run(REPORT, "-").objects] == [REPORT.name, "<stdin>"]


def test_standard_input_is_limited_too(run: Run, stdin: Callable[[bytes], None]) -> None:
    stdin(REPORT.read_bytes())
    done = run("-", "--max-bytes", "100")
    assert (done.code, done.objects[0]["error"]["code"]) == (3, "RP-READ-006")
    assert done.err.startswith("<stdin>: RP-READ-006")


def test_standard_input_that_is_closed_is_a_failure(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run("-").objects[0]["error"]["code"] == "RP-READ-010"


def test_standard_input_is_read_once(run: Run) -> None:
    assert english_usage(run("-", "-"))


# --- what cannot be read ----------------------------------------------------------------------------------------

BROKEN: dict[str, tuple[bytes, str | None]] = {
    "empty": (b"", "RP-READ-004"),
    "blanks": (b" \n\t\r\n", "RP-READ-005"),
    "byte-order mark": (b"\xef\xbb\xbf", "RP-READ-005"),
    "binary": (bytes(range(256)) * 40, "RP-READ-007"),
    "NULs": (b"\0" * 100, "RP-READ-005"),
    "a NUL in a text": ("收入\0合计9万元。".encode(), "RP-READ-007"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "RP-READ-012"),
    "ZIP": (b"PK\x03\x04" + b"\0" * 40, "RP-READ-009"),
    "lone surrogate": ("收入合计9万元。".encode() * 9 + b"\xed\xa0\x80", None),
    "half a GB18030 character": ("收入合计9万元，支出合计8万元。".encode("gb18030") * 9 + b"\xca", None),
    "half a UTF-8 character": ("收入合计9万元。".encode() * 9 + b"\xe4\xb8", None),
    "no facts": ("今天天气很好。".encode(), None),
    "digits": (b"1" * 100_000, None),
    "brackets": ("（".encode() * 20_000, None),
    "control characters": (b"a\x1b[31mb\x08" + "收入9万元".encode() * 40, None),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_input_is_a_code_or_a_report_never_a_traceback(run: Run, tmp_path: Path, case: str) -> None:
    data, code = BROKEN[case]
    file = tmp_path / "x.txt"
    file.write_bytes(data)
    done = run(file)
    (one,) = done.objects
    if code is None:
        assert done.code == 0
        assert one["document"]
    else:
        assert done.code == 3
        assert one == {"schema_version": "1.2", "source": {"name": "x.txt"}, "error": one["error"]}
        assert one["error"]["code"] == code
        assert done.err.startswith(f"{file}: {code}: ")
        assert run("text", file).code == 3


@pytest.mark.parametrize(
    ("path", "code", "name"),
    [
        ("nothing.txt", "RP-READ-001", "nothing.txt"),
        ("", "RP-READ-001", "."),
        ("a\0b", "RP-READ-001", "a\0b"),
        ("x" * 5000, "RP-READ-010", "x" * 5000),
        (".", "RP-READ-003", "."),
        ("folder/", "RP-READ-003", "folder"),
        (os.devnull, "RP-READ-003", "null"),
    ],
    ids=lambda value: value[:20],
)
@POSIX
def test_what_is_no_file_has_a_code(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, code: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    done = run(path)
    assert done.code == 3
    assert done.objects[0]["error"]["code"] == code
    assert done.objects[0]["source"] == {"name": name}
    assert run("text", path).code == 3


def test_no_permission_has_a_code(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("x")

    original = os.open

    def refuse(path: Any, *rest: Any, **more: Any) -> int:
        if str(path) == str(file):
            raise PermissionError(errno.EACCES, "no")
        return original(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    done = run(file)
    assert (done.code, done.objects[0]["error"]["code"]) == (3, "RP-READ-002")


def test_a_file_over_the_limit_has_a_code(run: Run) -> None:
    size = REPORT.stat().st_size
    assert run(REPORT, "--max-bytes", str(size)).code == 0
    done = run(REPORT, "--max-bytes", str(size - 1))
    assert (done.code, done.objects[0]["error"]["code"]) == (3, "RP-READ-006")


def test_a_failure_stands_in_its_place_among_several(run: Run, tmp_path: Path) -> None:
    done = run(REPORT, tmp_path / "no.txt", REPORT)
    assert done.code == 4
    assert [one["source"]["name"] for one in done.objects] == [REPORT.name, "no.txt", REPORT.name]
    assert ["error" in one for one in done.objects] == [False, True, False]
    assert run(tmp_path / "no.txt", tmp_path / "no.txt").code == 4
    assert "error" in run(REPORT, tmp_path / "no.txt", "--plain").out.splitlines()[1]


@pytest.mark.parametrize("error", [RuntimeError("boom"), RecursionError(), UnicodeEncodeError("u", "", 0, 1, "")])
def test_a_fault_of_ours_costs_one_file(run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    import reportparse.cli.parse as module

    def faulty(source: Any, **options: Any) -> Report:
        if "hb-" in str(source):
            raise error
        return parse(source, **options)

    monkeypatch.setattr(module, "parse", faulty)
    other = CORPUS / "hb-2023-geohazard.txt"
    done = run(other, REPORT)
    assert done.code == 4
    assert done.objects[0]["error"]["code"] == "RP-INTERNAL-001"
    assert type(error).__name__ in done.objects[0]["error"]["reason"]
    assert done.objects[1]["facts"]
    assert "REPORTPARSE_DEBUG" in done.err
    assert run(other).code == 3


def test_the_traceback_is_there_for_who_asks(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    import reportparse.cli.parse as module

    monkeypatch.setenv("REPORTPARSE_DEBUG", "1")
    monkeypatch.setattr(module, "parse", lambda *_, **__: 1 / 0)
    assert main([str(REPORT)]) == 3
    assert "ZeroDivisionError: division by zero" in capfd.readouterr().err


# --- --strict, --quiet, notes -----------------------------------------------------------------------------------


@pytest.fixture
def complete(tmp_path: Path) -> Path:
    """A report of which no pack expects anything that it does not state."""
    file = tmp_path / "complete.txt"
    file.write_text("某县公园\n\n本年收入9万元。\n", encoding="utf-8")
    assert not parse(file).missing
    return file


@pytest.fixture
def lacking(tmp_path: Path) -> Path:
    """A report that says less than its pack expects."""
    file = tmp_path / "lacking.txt"
    file.write_text("某县公园2023年部门整体支出绩效自评报告\n\n2023年收入合计9万元。\n", encoding="utf-8")
    assert parse(file).missing
    return file


def test_strict_tells_what_is_missing(run: Run, complete: Path, lacking: Path, tmp_path: Path) -> None:
    assert run(lacking).code == 0
    done = run(lacking, "--strict")
    assert done.code == 1
    assert "; missing " in done.err
    assert "expenditure.total" in done.err
    assert done.out == run(lacking).out
    assert run(complete, "--strict").code == 0
    assert run(complete, lacking, complete, "--strict").code == 1
    assert run(lacking, tmp_path / "no.txt", "--strict").code == 4
    assert run(tmp_path / "no.txt", "--strict").code == 3


def test_strict_tells_what_is_inconsistent(run: Run, complete: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    import reportparse.cli.parse as module
    from reportparse.model import Finding

    finding = Finding("c1", "sum", "inconsistent", "RP-SUM-001", "不等", "differs", (), None, None, None, (), ())
    monkeypatch.setattr(module, "parse", lambda *_, **__: replace(parse(complete), findings=(finding,)))
    done = run(complete, "--strict")
    assert done.code == 1
    assert "1 inconsistent" in done.err
    monkeypatch.setattr(
        module, "parse", lambda *_, **__: replace(parse(complete), findings=(replace(finding, outcome="consistent"),))
    )
    assert run(complete, "--strict").code == 0


@pytest.mark.parametrize("option", ["-q", "--quiet"])
def test_quiet_says_nothing_but_failures(run: Run, tmp_path: Path, option: str) -> None:
    assert run(REPORT, option).err == ""
    assert run(REPORT, tmp_path / "no.txt", option).err.count("\n") == 1


# --- -o ---------------------------------------------------------------------------------------------------------


def test_output_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    done = run(REPORT, "-o", target, "--indent")
    assert (done.code, done.out) == (0, "")
    assert target.read_bytes() == (parse(REPORT).to_json(indent=2) + "\n").encode()
    run(REPORT, REPORT, "--output", target)
    assert len(target.read_text(encoding="utf-8").splitlines()) == 2
    assert os.listdir(tmp_path) == ["out.json"]


def test_a_failure_goes_to_the_file_as_well(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert run(tmp_path / "no.txt", "-o", target).code == 3
    assert json.loads(target.read_bytes())["error"]["code"] == "RP-READ-001"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")], ids=repr)
def test_there_is_never_half_a_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    import reportparse.cli.output as module

    target = tmp_path / "out.json"
    target.write_text("before")

    def fail(self: object, text: str) -> None:
        assert len(os.listdir(tmp_path)) == 2, "written beside the target"
        raise module.cannot_write("out.json", error) if isinstance(error, OSError) else error

    monkeypatch.setattr(module._File, "write", fail)
    assert run(REPORT, "-o", target).code == (2 if isinstance(error, OSError) else 130)
    assert target.read_text() == "before"
    assert os.listdir(tmp_path) == ["out.json"]


def test_a_name_that_cannot_be_given_leaves_nothing_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.json"
    original = os.replace

    def refuse(source: Any, destination: Any) -> None:
        if str(destination) == str(target):
            raise OSError(errno.EIO, "broken")
        original(source, destination)

    monkeypatch.setattr(os, "replace", refuse)
    done = run(REPORT, "-o", target, "-q")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("RP-WRITE-001: cannot write ")
    assert os.listdir(tmp_path) == []


def test_the_input_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    shutil.copy(REPORT, file)
    pack = tmp_path / "p.toml"
    pack.write_text(PACK, encoding="utf-8")
    (tmp_path / "link").symlink_to(file)
    for target in (file, tmp_path / "link", tmp_path / "." / "r.txt"):
        done = run(REPORT, file, "-o", target)
        assert done.code == 2
        assert done.err.startswith("RP-WRITE-002")
    assert run(file, "--packs", pack, "-o", pack).code == 2
    assert file.read_bytes() == REPORT.read_bytes()
    assert pack.read_text(encoding="utf-8") == PACK


@POSIX
def test_a_link_stays_a_link_and_a_mode_stays(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "real.json"
    target.write_text("before")
    target.chmod(0o640)
    (tmp_path / "link.json").symlink_to(target)
    assert run(REPORT, "-o", tmp_path / "link.json").code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads(target.read_bytes())["facts"]
    assert target.stat().st_mode & 0o777 == 0o640


@POSIX
def test_a_device_is_written_to_as_it_stands(run: Run) -> None:
    assert run(REPORT, "-o", os.devnull).code == 0
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize(
    "target", ["", ".", "no/such/folder/x.json", "r.txt/x", "a\0b", "x" * 5000], ids=lambda t: t[:10]
)
def test_where_nothing_can_be_written_is_wrong_usage(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(REPORT, "r.txt")
    done = run("r.txt", "-o", target)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("RP-WRITE-001")
    assert os.listdir(tmp_path) == ["r.txt"]


# --- usage ------------------------------------------------------------------------------------------------------

WRONG_USAGE = [
    ["--nonsense", "x"],
    ["x", "--ind", "2"],
    ["--plain"],
    ["x", "y", "--indent"],
    ["x", "--indent", "-1"],
    ["x", "--indent", "0"],
    ["x", "--indent=two"],
    ["x", "--max-bytes", "0"],
    ["x", "--max-bytes", "-5"],
    ["x", "--max-bytes", "9" * 30],
    ["x", "--lang", "fr"],
    ["x", "-o"],
    ["text"],
    ["text", "a", "b"],
    ["schema", "x"],
    ["packs"],
    ["packs", "frobnicate"],
    ["packs", "show"],
    ["packs", "show", "cn", "cn"],
    ["packs", "list", "cn"],
    ["completion"],
    ["completion", "tcsh"],
]


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_ends_with_2_and_says_how_it_is_right(run: Run, arguments: list[str]) -> None:
    assert english_usage(run(*arguments))
    chinese = run(*arguments, "--lang", "zh") if arguments[-1] != "-o" else run("--lang", "zh", *arguments)
    assert chinese.code == 2
    if "fr" not in arguments:
        assert chinese.err.startswith("用法：reportparse")


def test_without_arguments_there_is_short_help(run: Run) -> None:
    done = run()
    assert english_usage(done)
    assert "--help" in done.err
    assert len(done.err.splitlines()) < 5


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_is_in_both_languages(run: Run, arguments: list[str]) -> None:
    english, chinese = run(*arguments), run(*arguments, "--lang=zh")
    assert english.code == chinese.code == 0
    assert english.err == chinese.err == ""
    assert english.out.startswith("usage: reportparse")
    assert chinese.out.startswith("用法：reportparse")
    assert english.out.isascii() or not any("一" <= c <= "鿿" for c in english.out)


def test_help_names_every_command_and_shows_examples(run: Run) -> None:
    text = run("--help").out
    for word in (*COMMANDS, "examples:", "exit codes:", "completion bash", "./text", "--strict", "--encoding"):
        assert word in text


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"reportparse {reportparse.__version__}\n", "")


# --- language ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "zh_TW"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.GB18030"}, True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}, True),
        pytest.param({}, False, marks=POSIX),
    ],
    ids=str,
)
def test_messages_are_in_the_language_of_the_locale(
    run: Run, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], chinese: bool
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("没有这个文件" in run("no.txt").err) is chinese
    assert ("条事实" in run(REPORT).err) is chinese
    assert "no such file" in run("no.txt", "--lang", "en").err
    assert "没有这个文件" in run("--lang=zh", "no.txt").err


def test_the_language_of_the_reader_is_not_in_the_output(run: Run) -> None:
    assert run(REPORT, "no.txt", "--lang", "zh").out == run(REPORT, "no.txt", "--lang", "en").out


@POSIX
def test_a_file_name_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    name = "\x1b[31m红\r\n\u202e.txt"
    shutil.copy(REPORT, tmp_path / name)
    done = run(tmp_path / name)
    assert done.objects[0]["source"]["name"] == name
    assert done.err.startswith("\\x1b[31m红\\r\\n\\u202e.txt: ")
    assert done.err.count("\n") == 1
    missing = run(tmp_path / f"no{name}", f"--{name}")
    assert "\x1b" not in missing.err
    assert "\x1b" not in run(tmp_path / f"no{name}").err


@POSIX
def test_a_name_that_is_no_unicode_is_no_obstacle(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xb1\xa8.txt"
    try:
        with open(name, "wb") as file:
            file.write(REPORT.read_bytes())
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    for path in (name, name + b"x"):
        done = subprocess.run([*map(os.fsencode, command()), path], capture_output=True, env=environ(), check=False)
        assert done.returncode == (0 if path == name else 3)
        assert b"Traceback" not in done.stderr
        assert json.loads(done.stdout)["source"]["name"].startswith("\ufffd\ufffd.txt")


# --- the other commands -----------------------------------------------------------------------------------------


def test_text_is_what_all_positions_count_in(run: Run, tmp_path: Path, stdin: Callable[[bytes], None]) -> None:
    text = REPORT.read_text(encoding="utf-8").replace("\n", "\r\n") + "末\f\u2028"
    file = tmp_path / "r.txt"
    file.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    done = process("text", file, PYTHONIOENCODING="gbk")
    assert (done.returncode, done.stdout, done.stderr) == (0, text.encode(), b"")
    for fact in json.loads(process(file).stdout)["facts"]:
        if fact["span"]:
            assert done.stdout.decode()[slice(*fact["span"])] == fact["quote"]
    stdin(text.encode("gb18030"))
    assert process("text", "-", "--encoding", "gb18030", stdin=text.encode("gb18030")).stdout == text.encode()


def test_text_fails_as_parsing_does(run: Run, tmp_path: Path) -> None:
    done = run("text", tmp_path / "no.txt")
    assert (done.code, done.out) == (3, "")
    assert "RP-READ-001" in done.err


PDF = CORPUS / "pdf" / "sc-2023-archives.libreoffice.pdf"
TABLES = CORPUS / "pdf" / "yn-2023-seedlings.libreoffice.pdf"


def rows(done: Ended) -> list[tuple[int, str, str]]:
    assert done.code == 0
    found = []
    for line in done.out.removesuffix("\n").split("\n"):
        page, kind, span, words = line.split("\t")
        start, end = map(int, span.split("-"))
        assert start < end
        found.append((int(page), kind, words))
    return found


def test_layout_lists_every_block_and_what_was_taken_out(run: Run) -> None:
    found = rows(run("layout", PDF))
    assert found[0] == (1, "furniture", "某县财政局绩效评价材料")
    assert (1, "cover", "2023年度部门整体支出绩效自评报告") in found
    assert (1, "heading", "（一）机构组成") in found
    assert (1, "furniture", "─ 1 ─") in found
    assert any(kind == "paragraph" and words.startswith("1.贯彻") for _, kind, words in found)
    # The headings are those of the report, and no other line is one.
    report = parse(PDF)
    titles = [f"{section.number or ''}{section.title}" for section in report.sections]
    assert [words.rstrip("：") for _, kind, words in found if kind == "heading"] == [t.rstrip("：") for t in titles]
    assert rows(run("layout", PDF, "--page", "2")) == [row for row in found if row[0] == 2]


def test_layout_of_plain_text(run: Run) -> None:
    assert (1, "heading", "（一）机构组成") in rows(run("layout", REPORT))


def test_layout_shows_a_heading_that_shares_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    text = "一、概况\n本局有在职人员12人。\n二、收支情况\n（一）收入情况。收入总计12.50万元。\n（二）支出情况。支出总计12.50万元。\n"
    file.write_text(text, encoding="utf-8")
    kinds = {words[:3]: kind for _, kind, words in rows(run("layout", file))}
    assert kinds == {
        "一、概": "heading",
        "本局有": "paragraph",
        "二、收": "heading",
        "（一）": "run-in",
        "（二）": "run-in",
    }


@pytest.mark.parametrize("file", [PDF, TABLES])
def test_layout_draws_a_page(run: Run, tmp_path: Path, file: Path) -> None:
    picture = tmp_path / "page.png"
    assert run("layout", file, "--page", "3", "-o", picture) == (0, "", "")
    with Image.open(picture) as drawn:
        assert drawn.format == "PNG"
        assert drawn.size == pytest.approx((2 * 595, 2 * 842), abs=4)
        colours = {colour for _, colour in drawn.convert("RGB").getcolors(1 << 24) or ()}
    assert (32, 80, 200) in colours  # the frame of a heading
    assert ((200, 140, 0) in colours) == (file == TABLES)  # that of a cell


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "page.png"), "-o needs --page"),
        (("--page", "99"), "it has 5 pages"),
        (("--page", "0"), "--page"),
        (("--page", "1", "-o", "page.png", "--pdf-engine", "word"), "--pdf-engine"),
    ],
)
def test_layout_says_how_it_is_used(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("layout", PDF, *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_layout_draws_pdf_pages_only(run: Run, tmp_path: Path) -> None:
    done = run("layout", REPORT, "--page", "1", "-o", tmp_path / "page.png")
    assert (done.code, done.out) == (2, "")
    assert "only pages of a PDF" in done.err
    assert not (tmp_path / "page.png").exists()


def test_layout_fails_as_parsing_does(run: Run, tmp_path: Path) -> None:
    done = run("layout", tmp_path / "no.pdf")
    assert (done.code, done.out) == (3, "")
    assert "RP-READ-001" in done.err


def test_either_engine_can_read_a_pdf(run: Run) -> None:
    (ours,) = run(PDF).objects
    (other,) = run(PDF, "--pdf-engine", "pdfplumber").objects
    assert "pdfium" in ours["source"]["reader_version"]
    assert "pdfplumber" in other["source"]["reader_version"]
    assert ours["report"] == other["report"]


def test_cells_are_given_to_who_asks(run: Run) -> None:
    (without,) = run(TABLES).objects
    (found,) = run(TABLES, "--cells").objects
    assert [table["cells"] for table in without["tables"]] == [None for _ in found["tables"]]
    text = run("text", TABLES).out
    tables = [[text[slice(*cell["span"])] for cell in table["cells"]] for table in found["tables"]]
    assert [cells[:3] for cells in tables] == [
        ["项目名称", "年初预算数", "执行数"],
        ["一级指标", "二级指标", "三级指标"],
    ]
    for table in found["tables"]:
        for cell in table["cells"]:
            page, x0, top, x1, bottom = cell["box"]
            assert page == cell["page"]
            assert page in (3, 4)
            assert 0 < x0 < x1 < 595
            assert 0 < top < bottom < 842


def test_pages_that_cannot_be_read_are_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(pdf(lines(), picture(), lines()))
    done = run(file)
    assert done.code == 0
    assert "no text could be read on page 2" in done.err
    assert [page["page"] for page in done.objects[0]["source"]["unread_pages"]] == [2]


def test_schema_is_a_schema(run: Run) -> None:
    done = run("schema")
    assert done.code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(done.out))
    assert json.loads(done.out) == json_schema(Report)


WRONG = CORPUS / "bu-shengsi-fishing-culture.txt"
"""A report in which one number of a table has two digits swapped."""


def test_check_lists_what_does_not_add_up_worst_first_with_places(run: Run) -> None:
    done = run("check", REPORT, WRONG)
    assert done.code == 0
    assert done.err == ""
    heads = [line for line in done.out.splitlines() if not line.startswith(" ")]
    assert [head.partition(" [")[0] for head in heads] == [WRONG.name, REPORT.name]
    assert heads[0].partition(": ")[0].endswith(" [cn.budget]")
    assert "2 inconsistent" in heads[0]
    assert "30.83 → 30.38" in done.out
    text = WRONG.read_text(encoding="utf-8")
    assert f"30.38万元 p. 1 {text.index('30.38万元')}-{text.index('30.38万元') + 7}" in done.out
    assert ": consistent" not in done.out
    assert ": consistent" in run("check", WRONG, "--all").out


def test_check_speaks_chinese(run: Run) -> None:
    done = run("check", WRONG, "--lang", "zh")
    assert "不符 RP-SUM-001" in done.out
    assert "数字对调" in done.out


@pytest.mark.parametrize(
    ("options", "checks"),
    [
        ((), {"sum", "prose_table"}),
        (("--only", "sum"), {"sum"}),
        (("--only", "RP-SUM-001"), {"sum"}),
        (("--only", "RP-SAME"), {"prose_table"}),
        (("--only", "rp-sum-001"), {"sum"}),
        (("--only", "不符", "--ignore", "prose_table"), {"sum"}),
        (("--ignore", "sum"), {"prose_table"}),
        (("--ignore", "sum", "--ignore", "RP-SAME-002"), set()),
        (("--only", "sum", "--ignore", "inconsistent"), set()),
        (("--only", "posts"), set()),
    ],
)
def test_check_can_be_told_what_to_look_at(run: Run, options: tuple[str, ...], checks: set[str]) -> None:
    done = run("check", WRONG, "--json", "--strict", *options)
    first, last = (json.loads(line) for line in done.out.splitlines())
    failed = [finding for finding in first["findings"] if finding["outcome"] == "inconsistent"]
    assert {finding["check"] for finding in failed} == checks
    assert done.code == int(bool(checks))
    assert last == {"across": []}
    cited = {fact["id"] for fact in first["facts"]}
    assert cited == {id for finding in first["findings"] for id in finding["facts"]}


def test_check_of_a_folder_lays_its_reports_beside_one_another(run: Run, tmp_path: Path) -> None:
    account = "安远市水利局{}年度部门决算\n一、收入支出决算总体情况\n{}年度本年收入合计9.00万元，本年支出合计8.00万元，年初结转和结余{}万元，年末结转和结余{}万元。\n"
    (tmp_path / "below").mkdir()
    (tmp_path / "2023.txt").write_text(account.format(2023, 2023, "1.00", "2.00"), encoding="utf-8")
    (tmp_path / "below" / "2024.txt").write_text(account.format(2024, 2024, "2.50", "3.50"), encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "notes.xyz").write_bytes(b"x")
    (tmp_path / ".hidden.txt").write_bytes(b"x")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "packed.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    done = run("check", tmp_path)
    assert done.code == 4
    assert "broken.pdf: RP-READ-012" in done.err
    assert "old.doc: RP-READ-009" in done.err
    assert "other files, left alone: .xyz 1, .zip 1" in done.err
    assert "between the reports: 1 inconsistent" in done.out
    assert "2023.txt" in done.out
    assert "below/2024.txt" in done.out


@pytest.mark.parametrize(
    ("word", "said"),
    [("chekc", "is the command check meant?"), ("parse", "without a command"), ("archive", ""), ("chekc.txt", "")],
)
def test_a_word_that_is_nearly_a_command_is_told_so(run: Run, word: str, said: str) -> None:
    done = run(word)
    assert done.code == 3
    assert f"{word}: RP-READ-001: no such file{'; ' if said else chr(10)}" in done.err
    assert said in done.err


def test_concepts_are_looked_up_by_their_chinese_names(run: Run) -> None:
    done = run("packs", "terms", "政府采购")
    assert done.code == 0
    assert "    procurement.total " in done.out
    assert "revenue." not in done.out
    assert run("packs", "terms", "没有的指标").code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right")
def test_check_passes_nothing_over_in_silence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to("nowhere.txt")
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(0)
    done = run("check", tmp_path)
    assert done.code == 4 if os.geteuid() else 3
    assert "gone.txt: RP-READ-001" in done.err
    if os.geteuid():  # an administrator may look into any folder
        assert "closed: RP-READ-002" in done.err
    (tmp_path / "closed").chmod(0o700)


def test_check_says_what_it_cannot_do(run: Run, tmp_path: Path) -> None:
    assert run("check", tmp_path).code == 2
    assert run("check", tmp_path / "no.txt").code == 3
    done = run("check", WRONG, "--only", "RP-NOTHING")
    assert done.code == 2
    assert "there is no such check: RP-NOTHING; there are: inconsistent " in done.err


@POSIX
def test_check_of_a_name_that_is_no_text_loses_nothing(run: Run, tmp_path: Path) -> None:
    for name in (b"a\xff.txt", b"b.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(WRONG.read_bytes())
    done = run("check", "--json", tmp_path)
    assert done.code == 0
    names = [json.loads(line)["source"]["name"] for line in done.out.splitlines()[:-1]]
    assert len(names) == 2
    assert names[1] == "b.txt"


def test_packs_are_listed(run: Run) -> None:
    lines = run("packs", "list").out.splitlines()
    assert any(
        line.split() == ["cn-51.overall_performance", "1", "extends", "cn.overall_performance"] for line in lines
    )
    rows = {row["id"]: row for row in json.loads(run("packs", "list", "--json").out)}
    assert rows["cn"]["extends"] is None
    assert "revenue.total" in rows["cn-51.overall_performance"]["expects"]


@pytest.mark.parametrize("lang", [("--lang", "zh"), ("--lang=zh",)])
def test_the_language_may_stand_before_the_command(run: Run, lang: tuple[str, ...]) -> None:
    assert run(*lang, "text", REPORT) == run("text", *lang, REPORT)
    assert run(*lang, "check", REPORT) == run("check", *lang, REPORT)
    assert run(*lang).code == 2
    assert run(*lang, REPORT, "-q").out == run(REPORT, "-q").out


def test_options_may_stand_before_the_command(run: Run, tmp_path: Path) -> None:
    assert run("--encoding", "utf-8", "text", REPORT) == run("text", "--encoding", "utf-8", REPORT)
    assert run("--encoding=utf-8", "--lang", "en", "check", REPORT) == run("check", "--lang", "en", REPORT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(Path(REPORT).read_bytes())
    assert run("-q", "--workers", "1", "-o", tmp_path / "batch", "batch", tmp_path / "in").code == 0
    assert (tmp_path / "batch" / "reports.jsonl").is_file()
    # What an option takes is no command, and what stands behind a file is none either.
    assert run("-q", "-o", tmp_path / "check", REPORT).code == 0
    assert run(REPORT, "check").code == 4


def test_a_file_that_may_not_be_written_is_not_replaced(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("kept", encoding="utf-8")
    kept.chmod(0o444)
    done = run(REPORT, "-o", kept)
    assert (done.code, kept.read_text(encoding="utf-8")) == (2, "kept")
    assert "RP-WRITE-001" in done.err


def test_a_pack_that_is_added_and_not_used_is_told(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "my.toml"
    pack.write_text(PACK, encoding="utf-8")
    assert "no part was read by pack cn-99.overall_performance" in run(REPORT, "--packs", pack).err
    assert "没有用上规则包 cn-99.overall_performance" in run(REPORT, "--packs", pack, "--lang", "zh").err
    report = tmp_path / "report.txt"
    report.write_text("某中心2024年度部门整体支出绩效自评报告\n一、钱从哪里来\n2024年，进账9万元。\n", encoding="utf-8")
    pack.write_text(PACK.replace('version = "7"', 'version = "7"\napplies = { title = "绩效自评" }'), encoding="utf-8")
    done = run(report, "--packs", pack)
    assert [fact["key"] for fact in done.objects[0]["facts"] if fact["quote"] == "9万元"] == [
        "revenue.total{period=2024}"
    ]
    assert "no part was read" not in done.err


def test_a_pack_is_shown_with_what_it_extends(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "my.toml"
    pack.write_text(PACK, encoding="utf-8")
    text = run("packs", "show", "cn-99.overall_performance", "--packs", pack).out
    assert "my.toml" in text
    assert "heading  钱从哪里来    (cn-99.overall_performance)" in text
    assert "revenue.total  进账    (cn-99.overall_performance)" in text
    assert "(cn)" in text
    resolved = json.loads(run("packs", "show", "cn-99.overall_performance", "--packs", pack, "--json").out)
    assert [rules["id"] for rules in resolved["chain"]] == ["cn-99.overall_performance", "cn.overall_performance", "cn"]
    income = next(section for section in resolved["sections"] if section["role"] == "fin.income")
    assert income["headings"][0] == {"pattern": "钱从哪里来", "pack": "cn-99.overall_performance"}
    assert income["fields"][0]["labels"] == ["进账"]
    assert {field["pack"] for field in income["fields"]} >= {"cn-99.overall_performance", "cn"}
    assert run("packs", "show", pack, "--json").out == json.dumps(resolved, ensure_ascii=False, indent=2) + "\n"


def test_the_examples_of_packs_are_run(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "my.toml"
    pack.write_text(PACK, encoding="utf-8")
    assert run("packs", "test", pack) == (0, "1 example of 1 pack: ok\n", "")
    assert run("packs", "test", pack, "--lang", "zh").out == "1 个规则包的 1 个示例：正常\n"
    pack.write_text(PACK.replace("'3头'", "'4头'"), encoding="utf-8")
    done = run("packs", "test", pack)
    assert done.code == 2
    assert "my.toml: RP-PACK-013" in done.out
    assert done.out.splitlines()[-1].endswith("problems")


def test_packs_are_linted(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "my.toml"
    pack.write_text(PACK, encoding="utf-8")
    assert run("packs", "lint", pack) == (0, "1 pack: ok\n", "")
    pack.write_text(PACK.replace("'进账'", "'进账', '(?:进+)+账'"), encoding="utf-8")
    assert run("packs", "lint", pack).code == 2


def test_a_pack_of_the_users_own_takes_part(run: Run, tmp_path: Path) -> None:
    file, pack = tmp_path / "r.txt", tmp_path / "my.toml"
    file.write_text("某县公园2023年部门整体支出绩效自评报告\n\n一、钱从哪里来\n2023年进账9万元。\n", encoding="utf-8")
    pack.write_text(
        PACK.replace("cn-99.", "cn.").replace(".overall_performance", ".overall_performance.2023", 1), encoding="utf-8"
    )
    assert parse(file).get("revenue.total") is None
    done = run(file, "--packs", pack)
    assert done.code == 0
    pack.write_text(PACK.replace("cn-99.overall", "cn.overall", 1).replace('"7"', "7"), encoding="utf-8")
    assert run(file, "--packs", pack).code == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("[pack]", "[pack"), "RP-PACK-001"),
        (("labels", "lables"), "RP-PACK-002"),
        (("revenue.total\"", "revenue.totl\""), "RP-PACK-003"),
        (("'进账'", "'进账('"), "RP-PACK-004"),
        (("cn.overall_performance", "cn.nothing"), "RP-PACK-005"),
        (("cn-99.overall_performance", "cn"), "RP-PACK-007"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_broken_pack_ends_with_2_and_points(run: Run, tmp_path: Path, change: tuple[str, str], code: str) -> None:
    pack = tmp_path / "my.toml"
    pack.write_text(PACK.replace(*change, 1), encoding="utf-8")
    for arguments in ([REPORT, "--packs", pack], ["packs", "list", "--packs", pack]):
        done = run(*arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("my.toml:")
        assert code in done.err
    if code not in ("RP-PACK-005", "RP-PACK-007"):
        assert code in run("packs", "lint", pack).err


def test_a_pack_that_is_not_there_ends_with_2(run: Run, tmp_path: Path) -> None:
    for arguments in (
        [REPORT, "--packs", tmp_path / "no.toml"],
        ["packs", "show", "cn-98"],
        ["packs", "test", tmp_path / "no.toml"],
        ["packs", "lint", tmp_path],
    ):
        done = run(*arguments)
        assert (done.code, done.out) == (2, "")
        assert "RP-PACK-006" in done.err


# --- completion -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_for_this_program(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.code == 0
    assert "reportparse" in done.out
    assert "_ARGCOMPLETE" in done.out
    interpreter = shutil.which("bash" if shell == "zsh" else shell)
    if interpreter is not None:
        checked = subprocess.run([interpreter, "-n"], input=done.out, text=True, capture_output=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("reportparse te", {"text "}),
        ("reportparse --pl", {"--plain "}),
        ("reportparse sch x", set()),
        ("reportparse x --lang ", {"zh", "en"}),
        ("reportparse x --encoding g", {"gb18030 "}),
        ("reportparse text --enc", {"--encoding "}),
        ("reportparse text fi", {"file.txt "}),
        ("reportparse fi", {"file.txt "}),
        ("reportparse packs l", {"list", "lint"}),
        ("reportparse packs show cn-51", {"cn-51.overall_performance "}),
        ("reportparse completion ", {"bash", "zsh", "fish"}),
        ("reportparse schema --l", {"--lang "}),
    ],
)
@POSIX
def test_tab_offers_commands_options_and_files(tmp_path: Path, line: str, offered: set[str]) -> None:
    (tmp_path / "file.txt").write_text("x")
    answer = tmp_path / "answer"
    process_environment = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_SHELL": "bash",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    done = subprocess.run(
        command(), env=environ(**process_environment), cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    found = answer.read_text()
    assert {word for word in found.split("\x0b") if word} == offered


# --- the process ------------------------------------------------------------------------------------------------


def test_output_is_utf_8_with_plain_newlines_whatever_the_locale() -> None:
    expected = (parse(REPORT).to_json() + "\n").encode()
    for environment in ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "gbk"}):
        done = process(REPORT, **environment)
        assert (done.returncode, done.stdout) == (0, expected)
    assert process("--help", "--lang", "zh", LC_ALL="C", PYTHONIOENCODING="ascii").stdout.startswith("用法".encode())
    assert process("no.txt", "--lang", "zh", LC_ALL="C", PYTHONIOENCODING="ascii").returncode == 3


def test_standard_input_of_a_process() -> None:
    done = process("-", stdin=REPORT.read_bytes())
    assert done.returncode == 0
    assert json.loads(done.stdout)["source"]["name"] == "<stdin>"
    assert process("-").returncode == 3


@POSIX
def test_a_reader_that_goes_away_is_no_error() -> None:
    many = [REPORT] * 60  # more than any pipe holds
    with subprocess.Popen(command(*many), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ()) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        said = child.stderr.read()
    assert child.returncode == 141
    assert b"Traceback" not in said
    assert b"BrokenPipe" not in said


@POSIX
def test_an_interruption_is_no_traceback(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    # A shell in the background has its children ignore the signal, and they hand that on.
    with subprocess.Popen(
        command("-", "-o", target),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as child:
        assert child.stderr is not None
        deadline = time.monotonic() + 30
        while not os.listdir(tmp_path) and time.monotonic() < deadline:
            time.sleep(0.02)
        child.send_signal(signal.SIGINT)
        said = child.stderr.read()
        assert child.wait(30) == 130
    assert said == b""
    assert os.listdir(tmp_path) == []


@POSIX
def test_an_output_that_takes_nothing_is_said_once() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command(REPORT, "-q"), stdout=full, stderr=subprocess.PIPE, env=environ(), check=False)
    assert (done.returncode, done.stderr) == (2, b"RP-WRITE-001: cannot write <stdout> (ENOSPC)\n")


@POSIX
def test_closed_streams_are_no_traceback() -> None:
    for shell, code in ((">&-", 2), ("2>&-", 0), ("<&-", 0)):
        line = f'exec "$@" {shell}'
        done = subprocess.run(
            ["bash", "-c", line, "-", *command(REPORT)], capture_output=True, env=environ(), check=False
        )
        assert done.returncode == code
        assert b"Traceback" not in done.stderr


def test_a_plain_run_loads_no_encoder_it_can_do_without() -> None:
    code = (
        "import sys\nfrom reportparse.cli import main\nmain(sys.argv[1:])\n"
        "sys.stderr.write(' '.join({'msgspec', 'pydantic', 'argcomplete', 'tempfile'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-q", str(REPORT)], capture_output=True, env=environ(), check=False
    )
    assert done.returncode == 0
    assert b"msgspec" not in done.stderr
    assert b"pydantic" not in done.stderr
    assert b"argcomplete" not in done.stderr


@pytest.mark.parametrize("command", [["layout"], ["text"], []])
def test_what_nobody_foresaw_is_told_in_a_line(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.delenv("REPORTPARSE_DEBUG", raising=False)
    for module in ("layout", "text", "parse"):
        imported = importlib.import_module(f"reportparse.cli.{module}")
        for name in ("read", "parse"):
            if hasattr(imported, name):
                monkeypatch.setattr(imported, name, broken)
    assert main([*command, str(CORPUS / "sc-2023-archives.txt")]) == 3
    told = capsys.readouterr().err
    assert "RP-INTERNAL-001" in told
    assert "ZeroDivisionError" in told
    assert "Traceback" not in told
