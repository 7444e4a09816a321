"""The word lists behind the checks of spelling: their form, and that they agree with one another."""

from __future__ import annotations

import pytest
from pypinyin import Style, pinyin

from rules.facts import DATA_FOLDER, Facts

REGISTER = Facts().register
FILES = ("register_words.txt", "character_pairs.txt", "syllables.txt", "look_alikes.txt")


@pytest.mark.parametrize("name", FILES)
def test_list_explains_itself_and_repeats_nothing(name: str) -> None:
    lines = (DATA_FOLDER / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    keys = [line.partition(" ")[0] for line in lines if not line.startswith("#")]
    assert len(keys) == len(set(keys))


def test_words_of_the_register() -> None:
    assert sum(frequency > 0 for frequency in REGISTER.words.values()) >= 3000
    assert all(len(word) > 1 for word in REGISTER.words)
    assert REGISTER.words["法治政府"] > REGISTER.words["火塘会"] == 0


def test_every_character_of_a_word_has_a_reading() -> None:
    without = {character for word in REGISTER.words for character in word if "一" <= character <= "龥"}
    assert without - set(REGISTER.syllables) == set()


@pytest.mark.parametrize("character", "查落实执法贯彻纠纷调解复议诉讼裁量")
def test_readings_agree_with_the_dictionary(character: str) -> None:
    (known,) = pinyin(character, style=Style.NORMAL, heteronym=True)
    assert set(REGISTER.syllables[character]) <= {reading.replace("ü", "v") for reading in known}


@pytest.mark.parametrize(
    ("one", "other"), [("己", "已"), ("末", "未"), ("侯", "候"), ("辑", "缉"), ("慕", "幕"), ("戍", "戌")]
)
def test_look_alikes_are_mutual(one: str, other: str) -> None:
    assert other in REGISTER.look_alikes[one]
    assert one in REGISTER.look_alikes[other]
    assert one not in REGISTER.look_alikes[one]


def test_pairs_hold_what_stands_side_by_side() -> None:
    assert "治" in REGISTER.pairs["法"]
    assert "察" not in REGISTER.pairs["排"]
