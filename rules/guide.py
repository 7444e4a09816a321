"""What a model says about the places in it: the keys it knows and their descriptions, read off its JSON Schema."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from pydantic import TypeAdapter

from rules.errors import Location

Schema = dict[str, Any]


class Guide:
    """Looks up keys and descriptions of a model by location."""

    def __init__(self, adapter: TypeAdapter[Any]) -> None:
        self._adapter = adapter

    def keys(self, location: Location) -> list[str]:
        """The keys that the mapping at ``location`` may have; empty where any key may stand."""
        return [key for schema in self._schemas(location) for key in schema.get("properties", {})]

    def description(self, location: Location) -> str:
        """What the key at ``location`` is for, in Chinese; empty where nothing is said."""
        return next((schema["description"] for schema in self._schemas(location) if "description" in schema), "")

    @cached_property
    def _root(self) -> Schema:
        return self._adapter.json_schema()

    def _schemas(self, location: Location) -> list[Schema]:
        found = self._resolved(self._root)
        for part in location:
            found = [deeper for schema in found for step in _steps(schema, part) for deeper in self._resolved(step)]
        return found

    def _resolved(self, schema: Schema) -> list[Schema]:
        own = {"description": schema["description"]} if "description" in schema and schema is not self._root else {}
        if reference := schema.get("$ref"):
            # The description of a definition is the docstring of its class, which is not meant for rule writers.
            definition = {**self._root["$defs"][reference.rpartition("/")[2]]}
            definition.pop("description", None)
            return self._resolved(definition | own)
        if alternatives := schema.get("anyOf"):
            return [deeper | own for each in alternatives for deeper in self._resolved(each)]
        return [schema]


def _steps(schema: Schema, part: str | int) -> list[Schema]:
    if isinstance(part, int):
        step = [*schema.get("prefixItems", []), *[schema.get("items")] * (part + 1)][part]
    else:
        step = schema.get("properties", {}).get(part) or schema.get("additionalProperties")
    return [step] if isinstance(step, dict) else []
