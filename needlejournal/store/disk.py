"""Every file of a journal is opened, written, synced, renamed and unlinked here, by a plain name in a folder held open.

A journal's folder came from anywhere: no link is followed, and what is no plain file or folder is a `Stranger`.
Knows nothing of what the files mean. `calls` are the system's own; tests put a failing or a recording disk there.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any, Self

from needlejournal.journal.frozen import frozen

calls: Any = os
HANDLES = os.open in os.supports_dir_fd  # not on Windows: there the whole path is named, and looked at first

OWNER_FILE = 0o600
OWNER_FOLDER = 0o700
_CAREFUL = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT", "O_NONBLOCK"))
_WAITS_FOR_NOBODY = sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_BINARY", "O_NOINHERIT", "O_NONBLOCK"))
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NOT_FOLLOWED = {errno.ELOOP, errno.ENOTDIR, errno.ENXIO, errno.EISDIR}
_REPARSE_POINT = 0x400  # Windows: links and junctions


class Stranger(OSError):
    """A link, a device or something else that is no plain file or folder of this journal. It was left alone."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.ELOOP, "not a plain file or folder", name)


@frozen
class Entry:
    """What lies in a folder. Neither plain nor a folder: a link, a device, a socket."""

    name: str
    plain: bool
    folder: bool
    size: int  # in bytes, of what is plain


