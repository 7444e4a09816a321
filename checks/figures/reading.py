"""The numbers of a report with what they count, passage by passage; read once for all rules of the family.

All positions are places in the report's normalised view.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.figures.amounts import Amount, amount_of, is_rounded
from checks.figures.units import family_of, unit_at
from documents.lazy_pattern import lazy_pattern
from documents.numerals import Quantities, Quantity
from documents.report import CONTENT_KINDS, Report

_COUNTED = "[名人次件家宗起场份条篇部张册期例元余多万千项个户位卷批]"
# To begin with one class of characters lets the search skip quickly.
_NUMBER = lazy_pattern(
    f"[0-9零二两三四五六七八九十百千万亿余数](?:(?<=[0-9])|(?<!零){_COUNTED}|(?<=[十百千零])一{_COUNTED}|(?<=百)分之)"
)
_OUTSIDE = lazy_pattern(r"《[^》\n]{0,80}》|“[^”\n]{0,30}”|<[^>\n]{0,80}>|〔\d+〕\s*\d*")
_ITEM_NUMBER = lazy_pattern(r"\d{1,2}[.、)](?!\d)")
_CONTINUED = frozenset(":;,、")
_ORDINAL_BEFORE = ("第", "前", "排名", "名列", "位列", "位居", "+", "×", "/")
_LAST_OF_ORDINAL = frozenset(word[-1] for word in _ORDINAL_BEFORE)
_ORDINAL_AFTER = frozenset("+/×")
_AFTER_ITEM = frozenset(".、)")
_CHANGE = lazy_pattern(
    "(?:增长|增加|增幅|新增长|下降|降幅|减少|上升|提高|提升|升高|降低|压减|压降|压缩|缩短|同比|环比|多|少|翻)"
    "(?:了|幅度)?(?:达|约|近|为)?$"
)
_LAST_YEAR = lazy_pattern(
    r"(?:上年|去年|前年|上一年|上年度|上一年度|同期|往年|年初|此前|[由较比从](?:19|20)\d\d年)(?:度)?(?:同期)?(?:全年)?的?$|[由从]$"
)
# Most numbers stand after neither; the last character of the words before them tells.
_LAST_OF_CHANGE = frozenset("长加幅降少升高低减缩短比多翻了度达约近为")
_LAST_OF_LAST_YEAR = frozenset("年度期初前的由从")
_LAST_OF_LEAD = _LAST_OF_CHANGE | _LAST_OF_LAST_YEAR
_LONGEST_LEAD = 14
_LONGEST_PASSAGE = 3000
_LIST_LINE = 40
# An item of a list without punctuation ends its line with what it counts.
_LINE_END = lazy_pattern("(?<=[0-9\u4e00-\u9fff;,、)])\\s*(?:\n|$)")


# Not frozen: a report has dozens, and to freeze one costs more than to read it.
@dataclass(slots=True, eq=False)
class Figure:
    """One number: where it stands, what it counts and what it may mean.

    ``start`` includes approximation words, ``end`` the unit, which ``unit`` names; ``family`` stands for all units that
    count the same. ``number`` is the value as read and ``[start, number_end)`` the place of the number without its unit
    in ``text``. ``depth`` counts the brackets around it; ``lead`` are the words before it, empty where their last
    character ends no word that says what the number is.
    """

    text: str
    start: int
    number_end: int
    end: int
    number: float
    unit: str
    family: str
    approx: str | None
    depth: int
    lead: str
    _amount: Amount | None = None
    _value: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """The value in single units: ``3万`` is 30000, ``百分之五`` is 5 of unit ``%``."""
        if self._value is None:
            number = self.number
            self._value = Decimal(number if isinstance(number, int) else str(number))
        return self._value

    @property
    def written(self) -> str:
        """The number as written, without its unit."""
        return self.text[self.start : self.number_end]

    @property
    def amount(self) -> Amount:
        """What the number may mean."""
        if self._amount is None:
            self._amount = amount_of(self.written, self.value, self.approx)
        return self._amount

    @property
    def whole(self) -> bool:
        """Whether it is a whole number that is stated to the last unit, so that ``number`` is all it may mean."""
        return self.approx is None and isinstance(self.number, int) and not is_rounded(self.written)

    @property
    def change(self) -> bool:
        """Whether it is a rise or fall."""
        lead = self.lead
        return lead[-1:] in _LAST_OF_CHANGE and _CHANGE.search(lead) is not None

    @property
    def earlier(self) -> bool:
        """Whether it is last year's figure."""
        lead = self.lead
        return lead[-1:] in _LAST_OF_LAST_YEAR and _LAST_YEAR.search(lead) is not None

    @property
    def exact(self) -> bool:
        """Whether the number is stated to the last unit."""
        return self.approx is None and self.amount.low == self.amount.high

    @property
    def decimals(self) -> int:
        """Digits after the point."""
        exponent = self.value.as_tuple().exponent
        return max(
            len(self.written.partition(".")[2].rstrip("%万亿余多")), -exponent if isinstance(exponent, int) else 0
        )

    @property
    def words(self) -> str:
        """The number with its unit."""
        return self.written if self.written.startswith("百分之") else f"{self.written}{self.unit}"


