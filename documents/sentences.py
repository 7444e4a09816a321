"""Sentences by the rules of Chinese punctuation, read from the folded text."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_MARKS = "。!?."
_MARK_INSIDE = lazy_pattern('[。!?…][”’)"]+$')
_SLOGAN = lazy_pattern('[“"‘][^。]{1,20}[!?][”"’]')
# “……。”的要求: the quotation is part of a sentence that goes on.
_GOES_ON = lazy_pattern(
    "[、,;:的等和与及或之是。!?…]|为(?!了)|作为|这[一个种项]|中的|原则|精神|要求|理念|方针|思路|目标|模式|机制|格局|制度|工作|重要[指论思讲要]"
    "|活动|主题|口号|宣传|专栏|栏目|行动|一[词语说]"
)
_NUMBER_ONLY = lazy_pattern(r"\s*第?[(]?[一二三四五六七八九十]{1,3}")


def _ends_sentence(folded: str, event: re.Match[str], words: str, begin: int, end: int) -> bool:
    """Whether ``event``, which is more than a full stop, ends the sentence that begins at ``begin``."""
    sign = words[0]
    if sign in _MARKS:
        return _mark_ends(folded, event, words, begin, end)
    # What is no sentence, as most titles, quotations and brackets are none, has no closing mark before its own last.
    return sign not in _TITLE_SIGNS and words[-2] in _BEFORE_LAST and _atom_ends(folded, event, words, begin, end)


_TITLE_SIGNS = "《〈【"
_BEFORE_LAST = '。!?…”’)"'


def _atom_ends(folded: str, event: re.Match[str], atom: str, begin: int, end: int) -> bool:
    if not _MARK_INSIDE.search(atom) or _GOES_ON.match(folded, event.end(), end):
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
    sentences: list[Sentence] = []
    over: int | None = None
    upcoming = iter([(index, mark) for index, mark in enumerate(marks) if mark.style is not NumberStyle.ITEM])
    index, mark = next(upcoming, _NO_MORE)
    for (begin, end), paragraph in contents:
        start = begin
        while mark is not None and mark.start < end:
            if start < mark.start:
                _add_plain(sentences, folded, start, mark.start, paragraph, over)
            over, start = index, mark.begin
            if mark.alone:
                sentences.append(_new(Sentence, (_new(Span, (start, mark.sentence_end)), paragraph, over, True)))
                start = mark.sentence_end
            index, mark = next(upcoming, _NO_MORE)
        if start < end:
            _add_plain(sentences, folded, start, end, paragraph, over)
    return tuple(sentences)


_NO_MORE: tuple[int, HeadingMark | None] = (-1, None)


def _add_plain(sentences: list[Sentence], folded: str, start: int, end: int, paragraph: int, over: int | None) -> None:
    """Add the sentences of ``folded[start:end]``, none of which is a heading, with their closing marks and quotes."""
    for event in _EVENT.finditer(folded, start, end):
        words = event[0]
        if words != "。" and not _ends_sentence(folded, event, words, start, end):
            continue
        stop = event.end()
        # A mark ends in no blank; most sentences begin with none and need no trimming.
        if folded[start].isspace():
            sentences += _trimmed(folded, start, stop, paragraph, over)
        else:
            # By position, as it is done for every sentence of every report: by name it takes twice as long.
            sentences.append(_new(Sentence, (_new(Span, (start, stop)), paragraph, over, False)))
        start = stop
    if start < end:
        sentences += _trimmed(folded, start, end, paragraph, over)


def _trimmed(folded: str, start: int, end: int, paragraph: int, over: int | None) -> list[Sentence]:
    line = trimmed(folded, start, end)
    return [Sentence(Span(line.start, line.end), paragraph, over)] if line else []


_new = tuple.__new__
