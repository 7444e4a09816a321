"""Document numbers that are not written as GB/T 9704—2012, 7.2.5 wants: 国发〔2021〕5号.

Cases: ``bracket`` (other brackets than 〔〕), ``ordinal`` (第), ``padded`` (05), ``short-year`` (〔21〕), ``year-word``
(〔2021年〕), ``order``, ``no-mark`` (号 is missing), ``no-year``, ``later`` (a year that the report could not know),
``other-number`` (a known document under another number) and ``number-unverified`` (the same, its source not seen).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, get_args

from pydantic import Field

from checks.citations.lookup import lookup
from checks.citations.setting import looks_back
from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.years.reporting_time import latest_writing
from documents.lazy_pattern import lazy_pattern
from documents.report import Certainty, Span
from rules.model import Confidence, Parameters

FaultCase = Literal[
    "bracket",
    "ordinal",
    "padded",
    "short-year",
    "year-word",
    "order",
    "no-mark",
    "no-year",
    "later",
    "other-number",
    "number-unverified",
]
NumberFault = tuple[Span, str, str]
"""Where a number stands, what is wrong with it, and the message."""

_HAN = r"[\u4e00-\u9fff]"
_NUMBER = lazy_pattern(
    r"(?P<open>[〔\[(【{])(?P<year>[0-9]{0,4})(?P<word>年?)(?P<close>[〕\])】}])(?P<ordinal>第?)(?P<serial>[0-9]{1,5})号$"
)
_LONGEST_NUMBER = 14
# It begins with a literal, which is looked for at once.
_END_OF_NUMBER = lazy_pattern("号(?<=[0-9]号)")
_MARKLESS = lazy_pattern(r"〔(?P<year>20[0-9]{2})〕[0-9]{1,4}(?=[)》,。;])")
_WORDS_AT_END = lazy_pattern(rf"{_HAN}{{1,16}}$")
_YEAR_FIRST = lazy_pattern(rf"〔20[0-9]{{2}}〕{_HAN}{{1,8}}[发函字办]第?[0-9]{{1,4}}号")
_YEAR_LAST = lazy_pattern("[发函]第?[0-9]{1,4}号〔20[0-9]{2}〕")
_NO_YEAR = lazy_pattern("[发函字]第?[0-9]{1,3}号$")
_CENTRAL_CODES = ("国发", "国办发", "国函", "国办函", "中发", "中办发", "厅字")
# Decisions on a case, licences and court files are numbered by rules of their own.
_FILE = lazy_pattern(
    "[罚处决复诉裁许证执案检刑终初判赔听催拘]|公告|审$|(?<![厅办党政教委卫农司财建水文发])字$|令$|通告|纪要|简报|专报|合同|档案"
)
_FILE_BEFORE = lazy_pattern("(?:文号|编号|案号|证号|决定书|通知书|判决书|裁定书|许可证)[:为是]?$")
_WORDS_BEFORE = lazy_pattern(
    ".*(?:根据|按照|依据|依照|遵照|落实|贯彻|执行|印发|下发|制发|发布|转发|出台|学习|参照|对照|以及|的|以|由|及|和|与|见|是|为|在|将|按|等)"
)
_LONGEST_CODE = 8
_KNOWN_NUMBER = lazy_pattern(r"[^()]{0,6}?(?P<number>[\u4e00-\u9fff]{2,6}(?:〔20[0-9]{2}〕|令第)[0-9]{1,4}号)")
_MESSAGES = {
    "bracket": "“{}”中的年份应当用六角括号“〔〕”",
    "ordinal": "“{}”中的发文顺序号不加“第”字",
    "padded": "“{}”中的发文顺序号不编虚位，1不写作01",
    "short-year": "“{}”中的年份应当写全四位",
    "year-word": "“{}”中括号内只写年份数字，不加“年”字",
    "order": "“{}”的次序不对，发文字号依次为机关代字、年份、发文顺序号",
    "no-mark": "“{}”的发文顺序号后面缺少“号”字",
    "no-year": "“{}”没有写明年份",
}


class DocumentNumberParameters(Parameters):
    """``faults``: the cases to look for."""

    faults: tuple[FaultCase, ...] = Field(
        default=get_args(FaultCase),
        min_length=1,
        description="查哪些问题：bracket 括号、ordinal “第”字、padded 虚位、short-year 年份不全、year-word “年”字、"
        "order 次序、no-mark 缺“号”字、no-year 缺年份、later 年份晚于报告、other-number 与公布的文号不符、"
        "number-unverified 与尚未核实的文号不符",
    )


def run(context: Context, parameters: DocumentNumberParameters) -> Iterator[Match]:
    """Each faulty document number, once, for its gravest fault."""
    taken: list[Span] = []
    for span, case, message in context.number_faults:
        if (
            case not in parameters.faults
            or context.report.in_residue(span)
            or any(span.overlaps(other) for other in taken)
        ):
            continue
        taken.append(span)
        yield Match(span, message, values={"kind": case}, case=case)


def number_faults(context: Context) -> Iterator[NumberFault]:
    """Each faulty document number with its case and message, the gravest fault of a number first."""
    text = context.report.view.text
    ends = [sign.end() for sign in _END_OF_NUMBER.finditer(text)]
    if ends and "〔20" in text:
        yield from _reversed(context)
    yield from _numbers(context, ends)
    yield from _incomplete(context, ends)
    if ends:
        yield from _mistaken(context)


def _numbers(context: Context, ends: list[int]) -> Iterator[NumberFault]:
    report = context.report
    for found, span in _coded(context, _ending_at(_NUMBER, report.view.text, ends)):
        later = _later(context, found)
        if later:
            yield span, "later", later.format(report.quote(span))
            continue
        case = _form_fault(found)
        if case:
            yield span, case, _MESSAGES[case].format(report.quote(span))


def _ending_at(pattern: re.Pattern[str], text: str, ends: list[int]) -> Iterator[re.Match[str]]:
    """The matches that end at one of the ``ends``: looking back from there is faster than going through it all."""
    for end in ends:
        if found := pattern.search(text, max(0, end - _LONGEST_NUMBER), end):
            yield found


def _coded(context: Context, matches: Iterator[re.Match[str]]) -> Iterator[tuple[re.Match[str], Span]]:
    """Each of ``matches`` with an agency's code before it, and the span of both."""
    report = context.report
    for found in matches:
        words = _words_before(found)
        if words and not _FILE.search(words[-_LONGEST_CODE:]) and not _FILE_BEFORE.search(words):
            yield found, Span(*report.view.to_text(found.start() - len(_code(words)), found.end()))


