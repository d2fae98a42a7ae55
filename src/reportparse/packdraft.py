"""A draft of a rule pack from a document that no pack knows well: its headings, and what its unclaimed numbers are called.

The draft is TOML with ``TODO`` where a person has to decide: which role a heading has and which concept a label means.
Labels that run into their sentence are cut at words (``jieba``, with the vocabulary's own names added), so that what is
proposed is the noun that the number belongs to. Numbers are never proposed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from reportparse.concepts import Concepts, load_concepts
from reportparse.model import Mention, Section
from reportparse.packs import ResolvedPack, Rules, resolve
from reportparse.report import Report

__all__ = ["Cutter", "draft", "head", "pattern"]

_AT_MOST = 40
"""Labels proposed under one heading."""
_LABEL_MAX, _LABEL_LEAST = 12, 2
_ALIKE = 0.5
"""Of two headings' characters in the same order, for a role to be proposed."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HEADING_WORDS = re.compile("(?:情况|说明|概况|分析|总体)+$")
_TITLE_MOST = 16
"""Characters of a title that a pack is known by."""
_NOT_OF_TITLE = re.compile(r"(?:19|20)\d\d年?度?|[“”\"']")


def draft(report: Report, packs: Mapping[str, Rules]) -> str:
    """The draft of a pack for documents like the one that was parsed, as TOML."""
    concepts = load_concepts()
    part = report.parts[0]
    pack = resolve(part.pack.id, packs)
    return "".join(
        f"{line}\n"
        for line in (
            *head(report, part.kind, part.pack.id, packs),
            *_sections(report, pack, concepts),
            *_tables(report),
        )
    )


def head(report: Report, kind: str, extends: str, taken: Container[str]) -> Iterator[str]:
    """What a pack for documents like this one begins with: its id, what it extends, and how such a document is known.

    ``taken`` are the ids that other packs have."""
    region = report.document.region
    province = region.code[:2] if region is not None and region.code else None
    known = report.coverage.claimed
    yield f"# A draft from {' '.join(report.source.name.split())}: {known} of {report.coverage.quantities} numbers were claimed by {extends}."
    yield "# Fill in every TODO, delete what is not needed, then: reportparse packs test FILE"
    yield "[pack]"
    own = f"cn-{province}.{kind}" if province is not None else f"cn.{kind}"
    if own in taken:
        own += f".{report.document.fiscal_year or 'TODO'}"
    yield f'id      = "{own}"   # cn[-REGION][.KIND][.YEAR]'
    yield 'version = "1"'
    yield f'extends = "{extends}"'
    title = pattern(_kind_of_title(report))
    headings = [pattern(s.title) for s in report.sections if s.level <= 2][:4]
    listed = ", ".join("'" + heading + "'" for heading in dict.fromkeys(headings))
    yield f"applies = {{ title = '{title}', headings = [{listed}] }}"


def _kind_of_title(report: Report) -> str:
    """The end of the title: what it says of the kind of document, without whose it is and of which year.

    Words before the year and behind it are no words of one title: the longest run of them is taken, the last of equals.
    """
    title = report.document.title or "TODO"
    if report.document.department:
        title = title.removeprefix(report.document.department)
    pieces = [piece for piece in _NOT_OF_TITLE.split(title) if piece]
    return max(reversed(pieces), key=len, default="TODO")[-_TITLE_MOST:]


def _sections(report: Report, pack: ResolvedPack, concepts: Concepts) -> Iterator[str]:
    """Every heading without a role, and every one under which numbers are unclaimed."""
    open_numbers: dict[str | None, list[Mention]] = {}
    for mention in report.unclaimed:
        if mention.where != "table":
            open_numbers.setdefault(mention.section, []).append(mention)
    cut = Cutter(concepts)
    for section in report.sections:
        left = open_numbers.pop(section.id, [])
        if section.role is not None and not left:
            continue
        if section.role is None and not left and not _has_facts(section, report):
            continue
        yield ""
        yield f"# {section.number or ''}{section.title}: {len(left)} numbers unclaimed"
        yield "[[section]]"
        if section.role is not None:
            yield f'role     = "{section.role}"'
        else:
            near = _nearest(section.title, pack)
            yield f'role     = "{near or "TODO"}"   # {concepts.roles[near] if near else "one of [roles] in concepts.toml"}'
            yield f"headings = ['{pattern(section.title)}']"
        yield from _fields(left, cut)
    rest = open_numbers.pop(None, [])
    if rest:
        yield ""
        yield f"# before the first heading: {len(rest)} numbers unclaimed"
        yield "[anywhere]"
        yield from (line.replace("[[section.", "[[anywhere.") for line in _fields(rest, cut))


