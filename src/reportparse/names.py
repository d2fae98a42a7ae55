"""The names of projects and indicators: what a title or a heading is about, what the words before a figure name.

There is no table of names to look one up in: what is told here is which words are none. Closed classes again: who
pays (中央财政资金), what part of a budget (上年结转), who spends (县档案馆), words that point back (该项目, 项目资金), and
the levels of indicators (产出指标, 数量指标).

Over 400 lines because each class of words that is no name is written out where it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from reportparse.patterns import seldom
from reportparse.phrases import PREDICATE
from reportparse.regions import find_region

__all__ = [
    "are_of_others",
    "as_called",
    "as_in_forms",
    "clause_before",
    "indicator_in",
    "is_money_of",
    "is_of_other_fund",
    "is_of_place",
    "is_project_alone",
    "level_of",
    "levels_at",
    "named_below",
    "named_by_fund_heading",
    "named_by_heading",
    "named_by_item",
    "named_by_line",
    "named_by_subject",
    "named_by_title",
    "names_in_forms",
    "names_own",
    "points_to_level",
    "project_in",
    "seats_of",
]

OF_ONE_PROJECT = frozenset({"project_performance", "transfer_performance"})
"""The kinds of document that are about one project, which their title names."""

_YEAR = r"(?:19|20)\d\d(?:[-—~至](?:19|20)\d\d)?年?度?(?:的)?"
_YEARS = seldom(_YEAR)
_FRONT = 600
"""Characters in which a report says what it is about."""
_NAME_LINE = seldom(r"(?:^|\n)[ 　]*项目名称：[ 　]*([^\n，。；：|\t]{3,40}?)[ 　]*(?=\n)")
_EVALUATED = seldom(
    r"(?:(?<=资金)|(?<=补助)|(?<=项目)|(?<=补贴)|(?<=经费)|(?<=益金)|(?<=计划)|(?<=奖补))(?:专项)?转移支付(?=.{0,16}(?:绩效|自评))|(?:项目)?(?:支出|使用|管理)*(?:预算)?(?:执行情况)?(?:事前|事后|重点|财政|部门|单位|第三方|整体|区域)*(?:绩效|自评|自我评价)"
)
_ABOUT = seldom(r"^(?:附件\d*[：:]?|关于(?:对|开展|报送|印发)?|对)+")
_WHO_SPENDS = seldom(
    r"^[^，。；：]{2,6}?(?:省|市|县|(?<![社园景灾矿片])区|旗|镇|乡)[^，。；：]{1,12}?(?:局|委员会|厅|人民政府|办事处|中心|联合会)(?=.{4,}(?:资金|经费|项目|工程|补助|补贴)$)"
)
_FUND_OF_BODY = seldom(
    r"[^（）]*(?:局|委|厅|院|校|所|站|中心|乡|镇|街道|政府)（([^（）]{4,40}(?:资金|经费|补助|补贴|专项|项目))）(?:专项)?(?:转移支付|项目)?"
)
"""某局（救灾资金—抗旱补助）转移支付."""
_SPENDER = seldom(
    r"^[^，。；：]{2,10}?(?:(?:局|委员会|厅|人民政府|办事处)(?=.{4,}(?:资金|经费|项目|工程|补助|补贴)$)"
    r"|(?:医院|卫生院|疾控中心|妇幼保健院|中学|小学|大学|学院|学校|幼儿园)(?=(?:国家|中央|省级|市级|州级|县级|基本|免费|义务教育|学生).{4,}(?:资金|经费|项目|补助|补贴)$))"
)
"""Behind the name of a place: 某县｜交通运输局｜衔接推进乡村振兴资金."""
_HANDED_DOWN = seldom(r"^(?:中央|省级?|市级?|自治区)(?:财政)?对.{2,8}?(?:专项)?转移支付(?=..)")
_TRANSFER = seldom(r"(?:专项)?转移支付$")
_PAYER_LAST = seldom("(?<=..)(?:中央|国家|省级?|市级?|上级)(?:财政)?(?:专项)?$")
_IN_BRACKETS = seldom(r"（([^（）]{4,60}(?:项目|资金|经费|工程|专项|补助|补贴|奖补|计划|行动))）")
_BELOW = seldom(r"\s*\n\s*（([^（）\n]{4,40}(?:项目|资金|经费|工程|专项|补助|补贴|奖补|计划|行动))）(?=\s*\n)")
_EDGES = "，、；：。—-·—“”‘’\"' "
_LONGEST = 40

_PROJECT_HEADING = seldom(
    r"(?P<name>[^，。；：]{2,40}?)(?:"
    r"(?:项目)?经费(?:使用|安排|预算)?(?:的)?情况(?:的)?(?:说明)?"
    r"|(?:子)?项目(?:支出|预算|资金|经费)?(?:绩效)?(?:目标)?(?:自评|评价|自我评价)?(?:实施|完成|实现|执行|开展|使用)?(?:综述|报告|分析|情况|结果|结论|说明)*)$"
)
_GENERAL = seldom(
    r"(?:(?:19|20)\d\d年度?|[\d一二三四五六七八九十]个?|部门|单位|本|该|此|各|分|子|全部|所有|上述|下列|以上|其他|其余|重点|主要|重大|一般|特定目标类?|其他运转类?|运转类|一般公共|政府性基金|国有资本经营|财政拨款|省对下|对下|对地方|对市县|转移支付|"
    r"专项|具体|延续性?|新增|一次性|经常性|一级|二级|三级|市级|省级|县级|区级|本级|中央|财政|预算|决算|绩效|支出|资金|经费|工作|业务|管理|目标|整体|"
    r"基本|建设|基本建设|行政事业|政府|采购|购买|服务|产业|自评|评价|监控|中|的|和|及|与|、|类|年度|全年|本年度?|当年|年初|年末|被评价|评价对象)+"
)

_LEAD = seldom(
    r"^(?:[^，。；：]{0,40}[〕】）]\d{1,5}号）?(?:文件|通知|精神)*|[^，。；：]{0,10}[①-⑳]|(?:已|实际|累计|共计?)+(?:完成)?(?:支付|支出|发放|兑付|使用)(?:了)?(?=..)|(?:年初|年度|当年)?(?:财政)?预算(?:共)?(?:安排|下达|批复)(?:了)?(?=....)|资金来源(?:为|是|包括|有)?|分别支持|[^，。；：]{0,60}》(?:（[^（）]*）)?|[，、；：。）（”’“ —·-]|[①-⑳]|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}[.、]|（?[\d一二三四五六七八九十]{1,2}）|[一二三四五六七八九十]是|(?:重点|主要|具体|重大)项目|其中|包括|另有|另外|分别|以及|主要|目前|截至目前|最[高低]的|计划(?=投入|安排|下达|总投资)|同时|还有|此前|(?:从|分|按)[^，；：。]{0,6}项目(?:来)?看|"
    r"(?:[^，。；：]{0,12}?(?=财政[局厅部]?(?:共|实际|已)?下达)|关于)?(?:中央|国家|上级|各级|本级|财政|厅|局|部|[、和及]|[省市区县州](?:级)?|自治区)*(?:共计?|已|实际|累计|申报|申请)*(?:安排|下达|拨付|投入|统筹|落实|批复|争取|给予|获得|获批)(?:了|给)?(?:[我该](?:单位|中心|[局县市区校院镇乡州省厅]))?(?:[^，。；：]{2,10}?局(?=....))?(?:转移支付(?=...))?|(?:支出|经费|资金)?(?:主要)?用于(?:实施|开展|推进)?|"
    r"[^，。；：]{0,12}(?:以下|下同)简称)+"
)
_POINTS_BACK = seldom(
    r"(?:截至|截止)?(?:此前|此次|前期|本|该|此|同项|该项|这一|整个|全部|上述|以上|的|子?项目|专项|工程|资金|经费|投资|财政|补助|奖补|补贴|转移支付|直达|绩效|预算|支出|年度|全年|本?当?年|本次|我[县市区局]|年[初末底]|"
    r"\d{1,2}月\d{0,2}日?底?|批复|核定|申报|下达|安排|并|纳入|列入|部门预算|总投资|计划|评价|范围|[共总]计?|累计|合计|实际|实|已|完成|执行|支付|使用|拨付|列支|开支|发放|兑付|数|额)*"
    r"|[该本](?:子)?项目(?:中央|各级|[省市县区](?:级)?|自治区|财政|[、和及])+(?:预算|资金)"
)
_PAYS = seldom(
    r"(?:其中)?(?:中央|国家|省|自治区|市|州|盟|县|区|旗|乡镇?|镇|街道|本|上|各级|地方|财政|自筹|配套|其他|其余|社会|银行|企业|群众|农户|农民|村民|村集体|业主|单位|个人|专项债|政府|债券|以前年度|上年|年初|年末|非财政)"
    r"[^，；。]*(?:资金|拨款|公益金|财政|配套|自筹|债券|贷款|资本|投入|安排|承担|负担|拨付|下达)"
    r"|[^，。；：]{2,3}(?:省|市|州|县|区|旗)级(?:财政)?(?:补助|补贴|补助资金|拨款|预算|部分|资金|配套)"
    r"|(?:中央|国家|省|自治区|市|州|盟|县|区|旗|乡镇?|镇|本|上|地方)级?(?:财政)?(?:补助|补贴|补助资金|拨款|预算|部分|资金|配套)?"
    r"|(?:自筹|配套|其他|其余|财政|上级|专项|债券|银行贷款|社会资本|群众)(?:资金|拨款|部分)?"
)
_NO_PROJECT = seldom(
    r"收入$|结转|结余|^(?:年内|年中|预算)*调整$|^(?:到|截至)?年(?:内|底|末)|^年中(?=增|调|追)|^已(?=按|全|完成|支)|^(?:追|退|扣)回|预拨|预下达|提前下达|^节[约余省]|政府采购|集中采购|分散采购|中小(?!河流|水库|学)|小微|微型企业|人员经费|公用经费|公用支出|基本支出|三公|(?:预算|决算)(?:数|总额|金额|安排)?$|执行率|支出率|到位|整体支出|部门整体|^指标|指标$|满意度|平均|得分|总分|满分|扣|加分|"
    r"(?:工程|进度|货|价|预付|质保|补偿|赔偿|材料|设备|中标|合同)款$|^(?:支付|拨付|付给|付)[^，。；：]*(?:款|费)$|单价|追加|追减|调[增减]|^调整|^(?:全年|年度|本年|当年|共|计划|年初)*(?:安排|实施|开展|设立|申报|执行)$|增加|减少|超出|缺口|同比|上年|去年|每(?![日周天])|^按(?!摩)|造价$|标准$|人均|户均|单价|原值|净值|工资|津贴|将(?!军)|^已?申请|^其他|^其余|剩余|未支付|尾款|质保金|合同金额|中标|抽查|全部|"
    r"绩效(?:目标|自评|自我评价)|[一二三四五六七八九十](?:、|）)|^(?:本|该|此)项目|^项目.*单位|^(?:影响|涉及|确保|争取)|筹集|第?[一二三四五六\d]批|各项|详见|小计|合计|总计|^占|^比|^较|^与|^因|^项目.{0,6}进度$|^(?:这|该|此|那|上述)一?(?:部分|块|类|些)|^原(?:定|批复|安排|下达|预算)"
    r"|订单$|(?:签约|成交|交易|销售|营业)(?:总|金)*额$|[总年]?产值$"
)
_ENDS_OTHERWISE = seldom(
    r"(?:率|个|名|人|局|厅|委|办|院|校|所|站|馆|队|机关|单位|部门|镇|(?<![城下进])乡|县|(?<![园范景社灾])区|市|省|旗|盟|街道|(?<!乡)村|公司|小学|中学|大学|医院|(?:人员|公用|运转|目标|业务|货物|工程|服务)类|支出|拨款|元|%|为|是|的|了|过|被|从|在|对|情况|方面|说明|分析|结果|措施|问题|如下|执行|支付|完成|到位|下达|拨付|投入)$"
)
_A_BODY = seldom(r"(?:小学|中学|大学|学院|人民医院|卫生院|人民政府|委员会|法院|检察院|[^邮结]局)$")
_SPENDS = seldom(
    r"(?:局|厅|委|办|院|校|所|站|馆|队|中心|机关|协会|委员会|办公室|部门|单位|镇|县|区|市|省|街道|公司|小学|中学|大学|残联|联合会|妇联|科协|文联|工商联)$"
)
_OF_THE_TITLE = seldom(
    r"\n?(?:(?:专项)?转移支付(?:资金)?)?(?:20\d\d年度?)?(?:支出|绩效|自评|评价)|（?\n?(?:专项)?转移支付"
)
_WHOSE = seldom(r"^(?:中央|国家|省|自治区|市|县|区)(?:级)?(?:财政)?(?=.{4})")
_EXPLAINS = seldom(r"（[^（）]*(?:含|其中|万|元|%|以下|详见|见)[^（）]*）")
_CLAUSES = seldom("[，。；：）]")
_PAID_BY = seldom(
    r"(?:其中|由|，)*(省|自治区|兵团|市县|市|州|盟|县|区|旗|地方|乡镇?)(?:级|本级|内)?(?:财政)?(?:共计?|又|另|再|已|累计)*(?:安排|下达|配套|拨付|投入|落实|筹措|筹集|承担)(?:了)?"
    r"(?:我[县市区局镇乡校院])?(?:财政|专项|配套|补助|补贴|自筹|本级)*(?:资金|经费|补助)(?:共计?|合计|总计|总额)?"
)
_MATCHED = seldom(
    "(?:省|自治区|兵团|市县|市|州|盟|县|区|旗|地方|[^，。；：]{2,6}(?:省|市|县|区))(?:级|本级)?(?:财政)?(?:匹配|配套)(?!.*(?:设施|工程|项目)$)"
)
"""自治区匹配下拨补助资金2万元: what another one adds."""
_LEVEL_OF_PAYER = seldom("(?:中央|国家|省|自治区|兵团|市|州|盟|县|区|旗|上级|地方)级?(?:财政)?(?:专项)?(?=.{4})")
_PART_OF_PAYER = seldom(
    "(?:中央|国家|省|自治区|兵团|市|州|盟|县|区|旗|地方)级?(?:财政)?(?:补助|补贴|配套|转移|拨付|下达|承担)"
)
_PROPOSED = seldom("(?:一是|二是|三是)?(?:建议|希望|恳请|请求|力争|今后|下一步)")
"""建议县财政每年安排管护经费20万元: no money of any project yet."""
_FUND_OF_PAYER = seldom(
    "(?:中央|国家|自治区|兵团|[省市州盟县区旗]级|[省市州盟县区旗](?=财政|配套|专项)|[一-龥]{1,4}[省市州盟县区旗](?=财政|配套))(?:财政)?[^，。；：]{0,8}(?:专项|配套|转移支付|债券|专项债)"
)
"""自治区农牧专项, among the parts of a project's money: whose it is, and no project."""
_OF_A_PAYER = seldom(r"[，、；：（]*(?:其中)?(?:中央|国家|省|自治区|市|州|县|区|上级|地方)")
"""省级下达 names who pays, and no project."""
_SEAT = seldom(
    r"^(?:关于)?([^，。；：]{2,6}?(?:省|自治区|市|自治州|[^治]州|盟|县|旗|(?<![社园景灾矿片])区|镇|乡|苏木|街道))(?=.{4})"
)


