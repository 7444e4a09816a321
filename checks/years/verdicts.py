"""The decisions that class a mention of a year, from its form and from the part of the report it stands in."""

from __future__ import annotations

import re
from datetime import date

from checks.years import wording
from checks.years.cues import Verdict, explain
from checks.years.kinds import YearKind
from checks.years.setting import Part, Setting
from documents.years import YearForm
from rules.facts import Facts

_PAGE = Verdict(YearKind.PAGE, "网页或系统附带的信息，不属于报告正文")
_BY_FORM = {
    YearForm.DOCUMENT_NUMBER: Verdict(YearKind.DOCUMENT_NUMBER, "文号或期号中的年份"),
    YearForm.EDITION: Verdict(YearKind.EDITION, "目录、清单或文件的版本年份"),
    YearForm.RANGE: Verdict(YearKind.PERIOD, "规划、任务或统计的起止年份"),
}
_DOCUMENT_TITLE = Verdict(YearKind.DOCUMENT_TITLE, "书名号内文件名称的一部分")
_SIGNATURE = Verdict(YearKind.SIGNATURE, "落款、成文或发布日期")
_THIS_YEAR = Verdict(YearKind.THIS_YEAR, "与报告年度一致")
_PLANNED = Verdict(YearKind.NEXT_YEAR_PLAN, "计划部分写下一年度，相符")


def by_form(setting: Setting) -> Verdict | None:
    """What the place on the page or the way the year is written settles at once."""
    part = setting.part
    if part is Part.PAGE:
        return _PAGE
    if (settled := _BY_FORM.get(setting.token.form)) is not None:
        return settled
    if setting.in_book_title and part is not Part.TITLE:
        return _DOCUMENT_TITLE
    if part is Part.SIGNATURE:
        return _SIGNATURE
    if setting.reported is None:
        return Verdict(YearKind.UNDECIDED, "未能认定报告年度，无法判断")
    return None


def by_place(setting: Setting, facts: Facts) -> Verdict:
    """What the part of the report and the words around the year make of it; the reported year is known."""
    if setting.token.form is YearForm.RELATIVE:
        return _relative(setting, facts)
    if setting.part is Part.TITLE:
        return _in_title(setting)
    if setting.in_plan or _is_plan_heading(setting):
        return _in_plan(setting, facts)
    if setting.delta == 0:
        return _THIS_YEAR
    if setting.part is Part.HEADING:
        return _in_heading(setting, facts)
    if setting.part is Part.OPENING and (opening := _in_opening(setting, facts)):
        return opening
    return _later(setting, facts) if setting.delta > 0 else _earlier(setting, facts)


def _relative(setting: Setting, facts: Facts) -> Verdict:
    if setting.delta == 0:
        return Verdict(YearKind.THIS_YEAR, "相对说法，按报告年度理解")
    if setting.delta > 0:
        return Verdict(YearKind.NEXT_YEAR_PLAN, "相对说法，指下一年度")
    return explain(setting, facts) or Verdict(YearKind.COMPARISON, "相对说法，指以前年度")


def _in_title(setting: Setting) -> Verdict:
    if setting.token.form is YearForm.DATE:
        kind = YearKind.LATER_EVENT if setting.delta > 0 else YearKind.SIGNATURE
        return Verdict(kind, "标题下注明的日期")
    if setting.delta == 0:
        return Verdict(YearKind.THIS_YEAR, "标题写明的报告年度")
    if setting.delta == 1 and wording.PLAN_PHRASE.match(setting.after):
        return Verdict(YearKind.NEXT_YEAR_PLAN, "标题写明的下一年度计划")
    return Verdict(YearKind.TITLE_CONFLICT, f"标题写{setting.year}年，正文显示报告年度为{setting.reported}年")


def _is_plan_heading(setting: Setting) -> bool:
    """Whether a main heading that was not taken for the plan's says outright that it is one."""
    if setting.heading_level != 1 or setting.heading == 0:
        return False
    return wording.PLAN_TITLE.match(setting.after) is not None and not wording.DONE_WITH_PLAN.search(setting.before)


