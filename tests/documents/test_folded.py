from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.folded import fold, half_width
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
