"""The closed classes of words that Chinese fiscal prose is read by.

How a list opens and closes, how a comparison, a share or a change is said, what may follow a label: words of the
grammar, none of a province or a template. :mod:`reportparse.mentions` reads sentences with them.

Over 400 lines because the words of one grammar are looked up in one place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reportparse.numbers import Quantity
from reportparse.patterns import seldom

STOP = re.compile(r"[。！？](?!）)")
SEPARATORS = "，、；：。！？）”’》 "
# A set of characters first, and what each alternative began with by looking back: the engine then skips to the next place
# where one can begin, and does not try every alternative at every character. So below.
LIST_OPEN = re.compile(
    r"[主用其包具构组按分为方入出即计中](?:(?<=(?<!.)中)(?=[：，])|(?<=即)(?:是|为)?(?=：)|(?<=成，即)(?:是|为)?|(?<=方)面[：，]|(?<=，为)(?![^，。；：]{0,5}预算)(?=[^\d，。；：]{2,12}$)|(?<=主)要(?:(?:(?:支出)?(?:项目支出|项目|工程|方向|内容|用途))?(?:包括|有|是|为)|(?:支出)?(?:项目|工程|方向|内容|用途)为(?=：)|用于(?:以下(?:几个)?方面)?(?=：))|(?<=用)于(?:以下(?:几个)?方面)?(?=：)|(?<=其)中(?:主要)?"
    r"|(?<=包)[括含]|(?<=具)体(?:是|为|包括|(?:情况|明细)?如下(?=：))|(?<=.[构组])成(?:是|为)?(?!；)|(?<=[入出计])由(?!上年|去年|(?:19|20)\d\d|年初|原|[^，。；：]{0,8}财政[局厅])|(?<=[入出])中(?=[：，])|(?<=总计|合计)中(?:[：，]|(?=本年))|(?<=按).{2,12}(?:划分|分类|科目(?=[，：])|(?<![得评满总扣])分)|(?<=分)别(?:是|为)?)"
    r"[：，,]?(?=[^。]*$)"
)
BY_WHAT = seldom(r"[，；]?按[^，。；：]{2,12}分")
OPENS_WITH_LIST = seldom(r"[，。；：、]*(?:其中|包括)[：，,]?")
LIST_CLOSE = re.compile(r"此外|另外|除此之外|同时|另有|另聘|另设")
BESIDE = re.compile(r"^[，。；]?(?:此外|另外|除此之外)")
"""What follows stands beside the total that the list is of."""
OWN_TOTAL = seldom(
    r"[^，。；：\d]{0,20}(?:收入|支出|拨款)(?:预算|决算)?的?(?:主要|具体)?(?:内容|构成|组成|用途|项目|分类)[^，。；\d]{0,8}：$"
)
"""Words that open a list and name what it is of: 财政拨款支出主要内容如下：."""
BLOCK_OPENS = re.compile(r"(?:其中|包括|如下|分别[是为]|明细|构成|具体[是为]|情况)[^。，]{0,12}[：:。]$|[：:]$")
REASON = re.compile(
    r"(?:主要|变动|增减|增加|减少|增长|下降|变化|差异|上升)?(?:的)?(?:主要)?原因(?:是|为|：|在于|主要)|主要(?:是|系)?(?:由于|因为|因)|主要：(?=一是)|，系(?=[^，。；]{2,20}(?:增加|减少))|主要是(?:因|由|受|增加|减少|人员|调|新增|本年|上年|项目)"
)

LEFT_OVER = re.compile(
    r"(?:项目|专项|财政|补助)?(?:资金|经费)?(?:年末|年底|当年|尚有?|还有|剩余|累计)*(?:结余|结转|结转结余|剩余|余额|未支付?|未拨付|未使用|未执行|未支出|未完成)(?:资金|金额|数|额)?"
)
"""What was left of money and not spent."""

REASON_GOES_ON = re.compile(r"[一二三四五六]是|（?[\d一二三四五六]+[）.、]|[①-⑨]|同时|以及|其次|另外")

# 2023年年初结转 and 2023年末人数 keep their 年初 and 年末: those are words of the label.
YEAR = re.compile(
    r"(?:截至|截止|至)?(?<![\d〔【\[])((?:19|20)\d\d)(?!\d)(?:年(?=年[末底初])|(?=年[末底初])|年度?(?:12月31日|1月1日)?)?"
)
YEAR_FIRST = re.compile(r"(?:(?:本|我)(?:部门|单位|局|站|所|中心))?(?:19|20)\d\d年度?(?![末底初])")
WHEN = r"(?:(?P<{0}y>(?:19|20)\d\d)(?:年度?(?!初)|(?=年初))(?:（[^（）]{{1,8}}）)?|上年度?|上一年度?|去年|前年|上年同期|同期)"
WHAT = r"(?P<{0}f>年初|全年|同期|当年|同口径|调整后?)?(?P<{0}b>预算执行|预算|决算|执行|批复|实际)?(?:预算|安排|批复|完成|累计)?(?:支出|收入)?(?:[末底]?人?数[字据]?|[末底]|额|水平|情况)?"
COMPARE = re.compile(
    r"[与同和跟比较相对按](?:"
    rf"(?<=[与同和跟]){WHEN.format('a')}{WHAT.format('a')}(?:相比较?|比较|对比|相较|比|相$|的$)"
    rf"|(?:(?<=[比较])之?|(?<=相)[比较]于?|(?<=对)比){WHEN.format('b')}{WHAT.format('b')}(?:相比|的$)?"
    r"|(?<=[比较])之?(?P<cf>年初|全年|调整后?)?(?P<cb>预算)(?:安排|批复)?(?:数字?)?(?:的$)?"
    r"|(?<=[与同])(?P<df>年初|全年|调整后?)?(?P<db>预算)数?相比"
    rf"|(?<=[与同和跟]){WHEN.format('g')}{WHAT.format('g')}$|(?<=[与同])(?P<ef>年初|全年|调整后?)?(?P<eb>预算)数?(?=$|基本|大体|大致|总体)"
    r"|(?:(?<=按)同口径(?:同比)?|(?<=同)口径(?=[比较与增减下上]|$)|(?<=同)比)(?:上年度?|去年|口径)?|(?<=与)(?:上年|去年))"
)
_TERM = (
    r"(?:(?:19|20)\d\d年度?|上年度?|上一年度?|去年|本年度?|当年|年初|全年|调整后?)+(?:支出|收入)?(?:预算|决算|执行)?数?"
)
BOTH_AGAINST = seldom(
    rf"(?:^|[，；。])?(?P<own>[^，；。]*?)[与同和比较](?P<one>{_TERM})(?:[、和及与]|以及|同)(?P<other>{_TERM})(?:相比)?，?(?:分别|均|都|各)?(?=$|减|增|下|上|降|提|压|多|少)"
)
"""Two comparisons in one: 与年初预算数、上年决算数均持平; 比年初预算和上年决算分别减少1万元和2万元."""
CHANGE = re.compile(
    r"(?:相应|有所|略有|合计|累计|共)?(?P<verb>(?:增加|增长|上升|减少|下降|降低)（(?:增加|增长|上升|减少|下降|降低)）|[增减升降]（[增减升降]）|[增减升降]/[增减升降]|（(?:增加|减少|增长|下降|增|减)）|增加|减少|增长|下降|降低|上升|提高|压缩|压减|增幅|降幅|减幅|升幅|变动率|增减额|增减率|增长率|下降率|减少率|增加率|多收|少收|多支|少支|净增|净减|增支|减支|增收|减收|超支|(?:调增|调减)(?![为到至])|核增|核减|多|少|(?<!调)[增减])"
    r"(?:额|率|幅度|比例|数)?(?:分别|均|都)?(?:了|约|近|为|达到?|：)?$"
)
CHANGE_FROM = re.compile(
    r"(?P<verb>多出|多支出|多安排|超出|超支|节约|节省|节支|少支出|少安排)(?:了)?(?:约|近|为|达到?)?$"
)
"""Verbs of a change where the words say what it is from, and of something else where they do not: 采购节约9万元."""
COMPARED = re.compile(r"^(?:相比较?|比较|对比|比)，?")
"""与2023年预算515万元相比增长2%: what closes a comparison after its figure."""
THIS_YEAR = re.compile(r"[，；：、]*(?:本年度?|今年|当年)(?:的)?(?:部门)?(?:支出|收入|执行)?数?(?=$|[比较与同和])")
YEAR_BEHIND = seldom(r"(?:上年度?|去年|本年)$")
COMPARAND = seldom(
    r"(?P<own>.*?)(?:[相同对]比|相较于?|比较|[与同和跟比较])(?:(?P<year>上年度?|去年|(?:19|20)\d\d年度?)(?:(?:年初)?(?P<planned>预算)|(?:决算|执行|累计)?(?:支出|收入)?)|(?P<basis>(?:年初|调整后?)?预算))数?的?"
)
COMPARES = re.compile(r"，?(?:分别)?(?:相比|相较|比较|多|少|超|增|减|节|压|下降|上升|提高|持平|相同|一致)")
"""The figure that another is compared with, when it stands before its words: 与上年1100万元相比, 比预算数900万元多出30万元."""
CAUSE = seldom(r"(?:因|由于|受)(?!公)[^，。；]{1,20}")
AS_MONEY = seldom(r"(?:金额)?(?:为|是|计|合计|即)")
POSTS = re.compile("编(?:制(?:人?数|名额)?)?$")
SIDE_COLON = seldom(
    r"(?:[^，。；：]*?(?:年度?|的))?(?P<named>(?:财政拨款|一般公共预算(?:财政拨款)?|政府性基金(?:预算)?(?:财政拨款)?)?(?:收入|支出))(?:情况|方面|构成|来源|部分)*：(?P<first>[^，。；：]{2,})"
)
"""收入情况：一般公共预算拨款收入9万元，…: the words before the colon say what the figures behind it are of."""
HOW_USED = re.compile(r"(?:具体|主要|全部|分别)$")
MAKES_UP = seldom(r"(?:构|组)成")
MADE_OF = seldom(r"(?:[^，。；：]*的)?(?P<named>[^，。；：]{2,20}?)由(?!上级|财政)(?P<first>[^，。；：]{2,24})$")
"""What opens a list that 构成 closes: 人员经费由基本工资9万元、津贴补贴3万元构成."""
MADE_OF_IT = seldom(r"(?:主要|共|均)?由(?!上级|财政)(?P<first>[^，。；：]{2,24})$")
"""The same of the figure right before: 资产总额9万元，由流动资产6万元、固定资产3万元构成."""
IS_A_TOTAL = re.compile(
    r"总|合计|(?:^|年|实际|部门|单位|拨款|预算|决算|基本)(?:收入|支出)|资产|采购|编制|实有|人数|职工|[评得]分"
)
"""What a whole number is called that others without an opening word add up to, and not by chance."""
SUM_OF_LIST = seldom(
    r"(?:(?:以上|上述)?(?:[两二三四五六七八]项|各项)?(?:支出|收入|费用)?)?(?:共计?|合计|总计|总共|一共|小计|总额)(?:为|是)?"
)
"""What closes a list of figures with their sum: A包括a1万元、b2万元，共3万元."""
DIFFERENCE = seldom(r"，?(?:差额|相差)")
REMAINS = re.compile(r"(?:仅|只)?(?:为|达到?)")
RATE_VERBS = ("增长", "下降", "增幅", "降幅", "减幅", "升幅")
"""After these a number without a unit is a percentage."""
DOWN = ("减", "下", "降", "压", "净减", "少", "节", "（减", "（下", "调减", "核减")
EACH_DOES = re.compile(
    r"(?:占|比|较|与|得|同比|完成|增|减|下降|上升|增长|降低|压减|(?:为|是)?(?:年初|调整)?预算)|(?:(?<=为)|(?<=是))?$"
)
"""What goes on after 分别 where no list begins: 分别占3%、5%, 分别下降2%、4%."""
SERIES = re.compile(r"分别|依次|各(?=占|[为是增减升降]|下降|上升|提高)")
"""Several figures follow, each of the thing in its place."""
SPREAD = re.compile(r"(?:均|各|都|分别|依次|同)(?:为|是|与|较|比)?$|(?:均|各|都|分别)(?=[与较比增减下上占])")
"""One figure is said of several things."""
_A_BASIS = (
    r"(?:(?:年初|初始|全年|调整后?的?|当年|年度)?(?:财政)?预算(?:安排|批复|下达)?(?:数|金额|额|资金)?|决算(?:数|金额)?"
    r"|(?:全年|实际|当年|年度|累计)*(?:预算)?(?:执行|支出|支付|使用|完成)(?:数|金额|额|资金)?)"
)
BASES = seldom(rf"(?P<own>.*?)(?P<bases>{_A_BASIS}(?:(?:、|和|与|及|以及){_A_BASIS})+)$")
"""One thing on several bases: 茶园改造全年预算和执行数均为9万元, 年初预算、全年预算、支出分别为."""
BASIS_PARTED = re.compile("、|以及|[和与及]")
NEXT_IN_SERIES = re.compile(r"[、，和与及 ]{1,2}(?P<verb>增加|增长|减少|下降|降低|上升)?")
ITEM_END = re.compile(r"(?<=[费出入款金数员车资益])(?:和|与|及|以及)(?=..)")
"""和 between two names, and not inside one (结转和结余, 工资和福利支出)."""
SHARE = re.compile(
    r"(?P<own>.*?)(?:占(?:(?P<base>[^占]*?)(?:的(?:比例|比重|比率)?|比例|比重)?|比例?|比重)|所?占?比重)(?:为|达到?|约|近|：)?$"
)
EACH_OF = seldom(r"(?P<names>[^，。；：]{2,80}?)(?:所占(?:比重|比例)|占比)?(?:分别|依次)")
"""The things that a series of figures is of: 基本支出和项目支出分别占60%、40%."""
COMPLETED = re.compile(r"(?:完成|执行)(?:了)?(?:率)?(?:为|达到?)?$")
EXECUTION = re.compile(
    r"(?P<own>.*?)(?:(?:(?:完成|占|为|达|达到|是|相当于|[只仅]?用|使用|执行)(?:了)?|(?<!.)(?=(?:年初|全年|调整后)[^，。；]{0,4}预算[^，。；]{0,4}的$))(?P<which>年初|初始|全年|调整后?|当年|年度|本年)?(?:的)?"
    r"(?:(?:(?<=完成)|(?<=完成了)|(?<=完成年初))(?:采购|支出|项目|部门|单位|经费))?预算(?:数|总额|安排)?(?:的)?(?:比例)?(?:为|达到?|约)?"
    r"|(?:决算)?(?:(?:总体|整体|综合)(?:资金)?)?(?P<rate>(?:年初|全年|调整后?)?(?:支出)?预算(?:总体)?(?:(?:执行|完成|支出)(?:率|比例)|完成(?!率))|支付完成率|执行(?:率|比例)|完成(?:率|比例)|(?:(?<!.)|(?<=资金)|(?<=经费)|(?<=专项))(?:支出|支付|使用)(?:进度)?(?:比)?率|(?:(?<!.)|(?<=资金))(?:支付|支出)进度(?:比率)?|(?<=经费|资金)使用进度)(?:分别|均)?(?:为|达到?|约|：|(?<=执行率)[仅只才](?:为|达到?|有)?)?)$"
)
TAIL = re.compile(
    r"(?:(?:分别|依次|各自|各|均|都|同|也|总共|一共|共计|共有|共)?(?:为|是|(?<![实现设拥保])有|达到|(?<!下)达|(?<![总合共统小设预累])计为|仅为?|仅|约为?|约|近|将近|超过|超|不超过|不[低高少多大小]于|[大小]于(?:或?等于)?|等于|不足|至[少多]|[≥≤><=]|列支|(?:基本|大体)?保持|(?<=[年算数比期度])(?:基本|大体)|^(?:基本|大体)|：|“|（)|最[多大高]|居首|共计|总共|一共|共|计(?<![总合共统小设预累]计)|各|均|则|分别)$"
)
TAIL_LONGEST = 6
TAIL_ENDS = frozenset("大高首为是有到达仅约近过超于足少多≥≤><=支：“（共计各均则别持本体")
"""The last characters of what :data:`TAIL` matches: most labels end in none of them."""
LEAD = re.compile(
    r"^(?:按(?:采购)?(?:类别|品目|类型)(?:划?分|看)?(?:为|是)|后的?(?=(?:全年|当年|项目)*预算)|(?:截[至止]到?)?12月(?:31日|[底末])止?|(?:全部|均|皆)(?:为|是|系)(?=..)|其中|包括|预计|另有|另外|另|还有|也|列(?=[^支入出报示为])|此外|按照?(?:相关|有关)?(?:规定|要求)|相应(?:地|的)?(?=安排|编列)|以及|和|与|及|即|且|并|同时|含|(?:主要)?(?:变动|增减|变化|增加|减少)?(?:的)?(?:主要)?原因(?:是|为|：)|其次(?:是)?|[一二三四五六七八九]是|主要是|由于|因为|[，、；：。）（”’“ —·-])+"
)
SUBJECT = re.compile(
    r"^(?:(?:我|本|该|其)(?:县|区|市)|(?:我|本|全|该|其)(?:单位|部门|局|委|办|院|校|中心|镇|乡|街道|会|馆|站|厅|所|系统))(?:机关)?(?=.)"
)
OTHERS = seldom(r"^(?:下属|所辖|(?:所属)?二级|基层|全[国省市县区旗州盟])[^，。；：、]{0,12}$")
"""Whose a figure is, before its year: 下属单位2023年度支出合计."""
WITH_ITS_UNITS = seldom(r"^(?:机关|本级)?(?:及|和|与)(?:其)?(?:所属|下属|所辖)(?:各)?(?:预算|事业)?单位")
"""After the body's own name: its units with it are all that it speaks of."""
LAST_YEARS = seldom(
    r"^(?:上年度?|去年|上一年度?)(?=决算|预算|执行|实际|支出|数|同期|末|底|$)(?:同期|[末底]数?|数(?=$))?"
)
SPENT_OF_BUDGET = seldom("(?:执行|(?<!转移)支付|使用)(?:了)?预算(?:资金|经费)")
"""执行预算资金: of the budget what was spent."""
BUDGET = re.compile(
    r"(?P<adj>(?:调整后?的?)?全年(?!预算控制)|调整后?的?(?:(?:本年度?|当年|全年|年度|部门|单位|整体|总)的?)*(?:支出|收入|收支)?|调整预)?(?P<init>年初(?:批复|核定|下达|安排)?的?|(?:批复|核定|下达)的?(?:年初|部门)?|初始|年度|当年)?(?:部门)?预算(?:批复|安排|下达|金额|总额)?数?(?!执行|管理|绩效|单位|公开|编制|外)"
)
PLANNED = re.compile(r"^(?:年初(?:计划)?|当年)?(?:安排|批复|核定预算)(?=..)")
"""年初安排“三公”经费6万元 is the budget of what follows."""
OF_WHICH = seldom(r"的(?:比例为?)?\d[\d.]*[%％]")
APPROVED = seldom(
    r"^(?:经)?(?:[省市县区旗州盟]|本级|同级)?级?(?:人民政府|财政(?:部门|局)?|人大)?(?:批复|核定|下达)(?:给|的)?(?:(?:我|本)?[^，。；：、\d]{0,10}?(?:部门|单位|局|委|办|院|校|中心|站|所|馆|会|镇|乡|街道))?的?(?=年初|年度|收入[、和]?支出|收支)"
)
"""Who approved whose budget: 县财政批复我局年初收入、支出预算."""
GOALS_AFTER = seldom(r"(?:项目|部门|整体|支出)*绩效目标(?=[，。；、（]|$)")
PLANNED_ALONE = seldom(r"年初(?:计划|预计)?(?:安排|批复|下达|核定)数?")
AFTER_ASIDE = seldom(r"（[^（）]{4,40}）[、和及](?=..)")
PLANS = re.compile(
    r"(?:其中)?(?:(?:本|我)(?:部门|单位|局|站|所|中心))?(?:(?:19|20)\d\d年度?)?(?:部门|单位|财政)?"
    r"(?:预计|计划安排|拟安排|(?:年初|当年|全年|年度)?预算(?:安排|批复|下达|核定)了?(?=[^\d，]{3})(?!数|金额|资金总))"
)
CARRIES_OUT = re.compile("实际|决算|执行|完成|支付|已|预算|追加|调[增减整]|全年|共计|合计")
"""Words that the plan before does not govern what they stand with."""
BASIS_BEFORE = seldom(
    r"(?:(?P<adj>调整后?的?|全年)|年初|初始|年度|当年|部门|单位|收支|批复)*(?P<what>预算|决算)(?:批复|安排|执行)?数?(?:情况)?(?:为|如下)?[，：]"
)
"""The words of a clause before, or of the heading of a line, that say on what basis its figures are: 年初预算：收入9万元."""
ADJUSTED = re.compile(
    r"(?:[^，。；：]*[》）](?:的通知)?)?(?:年度?中|年底|年内|期间|当年|本年|执行中|\d{1,2}月份?)?(?:(?:因|由于)[^，。；：\d]{2,24}?)?(?:按程序|按规定|按要求|经批准|统一|依法|财政(?:局|厅|部门)?|中央|上级|[省市县区州盟旗]级?|净)*(?:预算调整数?|调整数|(?:追加|调减|调增|核减|核增|追减|调剂|压减|收回)(?![^，。；：]{0,14}[后率为到至])[^，。；：、\d]{0,14})(?:安排)?(?:预算|资金|经费|指标)*"
)
"""What was added to a budget or taken off it, by itself no figure of anything."""
WITHIN = seldom(r"(?:均|并)?(?:没有|未|不)?(?:突破|超过|超出|低于|少于|高于)")
OF_BUDGET = seldom(r"的(?:年初|全年)?(?:预算|控制数)(?=[，。；、）]|$)")
"""没有突破4.00万元的预算."""
FROM = re.compile(
    r"(?P<own>.*?)(?:由|从)(?:(?P<last>上年度?|去年|上一年度?)|(?P<year>(?:19|20)\d\d)年度?)?(?P<basis>(?:年初(?:安排|批复|核定|下达)?的?)?预算|年初(?:安排|批复|核定|下达)?(?=的?$))?(?:同期|[末底]|数)?的?$"
)
PURPOSE = seldom(r"(?:主要|全部|具体|重点|均)?(?:用于|用来|反映|保障)")
"""What money is for, in the words between it and what it is compared with: 主要用于医保缴费，比上年减少1万元."""
DEFINED = seldom(
    r"([^，。；：、]{2,14}(?:费|支出|经费|收入|资金))(?:系|是|指|是指|系指)(?:为|用于|保障|反映|财政|单位|部门|本|[^，。；：]{0,8}[指用])"
)
"""A sentence that says what a thing is, and so names it: 基本支出是为保障机构正常运转而发生的支出。"""
BECAME = re.compile(
    r"(?:(?:压减|压缩|下降|减少|增加|上升|提高|增长|降低|降|减|增|升)(?:到|至)|(?:降|减|增|升|提高|增加|减少|变|变化|变动|变更)为|变成"
    r"|(?:年中|年内|期中|年底|后|后期|又|经|全年|年度|本年|部门|支出|整体|执行中|\d{1,2}月(?:份|初|底)?)*(?:预算)?(?P<adj>(?:调整|调增|调减|调剂|追加|追减|核[增减]|压[减缩])(?:预算)?(?:为|到|至)))(?:(?:本年度?|今年|当年|(?P<year>(?:19|20)\d\d)年度?)的?)?"
)
"""由上年的14批次降为11批次: two figures of one thing."""
BUDGET_OF_FUND = re.compile(r"(?:一般)?公共预算|政府性基金预算|国有资本经营预算|社会保险基金预算|公共财政预算|财政预算")
AFTER_ADJUSTING = re.compile(
    r"^(?:年中|经|经年中)?调整后?的?(?=收|支|(?:本年|当年|全年|年度|部门|单位|整体)[^，。；]*预算)"
    r"|^(?:(?:经|因|通过|按)[^，。；：\d]{0,16}|年中)?(?:[调追核压][增减整加]|追加)(?:预算)?后的?(?=(?:全年|收支?|支出)?预算)"
)
BARE_FIGURE_FIRST = frozenset("仅只是占初决执数调全年当批部预完相为较与比本上安实支收使资金总经的费发")
"""What a label begins with of which nothing is left but :data:`BARE_FIGURE` without budget and figure words."""
FIGURE_WORDS = re.compile(r"决算数?|执行数|(?<=支出|收入)数$|(?<=经费)数$")

