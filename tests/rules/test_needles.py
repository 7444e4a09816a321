"""The words without which a pattern cannot match."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from documents.normalised import normal_form
from rules.facts import Facts
from rules.needles import NOTHING, needles, needles_of_any
from rules.pattern import Re2Pattern
from rules.pattern_syntax import PatternError


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("法制政府", {"法制政府"}),
        ("合法权[宜意异]", {"合法权宜", "合法权意", "合法权异"}),
        ("权利的?制约", {"权利制约", "权利的制约"}),
        ("督查|督察", {"督查", "督察"}),
        ("取的(?:了)?(?:一定)?成效", {"取的成效", "取的了成效", "取的一定成效", "取的了一定成效"}),
        ("取的.{0,9}成效", {"取的"}),
        ("取的(?:了|.)成效显著", {"成效显著"}),
        (r"\d\.(?:次[^要]|宗)", {".次", ".宗"}),
        (r"(?:一|二)\s*密级", {"密级"}),
        ("(?:一般)+程序案件", {"程序案件"}),
        ("(?:本部|本委)+办", {"本部", "本委"}),
        ("[0-9]+件", {"件"}),
        ("（一）", {"(一)"}),
        (r"(?m:^\s*秘密\s*$)", {"秘密"}),
        (r"★\x{4e00}", {"★一"}),
        ("乡村|乡村振兴", {"乡村", "乡村振兴"}),
    ],
)
def test_words(source: str, words: set[str]) -> None:
    assert needles(source) == words


@pytest.mark.parametrize("source", [r"\d+", "[^一]", "(?i)ABC", r"\p{Han}{2}", "(?:法治|.)", "(?:法治)*[0-9]"])
def test_nothing_is_known(source: str) -> None:
    assert needles(source) == NOTHING


def test_one_pattern_of_which_nothing_is_known_hides_what_is_known_of_others() -> None:
    assert needles_of_any(["法治", "法制"]) == {"法治", "法制"}
    assert needles_of_any(["法治", "[0-9]"]) == NOTHING
    assert needles_of_any([]) == frozenset()


def test_every_slip_of_the_table_is_found_by_its_words() -> None:
    for slip in Facts().slips:
        words = needles(slip.wrong)
        # A word of a single character would stand in nearly every report.
        assert min(map(len, words)) > 1, slip.wrong
        assert all(any(word in normal_form(says) for word in words) for says in slip.says), slip.wrong


_PIECES = st.sampled_from(["甲", "乙", "丙丁", "[甲乙]", "[^甲]", ".", "1", "[1-3]", r"\d", r"\.", "。", "(?m:^甲)"])
_PATTERNS = st.recursive(
    _PIECES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,2}"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
    ),
    max_leaves=8,
)


@given(_PATTERNS, st.text("甲乙丙丁1.。\n", max_size=30))
def test_whatever_matches_has_one_of_the_words(source: str, text: str) -> None:
    try:
        pattern = Re2Pattern(source)
    except PatternError:
        assume(False)
    found = [match.group() for match in pattern.finditer(text)]
    assert all(any(word in words for word in needles(source)) for words in found)
