"""Lists of names of bodies: 内设办公室、财务股和业务股3个股室; 信息中心、培训中心等4个所属事业单位; one name a line.

Only the closed classes of words that such names end in, and of the words that open, join and close a list of them, stand
here. Which noun makes them internal bodies or subordinate units is for the rule packs.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reportparse.numerals import numeral
from reportparse.patterns import seldom

__all__ = ["Name", "is_nameless", "is_own", "names_after", "names_before", "names_of_line", "opens_a_list"]


class Name(NamedTuple):
    """A body's name as printed, without what a bracket says of it, and its place in the normalised text."""

    value: str
    start: int
    end: int


_HAN = "[一二两三四五六七八九十]+"
_NUMBER = rf"(?:\d+|{_HAN})"
_KIND = (
    r"(?:(?:内设|职能|综合|业务|独立|核算|编制|下属|所属|直属|二级|预算|决算|行政|事业|基层|参公|公益|[一二]类|正?[科股]级|副?处级)*"
    r"(?:机构|单位|科室|股室|处室|部室|庭室|委室|组室|部门|站所|中心|[室股科处部]))"
)
_TYPICAL = re.compile(
    r"(?:中心|公司|集团|[中小大]学|(?<![科股处部居教浴])室|股|(?<![学本专])科|(?<![各好用妙])处|(?<![各全干])部|站|队|所"
    r"|(?<![主承协督经举交开])办|组|局|厅|委|馆|院|校|(?<![社机大])会|场|园|社|团|(?<![平舞])台|厂|圃|庭|署|(?<=化)宫|(?<=年)宫|(?<![联关体])系|(?<![据目题])库)"
)
"""How the names of offices, institutions and units end."""
_ENDS = re.compile(rf"{_TYPICAL.pattern}$")
_STRONG_ENDS = re.compile(r"[室股科处]$")
"""What no part of a longer name ends in: A科和B科 are two, 学校和医院科 is one."""
_OWN = re.compile(r"(?:本级|本部|机关)）?$|（(?:[^（）]*(?:本级|本部)|机关)(?=）|$)")
_NAMELESS = re.compile(
    r"[本我全]?(?:省|市|县|区|镇|乡|街道)?(?:人民政府|党委|办事处)?(?:局|委|办|厅|中心|站|所|院|校|馆|处|部门|单位|机关)*（?(?:本级|本部|机关)）?"
)
_SAYS = re.compile(
    rf"^(?:{_HAN}|\d+)[室股科处站所队部](?:{_HAN}|\d+)|^[一二三](?:级[局单预]|类)|[的了是]|(?:^|[现共内下还另拥具含均各])有(?![色线机害])|(?:^|[别称均改作成定即])为(?!民)|包括|包含|[不只仅]含|负责|承担|隶属|下属|所属|直属(?:单位|机构|事业|企业)|二级|下辖|管辖|挂靠|归口"
    r"|设在|位于|合署|加挂|代管|成立|撤销|更名|组建|合并|划入|划转|实行|属于|核定|其中|没有|以上|以下|情况|(?<!建)设(?![备施计])|^(?:[各无]|其[他它]|该|共[有计]|[本全][局委办院县区市镇乡站所单部])|(?<!\d)\d{{1,2}}(?!\d)"
)
"""Words of a sentence, in no name: 国有资产科, 有害生物防治站, 为民服务站 and 120急救站 are names."""
_LEAD_IN = re.compile(r"^.*(?:包括|包含了?|分别为|分别是)(?=.{2})")
_JOINS = re.compile(
    r"^(?:以及|还有|另有|及|和(?=.*(?:室|股|科|处)$))?(?:(?:另|还|并)(?:按规定)?(?:下)?设(?:有|立了?|置了?)?)?"
)
_AND = re.compile(r"以及|和|及|与")
_OF_STATE = re.compile(
    r"挂.{0,60}牌|加挂|^挂|内设|下设|合署|^含|^原|^简称|^以下|独立|核算|自收自支|拨款|公益|参公|参照|事业单位|[正副]?[厅处科股]级|^[不未已尚共在由与]"
    r"|编制|财政|全额|差额|经费|报账|纳入|[的是为]|\d|在建|筹建|暂|兼"
)
"""What a bracket says of a body; any other bracket is a part of its name: 干部人事处（机关党委）, 一科（综合）."""
_BRACKET = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）")
_PIECE = re.compile(r"(?:[^、，；。！？：（）\n]|（[^（）]*(?:（[^（）]*）[^（）]*)*）)+")
_ORDINAL = re.compile(r"（?\d{1,2}(?:[.）]|、)|[①-⑳]|（[一二三四五六七八九十]+）")
_COUNT = re.compile(rf"(?:(?<![高中初同平对特])等)?(?:合计|总计|总共|一共|共计?)?{_NUMBER}(?:个|家|大)(?P<noun>.*)$")
_AND_OTHERS = re.compile(rf"(?<![高中初同平对特])等(?:相关|有关|业务|职能|临床|后勤|医技|管理|内部)*(?:{_KIND}.*)?$")
_AFTER_NOUN = re.compile(rf"^{_KIND}(?:和|及|以及)(?P<more>.+)$")
_COUNTED = re.compile(
    rf"(?:[决预]算)?(?:（(?:科室|股室|处室|部门|单位|[室股科])）)?(?:{_HAN}[室股科处部站所队])*(?:（?(?:[现共总]?(?:数|计)?[有为计]?|合计){_NUMBER}(?:个|家|大)?{_KIND}?(?:）|(?![^，。：；（）、和及分即为是参纳列])))?(?:，均为[^，。：；、]{{2,8}}(?=[，：])|(?:参加|参与|纳入|列入)了?[^，。：；、]{{2,24}}(?=[，：]))?"
)
_NAMED_IN_BRACKET = re.compile(rf"[^，。；：、（）\n]{{2,30}}{_TYPICAL.pattern}(?=[、，；）])")
"""What a bracket after a count begins with if it is the list of what was counted."""
_OPENING = re.compile(
    r"(?:：|，(?=分别|依次|具体|仅|即|包括|包含|主要|为|是|有)|。(?=分别|具体|即|包括)|（(?=分别|即|包括)|分别|依次|具体|主要|仅|为|是|即|有|包括|包含|如下|及|和|以及)*"
)
_BEFORE = re.compile(
    rf"(?:等)?(?:合计|总计|共计?)?({_NUMBER})(?:个|家|大)"
    r"(?:[^，。；：、（）\d]{2,16}的|公益[一二]类|财政(?:全额|差额|补助|拨款)+|(?:全额|差额)拨款|副?[科处股厅]级|参公|独立核算)*$"
)
"""A count before the noun that it is of, with what may be said between: 2个财政性资金基本保证的事业单位."""
_COUNT_AFTER = re.compile(rf"(?:（[^（）]*）)?等?(?:合计|总计|总共|一共|共计?)?{_NUMBER}(?:个|家|大)")
_DECLARED = re.compile(rf"({_NUMBER})(?:个|家|大)?")
_VERB = re.compile(
    r"^.*(?:(?:所属|下属|直属)的?|包含了?|包括了?|设有|设立了?|设置了?|内设|下设|下辖|辖有?|另设|(?<!建)设(?![备施计])|管理|分为|由|(?<![国公私共所])有|(?<![行作])为|是)(?=.{2})"
)
_SUBJECT = re.compile(
    r"^(?:我|本|该|全|其)(?:单位|部门|局|委|办|院|校|中心|县|区|市|镇|乡|街道|会|馆|站|厅|所)(?:机关)?(?=.{2})"
)
_SUBORDINATE = seldom("下[属设辖]|所属|直属")
_GOES_ON = seldom("以及|另有|还有")
"""…等3个行政机构，以及甲中心、乙中心等2个事业机构."""
_PREDICATE = seldom(r"(?:为|是|属于?|系|隶属)(?![^，。；：、\n]*(?:设|辖|包括))[^，。；：、\n]*$")
_NOUNS_ALONE = frozenset({"事业单位", "预算单位"})
"""Nouns that open a list only with 为, ： or a count after them."""
_NAME_MAX, _LOOSE_MAX, _PIECE_MAX, _COUNT_MAX, _CLAUSE_MAX = 40, 12, 200, 16, 800
_LINE_END = re.compile(r"[，。；：]|——|$")


