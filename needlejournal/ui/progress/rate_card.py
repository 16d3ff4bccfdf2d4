"""How a concern is today: 0 to 10 with fixed ends, and in words against the baseline photo shown beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.catalogue.treatments import Glow
from needlejournal.journal.photos import Photo
from needlejournal.journal.planning.course_sessions import HOME
from needlejournal.journal.ratings import Judgement, Rating
from needlejournal.ui import theme
from needlejournal.ui.destinations import Go, PreviewPhoto
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.models.thumbnails import thumbnails_of
from needlejournal.ui.progress.concern_card import result_photos
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.typing_steps import TypingSteps
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.date_fields import DateField
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.pickers.scale_picker import ScalePicker
from needlejournal.ui.widgets.pictures.photo_thumb import PhotoThumb
from needlejournal.ui.widgets.text import Divider, Label

NOT_JUDGED = "-"
GLOW = "glow"
STAYS_MS = 5 * 60 * 1000


class RateCard(Card):
    """Asks for each concern of the patient's plans. What is left open stays unknown."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(tr("How is it today?"), parent)
        self._open = open_journal
        self._go = go
        self._steps = TypingSteps()
        today = open_journal.today
        self._date = DateField(tr("Day of the rating"), today, today, latest=lambda: open_journal.today, needed=True)
        self._date.changed.connect(self.refresh)
        open_journal.day_changed.connect(self._begin_day)
        self._today = today
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._follow_today)
        self.add_to_header(self._date)
        self._photos = QHBoxLayout()
        self.body.addLayout(self._photos)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_L)
        self.body.addLayout(self._list)
        self._thumbs: list[tuple[PhotoThumb, Photo]] = []
        thumbnails_of(open_journal).arrived.connect(self._show_pictures)
        self.setEnabled(not open_journal.journal.read_only)
        self.refresh()

    @property
    def day(self) -> date:
        """The day that is rated."""
        return self._date.day() or self._open.today

    def refresh(self) -> None:
        """Read the journal again."""
        self._steps.end()
        self._name_day()
        _clear(self._photos)
        _clear(self._list)
        self._thumbs = []
        self._show_photos()
        there = {(rating.concern, rating.kind): rating for rating in self._of_day()}
        low, high = self._open.catalogue.scales.rating_ends
        for concern in self._concerns():
            self._list.addWidget(
                self._question(there.get((concern, "concern")) or Rating(self.day, concern), low, high)
            )
        glow = self._glow_of_day()
        if glow is not None or (GLOW, GLOW) in there:
            self._list.addWidget(Divider())
            self._list.addWidget(self._glow(there.get((GLOW, GLOW)) or Rating(self.day, GLOW, kind=GLOW), glow))

    def refresh_unless_used(self) -> None:
        """Read again, but never under the hands of somebody who is rating."""
        focused: QWidget | None = self.window().focusWidget()  # (None says Qt, whatever its stubs promise)
        if focused is None or not self.isAncestorOf(focused):
            self._follow_today()

    def _begin_day(self) -> None:
        """A new day. Whoever is rating just now goes on with the day it was for, which the card says, for a while."""
        self._name_day()
        self._later.start(STAYS_MS)
        self.refresh_unless_used()

    def _follow_today(self) -> None:
        """Ask for today, unless another day was chosen."""
        self._later.stop()
        if self.day == self._today:
            self._date.set_day(self._open.today)
        self._today = self._open.today
        self.refresh()

    def _name_day(self) -> None:
        asked = tr("How was it on {day}?").format(day=medium_date(self.day))
        self.set_title(tr("How is it today?") if self.day == self._open.today else asked)

    def begin(self) -> None:
        """Put the keyboard on the first question."""
        for picker in self.findChildren(ScalePicker):
            picker.setFocus()
            return

    def _of_day(self) -> list[Rating]:
        return self._open.journal.ratings.of_day(self.day)

    def _concerns(self) -> list[str]:
        """The concerns of all plans and those rated before; the whole catalogue where there are none yet."""
        planned = [concern for course in self._open.journal.courses.all() for concern in course.concerns]
        rated = self._open.journal.ratings.concerns()
        return list(dict.fromkeys(planned + rated)) or [concern.key for concern in self._open.catalogue.concerns]

    def _question(self, rating: Rating, low: str, high: str) -> QWidget:
        name = self._open.catalogue.concern(rating.concern).name
        box, column = _box()
        column.addWidget(Label(name, "strong"))
        scale = ScalePicker(name, low, high, rating.value)
        scale.changed.connect(lambda: self._write(rating.concern, value=scale.value()))
        column.addWidget(scale)
        words = [(word.value, self._open.catalogue.scales.judgement_word(word)) for word in Judgement]
        judged = Select(tr("Against the baseline photo: {concern}").format(concern=name))
        judged.set_choices([(NOT_JUDGED, tr("Against the baseline photo: not judged")), *words], NOT_JUDGED)
        judged.set_value(rating.judgement.value if rating.judgement else NOT_JUDGED)
        judged.changed.connect(lambda: self._judge(rating.concern, judged.value()))
        column.addWidget(judged)
        return box

    def _glow(self, rating: Rating, glow: Glow | None) -> QWidget:
        box, column = _box()
        column.addWidget(Label(tr("Fresh glow, one day after"), "strong"))
        if glow:
            column.addWidget(Label(glow.statement.text, "small", "ink_soft"))
        scale = ScalePicker(tr("Fresh glow"), tr("none"), tr("very strong"), rating.value)
        scale.changed.connect(lambda: self._write(GLOW, kind=GLOW, value=scale.value()))
        column.addWidget(scale)
        return box

    def _glow_of_day(self) -> Glow | None:
        """What is asked for one day after a session; nothing after one at home."""
        before = self.day - timedelta(days=1)
        marks = self._open.calendar.between(before, before)
        sessions = self._open.journal.sessions.many(mark.id for mark in marks).values()
        glows = (self._open.catalogue.treatment(one.treatment).glow for one in sessions if one.setting != HOME)
        return next((glow for glow in glows if glow), None)

    def _photos_by_then(self) -> list[Photo]:
        """Those that were there on the day that is rated: what it is judged by."""
        return [photo for photo in result_photos(self._open) if photo.when.day <= self.day]

    def _judge(self, concern: str, word: str | None) -> None:
        photos = self._photos_by_then()
        judgement = None if word in {None, NOT_JUDGED} else Judgement(word)
        baseline, latest = (photos[0].id, photos[-1].id) if photos else (None, None)
        self._write(concern, judgement=judgement, baseline_photo_id=baseline, photo_id=latest)

    def _write(self, concern: str, kind: str = "concern", **answer: object) -> None:
        there = next((r for r in self._of_day() if (r.concern, r.kind) == (concern, kind)), None)
        rating = replace(there or Rating(self.day, concern, kind=kind), **answer)  # type: ignore[arg-type]
        empty = rating.value is None and rating.judgement is None
        if empty and there:
            self._steps.end()
            written = self._open.write(tr("Clear rating"), lambda j: j.ratings.trash(there.id)) is not None
        elif not empty:
            key = self._steps.turned(f"rating:{self.day}:{concern}:{kind}:{' '.join(answer)}")
            written = self._open.write(tr("Rate"), lambda j: j.ratings.save(rating), merge=key) is not None
        else:
            written = True
        if not written:
            self.refresh()

    def _show_photos(self) -> None:
        """The baseline beside the latest photo of that time that may show a result."""
        photos = self._photos_by_then()
        if not photos:
            self._photos.addWidget(
                Label(tr("Without a photo from before the first session there is nothing to judge against."), "small")
            )
            return
        pair = (photos[0], photos[-1]) if len(photos) > 1 else (photos[0],)
        for photo, title in zip(pair, (tr("Baseline"), tr("Latest")), strict=False):
            box, column = _box()
            words = tr("{title}, {date}").format(title=title, date=medium_date(photo.when.day))
            thumb = PhotoThumb(words, QSize(120, 150))
            thumb.clicked.connect(
                lambda _=False, photo=photo: self._go(PreviewPhoto(photo.id, tuple(p.id for p in pair)))
            )
            column.addWidget(thumb)
            column.addWidget(Label(words, "small", "ink_soft"))
            self._photos.addWidget(box)
            self._thumbs.append((thumb, photo))
        self._photos.addStretch(1)
        self._show_pictures()

    def _show_pictures(self) -> None:
        pictures = thumbnails_of(self._open)
        for thumb, photo in self._thumbs:
            thumb.set_picture(pictures.picture(photo), QColor(photo.colour))


def _box() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE_S)
    return box, column


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget:
            widget.hide()
            widget.deleteLater()
