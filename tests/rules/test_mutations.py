"""A rule file or manifest with anything in the wrong place is refused in words; it never crashes the loader."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.errors import RuleFileError
from rules.load import load_ruleset
from rules.strict_yaml import read_yaml
from tests.places import CASES
from tests.rules.sample import EXAMPLE, Words, load_file

KEYS = [
    *("id", "check", "level", "levels", "title", "basis", "confidence", "applies", "years", "from", "to", "with"),
    *("words", "pattern", "since", "whole", "either", "examples", "assume", "fail", "pass", "aliases", "override"),
    *("off", "reason", "extends", "name", "parameters", "passing", "first"),
]
texts = st.sampled_from(
    ["error", "info", "words", "wording/example", "3", "-1", "甲", "甲：乙", "2023-12-31", "true", "(", ""]
)
anything = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Every container with each of its keys."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else []
    return [(tree, key) for key in keys] + [place for key in keys for place in places(tree[key])]


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_a_rule_with_anything_anywhere(data: st.DataObject) -> None:
    tree = deepcopy(read_yaml(CASES / "example_rule.yaml").tree)
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(tree)))
        if isinstance(container, dict) and data.draw(st.booleans()):
            key = data.draw(st.sampled_from(KEYS))
        container[key] = data.draw(anything)
    with TemporaryDirectory() as folder, suppress(RuleFileError):
        load_file(Path(folder), json.dumps(tree, ensure_ascii=False))


@settings(max_examples=100, deadline=None)
@given(more=st.dictionaries(st.sampled_from(["name", "title", "extends", "override", "off", "ofs"]), anything))
def test_a_manifest_with_anything_in_it(more: dict[str, Any]) -> None:
    manifest = {"name": "house", "title": "本局", **more}
    with TemporaryDirectory() as folder, suppress(RuleFileError):
        (Path(folder) / "rules.yaml").write_text(EXAMPLE, encoding="utf-8")
        (Path(folder) / "pack.yaml").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
        load_ruleset(folder, {"words": Words})