def _in_plan(setting: Setting, facts: Facts) -> Verdict:
    if setting.delta == 1:
        if _account_under_next_year(setting):
            return _stale_heading(setting)
        return _PLANNED
    if reason := _misplaced_in_plan(setting, facts):
        expected = f"报告年度为{setting.reported}年，下一年度应为{(setting.reported or 0) + 1}年"
        return reason._replace(reason=f"{reason.reason}；{expected}")
    if setting.delta > 0:
        return explain(setting, facts) or Verdict(YearKind.TARGET, "计划部分写到的以后年份")
    return Verdict(YearKind.PLAN_REVIEW, "计划部分提到已经过去的年份，按回顾往事理解")


def _misplaced_in_plan(setting: Setting, facts: Facts) -> Verdict | None:
    """What shows that the plan takes another year than the coming one for its own."""
    if setting.part is Part.HEADING and _wrong_plan_heading(setting):
        return Verdict(YearKind.PLAN_HEADING, f"计划标题写的是{setting.year}年")
    if setting.delta <= 0 and wording.DEADLINE.match(setting.after):
        return Verdict(YearKind.PLAN_STATEMENT, f"计划部分的完成时限写在{setting.year}年")
    if setting.delta <= 0 and _sets_goal(setting):
        return Verdict(YearKind.PLAN_STATEMENT, f"计划部分把{setting.year}年的目标、任务写作今后工作")
    if setting.part is Part.HEADING and (setting.heading_level == 1 or not setting.heads_clause):
        return None
    if setting.heads_clause and _is_target(setting, facts):
        return None
    if _announces(setting) if setting.heads_clause else _intends(setting):
        return Verdict(YearKind.PLAN_STATEMENT, f"计划部分以{setting.year}年表述今后工作")
    return None


def _account_under_next_year(setting: Setting) -> bool:
    """Whether the heading is of work done, whatever year it names: 2024年主要举措和成效 in a report on 2023."""
    if setting.part is not Part.HEADING or not setting.heads_clause:
        return False
    return wording.ACCOUNT_TITLE.match(setting.after) is not None or (
        setting.heading == 0 and wording.REPORTED_TITLE.match(setting.after) is not None
    )


def _stale_heading(setting: Setting) -> Verdict:
    return Verdict(YearKind.STALE_HEADING, f"小标题写的是{setting.year}年，报告年度为{setting.reported}年")


def _is_target(setting: Setting, facts: Facts) -> bool:
    """Whether it is the target year (到2025年) that a plan may well start a sentence with."""
    reason = explain(setting, facts) if setting.delta > 1 else None
    return reason is not None and reason.kind is YearKind.TARGET


def _wrong_plan_heading(setting: Setting) -> bool:
    if str((setting.reported or 0) + 1) in setting.sentence:
        return False
    if wording.PLAN_OR_WORK_TITLE.match(setting.after):
        return wording.DONE_WITH_PLAN.search(setting.before) is None
    return setting.heading_level == 1 and setting.heads_clause and not wording.MIXED_TITLE.search(setting.after)


def _announces(setting: Setting) -> bool:
    if setting.token.form is YearForm.DATE or setting.after.startswith("的") or _goes_on_from_the_plan(setting):
        return False
    if setting.delta <= 0:
        return wording.WILL.search(setting.clause) is not None
    if wording.DISTANT_AIM.search(setting.clause):
        return False
    if setting.part is Part.HEADING:
        return wording.OWN_WILL.match(setting.after) is not None
    return bool(wording.OWN_WILL.match(setting.after) or wording.WILL.search(setting.clause))


def _goes_on_from_the_plan(setting: Setting) -> bool:
    """Whether the sentence told of the coming year first; of an earlier one, it must be in the same part of it."""
    before = setting.before if setting.delta > 0 else setting.before.rpartition(";")[2]
    return str((setting.reported or 0) + 1) in before


