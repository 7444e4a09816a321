"""The registry of every kind of check. A kind that is not listed here does not exist for rule files."""

from __future__ import annotations

from typing import Any

from checks.duplicates import near_copy, repeated_clause, repeated_sentence
from checks.kind import Kind
from checks.metrics import metric_absent, metric_vague, metric_variety, placeholder
from checks.sections import heading_numbering, off_topic, required_section, section_states, thin_section
from checks.years import (
    anachronism,
    as_of_date,
    audited_year,
    date_after_report,
    expired_plan,
    reported_year,
    title_year,
    year_reference,
)
from rules.model import Parameters

_ALL: tuple[Kind[Any], ...] = (
    anachronism.KIND,
    as_of_date.KIND,
    audited_year.KIND,
    date_after_report.KIND,
    expired_plan.KIND,
    heading_numbering.KIND,
    metric_absent.KIND,
    metric_vague.KIND,
    metric_variety.KIND,
    near_copy.KIND,
    off_topic.KIND,
    placeholder.KIND,
    repeated_clause.KIND,
    repeated_sentence.KIND,
    reported_year.KIND,
    required_section.KIND,
    section_states.KIND,
    thin_section.KIND,
    title_year.KIND,
    year_reference.KIND,
)

KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in _ALL}


def parameter_models() -> dict[str, type[Parameters]]:
    """The parameter model of each kind, by name, as the rule loader wants them."""
    return {name: kind.parameters for name, kind in KINDS.items()}