def is_own(name: str) -> bool:
    """Whether a name is that of the body itself, as one of the units that its accounts are made of: 某局（本级）."""
    return _OWN.search(name) is not None


def is_nameless(name: str) -> bool:
    """Whether the body itself is meant without its name: 局本级, 镇人民政府本级."""
    return _NAMELESS.fullmatch(name) is not None


def opens_a_list(text: str, start: int, noun: int, end: int) -> bool:
    """Whether the noun ``text[start:noun]`` opens a list that the lines under its own hold: 事业单位4家，具体包括：."""
    return (
        text[end - 1] == "："
        and _opened(text, noun, end) == end
        and not _PREDICATE.search(text, max(0, start - 40), start)
    )


def _opened(text: str, noun: int, end: int) -> int:
    """Where the list that a noun opens begins: after its count and the words that lead on to the names."""
    counted = _COUNTED.match(text, noun, end)
    at = counted.end() if counted is not None else noun
    if text[at : at + 1] == "（" and (named := _NAMED_IN_BRACKET.match(text, at + 1, end)) is not None:
        if not _SAYS.search(named.group()) and not _OF_STATE.search(named.group()):
            return at + 1  # 所属事业单位1个（某县种子站）
    opening = _OPENING.match(text, at, end)
    if opening is not None and opening.end() > at:
        return opening.end()
    return (
        at + 1 if at > noun and text[at : at + 1] == "，" and at + 1 < end else at
    )  # 下属单位2个，某县种子站和某县农机站


