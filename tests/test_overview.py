"""The page of a batch: every file once, every count that of a list, and nothing that anybody wrote is markup."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qsl

import pytest
from lxml import html

from browsing import Driver, ask, started, until
from conftest import CORPUS, ROOT
from reportparse import parse
from reportparse.batch import overview as module
from reportparse.batch.brief import DOUBTED, brief_of
from reportparse.batch.overview import Row, overview
from reportparse.batch.terms import CHECKS, FAILURES, KINDS, WORDS
from reportparse.checkrules import check_rules
from reportparse.datafiles import read_data
from reportparse.packs import load_packs

HOSTILE = [
    "</script><script>document.title='broken'</script>",
    "<img src=x onerror=\"document.title='broken'\">",
    "<!--<script>",
    "]]>&lt;b&gt;&amp;\"'`",
    "报告\u202efdp.txt",
    "{{ 7 * 7 }}{% raw %}",
    "行\u2028终\u2029",
    "零\x00\x07\ud800止",
    "__proto__",
    "'; DROP TABLE lines; --",
]


def brief(**values: Any) -> dict[str, Any]:
    return {
        "kind": "budget", "title": "某局预算", "department": "某局", "region": "某县", "fiscal_year": 2024, "quantities": 10,
        "claimed": 9, "score": None, "scale": None, "grade": None, "execution_rate": None, "outcomes": {}, "codes": {}, "worst": [],
    } | values  # fmt: skip


def row(name: str, **values: Any) -> Row:
    return Row(name, None, None, None, 0.5, brief(**values))


def many(count: int, seed: int = 1) -> list[Row]:
    """An archive as they are: some files fail, some are copies, most reports have no score."""
    chance = Random(seed)
    made: list[Row] = []
    for k in range(count):
        name = f"{chance.choice(['甲县', '乙县'])}/{k:05d}.pdf"
        fate = chance.random()
        if fate < 0.06:
            code = chance.choice(["RP-READ-013", "RP-READ-004", "RP-BATCH-010"])
            made.append(Row(name, None, code, "读不了", chance.random(), None))
        elif fate < 0.12 and made and made[0].code is None:
            made.append(Row(name, made[0].name, None, None, 0.0, None))
        else:
            wrong = chance.choice([0, 0, 0, 1, 2, 7])
            outcomes = {
                "inconsistent": wrong,
                "unusual": chance.choice([0, 0, 1]),
                "not_checkable": chance.choice([0, 1]),
            }
            codes = {"RP-SUM-001": wrong, "RP-U-003": outcomes["unusual"]}
            made.append(
                Row(
                    name, None, None, None, chance.random() * 3,
                    brief(
                        kind=chance.choice(["budget", "final_accounts", "project_performance"]), title=f"某局第{k}号报告",
                        department=chance.choice(["水利局", "财政局", "教育局"]), fiscal_year=chance.choice([2021, 2022, 2023, None]),
                        quantities=(quantities := chance.randrange(0, 40)), claimed=chance.randint(0, quantities),
                        execution_rate=chance.choice([None, "100", "99.999999", "100.4", f"{chance.uniform(50, 130):.2f}"]),
                        score=chance.choice([None, "90", "89.99", f"{chance.uniform(50, 100):.1f}"]),
                        outcomes={name: n for name, n in outcomes.items() if n}, codes={code: n for code, n in codes.items() if n},
                        worst=[{"code": "RP-SUM-001", "message": "不符。", "message_en": "Wrong."}] * min(wrong, 3),
                    ),
                )
            )  # fmt: skip
    return made


class Page:
    """What stands in a page, read back by another hand than the one that wrote it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = html.document_fromstring(text.replace("\x00", ""))
        self.data = json.loads(self.tree.xpath("string(//script[@id='data'])"))
        self.words = json.loads(self.tree.xpath("string(//script[@id='words'])"))

    def bars(self, plot: str) -> dict[str, int]:
        return {
            bar.get("data-value"): int(bar.xpath("string(.//*[@class='number'])").replace(",", ""))
            for bar in self.tree.xpath(f"//a[@data-plot='{plot}']")
        }

    def shape(self) -> Counter[str]:
        return Counter(node.tag for node in self.tree.iter() if isinstance(node.tag, str))


