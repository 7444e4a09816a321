"""What a mention of a year in a report can be, with the names that people see."""

from __future__ import annotations

from enum import StrEnum


class YearKind(StrEnum):
    """What a mention of a year is. The value is stable and appears in the JSON; YEAR_KIND_NAMES has it in Chinese."""

    THIS_YEAR = "this-year"
    NEXT_YEAR_PLAN = "next-year-plan"
    PLAN_REVIEW = "plan-review"
    COMPARISON = "comparison"
    SINCE = "since"
    ASSESSMENT = "assessment"
    EARLIER_REPORT = "earlier-report"
    EARLIER_BUSINESS = "earlier-business"
    DATED_ACT = "dated-act"
    HISTORIC = "historic"
    TARGET = "target"
    LATER_EVENT = "later-event"
    DOCUMENT_NUMBER = "document-number"
    PERIOD = "period"
    EDITION = "edition"
    DOCUMENT_TITLE = "document-title"
    SIGNATURE = "signature"
    PAGE = "page"
    UNDECIDED = "undecided"
    TITLE_CONFLICT = "title-conflict"
    STALE_OPENING = "stale-opening"
    STALE_HEADING = "stale-heading"
    STALE_STATEMENT = "stale-statement"
    STALE_EVENT = "stale-event"
    FUTURE_STATEMENT = "future-statement"
    PLAN_HEADING = "plan-heading"
    PLAN_STATEMENT = "plan-statement"


YEAR_KIND_NAMES: dict[YearKind, str] = {
    YearKind.THIS_YEAR: "报告年度",
    YearKind.NEXT_YEAR_PLAN: "下一年度安排",
    YearKind.PLAN_REVIEW: "计划部分回顾往事",
    YearKind.COMPARISON: "与往年比较",
    YearKind.SINCE: "起始时间（……以来）",
    YearKind.ASSESSMENT: "往年考核、荣誉或述法",
    YearKind.EARLIER_REPORT: "往年报告或通报",
    YearKind.EARLIER_BUSINESS: "往年事项",
    YearKind.DATED_ACT: "文件、机构、项目的时间",
    YearKind.HISTORIC: "历史背景",
    YearKind.TARGET: "政策目标年份",
    YearKind.LATER_EVENT: "年度终了后的事项",
    YearKind.DOCUMENT_NUMBER: "文号",
    YearKind.PERIOD: "起止期间",
    YearKind.EDITION: "版本年份",
    YearKind.DOCUMENT_TITLE: "文件名称中的年份",
    YearKind.SIGNATURE: "落款或成文日期",
    YearKind.PAGE: "网页信息",
    YearKind.UNDECIDED: "报告年度不明，未归类",
    YearKind.TITLE_CONFLICT: "疑误：标题年份与报告年度不符",
    YearKind.STALE_OPENING: "疑误：开头写了其他年度",
    YearKind.STALE_HEADING: "疑误：小标题写了其他年度",
    YearKind.STALE_STATEMENT: "疑误：以其他年度叙述本年工作",
    YearKind.STALE_EVENT: "待核：上一年的具体活动",
    YearKind.FUTURE_STATEMENT: "疑误：把以后年度写成已完成",
    YearKind.PLAN_HEADING: "疑误：计划标题年份不是下一年度",
    YearKind.PLAN_STATEMENT: "疑误：计划内容年份不是下一年度",
}
