"""What inspectors say about findings: one decision a row of a workbook, and what of several decisions is in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

Value = str | date


class Opinion(StrEnum):
    """What an inspector thinks of a finding (审核意见)."""

    CONFIRMED = "确认"
    FALSE_ALARM = "误报"
    EXEMPT = "豁免"
    PENDING = "待定"


class Rectification(StrEnum):
    """How far a unit is with a finding (整改状态)."""

    OPEN = "未整改"
    UNDER_WAY = "整改中"
    DONE = "已整改"
    CONTINUOUS = "长期坚持"


@dataclass(frozen=True, slots=True)
class Decision:
    """The word of an inspector on a finding: what stands in the yellow columns of one row of a workbook.

    ``remark`` is 整改情况 or 备注, ``review`` 复核意见, ``closed`` 销号日期. ``by`` and ``at`` say who decided and
    when, ``workbook`` and ``row`` (from 1) where that was read.
    """

    fingerprint: str
    by: str
    at: datetime
    workbook: str
    row: int
    opinion: Opinion | None = None
    state: Rectification | None = None
    responsible: str | None = None
    deadline: date | None = None
    remark: str | None = None
    review: str | None = None
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A decision in the history. ``superseded_by`` is the key of the one that replaced it, ``None`` while it holds."""

    key: int
    decision: Decision
    superseded_by: int | None = None


FIELD_NAMES: Final[Mapping[str, str]] = {
    "opinion": "审核意见",
    "state": "整改状态",
    "responsible": "责任人",
    "deadline": "整改时限",
    "remark": "整改情况",
    "review": "复核意见",
    "closed": "销号日期",
}
"""The fields that people fill in, by attribute of :class:`Decision`, as the workbook names them."""

DISMISSING: Final = frozenset({Opinion.FALSE_ALARM, Opinion.EXEMPT})
"""The opinions by which a finding need not be dealt with."""

_UNTIL = re.compile(r"(?:豁免|有效|免于整改)(?:期)?(?:限)?(?:至|到)\s*(20\d\d)\s*年?")


def values_of(decision: Decision) -> dict[str, Value]:
    """The fields of a decision that are filled in."""
    return {name: value for name in FIELD_NAMES if (value := getattr(decision, name)) is not None}


@dataclass(frozen=True, slots=True)
class Word:
    """What inspectors say of one finding: the values in force, and the fields on which they disagree.

    ``holding`` are the decisions that nothing has replaced, the earliest first: several only where inspectors disagree.
    """

    holding: tuple[Decision, ...]
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])
    disputed: Mapping[str, tuple[Value, ...]] = field(default_factory=dict[str, tuple[Value, ...]])

    @property
    def opinion(self) -> Opinion | None:
        """The opinion in force."""
        value = self.values.get("opinion")
        return Opinion(value) if isinstance(value, str) else None

    @property
    def until(self) -> date | None:
        """The last day of an exemption, from words such as 豁免至2026年; ``None`` for no end."""
        if self.opinion is not Opinion.EXEMPT:
            return None
        found = _UNTIL.search(f"{self.values.get('review', '')}\n{self.values.get('remark', '')}")
        return date(int(found[1]), 12, 31) if found else None

    @property
    def reason(self) -> str:
        """What inspectors wrote besides choosing."""
        return "；".join(str(self.values[name]) for name in ("review", "remark") if name in self.values)


def word_of(decisions: Iterable[Decision]) -> Word:
    """The word that ``decisions`` amount to, those on one finding that nothing has replaced."""
    holding = tuple(decisions)
    values: dict[str, Value] = {}
    disputed: dict[str, tuple[Value, ...]] = {}
    for name in FIELD_NAMES:
        said = tuple(dict.fromkeys(value for one in holding if (value := getattr(one, name)) is not None))
        if len(said) == 1:
            values[name] = said[0]
        elif said:
            disputed[name] = said
    return Word(holding, values, disputed)


def dispute_in_words(word: Word) -> str:
    """Who says what where inspectors disagree; empty where they do not."""
    return "；".join(
        f"{FIELD_NAMES[name]}："
        + "，".join(f"{decision.by} {value}" for decision in word.holding if (value := getattr(decision, name)))
        for name in word.disputed
    )


def words_by_finding(decisions: Sequence[Decision]) -> dict[str, Word]:
    """The word on each finding, by fingerprint; ``decisions`` are those that nothing has replaced."""
    grouped: dict[str, list[Decision]] = {}
    for decision in decisions:
        grouped.setdefault(decision.fingerprint, []).append(decision)
    return {fingerprint: word_of(group) for fingerprint, group in grouped.items()}
