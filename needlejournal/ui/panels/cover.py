"""One key hides what all windows show, at once; the same key or the button brings it back. Nothing is closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.frame.empty_state import EmptyState

KEYS = "Ctrl+Shift+H"


class Cover(QWidget):
    """Lies over everything in one window, its title too, and takes the keyboard. `lifted`: the person wants to see."""

    lifted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._focused = window.focusWidget()
        self._title = window.windowTitle()
        window.setWindowTitle(tr("Needle Journal"))
        self.setAccessibleName(tr("The window is covered"))
        state = EmptyState(
            "eye_off",
            tr("Covered"),
            tr("What was here is still there. Press {keys} again, or the button.").format(
                keys=QKeySequence(KEYS).toString(QKeySequence.SequenceFormat.NativeText)
            ),
            tr("Show it again"),
        )
        state.acted.connect(self.lifted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(state)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def lift(self) -> None:
        """Go, and give the keyboard back to where it was."""
        self._window.removeEventFilter(self)
        self._window.setWindowTitle(self._title)
        self.hide()
        if self._focused is not None:
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        elif watched is self._window and event.type() == QEvent.Type.ChildPolished:
            self.raise_()
        return False

    def event(self, event: QEvent) -> bool:
        """Keys of the window below do nothing while it is covered; ours does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ours = QKeySequence(KEYS) == QKeySequence(event.keyCombination())
            event.setAccepted(not ours)
            return not ours
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return True  # Tab must not lead below the cover

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Enter stay here: the sheet below must not be closed or answered unseen."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("ground"))


class Covers(QObject):
    """Covers every window of the app, also those with a question in front. `window` brings the key itself."""

    def __init__(self, application: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._application = application
        self._window = window
        self._covers: list[Cover] = []
        application.focusChanged.connect(self._reach)

    @property
    def down(self) -> bool:
        """Whether the windows are covered now."""
        return bool(self._covers)

    def toggle(self) -> None:
        """Cover everything, or show it again."""
        if self._covers:
            self.lift()
        else:
            self.cover()

    def cover(self) -> None:
        """Cover every window."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._put_over(window)
        self._application.installEventFilter(self)

    def lift(self) -> None:
        """Show everything again."""
        self._application.removeEventFilter(self)
        covers, self._covers = self._covers, []
        for cover in covers:
            if isValid(cover):  # what it lay over may have gone meanwhile
                cover.lift()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A message that comes while all is covered is covered too."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._put_over(watched)
        return False

    def _put_over(self, window: QWidget) -> None:
        known = any(isValid(cover) and cover.parentWidget() is window for cover in self._covers)
        if not known and window.windowType() in {Qt.WindowType.Window, Qt.WindowType.Dialog}:
            cover = Cover(window)
            cover.lifted.connect(self.lift)
            self._covers.append(cover)

    def _reach(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The key works in every other window too, once it was in front while ours is on the screen."""
        window = new.window() if new is not None else None
        if window is None or window is self._window or window.property("covered_by_key"):
            return
        if not self._window.isVisible():  # two that answer to one key would both stay silent
            return
        window.setProperty("covered_by_key", True)
        QShortcut(QKeySequence(KEYS), window).activated.connect(self.toggle)
