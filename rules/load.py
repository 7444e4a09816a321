"""Loading of rule packs: every rule of a pack and of those it extends is validated, all mistakes reported at once.

A pack is a folder with a ``pack.yaml`` and any number of rule files. It may extend other packs, change rules that it
inherits and switch some of them off with a reason; national, provincial and house layers extend each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from rules.errors import Location, Problem, RuleFileError
from rules.facts import DATA_FOLDER
from rules.layers import Draft, LayerReader
from rules.model import Confidence, Level, Parameters, Rule, Ruleset
from rules.strict_yaml import read_text
from rules.validation import Owner, suggestion, validate

_RULE = TypeAdapter(Rule)


@dataclass(frozen=True, slots=True)
class ExampleNotation:
    """How the examples of rules with some ``checks`` are written.

    ``fault`` tells what is wrong with an example, in Chinese, ``hint`` how it ought to be written.
    """

    checks: frozenset[str]
    fault: Callable[[str], str | None]
    hint: str


def load_ruleset(
    pack: str | Path,
    parameter_models: Mapping[str, type[Parameters]],
    cases: Mapping[str, tuple[str, ...]] | None = None,
    notation: ExampleNotation | None = None,
) -> Ruleset:
    """Load the built-in pack of that name, or the pack in that folder.

    ``parameter_models`` gives the model of ``with:`` for each kind of check; ``cases`` the names that ``levels:`` of a
    rule of that kind may use; ``notation`` how examples of several reports are written.

    Raises :class:`RuleFileError` with every mistake of every file that takes part.
    """
    reader = LayerReader()
    layer = reader.read(str(pack))
    builder = _Builder(parameter_models, cases or {}, notation, reader.problems)
    rules = [builder.build(draft) for draft in layer.active()] if layer else []
    if reader.problems or layer is None:
        raise RuleFileError(reader.problems)
    present = tuple(rule for rule in rules if rule is not None)
    return Ruleset(layer.pack.name, layer.pack.title, present, tuple(layer.off.values()), _sha256(layer.files))


@dataclass(frozen=True, slots=True)
class _Builder:
    """Turns drafts into validated rules."""

    models: Mapping[str, type[Parameters]]
    cases: Mapping[str, tuple[str, ...]]
    notation: ExampleNotation | None
    problems: list[Problem]

    def build(self, draft: Draft) -> Rule | None:
        parameters = self._parameters(draft)
        rule = validate(_RULE, {**draft.tree, "with": parameters}, draft.place, self.problems)
        if rule is not None:
            self._check_confidence(rule, draft)
            self._check_cases(rule, draft)
            self._check_examples(rule, draft)
        return rule

    def _parameters(self, draft: Draft) -> Parameters | None:
        check = draft.tree.get("check")
        if not isinstance(check, str):
            return None
        if (model := self.models.get(check)) is None:
            self._report(draft, ("check",), f"没有名为“{check}”的检查", suggestion(check, tuple(self.models)))
            return None
        owner = Owner(draft.id, ("with",))
        return validate(_adapter(model), draft.tree.get("with", {}), draft.place, self.problems, owner)

    def _check_confidence(self, rule: Rule, draft: Draft) -> None:
        if rule.confidence is Confidence.CONFIRMED:
            return
        cases: list[tuple[Location, Level]] = [(("levels", case), level) for case, level in rule.levels.items()]
        for location, level in [(("level",), rule.level), *cases]:
            if level is not Level.INFO:
                message = "依据未经核实（confidence: unconfirmed）的规则只能是 info（提示）"
                self._report(draft, location, message, f"请把 {level} 改为 info，或核实依据后删去 confidence 一行")

    def _check_cases(self, rule: Rule, draft: Draft) -> None:
        known = self.cases.get(rule.check)
        named = [("levels", case) for case in rule.levels] + [("titles", case) for case in rule.titles]
        for key, case in named:
            if known is not None and case not in known:
                hint = suggestion(case, known) or f"请删去 {key}"
                self._report(draft, (key, case), f"检查“{rule.check}”没有名为“{case}”的情形", hint, at_key=True)

    def _check_examples(self, rule: Rule, draft: Draft) -> None:
        if self.notation is None or rule.check not in self.notation.checks:
            return
        for key, texts in (("fail", rule.examples.fail), ("pass", rule.examples.passing)):
            for index, text in enumerate(texts):
                if fault := self.notation.fault(text):
                    self._report(draft, ("examples", key, index), fault, self.notation.hint)

    def _report(self, draft: Draft, location: Location, message: str, hint: str, *, at_key: bool = False) -> None:
        place = draft.place(location, at_key=at_key)
        self.problems.append(Problem(*place, f"{draft.id}：{message}", hint))


@cache
def _adapter(model: type[Parameters]) -> TypeAdapter[Parameters]:
    return TypeAdapter(model)


def _sha256(files: Mapping[str, Path]) -> str:
    """Over names and contents, whatever the folder the files lie in and the line ends they have."""
    data = {f"data/{path.name}": path for path in DATA_FOLDER.iterdir() if path.suffix in {".yaml", ".txt"}}
    digest = hashlib.sha256()
    for name, path in sorted({**files, **data}.items()):
        text = "\n".join(read_text(path).splitlines())
        digest.update(f"{name}\n{len(text)}\n{text}\n".encode())
    return digest.hexdigest()
