"""The headings above the photos of one day in an import: what they say, and how one is painted. No widget."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from needlejournal.ui import icons, language, theme
from needlejournal.ui.importing.captions import FileCaption
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting
from needlejournal.workflows.photos_in.import_plan import ImportItem

HEIGHT, BOX, PADDING = 32, 16, 8


class DayTick(StrEnum):
    """How much of a day is selected."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class DayHeading:
    """What stands above the photos of one day, or above those without a date."""

    words: str
    keys: frozenset[int]

    def chosen(self, keys: Collection[int]) -> DayTick:
        """How much of the day is among these."""
        among = self.keys.intersection(keys)
        return DayTick.ALL if among == self.keys else DayTick.SOME if among else DayTick.NONE

    def spoken(self, keys: Collection[int]) -> str:
        """The words, and how many of its photos are selected."""
        match self.chosen(keys):
            case DayTick.ALL:
                return tr("{heading}, all selected").format(heading=self.words)
            case DayTick.SOME:
                selected = tr("%n selected", len(self.keys.intersection(keys)))
                return tr("{heading}, {selected}").format(heading=self.words, selected=selected)
        return self.words


Row = DayHeading | ImportItem


def by_day(items: Iterable[ImportItem], describe: Callable[[ImportItem], FileCaption]) -> list[Row]:
    """The photos below the headings of their days, first to last; those without a date come last."""
    days: dict[date | None, list[ImportItem]] = {}
    for item in items:
        days.setdefault(item.when.day if item.when else None, []).append(item)
    rows: list[Row] = []
    for day in sorted(days, key=lambda one: one or date.max):
        words = _words(day, days[day], {describe(item).day for item in days[day]})
        rows += [DayHeading(words, frozenset(item.key for item in days[day])), *days[day]]
    return rows


def _words(day: date | None, items: Collection[ImportItem], places: Collection[str]) -> str:
    photos = tr("%n photo(s)", len(items))
    if day is None:
        return tr("No date · {photos}").format(photos=photos)
    named = {"day": language.weekday_and_short_date(day), "photos": photos}
    place = next(iter(places)) if len(places) == 1 else ""  # where in the treatment all of them belong
    if place:
        return tr("{day} · {photos} · {place}").format(**named, place=place)
    return tr("{day} · {photos}").format(**named)


def paint_heading(painter: QPainter, words: str, chosen: DayTick, where: QRectF) -> None:
    """A box that shows how much of the day is selected, and the words."""
    side, pad = theme.px(BOX), theme.px(PADDING)
    box = QRectF(where.left() + pad, where.center().y() - side / 2, side, side)
    if chosen is DayTick.NONE:
        painting.box(painter, box, theme.RADIUS_SMALL, theme.colour("field"), theme.colour("ink_faint"))
    else:
        painting.box(painter, box, theme.RADIUS_SMALL, theme.colour("accent"))
        mark = "check" if chosen is DayTick.ALL else "minus"
        icons.paint(painter, mark, box.adjusted(2, 2, -2, -2), theme.colour("on_accent"))
    room = where.adjusted(2 * pad + side, 0, -pad, 0)
    painter.setFont(theme.font("small_strong"))
    painter.setPen(theme.colour("ink"))
    shown = painting.elided(painter, words, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
