from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.folded import fold, half_width, with_full_stops
from documents.normalised import normalise
from tests.documents.texts import TEXTS

VARIED = TEXTS | st.text(st.sampled_from("法治２Ａ，：；（）！？％　＋～「」壹○\u200b\u2060\u00ad\ufeff﹐\t\n a1.,"))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("（一）加强，完善；", "(一)加强,完善;"),
        ("２０２３年　５０％", "2023年 50%"),
        ("壹、「一网通办」", "一、“一网通办”"),
        ("法\u200b治\u00a0政府", "法 治 政府"),
        ("行\u2060首\n尾\t", "行\u2060首\n尾\t"),
    ],
)
def test_one_form_for_each_sign(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(VARIED)
def test_a_text_is_folded_character_by_character(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))
    assert len(fold(text)) == len(text)


@given(VARIED)
def test_half_width_forms_change_neither_the_folded_text_nor_the_view(text: str) -> None:
    assert fold(half_width(text)) == fold(text)
    assert normalise(half_width(text)) == normalise(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("加强领导.认真落实.办理3.5万件.好.", "加强领导。认真落实。办理3.5万件。好。"),
        ("一.加强领导.认真落实.依法办理.", "一.加强领导。认真落实。依法办理。"),
        (
            "(二).加强领导.认真落实(试行).完成95%.见www.a.gov.cn",
            "(二).加强领导。认真落实(试行)。完成95%。见www.a.gov.cn",
        ),
        ("落实责任.十一.严格执法.规范文书.", "落实责任。十一.严格执法。规范文书。"),
        ("加强领导.2024年办理.2.普法.", "加强领导。2024年办理。2.普法。"),
        # Where Chinese full stops are usual, the others stand in names and numbers.
        ("买买提.艾力、阿不都.卡德尔、古丽.阿里。甲。乙。丙。", "买买提.艾力、阿不都.卡德尔、古丽.阿里。甲。乙。丙。"),
        ("由买买提.艾力和古丽.阿里负责", "由买买提.艾力和古丽.阿里负责"),
        ("1.加强\n2.提高\n3.改进", "1.加强\n2.提高\n3.改进"),
    ],
)
def test_ascii_full_stops_end_sentences_where_the_author_writes_no_others(written: str, read: str) -> None:
    assert with_full_stops(written) == read


@given(st.text(st.sampled_from("法治一二十1.3。a()%,;\n")))
def test_full_stops_are_replaced_in_place(text: str) -> None:
    read = with_full_stops(text)
    assert len(read) == len(text)
    assert all(old == new or (old, new) == (".", "。") for old, new in zip(text, read, strict=True))
