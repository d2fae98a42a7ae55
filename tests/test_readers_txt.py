"""Encodings, pages and line ends of plain text."""

from __future__ import annotations

import builtins
import codecs
import encodings.aliases
import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportparse.errors import ReadError
from reportparse.readers.txt import decode, read_txt, well_formed

SIMPLIFIED = {
    "short": "二〇二三年度部门决算公开说明（草案）共六页",
    "place": "全局实有在职人员四十二人。",
    "prose": "2023年度，某市水文站本年收入合计1,286.40万元，比上年增加35.20万元，增长2.81%。主要原因：人员经费政策性调整。\n"
    "（一）基本支出970.15万元，占75.42%；（二）项目支出316.25万元，占24.58%。\r\n",
    "lists": "一、单位职责\n1.贯彻执行法规；\n2.负责辖区内堤防、涵闸的巡查与养护；\n3.承办上级交办的其他事项。\n",
    "digits": "项目\t预算数\t决算数\n基本支出\t1204.55\t1198.30\n项目支出\t88.00\t87.91\n"
    + "12.50\t13.75\t100.00%\n" * 60,
    "signs": "“三公”经费——执行率≥95%，①公车运行·维护×3辆；②接待费￥0.00元……℃、±5、【附】《办法》",
}
TRADITIONAL = {
    "short": "本府一一二年度施政績效報告業經審議通過",
    "prose": "112年度歲入決算數為新臺幣3億2,450萬元，較預算數增加1,150萬元，達成率103.67%。人事費占41.2%，業務費占36.8%，其餘為設備及投資。\n",
    "lists": "壹、前言\n一、機關職掌：辦理轄區內道路養護、橋梁檢測及災害搶修。\n二、員額：職員六十八人、約僱人員五人、技工工友九人。\n",
    "digits": "科目\t預算數\t決算數\n經常門\t1204.55\t1198.30\n資本門\t88.00\t87.91\n" + "12.50\t13.75\t100.00%\n" * 60,
}
HONG_KONG = "審計報告：該署於本年度檢視了嘅開支，並按㗎、喺、咗等用字之慣例記錄發言，各項開支均有詳細說明及單據佐證。"

UTF16 = "UTF-16 by its NUL pattern"
UTF32 = "UTF-32 by its NUL pattern"
GB = "GB18030 by its everyday characters"
BIG5 = "Big5 by its everyday characters"
LADDER = [
    ("utf-8", b"", "utf-8", "strict UTF-8"),
    ("utf-8", codecs.BOM_UTF8, "utf-8-sig", "byte-order mark"),
    ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le", "byte-order mark"),
    ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be", "byte-order mark"),
    ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le", "byte-order mark"),
    ("utf-32-be", codecs.BOM_UTF32_BE, "utf-32-be", "byte-order mark"),
    ("gb18030", b"\x84\x31\x95\x33", "gb18030", "byte-order mark"),
    ("utf-32-le", b"", "utf-32-le", UTF32),
    ("utf-32-be", b"", "utf-32-be", UTF32),
    ("gb18030", b"", "gb18030", GB),
]


def fault(data: bytes, encoding: str | None = None) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_txt(data, "a.txt", encoding)
    return caught.value


# --- the ladder ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*SIMPLIFIED.values(), *TRADITIONAL.values()], ids=[*SIMPLIFIED, *TRADITIONAL])
@pytest.mark.parametrize(("written", "mark", "codec", "reason"), LADDER)
def test_each_rung_reads_every_text(written: str, mark: bytes, codec: str, reason: str, text: str) -> None:
    assert decode(mark + text.encode(written)) == (text, codec, reason)


