"""The symptoms of one day as a table: heads above, one line each. Rows keep their order and place while it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QMargins, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.panels.symptom_row import EDGE, SymptomRow
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.frame.tab_order import tab_before
from needlejournal.ui.widgets.pickers.severity_picker import StepHeads
from needlejournal.ui.widgets.text import ElidedLabel
from needlejournal.workflows.writing import SymptomOfDay


class SymptomList(QWidget):
    """`chosen` carries the SymptomOfDay with another severity, `picked` the key of the one the person turned to.

    With `most` rows it scrolls within itself beyond that, and never gets smaller.
    """

    chosen = Signal(object)
    picked = Signal(str)

    def __init__(self, catalogue: Catalogue, most: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._most, self._tallest = most, 0
        self.rows: dict[str, SymptomRow] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._corner = ElidedLabel("", "small", "ink_soft")
        self._heads = StepHeads()
        self._head_row = QHBoxLayout()
        self._head_row.setSpacing(theme.SPACE_XS)
        self._head_row.addWidget(self._corner, 0, Qt.AlignmentFlag.AlignBottom)
        self._head_row.addWidget(self._heads, 1)
        self._inner = QWidget()
        self._list = QVBoxLayout(self._inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._scroll = ScrollArea(self._inner) if most else None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addLayout(self._head_row)
        column.addWidget(self._scroll or self._inner, 1)
        theme.on_change(self._arrange)

    def show_rows(self, symptoms: Iterable[str]) -> None:
        """Show these symptoms, in this order, instead of those before; rows that are the same ones stay."""
        symptoms = list(symptoms)
        if symptoms == list(self.rows):
            return
        for row in self.rows.values():
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for symptom in symptoms:
            self._add(symptom)
        self._arrange()

    def add_rows(self, symptoms: Iterable[str]) -> None:
        """Add those that are not there yet, at the foot."""
        new = [symptom for symptom in symptoms if symptom not in self.rows]
        for symptom in new:
            self._add(symptom)
        if new:
            self._arrange()

    def tab_before(self, anchor: QWidget) -> None:
        """Let Tab walk the rows in their order, and go on at `anchor`."""
        tab_before(anchor, [step for row in self.rows.values() for step in row.steps.steps()])

    def show_written(self, written: Mapping[str, SymptomOfDay]) -> None:
        """Show what is stored."""
        for symptom, row in self.rows.items():
            row.show_written(written.get(symptom, SymptomOfDay(symptom)))

    def show_before(self, before: Mapping[str, SymptomOfDay], when: str) -> None:
        """Mark what was written the last time."""
        for symptom, row in self.rows.items():
            last = before.get(symptom)
            row.show_before(last.severity if last else None, when)
        self._corner.set_text(tr("• {when}").format(when=when) if before else "")

    def show_picked(self, symptom: str | None) -> None:
        """Mark the row whose place and note are shown."""
        for key, row in self.rows.items():
            row.show_picked(key == symptom)

    def bring_into_view(self, symptom: str) -> None:
        """Scroll to a row, where the list scrolls."""
        if self._scroll and symptom in self.rows:
            self._inner.adjustSize()
            self._scroll.ensureWidgetVisible(self.rows[symptom])

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._heads.minimumSizeHint().width() + self._bar() + 2 * EDGE, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _add(self, symptom: str) -> None:
        row = SymptomRow(self._catalogue, SymptomOfDay(symptom))
        row.chosen.connect(self.chosen)
        row.picked.connect(lambda: self.picked.emit(symptom))
        self.rows[symptom] = row
        self._list.insertWidget(self._list.count() - 1, row)
        row.show()

    def _bar(self) -> int:
        """Room for the scroll bar, while there is one."""
        scrolls = self._scroll is not None and len(self.rows) > self._most
        return self._scroll.verticalScrollBar().sizeHint().width() if self._scroll and scrolls else 0

    def _names_room(self) -> int:
        """How wide the names may be; 0 where there is no room for them beside the steps."""
        metrics = QFontMetrics(theme.font("text"))
        names = [self._catalogue.symptom(symptom).short_name for symptom in self.rows]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0) + theme.px(26)
        room = min(widest, theme.px(190))
        left = self.width() - room - self._bar() - 2 * EDGE - theme.SPACE_XS
        return room if left >= self._heads.least_width() else 0

    def _arrange(self) -> None:
        room = self._names_room()
        for row in self.rows.values():
            row.set_name_room(room)
        self._corner.setFixedWidth(room)
        self._corner.setVisible(bool(room))
        self._head_row.setContentsMargins(QMargins(EDGE, 0, EDGE + self._bar(), 0))
        if self._scroll:
            policy = Qt.ScrollBarPolicy
            self._scroll.setVerticalScrollBarPolicy(
                policy.ScrollBarAlwaysOn if self._bar() else policy.ScrollBarAlwaysOff
            )
        self.updateGeometry()

    def _height(self) -> int:
        heights = [row.sizeHint().height() for row in self.rows.values()]
        rows = sum(heights[: self._most] if self._most else heights)
        if self._most:
            rows = self._tallest = max(rows, min(self._tallest, self._most * max(heights, default=0)))
        return rows + self._heads.sizeHint().height() + theme.SPACE_XS
