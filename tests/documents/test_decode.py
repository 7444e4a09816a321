from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.decode import decode
from documents.errors import Unreadable
from tests.places import SEEDS

ENCODINGS = [
    ("utf-8", b""),
    ("utf-8", b"\xef\xbb\xbf"),
    ("gb18030", b""),
    ("gbk", b""),
    ("utf-16-le", b""),
    ("utf-16-be", b""),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
    ("utf-32-le", b"\xff\xfe\x00\x00"),
    ("utf-32-be", b"\x00\x00\xfe\xff"),
    ("utf-32-le", b""),
]
TRADITIONAL = (
    "臺北市政府二○二三年度法治政府建設情況報告\n一、主要舉措和成效\n深入學習貫徹習近平法治思想，全面落實行政執法責任制，"
    "組織執法人員培訓12場次，辦理行政處罰案件281件，行政機關負責人出庭應訴率達100%。\n二、存在的問題\n執法監督力度還不夠。"
)
ids = [f"{encoding}{'-bom' if mark else ''}" for encoding, mark in ENCODINGS]


@pytest.fixture(params=SEEDS, ids=lambda path: path.stem)
def text(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("length", [60, 300, 2000, None])
@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS, ids=ids)
def test_a_report_is_the_same_in_every_encoding(text: str, encoding: str, mark: bytes, length: int | None) -> None:
    for start in (0, 700):
        data = text[start:][:length].encode(encoding, "ignore")
        decoded = decode(mark + data)
        assert decoded.text == data.decode(encoding)
        assert decoded.incomplete is None


@pytest.mark.parametrize("length", [60, 300, 2000])
@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS, ids=ids)
def test_a_file_cut_inside_a_character_loses_that_character_only(
    text: str, encoding: str, mark: bytes, length: int
) -> None:
    whole = text[:length].rstrip("0123456789-,.;:() \n")
    data = whole.encode(encoding)
    decoded = decode(mark + data[:-1])
    assert decoded.text.rstrip("\ufffd") == whole[:-1]
    assert decoded.incomplete is not None


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "gb18030", "utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("length", [20, 60, None])
def test_a_traditional_report(encoding: str, length: int | None) -> None:
    data = TRADITIONAL[:length].encode(encoding)
    assert decode(data).text == data.decode(encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("damage", [b"", b"\xff", b"\x00", b"\x80\x80"], ids=["lost", "ff", "nul", "two"])
def test_one_bad_byte_loses_a_few_characters_at_most(text: str, encoding: str, damage: bytes) -> None:
    data = text.encode(encoding)
    for place in range(50, len(data), len(data) // 12):
        read = decode(data[:place] + damage + data[place + 1 :]).text
        assert len(text) - shared_start(read, text) - shared_start(read[::-1], text[::-1]) <= 8


def shared_start(first: str, second: str) -> int:
    return next(
        (index for index, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), len(first)
    )


def test_damage_is_said() -> None:
    data = "全面落实行政执法责任制，组织执法人员培训12场次。".encode()
    decoded = decode(data[:9] + b"\xff" + data[10:])
    assert decoded.incomplete is not None
    assert "\ufffd" in decoded.text
    assert decoded.text.endswith("组织执法人员培训12场次。")


def test_a_replacement_character_of_the_original_is_no_damage() -> None:
    assert decode("全面落实\ufffd行政执法责任制。".encode()).incomplete is None


def test_a_guess_is_noted_and_a_certainty_is_not() -> None:
    assert "GB18030" in decode(TRADITIONAL.encode("gb18030")).notes[0]
    assert decode(TRADITIONAL.encode()).notes == ()
    assert decode(b"\xff\xfe" + TRADITIONAL.encode("utf-16-le")).notes == ()


def test_every_line_end_becomes_a_line_feed() -> None:
    assert decode("一\r\n二\r三\n四\u2028五\x0b六".encode()).text == "一\n二\n三\n四\n五\n六"


@pytest.mark.parametrize("data", [b" \n\t", b"\xef\xbb\xbf", b"\xff\xfe", "　\u200b".encode()])
def test_a_blank_file_is_empty(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert caught.value.status == "empty"


@pytest.mark.parametrize("data", [bytes(1024), bytes(range(256)) * 8, b"\x00\x01\x02abc" * 50, b"MZ\x90\x00\x03" * 99])
def test_what_is_no_text_is_corrupt(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert caught.value.status == "corrupt"
    assert caught.value.next_step


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except Unreadable:
        return
    assert decoded.text.strip()
    assert "\x00" not in decoded.text
