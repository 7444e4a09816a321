"""The registry of every kind of check. A kind that is not listed here does not exist for rule files."""

from __future__ import annotations

from typing import Any

from checks.citations import document_number, law_edition, law_title, plan_term, repealed_law, short_title, title_marks
from checks.duplicates import (
    copied_from_earlier,
    copied_from_other,
    near_copy,
    repeated_clause,
    repeated_plan,
    repeated_sentence,
    unchanged_figures,
)
from checks.figures import (
    approximation,
    count_plausibility,
    growth_arithmetic,
    growth_base,
    metric_conflict,
    metric_shortfall,
    rate_arithmetic,
    rate_limit,
    reversed_range,
    sum_of_parts,
)
from checks.identity import named_authors, other_unit, self_reference
from checks.kind import Kind
from checks.metrics import metric_absent, metric_vague, metric_variety, placeholder
from checks.privacy import personal_data, secrecy_mark
from checks.sections import heading_numbering, off_topic, required_section, section_states, thin_section
from checks.timeliness import data_period, dated_in_year, deadline, partial_year, published_before_written
from checks.wording import (
    broken_off,
    clashing_punctuation,
    doubled_words,
    fixed_phrase,
    half_width_punctuation,
    missing_final_mark,
    slips,
    sound_or_shape,
    stray_characters,
    template_remains,
    unpaired_marks,
)
from checks.years import (
    anachronism,
    as_of_date,
    audited_year,
    campaign_term,
    date_after_report,
    effective_day,
    expired_plan,
    reported_year,
    title_year,
    year_reference,
)
from rules.model import Parameters

_ALL: tuple[Kind[Any], ...] = (
    anachronism.KIND,
    approximation.KIND,
    as_of_date.KIND,
    audited_year.KIND,
    broken_off.KIND,
    campaign_term.KIND,
    clashing_punctuation.KIND,
    copied_from_earlier.KIND,
    copied_from_other.KIND,
    count_plausibility.LIMIT,
    count_plausibility.MONEY,
    data_period.KIND,
    date_after_report.KIND,
    dated_in_year.KIND,
    deadline.KIND,
    document_number.KIND,
    doubled_words.KIND,
    effective_day.KIND,
    expired_plan.KIND,
    fixed_phrase.KIND,
    growth_arithmetic.KIND,
    growth_base.KIND,
    half_width_punctuation.KIND,
    heading_numbering.KIND,
    law_edition.KIND,
    law_title.KIND,
    metric_absent.KIND,
    metric_conflict.KIND,
    metric_shortfall.KIND,
    metric_vague.KIND,
    metric_variety.KIND,
    missing_final_mark.KIND,
    named_authors.KIND,
    near_copy.KIND,
    off_topic.KIND,
    other_unit.KIND,
    partial_year.KIND,
    personal_data.KIND,
    placeholder.KIND,
    plan_term.KIND,
    published_before_written.KIND,
    rate_arithmetic.KIND,
    rate_limit.KIND,
    repealed_law.KIND,
    repeated_clause.KIND,
    repeated_plan.KIND,
    repeated_sentence.KIND,
    reported_year.KIND,
    required_section.KIND,
    reversed_range.KIND,
    secrecy_mark.KIND,
    section_states.KIND,
    self_reference.KIND,
    short_title.KIND,
    slips.KIND,
    sound_or_shape.KIND,
    stray_characters.KIND,
    sum_of_parts.KIND,
    template_remains.KIND,
    thin_section.KIND,
    title_marks.KIND,
    title_year.KIND,
    unchanged_figures.KIND,
    unpaired_marks.KIND,
    year_reference.KIND,
)

KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in _ALL}


def parameter_models() -> dict[str, type[Parameters]]:
    """The parameter model of each kind, by name, as the rule loader wants them."""
    return {name: kind.parameters for name, kind in KINDS.items()}
