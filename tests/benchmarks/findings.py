"""Findings and reports for the tests of the accuracy benchmark."""

from typing import Any

from audit.record import ReportRecord, Status
from benchmarks.labels import LabelledReport, Labels
from checks.finding import Finding, Related
from documents.report import UnitLevel
from rules.model import Level

TEXT = "青石县2023年报告\n办理案件30件，其中普通18件、简易11件。全部办结。。共有12人，其中男7人、女5人。全部办结。"


def finding(rule: str, quote: str, *, level: Level = Level.ERROR, also_at: int | None = None, **values: Any) -> Finding:
    """A finding on the first ``quote`` in the text; ``also_at`` is the offset of a related passage."""
    start = TEXT.index(quote) if quote else 0
    related = (Related("", also_at, also_at + 2, TEXT[also_at : also_at + 2], ""),) if also_at is not None else ()
    return Finding(
        rule, level, "", "", quote, start, start + len(quote), "", "", "", "", "", related, values, f"{rule}{start}", ""
    )


def record(*findings: Finding, **facts: Any) -> ReportRecord:
    """What the program might say about the text."""
    known: dict[str, Any] = {"unit": "青石县", "level": UnitLevel.COUNTY, "year": 2023, **facts}
    return ReportRecord("sample", None, Status.READ, None, findings=findings, **known)


def labelled(
    *, defects: list[dict[str, Any]] | None = None, traps: list[dict[str, Any]] | None = None
) -> LabelledReport:
    """The text with labels."""
    content = {
        "year": 2023,
        "level": "county",
        "unit": "青石县",
        "clean": not defects,
        "defects": defects or [],
        "traps": traps or [],
    }
    return LabelledReport("sample", TEXT, Labels.model_validate(content))
