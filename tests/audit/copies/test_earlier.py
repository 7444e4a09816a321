"""What a report repeats of the same unit's report on an earlier year."""

from random import Random

import pytest

from audit.copies.against import earlier_by_records
from audit.copies.comparison import BatchInput, compare, settings_of
from audit.copies.earlier import earlier_pairs
from audit.copies.findings import compare_contexts, header_of, judge_batch, judge_compared, with_judgement
from audit.copies.passages import ReportHeader, collect
from audit.copies.store import Batch, encode
from audit.packs import load_pack
from audit.record import ReportRecord, Status
from audit.run_comparison import compare_batch
from checks.comparison import Compared
from checks.context import Context
from checks.engine import comparing_engine, judge
from checks.finding import Outcome
from rules.model import Level
from tests.audit.copies.copy_reports import FACTS, batch, honest, report, sentence

RULES, _ = load_pack()
COMPARING = {
    "duplicates/copied-from-other",
    "duplicates/copied-from-earlier",
    "duplicates/unchanged-figures",
    "figures/growth-base",
    "duplicates/plan-repeated",
}
PLAN = "建成镇级公共法律服务工作站并实现每周五律师坐班，把法律顾问意见作为合同签订的前置环节。"
COUNTED = "全年排查化解邻里宅基地纠纷186件，其中由老支书牵头调解的75件，制作人民调解协议书62份。"


@pytest.mark.parametrize(
    ("unit", "other", "same"),
    [
        ("柳河镇人民政府", "柳河镇", True),
        ("新市街道办事处", "新市街道", True),
        ("青石县", "青石县人民政府", True),
        ("柳河镇人民政府", "青石乡人民政府", False),
        ("云川市水务局", "云川市司法局", False),
    ],
)
def test_a_unit_is_known_by_its_name_whatever_its_organ(unit: str, other: str, same: bool) -> None:
    pairs = list(earlier_pairs([ReportHeader("a", unit, None, 2024), ReportHeader("b", other, None, 2023)]))
    assert pairs == ([(0, (1,))] if same else [])


def test_the_latest_earlier_year_is_compared() -> None:
    headers = [ReportHeader(str(year), "柳河镇", None, year) for year in (2020, 2024, 2022)]
    assert list(earlier_pairs(headers)) == [(1, (2,)), (2, (0,))]


def test_reports_of_two_years_in_one_batch_are_compared_as_years() -> None:
    chance = Random(101)
    kept = [sentence(chance) for _ in range(6)]
    old = report([*kept, COUNTED], year=2023, plan=[PLAN])
    new = report([*kept, COUNTED, sentence(chance)], year=2024, plan=[PLAN])
    found = batch([new, old, *honest(3)])
    (earlier,) = found.compared[0].earlier
    assert (earlier.year, earlier.sentences) == (2023, 8)
    assert earlier.share is not None
    assert earlier.share > 0.8
    assert COUNTED in {new.report.quote(figure.span) for figure in earlier.unchanged}
    assert [new.report.quote(plan.span) for plan in earlier.plans] == [PLAN]
    assert found.compared[0].others == ()
    assert [pair.earlier for pair in found.pairs] == [True]
    assert 1 not in found.compared


def test_numbers_that_changed_are_not_reported() -> None:
    changed = COUNTED.replace("186", "203").replace("75", "81").replace("62", "70")
    found = batch([report([changed], year=2024), report([COUNTED], year=2023)])
    assert found.compared[0].earlier[0].unchanged == ()


def test_reports_to_compare_with_are_not_judged_themselves() -> None:
    chance = Random(2)
    kept = [sentence(chance) for _ in range(6)]
    new, old = report(kept, year=2024), report(kept, year=2023)
    stolen = report(kept, "青石乡人民政府", year=2023)
    found = batch([new, old, stolen], reports=1)
    assert set(found.compared) == {0}
    assert {(pair.path, pair.other_path) for pair in found.pairs} == {
        (new.report.source.path, old.report.source.path),
        (new.report.source.path, stolen.report.source.path),
    }


