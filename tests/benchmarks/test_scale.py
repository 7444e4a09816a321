"""The scale benchmark: its exponents, and one small corpus through the real command."""

import json
from pathlib import Path

import pytest

from benchmarks.scale import Plan, growth, measure_size


def sizes(*pairs: tuple[int, float]) -> list[dict]:
    return [{"reports": reports, "first": {"wall_s": wall}} for reports, wall in pairs]


@pytest.mark.parametrize(
    ("points", "exponent"),
    [
        ([(1000, 3.0), (10_000, 30.0)], 1.0),
        ([(1000, 3.0), (10_000, 30.0), (100_000, 300.0)], 1.0),
        ([(100, 1.0), (10_000, 10_000.0)], 2.0),
        ([(100, 5.0), (10_000, 5.0)], 0.0),
    ],
)
def test_growth_is_the_slope_of_the_logarithms(points: list[tuple[int, float]], exponent: float) -> None:
    assert growth(sizes(*points), "wall_s") == exponent


def test_one_size_tells_no_growth() -> None:
    assert growth(sizes((1000, 3.0)), "wall_s") is None


def test_a_small_corpus_through_the_real_command(tmp_path: Path) -> None:
    plan = Plan(engine="plain", seed=4, processes=1, against=False, timings=True)
    figures = measure_size(tmp_path, 60, plan)
    json.dumps(figures)
    assert figures["reports"] == 60
    assert figures["findings_per_report"] > 1
    assert figures["second"]["ratio"] > 0
    assert "judge" in figures["stages"]
    assert set(figures["copies"]["kinds"]) >= {"exact", "renamed", "pair", "family", "edits-1"}
    assert all(each["pair_recall"] == 1 for kind, each in figures["copies"]["kinds"].items() if kind != "edits-3")
    planted = sum(each["pairs"] for each in figures["copies"]["kinds"].values())
    assert figures["copies"]["pairs_found"] >= figures["copies"]["pairs_true"] >= planted - 1
    again = measure_size(tmp_path, 60, plan)
    assert again["generated_s"] is None, "a corpus that is there is used again"
    assert again["copies"] == figures["copies"]
