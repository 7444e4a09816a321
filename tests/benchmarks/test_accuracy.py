"""The command's figures, lists and page, and that docs/accuracy.md says what a run says today."""

import re
from functools import cache

import pytest

from audit.packs import load_pack
from benchmarks.accuracy import details, figures, label_faults
from benchmarks.accuracy_page import KIND_NAMES, NOTES, PAGE, page, tables
from benchmarks.labels import FAMILIES
from benchmarks.mutations import Mutant
from benchmarks.scoring import score
from benchmarks.trial import MutantScore, Trial, run
from documents.report import Span
from tests.benchmarks.findings import finding, labelled, record

HEADINGS = ["## 与目标比较", "## 标注报告", "## 变异报告", "## 各条规则"]
WRONG_SUM = {"quote": "30件，其中普通18件、简易11件", "family": "figures", "why": "18+11为29"}


def small_trial() -> Trial:
    trial = Trial(load_pack()[0])
    trap = {"quote": "12人，其中男7人、女5人", "family": "figures", "why": "合计正确"}
    trial.add(score(labelled(defects=[WRONG_SUM], traps=[trap]), record(finding("figures/sum", "男7人"), year=2022)))
    mutant = Mutant("addend", "sample", "", Span(0, 1), ("figures",), note="7 -> 8")
    trial.add_mutant(MutantScore(mutant, None, (), (finding("years/plan-heading", "2023年"),)))
    return trial


@cache
def labelled_trial() -> Trial:
    return run(with_mutants=False)


def test_details_name_every_miss_false_alarm_and_trap() -> None:
    lines = list(details(small_trial()))
    for part in (
        "漏报 figures sample “30件",
        "误报 error figures/sum",
        "陷阱 figures/sum",
        "识别 year",
        "漏报 变异:addend sample 7 -> 8",
        "误报 变异:addend years/plan-heading",
    ):
        assert any(line.startswith(part) for line in lines), part


def test_figures_hold_what_the_tables_show() -> None:
    trial = small_trial()
    data = figures(trial)
    assert data["labelled"] == {
        "defects": 1,
        "found": 0,
        "accused": 0,
        "true": 0,
        "false": 1,
        "remarks": 0,
        "traps": 1,
        "trapped": 1,
        "recall": 0.0,
        "precision": 0.0,
    }
    assert trial.together.imprecise_rules() == ["figures/sum", "years/plan-heading"]


def test_the_page_has_its_tables_and_the_notes() -> None:
    text = page(small_trial(), "## 说明\n\n手写的说明。\n")
    assert [line for line in text.splitlines() if line in HEADINGS] == HEADINGS
    assert text.endswith("手写的说明。\n")
    assert "| 数字 | 1 | 0 | 0.0% |" in text


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_written_page_is_well_formed(heading: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    section = text.split(heading)[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    assert len(rows) > 2
    assert len({line.count("|") for line in rows}) == 1


def test_the_written_page_ends_with_the_notes_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8").endswith(NOTES.read_text(encoding="utf-8").strip() + "\n")


def test_the_written_page_shows_the_labelled_reports_as_judged_today() -> None:
    today = tables(labelled_trial()).split("## 变异报告")[0].strip()
    assert today in PAGE.read_text(encoding="utf-8"), "请运行 python -m benchmarks.accuracy --docs"


def test_the_written_page_names_every_kind_of_mutation() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in KIND_NAMES.values() if f"| {name} |" not in text] == []


def test_every_label_of_every_report_is_right() -> None:
    assert list(label_faults(load_pack()[0])) == []


def test_every_family_is_measured() -> None:
    measured = {name for name, tally in labelled_trial().totals.families.items() if tally.defects and tally.traps}
    assert measured == set(FAMILIES)


def test_notes_speak_of_existing_rules() -> None:
    ids = {rule.id for rule in load_pack()[0].rules}
    named = re.findall(r"`([a-z]+/[a-z-]+)`", NOTES.read_text(encoding="utf-8"))
    assert [name for name in named if name not in ids] == []