THRESHOLD_NOUN = seldom(
    r"(?:（含[^（）]{0,8}）)?(?:及)?(?:以上|以下|以内)(?:（含[^（）]{0,8}）)?的?(?P<noun>[^\W\d_A-Za-z]{2,12}?)(?=[，。；！？、（]|$|\d)"
)
LIMITS_A_COUNT = seldom(r"(?:（含[^（）]{0,8}）)?(?:及)?(?:以上|以下|以内)[^，。；！？\d]{2,14}\d")
NO_BEFORE = seldom(
    r"(?:(?:没有|无|未有|不存在|[未不]安排|未设立)(?:计划|预算|资金)?|[未不](?:计划|拟)|(?=未))"
    r"(?:安排)?(?:未?(?:购置|采购|购买|购入|新购|新增|配置|更新))?"
    r"(?:单(?:个|项|价|位价值|笔|[台件](?:（套）)?价值)(?:项目)?|价值|原值|项目)?(?:预算|金额|资金|支出|投资)*(?:在|超过|达到?)?(?<!未)$"
)
"""What there is none of above a limit (没有单个50万元以上项目), or is bought: 未安排购置单价50万元以上设备."""
OPERATOR = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
QUOTES = re.compile("[“”‘’\"'「」『』]")
BOTH_NAMED = re.compile(r"收入(总计|合计|总额|预算(?:总计|总额)?|决算(?:总计|总额)?)[、和与及]支出(?:\1)$")
BOTH = re.compile(r"收(?:入)?(?:[、，和与及]|)支(?:出)?(?:同步|各|均)?(?P<rest>.*)$")
BOTH_ENDS = seldom(r"(?P<one>年初|上年)[、和与及](?P<other>年末|期末|本年)(?P<rest>[^、]*(?:结转|结余)[^、]*)$")
CLAUSES = re.compile(r"[，；：]")
PREDICATE = seldom(
    r"(?P<name>[^，。；：]{3,30}?(?:项目|工程|专项|专项资金|补助资金))(?:是(?!否)|为(?![民老农])|系(?!统)|属于?|由(?=[^，。；：]{2})|于(?=[\d一-龥]{0,2}\d)|自(?=\d)|纳入|列入|作为|位于|旨在).+"
)
"""A sentence that says what a project is, when it began or who carries it out: 古树保护项目是延续性项目."""
NO_SUBJECT = re.compile(r"[，；：]|^(?:反映|根据|按照?|依据|遵循)")
BARE_FIGURE = re.compile(
    r"^(?:(?:上述|以上)?[两二三四](?:项|者)|费用(?=支出)|完成|相当于|为|是(?=预|$)|占(?=预|$)|(?:占|为|是|相当于|完成|达到?)[该本此其](?:子)?项目?的?(?=预|$)|较|与|比|全年|上年|(?:本年|当年)(?=数|$)|安排|实际|[仅只](?=[支使执用完实])|年末(?=结算|支出)|结算)*(?:支出|收入|使用|列支|发生|执行|完成|(?<=[仅只])支付|资金|金额|安排|总额|经费|数额|控制数|(?<=完成)投资|数)?(?:[的了])?$"
)
LARGER = re.compile(
    r"(?:决算数?|支出|执行数|实际(?:支出)?)?(?P<verb>大于|高于|多于|超出?|小于|低于|少于)"
    r"(?:(?P<last>上年度?|上一年度?|去年)|(?P<year>(?:19|20)\d\d)年度?)?(?P<which>年初|全年|调整后?)?(?P<what>预算|决算)(?:批复|安排)?(?:数|额)?$"
)
LEVEL_END = re.compile(r"(?:^|[，；。：])([^，；。：]{2,60}（[类款项]）)[。：]$")
"""A sentence that is nothing but the name of a class, and the subject of what follows."""
ITEM_NUMBER = re.compile(r"^(?:（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.．、](?!\d)|[①-⑳⑴-⒇])(?=..)")
"""The number of an item that begins in the middle of a paragraph: …增长2%。（2）卫生健康支出."""
ITEM = seldom(
    r"(?:^|[：；。，])(?:[—–]{1,2}|[①-⑳]|（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.、．]|[一二三四五六七八九]是|(?:子?项目)[\d一二三四五六七八九]{1,2}：)"
    r"([^，。；：—–]{2,24})，[^，。；：]+$"
)
"""An item whose name stands before the words of its figure: ——机采示范，年初预算; ①机采示范，支出; 子项目一：机采示范，预算."""
NAMED_ITEM = seldom(
    r"(?:^|[：；。，])([^，。；：—–\d（）]{3,24}(?:项目|工程|专项))，(?:[^，。；：]{0,6}预算|支出|实际支出|计划|总投资)[^，。；：]*$"
)
"""The same without a number: 茶园改造项目，预算资金."""
FIRST_ITEM = seldom(r"([^，。；：\d（）]{2,24})，[^，。；：]+$")
"""The same where its number begins the line."""
BRACKETED = seldom(
    r"(?:^|[，。；：、])(?:（[\d一二三四五六七八九十]{1,2}）|[①-⑳]|\d{1,2}[.、．])?([^，。；：、（）]{2,24})（([^，。；：（）]{2,12})$"
)
"""A name and the words of its figure in brackets after it: 机采示范（年初预算."""
NUMBERED_END = seldom(
    r"(?:^|[。；])(?:(?:\d{1,2}[.．、]|（[\d一二三四五六七八九十]{1,2}）|[①-⑳])([^，。；：\d]{2,24})|([^，。；：\d]{2,20}(?:费用?|经费)))。$"
)
"""A numbered sentence of a few words inside a paragraph, likewise, or one that names a cost: 2.茶青市场管理。公务接待费。"""
LEVEL_COLON = re.compile(r".*（[类款项]）：")
YEAR_OF_TITLE = re.compile(r"^(?:19|20)\d\d年度?(?=..)")
GENERIC_TITLE = re.compile(r"(?:总体|具体|基本|详细|主要)?(?:情况|说明|如下)*")
"""A title that names no subject of its own: 具体情况."""
LEVEL_AT_END = re.compile(r"（[类款项]）$")
NAMES_A_THING = re.compile(r"(?:项目|资金|工程|补贴|补助|专项|课题|奖补|经费|费用?|支出|收入|采购)(?:（\d{3,7}）)?$")
NAME_OF_CLASS = re.compile(r"支出(?:（\d{3,7}）)?$|（[类款项]）$|^\d{3,7}[^\W\d]|[^\W\d]（\d{3,7}）$")
"""What may be longer than other names: a class of the tables, with its path or its code."""
BEFORE_NOUN = re.compile(
    r"(?:(?:我|本|全|该)(?:单位|部门|局|委|办|院|校|中心|县|区|市|镇|乡|街道|会|馆|站|厅|所|系统))?"
    r"(?:年[初末底中]|当年|全年)?(?:(?:组织|已|共|并|同时|分别|选取)*对)?(?:全部|所有|共有?|其中|有|设有?|下设|内设|涉及|选取|组织)?"
)
MARKED_AFTER = seldom(
    r"(?:[，、）]{0,2}|）[：。，](?:[^。；（）\d得扣]{2,60}[，；。：])?)(?:自评|评价|实际|最终)?(?:得分?|实得)(?:了|为)?\d"
)
"""After a full mark that does not say so: 产出指标50分，得48.4分; 立项（6分）得6分; 立项程序（2分）：手续齐全，得2分."""
OTHER_SIDE = {"收入": "支出", "支出": "收入"}
SPENT_OUT_OF = seldom("收入(?=安排|对应)")
"""The source in the name of what is spent: 国有土地使用权出让收入安排的支出."""
OF_MONEY = seldom(r"(?:费|支出|收入|经费|总计|合计|补助)$")
SPENT = seldom(r"(?:共计?|合计|累计|全年|实际)*(?:支出|花费|开支|列支|费用)(?:共计?|合计)?")
"""What the things counted before cost."""
COST = seldom(r"(?:费用?|经费)?(?:支出)?(?:预算|决算)?$")
SET_UP = seldom(r"[^、]{0,24}?(内设|下设|另设|设有|设置|下辖|下属|所属|(?<!建)设)[^、]*、")
LISTED = seldom(
    r"[^、]{0,24}?((?:内设|下设|下属|所属|直属)(?:职能|二级|预算|事业)*(?:机构|科室|股室|处室|单位))[^、]*、.*等$"
)
BODIES = seldom(
    r"((?:独立|编制|核算|（核算）|内设|下设|下属|所属|直属|下辖|派出|职能|综合|办事|业务|二级|预算|决算|行政|事业|参公|公益|[一二]类|基层|全额|差额|拨款|财政性资金(?:基本保证|零补助|定[额项](?:或定[额项])?补助)的?|财政|补助|正?[科股]级)*"
    r"(?:机构|单位|科室|股室|处室|部室|庭室|委室|组室|部门))(?=[，。；：、（）和及的等]|以及|其中|分别|(?:预算|决算)?[组构]成|均|即|为(?=[^\d，。；]{4})|$)"
)
"""What a count of bodies is of, right after it: 23个内设机构, 5家预算单位."""
LIMITS_NONE = seldom(
    r"(?:（含[^（）]{0,8}）)?(?:及)?(?:以上|以下|以内)(?:的)?[^，。；！？\d（]{2,14}(?:（[^（）]{2,8}）)?(?:没有|无)(?=[，。；]|$)"
)
"""A limit of things of which it says behind them that there are none: 单价100万元以上设备（不含车辆）无."""
NAMED_WITHOUT = seldom(r"[^；。]*?元(?:、[^、，；。：\d（）元]{2,16})+(?:等[^、，；。\d]{0,6})?(?:[；。）]|$)")
"""A list that ends in items without a figure: 包括办公费5万元、水费4万元、电费、邮电费等。"""
BODIES_OF = seldom(r"(内设|下设|另设|设有|设置|下辖|下属|所属|直属|(?<!建)设)$")


