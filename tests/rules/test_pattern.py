"""Patterns of rule files: what they find, where, how fast, and what is refused."""

from __future__ import annotations

import pickle
import re
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from documents.normalised import normal_form
from rules.model import Strict
from rules.pattern import Re2Match, Re2Pattern
from rules.pattern_syntax import PatternError
from rules.strict_yaml import load_list
from tests.places import CASES


class Case(Strict):
    pattern: str
    text: str
    finds: tuple[str, ...]


@pytest.mark.parametrize("case", load_list(CASES / "patterns.yaml", Case), ids=lambda case: case.pattern)
def test_what_a_pattern_finds(case: Case) -> None:
    view = normal_form(case.text)
    matches = list(Re2Pattern(case.pattern).finditer(view))
    assert tuple(match.group() for match in matches) == case.finds
    assert all(view[match.start() : match.end()] == match.group() for match in matches)


def test_offsets_are_in_characters() -> None:
    text = "共办理𠀀案件12件,调解34宗。"
    matches = list(Re2Pattern(r"(?P<count>\d+)(件|宗)(,)?").finditer(text))
    assert [(match.span(), match.group()) for match in matches] == [((6, 10), "12件,"), ((12, 15), "34宗")]


def test_a_range_is_searched_as_if_it_were_the_whole_text() -> None:
    text = "法治政府法治社会法治"
    pattern = Re2Pattern("法治$")
    assert [match.span() for match in pattern.finditer(text, 2, 6)] == [(4, 6)]
    assert [match.span() for match in Re2Pattern("^法治").finditer(text, 4)] == [(4, 6)]
    assert Re2Pattern("国家").search(text) is None
    assert Re2Pattern("法治").sub("德治", text) == "德治政府德治社会德治"


def test_as_a_value() -> None:
    pattern = Re2Pattern(r"\d+件")
    assert pickle.loads(pickle.dumps(pattern)) == pattern
    assert pattern == Re2Pattern(r"\d+件")
    assert hash(pattern) == hash(Re2Pattern(r"\d+件"))
    assert pattern != Re2Pattern(r"\d+宗")
    assert repr(pattern) == r"Re2Pattern('\\d+件')"


def test_as_a_field_of_a_model() -> None:
    adapter = TypeAdapter(tuple[Re2Pattern, ...])
    assert adapter.validate_python(["甲", Re2Pattern("乙")]) == (Re2Pattern("甲"), Re2Pattern("乙"))
    assert adapter.dump_python((Re2Pattern("甲"),)) == ("甲",)
    assert adapter.json_schema()["items"] == {"type": "string", "format": "re2", "minLength": 1}
    with pytest.raises(ValidationError, match="反向引用"):
        adapter.validate_python([r"(.)\1"])


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("(?=甲)乙", "环视"),
        ("(?!甲)乙", "环视"),
        ("(?<=甲)乙", "环视"),
        ("(?P<a>甲)(?P=a)", "反向引用"),
        ("(?P<a b>甲)", "分组名称"),
        ("(?x)甲", "(?… 写法"),
        ("(?>甲)", "(?… 写法"),
        ("*甲", "前面没有"),
        ("甲**", "不能连用"),
        ("甲{3,2}", "重复次数"),
        ("甲{1001}", "重复次数"),
        ("甲)", "圆括号"),
        ("[甲", "方括号"),
        ("[z-a]", "范围"),
        (r"\p{Hanzi}", r"\p 名称"),
        (r"\h", "反斜杠"),
        ("甲\\", "末尾"),
        (r"\Q甲\E", r"\Q"),
        (r"[\ud800]", "不是字符"),
        (r"\x{110000}", "不是字符"),
        ("[㎡]", "几个字"),
        ("[Ⅰ-Ⅹ]", "范围“Ⅰ-Ⅹ”"),
        ("", "匹配空白"),
        ("甲?", "匹配空白"),
        ("甲|", "匹配空白"),
        ("^", "匹配空白"),
        ("(?m)^", "匹配空白"),
        (r"\b", "匹配空白"),
        (r"a*\b", "匹配空白"),
        (r"\w\b", "挨着汉字"),
        (r"[甲a]\b", "挨着汉字"),
        ("甲+^乙", "永远匹配不到"),
        (r"甲\z乙", "永远匹配不到"),
        ("甲[^\\x00-\\x{10FFFF}]", "永远匹配不到"),
        ("甲\u200b乙", "永远匹配不到"),
    ],
)
def test_refused(pattern: str, message: str) -> None:
    with pytest.raises(PatternError) as raised:
        Re2Pattern(pattern)
    assert message in raised.value.args[0]


