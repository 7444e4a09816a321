import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from checks.fingerprint import comparable, finding_number, fingerprint, unit_identity
from documents.normalised import normal_form
from documents.read import report_from_text


def test_stays_the_same_whatever_the_typography() -> None:
    one = fingerprint("years/stale-year", "青石县", 2023, "2022 年,我县", 0)
    other = fingerprint("years/stale-year", "青石县", 2023, "２０２２年，我县", 0)
    assert one == other


def test_differs_by_each_of_its_parts() -> None:
    base = ("years/stale-year", "青石县", 2023, "2022年", 0)
    others = [
        ("years/plan-year", "青石县", 2023, "2022年", 0),
        ("years/stale-year", "白石县", 2023, "2022年", 0),
        ("years/stale-year", "青石县", 2024, "2022年", 0),
        ("years/stale-year", "青石县", 2023, "2021年", 0),
        ("years/stale-year", "青石县", 2023, "2022年", 1),
    ]
    assert len({fingerprint(*parts) for parts in [base, *others]}) == 6


def test_number_can_be_read_out_over_the_telephone() -> None:
    numbers = {finding_number(fingerprint("a/b", "某县", 2023, str(index), 0)) for index in range(500)}
    assert all(re.fullmatch(r"F-[0-9A-HJKMNP-TV-Z]{5}", number) for number in numbers)
    assert len(numbers) > 490


def test_a_report_without_a_known_unit_is_identified_by_its_opening() -> None:
    report = replace(report_from_text("一年来,认真落实各项任务。\n一、主要工作\n开展培训。"), unit=None, title=None)
    assert unit_identity(report) == "一年来,认真落实各项任务。"


@given(st.text("法治a1 \n,，。“”‘’《》〈〉【】〔〕—·●\u0301\u3000", max_size=12))
def test_what_needs_no_normal_form_has_it(text: str) -> None:
    assert comparable(text) == re.sub(r"\s+", "", normal_form(text))
