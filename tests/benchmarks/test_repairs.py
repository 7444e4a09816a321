"""A wrong figure set right, and whether it is left alone then."""

from typing import Any

import pytest

from benchmarks.repairs import repairs, still_accused
from benchmarks.scoring import score
from tests.benchmarks.findings import finding, labelled, record

WRONG = {"quote": "30件，其中普通18件、简易11件", "family": "figures", "why": "", "arithmetic": "18+11!=30"}


def test_the_figure_is_set_right_and_its_label_is_gone() -> None:
    (repair,) = repairs(labelled(defects=[WRONG, {"quote": "。。", "family": "wording", "why": ""}]))
    assert "办理案件29件，其中普通18件、简易11件" in repair.report.text
    assert [label.quote for label in repair.report.labels.defects] == ["。。"]
    assert repair.report.text[repair.span.start : repair.span.end] == repair.quote


@pytest.mark.parametrize("arithmetic", ["18+11==29", "", "18+11!=31", "18+10!=18"])
def test_no_repair_without_a_wrong_figure_in_the_quote(arithmetic: str) -> None:
    wrong: dict[str, Any] = {**WRONG, "arithmetic": arithmetic}
    made = [repair.quote for repair in repairs(labelled(defects=[wrong]))]
    assert made == ([] if arithmetic != "18+10!=18" else ["30件，其中普通28件、简易11件"])


def test_only_figures_at_the_place_are_false() -> None:
    (repair,) = repairs(labelled(defects=[WRONG]))
    here, there = finding("figures/sum", "18件"), finding("figures/sum", "男7人")
    scored = score(repair.report, record(here, there, finding("wording/slip", "18件")))
    assert still_accused(repair, scored) == (here,)
