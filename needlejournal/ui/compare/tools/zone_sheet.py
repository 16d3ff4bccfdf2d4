"""Chooses one zone of the face to align by, on the face map."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from needlejournal.imaging.faces.zones import OUTLINES
from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.pickers.face_map.widget import FaceMap, ZoneActivated
from needlejournal.ui.widgets.text import Label


class ZoneSheet(Sheet):
    """`chosen` carries the ZoneActivated of the zone that was pressed."""

    chosen = Signal(object)

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(tr("Align by one zone"), parent, width=460)
        words = tr("Only this zone is lined up exactly; the rest of the face may be a little off.")
        self.body.addWidget(Label(words, "text", "ink_soft"))
        face = FaceMap([zone for zone in catalogue.zones if zone.key in OUTLINES], areas=False)
        face.zone_activated.connect(self._choose)
        self.body.addWidget(face, 1)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)

    def _choose(self, zone: ZoneActivated) -> None:
        self.chosen.emit(zone)
        self.accept()
