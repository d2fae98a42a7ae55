"""Pages of review: nothing that a document says is markup, a click leads both ways, and every judgement is kept as it was given."""

from __future__ import annotations

import base64
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from browsing import Driver, ask, press, started, until
from conftest import CORPUS, DEV, ROOT, load_script
from reportparse import Report, parse
from reportparse.datafiles import read_data
from reportparse.errors import BatchError
from reportparse.readers import read
from reportparse.review import Failed, Pages, Source, find_source, write_folder, write_page
from reportparse.review.content import Content
from reportparse.review.marks import cut
from reportparse.review.page import page
from reportparse.review.terms import INDEX_WORDS, WORDS

VERSION = "0.0-test"
WRONG = "bu-shengsi-fishing-culture.txt"
HOSTILE = """<script>document.title='broken'</script>2024年部门决算
</script><img src=x onerror="document.title='broken'"> ]]> <!-- {{ 7 * 7 }} {% raw %} &amp; &lt;b&gt;
某局\u202e收入总计\u202c113.34万元，其中："><svg onload=alert(1)>一般公共预算财政拨款收入113.34万元。\u2028\u2029'`
支出总计\x0c100.00万元\r\n，年末结转和结余13.34万元\x07。\u202efdp.exe
"""


def report_of(text: str, name: str = "a.txt") -> tuple[Report, Source]:
    data = text.encode()
    document = read(data, name=name)
    return parse(document), Source(document, data)


def corpus(name: str) -> tuple[Report, Source]:
    path = CORPUS / name
    document = read(path)
    return parse(document), Source(document, path.read_bytes())


def pages_text(report: Report, source: Source) -> str:
    return "".join(page(report, source.document, version=VERSION))


def tree_of(text: str) -> Any:
    return html.document_fromstring(text.replace("\x00", ""))


# ---- the text, cut ------------------------------------------------------------------------------------------------------


def back(piece: Any) -> str:
    return str(piece.text) if piece.mark is None else chr(piece.mark)


texts = st.text(
    st.sampled_from("一1元\n\r\f\t <&\"'\u202e\u2028\x00\U00020000é") | st.characters(codec="utf-8"), max_size=300
)


@settings(max_examples=150, deadline=None)
@given(texts, st.lists(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40)), max_size=3), max_size=12))
def test_the_pieces_are_the_text_and_each_knows_where_it_is(text: str, wanted: list[list[tuple[int, int]]]) -> None:
    places = [[(start, start + length) for start, length in one] for one in wanted]
    at = 0
    for block in cut(text, places, (0,)):
        assert block.start == at
        for piece in block.pieces:
            own = back(piece)
            assert own == text[at : at + len(own)]
            for k, spans in enumerate(places):
                inside = any(s <= at < e <= len(text) for s, e in spans)
                assert (k in piece.places) == inside
            at += len(own)
    assert at == len(text)


def test_of_places_one_in_the_other_the_shorter_comes_first() -> None:
    (block,) = cut("0123456789", [[(0, 10)], [(4, 6)]], (0,))
    assert [(piece.text, piece.places) for piece in block.pieces] == [
        ("0123", (0,)),
        ("45", (1, 0)),
        ("6789", (0,)),
    ]


def test_a_line_of_two_megabytes_is_cut_and_a_page_begins_a_block() -> None:
    text = "万" * 2_000_000 + "\fend"
    blocks = list(cut(text, [], (0, 2_000_001)))
    assert max(sum(len(piece.text) for piece in block.pieces) for block in blocks) < 10_000
    assert [(block.start, block.page) for block in blocks if block.page] == [(0, 1), (2_000_001, 2)]


# ---- what a page holds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DEV, ids=lambda path: path.stem)
def test_everything_that_was_read_is_on_the_page_once(path: Path) -> None:
    report = parse(path)
    data = Content(report, VERSION).data
    assert [item["id"] for item in data["items"]] == [one.id for one in (*report.facts, *report.unclaimed)]
    assert [item.get("key") for item in data["items"]] == [fact.key for fact in report.facts] + [None] * len(
        report.unclaimed
    )
    assert [item.get("quote") for item in data["items"]] == [one.quote for one in (*report.facts, *report.unclaimed)]
    assert [one["id"] for one in data["findings"]] == [finding.id for finding in report.findings]
    for shown, finding in zip(data["findings"], report.findings, strict=True):
        assert [data["items"][k]["id"] for k in shown["items"]] == list(finding.facts)
    assert data["missing"] == [[one.part, one.concept] for one in report.missing]


@pytest.mark.parametrize("path", DEV, ids=lambda path: path.stem)
def test_a_column_adds_up_to_what_is_said_below_it(path: Path) -> None:
    for finding in Content(parse(path), VERSION).data["findings"]:
        shown = finding["sum"]
        if shown is None or shown["form"] != "column":
            continue
        signed = [row for row in shown["rows"] if row["sign"]]
        if signed:
            assert len(signed) == len(shown["rows"])
            total = sum(
                (Decimal(-1 if row["sign"] == "-" else 1) * _figure(row) for row in signed), Decimal(0)
            )  # fmt: skip
            assert total == Decimal(shown["computed"])
        if shown["reported"] is not None and shown["computed"] is not None:
            assert Decimal(shown["difference"]) == Decimal(shown["reported"]) - Decimal(shown["computed"])


def _figure(row: dict[str, Any]) -> Decimal:
    if row["value"] is not None:
        return Decimal(row["value"])
    found = re.search(r"-?\d+(?:\.\d+)?", row["printed"])
    return Decimal(found[0]) if found else Decimal(0)


def test_a_sum_that_fails_is_shown_with_its_signs_and_its_difference() -> None:
    report, _ = corpus(WRONG)
    shown = [one["sum"] for one in Content(report, VERSION).data["findings"] if one["outcome"] == "inconsistent"]
    column = next(one for one in shown if one["form"] == "column")
    assert {row["sign"] for row in column["rows"]} == {"+"}
    assert Decimal(column["difference"]) != 0


def test_rates_are_written_as_they_are_reckoned(opened: Open) -> None:
    text = (
        "某局2024年部门决算\n\n一、收入支出总体情况\n2024年收入总计110.00万元，比上年增加10.00万元，增长9.00%。"
        "支出总计120.00万元，上年支出总计100.00万元，增长25.00%。其中基本支出60.00万元，占55.00%。\n"
    )
    report, source = report_of(text)
    sums = [one["sum"] for one in Content(report, VERSION).data["findings"] if one["outcome"] == "inconsistent"]
    assert [one["form"] for one in sums] == ["growth", "growth_from", "ratio"]
    assert all(row["value"] is None for one in sums for row in one["rows"]), "money is not turned into percent"
    driver = opened((report, source))
    said = ask(
        driver,
        "return [...document.querySelectorAll('table.sum')].map((t) => [...t.tBodies[0].rows].map((r) => r.cells[1].textContent))",
    )
    assert [one[:3] for one in said] == [
        ["10.00万元", "÷ (110.00万元 − 10.00万元)", "× 100 =10.0000%"],
        ["(120.00万元", "÷100.00万元 − 1)", "× 100 =20.0000%"],
        ["60.00万元", "÷120.00万元", "× 100 =50.0000%"],
    ]
    assert "2023" in ask(driver, "return document.querySelectorAll('table.sum')[1].innerText"), (
        "of two alike the year is told"
    )


