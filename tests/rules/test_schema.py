"""The JSON Schema for editors agrees with the loader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from checks.kinds import parameter_models
from rules.layers import BUILT_IN_FOLDER
from rules.model import Rule
from rules.schema import rule_schema
from tests.rules.sample import EXAMPLE, Words


def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


# As an editor reads YAML: with numbers, switches and dates.
def mistakes(schema: dict[str, Any], text: str) -> list[str]:
    tree = yaml.safe_load(text)
    return [error.message for error in validator(schema).iter_errors(tree)]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return rule_schema({"words": Words})


def test_the_example_is_valid(schema: dict[str, Any]) -> None:
    assert mistakes(schema, EXAMPLE) == []


@pytest.mark.parametrize(
    ("replace", "by"),
    [
        ("level: error", "level: eror"),
        ("check: words", "check: word"),
        ("  advice: 请改写\n", ""),
        ("  advice: 请改写\n", "  advise: 请改写\n  advice: 请改写\n"),
        ("words: [甲, 乙]", "words: 甲"),
        ("words: [甲, 乙]", "words: [甲, [乙]]"),
        ("words: [甲, 乙]", "patern: 甲"),
        ("    pass: [丙]", "    pass: []"),
        ("wording/example", "用词/示例"),
        ("  advice", "  aggregate_above: 许多\n  advice"),
        ("  advice", "  applies: {levels: [town]}\n  advice"),
    ],
)
def test_what_the_loader_refuses_is_invalid(replace: str, by: str, schema: dict[str, Any]) -> None:
    assert replace in EXAMPLE
    assert mistakes(schema, EXAMPLE.replace(replace, by))


@pytest.mark.parametrize(
    ("replace", "by"),
    [
        ("title: 用词示例", "title: 2023"),
        ("words: [甲, 乙]", "words: [2023, no, 1.10, '007']"),
        ("  advice", "  aggregate_above: '5'\n  advice"),
        ("  advice", "  aggregate_above: 5\n  advice"),
        ("  advice", "  applies: {years: {from: 2019, to: '2025'}, levels: [county]}\n  advice"),
        ("fail: [甲]", "fail: 甲"),
    ],
)
def test_what_the_loader_accepts_is_valid(replace: str, by: str, schema: dict[str, Any]) -> None:
    assert replace in EXAMPLE
    assert mistakes(schema, EXAMPLE.replace(replace, by)) == []


def test_with_is_required_where_it_must_say_something(schema: dict[str, Any]) -> None:
    start, end = EXAMPLE.index("  with:"), EXAMPLE.index("  advice:")
    assert mistakes(schema, EXAMPLE[:start] + EXAMPLE[end:]) == ["'with' is a required property"]


def test_every_key_is_described_in_chinese(schema: dict[str, Any]) -> None:
    properties = schema["$defs"]["Rule"]["properties"]
    assert list(properties) == [field.alias or name for name, field in Rule.model_fields.items()]
    for part in properties.values():
        assert not part["description"].isascii()
    assert "docstring" not in str(schema)
    assert schema["$defs"]["Words"]["properties"]["words"]["description"] == "要找的词"


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted(BUILT_IN_FOLDER.glob("*/*.yaml"))
        if path.parent.name != "data" and path.name != "pack.yaml"
    ],
    ids=lambda path: path.name,
)
def test_shipped_rule_files_are_valid(path: Path) -> None:
    assert mistakes(rule_schema(parameter_models()), path.read_text(encoding="utf-8")) == []
