"""A disk that writes down every operation of the store, SQLite's own included, and may refuse one of them.

What goes through `store/disk.calls` is seen as the store asks for it, what SQLite does as its VFS is asked, below the
encryption. Places are paths relative to `root`; every file and folder is a node of its own, so that a renamed file
stays the same one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import pytest

from needlejournal.store import disk

Place = tuple[int, str]  # a folder's node and a name in it
BASE = "unix"
PAGES = "faults-recording"
SEALED_PAGES = f"multipleciphers-{PAGES}"  # SQLCipher's pages, written through the recording one
JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL | apsw.SQLITE_OPEN_WAL


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: what ("write", "sync", …), on which node, and what belongs to it."""

    what: str
    node: int = 0
    at: int = 0
    data: bytes = b""
    places: tuple[Place, ...] = ()
    told: Any = None


@dataclass(slots=True)
class Tree:
    """What lies below `root` at a moment: nodes of folders with their names, nodes of files with their bytes."""

    folders: dict[int, dict[str, int]] = field(default_factory=dict)
    files: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path) -> Tree:
        """The tree on the disk; the root is node 1."""
        tree = cls()
        tree._take(root)
        return tree

    def _take(self, folder: Path) -> int:
        node = self.new()
        names: dict[str, int] = {}
        self.folders[node] = names
        for path in sorted(folder.iterdir()):
            if path.is_dir():
                names[path.name] = self._take(path)
            else:
                names[path.name] = self.new()
                self.files[names[path.name]] = path.read_bytes()
        return node

    def new(self) -> int:
        """The number of a node that is not there yet."""
        return len(self.folders) + len(self.files) + 1