class NewFile:
    """A file that was not there before, for its owner's eyes only."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def write(self, data: bytes, /) -> int:
        """Write all of it."""
        left = memoryview(data)
        while left:
            left = left[calls.write(self._handle, left) :]
        return len(data)

    def tell(self) -> int:
        """Where the next byte goes."""
        return int(calls.lseek(self._handle, 0, os.SEEK_CUR))

    def seek(self, at: int, /) -> int:
        """Let the next byte go there, counted from the beginning."""
        return int(calls.lseek(self._handle, at, os.SEEK_SET))

    def flush(self) -> None:
        """Nothing is held back."""

    def sync(self) -> None:
        """Make what was written durable; on macOS through the drive's own cache too."""
        sync_handle(self._handle)

    def close(self) -> None:
        """Close it; closing twice is allowed."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Folder:
    """A folder that is held open. Names are single parts; nothing in it is followed.

    The outermost one may be reached by a link, since the person chose it. Raises OSError, Stranger among them.
    """

    def __init__(self, path: Path, open_it: Callable[[Path], int | None] | None = None) -> None:
        self.path = path
        self._handle: int | None = (open_it or _folder_handle)(path)

    def inner(self, name: str, *, make: bool = False) -> Folder:
        """A folder in this one, made durably when it is not there and may be made."""
        path = self.path / _plain(name)
        open_it = partial(_inner_handle, within=self._handle)
        try:
            return Folder(path, open_it)
        except FileNotFoundError:
            if not make:
                raise
        calls.mkdir(*self._named(name), OWNER_FOLDER, **self._by())
        self.sync()
        return Folder(path, open_it)

    def opened(self, name: str) -> IO[bytes]:
        """A plain file, for reading."""
        self._refuse_reparsed(name)
        handle = self._open(name, os.O_RDONLY)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise Stranger(name)
        return os.fdopen(handle, "rb")

    def sync_file(self, name: str) -> None:
        """Make a file durable that another wrote here by its name, for its owner only."""
        with self.own_file(name) as file:
            sync_handle(file.fileno())
        self.tighten(name)

    def created(self, name: str) -> NewFile:
        """A new file. Raises FileExistsError for whatever lies there, a broken link too."""
        handle = self._open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        if hasattr(os, "fchmod"):
            os.fchmod(handle, OWNER_FILE)  # whatever the umask
        return NewFile(handle)

    def own_file(self, name: str) -> IO[bytes]:
        """A plain file of this folder alone, read and written in place; made when it is not there."""
        self._refuse_reparsed(name)
        handle = self._open(name, os.O_RDWR | os.O_CREAT)
        if not is_own_file(os.fstat(handle)):
            os.close(handle)
            raise Stranger(name)
        return os.fdopen(handle, "r+b")

    def move(self, name: str, to: Folder, new_name: str) -> None:
        """Move a file, replacing what is called so there."""
        by = {} if self._handle is None else {"src_dir_fd": self._handle, "dst_dir_fd": to._handle}
        calls.replace(*self._named(name), *to._named(new_name), **by)

    def unlink(self, name: str) -> None:
        """Remove a file; one that is gone is no error. Of a link only the link goes."""
        try:
            calls.unlink(*self._named(name), **self._by())
        except FileNotFoundError:
            return

    def remove_folder(self, name: str) -> None:
        """Remove an empty folder; one that is gone is no error."""
        with suppress(FileNotFoundError):
            calls.rmdir(*self._named(name), **self._by())

    def remove_all(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it; what is gone is no error. Of a link only the link goes."""
        try:
            inner = self.inner(name)
        except FileNotFoundError:
            return
        except Stranger:
            self.unlink(name)
            return
        with inner:
            for entry in inner.entries():
                inner.remove_all(entry.name) if entry.folder else inner.unlink(entry.name)
        self.remove_folder(name)

    def state(self, name: str) -> os.stat_result | None:
        """What lies there, links not followed, or None."""
        try:
            return os.stat(*self._named(name), follow_symlinks=False, **self._by())
        except FileNotFoundError:
            return None

    def tighten(self, name: str = "") -> None:
        """Let only the owner read and write a file that is of this folder alone, or (without a name) the folder."""
        if not name and self._handle is not None:
            os.fchmod(self._handle, OWNER_FOLDER)
        elif name and self._handle is not None:
            with self.opened(name) as file:
                if is_own_file(os.fstat(file.fileno())):
                    os.fchmod(file.fileno(), OWNER_FILE)

    def is_tight(self) -> bool:
        """Whether only its owner may enter it, as far as the system knows of that."""
        return self._handle is None or not stat.S_IMODE(os.fstat(self._handle).st_mode) & 0o077

    def entries(self) -> list[Entry]:
        """What lies in it, by name."""
        place = self.path if self._handle is None else self._handle
        with os.scandir(place) as found:
            entries = [_entry(one) for one in found]
        return sorted(entries, key=lambda entry: entry.name)

    def sync(self) -> None:
        """Make renames and new names in it durable, where the system knows of that."""
        if self._handle is not None:
            calls.fsync(self._handle)

    def close(self) -> None:
        """Let go of it; twice is allowed."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self, name: str, flags: int) -> int:
        try:
            return int(calls.open(*self._named(name), flags | _CAREFUL, OWNER_FILE, **self._by()))
        except OSError as error:
            if error.errno in _NOT_FOLLOWED:
                raise Stranger(name) from error
            raise

    def _named(self, name: str) -> tuple[Any]:
        return (self.path / _plain(name) if self._handle is None else _plain(name),)

    def _by(self) -> dict[str, Any]:
        return {} if self._handle is None else {"dir_fd": self._handle}

    def _refuse_reparsed(self, name: str) -> None:
        """Where a link cannot be refused while opening, look before."""
        if self._handle is None and _is_link(self.state(name)):
            raise Stranger(name)


@contextmanager
def held(root: Path, *names: str, make: bool = False) -> Iterator[Folder]:
    """The folder below `root` that is reached through `names`, none of them a link."""
    with ExitStack() as opened:
        folder = opened.enter_context(Folder(root))
        for name in names:
            folder = opened.enter_context(folder.inner(name, make=make))
        yield folder


class Replaced(FileNotFoundError):
    """At the place of an open journal's folder is another one, or none. It was left alone."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.ESTALE, "not the folder that was there", name)


