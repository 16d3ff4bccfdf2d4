"""Sheets above a window: the base of every dialog, a message with details to copy, a question before what is final."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.actions import action
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.as_list import list_command
from needlejournal.ui.widgets.buttons import Button, Kind
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.sign import Sign
from needlejournal.ui.widgets.text import Label

SCREEN_EDGE = 64  # pixels of the screen that a sheet leaves free, its title bar among them


class Sheet(QDialog):
    """A titled sheet. Content goes into `body`; buttons are added from left to right, the last is the next step.

    Escape and closing reject. `open()` does not block; `accepted` and `rejected` tell how it ended.
    """

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(theme.px(width))
        self.addAction(action(list_command(self), self))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(theme.SPACE_M)
        self._title = Label(title, "page")
        column.addWidget(self._title)
        content = _Yielding()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.SPACE_M)
        column.addWidget(_Content(content), 1)
        column.addSpacing(theme.SPACE_XS)
        self._aside, self._buttons = QHBoxLayout(), QHBoxLayout()
        self._foot = foot = QHBoxLayout()
        for row in (self._aside, self._buttons):
            row.setSpacing(theme.SPACE_S + 2)
        foot.addLayout(self._aside)
        foot.addStretch(1)
        foot.addLayout(self._buttons)
        column.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Stay within the screen, however large the text: what finds no room scrolls, the buttons stay in sight."""
        room = self._room()
        self._fold(room.width())
        self.setMinimumSize(self.minimumSize().boundedTo(room))
        self.resize(self.size().expandedTo(self.sizeHint()).boundedTo(room))
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            high = min(self.sizeHint().height(), self._room().height())
            self.resize(self.width(), max(self.height(), high))  # for what is said later
        return done

    def _room(self) -> QSize:
        return self.screen().availableGeometry().size() - QSize(SCREEN_EDGE, SCREEN_EDGE)

    def _fold(self, room: int) -> None:
        """Set the buttons below each other where they find no room beside: large text on a small screen."""
        for row in (self._foot, self._buttons):
            if self._column.minimumSize().width() > room:
                row.setDirection(QBoxLayout.Direction.TopToBottom)
                for button in self.findChildren(Button, options=Qt.FindChildOption.FindDirectChildrenOnly):
                    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self.setWindowTitle(title)
        self._title.setText(title)

    def add_button(self, text: str, kind: Kind = "plain") -> Button:
        """Add a button at the right; connect its `clicked`."""
        button = Button(text, kind)
        self._buttons.addWidget(button)
        return button

    def add_side_button(self, text: str, kind: Kind = "quiet") -> Button:
        """Add a button at the left, for what stands aside of the question."""
        button = Button(text, kind)
        self._aside.addWidget(button)
        return button


class _Yielding(QWidget):
    """Where there is little room, pictures and lists become smaller before anything scrolls."""

    def heightForWidth(self, width: int) -> int:
        column = self.layout()
        return column.minimumHeightForWidth(width) if column else -1


class _Content(ScrollArea):
    """What a sheet holds: as high as it wants to be while the screen has room, else scrolled."""

    def sizeHint(self) -> QSize:
        wanted, column = super().sizeHint(), self.widget().layout()  # type: ignore[union-attr]
        width = self.width() if self.isVisible() else max(wanted.width(), self.width())
        high = column.heightForWidth(width) if column else 0
        return QSize(wanted.width(), max(wanted.height(), high))


class MessageSheet(Sheet):
    """What happened, what is safe and what to do next, in a sentence or a few; `details` can be copied.

    With details it is a fault of ours; without, something of the world's.
    """

    def __init__(self, title: str, sentence: str, details: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_L)
        row.addWidget(Sign("warning", 28, "warning"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(sentence).selectable(), 1)
        self.body.addLayout(row)
        self._details = details
        if details:
            self._add_details(details)
        close = self.add_button(tr("Close"), "filled")
        close.clicked.connect(self.accept)
        close.setFocus()

    def _add_details(self, details: str) -> None:
        shown = QPlainTextEdit(details)
        shown.setReadOnly(True)
        shown.setAccessibleName(tr("Details"))
        shown.setMaximumHeight(theme.px(150))
        shown.setTabChangesFocus(True)
        shown.hide()
        self.body.addWidget(shown)
        show = self.add_side_button(tr("Show details"))
        show.clicked.connect(lambda: shown.setVisible(not shown.isVisible()))
        copy = self.add_side_button(tr("Copy details"))
        copy.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class QuestionSheet(Sheet):
    """A question before something happens: `accepted` when the person presses `action`, which names what it does."""

    def __init__(
        self, title: str, sentence: str, action: str, parent: QWidget | None = None, *, final: bool = False
    ) -> None:
        super().__init__(title, parent)
        self.body.addWidget(Label(sentence, "text", "ink_soft"))
        keep = self.add_button(tr("Cancel"))
        keep.clicked.connect(self.reject)
        act = self.add_button(action, "danger" if final else "filled")
        act.clicked.connect(self.accept)
        (keep if final else act).setFocus()
