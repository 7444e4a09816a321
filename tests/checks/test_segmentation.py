from __future__ import annotations

import pytest

from checks.segmentation import DICTIONARY, is_word


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("领导干部直接访问群众", "接访", False),
        ("领导干部直接接访群众", "接访", True),
        ("全年对接访群众逐一登记", "接访", True),
        ("工作人员相应考核全部合格", "应考", False),
        ("本次考试应考人员", "应考", True),
        ("更换办公证件", "公证", False),
        ("全年办公证一百件", "公证", True),
        ("上述法律文书已经送达", "述法", False),
        ("年终述法工作", "述法", True),
        ("建立案卷目录", "立案", False),
        ("完善执法制度", "法制", False),
    ],
)
def test_word_boundaries(text: str, word: str, expected: bool) -> None:
    start = text.index(word)
    assert is_word(text, start, start + len(word)) is expected


def test_a_very_long_run_is_cut() -> None:
    text = "法" * 50_000 + "直接访问" + "治" * 50_000
    assert not is_word(text, 50_001, 50_003)


def test_dictionary_is_words_with_frequencies() -> None:
    for line in DICTIONARY.read_text(encoding="utf-8").splitlines():
        word, _, frequency = line.partition(" ")
        assert line.startswith("#") or (len(word) >= 2 and frequency.isdigit())
