"""A frozen value behaves as the standard library's frozen dataclass does, from its first use on."""

from __future__ import annotations

import copy
import pickle
import sys
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from threading import Barrier, Thread
from typing import ClassVar, Generic, TypeVar

import pytest

from needlejournal.journal.frozen import frozen

T = TypeVar("T")


@frozen
class Ours:
    """A value."""

    count: int
    words: tuple[str, ...] = ()
    made: list[int] = field(default_factory=list)
    uid: str = field(default="", compare=False)
    kind: ClassVar[str] = "ours"

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError(self.count)

    @property
    def double(self) -> int:
        """Twice the count."""
        return 2 * self.count


@dataclass(frozen=True, slots=True)
class Theirs:
    """The same, by the standard library."""

    count: int
    words: tuple[str, ...] = ()
    made: list[int] = field(default_factory=list)
    uid: str = field(default="", compare=False)


@frozen
class More(Ours):
    """With a field more."""

    more: int = 7


@frozen
class Box(Generic[T]):
    """Holds anything."""

    held: T


@frozen
class NeverMade:
    """Asked about before the first one is made."""

    a: int
    b: int = 2


def test_it_is_made_shown_and_compared_as_theirs() -> None:
    assert repr(Ours(1, ("a",))) == repr(Theirs(1, ("a",))).replace("Theirs", "Ours")
    assert Ours(1, uid="x") == Ours(1, uid="y")
    assert Ours(1) != Ours(2)
    assert Ours(1).made is not Ours(1).made
    assert hash(Box("a")) == hash(Box("a"))
    assert Ours(count=3).double == 6
    assert Ours.kind == "ours"


def test_it_refuses_what_theirs_refuses() -> None:
    made = Ours(1)
    with pytest.raises(FrozenInstanceError):
        made.count = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.count  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        made.other = 2  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Ours()  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="-1"):
        Ours(-1)
    assert not hasattr(made, "__dict__")


def test_the_standard_library_knows_it_before_the_first_is_made() -> None:
    assert is_dataclass(NeverMade)
    assert [one.name for one in fields(NeverMade)] == ["a", "b"]
    match NeverMade(1):
        case NeverMade(a, b):
            assert (a, b) == (1, 2)


def test_it_is_replaced_copied_and_pickled() -> None:
    made = More(1, ("a",), [2], "u", 9)
    assert replace(made, count=5) == More(5, ("a",), [2], "u", 9)
    assert copy.copy(made) == made == copy.deepcopy(made)
    assert pickle.loads(pickle.dumps(made)) == made
    assert pickle.loads(pickle.dumps(made)).uid == "u"


def test_values_may_be_compared_for_the_first_time_by_several_workers_at_once() -> None:
    usual = sys.getswitchinterval()
    for number in range(40):
        fresh = frozen(type("Fresh", (), {"__annotations__": {"count": "int"}, "count": number}))
        together = Barrier(9, timeout=60)
        found: list[object] = []

        def compare(kind: type = fresh, all_here: Barrier = together, into: list[object] = found) -> None:
            all_here.wait()
            try:
                into.append(kind() == kind() and hash(kind()) == hash(kind()) and len(fields(kind)))
            except Exception as error:  # noqa: BLE001 (compared below, with what was asked for)
                into.append(error)

        workers = [Thread(target=compare) for _ in range(8)]
        for worker in workers:
            worker.start()
        together.wait()
        sys.setswitchinterval(1e-6)  # not before: what measures coverage cannot bear threads that start so
        for worker in workers:
            worker.join(60)
        sys.setswitchinterval(usual)
        assert found == [1] * 8
