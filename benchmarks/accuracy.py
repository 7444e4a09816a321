"""How right the program is: ``python -m benchmarks.accuracy [--json FILE] [--details] [--docs]`` in the checkout.

Judges the labelled reports (benchmarks/labelled) and mutants of the samples and of the clean labelled reports
(benchmarks/mutations), prints the tables of docs/accuracy.md, and with ``--docs`` writes that page. ``--details`` adds
every miss, false alarm and sprung trap.

Exit status: 0; 1 when a rule whose errors and warnings are right in less than nine cases of ten is not at ``info``;
3 when a label is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.accuracy_page import NOTES, PAGE, page, tables
from benchmarks.labels import faults, load_labelled
from benchmarks.scoring import Score, Tally
from benchmarks.trial import MutantScore, Trial, run
from rules.model import Ruleset


def main() -> int:
    """Measure, print the tables, write the files asked for."""
    arguments = _arguments()
    trial = run(with_mutants=not arguments.labelled_only)
    if wrong := list(label_faults(trial.ruleset)):
        print("\n".join(wrong), file=sys.stderr)
        return 3
    print(tables(trial))
    if arguments.details:
        print("\n".join(details(trial)))
    if arguments.json:
        arguments.json.write_text(
            json.dumps(figures(trial), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
        )
    if arguments.docs:
        PAGE.write_text(page(trial, NOTES.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    for rule in trial.together.imprecise_rules():
        print(f"{rule}：错误、警告的准确率不足90%，级别不得高于提示", file=sys.stderr)
    return 1 if trial.together.imprecise_rules() else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description="Measures the accuracy.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")
    parser.add_argument("--details", action="store_true", help="list every miss, false alarm and sprung trap")
    parser.add_argument("--docs", action="store_true", help="write docs/accuracy.md")
    parser.add_argument("--labelled-only", action="store_true", help="leave the mutants out")
    return parser.parse_args()


def label_faults(ruleset: Ruleset) -> Iterator[str]:
    """Every fault of every label, with the report it is in."""
    ids = frozenset(rule.id for rule in ruleset.rules)
    for report in load_labelled():
        yield from (f"{report.name}: {fault}" for fault in faults(report, ids))


def details(trial: Trial) -> Iterator[str]:
    """One line for each miss, false alarm and sprung trap."""
    for scored in trial.scores:
        yield from _labelled_details(scored)
    for repaired in trial.repair_scores:
        for alarm in repaired.false:
            yield f"误报 改正:{repaired.repair.report.name} {alarm.rule} “{repaired.repair.quote}” {alarm.message}"
    for mutant in trial.mutant_scores:
        yield from _mutant_details(mutant)


def _labelled_details(scored: Score) -> Iterator[str]:
    for label, finding in scored.defects:
        if finding is None:
            kind = "漏报" if label.sure else "漏报(存疑)"
            yield f"{kind} {label.family} {scored.name} “{label.quote or label.missing}” {label.why}"
    for alarm in scored.false:
        yield f"误报 {alarm.level.value} {alarm.rule} {scored.name} “{alarm.quote}” {alarm.message}"
    for label, finding in scored.traps:
        if finding is not None:
            yield f"陷阱 {finding.rule} {scored.name} “{label.quote}” {label.why}"
    yield from (f"识别 {name} {scored.name}" for name, right in scored.identity.items() if not right)


def _mutant_details(scored: MutantScore) -> Iterator[str]:
    mutant = scored.mutant
    if scored.finding is None:
        yield f"漏报 变异:{mutant.kind} {mutant.base} {mutant.note}"
    for alarm in scored.false:
        yield f"误报 变异:{mutant.kind} {alarm.rule} {mutant.base} “{alarm.quote}” {alarm.message}"


def figures(trial: Trial) -> dict[str, object]:
    """The tables as data."""
    return {
        "labelled": _tally(trial.totals.all),
        "labelled_families": {name: _tally(tally) for name, tally in sorted(trial.totals.families.items())},
        "mutated": _tally(trial.mutated.all),
        "mutated_families": {name: _tally(tally) for name, tally in sorted(trial.mutated.families.items())},
        "repairs": {"made": len(trial.repair_scores), "false": sum(len(item.false) for item in trial.repair_scores)},
        "rules": {name: _tally(tally) for name, tally in sorted(trial.together.rules.items())},
        "reports": {
            item.name: {"characters": item.characters, "clean": item.clean, "false": len(item.false), **item.identity}
            for item in trial.scores
        },
    }


def _tally(tally: Tally) -> dict[str, object]:
    counts = {name: getattr(tally, name) for name in Tally.__dataclass_fields__}
    return {**counts, "recall": tally.recall, "precision": tally.precision}


if __name__ == "__main__":
    sys.exit(main())
