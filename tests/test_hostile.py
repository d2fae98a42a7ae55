"""Files made to harm who reads them: each ends in time, in bounded memory, with a code or a report.

What is here has no other place: archives are in ``test_archives.py``, DOCX in ``test_readers_docx.py``, pages in
``test_review.py`` and ``test_overview.py``. ``SECURITY.md`` says which case is where.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reportparse import parse
from reportparse.cli import main
from reportparse.errors import PackError, ReadError
from reportparse.export.csvs import plain
from reportparse.packs import load_packs
from reportparse.patterns import Searcher, compile_pattern
from reportparse.readers import read

ROOT = Path(__file__).resolve().parent.parent
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux holds a process to its memory")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")


# --- PDF ---------------------------------------------------------------------------------------------------------

SHOWN = b"BT /F 12 Tf 90 740 Td (Total 1234.56 for the year 2024 and so on) Tj ET\n"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(data: bytes, entries: bytes = b"", times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = b"/FlateDecode" * times
    return b"<<%s/Filter[%s]/Length %d>>stream\n%s\nendstream" % (entries, filters, len(data), data)


def pdf(objects: Mapping[int, bytes], content: bytes = SHOWN, times: int = 1, resources: bytes = b"") -> bytes:
    """A PDF of one page, with ``objects`` beside or instead of its own."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
    whole = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page % resources,
        4: stream(content, times=times),
        5: FONT,
        **objects,
    }
    made, places = bytearray(b"%PDF-1.4\n"), {}
    for number, body in whole.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at, count = len(made), max(whole) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n" % count
    made += b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, count))
    made += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, at)
    return bytes(made)


def form(inside: bytes, names: bytes = b"") -> bytes:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 600 850]/Resources<</XObject<<%s>>/Font<</F 5 0 R>>>>"
    return stream(inside, entries % names)


