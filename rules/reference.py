"""The reference of the keys of a rule and of the kinds of checks in docs/rules.md, written from their models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from rules.model import Parameters, Rule, Strict

Schema = dict[str, Any]

KEYS, KINDS = "规则的各项", "检查种类"

_TYPES = {"string": "文字", "integer": "整数", "number": "数", "boolean": "true 或 false", "object": "几行“名称: 内容”"}
_HEADER = ("| {name} | 内容 | 不写时 | 说明 |", "| --- | --- | --- | --- |")


class DescribedKind(Protocol):
    """What the reference needs to know of a kind of check."""

    @property
    def name(self) -> str:
        """Its name in rule files."""

    @property
    def summary(self) -> str:
        """What it finds, in Chinese."""

    @property
    def parameters(self) -> type[Parameters]:
        """The model of ``with:``."""

    @property
    def cases(self) -> tuple[str, ...]:
        """The variants that ``levels:`` and ``titles:`` may name."""


def with_reference(page: str, kinds: Iterable[DescribedKind]) -> str:
    """``page`` with its two generated parts, the keys of a rule and the kinds of checks, written anew."""
    return replaced_part(replaced_part(page, KEYS, keys_reference()), KINDS, kinds_reference(kinds))


def keys_reference() -> str:
    """A Markdown table of the keys of a rule."""
    return "\n".join(_table("项", Rule))


def kinds_reference(kinds: Iterable[DescribedKind]) -> str:
    """A Markdown section for each kind: what it finds, its parameters with type and default, its cases."""
    return "\n\n".join("\n".join(_section(kind)) for kind in sorted(kinds, key=lambda kind: kind.name))


def replaced_part(page: str, part: str, content: str) -> str:
    """``page`` with its generated ``part`` written anew; the marks of where it begins and ends stay."""
    start, end = f"<!-- {part}：以下由程序生成 -->", f"<!-- {part}：以上由程序生成 -->"
    before, _, rest = page.partition(start)
    return f"{before}{start}\n\n{content}\n\n{end}{rest.partition(end)[2]}"


def _section(kind: DescribedKind) -> Iterator[str]:
    yield f"### `{kind.name}`"
    yield ""
    yield f"{kind.summary}。"
    if kind.parameters.model_fields:
        yield ""
        yield from _table("参数", kind.parameters)
    if kind.cases:
        yield ""
        yield f"可在 `levels`、`titles` 里另定级别和名称的情形：{'、'.join(f'`{case}`' for case in kind.cases)}。"


def _table(name: str, model: type[Strict]) -> Iterator[str]:
    schema = model.model_json_schema()
    yield from (line.format(name=name) for line in _HEADER)
    yield from _rows(schema, schema)


def _rows(model: Schema, schema: Schema, prefix: str = "") -> Iterator[str]:
    """A row for each key of ``model``, and for each key of the models in it."""
    for key, part in model["properties"].items():
        default = "必须写" if key in model.get("required", ()) else _default(part)
        cells = (f"`{prefix}{key}`", _type(part, schema), default, part.get("description", ""))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
        if "properties" in (inner := _resolved(part, schema)):
            yield from _rows(inner, schema, f"{prefix}{key}.")


def _resolved(part: Schema, schema: Schema) -> Schema:
    definition: Schema = schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    return definition


def _default(part: Schema) -> str:
    default = part.get("default")
    if isinstance(default, dict) or default in (None, [], ""):
        return "无"
    if isinstance(default, list):
        return "、".join(str(item) for item in default)
    return str(default).lower() if isinstance(default, bool) else str(default)


def _type(part: Schema, schema: Schema) -> str:
    part = _resolved(part, schema)
    if alternatives := part.get("anyOf", part.get("allOf")):
        return "或".join(dict.fromkeys(_type(each, schema) for each in alternatives if each.get("type") != "null"))
    if choices := part.get("enum", [part["const"]] if "const" in part else None):
        return "、".join(f"`{choice}`" for choice in choices)
    if part.get("type") == "array":
        items = part.get("items")
        return f"列表，每项为{_type(items, schema)}" if isinstance(items, dict) else "列表"
    return "正则表达式" if part.get("format") == "re2" else _TYPES.get(part.get("type", ""), "视检查种类而定")
