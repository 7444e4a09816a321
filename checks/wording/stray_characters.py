"""Characters that do not belong in a text: invisible, private or undecodable ones, and bars left by a program.

Cases: ``damaged`` (�), ``invisible``, ``private`` and ``bar``; one match for each, with the count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.wording.habits import habit
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters

# The third column: signs of which a text must hold one to be worth searching; what cannot be printed has none.
_PATTERNS: tuple[tuple[str, re.Pattern[str], tuple[str, ...], str], ...] = (
    (
        "damaged",
        lazy_pattern("\ufffd+|锟斤拷|烫烫烫"),
        ("\ufffd", "锟斤拷", "烫烫烫"),
        "有无法辨认的乱码“{}”，请对照原文补正",
    ),
    (
        "invisible",
        lazy_pattern(
            "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]+|(?<!^)\ufeff"
        ),
        (),
        "含不可见字符，可能影响检索和比对，请删去",
    ),
    (
        "private",
        lazy_pattern("[\ue000-\uf8ff\U000f0000-\U000ffffd]+"),
        (),
        "有只在个别字体里才能显示的字符，请改用规范字符",
    ),
    (
        "bar",
        lazy_pattern(r"(?<=[。;；!！?？]) ?[|｜]+(?=\s|$)|[□▯]+(?=[\u4e00-\u9fff,，。])(?![是否有无])"),
        ("|", "｜", "□", "▯"),
        "有多余的符号“{}”，请删去",
    ),
)
_BLANKS = "\n\t\u3000\xa0"
_TABLE = lazy_pattern(r"\|[^|\n]*\|")


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """At most one match for each case."""
    report = context.report
    unprintable = not _is_printable(report.text)
    for case, pattern, signs, message in _PATTERNS:
        if not (any(sign in report.text for sign in signs) if signs else unprintable):
            continue
        spans = [Span(*match.span()) for match in pattern.finditer(report.text) if not _in_a_table(match)]
        if spans:
            yield habit(spans, message.format(report.quote(spans[0]).strip()), values=_codes(report, spans), case=case)


def _is_printable(text: str) -> bool:
    """Whether ``text`` has no characters without a form of their own but the usual blanks."""
    for blank in _BLANKS:
        text = text.replace(blank, "")
    return text.isprintable()


def _in_a_table(match: re.Match[str]) -> bool:
    """Whether a bar is one of several on its line."""
    if "|" not in match.group():
        return False
    start = match.string.rfind("\n", 0, match.start()) + 1
    end = match.string.find("\n", match.end())
    return _TABLE.search(match.string, start, end if end >= 0 else len(match.string)) is not None


def _codes(report: Report, spans: list[Span]) -> dict[str, str]:
    kinds = sorted({character for span in spans for character in report.quote(span).strip()})
    return {"characters": " ".join(f"U+{ord(character):04X}" for character in kinds[:10])}


KIND = Kind(
    name="stray-characters",
    summary="不可见字符、乱码和多余符号",
    parameters=Parameters,
    run=run,
    cases=("damaged", "invisible", "private", "bar"),
)
