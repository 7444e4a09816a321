"""The report's own sentences as comparison wants them: without heading numbers, blanks and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2

from documents.report import ParagraphKind, Report, Span
from rules.facts.policy_formulas import FormulaGroup

_HAN_NUMBER = "[一二三四五六七八九十百]"
_ITEM_NUMBER = re.compile(
    rf"\s*(?:(?:[(]?(?:{_HAN_NUMBER}{{1,4}}|\d{{1,2}})[)]|{_HAN_NUMBER}{{1,4}}[、.,:]|\d{{1,2}}(?:[、,)]|\.(?!\d))"
    rf"|[①-⓿❶-➓㈠-㈩]|第{_HAN_NUMBER}{{1,3}}(?:部分|方面|[,、:])|{_HAN_NUMBER}{{1,2}}是(?!否)|首先,|其次,|最后,)\s*)+"
)
_NOISE = re.compile(r"[^\w%.]+|_|\.(?!\d)")
_PARTS = re.compile(r"[^;\n]+(?:;|$)?")
_CLAUSES = re.compile(r"[^,;:。!?\n]+")
_NAME = re.compile(r"《[^《》]*》")
_CLOSED = tuple("。!?;")
_CLOSERS = "”’』」)）]】》 \t\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or one part of a sentence between semicolons or commas, without its heading or item number.

    ``key`` is its normalised text without blanks and punctuation: equal keys are equal words. ``closed`` tells whether
    it ends with the mark of a finished sentence, which a table cell and a page header do not.
    """

    span: Span
    key: str
    paragraph: int
    is_heading: bool
    closed: bool


def read_passages(report: Report) -> tuple[Passage, ...]:
    """Every sentence of the body in order; sentences that are lists with semicolons give one passage an item."""
    return tuple(passage for passage in _passages(report) if passage.key)


def clauses_of(report: Report, passage: Passage) -> Iterator[Passage]:
    """The parts of ``passage`` between commas, colons and semicolons."""
    start, end = report.view.from_text(*passage.span)
    for match in _CLAUSES.finditer(report.view.text, start, end):
        if key := text_key(match.group()):
            span = Span(*report.view.to_text(match.start(), match.end()))
            yield Passage(span, key, passage.paragraph, passage.is_heading, passage.closed)


def text_key(text: str) -> str:
    """Normalised text without blanks and punctuation; decimal points and per cent signs stay."""
    return _NOISE.sub("", text)


def own_words(report: Report, span: Span, formulas: tuple[FormulaGroup, ...], ignored: tuple[str, ...] = ()) -> str:
    """What remains of a passage without titles in 《》, policy formulas and the unit's name: its author's."""
    key = text_key(_NAME.sub("", report.normalised(span)))
    unit = (text_key(report.unit.value),) if report.unit else ()
    for name in (*unit, *ignored):
        key = key.replace(text_key(name), "")
    return str(_formula_pattern(formulas).sub("", key))


def whereabouts(report: Report, offset: int) -> str:
    """The section that holds ``offset``, in words for a message."""
    label = report.section_label(offset)
    return f"“{label}”部分" if label else "开头部分"


def shortened(report: Report, span: Span, length: int = 40) -> str:
    """The words at ``span`` on one line, cut to ``length`` characters for a message."""
    words = " ".join(report.quote(span).split())
    return words if len(words) <= length else f"{words[:length]}…"


def _passages(report: Report) -> Iterator[Passage]:
    view = report.view
    for sentence in report.sentences:
        kind = report.paragraphs[sentence.paragraph].kind
        if kind not in (ParagraphKind.BODY, ParagraphKind.HEADING) or report.in_residue(sentence.span):
            continue
        start, end = view.from_text(*sentence.span)
        for part in _PARTS.finditer(view.text, start, end):
            number = _ITEM_NUMBER.match(view.text, part.start(), part.end())
            words = view.text[number.end() if number else part.start() : part.end()].rstrip()
            if words:
                first = (number.end() if number else part.start()) + len(words) - len(words.lstrip())
                span = Span(*view.to_text(first, first + len(words.lstrip())))
                closed = words.rstrip(_CLOSERS).endswith(_CLOSED)
                yield Passage(span, text_key(words), sentence.paragraph, sentence.is_heading, closed)


@lru_cache(maxsize=8)
def _formula_pattern(groups: tuple[FormulaGroup, ...]) -> Any:
    texts = sorted({text_key(text) for group in groups for text in group.texts}, key=len, reverse=True)
    patterns = [pattern for group in groups for pattern in group.patterns]
    return re2.compile("|".join([*patterns, *map(re2.escape, texts)]) or r"$^")
