"""A sentence right below a field, saying why what stands in it was not taken. It lies over the page: nothing moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
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
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Hide}
        if event.type() in kinds and watched is not self:
            self._place()
        return False

    def _place(self) -> None:
        ground, words = self.parentWidget(), self._label.text()
        shown = bool(words) and ground is not None and self._field.isVisibleTo(ground)
        if shown and ground is not None:
            width = min(max(theme.px(_WIDTH), self._field.width()), ground.width())
            margins = self.contentsMargins()
            height = self._label.heightForWidth(width - 2 * theme.SPACE_S) + 2 * theme.SPACE_XS + margins.top()
            below = self._field.mapTo(ground, QPoint(0, self._field.height() + 2))
            self.setGeometry(max(0, min(below.x(), ground.width() - width)), below.y(), width, height)
            self.raise_()
        self.setVisible(shown)

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
