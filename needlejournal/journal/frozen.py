"""The decorator of every value: a frozen dataclass with slots, whose methods are written when its first one is made.

Writing the methods of a standard dataclass takes about a millisecond, and the start of the app defines more than a
hundred of them before it makes the first value of most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field
from inspect import get_annotations
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

_ASKED_FOR = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
_WRITTEN = ("__init__", "__repr__", "__eq__", "__hash__", *_ASKED_FOR)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """As `dataclass(frozen=True, slots=True)`, later. The fields are the annotated names, as there."""
    fields = [name for name, kind in get_annotations(cls).items() if "ClassVar[" not in str(kind)]
    body = {name: held for name, held in cls.__dict__.items() if name not in {*fields, "__dict__", "__weakref__"}}
    metaclass: Any = type(cls)
    made: type[T] = metaclass(cls.__name__, cls.__bases__, _SHARED | body | {"__slots__": tuple(fields)})
    made.__qualname__ = cls.__qualname__

    def write_methods() -> None:
        for name, held in dataclass(frozen=True)(cls).__dict__.items():
            if name in _WRITTEN:
                setattr(made, name, held)

    def first_init(self: T, *values: object, **named: object) -> None:
        write_methods()
        made.__init__(self, *values, **named)

    made.__init__ = first_init  # type: ignore[assignment]
    for name in _ASKED_FOR:
        setattr(made, name, _Later(name, write_methods))
    return made


class _Later:
    """Stands for something that the standard library asks a class for, until it is there."""

    def __init__(self, name: str, write: Callable[[], None]) -> None:
        self._name, self._write = name, write

    def __get__(self, _value: object, owner: type) -> object:
        self._write()
        return getattr(owner, self._name)


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _fields(self: object) -> list[str]:
    return [name for kind in reversed(type(self).__mro__) for name in getattr(kind, "__slots__", ())]


def _state(self: object) -> list[object]:
    return [getattr(self, name) for name in _fields(self)]


def _set_state(self: object, state: list[object]) -> None:
    for name, held in zip(_fields(self), state, strict=True):
        object.__setattr__(self, name, held)


_SHARED = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
