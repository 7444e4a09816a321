"""Blocks of passages: whatever blocks a batch is made of, it is the same batch."""

import itertools

import numpy as np
import pytest

from audit.assess import Auditor
from audit.copies.passages import ReportPassages, collect
from audit.copies.store import _COLUMNS, PARTS, Batch, cut, encode, report_count
from audit.inbox import find_submissions
from audit.packs import load_pack
from tests.places import ROOT


@pytest.fixture(scope="module")
def passages() -> list[ReportPassages]:
    auditor = Auditor(*load_pack())
    submissions = [item for item in find_submissions([ROOT / "seeds"]) if item.ignored is None]
    contexts = [context for _, context in auditor.assess_together([(item, None) for item in submissions])]
    return [collect(context) for context in contexts if context is not None]


@pytest.mark.parametrize("bounds", [(0, 5), (0, 1, 5), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5)])
def test_a_batch_of_cut_blocks_is_the_batch_of_the_whole_block(
    passages: list[ReportPassages], bounds: tuple[int, ...]
) -> None:
    assert len(passages) == 5
    whole = encode(passages)
    assert report_count(whole) == 5
    one, cuts = Batch([whole]), Batch([cut(whole, *pair) for pair in itertools.pairwise(bounds)])
    for name in _COLUMNS.keys() - {"grams", "gram_counts"}:
        assert np.array_equal(one.column(name), cuts.column(name)), name
    for part in range(PARTS):
        assert np.array_equal(one.grams(part), cuts.grams(part))
    for report in range(5):
        assert one.keys_of(report) == cuts.keys_of(report)
        assert one.outline_of(report) == cuts.outline_of(report)


def test_reports_encoded_apart_are_those_encoded_together(passages: list[ReportPassages]) -> None:
    together, apart = encode(passages[1:3]), cut(encode(passages), 1, 3)
    assert together == apart
