"""Repetition within one report: a table of texts, and the limits of what the checks cost."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from audit.packs import load_pack
from checks.context import Context
from checks.duplicates import near_copy, repeated_clause, repeated_sentence
from checks.duplicates.passages import clause_keys, clauses_of, own_words, text_key, text_keys
from checks.match import Match
from documents.read import report_from_text
from documents.report import Span
from rules.facts import Facts
from rules.facts.policy_formulas import FormulaGroup
from rules.strict_yaml import load_list
from tests import places
from tests.places import SEEDS, seed

KINDS = {"sentence": repeated_sentence, "near-copy": near_copy, "clause": repeated_clause}


class Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    rule: str
    case: str | None = None
    quote: str


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    text: str
    findings: tuple[Wanted, ...]


CASES = load_list(places.CASES / "duplicates.yaml", Case)


@cache
def parameters() -> dict[str, Any]:
    """The parameters that the rule pack gives each kind."""
    rules = {rule.check: rule.parameters for rule in load_pack()[0].rules}
    return {name: rules[kind.KIND.name] for name, kind in KINDS.items()}


def matches(text: str) -> list[tuple[str, Match, str]]:
    context = Context(report_from_text(text), Facts())
    return [
        (name, match, context.report.quote(match.span))
        for name, kind in KINDS.items()
        for match in kind.KIND.run(context, parameters()[name])
    ]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_table(case: Case) -> None:
    found = matches(case.text)
    missed = [
        wanted
        for wanted in case.findings
        if not any(
            name == wanted.rule
            and quote.rstrip("。；") == wanted.quote.rstrip("。；")
            and wanted.case in (None, match.case)
            for name, match, quote in found
        )
        and not any(
            name == wanted.rule and wanted.case == "adjacent" == match.case and wanted.quote in quote
            for name, match, quote in found
        )
    ]
    assert missed == [], found
    assert len(found) == len(case.findings), found


@pytest.mark.parametrize(
    ("unit", "doubled"),
    [
        ("新市街道", "执法规范性建设力度仍有待提高。执法规范性建设力度仍有待提高。"),
        ("中山门街道", "不断加强依法行政意识。不断加强依法行政意识。"),
        ("古美路街道", None),
        ("海沧区", None),
        ("从化区", None),
    ],
)
def test_real_reports(unit: str, doubled: str | None) -> None:
    path = seed(unit)
    found = matches(path.read_text(encoding="utf-8"))
    assert [(name, match.case, quote) for name, match, quote in found] == (
        [("sentence", "adjacent", doubled)] if doubled else []
    )


def test_first_place_is_related() -> None:
    sentence = "建立投诉举报限时反馈制度，对群众反映的执法问题三个工作日内答复。"
    text = f"一、主要举措和成效\n（一）接受监督。{sentence}\n（二）规范执法。检查企业30家次。{sentence}\n"
    ((_, match, quote),) = matches(text)
    assert quote == sentence
    assert [text[span.start : span.end] for span in match.related] == [sentence]
    assert match.related[0].start < match.span.start


def test_a_whole_report_pasted_twice_is_few_findings() -> None:
    text = max((path.read_text(encoding="utf-8") for path in SEEDS), key=len)
    assert 1 <= len(matches(f"{text}\n{text}")) <= 12


@pytest.mark.parametrize(
    "text",
    [
        "建立健全矛盾纠纷滚动排查和分级化解机制，做到小事不出村。" * 8000,
        "".join(f"走访企业{number}家，收集问题并逐项交办有关部门限期解决。" for number in range(8000)),
        "检" * 60_000,
        "，" * 60_000,
        "一、" * 20_000,
    ],
    ids=["same", "numbers-differ", "one-character", "commas", "numbers"],
)
def test_a_habit_of_thousands_comes_to_an_end_as_one_match(text: str) -> None:
    report = report_from_text(text)
    context = Context(report, Facts())
    found = [match for name, kind in KINDS.items() for match in kind.KIND.run(context, parameters()[name])]
    assert len(found) <= 1


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想。", "深入学习贯彻"),
        ("落实《临江省行政执法条例》，评查案卷。", "落实评查案卷"),
        ("责任单位：县司法局、各乡镇人民政府。", ""),
        ("建立案件会商机制。", "建立案件会商机制"),
    ],
)
def test_own_words(sentence: str, own: str) -> None:
    report = report_from_text(f"一、主要举措\n全年审查合同3份。{sentence}\n")
    start = report.text.index(sentence)
    assert own_words(report, Span(start, start + len(sentence)), Facts().policy_formulas) == own


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("（一）规范执法程序。", "规范执法程序"),
        ("一是规范执法程序；", "规范执法程序"),
        ("2. 规范执法程序。", "规范执法程序"),
        ("(1)规范执法程序", "规范执法程序"),
        ("第一，规范执法程序。", "规范执法程序"),
        ("1.5万人参加考试。", "1.5万人参加考试"),
        ("一是否合法由法制机构审核。", "一是否合法由法制机构审核"),
    ],
)
def test_numbers_are_no_part_of_a_sentence(line: str, key: str) -> None:
    report = report_from_text(f"全年审查合同3份。\n{line}\n随后开展检查。\n")
    assert key in "|".join(passage.key for passage in Context(report, Facts()).passages).split("|")


def test_local_phrases_can_be_ignored() -> None:
    phrase = "把清廉柳河和法治柳河两项工程摆在全镇各项工作的首位"
    text = f"一、主要举措\n（一）加强学习。{phrase}，学法4次。\n（二）化解矛盾。{phrase}，调解纠纷20件。\n"
    context = Context(report_from_text(text), Facts())
    parameters = repeated_clause.RepeatedClauseParameters()
    assert len(list(repeated_clause.run(context, parameters))) == 1
    assert list(repeated_clause.run(context, parameters.model_copy(update={"ignore": (phrase,)}))) == []


def test_a_group_of_formulas_must_say_something() -> None:
    with pytest.raises(ValidationError, match="没有列出任何表述"):
        FormulaGroup(name="空组")


@given(st.text(alphabet="一二是（）()。；，：:、1.法治 \n“”《》①　", max_size=120))
def test_any_text_gives_exact_places(text: str) -> None:
    found = matches(text)
    assert all(quote == quote.strip() != "" for _, _, quote in found)
    assert all(match.related and match.related[0].start <= match.span.start for _, match, _ in found)


@given(st.lists(st.text(alphabet="法治5.%_,。、;:“《 (—一是（甲", max_size=12), max_size=5))
def test_keys_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert text_keys(texts) == [text_key(text) for text in texts]
    assert text_keys(texts) == ["".join(re.findall(r"[^\W_]|%|\.(?=\d)", text)) for text in texts]


@given(st.lists(st.text(alphabet="法治5.,;:。!“一是将全", min_size=1, max_size=20), min_size=1, max_size=5))
def test_clauses_of_many_passages_are_those_of_each(lines: list[str]) -> None:
    report = report_from_text("\n".join(["一、工作情况", *lines]))
    passages = Context(report, Facts()).passages
    found = [[key for key, *_ in clauses_of(report, passage)] for passage in passages]
    assert clause_keys(passages) == found


@given(st.lists(st.text(alphabet="法治将、,，，；。我一是全", min_size=1, max_size=24), min_size=1, max_size=5))
def test_no_clause_is_missed_by_looking_at_the_ends_of_clauses(lines: list[str]) -> None:
    context = Context(report_from_text("\n".join(["一、工作情况", *lines])), Facts())
    parameters = repeated_clause.RepeatedClauseParameters(adjacent_length=4, min_length=4, long_length=6)
    found = list(repeated_clause.run(context, parameters))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeated_clause, "_may_be_reported", lambda *_: True)
        assert list(repeated_clause.run(context, parameters)) == found


def test_a_clause_doubled_among_many_that_end_alike_is_found() -> None:
    ends = [f"法治建设{first}{second}所" for first in "东南西北中上下左" for second in "甲乙丙丁戊己庚辛"]
    lines = [f"推进{end}，开展{number}号工作。" for number, end in enumerate([*ends, *reversed(ends)])]
    text = "\n".join(["一、工作情况", *lines, "加强执法监督，加强执法监督。"])
    found = list(
        repeated_clause.run(Context(report_from_text(text), Facts()), repeated_clause.RepeatedClauseParameters())
    )
    assert [match.case for match in found] == ["adjacent"]


@pytest.mark.parametrize(
    ("first", "again", "count"),
    [
        ("", "", 1),
        ("在全镇18个村", "在全镇18个村", 1),
        ("在全镇18个村", "在全镇19个村", 0),
        ("（一）2023年工作任务，", "（二）2024年工作任务，", 1),
        ("（一）2023年工作任务，在全镇18个村", "在全镇18个村", 1),
    ],
)
def test_near_copies_have_the_same_numbers_after_their_topic(first: str, again: str, count: int) -> None:
    words = "推行村级法律顾问坐班制度，由驻村律师为群众解答土地流转和婚姻家庭方面的法律问题。"
    text = f"一、主要工作\n{first}{words}\n二、其他工作\n{again}{words.replace('解答', '讲解')}\n"
    context = Context(report_from_text(text), Facts())
    found = list(near_copy.run(context, parameters()["near-copy"]))
    assert len(found) == count, [context.report.quote(match.span) for match in found]