@pytest.mark.parametrize("text", [*SIMPLIFIED.values(), *TRADITIONAL.values()], ids=[*SIMPLIFIED, *TRADITIONAL])
@pytest.mark.parametrize("written", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(written: str, text: str) -> None:
    data = text.encode(written)
    reason = UTF16 if b"\0" in data else "UTF-16 by its everyday characters"
    assert decode(data) == (text, written, reason)


def test_utf16_without_a_single_nul_is_covered() -> None:
    assert b"\0" not in SIMPLIFIED["place"].encode("utf-16-le")


@pytest.mark.parametrize("text", TRADITIONAL.values(), ids=TRADITIONAL)
@pytest.mark.parametrize("written", ["big5", "cp950", "big5hkscs"])
def test_big5(written: str, text: str) -> None:
    assert decode(text.encode(written)) == (text, "cp950", BIG5)


def test_big5_of_hong_kong() -> None:
    assert decode(HONG_KONG.encode("big5hkscs")) == (HONG_KONG, "big5hkscs", BIG5)


@pytest.mark.parametrize("text", ["Total revenue 12.50\n", "1.5\t2\t3%\r\n" * 30, "x", "a\n"])
def test_ascii(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", "strict UTF-8")
    for written in ("utf-16-le", "utf-16-be"):
        assert decode(text.encode(written)) == (text, written, UTF16)
    for written in ("utf-32-le", "utf-32-be"):
        assert decode(text.encode(written)) == (text, written, UTF32)


@pytest.mark.parametrize(
    "text", ["朱镕基、陶喆、李堃、范玮琪等同志出席会议并讲话。", "𠮷野家与𬱖姓居民共12户，支出3.5万元，均已核实。"]
)
def test_gb18030_beyond_gbk(text: str) -> None:
    assert decode(text.encode("gb18030")) == (text, "gb18030", GB)


def test_chinese_far_behind_ascii() -> None:
    text = "key=value;\n" * 20_000 + SIMPLIFIED["prose"] * 50
    assert decode(text.encode("gb18030")) == (text, "gb18030", GB)


def test_a_text_larger_than_the_sample() -> None:
    for text, written, codec, reason in (
        (SIMPLIFIED["prose"] * 2000, "gb18030", "gb18030", GB),
        (TRADITIONAL["prose"] * 2000, "cp950", "cp950", BIG5),
        (SIMPLIFIED["prose"] * 2000, "utf-16-be", "utf-16-be", UTF16),
    ):
        assert decode(text.encode(written)) == (text, codec, reason)


def test_the_mark_of_utf8_before_gb18030() -> None:
    text = SIMPLIFIED["prose"]
    assert decode(codecs.BOM_UTF8 + text.encode("gb18030")) == (text, "gb18030", GB)


def test_only_one_mark_is_taken_off() -> None:
    assert decode(codecs.BOM_UTF8 * 2 + b"a") == ("\ufeffa", "utf-8-sig", "byte-order mark")


def test_other_languages_are_left_to_charset_normalizer() -> None:
    text = "Отчёт об исполнении бюджета за год, утверждён решением совета. Доходы выросли.\n" * 3
    assert decode(text.encode("cp1251")) == (text, "cp1251", "charset-normalizer")


def test_a_long_text_without_a_line_end_is_left_to_charset_normalizer() -> None:
    text = "Отчёт об исполнении бюджета за год, утверждён решением совета. Доходы выросли. " * 1500
    assert decode(text.encode("cp1251")) == (text, "cp1251", "charset-normalizer")


def test_charset_normalizer_may_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    plain_import: Callable[..., object] = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name == "charset_normalizer":
            raise ImportError(name)
        return plain_import(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ReadError) as caught:
        decode("Доходы выросли, расходы тоже.".encode("cp1251"))
    assert caught.value.code == "RP-READ-007"
    assert "charset-normalizer" in caught.value.reason
    assert "charset-normalizer" in caught.value.reason_en


@pytest.mark.parametrize("data", [SIMPLIFIED["prose"].encode(), SIMPLIFIED["prose"].encode("gb18030")])
def test_charset_normalizer_is_not_imported_without_need(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    assert decode(data)[0] == SIMPLIFIED["prose"]


# --- damage -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "codec", "reason"),
    [
        ("部门整体支出绩效自评报告全文".encode()[:-1], "utf-8", "UTF-8; 2 bytes could not be read"),
        (("收入合计12.5万元。" * 40).encode()[:-2], "utf-8", "UTF-8; 1 byte could not be read"),
        (codecs.BOM_UTF8 + "部门整体支出绩效自评报告".encode()[:-1], "utf-8-sig", "byte-order mark; 2 bytes could not be read"),
        ("部门整体支出绩效自评报告".encode("gb18030")[:-1], "gb18030", f"{GB}; 1 byte could not be read"),
        ("本年支出合计八百万元，同上年相比持平𠮷".encode("gb18030")[:-1], "gb18030", f"{GB}; 3 bytes could not be read"),
        ("年度施政績效報告全文如下".encode("cp950")[:-1], "cp950", f"{BIG5}; 1 byte could not be read"),
        ("一、收入12.5万元，支出12.4万元\n".encode("utf-16-le")[:-1], "utf-16-le", f"{UTF16}; 1 byte could not be read"),
        (codecs.BOM_UTF16_BE + "收入合计十二万元，同上".encode("utf-16-be")[:-1], "utf-16-be",
         "byte-order mark; 1 byte could not be read"),
        ("一、收入12.5万元\n".encode("utf-32-le")[:-2], "utf-32-le", f"{UTF32}; 2 bytes could not be read"),
    ],
)  # fmt: skip
def test_half_a_character_at_the_end(data: bytes, codec: str, reason: str) -> None:
    text, *rest = decode(data)
    assert rest == [codec, reason]
    assert text.endswith("\ufffd")
    assert text.count("\ufffd") == 1


@pytest.mark.parametrize(("written", "codec", "reason"), [("utf-8", "utf-8", "UTF-8"), ("gb18030", "gb18030", GB)])
def test_a_few_bad_bytes_in_a_long_text(written: str, codec: str, reason: str) -> None:
    text, *rest = decode(b"\xff\n".join([SIMPLIFIED["prose"].encode(written)] * 20))
    assert rest == [codec, f"{reason}; 19 bytes could not be read"]
    assert text == "\ufffd\n".join([SIMPLIFIED["prose"]] * 20)


@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
def test_much_damage_is_refused(written: str) -> None:
    data = b"\xff".join(SIMPLIFIED["prose"].encode(written)[i : i + 8] for i in range(0, 200, 8))
    assert fault(data).code == "RP-READ-007"


def test_a_text_of_ascii_with_a_few_gb18030_characters_is_not_damaged_utf8() -> None:
    text = "0.00\t12.50\t7.25\t100.00%\r\n" * 200 + "合计\t12.5\n" + "1.00\n" * 40
    assert decode(text.encode("gb18030")) == (text, "gb18030", GB)


@pytest.mark.parametrize(
    ("data", "text", "codec", "reason"),
    [
        ("𠮷野家支出3.5万元".encode("utf-16-be").join([codecs.BOM_UTF16_BE, "\n".encode("utf-16-be")]),
         "𠮷野家支出3.5万元\n", "utf-16-be", "byte-order mark"),
        (codecs.BOM_UTF16_LE + "收入\ud842合计12.5万元，与上年持平。".encode("utf-16-le", "surrogatepass") * 20,
         "收入\ufffd合计12.5万元，与上年持平。" * 20, "utf-16-le", None),
        ("收入\ud842\udfb7合计".encode("utf-8", "surrogatepass"), "收入𠮷合计", "utf-8",
         "UTF-8 with surrogates (CESU-8)"),
        ("收入\ud842合计\udfb7".encode("utf-8", "surrogatepass"), "收入\ufffd合计\ufffd", "utf-8",
         "UTF-8 with surrogates (CESU-8); 2 lone surrogates replaced"),
    ],
)  # fmt: skip
def test_surrogates(data: bytes, text: str, codec: str, reason: str | None) -> None:
    if reason is None:
        assert fault(data).code == "RP-READ-007"  # 40 bytes of 720: more than a little
        data = data[:32] + "收入合计12.5万元，与上年持平。".encode("utf-16-le") * 20
        text, reason = decode(data)[0], "byte-order mark; 2 bytes could not be read"
        assert text.startswith("收入\ufffd合计12.5万元")
    assert decode(data) == (text, codec, reason)


def test_well_formed() -> None:
    assert well_formed("甲\ud842\udfb7乙\ud842丙\udc80") == "甲𠮷乙\ufffd丙\ufffd"


# --- asked for ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding", "text", "codec"),
    [
        ("é".encode("latin-1"), "latin-1", "é", "iso8859-1"),
        ("收入".encode(), "UTF8", "收入", "utf-8"),
        (codecs.BOM_UTF8 + "收入".encode(), "utf-8", "收入", "utf-8"),
        (codecs.BOM_UTF8 + "收入".encode(), "utf-8-sig", "收入", "utf-8-sig"),
        ("收入".encode(), "utf-8-sig", "收入", "utf-8-sig"),
        ("镕·—堃".encode("gb18030"), "gb2312", "镕·—堃", "gb18030"),
        ("镕𠮷".encode("gb18030"), "GBK", "镕𠮷", "gb18030"),
        ("收入".encode("gb18030"), "cp936", "收入", "gb18030"),
        ("歲入".encode("big5"), "Big5", "歲入", "big5"),
        ("收入".encode("utf-16-le"), "utf-16", "收入", "utf-16-le"),
        (codecs.BOM_UTF16_BE + "收入".encode("utf-16-be"), "utf-16", "收入", "utf-16-be"),
        (codecs.BOM_UTF16_LE + "收入".encode("utf-16-le"), "utf_16_le", "收入", "utf-16-le"),
        (codecs.BOM_UTF32_BE + "收入".encode("utf-32-be"), "utf-32", "收入", "utf-32-be"),
        ("收入".encode("hz"), "hz", "收入", "hz"),
    ],
)
def test_asked_for(data: bytes, encoding: str, text: str, codec: str) -> None:
    assert decode(data, encoding) == (text, codec, "asked for")


def test_asked_for_with_a_lone_surrogate() -> None:
    data = "收入\ud842".encode("utf-7", "surrogatepass")
    assert decode(data, "utf-7") == ("收入\ufffd", "utf-7", "asked for; 1 lone surrogate replaced")


@pytest.mark.parametrize(
    "encoding",
    ["", "no-such-codec", "a\0b", "编码", "\ud800", "utf.8", "rot13", "hex", "base64", "zlib", "bz2", "uu", "quopri",
     "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"],
)  # fmt: skip
def test_008_no_encoding_of_files(encoding: str) -> None:
    error = fault(b"3031", encoding)
    assert error.code == "RP-READ-008"
    assert error.message().encode("utf-8")


@pytest.mark.parametrize(
    ("data", "encoding", "offset"),
    [
        ("收入".encode("gb18030"), "utf-8", 0),
        (b"abc\xff", "utf-8", 3),
        (codecs.BOM_UTF8 + b"abc\xff", "utf-8-sig", 6),
        ("收入合计".encode("gb18030")[:-1], "gb18030", 6),
        ("é".encode(), "ascii", 0),
        ("收入".encode("utf-16-le")[:-1], "utf-16-le", 2),
    ],
)
def test_008_not_decodable_says_where(data: bytes, encoding: str, offset: int) -> None:
    error = fault(data, encoding)
    assert error.code == "RP-READ-008"
    assert str(offset) in error.reason
    assert f"offset {offset} " in error.reason_en


@pytest.mark.parametrize("encoding", sorted(set(encodings.aliases.aliases.values())))
@pytest.mark.parametrize(
    "data", [b"+2AA-abc 12\n", "收入合计".encode("gb18030"), b"\xff\xfe\x00\xd8", b"\x00\x00\x00\xd8"]
)
def test_any_codec_gives_text_or_a_read_error(encoding: str, data: bytes) -> None:
    try:
        document = read_txt(data, "a.txt", encoding)
    except ReadError:
        return
    assert document.text.encode("utf-8")


# --- no text ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [" ", "\n\n\r\n\t", "\u3000\u00a0", "\f\f", "\u200b\u200d\u2060\u00ad", "\ufe0f", "\u3164\u2800", "\x01\x02\x7f", "\0" * 9, "\u2028"],
)  # fmt: skip
@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig"])
def test_005_nothing_visible(text: str, written: str) -> None:
    assert fault(text.encode(written)).code == "RP-READ-005"


