"""The generated reference of kinds and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from rules.model import Level, Parameters
from rules.pattern import Re2Pattern
from rules.reference import keys_reference, kinds_reference, with_reference


class Sample(Parameters):
    words: tuple[str, ...] = Field(description="要找的词，用|隔开")
    patterns: tuple[Re2Pattern, ...] = Field(default=(), description="要找的写法")
    scope: Literal["all", "body"] = Field(default="all", description="查哪里")
    share: float | None = Field(default=None, description="比例")
    levels: tuple[Level, ...] = Field(default=(Level.INFO,), description="级别")
    strict: bool = Field(default=False, description="从严")


class Bare(Parameters):
    pass


@dataclass(frozen=True)
class Kind:
    name: str
    summary: str
    parameters: type[Parameters]
    cases: tuple[str, ...] = ()


KINDS = (Kind("words", "找词语", Sample, ("folded", "thin")), Kind("bare", "没有参数的检查", Bare))


def test_kinds() -> None:
    assert (
        kinds_reference(KINDS)
        == """\
### `bare`

没有参数的检查。

### `words`

找词语。

| 参数 | 内容 | 不写时 | 说明 |
| --- | --- | --- | --- |
| `words` | 列表，每项为文字 | 必须写 | 要找的词，用\\|隔开 |
| `patterns` | 列表，每项为正则表达式 | 无 | 要找的写法 |
| `scope` | `all`、`body` | all | 查哪里 |
| `share` | 数 | 无 | 比例 |
| `levels` | 列表，每项为`error`、`warning`、`info` | info | 级别 |
| `strict` | true 或 false | false | 从严 |

可在 `levels`、`titles` 里另定级别和名称的情形：`folded`、`thin`。"""
    )


def test_keys_go_into_the_models_within() -> None:
    rows = keys_reference().splitlines()
    assert "| `applies.years.from` | 整数 | 无 | 最早的报告年度（含） |" in rows
    assert sum(row.startswith("| `examples.assume") for row in rows) == 5
    assert all(row.count("|") == 5 for row in rows)


def test_only_what_stands_between_the_marks_changes() -> None:
    page = "\n".join(
        f"{part}前\n<!-- {part}：以下由程序生成 -->\n从前的表格\n<!-- {part}：以上由程序生成 -->\n{part}后"
        for part in ("规则的各项", "检查种类")
    )
    written = with_reference(page, KINDS)
    assert "从前的表格" not in written
    assert with_reference(written, KINDS) == written
    assert [line for line in written.splitlines() if line[-1:] in {"前", "后"}] == [
        "规则的各项前",
        "规则的各项后",
        "检查种类前",
        "检查种类后",
    ]