LISTED_UNDER = seldom(
    r"(?:^|[，。；])[^，。；：]{0,14}?(内设|下设|下属|所属|直属)(?:职能|二级|预算|事业|行政)*(?:机构|科室|股室|处室|单位)(?:包括|有)?：[^，。；：]*、[^，。；：]*$"
)


def bodies_counted(label: str, before: str, after: str) -> str | None:
    """The bodies that a count is of, by the words around it: 23个内设机构, 内设办公室、监测股等2个股室, 下属5家预算单位,
    内设机构有办公室、财务股等7个, 内设机构：办公室、财务股等7个机构.
    """
    of = BODIES.match(after)
    if of is not None:
        whose = SET_UP.match(label) or BODIES_OF.search(label) or LISTED_UNDER.search(before)
        return (whose.group(1) if whose is not None else "") + of.group(1)
    listed = LISTED.match(label) if after[:1] in ("，", "。", "；") else None
    return listed.group(1) if listed is not None else None


FULL_MARK_SAID = re.compile("(?<=.)(?:的)?(?:标准)?(?:分值|权重|满分|标准分|总分)$")
"""Behind the name of what a full mark is of: 产出类、效果类指标权重分别为35分、25分，分别得33分、22分."""
MARKS_EACH = seldom(r"(?:分别|依次)(?:自评|评价|实际)?得分?(?:为|是)?")
"""The marks that go with several full marks before: A20分、B30分，分别得18分、27分."""
FULL_MARK = seldom(r"(?:标准|满)分$|分值$|权重$|（.*$")
OF_THE_WHOLE = seldom(r"自评|评价|评分|综合|总分?$")
NOUN_AFTER = seldom(r"(?!以上|以下|以内|左右)[^\W\d_A-Za-z]{2,10}")
DEED_AFTER = seldom(
    r"(?:(?:子|预算|专项|二级|支出|特定目标类?)?项目|专项(?:资金)?(?=全部|均|都|填报|编报|申报))[^，；：。！？、（）\d\n]{2,24}(?:\d{4}年度?[^，；：。！？、（）\d\n]{0,20})?(?=[，；。、（]|$)"
)
DEED_BEHIND = seldom(
    r"(?:全部|均|都|已|按要求)+(?:编制|编报|设置|设定|申报|批复|填报|实行|纳入|开展)了?(?:绩效(?:目标|自评|自我评价|评价|监控|管理)|运行监控)"
)
"""The same behind the number: 预算项目4个均设置绩效目标."""
PROJECTS_AFTER = seldom(r"(?:子|预算|专项|二级|支出|特定目标类?)?项目")
"""What was done to the projects counted (3个项目开展了2023年度绩效自评), to the end of the clause: its verb stands last."""
OF_EACH = seldom(r"项目(?:绩效)?(?:自评|评价)?(?:综合)?(?:得分|评分)")
"""茶苗繁育、茶农课堂两个项目自评得分分别为…"""
COUNTED_AMONG = seldom(r"(?:等|的|和|及|与|以及|对|单位|部门|中心|[站局厅委办所馆院校队会县市区镇乡])$")
"""Before the number of projects: 整体支出和3个项目, “甲”“乙”等2个项目, 安排的3个项目."""
POINTS_BACK = seldom(r"^(?:该|本|此)(?:子?项目|专项|资金|工程|项?指标)+(?:资金|经费)?")
USED_FOR = seldom(
    r"(?P<subject>(?!主要|全部|具体|分别)[^，。；：（）]{2,16}?)?(?:主要|全部|具体|分别)?用于(?=[^，。；：]{2,40}$)"
)
COUNTED = seldom(
    r"的?(?!以[上下内]|左右|全部|都|皆|为|是|[占比较增减达超约近均各和与及至到、]|下降|上升|提高|完成|其中|的|不等|多|余)(?P<noun>[^\W\d_A-Za-z]{2,12})"
)
"""What a figure stands before and is the number of: 3个专门委员会、8个工作委员会; 25%的受访者."""
ALL_OF = seldom(r"(?P<names>[^，。；：]*?、[^，。；：]*?)(?:均|都|各|也)(?P<rest>支出|预算|费用)?")
EACH_CLASS = seldom(
    r"(?P<names>[^，。；：]*?、[^，。；：]*?|[^，。；：、]*?)等?(?:其他|其余)?(?:各|[一二两三四五六七八九])类(?:科目)?(?:支出)?"
)
"""Several classes of which one thing is said: 一般公共服务、教育等其他各类没有支出."""
GIVES_A_REASON = re.compile(r"(?:原因(?:是|为|：)?|主要(?:是|系)|由于|[，。；]因|[，。；]系)$")
NO_NAME = re.compile(
    r"(?:年内|年中|当年|本年度?|全年)?(?:(?:对|把|将|为|向|由|在|从)?(?:(?:本|我|全|该)(?:部门|单位|局|站|委|办|院|省|市|县|区|国|镇|乡|街道)|各地|其中)?(?:共计?|累计|有|设|约|近|合计)?)"
)
"""Words before a figure that are no name of what it counts."""
TRANSITIVE = seldom(
    r"(?P<verb>压减|压缩|削减|减少|降低|增加|提高)(?P<own>[^，、。；]{2,24}(?:费用?|经费|支出|成本|预算|收入))$"
)
"""压减公务用车运行费15%."""
YEARS = re.compile(r"((?:19|20)\d\d)(?:年?(?:-|－|—|–|~|～|至|到)|年度?[、和及与])((?:19|20)\d\d)年(?:度|期间|间)?")
SEPARATED = re.compile(r"[，；。！？]")
CLAUSE_END = re.compile(r"[，；：。、）]")
MAY_COMPARE = re.compile("[比较与同和跟]")
AS_OF = re.compile(r"(?:截至|截止|至)(?:到)?(?P<y>(?:19|20)\d\d)年|(?P<e>(?:19|20)\d\d)年度?[年期]?[末底]")
"""A date on which things stood, which holds for what is said after it."""
NAMES_AFTER = seldom(r"、[^，。；：\d]{2,80}(?:[。；]|$)")
"""Names of a list that has a figure for some only: 基本工资9万元、奖金、住房公积金2万元、退休费等。"""
LEADING_YEAR = re.compile(r"[，、；：。 ]*[^，。；：（与同和跟比较的]{0,6}?" + YEAR.pattern)
MONTH_AFTER = seldom(r"\d{1,2}月")
FOUNDED = seldom(
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?[^，。；\d]{0,8}?(?:成立|设立|组建|创办|建校|挂牌|更名|建成)(?=[，。；、（]|$)"
)
"""After a year: the body came into being in it, and nothing that follows is of it."""
HAN = seldom(r"[^\W\d_A-Za-z]")
CLAUSE_BEFORE = seldom(r"[^，。；！？“”]{2,80}$")

