"""One symptom on one day in one line: its name, and five equal steps. Where and a note are asked elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.sessions import Severity
from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pickers.severity_picker import SeveritySteps, severity_word
from needlejournal.ui.widgets.text import ElidedLabel
from needlejournal.workflows.writing import SymptomOfDay

EDGE = 6


class SymptomRow(QWidget):
    """Shows a symptom. `chosen` carries the SymptomOfDay with another severity; `picked` tells that one turned to it.

    A severity of None means that the day stays unknown for this symptom, which is not the same as "None".
    """

    chosen = Signal(object)
    picked = Signal()

    def __init__(self, catalogue: Catalogue, written: SymptomOfDay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._written = written
        self._picked = False
        symptom = catalogue.symptom(written.symptom)
        self.setAccessibleName(symptom.name)
        self._name = ElidedLabel(symptom.short_name)
        set_tip(self._name, symptom.label)
        self._mark = _RowMark()
        self.steps = SeveritySteps(symptom.name)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.SPACE_XS)
        head.addWidget(self._name, 1)
        head.addWidget(self._mark)
        self._column = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._column.setContentsMargins(EDGE, 3, EDGE, 3)
        self._column.setSpacing(theme.SPACE_XS)
        self._column.addWidget(self._head)
        self._column.addWidget(self.steps, 1)
        self.steps.changed.connect(self._choose)
        for child in self.steps.children():
            child.installEventFilter(self)
        self.show_written(written)

    @property
    def symptom(self) -> str:
        """The key of the symptom."""
        return self._written.symptom

    def written(self) -> SymptomOfDay:
        """What is said of the symptom."""
        return self._written

    def show_written(self, written: SymptomOfDay) -> None:
        """Show what is stored, without emitting."""
        self._written = written
        if self.steps.severity() != written.severity:
            self.steps.set_severity(written.severity)
        self._mark.show_marks(where=bool(written.zones), note=bool(written.note))

    def show_before(self, severity: Severity | None, when: str) -> None:
        """Mark what was written the last time ("yesterday"), and how strong it is in single places."""
        places = set(self._written.places.values())
        self.steps.show_marks(severity, when, frozenset(places) if len(places) > 1 else frozenset())
        words = "" if severity is None else tr("{when}: {word}").format(when=when, word=severity_word(severity).lower())
        self.setAccessibleDescription(words)

    def show_picked(self, picked: bool) -> None:  # (a state, not an option)
        """Whether this is the row whose place and note are shown."""
        if picked != self._picked:
            self._picked = picked
            self.update()

    def set_name_room(self, width: int) -> None:
        """Stand in a table whose names are `width` wide; 0 puts the name above the steps."""
        way = QBoxLayout.Direction
        self._column.setDirection(way.LeftToRight if width else way.TopToBottom)
        self._head.setMinimumWidth(width)
        self._head.setMaximumWidth(width or 16_777_215)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.picked.emit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.picked.emit()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picked:
            with QPainter(self) as painter:
                painting.smooth(painter)
                painting.box(painter, QRectF(self.rect()), theme.RADIUS_CONTROL, theme.colour("hover"))

    def _choose(self) -> None:
        self.chosen.emit(self._written.as_strong_as(self.steps.severity()))


class _RowMark(QWidget):
    """A small sign that a place or a note was written; its room is always kept."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.on_change(self.updateGeometry)

    def show_marks(self, *, where: bool, note: bool) -> None:
        self._icon = "note" if note else "face" if where else ""
        written = {"note": tr("With a note"), "face": tr("With places")}
        set_tip(self, written.get(self._icon, ""))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(16), theme.px(16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._icon:
            where = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            with QPainter(self) as painter:
                icons.paint(painting.smooth(painter), self._icon, where, theme.colour("ink_soft"))
