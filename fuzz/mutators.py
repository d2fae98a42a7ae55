"""How inputs are changed: texts by words of their field, PDFs by their objects; bytes are left to the fuzzer's own way."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pikepdf

__all__ = ["Bytes", "of_pack", "of_pdf", "of_text"]

Bytes = Callable[[bytes, int], bytes]
"""The fuzzer's own way: bytes and the most that may come of them."""

WORDS = (
    "万元 亿元 元 % ％ ‰ 个百分点 人 名 项 分 成 折 倍 万 亿 千 百 十 〇 零 两 半 三分之一 百分之五 约 近 余 多 几 以上 不足 -1.2 ￥ （12） 1,234.56 "
    "０．５ 二〇二四年 2024年度 3月1日 12:30 0833-2412345 财预〔2023〕1号 **.** XX / —— 至 ～ ± ① ㈠ ⒈ 一、 （一） 1. 第二部分 附件1 目录 ………3 "
    "单位：万元 项目 合计 小计 其中： 占 比上年增加 减少 持平 无 。 ， ； ： “三公”经费 收入总计 支出决算 年初预算数 部门概况 编制 得分 | |---| \t \n \r\n "
    "\f \u3000 \u00a0 \u200b \ufeff \u2028 \x85 \x1a - 3 - 第1页 共9页 <table> </td> &nbsp; ² 𝟙 ٣"
).split(" ")
RULES = (
    "[pack]\n|[[section]]\n|[[anywhere.field]]\n|[[table]]\n|[checks]\n|labels = [|concept = |'''|\"|(?i)|(?:|)*|{2,}|\\p{Han}|(?<=|[^|]|= -1\n|= 1e999\n|= nan\n|"
    "= 1979-05-27T07:32:00Z\n|= {}\n|= []\n|= [[]]\n|= true\n|extends = |expects = |\u3000|.|$|^"
).split("|")


def of_text(data: bytes, most: int, rng: random.Random, own: Bytes, *, recode: bool = False) -> bytes:
    """Words put in, parts taken out, doubled, moved, repeated; with ``recode`` also another encoding, or two."""
    return _of_words(data, most, rng, own, WORDS, recode)


def of_pack(data: bytes, most: int, rng: random.Random, own: Bytes) -> bytes:
    """The same by words of TOML, patterns and packs."""
    return _of_words(data, most, rng, own, RULES, False)


def _of_words(
    data: bytes, most: int, rng: random.Random, own: Bytes, words: tuple[str, ...] | list[str], recode: bool
) -> bytes:
    if rng.random() < 0.3:
        return own(data, most)
    text = data.decode("utf-8", "replace")
    for _ in range(rng.randint(1, 5)):
        a = rng.randint(0, len(text))
        b = min(len(text), a + rng.choice((0, 1, 3, 12, 80)))
        lines = text.splitlines(keepends=True)
        text = rng.choice((
            lambda a=a, t=text: t[:a] + rng.choice(words) + t[a:],
            lambda a=a, b=b, t=text: t[:a] + rng.choice(words) + t[b:],
            lambda a=a, b=b, t=text: t[:a] + t[b:],
            lambda a=a, b=b, t=text: t[:b] + t[a:],
            lambda a=a, b=b, t=text: t[:a] + t[a:b] * rng.randint(2, 40) + t[b:],
            lambda lines=lines: "".join(rng.sample(lines, len(lines))),
            lambda a=a, t=text: t[:a] + "".join(rng.choices(words, k=rng.randint(2, 12))) + t[a:],
        ))()  # fmt: skip
    if not recode or rng.random() < 0.6:
        return text.encode("utf-8", "replace")[:most]
    codec = rng.choice(("gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5", "utf-32", "utf-8-sig"))
    a = rng.choice((0, rng.randint(0, len(text))))
    return (text[:a].encode("utf-8") + text[a:].encode(codec, "ignore"))[:most]


