"""The generator does what its log says, and the same seed does the same."""

from functools import cache

import pytest

from audit.assess import Auditor
from audit.packs import load_pack
from benchmarks.accuracy_page import KIND_NAMES
from benchmarks.labels import FAMILIES, load_labelled
from benchmarks.mutations import Base, Mutant, mutants
from benchmarks.mutations.base import replaced
from benchmarks.trial import SAMPLES, score_mutant
from documents.read import report_from_text
from documents.report import Span
from tests.benchmarks.findings import TEXT, finding, record


@cache
def base(name: str) -> Base:
    auditor = Auditor(*load_pack())
    text = next(SAMPLES.glob(f"*{name}*.txt")).read_text(encoding="utf-8")
    report = report_from_text(text)
    return Base(name, report, auditor.assess_report(report), auditor.ruleset)


@cache
def made(name: str, seed: int = 1) -> tuple[Mutant, ...]:
    return tuple(mutants([base(name)], seed))


ALL = [pytest.param(mutant, id=f"{mutant.kind}-{at}") for at, mutant in enumerate(made("海沧区"))]


def test_the_same_seed_makes_the_same_mutants() -> None:
    assert made("海沧区") == tuple(mutants([base("海沧区")], 1))
    assert made("海沧区") != tuple(mutants([base("海沧区")], 2))


def test_every_kind_has_a_name_and_is_made_somewhere() -> None:
    kinds = {mutant.kind for path in SAMPLES.glob("*.txt") for mutant in made(path.stem)}
    assert kinds <= set(KIND_NAMES)
    clean = next(report for report in load_labelled() if report.labels.clean)
    report = report_from_text(clean.text)
    auditor = Auditor(*load_pack())
    own = Base(clean.name, report, auditor.assess_report(report), auditor.ruleset)
    assert kinds | {mutant.kind for mutant in mutants([own])} == set(KIND_NAMES)


@pytest.mark.parametrize("mutant", ALL)
def test_the_damage_is_where_the_log_says(mutant: Mutant) -> None:
    before = base("海沧区").text
    assert mutant.text != before
    assert all(family.partition("/")[0] in FAMILIES for family in mutant.families)
    if mutant.span is not None:
        start = next(
            at for at, (one, other) in enumerate(zip(before, mutant.text + "\0", strict=False)) if one != other
        )
        assert mutant.span.start - 60 <= start <= mutant.span.end + 1
        assert mutant.span.end <= len(mutant.text)


def test_a_broken_addend_breaks_the_sum() -> None:
    broken = [mutant for mutant in made("海沧区") if mutant.kind == "addend"]
    assert broken
    assert all("42166" in mutant.text and "657" in mutant.text for mutant in broken)


def mutant_of(place: Span, new: str, family: str, beside: tuple[str, ...] = ()) -> tuple[Base, Mutant]:
    report = report_from_text(TEXT)
    own = Base("sample", report, record(finding("wording/double", "。。")), base("海沧区").ruleset)
    return own, replaced(own, "slip", place, new, (family,), beside=beside)


def test_only_new_findings_count() -> None:
    own, mutant = mutant_of(Span(11, 13), "辨理", "wording")
    known, new = finding("wording/double", "。。"), finding("wording/slip", "青石县2023年报告\n办理")
    scored = score_mutant(own, mutant, record(known, new))
    assert scored.finding is new
    assert scored.false == ()


def test_a_new_finding_elsewhere_is_a_false_alarm() -> None:
    own, mutant = mutant_of(Span(11, 13), "辨理", "wording")
    known, other = finding("wording/double", "。。"), finding("figures/sum", "12人，其中男7人、女5人")
    scored = score_mutant(own, mutant, record(known, other))
    assert (scored.finding, scored.false) == (None, (other,))


def test_a_consequence_is_neither() -> None:
    own, mutant = mutant_of(Span(11, 13), "辨理", "wording", beside=("figures",))
    scored = score_mutant(own, mutant, record(finding("wording/double", "。。"), finding("figures/sum", "12人")))
    assert (scored.finding, scored.false) == (None, ())


def test_a_known_finding_with_a_changed_quote_is_not_new() -> None:
    own, mutant = mutant_of(Span(11, 13), "辨理", "citations")
    scored = score_mutant(own, mutant, record(finding("wording/double", "办结。。")))
    assert scored.false == ()
