from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.context import Context
from checks.metrics.lexicon import lexicon_of
from checks.vocabulary import vocabulary_of
from documents.read import read_report, report_from_text
from tests.checks.metrics.metric_reports import FACTS, context_of, words
from tests.documents.texts import LAYOUTS
from tests.places import ROOT, seed, table

PHRASES = table("metrics_phrases", yaml.CBaseLoader)
SEEDS = table("metrics_seeds", yaml.CBaseLoader)


def test_the_table_of_phrases_is_rich() -> None:
    assert len(PHRASES) >= 100
    assert sum(not case["values"] for case in PHRASES) >= 40
    assert len({value.split()[0] for case in PHRASES for value in case["values"]}) >= 45


@pytest.mark.parametrize("case", PHRASES, ids=[case["text"][:24] for case in PHRASES])
def test_phrase(case: dict[str, list[str]]) -> None:
    assert [words(value) for value in context_of(str(case["text"])).metric_values] == case["values"]


@pytest.mark.parametrize("case", SEEDS, ids=[case["report"][:12] for case in SEEDS])
def test_sample_report(case: dict[str, list[str]]) -> None:
    path = ROOT / "seeds" / str(case["report"])
    report = read_report(path, path.name)
    stated = Counter(words(value, report.year and report.year.value) for value in Context(report, FACTS).metric_values)
    assert Counter(case["values"]) - stated == Counter()


@pytest.mark.parametrize("case", SEEDS, ids=[case["report"][:12] for case in SEEDS])
def test_quotes_are_exact_and_nothing_comes_from_the_plan(case: dict[str, list[str]]) -> None:
    path = ROOT / "seeds" / str(case["report"])
    context = Context(read_report(path, path.name), FACTS)
    for value in context.metric_values:
        assert context.report.text[value.start : value.end] == value.quote
        assert context.contents.content_at(value.start) != "plan"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_copied_from_a_pdf_states_the_same(layout: str) -> None:
    path = seed("从化")
    whole = Context(read_report(path, path.name), FACTS)
    lines = Context(report_from_text(LAYOUTS[layout](path.read_text(encoding="utf-8"))), FACTS)
    assert [words(value) for value in lines.metric_values] == [words(value) for value in whole.metric_values]
    for value in lines.metric_values:
        assert lines.report.text[value.start : value.end] == value.quote


PARTS = [
    ("受理各类社会矛盾纠纷740件,其中涉访纠纷1件、治安纠纷147件、消费纠纷151件。", ["disputes_mediated 740件"]),
    ("作出行政处罚54起,共计罚款5600元,其中简易程序50起,一般行政处罚3起。", ["penalty_cases 54起", "fines 5600元"]),
    ("公布权责事项共657项(行政处罚591项,行政强制23项,行政许可3项)。", ["powers_and_duties 657项"]),
    ("各类案件共100件,其中行政处罚案件54件、行政复议案件6件。", ["penalty_cases 54件", "reconsideration_cases 6件"]),
    (
        "调解矛盾纠纷320件:婚姻家庭纠纷120件,邻里纠纷80件;接待来访42批。",
        ["disputes_mediated 320件", "petition_cases 42批"],
    ),
    ("培训执法人员5期(其中新任执法人员培训2期),参训230人次。", ["trainings 5期", "training_participants 230人次"]),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_a_part_is_not_the_total(text: str, expected: list[str]) -> None:
    assert [words(value) for value in context_of(text).metric_values] == expected


def test_plan_and_residue_state_no_values() -> None:
    text = "一、主要举措和成效\n全年调解纠纷86件。\n二、2024年工作安排\n举办执法培训12场次,调解纠纷100件。\n"
    values = Context(report_from_text(f"2023年法治政府建设年度报告\n{text}"), FACTS).metric_values
    assert [(value.id, value.value) for value in values] == [("disputes_mediated", 86)]


def test_one_line_and_lines_give_the_same_values() -> None:
    lines = "一、主要举措和成效\n（一）规范执法。办理行政处罚案件12件。\n（二）普法。开展普法活动18场次。"
    one_line = lines.replace("\n", " ")
    values = [[words(value) for value in context_of(text).metric_values] for text in (lines, one_line)]
    assert values[0] == values[1] == ["penalty_cases 12件", "publicity_events 18场次"]


NUMBERS = st.integers(min_value=1, max_value=10**7)


@given(
    NUMBERS,
    st.sampled_from(["", "超", "近", "逾"]),
    st.sampled_from(["", "余", "多"]),
    st.sampled_from(["件", "宗", "起"]),
)
@settings(max_examples=60, deadline=None)
def test_any_number_of_cases_is_read(number: int, before: str, after: str, unit: str) -> None:
    values = context_of(f"全年共办理行政处罚案件{before}{number}{after}{unit}。").metric_values
    assert [(value.id, value.value, value.unit) for value in values] == [("penalty_cases", number, unit)]
    assert (values[0].approx is None) == (not before and not after)


@given(
    st.lists(
        st.sampled_from(list("行政复议诉讼案件12零未无,、。(%)其中共“”《》\n培训场次调解万余去年同比")), max_size=60
    )
)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_exact_quotes(characters: list[str]) -> None:
    context = context_of("".join(characters))
    for value in context.metric_values:
        assert value.quote == context.report.text[value.start : value.end] != ""


def test_long_runs_stay_fast() -> None:
    for run in ("行政处罚" * 5000, "1" * 20000, "培训12场次、" * 3000, "未发生" * 5000, "(" * 5000, "其中" * 3000):
        assert len(context_of(run).metric_values) <= 3000


def test_the_dictionary_is_loaded_only_where_word_boundaries_decide() -> None:
    program = (
        "import sys; from pathlib import Path; from checks.context import Context;"
        "from documents.read import read_report;"
        "from rules.facts import Facts; paths = sorted(Path('seeds').glob('*.txt'));"
        "[Context(read_report(path, ''), Facts()).metric_values for path in paths]; sys.exit('jieba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_catalogue_is_consistent() -> None:
    metrics = FACTS.metrics
    assert len({metric.id for metric in metrics}) == len(metrics)
    assert len({metric.group for metric in metrics}) >= 32
    for metric in metrics:
        assert len(set(metric.forms)) == len(metric.forms), metric.id
        assert not set(metric.forms) & set(metric.not_in), metric.id
        assert not set(metric.expected) & set(metric.optional), metric.id
        assert metric.expected or metric.optional, metric.id


def test_every_form_finds_its_metric() -> None:
    lexicon, vocabulary = lexicon_of(FACTS.metrics), vocabulary_of(FACTS)
    for metric in FACTS.metrics:
        for form in metric.forms:
            text = form.replace("…", "")
            hits = lexicon.forms.hits(text, vocabulary.search(text).candidates, len(text))
            assert any(metric in hit.metrics for hit in hits) or "…" in form, (metric.id, form)
