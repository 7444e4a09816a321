"""A report typed with ASCII full stops is read like any other."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from audit.assess import Auditor
from audit.packs import load_pack
from audit.record import ReportRecord
from documents.read import report_from_text
from tests.places import ROOT

REPORTS = sorted((ROOT / "tests" / "reports").glob("*.txt"))
# What they say is about the marks themselves.
_OF_MARKS = {"wording/half-width", "wording/punctuation"}


@lru_cache(maxsize=1)
def _auditor() -> Auditor:
    return Auditor(*load_pack())


def _findings(record: ReportRecord) -> Counter[tuple[str, int, int]]:
    return Counter((each.rule, each.start, each.end) for each in record.findings if each.rule not in _OF_MARKS)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_findings_are_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("。") > 3
    usual, ascii_stops = (_auditor().assess_report(report_from_text(each)) for each in (text, text.replace("。", ".")))
    assert _findings(ascii_stops) == _findings(usual)
    assert [content.presence for content in ascii_stops.contents] == [content.presence for content in usual.contents]
    assert [(each.id, each.start) for each in ascii_stops.metrics] == [(each.id, each.start) for each in usual.metrics]