_PROJECT_ALONE = seldom(
    "(?:[本该此])?项目(?:资金|经费)?(?:主要|计划|全年|共|已|拟|将)*(?:对|由|用于|为|在|从|按|以|涉及|覆盖|惠|经|于|包括|围绕|针对|购置|采购|新建|改造|维修|更换|建成|完成|支持|补助|资助).*"
)


@lru_cache(maxsize=4096)
def is_project_alone(words: str) -> bool:
    """Whether a sentence begins with 项目 alone, and goes on with what it does: 项目对老化的粮库, 项目用于."""
    return _PROJECT_ALONE.fullmatch(words) is not None


def is_of_place(title: str, department: str | None) -> bool:
    """Whether a report is of a whole place (全县“三公”经费) and not of one body."""
    return department is None or department.endswith("人民政府") or _WHOLE_PLACE.search(title) is not None


def seats_of(title: str, department: str | None) -> tuple[str, ...]:
    """The body that reports, and the place that its name or the title begins with, the longest first."""
    names = [department or ""]
    for text in (department or "", title):
        place = _SEAT.match(text)
        if place is not None:
            names.append(place[1])
    return tuple(sorted({name for name in names if name}, key=len, reverse=True))


_WHOLE_PLACE = seldom(r"全[省市县区旗州盟]")
_ITEM = seldom(
    r"(?:（?[\d一二三四五六七八九十]{1,2}[）.、．]|[①-⑳]|[一二三四五六七八九十]是)?(?:(?:19|20)\d\d年度?)?([^，。；：\d]{4,40}?(?:项目|工程))[，。：]"
)