# ---- what is kept of a report --------------------------------------------------------------------------------------------


def corpus_brief(name: str) -> dict[str, Any]:
    return brief_of(parse(CORPUS / f"{name}.txt"))


def test_a_brief_says_what_the_report_says() -> None:
    found = corpus_brief("pr-lushi-mushroom")
    assert (found["kind"], found["fiscal_year"], found["region"]) == ("project_performance", 2023, "卢氏县")
    assert (found["score"], found["grade"]) == ("87.36", "良")
    assert found["execution_rate"] == "94.47", "of the project, not of one of its three parts"


@pytest.mark.parametrize(
    ("name", "rate"),
    [
        ("fa-baoying-wetland", "104.48"),  # of 财政拨款, not of a class of functions or of 三公
        ("gd-2024-hakka-culture", "111.75"),  # of 本年支出
        ("bu-chengkou-water", None),  # a budget has none
        ("jx-2023-sluice", "107.49"),  # of 财政拨款, not of one of the projects before it
        ("sc-2023-archives", None),  # of single projects alone
        ("hn-2022-water-traffic", "97.25"),  # against 全年预算, though 106.02 against 年初预算 stands first
    ],
)
def test_the_execution_rate_is_that_of_the_whole(name: str, rate: str | None) -> None:
    assert corpus_brief(name)["execution_rate"] == rate


def test_the_score_of_an_annex_on_the_whole_body_counts_that_of_one_on_a_project_does_not() -> None:
    report = parse(CORPUS / "gd-2024-hakka-culture.txt")
    assert brief_of(report)["score"] == "92.6"
    from dataclasses import replace

    annexed = replace(report, document=replace(report.document, part="p0", kind="final_accounts"))
    assert brief_of(annexed)["score"] == "92.6"
    project = replace(annexed, parts=tuple(replace(part, kind="project_performance") for part in report.parts))
    assert brief_of(project)["score"] is None


def test_a_brief_counts_findings_and_is_json() -> None:
    report = parse(CORPUS / "bu-shengsi-fishing-culture.txt")
    found = brief_of(report)
    outcomes = Counter(finding.outcome for finding in report.findings)
    del outcomes["consistent"]
    assert found["outcomes"] == outcomes
    assert found["codes"] == Counter(finding.code for finding in report.findings if finding.outcome in DOUBTED)
    assert found["worst"]
    assert all(one["message"] and one["message_en"] for one in found["worst"])

    def no_float(text: str) -> None:
        raise AssertionError(f"{text} passed through a float")

    assert json.loads(json.dumps(found), parse_float=no_float) == found


# ---- every file, every count ---------------------------------------------------------------------------------------------


def test_every_row_is_in_the_data_once_in_its_order() -> None:
    rows = [*many(150), *(row(name) for name in HOSTILE)]
    data = Page(overview(rows)).data
    assert data["name"] == [one.name.replace("\ud800", "\ufffd") for one in rows]
    columns = ["ms", "state", "kind", "year", "quantities", "claimed", "coverage", "rate", "score", "codes"]
    assert {key: len(data[key]) for key in columns} == dict.fromkeys(columns, len(rows))
    for key in ("title", "department", "region", "grade"):
        assert len(data[key]["at"]) == len(rows)
        assert [data[key]["of"][at] if at >= 0 else None for at in data[key]["at"]] == [
            one.brief[key] if one.brief else None for one in rows
        ]
    assert {int(k): data["name"][at] for k, at in data["same"].items()} == {
        k: one.same_as for k, one in enumerate(rows) if one.same_as
    }


