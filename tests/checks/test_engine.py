import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from checks import engine
from checks.context import Context
from checks.finding import Outcome
from checks.kind import Kind
from checks.kinds import parameter_models
from checks.match import Match, NotAssessable
from documents.read import report_from_text
from documents.report import Report, Span, UnitLevel
from rules.facts import Facts
from rules.load import load_ruleset
from rules.model import Applies, Examples, Level, Parameters, Rule, Ruleset, YearRange

TEXT = "青石县2023年法治政府建设年度报告\n2023年,我县推进依法行政。\n一、主要举措和成效\n错字,错字,再来一个错字。\n"


def matches_of(word: str) -> Any:
    def run(context: Context, parameters: Parameters) -> Iterator[Match]:
        start = context.report.text.find(word)
        while start >= 0:
            yield Match(Span(start, start + len(word)), f"有“{word}”", case="often")
            start = context.report.text.find(word, start + 1)

    return Kind("stub", "测试", Parameters, run, ("often",))


def rule(**changes: Any) -> Rule:
    base: dict[str, Any] = {
        "id": "wording/stub",
        "check": "stub",
        "level": Level.ERROR,
        "title": "测试",
        "basis": "审查口径(可调整)",
        "advice": "改正。",
        "parameters": Parameters(),
        "examples": Examples(fail=("错字",), passing=("好字",)),
    }
    return Rule.model_validate(base | changes)


def judge(
    monkeypatch: pytest.MonkeyPatch, kind: Kind[Any], the_rule: Rule, report: Report | None = None
) -> engine.Judgement:
    monkeypatch.setitem(engine.KINDS, "stub", kind)
    ruleset = Ruleset("test", "测试", (the_rule,), (), "")
    return engine.judge(Context(report or report_from_text(TEXT), Facts()), ruleset)


def test_wraps_each_match_with_exact_quote_place_and_excerpt(monkeypatch: pytest.MonkeyPatch) -> None:
    judgement = judge(monkeypatch, matches_of("再来一个"), rule())
    (finding,) = judgement.findings
    assert TEXT[finding.start : finding.end] == finding.quote == "再来一个"
    assert finding.excerpt == "错字,错字,【再来一个】错字。"
    assert finding.place.startswith("一、")
    assert (finding.line, finding.column) == (4, 7)
    assert finding.level is Level.ERROR
    assert judgement.outcomes == {"wording/stub": Outcome.FOUND}


def test_equal_quotes_get_fingerprints_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    findings = judge(monkeypatch, matches_of("错字"), rule()).findings
    assert len(findings) == len({finding.fingerprint for finding in findings}) == 3


def test_fingerprints_survive_edits_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    before = judge(monkeypatch, matches_of("错字"), rule()).findings
    edited = report_from_text(TEXT.replace("推进依法行政", "深入推进依法行政各项工作"))
    after = judge(monkeypatch, matches_of("错字"), rule(), edited).findings
    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]


def test_quotes_that_differ_in_typography_alone_are_equals(monkeypatch: pytest.MonkeyPatch) -> None:
    report = report_from_text(TEXT.replace("错字,", "错　字，", 1))

    def run(context: Context, parameters: Parameters) -> Iterator[Match]:
        for quote in ("错　字，", "错字,"):
            start = report.text.index(quote)
            yield Match(Span(start, start + len(quote)), "有错字")

    findings = judge(monkeypatch, Kind("stub", "测试", Parameters, run, ()), rule(), report).findings
    assert len({finding.fingerprint for finding in findings}) == len(findings) == 2


def test_a_habit_stays_the_same_when_its_first_place_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(context: Context, parameters: Parameters) -> Iterator[Match]:
        for found in re.finditer("[甲乙丙丁]字", context.report.text):
            yield Match(Span(*found.span()), "有错字")

    kind = Kind("stub", "测试", Parameters, run, ())
    texts = [TEXT.replace("错字,错字,再来一个错字", words) for words in ("甲字,乙字,丙字,丁字", "乙字,丙字,丁字")]
    before, after = (
        judge(monkeypatch, kind, rule(aggregate_above=2), report_from_text(text)).findings for text in texts
    )
    assert before[0].quote != after[0].quote
    assert before[0].fingerprint == after[0].fingerprint


def test_a_habit_is_reported_once_with_its_count_and_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    (finding,) = judge(monkeypatch, matches_of("错字"), rule(aggregate_above=2)).findings
    assert finding.values == {"count": 3, "aggregated": True}
    assert [related.quote for related in finding.related] == ["错字", "错字"]
    assert "共3处" in finding.message