# Statements without a number. One search over the block finds where one may be; what it is, is read around that place.
# Every alternative begins with one character, no class of them and nothing before it, so that the engine skips to these: 35 times as
# fast. The last character of what was found tells 持平 from 无.
# A grade begins with 为 and the like, which are everywhere: it is searched for only where the block holds its last words.
_ALONE = r"(?:(?<=[^\W\d_ ].)(?=[，。；、）])|(?<=[^\W\d_] .)(?= ?[，。；、）]))"
_SIGN = (
    "持平|相等|等于(?=(?:上|去|本|当|前|同|(?:19|20)\\d\\d)?(?:年|期)?[^，。；]{0,6}(?:预算|决算)(?![^，。；]{0,8}原因))|无(?:增减|增长|明显)?变[化动]|没有(?:增减)?变[化动]|无增减|无增长|无差异|一(?<=[数算年持平额比度期较]一)[致样]|零增长|未发生变化|保持(?:不变|(?:在)?(?:上年|去年|20\\d\\d年)(?:同期)?(?:预算)?水平)|不(?<=[年算数比期度较]不)变(?=[，。；、）]|$)|同上年(?=[；;。，、]|$)"
    "|未发生|未安排|未编列|未组织|未产生|未取得|未新购|尚未支出|没有(?:发生|安排)?|无(?![法关偿形障需论须人力私]|因(?!公))|不涉及|不存在|未列支|未购置|未使用|未编制|未核定|不设(?=[^，。；]{0,6}(?:机构|科室|股室|单位|部门))"
    f"|—{_ALONE}|－{_ALONE}"
    "|相同(?:(?<=[年元人期比较]相同)|(?<=年度相同)|(?<=人数相同)|(?<=数量相同)|(?<=[预决]算相同)|(?<=[预决]算数相同))"
)
_SAME_ENDS = frozenset("平化动减长致变等于年同样异")
NEARLY = ("基本", "大体", "大致", "总体")
"""Before 持平: the figures need not be the same."""
SAME_AFTER = seldom(rf"{WHEN.format('h')}{WHAT.format('h')}")
_GRADE = "优秀|优良|优|良好|良|中等|中|一般|较好|不合格|合格|较差|差"
_GRADE_END = '[”"」]?(?:等级|等次|档)?(?=[，。；！？）]|$)'
_SIGNS = re.compile(_SIGN)
_MAY_GRADE = re.compile(f"(?:{_GRADE}){_GRADE_END}")
_SIGNS_OR_GRADES = seldom(
    f'{_SIGN}|(?:(?:评定|评|定)?为：?|是|属于?|：|达到|级(?<=等级|评级)|次(?<=等次|档次))[“"「]?(?P<grade>{_GRADE}){_GRADE_END}'
)
_NAMES = r"(?:、(?![无未没])(?:[^\W\d]|（[^（）]{1,6}）){2,24})"
_NO_WHAT = re.compile(
    rf"(?:[^\W\d]|（[^（）]{{1,6}}）){{2,24}}{_NAMES}{{1,6}}(?=[，。；！？]|$)"  # 无上缴上级支出、经营支出和对附属单位补助支出
    r"|(?:[^，。；：！？、（）“”]|（[^（）]{1,6}）|“三公”|、(?=(?![无未没])[^\W\d]{2,12}(?:[，。；]|$))){2,24}?(?=[，。；！？]|、(?!(?![无未没])[^\W\d]{2,12}(?:[，。；]|$))|（(?!境)|支出与|$)"
)
_NOTHING_NAMED = seldom(r"(?:预算|支出|资金|经费)?(?:安排|支出)?|[此该](?:项|类)(?:预算|支出|经费|费用)")
_DASHED = seldom(r"[^，。；：、！？“”\d]{2,24}$")
"""What a dash stands behind: 工程—、服务9万元."""
_AFTER_NO = seldom(r"[，。；！？）]|$")
_COUNTED_BEFORE = seldom(r"[\d一二三四五六七八九十两](?:个|项)[^，。；：！？]*$")
GRADE_AFTER = seldom(
    rf'(?:子?项目)?[^，。；：！？“”]{{0,20}}?(?:[评定]为|评定|等级|等次|评级|结果|档次|结论)(?:为|是|达到)?[“"「]?(?:{_GRADE}){_GRADE_END}'
)
"""The grade that the projects counted got: 3个项目自评等级为“优”."""
GRADED_TOO = seldom(
    r"(?:项目)?(?:(?:评定|评|定|达到)?(?:为|是)|(?:评定|评|定|达到)|)[“\"「]?"
    rf"(?P<grade>{_GRADE})[”\"」]?(?:等级|等次|档)?(?=[，、。；！？）]|$)"
)
"""The grade that further ones got: 2个为良."""
GRADE = seldom(rf"(?P<grade>{_GRADE})(?:等级|等次|档次?|级)?的?(?:项目)?$")
_GRADED = seldom(
    r"[^，。；：！？]{0,24}?(?:结果|等级|等次|档次|评价|评定|结论|自评|评级|绩效|定档|定级|定等)(?:评定|评价|结果)?(?:确定|定)?$"
)