def alone(context: Context) -> ReportRecord:
    judgement = judge(context, RULES)
    return ReportRecord(
        context.report.source.path,
        None,
        Status.READ,
        None,
        unit="柳河镇",
        year=context.report.year.value if context.report.year else None,
        findings=judgement.findings,
        metrics=context.metric_values,
        outcomes=judgement.outcomes,
    )


def test_of_an_earlier_run_the_metrics_are_compared() -> None:
    lines = ["全年办理行政处罚案件281件，受理法律援助案件326件。", "调解各类矛盾纠纷1250件。"]
    old = alone(report(lines, year=2023))
    new = report([lines[0], "调解各类矛盾纠纷1301件。"], year=2024)
    block, headers = encode([collect(new)]), [header_of(new.report)]
    given = BatchInput([block], headers, settings_of(RULES), FACTS, 1)
    ((number, earlier),) = earlier_by_records(Batch([block]), headers, [old])
    assert number == 0
    assert earlier.share is None
    assert {figure.other.quote for figure in earlier.unchanged} == {
        metric.quote for metric in old.metrics if metric.value in (281, 326)
    }
    judgement = compare_batch(given, RULES, [old]).judgements[0]
    assert judgement.outcomes["duplicates/unchanged-figures"] is Outcome.FOUND
    assert judgement.outcomes["duplicates/copied-from-earlier"] is Outcome.PASSED


def test_a_report_judged_alone_is_not_said_to_copy_nothing() -> None:
    outcomes = judge(report([COUNTED]), RULES).outcomes
    assert {outcomes[rule] for rule in COMPARING} == {Outcome.NOT_APPLICABLE}


def test_in_a_batch_without_earlier_reports_only_copies_are_judged() -> None:
    outcomes = judge_compared(comparing_engine(RULES), report([COUNTED]).report, Compared(), FACTS).outcomes
    assert outcomes.keys() == COMPARING
    assert outcomes.pop("duplicates/copied-from-other") is Outcome.PASSED
    assert {*outcomes.values()} == {Outcome.NOT_APPLICABLE}


def test_findings_join_those_of_the_report_in_both_records() -> None:
    chance = Random(3)
    kept = [sentence(chance) for _ in range(5)]
    contexts = [report(kept, "柳河镇人民政府"), report(kept, "青石乡人民政府"), *honest(2)]
    blocks, headers = (
        [encode([collect(context) for context in contexts])],
        [header_of(each.report) for each in contexts],
    )
    comparison = compare(blocks, headers, settings_of(RULES), FACTS)
    records = [
        with_judgement(alone(context), judgement)
        for context, judgement in zip(contexts, judge_batch(blocks, headers, comparison, RULES, FACTS), strict=True)
    ]
    for number in (0, 1):
        record, other = records[number], records[1 - number]
        (finding,) = [each for each in record.findings if each.rule == "duplicates/copied-from-other"]
        assert finding.level is Level.WARNING
        assert contexts[number].report.text[finding.start : finding.end] == finding.quote
        assert finding.place
        assert {related.path for related in finding.related} == {other.path}
        assert finding.related[0].quote == finding.quote
        assert finding.values["share"] == 1
        assert list(record.findings) == sorted(record.findings, key=lambda each: (each.start, each.end, each.rule))
    assert records[2].outcomes["duplicates/copied-from-other"] is Outcome.PASSED
    assert records[2].findings == alone(contexts[2]).findings


def test_a_few_reports_are_compared_in_memory() -> None:
    chance = Random(7)
    kept = [sentence(chance) for _ in range(5)]
    found = compare_contexts([report(kept, "柳河镇人民政府"), report(kept, "青石乡人民政府")], RULES)
    assert [len(compared.others) for compared in found] == [1, 1]
