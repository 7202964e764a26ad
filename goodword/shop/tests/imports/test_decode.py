import zlib

import pytest

from goodword.shop.imports import Confidence, Limits, TooBig, Unreadable, read
from goodword.shop.imports.decode import decode

from .lookalike import CHINESE, MOJIBAKE, item, taobao_file, taobao_text, tee

LADDER = [
    ("utf-8", True, Confidence.CERTAIN),
    ("utf-8", False, Confidence.CERTAIN),
    ("utf-16-le", True, Confidence.CERTAIN),
    ("utf-16-be", True, Confidence.CERTAIN),
    ("utf-32-le", True, Confidence.CERTAIN),
    ("utf-16-le", False, Confidence.LIKELY),
    ("utf-16-be", False, Confidence.LIKELY),
]
GB18030 = ("gb18030", False, Confidence.LIKELY)


@pytest.mark.parametrize(
    ("rung", "third_row"),
    [(rung, row) for rung in LADDER for row in (CHINESE, MOJIBAKE, None)]
    + [(GB18030, row) for row in (CHINESE, None)],
)
def test_each_rung_of_the_ladder(rung, third_row):
    encoding, mark, confidence = rung
    data = taobao_file([item(), tee()], encoding=encoding, mark=mark, third_row=third_row)
    found = read(data)
    assert (found.encoding, found.confidence) == (encoding, confidence)
    assert [draft.title for draft in found.drafts] == ["德化白瓷茶杯", "汝窑开片杯"]


def test_big5_is_told_from_gb18030_which_would_read_it_as_rubbish():
    text = "德化白瓷茶杯，送禮自用都好，這個價格包郵，請放心購買。"
    assert text.encode("big5").decode("gb18030")  # decodes without a complaint
    found = decode(text.encode("big5"))
    assert (found.text, found.encoding) == (text, "big5hkscs")


def test_gb18030_is_told_from_big5():
    text = "德化白瓷茶杯，送礼自用都好，这个价格包邮，请放心购买。"
    found = decode(text.encode("gb18030"))
    assert (found.text, found.encoding) == (text, "gb18030")


def test_a_guess_is_said_to_be_one():
    found = read(taobao_file([item()], encoding="gb18030", mark=False))
    assert [notice.sentence for notice in found.notices] == [
        "The file does not say how its letters are written; it was read as GB18030. "
        "Look at the titles below before you go on."
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "이 찻잔은 손으로 빚은 백자입니다. 선물로도 좋고 매일 쓰기에도 좋은 찻잔입니다.",
            "euc-kr",
        ),
        ("手作りの白磁の湯のみです。贈り物にも、毎日のお茶の時間にもおすすめします。", "shift_jis"),
        ("Théière élégante façonnée à la main, très légère, émail brillant, été 2016", "cp1252"),
        ("Чашка из белого фарфора ручной работы, подарок для всей семьи", "cp1251"),
    ],
)
def test_other_languages_letters_are_refused_rather_than_read_as_chinese(text, encoding):
    with pytest.raises(Unreadable, match="cannot be read"):
        decode(text.encode(encoding) * 3)


def test_one_broken_byte_costs_one_letter_and_is_said():
    whole = taobao_file([item(), tee()], encoding="utf-8", mark=False)
    at = whole.index("德化".encode()) + 1
    found = read(whole[:at] + b"\xff" + whole[at + 1 :])
    assert found.confidence is Confidence.DAMAGED
    assert [draft.title for draft in found.drafts][1] == "汝窑开片杯"
    assert "cell_damaged" in {notice.message.code for notice in found.drafts[0].notices}
    assert [notice.message.code for notice in found.notices] == ["letters_damaged"]


def test_a_utf16_file_cut_in_the_middle_of_a_letter_is_still_read():
    found = read(taobao_file([item(), tee()])[:-1])
    assert found.confidence is Confidence.DAMAGED
    assert len(found.drafts) == 2


def test_zero_bytes_are_left_out_and_said():
    found = read(taobao_text([item(title="茶\x00杯")]).encode())
    assert found.drafts[0].title == "茶杯"
    assert [notice.message.code for notice in found.notices] == ["nul_removed"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        ("\ufeff".encode(), "empty"),
        ("\ufeff \n".encode("utf-16-le"), "empty"),
        (b"PK\x03\x04\x14\x00[Content_Types].xml", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel workbook"),
        (b"PK\x03\x04\x14\x00products.csv", "ZIP archive"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (zlib.compress(b"tea" * 99), "cannot be read"),
        (bytes(range(256)) * 8, "cannot be read"),
        (b"\xff\xfe" + b"\x00\xd8" * 50, "cannot be read"),
    ],
)
def test_what_is_no_text_gets_a_sentence_that_says_what_to_do(data, sentence):
    with pytest.raises(Unreadable, match=sentence) as refused:
        read(data)
    assert refused.value.status == 422


def test_a_file_beyond_the_limit_is_refused_before_it_is_read():
    with pytest.raises(TooBig, match="2 MB and at most 1 MB") as refused:
        read(b"\xff" * (2**20 + 1), limits=Limits(file_bytes=2**20))
    assert refused.value.status == 413
