"""The catalogue of metrics made ready for search: its surface forms, its units and its nouns of zero."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from documents.lazy_pattern import lazy_pattern
from documents.numerals import Quantity
from rules.facts.metrics import Metric

if TYPE_CHECKING:
    from checks.vocabulary import Candidate

_GAP = "…"
_GAP_PATTERNS = {"…": r"[^,;:。\n\d]{0,14}?", "……": r"[^,;:。、\n]{0,14}?"}
# Characters without a gap with which every form begins (see Metric).
_BEGINNING = 2
_TOKEN = lazy_pattern("……?|.")
# Longer measures and nouns that begin like a unit: 12项目 is no number of 项, 3个月 none of 个.
_OTHER_MEASURES = (
    "个月 个百分点 个小时 个工作日 个方面 个人大 人大 人民 项目 条例 件套 件事 名列 名单 次序 起来 份额 年 月 日 天"
    " 小时 分钟 平方米 平方公里 公里 米 吨 公斤 亩 倍 周年 周岁 级 类 层 轮次"
)
OTHER_MEASURES = frozenset(_OTHER_MEASURES.split())


# Not frozen: a report has many, and to freeze one costs as much as finding it.
@dataclass(slots=True, eq=False)
class Hit:
    """One place where a form stands, and the metrics it may mean; none where a longer phrase only contains a form.

    ``units`` are those in which one of the metrics is counted; ``plain`` has the metric of those where nothing around
    the form decides which it is.
    """

    start: int
    end: int
    metrics: tuple[Metric, ...]
    units: frozenset[str]
    plain: dict[str, Metric]


Unit: TypeAlias = tuple[str, int]
"""What stands behind a number, ``""`` for no unit, and where the number ends with it."""


_Meaning: TypeAlias = tuple[tuple[Metric, ...], frozenset[str], dict[str, Metric]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled catalogue. Positions are those of the text that is searched."""

    forms: Forms
    short_units: frozenset[str]
    """Units and other measures of one character."""
    long_units: dict[str, tuple[str, ...]]
    """The longer ones by their first two characters, the longest first."""
    zero_nouns: re.Pattern[str]
    zero: dict[str, tuple[Metric, ...]]
    near: dict[str, re.Pattern[str]]
    overlaps: dict[str, re.Pattern[str]]
    elided: dict[str, dict[str, Metric]]
    """By the metric that is continued and the verb that continues it."""
    metric_units: frozenset[str]
    """The units of metrics."""
    groups: dict[str, str]
    """By the id of a metric, in the order of the catalogue."""

    def units_behind(self, text: str, numbers: Iterable[Quantity]) -> list[Unit]:
        """The unit of each of the ``numbers`` in ``text``: the longest unit or other measure that stands behind it."""
        short_units, long_units = self.short_units, self.long_units
        found: list[Unit] = []
        for number in numbers:
            end = number.end
            if number.percent:
                found.append(("%", end))
                continue
            place, beginning = end, text[end : end + 2]
            if beginning[:1] == " ":
                place += 1
                beginning = text[place : place + 2]
            unit = beginning[:1] if beginning[:1] in short_units else ""
            if beginning in long_units:
                for longer in long_units[beginning]:
                    if text.startswith(longer, place):
                        unit = longer
                        break
            found.append((unit, place + len(unit) if unit else end))
        return found


class Forms:
    """The surface forms of the catalogue, all looked for in one pass over a text (see :mod:`checks.vocabulary`).

    ``words`` are what is looked for: the forms without a gap, and of the others what stands before it. ``meanings`` are
    the metrics that each form may mean: none for a longer phrase that only contains a form.
    """

    def __init__(self, meanings: Mapping[str, Sequence[Metric]]) -> None:
        self._meanings = {form: _meaning(metrics) for form, metrics in meanings.items()}
        heads = {form.partition(_GAP)[0] for form in meanings if _GAP in form}
        self.words = sorted(heads.union(form for form in meanings if _GAP not in form))
        self._direct = [None if word in heads else self._meanings[word] for word in self.words]
        self._by_beginning: dict[str, list[str]] = {}
        for form in self._meanings:
            self._by_beginning.setdefault(form[:_BEGINNING], []).append(form)
        self._units = [self._units_of(word, meaning) for word, meaning in zip(self.words, self._direct, strict=True)]
        self._patterns: dict[str, tuple[re.Pattern[str], list[str]]] = {}

    def may_count(self, candidates: Iterable[Candidate], end: int, units: set[str]) -> bool:
        """Whether a form at one of a passage's ``candidates`` may have one of ``units``."""
        # Asked of every sentence that states a number; a generator would take twice as long.
        for word, _, stop in candidates:  # noqa: SIM110
            if stop > end or not units.isdisjoint(self._units[word]):
                return True
        return False

    def hits(self, text: str, candidates: Iterable[Candidate], end: int) -> list[Hit]:
        """The forms at the ``candidates`` of a passage of ``text`` that ends at ``end``, without overlap."""
        hits: list[Hit] = []
        free, direct = 0, self._direct
        for word, start, stop in candidates:
            if start < free:
                continue
            meaning = direct[word] if stop <= end else None
            if meaning is not None:
                metrics, units, plain = meaning
                hits.append(Hit(start, stop, metrics, units, plain))
                free = stop
            elif hit := self._matched(text, start, end):
                hits.append(hit)
                free = hit.end
        return hits

    def _units_of(self, word: str, meaning: _Meaning | None) -> frozenset[str]:
        """The units of a word of one meaning, or of all forms that may stand where the word does."""
        forms = self._by_beginning[word[:_BEGINNING]]
        meanings = [meaning] if meaning else [self._meanings[form] for form in forms]
        return frozenset(unit for _, units, _ in meanings for unit in units)

    def _matched(self, text: str, start: int, end: int) -> Hit | None:
        """The form at ``start`` where a gap or the end of the passage decides which it is, if any."""
        beginning = text[start : start + _BEGINNING]
        pattern, gapped = self._patterns.get(beginning) or self._compiled(beginning)
        match = pattern.match(text, start, end)
        if match is None:
            return None
        form = gapped[match.lastindex - 1] if match.lastindex else match.group()
        return Hit(start, match.end(), *self._meanings[form])

    def _compiled(self, beginning: str) -> tuple[re.Pattern[str], list[str]]:
        """The pattern of the forms with this beginning, compiled when a text first needs it."""
        pattern, gapped = _trie_pattern(self._by_beginning[beginning])
        self._patterns[beginning] = re.compile(pattern), gapped
        return self._patterns[beginning]