_MARK_BEFORE = seldom(r"(?:自评|[评得]分)(?:数|为|是|：)*[\d.]+分(?:（[^（）]*）)?，$")


class Sign(NamedTuple):
    """A statement without a number: ``kind`` is ``same`` (持平), ``none`` (无…, 未发生…; …：无) or ``grade``.

    ``start:end`` is what a reader would quote, ``label`` the words that it is said of as far as they stand around it;
    ``leads`` says that the words before belong to the label too (年初无结转).
    """

    kind: str
    start: int
    end: int
    label: str
    leads: bool


def find_signs(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Sign]:
    """The statements without a number in a block, where no number stands inside them, in order."""
    found: list[Sign] = []
    position = start
    at = 0
    signs = _SIGNS_OR_GRADES if _MAY_GRADE.search(text, start, end) else _SIGNS
    for match in signs.finditer(text, start, end):
        if match.start() < position:
            continue
        sign = _sign(text, match, position, end)
        if sign is None or (
            sign.kind == "same" and found and found[-1].kind == "same" and _said_twice(text, found[-1], sign)
        ):
            continue
        while at < len(quantities) and quantities[at].end <= sign.start:
            at += 1
        if at < len(quantities) and quantities[at].start < sign.end:
            continue
        found.append(sign)
        position = sign.end
    return found