def test_amounts_in_two_units_are_added_in_one() -> None:
    report, _ = report_of(
        "某局2024年部门决算\n\n一、支出情况\n2024年支出总计100.00万元，其中：基本支出600000.00元，项目支出30.00万元。\n"
    )
    (column,) = [one["sum"] for one in Content(report, VERSION).data["findings"] if one["check"] == "sum"]
    assert [(row["printed"], row["value"]) for row in column["rows"]] == [
        ("600000.00元", "60.0000"),
        ("30.00万元", None),
    ]
    assert (Decimal(column["computed"]), Decimal(column["difference"])) == (90, 10)
    assert {row["sign"] for row in column["rows"]} == {"+"}


def test_a_number_of_an_inconsistency_is_lit_as_one() -> None:
    report, source = corpus(WRONG)
    content = Content(report, VERSION)
    wrong = {
        content.data["items"][k]["place"] for one in content.data["findings"] if one["outcome"] == "inconsistent" for k in one["items"]
    }  # fmt: skip
    assert wrong
    tree = tree_of(pages_text(report, source))
    for place in wrong:
        assert tree.xpath(f"//span[@class='wrong'][starts-with(concat(@data-p, ' '), '{place} ')]")


def test_the_numbers_of_the_text_are_where_they_are_said_to_be() -> None:
    report, source = corpus("sc-2023-archives.txt")  # numbers are cut by line ends and page numbers
    tree = tree_of(pages_text(report, source))
    content = Content(report, VERSION)
    assert source.document is not None
    for place, spans in enumerate(content.places):
        if content.classes[place] in ("words", "long"):
            continue
        lit = "".join(tree.xpath(f"//*[contains(concat(' ', @data-p, ' '), ' {place} ')]//text()"))
        assert re.sub(r"\s", "", lit) == re.sub(r"\s", "", "".join(source.document.text[s:e] for s, e in spans))


def test_nothing_in_a_document_is_markup() -> None:
    plain = tree_of(pages_text(*report_of("某局2024年部门决算\n收入总计113.34万元。\n")))
    report, source = report_of(HOSTILE, "x'\"><script>alert(1)</script>.txt")
    text = pages_text(report, source)
    tree = tree_of(text)
    kinds = {node.tag for node in tree.iter() if isinstance(node.tag, str)}
    assert kinds - {"i"} == {node.tag for node in plain.iter() if isinstance(node.tag, str)}, (
        "i stands for what is not seen"
    )
    assert len(tree.xpath("//script")) == len(plain.xpath("//script")) == 3
    assert not tree.xpath("//@onerror | //@onload | //@style")
    held = "".join(tree.xpath("//div[@id='text']//div[@class='block']//text()"))
    assert "</script><img src=x onerror=\"document.title='broken'\"> ]]>" in held
    assert "[U+202E]收入总计" in held
    assert "{{ 7 * 7 }}" in held
    assert json.loads(tree.xpath("string(//script[@id='data'])"))["source"]["name"] == report.source.name


