"""Text → facts: numbered duties, the paragraphs of a section, names and clauses after a label, by the rule packs.

Over 400 lines because the ways to take a text share where a section's lines and a sentence's clauses end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportparse.blocks import CAPTION_LINE, FOOT, Block
from reportparse.bodies import Name, is_nameless, is_own, names_after, names_before, names_of_line, opens_a_list
from reportparse.bound import Bound
from reportparse.concepts import Concept
from reportparse.numerals import Numbering, numeral
from reportparse.outline import ROOT, Outline
from reportparse.packs import ANYWHERE, Field, ResolvedPack
from reportparse.patterns import Searcher, compile_pattern
from reportparse.reading import Reading

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


_CLOSING = re.compile(r"(?:特此|专此|以上)(?:报告|说明|汇报|公告)|附(?:件|表)?[\d一二三]{0,2}：")
_SENTENCE_END = re.compile(r"[。！？]")
_CLAUSES_END = re.compile(r"[。！？；）]|，(?:酌情|故|共)?扣(?:减|除)?[\d.]+分")


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
    owned = _owned(blocks, outline, roles)
    # 四、评价结论及建议 over （一）评价结论: the inner section is the one that is meant. What stands over a table is none.
    outer = {
        node.parent
        for at, node in enumerate(outline.nodes)
        if node.parent != ROOT and roles[at] == roles[node.parent] and not node.title.endswith("表")
    }
    nearest: list[int] = []  # section with a role that a section is or is in
    for at, role in enumerate(roles):
        parent = outline.nodes[at].parent
        nearest.append(at if role is not None or parent == ROOT else nearest[parent])
    for node in range(len(outline.nodes)):
        role = roles[node]
        if role is None:
            continue
        listing = [rule for rule in pack.fields(role) if rule.take == "names"]
        if listing:
            own = [i for i in owned.get(node, []) if nearest[outline.owner[i]] == node]
            facts.extend(_bodies(text, blocks, outline, own, listing, pack))
        if node in outer:
            continue
        done: set[str] = set()
        for rule in pack.fields(role):
            if rule.take not in _TAKERS or rule.concept in done:
                continue
            taken = _TAKERS[rule.take](
                text, blocks, outline, owned.get(node, []), rule, pack.concepts[rule.concept], node
            )
            if rule.take == "paragraphs":
                taken = [part for whole in taken for part in _parted(whole, text, roles, pack)]
            if taken:
                done.add(rule.concept)
            facts.extend(taken)
    facts.extend(_answers(text, blocks, outline, pack))
    found = {fact.concept.id for fact in facts}
    everywhere = [i for i in range(len(blocks)) if blocks[i].kind not in ("table", "cover")]
    listing = [rule for rule in pack.fields(ANYWHERE) if rule.take == "names" and rule.concept not in found]
    if listing:
        facts.extend(_bodies(text, blocks, outline, everywhere, listing, pack))
    for rule in pack.fields(ANYWHERE):
        if rule.take == "clause" and rule.concept not in found:
            taken = _TAKERS[rule.take](text, blocks, outline, everywhere, rule, pack.concepts[rule.concept], ROOT)
            facts.extend(fact._replace(node=_node_at(fact.start, blocks, outline)) for fact in taken)
            found.update(fact.concept.id for fact in taken)
        elif rule.take == "items" and rule.concept not in found:
            taken = _items_after(text, blocks, outline, everywhere, rule, pack.concepts[rule.concept])
            facts.extend(taken)
            found.update(fact.concept.id for fact in taken)
        elif rule.take == "reasons":
            facts.extend(_reasons(text, blocks, outline, rule, pack.concepts[rule.concept], readings, bound))
    # One clause can stand in a section and in the one around it.
    return list({(fact.concept.id, fact.member, fact.start): fact for fact in reversed(facts)}.values())[::-1]


_ASKS_MAX, _ANSWER_LEAST = 14, 8
_ONLY_ASKS = re.compile(r"（(?:\d{2,4}|[^（）]{0,6}百)字(?:以内|左右)?）")
"""What a form asks for, where nobody has answered."""


def _answers(text: str, blocks: Sequence[Block], outline: Outline, pack: ResolvedPack) -> Iterator[TextFact]:
    """What a form says in the cell behind one that is called as a section is: 存在问题 | 部分设备老化。"""
    before: Field | None = None
    for at in range(len(blocks) - 1):
        block, answer = blocks[at], blocks[at + 1]
        rule = _asked_in(text, block, pack) if block.table is not None else None
        said = text[answer.start : answer.end]
        if (
            rule is not None
            and before is None
            and answer.table == block.table
            and _asked_in(text, answer, pack) is None
        ):
            if len(said) >= _ANSWER_LEAST and "。" in said and _ONLY_ASKS.search(said) is None:
                concept, node = pack.concepts[rule.concept], outline.owner[at + 1]
                yield TextFact(concept, None, said, answer.start, answer.end, node, rule.rule)
        before = rule


def _asked_in(text: str, block: Block, pack: ResolvedPack) -> Field | None:
    """The rule for the paragraphs of a section that a cell is called as."""
    if block.end - block.start > _ASKS_MAX:
        return None
    title = text[block.start : block.end].rstrip("：:")
    role = pack.role_of(title)
    rule = next((f for f in pack.fields(role) if f.take == "paragraphs"), None) if role is not None else None
    if rule is None or (rule.labels and not _any_label(rule.labels, rule.trusted).search(title)):
        return None
    return rule


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
    pattern = _any_label(rule.labels, rule.trusted)
    for at, outcome in enumerate(outcomes):
        reading = readings[outcome.reading]
        stop = reading.sentence[1]
        if at + 1 < len(outcomes):
            stop = min(stop, readings[outcomes[at + 1].reading].quantity.start)
        match = pattern.search(text, reading.quantity.end, stop)
        if match is None and stop == reading.sentence[1]:  # …得9分。未完成的原因是…
            stop = blocks[reading.block].end
            match = pattern.match(text, reading.sentence[1], stop)
        if match is None:
            continue
        close = _CLAUSES_END.search(text, match.end(), stop)
        last = close.start() if close is not None else stop
        if last - match.end() >= 2:
            node = _node_at(match.start(), blocks, outline)
            yield TextFact(concept, outcome.member, text[match.end() : last], match.end(), last, node, rule.rule)


def _owned(blocks: Sequence[Block], outline: Outline, roles: Sequence[str | None]) -> dict[int, list[int]]:
    """The lines of each section, those of its inner ones among them. What follows a signature, and a glossary, is no part
    of the section before it, however deep its heading stands.
    """
    owned: dict[int, list[int]] = {}
    begun = False
    signed = -1
    for index, node in enumerate(outline.owner):
        kind = blocks[index].kind
        if kind == "cover" and begun:
            signed = blocks[index].start
        begun = begun or kind != "cover"
        if kind in ("table", "cover"):
            continue
        at = node
        while at != ROOT and outline.nodes[at].start > signed:
            owned.setdefault(at, []).append(index)
            at = outline.nodes[at].parent if roles[at] != "glossary" else ROOT
    return owned


def _node_at(position: int, blocks: Sequence[Block], outline: Outline) -> int:
    return outline.owner[bisect_right(blocks, position, key=lambda block: block.start) - 1]


def _items(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    """The numbered lines of a section, each with the lines under it that are numbered in a style of their own; where there
    is none, the numbered parts of its paragraphs: 主要职责是：（一）…；（二）….
    """
    facts: list[TextFact] = []
    run_in: list[tuple[int, int, int]] = []
    last: Numbering | None = None  # of the section's own style
    below = ""  # the style of the lines under that one
    for index in owned:
        block, start = blocks[index], outline.body[index]
        number, owner = block.number, outline.owner[index]
        own = block.start == outline.nodes[node].start  # the heading's own line
        goes_on = last is not None and _goes_on(last, number) and outline.nodes[owner].parent == node
        if (owner != node and not goes_on) or (start >= block.end and not (goes_on and text[block.end - 1] in "。；")):
            continue
        run_in += _numbered_parts(text, start if own else block.start, block.end)
        if number is None or own:
            continue
        if last is not None and number.style != last.style and (number.style == below or not _goes_on(last, number)):
            below = number.style
            facts[-1] = facts[-1]._replace(end=block.end, value=text[facts[-1].start : block.end])
            continue
        last, below = number, ""
        member = _ordinal_after(facts, number)
        facts.append(TextFact(concept, member, text[block.start : block.end], block.start, block.end, node, rule.rule))
    if len(facts) > 1 or not run_in:
        return facts
    return [TextFact(concept, str(n), text[a:b], a, b, node, rule.rule) for n, a, b in run_in]


def _items_after(
    text: str, blocks: Sequence[Block], outline: Outline, indexes: Sequence[int], rule: Field, concept: Concept
) -> list[TextFact]:
    """The numbered list that a label opens wherever it stands (主要职责是：), in its own paragraph or in the lines after it."""
    pattern = _any_label(rule.labels, rule.trusted)
    for at, index in enumerate(indexes):
        block = blocks[index]
        match = pattern.search(text, block.start, block.end)
        if match is None:
            continue
        node = outline.owner[index]
        parts = _numbered_parts(text, match.end() - 1, block.end)
        if parts and parts[0][1] == match.end():
            return [TextFact(concept, str(n), text[a:b], a, b, node, rule.rule) for n, a, b in parts]
        if match.end() < block.end:
            continue
        facts: list[TextFact] = []
        last: Numbering | None = None
        for under in indexes[at + 1 :]:
            number, start, end = blocks[under].number, blocks[under].start, blocks[under].end
            if number is None or not (
                number.value == 1 if last is None else _goes_on(last, number) or number.value == last.value
            ):
                break
            if last is not None and number.style != last.style:
                break
            last = number
            facts.append(TextFact(concept, _ordinal_after(facts, number), text[start:end], start, end, node, rule.rule))
        if len(facts) > 1:
            return facts
    return []


def _ordinal_after(facts: Sequence[TextFact], number: Numbering) -> str:
    """The number of the next item of a list: as printed, unless it was printed twice (（三）…（三）…（五）), for then the
    item counts on from the one before it.
    """
    least = int(facts[-1].member or 0) + 1 if facts else 1
    return str(least if number.value is None else max(number.value, least))


def _goes_on(last: Numbering, number: Numbering | None) -> bool:
    """Whether a line is numbered as the next one after another is."""
    return number is not None and last.value is not None and number.value == last.value + 1


_ORDINAL = re.compile(
    r"(?:(?<=[：；。\n]))(?:(?:（([一二三四五六七八九十]{1,3}|\d{1,2})）)[.、]?|(\d{1,2})[.、）](?!\d))"
)


def _numbered_parts(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The parts of a paragraph that are numbered on from 1 in one style, each with its number: at least two. A number that
    is printed twice opens two parts.
    """
    found: list[int] = []
    last: int = 0
    style: bool | None = None
    for match in _ORDINAL.finditer(text, start, end):
        printed = match.group(1) or match.group(2)
        value = int(printed) if printed.isdigit() else int(numeral(printed) or 0)
        if value in (last, last + 1) and value and (style is None or style == (match.group(1) is None)):
            found.append(match.start())
            last, style = value, match.group(1) is None
    if len(found) < 2:
        return []
    return [(n, place, stop) for n, (place, stop) in enumerate(zip(found, [*found[1:], end], strict=True), start=1)]


