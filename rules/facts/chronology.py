"""The models of dated facts: laws, plans, meetings.

Every date is the first day on which the thing itself existed: a report written before it cannot have studied, applied
or cited it. A date whose source was not seen is marked, so that rules resting on it can stay remarks.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from rules.model import Confidence, Strict, Text

_LONGEST_WAIT = timedelta(days=365)


class LawVersion(Strict):
    """One version of a law: made new (``adopted``) or changed (``revised`` as a whole, ``amended`` in parts).

    ``passed`` is the day of adoption or signature, ``effective`` the day it came into force; ``unconfirmed`` names
    those of the two whose source was not seen.
    """

    kind: Literal["adopted", "revised", "amended"]
    passed: date | None = None
    effective: date | None = None
    unconfirmed: tuple[Literal["passed", "effective"], ...] = ()

    @property
    def citable(self) -> date | None:
        """The day from which the version can be cited.

        A law is passed before it comes into force, never more than a year before among those listed; where only the day
        in force is known, the year before it is left free.
        """
        if self.passed or not self.effective:
            return self.passed
        return self.effective - _LONGEST_WAIT


class Law(Strict):
    """A law, regulation, Party regulation or document of the centre, by its name without 中华人民共和国.

    ``versions`` are in order of time and need not reach back to the first one; every version passed in or after
    ``complete_from`` is among them. ``number`` is its document number. ``repealed`` is the day on which it ceased as a
    whole, ``replaced_by`` the name of what took its place (which may come without an express repeal).
    """

    name: Text
    short: tuple[Text, ...] = ()
    number: Text | None = None
    versions: tuple[LawVersion, ...] = ()
    complete_from: int | None = None
    repealed: date | None = None
    replaced_by: Text | None = None
    confidence: Confidence = Confidence.CONFIRMED
    source: Text

    @property
    def citable_from(self) -> date | None:
        """The day the law began to exist, ``None`` where it is older than the versions listed."""
        first = self.versions[0] if self.versions else None
        return first.citable if first and first.kind == "adopted" else None

    @property
    def citable_confidence(self) -> Confidence:
        """Whether the source of :attr:`citable_from` was seen."""
        first = self.versions[0] if self.versions else None
        used = "passed" if first and first.passed else "effective"
        return Confidence.UNCONFIRMED if first and used in first.unconfirmed else self.confidence


class KnownTitles(Strict):
    """Right titles of one kind (law, administrative regulation ...) about which nothing but the name is needed."""

    kind: Text
    source: Text
    confidence: Confidence = Confidence.CONFIRMED
    names: tuple[Text, ...] = Field(min_length=1)


class Misnomer(Strict):
    """A title that people write and that nothing bears. ``meant`` are the titles they mean, if any.

    ``kind`` is ``nonexistent`` for a name that any jurist knows to be wrong, ``misnamed`` for a slip in a real title,
    ``informal`` for an abbreviation. ``central`` limits it to where the words before it name an organ of the centre,
    for local acts may well be called so. ``note`` is added to the message.
    """

    name: Text
    kind: Literal["nonexistent", "misnamed", "informal"]
    meant: tuple[Text, ...] = ()
    central: bool = False
    note: Text | None = None


class PlanKind(StrEnum):
    """What has a term: a planning period, a campaign, or a document that states its years."""

    PERIOD = "period"
    CAMPAIGN = "campaign"
    DOCUMENT = "document"


class Plan(Strict):
    """A plan, programme or campaign and its term, both years included.

    ``pattern`` finds it in the normalised view of a report (default: the name); every naming holds ``word``, so that a
    report without it need not be searched. ``successor`` names the plan that
    follows it; where ``succeeded`` matches anywhere in a report, the report goes by the successor as well.
    ``published`` is the day from which it can be cited.
    """

    name: Text
    kind: PlanKind
    pattern: Text | None = None
    word: Text | None = None
    first: int
    last: int
    published: date | None = None
    successor: Text | None = None
    succeeded: Text | None = None
    confidence: Confidence = Confidence.CONFIRMED
    source: Text

    @property
    def needle(self) -> str:
        """A word that every naming holds; ``""`` where none is known."""
        return self.word or ("" if self.pattern else self.name)

    @model_validator(mode="after")
    def _word_is_part_of_it(self) -> Self:
        if self.word and self.word not in (self.pattern or self.name):
            raise ValueError(f"“{self.name}”的 word “{self.word}”不在查找它的写法里")
        return self


class Meeting(Strict):
    """A meeting or event: first and last day, and the terms that could not be used before it closed.

    ``pattern`` finds the meeting in the normalised view (default: the name); ``terms`` are words that it brought up,
    ``terms_confidence`` tells whether the source for that was seen.
    """

    name: Text
    first: date
    last: date
    pattern: Text | None = None
    terms: tuple[Text, ...] = ()
    terms_confidence: Confidence = Confidence.UNCONFIRMED
    confidence: Confidence = Confidence.CONFIRMED
    source: Text


class CueScope(StrEnum):
    """Where a cue is looked for: just before the year, just after it, in its clause (the year stands there as ``◇``),
    or anywhere before it in the sentence."""

    BEFORE = "before"
    AFTER = "after"
    CLAUSE = "clause"
    EARLIER_IN_SENTENCE = "earlier-in-sentence"


class YearCue(Strict):
    """Words that tell what a mention of another year is. ``kind`` is a kind of year mention; ``when`` limits the cue to
    years before or after the reported one; ``reason`` is shown to people."""

    kind: Text
    scope: CueScope
    pattern: Text
    when: Literal["earlier", "later", "other"] = "other"
    reason: Text