def test_bars_count_what_is_in_the_rows() -> None:
    rows = many(400)
    page = Page(overview(rows))
    parsed = [one.brief for one in rows if one.code is None and one.same_as is None]
    states = Counter(one.code or ("duplicate" if one.same_as else "parsed") for one in rows)
    assert page.bars("state") == states
    assert page.bars("kind") == Counter(one["kind"] for one in parsed)
    assert page.bars("year") == Counter(str(one["fiscal_year"] or "none") for one in parsed)
    assert page.bars("code") == Counter(code for one in parsed for code in one["codes"])
    assert page.bars("outcome") == Counter(name for one in parsed for name in one["outcomes"] or ["none"])
    for plot in ("kind", "year", "coverage", "rate", "score"):
        assert sum(page.bars(plot).values()) == len(parsed), plot
    cells = page.tree.xpath("//td[not(@class)]/a[@class='cell']")
    assert {(cell.get("data-year"), cell.get("data-kind")): int(cell.text) for cell in cells} == Counter(
        (str(one["fiscal_year"] or "none"), one["kind"]) for one in parsed
    )
    numbers = page.tree.xpath("//ul[@class='figures']/li//*[@class='number']/text()")
    assert int(numbers[0]) == len(rows)
    assert int(numbers[1]) + int(numbers[2]) + int(numbers[3]) == len(rows)


@pytest.mark.parametrize(
    ("plot", "values", "label"),
    [
        ("rate", {"execution_rate": "99.9999999"}, "90%～100%"),
        ("rate", {"execution_rate": "100.00"}, "100%"),
        ("rate", {"execution_rate": "100.01"}, "100%～110%"),
        ("rate", {"execution_rate": "120"}, "120% 以上"),
        ("rate", {"execution_rate": "-3"}, "不足 60%"),
        ("rate", {"execution_rate": "1E+400"}, "未载明"),
        ("rate", {"execution_rate": "many"}, "未载明"),
        ("rate", {"execution_rate": None}, "未载明"),
        ("score", {"score": "89.99"}, "85～90　良"),
        ("score", {"score": "90"}, "90～95　优"),
        ("score", {"score": "45", "scale": "50"}, "90～95　优"),
        ("score", {"score": "45", "scale": "0"}, "不足 60　差"),
        ("score", {"score": "101"}, "超过 100"),
        ("coverage", {"quantities": 100_001, "claimed": 100_000}, "90%～100%"),
        ("coverage", {"quantities": 7, "claimed": 7}, "100%"),
        ("coverage", {"quantities": 0, "claimed": 0}, "没有数字"),
    ],
)
def test_a_figure_stands_in_its_class(plot: str, values: dict[str, Any], label: str) -> None:
    page = Page(overview([row("a.txt", **values)]))
    ((value, count),) = page.bars(plot).items()
    assert (page.words["zh"][f"{plot}.{value}"], count) == (label, 1)


def test_a_failed_copy_is_a_failure_and_a_copy_of_what_is_not_here_keeps_its_name() -> None:
    rows = [
        Row("b.pdf", "a.pdf", "RP-READ-004", "文件是空的", 0.0, None),
        Row("c.pdf", "gone.pdf", None, None, 0.0, brief()),
    ]
    page = Page(overview(rows))
    assert page.bars("state") == {"RP-READ-004": 1, "duplicate": 1}
    assert page.data["same"] == {"0": "a.pdf", "1": "gone.pdf"}
    assert page.bars("kind") == {}, "a copy counts as no report"


def test_what_an_interrupted_run_left_is_said() -> None:
    def said(waiting: int) -> list[str]:
        page = Page(overview(many(5), waiting=waiting))
        return page.tree.xpath("//li[@class='figure-waiting']//*[@class='number']/text()")  # type: ignore[no-any-return]

    assert (said(0), said(1_200)) == ([], ["1,200"])


def test_an_empty_archive_has_a_page() -> None:
    assert Page(overview([])).data["name"] == []


def test_of_very_many_reports_the_worst_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TOLD", 5)
    rows = many(100)
    wrong = [one.brief["outcomes"].get("inconsistent", 0) if one.brief else 0 for one in rows]
    told = Page(overview(rows)).data["worst"]
    assert len(told) == 5
    assert min(wrong[int(k)] for k in told) >= max(n for k, n in enumerate(wrong) if str(k) not in told)


# ---- what anybody wrote --------------------------------------------------------------------------------------------------


def hostile_rows(words: list[str]) -> list[Row]:
    said = [{"code": word, "message": word, "message_en": word} for word in words[:3]]
    return [
        row(
            f"{k}{word}", kind="budget", title=word, department=word, region=word, grade=word, outcomes={"inconsistent": 3},
            codes={"RP-SUM-001": 3}, worst=said,
        )
        for k, word in enumerate(words)
    ] + [Row(f"x{word}", None, "RP-READ-004", word, 0.0, None) for word in words] + [Row(f"y{word}", word, None, None, 0.0, None) for word in words]  # fmt: skip


