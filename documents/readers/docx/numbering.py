"""Automatic numbering: the number that Word shows before a paragraph (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from documents.lazy_pattern import lazy_pattern
from documents.readers.docx.number_formats import format_number
from documents.readers.docx.styles import NumberingReference, Style, Styles
from documents.readers.docx.vocabulary import COMPATIBILITY, is_on, number_of, value_of, w, whole_number

if TYPE_CHECKING:
    from lxml import etree

_LEVELS: Final = 9
_PLACEHOLDER = lazy_pattern("%([1-9])")
_WORDS = lazy_pattern(r"[^\W_]")
_CLOSING = "、．。.，,;；:：)）]】〕》·"
_REMOVED = "0"
# Word allows 31 characters.
_LONGEST_LABEL = 100


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: ``text`` has ``%1`` to ``%9`` for the numbers of the levels.

    ``restart`` is the lowest level (1 is the top) whose use begins this one anew, 0 where nothing does.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int = _LEVELS
    legal: bool = False
    style: str | None = None


_UNDEFINED: Final = Level()


@dataclass(frozen=True, slots=True)
class _List:
    """``counter`` is shared by the lists of one abstract definition; ``starts`` are those that this list overrides."""

    counter: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]

    def start_of(self, index: int) -> int:
        """The first number of a level."""
        return self.starts.get(index, self.levels.get(index, _UNDEFINED).start)


class Numbering:
    """The lists of a document, which count as the paragraphs are read in order.

    ``load`` gives the root of the numbering part; it is asked for when the first list is met.
    """

    def __init__(self, load: Callable[[], etree._Element | None], styles: Styles) -> None:
        self._load = load
        self._styles = styles
        self._resolved: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[str, int]] = set()

    @cached_property
    def _root(self) -> etree._Element | None:
        return self._load()

    @cached_property
    def _abstract(self) -> dict[str, etree._Element]:
        found = () if self._root is None else self._root.iterfind(w("abstractNum"))
        return {element.get(w("abstractNumId"), ""): element for element in found}

    @cached_property
    def _lists(self) -> dict[str, etree._Element]:
        found = () if self._root is None else self._root.iterfind(w("num"))
        return {element.get(w("numId"), ""): element for element in found}

    def label(self, own: NumberingReference | None, style: Style) -> str:
        """Count a paragraph with its ``own`` numbering and its ``style``: its number, with a blank where one is needed.

        ``""`` where the paragraph has no number, or only a bullet.
        """
        list_id = own.list_id if own and own.list_id is not None else style.numbering.list_id
        if list_id is None or list_id == _REMOVED:
            return ""
        used = self._list(list_id)
        if used is None:
            return ""
        level = _level_of(own, style, used)
        return self._count(list_id, used, level) if level in used.levels else ""

    def _list(self, list_id: str) -> _List | None:
        if list_id not in self._resolved:
            self._resolved[list_id] = self._resolve(list_id)
        return self._resolved[list_id]

    def _resolve(self, list_id: str) -> _List | None:
        element = self._lists.get(list_id)
        counter = value_of(element, w("abstractNumId"))
        definition = self._definition(counter)
        if element is None or counter is None or definition is None:
            return None
        levels = dict(_levels(definition))
        starts = {}
        for override in element.iterfind(w("lvlOverride")):
            index = whole_number(override.get(w("ilvl"))) or 0
            levels.update(_levels(override))
            start = number_of(override, w("startOverride"))
            if start is not None:
                starts[index] = start
        return _List(counter, levels, starts)

    def _definition(self, abstract_id: str | None) -> etree._Element | None:
        """The abstract definition, the one of its numbering style where it only refers to that."""
        definition = self._abstract.get(abstract_id or "")
        linked = value_of(definition, w("numStyleLink"))
        if linked is None:
            return definition
        real = self._lists.get(self._styles.list_of_style(linked) or "")
        return self._abstract.get(value_of(real, w("abstractNumId")) or "", definition)

    def _count(self, list_id: str, used: _List, index: int) -> str:
        counts = self._counts.setdefault(used.counter, [None] * _LEVELS)
        for place in range(index):
            if counts[place] is None:
                counts[place] = used.start_of(place)
        before = counts[index]
        counts[index] = used.start_of(index) if before is None else before + 1
        if index in used.starts and (list_id, index) not in self._overridden:
            self._overridden.add((list_id, index))
            counts[index] = used.starts[index]
        for deeper in range(index + 1, _LEVELS):
            restart = used.levels.get(deeper, _UNDEFINED).restart
            if index < restart:
                counts[deeper] = None
        return _shown(used.levels, counts, index)


def _level_of(own: NumberingReference | None, style: Style, used: _List) -> int:
    """The level of a paragraph: as it says, as the list says of its style, as the style says, else the top."""
    if own is not None and own.level is not None:
        return own.level
    for style_id in style.chain:
        for index, level in used.levels.items():
            if level.style == style_id:
                return index
    return style.numbering.level or 0


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in parent.iterfind(w("lvl")):
        index = whole_number(element.get(w("ilvl")))
        if index is not None and 0 <= index < _LEVELS:
            yield index, _level(element, index)


def _level(element: etree._Element, index: int) -> Level:
    start, restart = number_of(element, w("start")), number_of(element, w("lvlRestart"))
    return Level(
        # Without w:start a list begins at zero, says 17.9.25.
        start=0 if start is None else start,
        format=_format(element),
        text=(value_of(element, w("lvlText")) or "")[:_LONGEST_LABEL],
        suffix=value_of(element, w("suff")) or "tab",
        restart=index if restart is None else min(restart, index),
        legal=bool(is_on(element.find(w("isLgl")))),
        style=value_of(element, w("pStyle")),
    )


def _format(element: etree._Element) -> str:
    """The number format; one that only newer versions know stands in an alternate content, written as its example."""
    found = element.find(w("numFmt"))
    if found is None:
        found = element.find(f"{{{COMPATIBILITY}}}AlternateContent/{{{COMPATIBILITY}}}Choice/{w('numFmt')}")
    if found is None:
        return "decimal"
    return found.get(w("format")) or found.get(w("val")) or "decimal"


def _shown(levels: Mapping[int, Level], counts: Sequence[int | None], index: int) -> str:
    level = levels[index]
    if level.format == "bullet" and not _WORDS.search(level.text):
        return ""

    def number(place: int) -> str:
        other = levels.get(place, _UNDEFINED)
        count = counts[place]
        form = other.format
        if level.legal and form not in ("none", "bullet"):
            form = "decimal"
        return format_number(other.start if count is None else count, form)

    label: str = _PLACEHOLDER.sub(lambda match: number(int(match[1]) - 1), level.text).strip()
    if not label or level.suffix == "nothing" or label.endswith(tuple(_CLOSING)):
        return label
    return f"{label} "
