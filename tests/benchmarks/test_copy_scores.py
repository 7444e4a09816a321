"""The scorer: a run with known misses and false pairs gets the known recall and precision."""

import json
from pathlib import Path

import pytest

from benchmarks.copy_scores import FoundPair, FoundPassage, Passage, Planted, read_run, read_truth, score


def planted(kind: str, copy: str, source: str, passages: int = 1, group: int | None = None) -> Planted:
    places = [(100 * at, 100 * at + 40) for at in range(passages)]
    return Planted(kind, copy, source, group, tuple(Passage(place, (place[0] + 7, place[1] + 7)) for place in places))


def pair(copy: str, source: str, shown: int = 1, sentences: int = 0, *, swapped: bool = False) -> FoundPair:
    samples = []
    for at in range(shown):
        places = (100 * at + 7, 100 * at + 47), (100 * at, 100 * at + 40)
        (start, end), (other_start, other_end) = reversed(places) if swapped else places
        samples.append(FoundPassage(start, end, other_start, other_end))
    one, other = (source, copy) if swapped else (copy, source)
    return FoundPair(one, other, sentences or shown, tuple(samples))


TRUTH = [
    planted("exact", "b", "a", 4),
    planted("exact", "d", "c", 1),
    planted("renamed", "f", "e", 2),
    planted("edits-1", "h", "g", 2),
    planted("pair", "j", "i", 10),
    planted("family", "l", "k", 3, group=0),
    planted("family", "m", "k", 3, group=0),
    planted("own-year", "n", "earlier/n", 5),
]
PERFECT = [pair(copy.path, copy.source or "", len(copy.passages)) for copy in TRUTH]


def test_a_perfect_run() -> None:
    scores = score(TRUTH, PERFECT, earlier=True).figures()
    assert {kind: each["passage_recall"] for kind, each in scores["kinds"].items()} == dict.fromkeys(
        ("exact", "renamed", "edits-1", "pair", "family", "own-year"), 1.0
    )
    assert (scores["precision"], scores["missed"], scores["false"]) == (1.0, [], [])


def test_an_empty_run() -> None:
    scores = score(TRUTH, []).figures()
    assert all(each["pair_recall"] == each["passage_recall"] == 0 for each in scores["kinds"].values())
    assert scores["precision"] is None
    assert "own-year" not in scores["kinds"], "not asked for without earlier reports"
    assert len(scores["missed"]) == 7


@pytest.mark.parametrize("at", range(7))
def test_each_pair_that_is_missing_is_missed_once(at: int) -> None:
    scores = score(TRUTH, PERFECT[:at] + PERFECT[at + 1 :])
    copy = TRUTH[at]
    missed = scores.kinds[copy.kind]
    assert (missed.pairs - missed.pairs_found, missed.passages - missed.passages_found) == (1, len(copy.passages))
    assert all(each.pairs == each.pairs_found for kind, each in scores.kinds.items() if kind != copy.kind)
    assert scores.missed == [f"{copy.kind} ×{len(copy.passages)} {copy.path} <- {copy.source}"]


def test_recall_counts_passages() -> None:
    found = [pair("b", "a", shown=3), pair("e", "f", shown=1)]
    kinds = score(TRUTH, found).kinds
    assert (kinds["exact"].pairs_found, kinds["exact"].passages_found, kinds["exact"].passages) == (1, 3, 5)
    assert kinds["renamed"].passages_found == 1


def test_the_order_of_a_pair_does_not_matter() -> None:
    kinds = score(TRUTH, [pair("b", "a", shown=4, swapped=True)]).kinds
    assert kinds["exact"].passages_found == 4


def test_passages_beyond_the_samples_are_counted_by_number() -> None:
    assert score(TRUTH, [pair("j", "i", shown=3, sentences=9)]).kinds["pair"].passages_found == 9
    assert score(TRUTH, [pair("j", "i", shown=3, sentences=30)]).kinds["pair"].passages_found == 10


def test_other_places_of_the_right_pair_are_no_find() -> None:
    elsewhere = FoundPair("b", "a", 1, (FoundPassage(5000, 5040, 6000, 6040),))
    half = FoundPair("b", "a", 1, (FoundPassage(7, 47, 6000, 6040),))
    for wrong in (elsewhere, half):
        exact = score(TRUTH, [wrong]).kinds["exact"]
        assert (exact.pairs_found, exact.passages_found) == (1, 0)


def test_precision_counts_pairs_that_share_nothing_planted() -> None:
    scores = score(TRUTH, [*PERFECT[:3], pair("a", "d"), pair("x", "y")]).figures()
    assert (scores["pairs_found"], scores["pairs_true"], scores["precision"]) == (5, 3, 0.6)
    assert scores["false"] == ["a ~ d", "x ~ y"]


def test_members_of_a_family_share_its_passage_with_each_other() -> None:
    assert score(TRUTH, [pair("l", "m")]).figures()["precision"] == 1.0
    assert score(TRUTH, [pair("l", "b")]).figures()["precision"] == 0.0


def test_a_unit_s_own_two_years_are_not_judged() -> None:
    own = FoundPair("b", "b-before", 1, (), earlier=True)
    assert score(TRUTH, [*PERFECT[:2], own]).figures()["precision"] == 1.0


def test_recall_by_how_many_sentences_were_taken() -> None:
    taken = score(TRUTH, [pair("b", "a", 4), pair("h", "g", 2)]).figures()["taken"]
    assert {number: (each["pairs"], each["pairs_found"]) for number, each in taken.items()} == {
        "1": (1, 0),
        "2": (2, 1),
        "3+": (1, 1),
    }


RUN = {
    "schema": 1,
    "reports": [{"path": "b", "findings": [{"rule": "x", "values": {"copies": [1]}}, {"rule": "y"}]}, {"path": "a"}],
    "summary": {"reports": 2},
    "copies": [
        {
            "path": "b",
            "unit": None,
            "other_path": "a",
            "sentences": 1,
            "passages": [{"start": 7, "end": 47, "quote": "照抄", "other_start": 0, "other_end": 40, "similarity": 1}],
            "earlier": False,
        }
    ],
    "families": [],
}


@pytest.mark.parametrize("indent", [None, 1, 2])
def test_a_run_is_read_however_it_is_laid_out(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "findings.json"
    path.write_text(json.dumps(RUN, ensure_ascii=False, indent=indent), encoding="utf-8")
    found = read_run(path)
    assert (found.reports, found.findings) == (2, 2)
    assert score(TRUTH, found.pairs).kinds["exact"].passages_found == 1


def test_a_run_without_copies_is_read(tmp_path: Path) -> None:
    path = tmp_path / "findings.json"
    path.write_text('{"reports": []}', encoding="utf-8")
    assert read_run(path).pairs == ()


def test_defects_are_no_copies(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    lines = [{"kind": "defect", "defect": "plan-year", "path": "a", "span": [1, 2]}]
    lines.append({"kind": "exact", "path": "b", "source": "a", "passages": [{"source": [0, 40], "copy": [7, 47]}]})
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    assert [item.kind for item in read_truth(path)] == ["exact"]
