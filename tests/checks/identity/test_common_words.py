"""What stands before 县 or 镇: the name of a place, or a word of the sentence."""

from __future__ import annotations

import pytest

from checks.identity.common_words import is_common_word


@pytest.mark.parametrize(
    "stem", ["柳河", "白鹭", "青山", "南山", "核桃箐", "云湖", "墨阳", "从化", "浦东", "城关", "中山门"]
)
def test_names_are_kept(stem: str) -> None:
    assert not is_common_word(stem)


@pytest.mark.parametrize(
    "stem",
    ["组织", "调整", "办理", "年终向", "办理以", "依托", "全面推进", "持续", "各", "农村", "解决", "贯彻", "取得"],
)
def test_words_of_the_sentence_are_told_apart(stem: str) -> None:
    assert is_common_word(stem)
