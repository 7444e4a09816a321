"""Sentences by the rules of Chinese punctuation, read from the folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.heading_marks import HeadingMark
from documents.lazy_pattern import lazy_pattern
from documents.paragraphs import Content, trimmed
from documents.report import NumberStyle, Sentence, Span

# What stands inside a title, a quotation or brackets is not cut; an opening mark that never closes holds back nothing.
_ATOMS = (
    r"《[^《》\n]{0,150}》|〈[^〈〉\n]{0,150}〉|“(?:[^“”\n]|“[^“”\n]{0,60}”){0,400}+”|\"[^\"\n]{0,300}\"|‘[^‘’\n]{0,300}’"
    r"|\((?:[^()\n]|\([^()\n]{0,60}\)){0,200}+\)|【[^【】\n]{0,100}】"
)
_CLOSERS = "(?:[。!?…]|[”’)》〉】\\]])*"
# An ASCII full stop is a mark only after Chinese words; in 3.0, 1. and gov.cn it is part of a word. Each choice begins
# with a character of its own and none is a group: so they are looked for many times faster.
_EVENT = lazy_pattern(
    rf"。{_CLOSERS}|!(?<![A-Za-z=&/].){_CLOSERS}|\?(?<![A-Za-z=&/].){_CLOSERS}"
    rf"|\.(?<=[\u3400-\u9fff)》”%].)(?![\w.]){_CLOSERS}|{_ATOMS}"
)
_MARKS = frozenset("。!?.")
_MARK_INSIDE = lazy_pattern('[。!?…][”’)"]+$')
_SLOGAN = lazy_pattern('[“"‘][^。]{1,20}[!?][”"’]')
# “……。”的要求: the quotation is part of a sentence that goes on.
_GOES_ON = lazy_pattern(
    "[、,;:的等和与及或之是。!?…]|为(?!了)|作为|这[一个种项]|中的|原则|精神|要求|理念|方针|思路|目标|模式|机制|格局|制度|工作|重要[指论思讲要]"
    "|活动|主题|口号|宣传|专栏|栏目|行动|一[词语说]"
)
_NUMBER_ONLY = lazy_pattern(r"\s*第?[(]?[一二三四五六七八九十]{1,3}")


def sentence_ends(folded: str, start: int, end: int) -> Iterator[int]:
    """Where the sentences of ``folded[start:end]`` end, closing marks and quotes included; the last is ``end``."""
    begin = start
    for event in _EVENT.finditer(folded, start, end):
        words = event.group()
        ends = (
            _mark_ends(folded, event, words, begin, end)
            if words[0] in _MARKS
            else _atom_ends(folded, event, words, begin, end)
        )
        if ends and event.end() < end:
            begin = event.end()
            yield begin
    yield end


def _atom_ends(folded: str, event: re.Match[str], atom: str, begin: int, end: int) -> bool:
    if atom[0] in "《〈【" or not _MARK_INSIDE.search(atom) or _GOES_ON.match(folded, event.end(), end):
        return False
    if atom[0] == "(":
        return not folded[begin : event.start()].strip()
    return not _SLOGAN.fullmatch(atom)


def _mark_ends(folded: str, event: re.Match[str], words: str, begin: int, end: int) -> bool:
    if words[0] == "." and _NUMBER_ONLY.fullmatch(folded, begin, event.start()):
        return False
    return not (words[-1] in "”’" and _GOES_ON.match(folded, event.end(), end))


def split_sentences(folded: str, contents: Sequence[Content], marks: Sequence[HeadingMark]) -> tuple[Sentence, ...]:
    """The sentences of the report's own text, in order and without overlap.

    A heading that stands alone is a sentence of its own. Residue, the document's title and the signature have none.
    """
    return tuple(_sentences(folded, contents, marks))


def _sentences(folded: str, contents: Sequence[Content], marks: Sequence[HeadingMark]) -> Iterator[Sentence]:
    over: int | None = None
    upcoming = ((index, mark) for index, mark in enumerate(marks) if mark.style is not NumberStyle.ITEM)
    index, mark = next(upcoming, _NO_MORE)
    for content in contents:
        start, end = content.span
        while mark is not None and mark.start < end:
            yield from _plain(folded, Span(start, mark.start), content.paragraph, over)
            over, start = index, mark.begin
            if mark.alone:
                yield Sentence(Span(start, mark.sentence_end), content.paragraph, over, is_heading=True)
                start = mark.sentence_end
            index, mark = next(upcoming, _NO_MORE)
        yield from _plain(folded, Span(start, end), content.paragraph, over)


_NO_MORE: tuple[int, HeadingMark | None] = (-1, None)


def _plain(folded: str, span: Span, paragraph: int, over: int | None) -> Iterator[Sentence]:
    start = span.start
    for end in sentence_ends(folded, *span):
        line = trimmed(folded, start, end)
        if line is not None:
            yield Sentence(Span(line.start, line.end), paragraph, over)
        start = end
