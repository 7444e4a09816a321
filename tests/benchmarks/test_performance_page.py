"""docs/performance.md says what the kept figures say, in neutral words."""

import json
import re
from copy import deepcopy

import pytest

from benchmarks.peers.__main__ import AREAS
from benchmarks.peers_section import peers_section
from benchmarks.performance_page import FIGURES, NOTES, PAGE, page, scale_section


def kept(name: str) -> dict:
    return json.loads((FIGURES / f"{name}.json").read_text(encoding="utf-8"))


def rows(text: str, first: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith(f"| {first}")]


def test_the_page_is_what_the_kept_figures_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "请运行 python -m benchmarks.performance_page"


def test_the_page_has_every_part() -> None:
    text = page()
    for heading in ("## 与目标比较", "## 规模", "### 预埋的照抄", "## 与其他库并列比较", "## 怎样测量"):
        assert heading in text
    assert NOTES.read_text(encoding="utf-8").strip() in text
    assert set(kept("peers")["areas"]) == set(AREAS)


def test_the_page_names_no_machine_and_no_place() -> None:
    kept_text = "".join(path.read_text(encoding="utf-8") for path in FIGURES.iterdir())
    assert not re.search(r"(^|[\s\"(])/(?:home|tmp|root|work|usr|var)\b", page() + kept_text)


def full(**changes: float) -> dict:
    """Figures of a run over 100,000 reports that meets every target but for ``changes``."""
    scale = deepcopy(kept("scale"))
    size = scale["sizes"][-1]
    size["reports"] = 100_000
    size["first"].update(wall_s=290.0, peak_mib=4000)
    size["second"]["ratio"] = 0.05
    for each in size["copies"]["kinds"].values():
        each.update(passage_recall=0.98, pair_recall=0.99)
    size["copies"].update(precision=0.99)
    scale["growth"]["wall_s"] = 1.02
    size["first"].update({name: value for name, value in changes.items() if name in size["first"]})
    size["second"]["ratio"] = changes.get("ratio", 0.05)
    size["copies"]["precision"] = changes.get("precision", 0.99)
    size["copies"]["kinds"]["edits-3"]["passage_recall"] = changes.get("edits", 0.98)
    size["copies"]["kinds"]["renamed"]["passage_recall"] = changes.get("renamed", 0.98)
    scale["growth"]["wall_s"] = changes.get("growth", 1.02)
    return scale


def verdicts(scale: dict) -> list[str]:
    lines = scale_section(scale).split("## 规模")[0].splitlines()
    return [line.strip("| ").rpartition(" | ")[2] for line in lines if line.startswith("| ")][2:]


def test_all_targets_met() -> None:
    assert verdicts(full()) == ["是"] * 7


@pytest.mark.parametrize(
    ("at", "changes"),
    [
        (0, {"wall_s": 301.0}),
        (1, {"peak_mib": 4200}),
        (2, {"growth": 1.2}),
        (3, {"ratio": 0.11}),
        (4, {"renamed": 0.96}),
        (5, {"edits": 0.89}),
        (6, {"precision": 0.96}),
    ],
)
def test_each_target_is_judged_by_its_own_figure(at: int, changes: dict[str, float]) -> None:
    told = verdicts(full(**changes))
    assert [number for number, verdict in enumerate(told) if verdict == "否"] == [at]


def test_a_small_run_judges_no_target_of_a_hundred_thousand() -> None:
    scale = full()
    scale["sizes"][-1]["reports"] = 5000
    assert verdicts(scale)[:3] == ["未测", "未测", "未测"]
    assert "（5,000份）" in scale_section(scale)


def test_ratios_are_to_the_first_contestant() -> None:
    area = {
        "input": {"texts": 3, "characters": 9000, "terms": [500, 5000]},
        "contestants": {
            "ours": {"ms_per_4000": {"500": 0.1, "5000": 0.2}, "peak_mib": 10},
            "slow": {"version": "1.2", "ms_per_4000": {"500": 0.5, "5000": 4.0}, "peak_mib": 1234},
            "absent": {"skipped": "没有安装absent"},
        },
    }
    text = peers_section({"machine": kept("peers")["machine"], "areas": {"terms": area}})
    assert rows(text, "ours") == [["ours", "0.10", "0.20", "10 MiB"]]
    assert rows(text, "slow") == [["slow 1.2", "0.50（5倍）", "4.00（20倍）", "1,234 MiB"]]
    assert rows(text, "absent") == [["absent", "没有安装absent", "—", "—"]]
