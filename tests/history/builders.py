"""Runs and reports to record, as small as may be."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from audit.reconcile import summarise
from audit.record import ReportRecord, Status
from audit.summary import summary_of
from checks.finding import Finding, Outcome, Suppression, SuppressionKind
from checks.fingerprint import finding_number, fingerprint
from checks.metrics.values import MetricValue
from documents.report import UnitLevel
from history.records import RunHeader
from rules.model import Level

BEGUN = datetime(2024, 3, 1, 2, 0, tzinfo=UTC)
UNIT = "新市街道办事处"


def finding(rule: str = "wording/typo", quote: str = "依法刑政", unit: str = UNIT, year: int | None = 2023) -> Finding:
    key = fingerprint(rule, unit, year, quote, 0)
    return Finding(
        rule=rule,
        level=Level.ERROR,
        title="错字",
        message=f"“{quote}”有误",
        quote=quote,
        start=10,
        end=10 + len(quote),
        section="二/(一)",
        place="二、(一) 第3段",
        excerpt=f"推进【{quote}】。",
        basis="审查口径(可调整)：文字应当准确",
        advice="改正",
        related=(),
        values={"wanted": "依法行政"},
        fingerprint=key,
        number=finding_number(key),
        page=2,
        line=3,
        column=4,
    )


def suppressed(found: Finding) -> Finding:
    return replace(found, suppression=Suppression(SuppressionKind.FILE, "原文如此", "王某", date(2030, 1, 1), "a:3"))


def metric(name: str = "penalty_cases", value: float = 281, year: int = 2023) -> MetricValue:
    return MetricValue(name, "行政处罚案件", value, "宗", "余", year, f"{value}余宗", 5, 9, "二")


def report(
    *findings: Finding,
    path: str = "收件/新市.txt",
    unit: str | None = UNIT,
    year: int | None = 2023,
    metrics: tuple[MetricValue, ...] = (),
    outcomes: dict[str, Outcome] | None = None,
    text: str = "a",
) -> ReportRecord:
    found = {item.rule: Outcome.FOUND for item in findings}
    return ReportRecord(
        path=path,
        sha256=text * 64,
        status=Status.READ,
        reason=None,
        unit=unit,
        level=UnitLevel.TOWNSHIP,
        year=year,
        title=f"{unit}报告",
        published=date(2024, 3, 1),
        characters=3237,
        size=9000,
        format="text",
        findings=findings,
        metrics=metrics,
        outcomes={"wording/typo": Outcome.PASSED, **(outcomes or {}), **found},
    )


def header(
    number: int = 1, records: Iterable[ReportRecord] = (), *, rules: str = "规则甲", origin: str = "这里"
) -> RunHeader:
    """The run begun ``number`` days after the first of March 2024."""
    started = BEGUN + timedelta(days=number)
    return RunHeader(
        id=f"{started:%Y%m%d-%H%M%S}-fazhi",
        origin=origin,
        started=started,
        finished=started + timedelta(minutes=3),
        scope=("收件",),
        engine="plain",
        pack="fazhi",
        rules=rules,
        version="0.1.0",
        summary=summarise(map(summary_of, records)),
    )