@pytest.mark.parametrize("mark", [mark for _, mark, _, _ in LADDER if mark])
def test_005_a_mark_and_nothing_else(mark: bytes) -> None:
    assert fault(mark).code == "RP-READ-005"


@pytest.mark.parametrize(
    "data",
    [
        b"abc\0def",
        SIMPLIFIED["prose"].encode() + b"\0",
        SIMPLIFIED["prose"].encode("gb18030") + b"\0\0\0",
        codecs.BOM_UTF8 + b"abc\0",
        codecs.BOM_UTF16_LE + "收入\0合计".encode("utf-16-le"),
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0",
        b"\x01\x02\x03abc",
        b"SQLite format 3\0\x10\0\x01\x01",
        bytes(range(256)) * 20,
        bytes(range(1, 256)) * 20,
        bytes((i * i * 31 + i * 7) % 251 + 1 for i in range(5000)),
    ],
)
def test_007_binary(data: bytes) -> None:
    assert fault(data).code == "RP-READ-007"


@pytest.mark.parametrize(
    "text", ["收入\x0712.5\x07支出\x0711.0\x07", "收入12.5万元\x1a", "收入\x0112.5万元", "甲\x1c乙\x1d丙\x1e丁\x1f"]
)
def test_a_few_controls_are_still_text(text: str) -> None:
    assert read_txt(text.encode(), "a.txt").text == text


