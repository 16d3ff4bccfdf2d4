"""The photo days that the plan proposes, what is due first: which views, until when, and a way to bring them in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.journal.planning.plan import CoursePlan, ProposedPhotos
from needlejournal.ui import icons, theme
from needlejournal.ui.destinations import Go, ImportPhotos
from needlejournal.ui.language import day_and_month, medium_date, tr
from needlejournal.ui.models.plan_words import course_name, slot_words, state_word, view_words
from needlejournal.ui.plan.parts import emptied, stack_of
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label

_COMING_SHOWN = 4
_ICONS = {"done": "check", "due": "camera", "coming": "camera", "past": "minus"}


class StateSign(QWidget):
    """A round sign: ticked, due (filled), coming (outlined) or gone by (dotted)."""

    def __init__(self, state: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setAccessibleName(state_word(state))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(30), theme.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            radius = where.height() / 2
            ink = theme.colour("accent" if self._state in {"due", "coming"} else "ink_soft")
            if self._state == "due":
                painting.box(painter, where, radius, theme.colour("accent"))
                ink = theme.colour("on_accent")
            elif self._state == "past":
                painting.dotted_box(painter, where, radius, theme.colour("ink_faint"))
            else:
                ground = theme.colour("accent_ground" if self._state == "coming" else "pill")
                painting.box(painter, where, radius, ground)
            side = theme.px(16)
            middle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            icons.paint(painter, _ICONS.get(self._state, "camera"), middle, ink)


class ProposalsCard(Card):
    """Photo days of all courses: what is due and coming; what was and what went by on request."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(tr("Photo days"), parent)
        self._open, self._go = open_journal, go
        self._courses: tuple[CoursePlan, ...] = ()
        self._all = False
        about = tr("About eight pictures for each session are enough. These are suggestions. It is fine to skip one.")
        self.body.addWidget(Label(about, "small", "ink_soft"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE_M)
        self.body.addLayout(self._rows)
        self._more = Button("", "link")
        self._more.clicked.connect(self._toggle)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_plan(self, courses: Sequence[CoursePlan]) -> None:
        """Show the photo days of these courses."""
        self._courses = tuple(courses)
        self._show()

    def _toggle(self) -> None:
        self._all = not self._all
        self._show()

    def _show(self) -> None:
        rows = emptied(self._rows)
        everything = [(of, photos) for of in self._courses for photos in of.photos if photos.slot.day is not None]
        shown = everything if self._all else _next_ones(everything)
        named = len(self._courses) > 1
        for of, photos in shown:
            rows.addWidget(self._row(photos, course_name(of) if named else ""))
        if not shown:
            words = tr("None due or coming.") if everything else tr("They follow from your sessions.")
            rows.addWidget(Label(words, "text", "ink_soft"))
        self._more.setVisible(self._all or len(shown) < len(everything))
        self._more.set_text(tr("Show only what comes next") if self._all else tr("Show all days"))

    def _row(self, photos: ProposedPhotos, treatment: str) -> QWidget:
        slot = photos.slot
        day = medium_date(slot.day) if slot.day else ""
        state = state_word(photos.state)
        if photos.state == "due" and slot.lapses:
            state = tr("due until {day}").format(day=day_and_month(slot.lapses))
        title = " · ".join(part for part in (treatment, slot_words(slot)) if part)
        views = view_words(photos.views or photos.taken, self._open.catalogue)
        words = stack_of(
            Label(title, "strong" if photos.state == "due" else "text"),
            Label(" · ".join((day, state)), "small", "ink_soft"),
            Label(views[:1].upper() + views[1:], "small", "ink_soft"),
        )
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.SPACE_M)
        line.addWidget(StateSign(photos.state), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        if photos.state == "due" and not self._open.journal.read_only:
            bring = Button(tr("Add"))
            bring.setAccessibleName(tr("Add photos for {when}").format(when=title))
            bring.clicked.connect(lambda: self._go(ImportPhotos(session_id=slot.session_id or 0, day=self._open.today)))
            line.addWidget(bring, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _next_ones(everything: list[tuple[CoursePlan, ProposedPhotos]]) -> list[tuple[CoursePlan, ProposedPhotos]]:
    due = [one for one in everything if one[1].state == "due"]
    coming = [one for one in everything if one[1].state == "coming"]
    return due + coming[:_COMING_SHOWN]
