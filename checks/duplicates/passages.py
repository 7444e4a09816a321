"""The report's own sentences as comparison wants them: without heading numbers, blanks and punctuation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from checks.place import clipped, part_in_words
from documents.lazy_pattern import lazy_pattern
from documents.normalised import normal_form
from documents.report import CONTENT_KINDS, Report, Span
from rules.facts.policy_formulas import FormulaGroup
from rules.pattern import Re2Pattern

_HAN_NUMBER = "[一二三四五六七八九十百]"
_NUMBERS = (
    rf"\s*(?:(?:[(]?(?:{_HAN_NUMBER}{{1,4}}|\d{{1,2}})[)]|{_HAN_NUMBER}{{1,4}}[、.,:]|\d{{1,2}}(?:[、,)]|\.(?!\d))"
    rf"|[①-⓿❶-➓㈠-㈩]|第{_HAN_NUMBER}{{1,3}}(?:部分|方面|[,、:])|{_HAN_NUMBER}{{1,2}}是(?!否)|首先,|其次,|最后,)\s*)+"
)
_ITEM_NUMBER = lazy_pattern(_NUMBERS)
# 将持续健全…… and 持续健全…… are the same clause, told of another time.
_AUXILIARIES = (
    r"\s*(?:(?:同时|此外|并且?|也|还|又"
    r"|(?:我们|[我全][省市县区旗镇乡街局委厅院办])?(?:将(?!军|来)|要(?!求|点|素|件)|拟|须|应当?))(?=.{4}))+"
)
_LEAD = lazy_pattern(rf"(?:{_NUMBERS})?(?:{_AUXILIARIES})?")
# A Han character that is none of these begins no number, or neither a number nor an auxiliary.
_BEGIN_A_NUMBER = frozenset("一二三四五六七八九十百第首其最")
_BEGIN_A_LEAD = _BEGIN_A_NUMBER | frozenset("同此并也还又我全将要拟须应")
_WORDLESS = frozenset(("", "\n"))
# A full stop ends a sentence or parts a number.
_FULL_STOP = lazy_pattern(r"\.(?!\d)")
_CLAUSE_ENDS = "。;:!?"
# Han characters are letters; naming them makes it faster.
_NOISE = lazy_pattern(r"[^\u4e00-\u9fff\w%.\n,]")
# The most frequent noise, which is faster taken out mark by mark, and the one mark that the pattern takes for a letter.
_MARKS = "、“”《》_"
# A list opened by a colon is cut before its first item, so that the items compare without their introduction.
_PARTS = lazy_pattern(r"[^;:\n]+(?::(?!\s*(?:一是|一、|[(]?[一1][)、.]))[^;:\n]*)*[;:]?")
_CLAUSE = lazy_pattern(rf"[^,{_CLAUSE_ENDS}\n]+")
# Titles, quoted names and lists of four or more short names: words that a report cannot put differently.
_NAME = lazy_pattern(r"《[^《》]*》|“[^“”]{1,20}”|(?:[^\W、]{1,6}、){3,}[^\W、]{1,6}")
# 2022年1月1日至12月31日 opens as many sentences as it has to.
_PERIOD = lazy_pattern(
    r"(?:截[至止]|自|从|至|到|以来|起|止|期间|[底末初中旬—~-]|\d{1,4}[年月日]|第?[一二三四1-4]季度|[上下]半年)+"
)
_CLOSED = frozenset("。!?;")
_CLOSERS = "”’』」)）]】》 \t\n"


_Part = tuple[str, tuple[int, int], int, bool, bool, bool]


class Passage(NamedTuple):
    """A sentence, or one part of a sentence between semicolons or commas, without its heading or item number.

    ``words`` is its normalised text, ``key`` the same without blanks and punctuation: equal keys are equal words.
    ``clauses`` is the key with a comma for each mark that ends a clause. ``numbered`` tells whether a number was taken
    off; ``closed`` whether it ends with the mark of a finished sentence, which a table cell and a page header do not.
    """

    span: Span
    words: str
    clauses: str
    key: str
    paragraph: int
    is_heading: bool
    numbered: bool
    closed: bool


def read_passages(report: Report, places: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
    """Every sentence of the body in order; sentences that are lists with semicolons give one passage an item.

    ``places`` are the ranges of the report's sentences in its normalised view. Lines that repeat the report's title, as
    page headers and web pages do, are left out.
    """
    parts = _parts(report, places)
    if not parts:
        return ()
    # Of all parts at once, since each call costs more than what it does with one of them.
    clauses = clause_text("\n".join([part[0] for part in parts]))
    keys = clauses.split("\n"), clauses.replace(",", "").split("\n")
    title = text_key(normal_form(report.title.value)) if report.title else ""
    _, starts, ends = report.view
    # A view that is a range has every place as the text has it; to ask it for each takes as long as all the rest.
    in_text = [part[1] for part in parts]
    if not isinstance(starts, range):
        in_text = [(starts[start], ends[end - 1]) if start < end else (start, end) for start, end in in_text]
    # Made as the tuples they are, in a quarter of the time.
    new = tuple.__new__
    return tuple(
        [
            new(Passage, (new(Span, place), words, parted, key, paragraph, is_heading, numbered, closed))
            for place, (words, _, paragraph, is_heading, numbered, closed), parted, key in zip(
                in_text, parts, *keys, strict=True
            )
            if key and (closed or key not in title)
        ]
    )


def clauses_of(report: Report, passage: Passage) -> Iterator[tuple[str, int, int]]:
    """Key and range in the normalised view of each part of ``passage`` between commas, colons and semicolons."""
    for match in _CLAUSE.finditer(report.view.text, *report.view.from_text(*passage.span)):
        words = _without_lead(match.group())
        if key := text_key(words):
            yield key, match.end() - len(words), match.end()


def clause_keys(passages: Collection[Passage]) -> list[list[str]]:
    """The keys of the clauses of each passage, as :func:`clauses_of` gives them."""
    if not passages:
        return []
    text = ",\n,".join([passage.words for passage in passages])
    for mark in _CLAUSE_ENDS:
        text = text.replace(mark, ",")
    clauses = [_without_lead(clause) if may_have_lead(clause) else clause for clause in text.split(",")]
    lines = clause_text(",".join(clauses)).split(",\n,")
    return [[key for key in line.split(",") if key] for line in lines]


def may_have_lead(clause: str) -> bool:
    """Whether a clause, or its key, may begin with a number or an auxiliary."""
    return clause not in _WORDLESS and (not "\u4e00" <= clause[0] <= "\u9fff" or clause[0] in _BEGIN_A_LEAD)


def clause_text(text: str) -> str:
    """Normalised text without blanks other than line ends, with a comma for each mark that ends a clause and without
    other punctuation."""
    if "." in text:
        text = _FULL_STOP.sub("", text)
    for mark in _MARKS:
        text = text.replace(mark, "")
    for mark in _CLAUSE_ENDS:
        text = text.replace(mark, ",")
    return _NOISE.sub("", text)


def text_keys(texts: Collection[str]) -> list[str]:
    """The key of each text, of which none may hold a line end (:func:`text_key`)."""
    return clause_text("\n".join(texts)).replace(",", "").split("\n") if texts else []


def text_key(text: str) -> str:
    """Normalised text without blanks and punctuation; decimal points and per cent signs stay."""
    return text if text.isalnum() else clause_text(text).replace(",", "").replace("\n", "")


def own_words(report: Report, span: Span, formulas: tuple[FormulaGroup, ...], ignored: tuple[str, ...] = ()) -> str:
    """What remains of a passage without names and lists of names, policy formulas and the unit's name; no period."""
    words = _NAME.sub("", report.normalised(span))
    key = "" if _PERIOD.fullmatch(words) else text_key(words)
    unit = (text_key(report.unit.value),) if report.unit else ()
    for name in (*unit, *ignored):
        key = key.replace(text_key(name), "")
    for formula in reversed(list(_formula_pattern(formulas).finditer(key))):
        key = key[: formula.start()] + key[formula.end() :]
    return key


