"""A report to look at: tables for a notebook, and its text with the numbers marked.

All words of a source are escaped: nothing of a document is ever markup here, and no script is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from reportparse.model import DocumentInfo, Fact, Finding, Mention
from reportparse.records import record

__all__ = ["Highlighted", "marks", "tables"]

_ROWS = 200
"""Rows of a table that are shown: a notebook holds them all in memory."""
_SHOWN = 80
_COLOURS = {"fact": ("#c8e6c9", "32"), "unclaimed": ("#fff3c4", "33"), "problem": ("#ffcdd2", "31")}
"""Of what is bound, of what is not, and of what does not add up: in HTML, and as an ANSI colour."""


@record
class Mark:
    """A number of the text: ``what`` is ``fact``, ``unclaimed`` or ``problem`` (one that does not add up), ``said`` the keys."""

    start: int
    end: int
    what: str
    said: str


@record
class Highlighted:
    """A text with its numbers marked. A notebook shows :meth:`html`, ``str()`` is the text with ``[…]`` around them."""

    text: str
    marks: tuple[Mark, ...]

    def html(self) -> str:
        """The text as HTML: bound numbers are green, unclaimed ones yellow, those that do not add up red."""
        pieces = ['<pre style="white-space:pre-wrap">']
        for words, mark in self._pieces():
            shown = escape(words).replace("\f", "<hr>")
            if mark is not None:
                colour = _COLOURS[mark.what][0]
                shown = f'<mark style="background:{colour}" title="{escape(mark.said)}">{shown}</mark>'
            pieces.append(shown)
        return "".join((*pieces, "</pre>"))

    def ansi(self) -> str:
        """The text for a terminal, in the same colours."""
        return "".join(
            _printable(words) if mark is None else f"\x1b[{_COLOURS[mark.what][1]}m{_printable(words)}\x1b[0m"
            for words, mark in self._pieces()
        )

    def _pieces(self) -> Iterator[tuple[str, Mark | None]]:
        at = 0
        for mark in self.marks:
            yield self.text[at : mark.start], None
            yield self.text[mark.start : mark.end], mark
            at = mark.end
        yield self.text[at:], None

    def __str__(self) -> str:
        return "".join(words if mark is None else f"[{words}]" for words, mark in self._pieces())

    def _repr_html_(self) -> str:
        return self.html()


def marks(facts: Iterable[Fact], unclaimed: Iterable[Mention], findings: Iterable[Finding]) -> tuple[Mark, ...]:
    """The numbers of a report in the order of its text. Of what overlaps, the first and longest is marked."""
    wrong = {id for finding in findings if finding.outcome == "inconsistent" for id in finding.facts}
    found: dict[tuple[int, int], tuple[str, list[str]]] = {}
    for fact in facts:
        if fact.span is not None and fact.kind not in ("text", "date"):
            what, said = found.get(fact.span, ("fact", []))
            found[fact.span] = "problem" if fact.id in wrong else what, [*said, fact.key]
    for mention in unclaimed:
        found.setdefault(mention.span, ("unclaimed", [mention.label]))
    made: list[Mark] = []
    for (start, end), (what, keys) in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if not made or start >= made[-1].end:
            made.append(Mark(start, end, what, "\n".join(keys)))
    return tuple(made)


def tables(document: DocumentInfo, facts: Sequence[Fact], findings: Sequence[Finding]) -> str:
    """The facts, and the findings that are not consistent, as HTML."""
    head = " · ".join(filter(None, (document.title, document.department, str(document.fiscal_year or ""))))
    rows = (
        (fact.key, "" if fact.value is None else str(fact.value), fact.unit or "", fact.state, fact.quote or "", str(fact.page or ""))
        for fact in facts[:_ROWS]
    )  # fmt: skip
    told = [finding for finding in findings if finding.outcome not in ("consistent", "not_checkable")]
    wrong = ((one.id, one.outcome, one.code, one.message, one.message_en) for one in told[:_ROWS])
    return "".join(
        (
            f"<div><p><b>{escape(head)}</b></p>",
            _table(("key", "value", "unit", "state", "quote", "page"), rows, len(facts)),
            _table(("id", "outcome", "code", "message", "message_en"), wrong, len(told)) if told else "",
            "</div>",
        )
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> str:
    head = "".join(f"<th>{name}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(text)}</td>' for text in row)}</tr>" for row in rows)
    more = f"<p>… {total - _ROWS} more</p>" if total > _ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(text: str) -> str:
    words = " ".join(text.split())
    return escape(words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…")


def _printable(text: str) -> str:
    """Text that cannot steer a terminal."""
    return "".join(c if c.isprintable() or c in "\n\t　" else "\n" if c == "\f" else "" for c in text)