def test_the_policy_names_the_script_and_the_style_that_are_there() -> None:
    for text in (pages_text(*report_of("收入总计113.34万元。")), _index_text()):
        tree = tree_of(text)
        policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        for kind, own in (("script", "//script[not(@type)]"), ("style", "//style")):
            (node,) = tree.xpath(own)
            digest = base64.b64encode(sha256(node.text.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none'")


def _index_text() -> str:
    from reportparse.review.page import index_page

    return "".join(index_page([]))


def test_every_word_is_there_in_both_languages_and_in_use() -> None:
    script, markup = read_data("review", "page.js"), read_data("review", "page.html")
    used = script + markup + (ROOT / "src/reportparse/review/page.py").read_text("utf-8")
    asked = set(re.findall(r'(?:say|said|line|word)\("([a-z_.]+)"', script)) | set(
        re.findall(r'(?:word|say)\("([a-z_.]+)"\)', markup)
    )
    asked |= set(re.findall(r'data-word(?:": |=)"([a-z_.]+)"', used))
    assert asked <= set(WORDS)
    for key, (zh, en) in WORDS.items():
        assert zh
        assert en
        assert not re.search("[一-龥]", en)
        stem = key.rpartition(".")[0]
        assert (
            f'"{key}"' in used
            or f"{stem}.${{" in used
            or f'"{stem}." ~' in used
            or key.partition(".")[0] in {"means", "accept", "reject"}
        ), key
    of_list = read_data("review", "index.html") + read_data("review", "index.js")
    for key in INDEX_WORDS:
        stem = key.rpartition(".")[0]
        assert f'"{key}"' in of_list or f'"{stem}." ~' in of_list or f"{stem}.${{" in of_list, key


def test_the_same_report_gives_the_same_page() -> None:
    assert pages_text(*corpus(WRONG)) == pages_text(*corpus(WRONG))


def test_pages_of_a_pdf_are_drawn_small_and_in_grey() -> None:
    from PIL import Image

    from reportparse.readers.page_image import grey_pages

    data = (CORPUS / "pdf" / "sc-2023-archives.libreoffice.pdf").read_bytes()
    document = read(data, name="a.pdf")
    drawn = list(grey_pages(data))
    assert document.geometry is not None
    assert len(drawn) == len(document.geometry.pages)
    for picture, sheet in zip(drawn, document.geometry.pages, strict=True):
        assert picture is not None
        image = Image.open(io.BytesIO(picture[1]))
        assert picture[0] in ("image/webp", "image/png")
        assert image.width / image.height == pytest.approx(sheet.width / sheet.height, rel=0.01)
        assert len(picture[1]) < 100_000
        low, high = image.convert("L").getextrema()
        assert low < 100 < 200 < high, "something is printed on it"


# ---- many ---------------------------------------------------------------------------------------------------------------


def test_every_page_has_a_path_of_its_own_that_leaves_no_folder() -> None:
    names = [
        "a.txt",
        "A.TXT",
        "a.txt.html",
        "index",
        "../../etc/passwd",
        "甲县/报告.pdf",
        "甲县/报告.pdf",
        'x"<y>.txt',
        "con",
        "",
    ]
    pages = Pages()
    paths = [pages.path_for(name) for name in names]
    assert len({path.casefold() for path in paths} | {"index.html"}) == len(names) + 1
    assert all(path.endswith(".html") and ".." not in path.split("/") and not path.startswith("/") for path in paths)
    assert paths[0] == "a.txt.html"
    assert paths[5] == "甲县/报告.pdf.html"
    again = Pages()
    assert [again.path_for(name) for name in names] == paths


def test_a_source_is_the_file_of_that_name_with_that_content(tmp_path: Path) -> None:
    report, _ = report_of("某局2024年部门决算\n收入总计113.34万元。\n", "b.txt")
    folder = tmp_path / "甲"
    folder.mkdir()
    assert find_source(report, [tmp_path]) == Source()
    (tmp_path / "b.txt").write_text("另一份报告，收入总计1.00万元。", encoding="utf-8")
    assert find_source(report, [tmp_path]) == Source(differs=True)
    (folder / "b.txt").write_text("某局2024年部门决算\n收入总计113.34万元。\n", encoding="utf-8")
    assert find_source(report, [tmp_path, folder]).document is not None
    below = replace(report, source=replace(report.source, name="甲/b.txt"))
    assert find_source(below, [tmp_path]).document is not None
    packed = replace(report, source=replace(report.source, name="档案.zip/2024/甲/b.txt"))
    assert find_source(packed, [tmp_path]).document is not None, "where the archive was unpacked"
    outside = replace(report, source=replace(report.source, name="../甲/b.txt"))
    assert find_source(outside, [folder]) == Source()


def test_pages_are_written_one_by_one_and_the_list_leads_to_each(tmp_path: Path) -> None:
    text = "某局2024年部门决算\n收入总计113.34万元。\n"
    folder = tmp_path / "out"

    def reports() -> Iterator[tuple[Report | Failed, Source]]:
        for k in range(4):
            report, source = report_of(text, f"n{k}.txt")
            if k == 2:
                yield Failed("<b>.pdf", "RP-READ-013　扫描件", "RP-READ-013"), Source()
                yield Failed("c.pdf", "x", "<b>"), Source()
            yield replace(report, source=replace(report.source, name=f"甲'县/n{k} #?.txt")), source
            assert (folder / f"甲'县/n{k} #_.txt.html").is_file(), "it is on the disk before the next is asked for"

    counts = write_folder(reports(), folder, version=VERSION)
    assert counts == {"pages": 4, "failures": 2, "sourceless": 0}
    tree = tree_of((folder / "index.html").read_text("utf-8"))
    hrefs = tree.xpath("//tbody//a/@href")
    from urllib.parse import unquote

    assert len(hrefs) == 4
    assert all((folder / unquote(href)).is_file() for href in hrefs)
    inner = tree_of((folder / unquote(hrefs[0])).read_text("utf-8"))
    assert inner.xpath("string(//p[contains(@class, 'about')]/a/@href)") == "../index.html"
    assert "<b>.pdf" in tree.xpath("string(//tbody/tr[3])")
    assert tree.xpath("//tbody//td[contains(@class, 'failed')]/span/@data-word") == ["failure.RP-READ-013"]
    assert INDEX_WORDS["failure.RP-READ-013"][1] == "Scanned, no text", "the list says why in both languages"
    write_folder(reports(), folder, version=VERSION)
    (folder / "index.html").write_text("<p>mine</p>", encoding="utf-8")
    with pytest.raises(BatchError, match="RP-BATCH-007"):
        write_folder(reports(), folder, version=VERSION)
    assert (folder / "index.html").read_text("utf-8") == "<p>mine</p>"


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportparse", *map(str, arguments)], capture_output=True, encoding="utf-8", check=False, cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_the_command_makes_pages_of_a_file_of_lines_and_of_a_batch(tmp_path: Path) -> None:
    done = run("review", CORPUS / WRONG, "-o", tmp_path / "one.html", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, f"1 page written: {tmp_path / 'one.html'}\n")
    assert (
        run(
            "batch", CORPUS / WRONG, CORPUS / "pdf" / "sc-2023-archives.libreoffice.pdf", "-o", tmp_path / "out", "-q"
        ).returncode
        == 0
    )
    done = run(
        "review", tmp_path / "out", "-o", tmp_path / "pages", "--root", CORPUS, "--root", CORPUS / "pdf", "--lang", "zh"
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, f"已写 2 页：{tmp_path / 'pages' / 'index.html'}")
    assert 'id="picture-1"' in (tmp_path / "pages" / "sc-2023-archives.libreoffice.pdf.html").read_text("utf-8")
    indented = tmp_path / "one.json"
    indented.write_text(corpus(WRONG)[0].to_json(2), encoding="utf-8")
    assert run("review", indented, "-o", tmp_path / "two.html", "--root", CORPUS, "-q").returncode == 0
    one, two = ((tmp_path / name).read_text("utf-8") for name in ("one.html", "two.html"))
    assert one == two, "what was parsed before makes the page that parsing makes"
    done = run("review", indented, "-o", tmp_path / "three.html", cwd=tmp_path)
    assert done.returncode == 0
    assert 'data-word="no_source"' in (tmp_path / "three.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.pdf", "-o", "a.html"], 3, "RP-READ-001"),
        (["none.jsonl", "-o", "a"], 2, "no such file"),
        ([".", "-o", "a"], 2, "run reportparse batch . -o OUT first"),
        (["report.txt", "-o", "folder"], 2, "must end in .html"),
        (["two.jsonl", "-o", "a.html"], 2, "must be a folder"),
        (["bad.jsonl", "-o", "a"], 2, "RP-BATCH-004"),
        (["bad.json", "-o", "a.html"], 2, "RP-BATCH-004: bad.json is no output"),
        (["deep.json", "-o", "a.html"], 2, "RP-BATCH-004: deep.json is no output"),
        (["number.json", "-o", "a.html"], 2, "RP-BATCH-004: number.json is no output"),
        (["failed.jsonl", "-o", "a.html"], 2, "there is no report"),
        (["report.txt", "-o", "a.html", "--root", "nowhere"], 2, "no such folder"),
        (["report.txt", "-o", "report.txt/a.html"], 2, "RP-BATCH-007"),
        (["source.html", "-o", "source.html"], 2, "holds something else"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    report, _ = report_of("某局2024年部门决算\n收入总计113.34万元。\n")
    (tmp_path / "report.txt").write_text("收入总计113.34万元。", encoding="utf-8")
    (tmp_path / "source.html").write_text("<html><body><p>收入总计113.34万元。</p></body></html>", encoding="utf-8")
    (tmp_path / "two.jsonl").write_text(f"{report.to_json()}\n" * 2, encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text('{"a": 1}\n{"b": 2}\n', encoding="utf-8")
    (tmp_path / "bad.json").write_text('{\n "a": [1, 2\n', encoding="utf-8")
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "number.json").write_text("5\n", encoding="utf-8")
    (tmp_path / "failed.jsonl").write_text(
        '{"schema_version":"1.2","source":{"name":"x"},"error":{"code":"RP-READ-004","reason":"空"}}\n',
        encoding="utf-8",
    )
    done = run("review", *arguments, "--lang", "en", cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "收入总计" in (tmp_path / "source.html").read_text("utf-8")
    done = run("review", *arguments, "--lang", "zh", cwd=tmp_path)
    assert re.search("[一-龥]", done.stderr)


# ---- in a browser -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    with started(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


Open = Callable[..., Driver]
MADE: dict[str, str] = {}


@pytest.fixture
def opened(chromium: Driver, tmp_path: Path) -> Iterator[Open]:
    """Open the page of a report, with nothing kept from before; whatever the browser complains of is a fault."""

    def open_page(what: str | tuple[Report, Source] = WRONG, *, keep: bool = False) -> Driver:
        path = tmp_path / "page.html"
        report, source = corpus(what) if isinstance(what, str) else what
        write_page(path, report, source, version=VERSION)
        chromium.get(path.as_uri())
        if not keep:
            ask(chromium, "localStorage.clear()")
            chromium.get("about:blank")
            chromium.get(path.as_uri())
        return chromium

    yield open_page
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert chromium.get_log("browser") == []


def kept(driver: Driver) -> dict[str, Any]:
    """What the browser keeps of the judgements."""
    found = ask(
        driver, "return Object.entries(localStorage).filter(([k]) => /^reportparse\\.review\\.[0-9a-f]{64}$/.test(k)).map(([, v]) => v)"
    )  # fmt: skip
    return json.loads(found[0]) if found else {"entries": []}


def click(driver: Driver, css: str, k: int = 0) -> None:
    """Click as a reader does: what is hidden behind something else cannot be clicked."""
    node = ask(
        driver,
        "const node = document.querySelectorAll(arguments[0])[arguments[1]]; node.scrollIntoView({ block: 'center', behavior: 'instant' }); return node",
        css, k,
    )  # fmt: skip
    node.click()


VISIBLE = """
const pane = [document.getElementById('pages'), document.getElementById('text')].find((node) => node && !node.hidden);
const frame = pane.getBoundingClientRect();
return [...pane.querySelectorAll('.lit')].filter((node) => {
  const box = node.getBoundingClientRect();
  return box.bottom > frame.top && box.top < frame.bottom && box.right > frame.left && box.left < frame.right;
}).map((node) => node.textContent || node.dataset.p);
"""
CURRENT = "return document.querySelector('.row[aria-current=true] .head')?.innerText ?? ''"


def test_a_fact_leads_to_its_place_and_a_place_to_its_fact_in_a_text(opened: Open) -> None:
    driver = opened()
    report = parse(CORPUS / WRONG)
    data = Content(report, VERSION).data
    heads = ask(driver, "return document.querySelectorAll('#list .group.facts .row').length")
    for k in (1, heads // 2, heads - 1, 3):
        click(driver, "#list .group.facts .row .head", k)
        place = ask(driver, "return document.querySelector('.lit')?.dataset.p.split(' ')[0]")
        assert until(driver, VISIBLE), "its place is on the screen"
        assert place is not None
    for place in (10, 40, 80):
        click(driver, f"#text [data-p^='{place} '], #text [data-p='{place}']")
        named = {item["name"] for item in data["items"] if item.get("place") == place}
        assert any(name[:20] in ask(driver, CURRENT) for name in named)
        assert ask(
            driver,
            "const box = document.activeElement.getBoundingClientRect(); const frame = document.getElementById('list').getBoundingClientRect();"
            "return box.top >= frame.top - 1 && box.top < frame.bottom",
        ), "it has the focus, and is on the screen"


def test_a_fact_leads_to_its_place_and_a_place_to_its_fact_on_the_pages_of_a_pdf(opened: Open) -> None:
    driver = opened("pdf/sc-2023-archives.libreoffice.pdf")
    assert ask(driver, "return !document.getElementById('pages').hidden && document.getElementById('text').hidden")
    rows = ask(driver, "return document.querySelectorAll('#list .group.facts .row').length")
    for k in (rows - 5, 12, rows // 2):
        click(driver, "#list .group.facts .row .head", k)
        assert until(driver, VISIBLE)
        assert until(driver, "return document.querySelector('.sheet:has(.lit) img').naturalWidth > 500"), (
            "the page is drawn under it"
        )
    drawn = ask(driver, "return document.querySelectorAll('.sheet img[src]').length")
    assert drawn <= ask(driver, "return document.querySelectorAll('.sheet').length")
    box = ask(
        driver, "const all = [...document.querySelectorAll('#pages rect.fact')]; return all.find((r) => !r.classList.contains('lit'))"
    )  # fmt: skip
    place = box.get_attribute("data-p")
    ask(driver, "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", box)
    box.click()
    assert box.get_attribute("class").split() == ["fact", "lit"]
    before = ask(driver, CURRENT)
    assert before
    press(driver, "t")
    assert ask(driver, "return document.getElementById('pages').hidden")
    assert until(driver, VISIBLE), "the other view shows the same place"
    assert place in ask(driver, "return document.querySelector('#text .lit').dataset.p.split(' ')")


def test_a_box_is_over_the_printed_number(opened: Open) -> None:
    """The picture under a box is darker than paper: the box is where something is printed."""
    driver = opened("pdf/sc-2023-archives.libreoffice.pdf")
    until(
        driver, "return document.querySelector('.sheet img')?.naturalWidth > 0 && document.querySelector('.sheet rect')"
    )
    ink = ask(
        driver,
        """const sheet = document.querySelector('.sheet'); const image = sheet.querySelector('img');
        const canvas = document.createElement('canvas'); canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
        const context = canvas.getContext('2d', { willReadFrequently: true }); context.drawImage(image, 0, 0);
        const view = sheet.querySelector('svg').viewBox.baseVal; const scale = canvas.width / view.width;
        return [...sheet.querySelectorAll('rect.fact, rect.unclaimed')].map((rect) => {
          const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => Math.round(rect.getAttribute(name) * scale));
          const pixels = context.getImageData(x, y, w, h).data; let dark = 0;
          for (let k = 0; k < pixels.length; k += 4) dark += pixels[k] < 128;
          return dark / (pixels.length / 4);
        });""",
    )
    assert len(ink) > 3
    assert min(ink) > 0.02


def test_the_page_opens_with_what_is_wrong_and_its_sum(opened: Open) -> None:
    driver = opened()
    assert ask(driver, "return document.querySelector('#list details').classList.contains('inconsistent')")
    tables = ask(
        driver, "return [...document.querySelectorAll('#list .inconsistent table.sum')].map((t) => t.innerText)"
    )
    assert len(tables) == sum(finding.outcome == "inconsistent" for finding in parse(CORPUS / WRONG).findings)
    assert any("应为" in table and "\t+" in table for table in tables)
    assert all("差额" in table and "所载" in table for table in tables)
    click(driver, "#list table.sum .part .to")
    assert until(driver, VISIBLE)
    click(driver, "#list .causes .to")
    assert until(driver, VISIBLE)
    ask(driver, "document.querySelector('#list .consistent').open = true")
    click(driver, "#list .consistent .head")
    press(driver, "a")
    assert kept(driver)["entries"] == [], "that a sum is right is not for a reader to accept"
    sums = [
        one["sum"] for one in Content(parse(CORPUS / WRONG), VERSION).data["findings"] if one["outcome"] == "consistent"
    ]
    assert not {one["difference"] for one in sums if one["difference"]} & {"+0.00", "-0.00", "+0"}


def test_the_keyboard_is_enough(opened: Open) -> None:
    from selenium.webdriver.common.keys import Keys

    driver = opened("jx-2023-sluice.txt")
    ask(driver, "const s = document.getElementById('order'); s.value = 'text'; s.dispatchEvent(new Event('change'))")
    ask(driver, "document.body.focus()")
    press(driver, "?")
    assert ask(driver, "return document.getElementById('keys').open")
    press(driver, Keys.ESCAPE)
    assert not ask(driver, "return document.getElementById('keys').open")
    ask(driver, "document.activeElement.blur()")
    press(driver, "j", "j", "k", "j")
    second = ask(driver, CURRENT)
    press(driver, "a")
    assert ask(driver, CURRENT) != second, "it goes on by itself"
    (entry,) = kept(driver)["entries"]
    assert "quote" not in entry, "paragraphs would fill what a browser keeps"
    assert entry["verdict"] == "accept"
    assert entry["of"] == "fact"
    press(driver, "x")
    assert [one["verdict"] for one in kept(driver)["entries"]] == ["accept", "reject"]
    press(driver, "k", "u")
    assert [one["verdict"] for one in kept(driver)["entries"]] == ["accept"]
    press(driver, "m", "有疑问", Keys.ENTER)
    assert kept(driver)["entries"][1]["comment"] == "有疑问"
    assert "verdict" not in kept(driver)["entries"][1]
    assert ask(driver, "return document.activeElement.classList.contains('head')"), "the focus is where it was"
    press(driver, "c")
    assert ask(driver, "return document.activeElement.name") == "concept"
    press(driver, Keys.ESCAPE)
    assert ask(driver, "return document.querySelector('form') === null")
    press(driver, "/")
    assert ask(driver, "return document.activeElement.id") == "search"
    press(driver, "j", "x")
    assert len(kept(driver)["entries"]) == 2, "who types is no one who judges"
    press(driver, Keys.ESCAPE, "?")
    click(driver, "#keys-on")
    press(driver, Keys.ESCAPE)
    ask(driver, "document.querySelector('.row[aria-current] .head').focus()")
    press(driver, "a")
    assert len(kept(driver)["entries"]) == 2, "single keys can be switched off"


def test_tab_reaches_the_list_and_enter_opens_a_row(opened: Open) -> None:
    from selenium.webdriver.common.keys import Keys

    driver = opened()
    press(driver, Keys.TAB)
    assert ask(driver, "return document.activeElement.className") == "skip"
    press(driver, Keys.ENTER)
    for _ in range(30):
        press(driver, Keys.TAB)
        if ask(driver, "return document.activeElement.matches('#list .head')"):
            break
    press(driver, Keys.ENTER)
    assert ask(driver, "return document.activeElement.getAttribute('aria-expanded')") == "true"
    press(driver, Keys.TAB)
    assert ask(driver, "return document.activeElement.closest('.row').getAttribute('aria-current')") == "true"


def set_field(driver: Driver, name: str, value: str) -> None:
    until(driver, "return document.querySelector('form') !== null")
    ask(
        driver,
        "const f = document.querySelector(`form [name=${arguments[0]}]`); f.value = arguments[1]; f.dispatchEvent(new Event('input', { bubbles: true }))",
        name, value,
    )  # fmt: skip


def saved(driver: Driver) -> dict[str, Any]:
    """What the page hands to the browser as a download."""
    ask(
        driver,
        "window.saved = null; URL.createObjectURL = (blob) => { blob.text().then((t) => { window.saved = t; }); return '#'; }",
    )
    ask(driver, "HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download; }")
    ask(driver, "document.getElementById('save').click()")
    found: dict[str, Any] = json.loads(until(driver, "return window.saved"))
    return found


def load(driver: Driver, path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    ask(driver, "document.getElementById('said').textContent = ''")
    ask(driver, "document.getElementById('file').hidden = false")
    driver.find_element("id", "file").send_keys(str(path))
    ask(driver, "document.getElementById('file').hidden = true")
    return str(until(driver, "return document.getElementById('said').textContent"))


def test_corrections_are_saved_and_loaded_as_they_were_given(opened: Open, tmp_path: Path) -> None:
    driver = opened()
    report = parse(CORPUS / WRONG)
    fact = next(f for f in report.facts if f.concept == "expenditure.total" and f.aspect == "value" and f.span)
    k = list(report.facts).index(fact)
    click(driver, "#list .group.inconsistent .row [data-action=accept]")
    click(driver, "#list .group.unclaimed .row .head")
    click(driver, "#list .group.unclaimed .row [data-action=reject]")
    ask(
        driver,
        "const s = document.getElementById('search'); s.value = arguments[0]; s.dispatchEvent(new Event('input'))",
        fact.key,
    )
    until(driver, "return document.querySelectorAll('#list .group.facts .row').length < 20")
    click(driver, "#list .group.facts .row .head")
    if ask(driver, "return document.querySelectorAll('#list .group.facts .row').length") > 1:
        place = Content(report, VERSION).data["items"][k]["place"]
        click(driver, f"#text [data-p^='{place} '], #text [data-p='{place}']")
    press(driver, "c")
    assert ask(driver, "return document.querySelector('form output').textContent") == fact.key, (
        "as the parser writes it"
    )
    set_field(driver, "concept", "no.such")
    ask(driver, "document.querySelector('form').requestSubmit()")
    assert "没有这个指标" in ask(driver, "return document.querySelector('.fault').textContent")
    set_field(driver, "concept", "revenue.source")
    set_field(driver, "member", "institutional")
    set_field(driver, "fund", "general")
    set_field(driver, "period", "2023")
    set_field(driver, "basis", "actual")
    set_field(driver, "vs", "budget")
    set_field(driver, "cross", "nature:basic")
    set_field(driver, "value", "1,234.50")
    ask(driver, "document.querySelector('form').requestSubmit()")
    found = saved(driver)
    assert ask(driver, "return window.savedAs") == f"{WRONG}.corrections.json"
    assert found["corrections_version"] == 1
    assert found["source"]["sha256"] == report.source.sha256
    assert found["source"]["text_sha256"] == report.source.text_sha256
    finding, number, corrected = found["entries"]
    wrong = next(one for one in report.findings if one.outcome == "inconsistent")
    by_id = {one.id: one for one in (*report.facts, *report.unclaimed)}
    assert (finding["of"], finding["verdict"], finding["code"]) == ("finding", "accept", wrong.code)
    assert finding["facts"] == [
        {"key": getattr(by_id[id_], "key", None), "span": list(by_id[id_].span)} for id_ in wrong.facts
    ]
    first = report.unclaimed[0]
    assert (number["of"], number["verdict"], number["span"], number["quote"], number["page"], number["key"]) == (
        "number", "reject", list(first.span), first.quote, first.page, None,
    )  # fmt: skip
    assert (corrected["of"], corrected["verdict"], corrected["id"], corrected["key"], corrected["span"]) == (
        "fact", "correct", fact.id, fact.key, list(fact.span or ()),
    )  # fmt: skip
    assert corrected["corrected"] == {
        "concept": "revenue.source", "member": "institutional", "aspect": "value",
        "axes": {"fund": "general", "period": "2023", "vs": "budget", "cross": {"nature": "basic"}},
        "key": "revenue.source[institutional]{fund=general,period=2023,vs=budget,cross={nature:basic}}",
        "state": "stated", "value": "1234.50", "unit": fact.unit, "role": "statement",
    }  # fmt: skip

    driver = opened()
    assert kept(driver)["entries"] == []
    assert "已载入 3 条" in load(driver, tmp_path / "c.json", json.dumps(found))
    again = saved(driver)
    assert again["entries"] == found["entries"]
    driver = opened(keep=True)
    assert saved(driver)["entries"] == found["entries"], "the browser kept them"
    assert ask(driver, "return document.querySelectorAll('.badge.reject').length") == 1


@pytest.mark.parametrize("path", DEV[::6], ids=lambda path: path.stem)
def test_a_form_that_nobody_changes_writes_the_key_as_it_was(opened: Open, path: Path) -> None:
    driver = opened(path.name)
    keys = ask(
        driver,
        """const key = (name, node) => node.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
        const found = [];
        for (const head of document.querySelectorAll('#list .group.facts .row .head')) {
          head.click(); if (head.getAttribute('aria-expanded') !== 'true') head.click();
          key('c', document.activeElement);
          const form = document.querySelector('form.correct');
          found.push([[...head.parentElement.querySelectorAll('code')].map((n) => n.textContent)[0], form.querySelector('output').textContent]);
          key('Escape', form);
        }
        return found;""",
    )
    assert len(keys) == len(parse(path).facts)
    assert [(was, now) for was, now in keys if was != now] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: "{", "不是更正文件"),
        (lambda c: "[1]", "不是更正文件"),
        (lambda c: json.dumps(c | {"corrections_version": 2}), "版本 2"),
        (lambda c: json.dumps(c | {"source": {"name": "乙.pdf", "sha256": "0" * 64}}), "属于另一个文件：乙.pdf"),
        (lambda c: json.dumps(c | {"entries": [{"of": "fact", "verdict": "maybe"}]}), "不是更正文件"),
        (lambda c: json.dumps(c | {"entries": [{"of": "fact", "verdict": "correct", "span": [1, 2]}]}), "不是更正文件"),
        (lambda c: json.dumps(c | {"entries": [None]}), "不是更正文件"),
    ],
)
def test_what_are_no_corrections_of_this_file_is_not_taken(
    opened: Open, tmp_path: Path, change: Callable[[dict[str, Any]], str], said: str
) -> None:
    driver = opened()
    found = saved(driver)
    assert said in load(driver, tmp_path / "c.json", change(found))
    assert saved(driver)["entries"] == []


def test_corrections_without_a_place_in_this_page_are_kept_and_shown(opened: Open, tmp_path: Path) -> None:
    driver = opened()
    entry = {
        "of": "fact", "id": "f9999", "key": "revenue.total{period=1999}", "span": [1, 3], "quote": "<b>x</b>", "page": 1,
        "verdict": "accept", "corrected": None, "comment": "",
    }  # fmt: skip
    said = load(driver, tmp_path / "c.json", json.dumps(saved(driver) | {"entries": [entry]}))
    assert "1 条在本次解析中已无对应项" in said
    assert saved(driver)["entries"] == [entry]
    assert "revenue.total{period=1999}" in ask(driver, "return document.querySelector('.group.lost').innerText")


SELECT = """
const [quote] = arguments;
const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
for (let node = walk.nextNode(); node; node = walk.nextNode()) {
  const at = node.data.indexOf(quote);
  if (at < 0) continue;
  const range = document.createRange();
  range.setStart(node, at); range.setEnd(node, at + quote.length);
  getSelection().removeAllRanges(); getSelection().addRange(range);
  return true;
}
return false;
"""


def test_what_nothing_found_is_added_from_the_text_with_its_place_in_code_points(opened: Open) -> None:
    text = "某局2024年部门决算\r\n𠀀𠀀\u202e\r\n收入总计113.34万元。\r\n附记：另有经费七千元整。\r\n"
    driver = opened(report_of(text))
    assert ask(driver, SELECT, "七千元")
    press(driver, "n")
    set_field(driver, "concept", "meeting_cost")
    set_field(driver, "value", "7000")
    set_field(driver, "unit", "元")
    ask(driver, "document.querySelector('form').requestSubmit()")
    (entry,) = saved(driver)["entries"]
    at = text.index("七千元")
    assert (entry["of"], entry["verdict"], entry["span"], entry["quote"]) == (
        "place",
        "missing",
        [at, at + 3],
        "七千元",
    )
    assert entry["corrected"]["key"] == "meeting_cost{period=2024}"
    assert "七千元" in ask(driver, "return document.querySelector('.group.added').innerText")
    click(driver, ".group.added [data-action=undo]")
    assert saved(driver)["entries"] == []


@pytest.mark.parametrize("name", ["pdf/sc-2023-archives.libreoffice.pdf", "fa-shizong-meadow.txt"])
def test_a_selection_over_blocks_and_pages_is_the_text_between(opened: Open, name: str) -> None:
    report, source = corpus(name)
    assert source.document is not None
    text = source.document.text
    driver = opened((report, source))
    press(driver, "t")
    ask(
        driver,
        """const blocks = document.querySelectorAll('#text .block'); const range = document.createRange();
        range.setStart(blocks[0].childNodes[2].firstChild ?? blocks[0].childNodes[2], 1); const last = blocks[1];
        range.setEnd(last, Math.min(5, last.childNodes.length)); getSelection().removeAllRanges(); getSelection().addRange(range);""",
    )
    press(driver, "n")
    set_field(driver, "concept", "narrative.problems")
    ask(driver, "document.querySelector('form').requestSubmit()")
    (entry,) = saved(driver)["entries"]
    start, end = entry["span"]
    assert end - start > 300
    assert ("\f" if name.endswith(".pdf") else "\r\n") in entry["quote"]
    assert text[start:end] == entry["quote"]


def test_two_windows_on_one_report_know_of_one_another(opened: Open) -> None:
    driver = opened()
    first = driver.current_window_handle
    address = driver.current_url
    driver.switch_to.new_window("tab")
    try:
        driver.get(address)
        click(driver, "#list .group.unclaimed .head")
        press(driver, "a")
        driver.switch_to.window(first)
        until(driver, "return document.querySelectorAll('.badge.accept').length === 1")
        click(driver, "#list .group.unclaimed .head", 1)
        press(driver, "x")
        assert [one["verdict"] for one in saved(driver)["entries"]] == ["accept", "reject"]
    finally:
        for handle in driver.window_handles:
            if handle != first:
                driver.switch_to.window(handle)
                driver.close()
        driver.switch_to.window(first)


def test_a_concept_that_is_missing_is_judged(opened: Open) -> None:
    report, source = report_of("某局2024年部门决算\n收入总计113.34万元。\n")
    assert report.missing
    driver = opened((report, source))
    click(driver, ".group.missing .head")
    press(driver, "c")
    assert saved(driver)["entries"] == [], "there is nothing to correct"
    press(driver, "a")
    (entry,) = saved(driver)["entries"]
    assert (entry["of"], entry["key"], entry["part"], entry["verdict"]) == (
        "concept", report.missing[0].concept, report.missing[0].part, "accept",
    )  # fmt: skip


def test_the_list_is_searched_and_filtered(opened: Open) -> None:
    driver = opened()
    every = ask(driver, "return document.querySelectorAll('#list .row').length")
    ask(driver, "const s = document.getElementById('show'); s.value = 'problems'; s.dispatchEvent(new Event('change'))")
    assert ask(driver, "return document.querySelectorAll('.group.facts').length") == 0
    click(driver, "#list .group.unclaimed .head")
    press(driver, "a")
    ask(driver, "const s = document.getElementById('show'); s.value = 'judged'; s.dispatchEvent(new Event('change'))")
    assert ask(driver, "return document.querySelectorAll('#list .row').length") == 1
    ask(driver, "const s = document.getElementById('show'); s.value = 'all'; s.dispatchEvent(new Event('change'))")
    assert ask(driver, "return document.querySelectorAll('#list .row').length") == every
    ask(
        driver, "const s = document.getElementById('search'); s.value = '基本支出'; s.dispatchEvent(new Event('input'))"
    )
    until(driver, f"return document.querySelectorAll('#list .row').length < {every}")
    ask(driver, "document.querySelectorAll('#list details').forEach((d) => { d.open = true; })")
    texts = ask(driver, "return [...document.querySelectorAll('#list .row .head')].map((n) => n.innerText)")
    assert texts
    ask(
        driver,
        "const s = document.getElementById('search'); s.value = '没有这样的词'; s.dispatchEvent(new Event('input'))",
    )
    until(driver, "return document.getElementById('list').innerText.includes('没有符合条件的项')")
    click(driver, "#text [data-p]")
    assert ask(driver, CURRENT), "a click in the source finds its row, whatever is filtered"


def test_the_language_is_switched_in_place(opened: Open) -> None:
    driver = opened("pdf/sc-2023-archives.libreoffice.pdf")
    click(driver, "#list .row .head")
    click(driver, "[data-language=en]")
    assert ask(driver, "return document.documentElement.lang") == "en"
    left = ask(
        driver,
        "return [...document.querySelectorAll('[data-word], button:not(.head, .to, [lang]), figcaption, #progress')]"
        ".filter((n) => /[\\u4e00-\\u9fff]/.test(n.textContent)).map((n) => n.textContent)",
    )
    assert left == []
    labels = ask(
        driver,
        "return [...document.querySelectorAll('[aria-label], [placeholder]')].map((n) => n.ariaLabel ?? n.placeholder)",
    )
    assert not any(re.search("[一-龥]", label) for label in labels)
    driver = opened("pdf/sc-2023-archives.libreoffice.pdf", keep=True)
    assert ask(driver, "return document.documentElement.lang") == "en", "it stays for the next page"
    click(driver, "[data-language=zh]")


def test_a_hostile_document_does_nothing(opened: Open) -> None:
    driver = opened(report_of(HOSTILE, "x'\"><script>document.title='broken'<∕script>.txt"))
    for group in ("unclaimed", "facts", "missing", "inconsistent", "doubted", "consistent"):
        for k in range(ask(driver, "return document.querySelectorAll(arguments[0]).length", f".group.{group} .head")):
            ask(driver, "document.querySelectorAll(arguments[0])[arguments[1]].click()", f".group.{group} .head", k)
    assert "broken" not in ask(driver, "return document.title.replace(document.querySelector('h1').textContent, '')")
    assert ask(driver, "return document.querySelectorAll('main img, main script').length") == 0
    shown = ask(driver, "return document.querySelector('main').textContent")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", shown)


def test_a_paragraph_of_two_megabytes_is_read(opened: Open) -> None:
    text = "某局2024年部门决算\n" + "甲" * 700_000 + "收入总计113.34万元" + "乙" * 100_000 + "。支出总计100.00万元。\n"
    driver = opened(report_of(text))
    assert len(text.encode()) > 2_000_000
    click(
        driver,
        "#list .group.facts .head",
        -1 + ask(driver, "return document.querySelectorAll('#list .group.facts .head').length"),
    )
    assert until(driver, VISIBLE)
    assert ask(driver, "return document.documentElement.scrollWidth") <= 1440


@pytest.mark.parametrize("width", [390, 1024, 1440])
@pytest.mark.parametrize("name", [WRONG, "pdf/sc-2023-archives.libreoffice.pdf"])
def test_a_narrow_page_does_not_run_over_its_edge(opened: Open, width: int, name: str) -> None:
    driver = opened(name)
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    )
    driver.refresh()
    click(driver, "#list .group.facts .head", 2)
    assert ask(driver, "return document.documentElement.scrollWidth") <= width
    assert until(driver, VISIBLE), "source and fact are seen together"
    box = ask(
        driver,
        "const b = document.querySelector('.row[aria-current] .head').getBoundingClientRect(); return [b.top, b.bottom, innerHeight,"
        " document.elementFromPoint(b.left + b.width / 2, b.top + 5).closest('.row') !== null]",
    )
    assert box[0] >= 0
    assert box[0] < box[2]
    assert box[3], "nothing covers it"


def test_it_is_printed_with_every_judgement_and_without_the_source(opened: Open) -> None:
    pypdf = pytest.importorskip("pypdf")
    if not load_script("make_pdfs").has_chinese_font():
        pytest.skip("no Chinese font here (Debian: fonts-noto-cjk)")
    driver = opened()
    click(driver, "#list .group.inconsistent .row [data-action=accept]")
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    document = pypdf.PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    text = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in document.pages))
    assert "差额" in text
    assert "属实" in text
    assert "保存更正" not in text
    report = parse(CORPUS / WRONG)
    assert len(document.pages) < 30
    last = [fact for fact in report.facts if fact.kind == "amount"][-1]
    assert f"{last.value}{last.unit}" in text