def names_after(text: str, start: int, noun: int, end: int) -> tuple[list[Name], int]:
    """The names that follow the noun ``text[start:noun]``: 内设机构3个，分别是：…; 内设…等5个科室; 38个处室及机关党委. And
    where their count ends, if one closes the list: what follows it says what they are.

    A noun that says what the body itself is (为县水利局下属事业单位) opens no list.
    """
    at = _opened(text, noun, end)
    if at == noun and text[start:noun] in _NOUNS_ALONE:
        return [], 0  # 事业单位登记管理组
    is_counted = at > noun or _BEFORE.search(text, max(0, start - 12), start) is not None
    if not is_counted and _PREDICATE.search(text, max(0, start - 40), start):
        return [], 0
    declared = _DECLARED.search(text, noun, at)
    names, closed = _listed(text, at, end, is_counted, _number(declared.group(1)) if declared is not None else None)
    if not names or (not closed and len(names) < 2 and not is_counted and text[start] == "设"):
        return [], 0
    count = _COUNT_AFTER.match(text, names[-1].end, end) if closed else None
    return names, count.end() if count is not None else 0


def names_before(text: str, start: int, end: int) -> list[Name]:
    """The names before a count and the noun at ``end``: 信息中心、培训中心等4个所属事业单位."""
    count = _BEFORE.search(text, max(start, end - _COUNT_MAX), end)
    if count is None:
        return []
    start = max(start, end - _CLAUSE_MAX)
    begin = max(text.rfind(mark, start, count.start()) for mark in "。；：！？") + 1
    clause = text[max(begin, start) : count.start()]
    comma = clause.rfind("，")
    if comma >= 0 and ("、" in clause[comma:] or _SUBORDINATE.match(clause, comma + 1)):
        clause = clause[comma + 1 :]
    alone = "、" not in clause and "和" not in clause
    if alone and _number(count.group(1)) != 1:
        return []
    offset = count.start() - len(clause)
    lead = _VERB.match(clause.split("、", 1)[0]) or _SUBJECT.match(clause) or _GOES_ON.match(clause)
    if lead is None:
        return []  # somebody else's
    names, _ = _listed(text, offset + lead.end(), count.start(), True, _number(count.group(1)))
    # 设甲科、乙科2个科室和3个所属单位: a list that goes on to the count, and is not closed by one of its own.
    goes_on = len(names) > 1 and not _BRACKET.sub("", text[names[-1].end : count.start()])
    if alone:  # 下属某镇敬老院1个事业单位
        goes_on = len(names) == 1 and _SUBORDINATE.search(clause) is not None and names[0].end == count.start()
    return names if goes_on and all(map(_ends, names)) else []


