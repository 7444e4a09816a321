"""Marks that stand twice or cannot stand side by side.

Cases: ``double`` (。。 ，，), ``clash`` (，。 、，), ``quotes`` (““ ””), ``exclaim`` (！！), ``quoted`` (。”。) and
``numbering`` (（一）、).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.wording.habits import habit
from checks.wording.passages import matches_at
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters

# Where two marks, or a mark and a blank, stand side by side, or a number in brackets is followed by a mark.
_DOUBTFUL = lazy_pattern(
    r"[。,、;:!?“”‘’【】(](?:(?=[ 。,、;:!?“”‘’【】])|(?<=\()(?=(?:[一二三四五六七八九十]{1,3}|\d{1,2})\) ?[、,.]))"
)
# One mark after another, blanks between them left out. An ellipsis of full stops is three or more of them.
_MARKS = lazy_pattern(
    r"(?:"
    r"(?P<quoted>。[”’] ?。)|(?P<double>。[ 。]*。|,[ ,]*,|、[ 、]*、|;[ ;]*;|(?<![:\w]):[ :]*:(?![:\w]))"
    r"|(?P<clash>[,、;:] ?[。!?]|[。;] ?[,、;:]|[!?] ?[,、;。]|[,;:] ?、|、 ?[,;:]|, ?[;:]|[;:] ?,|: ?;|; ?:)"
    r"|(?P<quotes>““|””|‘‘|’’|【【|】】)|(?P<exclaim>[!?][!?]+)"
    r"|(?P<numbering>\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\) ?[、,.]))"
)
_MESSAGES = {
    "double": "标点“{}”重复，请删去多余的",
    "clash": "标点“{}”不能连用，请保留其中一个",
    "quotes": "“{}”连用，请核对引号的层次，内层用单引号",
    "exclaim": "公文不宜连用“{}”",
    "quoted": "“{}”：引文末尾已有句号，引号外不再加句号",
    "numbering": "“{}”：带括号的序号后面不加标点",
}
_LATIN = lazy_pattern(r"[A-Za-z]")


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """One match for each place; the numbering, a matter of style, is one match for the report."""
    report = context.report
    numbering: list[Span] = []
    doubtful = (match.start() for match in _DOUBTFUL.finditer(report.view.text))
    for match in matches_at(_MARKS, report.view.text, doubtful):
        span = Span(*report.view.to_text(*match.span()))
        case = str(match.lastgroup)
        if report.in_residue(span) or _is_meant(match, case):
            continue
        if case == "numbering":
            numbering.append(span)
        else:
            yield Match(span, _message(report, span, case), case=case)
    if numbering:
        yield habit(numbering, _message(report, numbering[0], "numbering"), case="numbering")


def _is_meant(match: re.Match[str], case: str) -> bool:
    """Whether the marks belong to Latin words, or the number in brackets stands inside a sentence."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    if case == "numbering":
        return before not in ("", "\n", "。", ";", " ")
    return _LATIN.match(before) is not None


def _message(report: Report, span: Span, case: str) -> str:
    return _MESSAGES[case].format(report.quote(span).strip())


KIND = Kind(
    name="clashing-punctuation",
    summary="标点重复或前后冲突",
    parameters=Parameters,
    run=run,
    cases=("double", "clash", "quotes", "exclaim", "quoted", "numbering"),
)