def test_a_case_may_have_a_level_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    findings = judge(monkeypatch, matches_of("再来"), rule(levels={"often": Level.INFO})).findings
    assert [finding.level for finding in findings] == [Level.INFO]


@pytest.mark.parametrize(
    ("applies", "outcome"),
    [
        (Applies(), Outcome.FOUND),
        (Applies(years=YearRange(first=2019)), Outcome.FOUND),
        (Applies(years=YearRange(last=2018)), Outcome.NOT_APPLICABLE),
        (Applies(levels=(UnitLevel.COUNTY,)), Outcome.FOUND),
        (Applies(levels=(UnitLevel.TOWNSHIP,)), Outcome.NOT_APPLICABLE),
    ],
)
def test_a_rule_judges_only_the_reports_it_is_meant_for(
    monkeypatch: pytest.MonkeyPatch, applies: Applies, outcome: Outcome
) -> None:
    judgement = judge(monkeypatch, matches_of("错字"), rule(applies=applies))
    assert judgement.outcomes["wording/stub"] is outcome


def test_a_report_that_does_not_tell_its_year_is_never_called_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = report_from_text("推进依法行政。\n")
    assert unknown.year is None
    judgement = judge(monkeypatch, matches_of("错字"), rule(applies=Applies(years=YearRange(first=2019))), unknown)
    assert judgement.outcomes["wording/stub"] is Outcome.NOT_ASSESSABLE
    assert "年度" in judgement.unassessed["wording/stub"]


def test_a_check_that_cannot_judge_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(context: Context, parameters: Parameters) -> Iterator[Match]:
        raise NotAssessable("缺少上年度报告")
        yield

    judgement = judge(monkeypatch, Kind("stub", "测试", Parameters, run), rule())
    assert judgement.outcomes["wording/stub"] is Outcome.NOT_ASSESSABLE
    assert judgement.unassessed == {"wording/stub": "缺少上年度报告"}


def test_nothing_found_is_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    judgement = judge(monkeypatch, matches_of("没有的词"), rule())
    assert judgement.outcomes == {"wording/stub": Outcome.PASSED}
    assert not judgement.findings


def test_a_rule_is_noted_once_for_the_reports_judged_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engine.KINDS, "stub", matches_of("错字"))
    elsewhere = rule(id="wording/other", applies=Applies(years=YearRange(first=2030)))
    rules = engine.Engine(Ruleset("test", "测试", (rule(), elsewhere), (), ""))
    noted: list[str] = []
    contexts = [Context(report_from_text(text), Facts()) for text in (TEXT, TEXT.replace("错字", "好字"))]
    first, second = rules.judge_together(contexts, noted.append)
    assert noted == ["执行规则 wording/stub "]
    assert first.outcomes == {"wording/stub": Outcome.FOUND, "wording/other": Outcome.NOT_APPLICABLE}
    assert second.outcomes == {"wording/stub": Outcome.PASSED, "wording/other": Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("needle", "asked", "outcome"),
    [
        ("再来", True, Outcome.FOUND),
        ("别的", True, Outcome.PASSED),
        # A report that was not searched for the words is judged by the rule itself.
        ("别的", False, Outcome.FOUND),
        ("", True, Outcome.FOUND),
    ],
)
def test_a_rule_is_passed_over_without_the_words_it_needs(
    monkeypatch: pytest.MonkeyPatch, needle: str, asked: bool, outcome: Outcome
) -> None:
    kind = replace(matches_of("再来"), needles=lambda parameters, facts: frozenset({needle, "也没有"}))
    monkeypatch.setitem(engine.KINDS, "stub", kind)
    judging = engine.Engine(Ruleset("test", "测试", (rule(),), (), ""), Facts())
    needles = judging.needles if asked else frozenset[str]()
    context = Context(report_from_text(TEXT), Facts(), needles=needles)
    assert judging.judge(context).outcomes["wording/stub"] is outcome


def test_no_finding_of_the_pack_is_lost_by_passing_rules_over() -> None:
    ruleset = load_ruleset("fazhi", parameter_models())
    facts = Facts()
    selective, thorough = engine.Engine(ruleset, facts), engine.Engine(ruleset)
    assert selective.needles
    for example in {text for one in ruleset.rules for text in (*one.examples.fail, *one.examples.passing)}:
        report = report_from_text(example)
        judgement = selective.judge(Context(report, facts, needles=selective.needles))
        assert judgement == thorough.judge(Context(report, facts))
