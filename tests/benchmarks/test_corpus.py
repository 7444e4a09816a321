"""The generator: the same bytes for a seed, a true truth, and texts that read and differ as real reports do."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from benchmarks.copy_scores import KINDS
from benchmarks.corpus.defects import DEFECTS
from benchmarks.corpus.drafts import draft
from benchmarks.corpus.grammar import load_grammar
from benchmarks.corpus.layout import LAYOUTS, render
from benchmarks.corpus.plants import cast
from benchmarks.corpus.units import FIRST_YEAR, LAST_YEAR, assignment
from benchmarks.corpus.writing import Composed, Corpus, compose, write_corpus
from documents.read import report_from_text
from tests.places import ROOT

REPORTS, SEED = 600, 3
FULL_WIDTH = str.maketrans(",:;()", "，：；（）")
NUMBER = re.compile(r"\d+")
# Headings, laws and what opens and divides every report.
FRAME = re.compile(
    "法治政府建设|全会精神|第一责任人|坚强领导|存在.*不足|存在.*问题|《.*》|（[一二三四五六七八九十]）|[一二三四五]、"
)


@cache
def corpus() -> tuple[Composed, ...]:
    return tuple(compose(Corpus(REPORTS, SEED), number) for number in range(REPORTS))


@cache
def texts() -> dict[str, str]:
    found = {made.path: made.text for made in corpus()}
    found.update(made.earlier for made in corpus() if made.earlier)
    return found


def truth(*kinds: str) -> list[dict]:
    return [item for made in corpus() for item in made.truth if item["kind"] in kinds]


def passages(item: dict) -> list[tuple[str, str]]:
    source, copy = (texts()[item[key]].translate(FULL_WIDTH) for key in ("source", "path"))
    return [(source[slice(*each["source"])], copy[slice(*each["copy"])]) for each in item["passages"]]


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_writes_the_same_bytes_whatever_the_number_of_processes(tmp_path: Path) -> None:
    for name, processes in (("one", 1), ("two", 2)):
        write_corpus(tmp_path / name, Corpus(REPORTS, SEED), processes)
    one = written(tmp_path / "one")
    assert one == written(tmp_path / "two")
    assert {name: text.encode() for name, text in texts().items()} == {n: t for n, t in one.items() if "/" in n}
    lines = one["truth.jsonl"].decode().splitlines()
    assert [json.loads(line) for line in lines] == json.loads(
        json.dumps([item for made in corpus() for item in made.truth])
    )


def test_another_seed_writes_other_reports() -> None:
    other = compose(Corpus(REPORTS, SEED + 1), 0)
    assert other.path != corpus()[0].path
    assert other.text != corpus()[0].text


def test_a_folder_that_holds_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("旧", encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.corpus", str(tmp_path), "--reports", "2"]
    utf8 = {"PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, cwd=ROOT, encoding="utf-8", env=utf8, check=False)
    assert done.returncode == 1
    assert "不是空的" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]


def test_no_two_reports_share_a_path_or_a_unit_and_year() -> None:
    assert len({made.path for made in corpus()}) == REPORTS
    # Counties of a large corpus share names across cities, so the region belongs to the unit.
    named = {(unit.region, unit.name, year) for unit, year in (assignment(SEED, number) for number in range(5_000))}
    assert len(named) == 5_000


def test_all_levels_and_years_occur_and_lengths_have_a_long_tail() -> None:
    drafted = [assignment(SEED, number) for number in range(REPORTS)]
    assert {unit.level for unit, _ in drafted} == {"province", "city", "county", "department", "township"}
    assert {year for _, year in drafted} == set(range(FIRST_YEAR, LAST_YEAR + 1))
    lengths = sorted(len(made.text) for made in corpus())
    assert 3_300 < sum(lengths) / REPORTS < 4_300
    assert lengths[-1] > 3 * lengths[REPORTS // 2] > 9 * lengths[0] / 2


# -- the truth ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_planted(kind: str) -> None:
    planted = truth(kind)
    assert planted
    assert all(item["passages"] for item in planted)
    assert all(one and other for item in planted for one, other in passages(item))


@pytest.mark.parametrize("kind", ["exact", "family"])
def test_exact_copies_are_the_same_words(kind: str) -> None:
    plain = [item for item in truth(kind) if not item["renamed"]]
    assert plain
    assert all(one == other for item in plain for one, other in passages(item))


@pytest.mark.parametrize("edits", [1, 2, 3])
def test_near_copies_differ_by_as_many_characters_as_said(edits: int) -> None:
    distances = [Levenshtein.distance(*pair) for item in truth(f"edits-{edits}") for pair in passages(item)]
    assert distances
    assert set(distances) == {edits}


def test_renamed_copies_say_what_the_copying_unit_would() -> None:
    changed = 0
    for item in truth("renamed"):
        for one, other in passages(item):
            unit, year = Path(item["source"]).stem.rsplit("_", 1)
            assert unit not in other
            assert year[:4] not in one or year[:4] == Path(item["path"]).stem.rsplit("_", 1)[1][:4] or one != other
            assert Levenshtein.normalized_similarity(NUMBER.sub("", one), NUMBER.sub("", other)) > 0.5
            changed += one != other
    assert changed > len(truth("renamed")) / 2


def test_pairs_copy_a_passage_of_three_to_eight_tenths() -> None:
    for item in truth("pair"):
        number = next(n for n in range(REPORTS) if corpus()[n].path == item["path"])
        source = cast(SEED, REPORTS)[number].source
        own = len(draft(SEED, source).own("work"))
        assert 0.25 * own - 3 <= len(item["passages"]) <= 0.8 * own + 1


def test_a_family_shares_one_passage() -> None:
    groups = defaultdict(list)
    for item in truth("family"):
        groups[item["group"]].append(item)
    assert len(groups) > 1
    for members in groups.values():
        assert len(members) >= 2
        assert len({(item["source"], str([each["source"] for each in item["passages"]])) for item in members}) == 1


def test_own_year_copies_keep_the_numbers_of_the_report_on_the_year_before() -> None:
    for item in truth("own-year"):
        source, copy = (Path(item[key]).stem.rsplit("_", 1) for key in ("source", "path"))
        assert (source[0], int(source[1][:4])) == (copy[0], int(copy[1][:4]) - 1)
        assert item["source"].startswith("earlier/")
        for one, other in passages(item):
            years = rf"{source[1][:4]}|{copy[1][:4]}|{int(copy[1][:4]) + 1}"
            assert re.sub(years, "", one) == re.sub(years, "", other)


def test_sources_copy_from_nobody() -> None:
    roles = cast(SEED, REPORTS)
    assert not {role.source for role in roles.values() if role.kind != "own-year"} & set(roles)


SHOWN = {
    "double-mark": "，，",
    "comma-and-stop": "，。",
    "placeholder": "XX",
    "wrong-sum": "，其中",
    "sentence-twice": "。",
    "heading-number": "（",
    "plan-year": "年",
    "heading-year": "年",
    "unpaired-mark": "“",
}


def test_defects_show_where_the_truth_says() -> None:
    planted = truth("defect")
    assert {item["defect"] for item in planted} == set(DEFECTS) == {*SHOWN, "missing-part"}
    for item in planted:
        text = texts()[item["path"]].translate(FULL_WIDTH)
        if item["defect"] == "missing-part":
            assert item["span"] is None
        else:
            shown = text[slice(*item["span"])]
            assert SHOWN[item["defect"]] in shown
            assert item["defect"] != "sentence-twice" or text.count(shown) > 1
            assert item["defect"] != "unpaired-mark" or shown.count("“") != shown.count("”")


# -- the texts ---------------------------------------------------------------------------------------------------------


def is_named(made: Composed, unit: str | None) -> bool:
    full = Path(made.path).stem.rsplit("_", 1)[0]
    return bool(unit) and unit.removesuffix("人民政府").removesuffix("办事处") in full


def test_reading_tells_unit_year_and_level() -> None:
    right = 0
    for number, made in enumerate(corpus()[:200]):
        report, (unit, year) = report_from_text(made.text), assignment(SEED, number)
        right += (
            is_named(made, report.unit and report.unit.value)
            and report.year is not None
            and report.year.value == year
            and report.level is not None
            and report.level.value == unit.level
        )
    assert right >= 0.98 * 200


def clauses(text: str) -> set[str]:
    """Clauses of 12 characters and more without their numbers, as the rate of real reports was measured."""
    parts = re.split(r"[，。；：\s]", NUMBER.sub("", text.translate(FULL_WIDTH)))
    return {part for part in parts if len(part) >= 12}


def is_common(clause: str) -> bool:
    """Whether it is what the regulations make every unit write: formulas, headings, laws, the frame of the report."""
    formulas = [template.replace("%%", "%") for template, _ in load_grammar().common["formula"]]
    parts = [part for formula in formulas for part in formula.rstrip("。").split("，")]
    return any(part in clause for part in parts) or FRAME.search(clause) is not None


def test_reports_share_no_more_clauses_than_real_ones() -> None:
    roles = cast(SEED, REPORTS)
    busy = {*roles, *(role.source for role in roles.values())}
    free = [number for number in range(REPORTS) if number not in busy and assignment(SEED, number)[1] == 2024][:31]
    reports = [clauses(corpus()[number].text) for number in free]
    shared = {clause for one, other in combinations(reports, 2) for clause in one & other}
    assert len(free) == 31
    assert any(map(is_common, shared)), "policy formulas must occur, as in life"
    assert len([clause for clause in shared if not is_common(clause)]) <= 0.01 * sum(map(len, reports))


def test_unplanted_sentences_are_their_report_s_own() -> None:
    roles = cast(SEED, REPORTS)
    busy = {*roles, *(role.source for role in roles.values())}
    owners = defaultdict(set)
    for number in set(range(REPORTS)) - busy:
        for sentence in draft(SEED, number).own():
            owners[NUMBER.sub("", sentence.text)].add(number)
    assert len(owners) > 10_000
    assert sum(len(each) > 1 for each in owners.values()) <= 0.0005 * len(owners)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_changes_marks_and_breaks_only(layout: str) -> None:
    made = draft(SEED, 5)
    plain, page = render(made), render(made, layout)
    assert re.sub(r"\s", "", page.text.translate(FULL_WIDTH)) == re.sub(r"\s", "", plain.text)
    assert ("\n" in page.text) != layout.endswith("one-line")
    assert ("，" in page.text) != layout.startswith("ascii")
    for line in made.lines:
        for sentence in line.sentences:
            assert page.text[slice(*page.span(sentence))].translate(FULL_WIDTH) == sentence.text


def test_all_layouts_occur_unless_plain_is_asked_for() -> None:
    mixed = {("\n" in made.text, "，" in made.text, "\u3000" in made.text) for made in corpus()}
    assert len(mixed) == len(LAYOUTS)
    plain = [compose(Corpus(40, SEED, mixed=False), number).text for number in range(40)]
    assert all("\n" in text and "，" in text and "\u3000" not in text for text in plain)


def test_names_suit_the_reported_year() -> None:
    later = [item for items in load_grammar().dated.values() for item in items]
    for number in range(150):
        year, text = assignment(SEED, number)[1], render(draft(SEED, number)).text
        assert not [item.name for item in later if item.name in text and not item.first <= year <= item.last]
