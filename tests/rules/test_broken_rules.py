"""Every broken rule file of tests/cases/broken_rules.yaml is refused at the right place, in words that help."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.errors import RuleFileError
from rules.model import Strict
from rules.strict_yaml import load_list
from tests.places import CASES
from tests.rules.sample import EXAMPLE, load_file


class BrokenFile(Strict):
    name: str
    file: str | None = None
    replace: str = ""
    by: str = ""
    at: str
    says: str
    hint: str = ""

    @property
    def content(self) -> str:
        return EXAMPLE.replace(self.replace, self.by) if self.file is None else self.file


def test_the_unbroken_example_loads(tmp_path: Path) -> None:
    assert [rule.id for rule in load_file(tmp_path, EXAMPLE).rules] == ["wording/example"]


@pytest.mark.parametrize("case", load_list(CASES / "broken_rules.yaml", BrokenFile), ids=lambda case: case.name)
def test_broken_rule_file(case: BrokenFile, tmp_path: Path) -> None:
    assert case.file is not None or EXAMPLE.count(case.replace) == 1
    with pytest.raises(RuleFileError) as raised:
        load_file(tmp_path, case.content)
    assert len(raised.value.problems) == 1, str(raised.value)
    problem = raised.value.problems[0]
    assert f"{problem.line}:{problem.column}" == case.at, str(problem)
    assert case.says in problem.message, str(problem)
    assert case.hint in problem.hint, str(problem)
    assert str(problem) == f"{tmp_path / 'house.yaml'}:{case.at}: {problem.message}" + (
        f"（{problem.hint}）" if problem.hint else ""
    )
    str(problem).encode("gbk")