class Passage:
    """One or more sentences that are read together: items that follow a colon, and 其中 that opens a sentence.

    ``quantities`` are its numbers as they stand there; what they count is read when a rule asks for it.
    """

    __slots__ = ("_figures", "_starts", "_units", "end", "quantities", "start", "text")

    def __init__(self, text: str, start: int, end: int, quantities: list[Quantity]) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.quantities = quantities
        self._figures: tuple[Figure, ...] | None = None
        self._starts: list[int] = []
        self._units: list[str] | None = None

    @property
    def units(self) -> list[str]:
        """The unit of each of the ``quantities``, the empty string for none."""
        if self._units is None:
            text, end = self.text, self.end
            self._units = [
                "%" if quantity.percent else unit_at(text, quantity.end, end) for quantity in self.quantities
            ]
        return self._units

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers that count something; numbers in titles and quotations, of items and of ranks are left out."""
        if self._figures is None:
            self._figures = _figures(self.text, self.start, self.end, self.quantities, self.units)
            self._starts = [figure.start for figure in self._figures]
        return self._figures

    def within(self, start: int, end: int) -> tuple[Figure, ...]:
        """The numbers that start in ``[start, end)``."""
        figures, starts = self.figures, self._starts
        low = bisect_left(starts, start)
        return figures[low : bisect_left(starts, end, low)]

    def holds(self, words: str) -> bool:
        """Whether ``words`` stand in the passage."""
        return self.text.find(words, self.start, self.end) >= 0


def passages_with(passages: Sequence[Passage], words: Iterable[str]) -> list[Passage]:
    """Those of the passages of a report in which one of ``words`` stands, in order.

    The words are few in a report, and its passages many: to look for each of them once in the whole text is cheaper.
    """
    if not passages:
        return []
    text, count, ends = passages[0].text, len(passages), [passage.end for passage in passages]
    found: set[int] = set()
    for word in words:
        length, place = len(word), text.find(word, passages[0].start)
        while place >= 0 and (number := bisect_right(ends, place)) < count:
            passage = passages[number]
            if passage.start <= place and place + length <= passage.end:
                found.add(number)
                place = passage.end
            else:
                place = max(place + 1, passage.start)
            place = text.find(word, place)
    return [passages[number] for number in sorted(found)]


def read_passages(report: Report, sentences: Sequence[tuple[int, int]], quantities: Quantities) -> tuple[Passage, ...]:
    """The passages of the report's own content that state numbers, in order; ``sentences`` are the places of its
    sentences in the normalised view."""
    text, starts = report.view.text, quantities.starts
    own = _own_sentences(report, sentences)
    openings = [start for start, _ in own]
    passages: list[Passage] = []
    place = unread = 0
    while place < len(starts):
        number = starts[place]
        sentence = bisect_right(openings, number, unread) - 1
        if sentence < unread:
            # Before the next of these sentences.
            if unread == len(own):
                break
            place = bisect_left(starts, openings[unread], place)
            continue
        start, end, unread = _range_with(text, own, sentence, unread)
        first, place = place, bisect_left(starts, end, place)
        # A digit is always the beginning of a number.
        if first == place or not ("0" <= text[number] <= "9" or _NUMBER.search(text, start, end)):
            continue
        if end - start <= _LONGEST_PASSAGE:
            passages.append(Passage(text, start, end, quantities.all[first:place]))
        else:
            passages += _pieces(text, start, end, quantities)
    return tuple(passages)


def _own_sentences(report: Report, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places of the sentences of the report's own content."""
    content = {place for place, paragraph in enumerate(report.paragraphs) if paragraph.kind in CONTENT_KINDS}
    with_places = zip(report.sentences, sentences, strict=True)
    if not report.residue:
        return [place for sentence, place in with_places if sentence[1] in content]
    return [place for (span, part, _, _), place in with_places if part in content and not report.in_residue(span)]


