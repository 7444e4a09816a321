"""Slips of the pen: the table, the set phrases, and the detector of slips by sound or shape."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.context import Context
from checks.place import clipped
from checks.wording.confusion import Confusion, Likeness, folded
from checks.wording.fixed_phrase import PhraseTable, misspelt, phrase_table
from checks.wording.likelihood import Likelihood
from checks.wording.slips import slip_table, slips_in
from checks.wording.sound_or_shape import KIND
from checks.wording.suspects import SuspectFinder
from documents.normalised import normal_form
from documents.read import report_from_text
from rules.facts.wording import FixedPhrase, Slip
from tests.checks.wording.wording_reports import FACTS, body, found
from tests.places import ROOT, SEEDS, table

CASES = table("wording_slips_found")
REGISTER = FACTS.register
CLEAN = sorted((ROOT / "tests" / "reports").glob("*.txt"))
HAN = st.text(alphabet="法治建设政府行政执法排查察纠纷", min_size=1, max_size=14)


def entries(text: str) -> list[Slip]:
    return [slip for slip, _, _ in slips_in(normal_form(text), slip_table(FACTS))]


@pytest.mark.parametrize("slip", FACTS.slips, ids=[slip.wrong for slip in FACTS.slips])
def test_entry_finds_its_wrong_and_spares_its_right_phrases(slip: Slip) -> None:
    for text in slip.says:
        hits = [(start, end) for entry, start, end in slips_in(text, slip_table(FACTS)) if entry is slip]
        assert hits, text
        if slip.right and not slip.but:
            start, end = hits[0]
            assert entries(text[:start] + slip.right + text[end:]) == []
    for text in slip.but:
        assert entries(text) == [], text


def test_table_is_large_and_without_doublets() -> None:
    assert len(FACTS.slips) >= 300
    assert len({slip.wrong for slip in FACTS.slips}) == len(FACTS.slips)


@pytest.mark.parametrize("phrase", FACTS.fixed_phrases, ids=[phrase.phrase for phrase in FACTS.fixed_phrases])
def test_phrase_is_recognised_misspelt_and_left_alone_when_right(phrase: FixedPhrase) -> None:
    for text in phrase.says:
        assert [right for _, _, right in misspelt(text, PhraseTable.of([phrase]), REGISTER)] == [phrase.phrase], text
    for right in (phrase.phrase, *phrase.variants):
        assert list(misspelt(f"深入{right}工作", phrase_table(FACTS), REGISTER)) == []


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("slips", "《关于加强法制政府建设的若干意见》", []),
        ("slips", "截止2023年底,截止2023年底,报名截止2023年5月", ["style 截止2023年"]),
        ("slips", "办理一般程序案件12件", ["style 一般程序案件"]),
        ("fixed-phrase", "落实重大执法决定法治审核制度", []),
        ("fixed-phrase", "《党政主要负责人履行推进法治建设第一责任职责规定》", []),
        ("fixed-phrase", "进行执法全过程记录,学习习近平新时代中国特色社会主义思想", []),
        ("sound-or-shape", "认真布署法治工作", []),
        ("sound-or-shape", "《法治素样提升行动方案》", []),
    ],
)
def test_each_lapse_is_reported_once(kind: str, text: str, expected: list[str]) -> None:
    assert found(kind, body(text)) == expected


def test_an_entry_may_hold_from_a_year_on() -> None:
    report = report_from_text("2019年度法治政府建设情况报告\n一、主要举措\n办理一般程序案件12件。")
    assert found("slips", report) == []


def test_entries_of_ones_own() -> None:
    own = [{"wrong": "江北新城区", "right": "江北新区", "says": "江北新城区建设"}]
    assert found("slips", body("推进江北新城区建设,布署工作"), builtin=False, own=own) == ["sure 江北新城区"]
    assert found("slips", body("布署工作"), allow=["布署"]) == []


@pytest.mark.parametrize(("text", "word"), CASES["found"], ids=[text for text, _ in CASES["found"]])
def test_slip_by_sound_or_shape(text: str, word: str) -> None:
    (message,) = messages(text)
    assert f"“{word}”之误" in message


@pytest.mark.parametrize("text", CASES["silent"], ids=[clipped(text) for text in CASES["silent"]])
def test_unusual_and_right(text: str) -> None:
    assert messages(text) == []


@pytest.mark.parametrize("path", [*SEEDS, *CLEAN], ids=lambda path: path.stem)
def test_published_and_edited_reports_are_silent(path: Path) -> None:
    report = report_from_text(path.read_text(encoding="utf-8"))
    assert [item for kind in ("sound-or-shape", "fixed-phrase") for item in found(kind, report)] == []


def test_most_random_slips_are_found() -> None:
    """One character of a frequent word is replaced by one that sounds the same, 120 times."""
    chance = random.Random(2024)
    words = sorted(word for word, frequency in REGISTER.words.items() if frequency >= 600 and len(word) == 2)
    sounds: dict[str, list[str]] = {}
    for character, syllables in REGISTER.syllables.items():
        sounds.setdefault(syllables[0], []).append(character)
    hits = 0
    for _ in range(120):
        word = chance.choice(words)
        place = chance.randrange(2)
        wrong = chance.choice([c for c in sounds[REGISTER.syllables[word[place]][0]] if c != word[place]] or ["仝"])
        hits += bool(messages(f"全镇{word[:place]}{wrong}{word[place + 1 :]},成效明显"))
    assert hits >= 80


def test_likeness() -> None:
    confusion = Confusion(REGISTER)
    assert confusion.likeness("察", "查") is Likeness.SOUND
    assert confusion.likeness("椎", "推") is Likeness.SHAPE
    assert confusion.likeness("成", "程") is Likeness.SOUND
    assert confusion.likeness("亲", "情") is Likeness.NEAR_SOUND
    assert confusion.likeness("法", "治") is None
    assert [folded(syllable) for syllable in ("zhuang", "nan", "qing", "shi")] == ["zuan", "lan", "qin", "si"]


@given(HAN)
def test_reading_cuts_a_text_completely(text: str) -> None:
    words = Likelihood(REGISTER).read(text).words
    assert words[0][0] == 0
    assert words[-1][1] == len(text)
    assert all(one[1] == other[0] for one, other in pairwise(words))


@given(HAN)
def test_a_suspect_is_one_character_away_from_a_word(text: str) -> None:
    for suspect in SuspectFinder(REGISTER).suspects(text):
        assert suspect.word in REGISTER.words
        assert suspect.word != suspect.written
        assert sum(a != b for a, b in zip(suspect.word, suspect.written, strict=True)) == 1


def messages(text: str) -> list[str]:
    return [match.message for match in KIND.run(Context(body(text), FACTS), KIND.parameters())]
