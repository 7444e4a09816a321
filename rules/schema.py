"""The JSON Schema of rule files, for editors that check and complete YAML while it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from rules.model import Parameters, Rule

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# An editor reads an unquoted 2023, no or 1.10 as a number or a switch; rule files have them as text, and the other way
# round a quoted number is as good as a plain one.
_SCALARS: Mapping[str, Schema] = {
    "string": {"type": ["string", "number", "boolean"]},
    "integer": {"type": ["integer", "string"], "pattern": r"^\s*[+-]?[0-9]+\s*$"},
    "number": {"type": ["number", "string"], "pattern": r"^\s*[+-]?[0-9.]+\s*$"},
    "boolean": {"type": ["boolean", "string"]},
}
_NAMED = ("properties", "$defs", "patternProperties")


def rule_schema(parameter_models: Mapping[str, type[Parameters]]) -> Schema:
    """The schema (draft 2020-12) of a file of rules; what ``with`` may hold follows from ``check``."""
    models: list[type[Rule] | type[Parameters]] = [Rule, *parameter_models.values()]
    references, definitions = models_json_schema([(model, "validation") for model in dict.fromkeys(models)])
    parameters = {name: references[model, "validation"] for name, model in parameter_models.items()}
    schema = _for_editors(definitions)
    for definition in schema["$defs"].values():
        definition.pop("description", None)
    rule = schema["$defs"]["Rule"]
    rule["properties"]["check"] |= {"enum": sorted(parameter_models)}
    if parameters:
        rule["allOf"] = [_with(name, parameters[name], schema) for name in sorted(parameters)]
    title = "法治政府建设年度报告审核规则"
    return {"$schema": DIALECT, "title": title, "type": "array", "items": references[Rule, "validation"], **schema}


def _with(check: str, reference: Schema, schema: Schema) -> Schema:
    definition = schema["$defs"][reference["$ref"].rpartition("/")[2]]
    then: Schema = {"properties": {"with": reference}}
    if definition.get("required"):
        then["required"] = ["with"]
    return {"if": {"properties": {"check": {"const": check}}, "required": ["check"]}, "then": then}


def _for_editors(schema: Any) -> Any:
    """``schema`` with the scalars of YAML, without the names of classes and fields that pydantic adds."""
    if isinstance(schema, list):
        return [_for_editors(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    edited = {key: _members(value) if key in _NAMED else _for_editors(value) for key, value in schema.items()}
    edited.pop("title", None)
    kind = edited.get("type")
    if isinstance(kind, str) and kind in _SCALARS and not edited.keys() & {"enum", "const"}:
        edited |= {key: value for key, value in _SCALARS[kind].items() if key == "type" or key not in edited}
    return edited


def _members(named: Mapping[str, Any]) -> Schema:
    return {name: _for_editors(value) for name, value in named.items()}
