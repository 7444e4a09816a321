"""A property that is computed when it is first asked for, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class on_first_use(Generic[T]):  # noqa: N801 - a decorator, named as one
    """As :class:`functools.cached_property`, which before Python 3.12 takes a lock for every value that it computes.

    A report is judged by one thread, and has many small things whose first use costs less than the lock.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> Self | T:
        if instance is None:
            return self
        value = self._compute(instance)
        # Found there the next time without asking here: what is set on an object goes before such a descriptor.
        instance.__dict__[self._name] = value
        return value
