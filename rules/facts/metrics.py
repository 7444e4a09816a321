"""The model of a metric in the catalogue."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from documents.report import UnitLevel
from rules.model import Strict, Text

MetricId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
# It begins with two characters that are no gap: by them it is looked up.
Form = Annotated[str, StringConstraints(strip_whitespace=True, pattern="^[^…]{2}")]


class Metric(Strict):
    """One metric that reports state: its surface forms, its units and the levels that are expected to state it.

    ``group`` is the row of the catalogue it belongs to. In ``forms`` and ``not_in``, ``…`` stands for up to fourteen
    characters of the same clause without a number, ``……`` for as many with or without one. ``not_in`` are longer
    phrases that contain a form and mean something else; ``overlaps`` are words that may share a form's first or last
    character, so that word boundaries decide. ``near`` are words of which the sentence must contain one; ``zero`` the
    nouns by which a report says that there were none. ``elided`` are verbs that count this metric where they stand
    alone soon after a value of the metric ``continues``: 受理行政复议案件56件,审结50件.
    """

    id: MetricId
    name: Text
    group: Text
    units: tuple[Text, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = Field(min_length=1)
    near: tuple[Text, ...] = ()
    not_in: tuple[Form, ...] = ()
    overlaps: tuple[Text, ...] = ()
    zero: tuple[Text, ...] = ()
    continues: MetricId | None = None
    elided: tuple[Text, ...] = ()
    expected: tuple[UnitLevel, ...] = ()
    optional: tuple[UnitLevel, ...] = ()
