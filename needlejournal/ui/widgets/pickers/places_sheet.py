"""A sheet with the face map: where a symptom was felt, and how strong in each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from needlejournal.journal.catalogue import Zone
from needlejournal.journal.sessions import Severity
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.pickers.face_map import FaceMap, ZoneActivated, ZoneValue
from needlejournal.ui.widgets.pickers.severity_picker import SeverityPicker, severity_word
from needlejournal.ui.widgets.text import Label


class PlacesSheet(Sheet):
    """Press a place to add it, as strong as the whole; press it again to take it away.

    "Other here" gives the place pressed last a strength of its own. `places()` is the answer once accepted.
    """

    def __init__(
        self, title: str, zones: Sequence[Zone], places: Mapping[str, Severity], usual: Severity,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, parent, width=440)
        self._names = {zone.key: zone.name for zone in zones}
        self._places = dict(places)
        self._usual = usual
        self._at: str | None = next(iter(self._places)) if len(self._places) == 1 else None
        self._map = FaceMap(zones, toggling=True, areas=False)
        self._map.setMinimumHeight(320)
        self._here = Label("", "text", "ink_soft")
        self._other = SeverityPicker(tr("How strong here"))
        self.body.addWidget(self._map, 1)
        self.body.addWidget(self._here)
        self.body.addWidget(self._other)
        self._map.zone_activated.connect(self._press)
        self._other.changed.connect(self._set_here)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self.add_button(tr("Done"), "filled").clicked.connect(self.accept)
        self._show()

    def places(self) -> dict[str, Severity]:
        """The zones chosen, each with how strong it was there."""
        return dict(self._places)

    def _press(self, pressed: ZoneActivated) -> None:
        if pressed.key not in self._places:
            self._places[pressed.key] = self._usual
            self._at = pressed.key
        elif pressed.key == self._at:
            del self._places[pressed.key]
            self._at = None
        else:
            self._at = pressed.key
        self._show()

    def _set_here(self) -> None:
        severity = self._other.severity()
        if self._at is None:
            return
        if severity is None:
            del self._places[self._at]
            self._at = None
        else:
            self._places[self._at] = severity
        self._show()

    def _show(self) -> None:
        values = {key: ZoneValue(severity=severity) for key, severity in self._places.items()}
        self._map.set_values(values)
        self._map.set_selected(self._places)
        self._other.setEnabled(self._at is not None)
        self._other.set_severity(self._places[self._at] if self._at else None)
        if self._at is None:
            self._here.setText(tr("Press where it was. Each place can be stronger or milder than the others."))
        else:
            word = severity_word(self._places[self._at]).lower()
            sentence = tr("{place}: {word}. Other here?")
            self._here.setText(sentence.format(place=self._names[self._at], word=word))