def _words_before(found: re.Match[str]) -> str:
    words = _WORDS_AT_END.search(found.string[max(0, found.start() - 2 * _LONGEST_CODE) : found.start()])
    return words.group() if words else ""


def _code(words: str) -> str:
    """The agency's code at the end of ``words``, as far as it can be told from the words before it."""
    before = _WORDS_BEFORE.match(words[:-1])
    return words[before.end() if before else 0 :][-_LONGEST_CODE:]


def _form_fault(found: re.Match[str]) -> str | None:
    if len(found["year"]) != 4:
        return {0: "no-year", 2: "short-year"}.get(len(found["year"])) if found["open"] == "〔" else None
    if not 1990 <= int(found["year"]) <= 2100:
        return None
    if found["word"]:
        return "year-word"
    if found["ordinal"]:
        return "ordinal"
    if found["serial"].startswith("0"):
        return "padded"
    return "bracket" if found["open"] + found["close"] != "〔〕" else None


def _later(context: Context, found: re.Match[str]) -> str | None:
    report = context.report
    if report.year is None or report.year.certainty is Certainty.GUESS or len(found["year"]) != 4:
        return None
    year = int(found["year"])
    known_to = max(report.year.value + 1, latest_writing(report).year)
    if not known_to < year <= 2100:
        return None
    return f"“{{}}”的年份是{year}年，报告年度为{report.year.value}年，报告形成时还没有这份文件，请核对"


def _reversed(context: Context) -> Iterator[NumberFault]:
    report = context.report
    spans = [span for found, span in report.find(_YEAR_FIRST) if not _FILE.search(found.group())]
    if "号〔" in report.view.text:
        spans += [span for _, span in _coded(context, _YEAR_LAST.finditer(report.view.text))]
    for span in spans:
        yield span, "order", _MESSAGES["order"].format(report.quote(span))


def _incomplete(context: Context, ends: list[int]) -> Iterator[NumberFault]:
    text = context.report.view.text
    for _, span in _coded(context, _MARKLESS.finditer(text)):
        yield span, "no-mark", _MESSAGES["no-mark"].format(context.report.quote(span))
    for found, span in _coded(context, _ending_at(_NO_YEAR, text, ends)):
        if text.endswith(_CENTRAL_CODES, 0, found.start() + 1):
            yield span, "no-year", _MESSAGES["no-year"].format(context.report.quote(span))


def _mistaken(context: Context) -> Iterator[NumberFault]:
    """Known documents whose number, in brackets right after the title, is another one.

    A number belongs to the last version; before that, and in a look back, another one may be right.
    """
    known = lookup(context.facts)
    year = context.report.year
    for title in context.titles:
        law = known.law(title.key)
        if law is None or law.number is None:
            continue
        begun = [day.year for version in law.versions if (day := version.passed or version.effective)]
        if year is None or (begun and year.value < begun[-1]) or looks_back(title, None):
            continue
        stated = _KNOWN_NUMBER.match(title.after, 1) if title.after.startswith("(") else None
        if stated and stated["number"] != law.number and stated["number"][:2] == law.number[:2]:
            quote = context.report.quote(title.span)
            confirmed = law.confidence is Confidence.CONFIRMED
            case = "other-number" if confirmed else "number-unverified"
            yield title.span, case, f"{quote}的文号写为{stated['number']}，{'应' if confirmed else '疑'}为{law.number}"


KIND = Kind(
    name="document-number",
    summary="发文字号的写法或年份不对",
    parameters=DocumentNumberParameters,
    run=run,
    cases=get_args(FaultCase),
)
