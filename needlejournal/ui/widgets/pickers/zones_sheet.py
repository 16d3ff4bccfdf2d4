"""A sheet with the face map to choose zones on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from needlejournal.journal.catalogue import Zone
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.pickers.face_map import FaceMap


class ZonesSheet(Sheet):
    """Several zones at once. `zones()` is the answer once accepted."""

    def __init__(
        self, title: str, zones: Sequence[Zone], chosen: frozenset[str] = frozenset(), parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent, width=420)
        self._map = FaceMap(zones, toggling=True, areas=False)
        self._map.set_selected(chosen)
        self._map.setMinimumHeight(340)
        self.body.addWidget(self._map)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self.add_button(tr("Choose"), "filled").clicked.connect(self.accept)

    def zones(self) -> frozenset[str]:
        """The keys of the chosen zones."""
        return self._map.selected()
