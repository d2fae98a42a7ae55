"""Text → facts: numbered duties, the paragraphs of a section, names and clauses after a label, by the rule packs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportparse.bind import Bound
from reportparse.blocks import Block
from reportparse.concepts import Concept
from reportparse.mentions import Reading
from reportparse.outline import ROOT, Outline
from reportparse.packs import ANYWHERE, Field, ResolvedPack

__all__ = ["TextFact", "bind_text"]


class TextFact(NamedTuple):
    """A piece of text bound to a concept: its place in the normalised text and its value."""

    concept: Concept
    member: str | None
    value: str
    start: int
    end: int
    node: int
    rule: str


_CLOSING = re.compile(r"(?:特此|专此|以上)(?:报告|说明|汇报|公告)")
_NAME_END = re.compile(
    r"(?:室|股|科|处|部|中心|站|队|所|办|组|局|厅|馆|院|校|会|库|场|园|社|公司|学校|医院|支队|大队)$"
)
_SENTENCE_END = re.compile(r"[。！？]")
_CLAUSES_END = re.compile(r"[。！？；）]")


def bind_text(
    text: str,
    blocks: Sequence[Block],
    outline: Outline,
    roles: Sequence[str | None],
    pack: ResolvedPack,
    readings: Sequence[Reading] = (),
    bound: Sequence[Bound] = (),
) -> list[TextFact]:
    """Bind the text concepts: numbered duties, the paragraphs of a section, names and clauses after a label, and why an
    indicator came out as it did, which stands after what was ``bound`` of it.
    """
    facts: list[TextFact] = []
    owned: dict[int, list[int]] = {}
    for index, node in enumerate(outline.owner):
        if blocks[index].kind not in ("table", "cover"):
            at = node
            while at != ROOT:
                owned.setdefault(at, []).append(index)
                at = outline.nodes[at].parent
    # 四、评价结论及建议 over （一）评价结论: the inner section is the one that is meant.
    outer = {
        node.parent for at, node in enumerate(outline.nodes) if node.parent != ROOT and roles[at] == roles[node.parent]
    }
    for node in range(len(outline.nodes)):
        role = roles[node]
        if role is None or node in outer:
            continue
        done: set[str] = set()
        for rule in pack.fields(role):
            if rule.take not in _TAKERS or rule.concept in done:
                continue
            taken = _TAKERS[rule.take](
                text, blocks, outline, owned.get(node, []), rule, pack.concepts[rule.concept], node
            )
            if taken:
                done.add(rule.concept)
            facts.extend(taken)
    found = {fact.concept.id for fact in facts}
    everywhere = [i for i in range(len(blocks)) if blocks[i].kind not in ("table", "cover")]
    for rule in pack.fields(ANYWHERE):
        if rule.take in ("names", "clause") and rule.concept not in found:
            taken = _TAKERS[rule.take](text, blocks, outline, everywhere, rule, pack.concepts[rule.concept], ROOT)
            facts.extend(fact._replace(node=_node_at(fact.start, blocks, outline)) for fact in taken)
            found.update(fact.concept.id for fact in taken)
        elif rule.take == "reasons":
            facts.extend(_reasons(text, blocks, outline, rule, pack.concepts[rule.concept], readings, bound))
    # One clause can stand in a section and in the one around it.
    return list({(fact.concept.id, fact.member, fact.start): fact for fact in reversed(facts)}.values())[::-1]


def _reasons(
    text: str,
    blocks: Sequence[Block],
    outline: Outline,
    rule: Field,
    concept: Concept,
    readings: Sequence[Reading],
    bound: Sequence[Bound],
) -> Iterator[TextFact]:
    """The reasons that a sentence gives after an indicator's outcome."""
    outcomes = [one for one in bound if one.concept.id == "indicator.actual"]
    pattern = _any_label(rule.labels)
    for at, outcome in enumerate(outcomes):
        reading = readings[outcome.reading]
        stop = reading.sentence[1]
        if at + 1 < len(outcomes):
            stop = min(stop, readings[outcomes[at + 1].reading].quantity.start)
        match = pattern.search(text, reading.quantity.end, stop)
        if match is None:
            continue
        close = _CLAUSES_END.search(text, match.end(), stop)
        last = close.start() if close is not None else stop
        if last - match.end() >= 2:
            node = _node_at(match.start(), blocks, outline)
            yield TextFact(concept, outcome.member, text[match.end() : last], match.end(), last, node, rule.rule)


