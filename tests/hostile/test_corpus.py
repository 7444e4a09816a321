"""Every kind of bad file in one inbox with good ones: each is named for what it is, and the good ones do not notice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random

from audit.inbox import find_submissions
from audit.isolation import assess_isolated
from audit.limits import Limits, PackChoice
from audit.record import JUDGED, ReportRecord
from tests.hostile.corpus import Bad, bad_files

PACK = PackChoice("fazhi")


def audited(inbox: Path) -> dict[str, ReportRecord]:
    submissions = find_submissions([inbox])
    records = list(assess_isolated(submissions, PACK, Limits(seconds=60.0, workers=2)))
    assert [record.path for record in records] == [submission.shown for submission in submissions]
    return {Path(record.path).relative_to(inbox).as_posix(): record for record in records}


def said(record: ReportRecord) -> tuple[tuple[str, str, str], ...]:
    """What was found, in a form that does not depend on the format of the file."""
    return tuple(sorted((finding.rule, finding.quote, finding.section) for finding in record.findings))


def put(inbox: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    inbox.mkdir()
    for name, data in files:
        (inbox / name).write_bytes(data)
    return inbox


def test_each_bad_file_is_named_and_the_good_ones_are_judged_as_ever(samples: dict[str, bytes], tmp_path: Path) -> None:
    good = [(f"好{number}.{kind}", data) for number in range(2) for kind, data in samples.items()]
    bad: list[Bad] = list(bad_files(samples, Random(7)))
    alone = audited(put(tmp_path / "好", good))
    for number in range(2):
        texts = {
            name: said(record) for name, record in alone.items() if name.startswith(f"好{number}") and record.findings
        }
        assert len(texts) == len(samples)
        assert len(set(texts.values())) == 1, texts
    together = audited(put(tmp_path / "混", [*good, *((item.name, item.data) for item in bad)]))
    for item in bad:
        record = together[item.name]
        assert record.status in item.statuses, (item.name, record.status, record.reason)
        assert record.reason, item.name
        assert record.next_step, item.name
    for name, record in together.items():
        assert record.status in JUDGED or not record.findings, name
        if name in alone:
            assert [finding.fingerprint for finding in record.findings] == [
                finding.fingerprint for finding in alone[name].findings
            ], name
            assert record.status == alone[name].status, name
    assert together["套娃.zip/里面.zip"].status == "over_limit"
    assert together["加密.zip/报告.txt"].status == "encrypted"
    assert together["越界.zip/../../../越界.txt"].status == "read"
    assert not (tmp_path.parent / "越界.txt").exists()