@pytest.mark.parametrize(
    "pattern", ["甲?^乙", "甲*^乙", "乙$丙?", "(?m)甲$\n^乙", "(甲|^)乙", "(乙|$)|丙", r"^\d", r"甲\$乙", "[$]乙"]
)
def test_anchors_that_can_match_are_accepted(pattern: str) -> None:
    if pattern == "(乙|$)|丙":
        with pytest.raises(PatternError, match="匹配空白"):
            Re2Pattern(pattern)
    else:
        Re2Pattern(pattern)


CATASTROPHIC = [
    r"(\S+\s*)+[甲乙丙]$",
    r"([^。]+[,。]?)+附件[甲乙丙]$",
    r"^(.*建设.*)+[甲乙丙]$",
    r"(\w+\s?)*:[甲乙丙]",
    r".*.*.*=[甲乙丙]",
    r"(?:.|\n)*?建设(?:.|\n)*?责任(?:.|\n)*?追究(?:.|\n)*?甲乙丙",
    r"((a*)*)*b",
    r"(x+x+)+y",
]


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_patterns_that_would_never_end_elsewhere_come_to_an_end(pattern: str) -> None:
    text = "推进法治政府建设,落实责任。xxxxxxxxxxaaaaaaaaaa" * 200
    assert not list(Re2Pattern(pattern).finditer(text))


simple = st.text(alphabet=st.sampled_from("甲乙12a.|()[]*+?^$\\d-，（）０ \n"), min_size=1, max_size=12)


@settings(max_examples=500, deadline=None)
@given(source=simple, text=st.text(alphabet="甲乙12a,()0 \n", max_size=30))
def test_never_anything_but_a_pattern_error_and_never_an_empty_match(source: str, text: str) -> None:
    try:
        pattern = Re2Pattern(source)
    except PatternError:
        assume(False)
    matches = list(pattern.finditer(text))
    assert all(text[match.start() : match.end()] == match.group() != "" for match in matches)
    assert all(left.end() <= right.start() for left, right in pairwise(matches))


@settings(max_examples=300, deadline=None)
@given(literal=st.text(alphabet="法治建设，。（）：%．[]{}*+?|^$\\-12ａＢ", min_size=1, max_size=8))
def test_an_escaped_literal_finds_its_own_normal_form(literal: str) -> None:
    form = normal_form(literal)
    match = Re2Pattern(re.escape(literal)).search(f"甲{form}乙")
    assert match is not None
    assert match.span() == (1, 1 + len(form))


_LISTS = ["原因", "原因|由于|因为|因", "因|原因|因为", "法治|依法|法治政府"]
_OTHERS = [
    "原因[^此]",
    "原因|由于.",
    "原因|(?:由|因)于",
    "(?:原因|由于)",
    "原因|A",
    "^原因",
    "原因$",
    "原|" * 2000 + "因",
]


@pytest.mark.parametrize(("sources", "kind"), [(_LISTS, re.Match), (_OTHERS, Re2Match)])
def test_lists_of_words_are_left_to_python(sources: list[str], kind: type) -> None:
    found = [Re2Pattern(source).search(text) for source in sources for text in ("原因", "法治", "因于", "由于此")]
    assert {type(match) for match in found if match} == {kind}


@given(st.sampled_from(_LISTS), st.text("原因由于为依法治政府。", max_size=30), st.integers(0, 5), st.integers(10, 30))
def test_python_and_re2_find_the_same(source: str, text: str, start: int, end: int) -> None:
    found = [match.span() for match in Re2Pattern(source).finditer(text, start, end)]
    assert found == [match.span() for match in Re2Pattern(f"(?:{source})").finditer(text, start, end)]