def test_without_its_source_a_report_can_be_judged_all_the_same(opened: Open) -> None:
    driver = opened((corpus(WRONG)[0], Source()))
    assert "未找到原文" in ask(driver, "return document.querySelector('.source').innerText")
    click(driver, "#list .group.unclaimed .head")
    press(driver, "a", "n", "t", "o")
    assert [one["verdict"] for one in saved(driver)["entries"]] == ["accept"]
    driver = opened((corpus(WRONG)[0], Source(differs=True)))
    assert "内容不同" in ask(driver, "return document.querySelector('.source').innerText")


def test_where_a_report_points_past_its_source_nothing_breaks(opened: Open) -> None:
    report, source = corpus("pdf/sc-2023-archives.libreoffice.pdf")
    first, second, *others = [fact for fact in report.facts if fact.boxes]
    far = replace(first, span=(10**6, 10**6 + 1), boxes=((99, *first.boxes[0][1:]),))
    driver = opened((replace(report, facts=(far, replace(second, boxes=()), *others)), source))
    click(driver, "#list .group.facts .head")
    click(driver, "#list .group.facts .head", 1)
    assert until(driver, VISIBLE)
    assert ask(driver, "return document.getElementById('pages').hidden"), "what has no box is shown in the text"


def test_where_the_browser_keeps_nothing_the_page_says_so_and_works(opened: Open) -> None:
    driver = opened()
    script = driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {
            "source": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })"
        },
    )
    try:
        driver.refresh()
        assert ask(driver, "return !document.getElementById('memory').hidden")
        click(driver, "#list .group.unclaimed .head")
        press(driver, "a")
        assert [one["verdict"] for one in saved(driver)["entries"]] == ["accept"]
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script["identifier"]})
        driver.get("about:blank")


