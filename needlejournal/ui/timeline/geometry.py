"""Which rows of a long list are on the screen and where, while most heights are only estimated.

What is on the screen keeps its place: it is the anchor from which heights are measured upwards and downwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from needlejournal.ui.timeline.row_heights import RowHeights


class ListGeometry:
    """`measure` gives the true height of a row. `first_row` begins at `first_y` (0 or above the screen's top)."""

    def __init__(self, measure: Callable[[int], int]) -> None:
        self.heights = RowHeights()
        self.inset = 0  # room above the first row, which scrolls with it
        self.first_row = 0
        self.first_y = 0
        self._measure = measure
        self._value = 0
        self._shift = 0  # what came or went above the screen since the scroll bar was set

    def start(self) -> None:
        """Begin at the top."""
        self.first_row, self.first_y, self._value, self._shift = 0, self.inset, 0, 0

    def settle(self, value: int, height: int, inset: int) -> int:
        """Measure the rows on a screen of `height` scrolled to `value`; gives the scroll value that is true now.

        After small steps the rows seen before are the anchor; after a jump it is the row estimated to be there.
        """
        if not len(self.heights):
            self.inset, self._shift = inset, 0
            return 0
        value, self._shift = value + self._shift, 0
        if inset != self.inset:
            if self._value > self.inset:
                value += inset - self.inset
                self._value += inset - self.inset
            else:
                self.first_row, self.first_y = 0, inset - value
            self.inset = inset
        if abs(value - self._value) < height:
            row, y = self.first_row, self.first_y - (value - self._value)
        else:
            row = self.heights.at(value - inset)
            y = inset + self.heights.top(row) - value
        self._fill(row, y, height)
        return self.heights.top(self.first_row) + inset - self.first_y

    def keep(self, value: int, inset: int) -> None:
        """The scroll bar stands at `value` now, which may be less than was asked for at the end of the list."""
        if value != self._shown_value() and len(self.heights):
            self.first_row = self.heights.at(value - inset)
            self.first_y = inset + self.heights.top(self.first_row) - value
        self._value = value

    def insert(self, row: int, estimates: Sequence[int]) -> None:
        """Rows came in before `row`; those on the screen stay where they are."""
        self.heights.insert(row, estimates)
        if row < self.first_row or (row == self.first_row and self.first_y < 0):
            self.first_row += len(estimates)
            self._move(sum(estimates))

    def remove(self, first: int, last: int) -> None:
        """Rows went."""
        gone = sum(self.heights[row] for row in range(first, min(last + 1, self.first_row)))
        self.heights.remove(first, last)
        if first < self.first_row:
            if last >= self.first_row:
                self.first_y = min(self.first_y, 0)
            self.first_row = max(first, self.first_row - (last - first + 1))
            self._move(-gone)

    def row_at(self, y: int) -> int:
        """The row at `y` of the whole list, inset included; −1 beside all rows."""
        if not len(self.heights) or not 0 <= y - self.inset < self.heights.total:
            return -1
        return self.heights.at(y - self.inset)

    def _move(self, by: int) -> None:
        self._value += by
        self._shift += by

    def _shown_value(self) -> int:
        return self.heights.top(self.first_row) + self.inset - self.first_y if len(self.heights) else 0

    def _fill(self, row: int, y: int, height: int) -> None:
        row = min(row, len(self.heights) - 1)
        while y > 0 and row > 0:
            row -= 1
            y -= self._true_height(row)
        if row == 0:
            y = min(y, self.inset)
        while row < len(self.heights) - 1 and y + self._true_height(row) <= 0:
            y += self.heights[row]
            row += 1
        self.first_row, self.first_y = row, y
        while row < len(self.heights) and y < height:
            y += self._true_height(row)
            row += 1

    def _true_height(self, row: int) -> int:
        if not self.heights.is_measured(row):
            self.heights.measure(row, self._measure(row))
        return self.heights[row]