def _meaning(metrics: Sequence[Metric]) -> _Meaning:
    """The metrics that a form may mean, with all their units, and what it means by the unit alone."""
    first: dict[str, Metric] = {}
    for metric in metrics:
        for unit in metric.units:
            first.setdefault(unit, metric)
    plain = {unit: metric for unit, metric in first.items() if not metric.near and not metric.overlaps}
    return tuple(metrics), frozenset(first), plain


class _Identity:
    """A catalogue compared by identity: hashing all its forms for every report would cost more than the search."""

    __slots__ = ("metrics",)

    def __init__(self, metrics: tuple[Metric, ...]) -> None:
        self.metrics = metrics

    def __hash__(self) -> int:
        return id(self.metrics)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self.metrics is other.metrics


def lexicon_of(metrics: tuple[Metric, ...]) -> Lexicon:
    """The compiled form of a catalogue, made once."""
    return _compile(_Identity(metrics))


@lru_cache(maxsize=8)
def _compile(catalogue: _Identity) -> Lexicon:
    metrics = catalogue.metrics
    forms: dict[str, list[Metric]] = {}
    for metric in metrics:
        for form in metric.forms:
            forms.setdefault(form, []).append(metric)
        for phrase in metric.not_in:
            forms.setdefault(phrase, [])
    zero: dict[str, list[Metric]] = {}
    for metric in metrics:
        for noun in metric.zero:
            zero.setdefault(noun, []).append(metric)
    elided: dict[str, dict[str, Metric]] = {}
    for metric in metrics:
        if metric.continues:
            elided.setdefault(metric.continues, {}).update(dict.fromkeys(metric.elided, metric))
    units = {unit for metric in metrics for unit in metric.units}
    return Lexicon(
        forms=Forms(forms),
        short_units=frozenset(unit for unit in {*units, *OTHER_MEASURES} if len(unit) == 1),
        long_units=_by_beginning(unit for unit in {*units, *OTHER_MEASURES} if len(unit) > 1),
        zero_nouns=lazy_pattern(_longest_first(zero) or "(?!)"),
        zero={noun: tuple(found) for noun, found in zero.items()},
        near={metric.id: lazy_pattern(_longest_first(metric.near)) for metric in metrics if metric.near},
        overlaps={metric.id: lazy_pattern(_longest_first(metric.overlaps)) for metric in metrics if metric.overlaps},
        elided=elided,
        metric_units=frozenset(units),
        groups={metric.id: metric.group for metric in metrics},
    )


def any_of(words: str) -> str:
    """A pattern for any of the patterns that ``words`` lists, with blanks between them, in that order."""
    return "|".join(words.split())


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _by_beginning(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words by their first two characters, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(words, key=len, reverse=True):
        found[word[:2]] = (*found.get(word[:2], ()), word)
    return found


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node]
    form: str | None = None


def _trie_pattern(forms: Iterable[str]) -> tuple[str, list[str]]:
    """A pattern for all forms that shares common beginnings, and the gapped forms in the order of their groups."""
    root = _Node({})
    for form in forms:
        node = root
        for token in _TOKEN.findall(form):
            node = node.children.setdefault(token, _Node({}))
        node.form = form
    order: list[str] = []
    return _node_pattern(root, order), order


def _node_pattern(node: _Node, order: list[str]) -> str:
    # Literal continuations come before gaps, and both before stopping here, so that the longest wording wins.
    tokens = sorted(node.children, key=lambda token: (token in _GAP_PATTERNS, token))
    branches = [
        _GAP_PATTERNS.get(token, re.escape(token)) + _node_pattern(node.children[token], order) for token in tokens
    ]
    if node.form is not None:
        gapped = _GAP in node.form
        if gapped:
            order.append(node.form)
        branches.append("()" if gapped else "")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