_FUND_ITEM = seldom(
    r"(?:（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.、．]|[①-⑳])([^，。；：\d]{4,40}?(?:资金|经费|补助|补贴|公益金))(?=[：，。\d])"
)


def named_by_item(line: str) -> str | None:
    """The project that an item of a list begins with and goes on to describe: 2.村内道路硬化项目，建设内容为…; or the fund:
    1.残疾人福利类资金65万元，资金使用4万元.
    """
    found = _ITEM.match(line) or _FUND_ITEM.match(line)
    if found is None:
        return None
    stem = _FOUND_BEHIND.sub("", _without_predicate(_LEAD.sub("", found[1])))
    if _FUND_IN_BRACKETS.search(stem) is not None:
        stem = _WHOSE.sub(
            "", stem
        )  # （1）中央财政茶园防灾（霜冻防御）资金40万元: who pays says nothing, what it is for is in brackets
    verb = _SPENT_ON.search(stem)
    if verb is not None:
        stem = _FOUND_BEHIND.sub("", stem[: verb.start()])  # 3.果园步道工程安排资金61万元
    if len(stem) < _SHORTEST or _GENERAL.fullmatch(stem) or _ENDS_OTHERWISE.search(stem) or _PAYS.fullmatch(stem):
        return None
    return None if _PROPOSED.match(stem) else stem