def _intends(setting: Setting) -> bool:
    """Whether the unit is named before the year and says what it will do: 我局2018年重点抓好以下工作."""
    led = wording.UNIT_ALONE.fullmatch(setting.lead) or wording.BEFORE_INTENT.fullmatch(setting.lead)
    if setting.delta > 0 or led is None:
        return False
    return _announces(setting) and wording.INTENDS.match(setting.after) is not None


def _sets_goal(setting: Setting) -> bool:
    """Whether the plan sets itself what was due in a year already over: 力争2024年底前……, 全面完成2023年度……任务."""
    following = wording.TWO_CLAUSES.match(setting.after)
    told = f"{setting.lead}{following.group() if following else ''}"
    if (
        wording.OF_THE_PAST.search(wording.BOOK_TITLES.sub("", told))
        or str((setting.reported or 0) + 1) in setting.after
    ):
        return False
    after = setting.after.removeprefix("度")
    if wording.BEFORE_AIM.search(setting.lead):
        return wording.AIM.match(after) is not None
    if wording.BEFORE_GOAL.search(setting.lead):
        return wording.GOAL.match(after) is not None
    if wording.BEFORE_DOING.search(setting.lead):
        return wording.DOING.match(after) is not None
    return wording.BEFORE_TASK.search(setting.lead) is not None and wording.TASK.match(after) is not None


def _in_heading(setting: Setting, facts: Facts) -> Verdict:
    title = setting.after
    presented = (
        setting.heads_clause and wording.REPORTED_TITLE.match(title) and not wording.NOT_REPORTED_TITLE.search(title)
    )
    if presented and setting.token.form is YearForm.YEAR and str(setting.reported) not in setting.sentence:
        return _stale_heading(setting)
    return explain(setting, facts) or _harmless(setting)


def _in_opening(setting: Setting, facts: Facts) -> Verdict | None:
    contradicts = f"开头以{setting.year}年为报告年度，而报告年度为{setting.reported}年"
    if (
        wording.STATEMENT_AHEAD.match(setting.after)
        and wording.INTRODUCES.search(setting.lead)
        and not _plan_follows(setting)
    ):
        return Verdict(YearKind.STALE_OPENING, contradicts)
    if not setting.heads_sentence or setting.token.form is not YearForm.YEAR:
        return None
    if _whole_year_aside(setting) or _turns_to_this_year(setting):
        return None
    if wording.YEAR_OF.match(setting.after):
        return Verdict(YearKind.STALE_OPENING, contradicts)
    if wording.SUBJECT.match(setting.after) and wording.SUMS_UP.search(setting.after):
        return explain(setting, facts) or Verdict(YearKind.STALE_OPENING, contradicts)
    return None


def _whole_year_aside(setting: Setting) -> bool:
    """Whether only a part of the year is meant, or next year's intentions."""
    if wording.PART_OF_YEAR.match(setting.after):
        return True
    return setting.delta > 0 and wording.WILL.search(setting.clause) is not None


def _plan_follows(setting: Setting) -> bool:
    return setting.delta > 0 and wording.PLAN_PHRASE.match(setting.after) is not None


def _turns_to_this_year(setting: Setting) -> bool:
    """Whether the opening goes on to the reported year, in this sentence or another; 现将2023年…… does not count."""
    statement = wording.STATES_THIS.search(setting.sentence)
    told = wording.BOOK_TITLES.sub("", setting.sentence[: statement.start()] if statement else setting.sentence)
    this_year = f"(?:而|到|在|进入|步入)?(?:{setting.reported}年|今年|本年)"
    if re.search(f"[,;:]{this_year}", told):
        return True
    return re.search(rf"(?:^|[。!\n])\s*{this_year}", setting.following) is not None


def _also_this_year(setting: Setting) -> bool:
    told = wording.BOOK_TITLES.sub("", setting.sentence)
    return f"{setting.reported}年" in told or wording.THIS_YEAR.search(told) is not None