def test_hostile_words_are_no_markup() -> None:
    plain = overview(hostile_rows(["甲"] * len(HOSTILE)), title="甲")
    page = overview(hostile_rows(HOSTILE), title=HOSTILE[0])
    assert Page(page).shape() == Page(plain).shape()
    assert page.count("</script") == plain.count("</script")
    assert page.count("<!--") == plain.count("<!--")
    assert "\u202e" not in page.partition('<script type="application/json"')[0]
    page.encode("utf-8")


def test_hostile_classes_are_no_markup() -> None:
    """A kind comes from a pack, a code from whoever wrote the check: what nobody knows is shown, and does nothing."""

    def rows(word: str) -> list[Row]:
        return [row("a", kind=f"k{word}", codes={f"c{word}": 1}, outcomes={f"o{word}": 1}), Row("b", None, f"f{word}", None, 0, None)]  # fmt: skip

    for word in HOSTILE[:4]:
        page = Page(overview(rows(word)))
        assert page.shape() == Page(overview(rows("甲"))).shape()
        assert page.bars("kind") == {f"k{word}": 1}
        (bar,) = page.tree.xpath("//a[@data-plot='kind']")
        assert parse_qsl(bar.get("href")[1:]) == [("kind", f"k{word}")]


def test_marks_that_turn_the_direction_of_writing_are_shown() -> None:
    page = Page(overview([], title="报告\u202efdp.exe"))
    assert page.tree.xpath("string(//h1/bdi)") == "报告[U+202E]fdp.exe"


# ---- one file, the same file ---------------------------------------------------------------------------------------------


def test_the_page_needs_nothing_beside_itself() -> None:
    text = overview(many(50))
    page = Page(text)
    assert not re.search(r"https?:|//[a-z0-9-]+\.[a-z]|@import|url\(", text)
    assert not page.tree.xpath("//@src | //link | //iframe | //object | //base")
    assert all(href.startswith("#") for href in page.tree.xpath("//@href"))
    assert not page.tree.xpath("//@style | //@*[starts-with(name(), 'on')]"), "the policy allows none"


def test_the_policy_forbids_all_but_the_page_s_own_script_and_style() -> None:
    page = Page(overview(many(5)))
    (policy,) = page.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    script = page.tree.xpath("string(//script[not(@type)])")
    style = page.tree.xpath("string(//style)")

    def known(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert said["default-src"] == "'none'"
    assert (said["script-src"], said["style-src"]) == (known(script), known(style))


def test_the_same_rows_give_the_same_bytes() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_overview import many\n"
        "from reportparse.batch.overview import overview\n"
        "import hashlib; print(hashlib.sha256(overview(many(60)).encode()).hexdigest())\n"
    )
    own = sha256(overview(many(60)).encode()).hexdigest()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert done.stdout.strip() == own


# ---- words ---------------------------------------------------------------------------------------------------------------


def test_all_that_has_a_code_has_a_name() -> None:
    assert set(check_rules().codes.values()) <= set(CHECKS)
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py") if path.name != "terms.py"
    )
    raised = set(re.findall(r'"(RP-(?:READ|INTERNAL)-\d{3}|RP-BATCH-01\d)"', sources))
    assert raised
    assert raised <= set(FAILURES)
    kinds = {rules.kind for rules in load_packs(examples=False).values() if rules.kind is not None}
    assert "budget" in kinds
    assert kinds <= set(KINDS)


def test_every_word_of_the_page_is_said_in_both_languages() -> None:
    page = Page(overview(many(80)))
    asked = {
        *page.tree.xpath("//@data-word"),
        *page.tree.xpath("//@data-label"),
        *page.tree.xpath("//@data-placeholder"),
    }
    script = read_data("batch", "overview.js")
    asked |= set(re.findall(r'say\("([^"]+)"', script)) | set(re.findall(r'(?<!classList\.)add\("([^"]+)"', script))
    asked |= {f"column.{key}" for key in re.findall(r'\{ key: "(\w+)"', script)}
    for language in ("zh", "en"):
        assert asked <= set(page.words[language])
    used = read_data("batch", "overview.html") + script
    for key in WORDS:
        stem = key.rpartition(".")[0]
        assert (
            f'"{key}"' in used
            or f'"{stem}." ~' in used
            or f"{stem}.${{" in used
            or f"{stem}.{{{{" in used
            or key in asked
        ), key


