"""The parsed document as a Python value: JSON in and out, look-up, iteration, pandas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reportparse.model import (
    Coverage,
    DocumentInfo,
    Fact,
    Finding,
    Mention,
    Missing,
    Part,
    Section,
    Source,
    Table,
)
from reportparse.records import record

if TYPE_CHECKING:
    import os

    import pandas

    from reportparse.document import Document
    from reportparse.notebook import Highlighted

__all__ = ["Report", "decoded"]


@record
class Report:
    """One parsed document: the JSON object of output.md, as Python values.

    Iterating gives the facts in the order of the text. ``report`` is the view by concept; ``unclaimed`` are the
    quantities that no rule claimed; ``missing`` what the pack expects and the document never states.
    """

    schema_version: str
    source: Source
    document: DocumentInfo
    parts: tuple[Part, ...]
    report: Mapping[str, Mapping[str, Any]]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    unclaimed: tuple[Mention, ...]
    missing: tuple[Missing, ...]
    coverage: Coverage

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def get(self, key: str) -> Fact | None:
        """The fact with that full key; or the one that the view shows for a concept (``revenue.total``), a member
        (``revenue.source[institutional]``) or one of their aspects (``revenue.source[institutional].share``). None if
        there is none.
        """
        for fact in self.facts:
            if fact.key == key:
                return fact
        concept, member, aspect = _split_key(key)
        entry = self.report.get(concept, {})
        cell = entry.get("total") if member is None else entry.get("members", {}).get(member)
        if cell is None or aspect not in cell:
            return None
        shown = next((fact for fact in self.facts if fact.id == cell.get("fact")), None)
        if aspect == "value":
            return shown
        # A cell names the fact of its value alone; its other aspects are known by what they say and on which axes.
        axes = (shown.fund, shown.basis, shown.period) if shown is not None else None
        saying = [
            f for f in self.facts
            if (f.concept, f.member, f.aspect) == (concept, member, aspect)
            and f.role != "reason" and (f.value == cell[aspect] or f.state == "unchanged")
        ]  # fmt: skip
        return min(saying, key=lambda f: (f.fund, f.basis, f.period) != axes, default=None)

    def find(self, concept: str) -> tuple[Fact, ...]:
        """All facts of a concept, in the order of the text."""
        return tuple(fact for fact in self.facts if fact.concept == concept)

    def to_json(self, indent: int | None = None) -> str:
        """The report as JSON: numbers with the printed digits, no ASCII escapes, no trailing newline."""
        from reportparse.emit import to_json

        return to_json(self, indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Report:
        """Load what :meth:`to_json` wrote, validated.

        Raises:
            ValueError: not JSON, or not a report of this schema version; the message names the first fault.
        """
        from reportparse.schema import load

        try:
            return load(cls, decoded(text))
        except RecursionError:
            raise ValueError("not a report: nested too deeply") from None

    def highlight(self, source: str | os.PathLike[str] | bytes | Document) -> Highlighted:
        """The text of the ``source`` that was parsed, with the numbers marked: what is bound, what is not, what does not add up. A
        notebook shows it in colours; ``ansi()`` is for a terminal.

        Raises:
            ReadError: the source cannot be read.
            ValueError: it is another text.
        """
        from reportparse.document import Document
        from reportparse.notebook import Highlighted, marks

        if not isinstance(source, Document):
            from reportparse.readers import read

            asked = (self.source.encoding_reason or "").startswith("asked for")
            engine = "pdfplumber" if self.source.reader == "pdfplumber" else "pdfium"
            source = read(source, encoding=self.source.encoding if asked else None, pdf_engine=engine)
        if source.source.text_sha256 != self.source.text_sha256:
            raise ValueError(f"another text than that of {self.source.name}")
        return Highlighted(source.text, marks(self.facts, self.unclaimed, self.findings))

    def _repr_html_(self) -> str:
        from reportparse.notebook import tables

        return tables(self.document, self.facts, self.findings)

    def to_pandas(self) -> pandas.DataFrame:
        """One row a fact; amounts also in ``yuan``. Words are ``string``, places and years ``Int64``, and figures
        :class:`decimal.Decimal` in columns of objects, so that nothing is rounded. ``where`` tells prose from tables, in which a
        figure may be stated again; ``crossed`` is the other direction of a table (``nature:basic``); ``department`` and
        ``fiscal_year`` are those of the fact's part.

        Raises:
            ImportError: pandas is not installed (``pip install reportparse[pandas]``).
        """
        try:
            import pandas
        except ImportError as error:
            raise ImportError("to_pandas() needs pandas: pip install 'reportparse[pandas]'") from error
        columns = (
            "key", "concept", "member", "label", "fund", "basis", "period", "aspect", "kind", "state", "role", "value", "unit", "yuan",
            "quote", "page", "section", "rule", "confidence",
        )  # fmt: skip
        rows = [[getattr(fact, column) for column in columns] for fact in self.facts]
        frame = pandas.DataFrame(rows, columns=list(columns), dtype=object)
        frame.insert(0, "source", self.source.name)
        frame["start"] = [fact.span[0] if fact.span else None for fact in self.facts]
        frame["end"] = [fact.span[1] if fact.span else None for fact in self.facts]
        frame["where"] = [fact.where for fact in self.facts]
        frame["crossed"] = [
            ",".join(f"{axis}:{value}" for axis, value in fact.cross.items()) or None for fact in self.facts
        ]
        parts = {part.id: part for part in self.parts}
        whose = [parts.get(fact.part, self.document) for fact in self.facts]
        frame["department"] = [one.department or self.document.department for one in whose]
        frame["fiscal_year"] = [one.fiscal_year or self.document.fiscal_year for one in whose]
        frame["id"] = [fact.id for fact in self.facts]
        exact = {"value", "yuan", "confidence"}
        places = dict.fromkeys(("page", "start", "end", "fiscal_year"), "Int64")
        return frame.astype({c: places.get(c, "string") for c in frame.columns if c not in exact})


def decoded(text: str | bytes) -> Any:
    """JSON as Python values whose numbers, whole ones too, are Decimal with the printed digits.

    Raises:
        ValueError: it is not JSON, or holds a figure that no report can.
        RecursionError: it is nested too deeply.
    """
    import json

    return json.loads(text, parse_float=_number, parse_int=Decimal, parse_constant=_no_number)


def _number(printed: str) -> Decimal:
    """A figure with a point or an exponent. The exponent must not ask for more digits than there is memory for."""
    try:
        number = Decimal(printed)
    except ArithmeticError:
        number = None
    if number is None or abs(number.adjusted()) > max(len(printed), 1000):
        raise ValueError(f"not a report: {printed[:40]} is no figure that a report can hold")
    return number


def _no_number(name: str) -> None:
    raise ValueError(f"not JSON: {name}")


def _split_key(key: str) -> tuple[str, str | None, str]:
    aspect = "value"
    for name in ("share", "change_rate", "change", "execution_rate"):
        if key.endswith("." + name):
            key, aspect = key[: -len(name) - 1], name
            break
    if key.endswith("]") and "[" in key:
        concept, _, member = key[:-1].partition("[")
        return concept, member, aspect
    return key, None, aspect