def names_of_line(text: str, start: int, end: int) -> list[Name]:
    """The names that a line is made of, or the one that it begins with and goes on to describe: 秘书科（联络科）。组织…."""
    names, _ = _listed(text, start, end, False, None)
    if len(names) > 1:
        return names
    stop = _LINE_END.search(text, start, end)
    last = stop.start() if stop is not None else end
    name = _name(text, start, last, False) or _name(text, start, last, True)
    return [name] if name is not None and _ends(name) else []


def _listed(text: str, start: int, end: int, sure: bool, declared: int | None) -> tuple[list[Name], bool]:
    """The names of a list, and whether a count or 等 closes it. In a list that is ``sure`` a name may end as none does;
    where one name more is ``declared``, 和 parts the last two.
    """
    names: list[Name] = []
    loose = 0  # of them at the end that do not end as names do: nothing says that they are any
    closed = False
    usual = ""  # what stands between the names
    at = start
    while at < end:
        before = text[at - 1] if at > start else ""
        ordinal = _ORDINAL.match(text, at, end)
        begin = ordinal.end() if ordinal is not None else at
        piece = _PIECE.match(text, begin, min(end, begin + _PIECE_MAX))
        if piece is None or piece.end() - begin == _PIECE_MAX:
            break
        lacks = declared - len(names) if declared is not None else 0
        found, go_on = _read_piece(text, piece.start(), piece.end(), not names, sure or bool(names), before, lacks)
        if not found:
            break
        ends = _ends(found[-1])
        joined = found[0].start > piece.start()  # ，另设机关党委
        if (
            before
            and before != "、"
            and not (ends and (before == usual or joined or lacks > 0 or (before == "；" and closed)))
        ):
            break
        names.extend(found)
        loose = 0 if ends or not go_on or len(names) == declared else loose + len(found)
        closed = closed or not go_on
        at = piece.end()
        separator = text[at : at + 1] if at < end else ""
        if separator not in (("、", "，", "；") if go_on else ("；",)):
            break
        usual = usual or separator
        at += 1
    names = names[: len(names) - loose]
    return (names, closed) if 2 * sum(map(_ends, names)) >= len(names) else ([], False)


def _ends(name: Name) -> bool:
    """Whether a name ends as names do."""
    return _ENDS.search(_plain(name.value)) is not None or is_own(name.value)


