"""Titles of laws and documents that are wrong.

Cases: ``nonexistent`` (a law that there is not), ``misnamed`` (a known slip), ``near`` (close to a right title),
``unlisted`` (a law that is not among those of the state), ``implementing`` (rules for a law that are called otherwise),
``joined`` (several laws in one pair of marks), ``informal`` (an abbreviation) and ``unverified`` (resting on a title
whose source was not seen, or on a table that ends before the reported year).
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.citations.lookup import Lookup, RightTitle, lookup
from checks.citations.setting import is_a_work, is_central, is_local
from checks.citations.short_titles import defined_short_titles
from checks.citations.titles import Title, key_of
from checks.citations.unlisted import implementing_rules, is_of_another_state, is_unlisted_law, likely_meant
from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.years.reporting_time import latest_writing
from documents.lazy_pattern import lazy_pattern
from documents.report import Certainty
from rules.facts.chronology import Misnomer
from rules.model import Confidence, Parameters

_NATIONAL = "中华人民共和国"
_SEPARATOR = lazy_pattern("[、,和与及]")


class LawTitleParameters(Parameters):
    """``known_to``: the last year of which the tables hold all laws; ``allow``: titles that are right all the same."""

    known_to: int = Field(default=2025, description="法律名称表收录到哪一年；更晚年度的报告只作提示")
    allow: tuple[str, ...] = Field(default=(), description="看似写错、其实无误的题名")


def run(context: Context, parameters: LawTitleParameters) -> Iterator[Match]:
    """Each title that no law or document bears and that one is meant by."""
    known = lookup(context.facts)
    unknown = [title for title in context.titles if not known.knows(title.key)]
    defined = defined_short_titles(context.report) if unknown else frozenset()
    for title in unknown:
        if title.key in defined or title.words in parameters.allow:
            continue
        slip = known.misnomers.get(title.key)
        if slip:
            match = _misnomer(context, known, title, slip)
        else:
            match = _joined(context, known, title) or _near(context, known, title)
            if match is None and _is_covered(context, parameters.known_to):
                match = _unlisted(context, known, title)
        if match and not is_a_work(title) and not context.report.in_residue(title.span):
            yield _as_far_as_known(context, match, parameters.known_to)


def _misnomer(context: Context, known: Lookup, title: Title, slip: Misnomer) -> Match | None:
    of_a_law = title.key.endswith("法")
    if not is_central(title) if slip.central else not of_a_law and is_local(title):
        return None
    if of_a_law and is_of_another_state(title):
        return None
    meant = [name for name in slip.meant if _existed(context, known, name)]
    quote = context.report.quote(title.span)
    told = "没有这个名称的法律、法规" if slip.kind == "nonexistent" else "不是规范的全称"
    message = f"{quote}{told}{_suggestion(meant)}{f'（{slip.note}）' if slip.note else ''}"
    return Match(title.span, message, values={"meant": list(meant)}, case=slip.kind)


def _joined(context: Context, known: Lookup, title: Title) -> Match | None:
    names = _SEPARATOR.split(title.words)
    if len(names) < 2 or not all(known.knows(key_of(name)) for name in names):
        return None
    message = f"{context.report.quote(title.span)}把几部法律、法规写在一个书名号内，应当分别加书名号"
    return Match(title.span, message, values={"meant": list(names)}, case="joined")


def _near(context: Context, known: Lookup, title: Title) -> Match | None:
    nearest = known.nearest(title.key)
    if nearest is None and _may_be_padded(title):
        nearest = known.padded(title.key, national=_NATIONAL in title.words)
    if nearest is None or (not nearest.name.endswith("法") and is_local(title)):
        return None
    quote = context.report.quote(title.span)
    message = f"{quote}与规范名称不符{_suggestion([nearest.name])}，请核对"
    # 《新行政处罚法》 is an edition, named within the marks.
    case = "informal" if title.key == f"新{key_of(nearest.name)}" else _case(nearest)
    return Match(title.span, message, values={"meant": [nearest.name]}, case=case)


def _may_be_padded(title: Title) -> bool:
    """Laws are national; regulations with a word more than national ones may be those of a place."""
    return title.key.endswith("法") or _NATIONAL in title.words or not is_local(title)


def _unlisted(context: Context, known: Lookup, title: Title) -> Match | None:
    quote = context.report.quote(title.span)
    if right := implementing_rules(title, known):
        message = f"{quote}的名称与公布的不符{_suggestion([right])}，请核对"
        return Match(title.span, message, values={"meant": [right]}, case="implementing")
    if not is_unlisted_law(title, known):
        return None
    meant = [name for name in likely_meant(title.key, context.facts) if _existed(context, known, name)]
    message = f"没有查到{quote}这个名称的法律{_suggestion(meant)}，请核对"
    return Match(title.span, message, values={"meant": list(meant)}, case="unlisted")


def _is_covered(context: Context, known_to: int) -> bool:
    """Whether the tables hold all laws that the report can name."""
    return context.report.year is None or context.report.year.value <= known_to


def _case(nearest: RightTitle) -> str:
    return "near" if nearest.confidence is Confidence.CONFIRMED else "unverified"


def _suggestion(meant: list[str]) -> str:
    return f"，疑为{'或'.join(f'《{name}》' for name in meant)}" if meant else ""


def _existed(context: Context, known: Lookup, name: str) -> bool:
    """Whether the report may mean it: nothing is suggested that was made only later."""
    report = context.report
    law = known.law(name)
    if law is None or law.citable_from is None or report.year is None:
        return True
    return report.year.certainty is Certainty.GUESS or law.citable_from <= latest_writing(report)


def _as_far_as_known(context: Context, match: Match, known_to: int) -> Match:
    year = context.report.year
    if year is None or year.value <= known_to or match.case == "informal":
        return match
    return Match(match.span, match.message, match.related, match.values, "unverified")


KIND = Kind(
    name="law-title",
    summary="法律、法规、文件的名称写错，或者没有这部法律",
    parameters=LawTitleParameters,
    run=run,
    cases=("nonexistent", "misnamed", "near", "unlisted", "implementing", "joined", "informal", "unverified"),
)
