"""Another document handed in by mistake is told from a report, however short or plain the report is."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.packs import load_pack
from checks.context import Context
from checks.engine import judge
from checks.finding import Outcome
from documents.read import report_from_text
from tests.places import ROOT, SEEDS

RULESET, FACTS = load_pack()
REPORTS = [*SEEDS, *sorted((ROOT / "tests" / "reports").glob("*.txt"))]
FARMING = "全年粮食播种面积3.6万亩，总产量1.5万吨，新建高标准农田2200亩，维修灌渠14公里，举办农技讲座9期。"


def outcome(text: str) -> Outcome:
    return judge(Context(report_from_text(text), FACTS), RULESET).outcomes["sections/off-topic"]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_reports_are_on_their_subject(path: Path) -> None:
    assert outcome(path.read_text(encoding="utf-8")) is Outcome.PASSED


def test_another_document_is_found_at_its_first_words() -> None:
    report = report_from_text("柳河镇2023年农业生产工作总结\n" + FARMING * 6)
    judgement = judge(Context(report, FACTS), RULESET)
    (finding,) = (finding for finding in judgement.findings if finding.rule == "sections/off-topic")
    assert finding.quote == "柳河镇2023年农业生产工作总结"
    assert finding.values["occurrences"] == 0


def test_a_passing_mention_does_not_make_it_a_report() -> None:
    assert outcome("柳河镇2023年工作总结\n" + FARMING * 12 + "推进法治建设。") is Outcome.FOUND


def test_a_few_words_are_not_judged() -> None:
    assert outcome(FARMING) is Outcome.PASSED
