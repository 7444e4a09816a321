"""findings.json: the published shape, and the same bytes for the same record."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from audit.copies.record import CopyFamily, CopyPair, SharedPassage
from audit.record import ContentRecord, FactRecord, ReportRecord, RunRecord, Summary, YearRecord
from checks.finding import Finding, Related
from checks.metrics.values import MetricValue
from outputs.json_file import encode_reports, to_json, write_json, write_json_parts
from tests.outputs import builders
from tests.places import ROOT

DOCUMENT = ROOT / "docs" / "json.md"
PUBLISHED = {
    "run": {"schema", "tool", "reports", "summary", "copies", "families"},
    "report": {
        "path", "sha256", "status", "reason", "unit", "level", "year", "title", "published", "characters",
        "findings", "metrics", "outcomes",
    },
    "finding": {
        "rule", "level", "message", "quote", "start", "end", "section", "basis", "advice", "related", "values",
        "fingerprint", "number", "line", "column",
    },
    "related": {"path", "start", "end", "quote"},
    "metric": {"id", "value", "unit", "approx", "year", "quote", "start", "end"},
    "summary": {"reports", "read", "error", "warning", "info"},
}  # fmt: skip


def plain(run: RunRecord):  # type: ignore[no-untyped-def]
    return json.loads(to_json(run))


def test_the_published_fields_are_there() -> None:
    run = plain(builders.sample_run())
    report = run["reports"][0]
    found = {
        "run": run,
        "report": report,
        "finding": report["findings"][0],
        "related": next(item for item in report["findings"] if item["related"])["related"][0],
        "metric": report["metrics"][0],
        "summary": run["summary"],
    }
    for name, wanted in PUBLISHED.items():
        assert wanted <= set(found[name]), name
    assert run["schema"] == 1
    assert run["tool"]["rules"] == {"pack": "fazhi", "sha256": "ab12" * 16}


def test_values_are_in_the_published_form() -> None:
    report = plain(builders.sample_run())["reports"][0]
    assert report["status"] == "read"
    assert report["level"] == "county"
    assert report["published"] == "2024-03-11"
    assert report["reason"] is None
    assert report["outcomes"]["sections/responsibility"] == "found"
    assert report["metrics"][0]["value"] == 281
    absent = report["findings"][0]
    assert (absent["quote"], absent["start"], absent["end"]) == ("", 0, 0)
    assert absent["values"]["missing"]


def test_bytes_are_utf8_readable_and_end_with_a_line_feed() -> None:
    content = to_json(builders.sample_run())
    assert content.endswith(b"}\n")
    assert "金水区人民政府" in content.decode("utf-8")
    assert b"\\u" not in content


def test_equal_records_give_equal_bytes() -> None:
    assert to_json(builders.sample_run()) == to_json(builders.sample_run())


def test_what_is_written_is_the_record(tmp_path: Path) -> None:
    run = builders.sample_run()
    saved = write_json(tmp_path / "findings.json", run)
    assert saved.path == tmp_path / "findings.json"
    assert saved.path.read_bytes() == to_json(run)


def test_values_of_any_shape_are_kept() -> None:
    values = {"parts": [1, 2.5, None, True, {"单位": "件"}], "count": 12}
    run = plain(builders.run([builders.report(0, [builders.finding(0, values=values)])]))
    assert run["reports"][0]["findings"][0]["values"] == values


def test_a_file_name_that_is_not_utf8_is_kept() -> None:
    run = builders.run([builders.report(0, path="收件/\udcb1\udcb8.txt")])
    assert rb"\udcb1\udcb8.txt" in to_json(run)
    assert plain(run)["reports"][0]["path"] == run.reports[0].path


def test_large_records_are_written_whole() -> None:
    assert len(plain(builders.large_run())["reports"]) == 300


@pytest.mark.parametrize(
    "record",
    [
        RunRecord, ReportRecord, Finding, Related, MetricValue, YearRecord, ContentRecord, FactRecord, Summary,
        CopyPair, SharedPassage, CopyFamily,
    ],
)  # fmt: skip
def test_every_field_is_documented(record: type) -> None:
    documented = set(re.findall(r"^\| `([a-z_0-9.]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    assert {field.name for field in fields(record)} <= documented


def test_replacing_a_finding_changes_the_bytes() -> None:
    run = builders.sample_run()
    other = replace(run, reports=run.reports[1:])
    assert to_json(run) != to_json(other)


@pytest.mark.parametrize("name", ["收件/1.txt", "收件/\udcb1\udcb8.txt"])
def test_the_record_reads_back_as_it_was(name: str) -> None:
    run = builders.copied_run()
    run = replace(run, reports=(builders.report(0, path=name), *run.reports))
    adapter = TypeAdapter(RunRecord)
    assert adapter.validate_python(plain(run)) == adapter.validate_python(adapter.dump_python(run, mode="json"))


def test_a_mapping_of_any_kind_is_an_object() -> None:
    values = MappingProxyType({"count": 12})
    run = plain(builders.run([builders.report(0, [builders.finding(0, values=values)])]))
    assert run["reports"][0]["findings"][0]["values"] == {"count": 12}


@given(st.lists(st.integers(0, 8)), st.booleans())
def test_fragments_give_the_same_bytes_however_they_are_cut(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], strange: bool
) -> None:
    run = builders.copied_run()
    if strange:
        run = replace(run, reports=(*run.reports, builders.report(9, path="收件/\udcb1.txt", findings=())))
    folder = tmp_path_factory.mktemp("fragments")
    places = [0, *sorted(min(cut, len(run.reports)) for cut in cuts), len(run.reports)]
    fragments: list[bytes | Path] = []
    for number, (start, stop) in enumerate(itertools.pairwise(places)):
        fragment = encode_reports(run.reports[start:stop])
        file = folder / f"{number}.part"
        file.write_bytes(fragment)
        fragments.append(file if number % 2 else fragment)
    saved = write_json_parts(folder / "findings.json", replace(run, reports=()), fragments)
    assert saved.path.read_bytes() == to_json(run)


def test_a_run_without_reports_has_an_empty_list(tmp_path: Path) -> None:
    run = builders.run([])
    saved = write_json_parts(tmp_path / "findings.json", run, [])
    assert saved.path.read_bytes() == to_json(run)
    assert plain(run)["reports"] == []