# ---- in a browser --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    with started(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


ROWS = [*many(230), *hostile_rows(HOSTILE)]
Open = Callable[..., Driver]


@pytest.fixture
def opened(chromium: Driver, tmp_path: Path) -> Iterator[Open]:
    """Open the page at an address; whatever the browser complains of is a fault."""

    def open_page(address: str = "", rows: list[Row] = ROWS) -> Driver:
        path = tmp_path / "index.html"
        path.write_text(overview(rows), encoding="utf-8")
        chromium.get("about:blank")
        chromium.get(f"{path.as_uri()}{address}")
        return chromium

    yield open_page
    assert chromium.get_log("browser") == []


def names(driver: Driver) -> list[str]:
    """The files on the page of the list that is shown."""
    return ask(driver, "return [...document.querySelectorAll('#table tbody th.name bdi')].map((n) => n.textContent)")  # type: ignore[no-any-return]


def one(driver: Driver, css: str) -> Any:
    from selenium.webdriver.common.by import By

    return driver.find_element(By.CSS_SELECTOR, css)


def click(driver: Driver, css: str) -> None:
    """Click what a reader would have brought to the middle of the screen."""
    ask(driver, "document.querySelector(arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })", css)
    one(driver, css).click()


def listed_count(driver: Driver) -> int:
    return int(ask(driver, "return document.getElementById('count').textContent.split(/\\D/)[0]"))


def parsed_names(**wanted: Any) -> list[str]:
    return [
        one.name
        for one in ROWS
        if one.code is None and one.same_as is None and one.brief and all(one.brief[k] == v for k, v in wanted.items())
    ]


def test_a_click_on_a_bar_leads_to_the_list_of_its_reports(opened: Open) -> None:
    driver = opened()
    click(driver, "a.bar[data-plot=year][data-value='2022']")
    until(driver, "return location.hash === '#year=2022'")
    wanted = parsed_names(fiscal_year=2022)
    assert listed_count(driver) == len(wanted)
    assert names(driver) == sorted(wanted)[:50]
    assert ask(driver, "return document.activeElement.id") == "list"
    assert 0 <= ask(driver, "return document.getElementById('list').getBoundingClientRect().top") < 300
    assert ask(driver, "return document.querySelector('.chip').textContent").startswith("年度 2022")
    click(driver, "a.bar[data-plot=kind][data-value=budget]")
    until(driver, "return document.querySelectorAll('.chip').length === 2")
    assert listed_count(driver) == len(parsed_names(fiscal_year=2022, kind="budget"))
    click(driver, ".chip")
    assert listed_count(driver) == len(parsed_names(fiscal_year=2022)) or listed_count(driver) == len(
        parsed_names(kind="budget")
    )
    driver.back()
    until(driver, "return document.querySelectorAll('.chip').length === 2")


@pytest.mark.parametrize(
    "address", ["", "#outcome=inconsistent", "#year=2021&code=RP-U-003", "#search=%E6%B0%B4%E5%88%A9"]
)
def test_the_number_beside_every_bar_is_that_of_the_list_it_leads_to(opened: Open, address: str) -> None:
    driver = opened(address)
    wrong = driver.execute_async_script(
        """const [here, done] = arguments;
        const bars = [...document.querySelectorAll("a.bar, a.cell")].filter((bar) => bar.getAttribute("aria-current") !== "true");
        const asked = bars.map((bar) => [bar.href.split("#")[1], (bar.querySelector(".number") ?? bar).textContent.replace(/\\D/g, "")]);
        const wrong = [];
        const next = () => {
          if (!asked.length) return done(wrong);
          const [hash, number] = asked.shift();
          const check = () => {
            const count = document.getElementById("count").textContent.split(/\\D/)[0];
            if (count !== number) wrong.push([hash, number, count]);
            next();
          };
          if (location.hash === `#${hash}`) return check();
          addEventListener("hashchange", check, { once: true });
          location.hash = hash;
        };
        next();""",
        address,
    )
    assert wrong == []