def whereabouts(report: Report, offset: int) -> str:
    """The section that holds ``offset``, in words for a message."""
    chain = [report.headings[index] for index in report.ancestry(report.heading_at(offset))]
    return part_in_words(chain) or "开头部分"


def shortened(report: Report, span: Span) -> str:
    """The words at ``span`` as a message shows them."""
    return clipped(report.normalised(span))


def shortened_words(words: str) -> str:
    """Words of a report whose normalised view is not at hand, as a message shows them."""
    return clipped(normal_form(words))


def _without_lead(clause: str) -> str:
    """A clause without its number and auxiliary."""
    lead = _LEAD.match(clause)
    return clause[lead.end() :] if lead else clause


def _parts(report: Report, places: Iterable[tuple[int, int]]) -> list[_Part]:
    """The sentences of the body, those that are lists in parts."""
    text, has_residue = report.view.text, bool(report.residue)
    is_content = [paragraph.kind in CONTENT_KINDS for paragraph in report.paragraphs]
    parts: list[_Part] = []
    for (span, paragraph, _, is_heading), place in zip(report.sentences, places, strict=True):
        if not is_content[paragraph] or (has_residue and report.in_residue(span)):
            continue
        start, end = place
        words = text[start:end]
        if ";" in words or ":" in words or "\n" in words:
            found = _PARTS.finditer(words)
            parts += [_part(start + match.start(), match.group(), paragraph, is_heading) for match in found]
        elif words and words[-1] in _CLOSED and "\u4e00" <= words[0] <= "\u9fff" and words[0] not in _BEGIN_A_NUMBER:
            # Most sentences are so; to call a function for each takes longer than all that is done with it.
            parts.append((words, place, paragraph, is_heading, False, True))
        elif words:
            parts.append(_part(start, words, paragraph, is_heading))
    return parts


def _part(start: int, words: str, paragraph: int, is_heading: bool) -> _Part:
    """A part that starts at ``start`` of the normalised view, its number and the blanks around it taken off."""
    first, last, end = words[0], words[-1], start + len(words)
    is_plain = "\u4e00" <= first <= "\u9fff" and first not in _BEGIN_A_NUMBER
    number = None if is_plain else _ITEM_NUMBER.match(words)
    words = (words[number.end() :] if number else words).lstrip()
    start = end - len(words)
    closed = last in _CLOSED
    if not closed:
        words = words.rstrip()
        closed = words.rstrip(_CLOSERS)[-1:] in _CLOSED
    return words, (start, start + len(words)), paragraph, is_heading, number is not None, closed


@lru_cache(maxsize=8)
def _formula_pattern(groups: tuple[FormulaGroup, ...]) -> Re2Pattern:
    texts = sorted({text_key(text) for group in groups for text in group.texts}, key=len, reverse=True)
    patterns = [pattern.source for group in groups for pattern in group.patterns]
    return Re2Pattern("|".join([*patterns, *map(re.escape, texts)]))
