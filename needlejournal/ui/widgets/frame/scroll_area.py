"""A page that scrolls up and down: its content is as wide as the room there is, as far as it can be that narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pressable import BY_MOUSE

RING = 4  # pixels around what is read by keyboard, for the ring


def own_viewport(area: QAbstractScrollArea) -> None:
    """Give it a viewport made here, with no ground of its own.

    To know the one that Qt made, PySide first makes Python classes of all widgets there are: a fortieth of the start.
    """
    viewport = QWidget()
    viewport.setMouseTracking(area.hasMouseTracking())
    area.setViewport(viewport)


class ScrollArea(QScrollArea):
    """Holds one widget, or a column of widgets through `column()`; the focused widget is always brought into view."""

    def __init__(self, content: QWidget | None = None, parent: QWidget | None = None) -> None:
        inner = content or QWidget()
        self._inner = inner
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(24)
        own_viewport(self)
        inner.setObjectName("scrolled")
        inner.setAutoFillBackground(False)
        self.setWidget(inner)
        inner.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Bring what the keyboard goes to into view; what is pointed at stays where it is."""
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is not None and not by_mouse and self._inner.isAncestorOf(new):
            self.ensureWidgetVisible(new)

    def read_by_keyboard(self) -> ScrollArea:
        """Let the keyboard stop here and scroll: for content in which it has nowhere else to stop. A ring says so."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewportMargins(RING, RING, RING, RING)
        return self

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.hasFocus() and self._by_keyboard and self.viewport().height() > 0:
            where = QRectF(self.viewport().geometry()).adjusted(-RING, -RING, RING, RING)
            with QPainter(self) as painter:
                painting.focus_ring(painting.smooth(painter), where, theme.RADIUS_SMALL)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() not in BY_MOUSE
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    _by_keyboard = False

    def column(self, gap: int = theme.CARD_GAP) -> QVBoxLayout:
        """The content's layout, a column with the page's margins; made on first use."""
        inner = self._inner
        existing = inner.layout()
        if isinstance(existing, QVBoxLayout):
            return existing
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, theme.PAGE_MARGIN)
        column.setSpacing(gap)
        return column

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), min(theme.px(60), self._inner.sizeHint().height()))
