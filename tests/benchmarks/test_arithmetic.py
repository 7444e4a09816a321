import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.arithmetic import holds, worked_out

TRUE = [
    "42+31 != 75",
    "36.2+62.5==98.7",
    "19/361 == 5.26%",
    "5218/4967-1==5.05%",
    "6820/7465-1==-8.64%",
    "1-236/412!=52.72%",
    "125/127>=98%",
    "4*68==272",
    "1-0.5/3==83.33%",
]
FALSE = ["42+31==75", "19/361==5.27%", "38/211==18.48%", "6820/7465-1==8.64%", "36.2+62.5!=98.7"]


@pytest.mark.parametrize("statement", TRUE)
def test_true_statements_hold(statement: str) -> None:
    assert holds(statement)


@pytest.mark.parametrize("statement", FALSE)
def test_false_statements_do_not(statement: str) -> None:
    assert not holds(statement)


@pytest.mark.parametrize("statement", ["", "1+1", "1==1==1", "one==1", "1/0==1", "__import__('os')==1", "2**9==512"])
def test_anything_else_is_refused(statement: str) -> None:
    with pytest.raises(ValueError, match="not"):
        holds(statement)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 4))
def test_a_rate_holds_as_rounded_and_one_step_beside_does_not(part: int, whole: int, decimals: int) -> None:
    scale = 10**decimals
    steps = (2 * part * 100 * scale + whole) // (2 * whole)
    shown, beside = (f"{value // scale}.{value % scale:0{decimals}d}%" for value in (steps, steps + 1))
    assert holds(f"{part}/{whole} == {shown}")
    assert holds(f"{part}/{whole} != {beside}")


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        ("42+31 != 75", ("75", "73")),
        ("38/211!=18.48%", ("18.48", "18.01")),
        ("1-5/8!=32.5%", ("32.5", "37.5")),
        ("238/271-1!=-12.1%", ("12.1", "12.2")),
        ("42+31==73", None),
        ("1!=1+1", None),
        ("", None),
    ],
)
def test_what_a_wrong_figure_should_be(statement: str, answer: tuple[str, str] | None) -> None:
    assert worked_out(statement) == answer