def _has_facts(section: Section, report: Report) -> bool:
    return any(fact.section == section.id and fact.mention is not None for fact in report)


def _fields(mentions: Sequence[Mention], cut: Cutter) -> Iterator[str]:
    """A field for every label, the commonest first, with the numbers that it was printed with."""
    labels = Counter(cut.noun(mention.label) for mention in mentions)
    shown = [label for label, _ in labels.most_common() if len(label) >= _LABEL_LEAST][:_AT_MOST]
    for label in shown:
        own = [mention for mention in mentions if cut.noun(mention.label) == label]
        units = sorted({mention.unit for mention in own if mention.unit})
        quotes = "、".join(dict.fromkeys(mention.quote.replace("\n", "") for mention in own[:3]))
        yield "[[section.field]]"
        yield f'concept = "TODO"   # {own[0].kind}: {quotes}'
        yield f"labels  = ['{pattern(label)}']"
        if units and own[0].kind != "amount":
            yield f"units   = [{', '.join(repr(unit) for unit in units)}]"
    if shown:
        yield "[[section.examples]]   # a sentence of your own, with these labels"
        yield "text      = 'TODO'"
        yield "facts     = ['TODO']"


def _tables(report: Report) -> Iterator[str]:
    """Every table of which values are unclaimed: its title, and what its rows and columns are called."""
    for table in report.tables:
        left = [mention for mention in report.unclaimed if mention.cell is not None and mention.cell.table == table.id]
        if not left:
            continue
        columns = Counter("/".join(m.cell.column) for m in left if m.cell is not None)
        rows = Counter(m.cell.row[-1] for m in left if m.cell is not None and m.cell.row)
        yield ""
        yield f"# {table.id} {' '.join(table.title.split()) if table.title else 'without a title'}: {len(left)} values unclaimed"
        yield f"#   columns: {'  '.join(name for name, _ in columns.most_common(8))}"
        yield f"#   rows:    {'  '.join(name for name, _ in rows.most_common(8))}"
        yield "[[table]]"
        yield f"titles  = ['{pattern(_NOT_OF_TITLE.sub('', table.title or 'TODO'))}']"
        yield 'total   = "TODO"   # what 合计 is; or names = [...] and [[table.field]], where every row is a record'
        yield "[[table.examples]]   # a small table of your own, its cells parted by |"
        yield "text      = 'TODO'"
        yield "facts     = ['TODO']"


def _nearest(title: str, pack: ResolvedPack) -> str | None:
    """The role whose headings are most like a title."""
    best: tuple[float, str] | None = None
    title = _HEADING_WORDS.sub("", title)
    for role, printed in pack.headings:
        plain = "".join(_HAN.findall(printed))
        matcher = SequenceMatcher(None, title, plain, autojunk=False)
        same = sum(size for _, _, size in matcher.get_matching_blocks() if size > 1)
        alike = same / max(len(title), 1)
        if alike >= _ALIKE and (best is None or alike > best[0]):
            best = (alike, role)
    return best[1] if best is not None else None


def pattern(words: str) -> str:
    """Words as a pattern of a pack: literal, without quotation marks, digits left open."""
    words = re.sub(r"[“”\"'\s]", "", words)
    return re.sub(r"\d+", r"\\d+", re.sub(r"([.*+?^$\\|\[\]{}])", r"\\\1", words))


class Cutter:
    """Cuts the noun off a label that runs into its sentence."""

    def __init__(self, concepts: Concepts) -> None:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._words: Any = jieba.Tokenizer()
        for concept in concepts.values():
            self._words.add_word(concept.zh)
        for name in concepts.roles.values():
            self._words.add_word(name)

    def noun(self, label: str) -> str:
        """The last words of a label, at most a dozen characters of them."""
        label = re.split("[、，；：。（）]", label.rstrip("、，；：。（）"))[-1]
        if len(label) <= _LABEL_MAX:
            return label
        kept = ""
        for word in reversed(list(self._words.cut(label))):
            if len(word) + len(kept) > _LABEL_MAX:
                break
            kept = word + kept
        return kept or label[-_LABEL_MAX:]
