"""Strict YAML: text stays text, every place is known, and nothing but a RuleFileError ever comes out."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import Field

from rules.errors import Problem, RuleFileError
from rules.model import Strict
from rules.strict_yaml import MAX_BYTES, load_list, read_yaml


class Item(Strict):
    name: str
    count: int = 0
    since: date | None = None
    share: Annotated[float, Field(ge=0, le=1)] = 0
    on: bool = False


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(folder: Path, content: str | bytes) -> Problem:
    with pytest.raises(RuleFileError) as raised:
        read_yaml(written(folder, content))
    return raised.value.problems[0]


@pytest.mark.parametrize(
    "scalar",
    ["12:30", "no", "off", "yes", "true", "00123", "017", "0x1F", "1.10", "1e3", "2023-12-31", ".inf", "=", "-"],
)
def test_scalars_stay_as_written(scalar: str, tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, f"- {scalar}\n- 'b'" if scalar != "-" else "- '-'\n- b")).tree == [scalar, "b"]


def test_models_turn_text_into_what_they_need(tmp_path: Path) -> None:
    path = written(tmp_path, "- {name: 12:30, count: 007, since: 2023-12-31, share: '0.5', on: yes}\n- {name: no}")
    assert load_list(path, Item) == (
        Item(name="12:30", count=7, since=date(2023, 12, 31), share=0.5, on=True),
        Item(name="no"),
    )


def test_a_list_is_no_mapping_and_a_mapping_no_list(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError, match="应当是几行"):
        load_list(written(tmp_path, "- [法治]\n"), Item)
    with pytest.raises(RuleFileError, match="应当是一个列表"):
        load_list(written(tmp_path, "name: 法治\n"), Item)


def test_all_mistakes_are_reported_in_order(tmp_path: Path) -> None:
    path = written(tmp_path, "- name: 甲\n  cuont: 1\n- count: 多\n- name: 丙\n  since: 去年\n  share: 2\n")
    with pytest.raises(RuleFileError) as raised:
        load_list(path, Item)
    assert [(problem.line, problem.column, problem.message) for problem in raised.value.problems] == [
        (2, 3, "甲：没有“cuont”这一项"),
        (3, 3, "缺少“第 2 项.name”"),
        (3, 10, "“第 2 项.count”应当是整数，不能是“多”"),
        (5, 10, "丙：“第 3 项.since”应当是日期，不能是“去年”"),
        (6, 10, "丙：“第 3 项.share”不能大于 1.0"),
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    file = read_yaml(written(tmp_path, "\ufeff- name: 甲\r\n  count: '1'\r\n"))
    assert file.tree == [{"name": "甲", "count": "1"}]
    assert file.place((0, "count"))[1:] == (2, 10)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- 名称: 法治政府建设\n".encode("gb18030"), "GBK/GB18030"),
        ("- 名称: 法治\n".encode("utf-16"), "UTF-16"),
        ("- 名称: 甲\n- 乙".encode() + b"\xff", "不是 UTF-8"),
    ],
)
def test_other_encodings_are_named(content: bytes, message: str, tmp_path: Path) -> None:
    problem = refused(tmp_path, content)
    assert message in problem.message
    assert problem.hint == "请另存为 UTF-8 编码"


def test_the_first_byte_that_is_not_utf8_is_placed(tmp_path: Path) -> None:
    problem = refused(tmp_path, "- 名称: 甲\n- 乙".encode() + b"\xff")
    assert (problem.line, problem.column) == (2, 4)


def test_control_characters_are_placed(tmp_path: Path) -> None:
    problem = refused(tmp_path, "- 甲\n- 乙\x07\n")
    assert (problem.line, problem.column, problem.message) == (2, 4, "有不可见的控制字符（U+0007）")


def test_size_limit(tmp_path: Path) -> None:
    assert "1,000,001 字节" in refused(tmp_path, "- " + "x" * (MAX_BYTES - 1)).message


def test_a_folder_or_missing_file_is_a_problem_of_the_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(RuleFileError, match="文件无法读取"):
            read_yaml(path)


BOMBS = {
    "billion laughs": "a: &a [x]\n"
    + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
    "recursive alias": "&a [*a]",
    "merge keys": "a: &a {x: y}\nb: {<<: *a}",
    "python object": "!!python/object/apply:os.system ['touch pwned']",
    "python name": "a: !!python/name:os.system",
    "deep flow": "[" * 100_000,
    "deep mapping": "{a: " * 50_000,
    "deep block": "".join("  " * depth + "- \n" for depth in range(500)),
    "many documents": "--- a\n" * 50_000,
    "complex keys": "? " * 50_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_refused(bomb: str, tmp_path: Path) -> None:
    refused(tmp_path, bomb)
    assert not Path("pwned").exists()


def test_a_long_list_of_problems_is_cut_short(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as raised:
        read_yaml(written(tmp_path, "- *a\n" * 500))
    assert len(raised.value.problems) == 500
    assert str(raised.value).splitlines()[-1] == "……另有 400 处问题未列出"


yaml_like = st.text(alphabet=st.sampled_from(list("ab法:：-?[]{},&*!|>'\"%@`#\\d \t\n0~<=.\u3000\u2028")), max_size=60)


@settings(max_examples=400, deadline=None)
@given(content=st.one_of(st.binary(max_size=80), st.text(max_size=80), yaml_like))
@example("'")
@example("- ? a\n  : b")
@example("!<tag:yaml.org,2002:str> a")
@example("%YAML 1.2\n--- a")
@example("a\u0085b: \ufeffc")
def test_arbitrary_content_raises_nothing_else(content: str | bytes) -> None:
    data = content.encode(errors="surrogatepass") if isinstance(content, str) else content
    with TemporaryDirectory() as folder, suppress(RuleFileError):
        load_list(written(Path(folder), data), Item)


plain_text = st.text(
    alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters="\ufeff")
)


@settings(max_examples=200, deadline=None)
@given(texts=st.lists(plain_text, min_size=1))
def test_single_quoted_text_comes_back_unchanged(texts: list[str]) -> None:
    content = "".join("- '{}'\n".format(text.replace("'", "''")) for text in texts)
    with TemporaryDirectory() as folder:
        assert read_yaml(written(Path(folder), content)).tree == texts