def _without_predicate(words: str) -> str:
    """The project that a sentence says something of: 古树保护项目是县林业局的延续性项目 → 古树保护项目."""
    said = PREDICATE.fullmatch(words) if "项目" in words or "工程" in words else None
    return said["name"] if said is not None else words


_FOUND_BEHIND = seldom(r"(?:子?项目)$")
_FUND_IN_BRACKETS = seldom(
    r".{3}（(?![^（）]*(?:下达|批次?|直达|预拨|追加|配套|结转))[^（）\d]{3,16}）(?:专项|补助)*资金$"
)
_SHORTEST = 3


_A_KIND_OF_PLACE = seldom("城区|郊区|矿区|林区")
"""Names of districts that elsewhere say what kind of place is meant: 某县城区绿地养护项目."""


@lru_cache(maxsize=256)
def named_by_title(title: str, department: str | None) -> str | None:
    """The project that a report's title names: 某县2023年度古树保护项目绩效自评报告 → 古树保护项目; None where it names none."""
    title = _ABOUT.sub("", title.replace("“", "").replace("”", ""))
    found = _EVALUATED.search(title)
    if found is None:
        return None
    name = title[: found.start()] + ("项目" if found.group().startswith("项目") else "")
    year = _YEARS.search(name)
    after = name[year.end() :] if year is not None else ""
    said = len(after.removesuffix("项目")) >= _SHORTEST  # else whoever spends stands before the year, and may be all
    if year is not None:
        name = after if said else name[: year.start()] + after
    if department is not None and name.startswith(department):
        name = name[len(department) :]
    region = find_region(name)
    if region is not None and region[1] == 0 and not _A_KIND_OF_PLACE.match(name):
        name = _SPENDER.sub("", name[region[2] :])
    name = _ABOUT.sub("", name)  # 某县财政局关于乡道养护项目绩效评价报告
    name = _HANDED_DOWN.sub("", _WHO_SPENDS.sub("", name.strip(_EDGES)))
    within = _FUND_OF_BODY.fullmatch(name)
    if within is not None:
        name = within[1]
    stem = name.removesuffix("项目")
    of = _PAYER_LAST.sub("", _TRANSFER.sub("", stem))  # 某县民政局中央转移支付: whoever gets it, and from whom
    whose = _A_BODY.search(_MONEY_AT_END.sub("", of)) is not None  # 某县第四中学专项资金: whose money, and not what for
    whose = whose or ((not said or of != stem) and _SPENDS.search(of) is not None)
    if len(stem) < _SHORTEST or _GENERAL.fullmatch(stem) or whose:
        # 某局2023年度项目支出绩效自评报告（防火道路维修经费）
        bracketed = _IN_BRACKETS.search(title, found.end())
        return _YEARS.sub("", bracketed[1], count=1).strip(_EDGES) if bracketed is not None else None
    return name


def named_below(text: str, end: int) -> str | None:
    """The project that a line in brackets under the title names, where that is all it says: 某局2023年度项目绩效自评报告 /
    （防火道路维修经费）.
    """
    found = _BELOW.match(text, end)
    return _YEARS.sub("", found[1], count=1).strip(_EDGES).removesuffix("项目") if found is not None else None


def named_by_line(text: str) -> str | None:
    """The project that a line of the front names, where there is one such line: 项目名称：茶园改造工程."""
    found = _NAME_LINE.findall(text)
    return found[0].strip(_EDGES) if len(found) == 1 and _NAME_LINE.search(text, 0, _FRONT) is not None else None


def as_called(name: str, text: str) -> str:
    """A project's name as the report itself goes on to write it: with 项目, with 资金, or less them where only the title has
    them; without the 中央 or 省级 of whoever pays where it leaves that out.
    """
    stem = name.removesuffix("项目")
    if stem != name:
        return name if _goes_on(name, text) else stem
    for called in (name, _WHOSE.sub("", name)):
        bare, funds = _goes_on(called, text), _goes_on(f"{called}资金", text)
        if bare:
            return f"{called}资金" if 2 * funds > bare else called
    return name


_FORM_NAME = seldom(
    r"(?:项目|政策|转移支付|专项(?:资金)?)(?:（[^（）\n]{1,8}）)?名称[ \t|：:　]*\n?[ \t|　]*(?:\d{6,}[A-Z]?\d{0,20}[-—–_]+)?([^\s|：:]{3,40})(?=[\s|]|$)"
)
_ENDS_OF_NAME = seldom("(?:项目|资金|经费|专项|支出|转移支付)+$")


def names_in_forms(text: str, listed: Iterable[str] = ()) -> dict[str, str]:
    """The names that forms give the projects that they are of (项目名称 | 古树保护项目), and tables those that are ``listed`` in them,
    by what of them is no 项目 and no 资金; of two that differ in that alone neither.
    """
    found: dict[str, set[str]] = {}
    for name in (*_FORM_NAME.findall(text), *listed):
        found.setdefault(_ENDS_OF_NAME.sub("", name), set()).add(name)
    return {stem: names.pop() for stem, names in found.items() if len(names) == 1 and len(stem) >= _SHORTEST}


