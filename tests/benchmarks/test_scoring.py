"""What counts as found, as a false alarm and as a sprung trap."""

from typing import Any

import pytest

from benchmarks.scoring import Score, Totals, score
from rules.model import Level
from tests.benchmarks.findings import TEXT, finding, labelled, record

SUM = {"quote": "30件，其中普通18件、简易11件", "family": "figures", "why": ""}
MARKS = {"quote": "。。", "family": "wording", "why": ""}
ABSENT = {"missing": "第一责任人", "family": "sections", "why": ""}
TRAP = {"quote": "12人，其中男7人、女5人", "family": "figures", "why": ""}


def totals_of(*scores: Score) -> Totals:
    totals = Totals()
    for scored in scores:
        totals.add_report(scored)
    return totals


def test_a_finding_of_the_family_at_the_place_explains_a_label() -> None:
    scored = score(labelled(defects=[SUM]), record(finding("figures/sum", "普通18件")))
    assert scored.defects[0][1] is not None
    assert scored.false == ()


@pytest.mark.parametrize(
    ("label", "rule", "quote"),
    [
        (SUM, "wording/slip", "普通18件"),
        (SUM, "figures/sum", "男7人"),
        ({**SUM, "rules": ["figures/rate"]}, "figures/sum", "普通18件"),
        (ABSENT, "sections/plan", "办理案件"),
    ],
)
def test_another_family_place_or_rule_does_not(label: dict[str, Any], rule: str, quote: str) -> None:
    scored = score(labelled(defects=[label]), record(finding(rule, quote)))
    assert scored.defects[0][1] is None
    assert len(scored.false) == 1


def test_a_second_family_may_report_it() -> None:
    label = {**MARKS, "also": ["citations"]}
    assert score(labelled(defects=[label]), record(finding("citations/x", "。。"))).defects[0][1] is not None


def test_a_related_passage_counts() -> None:
    label = {"quote": "全部办结。", "occurrence": 2, "family": "duplicates", "why": ""}
    again = TEXT.rindex("全部办结")
    scored = score(labelled(defects=[label]), record(finding("duplicates/sentence", "全部办结", also_at=again)))
    assert scored.defects[0][1] is not None


def test_an_absence_is_explained_by_its_name() -> None:
    absent = finding("sections/responsibility", "", missing="党政主要负责人履行第一责任人职责情况")
    other = finding("sections/plan", "", missing="下一年度安排")
    assert score(labelled(defects=[ABSENT]), record(absent)).defects[0][1] is absent
    assert score(labelled(defects=[ABSENT]), record(other)).defects[0][1] is None


def test_remarks_never_accuse() -> None:
    scored = score(labelled(traps=[TRAP]), record(finding("figures/sum", "男7人", level=Level.INFO)))
    assert (scored.false, scored.traps[0][1], len(scored.remarks)) == ((), None, 1)


def test_a_trap_is_sprung_by_its_family_only() -> None:
    sprung = finding("figures/sum", "男7人")
    assert score(labelled(traps=[TRAP]), record(sprung)).traps[0][1] is sprung
    assert score(labelled(traps=[TRAP]), record(finding("wording/slip", "男7人"))).traps[0][1] is None


def test_what_the_report_says_of_itself() -> None:
    assert score(labelled(), record()).identity == {"year": True, "level": True, "unit": True}
    assert score(labelled(), record(year=2022, unit=None)).identity == {"year": False, "level": True, "unit": False}


def test_totals_count_sure_defects_and_accusations() -> None:
    report = labelled(defects=[SUM, {**MARKS, "sure": False}], traps=[TRAP])
    totals = totals_of(score(report, record(finding("figures/sum", "18件"), finding("figures/rate", "男7人"))))
    figures = totals.families["figures"]
    assert (figures.defects, figures.found, figures.true, figures.false, figures.trapped) == (1, 1, 1, 1, 1)
    assert figures.precision == 0.5
    assert totals.all.recall == 1.0
    assert totals.imprecise_rules() == ["figures/rate"]


def test_a_found_remark_is_found_but_does_not_accuse() -> None:
    totals = totals_of(score(labelled(defects=[MARKS]), record(finding("wording/x", "。。", level=Level.INFO))))
    assert (totals.all.found, totals.all.accused, totals.all.precision) == (1, 0, None)
