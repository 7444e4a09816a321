"""The word of inspectors: kept, superseded, never overwritten; what several say differently is shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import URL

from audit.decisions import Decision, Opinion, RecordedDecision, Rectification
from history.decisions import add_decisions, all_decisions, conflicts, current_decisions, decisions_on
from history.store import open_history

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
BARE = Decision("b" * 32, "王某", NOON, "a.xlsx", 2)


def test_decisions_come_back_as_they_were(url: URL) -> None:
    with open_history(url) as history:
        added = add_decisions(history, [FULL, BARE])
        assert [item.decision for item in added] == [FULL, BARE]
        assert current_decisions(history, [FULL.fingerprint, "c" * 32]) == {FULL.fingerprint: (added[0],)}
        assert current_decisions(history) == {FULL.fingerprint: (added[0],), BARE.fingerprint: (added[1],)}
        assert all_decisions(history) == added


def test_the_same_word_again_is_not_added(url: URL) -> None:
    with open_history(url) as history:
        add_decisions(history, [FULL])
        again = replace(FULL, at=NOON + timedelta(days=1), workbook="b.xlsx", row=9)
        assert add_decisions(history, [again]) == ()
        assert len(all_decisions(history)) == 1


def test_a_later_word_of_the_same_person_supersedes_and_keeps_the_earlier(url: URL) -> None:
    later = replace(FULL, opinion=Opinion.FALSE_ALARM, at=NOON + timedelta(days=1))
    with open_history(url) as history:
        add_decisions(history, [FULL])
        add_decisions(history, [later])
        assert [item.decision for item in current_decisions(history)[FULL.fingerprint]] == [later]
        assert decisions_on(history, FULL.fingerprint) == (RecordedDecision(1, FULL, 2), RecordedDecision(2, later))
        assert conflicts(history) == ()


def test_two_people_who_differ_are_a_conflict_until_one_word_supersedes_both(url: URL) -> None:
    other = replace(FULL, by="赵某", opinion=Opinion.FALSE_ALARM, at=NOON + timedelta(days=1))
    agreed = replace(other, by="处长", at=NOON + timedelta(days=2))
    with open_history(url) as history:
        first, second = add_decisions(history, [FULL, other])
        assert conflicts(history) == ((second, first),)
        add_decisions(history, [agreed], superseded=[first.key, second.key])
        assert conflicts(history) == ()
        assert [item.decision for item in current_decisions(history)[FULL.fingerprint]] == [agreed]


def test_two_people_who_agree_or_say_nothing_are_none(url: URL) -> None:
    with open_history(url) as history:
        add_decisions(history, [FULL, replace(FULL, by="赵某", remark="已核"), replace(BARE, fingerprint="a" * 32)])
        assert conflicts(history) == ()


def test_what_fails_halfway_adds_nothing(url: URL) -> None:
    with open_history(url) as history:
        with pytest.raises(AttributeError):
            add_decisions(history, (decision for decision in (FULL, None)))  # type: ignore[misc]
        assert all_decisions(history) == ()


def test_many_findings_are_asked_about_at_once(url: URL) -> None:
    decisions = [replace(BARE, fingerprint=f"{number:032x}") for number in range(1200)]
    with open_history(url) as history:
        add_decisions(history, decisions)
        assert len(current_decisions(history, [decision.fingerprint for decision in decisions])) == 1200
