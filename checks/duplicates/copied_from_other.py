"""Text shared with the report of another unit: one match for each such report.

Cases: ``slight`` (little of the report), ``source`` (by their dates the other one copied) and ``version`` (the other is
a report of the same unit on the same year), and none for a substantial part of the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.comparison import Direction, OtherReport
from checks.context import Context
from checks.kind import Kind, Scope
from checks.match import Match
from documents.report import UnitLevel
from rules.model import Parameters

_SAMPLES = 4


class CopiedFromOtherParameters(Parameters):
    """Lengths are in characters without punctuation, numbers, unit names and policy formulas."""

    min_length: int = Field(default=15, ge=8, description="去掉固定表述后至少几个字的句子才作为照抄的证据")
    min_characters: int = Field(default=23, ge=8, description="极少见的相同句子合计至少几个字，一句也可")
    min_sentences: int = Field(default=3, ge=1, description="不那么少见的相同句子至少几句，合计字数为上一项的两倍")
    strict_levels: tuple[UnitLevel, ...] = Field(
        default=(UnitLevel.PROVINCE,), description="两份报告都属于这些层级时从严：按 strict_characters 计"
    )
    strict_characters: int = Field(
        default=150, ge=8, description="从严时，相同句子不少于 min_sentences 句且合计至少几个字"
    )
    similarity: float = Field(default=0.8, ge=0.6, le=1, description="两句话的相似度达到此值，算基本相同")
    common_share: float = Field(
        default=1 / 3, gt=0, le=1, description="本批报告中超过这个比例的报告都有的句子，视为通用表述"
    )
    template_sentences: int = Field(
        default=5, ge=1, description="通用表述相同的句数达到此值且占比达到 template_share，仍算照抄"
    )
    template_share: float = Field(default=0.2, gt=0, le=1, description="相同文字占报告的比例，与上一项合用")
    substantial_share: float = Field(default=0.15, ge=0, le=1, description="相同文字占报告的比例低于此值，只作提示")


def run(context: Context, parameters: CopiedFromOtherParameters) -> Iterator[Match]:
    """Yield one match for each other report that shares text with this one."""
    others = context.compared.others if context.compared else ()
    for other in others:
        passages = other.passages[:_SAMPLES]
        yield Match(
            span=passages[0].span,
            message=_message(other),
            values=_values(other),
            case=_case(other, parameters),
            elsewhere=tuple(passage.other for passage in passages),
        )


def _case(other: OtherReport, parameters: CopiedFromOtherParameters) -> str | None:
    if other.is_version:
        return "version"
    if other.direction is Direction.TO_OTHER:
        return "source"
    return "slight" if other.share < parameters.substantial_share else None


def _message(other: OtherReport) -> str:
    name = f"{other.unit or '未识别单位'}{f'{other.year}年度' if other.year else ''}报告（{other.path}）"
    amount = f"{other.sentences}句、约{other.share:.0%}的文字"
    if other.is_version:
        same = f"本报告有{amount}与同一单位同一年度的另一份报告（{other.path}）相同"
        return f"{same}，可能是同一报告的两个版本，请确认以哪一份为准"
    shared = f"本报告有{amount}与{name}相同或基本相同{_figures(other)}"
    if other.direction is Direction.TO_OTHER:
        return f"{shared}；{other.reason}，可能是对方参照了本报告，请核实"
    reason = f"；{other.reason}" if other.reason else "；从日期看不出谁先谁后"
    return f"{shared}{reason}，请核实并改写为本单位的实际情况"


def _figures(other: OtherReport) -> str:
    if not other.same_figures:
        return ""
    return "，连数字也相同" if other.same_figures == other.sentences else f"，其中{other.same_figures}句连数字也相同"


def _values(other: OtherReport) -> dict[str, str | int | float | None]:
    return {
        "other_path": other.path,
        "other_unit": other.unit,
        "other_year": other.year,
        "share": other.share,
        "other_share": other.other_share,
        "sentences": other.sentences,
        "characters": other.characters,
        "same_figures": other.same_figures,
        "similarity": other.passages[0].similarity,
        "direction": other.direction.value if other.direction else None,
    }


KIND = Kind(
    name="copied-from-other",
    summary="与其他单位的报告文字相同（审核一批报告时比对）",
    parameters=CopiedFromOtherParameters,
    run=run,
    cases=("slight", "source", "version"),
    scope=Scope.BATCH,
)
