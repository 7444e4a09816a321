"""Contestants on small input: what they must find, that they agree where they must, and that absence has a reason."""

import re
from pathlib import Path

import pytest

from benchmarks.peers import __main__ as peers
from benchmarks.peers import near_duplicates, segmentation, terms, typography, workbook
from benchmarks.peers.contest import Contestant, Sizes

SMALL = Sizes(reports=200, rows=200)


def test_near_duplicates_find_the_planted_copies(tmp_path: Path) -> None:
    described = near_duplicates.prepare(tmp_path, SMALL)
    assert described["sentences"] > 5_000
    assert all(described["planted"].values())
    told = near_duplicates.ours(tmp_path)
    assert told["recall"]["0"] == told["recall"]["1"] == 1
    assert min(told["recall"].values()) >= 0.9


@pytest.mark.parametrize("name", ["rensa", "datasketch"])
def test_peers_find_the_planted_copies(tmp_path: Path, name: str) -> None:
    pytest.importorskip(name)
    near_duplicates.prepare(tmp_path, SMALL)
    told = near_duplicates.AREA.contestants[name].run(tmp_path)
    assert told["recall"]["0"] == told["recall"]["1"] == 1
    assert told["candidates"] >= told["reported"] > 0


def test_typography_finds_the_faults_it_is_made_for(tmp_path: Path) -> None:
    described = typography.prepare(tmp_path, SMALL)
    assert described["faults"] > 200
    told = typography.ours(tmp_path)
    for fault in ("half-width-comma", "half-width-stop", "doubled-comma", "doubled-stop", "comma-and-stop"):
        assert told["found"][fault] == 1, fault
    assert told["remarks_on_clean"] == 0


def test_autocorrect_is_scored_by_what_it_mends(tmp_path: Path) -> None:
    pytest.importorskip("autocorrect_py")
    typography.prepare(tmp_path, SMALL)
    found = typography.with_autocorrect(tmp_path)["found"]
    assert found["half-width-comma"] == found["full-width-digits"] == 1
    assert found["doubled-stop"] == 0


def test_all_matchers_find_the_same_terms(tmp_path: Path) -> None:
    terms.prepare(tmp_path, SMALL)
    hits = [contestant.run(tmp_path)["hits"] for contestant in terms.AREA.contestants.values()]
    assert hits[0] == hits[1] == hits[2]
    assert 0 < hits[0]["500"] < hits[0]["5000"]


def test_segmentation_of_selected_places_is_a_small_part(tmp_path: Path) -> None:
    described = segmentation.prepare(tmp_path, SMALL)
    ours, whole = (contestant.run(tmp_path) for contestant in segmentation.AREA.contestants.values())
    assert whole["characters_segmented"] == round(described["characters"] / described["texts"])
    assert 0 < ours["characters_segmented"] < whole["characters_segmented"] / 10


def test_the_bare_writers_write_the_rows_of_our_workbook(tmp_path: Path) -> None:
    described = workbook.prepare(tmp_path, SMALL)
    assert described["findings"] >= 200
    assert described["rows"] > 2 * described["findings"]
    told = workbook.ours(tmp_path), workbook.with_openpyxl(tmp_path)
    assert all(each["megabytes"] > 0.01 and each["rows_per_s"] > 0 for each in told)


def test_a_library_that_is_not_installed_is_skipped_with_the_reason(tmp_path: Path) -> None:
    absent = Contestant(lambda folder: {}, "no-such-library-here")
    assert peers.run_contestant("terms", "absent", absent, tmp_path) == {"skipped": "没有安装no-such-library-here"}


def test_a_contestant_works_in_a_process_of_its_own(tmp_path: Path) -> None:
    terms.prepare(tmp_path, SMALL)
    told = peers.run_contestant("terms", "ahocorasick_rs", terms.AREA.contestants["ahocorasick_rs"], tmp_path)
    assert told["hits"]["500"] > 0
    assert told["peak_mib"] >= 0
    assert re.fullmatch("pss|rss|none", told["memory_method"])
