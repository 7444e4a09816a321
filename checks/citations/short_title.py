"""Bare short titles such as 《条例》 that the report has not said the full title of."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.citations.short_titles import defined_short_titles
from checks.citations.titles import Title
from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from rules.model import Parameters

_AFTER_A_FULL_TITLE = ("》", "〉", ">", "(")


class ShortTitleParameters(Parameters):
    """``names``: the bare names that stand for nothing without a full title before them."""

    names: tuple[str, ...] = Field(min_length=1, description="单独使用时须先交代全称的名称，如条例、纲要")


def run(context: Context, parameters: ShortTitleParameters) -> Iterator[Match]:
    """The first use of each bare name before which no title ends with it and no definition stands."""
    report = context.report
    first: dict[str, Title] = {}
    for title in context.titles:
        if title.words in parameters.names and not title.nested and not report.in_residue(title.span):
            first.setdefault(title.words, title)
    defined = defined_short_titles(report) if first else frozenset()
    for name, title in first.items():
        earlier = report.view.text[: report.view.from_text(*title.span)[0]]
        if title.key not in defined and not any(f"{name}{mark}" in earlier for mark in _AFTER_A_FULL_TITLE):
            quote = report.quote(title.span)
            yield Match(title.span, f"{quote}此前没有交代全称，也没有写明“以下简称”", values={"name": name})


KIND = Kind(
    name="short-title",
    summary="文件简称没有交代全称",
    parameters=ShortTitleParameters,
    run=run,
)
