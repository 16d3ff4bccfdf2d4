"""Correcting a camera's clock that was wrong for many photos: one right moment, and the difference moves them all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from needlejournal.journal.photos import Photo
from needlejournal.ui import language
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.fields.date_fields import DateField, TimeField
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label


class ClockSheet(Sheet):
    """Asks when the first of the photos was really taken. `moved` carries the difference, a timedelta.

    Whoever hears that accepts the sheet when it is done; else it stays, with what was written.
    """

    moved = Signal(object)

    def __init__(self, photos: Sequence[Photo], today: date, parent: QWidget | None = None) -> None:
        super().__init__(tr("The camera’s clock was wrong"), parent)
        self._count = len(photos)
        first = min(photos, key=lambda photo: (photo.when.day, photo.when.time or time.min))
        self._was = datetime.combine(first.when.day, first.when.time or time.min)
        known = language.moment(self._was) if first.when.time else language.medium_date(first.when.day)
        words = tr("“{name}” says {moment}. When was it really taken? All selected photos move by the same difference.")
        self.body.addWidget(Label(words.format(name=first.original.file_name, moment=known), "text", "ink_soft"))
        self._day = DateField(tr("Right date"), first.when.day, today, needed=True)
        self._time = TimeField(tr("Right time"), first.when.time)
        form = Form()
        form.add(tr("Right date"), self._day)
        form.add(tr("Right time"), self._time)
        self.body.addWidget(form)
        self._difference = Label("", "text")
        self.body.addWidget(self._difference)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self._move = self.add_button(tr("Move %n photo(s)", self._count), "filled")
        self._move.clicked.connect(lambda: self.moved.emit(self.difference()))
        for field in (self._day, self._time):
            field.changed.connect(self._show)
        self._show()

    def difference(self) -> timedelta:
        """By how much the photos would move."""
        day, clock = self._day.day() or self._was.date(), self._time.time_of_day() or self._was.time()
        return datetime.combine(day, clock) - self._was

    def _show(self) -> None:
        difference = self.difference()
        self._move.setEnabled(bool(difference))
        self._difference.setText(difference_words(difference) if difference else tr("Nothing moves yet."))


def difference_words(difference: timedelta) -> str:
    """ "They move 366 days, 3 hours and 5 minutes back." """
    days, rest = divmod(abs(int(difference.total_seconds())), 86_400)
    amounts = (
        tr("%n day(s)", days) if days else "",
        tr("%n hour(s)", rest // 3600) if rest >= 3600 else "",
        tr("%n minute(s)", rest % 3600 // 60) if rest % 3600 >= 60 else "",
        tr("%n second(s)", rest % 60) if rest % 60 else "",
    )
    amount = ", ".join(part for part in amounts if part)
    back = difference < timedelta(0)
    return (tr("They move {amount} back.") if back else tr("They move {amount} forward.")).format(amount=amount)
