from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.normalised import normal_form, normalise
from tests.documents.texts import TEXTS
from tests.places import SEEDS

VARIED = TEXTS | st.text(
    st.sampled_from('法治政府２０２3年 　\u200b\ufeff\u00ad,，.．(（)）①㈠⑴℃㎡ﬁé\u0301ア゛○〇—–－\t\n「」％＋“"')
)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("２０２３年", "2023年"),
        ("2023 年 5 月", "2023年5月"),
        ("法 治　政\u00a0府", "法治政府"),
        ("法\u200b治\ufeff政 \u200b府", "法治政府"),
        ("（一）加强，完善；巩固：提高", "(一)加强,完善;巩固:提高"),
        ("1．主要工作　推进", "1.主要工作推进"),
        ("「一网通办」『好差评』", "“一网通办”‘好差评’"),
        ("2021－2025年、2016–2020年", "2021-2025年、2016—2020年"),
        ("二○二四年", "二〇二四年"),
        ("⼈⺠政府⻓期⽴⾜⻔店", "人民政府长期立足门店"),
        ("①第一㈠第二", "①第一㈠第二"),
        ("⑴内容", "(1)内容"),
        ("36㎡", "36m2"),
        ("e\u0301", "é"),
        ("《民法典》、“三项制度”。", "《民法典》、“三项制度”。"),
        ("A B，C D", "A B,C D"),
        ("第一行\n第二行", "第一行\n第二行"),
    ],
)
def test_one_form_for_each_way_of_writing(written: str, form: str) -> None:
    assert normal_form(written) == form


@given(VARIED)
def test_the_map_leads_back_to_where_each_character_came_from(text: str) -> None:
    view = normalise(text)
    assert len(view.starts) == len(view.ends) == len(view.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(view.starts, view.ends, strict=True))
    assert all(first <= second for first, second in pairwise(view.starts))
    for index, sign in enumerate(view.text):
        start, end = view.to_text(index, index + 1)
        assert sign in normal_form(text[start:end])


@given(VARIED, st.data())
def test_a_place_in_the_view_survives_the_way_to_the_text_and_back(text: str, data: st.DataObject) -> None:
    view = normalise(text)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    first, last = view.from_text(*view.to_text(start, end))
    assert first <= start
    assert last >= end or start == end


@given(VARIED, st.data())
def test_the_words_of_a_span_are_those_of_the_span_alone(text: str, data: st.DataObject) -> None:
    view = normalise(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = view.from_text(start, end)
    for index in range(first, last):
        assert start <= view.starts[index] < end


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_normalising_twice_changes_nothing(path: Path) -> None:
    form = normal_form(path.read_text(encoding="utf-8"))
    assert normal_form(form) == form


@given(st.text(alphabet="法治政府一二2０３年月，。（）：“”《》 　\u200b\n"))
def test_normalising_chinese_twice_changes_nothing(text: str) -> None:
    form = normal_form(text)
    assert normal_form(form) == form


@given(st.text())
def test_line_ends_stay_and_nothing_else_makes_one(text: str) -> None:
    assert normal_form(text).count("\n") == text.count("\n")
