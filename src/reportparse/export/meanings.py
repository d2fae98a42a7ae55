"""What the columns of the tables mean, in Chinese and in English: for the workbook's 说明 and for the reference."""

from __future__ import annotations

__all__ = ["about_column", "about_table"]

_TABLES = {
    "reports": ("一份报告一行；金额以元计", "a row for every report; amounts in yuan"),
    "sections": ("一个标题一行", "a row for every heading"),
    "facts": ("一个印出的数（或词）及其含义，一个一行", "a row for every printed number (or word) and what it means"),
    "findings": ("报告自身的核对结果，一个一行；工作簿中只列不相符的", "a row for every check of a report; a workbook has only what is not consistent"),
    "across": ("同一单位各年度、各文种的报告相互核对的结果", "checks between the reports of one body, of several years and kinds"),
    "unclaimed": ("没有归入任何指标的数，一个一行", "a row for every number that no rule understood"),
    "failures": ("读不了的文件，一个一行", "a row for every file that could not be read"),
}  # fmt: skip

_SIDE = {
    "quote": ("原文中的数", "the number as printed"), "value": ("数值，用原单位", "its value, in the printed unit"), "unit": ("印出的单位", "the printed unit"),
    "yuan": ("折合的元", "in yuan"), "page": ("PDF 的第几页", "page of the PDF"), "section": ("所在章节的标题", "the heading that it stands under"),
    "fact": ("该数在其报告中的编号", "its id within its report"),
}  # fmt: skip

