"""Below the photos: the filmstrip of the series, what lies between the two, and which side stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui import language, theme
from needlejournal.ui.compare.filmstrip import Filmstrip
from needlejournal.ui.compare.view.captions import between_words, series_name
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.comparing import Series, between

NARROW = 640


class Foot(QWidget):
    """Filmstrip at the left; at the right series, pin and time between. `answer_wanted` asks for the panel."""

    answer_wanted = Signal()
    together_wanted = Signal()

    def __init__(
        self,
        comparison: Comparison,
        filmstrip: Filmstrip,
        catalogue: Catalogue,
        series: Callable[[], list[Series]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._catalogue = catalogue
        self._read_series = series
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._series = Button(tr("View"), "link")
        self._series.set_menu(self._menu)
        self._pin = Button(tr("Pin"), "link", "pin")
        self._pin.clicked.connect(comparison.pin_other)
        self._answer = Button(tr("Comparable?"), "link", "info")
        self._answer.clicked.connect(self.answer_wanted)
        self._apart = Button(tr("Moved apart: put together"), "link", "link")
        self._apart.clicked.connect(self.together_wanted)
        self._apart.hide()
        self._between = Label("", "small_strong").one_line()
        self._hint = Label("", "small", "ink_soft").one_line()
        for button in (self._series, self._pin, self._answer, self._apart):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out(filmstrip)
        comparison.changed.connect(self._take)

    def set_hint(self, text: str) -> None:
        """The keys that help most in this mode."""
        self._hint.setText(text)

    def set_answer(self, text: str) -> None:
        """How far the pair may be compared, in a few words; "" where the panel says so."""
        self._answer.set_text(text)
        self._answer.setVisible(bool(text))

    def set_apart(self, apart: bool) -> None:
        """Whether one side was moved against the other and stays so."""
        self._apart.setVisible(apart)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        ways = QBoxLayout.Direction
        self._buttons.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._hint.setVisible(not narrow)

    def _lay_out(self, filmstrip: Filmstrip) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_L)
        row.addWidget(filmstrip, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        self._buttons.addStretch(1)
        for button in (self._apart, self._answer, self._series, self._pin):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        words.addLayout(self._buttons)
        words.addStretch(1)
        for label in (self._between, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            words.addWidget(label)
        words.addStretch(1)
        row.addLayout(words)

    def _take(self) -> None:
        pair = self._comparison.pair
        if pair is None:
            return
        self._between.setText(between_words(between(*pair)))
        self._series.set_text(series_name(pair[self._comparison.moving].photo, self._catalogue))
        self._series.setAccessibleName(tr("View shown: {view}").format(view=self._series.text()))
        stays = language.short_date(pair[self._comparison.pinned].photo.when.day)
        self._pin.set_text(tr("Pinned: {day}").format(day=stays))
        self._pin.setToolTip(tr("Pin the other photo instead (P)"))
        self._pin.setAccessibleName(tr("The photo of {day} stays. Pin the other instead.").format(day=stays))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for series in self._read_series():
            name = series_name(series.first, self._catalogue)
            text = f"{name} · {tr('%n photo(s)', series.count)}"
            entry = self._menu.addAction(text)
            entry.setEnabled(series.count > 1)
            entry.triggered.connect(lambda _checked=False, photo=series.first.id: self._comparison.show_series(photo))