def are_of_others(project: str, forms: Sequence[str]) -> bool:
    """Whether forms are of several projects and none of the one that a title names: 文化类转移支付资金 is what its funds are
    called together, and has no form itself.
    """
    stems = {_ENDS_OF_NAME.sub("", name) for name in forms}
    return len(stems) > 1 and _ENDS_OF_NAME.sub("", project) not in stems


def as_in_forms(name: str, names: Mapping[str, str]) -> str:
    """A project's name as its form writes it, if one does."""
    return names.get(_ENDS_OF_NAME.sub("", name), name)


def _goes_on(name: str, text: str) -> int:
    """How often a text has a name, but for its title."""
    count, at = 0, text.find(name)
    while at >= 0:
        count += _OF_THE_TITLE.match(text, at + len(name)) is None
        at = text.find(name, at + 1)
    return count


@lru_cache(maxsize=4096)
def named_by_heading(title: str) -> str | None:
    """The project that a heading names: 科技创新专项经费情况说明, 古树保护项目绩效自评综述; None where it names none."""
    found = _PROJECT_HEADING.match(title)
    if found is None:
        return None
    name = _YEARS.sub("", found["name"]).strip(_EDGES)
    if len(name) < _SHORTEST or _GENERAL.fullmatch(name) or _PAYS.fullmatch(name) or _NO_PROJECT.search(name):
        return None
    return None if _COUNTED.search(name) or _JOINED.search(name) else name


_JOINED = seldom("[及和与、]$|(?:下达|分解|拨付)(?:资金|预算|支出)+")
"""衔接资金下达预算及项目情况: what is told, and no name."""
_FUND_HEADING = seldom(
    r"(?P<name>[^，。；：（）]{3,36}(?:资金|经费|补助|补贴))(?:（(?P<part>[^，。；：（）]{4,30}(?:资金|经费|补助|补贴|项目))）)?"
    r"(?:(?:专项)?转移支付)?(?:绩效(?:目标)?(?:自评|自我评价|评价)(?:情况|结果|报告)?)?$"
)


@lru_cache(maxsize=4096)
def named_by_fund_heading(title: str) -> str | None:
    """The fund that a heading is the name of: 第一部分 林业改革发展资金绩效自评; a part of one in brackets behind it."""
    found = _FUND_HEADING.match(title)
    if found is None:
        return None
    name = _YEARS.sub("", found["part"] or found["name"]).strip(_EDGES)
    if _GENERAL.fullmatch(name) or _PAYS.fullmatch(name) or _NO_PROJECT.search(name) or _OF_MONEY_ALONE.fullmatch(name):
        return None
    return name.removesuffix("项目") if len(name) > _SHORTEST else None


_COUNTED = seldom(r"[\d一二三四五六七八九十]个$")
"""某林场2023年度共有3个项目: how many there are, and no name."""

_MONEY = "中央|省级?|自治区|市级?|县级?|区级?|州级?|本级|上级|地方|财政|专项|补助|补贴|奖补|项目|工程|支出|资金|经费|预算|转移支付|[、和及与的]"
_MONEY_WORDS = seldom(f"(?:{_MONEY})+")
"""What names vary in from place to place of a report: whose money it is, and that it is money."""
_CORE = 3
_PAYER_FIRST = seldom("^(?:中央|上级|省级?|市级?|县级?|区级?|财政|专项|补助|[和、])+(?=.{4})")
_OF_MONEY_ALONE = seldom(
    f"(?:{_MONEY}|各级|地市级?|盟旗?|旗县?级?|乡镇级?|街道|国家|一般公共|政府|性基金|预算内|配套|自筹|统筹|其他|其余|社会|银行|企业|群众|单位|个人"
    "|贷款|债券|专项债|拨款|拨付|投资|投入|安排|承担|负担|下达|部分|直达|资本|基建|以前年度|上年|年[初末]|非)+"
)
"""What a name is made of that says whose the money is and nothing else."""
_NAMED = 2
_SPENT_ON = seldom(
    r"(?<=任务|工作)(?:共计?|已|累计|合计)*(?:安排|投入|下达|落实|统筹)(?:财政|专项)?(?:资金|经费)$|(?<=项目|工程|资金|经费|专项)(?:共计?|已|累计|合计|实际|拟|中央|财政|[省市县区]级)*(?:安排|获得?|投入|下达|批复|落实|统筹|争取|支付|拨付|使用)"
)
_PLANNED_BEHIND = seldom(
    r"(?<=项目|工程|资金|经费|专项)(?:年初|全年|总)?预算(?:资金|金额|总额)?$|(?:调整后的?)?(?:年初|全年|总)?预算(?:资金|金额|总额)$"
)
_SUBJECT = seldom(
    r"([^，。；：\d]{4,40}?(?:项目|工程)(?:（[^，。；：（）]{1,8}）(?:项目|工程))?)(?!共?有?[\d一二三四五六七八九十]+[个项])(?=[^，。；：、的]{0,16}[，：])"
)


def named_by_subject(sentence: str) -> str | None:
    """The project that a sentence is about: 道路硬化项目目前正在招标，支出资金0万元."""
    found = _SUBJECT.match(sentence)
    if found is None:
        return None
    stem = _FOUND_BEHIND.sub("", _without_predicate(_LEAD.sub("", found[1])))
    if _FUND_IN_BRACKETS.search(stem) is not None:
        stem = _WHOSE.sub(
            "", stem
        )  # （1）中央财政茶园防灾（霜冻防御）资金40万元: who pays says nothing, what it is for is in brackets
    if len(stem) < _SHORTEST or _GENERAL.fullmatch(stem) or _ENDS_OTHERWISE.search(stem) or _NO_PROJECT.search(stem):
        return None
    return stem


