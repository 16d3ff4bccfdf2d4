"""A part of the course editor: it shows a course, and gives it back with what the person changed in this part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from needlejournal.journal.courses import Course
from needlejournal.ui.widgets.frame.card import Card


class CourseSection(Card):
    """One card of the editor. `edited` tells that the person changed something."""

    edited = Signal()

    def show_course(self, course: Course) -> None:
        """Show a course without emitting."""
        raise NotImplementedError

    def apply(self, course: Course) -> Course:
        """The course with this part as it stands in the fields."""
        raise NotImplementedError


def in_kept_order(kept: tuple[str, ...], chosen: Sequence[str]) -> tuple[str, ...]:
    """What is chosen; in the order it was kept in when it is the same, so that showing alone changes nothing."""
    return kept if set(kept) == set(chosen) else tuple(chosen)