def _read_piece(
    text: str, start: int, end: int, first: bool, may_be_loose: bool, before: str, lacks: int
) -> tuple[list[Name], bool]:
    """The one or two names of a piece between separators, and whether the list goes on after it. ``lacks`` is how many
    names the list lacks of what is declared.
    """
    piece = text[start:end]
    lead = _LEAD_IN.match(piece) if first else _JOINS.match(piece)
    if lead is not None and lead.end() < len(piece):
        start += lead.end()
        piece = piece[lead.end() :]
    more = ""
    go_on = True
    plain = _BRACKET.sub(lambda bracket: "\x00" * len(bracket.group()), piece)
    count = _COUNT.search(plain) or _AND_OTHERS.search(plain)
    if count is not None and count.start():
        go_on = False
        noun = plain[count.start("noun") :] if "noun" in count.groupdict() else ""
        if first and not noun and plain[count.start()] != "等":
            return [], False  # 下设苗圃2个: so many of a kind
        after = _AFTER_NOUN.match(noun)
        if after is not None:
            more = after["more"]
        end = start + count.start()
        piece, plain = piece[: count.start()], plain[: count.start()]
        others = _AND_OTHERS.search(plain)
        if others is not None and others.start():  # 监察室等内设机构7个
            end = start + others.start()
            piece, plain = piece[: others.start()], plain[: others.start()]
        trailing = re.search(r"(?:以及|和|及|与)$", plain)
        if trailing is not None:
            end -= len(trailing.group())
            piece, plain = piece[: trailing.start()], plain[: trailing.start()]
    last = not go_on or text[end : end + 1] not in ("、", "，", "；")
    parts = [
        _name(text, start + a, start + b, last and lacks == 2 and a > 0)
        for a, b in (_parts(plain, last or lacks == 2, lacks == 2) if not (last and lacks == 1) else [(0, len(plain))])
    ]
    names = [name for name in parts if name is not None] if None not in parts else []
    if not names and may_be_loose and before != "，" and len(plain) <= _LOOSE_MAX:
        name = _name(text, start, end, True)
        names = [name] if name is not None else []
    if names and more:
        place = text.find(more, end)
        further = _name(text, place, place + len(more), False)
        if further is not None:
            names.append(further)
            go_on = True
    return names, go_on


def _number(printed: str) -> int | None:
    value = numeral(printed) if not printed.isdecimal() else None
    return int(printed) if printed.isdecimal() else int(value) if value is not None else None


def _parts(piece: str, last: bool, counted: bool) -> list[tuple[int, int]]:
    """Where 和 parts two names: between two that end as no part of a name does, and before the last one of a list;
    in one that is ``counted`` whatever the last one ends in.
    """
    for joint in _AND.finditer(piece):
        left, right = piece[: joint.start()].rstrip("\x00"), piece[joint.end() :].rstrip("\x00")
        ends = _ENDS if last else _STRONG_ENDS
        by_count = last and counted
        if min(len(left), len(right)) >= 2 and (ends.search(left) or is_own(left)) and (by_count or ends.search(right)):
            rest = [(0, len(piece) - joint.end())] if by_count else _parts(piece[joint.end() :], last, False)
            return [(0, joint.start()), *((joint.end() + a, joint.end() + b) for a, b in rest)]
    return [(0, len(piece))]


def _name(text: str, start: int, end: int, loose: bool) -> Name | None:
    """The name that stands at ``text[start:end]``; ``loose`` takes one that does not end as names do."""
    while start < end and text[start] in "“”‘’《 ":
        start += 1
    printed = text[start:end]
    bracket = _BRACKET.search(printed)
    head = printed if bracket is None else printed[: bracket.start()]
    if bracket is None or (bracket.end() < len(printed.rstrip("”’》 ")) and not _ENDS.search(head)):
        head = value = printed.rstrip("”’》 ")
    else:
        inside = bracket.group()[1:-1]
        kept = _OF_STATE.search(inside) is None and len(inside) <= _NAME_MAX
        value = printed[: bracket.end()] if kept else head.rstrip("”’》 ")
    if not 2 <= len(head) <= _NAME_MAX or _SAYS.search(_plain(head)) or not head[0].isalnum():
        return None
    if not loose and _ENDS.search(_plain(head)) is None and not is_own(head):
        return None
    if loose and (len(head) > _LOOSE_MAX or not re.fullmatch(r"[^\W_]+", head)):
        return None
    return Name(value, start, start + len(value))


def _plain(name: str) -> str:
    return _BRACKET.sub("", name) if "（" in name else name
