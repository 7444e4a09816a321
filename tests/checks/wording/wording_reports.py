"""Runs one kind of check over a phrase as the body of a report."""

from __future__ import annotations

from checks.context import Context
from checks.examples import assume
from checks.kinds import KINDS
from documents.read import report_from_text
from documents.report import Report
from rules.facts import Facts
from rules.model import Assumption

FACTS = Facts()


def body(text: str) -> Report:
    return assume(report_from_text(f"一、主要举措和成效\n{text}"), Assumption(year=2023))


def found(kind: str, report: Report, **parameters: object) -> list[str]:
    """What the kind reports: ``"case quote"``, or the quote alone where it has no case."""
    check = KINDS[kind]
    matches = check.run(Context(report, FACTS), check.parameters.model_validate(parameters))
    return [f"{match.case or ''} {report.quote(match.span)}".removeprefix(" ") for match in matches]