def _said_twice(text: str, before: Sign, sign: Sign) -> bool:
    """Whether one statement follows another right behind it: 与上年持平，无增减变化."""
    return text[before.end : sign.start] in ("，", "、", "，且", "")


def _sign(text: str, match: re.Match[str], position: int, end: int) -> Sign | None:
    before = text[max(position, match.start() - 80) : match.start()]
    if match.lastgroup == "grade":
        if _COUNTED_BEFORE.search(text, max(0, match.start() - 40), match.start()):
            return None  # 3个项目评价等级为优: how many got it
        said = before if text[match.start()] not in "级次" else before + text[match.start()]
        graded = _GRADED.search(said[-28:])
        if graded is None and _MARK_BEFORE.search(before):
            return Sign("grade", *match.span("grade"), "等级", False)  # 自评95分，为“优”等次
        return Sign("grade", *match.span("grade"), graded.group(), False) if graded is not None else None
    if text[match.end() - 1] in _SAME_ENDS:
        return Sign("same", match.start(), match.end(), "", True)
    if match.group() in ("—", "－"):
        named = _DASHED.search(before)
        return Sign("none", match.start(), match.end(), named.group(), False) if named is not None else None
    what = _NO_WHAT.match(text, match.end(), end)
    if (
        what is not None
        and _NOTHING_NAMED.fullmatch(what.group())
        and (clause := CLAUSE_BEFORE.search(before)) is not None
    ):
        said = clause.group().rstrip("为：")
        if said[-1:] not in ("均", "都"):  # 经营收入、其他收入均无预算安排
            said += what.group().lstrip("此该项类")
        return Sign("none", match.start(), what.end(), said, False)  # 因公出国费未安排预算
    if what is not None:
        verb = "购置" if match.group() in ("未购置", "未新购") else ""  # that none was bought is no word on the money
        return Sign("none", match.start(), what.end(), verb + what.group(), True)
    if _AFTER_NO.match(text, match.end(), end):
        clause = CLAUSE_BEFORE.search(before)
        if clause is None and match.group() == "尚未支出":
            return Sign("none", match.start(), match.end(), "支出", False)
        if clause is not None and len(clause.group()) >= 2:
            return Sign("none", match.start(), match.end(), clause.group().rstrip("为："), False)
    return None
