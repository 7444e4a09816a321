"""Paragraphs of prose that end without a mark.

Where many do, the lines were broken by a program or the style is meant: that is one remark (case ``habit``). A
paragraph that ends with a comma is the case ``comma``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.place import clipped
from checks.wording.habits import habit
from documents.lazy_pattern import lazy_pattern
from documents.report import ParagraphKind, Report, Sentence, Span
from rules.model import Parameters

_SENTENCE_MARK = lazy_pattern(r"[。;!?]")
_FINAL_MARKS = frozenset("。；;！!？?：:")
_COMMAS = lazy_pattern("[，,。；;]")
_COMMA = lazy_pattern(",")
_OPEN_END = lazy_pattern(r"[\u4e00-\u9fff0-9%][”’》)]?$")
_NOT_PROSE = lazy_pattern(
    r"[|\t]|^(?:附件?|注|图|表|资料来源|联系|抄送|抄报|主送|审核|签发|印发|报送|此件|备注)|^\(.*\)$|^[^。]{0,40}:[^。]{0,60}$"
    r"|(?:如下|包括|情况|报告|附后|电话|政府|办公室|办事处|委员会|日)[)]?$|\d{1,3}$"
)
_LONGEST_OPEN_END = 2
_TAIL = 12
_FEW = 2
_LONG = 40
_SENTENCE = 25


class MissingFinalMarkParameters(Parameters):
    """Paragraphs of fewer than ``least_characters`` are not taken for prose."""

    least_characters: int = Field(default=25, ge=10, description="少于这个字数的段落不查")
    habit_share: float = Field(
        default=0.15, gt=0, le=1, description="缺少句末标点的段落超过这个比例，视为排版所致，只提示一次"
    )


def run(context: Context, parameters: MissingFinalMarkParameters) -> Iterator[Match]:
    """One match at the last words of each such paragraph, or one for all where it is a habit."""
    report = context.report
    paragraphs = _paragraphs(report)
    # Most paragraphs end with a mark: only where several do not does it matter how many there are.
    unmarked = [span for span in paragraphs if report.text[span.end - 1] not in _FINAL_MARKS]
    prose = _prose(report, unmarked, parameters)
    bare = [span for span, words in prose if _OPEN_END.search(words, max(0, len(words) - _LONGEST_OPEN_END))]
    dangling = [span for span, words in prose if words[-1] in ",、"]
    missing = len(bare) + len(dangling)
    if missing > _FEW and missing > parameters.habit_share * len(_prose(report, paragraphs, parameters)):
        ends = sorted(_end(report, span) for span in (*bare, *dangling))
        yield habit(ends, f"段落末尾没有句号：“{_words(report, ends[0])}”", case="habit")
        return
    for span in bare:
        yield Match(_end(report, span), f"段落末尾“{_words(report, _end(report, span))}”缺少句号")
    for span in dangling:
        yield Match(_end(report, span), f"段落以“{report.quote(span)[-1]}”结束，句子没有写完或标点有误", case="comma")


def _prose(
    report: Report, paragraphs: Iterable[Span], parameters: MissingFinalMarkParameters
) -> list[tuple[Span, str]]:
    """Those of ``paragraphs`` that are prose, each with its words."""
    words = ((span, report.normalised(span)) for span in paragraphs)
    return [(span, written) for span, written in words if _is_prose(written, parameters)]


def _paragraphs(report: Report) -> list[Span]:
    """The paragraphs of the body that should end with a mark."""
    headings = {item.span.end for item in report.sentences if item.is_heading and _needs_no_mark(report, item)}
    kinds = [item.kind for item in report.paragraphs]
    own = [item.span for item in report.paragraphs if item.kind is ParagraphKind.BODY]
    # The last one is where an excerpt, or a text cut by a web page, ends; but for one that is signed.
    if own and ParagraphKind.SIGNATURE not in kinds[len(kinds) - kinds[::-1].index(ParagraphKind.BODY) :]:
        own.pop()
    return [span for span in own if span.end not in headings and not report.in_residue(span)]


def _needs_no_mark(report: Report, heading: Sentence) -> bool:
    """Whether a heading may do without a mark; the last numbered item of a paragraph is none once it is a sentence."""
    start = heading.span.start
    if start == 0 or report.text[start - 1] in "\n\r":
        return True
    words = report.normalised(heading.span)
    return "," not in words or len(words) < _SENTENCE


def _is_prose(words: str, parameters: MissingFinalMarkParameters) -> bool:
    if len(words) < parameters.least_characters or _NOT_PROSE.search(words):
        return False
    if _SENTENCE_MARK.search(words) or words[-1] == ",":
        return True
    return len(words) >= _LONG and len(_COMMA.findall(words)) > 1


def _end(report: Report, span: Span) -> Span:
    """The last words of a paragraph, from a comma on where there is one."""
    start = max(span.start, span.end - _TAIL)
    commas = [match.end() for match in _COMMAS.finditer(report.text, start, span.end - 1)]
    return Span(commas[-1] if commas else start, span.end)


def _words(report: Report, span: Span) -> str:
    return clipped(report.quote(span))


KIND = Kind(
    name="missing-final-mark",
    summary="正文段落末尾没有标点",
    parameters=MissingFinalMarkParameters,
    run=run,
    cases=("comma", "habit"),
)
