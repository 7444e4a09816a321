"""What is recorded comes back as it was, once, whole or not at all."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import URL, func, select

from audit.record import ReportRecord, Status
from checks.finding import Outcome
from history.database import open_database
from history.recording import add_repetition, record_run
from history.schema import FINDINGS, SUBMISSIONS, VERDICTS
from history.store import open_history
from tests.history.builders import finding, header, metric, report, suppressed

SPOILT = ReportRecord("收件/坏.pdf", None, Status.CORRUPT, "文件已损坏", size=2**40)
AWKWARD = "收件/\udcff\0'; DROP TABLE runs;--%s.txt"


def count(url: URL, table: object) -> int:
    with open_database(url) as database, database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "record",
    [
        report(),
        report(finding(), finding(quote="😀\u2028“引号”'\\"), metrics=(metric(), metric(value=12.5))),
        report(suppressed(finding())),
        report(outcomes=dict(zip("abcd", Outcome, strict=True))),
        replace(report(), unassessed={"wording/typo": "缺少年度"}, year=None, level=None, published=None),
        SPOILT,
        ReportRecord("收件/重.txt", "a" * 64, Status.DUPLICATE, "与甲相同"),
    ],
)
def test_a_record_comes_back_as_it_was(url: URL, record: ReportRecord) -> None:
    record_run(url, header(), [record])
    with open_history(url) as history:
        assert list(history.reports(history.run("20240302"))) == [record]


def test_a_run_comes_back_as_it_was(url: URL) -> None:
    moment = datetime(2024, 3, 2, 10, 0, 0, 123456, tzinfo=ZoneInfo("Asia/Shanghai"))
    head = replace(header(1, [report(finding())]), started=moment, scope=("收件", "a b"))
    record_run(url, head, [report(finding())])
    with open_history(url) as history:
        assert [run.header for run in history.latest_runs()] == [head]


def test_names_that_no_database_holds_are_stored_readably(url: URL) -> None:
    record_run(url, header(), [report(path=AWKWARD)])
    with open_history(url) as history:
        stored = next(iter(history.reports(history.latest_runs()[0])))
    assert stored.path == "收件/\\udcff\ufffd'; DROP TABLE runs;--%s.txt"


@pytest.mark.parametrize("quote", ["甲\0乙", "甲\udcff乙"])
def test_words_that_no_database_holds_are_stored_readably(url: URL, quote: str) -> None:
    record_run(url, header(), [report(finding(), finding(quote=quote), metrics=(metric(),))])
    with open_history(url) as history:
        stored = next(iter(history.reports(history.latest_runs()[0])))
    assert [found.quote for found in stored.findings] == [
        finding().quote,
        quote.replace("\0", "\ufffd").replace("\udcff", "\\udcff"),
    ]
    assert stored.metrics == (metric(),)


def test_a_run_is_recorded_once(url: URL) -> None:
    for _ in range(3):
        record_run(url, header(), [report(finding())])
    record_run(url, header(origin="那里"), [report(finding())])
    with open_history(url) as history:
        assert [run.header.origin for run in history.latest_runs()] == ["那里", "这里"]
    assert count(url, SUBMISSIONS) == 2


def test_a_report_that_did_not_change_takes_one_row_more(url: URL) -> None:
    for number in range(5):
        record_run(url, header(number), [report(finding(), path=f"{number}.txt")])
    record_run(url, header(6), [report(finding(), finding(quote="另"))])
    assert (count(url, SUBMISSIONS), count(url, VERDICTS), count(url, FINDINGS)) == (6, 2, 3)


def test_the_same_report_twice_in_a_run_is_one_verdict(url: URL) -> None:
    record_run(url, header(), [report(finding(), path=f"{number}.txt") for number in range(500)])
    assert (count(url, SUBMISSIONS), count(url, VERDICTS)) == (500, 1)


def test_a_run_that_repeats_another_has_its_reports(url: URL) -> None:
    records = [report(finding(), path="甲.txt"), report(finding(quote="另"), path="乙.txt"), SPOILT]
    record_run(url, header(1), records)
    again = replace(header(2), repeats=header(1).id)
    with open_database(url) as database:
        assert [add_repetition(database, again) for _ in range(2)] == [True, True]
    with open_history(url) as history:
        assert list(history.reports(history.run(again.id))) == records
        assert [run.header.id for run in history.latest_runs()] == [again.id, header(1).id]
    assert (count(url, SUBMISSIONS), count(url, VERDICTS)) == (6, 2)


@pytest.mark.parametrize("change", [{"repeats": "20200101"}, {"repeats": None}, {"origin": "那里"}])
def test_a_run_cannot_repeat_one_that_the_history_does_not_have(url: URL, change: dict[str, str | None]) -> None:
    record_run(url, header(1), [report(finding())])
    again = replace(header(2), **{"repeats": header(1).id, **change})  # type: ignore[arg-type]
    with open_database(url) as database:
        assert not add_repetition(database, again)
    with open_history(url) as history:
        assert [run.header.id for run in history.latest_runs()] == [header(1).id]


def test_a_run_that_fails_halfway_leaves_nothing(url: URL) -> None:
    def broken() -> Iterator[ReportRecord]:
        for number in range(450):
            yield report(finding(quote=str(number)))
        raise OSError("磁盘")

    with pytest.raises(OSError, match="磁盘"):
        record_run(url, header(), broken())
    assert (count(url, SUBMISSIONS), count(url, VERDICTS), count(url, FINDINGS)) == (0, 0, 0)
    record_run(url, header(), [report()])
    with open_history(url) as history:
        assert len(history.latest_runs()) == 1


def test_memory_does_not_grow_with_the_run(url: URL) -> None:
    def many(reports: int) -> Iterator[ReportRecord]:
        for number in range(reports):
            yield report(finding(quote=f"错{number}"), path=f"{reports}/{number}.txt", metrics=(metric(value=number),))

    peaks = []
    for reports in (400, 4000):
        tracemalloc.start()
        record_run(url, header(reports), many(reports))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5, peaks
