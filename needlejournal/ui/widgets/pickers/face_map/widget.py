"""The face map as pages use it: the face, what is pointed at in words, and body areas by their own name below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.chips import ToggleChip
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas, ZonePress
from needlejournal.ui.widgets.pickers.face_map.drawing import ZoneValue
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows import face_map as geometry


class ZoneLike(Protocol):
    """What a zone needs to be shown: its key and the words for it."""

    @property
    def key(self) -> str:
        """The key, one of the face's or of a body area."""
        ...

    @property
    def name(self) -> str:
        """What the person reads."""
        ...


@frozen
class ZoneActivated:
    """The zone a person pressed, or chose with the keyboard."""

    key: str


@frozen
class AreaNamed:
    """A body area a person wants besides the face."""

    name: str


class FaceMap(QWidget):
    """Zones to choose, several at once with Ctrl, Shift, Space or by drawing across; with `toggling`, always.

    `zone_activated` carries a `ZoneActivated` for each press; `selection_changed` tells that `selected()` is another.
    Zones that are none of the face's keys are body areas: they stand below as pills, and with `areas` a person can
    name a new one (`area_named` carries an `AreaNamed`; the owner adds it with `set_zones`).
    """

    zone_activated = Signal(object)
    selection_changed = Signal()
    area_named = Signal(object)
    mirroring_changed = Signal()

    def __init__(
        self, zones: Sequence[ZoneLike], parent: QWidget | None = None, *, toggling: bool = False, areas: bool = True
    ) -> None:
        super().__init__(parent)
        self._toggling = toggling
        self._values: Mapping[str, ZoneValue] = {}
        self._selected: frozenset[str] = frozenset()
        self._mirrored = False
        self._names = {zone.key: zone.name for zone in zones}
        self._canvas = FaceCanvas(self._names)
        self._canvas.pressed.connect(self._press)
        self._canvas.pointed.connect(self._say)
        self._caption = Label("", "small", "ink_soft")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._turn = IconButton("mirror", tr("Show as in a mirror"))
        self._turn.setCheckable(True)
        self._turn.clicked.connect(self._turn_round)
        self._areas = _Areas(self, can_add=areas)
        self._areas.named.connect(self.area_named)
        self._lay_out()
        self.setFocusProxy(self._canvas)
        self.set_zones(zones)

    def set_zones(self, zones: Sequence[ZoneLike]) -> None:
        """Offer other zones; what is chosen and no longer there is left."""
        self._names = {zone.key: zone.name for zone in zones}
        self._canvas.set_names(self._names)
        self._selected &= frozenset(self._names)
        face = set(geometry.face().zone_keys())
        self._areas.show_areas({key: name for key, name in self._names.items() if key not in face})
        self._show()

    def set_values(self, values: Mapping[str, ZoneValue]) -> None:
        """Write values into the zones, instead of those before."""
        self._values = dict(values)
        self._show()

    def selected(self) -> frozenset[str]:
        """The keys of the zones chosen."""
        return self._selected

    def set_selected(self, keys: Iterable[str]) -> None:
        """Choose these zones, without emitting."""
        self._selected = frozenset(keys) & frozenset(self._names)
        self._show()

    def press(self, press: ZonePress) -> None:
        """Do what pressing a zone does: for body areas and for tests."""
        self._press(press)

    def _lay_out(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(self._canvas, 1)
        foot = QHBoxLayout()
        foot.addSpacing(theme.px(32))
        foot.addWidget(self._caption, 1)
        foot.addWidget(self._turn)
        column.addLayout(foot)
        column.addWidget(self._areas)

    def _press(self, press: ZonePress) -> None:
        before = self._selected
        if self._toggling or press.gather:
            self._selected = before ^ {press.key}
        else:
            self._selected = frozenset({press.key})
        self._show()
        self.zone_activated.emit(ZoneActivated(press.key))
        if self._selected != before:
            self.selection_changed.emit()

    def _turn_round(self) -> None:
        self._mirrored = self._turn.isChecked()
        self._show()
        self.mirroring_changed.emit()

    def _show(self) -> None:
        self._canvas.show_state(self._values, self._selected, mirrored=self._mirrored)
        self._areas.show_state(self._values, self._selected)
        self._say()

    def _say(self) -> None:
        key = self._canvas.current()
        if key:
            self._caption.setText(self._canvas.words_for(key))
        elif len(self._selected) == 1:
            self._caption.setText(self._names[next(iter(self._selected))])
        elif self._selected:
            self._caption.setText(tr("%n zone(s) chosen", len(self._selected)))
        else:
            self._caption.setText(tr("Choose a zone."))


class _Areas(QWidget):
    """Body areas as pills, and a line to name one more."""

    named = Signal(object)

    def __init__(self, owner: FaceMap, *, can_add: bool) -> None:
        super().__init__()  # the layout makes it the owner's, after the face: Tab goes that way
        self._owner = owner
        self._names: dict[str, str] = {}
        self._chips: dict[str, ToggleChip] = {}
        self._flow = FlowLayout(self, gap=6)
        self._add = Button(tr("Add area"), "link", "add")
        self._add.clicked.connect(self._ask)
        self._line = TextField(tr("Name of the body area"), tr("Back of the hands"))
        self._line.setMinimumWidth(theme.px(190))
        self._line.editingFinished.connect(self._take)
        for widget in (self._add, self._line):
            self._flow.addWidget(widget)
        self._line.hide()
        self._add.setVisible(can_add)

    def show_areas(self, names: dict[str, str]) -> None:
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._names = names
        self._chips = {key: self._chip(key, name) for key, name in names.items()}
        for widget in (self._add, self._line):
            self._flow.removeWidget(widget)
            self._flow.addWidget(widget)

    def show_state(self, values: Mapping[str, ZoneValue], selected: frozenset[str]) -> None:
        for key, chip in self._chips.items():
            value = values.get(key)
            words = f"{self._names[key]} · {value.text}" if value and value.text else self._names[key]
            chip.setText(words)
            chip.setChecked(key in selected)
            chip.updateGeometry()

    def _chip(self, key: str, name: str) -> ToggleChip:
        chip = ToggleChip(name, self)
        chip.clicked.connect(lambda: self._owner.press(ZonePress(key, gather=True)))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _ask(self) -> None:
        self._add.hide()
        self._line.clear()
        self._line.show()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        name = self._line.text().strip()
        self._line.hide()
        self._add.show()
        if name:
            self._line.clear()
            self.named.emit(AreaNamed(name))
