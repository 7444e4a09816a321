from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.metrics import metric_vague, placeholder, zeros
from checks.metrics.blanks import BLANK_SIGN
from checks.metrics.signs import Sign
from checks.metrics.zeros import places_of_zeros
from checks.vocabulary import vocabulary_of
from tests.checks.metrics.metric_reports import FACTS

VOCABULARY = vocabulary_of(FACTS)
CHARACTERS = (
    "未无零〇没有不存在发生若干许多众少大量一批数上几十百千人场件次期名例好Xx×*_□?N()[]【】 待补充填定请需此处材料。,"
)


@given(st.text(st.sampled_from(CHARACTERS), max_size=40))
@settings(max_examples=400, deadline=None)
def test_whatever_a_check_may_report_begins_with_a_sign_or_holds_one(text: str) -> None:
    signs = VOCABULARY.search(text).signs
    assert _starts(zeros._DENIAL, text) <= {*signs[Sign.ZERO]}
    assert _starts(metric_vague._UNCOUNTED, text) <= {*signs[Sign.VAGUE]}
    assert _starts(BLANK_SIGN, text) <= {*signs[Sign.BLANK]}
    for pattern, sign in ((metric_vague._VAGUE, Sign.VAGUE), (placeholder._PATTERNS["note"], Sign.NOTE)):
        for match in pattern.finditer(text):
            assert any(match.start() <= place < match.end() for place in signs[sign]), match.group()


def _starts(pattern: re.Pattern[str], text: str) -> set[int]:
    return {match.start() for match in pattern.finditer(text)}


@pytest.mark.parametrize(
    ("text", "sign", "found"),
    [
        ("全年未发生复议,没有诉讼。", Sign.ZERO, ["未", "没"]),
        ("培训若干期,一大批,多场次", Sign.VAGUE, ["若", "大", "多"]),
        ("办理XX件,(  )件。", Sign.BLANK, ["X", "X", "("]),
        ("(此处填写数据)", Sign.NOTE, ["此"]),
        ("二〇二三年", Sign.ZERO, ["〇"]),
        ("二〇二三年", Sign.BLANK, ["〇"]),
        ("依法办理行政处罚案件54件。", Sign.VAGUE, []),
    ],
)
def test_signs_are_found_in_order(text: str, sign: Sign, found: list[str]) -> None:
    assert [text[place] for place in VOCABULARY.search(text).signs[sign]] == found


def test_a_word_that_only_begins_like_a_denial_states_no_zero() -> None:
    text = "未成年人保护,无障碍设施,未发生行政复议,实现零败诉"
    assert [text[place:][:2] for place in places_of_zeros(text, VOCABULARY.search(text).signs[Sign.ZERO])] == [
        "未发",
        "零败",
    ]
