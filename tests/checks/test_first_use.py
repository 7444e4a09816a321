"""A value is computed when it is first asked for, once for each object."""

from __future__ import annotations

from checks.first_use import on_first_use


class Counted:
    def __init__(self) -> None:
        self.computed = 0

    @on_first_use
    def value(self) -> str:
        """What is counted."""
        self.computed += 1
        return f"value {self.computed}"


def test_computed_once_for_each_object() -> None:
    one, other = Counted(), Counted()
    assert one.computed == 0
    assert (one.value, one.value) == ("value 1", "value 1")
    assert (one.computed, other.computed) == (1, 0)
    assert other.value == "value 1"


def test_the_class_shows_what_it_is() -> None:
    assert Counted.value.__doc__ == "What is counted."
