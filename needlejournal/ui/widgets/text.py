"""Words on the page: labels in the type scale, coloured by role, that follow theme and text size."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from needlejournal.ui import theme
from needlejournal.ui.theme import TextStyle
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import spoken
from needlejournal.ui.widgets.breaking import breakable


class Label(QLabel):
    """Text that wraps, in a style of the type scale and the colour of a role. Always plain text.

    Words too long for any line wrap too, so that a name never widens a page.
    """

    def __init__(
        self, text: str = "", style: TextStyle = "text", role: str = "ink", parent: QWidget | None = None
    ) -> None:
        self._style: TextStyle = style
        self._role = role
        self._given = text
        super().__init__(breakable(text), parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._restyle()
        theme.on_change(self._restyle)

    def setText(self, text: str) -> None:
        """Show another text. A refusal, in the colour of danger, is read aloud once it stands there."""
        changed = text != self._given
        self._given = text
        super().setText(breakable(text) if self._may_break() else text)
        if changed and text and self._role == "danger":
            QTimer.singleShot(0, self, lambda: spoken.announce(self, self.text()))

    def _may_break(self) -> bool:
        """Not in one line, nor where the text is copied from."""
        copied = self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        return self.wordWrap() and not copied

    def text(self) -> str:
        """The text as it was given."""
        return self._given

    def one_line(self) -> Label:
        """Never wrap; for short words beside others."""
        self.setWordWrap(False)
        super().setText(self._given)
        return self

    def set_role(self, role: str) -> None:
        """Take the colour of another role."""
        self._role = role
        self._restyle()

    def selectable(self) -> Label:
        """Let the person select and copy the text."""
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        super().setText(self._given)
        return self

    def _restyle(self) -> None:
        self.setFont(theme.font(self._style))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._role))
        palette.setColor(QPalette.ColorRole.Link, theme.colour("accent"))
        self.setPalette(palette)


class ElidedLabel(QWidget):
    """One line that ends in "…" where there is no room, with the whole text as tooltip and accessible name."""

    def __init__(
        self, text: str = "", style: TextStyle = "text", role: str = "ink", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._style, self._role = text, style, role
        self.spoken_role = QAccessible.Role.Heading if style == "page" else QAccessible.Role.StaticText
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        theme.on_change(self.updateGeometry)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        set_tip(self, text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(self._style))
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(24), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(theme.font(self._style))
            painter.setPen(theme.colour(self._role))
            shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Divider(QFrame):
    """A line of one pixel across a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("line"))