_COLUMNS = {
    "file": ("文件名，含所给文件夹以下的路径", "name of the file, with its path below the folder that was given"),
    "department": ("部门或单位；一个文件里有几份报告时，是该份的", "the body; of a file with several reports, that of the one"),
    "fiscal_year": ("报告的年度（决算、绩效为所报告的年份，预算为预算年份）", "the year that is reported, or budgeted for"),
    "title": ("报告的标题", "title of the report"), "kind": ("报告的种类", "what kind of report it is"),
    "region": ("单位所在的地区", "where the body is"), "region_level": ("地区的级别：省、市、县、乡", "level of the region"),
    "region_code": ("行政区划代码（GB/T 2260）", "code of the region (GB/T 2260)"), "issuer": ("落款的单位", "who signed it"),
    "date": ("落款的日期", "date of the signature"), "pages": ("页数", "pages"), "facts": ("读出的事实数", "how many facts were read"),
    "quantities": ("报告中的数量（不含年份、序号、页码等）", "numbers that are quantities: no years, ordinals, page numbers"),
    "claimed": ("其中归入指标的", "how many of them a rule understood"), "unclaimed": ("其中没有归入指标的", "how many no rule understood"),
    "problems": ("核对结果中不是“相符”的", "findings that are not consistent"), "inconsistent": ("无论怎样四舍五入都对不上的", "those that no rounding makes fit"),
    "doubtful": ("只有截去尾数、或只在舍入边缘才对得上的", "those that fit only if digits were cut off, or at the edge of rounding"),
    "unusual": ("不是算术问题而反常的，如执行率超过 100%", "no matter of arithmetic, and odd: an execution rate over 100%"),
    "missing": ("这类报告应写明而没有写的指标", "what such a report should state and does not"),
    "sha256": ("文件内容的指纹，内容相同则相同", "hash of the file"),
    "id": ("在该报告中的编号，审阅页和 JSON 用同一编号", "its id within the report, as on the page of review and in the JSON"),
    "part": ("一个文件里有几份报告时，是第几份", "which of the reports within the file"),
    "parent_id": ("上级标题的编号", "the heading above"), "level": ("标题的层级", "level of the heading"), "number": ("标题的序号", "number of the heading"),
    "sections.title": ("标题", "the heading"), "sections.role": ("标题讲的是什么，见 concepts", "what the heading is about, see concepts"),
    "span_start": ("在正文中的起点（字符，从 0 数）；正文用 reportparse text 打印", "where it begins in the text that `reportparse text` prints"),
    "span_end": ("在正文中的终点", "where it ends"),
    "key": ("主键：指标[成员]{资金,口径,期间…}.方面；报告之间同一个数主键相同", "the key: the same figure has the same in all reports"),
    "concept": ("指标的编号", "id of the concept"), "concept_zh": ("指标的名称", "the concept's Chinese name"),
    "member": ("指标下的哪一个：来源、科目、项目、指标名……", "which one of the concept: a source, a class, a project"),
    "member_code": ("功能或经济分类的科目编码", "code of the budget classification"),
    "crossed": ("表格中另一个方向的归类，如 nature:basic 为其中的基本支出", "the other direction of a table: nature:basic is the part that is basic expenditure"),
    "label": ("该数在原文中的叫法", "what the text calls it"),
    "fund": ("哪一种资金；空为未指明或全部", "whose money: appropriation, general public budget …; empty where all or not said"),
    "basis": ("实际（决算、执行）、预算，还是调整后的预算", "actual, budget or adjusted_budget"), "period": ("哪一年的数", "the year that it is of"),
    "aspect": ("数值本身，还是占比、增减额、增减率、执行率", "the value, its share, change, change_rate or execution_rate"),
    "facts.kind": ("数的种类：金额、百分比、人数……", "amount, percentage, headcount …"), "unclaimed.kind": ("数的种类", "what kind of number it is"),
    "state": ("有（印出数）、零、无（写明没有）、空（只印单位）、隐去、持平", "stated, zero, none (said not to be), blank (a unit alone), redacted, unchanged"),
    "role": ("陈述；原因：写在“主要原因是”里的数", "statement, or reason: it stands in the reason for another"),
    "value": ("数值，用原单位", "its value, in the printed unit"), "decimals": ("印出的小数位", "printed decimals"), "unit": ("印出的单位", "the printed unit"),
    "yuan": ("折合的元", "in yuan"), "value_max": ("印的是一个范围时，它的上限", "the upper end where a range is printed"),
    "qualifier": ("数前的限定：约、超过、以上……", "about, more than …"), "text": ("事实是词时，这些词", "its words, where the fact is no number"),
    "base": ("占比、增减、执行率是对哪个事实说的", "the fact that a share, change or rate is of"), "part_of": ("是哪个合计的一部分", "the fact that it is a part of"),
    "quote": ("原文中的字", "the words as printed"), "page": ("PDF 的第几页，不是纸面印的页码", "page of the PDF, not the one that is printed on it"),
    "section_id": ("所在章节的编号", "id of the heading that it stands under"), "section": ("所在章节的标题", "the heading that it stands under"),
    "found_in": ("正文、表格还是标题", "prose, table or heading"), "rule": ("由哪条规则认出", "the rule that understood it"),
    "confidence": ("1 为照规则认出；小于 1 为有推断，推断写在“说明”", "1: as a rule says; less: something was assumed, see notes"),
    "notes": ("推断了什么", "what was assumed"), "verdict": ("人的判断：更正、补录、确认", "what a reader judged"), "reviewer": ("由谁", "who judged"),
    "reviewed": ("何时", "when"), "comment": ("备注", "the reader's remark"), "read_as": ("更正前读作什么", "what had been read before it was corrected"),
    "relation": ("核对的是哪种关系", "which relation was checked"), "code": ("代码，见 checks、codes", "its code, see checks and codes"),
    "outcome": ("相符、存疑、舍尾、不符、异常、无法核对", "相符 consistent, 存疑 improbable, 舍尾 truncated, 不符 inconsistent, 异常 unusual, 无法核对 not checkable"),
    "message": ("印的是什么，按其余的数应是什么", "what is printed, and what follows from the other numbers"),
    "reported": ("印出的数", "the number as printed"), "computed": ("按其余的数应是多少，或另一处印的", "what follows from the others, or is printed elsewhere"),
    "findings.unit": ("“印出”“应为”“下限”“上限”的单位", "the unit of reported, computed, low and high"),
    "low": ("考虑四舍五入，应为的最小值", "the least that can follow, whatever the rounding"), "high": ("最大值", "the most that can follow"),
    "causes": ("能解释它的差错，最可能的在前；未经证实", "what would explain it, the likeliest first"),
    "quotes": ("关系中的各数，原文", "the numbers of the relation, as printed"), "findings.facts": ("关系中各数的编号", "ids of the numbers of the relation"),
    "difference": ("印出与应为相差多少元", "how far they are apart, in yuan"), "reason": ("为什么读不了，怎么办", "why it could not be read, and what to do"),
    "other_file": ("相互核对的另一份报告", "the other report"),
    **{f"other_{name}": (f"另一份报告的：{zh}", f"of the other report: {en}") for name, (zh, en) in _SIDE.items()},
    **{f"across.{name}": words for name, words in _SIDE.items()},
}  # fmt: skip
"""By name, or by table and name where it means something else there."""

_FIGURE = (
    "报告所写的这个指标，金额以元计；几处都写了的，取正文的",
    "what the report says of it, amounts in yuan: in prose, where it is said in several places",
)
_LINK = ("链接到所涉的数，第一个是被核对的", "a link to a number of the relation; what was checked is the first")


def about_table(name: str) -> tuple[str, str]:
    """What a row of a table is, in Chinese and in English."""
    return _TABLES[name]


def about_column(table: str, name: str) -> tuple[str, str]:
    """What stands in a column of a table; the figures of reports and the links of a workbook are all told alike."""
    if name.startswith("fact_"):
        return _LINK
    own = _COLUMNS.get(f"{table}.{name}") or _COLUMNS.get(name)
    return own or _FIGURE
