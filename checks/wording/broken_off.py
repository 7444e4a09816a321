"""Sentences that break off: 助推法治社区建设积。 and 加强组织领导和。

Cases: ``connective`` (the sentence ends with a word that must go on: 和, 并, 由于) and ``fragment`` (it ends with the
first character of a word).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.segmentation import is_word
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.facts.register import Register
from rules.model import Parameters

_TWO_HAN = lazy_pattern(r"[\u4e00-\u9fff]{2}")
_CONNECTIVE = lazy_pattern(
    r"(?:(?<![之中])和|[与及或并将把被从向]|以及|并且|而且|由于|因为|对于|关于|根据|按照|为了|以便|不仅|不但|尤其是|特别是|主要是"
    r"|进一步|仍然|更加|有待|亟待|还需|尚需|仍需|尚未|例如|比如|譬如|分别[为是]|(?:以下|下列|这)几[个项种]|主要有|包括|(?<![说是对好要行可决毫绝从敢])不)$"
)
_LAST_OF_A_CONNECTIVE = frozenset("和与及或并将把被从向且于为据照了便仅但是步然加待需未如有个项种括不")
# Of the characters that begin words, those that also end a clause on their own: 底数清, 氛围浓, 应退尽退.
_MAY_STAND_ALONE = frozenset(
    "七万不专两丰久亟亮亲今仍从以仲优健充公六其兼再净凝勤勇卓危双各喜圆坚多夯奋如始尊尚尽左巧差幸废忙快恶悬敢旁无普暂最柔森"
    "抓推重横每氛浓海深清渠满激热狠环百短社秸笃第精红纲老良舆覆许赔走退透远连逐锐隐青非食首驳鸡黄车河沟窗脚"
)
# 应签尽签, 应查尽查: every verb may stand at the end of these.
_ALL_THAT_SHOULD_BE = lazy_pattern(r"应(.)尽\1$")
_LONGEST_WORD = 5
_CLAUSE = 14
_LONGEST_CONNECTIVE = 6
# A character that begins this many times more words than it ends breaks a word off.
_RATIO = 20
_FEWEST = 200


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """One match at the end of each sentence that breaks off, quoted with the words before it."""
    report = context.report
    text = report.view.text
    register = context.facts.register
    heads = _heads(register)
    for mark in _doubtful_ends(register).finditer(text):
        end = mark.start()
        last = text[end - 1]
        if last in _LAST_OF_A_CONNECTIVE and _ends_with_a_connective(text, end):
            case, message = "connective", "句子到“{}”没有写完，请补全"
        elif last in heads and _breaks_off_in_a_word(text, end, register):
            case, message = "fragment", "句子到“{}”像是没有写完，请核对"
        else:
            continue
        span = _with_its_clause(report, end)
        if not report.in_residue(span):
            yield Match(span, message.format(report.quote(span)[:-1]), case=case)


def _ends_with_a_connective(text: str, end: int) -> bool:
    if not _TWO_HAN.match(text, end - 2):
        return False
    found = _CONNECTIVE.search(text, max(0, end - _LONGEST_CONNECTIVE), end)
    return found is not None and is_word(text, found.start(), end)


def _breaks_off_in_a_word(text: str, end: int, register: Register) -> bool:
    """Whether the last character stands alone after a word, and ends no word or set phrase itself."""
    if not _TWO_HAN.match(text, end - 2):
        return False
    return not _ends_a_word(text, end, register) and _follows_a_word(text, end - 1)


def _ends_a_word(text: str, end: int, register: Register) -> bool:
    """Whether a word or set phrase of the register ends at ``end``."""
    if _ALL_THAT_SHOULD_BE.search(text, max(0, end - 4), end):
        return True
    return any(text[end - length : end] in register.words for length in range(2, _LONGEST_WORD + 1))


def _follows_a_word(text: str, place: int) -> bool:
    """Whether the character at ``place`` stands alone after a word of two characters or more."""
    before = (is_word(text, place - length, place) for length in (2, 3, 4) if place >= length)
    return is_word(text, place, place + 1) and any(before)


def _with_its_clause(report: Report, end: int) -> Span:
    """The end of the sentence, its mark included, with the clause before it as far as it is short."""
    text = report.view.text
    start = end
    while start > max(0, end - _CLAUSE) and text[start - 1] not in ",。;:!?、\n":
        start -= 1
    return Span(*report.view.to_text(start, end + 1))


@lru_cache(maxsize=2)
def _doubtful_ends(register: Register) -> re.Pattern[str]:
    """Finds the mark at the end of a sentence whose last character may break it off."""
    doubtful = "".join(sorted(_LAST_OF_A_CONNECTIVE | _heads(register)))
    return re.compile(rf"[。;!?](?<=[{re.escape(doubtful)}].)(?![”’])")


@lru_cache(maxsize=2)
def _heads(register: Register) -> frozenset[str]:
    """The characters that begin frequent words and hardly ever end one."""
    begins: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for word, frequency in register.words.items():
        if len(word) > 1 and frequency:
            begins[word[0]] += frequency
            ends[word[-1]] += frequency
    return frozenset(
        character
        for character, count in begins.items()
        if count >= _FEWEST and count >= _RATIO * ends[character] and character not in _MAY_STAND_ALONE
    )


KIND = Kind(
    name="broken-off",
    summary="句子没有写完",
    parameters=Parameters,
    run=run,
    cases=("connective", "fragment"),
)