def test_without_filters_the_script_counts_what_the_page_says(opened: Open) -> None:
    driver = opened()
    page = Page(overview(ROWS))
    for plot in ("state", "kind", "year", "coverage", "rate", "score", "outcome", "code"):
        shown = ask(
            driver,
            "return Object.fromEntries([...document.querySelectorAll('a.bar')].filter((b) => b.dataset.plot === arguments[0])"
            ".map((b) => [b.dataset.value, Number(b.querySelector('.number').textContent.replaceAll(',', ''))]))",
            plot,
        )
        assert shown == page.bars(plot)


def test_the_list_sorts_and_pages(opened: Open) -> None:
    driver = opened()
    head = one(driver, "th[data-key=inconsistent] button")
    head.click()
    assert (
        ask(driver, "return document.querySelector('th[data-key=inconsistent]').getAttribute('aria-sort')")
        == "descending"
    )
    shown = ask(driver, "return [...document.querySelectorAll('td.inconsistent')].map((n) => Number(n.textContent))")
    assert shown[0] == 7
    assert shown == sorted(shown, reverse=True)
    head.click()
    assert (
        ask(driver, "return document.querySelector('th[data-key=inconsistent]').getAttribute('aria-sort')")
        == "ascending"
    )
    click(driver, "th[data-key=name] button")
    everything: list[str] = []
    pages = -(-len(ROWS) // 50)
    for page in range(1, pages + 1):
        assert ask(driver, "return Number(document.getElementById('page').value)") == page
        everything += ask(
            driver,
            "return [...document.querySelectorAll('#table tbody .opens')].map((b) => b.getAttribute('aria-label'))",
        )
        if page < pages:
            click(driver, "#pager button:last-of-type")
    assert len(everything) == len(set(everything)) == len(ROWS), "every file once, on one of the pages"
    assert (
        ask(driver, "return document.querySelector('#pager button:last-of-type').getAttribute('aria-disabled')")
        == "true"
    )


def test_the_list_is_searched(opened: Open) -> None:
    driver = opened()
    one(driver, "#search").send_keys("财政局 第11")
    until(driver, "return location.hash.includes('search=')")
    titles = ask(driver, "return [...document.querySelectorAll('td.title')].map((n) => n.textContent)")
    assert titles
    assert all("第11" in title for title in titles)
    assert listed_count(driver) == len(
        [r for r in ROWS if r.brief and r.brief["department"] == "财政局" and "第11" in r.brief["title"]]
    )


def test_the_list_is_downloaded_as_it_is_filtered_and_no_name_is_a_formula(opened: Open) -> None:
    rows = [*many(60), row("=HYPERLINK(1)", title='他说"好"，\n然后走了', fiscal_year=1999, execution_rate="98.7")]
    driver = opened("#sort=-year", rows)
    ask(
        driver,
        "URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return '#all'; }",
    )
    ask(driver, "document.getElementById('download').click()")
    saved = list(csv.reader(io.StringIO(until(driver, "return window.saved").removeprefix("\ufeff"), newline="")))
    assert len(saved) == len(rows) + 1
    assert {len(line) for line in saved} == {len(saved[0])}
    (line,) = (line for line in saved if line[3] == "1999")
    assert line[:3] == ["'=HYPERLINK(1)", '他说"好"，\n然后走了', "某局"]
    assert line[5:7] == ["90", "98.7"]


def test_an_address_keeps_the_filter_and_what_it_does_not_know_is_nothing(opened: Open) -> None:
    driver = opened("#kind=budget&year=2021&year=2022&sort=-score&size=25&lang=en&year=1066&nonsense=1&page=99")
    wanted = parsed_names(kind="budget", fiscal_year=2021) + parsed_names(kind="budget", fiscal_year=2022)
    assert listed_count(driver) == len(wanted)
    assert ask(driver, "return document.documentElement.lang") == "en"
    assert ask(driver, "return document.querySelectorAll('.chip').length") == 3
    assert ask(driver, "return document.querySelector('th[data-key=score]').getAttribute('aria-sort')") == "descending"
    assert len(names(driver)) <= 25


def test_the_language_is_switched_in_place(opened: Open) -> None:
    driver = opened("#outcome=inconsistent&sort=-inconsistent")
    before = names(driver)
    assert "报告清单" in one(driver, "main").text
    click(driver, "[data-language=en]")
    assert ask(driver, "return document.documentElement.lang") == "en"
    text = one(driver, "body").text
    assert "List of reports" in text
    assert "Inconsistent" in text
    assert names(driver) == before
    click(driver, ".figure-parsed a")
    until(driver, "return location.hash === '#state=parsed&sort=-inconsistent&lang=en'")
    assert listed_count(driver) == len(parsed_names())
    left = ask(
        driver,
        "return [...document.querySelectorAll('[data-word]')].filter((n) => /[\\u4e00-\\u9fff]/.test(n.textContent)).map((n) => n.textContent)",
    )
    assert [word for word in left if "元" not in word] == []


def test_the_keyboard_is_enough(opened: Open) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    driver = opened()

    def press(*keys: str) -> None:
        ActionChains(driver).send_keys(*keys).perform()

    press(Keys.TAB)
    assert ask(driver, "return document.activeElement.id") == "skip"
    reached = []
    for _ in range(80):
        press(Keys.TAB)
        reached.append(ask(driver, "return document.activeElement.dataset.value ?? ''"))
        if reached[-1] == "2023":
            break
    assert reached[-1] == "2023", "every bar is reached by Tab"
    press(Keys.ENTER)
    until(driver, "return location.hash === '#year=2023'")
    assert ask(driver, "return document.activeElement.id") == "list"
    press(Keys.TAB)
    assert ask(driver, "return document.activeElement.id") == "search"
    ask(driver, "document.querySelector('th[data-key=title] button').focus()")
    press(Keys.ENTER)
    assert ask(driver, "return document.querySelector('th[data-key=title]').getAttribute('aria-sort')") == "ascending"
    assert ask(driver, "return document.activeElement.closest('th').dataset.key") == "title", "the focus stays"
    ask(driver, "document.querySelector('.opens').focus()")
    press(Keys.SPACE)
    assert ask(driver, "return document.activeElement.getAttribute('aria-expanded')") == "true"
    assert ask(driver, "return !document.querySelector('tr.detail').hidden")
    ask(driver, "document.querySelector('.chip').focus()")
    press(Keys.ENTER)
    until(driver, "return location.hash === '#sort=title'")
    assert listed_count(driver) == len(ROWS)
    bar = one(driver, "a.bar[data-plot=year][data-value='2021']")
    other = one(driver, "a.bar[data-plot=year][data-value='2022']")
    ActionChains(driver).key_down(Keys.SHIFT).click(bar).click(other).key_up(Keys.SHIFT).perform()
    until(driver, "return location.hash === '#year=2021&year=2022&sort=title'")


def test_hostile_names_do_nothing_in_a_browser(opened: Open) -> None:
    rows = hostile_rows(HOSTILE)
    driver = opened("#sort=-inconsistent", rows)
    ask(driver, "document.querySelectorAll('.opens').forEach((b) => b.click())")
    assert ask(driver, "return document.title") == "报告解析总览"
    assert ask(driver, "return document.querySelectorAll('img, #table script, #worst script').length") == 0
    shown = names(driver)
    assert f"0{HOSTILE[0]}" in shown
    assert "4报告[U+202E]fdp.txt" in shown
    text = ask(
        driver, "return document.querySelector('#table').textContent + document.querySelector('.panels').textContent"
    )
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    for link in (f"0{HOSTILE[0]}", f"3{HOSTILE[3]}"):
        ask(driver, "location.hash = new URLSearchParams([['file', arguments[0]]])", link)
        until(driver, "return document.querySelectorAll('#table tbody th.name').length === 1")
        assert names(driver)[0] == link


def test_a_narrow_page_does_not_run_over_its_edge(opened: Open) -> None:
    for width in (390, 1024, 1440):
        driver = opened("#outcome=inconsistent")
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        assert ask(driver, "return document.documentElement.scrollWidth") <= width
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
