"""A rule of a pack for what a reader corrected: the label of a number, under its heading, means another concept.

What comes out is a draft of additions to a pack of the user's own, tried at once: the document is parsed again with them, and every
suggestion says whether the number is then read as it was corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import unified_diff
from typing import Any, NamedTuple

from reportparse.concepts import TEXT_KINDS, load_concepts
from reportparse.corrections import stated_key
from reportparse.document import Document
from reportparse.model import Fact, Mention
from reportparse.packdraft import Cutter, head, pattern
from reportparse.packfile import read_rules
from reportparse.packs import ANYWHERE, Rules
from reportparse.parse import parse
from reportparse.report import Report

__all__ = ["Suggested", "Suggestion", "suggest"]


class Suggested(NamedTuple):
    """What became of one correction: whether its number ``holds``, read as it was corrected, with the pack that was suggested; or why
    there is no rule for it, in Chinese and in English.
    """

    quote: str
    label: str
    concept: str
    holds: bool
    reason: str = ""
    reason_en: str = ""


class Suggestion(NamedTuple):
    """A pack as it was and as it would be, the same if nothing is suggested."""

    before: str
    after: str
    rules: tuple[Suggested, ...]

    def diff(self, name: str) -> str:
        """The change as a unified diff."""
        old, new = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        return "".join(unified_diff(old, new, name, name))


def suggest(
    corrections: Mapping[str, Any], document: Document, packs: Mapping[str, Rules], own: str, name: str
) -> Suggestion:
    """Additions to a pack for what was corrected in a document.

    Args:
        corrections: as :func:`reportparse.corrections.load_corrections` gives them, checked against the document.
        document: the source that they are of.
        packs: all packs, without the one that is added to.
        own: the text of that pack; empty for a new one.
        name: the name of its file.

    Raises:
        PackError: the pack that is there is broken.
    """
    rules: dict[str, Rules] = {**packs, **_one(own, name)}
    report = parse(document, packs=rules)
    cut = Cutter(load_concepts())
    done = [
        (entry, *_suggested(entry, report, cut)) for entry in corrections["entries"] if entry["verdict"] in ("correct", "missing")
    ]  # fmt: skip
    # One rule is for all numbers with its label; one by which none of them is read right is no suggestion.
    wanted = dict.fromkeys(lines for _, lines, _ in done if lines)
    after, again = own, report
    while wanted:
        after = _with(own, wanted, report, packs)
        with_them: dict[str, Rules] = {**packs, **_one(after, name)}
        again = parse(document, packs=with_them)
        kept = dict.fromkeys(
            lines for entry, lines, said in done if lines in wanted and _tried(entry, said, again).holds
        )
        if len(kept) == len(wanted):
            break
        wanted, after, again = kept, own, report
    return Suggestion(own, after, tuple(_tried(entry, said, again) for entry, _, said in done))


def _with(own: str, additions: Iterable[tuple[str, ...]], report: Report, packs: Mapping[str, Rules]) -> str:
    """The text of the pack with rules more, or of a new one with these."""
    start = own
    if not own.strip():
        start = "".join(f"{line}\n" for line in head(report, report.parts[0].kind, report.parts[0].pack.id, packs))
    return start.rstrip("\n") + "\n" + "".join(f"{line}\n" for lines in additions for line in lines)


def _one(text: str, name: str) -> dict[str, Rules]:
    if not text.strip():
        return {}
    rules = read_rules(text.encode(), name)
    return {rules.id: rules}


def _suggested(entry: Mapping[str, Any], report: Report, cut: Cutter) -> tuple[tuple[str, ...], Suggested]:
    """The lines of a rule for one correction, none where no rule can tell it."""
    said, quote = entry["corrected"], " ".join(entry["quote"].split())
    one = _read_at(report, entry["span"])
    label = cut.noun(one.label) if one is not None and one.label else ""
    found = Suggested(quote, label, said["concept"], holds=False)
    concept = load_concepts()[said["concept"]]
    if one is None or not label:
        return (), found._replace(reason="这里没有读出带标签的数", reason_en="no number with a label was read there")
    if one.where == "table":
        return (), found._replace(
            reason="在表里：表格的规则要看整张表，请用 packs new 起草",
            reason_en="in a table, whose rule is of all of it: see packs new",
        )
    if said["aspect"] != "value" or one.aspect != "value" or concept.kind == "text":
        return (), found._replace(
            reason="占比、增减和文字不由标签的规则认领", reason_en="no rule of a label tells shares, changes and texts"
        )
    if isinstance(one, Fact) and (one.concept, one.member) == (said["concept"], said["member"]):
        return (), found._replace(
            reason="指标没有变，口径和期间由句子读出，不由规则",
            reason_en="the concept is the same: axes are read from the sentence, not by a rule",
        )
    role = next((section.role for section in report.sections if section.id == one.section), None) or ANYWHERE
    table = "anywhere" if role == ANYWHERE else "section"
    lines = [""] if role == ANYWHERE else ["", "[[section]]", f'role = "{role}"']
    lines += [f"[[{table}.field]]", f'concept = "{said["concept"]}"', f"labels = ['{pattern(label)}']"]
    name = said["concept"]
    if said["member"] is not None and said["member"] in concept.members:
        lines.append(f'member = "{said["member"]}"')
        name += f"[{said['member']}]"
    lines += [
        f"[[{table}.examples]]",
        "text = '" + _bare(f"2024年，{label}{quote}。") + "'",
        f"facts = ['{name} = {_bare(quote)}']",
    ]
    return tuple(lines), found


def _bare(words: str) -> str:
    """Words that a literal string of TOML can hold."""
    return words.replace("'", "").replace(" ", "")


def _read_at(report: Report, span: Any) -> Fact | Mention | None:
    numbers: list[Fact | Mention] = [fact for fact in report.facts if fact.mention is not None]
    return next((one for one in (*numbers, *report.unclaimed) if one.span == tuple(span)), None)


def _is_value(fact: Fact, value: str | None) -> bool:
    if value is None or fact.value is None:
        return value is fact.value
    if isinstance(fact.value, Decimal) and fact.kind not in TEXT_KINDS:
        return fact.value == Decimal(value)
    return str(fact.value) == value


def _tried(entry: Mapping[str, Any], said: Suggested, report: Report) -> Suggested:
    """Whether a number is read as it was corrected."""
    wanted = entry["corrected"]
    key, value = stated_key(wanted), wanted["value"]
    holds = any(
        fact.span == tuple(entry["span"])
        and (fact.key, fact.state, fact.unit) == (key, wanted["state"], wanted["unit"])
        and _is_value(fact, value)
        for fact in report.facts
    )
    if holds or said.reason:
        return said._replace(holds=holds)
    return said._replace(
        reason="加上规则仍未这样读出，规则不列入：再用 explain 看停在哪里",
        reason_en="not read so even with a rule, which is left out: explain tells where it stops",
    )
