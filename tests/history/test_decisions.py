"""The word of inspectors: kept, superseded, never overwritten; what several say differently is shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import URL

from audit.decision_merge import Effect, Filled, Merged, Source
from audit.decisions import Decision, Opinion, RecordedDecision, Rectification, values_of
from history.decisions import all_decisions, current_decisions, take_in
from history.store import History, open_history

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
FULL = Decision(
    fingerprint="a" * 32,
    by="王某",
    at=NOON,
    workbook="审核_20240501.xlsx",
    row=7,
    opinion=Opinion.CONFIRMED,
    state=Rectification.UNDER_WAY,
    responsible="李某",
    deadline=date(2024, 6, 1),
    remark="正在核实",
    review="同意",
    closed=date(2024, 7, 1),
)
BARE = Decision("b" * 32, "王某", NOON, "审核_20240501.xlsx", 2, opinion=Opinion.PENDING)


def filled(decision: Decision) -> Filled:
    return Filled(decision.fingerprint, "问题清单", decision.row, values_of(decision))


def take(history: History, *decisions: Decision) -> tuple[Merged, ...]:
    """Take in the rows of one workbook as its inspector filled them."""
    first = decisions[0]
    return take_in(history, [filled(one) for one in decisions], Source(first.by, first.workbook, first.at))


def test_decisions_come_back_as_they_were(url: URL) -> None:
    full, bare = RecordedDecision(1, FULL), RecordedDecision(2, BARE)
    with open_history(url) as history:
        assert [one.effect for one in take(history, FULL, BARE)] == [Effect.ADDED, Effect.ADDED]
        assert current_decisions(history, [FULL.fingerprint, "c" * 32]) == {FULL.fingerprint: (full,)}
        assert current_decisions(history) == {FULL.fingerprint: (full,), BARE.fingerprint: (bare,)}
        assert all_decisions(history) == (full, bare)


def test_what_is_only_tried_adds_nothing(url: URL) -> None:
    with open_history(url) as history:
        source = Source(FULL.by, FULL.workbook, FULL.at)
        assert [one.effect for one in take_in(history, [filled(FULL)], source, dry_run=True)] == [Effect.ADDED]
        assert all_decisions(history) == ()


def test_the_same_word_again_is_not_added(url: URL) -> None:
    with open_history(url) as history:
        take(history, FULL)
        again = replace(FULL, at=NOON + timedelta(days=1), workbook="b.xlsx", row=9)
        assert [one.effect for one in take(history, again)] == [Effect.UNCHANGED]
        assert len(all_decisions(history)) == 1


def test_a_later_word_of_the_same_person_supersedes_and_keeps_the_earlier(url: URL) -> None:
    later = replace(FULL, opinion=Opinion.FALSE_ALARM, at=NOON + timedelta(days=1))
    with open_history(url) as history:
        take(history, FULL)
        take(history, later)
        assert [item.decision for item in current_decisions(history)[FULL.fingerprint]] == [later]
        assert all_decisions(history) == (RecordedDecision(1, FULL, 2), RecordedDecision(2, later))


def test_two_people_who_differ_both_stay_in_force_the_latest_word_first(url: URL) -> None:
    other = replace(FULL, by="赵某", workbook="b.xlsx", opinion=Opinion.FALSE_ALARM, at=NOON + timedelta(days=1))
    with open_history(url) as history:
        take(history, FULL)
        (merged,) = take(history, other)
        assert merged.effect is Effect.CONFLICT
        in_force = current_decisions(history)[FULL.fingerprint]
        assert [(item.decision.by, item.decision.opinion) for item in in_force] == [
            ("赵某", Opinion.FALSE_ALARM),
            ("王某", Opinion.CONFIRMED),
        ]


def test_what_fails_halfway_adds_nothing(url: URL) -> None:
    broken = replace(filled(FULL), fingerprint="c" * 32, values={"opinion": "没有的意见"})
    with open_history(url) as history:
        with pytest.raises(AttributeError):
            take_in(history, [filled(FULL), broken], Source(FULL.by, FULL.workbook, FULL.at))
        assert all_decisions(history) == ()


def test_many_findings_are_asked_about_at_once(url: URL) -> None:
    decisions = [replace(BARE, fingerprint=f"{number:032x}") for number in range(1200)]
    with open_history(url) as history:
        take(history, *decisions)
        assert len(current_decisions(history, [decision.fingerprint for decision in decisions])) == 1200
