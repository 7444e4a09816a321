"""Generated numbers, wherever they stand: none survives, and masking changes nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.identity_cards import check_digit, read_identity_card
from documents.personal import PersonalKind, find_personal_data, masked, without_personal_data

REGIONS = st.sampled_from(["110101", "350203", "440308", "620102", "310112", "513324", "650102"])
BORN = st.dates(date(1930, 1, 1), date(2024, 12, 31))


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    seventeen = f"{draw(REGIONS)}{draw(BORN):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return seventeen + check_digit(seventeen)


@st.composite
def old_id_numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1930, 1, 1), date(1998, 12, 31)))
    return f"{draw(REGIONS)}{born:%y%m%d}{draw(st.integers(0, 999)):03}"


@st.composite
def bank_cards(draw: st.DrawFn) -> str:
    # The seventh place of a card that looks like a year makes it a code of region, year and serial number.
    issuer = draw(st.sampled_from(["622202", "621700", "622848", "955880", "436742", "518710"]))
    length = 16 if issuer[0] in "45" else draw(st.sampled_from([16, 18, 19]))
    number = (
        issuer + "3" + "".join(map(str, draw(st.lists(st.integers(0, 9), min_size=length - 8, max_size=length - 8))))
    )
    sums = sum(sum(divmod(2 * int(digit), 10)) for digit in number[::-2]) + sum(map(int, number[-2::-2]))
    return number + str(-sums % 10)


MOBILES = st.from_regex(r"1(3[0-9]|5[0-35-9]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}", fullmatch=True)
EMAILS = st.from_regex(r"[a-z0-9][a-z0-9._]{0,14}@(qq|163|126|sina|gmail)\.(com|cn)", fullmatch=True)
NUMBERS = st.one_of(id_numbers(), old_id_numbers(), bank_cards(), MOBILES, EMAILS)
AROUND = st.sampled_from(["", "张某", "电话", "(", ",", "。", "身份证号:", "\n", " ", "、", "联系人", "（", "系"])


@given(number=NUMBERS, before=AROUND, after=AROUND)
def test_a_number_is_masked_wherever_it_stands(number: str, before: str, after: str) -> None:
    text = f"{before}{number}{after}"
    shown = without_personal_data(text)
    assert number not in shown
    assert len(shown) == len(text)
    assert shown.replace("*", "") != text
    assert (shown[: len(before)], shown[len(shown) - len(after) :]) == (before, after)


@given(number=st.one_of(id_numbers(), MOBILES))
def test_full_width_digits_are_masked_too(number: str) -> None:
    wide = number.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789X"})
    assert wide not in without_personal_data(f"电话{wide}。")


@given(number=id_numbers(), at=st.integers(1, 17), gap=st.sampled_from([" ", "-", "\n", "\u200b", "\u3000"]))
def test_a_broken_id_number_is_masked(number: str, at: int, gap: str) -> None:
    shown = without_personal_data(f"证人{number[:at]}{gap}{number[at:]}到庭")
    assert number[6:14] not in shown.replace(gap, "")


@given(st.text(max_size=80))
def test_masking_hides_characters_and_moves_none(text: str) -> None:
    shown = without_personal_data(text)
    assert len(shown) == len(text)
    assert all(new in (old, "*") for old, new in zip(text, shown, strict=True))
    assert without_personal_data(shown) == shown


@given(numbers=st.lists(NUMBERS, min_size=1, max_size=5), mark=st.sampled_from(["、", "，", "；", "和", "\n", " / "]))
def test_a_list_of_numbers_is_masked_number_by_number(numbers: list[str], mark: str) -> None:
    text = mark.join(numbers)
    data = find_personal_data(text)
    assert len(data) == len(numbers)
    assert [datum.span for datum in data] == sorted(datum.span for datum in data)
    assert not [number for number in numbers if number in masked(text, data)]


@given(id_numbers(), st.integers(0, 9))
def test_a_wrong_check_digit_is_known(number: str, digit: int) -> None:
    card = read_identity_card(number[:17] + str(digit))
    assert card is not None
    assert card.checked == (number[17] == str(digit))


@pytest.mark.parametrize(("seventeen", "digit"), [("11010519491231002", "X"), ("44052418800101001", "4")])
def test_check_digits_of_the_standard(seventeen: str, digit: str) -> None:
    assert check_digit(seventeen) == digit


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证11010519491231002X", PersonalKind.ID_NUMBER),
        ("电话13912345678", PersonalKind.MOBILE),
        ("a.b@qq.com", PersonalKind.EMAIL),
        ("张某家庭电话021-61234567", PersonalKind.LANDLINE),
        ("村民张某家住柳林路5号2室", PersonalKind.ADDRESS),
    ],
)
def test_each_kind_is_named(text: str, kind: PersonalKind) -> None:
    assert [datum.kind for datum in find_personal_data(text)] == [kind]


def test_a_name_without_numbers_stays_the_same_string() -> None:
    text = "青石县司法局2023年法治政府建设年度报告.docx"
    assert without_personal_data(text) is text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13800001234", "138****1234"),
        ("+8613800001234", "+8613800001234".replace("0000", "****")),
        ("008613800001234。", "0086138****1234。"),
        ("电话13800001234 13900005678", "电话138****1234 139****5678"),
        ("家庭电话0571-86123456,手机13800001234", "家庭电话0571-8612****,手机138****1234"),
        ("家庭电话(0571)86123456,手机13800001234", "家庭电话(0571)8612****,手机138****1234"),
        ("213800001234", "213800001234"),
    ],
)
def test_a_telephone_is_masked_from_its_first_digit_on(text: str, shown: str) -> None:
    assert without_personal_data(text) == shown
