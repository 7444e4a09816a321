"""The catalogue of metrics made ready for search: its surface forms by their beginnings, its units and zero nouns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from rules.facts.metrics import Metric

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


class Hit(NamedTuple):
    """One place where a form stands, and the metrics it may mean; none where a longer phrase only contains a form."""

    start: int
    end: int
    metrics: tuple[Metric, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled catalogue. Positions are those of the text that is searched."""

    forms: dict[str, _Forms]
    units: re.Pattern[str]
    zero_nouns: re.Pattern[str]
    zero: dict[str, tuple[Metric, ...]]
    near: dict[str, re.Pattern[str]]
    overlaps: dict[str, re.Pattern[str]]
    elided: dict[tuple[str, str], Metric]

    def hits(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Every form in ``text[start:end]``, without overlap, the longest at each place."""
        forms, free = self.forms, start
        for place in [place for place in range(start, end) if text[place : place + _BEGINNING] in forms]:
            hit = forms[text[place : place + _BEGINNING]].at(text, place, end) if place >= free else None
            if hit is not None:
                free = hit.end
                yield hit


class _Forms:
    """The forms that share a beginning, compiled when a text first has it."""

    def __init__(self) -> None:
        self.meanings: dict[str, list[Metric]] = {}

    def at(self, text: str, place: int, end: int) -> Hit | None:
        """The longest of them that stands at ``place``, if any."""
        pattern, gapped = self._compiled
        match = pattern.match(text, place, end)
        if match is None:
            return None
        form = gapped[match.lastindex - 1] if match.lastindex else match.group()
        return Hit(place, match.end(), tuple(self.meanings[form]))

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str], list[str]]:
        pattern, gapped = _trie_pattern(self.meanings)
        return re.compile(pattern), gapped


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
    forms: dict[str, _Forms] = {}
    for metric in metrics:
        for form in metric.forms:
            forms.setdefault(form[:_BEGINNING], _Forms()).meanings.setdefault(form, []).append(metric)
        for phrase in metric.not_in:
            forms.setdefault(phrase[:_BEGINNING], _Forms()).meanings.setdefault(phrase, [])
    zero: dict[str, list[Metric]] = {}
    for metric in metrics:
        for noun in metric.zero:
            zero.setdefault(noun, []).append(metric)
    units = {unit for metric in metrics for unit in metric.units}
    return Lexicon(
        forms=forms,
        units=re.compile(_longest_first({*units, *OTHER_MEASURES})),
        zero_nouns=lazy_pattern(_longest_first(zero) or "(?!)"),
        zero={noun: tuple(found) for noun, found in zero.items()},
        near={metric.id: lazy_pattern(_longest_first(metric.near)) for metric in metrics if metric.near},
        overlaps={metric.id: lazy_pattern(_longest_first(metric.overlaps)) for metric in metrics if metric.overlaps},
        elided={(metric.continues, verb): metric for metric in metrics if metric.continues for verb in metric.elided},
    )


def any_of(words: str) -> str:
    """A pattern for any of the patterns that ``words`` lists, with blanks between them, in that order."""
    return "|".join(words.split())


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


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
