"""Projects that running prose tells of one after the other: which words name one, how far what is said of it goes, what its figures are.

一是茶园道路硬化，年初安排60万元，…；二是… names them without the word 项目 and without a verb of its own for every figure. So a
line is cut where the next project is named, and what stands before a figure says whether it is planned, spent or a mark.
Closed classes of words again; whether a name is one is asked of :mod:`reportparse.names`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportparse.names import project_in
from reportparse.patterns import seldom

__all__ = ["Told", "basis_of", "is_mark", "is_spread", "lists_projects", "natures_told", "projects_told"]


class Told(NamedTuple):
    """A stretch of a line and the project that it tells of, or several whose figures stand side by side (分别为)."""

    start: int
    end: int
    names: tuple[str, ...]


_WHEN = "(?:年初|年中|全年|当年|年度|本年度?|年内|年末|截至[^，。；：]{2,8}底|实际|累计|总共|一?共|已|仅|只)"
_DO = "(?:(?:财政|县里|总)?预算|安排|批复|下达|核定|支出|执行|支付|拨付|使用|投入|完成|列支|开支|花|付出|调整|未|没有?)"
_MARK = seldom(
    r"(?:^|(?<=[。；：]))[ 　]*(?:[一二三四五六七八九]是(?:是(?=[^，。；：]{4}))?|（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.．、](?!\d)|[①-⑳⑴-⒇]|——)"
)
_LEAD = (
    r"(?:[ 　“]|此外，|另外，|其余(?:的)?(?:为|是)|还有(?:一个)?(?:是|为)?|其中：?|其中，|以及|第[一二三四五六七八九]个(?:项目)?(?:是|为)|"
    r"[^，。；：、\d]{1,10}的(?:项目)?(?:是|为)|[^，。；：、\d]{1,8}最[大多小少高低快慢早晚好差](?:的)?(?:项目)?(?:是|为)?){0,3}"
)
_NAME = r"(?P<name>[^，。；：（）\d]{3,32}?)”?(?:项目|专项)?"
_ITEM = seldom(rf"{_LEAD}{_NAME}(?=[，。：（]|{_WHEN}{{0,3}}{_DO}|(?<=资金|经费|补助|补贴|奖补|项目)\d)")
_OPENS = seldom(
    rf"(?:^|(?<=[。；：]))(?:各?项目的?(?:资金|预算)?[^，。；：]{{0,12}}如下：)?{_LEAD}{_NAME}(?=(?:[，：（]|{_WHEN}){{0,4}}{_DO}[^，。；：\d]{{0,6}}(?:\d|安排|批复|预算)|，[\d.,]+(?:万|亿)?元的(?:年初|全年)?预算)"
)
_FOR = seldom(
    r"元(?:（[^（）]*）)?，?(?:用于|投入(?:到|于)?|用在|支持|投向|实施)(?:了)?“?(?P<name>[^，。；：（）“”\d]{3,32}?)”?(?:项目)?(?=[，。；（]|$)"
)
_MONEY = seldom(
    r"(?:预算|支出|执行|支付|拨付|使用|用了|安排|批复|下达|核定|投入|付出|花了?|兑付|发放|开支|列支)[^，。；\d]{0,8}[\d.,]+(?:万|亿)?元|(?:执行|支出|支付|使用)(?:率|进度)[^，。；\d]{0,4}[\d.]+%"
    r"|元(?:已经?)?(?:全部|全额|均|都)(?:已经?)?(?:支出|执行|支付|拨付|使用|兑付|发放)"
)
_ON_ALL = seldom(
    r"(?<=[。；])(?![^，。；]{0,16}(?:分别|依次))(?=(?:上述|以上|各|全部|所有|[\d一二两三四五六七八九十]+个|本|合计|总计|总的|综上|经)[^，。；：]{0,4}项目|合计|总计|各项目|全部项目)"
)
"""Where a line comes back from its projects to all of them."""
_TITLED = seldom(r"[ 　]*(?P<name>[^，。；：（）\d]{4,40})：(?=.)")
"""A line that one project, or several side by side, are the title of: 茶苗繁育和茶农课堂：两个项目的年初预算分别为…"""
_NO_TITLE = seldom("(?:情况|如下|综述|概述|结论|结果|说明|总结|小结|分析|问题|建议|措施|绩效|自评|评价|工作)$")
_MONEY_AT_ALL = seldom("\\d(?:万|亿)?元")
_LISTS = seldom(
    r"(?:项目[\d一二两三四五六七八九十]+[个项]|[\d一二两三四五六七八九十]+[个项](?:子|专项|重点)?项目)[^。\n]{0,24}如下[：。]\s*$"
)
_BEFORE_KNOWN = 16
_SAID_BEHIND = 12
"""Characters behind names in which the budget is called and 分别 stands."""
_ITEM_MARK = 4
_LOOK_BACK = 200
"""Characters before a name among which its sentence begins."""
_FIGURE = seldom(r"\d")
_KNOWN_LEAST = 4
_SENTENCE = seldom("[。；：]|——")
_FULL_STOP = seldom("。")
_AT_ONCE = seldom("分别|依次|各(?:为|是)?|均")


def lists_projects(before: str) -> bool:
    """Whether the lines after these words tell of one project each: 全年共实施项目7个，具体情况如下："""
    return _LISTS.search(before) is not None


def projects_told(line: str, known: Sequence[str], on_projects: bool, seats: tuple[str, ...] = ()) -> list[Told]:
    """The stretches of a line that tell of one project each. ``known`` are projects that the report's tables name;
    ``on_projects`` says that the line stands where projects are told of, so that others are looked for too.
    """
    # Where several sentences begin with one, it is what the line is about.
    on_projects = on_projects or len({names for _, names in _heads(line, 0, known, False, None)}) > 1
    marks = [mark.start() for mark in _MARK.finditer(line)] if on_projects else []
    found: list[Told] = []
    if marks and (len(marks) > 1 or marks[0] == 0):
        ends = [*marks[1:], _end_of_last(line, marks[-1])]
        for start, end in zip(marks, ends, strict=True):
            names = _names_of_item(line[start:end], known, seats)
            if names:
                found.append(Told(start, end, names))
            else:
                found += _in_sentences(line, start, end, known, on_projects, seats)
        return found
    titled = _TITLED.match(line) if on_projects else None
    titled = None if titled is not None and _NO_TITLE.search(titled["name"]) else titled
    if titled is not None and _MONEY_AT_ALL.search(line) and (names := _as_names(titled["name"], line, seats)):
        return [Told(0, len(line), names)]
    return _in_sentences(line, 0, len(line), known, on_projects, seats)


def natures_told(line: str) -> list[Told]:
    """The sentences that begin with 基本支出 or 项目支出 and go on with what was planned and spent, to where they list its parts."""
    return [
        Told(found.start("name"), stop.start() if stop is not None else len(line), (found["name"],))
        for found in _NATURE.finditer(line)
        for stop in (_PARTS.search(line, found.end("name")),)
    ]


_NATURE = seldom(
    rf"(?:^|(?<=[。；]))[ 　]*(?:（[\d一二三四五六七八九十]{{1,2}}）|\d{{1,2}}[.．、])?(?:(?:19|20)\d\d年度?)?(?:[我本该][^，。；：\d]{{1,4}}|中心|部门|单位)?(?:全年|当年|年度)?(?P<name>基本支出|项目支出)(?={_WHEN}{{0,3}}{_DO}[^，。；：\d]{{0,6}}\d)"
)
_PARTS = seldom("[。；（：]|其中|分别|依次|占|较|比|同比|与")
"""Where a sentence on the whole ends, or comes to its parts or to another year."""


def _in_sentences(
    line: str, begin: int, close: int, known: Sequence[str], on_projects: bool, seats: tuple[str, ...]
) -> list[Told]:
    """The stretches of what is told without numbers: from where a project is named to where the next one is."""
    found: list[Told] = []
    line = line[:close]
    heads = _heads(line, begin, known, on_projects, seats)
    beside = {name for _, names in heads if len(names) > 1 for name in names}.difference(known)
    if beside:  # 甲、乙年初预算依次为9万元、8万元；甲支出…；乙支出…: named once, they are known in what follows
        heads = _heads(line, begin, (*known, *sorted(beside)), on_projects, seats)
    ends = [start for start, _ in heads[1:]]
    for (start, names), end in zip(heads, [*ends, len(line)], strict=False):
        stop = _ON_ALL.search(line, start, end)
        if not on_projects:
            stop = _FULL_STOP.search(line, start, end)
        stretch = Told(start, stop.start() if stop is not None else end, names)
        if _MONEY.search(line, stretch.start, stretch.end):
            found.append(stretch)
    return found


def _end_of_last(line: str, start: int) -> int:
    stop = _ON_ALL.search(line, start)
    return stop.start() if stop is not None else len(line)


def _names_of_item(item: str, known: Sequence[str], seats: tuple[str, ...]) -> tuple[str, ...]:
    """The projects that a numbered item tells of: those that the tables name, else what it begins with. None where it tells of
    one after the other itself.
    """
    if _MONEY.search(item) is None:
        return ()
    figure = _FIGURE.search(item, len(item[:_ITEM_MARK]))
    told = figure.start() if figure is not None else len(item)
    paid = _FOR.search(item)
    places = [
        (start, end, name)
        for start, end, name in _known_in(item, known)
        if start < told or (paid is not None and paid["name"] == name)
    ]
    if len(_heads(item, 0, known, True, None)) > 1:
        return ()
    if places:
        first = places[0][0]
        beside = [name for start, end, name in places if _is_beside(item[first:start])]
        if len({name for _, _, name in places}) == 1:
            return (places[0][2],)
        return tuple(beside) if len(beside) > 1 and _AT_ONCE.search(item) else ()
    mark = _MARK.match(item)
    begin = mark.end() if mark is not None else 0
    for head in (_ITEM.match(item, begin), _FOR.search(item)):
        if head is not None and (names := _as_names(head["name"], item, seats)):
            return names
    return ()


def _is_beside(words: str) -> bool:
    return not any(stop in words for stop in "。；") and not any(sign.isdigit() for sign in words)


def _as_names(words: str, around: str, seats: tuple[str, ...]) -> tuple[str, ...]:
    """The project, or the several whose figures stand side by side, that words name."""
    beside = _SEVERAL.fullmatch(words)
    if beside is not None and (beside["count"] or _AT_ONCE.search(around)):
        names = [_as_name(part, seats) for part in _JOINTS.split(beside["names"])]
        return tuple(name for name in names if name is not None) if None not in names else ()
    name = _as_name(words, seats) if beside is None or _AT_ONCE.search(words) is None else None
    return (name,) if name is not None else ()


_COUNTED = seldom("^[一二三四五六七八九十]是")
"""What counts an item before its name: 二是茶园道路."""
_JOINTS = seldom("[、和与及]")
_SEVERAL = seldom(
    r"(?P<names>[^、]+(?:、[^、]+)*?[、和与及][^、]+?)(?P<count>[两二三四五六七八九]个(?:项目)?)?(?:分别|依次|各)?"
)


_MONEY_FOR = seldom(r"^(?:安排|投入|支付)?(?:用于|用在|投向)(.{3,}?)(?:的(?:财政|专项)?(?:资金|经费|预算|支出))?$")
"""用于茶农培训的资金支出9万元."""


def _as_name(words: str, seats: tuple[str, ...]) -> str | None:
    name = project_in(_MONEY_FOR.sub(r"\1", _COUNTED.sub("", words)), None, False, seats)
    return name if name is not None and len(name) >= _KNOWN_LEAST else None


def _heads(
    line: str, begin: int, known: Sequence[str], on_projects: bool, seats: tuple[str, ...] | None
) -> list[tuple[int, tuple[str, ...]]]:
    """Where a line that counts no items comes to its next project, and which it is. Without ``seats`` only known ones are looked for."""
    heads: dict[int, tuple[str, ...]] = {}
    last = -1
    for start, _, name in _known_in(line, known):
        if start < begin:
            continue
        near = max(begin, start - _LOOK_BACK)
        opening = max((stop.end() for stop in _SENTENCE.finditer(line, near, start)), default=near)
        clause = max(opening, line.rfind("，", opening, start) + 1)
        if last >= 0 and line[last:start].strip("、和与及“”") == "" and heads:
            at = max(heads)
            heads[at] = (*heads[at], name)  # 增殖放流、水质监测分别执行9万元和8万元
            last = start + len(name)
            continue
        between = _MARK.sub("", line[clause:start])
        if not on_projects and _MARK.sub("", line[opening:start]).strip("“ 　其中此外另，"):
            continue  # 主要原因是堤防加固工程…: named in passing
        if len(between) > _BEFORE_KNOWN or any(sign.isdigit() for sign in between):
            paid = _FOR.search(line, clause)
            if paid is None or paid["name"] != name:
                continue
        heads.setdefault(clause if clause > last else start, (name,))
        last = start + len(name)
    if on_projects and seats is not None:
        for head in _OPENS.finditer(line, begin):
            if any(head.start() <= at <= head.end() for at in heads):
                continue
            figure = _FIGURE.search(line, head.end("name"))
            said = line[head.start() : figure.start() if figure is not None else head.end()]
            if names := _as_names(head["name"], said, seats):
                heads[head.start()] = names
    return sorted(heads.items())


def _known_in(text: str, known: Sequence[str]) -> list[tuple[int, int, str]]:
    """Where known names stand, the longest first where one holds another."""
    taken: list[tuple[int, int, str]] = []
    for name in sorted(known, key=len, reverse=True):
        if len(name) < _KNOWN_LEAST:
            continue
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if all(end <= start or at >= stop for start, stop, _ in taken):
                taken.append((at, end, name))
            at = text.find(name, end)
    return sorted(taken)


# -- what a figure is ------------------------------------------------------------------------------------------------------

_MUCH = "(?:的)?(?:资金|金额|经费|数|额|总额|预算数?|部分)?(?:为|是|共计?|合计|总计|计|了|达到?|：|仅|只|有|用|至|到|出|均|都|分别|依次|[约近])*"
_BECAME = seldom(
    rf"(?:(?:调整|调[增减]|压[减缩]|缩减|核[减增]|追[减加]|增加|减少|提高|扩大|增|减|变更?)(?:后)?(?:的)?(?:全年)?(?:预算)?(?:为|至|到|成|达到?)(?:全年)?|(?:全年|年度|调[整剂增减]后?|追[加减]后|增减后|压[减缩]后|最终|变更后|^后|全年(?:下达|批复|安排|核定))(?:的)?(?:财政|支出)?预算(?:数|安排|资金|额|调整)*){_MUCH}$|(?:全年|调整后?)(?:为|：)?$|^后(?:为|达到?|增至|减至)$"
)
_MOVED = seldom(
    r"追加|追减|收回|调出|调入|核减|调减|增加|减少|压减|压缩|结余|结转|余款|尾款|剩余|余下|欠付|(?:未|没有?|尚未)(?:执行|支付|付|拨付?|使用|支出|兑付|完成|形成)|质保金|节约|节余|盘活|另有|还有|缺口|每|人均|户均|单价|合同|中标|补贴标准|其中|罚|违约|产值|收入|销售|贷款|自筹|配套"
)
_SPENT = seldom(
    rf"(?:支出|执行(?!预算)|决算|支付|拨付|使用|用去|用掉|用了|付出|付给|付|花去|花掉|花费|花了?|兑付|发放|报账|列支|开支|完成投资|投资完成){_MUCH}$"
)
_PLANNED = seldom(
    rf"(?:预算|安排|批复|下达|核定|申请|年初)(?:资金|安排|批复|下达|核定|计划)*{_MUCH}(?:由|从)?(?:年初)?(?:的)?$"
)
_MARK_OF = seldom(
    "(?:自评|评价|绩效|综合|评定|打分|评分)*(?:得分|评分|得|自评|打分|评为|评定为)(?:分别|依次|均|各|为|是|：|仅|只)*$"
)
_NO_MARK = seldom("满分|[扣减加]|平均|分值|权重|总分|指标")
_CLAUSES = seldom("[，；。：（）]")
_TIMES = seldom(rf"{_WHEN}|^[但仍其中该]+")
_OF_WHICH = seldom("的(?P<adj>全年|调整后的?)?(?:年初)?(?:预算|资金)")
_OF_WHICH_FIRST = seldom("[（，](?:其中)?(?:年初|初始|原)(?:预算|安排)?")
_OF_TREASURY = seldom("[，；](?:其中：?)?财政(?:资金|拨款|预算)?(?:安排|支出|投入)")
_ALL_SPENT = seldom("(?:已经?)?(?:全部|全额|均|都)(?:已经?)?(?:支出|执行|支付|拨付|使用|兑付|发放)")
"""用于茶农培训的9万元全部支付."""
_MARK_ALONE = seldom(
    "(?:[ 　]*(?:[一二三四五六七八九]是|（[\\d一二三四五六七八九十]{1,2}）|\\d{1,2}[.．、]|——)?)(?:共|全年|实际|累计)*(?:投入)?"
)
_GIVEN_FOR = seldom(
    "(?P<on>用于|用在|投向|支持)|，(?:已|实际|全年|当年|年内|共)*(?:支出|使用|拨付|支付|执行|兑付|发放|完成支付)"
)
"""投入9万元用于茶农培训; 茶农补助资金9万元，实际发放8万元."""
_FROM_THERE = seldom("(?:，)?[^，。；\\d]{0,6}[调增减压缩追][^，。；\\d]{0,6}[为至到]")


def basis_of(words: str, behind: str, seats: tuple[str, ...] = ()) -> str | None:
    """The basis that the words before a figure of money, or those right behind it (40万元的预算), say it is on; None where they
    say none, or something else of it; empty where it is no money of the treasury's.
    """
    clause = _CLAUSES.split(words)[-1]
    if (became := _BECAME.search(clause)) is not None:
        return "adjusted_budget" if _is_own(clause[: became.start()], seats) else None
    if _MOVED.search(clause):
        return None
    if "投资" in clause and _OF_TREASURY.match(behind):
        return ""  # 完成投资9万元，财政资金支出8万元
    for pattern, basis in ((_SPENT, "actual"), (_PLANNED, "budget")):
        if (said := pattern.search(clause)) is not None:
            if basis == "budget" and "初" not in clause and _OF_WHICH_FIRST.match(behind):
                basis = "adjusted_budget"  # 安排资金9万元（年初8万元）
            return basis if _is_own(clause[: said.start()], seats) else None
    if _ALL_SPENT.match(behind) and (not clause or clause.endswith("的")):
        return "actual"
    if _MARK_ALONE.fullmatch(clause) and (given := _GIVEN_FOR.match(behind)) is not None:
        return "actual" if given["on"] else "budget"
    first = _OF_WHICH.match(behind) if not clause else _FROM_THERE.match(behind) if clause in ("由", "从") else None
    if first is None:
        return None
    return "adjusted_budget" if first.groupdict().get("adj") else "budget"


def is_mark(words: str) -> bool:
    """Whether the words before points say that they are a project's mark."""
    clause = _CLAUSES.split(words)[-1]
    return _MARK_OF.search(clause) is not None and _NO_MARK.search(clause) is None


def is_spread(words: str) -> bool:
    """Whether the words before a figure say several things of it and its neighbours: 年初预算和全年预算分别为."""
    return _AT_ONCE.search(_CLAUSES.split(words)[-1]) is not None


def _is_own(words: str, seats: tuple[str, ...]) -> bool:
    """Whether the words before a verb are of the project that is told of, and name no other."""
    return _as_name(_TIMES.sub("", words), seats) is None