def _later(setting: Setting, facts: Facts) -> Verdict:
    if setting.delta == 1 and wording.WILL.search(setting.clause):
        return Verdict(YearKind.NEXT_YEAR_PLAN, "下一年度的打算")
    if _before_writing(setting):
        return Verdict(YearKind.LATER_EVENT, "年度终了后、报告撰写前后的事项")
    if setting.heads_clause and _told_as_done(setting) and not wording.WILL.search(setting.clause):
        return Verdict(
            YearKind.FUTURE_STATEMENT, f"{setting.year}年晚于报告年度{setting.reported}年，却写成已经完成的工作"
        )
    return explain(setting, facts) or _harmless(setting)


def _told_as_done(setting: Setting) -> bool:
    if setting.after.startswith("以来") or _achieved(setting) or wording.HAPPENED.match(setting.clause):
        return True
    if wording.SUBJECT.match(setting.after) is None:
        return False
    return wording.RESULTS.search(setting.clause) is not None or wording.COUNTED.search(setting.clause) is not None


def _before_writing(setting: Setting) -> bool:
    """Whether the time named lies in the first four months after the reported year, when reports are written."""
    month = setting.token.month
    if setting.delta != 1:
        return False
    return (
        date(setting.year, month, 1) <= date(setting.year, 4, 30)
        if month
        else bool(wording.EARLY_IN_YEAR.match(setting.after))
    )


def _earlier(setting: Setting, facts: Facts) -> Verdict:
    if (reason := explain(setting, facts)) is not None:
        return reason
    if _also_this_year(setting):
        return Verdict(YearKind.COMPARISON, "同句写有本年情况，按对照理解")
    if setting.token.form is YearForm.DATE or wording.PART_OF_YEAR.match(setting.after):
        return _earlier_date(setting)
    if _tells_as_own(setting) and not _followed_by_this_year(setting):
        return Verdict(
            YearKind.STALE_STATEMENT,
            f"以{setting.year}年叙述工作成绩，报告年度为{setting.reported}年，且未说明是往年情况",
        )
    return _harmless(setting)


def _earlier_date(setting: Setting) -> Verdict:
    if setting.delta == -1 and setting.heads_sentence and wording.HAPPENED.match(setting.clause):
        return Verdict(YearKind.STALE_EVENT, f"句首写{setting.year}年的具体活动，早于报告年度{setting.reported}年")
    return Verdict(YearKind.EARLIER_BUSINESS, "注明日期的往年事项")


def _tells_as_own(setting: Setting) -> bool:
    """Whether the clause tells work done, as a report does of its own year; older years need more to be suspected."""
    if setting.after.startswith("的"):
        return False
    subject = wording.SUBJECT.match(setting.after) is not None
    if setting.delta < -1:
        counted = wording.COUNTED_AT_ONCE.match(setting.after) is not None
        return (setting.heads_clause and counted) or (setting.heads_sentence and subject and _achieved(setting))
    if setting.heads_sentence:
        return subject or _achieved(setting)
    led = setting.heads_clause or wording.UNIT_ALONE.fullmatch(setting.lead) is not None
    return led and wording.ACHIEVED_AT_ONCE.match(setting.after) is not None


def _achieved(setting: Setting) -> bool:
    return wording.ACHIEVED.search(setting.clause) is not None


def _followed_by_this_year(setting: Setting) -> bool:
    """Whether a year-by-year account goes on at once: 2022年办理35件。2023年办理50件。"""
    following = re.match(r"\s*,?(20[0-9]{2})年", setting.following)
    return following is not None and setting.year < int(following[1]) <= (setting.reported or 0)


def _harmless(setting: Setting) -> Verdict:
    if setting.delta > 0:
        return Verdict(YearKind.LATER_EVENT, "提到以后年份，未见以其为本年工作的表述")
    return Verdict(YearKind.EARLIER_BUSINESS, "提到往年，未见以其为本年工作的表述")
