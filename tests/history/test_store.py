"""The questions that the workbook and the commands ask of the history."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import URL

from history.errors import HistoryUseError
from history.recording import record_run
from history.store import open_history
from tests.history.builders import BEGUN, UNIT, finding, header, metric, report

OTHER = "从化区司法局"


def record_three(url: URL) -> None:
    """The unit's report on 2023 on days 1 and 3, on 2022 on day 2; another unit's on every day."""
    other = report(finding(unit=OTHER), unit=OTHER, path="从化.txt")
    record_run(url, header(1), [other, report(finding(quote="一"), metrics=(metric(value=1),))])
    record_run(url, header(2), [other, report(finding(quote="二"), year=2022, metrics=(metric(value=2, year=2022),))])
    record_run(url, header(3), [other, report(finding(quote="三"), metrics=(metric(value=3),), text="c")])


def test_runs_are_listed_from_the_latest(url: URL) -> None:
    for number in (2, 3, 1):
        record_run(url, header(number), [])
    with open_history(url) as history:
        assert [run.header.started.day for run in history.latest_runs()] == [4, 3, 2]
        assert [run.header.started.day for run in history.latest_runs(limit=2)] == [4, 3]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("2024030", r"有 3 次审核的编号以“2024030”开头：20240304-020000-fazhi（这里）"),
        ("2025", "没有审核“2025”"),
        ("%", "没有审核“%”"),
    ],
)
def test_a_name_that_is_not_that_of_one_run_is_refused(url: URL, name: str, message: str) -> None:
    record_three(url)
    with open_history(url) as history, pytest.raises(HistoryUseError, match=message):
        history.run(name)


def test_a_run_is_known_by_its_name_or_enough_of_it(url: URL) -> None:
    record_three(url)
    with open_history(url) as history:
        assert history.run("20240303").header == history.run("20240303-020000-fazhi").header == header(2)


def test_a_name_that_another_begins_with_is_that_run(url: URL) -> None:
    record_run(url, header(1), [])
    record_run(url, replace(header(2), id=f"{header(1).id}-2"), [])
    with open_history(url) as history:
        assert history.run(header(1).id).header == header(1)


def test_reports_of_a_run_by_position(url: URL) -> None:
    record_three(url)
    with open_history(url) as history:
        run = history.run("20240302")
        assert [record.path for record in history.reports(run)] == ["从化.txt", "收件/新市.txt"]
        assert [record.path for record in history.reports(run, [1])] == ["收件/新市.txt"]


@pytest.mark.parametrize("unit", [UNIT, "新 市街道 办事处"])
def test_the_runs_of_a_unit_are_those_that_judged_its_report_on_the_year(url: URL, unit: str) -> None:
    record_three(url)
    with open_history(url) as history:
        found = history.runs_of_unit(unit, 2023)
        assert [(item.run.header.started.day, item.report.findings[0].quote) for item in found] == [
            (4, "三"),
            (2, "一"),
        ]
        assert history.runs_of_unit(unit, 2021) == ()
        assert history.runs_of_unit("别处", 2023) == ()


def test_a_report_that_stays_as_it_was_keeps_its_verdict(url: URL) -> None:
    record_three(url)
    with open_history(url) as history:
        assert len({item.verdict for item in history.runs_of_unit(OTHER, 2023)}) == 1
        assert len({item.verdict for item in history.runs_of_unit(UNIT, 2023)}) == 2


def test_the_previous_run_with_a_unit_is_the_last_before_the_moment(url: URL) -> None:
    record_three(url)
    with open_history(url) as history:
        before = history.previous_run_with(UNIT, 2023, BEGUN + timedelta(days=3))
        assert before is not None
        assert before.run.header == header(1)
        assert history.previous_run_with(UNIT, 2023, BEGUN + timedelta(days=1)) is None
        last = history.previous_run_with(UNIT, 2023, BEGUN + timedelta(days=3, seconds=1))
        assert last is not None
        assert last.run.header == header(3)


def test_findings_and_metrics_are_those_of_the_latest_run(url: URL) -> None:
    record_three(url)
    with open_history(url) as history:
        assert [item.quote for item in history.findings_of_unit(UNIT, 2023)] == ["三"]
        assert history.findings_of_unit("别处", 2023) == ()
        metrics = history.metrics_of_unit(UNIT, [2021, 2022, 2023])
        assert {year: [item.value for item in items] for year, items in metrics.items()} == {2022: [2], 2023: [3]}


def test_a_report_without_a_year_is_asked_for_without_one(url: URL) -> None:
    record_run(url, header(1), [report(finding(year=None), year=None)])
    with open_history(url) as history:
        assert len(history.findings_of_unit(UNIT, None)) == 1
        assert history.findings_of_unit(UNIT, 2023) == ()
