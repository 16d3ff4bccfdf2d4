"""A sentence right below a field, saying why what stands in it was not taken. It lies over the page: nothing moves.

Two of them never lie over each other; where the foot of the page cuts it off it stands above its field.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.text import Label

_WIDTH = 280


class ProblemNote(QWidget):
    """Stands below `field` as long as there is something to say, and goes with it where it is scrolled."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(_ground(field))
        self._field = field
        self.is_above = False
        self._label = Label("", "small", "danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_S, theme.SPACE_XS, theme.SPACE_S, theme.SPACE_XS)
        column.addWidget(self._label)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for watched in (field, self.parentWidget()):
            if watched is not None:
                watched.installEventFilter(self)
        field.destroyed.connect(self.deleteLater)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence; none hides it."""
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
        if self.parentWidget() is not _ground(self._field):
            self.setParent(_ground(self._field))
        self.is_above = False
        self._place()
        self.is_above = self._is_out_of_sight()
        if self.is_above:
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Hide}
        if event.type() in kinds and watched is not self:
            self._place()
        return False

    def _place(self) -> None:
        """Place all notes of this ground: none lies over another; those above their fields make way upwards."""
        ground = self.parentWidget()
        notes = (
            ground.findChildren(ProblemNote, options=Qt.FindChildOption.FindDirectChildrenOnly) if ground else [self]
        )
        taken: list[QRect] = []
        for note in sorted(notes, key=lambda note: (note.is_above, note.wanted().top(), note.wanted().left())):
            shown = note.wanted()
            while note.speaks() and (over := next((one for one in taken if one.intersects(shown)), None)):
                shown.moveTop(over.top() - shown.height() - 2 if note.is_above else over.bottom() + 3)
            if note.speaks():
                taken.append(shown)
                note.setGeometry(shown)
                note.raise_()
            note.setVisible(note.speaks())

    def speaks(self) -> bool:
        """Whether it has something to say beside a field that is shown."""
        ground = self.parentWidget()
        return bool(self._label.text()) and ground is not None and self._field.isVisibleTo(ground)

    def wanted(self) -> QRect:
        """Where it would stand alone: right below its field, or above it where there is no room below."""
        ground = self.parentWidget()
        if ground is None:
            return QRect()
        width = min(max(theme.px(_WIDTH), self._field.width()), ground.width())
        height = self._label.heightForWidth(width - 2 * theme.SPACE_S) + 2 * theme.SPACE_XS
        at = self._field.mapTo(ground, QPoint(0, -height - 2 if self.is_above else self._field.height() + 2))
        return QRect(max(0, min(at.x(), ground.width() - width)), at.y(), width, height)

    def _is_out_of_sight(self) -> bool:
        """Whether it is cut off at the foot of what is seen, and would not be above its field."""
        ground = self.parentWidget()
        if ground is None or not self.speaks():
            return False
        seen = ground.visibleRegion().boundingRect()
        above = self._field.mapTo(ground, QPoint(0, 0)).y() - self.height()
        return self.geometry().bottom() > seen.bottom() and above > seen.top()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painting.box(
                painter, QRectF(self.rect()), theme.RADIUS_CONTROL, theme.colour("card"), theme.colour("danger")
            )


def _ground(field: QWidget) -> QWidget:
    """What scrolls with the field, or the window."""
    widget = field.parentWidget()
    while widget is not None and not widget.isWindow():
        above = widget.parentWidget()
        area = above.parentWidget() if above is not None else None
        if isinstance(area, QScrollArea) and area.widget() is widget:
            return widget
        widget = above
    return field.window()