_MONEY_OF = seldom(
    r"(.{3,}?(?:项目|工程))(?:财政|中央|[省市县区]级?|专项债?|债券|衔接|扶贫|补助|统筹|整合|涉农|以工代赈|奖补|建设)+(?:资金|经费)"
)
_MONEY_BEHIND = seldom(r"(?<=\w{4})项目(?:资金|经费)$")
_IN_THE_NAME = seldom(r"（[^（）]*）(?=项目$)")
"""孤儿供养经费（含散居孤儿）项目."""
_BUILT = seldom(r"[站院馆村园]项目$")
"""社会工作服务站项目: what is built, and no body that spends."""
_AND_BEHIND = seldom(r"(?<=...)[和及与、](?:年初|全年|年度|当年|实际)*$")
"""茶园改造全年预算和全年支出均为: what is left of the second figure's words."""
_SUM_BEHIND = seldom(
    r"(?:总额|总计|合计|总量)$|(?<=项目|工程|资金|经费|补助|补贴|专项)(?:全年|当年|本年度?|年度|累计|共)+$"
)
_OF_SOMEONE = seldom(
    r"[省市区县州旗乡镇村局厅委办院站所处部会校馆队社年度的级本该此”“]$|以上$|中心$|单位$|部门$|项目$|(?:下达|安排|拨付|投入|批复|实施|列入|筹集|收到|落实|支付|支出|使用|执行)(?:了)?$"
)


def names_own(name: str, own: str) -> bool:
    """Whether a name is that of the report's project, alone or behind its place, body or year: 某县茶园改造, not 低产茶园改造;
    with or without 资金 behind it.
    """
    name = _IN_THE_NAME.sub("", name)
    core = _MONEY_WORDS.sub("", name)
    if len(core) >= _CORE and core == _MONEY_WORDS.sub("", own):
        return True  # 动物防疫补助资金 in a report on 动物防疫专项经费
    if len(core) > _CORE and own.endswith(name) and own[: -len(name)][-1:] not in ("及", "和", "与", "、"):
        return True  # 文化服务体系建设专项资金 in one on 中央支持地方文化服务体系建设专项资金
    bare = _PAYER_FIRST.sub("", name)
    if bare == own or (bare != name and bare.endswith("资金") and len(bare) > _CORE and own.endswith(bare)):
        return True  # 财政衔接资金 in a report on 衔接资金
    bare = _MONEY_AT_END.sub("", own)
    if len(bare) > _CORE and bare != own:
        stem = _MONEY_AT_END.sub("", name)
        before = stem.removesuffix(bare)
        if before != stem and _OF_SOMEONE.search(before) is not None:
            return True  # 某省果园改造补助 in a report on 果园改造补助资金
    for whole in (own, f"{own}资金", f"{own}经费", _FOUND_BEHIND.sub("", own)):
        if name.endswith(whole):
            before = name.removesuffix(whole)
            return not before or _OF_SOMEONE.search(before) is not None
    return False


@lru_cache(maxsize=1024)
def is_money_of(project: str, name: str) -> bool:
    """Whether a report's project is the money for what a name says: 某医院公共卫生服务项目补助资金, 公共卫生服务."""
    core = _MONEY_AT_END.sub("", project)
    return core != project and names_own(core, name)


_HANDS_DOWN = seldom(
    r"《[^《》]*?下达(?:20\d\d年度?)?(?P<fund>[^《》（）]{4,40}?(?:资金|经费|补助|补贴))(?:[^《》（）]{0,10})(?:（[^（）]*）)?[^《》]{0,12}》"
)
_LEVELS_OF_MONEY = seldom("中央|自治区|省级|市级|县级|区级|州级")


def is_of_other_fund(words: str, own: str) -> bool:
    """Whether the notice that money was handed down by, the last in the words before a figure, names another fund than the
    report's own: 《关于下达2023年衔接资金预算的通知》，下达我县资金 in a report on 水利发展资金.
    """
    funds = [notice["fund"] for notice in _HANDS_DOWN.finditer(words)]
    if not funds:
        return False
    fund = funds[-1]
    core, mine = _MONEY_WORDS.sub("", fund), _MONEY_WORDS.sub("", own)
    if len(core) < _CORE or len(mine) < _CORE:
        return False
    level, of_mine = set(_LEVELS_OF_MONEY.findall(fund)), set(_LEVELS_OF_MONEY.findall(own))
    return (core not in mine and mine not in core) or bool(level and of_mine and not level & of_mine)


_OF_THE_TREASURY = seldom("财政(?:预算)?(?:资金|安排|拨款|投入|支出)?")
_MONEY_AT_END = seldom(f"(?:{_MONEY})+$")


