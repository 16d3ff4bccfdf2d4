"""The decorator of every value: a frozen dataclass with slots, whose methods are written when they are first needed.

Writing the methods of a standard dataclass takes about a millisecond, and the start of the app defines more than a
hundred of them before it makes the first value of most, and compares few.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from threading import RLock
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

_ASKED_FOR = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
_COMPARING = ("__repr__", "__eq__", "__hash__")
_WRITTEN = (*_COMPARING, *_ASKED_FOR)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """As `dataclass(frozen=True, slots=True)`, later. The fields are the annotated names, as there.

    The first one made writes `__init__`, the first one compared, hashed or shown the rest.
    """
    own = cls.__dict__
    fields = [name for name, kind in own.get("__annotations__", {}).items() if "ClassVar[" not in str(kind)]
    body = {name: held for name, held in own.items() if name not in {*fields, "__dict__", "__weakref__"}}

    def write_methods() -> None:
        with _WRITING:  # workers may need them at the same moment, and the standard library writes them once only
            if not isinstance(made.__dict__["__dataclass_fields__"], _Later):
                return
            for name, held in dataclass(frozen=True)(cls).__dict__.items():
                if name in _WRITTEN:
                    setattr(made, name, held)

    def first_init(self: T, *values: object, **named: object) -> None:
        setattr(made, "__init__", _written_init(made))  # noqa: B010 (mypy allows no method to be replaced)
        made.__init__(self, *values, **named)

    later = {name: _later(name, write_methods, lambda: made) for name in _COMPARING}
    asked = {name: _Later(name, write_methods) for name in _ASKED_FOR}
    shared = _SHARED | later | {"__init__": first_init} | asked | body
    metaclass: Any = type(cls)
    made: type[T] = metaclass(cls.__name__, cls.__bases__, shared | {"__slots__": tuple(fields)})
    made.__qualname__ = cls.__qualname__
    _DEFAULTS[made] = {name: own.get(name, MISSING) for name in fields}
    return made


_WRITING = RLock()
_DEFAULTS: dict[type, dict[str, Any]] = {}


def _written_init(made: type) -> Callable[..., None]:
    """`__init__` as the standard library writes it, without all the rest that it writes with it."""
    defaults: dict[str, Any] = {}
    for kind in reversed(made.__mro__):
        defaults |= _DEFAULTS.get(kind, {})
    known: dict[str, Any] = {"_set": object.__setattr__, "_made": MISSING}
    given, body = [], []
    for name, held in defaults.items():
        value, stands = name, ""
        usual = held.default if isinstance(held, Field) else held
        if isinstance(held, Field) and held.default_factory is not MISSING:
            known[f"_new_{name}"] = held.default_factory
            value, stands = f"_new_{name}() if {name} is _made else {name}", " = _made"
        elif usual is not MISSING:
            known[f"_usual_{name}"], stands = usual, f" = _usual_{name}"
        given.append(name + stands)
        body.append(f"    _set(self, {name!r}, {value})")
    if hasattr(made, "__post_init__"):
        body.append("    self.__post_init__()")
    exec("\n".join([f"def __init__(self, {', '.join(given)}):", *body, "    return"]), known)  # noqa: S102 (names only)
    written: Callable[..., None] = known["__init__"]
    written.__qualname__ = f"{made.__qualname__}.__init__"
    return written


def _later(name: str, write: Callable[[], None], of: Callable[[], type]) -> Callable[..., Any]:
    def first(self: object, *others: object) -> Any:
        write()
        return getattr(of(), name)(self, *others)

    return first


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
