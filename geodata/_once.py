"""An attribute that is worked out when it is first asked for, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - used as a decorator, like `property`
    """As `functools.cached_property`, without the lock that a first look takes there.

    Two threads that ask at one time may both work the value out; they find the same.
    """

    def __init__(self, function: Callable[[Any], T]) -> None:
        self._function = function
        self._name = function.__name__
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> once[T] | T:
        """Work the value out; from then on it stands in the object and hides this."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._function(instance)
        return value