@lru_cache(maxsize=8192)
def project_in(words: str, own: str | None, listed: bool = False, seats: tuple[str, ...] = ()) -> str | None:
    """The project that the words before a figure name: ``own`` where they name it or point back to it (该项目, 项目资金),
    None where they name something else. ``listed`` says that a list of a total's parts holds them. ``seats`` are the body that
    reports and its places, which are no part of a project's name.
    """
    if own is not None and words.endswith(f"（{own}）"):
        return own  # 下达中央转移支付资金（残疾人补助）
    payer = _PAID_BY.fullmatch(words.strip(_EDGES))
    if (payer is not None and (own is None or payer[1] not in own)) or _MATCHED.match(words.strip(_EDGES)):
        return None  # 省级下达资金8万元: what one of those who pay gave
    name = _AND_BEHIND.sub("", _SUM_BEHIND.sub("", _without_predicate(_LEAD.sub("", words)).strip(_EDGES)))
    if listed and own is not None and name != own:
        level = _LEVEL_OF_PAYER.match(name)
        rest = name[level.end() :] if level is not None else name
        if (
            _PART_OF_PAYER.match(name)
            or _FUND_OF_PAYER.fullmatch(name)
            or (rest != name and (own.endswith(rest) or names_own(rest, own)))
        ):
            return None  # 其中中央补助抚育经费执行9万元; 其中：中央专项衔接资金6万元
    for seat in seats:
        if name.startswith(seat) and len(name) > len(seat) + _SHORTEST:
            name = _LEAD.sub("", name[len(seat) :])
    if len(name) > _LONGEST or (not name and _OF_A_PAYER.match(words)):
        return None
    if name.endswith("）") and "（" not in name:
        return None  # the end of brackets that a list was opened in
    if listed and _OF_THE_TREASURY.fullmatch(name):
        return None  # 果园补助资金80万元（财政预算74万元，年底追加6万元）
    if _POINTS_BACK.fullmatch(name):
        return own
    if is_project_alone(name):
        return None
    name = _PLANNED_BEHIND.sub("", name)
    verb = _SPENT_ON.search(name)
    if verb is not None:
        name = name[: verb.start()]  # 古树保护项目安排资金
    money = _MONEY_OF.fullmatch(name)
    if money is not None and name != own:
        name = money[1]  # 道路建设项目衔接资金
    if own is not None and names_own(name, own):
        return own
    stem = _EXPLAINS.sub("", _FOUND_BEHIND.sub("", _MONEY_BEHIND.sub("项目", name)))
    if len(stem) < _SHORTEST or _GENERAL.fullmatch(stem):
        return None
    if _PAYS.fullmatch(name):
        # 中央财政资金 says who pays; 省级涉农资金 is a fund of its own, but not in a list of a total's parts.
        said = _OF_MONEY_ALONE.sub("", name)
        if listed or len(said) < _NAMED or (own is not None and said not in own):
            return None
    if _PROPOSED.match(name) or _NO_PROJECT.search(name) or (_ENDS_OTHERWISE.search(stem) and not _BUILT.search(name)):
        return None
    return stem


# -- indicators ---------------------------------------------------------------------------------------------------------

_LEVEL = (
    r"(?:项目|部门|整体)?(?:决策|过程|投入|管理|产出|效益|效果|满意度|成本|履职(?:效能|效果)?|项目绩效|结果应用|能力建设|(?:产出)?(?:数量|质量|时效)|(?:产出|经济|社会|生态(?:环境)?)成本|(?:经济|社会|生态|环境)效益|可持续(?:影响|发展)?|"
    r"(?:服务对象|社会公众|受益对象|公众|群众)满意度|预算管理|运行成本|管理效率|社会效应)类?指标"
)
_LEVEL_ALONE = seldom(f"({_LEVEL})$")
_LEVEL_IN_LINE = seldom(
    rf"(?<![^，。；：、）.①-⑳ 是])(?:({_LEVEL})(?:（[\d.]+分）)?(?:(?:完成情况|方面)?[：。]|(?:方面|中)，)"
    r"|((?:产出)?(?:数量|质量|时效|成本)|(?:经济|社会|生态|环境)效益|可持续影响|(?:服务对象|社会公众|受益对象)?满意度)(?:(?:方面|完成情况)?[：。]|方面，)(?!.?.?.?(?:[指目]标值|完成值)))"
)
_LEVEL_MARKED = seldom(
    rf"[ 　]*({_LEVEL})(?:分值|权重|满分)(?:为|：)?[\d.]+分[，、；](?:自评|评价|实际)*得分?[为：]?[\d.]+分。"
)
"""履职效能指标分值20分，自评得18分。: a paragraph that begins so is on this level."""
_BARE_LEVEL = seldom(r"(?:项目)?(决策|过程|投入|产出|效益|效果|满意度)类?")
"""（一）产出, under a heading on indicators."""
_FIRST_LEVEL = seldom(r"(?:项目|部门)?(?:决策|过程|投入|管理|产出|效益|效果|满意度|成本|履职(?:效能)?)类?指标$")
_BEFORE_INDICATOR = seldom(
    r"^(?:按照?(?![期时质])|其?(?:分值|权重|分数|满分)(?:设置|设定|分配|分布|构成|结构|比例|标准|情况|分别|依次|如下)*(?:为|是|：)|[^，。；：]{0,40}[〕】）]\d{1,5}号）?|[^，。；：]{0,10}[①-⑳]|(?:已|实际|累计|共计?)+(?:完成)?(?:支付|支出|发放|兑付|使用)(?:了)?(?=..)|分别支持|[^，。；：]{0,60}》(?:（[^（）]*）)?|[，、；：。）（”’“ —·-]|[①-⑳]|[一二三四五六七八九十]是|（[\d一二三四五六七八九十]+）|\d+[.、]|[A-E]\d{0,3}[.、]?|其中|包括|另外|以及|[一二三]级(?=指标)|指标(?:为|是|：)?|的)+"
)
_LEVEL_BEFORE = seldom(rf"({_LEVEL})(?:[中下]|方面|部分)?(?:的)?(?=[^得，。；：])")
_SECOND_LEVEL = seldom(
    r"((?:(?:产出)?(?:数量|质量|时效|成本)|(?:经济|社会|生态(?:环境)?)成本|(?:经济|社会|生态|环境)效益|可持续影响|(?:服务对象|社会公众|受益对象)?满意度))(?:方面|完成情况|情况|分析)*"
)
_AFTER_INDICATOR = seldom(
    r"(?:[（，、：“”]|的|该|设定|设置|年度|年初|三级指标|这一|一项|[略稍远均]?(?:[低高大小]于|未?达到|未达|超[过出]|等于))+$"
)
_LEVEL_AT_WORK = seldom(r"(?<=决策|过程|产出|效益|效果|投入)(?:完成|实现)?(?:情况|分析)+$")
"""项目决策情况（20分）: the level and no more."""
_CLASS_OF = seldom("(?<=决策|过程|投入|管理|产出|效益|效果|履职|成本|数量|质量|时效|意度)类(?:指标)?$")
"""决策类指标: the level is 决策."""
_NO_INDICATOR = seldom(
    r"(?:实际|完成|总|合计|标准|构成|组成|各|单|该|此|本|项|类|部分|指标|[一二三]级|评价|自评|考核|其中|百分制|满分|分值|权重|全部|所有|这|和|与|及|的|得分|总分|\d)+|(?:按(?![期时])|根据|经(?![费济营])|对(?!象)|在(?![校职园])|将|由|与|以|因|从(?!业)|通过(?!率)|未|没有|基本(?!医|养|公|生|药)|已).*|.*(?:扣|加分|满分|总分|得分)|.*指标.{0,6}(?:情况|分析|结果)"
)