class Home:
    """A folder as it was when it was first looked at; one that took its place since is never read or written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._first = _which(path)

    @property
    def is_there(self) -> bool:
        """Whether it is still at its place, or was not there in the beginning either."""
        return self._first is None or _which(self.path) == self._first

    @contextmanager
    def held(self, *names: str, make: bool = False) -> Iterator[Folder]:
        """The folder that is reached through `names`, none of them a link. Raises OSError, Replaced among them."""
        if not self.is_there:
            raise Replaced(self.path.name)
        with held(self.path, *names, make=make) as folder:
            yield folder


def _which(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


# What is written beside its place until it is whole; SQLite may put a journal of its own beside that.
_ASIDE = re.compile(r"\.[0-9a-f]{16}\.part(-journal)?")


def new_aside() -> str:
    """A name for a file that is being written beside its place."""
    return f".{secrets.token_hex(8)}.part"


def is_aside(name: str) -> bool:
    """Whether a file is called as one that a stop left half written."""
    return _ASIDE.fullmatch(name) is not None


def sweep_asides(place: Folder) -> None:
    """Remove what a stop left half written; nobody else may be writing here. Raises OSError."""
    left = [entry.name for entry in place.entries() if entry.plain and is_aside(entry.name)]
    for name in left:
        place.unlink(name)
    if left:
        place.sync()


def make_folder(path: Path) -> None:
    """Make a folder where the person chose it, durably, with those above it that are missing. Raises OSError."""
    if not path.is_dir():
        make_folder(path.parent)
        with Folder(path.parent) as above:
            above.inner(path.name, make=True).close()


def open_plain(path: Path) -> IO[bytes]:
    """Open a file that the person chose, or that lies beside one, for reading; a link to it is followed.

    Raises Stranger for a pipe, a device or a folder, which may never end or never begin, and OSError.
    """
    handle = os.open(path, os.O_RDONLY | _WAITS_FOR_NOBODY)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Stranger(path.name)
    return os.fdopen(handle, "rb")


def sync_handle(handle: int) -> None:
    """Make a written file durable; on macOS through the drive's own cache too."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        calls.fsync(handle)


def is_plain(found: os.stat_result) -> bool:
    """Whether it is a plain file: no link, device or folder."""
    return stat.S_ISREG(found.st_mode)


def is_own_file(found: os.stat_result) -> bool:
    """Whether it is a plain file with no second name elsewhere: writing into it reaches nothing else."""
    return is_plain(found) and found.st_nlink <= 1


def _folder_handle(path: Path) -> int | None:
    if HANDLES:
        return int(calls.open(path, _FOLDER))
    if not path.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(path))
    return None


def _inner_handle(path: Path, within: int | None) -> int | None:
    if within is None:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or _is_link(found):
            raise Stranger(path.name)
        return None
    try:
        return int(calls.open(path.name, _FOLDER | os.O_NOFOLLOW, dir_fd=within))
    except OSError as error:
        if error.errno in _NOT_FOLLOWED:
            raise Stranger(path.name) from error
        raise


def _plain(name: str) -> str:
    if name in {"", ".", ".."} or any(sign in name for sign in ("/", "\0", os.sep, os.altsep or "/")):
        raise Stranger(name)
    return name


def _entry(found: os.DirEntry[Any]) -> Entry:
    name, (plain, folder) = os.fsdecode(found.name), _kind(found)
    return Entry(name, plain, folder, found.stat(follow_symlinks=False).st_size if plain else 0)


def _kind(entry: os.DirEntry[Any]) -> tuple[bool, bool]:
    if not HANDLES and _is_link(entry.stat(follow_symlinks=False)):
        return False, False
    return entry.is_file(follow_symlinks=False), entry.is_dir(follow_symlinks=False)


def _is_link(found: os.stat_result | None) -> bool:
    return found is not None and (
        stat.S_ISLNK(found.st_mode) or bool(getattr(found, "st_file_attributes", 0) & _REPARSE_POINT)
    )
