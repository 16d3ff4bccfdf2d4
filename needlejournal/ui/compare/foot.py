"""Below the photos, one slim line: the view, the filmstrip of its series, healing photos, which side stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui import language, theme
from needlejournal.ui.compare.filmstrip import Filmstrip
from needlejournal.ui.compare.view.captions import series_name
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.language import tr
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets.buttons import Button
from needlejournal.workflows.comparison.comparing import PhotoSeries

NARROW = 640


class Foot(QWidget):
    """View, filmstrip and pin. `together_wanted`: a side that was moved alone shall lie as the other again."""

    together_wanted = Signal()

    def __init__(
        self,
        comparison: Comparison,
        filmstrip: Filmstrip,
        catalogue: Catalogue,
        series: Callable[[], list[PhotoSeries]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._catalogue = catalogue
        self._read_series = series
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._series = Button(tr("View"))
        self._series.set_menu(self._menu)
        self._pin = Button(tr("Pin"), "link", "pin")
        self._pin.clicked.connect(comparison.pin_other)
        self._healing = Button("", "link", "eye")
        self._healing.clicked.connect(lambda: comparison.want_healing(wanted=not comparison.healing_wanted))
        self._apart = Button(tr("Moved apart: put together"), "link", "link")
        self._apart.clicked.connect(self.together_wanted)
        self._apart.hide()
        for button in (self._series, self._healing, self._pin, self._apart):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out(filmstrip)
        comparison.changed.connect(self._take)

    def set_apart(self, apart: bool) -> None:
        """Whether one side was moved against the other and stays so."""
        self._apart.setVisible(apart)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        self._pin.setHidden(narrow)
        self._healing.spare_words(spared=narrow)
        self._say_healing()

    def _lay_out(self, filmstrip: Filmstrip) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_M)
        row.addWidget(self._series)
        row.addWidget(filmstrip, 1)
        for button in (self._healing, self._apart, self._pin):
            row.addWidget(button)

    def _take(self) -> None:
        pair = self._comparison.pair
        if pair is None:
            return
        self._series.set_text(series_name(pair[self._comparison.moving].photo, self._catalogue))
        self._series.setAccessibleName(tr("View shown: {view}").format(view=self._series.text()))
        stays = language.short_date(pair[self._comparison.pinned].photo.when.day)
        self._pin.set_text(tr("Pinned: {day}").format(day=stays))
        set_tip(self._pin, tr("Pin the other photo instead"))
        self._pin.setAccessibleName(tr("The photo of {day} stays. Pin the other instead.").format(day=stays))

        self._say_healing()

    def _say_healing(self) -> None:
        """How many photos of healing skin the strip leaves out, as the button that shows them."""
        shown, wanted = self._comparison.ids(), self._comparison.healing_wanted
        left_out = sum(bool(photo.healing) and photo.id not in shown for photo in self._comparison.series)
        self._healing.setVisible(left_out > 0)
        self._healing.set_text(tr("Hide healing") if wanted else tr("%n healing", left_out))
        words = (
            tr("Leave photos of healing skin out") if wanted else tr("Show %n photo(s) of healing skin too", left_out)
        )
        self._healing.setAccessibleName(words)
        set_tip(self._healing, words)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for series in self._read_series():
            name = series_name(series.first, self._catalogue)
            text = f"{name} · {tr('%n photo(s)', series.count)}"
            entry = self._menu.addAction(text)
            entry.setEnabled(series.count > 1)
            entry.triggered.connect(lambda _checked=False, photo=series.first.id: self._comparison.show_series(photo))