class Recording:
    """The log of one piece of work below `root`. `before(step)` hears of each operation, and may raise."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.start = Tree.read(self.root)
        self.steps: list[Step] = []
        self.before: Callable[[Step], None] = lambda _step: None
        self.by_sqlite = False  # whether the step that `before` hears of is one of SQLite's
        self._now = {node: dict(names) for node, names in self.start.folders.items()}
        self._next = self.start.new()
        self._handles: dict[int, int] = {}
        self._at: dict[int, int] = {}

    def tell(self, told: Any = None) -> None:
        """The person was told that something is done."""
        self.steps.append(Step("told", told=told))

    # ---- where things are

    def place(self, path: str | os.PathLike[str], dir_fd: int | None = None) -> Place | None:
        """The place of a path, or None when it is not below the root, or in no folder that is known."""
        whole = (
            Path(f"/proc/self/fd/{dir_fd}").readlink() / os.fsdecode(path)
            if dir_fd is not None
            else Path(path).absolute()
        )
        try:
            parts = whole.relative_to(self.root).parts
        except ValueError:
            return None
        node = 1
        for part in parts[:-1]:
            node = self._now.get(node, {}).get(part, 0)
        return (node, parts[-1]) if node in self._now and parts else None

    def node(self, path: str | os.PathLike[str], dir_fd: int | None = None) -> int:
        """The node at a path; 0 where there is none."""
        if Path(path) == self.root:
            return 1
        place = self.place(path, dir_fd)
        return self._now[place[0]].get(place[1], 0) if place else 0

    # ---- operations as they happen

    def create(self, place: Place | None, *, folder: bool = False) -> int:
        """A new file or folder appears."""
        if place is None:
            return 0
        node, self._next = self._next, self._next + 1
        self._note(Step("folder" if folder else "create", node, places=(place,)))
        self._now[place[0]][place[1]] = node
        if folder:
            self._now[node] = {}
        return node

    def write(self, node: int, at: int, data: bytes) -> None:
        """Bytes are written into a file."""
        self._note(Step("write", node, at, bytes(data)))

    def truncate(self, node: int, size: int) -> None:
        """A file is cut."""
        self._note(Step("truncate", node, size))

    def sync(self, node: int) -> None:
        """A file or folder is made durable."""
        self._note(Step("sync", node))

    def move(self, old: Place | None, new: Place | None) -> None:
        """A file or folder is renamed."""
        if old is not None and new is not None:
            node = self._now[old[0]].get(old[1], 0)
            self._note(Step("move", node, places=(old, new)))
            self._now[old[0]].pop(old[1], None)
            self._now[new[0]][new[1]] = node

    def remove(self, place: Place | None) -> None:
        """A file or an empty folder goes."""
        if place is not None and place[1] in self._now[place[0]]:
            self._note(Step("remove", self._now[place[0]][place[1]], places=(place,)))
            del self._now[place[0]][place[1]]

    def _note(self, step: Step) -> None:
        if step.node:
            self.before(step)
            self.steps.append(step)

    # ---- the store's own calls (in place of `os`)

    def open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        node = self.node(path, dir_fd)
        if flags & os.O_CREAT and not node and not _is_there(path, dir_fd):
            node = self.create(self.place(path, dir_fd))
        handle = os.open(path, flags, mode, dir_fd=dir_fd)
        self._handles[handle], self._at[handle] = node, 0
        return handle

    def write_to(self, handle: int, data: bytes) -> int:
        """`os.write`."""
        self.write(self._handles.get(handle, 0), self._at.get(handle, 0), bytes(data))
        done = os.write(handle, data)
        self._at[handle] = self._at.get(handle, 0) + done
        return done

    def lseek(self, handle: int, at: int, whence: int) -> int:
        found = self._at[handle] = os.lseek(handle, at, whence)
        return found

    def fsync(self, handle: int) -> None:
        node = self._handles.get(handle, 0)
        self.sync(node)
        os.fsync(handle)

    def replace(self, old: Any, new: Any, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
        self._checked(old, src_dir_fd)
        self.move(self.place(old, src_dir_fd), self.place(new, dst_dir_fd))
        os.replace(old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    def unlink(self, path: Any, *, dir_fd: int | None = None) -> None:
        self._checked(path, dir_fd)
        self.remove(self.place(path, dir_fd))
        os.unlink(path, dir_fd=dir_fd)

    def rmdir(self, path: Any, *, dir_fd: int | None = None) -> None:
        self._checked(path, dir_fd)
        self.remove(self.place(path, dir_fd))
        os.rmdir(path, dir_fd=dir_fd)

    def mkdir(self, path: Any, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        self.create(self.place(path, dir_fd), folder=True)
        os.mkdir(path, mode, dir_fd=dir_fd)

    def _checked(self, path: Any, dir_fd: int | None) -> None:
        os.stat(path, dir_fd=dir_fd, follow_symlinks=False)  # what is not there is not moved, and no step


class _Calls:
    """`os` for `store/disk`, recorded."""

    def __init__(self, recording: Recording) -> None:
        self.open, self.write, self.fsync = recording.open, recording.write_to, recording.fsync
        self.lseek = recording.lseek
        self.replace, self.unlink = recording.replace, recording.unlink
        self.mkdir, self.rmdir = recording.mkdir, recording.rmdir


def _of_sqlite(method: Callable[..., Any]) -> Callable[..., Any]:
    """SQLite asks for this."""

    def call(self: Any, *arguments: Any) -> Any:
        recording = self.recording
        if recording is None:
            return method(self, *arguments)
        recording.by_sqlite = True
        try:
            return method(self, *arguments)
        finally:
            recording.by_sqlite = False

    return call


class _File(apsw.VFSFile):
    def __init__(self, recording: Recording, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.recording, self._node, self._new_name = recording, 0, 0
        if path is not None:
            place = recording.place(path)
            self._node = recording.node(path)
            if not self._node and flags[0] & apsw.SQLITE_OPEN_CREATE and place:
                self._node = recording.create(place)
            self._new_name = place[0] if place and flags[0] & JOURNALS else 0  # SQLite syncs its name with it
        super().__init__(BASE, name, flags)

    @_of_sqlite
    def xWrite(self, data: bytes, offset: int) -> None:
        self.recording.write(self._node, offset, data)
        super().xWrite(data, offset)

    @_of_sqlite
    def xTruncate(self, newsize: int) -> None:
        self.recording.truncate(self._node, newsize)
        super().xTruncate(newsize)

    @_of_sqlite
    def xSync(self, flags: int) -> None:
        self.recording.sync(self._node)
        if self._new_name:
            self.recording.sync(self._new_name)
            self._new_name = 0
        super().xSync(flags)


class _Pages(apsw.VFS):
    """The system's own VFS, recorded."""

    recording: Recording | None = None

    def __init__(self) -> None:
        super().__init__(PAGES, BASE)

    @_of_sqlite
    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        if self.recording is None:
            return apsw.VFSFile(BASE, name, flags)
        return _File(self.recording, name, flags)

    @_of_sqlite
    def xDelete(self, filename: str, syncdir: bool) -> None:
        if self.recording:
            place = self.recording.place(filename)
            self.recording.remove(place)
            if syncdir and place:
                self.recording.sync(place[0])
        super().xDelete(filename, syncdir)


_pages = _Pages()
_connect = apsw.Connection


@contextmanager
def recorded(root: Path) -> Iterator[Recording]:
    """Everything the store does below `root` is written down meanwhile."""
    recording = Recording(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "calls", _Calls(recording))
        patch.setattr(_pages, "recording", recording)
        patch.setattr(apsw, "Connection", partial(_connect, vfs=SEALED_PAGES))
        yield recording


def _is_there(path: Any, dir_fd: int | None) -> bool:
    try:
        os.stat(path, dir_fd=dir_fd, follow_symlinks=False)
    except OSError:
        return False
    return True
