"""The models of a rule, of its examples, of a pack's manifest and of a loaded pack.

The Chinese descriptions of the keys are what the JSON Schema, the reference in docs/rules.md and hints to mistakes say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from documents.report import UnitLevel

RuleId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"),
    Field(description="规则编号，写作“类别/名称”，用小写字母、数字和连字符，如 sections/responsibility"),
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_SomeTexts = Annotated[tuple[Text, ...], Field(min_length=1)]
# A list, or a single text that stands for a list of one.
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list, json_schema_input_type=Text | tuple[Text, ...])]
SomeTexts = Annotated[_SomeTexts, BeforeValidator(_as_list, json_schema_input_type=Text | _SomeTexts)]


class Strict(BaseModel):
    """Base of everything read from YAML: unknown keys are errors, instances do not change.

    Validators are built at first use, since a part of a model needs none of its own.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


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

    first: int | None = Field(default=None, alias="from", description="最早的报告年度（含）")
    last: int | None = Field(default=None, alias="to", description="最晚的报告年度（含）")

    @model_validator(mode="after")
    def _in_order(self) -> YearRange:
        if self.first is not None and self.last is not None and self.first > self.last:
            raise ValueError(f"的 from（{self.first}）晚于 to（{self.last}）", "请对调，或删去其中一个")
        return self


class Applies(Strict):
    """The reports a rule is meant for. Nothing said means every report."""

    years: YearRange = Field(default=YearRange(), description="适用的报告年度，如 {from: 2019, to: 2025}")
    levels: tuple[UnitLevel, ...] = Field(
        default=(),
        description="适用的层级：province 省、city 市、county 县区、department 部门、township 乡镇街道；不写即全部",
    )


class Assumption(Strict):
    """What an example is taken to be where its few lines do not say it themselves."""

    year: int | None = Field(default=None, description="示例视为哪一年度的报告")
    level: UnitLevel | None = Field(default=None, description="示例视为哪一层级单位的报告")
    unit: Text | None = Field(default=None, description="示例视为哪个单位的报告")
    audited_year: int | None = Field(default=None, description="审核示例时指定的报告年度")


class Examples(Strict):
    """Texts on which the rule must (``fail``) and must not (``pass``) find something. The test suite runs them all."""

    assume: Assumption = Field(default=Assumption(), description="示例文字没有写明的年度、层级、单位")
    fail: SomeTexts = Field(description="规则应当查出问题的示例，至少一段")
    passing: SomeTexts = Field(alias="pass", description="规则不应查出问题的示例，至少一段")


class Rule(Strict):
    """One rule of a pack. ``levels`` and ``titles`` give a variant (``case``) that the check distinguishes its own.

    ``aggregate_above`` is the number of findings in one report above which they become a single finding with a count.
    """

    id: RuleId
    check: Text = Field(description="检查的种类，决定 with 下面可以写哪些参数")
    level: Level = Field(description="问题的级别：error 错误、warning 警告、info 提示")
    levels: dict[str, Level] = Field(default={}, description="某些情形另定的级别，如 {folded: info}")
    title: Text = Field(description="规则的名称，一句话说明查什么")
    titles: dict[str, Text] = Field(default={}, description="某些情形另用的名称，如 {folded: 未单独成章}")
    basis: Text = Field(description="依据：法规名称和条文；没有条文的写“审查口径(可调整)：…”")
    confidence: Confidence = Field(
        default=Confidence.CONFIRMED,
        description="依据是否已经核实：confirmed 已核实、unconfirmed 未核实；未核实的规则只能是 info",
    )
    applies: Applies = Field(default=Applies(), description="适用于哪些年度、哪些层级的报告；不写即全部适用")
    parameters: Any = Field(default=None, alias="with", description="检查的参数，随 check 而定")
    advice: Text = Field(description="整改建议，告诉报送单位怎么改")
    examples: Examples = Field(description="正反示例，既是说明也是测试")
    aliases: tuple[RuleId, ...] = Field(default=(), description="规则用过的旧编号")
    aggregate_above: int = Field(default=10, ge=1, description="一份报告中的问题超过这个数就合并为一条，注明总数")

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]


class Override(Strict):
    """What a pack changes in a rule it inherits: ``with`` is merged key by key, anything else is replaced."""

    id: RuleId
    level: Level | None = Field(default=None, description="改为这个级别")
    levels: dict[str, Level] | None = Field(default=None, description="各情形的级别，整个替换")
    title: Text | None = Field(default=None, description="改为这个名称")
    titles: dict[str, Text] | None = Field(default=None, description="各情形的名称，整个替换")
    basis: Text | None = Field(default=None, description="改为这个依据")
    applies: Applies | None = Field(default=None, description="改为适用于这些年度、层级")
    parameters: dict[str, Any] | None = Field(default=None, alias="with", description="要改的参数；没有写的参数照旧")
    advice: Text | None = Field(default=None, description="改为这条整改建议")
    aggregate_above: int | None = Field(default=None, ge=1, description="超过这个数就合并为一条")


class Off(Strict):
    """A rule that a pack inherits and does not run, and the reason, which the workbook shows."""

    id: RuleId
    reason: Text = Field(description="停用的理由，会写进审核工作簿")


class Pack(Strict):
    """The ``pack.yaml`` of a pack: its name, what it extends, and what it changes in the rules it inherits."""

    name: Annotated[str, StringConstraints(pattern=r"^[\w-]+$")] = Field(
        description="规则包的名称，只用文字、数字、下划线和连字符"
    )
    title: Text = Field(description="规则包的标题，会写进审核工作簿")
    extends: Texts = Field(default=(), description="在哪些规则包的基础上增改：内置规则包的名称，或相对本文件夹的路径")
    override: tuple[Override, ...] = Field(default=(), description="对继承来的规则的修改")
    off: tuple[Off, ...] = Field(default=(), description="停用的规则及理由")


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
