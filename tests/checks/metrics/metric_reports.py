"""Reports for the tests of metrics: a phrase as the body of a report, and its values in the words of the tables."""

from __future__ import annotations

from checks.context import Context
from checks.examples import assume
from checks.metrics.values import MetricValue
from documents.read import report_from_text
from rules.facts import Facts
from rules.model import Assumption

FACTS = Facts()
YEAR = 2023


def context_of(text: str, level: str | None = "township", year: int | None = YEAR) -> Context:
    """The judgement context of a report whose achievements are ``text``."""
    assumed = Assumption.model_validate({"year": year, "level": level})
    return Context(assume(report_from_text(f"一、主要举措和成效\n{text}"), assumed), FACTS)


def words(value: MetricValue, reported: int | None = YEAR) -> str:
    """A value as the tables write it: ``"trainings 45场次 超"``, with the year where it is not the reported one."""
    parts = [f"{value.id} {value.value}{value.unit}", value.approx or ""]
    parts.append("" if value.year == reported else str(value.year or "多年"))
    return " ".join(part for part in parts if part)