@lru_cache(maxsize=1024)
def _any_label(labels: tuple[str, ...], trusted: bool) -> Searcher:
    return compile_pattern("|".join(f"(?:{label})" for label in labels), trusted)


def _paragraphs(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    if rule.labels and not _any_label(rule.labels, rule.trusted).search(outline.nodes[node].title):
        return []
    bodies = [i for i in owned if outline.body[i] < blocks[i].end or blocks[i].start > outline.nodes[node].start]
    bodies = [i for i in bodies if blocks[i].end > outline.nodes[node].end]
    if not bodies:
        return []
    within = range(bodies[0] + 1, bodies[-1] + 1)
    annex = next((i for i in within if _ANNEX.match(text, blocks[i].start, blocks[i].end)), len(blocks))
    bodies = [i for i in bodies if i < annex]
    while len(bodies) > 1 and _ends_otherwise(text, blocks[bodies[-1]]):
        bodies.pop()
    first, last = bodies[0], bodies[-1]
    # The section's own heading is no part of it; headings inside it are.
    start = outline.body[first] if blocks[first].start == outline.nodes[node].start else blocks[first].start
    end = blocks[last].end
    return [TextFact(concept, None, text[start:end], start, end, node, rule.rule)]


_ANNEX = re.compile(
    r"附件?[\d一二三四五六七八九十]{0,3}[：:]?(?:\d{1,2}[.、])?[^，。；\n]{0,40}表(?:（.{1,12}）)?(?=\n|$)"
)
"""The title of the form behind a report: 附件：部门整体支出绩效自评表."""


_UNIT_LINE = re.compile(r"（?(?:金额)?单位：(?:人民币)?[百千万亿]?元）?")


def _ends_otherwise(text: str, block: Block) -> bool:
    """Whether a block under a section is none of its text: 特此报告, the caption of the next table, the foot of a site."""
    return (
        _CLOSING.match(text, block.start) is not None
        or CAPTION_LINE.fullmatch(text, block.start, block.end) is not None
        or _UNIT_LINE.fullmatch(text, block.start, block.end) is not None
        or FOOT.match(text, block.start, block.end) is not None
    )


_RUN_IN = re.compile(
    r"(?:^|(?<=[。；！\n]))(?:（?[一二三四五六七八九十\d]{1,2}[）.、])*(?P<title>[^，。；：！？\n（）]{2,14})：(?=[^\n])"
)


def _parted(whole: TextFact, text: str, roles: Sequence[str | None], pack: ResolvedPack) -> list[TextFact]:
    """The paragraphs of a section cut where a label in them is the heading of another: …15天。建议：一是…."""
    parts: list[TextFact] = []
    left: TextFact | None = whole
    for label in _RUN_IN.finditer(whole.value):
        role = pack.role_of(label["title"])
        rule = next((f for f in pack.fields(role) if f.take == "paragraphs"), None) if role is not None else None
        if rule is None or (rule.labels and not _any_label(rule.labels, rule.trusted).search(label["title"])):
            continue
        begin, body = whole.start + label.start(), whole.start + label.end()
        if left is not None and rule.concept == left.concept.id:
            if begin == left.start:
                left = left._replace(start=body)
            continue
        if left is not None and begin > left.start:
            parts.append(left._replace(end=begin))
        new = rule.concept not in {part.concept.id for part in parts} and role not in roles
        left = TextFact(pack.concepts[rule.concept], None, "", body, whole.end, whole.node, rule.rule) if new else None
    if left is not None:
        parts.append(left)
    return [
        part._replace(end=end, value=text[part.start : end])
        for part in parts
        if (end := _stripped(text, part)) > part.start
    ]


def _stripped(text: str, part: TextFact) -> int:
    """Where a part ends without the line break after it."""
    return part.start + len(text[part.start : part.end].rstrip("\n"))


_REASON_GOES_ON = re.compile(r"；(?![二三四五六]是|（?[2-6二三四五六][）.、]|[②-⑥]|同时|另)")


def _clause(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    pattern = _any_label(rule.labels, rule.trusted)
    for index in owned:
        block = blocks[index]
        match = pattern.search(text, outline.body[index], block.end)
        if match is None:
            continue
        stop = _SENTENCE_END.search(text, match.end(), block.end)
        start, end = match.end(), stop.start() if stop else block.end
        half = _REASON_GOES_ON.search(text, start, end)
        end = half.start() if half is not None else end
        while start < end and text[start] in "：，":
            start += 1
        if end - start >= 2:
            return [TextFact(concept, None, text[start:end], start, end, node, rule.rule)]
    return []


def _bodies(
    text: str,
    blocks: Sequence[Block],
    outline: Outline,
    owned: Sequence[int],
    rules: Sequence[Field],
    pack: ResolvedPack,
) -> list[TextFact]:
    """The names of bodies that a section lists: in running text around the noun of a rule, and one a line under a heading
    or a line that ends with it.
    """
    patterns = [(_any_label(rule.labels, rule.trusted), rule) for rule in rules]
    facts: list[TextFact] = []
    described: dict[str, set[int]] = {}  # blocks that say what a listed body is and does, by concept
    ends: set[tuple[str, int]] = set()  # where the names end that are known

    def add(rule: Field, names: Iterable[Name]) -> None:
        concept = pack.concepts[rule.concept]
        for name in names:
            ends.add((rule.concept, name.end))
            if not is_nameless(name.value) and (concept.itself or not is_own(name.value)):
                value = name.value if "（" not in name.value else ""
                facts.append(TextFact(concept, name.value, value, name.start, name.end, owner, rule.rule))

    for at, index in enumerate(owned):
        block, start, owner = blocks[index], outline.body[index], outline.owner[index]
        heading = outline.nodes[owner] if owner != ROOT else None
        if heading is not None and heading.start == block.start:
            rule = _titled(patterns, heading.title)
            if rule is not None:
                under = [
                    i for i in owned[at + 1 :] if owner in (outline.owner[i], outline.nodes[outline.owner[i]].parent)
                ]
                # 预算单位构成 over 纳入预算编制范围的单位共3个，具体是： says what that line says.
                names = [] if _opened(patterns, text, blocks, outline, under) else _lines(text, blocks, under)
                if names:
                    add(rule, names)
                    described.setdefault(rule.concept, set()).update(under)
                for below in (index, *under):
                    if blocks[below].number is None or below == index:
                        add(rule, _first_list(text, outline.body[below], blocks[below].end))
        if start >= block.end:
            continue
        nouns = _nouns(patterns, text, start, block.end)
        at_start = {noun[0]: rule for noun, rule in nouns}
        for noun, rule in nouns:
            if index in described.get(rule.concept, ()) or (rule.concept, _bracket(text, start, noun[0])) in ends:
                continue
            if opens_a_list(text, *noun, block.end):
                # 纳入决算编报的单位共3个。其中：行政单位1个，事业单位2个。分别是：
                rule = next((other for _, other in nouns if pack.concepts[other.concept].itself), rule)
                under = [i for i in owned[at + 1 :] if outline.owner[i] == owner]
                add(rule, _lines(text, blocks, under))
                described.setdefault(rule.concept, set()).update(under)
                continue
            names, counted = names_after(text, *noun, block.end)
            said = at_start.get(counted, rule)
            if said.concept != rule.concept:
                continue  # 下设甲站、乙站2个事业单位: what the count says they are
            if not names:
                names = names_before(text, start, noun[0])
                if any((rule.concept, name.end) in ends for name in names):
                    continue
            add(rule, names)
    return facts


def _bracket(text: str, start: int, place: int) -> int:
    """Where the bracket opens that a place stands in: 反贪局（内设侦查处、指导处） says what one body of a list has."""
    start = max(start, place - _BRACKET_MAX)
    opened = text.rfind("（", start, place)
    return opened if opened > text.rfind("）", start, place) else -1


_BRACKET_MAX = 200
_Patterns = Sequence[tuple[Searcher, Field]]
_AND = re.compile("[、及和与]")
_TITLE_REST = re.compile(r"(?:情况|设置|名单|构成|组成|简介|概况|说明|（[^（）]*）|\d+[个家])*")


def _nouns(patterns: _Patterns, text: str, start: int, end: int) -> list[tuple[tuple[int, int], Field]]:
    """The nouns of all rules in a text, in order; of two that end together the longer: 纳入预算编制范围的二级预算单位."""
    found: dict[int, tuple[tuple[int, int], Field]] = {}
    for pattern, rule in patterns:
        for match in pattern.finditer(text, start, end):
            other = found.get(match.end())
            if other is None or match.start() < other[0][0]:
                found[match.end()] = (match.span(), rule)
    return [found[place] for place in sorted(found)]


def _titled(patterns: _Patterns, title: str) -> Field | None:
    """The rule whose noun a heading is: 机关内设机构, 下属单位情况. One of two nouns, as in 内设机构及所属单位, says nothing."""
    nouns = _nouns(patterns, title, 0, len(title))
    if len(nouns) != 1 or not _TITLE_REST.fullmatch(title, nouns[0][0][1]) or _AND.search(title):
        return None
    return nouns[0][1]


def _opened(patterns: _Patterns, text: str, blocks: Sequence[Block], outline: Outline, indexes: Sequence[int]) -> bool:
    """Whether one of some paragraphs opens a list by a noun of its own."""
    return any(
        opens_a_list(text, *noun, blocks[index].end)
        for index in indexes
        for noun, _ in _nouns(patterns, text, outline.body[index], blocks[index].end)
    )


def _first_list(text: str, start: int, end: int) -> list[Name]:
    """The list that a paragraph begins with: 办公室、财务股、业务股."""
    names, _ = names_after(text, start, start, end)
    return names if len(names) > 1 and names[0].start == start else []


def _lines(text: str, blocks: Sequence[Block], indexes: Sequence[int]) -> list[Name]:
    """The names that lines begin with, those of the first style of numbers if there are any; most lines must be names."""
    style = next((number.style for i in indexes if (number := blocks[i].number) is not None), None)
    lines = filled = 0
    names: list[Name] = []
    for index in indexes:
        block = blocks[index]
        if (block.number.style if block.number is not None else None) != style:
            continue
        start = block.start + (block.number.end if block.number is not None else 0)
        found = names_of_line(text, start, block.end)
        lines += 1
        if found and (style is not None or found[-1].end == block.end):
            names.extend(found)
            filled += 1
    return names if 2 * filled >= lines and (style is not None or lines > 1) else []


_TAKERS: dict[str, Callable[..., list[TextFact]]] = {
    "items": _items,
    "paragraphs": _paragraphs,
    "clause": _clause,
}