def text_or_code(data: bytes, engine: str) -> str:
    try:
        return read(data, pdf_engine=engine).text
    except ReadError as error:
        return error.code


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize(
    "data",
    [
        pdf({2: b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>"}),
        pdf({2: b"<</Type/Pages/Kids[6 0 R 3 0 R]/Count 3>>", 6: b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"}),
        pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"}),
        pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count -1>>"}),
        pdf({6: form(b"/X Do " + SHOWN, b"/X 6 0 R")}, b"/X Do " + SHOWN, resources=b"/XObject<</X 6 0 R>>"),
        pdf({}).replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % pdf({}).find(b"xref\n0")),
        pdf({6: b"[" * 200_000}),
        pdf(dict.fromkeys(range(6, 100_000), b"null")),
    ],
    ids=["tree", "tree of two", "count", "count below", "form", "tables", "brackets", "objects"],
)
def test_what_goes_round_in_a_pdf_or_is_there_by_the_million_comes_to_an_end(data: bytes, engine: str) -> None:
    assert "1234.56" in text_or_code(data, engine) or "RP-READ-012" in text_or_code(data, engine)


def test_a_page_that_is_there_many_times_is_not_read_so_often() -> None:
    data = pdf({2: b"<</Type/Pages/Kids[%s]/Count 20001>>" % (b"3 0 R " * 20_001)})
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == "RP-READ-006"


@LINUX
@pytest.mark.parametrize(
    "data",
    [
        pdf({}, SHOWN + b" " * 300_000_000, times=3),
        pdf({}, SHOWN + b"q " * 10_000_000),
        pdf({6: form(b"/Y Do " * 9, b"/Y 7 0 R"), 7: form(b"/X Do " * 9, b"/X 6 0 R")}, b"/X Do", resources=b"/XObject<</X 6 0 R>>"),
    ],
    ids=["inflates", "states", "forms"],
)  # fmt: skip
def test_a_pdf_that_takes_all_memory_gets_some_and_is_told(data: bytes, tmp_path: Path) -> None:
    """A library in C aborts: who runs the command gets the code all the same."""
    assert len(data) < 30_000
    (tmp_path / "a.pdf").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "reportparse", str(tmp_path / "a.pdf"), "--lang", "en"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "REPORTPARSE_MEMORY": "150"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 3
    assert b"RP-READ-017: takes more memory" in done.stderr
    assert b"Traceback" not in done.stderr


def test_too_little_memory_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def hungry(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("reportparse.cli.parse.parse", hungry)
    (tmp_path / "a.txt").write_text("收入12万元", encoding="utf-8")
    assert main([str(tmp_path / "a.txt"), "--lang", "zh"]) == 3
    told = capsys.readouterr()
    assert "RP-READ-017" in told.out
    assert "REPORTPARSE_MEMORY" in told.err


# --- HTML --------------------------------------------------------------------------------------------------------


def test_an_element_of_very_many_attributes_is_refused_before_it_is_parsed() -> None:
    names = " ".join(f"a{k}=1" for k in range(100_000))
    for tag in (f"<p {names}>", f'<p title="a>b" {names}>', f"<p a=' {names}>"):
        with pytest.raises(ReadError) as caught:
            read(f"<html><body>{tag}收入12万元</p></body></html>".encode())
        assert caught.value.code == "RP-READ-012"
    picture = "<html><body><img src='data:image/png;base64," + "a = b " * 100_000 + "'>收入12万元</body></html>"
    assert "12万元" in read(picture.encode()).text


def test_entities_and_places_elsewhere_are_not_looked_up(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    address = (tmp_path / "secret.txt").as_uri()
    laughs = "".join(f'<!ENTITY a{k + 1} "{f"&a{k};" * 10}">' for k in range(12))
    page = (
        f'<!DOCTYPE html [<!ENTITY a0 "哈"><!ENTITY x SYSTEM "{address}">{laughs}]><html><body><p>收入12万元&a12;&x;'
        f'<xi:include href="{address}" parse="text"/><iframe src="{address}"></iframe></p></body></html>'
    )
    text = read(page.encode()).text
    assert "秘密" not in text
    assert len(text) < 2000


# --- DOCX --------------------------------------------------------------------------------------------------------


def test_a_part_elsewhere_is_not_opened() -> None:
    pytest.importorskip("docx")
    from test_readers_docx import members_of, p, package, relationships, zipped

    for target in ("../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "C:\\Windows\\win.ini"):
        members = members_of(package(p("正文"), styles="")) | {
            "word/_rels/document.xml.rels": relationships({"styles": target, "numbering": "document.xml"})
        }
        assert read(zipped(members)).text == "正文\n"
        with pytest.raises(ReadError) as caught:
            read(zipped(members | {"_rels/.rels": relationships({"officeDocument": target})}))
        assert caught.value.code == "RP-READ-012"


def test_the_number_of_a_list_is_bounded() -> None:
    pytest.importorskip("docx")
    from test_readers_docx import item, level, numbering, package

    data = package(item("甲") * 20, numbering=numbering(level(0, "decimal", "%1" * 20_000)))
    assert len(read(data).text) < 20 * 600


# --- texts -------------------------------------------------------------------------------------------------------

HEAD = "某市教育局2024年度部门决算公开\n一、收入支出决算总体情况说明\n"


@pytest.mark.parametrize(
    ("units", "whole"),
    [
        ("2024年本年收入合计1234.56万元，", ""),
        ("其中：基本支出12.5万元。", ""),
        ("占12.5%，", ""),
        ("减少-1.2万元，", ""),
        ("合计10万元，其中：甲2万元、乙3万元、丙5万元；", ""),
        ("比上年增加1.2万元，增长3.4%，", ""),
        ("（含工资1万元", ""),
    ],
)
def test_the_time_for_one_line_grows_with_its_length(units: str, whole: str) -> None:
    def seconds(characters: int) -> float:
        data = (HEAD + units * (characters // len(units))).encode()
        begin = time.process_time()
        parse(data)
        return time.process_time() - begin

    seconds(1000)
    assert seconds(64_000) < 24 * max(seconds(8000), 0.04)


@pytest.mark.parametrize(
    "long",
    ["1" * 1_000_000, "1," * 50_000, "0." + "0" * 1_000_000, "一百二十三万" * 100_000, "亿" * 500_000, "（" * 200_000, "." * 1_000_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_a_run_of_a_million_characters_is_read(long: str) -> None:
    report = parse(f"{HEAD}本年收入合计{long}万元。\n支出合计12.5万元。\n".encode())
    text = read(f"{HEAD}本年收入合计{long}万元。\n支出合计12.5万元。\n".encode()).text
    assert all(fact.span is None or text[slice(*fact.span)] == fact.quote for fact in report.facts)
    assert any(fact.quote == "12.5万元" for fact in (*report.facts, *report.unclaimed))


def test_magnitudes_that_stand_one_behind_the_other() -> None:
    report = parse(f"{HEAD}本年收入合计2千亿亿亿亿元。\n".encode())
    assert report.facts


# --- packs -------------------------------------------------------------------------------------------------------

PACK = """\
[pack]
id = "cn.final_accounts.2024"
version = "1"
extends = "cn.final_accounts"
%s
[pack.applies]
title = "决算"

[[anywhere.field]]
concept = "revenue.current"
labels = [%s]
"""


def load(tmp_path: Path, text: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    load_packs([tmp_path / "own.toml"])


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(" * 5000 + ")" * 5000, "nested more than"),
        ("(?:" * 300 + "a" + ")*" * 300, "nested more than"),
        ("a{999999999}", "counts beyond"),
        ("a{0,99999999999999999999}", "counts beyond"),
        ("[[a]", "nested set"),
        ("[a--b]", "set difference"),
        ("a(?i)b", "global flags"),
        ("(?i)ab", "global flags"),
        ("(?<=a*)b", "look-behind"),
    ],
    ids=range(9),
)
def test_a_pattern_that_no_engine_should_compile(tmp_path: Path, pattern: str, said: str) -> None:
    with pytest.raises(PackError) as caught:
        load(tmp_path, PACK % ("", f"'{pattern}'"))
    assert caught.value.code == "RP-PACK-004"
    assert said in caught.value.reason_en


@pytest.mark.parametrize(
    "text",
    [
        ".".join("a" * 20_000) + " = 1\n",
        "[" + ".".join("a" * 20_000) + "]\n",
        '"a" . ' * 20_000 + "b = 1\n",
        "a = " + "[" * 100_000,
        PACK % ("x = " + "9" * 10_000, "'甲'"),
        "# " + "x" * (1 << 20),
    ],
    ids=["key", "table", "quoted", "brackets", "digits", "size"],
)
def test_toml_that_costs_more_than_a_pack_does(tmp_path: Path, text: str) -> None:
    with pytest.raises(PackError) as caught:
        load(tmp_path, text)
    assert caught.value.code == "RP-PACK-001"


@pytest.mark.parametrize("parent", ["../../etc/passwd", "/etc/passwd", "cn/../cn", "file:///etc/passwd"])
def test_what_a_pack_extends_is_a_name_and_no_path(tmp_path: Path, parent: str) -> None:
    with pytest.raises(PackError) as caught:
        load(tmp_path, (PACK % ("", "'甲'")).replace('cn.final_accounts"\n', f'{parent}"\n'))
    assert caught.value.code == "RP-PACK-005"


ENDLESS = "(?:(?:a{1,500}){1,500}){1,500}b"


@pytest.mark.parametrize(
    "ask",
    [
        lambda pattern: pattern.search("a" * 5000),
        lambda pattern: pattern.search("收" + "a" * 5000, 1, 4000),
        lambda pattern: pattern.match("a" * 5000),
        lambda pattern: list(pattern.finditer("a" * 5000)),
    ],
    ids=["search", "search in a part", "match", "all"],
)
def test_a_pattern_of_a_users_own_is_stopped_however_it_is_asked(ask: Callable[[object], object]) -> None:
    with pytest.raises(PackError) as caught:
        ask(compile_pattern(ENDLESS, trusted=False))
    assert caught.value.code == "RP-PACK-008"


def test_searches_that_are_slow_one_by_one_are_stopped_together(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10**6))
    monkeypatch.setattr("reportparse.patterns.time.perf_counter", lambda: next(clock) * 0.2)
    pattern = compile_pattern("甲", trusted=False)
    for _ in range(24):  # of 0.2 seconds each
        pattern.search("乙")
    with pytest.raises(PackError) as caught:
        list(map(pattern.search, "乙乙"))
    assert caught.value.code == "RP-PACK-008"


def test_rules_for_names_and_words_have_the_limit_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They go another way through the text than those for numbers do."""
    asked: list[tuple[str, bool]] = []

    def compiled(source: str, trusted: bool) -> Searcher:
        asked.append((source, trusted))
        return compile_pattern(source, trusted)

    monkeypatch.setattr("reportparse.bindtext.compile_pattern", compiled)
    (tmp_path / "own.toml").write_text(
        (PACK % ("", "'某某甲乙'")).replace(
            'concept = "revenue.current"', 'concept = "organisation.internal_bodies"\ntake = "names"'
        ),
        encoding="utf-8",
    )
    report = f"{HEAD}内设机构3个。\n二、存在的问题\n（一）预算编制不细。\n三、绩效\n完成率指标值95%，实际完成90%，原因是下雨。\n"
    parse(report.encode(), packs=load_packs([tmp_path / "own.toml"]))
    assert ("(?:某某甲乙)", False) in asked


# --- what is written ---------------------------------------------------------------------------------------------


def test_every_test_that_the_page_on_security_names_is_there() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", page)
    assert len(named) > 30
    missing = [
        (file, name)
        for file, name in named
        if f"def {name}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]
    assert missing == []


@pytest.mark.parametrize("begin", list("=+-@\t\r\n＝＋－＠"))
def test_no_text_in_a_table_is_a_formula(begin: str, tmp_path: Path) -> None:
    text = f'{begin}HYPERLINK("http://x.cn","开")'
    assert plain(text) == f"'{text}"
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([plain(text), "1"])
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [[f"'{text}", "1"]]


@POSIX
@pytest.mark.parametrize(
    "arguments", [[], ["text"], ["layout"], ["check"], ["explain"]], ids=lambda one: "".join(one) or "parse"
)
def test_nothing_in_a_text_steers_a_terminal(arguments: list[str], tmp_path: Path) -> None:
    import pty

    steers = "\x1b]0;x\x07\x1b[31m\x9b31m\u202e\u2066\x08"
    text = f"{HEAD}{steers}本年收入合计{steers}12.5万元。\r\n{'说明文字。' * 200}\n支出{steers}合计9万元，比上年增加{steers}1万元。\n"
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    parent, child = pty.openpty()
    shown = []
    with subprocess.Popen(
        [sys.executable, "-m", "reportparse", *arguments, str(file)],
        stdout=child,
        stderr=child,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    ) as running:
        os.close(child)
        while True:
            try:
                piece = os.read(parent, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown.append(piece)
        assert running.wait(60) in (0, 1)
    os.close(parent)
    told = b"".join(shown).decode("utf-8")
    assert told
    assert not set(told) & set("\x1b\x07\x9b\u202e\u2066\x08")


@POSIX
def test_a_pipe_gets_the_text_as_it_is(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(f"{HEAD}\x1b[31m收入12万元\u202e。{'说明文字。' * 50}\n", encoding="utf-8")
    assert main(["text", str(tmp_path / "a.txt")]) == 0
    assert "\x1b[31m收入12万元\u202e。" in capfd.readouterr().out
