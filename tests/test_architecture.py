"""The walls of the house: who may import whom, and how large a room may grow.

The law is the ordered table ``LAYERS``. A module may import from the layers below its own and nothing else; imports
inside functions and under ``TYPE_CHECKING`` count like any other. A module that the table does not know fails, so
that a new one is placed on purpose.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "reportparse"

PUBLIC = "reportparse"
"""The package itself, ``__init__.py``: a name in the table like any other."""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    (PUBLIC,),
    (
        "across",
        "batch",
        "review",
        "explain",
        "evaluate",
        "gold",
        "corrections",
        "verify",
        "evidence",
        "export",
        "packcheck",
        "packlint",
        "packdraft",
        "packsuggest",
        "packdiff",
    ),
    ("parse",),
    ("assemble",),
    (
        "bind",
        "bound",
        "naming",
        "spoken",
        "matching",
        "labels",
        "bindtext",
        "bindtable",
        "findings",
        "wording",
        "causes",
        "checks",
        "misread",
        "claims",
        "nearby",
        "twice",
        "relations",
        "view",
        "front",
        "report",
    ),
    (
        "packchoice",
        "packs",
        "packfile",
        "packrules",
        "concepts",
        "checkrules",
        "classes",
        "told",
        "names",
        "mentions",
        "reading",
        "sentences",
        "comparands",
        "clauses",
        "comparisons",
        "reach",
        "phrases",
        "bodies",
        "tables",
        "listed",
        "enumerated",
        "closed",
        "marked",
        "sectioned",
        "unmerged",
        "rejoined",
        "blanked",
        "barecells",
        "stacked",
        "addends",
        "bands",
        "outline",
        "parts",
    ),
    (
        "readers",
        "layout",
        "grids",
        "spaced",
        "alignment",
        "wrapped",
        "joins",
        "geometry",
        "pagination",
        "blocks",
        "lines",
        "headers",
        "filled",
        "wordrows",
        "oneline",
        "barred",
        "padded",
        "furniture",
        "text",
        "numbers",
        "numerals",
        "regions",
        "intervals",
        "emit",
        "notebook",
        "schema",
    ),
    ("document",),
    ("model",),
    ("errors", "datafiles", "patterns", "records", "webpage", "memory", "replacing"),
)

SAME_LAYER: dict[tuple[str, str], str] = {
    ("joins", "regions"): "a line that begins with 万 goes on with a figure, unless it begins with 万州区",
    ("packlint", "packcheck"): "what is wrong with a rule is found and told like what is wrong with an example",
    ("packsuggest", "packdraft"): "a rule that is suggested begins a pack as a draft does",
    ("packsuggest", "corrections"): "a rule holds if it reads what was corrected, by the same key",
    ("corrections", "gold"): "what was judged becomes gold",
    ("verify", "evidence"): "what no fresh parse stands beside is tried field by field",
    ("evaluate", "gold"): "documents are scored against gold",
    ("export", "batch"): "checks are called as on the page of a batch, and reports laid beside one another as there",
    ("export", "corrections"): "tables are of what was read as a reader corrected it",
    ("batch", "across"): "the reports of a batch are laid beside one another",
    ("review", "batch"): "kinds, checks and outcomes are called as on the page of a batch",
    ("review", "export"): "a page is called as the file of its report is, and reports come as lines",
    ("packchoice", "packs"): "of the packs one is chosen, and resolved",
    ("packs", "packfile"): "packs are resolved and chosen from what their files say",
    ("findings", "wording"): "a finding is said in words",
    ("wording", "relations"): "numbers are those of relations",
    ("findings", "causes"): "a finding says what would explain it",
    ("findings", "checks"): "what the checks found is told",
    ("findings", "relations"): "what the checks found is told by the relation that they found it in",
    ("findings", "misread"): "what is likelier read wrongly than printed wrongly is no finding",
    ("findings", "claims"): "what words say of two figures is checked like what numbers say",
    ("claims", "relations"): "what words say of two figures is a relation between them",
    ("misread", "checks"): "a relation is tried once more with another figure",
    ("misread", "causes"): "what explains a list that is whole is no reason to think that it goes on",
    ("misread", "relations"): "a relation is tried once more with another figure",
    ("misread", "nearby"): "a relation is held against the numbers beside it",
    ("misread", "twice"): "what is stated twice is doubted for reasons of its own",
    ("twice", "checks"): "two statements are compared by what they stand for",
    ("twice", "relations"): "two statements are the sides of a relation",
    ("twice", "nearby"): "two statements are held against the numbers beside them",
    ("nearby", "checks"): "numbers are counted on from facts to those that no rule claimed, as relations do",
    ("nearby", "relations"): "numbers are counted on from facts to those that no rule claimed, as relations do",
    ("causes", "checks"): "a cause is tried by the same arithmetic",
    ("causes", "relations"): "a cause is a change of a number in a relation",
    ("checks", "relations"): "relations are reckoned",
    ("checkrules", "concepts"): "the vocabulary declares what has to hold between its facts",
    ("packs", "packrules"): "packs are resolved and chosen from what their files say",
    ("packfile", "checkrules"): "a relation in a pack is written as in the vocabulary",
    ("packfile", "packrules"): "what a file says becomes rules",
    ("bindtext", "bound"): "why an indicator came out as it did stands after what was bound of it",
    ("bindtable", "bound"): "a fact of a table is a fact as those of prose are",
    ("bind", "bound"): "facts are bound one after the other, and each may look at those before",
    ("bind", "matching"): "what a label names is found before what its fact is of",
    ("bind", "naming"): "a project or indicator is named by where a figure stands",
    ("bind", "labels"): "what a label names is told from the label alone",
    ("matching", "bound"): "the facts before say which list a label stands in",
    ("matching", "naming"): "a member can be a project or an indicator",
    ("matching", "labels"): "what a label names is told from the label alone",
    ("matching", "spoken"): "a passage on one project names it once",
    ("spoken", "bound"): "a passage on one project goes on from the facts before",
    ("spoken", "labels"): "how sure a name is",
    ("spoken", "naming"): "a project can be named by a heading",
    ("told", "names"): "which words are the name of a project is asked where projects are told of",
    ("naming", "bound"): "the facts before say which project is spoken of",
    ("naming", "labels"): "what a label names is told from the label alone",
    ("bindtable", "labels"): "the labels of a table name the same members as those of prose",
    ("tables", "listed"): "of a table that has lost its rows these are found first",
    ("tables", "outline"): "a table stands under a heading",
    ("listed", "stacked"): "the statutory tables are told by their headings, and others by their rows",
    ("listed", "rejoined"): "a heading can stand in two cells",
    ("listed", "blanked"): "blank lines can be empty cells",
    ("listed", "enumerated"): "lists that count their rows are told by the numbers",
    ("enumerated", "barecells"): "what a cell can be by its words",
    ("listed", "barecells"): "what a cell can be by its words",
    ("tables", "closed"): "of a form whose cells are closed by bars these are found first",
    ("closed", "listed"): "what is no form is a table of which only the cells are left",
    ("listed", "sectioned"): "forms in blocks are told by what their blocks are called",
    ("sectioned", "barecells"): "what a cell can be by its words",
    ("sectioned", "stacked"): "cells are placed alike, and those that cannot be aside",
    ("tables", "unmerged"): "rows that lost the levels over them are put under their headings first",
    ("unmerged", "barecells"): "what a cell can be by its words",
    ("closed", "barecells"): "what a cell can be by its words",
    ("closed", "marked"): "levels of indicators and blocks of forms are called alike",
    ("stacked", "addends"): "rows that lack cells are placed by what adds up",
    ("blanked", "barecells"): "what a cell can be by its words",
    ("listed", "marked"): "forms of indicators are told by where their marks stand",
    ("marked", "stacked"): "cells are placed alike, and those that cannot be aside",
    ("stacked", "bands"): "headings of several levels are told apart",
    ("layout", "grids"): "every cell is a block, and layout says in which row and column",
    ("layout", "alignment"): "words that stand in columns are a table",
    ("blocks", "grids"): "a layout holds the grids of its tables",
    ("grids", "spaced"): "rows set with spaces are parted by where their words stand",
    ("grids", "lines"): "rows of a text are lines, and every cell becomes one",
    ("alignment", "grids"): "what stands in columns becomes cells",
    ("alignment", "spaced"): "columns are told by what stands one under the other, on a page as in a text",
    ("alignment", "lines"): "rows are lines",
    ("alignment", "wrapped"): "a row can be of several lines, and so can a heading",
    ("packs", "concepts"): "a resolved pack looks labels up by the kinds of their concepts",
    ("packfile", "concepts"): "a pack is checked against the vocabulary when it is loaded",
    ("numbers", "numerals"): "the quantity grammar is written over the numeral grammar",
    ("numbers", "text"): "one string read by itself is folded first",
    ("layout", "text"): "blocks are places in the folded text",
    ("patterns", "errors"): "a pattern over its time limit is an error of its pack",
    ("layout", "lines"): "blocks are made of lines",
    ("layout", "blocks"): "blocks are what layout makes",
    ("layout", "joins"): "a block is a group of lines that belong together",
    ("layout", "geometry"): "where lines have places, these say which belong together",
    ("joins", "geometry"): "lines with places are joined by these",
    ("joins", "blocks"): "whether a line goes on depends on the shape of what came before",
    ("joins", "lines"): "lines are joined",
    ("joins", "numbers"): "the number that a line begins with is a shape, and numerals are read in one place",
    ("blocks", "lines"): "a heading holds no sentence, and lines say what ends one",
    ("blocks", "numbers"): "a block keeps the number that it begins with",
    ("blocks", "text"): "blocks are places in the normalised text",
    ("blocks", "numerals"): "a heading can have lost the mark behind its number",
    ("furniture", "numbers"): "a figure on a line of its own is no page number if its unit follows",
    ("lines", "barred"): "bars on lines of their own make the lines between them cells",
    ("grids", "barred"): "cells between bars on lines of their own stand in rows as wide as each other",
    ("lines", "filled"): "the lines of a statutory form are one table",
    ("lines", "wordrows"): "lines that are rows of a name and figures are one table",
    ("grids", "wordrows"): "a name and figures one blank apart stand in the columns that their headings say",
    ("grids", "filled"): "a statutory form tells the rows and columns of its words",
    ("lines", "padded"): "rows that bars fill up are lines of one table",
    ("grids", "padded"): "rows that bars fill up tell the columns of their cells",
    ("furniture", "headers"): "headings of columns, which come again in every form, are no running head",
    ("padded", "headers"): "which headings a row stands under tells the columns of its cells",
    ("padded", "wordrows"): "a cell of words on a line is one thing, whatever tells its row",
    ("filled", "headers"): "what the headings of a form say tells what its rows hold",
    ("filled", "wordrows"): "a cell of words on a line is one thing, whatever tells its row",
    ("lines", "headers"): "words with one space between are headings of columns",
    ("lines", "oneline"): "a form in one line is told by its words, and its title parted from it",
    ("layout", "oneline"): "a form in one line is a table where other lines are paragraphs",
    ("lines", "furniture"): "the heads and feet of pages are taken out",
    ("lines", "pagination"): "where lines have places, these say what is printed on every page",
    ("lines", "numbers"): "the number that a line begins with is a shape, and numerals are read in one place",
    ("tables", "reading"): "a value of a table is a mention as one of prose is",
    ("reading", "clauses"): "a mention says what it is compared with",
    ("reading", "phrases"): "years and quotation marks are no words of a title",
    ("reading", "outline"): "a block stands under a heading, which is its subject",
    ("sentences", "reading"): "what has been read says what the next figure is of",
    ("sentences", "clauses"): "sentences are read from what the words between their numbers say",
    ("names", "phrases"): "what is said of a project behind its name is a closed class of words",
    ("sentences", "phrases"): "words are read by the closed classes of them",
    ("comparands", "sentences"): "things are compared in a sentence",
    ("comparands", "reading"): "what is compared has been read",
    ("comparands", "clauses"): "words say what is compared with",
    ("comparands", "comparisons"): "what a comparison is of is read from the figures that it prints",
    ("comparands", "phrases"): "verbs of change are a closed class",
    ("mentions", "reading"): "mentions are read one after the other",
    ("mentions", "sentences"): "a figure is taken into its sentence",
    ("mentions", "comparands"): "changes, shares and rates are of a figure before",
    ("mentions", "clauses"): "sentences are read from what the words between their numbers say",
    ("clauses", "phrases"): "words are read by the closed classes of them",
    ("mentions", "phrases"): "sentences are read by the closed classes of words",
    ("mentions", "outline"): "a mention is read where it stands: under which heading, after which",
}
"""(importer, imported) → why. Every other import inside a layer is a fault."""

ONLY_IN: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("pdfplumber", "pdfminer", "pypdfium2", "pypdfium2_raw", "docx", "openpyxl", "lxml", "bs4"),
        frozenset({"readers"}),
    ),
    "charset_normalizer": frozenset({"readers"}),
    "argcomplete": frozenset({"cli"}),
    "pydantic": frozenset({"schema"}),
    "msgspec": frozenset({"emit", "export"}),
    "jinja2": frozenset({"batch", "review"}),
    "pyarrow": frozenset({"export"}),
    "xlsxwriter": frozenset({"export"}),
}
"""Third-party library → the only units that may import it."""

IMPORT_NAMES = {
    "charset-normalizer": "charset_normalizer", "pdfminer.six": "pdfminer", "pillow": "PIL", "python-docx": "docx", "XlsxWriter": "xlsxwriter",
}  # fmt: skip
"""Where a distribution's import name is not its own name."""

