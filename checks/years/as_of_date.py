"""截至 dates: the day to which a figure was counted, against the reported year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, Value
from checks.years.reporting_time import in_words, latest_writing, own_date, reported_year
from checks.years.setting import in_plan_section
from documents.lazy_pattern import lazy_pattern
from documents.numerals import parse_han_integer
from documents.report import Span
from documents.years import year_number
from rules.model import Parameters

_HAN = "一二三四五六七八九"
_YEAR = f"(?:19|20)[0-9]{{2}}|[一二][〇零{_HAN}]{{3}}"
_MONTH = f"1[0-2]|0?[1-9]|十[一二]?|[{_HAN}]"
_DAY = f"3[01]|[12][0-9]|0?[1-9]|[二三]?十[{_HAN}]?|[{_HAN}]"
_AS_OF = lazy_pattern(
    f"截(?:至|止到?|止至)(?:(?P<year>{_YEAR})年度?|(?P<current>今年|本年|当年))?"
    f"(?:(?P<month>{_MONTH})月(?:份)?(?:(?P<day>{_DAY})[日号]|[初底末]|[上中下]旬)?"
    "|(?P<whole>底|末|年底|年末|12月底))"
)
_FIGURE = lazy_pattern(r"(?:累计|共|已|为|受理|办理|完成|达|新增|办结|开展|实现|查处|建成)[^。;]{0,40}?[0-9]")
_COMPARED = lazy_pattern("较|比|同期|相比|上年|历年|以来|存量|遗留|结转|今年|本年|现行有效|继续有效")
# 对截至上年末制发的文件开展清理: what the year's work was done upon.
_BACKGROUND = lazy_pattern(
    "清理|存量|现行有效|继续有效|结转|遗留|积案|未办结|未完成|上年[底末]|年初|回头看|评查|复核|复查|梳理|"
    "(?:制发|制定|印发|发布|颁布|出台|形成|作出|签订)的"
)
_OBJECT_FOLLOWS = lazy_pattern("[对将把]$")
_CLAUSE = lazy_pattern("[^,。;\n]*")
_ALL_FIGURES = lazy_pattern("(?:数据|统计)[^。;,\n0-9]{0,8}$")
_REACH = 12
_LONGEST_CLAUSE = 40
# A date without a year that early is an interim milestone rather than the day to which the year was counted.
_FIRST_MONTH_WITHOUT_YEAR = 6


AsOfKind = Literal["early", "other-year", "after-report"]


class AsOfDateParameters(Parameters):
    """``kinds``: which sorts of date to report; ``counted_late_from``: month and day (``12-20``) from which a count is
    taken to be the whole year's."""

    kinds: tuple[AsOfKind, ...] = Field(
        default=("early", "other-year", "after-report"),
        min_length=1,
        description="报哪些情形：early 早于年末、other-year 不在报告年度、after-report 晚于报告自身日期",
    )
    counted_late_from: str = Field(
        default="12-20",
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
        description="截至这一天（月-日，日不晚于 28）及以后的数据视为全年数",
    )


def run(context: Context, parameters: AsOfDateParameters) -> Iterator[Match]:
    """Each 截至 date outside the reported year, after the report itself, or well before the end of the year."""
    report = context.report
    reported = reported_year(report)
    month, _, day = parameters.counted_late_from.partition("-")
    late_from = date(reported, int(month), int(day))
    for match, span in report.find(_AS_OF):
        if report.in_residue(span) or in_plan_section(context.contents, span.start):
            continue
        counted_to = _counted_to(match, reported)
        found = _judge(context, match, span, counted_to, late_from) if counted_to else None
        if found and found.case in parameters.kinds:
            yield found


def _judge(context: Context, match: re.Match[str], span: Span, counted_to: date, late_from: date) -> Match | None:
    report, reported = context.report, late_from.year
    quote, rest = report.quote(span), _rest_of_sentence(match)
    values: dict[str, Value] = {"date": counted_to.isoformat(), "reported": reported}
    if counted_to > latest_writing(report):
        own = own_date(report)
        limit = f"报告自身日期{in_words(own)}" if own else "报告通常形成的时间"
        return Match(span, f"“{quote}”晚于{limit}，不应作为已有数据的截止日", values=values, case="after-report")
    if counted_to.year < reported and not _is_background(match, rest) and f"{reported}年" not in rest:
        message = f"“{quote}”是{counted_to.year}年的数据，报告年度为{reported}年"
        return Match(span, message, values=values, case="other-year")
    if counted_to.year == reported and counted_to < late_from and _FIGURE.search(rest) and not _of_all_figures(match):
        return Match(span, f"“{quote}”：数据截至日早于年末，可能不是全年数据", values=values, case="early")
    return None


def _is_background(match: re.Match[str], rest: str) -> bool:
    """Whether the sentence compares with the day, or its clause tells of work upon what there was by then."""
    text, start = match.string, match.start()
    begin = max(text.rfind(mark, max(0, start - _LONGEST_CLAUSE), start) for mark in ",。;\n") + 1
    before = text[begin or max(0, start - _LONGEST_CLAUSE) : start]
    after = _CLAUSE.match(rest)
    return bool(
        _COMPARED.search(rest)
        or _OBJECT_FOLLOWS.search(before)
        or _BACKGROUND.search(before)
        or (after and _BACKGROUND.search(after.group()))
    )


def _of_all_figures(match: re.Match[str]) -> bool:
    """Whether the date is said of the report's figures as a whole, which is the business of ``data-period``."""
    return _ALL_FIGURES.search(match.string, max(0, match.start() - _REACH), match.start()) is not None


def _counted_to(match: re.Match[str], reported: int) -> date | None:
    """The last day counted; ``None`` where no day can be told, or the month alone says too little."""
    year = year_number(match["year"]) if match["year"] else reported
    if match["whole"]:
        return date(year, 12, 31)
    month = _number(match["month"]) or 12
    if not (match["year"] or match["current"]) and month < _FIRST_MONTH_WITHOUT_YEAR:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(_number(match["day"]) or last, last))


def _number(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if written.isascii() else parse_han_integer(written)


def _rest_of_sentence(match: re.Match[str]) -> str:
    end = re.compile("[。\n]").search(match.string, match.end())
    return match.string[match.end() : end.start() if end else len(match.string)]


KIND = Kind(
    name="as-of-date",
    summary="数据截至日期不在报告年度、晚于报告自身日期，或早于年末",
    parameters=AsOfDateParameters,
    run=run,
    cases=("early", "other-year", "after-report"),
)