def _node_at(position: int, blocks: Sequence[Block], outline: Outline) -> int:
    return outline.owner[bisect_right(blocks, position, key=lambda block: block.start) - 1]


def _items(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    facts: list[TextFact] = []
    for index in owned:
        block, start = blocks[index], outline.body[index]
        if (
            outline.owner[index] != node
            or block.number is None
            or start >= block.end
            or block.start == outline.nodes[node].start
        ):
            continue
        member = str(block.number.value) if block.number.value is not None else str(len(facts) + 1)
        facts.append(TextFact(concept, member, text[block.start : block.end], block.start, block.end, node, rule.rule))
    return facts


@lru_cache(maxsize=1024)
def _any_label(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{label})" for label in labels))


def _paragraphs(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    if rule.labels and not _any_label(rule.labels).search(outline.nodes[node].title):
        return []
    bodies = [i for i in owned if outline.body[i] < blocks[i].end or blocks[i].start > outline.nodes[node].start]
    bodies = [i for i in bodies if blocks[i].end > outline.nodes[node].end]
    if not bodies:
        return []
    if len(bodies) > 1 and _CLOSING.match(text, blocks[bodies[-1]].start):
        bodies.pop()
    first, last = bodies[0], bodies[-1]
    # The section's own heading is no part of it; headings inside it are.
    start = outline.body[first] if blocks[first].start == outline.nodes[node].start else blocks[first].start
    end = blocks[last].end
    return [TextFact(concept, None, text[start:end], start, end, node, rule.rule)]


def _clause(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    pattern = _any_label(rule.labels)
    for index in owned:
        block = blocks[index]
        match = pattern.search(text, outline.body[index], block.end)
        if match is None:
            continue
        stop = _SENTENCE_END.search(text, match.end(), block.end)
        start, end = match.end(), stop.start() if stop else block.end
        while start < end and text[start] in "：，":
            start += 1
        if end - start >= 2:
            return [TextFact(concept, None, text[start:end], start, end, node, rule.rule)]
    return []


def _names(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    pattern = _any_label(rule.labels)
    facts: list[TextFact] = []
    for index in owned:
        block = blocks[index]
        for match in pattern.finditer(text, outline.body[index], block.end):
            stop = _SENTENCE_END.search(text, match.end(), block.end)
            facts.extend(_name_list(text, match.end(), stop.start() if stop else block.end, concept, node, rule))
            if facts:
                return facts
    return facts


_COUNTED = re.compile(
    r"^(?:\d+|[一二两三四五六七八九十]+)(?:个|家|处)?(?:内设)?(?:机构|科室|股室|职能科室|职能股室|处室|单位)?(?:[，：]|分别是|分别为|即|包括|为|是|有)*"
)


_PIECE = re.compile(r"[^、，]+")
_NAME_OR_AND = re.compile(r"(?:(?!和|及|以及).)+|(?:和|及|以及)")
_COUNT_AT_END = re.compile(r"(?:等?(?:共计?|合计)?(?:\d+|[一二两三四五六七八九十]+)个.*|等)$")
_BRACKET_AT_END = re.compile(r"（[^）]*）?$")
_SAYS = re.compile(r"[为是有]|包括")


def _name_list(text: str, start: int, end: int, concept: Concept, node: int, rule: Field) -> list[TextFact]:
    """The names in 办公室、财务股和业务股3个股室, as far as they look like names of offices."""
    counted = _COUNTED.match(text[start:end])
    start += counted.end() if counted else 0
    facts: list[TextFact] = []
    end = min(end, *(at for at in (text.find("；", start, end),) if at >= 0), end)
    for piece in _PIECE.finditer(text[start:end]):
        for name in _NAME_OR_AND.finditer(piece.group()):
            word = name.group()
            if word in ("和", "及", "以及"):
                continue
            trimmed = _BRACKET_AT_END.sub("", _COUNT_AT_END.sub("", word))
            if not (2 <= len(trimmed) <= 16 and _NAME_END.search(trimmed)) or _SAYS.search(trimmed):
                return facts
            at = start + piece.start() + name.start()
            facts.append(TextFact(concept, trimmed, trimmed, at, at + len(trimmed), node, rule.rule))
    return facts


_TAKERS: dict[str, Callable[..., list[TextFact]]] = {
    "items": _items,
    "paragraphs": _paragraphs,
    "clause": _clause,
    "names": _names,
}
