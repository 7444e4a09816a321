"""What an audit is told about findings beforehand: what sets some aside, and the baseline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit.baseline import Baseline
from audit.baseline_file import read_baseline
from audit.suppression_file import Entry, EntryFile, find_suppressions
from flows.steps import RunPlan


@dataclass(frozen=True, slots=True)
class Marks:
    """Files of suppressions beside the reports and further ones, inspectors' decisions that set findings aside, and the
    baseline that was asked for."""

    files: tuple[EntryFile, ...]
    decisions: tuple[Entry, ...]
    baseline: Baseline | None

    @property
    def any(self) -> bool:
        """Whether there is anything to mark."""
        return bool(self.files or self.decisions) or self.baseline is not None


def read_marks(plan: RunPlan, decisions: tuple[Entry, ...]) -> Marks:
    """What there is for a run. Raises audit.baseline_file.BaselineError."""
    request = plan.request
    reports = [submission.shown for submission in plan.submissions]
    files = find_suppressions(request.paths, reports, [Path(file) for file in request.suppressions])
    return Marks(tuple(files), decisions, read_baseline(Path(request.baseline)) if request.baseline else None)
