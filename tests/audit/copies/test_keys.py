import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.copies.keys import GRAM, make_keys

KEYS = st.lists(st.text(alphabet="法治政府建设年度报告市县区12一二a", max_size=40), max_size=12)


def test_hashes_are_the_same_on_every_machine_and_in_every_version() -> None:
    assert make_keys(["在集市设立赶集说法摊位"]).hashes.tolist() == [11013827735135191535]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("全年办理行政处罚案件12件", "全年办理行政处罚案件345件", True),
        ("区委区政府带头学法", "县委县政府带头学法", True),
        ("办结率98.5%", "办结率100%", True),
        ("组织干部学法", "组织群众学法", False),
        ("甲乙丙丁", "丁丙乙甲", False),
        ("甲甲乙", "甲乙乙", False),
    ],
)
def test_numbers_and_words_for_tiers_make_no_difference(one: str, other: str, equal: bool) -> None:
    hashes = make_keys([one, other]).hashes
    assert (hashes[0] == hashes[1]) is np.bool_(equal)


@given(KEYS, st.integers(0, 12))
def test_a_key_does_not_depend_on_what_stands_around_it(texts: list[str], at: int) -> None:
    whole, parts = make_keys(texts), [make_keys(texts[:at]), make_keys(texts[at:])]
    for name in ("codes", "lengths", "hashes", "signatures", "grams"):
        joined = np.concatenate([getattr(part, name) for part in parts])
        assert np.array_equal(getattr(whole, name), joined)


@given(KEYS)
def test_every_passage_has_a_key_and_only_long_ones_have_runs(texts: list[str]) -> None:
    keys = make_keys(texts)
    assert len(keys.lengths) == len(keys.hashes) == len(keys.signatures) == len(texts)
    assert keys.lengths.sum() + len(texts) == len(keys.codes)
    assert all(keys.lengths[owner] >= GRAM for owner in keys.gram_owners)


@given(st.text(alphabet="法治政府建设年度报告推进依行", min_size=12, max_size=60))
def test_a_passage_and_its_copy_in_a_longer_one_share_runs(text: str) -> None:
    inner, outer = make_keys([text]), make_keys([f"按照要求{text}取得成效"])
    assert set(inner.grams.tolist()) <= set(outer.grams.tolist())
