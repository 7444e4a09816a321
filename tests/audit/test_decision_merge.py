"""What becomes of filled-in rows: nothing is overwritten silently, and nobody's word is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from audit.decision_merge import UNSIGNED, Effect, Filled, Merged, Source, disagreement, merge
from audit.decisions import Decision, RecordedDecision, Value, Word, dispute_in_words, values_of, word_of

KEY = "a" * 32
START = datetime(2025, 6, 1, tzinfo=UTC)
ZHANG, LI, WANG = ("张三", "/张三/甲.xlsx"), ("李四", "/李四/乙.xlsx"), ("王五", "/王五/丙.xlsx")


class Log:
    """A history of decisions on one finding, as the database keeps it."""

    def __init__(self) -> None:
        self.entries: list[RecordedDecision] = []

    @property
    def word(self) -> Word:
        return word_of(entry.decision for entry in self.entries if entry.superseded_by is None)

    def take(
        self, who: tuple[str, str], values: Mapping[str, Value], shown: Word | None = None, *, wins: bool = False
    ) -> Merged:
        base = dict(shown.values) if shown else {}
        filled = Filled(KEY, "问题清单", 5, values, base, disagreement(shown) if shown else {})
        source = Source(*who, START + timedelta(days=len(self.entries)), wins)
        merged = merge(self.entries, filled, source)
        for change in merged.changes:
            key = len(self.entries) + 1
            self.entries = [
                replace(entry, superseded_by=key) if entry.key in change.replaces else entry for entry in self.entries
            ]
            self.entries.append(RecordedDecision(key, change.decision))
        return merged


def test_the_first_word_is_added() -> None:
    log = Log()
    assert log.take(ZHANG, {"opinion": "误报", "review": "引文无误"}).effect is Effect.ADDED
    assert dict(log.word.values) == {"opinion": "误报", "review": "引文无误"}


def test_the_same_again_changes_nothing() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报"})
    for who in (ZHANG, LI):
        again = log.take(who, {"opinion": "误报"})
        assert (again.effect, again.changes) == (Effect.UNCHANGED, ())


def test_the_same_inspector_may_change_his_mind_and_the_log_keeps_both() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报"})
    assert log.take(ZHANG, {"opinion": "确认"}).effect is Effect.CHANGED
    assert log.word.opinion == "确认"
    assert [entry.decision.opinion for entry in log.entries] == ["误报", "确认"]


def test_a_shared_file_passed_on_supersedes() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报", "responsible": "甲"})
    assert log.take(("李四", ZHANG[1]), {"opinion": "确认", "responsible": "甲"}).effect is Effect.CHANGED
    assert dict(log.word.values) == {"opinion": "确认", "responsible": "甲"}
    by = {name: entry.by for entry in log.word.holding for name in values_of(entry)}
    assert by == {"opinion": "李四", "responsible": "张三"}


def test_two_unsigned_files_are_not_one_person() -> None:
    log = Log()
    log.take((UNSIGNED, "/甲.xlsx"), {"opinion": "误报"})
    assert log.take((UNSIGNED, "/乙.xlsx"), {"opinion": "确认"}).effect is Effect.CONFLICT


def test_different_fields_are_no_conflict() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "确认"})
    assert log.take(LI, {"responsible": "甲", "deadline": date(2025, 6, 30)}).effect is Effect.CHANGED
    assert dict(log.word.values) == {"opinion": "确认", "responsible": "甲", "deadline": date(2025, 6, 30)}
    assert {entry.by for entry in log.word.holding} == {"张三", "李四"}


def test_a_conflict_keeps_both_sides_and_applies_neither() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报", "responsible": "甲"})
    merged = log.take(LI, {"opinion": "确认", "review": "属实"})
    assert merged.effect is Effect.CONFLICT
    assert merged.conflicts["opinion"].by == "张三"
    word = log.word
    assert word.opinion is None
    assert dict(word.values) == {"responsible": "甲", "review": "属实"}
    assert dispute_in_words(word) == "审核意见：张三 误报，李四 确认"


def test_the_same_conflict_twice_adds_nothing() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报"})
    log.take(LI, {"opinion": "确认"})
    again = log.take(LI, {"opinion": "确认"})
    assert (again.effect, again.changes) == (Effect.CONFLICT, ())


def test_one_side_giving_way_settles_it() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报"})
    log.take(LI, {"opinion": "确认"})
    assert log.take(LI, {"opinion": "误报"}).effect is Effect.SETTLED
    assert log.word.opinion == "误报"


def test_a_later_workbook_that_shows_the_dispute_settles_it() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报", "responsible": "甲"})
    log.take(LI, {"opinion": "确认"})
    shown = log.word
    assert log.take(WANG, dict(shown.values), shown).effect is Effect.UNCHANGED
    assert log.take(WANG, {**shown.values, "opinion": "确认"}, shown).effect is Effect.SETTLED
    assert (log.word.opinion, log.word.values["responsible"]) == ("确认", "甲")
    assert {entry.decision.opinion for entry in log.entries} >= {"误报", "确认"}


def test_a_third_opinion_that_does_not_know_the_dispute_is_one_more_side() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报"})
    log.take(LI, {"opinion": "确认"})
    assert log.take(WANG, {"opinion": "待定"}).effect is Effect.CONFLICT
    assert set(log.word.disputed["opinion"]) == {"误报", "确认", "待定"}


def test_replace_has_the_last_word() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报", "responsible": "甲"})
    log.take(LI, {"opinion": "确认"})
    assert log.take(WANG, {"opinion": "待定"}, wins=True).effect is Effect.SETTLED
    assert (log.word.opinion, log.word.values["responsible"]) == ("待定", "甲")


def test_a_stale_copy_does_not_bring_old_values_back() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "待定"})
    shown = log.word
    log.take(LI, {"opinion": "确认"}, shown)
    assert log.take(WANG, {"opinion": "待定", "responsible": "甲"}, shown).effect is Effect.CHANGED
    assert dict(log.word.values) == {"opinion": "确认", "responsible": "甲"}


def test_both_changed_since_the_common_state() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "待定"})
    shown = log.word
    assert log.take(LI, {"opinion": "确认"}, shown).effect is Effect.CHANGED
    assert log.take(WANG, {"opinion": "误报"}, shown).effect is Effect.CONFLICT


def test_an_emptied_cell_is_told_and_changes_nothing_unless_asked() -> None:
    log = Log()
    log.take(ZHANG, {"opinion": "误报", "responsible": "甲"})
    shown = log.word
    merged = log.take(ZHANG, {"opinion": "误报"}, shown)
    assert (merged.effect, merged.emptied, merged.changes) == (Effect.UNCHANGED, ("responsible",), ())
    log.take(ZHANG, {"opinion": "误报"}, shown, wins=True)
    assert dict(log.word.values) == {"opinion": "误报"}


def test_an_exemption_may_end() -> None:
    decision = Decision(KEY, "张三", START, "甲.xlsx", 2, opinion=None)
    word = word_of([replace(decision, opinion="豁免", review="历史遗留，豁免至2026年")])
    assert word.until == date(2026, 12, 31)
    assert word_of([replace(decision, opinion="确认", review="豁免至2026年")]).until is None


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "opinion": st.sampled_from(["确认", "误报", "豁免", "待定"]),
        "state": st.sampled_from(["未整改", "已整改"]),
        "responsible": st.sampled_from(["甲", "乙"]),
        "closed": st.sampled_from([date(2025, 6, 30), date(2025, 7, 1)]),
    },
)
STEPS = st.lists(st.tuples(st.sampled_from([ZHANG, LI, WANG]), VALUES, st.booleans()), max_size=8)


@given(STEPS)
def test_an_untouched_workbook_changes_nothing(steps: list[tuple[tuple[str, str], dict[str, Value], bool]]) -> None:
    log = Log()
    for who, values, wins in steps:
        log.take(who, values, log.word if wins else None, wins=wins)
    shown = log.word
    untouched = log.take(LI, dict(shown.values), shown)
    assert (untouched.effect, untouched.changes, untouched.emptied) == (Effect.UNCHANGED, (), ())


@given(STEPS)
def test_no_word_is_ever_lost(steps: list[tuple[tuple[str, str], dict[str, Value], bool]]) -> None:
    log = Log()
    for who, values, wins in steps:
        before = log.word
        merged = log.take(who, values, None, wins=wins)
        known = {(name, value) for entry in log.entries for name, value in values_of(entry.decision).items()}
        assert set(before.values.items()) <= known
        if not wins:
            # What was in force stays in force, is disputed, or was the same person's.
            for name, value in before.values.items():
                kept = log.word.values.get(name) == value or value in log.word.disputed.get(name, ())
                own = any(one.by == who[0] and getattr(one, name) == value for one in before.holding)
                assert kept or own
        if merged.effect is Effect.UNCHANGED:
            assert log.word == before
