"""A decoded picture as a buffer that a window can draw from, and a pool that hands used buffers out again.

Knows no file format, and loads no numpy before the first buffer; `arrays` looks at a buffer through it.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from needlejournal.imaging.reading.arrays import Bytes

CHANNELS = 4  # blue, green, red, and 255: what a QImage of Format_RGB32 draws without converting


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """An upright opaque picture in sRGB, 8 bits a channel, blue-green-red-255, rows from the top, C-contiguous.

    `buffer` is read-only and flat, `stride` the bytes of one row. It stays valid for as long as it is referred to.
    """

    width: int
    height: int
    stride: int
    buffer: memoryview

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height


class BufferPool:
    """Hands out large buffers again once nothing refers to them: fresh ones cost a page fault every 4 kB.

    Nobody gives a buffer back; dropping the last `Pixels` and view of it is enough. Safe from several threads.
    """

    def __init__(self, keep_bytes: int = 200_000_000) -> None:
        """Keep up to `keep_bytes` of buffers that nobody uses at the moment."""
        self._keep_bytes = keep_bytes
        self._buffers: list[Any] = []
        self._lock = threading.Lock()

    def take(self, size: int) -> Bytes:
        """Return a writable flat array of `size` bytes with arbitrary contents."""
        with self._lock:
            fitting = [at for at in self._idle() if size <= len(self._buffers[at]) <= size * 3 // 2]
            if fitting:
                best = min(fitting, key=lambda at: len(self._buffers[at]))
                return self._buffers[best][:size]  # type: ignore[no-any-return]
            self._forget_idle_beyond(self._keep_bytes)
            fresh = _fresh(size)
            self._buffers.append(fresh)
            return fresh[:]

    def release_idle(self) -> None:
        """Give the memory that nobody uses back to the system, as when a page closes or the journal is locked."""
        with self._lock:
            self._forget_idle_beyond(0)

    def _idle(self) -> list[int]:
        # The list and the call's own argument are the two references an unused buffer has.
        return [at for at in range(len(self._buffers)) if sys.getrefcount(self._buffers[at]) <= 2]

    def _forget_idle_beyond(self, keep: int) -> None:
        for at in sorted(self._idle(), reverse=True):
            if keep < len(self._buffers[at]):
                del self._buffers[at]
            else:
                keep -= len(self._buffers[at])


def _fresh(size: int) -> Bytes:
    import numpy as np

    return np.empty(size, np.uint8)
