"""What is looked up is what the library's own table has; nothing else is loaded."""

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.general_dictionary import TOTAL, GeneralDictionary, library_dictionary
from checks.segmentation import dictionary, words_of

LINES = ["法治 20 n", "法 5 n", "法治政府 7 n", "治 3 v", "AT&T 3 nz", "依法治国 4 l"]


@lru_cache(maxsize=1)
def _library() -> tuple[dict[str, int], int]:
    jieba = pytest.importorskip("jieba")
    tokenizer = jieba.Tokenizer()
    return tokenizer.gen_pfdict(tokenizer.get_dict_file())  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _ours() -> GeneralDictionary:
    return library_dictionary()


def _parts(text: str) -> set[str]:
    return {text[start:end] for start in range(len(text)) for end in range(start + 1, len(text) + 1)}


@st.composite
def _texts(draw: st.DrawFn) -> str:
    words = st.sampled_from(sorted(_library()[0]))
    pieces = st.lists(st.one_of(words, st.text(max_size=3)), max_size=6)
    return "".join(draw(pieces))


def test_the_total_is_that_of_the_library() -> None:
    assert _library()[1] == TOTAL


@settings(max_examples=300, deadline=None)
@given(_texts())
def test_every_part_of_a_text_has_the_number_that_the_library_has(text: str) -> None:
    ours, theirs = _ours(), _library()[0]
    ours.look_up(text)
    for part in _parts(text):
        assert ours.frequencies.get(part) == theirs.get(part)


def test_only_what_a_text_needs_is_loaded() -> None:
    dictionary = GeneralDictionary(LINES, 42)
    dictionary.look_up("法治")
    assert dictionary.frequencies == {"法": 5, "法治": 20, "法治政": 0, "法治政府": 7, "治": 3}
    dictionary.look_up("AT")
    assert dictionary.frequencies["A"] == 0


@pytest.mark.parametrize("first", ["", "法治政府", "治"])
def test_an_added_word_counts_whether_or_not_its_beginning_was_loaded(first: str) -> None:
    dictionary = GeneralDictionary(LINES, 42)
    dictionary.look_up(first)
    dictionary.add("法治", 100)
    dictionary.add("治理人", 9)
    dictionary.look_up("法治理人")
    assert dictionary.frequencies["法治"] == 100
    assert (dictionary.frequencies["治"], dictionary.frequencies["治理"], dictionary.frequencies["治理人"]) == (3, 0, 9)
    assert dictionary.total == 151


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checks.general_dictionary._MOST_REMEMBERED", 3)
    dictionary = GeneralDictionary(LINES, 42)
    dictionary.look_up("".join(map(chr, range(0x4E00, 0x4E80))) + "法治")
    assert len(dictionary.known) <= 5
    assert dictionary.frequencies["法治"] == 20


@settings(max_examples=100, deadline=None)
@given(_texts())
def test_words_are_those_of_the_library(text: str) -> None:
    jieba = pytest.importorskip("jieba")
    theirs = jieba.Tokenizer()
    theirs.FREQ, theirs.total = _with_own_words()
    theirs.initialized = True
    assert list(words_of(text)) == list(theirs.cut(text, HMM=False))


@lru_cache(maxsize=1)
def _with_own_words() -> tuple[dict[str, int], int]:
    """The library's table with the words of the field, as the library adds them."""
    jieba = pytest.importorskip("jieba")
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = dict(_library()[0]), _library()[1]
    tokenizer.initialized = True
    for word, frequency in dictionary().own.items():
        tokenizer.add_word(word, frequency)
    assert tokenizer.total == dictionary().total
    return tokenizer.FREQ, tokenizer.total
