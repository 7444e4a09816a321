from __future__ import annotations

import pytest

from checks.metrics.blanks import BLANK_SIGN, around
from checks.metrics.lexicon import Forms, lexicon_of
from checks.metrics.signs import Sign
from checks.vocabulary import Vocabulary
from documents.numerals import find_quantities
from rules.facts.metrics import Metric
from tests.checks.metrics.metric_reports import FACTS


def metric(name: str, *forms: str) -> Metric:
    return Metric.model_validate({"id": name, "name": name, "group": name, "units": ["件"], "forms": list(forms)})


CASES, CLOSED = metric("cases", "行政复议", "行政复议案件"), metric("closed", "审结…复议案", "复议案件办结")
FORMS = Forms(
    {
        "行政复议": [CASES],
        "行政复议案件": [CASES],
        "审结…复议案": [CLOSED],
        "审结率": [CLOSED],
        "复议案件办结": [CLOSED],
        "复议机构": [],
    }
)
VOCABULARY = Vocabulary(FORMS.words, ["复议机构", "行政复议法", ""])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("受理行政复议案件5件", ["行政复议案件"]),
        ("行政复议机构", ["行政复议"]),
        ("推进复议机构建设", ["复议机构"]),
        ("审结各类复议案5件", ["审结各类复议案"]),
        ("审结行政复议案件5件", ["审结行政复议案"]),
        ("审结5件复议案", []),
        ("审结了,审结率提高,行政复议", ["审结率", "行政复议"]),
        ("行政复议案件办结5件", ["行政复议案件"]),
        ("行政诉讼5件", []),
    ],
)
def test_the_longest_form_at_each_place_without_overlap(text: str, found: list[str]) -> None:
    hits = FORMS.hits(text, VOCABULARY.search(text).candidates, len(text))
    assert [text[hit.start : hit.end] for hit in hits] == found


def test_a_word_that_is_both_a_wording_and_a_needle_is_found_as_both() -> None:
    found = VOCABULARY.search("行政复议机构")
    assert found.needles == {"", "复议机构"}
    assert found.starts == [0, 2]
    assert VOCABULARY.search("依据行政复议法办理").needles == {"", "行政复议法"}


def test_a_form_ends_within_its_passage() -> None:
    text = "受理行政复议案件"
    (hit,) = FORMS.hits(text, VOCABULARY.search(text).candidates, 6)
    assert text[hit.start : hit.end] == "行政复议"
    assert hit.metrics == (CASES,)
    assert hit.units == {"件"}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5件次", "件次"),
        ("5件,", "件"),
        ("5 件,", "件"),
        ("5个月", "个月"),
        ("5个百分点", "个百分点"),
        ("百分之五", "%"),
        ("5的", ""),
        ("5", ""),
    ],
)
def test_the_longest_unit_counts(text: str, unit: str) -> None:
    ((found, end),) = lexicon_of(FACTS.metrics).units_behind(text, find_quantities(text))
    assert found == unit
    assert text[:end].endswith(unit.replace("%", "五") or "5")


_FAR = "依法办理案件。" * 20


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("开展检查XX次,罚款××元\n完毕\n( )件", ["开展检查XX次,罚款××元", "( )件"]),
        ("谁来管?\n律师?名。\n第(一)项\n共N个。", ["律师?名。", "共N个。"]),
        ("没有空白。\n1+N个", []),
        (f"办理XX件{_FAR}罚款××元\n完毕", [f"办理XX件{_FAR[:58]}", f"{_FAR[-58:]}罚款××元"]),
        (f"{'_' * 200}{_FAR}", [f"{'_' * 200}{_FAR[:59]}"]),
    ],
)
def test_the_stretches_around_the_signs_of_blanks(text: str, stretches: list[str]) -> None:
    signs = [place for place in VOCABULARY.search(text).signs[Sign.BLANK] if BLANK_SIGN.match(text, place)]
    assert [text[start:end] for start, end in around(signs, text)] == stretches
