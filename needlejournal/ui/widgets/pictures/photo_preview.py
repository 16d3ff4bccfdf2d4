"""A photo large, over the page: the proxy at once, then every pixel; arrows page, Z shows 1:1, Escape closes.

What is shown comes as items with functions that load pixels in a job; nothing here knows a journal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.jobs import SOON, Job, JobControl, Jobs
from needlejournal.ui.language import tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.pictures.photo_pane import PhotoPane
from needlejournal.ui.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from needlejournal.imaging.reading.pixels import Pixels

_LINGER_MS = 180  # full pixels are decoded only for a photo somebody stays with
_STEP = 80  # pixels one arrow key moves a zoomed photo


class PreviewItem(Protocol):
    """A photo to be seen: its words, upright size in pixels, average colour (0xRRGGBB), and how pixels are loaded.

    Both functions run in a worker, give levels with the finest first, and may raise WorldError.
    """

    @property
    def caption(self) -> str: ...
    @property
    def details(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def colour(self) -> int: ...
    def load_proxy(self) -> Sequence[Pixels]: ...
    def load_levels(self) -> Sequence[Pixels]: ...


class PhotoPreview(QWidget):
    """Covers its parent. `closed` tells that the person is done."""

    closed = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._items: Sequence[PreviewItem] = ()
        self._place = 0
        self._running: list[Job[Sequence[Pixels]]] = []
        self._focused_before = QApplication.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pane = PhotoPane(self)
        self._pane.zoomed.connect(self._say_zoom)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(_LINGER_MS)
        self._linger.timeout.connect(self._load_levels)
        self._lay_out()
        parent.installEventFilter(self)
        self.hide()

    def open_items(self, items: Sequence[PreviewItem], place: int = 0) -> None:
        """Show the item at `place`; the arrow keys page through all of them. Without items nothing happens."""
        if not items:
            return
        self._items = items
        self.setGeometry(self._covered().rect())
        self.show()
        self.raise_()
        self._show(place)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Close, let go of the pixels, and give the keyboard back to where it was."""
        self._drop_jobs()
        self._pane.forget()
        self.hide()
        before = self._focused_before
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def step(self, by: int) -> None:
        """Go on or back; the first and the last stay."""
        place = min(max(0, self._place + by), len(self._items) - 1)
        if place != self._place:
            self._show(place)

    def _covered(self) -> QWidget:
        parent = self.parentWidget()
        return parent if parent is not None else self

    def _lay_out(self) -> None:
        self._caption = ElidedLabel("", "strong")
        self._details = ElidedLabel("", "small", "ink_soft")
        self._count = Label("", "small", "ink_soft").one_line()
        self._zoom_button = Button(tr("1:1"), "quiet")
        self._zoom_button.clicked.connect(self._toggle_zoom)
        self._back = IconButton("chevron_left", tr("Photo before"), outlined=True)
        self._on = IconButton("chevron_right", tr("Next photo"), outlined=True)
        close = IconButton("close", tr("Close"))
        self._back.clicked.connect(lambda: self.step(-1))
        self._on.clicked.connect(lambda: self.step(1))
        close.clicked.connect(self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._caption)
        words.addWidget(self._details)
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.PAGE_MARGIN, 10, 14, 10)
        bar.setSpacing(theme.SPACE_S)
        bar.addLayout(words, 1)
        for widget in (self._count, self._back, self._on, self._zoom_button, close):
            bar.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._pane, 1)
        self._stops = (self, self._back, self._on, self._zoom_button, close)

    def _show(self, place: int) -> None:
        self._drop_jobs()
        self._place = place
        item = self._items[place]
        self._caption.set_text(item.caption)
        self._details.set_text(item.details)
        self.setAccessibleName(item.caption)
        several = len(self._items) > 1
        self._count.setText(tr("{n} of {all}").format(n=place + 1, all=len(self._items)) if several else "")
        for button, can in ((self._back, place > 0), (self._on, place < len(self._items) - 1)):
            button.setVisible(several)
            button.setEnabled(can)
        self._pane.show_photo(item.width, item.height, QColor(0xFF000000 | item.colour))
        self._run(item.load_proxy, fine=False)
        self._linger.start()

    def _load_levels(self) -> None:
        if self._items:
            self._run(self._items[self._place].load_levels, fine=True)

    def _run(self, load: Callable[[], Sequence[Pixels]], *, fine: bool) -> None:
        wanted = self._items[self._place]

        def work(control: JobControl) -> Sequence[Pixels]:
            return () if control.cancelled else load()

        def done(levels: Sequence[Pixels]) -> None:
            if levels and (fine or not self._fine):
                self._fine = fine
                self._pane.show_levels(levels)

        def failed(error: Exception) -> None:
            if not self._fine:  # what is seen then is a small copy, or nothing
                why = message_for(error).sentence
                small = tr("What is shown is its small copy.") if self._pane.detail else ""
                self._details.set_text(" · ".join(filter(None, (f"{why} {small}".strip(), wanted.details))))

        if not fine:
            self._fine = False
        self._running.append(self._jobs.run(work, done, failed, priority=SOON))

    _fine = False

    def _drop_jobs(self) -> None:
        self._linger.stop()
        for job in self._running:
            job.drop()
        self._running.clear()

    def _toggle_zoom(self) -> None:
        if self._pane.is_fitted:
            self._pane.actual_size()
        else:
            self._pane.fit()

    def _say_zoom(self) -> None:
        self._zoom_button.set_text(tr("1:1") if self._pane.is_fitted else tr("Fit"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, pane = event.key(), self._pane
        moves = {
            Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
        }  # fmt: skip
        if key in {Qt.Key.Key_Escape, Qt.Key.Key_Space}:
            self.dismiss()
        elif key in moves and not pane.is_fitted:
            pane.move_by(moves[Qt.Key(key)][0] * _STEP, moves[Qt.Key(key)][1] * _STEP)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.step(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.step(-len(self._items) if key == Qt.Key.Key_Home else len(self._items))
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}:
            pane.zoom_to(pane.zoom * (1 / 1.25 if key == Qt.Key.Key_Minus else 1.25))
        elif key == Qt.Key.Key_Z:
            self._toggle_zoom()
        elif key == Qt.Key.Key_0:
            pane.fit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The Tab key stays on the preview while it is open."""
        stops = [stop for stop in self._stops if stop.isVisible() and stop.isEnabled()]
        if not stops:
            return super().focusNextPrevChild(forward)
        now = QApplication.focusWidget()
        place = stops.index(now) if now in stops else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered().rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("ground"))
            painter.fillRect(0, self._pane.y() - 1, self.width(), 1, theme.colour("line"))
