"""Reads the title marks of a report: the titles they enclose, and the marks that do not pair.

A mark pairs within its paragraph. GB/T 15834: a title inside a title takes 〈〉, one inside that takes 《》 again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.report import ParagraphKind, Report, Span

_INNER = "〈〉<>"
_MARKS = f"《》{_INNER}"
_MARK = lazy_pattern(f"[{_MARKS}]")
# What needs no reader: a short title without marks inside.
_PLAIN_PAIR = lazy_pattern("《[^《》〈〉<>。\n]{0,199}》")
_CLOSER = {"《": "》", "〈": "〉", "<": ">"}
# A title never begins like this, so a mark in front of it was meant to close.
_GOES_ON = lazy_pattern("[、,。;!?和与及等]|的|$")
_LIST_GOES_ON = lazy_pattern("[、,;和与及]$")
_SHOWN = lazy_pattern(r"[^、,。;:()!?\n《》]{0,24}")
_SHOWN_BEFORE = lazy_pattern(r"[^、,。;:()!?\n《》]{0,24}$")
_SENTENCE_END = "。"
_CRUMBS = lazy_pattern("(?:您?(?:现|当前|所)在?的?位置|首页|主页)[^。]{0,60}$")
_LONGEST_MISPAIRED, _LONGEST_TITLE, _WRAP_REACH = 40, 200, 100


class FaultKind(StrEnum):
    """What is wrong with a mark. ``inner``: a fault of 〈〉 inside 《》; ``nested``: 《》 directly inside 《》;
    ``superfluous``: 〈〉 around all that stands inside 《》."""

    UNCLOSED = "unclosed"
    UNOPENED = "unopened"
    DOUBLED = "doubled"
    INNER = "inner"
    NESTED = "nested"
    SUPERFLUOUS = "superfluous"


@dataclass(frozen=True, slots=True)
class Fault:
    """A mark without its partner, or of the wrong kind; ``span`` shows it with the words it belongs to."""

    kind: FaultKind
    span: Span


class Enclosed(NamedTuple):
    """A pair of marks in the normalised view; ``start`` is that of the opening mark, ``end`` after the closing one."""

    start: int
    end: int
    nested: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """All pairs in the order of their openings, and all faults in the order they were met."""

    pairs: tuple[Enclosed, ...]
    faults: tuple[Fault, ...]


class _Open(NamedTuple):
    mark: str
    at: int


def read_marks(report: Report) -> Marks:
    """Pair the title marks of the report, web residue left out."""
    text = report.view.text
    if "《" not in text and "》" not in text:
        return Marks((), ())
    plain = tuple([Enclosed(pair.start(), pair.end(), False) for pair in _PLAIN_PAIR.finditer(text)])
    if not any(mark in text for mark in _INNER) and text.count("《") == len(plain) == text.count("》"):
        residue = [paragraph.span for paragraph in report.paragraphs if paragraph.kind is ParagraphKind.RESIDUE]
        return Marks(tuple(pair for pair in plain if not _lies_in(report, pair, residue)) if residue else plain, ())
    return _read_paragraphs(report)


def _lies_in(report: Report, pair: Enclosed, spans: list[Span]) -> bool:
    return any(span.start <= report.view.starts[pair.start] < span.end for span in spans)


def _read_paragraphs(report: Report) -> Marks:
    pairs: list[Enclosed] = []
    faults: list[Fault] = []
    carried = False
    for start, end in _marked_paragraphs(report):
        reader = _Reader(report, start, end, carried)
        reader.read()
        carried = reader.carries_over or (reader.carried and not reader.pairs)
        pairs += reader.pairs
        faults += reader.faults
    return Marks(tuple(sorted(pairs)), tuple(faults))


def _marked_paragraphs(report: Report) -> Iterator[tuple[int, int]]:
    """The paragraphs with a mark, web residue left out."""
    view = report.view
    end = 0
    while mark := _MARK.search(view.text, end):
        index = report.paragraph_at(view.starts[mark.start()])
        if index is None:
            end = mark.end()
            continue
        paragraph = report.paragraphs[index]
        start, end = view.from_text(*paragraph.span)
        if paragraph.kind is not ParagraphKind.RESIDUE:
            yield start, end


@dataclass(slots=True)
class _Reader:
    """Reads one paragraph. ``carried`` tells that the one before broke off inside a title."""

    report: Report
    start: int
    end: int
    carried: bool
    opened: list[_Open] = field(default_factory=list)
    pairs: list[Enclosed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    double_inside: list[Enclosed] = field(default_factory=list)
    carries_over: bool = False

    def read(self) -> None:
        for found in _MARK.finditer(self.text, self.start, self.end):
            mark, at = found.group(), found.start()
            if mark in "》〉>":
                self._close(mark, at)
            elif mark == "《":
                self._open(at)
            elif self.opened or mark == "〈":
                self.opened.append(_Open(mark, at))
        self._finish()

    @property
    def text(self) -> str:
        return self.report.view.text

    def _open(self, at: int) -> None:
        if self.opened and self.opened[-1].mark == "《":
            last = self.opened[-1].at
            if last + 1 < at <= last + _LONGEST_MISPAIRED and self._goes_on(at + 1):
                self.opened.pop()
                self._fault(FaultKind.UNCLOSED, last, at + 1)
                return
            if self._is_broken_off(last, at):
                self.opened.pop()
                self._unclosed(last)
        if not self.opened:
            self.double_inside.clear()
        self.opened.append(_Open("《", at))

    def _is_broken_off(self, last: int, at: int) -> bool:
        """Whether the title opened at ``last`` was over before the mark at ``at``."""
        if at - last > _LONGEST_TITLE:
            return True
        between = self.text[last + 1 : at]
        encloses = bool(self.pairs) and self.pairs[-1].start > last
        return _SENTENCE_END in between or (not encloses and _LIST_GOES_ON.search(between) is not None)

    def _close(self, mark: str, at: int) -> None:
        if mark == "》":
            self._settle_inner(at)
        if not self.opened or _CLOSER[self.opened[-1].mark] != mark:
            self._unopened(mark, at)
            return
        opening = self.opened.pop()
        if mark == "》" and self._is_no_title(opening.at, at):
            self._unclosed(opening.at)
            self._unopened(mark, at)
            return
        self._pair(opening.at, at + 1)

    def _settle_inner(self, at: int) -> None:
        """Before a 》: whatever is open inside is closed by it, or was never closed."""
        while self.opened and self.opened[-1].mark in "〈<" and len(self.opened) > 1:
            inner = self.opened.pop()
            closes_both = not self._another_closes(at)
            self._fault(FaultKind.INNER, inner.at, at + 1)
            if not closes_both:
                self.opened.append(_Open("《", inner.at))
                return

    def _another_closes(self, at: int) -> bool:
        following = _MARK.search(self.text, at + 1, self.end)
        return following is not None and following.group() == "》" and "。" not in self.text[at : following.start()]

    def _pair(self, start: int, end: int) -> None:
        if (
            self.text[start] == "《"
            and self.pairs
            and (self.pairs[-1].start, self.pairs[-1].end) == (start + 1, end - 1)
        ):
            self._fault(FaultKind.SUPERFLUOUS, start, end)
        pair = Enclosed(start, end, nested=bool(self.opened))
        self.pairs.append(pair)
        if self.text[start] != "《":
            return
        if len(self.opened) == 1 and self.opened[0].mark == "《":
            self.double_inside.append(pair)
        elif not self.opened:
            for inner in self.double_inside:
                self._fault(FaultKind.NESTED, inner.start, inner.end)
            self.double_inside.clear()

    def _finish(self) -> None:
        for position, opening in enumerate(self.opened):
            if opening.mark == "<":
                continue
            last = position == len(self.opened) - 1
            if last and self._goes_on_below(opening.at):
                self.carries_over = True
            elif opening.mark == "〈":
                self._unclosed(opening.at, FaultKind.INNER)
            elif self.text.startswith("《", opening.at + 1):
                self._fault(FaultKind.DOUBLED, opening.at, opening.at + 2)
            else:
                self._unclosed(opening.at)

    def _goes_on_below(self, at: int) -> bool:
        """Whether the paragraph breaks off inside a title that the next line closes."""
        if _SENTENCE_END in self.text[at : self.end] or self.end - at > _WRAP_REACH:
            return False
        following = _MARK.search(self.text, self.end, self.end + _WRAP_REACH)
        return (
            following is not None
            and following.group() == "》"
            and _SENTENCE_END not in self.text[self.end : following.start()]
        )

    def _unopened(self, mark: str, at: int) -> None:
        if mark == ">" or self._is_carried(at) or _CRUMBS.search(self.text, max(self.start, at - 80), at):
            return
        if mark == "》" and self.pairs and self.pairs[-1].end == at:
            self._fault(FaultKind.DOUBLED, at - 1, at + 1)
            return
        kind = FaultKind.UNOPENED if mark == "》" else FaultKind.INNER
        before = _SHOWN_BEFORE.search(self.text[max(self.start, at - _LONGEST_MISPAIRED) : at])
        self._fault(kind, at - len(before.group() if before else ""), at + 1)

    def _is_carried(self, at: int) -> bool:
        carried, self.carried = self.carried, False
        return carried and _MARK.search(self.text, self.start, at) is None

    def _unclosed(self, at: int, kind: FaultKind = FaultKind.UNCLOSED) -> None:
        shown = _SHOWN.match(self.text, at + 1, self.end)
        self._fault(kind, at, shown.end() if shown else at + 1)

    def _fault(self, kind: FaultKind, start: int, end: int) -> None:
        self.faults.append(Fault(kind, Span(*self.report.view.to_text(start, end))))

    def _goes_on(self, at: int) -> bool:
        return _GOES_ON.match(self.text, at, self.end) is not None

    def _is_no_title(self, start: int, end: int) -> bool:
        return end - start > _LONGEST_TITLE or _SENTENCE_END in self.text[start:end]