@lru_cache(maxsize=8192)
def indicator_in(words: str) -> str | None:
    """The indicator that the words before a figure name, levels that stand before it as its path: ①数量指标“培训人次”的 →
    数量指标/培训人次. The levels alone keep their 指标, others do not.
    """
    rest = _AFTER_INDICATOR.sub("", words)
    path: list[str] = []
    while True:
        rest = _BEFORE_INDICATOR.sub("", rest).strip(_EDGES)
        level = _LEVEL_BEFORE.match(rest)
        if level is None:
            break
        path.append(_CLASS_OF.sub("", level.group(1)))
        rest = rest[level.end() :]
    name = _AFTER_INDICATOR.sub("", rest)
    if "（" in name and "）" not in name:
        name = name[: name.index("（")]  # 到场时长（指标值为30分钟以内，权重
    name = _LEVEL_AT_WORK.sub("", name)
    name = _CLASS_OF.sub("", name)
    if _LEVEL_ALONE.fullmatch(name) is None:
        name = _AFTER_INDICATOR.sub("", name.removesuffix("指标"))
    if not 2 <= len(name) <= _LONGEST or "|" in name or _NO_INDICATOR.fullmatch(name):
        return None
    return "/".join((*path, name))


_THIS_LEVEL = seldom("[该本此](?:[大一]?类|部分|[一二]级|层级|维度)(?:指标)?(?:设置|设定)?(?:共计?|合计|总)?")


def points_to_level(words: str) -> bool:
    """Whether words stand for the level of indicators that is spoken of, and for none of these: 本类权重, 该部分指标得分."""
    return _THIS_LEVEL.fullmatch(words) is not None


@lru_cache(maxsize=4096)
def level_of(heading: str, under: bool) -> str | None:
    """The level of indicators that a heading names, as printed: 产出指标完成情况分析 → 产出指标, and ``under`` such a heading
    also 社会效益 alone.
    """
    match = _LEVEL_BEFORE.match(heading) or _LEVEL_ALONE.match(heading)
    if match is None and under:
        match = _SECOND_LEVEL.fullmatch(heading)
    return match[1] if match is not None else None


def levels_at(headings: Sequence[str], line: str) -> tuple[str, ...]:
    """The levels of indicators that hold at the end of ``line``, under ``headings`` from the outermost: the first level and
    the second that were named last. 1.数量指标：…；2.质量指标：… has come to 质量指标.
    """
    path: tuple[str, ...] = ()
    named = [level for level in (level_of(heading, True) for heading in headings) if level is not None]
    if not named and len(headings) > 1 and "指标" in headings[-2]:
        bare = _BARE_LEVEL.fullmatch(headings[-1])
        path = (bare[1],) if bare is not None else ()
    marked = _LEVEL_MARKED.match(line)
    if marked is not None:
        path = (marked[1],)
    if "指标" in line or named:
        named += (match[1] or match[2] for match in _LEVEL_IN_LINE.finditer(line))
    for level in named:
        if _FIRST_LEVEL.match(level) and not (path and level.startswith("成本")):  # 成本指标 is of either level
            path = (level,)
        elif level.endswith("指标") or path:
            path = (*path[: bool(path) and _FIRST_LEVEL.match(path[0]) is not None], level)
    return tuple(_CLASS_OF.sub("", level) for level in path)


_MARKED = seldom(
    "(?P<name>.*?)(?:自评|评价|评审|最终|实际|综合|按(?:比例|评分标准|标准|规定|完成率)|据此|酌情|应|共|计|可|只|仅)*(?:得分?|实得|得分值|评分)"
)
_WEIGHED = seldom("(?P<name>.*?)(?:的)?(?:标准)?(?:分值|权重|满分|标准分|总分)")
_THIS_INDICATOR = seldom("(?:[该本此其]|这一)?(?:[一]?项|部分|类|[一二三]级)?(?:指标)?")


def mark_said(label: str) -> tuple[str, str] | None:
    """What the label of a mark says that it is (``weight``, ``score``), and of which indicator; that is empty where it points to one
    (该项指标得, 按比例得).
    """
    for what, pattern in (("score", _MARKED), ("weight", _WEIGHED)):
        match = pattern.fullmatch(label)
        if match is not None:
            name = match["name"]
            return what, "" if _THIS_INDICATOR.fullmatch(name) else name
    return None


_IS_A_VALUE = seldom("(?:年初|年度|全年|预期|绩效|实际)*(?:(?:指标|目标|完成|实现)值|完成情况)(?=.)")
"""A clause that says what an indicator should be or was, in words: 实际完成值初步建立."""


def clause_before(words: str) -> str:
    """The clause before the last one in the words between two figures: 古树挂牌数量：指标值为 → 古树挂牌数量."""
    words = words.rstrip("：≥≤><=＝≧≦ ")  # …指标，指标值：≥45万亩
    clauses = [clause.strip(_EDGES) for clause in _CLAUSES.split(words)[:-1]]
    return next((clause for clause in reversed(clauses) if clause and not _IS_A_VALUE.match(clause)), "")
