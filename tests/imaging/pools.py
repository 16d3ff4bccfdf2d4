"""A pool of buffers that knows which of them it still holds."""

from __future__ import annotations

from weakref import ref

import numpy as np

from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.pixels import BufferPool


class WatchedPool(BufferPool):
    def __init__(self, keep_bytes: int = 200_000_000) -> None:
        super().__init__(keep_bytes)
        self._handed_out: dict[int, ref[Bytes]] = {}

    def take(self, size: int) -> Bytes:
        taken = super().take(size)
        buffer = taken.base
        assert isinstance(buffer, np.ndarray)
        self._handed_out[id(buffer)] = ref(buffer)
        return taken

    @property
    def held_bytes(self) -> int:
        """Bytes of all buffers that live, in use or idle."""
        alive = (buffer() for buffer in self._handed_out.values())
        return sum(len(buffer) for buffer in alive if buffer is not None)
