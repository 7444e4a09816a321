from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from audit.copies.outline import pack_report, unpack_metrics, unpack_report
from checks.context import Context
from documents.read import read_report, report_from_text
from documents.report import Report
from rules.facts import Facts

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


def parts(report: Report) -> tuple[object, ...]:
    facts = (report.title, report.unit, report.level, report.year, report.published)
    known = tuple(fact.value if fact else None for fact in facts)
    structure = (report.text, report.paragraphs, report.sentences, report.headings, report.residue, report.pages)
    return (*structure, *known)


def test_real_reports_come_back_as_they_were() -> None:
    for path in SEEDS:
        report = read_report(path, path.name)
        assert parts(unpack_report(pack_report(report, ()), path.name)) == parts(report)


@given(st.text(alphabet="一二、（）。法治\n 2023年《》；", max_size=200))
def test_any_text_comes_back(text: str) -> None:
    report = report_from_text(text)
    assert parts(unpack_report(pack_report(report, ()), "")) == parts(report)


def test_a_lone_surrogate_does_not_stop_it() -> None:
    report = report_from_text("一、工作\n全年办案12件。")
    broken = replace(report, text=report.text.replace("全", "\udc80"))
    assert unpack_report(pack_report(broken, ()), "").text == broken.text.replace("\udc80", "?")


def test_metrics_come_along() -> None:
    context = Context(read_report(SEEDS[0], ""), Facts())
    assert context.metric_values
    assert unpack_metrics(pack_report(context.report, context.metric_values)) == context.metric_values
