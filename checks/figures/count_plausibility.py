"""Counts that cannot be meant as written: more households than the place has, or an amount of money without 元."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.figures.clauses import clause_start
from checks.figures.reading import Figure, Passage, passages_with
from checks.kind import Kind
from checks.match import Match, NotAssessable
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span, UnitLevel
from rules.model import Parameters

_REACH = 12
_MONEY_FOLLOWS = lazy_pattern(
    "(?:以上|以下|左右|余)?(?:人民币)?(?:美|欧|港|日)?元|人次|[\u4e00-\u9fff]{0,2}(?:人|件|户|家|次|平方|亩|吨|字|辆)"
)
_SCALED = lazy_pattern(r"\d(?:\.\d+)?[万亿](?:[余多]|以上)?$")


class CountLimitParameters(Parameters):
    """``visits``: words of going from door to door; ``units``: what is counted; ``most``: the most by level."""

    visits: tuple[str, ...] = Field(min_length=1, description="上门、走访一类的词")
    units: tuple[str, ...] = Field(min_length=1, description="数量单位，如 户、家")
    most: dict[UnitLevel, int] = Field(description="各层级单位最多可能有多少，超过的应是“户次”一类")


def run_limit(context: Context, parameters: CountLimitParameters) -> Iterator[Match]:
    """Each count of visited places above what the unit can have."""
    report = context.report
    if report.level is None:
        raise NotAssessable("未能识别单位层级，无法判断走访户数是否合理")
    most = parameters.most.get(report.level.value)
    if most is None:
        return
    large = [passage for passage in context.figures for quantity in passage.quantities if quantity.value > most]
    for passage in dict.fromkeys(large):
        for figure in passage.figures:
            counts = figure.number > most and figure.unit in parameters.units
            if counts and _visited(passage, figure, parameters.visits):
                span = _span(report, figure)
                message = f"“{report.quote(span)}”超过本级单位可能有的数量：如为上门次数，应写“{figure.unit}次”"
                yield Match(span, message, values={"most": most})


def _visited(passage: Passage, figure: Figure, visits: tuple[str, ...]) -> bool:
    lead = passage.text[max(clause_start(passage, figure.start), figure.start - _REACH) : figure.start]
    return any(word in lead for word in visits)


def _span(report: Report, figure: Figure) -> Span:
    return Span(*report.view.to_text(figure.start, figure.end))


class MoneyUnitParameters(Parameters):
    """``amounts``: words that are followed by an amount of money."""

    amounts: tuple[str, ...] = Field(min_length=1, description="后面应跟金额的词，如 注册资本、罚款")


def run_money(context: Context, parameters: MoneyUnitParameters) -> Iterator[Match]:
    """Each amount in 万 or 亿 without 元 after a word for money."""
    report = context.report
    for passage in passages_with(context.figures, ("万", "亿")):
        for figure in passage.figures:
            if figure.unit or not _SCALED.search(figure.written):
                continue
            lead = passage.text[max(passage.start, figure.start - _REACH) : figure.start]
            if not any(lead.rstrip("达共计约为到超近逾").endswith(word) for word in parameters.amounts):
                continue
            if not _MONEY_FOLLOWS.match(passage.text, figure.end):
                span = _span(report, figure)
                yield Match(span, f"“{report.quote(span)}”后面缺少货币单位“元”")


LIMIT = Kind(
    name="count-limit",
    summary="走访户数等超过本级单位可能有的数量，单位应为“户次”",
    parameters=CountLimitParameters,
    run=run_limit,
)
MONEY = Kind(
    name="money-unit",
    summary="金额缺少“元”",
    parameters=MoneyUnitParameters,
    run=run_money,
)