BANNED_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "tools", "base"})

NOT_FOR_TXT = frozenset(
    {
        "jieba",
        "pdfplumber",
        "pdfminer",
        "pypdfium2",
        "pypdfium2_raw",
        "pydantic",
        "pandas",
        "regex",
        "docx",
        "lxml",
        "jinja2",
    }
)

LINES_AT_MOST = 400
EXCUSE = "Over 400 lines because"

DEPTH = {unit: depth for depth, layer in enumerate(LAYERS) for unit in layer}
MODULES = sorted(PACKAGE.rglob("*.py"))


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement, resolved: ``target`` is an absolute dotted name."""

    line: int
    target: str
    deferred: bool


def name_of(path: Path) -> str:
    """``src/reportparse/readers/txt.py`` → ``reportparse.readers.txt``."""
    parts = [PUBLIC, *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def unit_of(module: str) -> str:
    """The room a module stands in: its first name below the package. A sub-package is one room."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else PUBLIC


KNOWN = {name_of(path) for path in MODULES}


def imports_of(path: Path) -> Iterator[Import]:
    """Every import in a file, wherever it stands."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=path.name)
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]

    def walk(node: ast.AST, deferred: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(child.lineno, alias.name, deferred)
            elif isinstance(child, ast.ImportFrom):
                origin = child.module or ""
                if child.level:
                    up = package.split(".")[: len(package.split(".")) - (child.level - 1)]
                    origin = ".".join([*up, origin] if origin else up)
                for alias in child.names:
                    # `from . import numbers` names a module, `from .numbers import scan` a thing in one.
                    full = f"{origin}.{alias.name}"
                    yield Import(child.lineno, full if full in KNOWN else origin, deferred)
            elif isinstance(child, ast.Call) and is_import_call(child):
                argument = child.args[0]
                assert isinstance(argument, ast.Constant)
                yield Import(child.lineno, str(argument.value), deferred)
                yield from walk(child, deferred)
            else:
                late = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                guarded = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
                yield from walk(child, deferred or late or guarded)

    yield from walk(tree, False)


def is_import_call(node: ast.Call) -> bool:
    """``import_module("…")`` and ``__import__("…")`` with the name written out."""
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in {"import_module", "__import__"} and bool(node.args) and isinstance(node.args[0], ast.Constant)


def declared() -> tuple[set[str], set[str]]:
    """Import names of the run-time dependencies, and of the extras that users may choose."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def names(requirements: list[str]) -> set[str]:
        bare = ("".join(c if c.isalnum() or c in "-_." else " " for c in r).split()[0] for r in requirements)
        return {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in bare}

    extras = project["optional-dependencies"]
    optional = [requirement for extra, listed in extras.items() if extra != "dev" for requirement in listed]
    return names(project["dependencies"]), names(optional)


