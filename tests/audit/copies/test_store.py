from pathlib import Path

import numpy as np

from audit.copies.passages import ReportPassages, collect
from audit.copies.store import Batch, encode
from tests.audit.copies.copy_reports import honest, report

REPORTS = [collect(context) for context in (*honest(5), report([], "空白镇人民政府"))]


def contents(batch: Batch) -> list[object]:
    return [
        (batch.keys_of(number), batch.places_of(number), batch.outline_of(number), batch.hashes_of(number))
        for number in range(len(batch))
    ]


def test_the_chunks_make_no_difference() -> None:
    whole, parts = Batch([encode(REPORTS)]), Batch([encode(REPORTS[:2]), encode([]), encode(REPORTS[2:])])
    assert contents(whole) == contents(parts)
    assert all(np.array_equal(whole.grams(part), parts.grams(part)) for part in range(8))


def test_blocks_are_read_from_files_as_from_memory(tmp_path: Path) -> None:
    block = encode(REPORTS)
    file = tmp_path / "00001"
    file.write_bytes(block)
    assert contents(Batch([file])) == contents(Batch([block]))


def test_a_report_without_passages_has_its_place() -> None:
    batch = Batch([encode(REPORTS)])
    assert batch.counts.tolist() == [12, 12, 12, 12, 12, 0]
    assert batch.keys_of(5) == ()


def test_the_same_reports_give_the_same_bytes() -> None:
    again: list[ReportPassages] = [collect(context) for context in (*honest(5), report([], "空白镇人民政府"))]
    assert encode(again) == encode(REPORTS)


def test_many_reports_are_encoded_in_steps() -> None:
    many = REPORTS[:5] * 50
    batch = Batch([encode(many)])
    assert len(batch) == 250
    assert batch.keys_of(249) == batch.keys_of(4)
    assert {int(gram & np.uint64((1 << 26) - 1)) for part in range(8) for gram in batch.grams(part)} <= set(range(3000))
