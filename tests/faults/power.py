"""What a disk may hold after the power went: every order of what was not synced, none of it, halves of it.

The rules are those a program may rely on, and no better: what was synced is there; of writes since then each may be
there, may be missing, or may be torn at a sector; of names made, moved and removed since the folder was synced each may
be there or not, in any order, but a moved file is never under neither of its names.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.recording import Recording, Step, Tree

SECTOR = 512


@dataclass(slots=True)
class _Entry:
    """A change of names that is not durable yet: `name` in `folder` comes to lead to `node` (None: to nothing)."""

    number: int
    folder: int
    name: str
    node: int | None
    needs: int | None = None  # the old name of a moved file goes only when its new one is there


@dataclass(slots=True)
class Cut:
    """A disk after the power went: its tree, how many steps were begun, and what the person had been told by then."""

    tree: Tree
    after: int
    told: list[Any]
    how: str


@dataclass(slots=True)
class _Disk:
    durable: Tree
    data: dict[int, list[Step]] = field(default_factory=dict)
    names: list[_Entry] = field(default_factory=list)
    count: int = 0

    def take(self, step: Step) -> None:
        if step.what in {"write", "truncate"}:
            self.data.setdefault(step.node, []).append(step)
        elif step.what == "sync" and step.node in self.durable.folders:
            self.names = self._settled(step.node)
        elif step.what == "sync":
            self.durable.files[step.node] = _written(self.durable.files[step.node], self.data.pop(step.node, []))
        elif step.what in {"create", "folder"}:
            if step.what == "folder":
                self.durable.folders[step.node] = {}
            else:
                self.durable.files[step.node] = b""
            self._name(step.places[0], step.node)
        elif step.what == "remove":
            self._name(step.places[0], None)
        elif step.what == "move":
            new = self._name(step.places[1], step.node)
            self._name(step.places[0], None, needs=new)

    def _name(self, place: tuple[int, str], node: int | None, needs: int | None = None) -> int:
        self.count += 1
        self.names.append(_Entry(self.count, place[0], place[1], node, needs))
        return self.count

    def _settled(self, folder: int) -> list[_Entry]:
        """A folder is synced: its names are durable; so is a new name that a removal elsewhere waits for."""
        left = []
        for entry in self.names:
            if entry.folder == folder:
                _set(self.durable.folders, entry)
                for needed in [one for one in left if one.number == entry.needs]:  # never under neither name
                    _set(self.durable.folders, needed)
                    left = [one for one in left if (one.folder, one.name) != (needed.folder, needed.name)]
            else:
                left.append(entry)
        return left

    def cut(self, chance: random.Random, how: str) -> Tree:
        """One of the trees there may be now."""
        files = dict(self.durable.files)
        for node, steps in self.data.items():
            files[node] = _written(files[node], _some(steps, chance, how))
        folders = {node: dict(names) for node, names in self.durable.folders.items()}
        there: set[int] = set()
        most = chance.randint(0, len(self.names))
        for position, entry in enumerate(self.names):
            kept = _is_kept(how, chance, position < most)
            if kept and (entry.needs is None or entry.needs in there or _is_durable(entry, self.names)):
                _set(folders, entry)
                there.add(entry.number)
        return Tree(folders, files)


def _is_durable(entry: _Entry, names: list[_Entry]) -> bool:
    return all(one.number != entry.needs for one in names)


def _is_kept(how: str, chance: random.Random, within: bool) -> bool:
    if how in {"all", "names only"}:
        return True
    if how in {"nothing", "bytes only"}:
        return False
    return within if how == "in order" else chance.random() < 0.5


def _set(folders: dict[int, dict[str, int]], entry: _Entry) -> None:
    if entry.node is None:
        folders[entry.folder].pop(entry.name, None)
    else:
        folders[entry.folder][entry.name] = entry.node


def _some(steps: list[Step], chance: random.Random, how: str) -> list[Step]:
    """Which of the unsynced writes of a file arrived, and in which halves."""
    if how in {"all", "bytes only"}:
        return steps
    if how in {"nothing", "names only"}:
        return []
    if how == "in order":
        kept = steps[: chance.randint(0, len(steps))]
        return [*kept[:-1], *(_torn(step, chance) for step in kept[-1:])]
    return [_torn(step, chance) if chance.random() < 0.3 else step for step in steps if chance.random() < 0.6]


def _torn(step: Step, chance: random.Random) -> Step:
    """A write of which only the first sectors arrived."""
    if step.what != "write" or len(step.data) <= SECTOR:
        return step
    length = chance.randrange(0, len(step.data), SECTOR)
    return Step("write", step.node, step.at, step.data[:length])


def _written(body: bytes, steps: list[Step]) -> bytes:
    found = bytearray(body)
    for step in steps:
        if step.what == "truncate":
            del found[step.at :]
            continue
        if step.data and len(found) < step.at:
            found.extend(bytes(step.at - len(found)))
        found[step.at : step.at + len(step.data)] = step.data
    return bytes(found)


HOW = ("nothing", "all", "names only", "bytes only")


def cuts(recording: Recording, seed: int, random_ones: int, every: int = 1) -> Iterator[Cut]:
    """Disks after a cut behind each step (or every n-th): the extremes, and some at random, half of them in order."""
    chance = random.Random(seed)
    disk = _Disk(
        Tree({node: dict(names) for node, names in recording.start.folders.items()}, dict(recording.start.files))
    )
    told: list[Any] = []
    for number, step in enumerate([None, *recording.steps]):
        if step is not None and step.what == "told":
            told = [*told, step.told]
        elif step is not None:
            disk.take(step)
        if (number + seed) % every:
            continue
        hows = (*HOW, *(("in order", "any order")[one % 2] for one in range(random_ones)))
        for how in hows:
            yield Cut(disk.cut(chance, how), number, told, how)


def lay_out(tree: Tree, target: Path) -> None:
    """Write a tree to the real disk, in a new folder."""
    shutil.rmtree(target, ignore_errors=True)
    _lay_out(tree, 1, target)


def _lay_out(tree: Tree, node: int, target: Path) -> None:
    target.mkdir()
    for name, inner in tree.folders[node].items():
        if inner in tree.folders:
            _lay_out(tree, inner, target / name)
        else:
            (target / name).write_bytes(tree.files[inner])


def fingerprint(tree: Tree) -> int:
    """Two trees with the same fingerprint hold the same."""
    return hash(_frozen(tree, 1))


def _frozen(tree: Tree, node: int) -> Any:
    names = tree.folders[node]
    return tuple(
        (name, _frozen(tree, names[name]) if names[name] in tree.folders else tree.files[names[name]])
        for name in sorted(names)
    )