# --- lines and pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\r", "\r\r\n", "\v", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("written", ["utf-8", "gb18030", "utf-16-le"])
def test_no_newline_is_translated(newline: str, written: str) -> None:
    text = newline.join(["一、部门概况", "本年收入合计12.5万元。", "", "二、支出情况", ""])
    assert read_txt(text.encode(written), "a.txt").text == text


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("一页", (0,)),
        ("一\f二", (0, 2)),
        ("一\f二\f", (0, 2)),
        ("一\f二\f\n \r\n\u3000", (0, 2)),
        ("一\f二\f\f\f", (0, 2)),
        ("一\f\f三", (0, 2, 3)),
        ("\f二", (0, 1)),
        ("一\n\f\n二\n\f三\n", (0, 3, 7)),
        ("\ufeff一\f二", (0, 2)),
    ],
)
def test_pages(text: str, starts: tuple[int, ...]) -> None:
    document = read_txt(text.encode(), "a.txt")
    assert document.page_starts == starts
    assert document.source.pages == len(starts)


# --- properties ---------------------------------------------------------------------------------------------------

COMMON = "".join(SIMPLIFIED.values())
COMMON_CJK = sorted({c for c in COMMON if c >= "\u4e00" and c.encode("gb18030")[0] < 0xD8 and c < "\uff00"})
NO_SURROGATES = st.characters(exclude_categories=["Cs"])