def test_five_thousand_reports_are_listed_sorted_and_searched(chromium: Driver, tmp_path: Path) -> None:
    report, source = corpus(WRONG)
    digest = report.source.sha256

    def reports() -> Iterator[tuple[Report | Failed, Source]]:
        for k in range(5000):
            own = replace(
                report,
                source=replace(report.source, name=f"{k % 7}/{k:05d}.pdf", sha256=digest if k == 4321 else f"{k:064d}"),
                document=replace(report.document, title=f"第{k}号报告", fiscal_year=2015 + k % 10),
                findings=report.findings if k % 9 == 0 else (),
                facts=report.facts[:2] if k % 9 else report.facts,
            )
            yield own, Source()

    # The pages are not what this is about: the rows of the list are made as a folder makes them.
    from reportparse.review.folder import _row
    from reportparse.review.page import index_page

    rows = [_row(one, f"{one.source.name}.html", source) for one, _ in reports() if isinstance(one, Report)]
    path = tmp_path / "index.html"
    path.write_text("".join(index_page(rows)), encoding="utf-8")
    assert path.stat().st_size < 8_000_000
    chromium.get(path.as_uri())
    ask(
        chromium,
        "localStorage.setItem('reportparse.review.' + arguments[0], JSON.stringify({ entries: [{ verdict: 'accept' }, { verdict: null }] }))",
        digest,
    )
    chromium.get(path.as_uri())
    names = "return [...document.querySelectorAll('#reports tbody tr:not([hidden])')].slice(0, 3).map((r) => r.cells[0].textContent.trim().split(' ')[0])"
    assert ask(chromium, "return document.querySelectorAll('#reports tbody tr').length") == 5000
    click(chromium, "th[data-key=year] button")
    years = ask(chromium, "return [...document.querySelectorAll('td.year')].map((n) => Number(n.textContent))")
    assert years == sorted(years, reverse=True)
    click(chromium, "th[data-key=judged] button")
    assert ask(chromium, names)[0] == "2/04321.pdf"
    ask(chromium, "const s = document.getElementById('search'); s.value = '第499'; s.dispatchEvent(new Event('input'))")
    until(chromium, "return document.getElementById('count').textContent.startsWith('11 ')")
    click(chromium, "#problems")
    counted = ask(chromium, "return Number(document.getElementById('count').textContent.split(' ')[0])")
    assert counted == len([k for k in range(5000) if "第499" in f"第{k}号" and k % 9 == 0])
    click(chromium, "[data-language=en]")
    left = ask(
        chromium,
        "return [...document.querySelectorAll('[data-word]')].filter((n) => /[\\u4e00-\\u9fff]/.test(n.textContent)).length",
    )
    assert left == 0
    assert ask(chromium, "return document.documentElement.scrollWidth") <= 1440
    ask(chromium, "localStorage.clear()")
    assert chromium.get_log("browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", ["text", "pdf", "index"])
def test_axe_finds_no_barrier(opened: Open, tmp_path: Path, scheme: str, which: str) -> None:
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core is not here (axe-playwright-python carries it)")
    script = Path(found.origin).with_name("axe.min.js").read_text("utf-8")
    driver = opened("pdf/sc-2023-archives.libreoffice.pdf" if which == "pdf" else WRONG)
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    try:
        if which == "index":
            write_folder(
                iter([(*corpus(WRONG),), (Failed("x.pdf", "读不了"), Source())]), tmp_path / "f", version=VERSION
            )
            driver.get((tmp_path / "f" / "index.html").as_uri())
        else:
            click(driver, "#list .group.unclaimed .head")
            press(driver, "a", "x", "c")
        driver.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
        barriers = driver.execute_async_script(
            "const done = arguments[0]; axe.run({ resultTypes: ['violations'] }).then((r) => done(r.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 200))])))"
        )
        assert barriers == []
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