ODD = (0, 1, -1, 0.5, -1000, 2**31, 10**12, 1e-9, True, None)
NAMES = (
    "/Rotate",
    "/MediaBox",
    "/CropBox",
    "/UserUnit",
    "/W",
    "/DW",
    "/Widths",
    "/ToUnicode",
    "/Encoding",
    "/Resources",
)


def of_pdf(data: bytes, most: int, rng: random.Random, own: Bytes) -> bytes:
    """One to four of its objects changed: an entry gone, odd or another's; operators of a page dropped, doubled, moved, with other
    numbers; a stream's bytes. Now and then, or where it is no PDF any more, just bytes.
    """
    if rng.random() < 0.2:
        return own(data, most)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for _ in range(rng.randint(1, 4)):
                rng.choice((_entry, _entry, _operators, _operators, _stream, _page))(pdf, rng, own)
            made = io.BytesIO()
            pdf.save(made, static_id=True, compress_streams=rng.random() < 0.9)
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        NotImplementedError,
        RuntimeError,
        AttributeError,
    ):
        return own(data, most)
    changed = made.getvalue()
    return changed if len(changed) <= most else own(data, most)


def _entry(pdf: pikepdf.Pdf, rng: random.Random, _own: Bytes) -> None:
    found = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array) and _keys(o)]
    target, other = rng.choice(found), rng.choice(found)
    key = rng.choice(_keys(target))
    listed = isinstance(target, pikepdf.Array)
    way = rng.random()
    if way < 0.3:
        target[key] = other
    elif way < 0.5 and not listed:
        del target[key]
    elif way < 0.6 and not listed:
        target[rng.choice(NAMES)] = rng.choice(ODD[:-1])
    else:
        target[key] = rng.choice((*ODD, pikepdf.Name("/Odd"), pikepdf.String("奇"), pikepdf.Array([1, -1, 0, 99999])))


def _keys(holder: pikepdf.Object) -> list[int] | list[str]:
    """The places in an array, or the names in a dictionary, also that of a stream, save what its bytes decide."""
    return (
        list(range(len(holder)))
        if isinstance(holder, pikepdf.Array)
        else [k for k in dict(holder.items()) if k != "/Length"]
    )


def _operators(pdf: pikepdf.Pdf, rng: random.Random, _own: Bytes) -> None:
    page = rng.choice(list(pdf.pages))
    done = [
        (list(i.operands), i.operator)
        for i in pikepdf.parse_content_stream(page)
        if isinstance(i, pikepdf.ContentStreamInstruction)
    ]
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(done))
        operands, operator = done[at]
        match rng.randrange(5):
            case 0:
                del done[at]
            case 1:
                done[at:at] = [done[at]] * rng.randint(1, 20)
            case 2:
                other = rng.randrange(len(done))
                done[at], done[other] = done[other], done[at]
            case 3:
                done[at] = (list(reversed(operands)), operator)
            case _:
                numbers = [
                    k
                    for k, o in enumerate(operands)
                    if isinstance(o, int | float) or str(o).replace(".", "").lstrip("-").isdigit()
                ]
                if numbers:
                    operands[rng.choice(numbers)] = rng.choice(
                        (0, -1, 1, rng.randint(-900, 900), rng.random() * 20, 10**9)
                    )
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(done))


def _stream(pdf: pikepdf.Pdf, rng: random.Random, own: Bytes) -> None:
    found = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    target = rng.choice(found)
    data = target.read_bytes()
    target.write(own(data, len(data) + 64))


def _page(pdf: pikepdf.Pdf, rng: random.Random, _own: Bytes) -> None:
    page = rng.choice(list(pdf.pages))
    match rng.randrange(4):
        case 0:
            page.Rotate = rng.choice((0, 90, 180, 270, 45, -90))
        case 1:
            page.MediaBox = pikepdf.Array([rng.choice((0, -100, 300, 842, 10**6)) for _ in range(4)])
        case 2:
            page.CropBox = pikepdf.Array([rng.choice((0, 100, 300, 595, 842)) for _ in range(4)])
        case _:
            pdf.pages.append(page)