@given(st.text(NO_SURROGATES, max_size=200))
@example("\ufeff")
def test_every_text_in_utf8_comes_back(text: str) -> None:
    if "\0" in text:
        return
    assert decode(text.encode("utf-8"))[0] == text.removeprefix("\ufeff")


@given(
    st.lists(st.sampled_from(COMMON_CJK), min_size=20, max_size=200, unique=True),
    st.text(st.sampled_from("0123456789.,%-\r\n\t abcXYZ（）、，。：；“”《》"), max_size=60),
    st.randoms(use_true_random=False),
)
def test_chinese_in_gb18030_comes_back(characters: list[str], rest: str, random: object) -> None:
    mixed = [*characters, *rest]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    text = "".join(mixed)
    assert decode(text.encode("gb18030"))[0] == text


@given(st.binary(max_size=400))
def test_decoding_is_deterministic_and_gives_valid_text(data: bytes) -> None:
    def outcome() -> tuple[str, ...]:
        try:
            return decode(data)
        except ReadError as error:
            return (error.code, error.reason, error.reason_en)

    first = outcome()
    assert first == outcome()
    assert all(part.encode("utf-8") is not None for part in first)


@given(
    st.sampled_from(["utf-8", "gb18030", "utf-16-le", "cp950"]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=3),
    st.integers(0, 40),
)
def test_damaged_texts_never_give_a_traceback(written: str, damage: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(TRADITIONAL["prose"].encode(written) * 3)
    for place, byte in damage:
        data[place % len(data)] = byte
    try:
        text, _, _ = decode(bytes(data[: len(data) - cut]))
    except ReadError:
        return
    assert text.encode("utf-8")
