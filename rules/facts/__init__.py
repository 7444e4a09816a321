"""Dated facts and catalogues that rules rest on, read from ``rules/data/*.yaml`` when first needed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rules.strict_yaml import load_list

if TYPE_CHECKING:
    from rules.facts.chronology import KnownTitles, Law, Meeting, Misnomer, Plan, YearCue
    from rules.facts.contents import RequiredContent
    from rules.facts.metrics import Metric
    from rules.facts.policy_formulas import FormulaGroup
    from rules.facts.register import Register
    from rules.facts.wording import FixedPhrase, Slip

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"


class Facts:
    """The fact files of one folder, each loaded on first use and then kept."""

    def __init__(self, folder: Path = DATA_FOLDER) -> None:
        self.folder = folder

    @cached_property
    def contents(self) -> tuple[RequiredContent, ...]:
        """The legally required contents with the heading forms and cues that real reports use (contents.yaml)."""
        from rules.facts.contents import RequiredContent

        return load_list(self.folder / "contents.yaml", RequiredContent)

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        """The catalogue of metrics (metrics.yaml)."""
        from rules.facts.metrics import Metric

        return load_list(self.folder / "metrics.yaml", Metric)

    @cached_property
    def laws(self) -> tuple[Law, ...]:
        """Laws and regulations with the dates of their versions (laws.yaml)."""
        from rules.facts.chronology import Law

        return load_list(self.folder / "laws.yaml", Law)

    @cached_property
    def titles(self) -> tuple[KnownTitles, ...]:
        """Further titles of laws and documents, without dates (titles.yaml)."""
        from rules.facts.chronology import KnownTitles

        return load_list(self.folder / "titles.yaml", KnownTitles)

    @cached_property
    def misnomers(self) -> tuple[Misnomer, ...]:
        """Wrong titles that people write, and what they mean (misnomers.yaml)."""
        from rules.facts.chronology import Misnomer

        return load_list(self.folder / "misnomers.yaml", Misnomer)

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """Plans, programmes and campaigns with their terms (plans.yaml)."""
        from rules.facts.chronology import Plan

        return load_list(self.folder / "plans.yaml", Plan)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """Party congresses, plenums and other dated events, and what could not be cited before them (meetings.yaml)."""
        from rules.facts.chronology import Meeting

        return load_list(self.folder / "meetings.yaml", Meeting)

    @cached_property
    def policy_formulas(self) -> tuple[FormulaGroup, ...]:
        """Set phrases that do not count as repetition (policy_formulas.yaml)."""
        from rules.facts.policy_formulas import FormulaGroup

        return load_list(self.folder / "policy_formulas.yaml", FormulaGroup)

    @cached_property
    def central_sentences(self) -> tuple[FormulaGroup, ...]:
        """Sentences of central documents and laws, which reports share without copying one another."""
        from rules.facts.policy_formulas import FormulaGroup

        return load_list(self.folder / "central_sentences.yaml", FormulaGroup)

    @cached_property
    def official_terms(self) -> tuple[FormulaGroup, ...]:
        """Words of which every report is made, whoever wrote it (official_terms.yaml)."""
        from rules.facts.policy_formulas import FormulaGroup

        return load_list(self.folder / "official_terms.yaml", FormulaGroup)

    @cached_property
    def year_cues(self) -> tuple[YearCue, ...]:
        """Words that tell why a report may mention another year, in the order they are tried (year_cues.yaml)."""
        from rules.facts.chronology import YearCue

        return load_list(self.folder / "year_cues.yaml", YearCue)

    @cached_property
    def register(self) -> Register:
        """The vocabulary of annual reports, and which characters are mistaken for one another (word lists)."""
        from rules.facts.register import Register

        return Register(self.folder)

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        """Slips of the pen with their right forms (slips.yaml)."""
        from rules.facts.wording import Slip

        return load_list(self.folder / "slips.yaml", Slip)

    @cached_property
    def fixed_phrases(self) -> tuple[FixedPhrase, ...]:
        """Set phrases of policy that are quoted word for word (fixed_phrases.yaml)."""
        from rules.facts.wording import FixedPhrase

        return load_list(self.folder / "fixed_phrases.yaml", FixedPhrase)
