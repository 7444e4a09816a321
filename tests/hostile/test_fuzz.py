"""Files damaged at random, in every format: nothing crashes, nothing hangs, and nothing unread is judged."""

from __future__ import annotations

from pathlib import Path
from random import Random

from audit.inbox import find_submissions
from audit.isolation import assess_isolated
from audit.limits import Limits, PackChoice
from audit.record import JUDGED, Status
from tests.hostile.mutations import mutated
from tests.hostile.samples import FORMATS

# `python -m benchmarks.hostile fuzz` does the same with as many files as are wanted.
FILES_A_FORMAT = 25
FEWER = {"doc": 8, "rtf": 8}


def test_damaged_files_are_named_or_read(samples: dict[str, bytes], tmp_path: Path) -> None:
    random = Random(20240301)
    for kind in FORMATS:
        for number in range(FEWER.get(kind, FILES_A_FORMAT)):
            (tmp_path / f"{number:03}.{kind}").write_bytes(mutated(samples[kind], random))
    submissions = find_submissions([tmp_path])
    records = list(assess_isolated(submissions, PackChoice("fazhi"), Limits(seconds=60.0, workers=2)))
    assert len(records) == len(submissions)
    for record in records:
        assert record.status not in {Status.CRASHED, Status.TIMED_OUT}, (record.path, record.reason)
        assert record.status in JUDGED or not record.findings, record.path
        assert record.status is Status.READ or record.reason, record.path
    assert {record.format for record in records if record.status in JUDGED} >= {"text", "html"}
