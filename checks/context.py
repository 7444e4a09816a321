"""What every check is given: the report, the dated facts, and analyses that several rules share, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.fingerprint import unit_identity
from checks.first_use import on_first_use
from documents.numerals import Quantities
from documents.report import Report
from rules.facts import Facts

if TYPE_CHECKING:
    from checks.citations.document_number import NumberFault
    from checks.citations.marks import Marks
    from checks.citations.titles import Title
    from checks.comparison import Compared
    from checks.duplicates.passages import Passage
    from checks.figures.reading import Passage as FigurePassage
    from checks.identity.own_unit import OwnUnit
    from checks.metrics.naming import NamingSentences
    from checks.metrics.values import MetricValue
    from checks.place import Places
    from checks.sections.places import ContentMap
    from checks.signatures import Signature
    from checks.timeliness.dates import ReportDate
    from checks.vocabulary import FoundWords
    from checks.years.kinds import YearKind
    from checks.years.mentions import YearMention
    from checks.years.setting import Setting


class Context:
    """One report under judgement. The analyses are computed on first use; most rules need only one or two.

    ``audited_year`` is the year that the audit asked reports about, where the inspector said one; ``compared`` is what
    comparing the report with others found, ``None`` while it is judged alone; ``needles`` are the words of rules, which
    are looked for together with those of the facts.
    """

    def __init__(
        self,
        report: Report,
        facts: Facts,
        audited_year: int | None = None,
        compared: Compared | None = None,
        needles: frozenset[str] = frozenset(),
    ) -> None:
        self.report = report
        self.facts = facts
        self.audited_year = audited_year
        self.compared = compared
        self.needles = needles

    @on_first_use
    def sentence_places(self) -> tuple[tuple[int, int], ...]:
        """Where the report's sentences stand in its normalised view."""
        return tuple(self.report.view.all_from_text([sentence.span for sentence in self.report.sentences]))

    @on_first_use
    def places(self) -> Places:
        """Says where passages stand."""
        from checks.place import Places

        return Places(self.report)

    @on_first_use
    def unit_identity(self) -> str:
        """What stands for the unit in the fingerprints of findings."""
        return unit_identity(self.report)

    @on_first_use
    def contents(self) -> ContentMap:
        """Which part of the report carries each legally required content."""
        from checks.sections.contents import map_contents

        return map_contents(self.report, self.facts.contents, self.sentence_places)

    @on_first_use
    def year_settings(self) -> tuple[Setting, ...]:
        """What stands around every mention of a year."""
        from checks.years.setting import year_settings

        return tuple(year_settings(self.report, self.sentence_places, self.contents))

    @on_first_use
    def year_mentions(self) -> tuple[YearMention, ...]:
        """Every mention of a year, classified."""
        from checks.years.mentions import classify_years

        return classify_years(self.report, self.year_settings, self.facts)

    @on_first_use
    def year_kinds(self) -> frozenset[YearKind]:
        """What the mentions of years are: most rules of years look for a kind that few reports have."""
        return frozenset([mention.kind for mention in self.year_mentions])

    @on_first_use
    def fact_needles(self) -> frozenset[str]:
        """The words of dated facts (laws, plans, meetings) and of rules that stand in the report: without its words no
        fact is named, and no rule has a match."""
        return self.found_words.needles

    @on_first_use
    def title_marks(self) -> Marks:
        """The pairs of title marks, and the marks without a partner."""
        from checks.citations.marks import read_marks

        return read_marks(self.report)

    @on_first_use
    def titles(self) -> tuple[Title, ...]:
        """Every title in title marks."""
        from checks.citations.titles import read_titles

        return read_titles(self.report, self.title_marks)

    @on_first_use
    def number_faults(self) -> tuple[NumberFault, ...]:
        """What is wrong with the document numbers."""
        from checks.citations.document_number import number_faults

        return tuple(number_faults(self))

    @on_first_use
    def quantities(self) -> Quantities:
        """The numbers of the normalised view."""
        return Quantities(self.report.view.text)

    @on_first_use
    def found_words(self) -> FoundWords:
        """Where wordings of metrics and signs of zeros and blanks stand, and which words of facts and rules do."""
        from checks.vocabulary import vocabulary_of

        return vocabulary_of(self.facts, self.needles).search(self.report.view.text)

    @on_first_use
    def naming_sentences(self) -> NamingSentences:
        """The sentences outside the next-year plan that may name a metric of the catalogue."""
        from checks.metrics.naming import NamingSentences

        return NamingSentences(self.report, self.sentence_places, self.contents, self.found_words)

    @on_first_use
    def metric_values(self) -> tuple[MetricValue, ...]:
        """Every value of a catalogued metric that the report states."""
        from checks.metrics.lexicon import lexicon_of
        from checks.metrics.signs import Sign
        from checks.metrics.values import extract_metrics

        lexicon = lexicon_of(self.facts.metrics)
        zeros = self.found_words.signs[Sign.ZERO]
        return extract_metrics(self.report, self.naming_sentences, zeros, lexicon, self.quantities)

    @on_first_use
    def stated_metrics(self) -> frozenset[str]:
        """The ids of the metrics that the report states a value of for its year."""
        from checks.metrics.stated import stated_metrics

        return stated_metrics(self.metric_values, self.report.year.value if self.report.year else None)

    @on_first_use
    def metrics_left_blank(self) -> frozenset[str]:
        """The ids of the metrics for whose figure the report has a blank."""
        from checks.metrics.lexicon import lexicon_of
        from checks.metrics.signs import Sign
        from checks.metrics.stated import metrics_left_blank

        signs = self.found_words.signs[Sign.BLANK]
        lexicon = lexicon_of(self.facts.metrics)
        return metrics_left_blank(signs, self.naming_sentences, lexicon, self.quantities) if signs else frozenset()

    @on_first_use
    def passages(self) -> tuple[Passage, ...]:
        """The report's own sentences, prepared for comparison with one another."""
        from checks.duplicates.passages import read_passages

        return read_passages(self.report, self.sentence_places)

    @on_first_use
    def figures(self) -> tuple[FigurePassage, ...]:
        """The passages that state numbers, each number with its unit and what it may mean."""
        from checks.figures.reading import read_passages

        return read_passages(self.report, self.sentence_places, self.quantities)

    @on_first_use
    def own_unit(self) -> OwnUnit:
        """Whose report it is; raises NotAssessable where that is not known or only guessed."""
        from checks.identity.own_unit import read_own_unit

        return read_own_unit(self.report)

    @on_first_use
    def signatures(self) -> tuple[Signature, ...]:
        """The units that sign the report, each with its day."""
        from checks.signatures import find_signatures

        return find_signatures(self.report)

    @on_first_use
    def dates(self) -> tuple[ReportDate, ...]:
        """The dates of signature, of writing and of publication that the report or its page bears."""
        from checks.timeliness.dates import report_dates

        return report_dates(self.report, self.signatures)