def _range_with(text: str, own: list[tuple[int, int]], sentence: int, unread: int) -> tuple[int, int, int]:
    """The place of the sentences that are read together with ``sentence``, and which is the first one behind them.

    The sentences before ``unread`` belong to other ranges. Most follow a full stop and stand for themselves, so that
    what comes before need not be read.
    """
    following = sentence
    while following > unread and _may_go_on(text, own[following - 1][1], own[following][0]):
        following -= 1
    opening, last = own[following]
    following += 1
    while following < len(own):
        start, end = own[following]
        if _may_go_on(text, last, start) and _belongs(text, (opening, last), start, end):
            last = end
        elif following > sentence:
            break
        else:
            opening, last = start, end
        following += 1
    return opening, last, following


def _may_go_on(text: str, last: int, start: int) -> bool:
    """Whether a sentence that begins at ``start`` may belong to what ends at ``last``."""
    return text[last - 1] != "。" or text.startswith("其中", start)


def _pieces(text: str, start: int, end: int, quantities: Quantities) -> Iterator[Passage]:
    """The pieces of a passage so long that it can only be a table or an accident."""
    while start < end:
        middle = end
        if end - start > _LONGEST_PASSAGE:
            cut = max(text.rfind(mark, start, start + _LONGEST_PASSAGE) for mark in ",;、 ") + 1
            middle = cut or start + _LONGEST_PASSAGE
        found = quantities.within(start, middle)
        if found:
            yield Passage(text, start, middle, found)
        start = middle


def _belongs(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Whether the sentence ``[start, end)`` goes on with a list that the passage before it opened, where that does not
    end in a full stop or the sentence begins with 其中."""
    if end - before[0] > _LONGEST_PASSAGE:
        return False
    last = _last_character(text, *before)
    if last in _CONTINUED or text.startswith("其中", start):
        return True
    if end - start > _LIST_LINE or last in "。!?":
        return False
    opening = text[before[0] : before[1]].partition("\n")[0].rstrip()
    return opening.endswith(":") and _LINE_END.match(text, end) is not None


def _last_character(text: str, start: int, end: int) -> str:
    """The last character of ``text[start:end]`` that is no blank, ``""`` where there is none."""
    last = text[max(start, end - 1) : end]
    return text[start:end].rstrip()[-1:] if last.isspace() else last


def _figures(text: str, start: int, end: int, found: Sequence[Quantity], units: Sequence[str]) -> tuple[Figure, ...]:
    outside = [match.span() for match in _OUTSIDE.finditer(text, start, end)]
    bracketed = text.find("(", start, end) >= 0
    depth, counted_to = 0, start
    figures: list[Figure] = []
    for quantity, unit in zip(found, units, strict=True):
        if bracketed or outside:
            place = quantity.start
            depth += text.count("(", counted_to, place + 1) - text.count(")", counted_to, place + 1)
            counted_to = place + 1
            if any(low <= place < high for low, high in outside):
                continue
        if figure := _figure(text, start, quantity, unit, max(0, depth)):
            figures.append(figure)
    return tuple(figures)


def _figure(text: str, start: int, quantity: Quantity, unit: str, depth: int) -> Figure | None:
    place, number_end = quantity.start, quantity.end
    before, following = text[place - 1] if place > start else "", text[number_end : number_end + 1]
    if following in _ORDINAL_AFTER or (before in _LAST_OF_ORDINAL and text.endswith(_ORDINAL_BEFORE, start, place)):
        return None
    last = number_end
    if not quantity.percent:
        if unit:
            last += len(unit) + (following == " ")
        elif following in _AFTER_ITEM and _ITEM_NUMBER.match(text, place):
            return None
    lead = text[max(start, place - _LONGEST_LEAD) : place] if before in _LAST_OF_LEAD else ""
    return Figure(text, place, number_end, last, quantity.value, unit, family_of(unit), quantity.approx, depth, lead)
