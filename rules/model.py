"""The models of a rule, of its examples and of a loaded pack."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from documents.report import UnitLevel

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Strict(BaseModel):
    """Base of everything read from YAML: unknown keys are errors, instances do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Parameters(Strict):
    """Base of the parameter model (``with:``) of each kind of check."""


class Level(StrEnum):
    """How much a finding weighs: any inspector insists, must be explained, or a remark (错误, 警告, 提示)."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confidence(StrEnum):
    """Whether the text of the cited source was seen. Rules resting on an unconfirmed fact stay at ``info``."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class YearRange(Strict):
    """Reported years, both ends included; an open end has no bound."""

    first: int | None = Field(default=None, alias="from")
    last: int | None = Field(default=None, alias="to")


class Applies(Strict):
    """The reports a rule is meant for. Nothing said means every report."""

    years: YearRange = YearRange()
    levels: tuple[UnitLevel, ...] = ()


class Assumption(Strict):
    """What an example is taken to be where its few lines do not say it themselves."""

    year: int | None = None
    level: UnitLevel | None = None
    unit: str | None = None


class Examples(Strict):
    """Texts on which the rule must (``fail``) and must not (``pass``) find something. The test suite runs them all."""

    assume: Assumption = Assumption()
    fail: tuple[Text, ...] = Field(min_length=1)
    passing: tuple[Text, ...] = Field(min_length=1, alias="pass")


class Rule(Strict):
    """One rule of a pack. ``levels`` gives a variant (``case``) that the check distinguishes a level of its own.

    ``aggregate_above`` is the number of findings in one report above which they become a single finding with a count.
    """

    id: RuleId
    check: str
    level: Level
    levels: dict[str, Level] = {}
    title: Text
    basis: Text
    confidence: Confidence = Confidence.CONFIRMED
    applies: Applies = Applies()
    parameters: Any = Field(default=None, alias="with")
    advice: Text
    examples: Examples
    aliases: tuple[RuleId, ...] = ()
    aggregate_above: int = Field(default=10, ge=1)

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """A rule that a pack inherits and does not run, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A loaded pack: every rule that runs, in order, and what identifies the version used.

    ``sha256`` covers every rule and fact file that took part, so equal hashes mean equal verdicts.
    """

    pack: str
    title: str
    rules: tuple[Rule, ...]
    switched_off: tuple[SwitchedOff, ...]
    sha256: str
