"""Heights of thousands of rows: estimated until a row is measured; where a row begins, and which row is where.

Pure arithmetic, in device-independent pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

_BLOCK = 128


class RowHeights:
    """Sums are kept by blocks, so that one row's height changes without adding up all others."""

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._measured: list[bool] = []
        self._sums: list[int] = []

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    def reset(self, estimates: Sequence[int]) -> None:
        """Begin anew with estimated heights."""
        self._heights = list(estimates)
        self._measured = [False] * len(self._heights)
        self._add_up()

    def insert(self, row: int, estimates: Sequence[int]) -> None:
        """Put rows in before `row`."""
        self._heights[row:row] = estimates
        self._measured[row:row] = [False] * len(estimates)
        self._add_up()

    def remove(self, first: int, last: int) -> None:
        """Take rows out, both ends included."""
        del self._heights[first : last + 1]
        del self._measured[first : last + 1]
        self._add_up()

    def forget(self, first: int = 0, last: int | None = None) -> None:
        """These rows, all of them to begin with, are to be measured again; each keeps its height as the estimate."""
        end = len(self._heights) if last is None else last + 1
        self._measured[first:end] = [False] * (end - first)

    def is_measured(self, row: int) -> bool:
        """Whether the height is the true one."""
        return self._measured[row]

    def measure(self, row: int, height: int) -> None:
        """Set the true height of a row."""
        self._measured[row] = True
        self._sums[row // _BLOCK] += height - self._heights[row]
        self._heights[row] = height

    @property
    def total(self) -> int:
        """The height of all rows together."""
        return sum(self._sums)

    def top(self, row: int) -> int:
        """Where a row begins, the first at 0; the end of all for the row after the last."""
        block = row // _BLOCK
        return sum(self._sums[:block]) + sum(self._heights[block * _BLOCK : row])

    def at(self, y: int) -> int:
        """The row at `y`; the first above all, the last below all. There must be a row."""
        top = 0
        for block, height in enumerate(self._sums):
            if y < top + height:
                return self._within(block, y - top)
            top += height
        return len(self._heights) - 1

    def _within(self, block: int, y: int) -> int:
        row = block * _BLOCK
        while y >= self._heights[row]:
            y -= self._heights[row]
            row += 1
        return row

    def _add_up(self) -> None:
        heights = self._heights
        self._sums = [sum(heights[start : start + _BLOCK]) for start in range(0, len(heights), _BLOCK)]
