"""Short titles that a report defines for itself: （以下简称《纲要》）."""

from __future__ import annotations

from checks.citations.titles import key_of
from documents.lazy_pattern import lazy_pattern
from documents.report import Report

_DEFINES = lazy_pattern(
    '称(?<=[简下统]称)为?[:“"]{0,2}(?:《(?P<marked>[^《》\n]{1,30})》|(?P<bare>[^《》()\n“”"\'‘’,。;、]{2,20}))'
)


def defined_short_titles(report: Report) -> frozenset[str]:
    """The short titles that the report defines, in the form in which titles are compared."""
    return frozenset(key_of(found["marked"] or found["bare"]) for found in _DEFINES.finditer(report.view.text))
