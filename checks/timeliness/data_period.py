"""A statement (以上数据截至11月30日, 数据为上半年数) that the figures of the report are not the whole year's."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.years.reporting_time import reported_year
from documents.lazy_pattern import lazy_pattern
from documents.numerals import parse_han_integer
from documents.years import year_number
from rules.model import Parameters

_YEAR = r"(?:(?P<year>20[0-9]{2}|二[〇零][一二三四五六七八九〇零]{2})年)?"
_MONTH = r"(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
_DATE = rf"{_YEAR}{_MONTH}月(?:份)?(?:(?P<day>3[01]|[12]?[0-9])[日号]|底|末)?"
_FIRST = r"(?:1|一)月?份?(?:-|—|~|至|到)"
_COUNTED = r"[^。;,\n0-9]{0,8}?(?:截[至止]到?|统计[至到]|更新[至到]|算[至到])"
_PERIOD = "(?:的)?(?:统计)?(?:期间|时段|区间|时间|口径|范围)(?:均?为|是|:)"
_FIGURES = "(?:的)?(?:统计|累计|汇总)?(?:数据?|数字)(?![量目值])"
_PATTERNS = (
    lazy_pattern(f"(?:数据|统计){_COUNTED}(?:时间为)?{_DATE}"),
    lazy_pattern(rf"(?:统计|数据){_PERIOD}{_YEAR}{_FIRST}(?:20[0-9]{{2}}年)?{_MONTH}月"),
    lazy_pattern(rf"(?:均?为|是|系){_YEAR}{_FIRST}{_MONTH}月份?{_FIGURES}"),
    lazy_pattern(rf"(?:均?为|是|系){_YEAR}(?P<part>上半年|前三季度){_FIGURES}"),
)
_FIGURE_WORDS = ("数据", "统计", "数字")
# Where none of them matches, none of the patterns does. Each begins with a literal, which is looked for at once.
_HINTS = (
    *(lazy_pattern(f"{word}(?:{_COUNTED}|{_PERIOD})") for word in ("数据", "统计")),
    *(lazy_pattern(f"{period}{_FIGURES}") for period in ("月份?", "上半年", "前三季度")),
)
_PARTS = {"上半年": 6, "前三季度": 9}


class DataPeriodParameters(Parameters):
    """``counted_late_from``: month and day (``12-20``) from which a count is taken to be the whole year's."""

    counted_late_from: str = Field(
        default="12-20",
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
        description="统计到这一天（月-日，日不晚于 28）及以后的数据视为全年数",
    )


def run(context: Context, parameters: DataPeriodParameters) -> Iterator[Match]:
    """One match for each statement of a period that ends well before the reported year does."""
    report = context.report
    text = report.view.text
    if not any(word in text for word in _FIGURE_WORDS):
        return
    reported = reported_year(report)
    if not any(hint.search(text) for hint in _HINTS):
        return
    late = date.fromisoformat(f"{reported}-{parameters.counted_late_from}")
    for pattern in _PATTERNS:
        for match, span in report.find(pattern):
            last = _last_day(match, reported)
            if last and last.year == reported and last < late:
                quote = report.quote(span)
                message = f"“{quote}”：报告数据只统计到{last.month}月{last.day}日，不是{reported}年全年数"
                yield Match(span, message, values={"counted_to": last.isoformat(), "reported": reported})


def _last_day(match: re.Match[str], reported: int) -> date | None:
    found = match.groupdict()
    year = year_number(found["year"]) if found["year"] else reported
    written = found.get("month")
    month = _PARTS[found["part"]] if found.get("part") else _number(written or "")
    if month is None:
        return None
    length = calendar.monthrange(year, month)[1]
    return date(year, month, min(int(found.get("day") or length), length))


def _number(written: str) -> int | None:
    return int(written) if written.isascii() else parse_han_integer(written)


KIND = Kind(
    name="data-period",
    summary="报告声明数据只统计到年中某日，不是全年数",
    parameters=DataPeriodParameters,
    run=run,
)
