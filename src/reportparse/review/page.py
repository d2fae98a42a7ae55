"""The page of one report: its source with every number lit on the left, what was read on the right."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from reportparse.batch.terms import CHECKS, KINDS, OUTCOMES
from reportparse.datafiles import read_data
from reportparse.document import Document
from reportparse.report import Report
from reportparse.review.content import Content
from reportparse.review.marks import cut
from reportparse.review.terms import INDEX_WORDS, WORDS
from reportparse.webpage import policy_hash, script_json, shown

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["index_page", "page"]

Words = dict[str, tuple[str, str]]
Picture = tuple[str, bytes] | None


def page(
    report: Report,
    document: Document | None,
    pictures: Iterable[Picture] = (),
    *,
    version: str,
    back: str | None = None,
    differs: bool = False,
) -> Iterator[str]:
    """The page of ``report`` as HTML that needs nothing beside itself, piece by piece.

    ``document`` is its source, None where that is not at hand (``differs``: a file of its name is, with other content);
    ``pictures`` are the pages of a PDF as pictures, None for one that cannot be drawn; ``version`` that of the tool;
    ``back`` the address of the list that the page belongs to. What is asked for twice is the same.
    """
    content = Content(report, version)
    info, coverage = report.document, report.coverage
    geometry = document.geometry if document is not None else None
    yield from _template("page").generate(
        **_frame("page", content.data),
        title=shown(info.title or report.source.name),
        name=shown(report.source.name),
        facts=[
            ("department", info.department),
            ("year", info.fiscal_year),
            ("kind", KINDS.get(info.kind, (info.kind,))[0]),
            ("coverage", f"{coverage.claimed} / {coverage.quantities}"),
        ],
        back=back,
        notice=None if document is not None else "other_source" if differs else "no_source",
        unread=[one.page for one in report.source.unread_pages],
        blocks=cut(document.text, content.places, document.page_starts) if document is not None else (),
        classes=content.classes,
        many_pages=document is not None and len(document.page_starts) > 1,
        sheets=geometry.pages if geometry is not None else (),
        pictures=map(_encoded, pictures),
    )


def index_page(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The list of the reports of a folder as HTML, each row with the address of its page."""
    yield from _template("index").generate(
        **_frame("index", [[row["sha256"], row["total"]] for row in rows]), rows=rows
    )


def _frame(name: str, data: object) -> dict[str, Any]:
    return {**_fixed(name), "data": script_json(data)}


@cache
def _fixed(name: str) -> dict[str, Any]:
    """What is the same in all pages of a kind."""
    words = _words(name)
    style, script = read_data("review", "review.css"), read_data("review", f"{name}.js")
    return {
        "word": lambda key: words[key][0],
        "all_words": script_json(
            {"zh": {k: said[0] for k, said in words.items()}, "en": {k: said[1] for k, said in words.items()}}
        ),
        "style": style,
        "script": script,
        "style_hash": policy_hash(style),
        "script_hash": policy_hash(script),
    }


def _words(name: str) -> Words:
    kinds = {f"kind.{kind}": said for kind, said in KINDS.items()}
    if name == "index":
        return INDEX_WORDS | kinds
    checks = {f"check.{code}": said for code, said in CHECKS.items()}
    return WORDS | checks | kinds | {f"outcome.{outcome}": said for outcome, said in OUTCOMES.items()}


@cache
def _template(name: str) -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(read_data("review", f"{name}.html"))


def _encoded(picture: Picture) -> str:
    return "" if picture is None else f"{picture[0]};base64,{b64encode(picture[1]).decode()}"