def in_file(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


every_module = pytest.mark.parametrize("path", MODULES, ids=in_file)


@every_module
def test_every_module_has_its_place(path: Path) -> None:
    unit = unit_of(name_of(path))
    assert unit in DEPTH, f"{unit} stands in no layer: place it in LAYERS, and in the map of the architecture"


@every_module
def test_imports_run_downward_only(path: Path) -> None:
    own = unit_of(name_of(path))
    faults = []
    for found in imports_of(path):
        if found.target.partition(".")[0] != PUBLIC:
            continue
        other = unit_of(found.target)
        if other == own or (own, other) in SAME_LAYER:
            continue
        if DEPTH.get(other, -1) <= DEPTH.get(own, -1):
            faults.append(f"{in_file(path)}:{found.line} {own} → {other}")
    assert not faults, "imports that do not run downward:\n" + "\n".join(faults)


@every_module
def test_third_party_imports_are_declared(path: Path) -> None:
    required, optional = declared()
    own = unit_of(name_of(path))
    faults = []
    for found in imports_of(path):
        top = found.target.partition(".")[0]
        if top == PUBLIC or top in sys.stdlib_module_names:
            continue
        place = f"{in_file(path)}:{found.line} {top}"
        if top not in required | optional:
            faults.append(f"{place} is not declared in pyproject.toml")
        elif top in optional and not found.deferred:
            faults.append(f"{place} comes with an extra: import it where it is used")
        if own not in ONLY_IN.get(top, {own}):
            faults.append(f"{place} may be imported by {', '.join(sorted(ONLY_IN[top]))} only")
    assert not faults, "\n".join(faults)


@every_module
def test_no_module_grows_without_a_reason(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    lines = source.count("\n")
    if lines > LINES_AT_MOST:
        docstring = " ".join((ast.get_docstring(ast.parse(source)) or "").split())
        assert EXCUSE in docstring, f'{lines} lines, and the docstring does not say "{EXCUSE} …"'


@every_module
def test_a_name_says_what_is_inside(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    assert not BANNED_NAMES.intersection(part.strip("_") for part in parts)


def test_a_pair_inside_a_layer_is_in_one_layer_and_in_use() -> None:
    found = {(unit_of(name_of(path)), unit_of(i.target)) for path in MODULES for i in imports_of(path)}
    units = {unit_of(name) for name in KNOWN}
    for pair in SAME_LAYER:
        importer, imported = pair
        assert DEPTH[importer] == DEPTH[imported], pair
        assert (imported, importer) not in SAME_LAYER, f"a circle: {pair}"
        assert pair in found or not units.issuperset(pair), f"nobody uses {pair} any more: take it out"


def test_the_public_module_has_no_logic() -> None:
    """``__init__`` names things. Looking one up late (PEP 562) is naming; anything else is not."""
    init = PACKAGE / "__init__.py"
    if not init.exists():
        pytest.fail("src/reportparse/__init__.py is missing")
    for node in ast.parse(init.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            assert node.name in {"__getattr__", "__dir__"}, f"line {node.lineno}: {node.name}"
        elif isinstance(node, ast.If):
            assert ast.unparse(node.test) == "TYPE_CHECKING", f"line {node.lineno}"
        else:
            allowed = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.Expr
            assert isinstance(node, allowed), f"line {node.lineno}: {type(node).__name__}"


def test_a_txt_needs_no_heavy_library(tmp_path: Path) -> None:
    """The whole way of a plain ``reportparse FILE``: what it loaded is what the reader waits for."""
    report = min((ROOT / "corpus").glob("*.txt"), default=None)
    if report is None:
        report = tmp_path / "report.txt"
        report.write_text("某局2024年部门整体支出绩效报告\n\n2024年收入总计113.34万元。\n", encoding="utf-8")
    code = (
        "import json, sys\n"
        "from reportparse.cli import main\n"
        "try:\n"
        "    code = main()\n"
        "except SystemExit as end:\n"
        "    code = end.code\n"
        "sys.stdout.flush()\n"
        "sys.stderr.write('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(report)],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"]["reader"] == "txt"
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    assert not loaded & NOT_FOR_TXT


_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[?*+]|\{{1,2}[0-9,]+\}{1,2})\+|\(\?>")


@pytest.mark.parametrize(
    "path", sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.toml")]), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_pattern_has_a_possessive_group(path: Path) -> None:
    """Before Python 3.11.5 the engine takes too much in them (CPython issue 106052), and figures come out wrong."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [line for line in lines if not line.lstrip().startswith("#") and _POSSESSIVE_GROUP.search(line)]
    assert found == []


@pytest.mark.parametrize("pattern", ["(?:a|b)?+", "(?:a|b)*+c", "(?:ab)++", "(?:ab){1,8}+", "(?:ab){{2,}}+", "(?>ab)"])
def test_a_possessive_group_is_told(pattern: str) -> None:
    assert _POSSESSIVE_GROUP.search(pattern)
