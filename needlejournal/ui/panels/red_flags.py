"""Something worrying? The symptoms that are never expected, one tap away and otherwise quiet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.catalogue import Catalogue, Symptom
from needlejournal.ui.language import tr
from needlejournal.ui.theme import TextStyle
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.chips import ToggleChip
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.writing import SymptomOfDay


class RedFlag(ToggleChip):
    """One of them, ticked while it is written down. A hasty second click takes nothing back."""

    text_style: TextStyle = "small"

    def __init__(self, symptom: Symptom) -> None:
        super().__init__(symptom.short_name, dot="line_strong")
        self.symptom = symptom.key
        self.setAccessibleName(symptom.label)
        self.setToolTip(symptom.label)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class RedFlags(QWidget):
    """`pressed` carries the key of the symptom that was pressed."""

    pressed = Signal(str)

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(self, gap=6, row_gap=6)
        flow.addWidget(Label(tr("Something worrying?"), "small", "ink_soft").one_line())
        self._flags = [RedFlag(symptom) for symptom in catalogue.symptoms if symptom.red_flag]
        for flag in self._flags:
            flow.addWidget(flag)
            flag.clicked.connect(lambda _=False, key=flag.symptom: self.pressed.emit(key))

    def __contains__(self, symptom: object) -> bool:
        """Whether a symptom stands here."""
        return any(flag.symptom == symptom for flag in self._flags)

    def show_told(self, told: Mapping[str, SymptomOfDay]) -> None:
        """Tick those that are written down."""
        for flag in self._flags:
            there = told.get(flag.symptom)
            flag.setChecked(bool(there and there.is_felt))
