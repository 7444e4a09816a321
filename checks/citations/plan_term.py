"""Plans cited with a wrong term, or without their term.

Cases: ``wrong-term`` (the years are not those of the plan), ``no-term`` (the report nowhere states the years) and
``term-form`` (years without 年) and ``local-term``
(years that only a local plan of the name has).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pydantic import Field

from checks.citations.setting import is_a_work, is_central, is_local
from checks.citations.titles import Title, key_of
from checks.context import Context
from checks.kind import Kind
from checks.match import Match, Value
from documents.lazy_pattern import lazy_pattern
from rules.facts import Facts
from rules.facts.chronology import PlanKind
from rules.model import Parameters

_NAMED = lazy_pattern(r"《(?P<base>[^《》()]+)\((?P<first>\d{4})-(?P<last>\d{4})年\)》")
_TERM = lazy_pattern(r"(?P<first>\d{4})-(?P<last>\d{4})")
_WELL_FORMED = lazy_pattern(r"\(20[0-9]{2}年?[-—~至]{1,2}20[0-9]{2}年\)")
_PLACE = lazy_pattern(r"[\u4e00-\u9fff]{0,14}")


class PlanTermParameters(Parameters):
    """``local_terms``: terms such as ``2016-2020`` that plans of the same name made locally have."""

    local_terms: tuple[str, ...] = Field(
        default=(), description="地方同名规划、纲要常用的期限，如 2016-2020；写成这些期限不算写错"
    )


def run(context: Context, parameters: PlanTermParameters) -> Iterator[Match]:
    """Each wrong term; each plan without one, at its first naming."""
    terms = _terms(context.facts)
    local = {_years(text) for text in parameters.local_terms}
    titles = [title for title in context.titles if _base(title, terms)]
    with_term = {title.key for title in titles if title.tail}
    told: set[str] = set()
    for title in titles:
        if context.report.in_residue(title.span) or is_a_work(title):
            continue
        base = _base(title, terms)
        if title.term:
            yield from _wrong(context, title, terms[base], local)
        elif not title.tail and title.key not in with_term | told:
            told.add(title.key)
            yield _without(context, title, base, terms[base])


def _wrong(
    context: Context, title: Title, terms: list[tuple[int, int]], local: set[tuple[int, int]]
) -> Iterator[Match]:
    first, last = title.term or (0, 0)
    quote = context.report.quote(title.span)
    central = title.key in _terms(context.facts)
    right = "、".join(f"{start}—{end}年" for start, end in terms)
    # A plan for years after those on record may well exist.
    unknown = first > max(end for _, end in terms)
    allowed = terms if is_central(title) else {*terms, *local}
    if central and (first, last) not in allowed and not unknown and not is_local(title):
        values: dict[str, Value] = {"term": f"{first}-{last}", "right": right}
        yield Match(title.span, f"{quote}的期限写错，应为{right}", values=values, case="wrong-term")
    elif central and (first, last) in local.difference(terms) and not is_local(title):
        told = f"{quote}的期限与中央的{right}不同；指本地纲要的，请写明制定机关"
        yield Match(title.span, told, values={"term": f"{first}-{last}", "right": right}, case="local-term")
    elif not _WELL_FORMED.fullmatch(title.term_as_written):
        yield Match(title.span, f"{quote}的期限写法不规范，应写为“{first}—{last}年”", case="term-form")


def _without(context: Context, title: Title, base: str, terms: list[tuple[int, int]]) -> Match:
    quote = context.report.quote(title.span)
    known = f"，如“（{terms[-1][0]}—{terms[-1][1]}年）”" if title.key == base else ""
    return Match(title.span, f"{quote}没有写明期限{known}", values={"plan": base}, case="no-term")


def _base(title: Title, terms: Mapping[str, list[tuple[int, int]]]) -> str:
    """The plan that the title names, with or without a place in front; ``""`` for another title."""
    if not title.key.endswith(tuple(terms)):
        return ""
    for base in terms:
        if title.key.endswith(base) and _PLACE.fullmatch(title.key[: -len(base)]):
            return base
    return ""


def _terms(facts: Facts) -> Mapping[str, list[tuple[int, int]]]:
    return _terms_of(facts)


@lru_cache(maxsize=4)
def _terms_of(facts: Facts) -> dict[str, list[tuple[int, int]]]:
    terms: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for plan in facts.plans:
        named = _NAMED.fullmatch(plan.name)
        if plan.kind is PlanKind.DOCUMENT and named:
            terms[key_of(named["base"])].append((int(named["first"]), int(named["last"])))
    return dict(terms)


def _years(text: str) -> tuple[int, int]:
    term = _TERM.fullmatch(text)
    return (int(term["first"]), int(term["last"])) if term else (0, 0)


KIND = Kind(
    name="plan-term",
    summary="引用规划、纲要时期限写错，或者没有写明期限",
    parameters=PlanTermParameters,
    run=run,
    cases=("wrong-term", "local-term", "no-term", "term-form"),
)
