"""What has changed between two runs, and why."""

from dataclasses import replace

import pytest
from sqlalchemy import URL

from audit.record import ReportRecord, Status
from checks.finding import Outcome
from history.comparison import Cause, Change, compare_runs, findings_over_time
from history.recording import record_run
from history.store import open_history
from tests.history.builders import UNIT, finding, header, report

FOUND, PASSED = finding(), report(text="b")
OTHER_RULE = finding(rule="years/plan", quote="2022年")
NEW, GONE = Change.NEW, Change.GONE


@pytest.mark.parametrize(
    ("before", "after", "same_rules", "expected"),
    [
        pytest.param(report(), report(FOUND, text="b"), True, [(NEW, Cause.REPORT)], id="new"),
        pytest.param(report(FOUND), PASSED, True, [(GONE, Cause.REPORT)], id="rectified"),
        pytest.param(report(FOUND), PASSED, False, [(GONE, Cause.REPORT)], id="rectified under other rules"),
        pytest.param(report(FOUND), report(FOUND, text="b"), True, [], id="unchanged"),
        pytest.param(report(FOUND), report(FOUND, path="改名.docx", text="b"), True, [], id="renamed"),
        pytest.param(
            report(FOUND, OTHER_RULE), report(FOUND, text="b"), False, [(GONE, Cause.RULES)], id="switched off"
        ),
        pytest.param(report(FOUND), report(FOUND, OTHER_RULE, text="b"), False, [(NEW, Cause.RULES)], id="rule added"),
        pytest.param(report(FOUND), report(), False, [(GONE, Cause.RULES)], id="rule rewritten, report not edited"),
        pytest.param(report(), report(FOUND), False, [(NEW, Cause.RULES)], id="rule rewritten, found now"),
        pytest.param(report(FOUND), report(), True, [(GONE, Cause.SURROUNDINGS)], id="other reports changed"),
        pytest.param(
            report(FOUND),
            report(text="b", outcomes={"wording/typo": Outcome.NOT_ASSESSABLE}),
            True,
            [(GONE, Cause.NOT_JUDGED)],
            id="not assessable now",
        ),
        pytest.param(
            report(FOUND), report(path="别处.txt", unit="从化区", text="b"), True, [], id="another unit's report"
        ),
        pytest.param(
            report(FOUND), report(FOUND, unit="新市街道办", text="b"), True, [], id="unit read otherwise, same path"
        ),
        pytest.param(
            report(FOUND), ReportRecord("收件/新市.txt", None, Status.CORRUPT, "坏"), True, [], id="unread now"
        ),
    ],
)
def test_a_change_has_its_cause(
    url: URL, before: ReportRecord, after: ReportRecord, same_rules: bool, expected: list[tuple[Change, Cause]]
) -> None:
    record_run(url, header(1), [before])
    record_run(url, header(2, rules="规则甲" if same_rules else "规则乙"), [after])
    with open_history(url) as history:
        later, earlier = history.latest_runs()
        units = list(compare_runs(history, earlier, later))
    assert [(item.change, item.cause) for unit in units for item in unit.changed] == expected


def test_units_stand_apart_with_their_counts(url: URL) -> None:
    kept, gone = finding(quote="甲"), finding(quote="乙")
    other = report(finding(unit="从化区"), unit="从化区", path="从化.txt")
    once = report(finding(unit="花都区"), unit="花都区", path="花都.txt")
    record_run(url, header(1), [report(kept, gone), other, once])
    record_run(url, header(2), [other, report(kept, text="b"), report(unit="南沙区", path="南沙.txt")])
    with open_history(url) as history:
        later, earlier = history.latest_runs()
        units = list(compare_runs(history, earlier, later))
    assert [(unit.unit, unit.before, unit.after, unit.unchanged) for unit in units] == [
        ("从化区", 1, 1, 1),
        (UNIT, 1, 1, 1),
        ("南沙区", 0, 1, 0),
        ("花都区", 1, 0, 0),
    ]
    assert [(item.finding.quote, item.change) for item in units[1].changed] == [("乙", GONE)]


def test_comparing_a_run_with_itself_finds_nothing(url: URL) -> None:
    record_run(url, header(1), [report(FOUND, path=f"{number}.txt", unit=f"单位{number}") for number in range(3)])
    with open_history(url) as history:
        run = history.latest_runs()[0]
        units = list(compare_runs(history, run, run))
    assert [(unit.unchanged, unit.changed) for unit in units] == [(1, ())] * 3


def test_findings_over_time_tell_new_from_back_again(url: URL) -> None:
    kept, back, gone, new = (finding(quote=quote) for quote in "甲乙丙丁")
    runs = [(kept, back), (kept, gone), (kept, back, new)]
    for number, findings in enumerate(runs):
        record_run(url, header(number), [report(*findings, text="abc"[number])])
    with open_history(url) as history:
        states = findings_over_time(history.runs_of_unit(UNIT, 2023))
    assert {(item.finding.quote, item.change) for item in states} == {
        ("甲", Change.UNCHANGED),
        ("乙", Change.BACK),
        ("丙", Change.GONE),
        ("丁", Change.NEW),
    }


def test_the_first_run_of_a_unit_has_only_new_findings(url: URL) -> None:
    record_run(url, header(1), [report(FOUND, replace(OTHER_RULE))])
    with open_history(url) as history:
        states = findings_over_time(history.runs_of_unit(UNIT, 2023))
        assert findings_over_time(history.runs_of_unit("别处", 2023)) == ()
    assert {(item.change, item.cause) for item in states} == {(Change.NEW, Cause.REPORT)}
