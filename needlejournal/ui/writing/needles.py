"""Needle length by zone: the face map to choose zones on, length and passes beside it, and what is usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from needlejournal.journal.catalogue import Catalogue, NeedleHint
from needlejournal.journal.sessions import Needle, Session
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import row_of
from needlejournal.ui.widgets.fields.text_fields import NumberField
from needlejournal.ui.widgets.pickers.face_map import AreaNamed, FaceMap, ZoneValue
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.writing.section import EditorSection

LONGEST_MM, STEP_MM = 3.5, 0.05


class NeedlesCard(EditorSection):
    """The face map card. Choosing zones first and then a length sets all of them at once."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(tr("Needle length by zone"), parent)
        self._catalogue = catalogue
        self._needles: dict[str, Needle] = {}
        self._session: Session | None = None
        self._areas: list[str] = []
        self._map = FaceMap(catalogue.zones)
        self._map.setMinimumHeight(300)
        self._chosen = Label(tr("Choose one or more zones on the map."), "strong")
        self._length = NumberField(tr("Needle length"), "mm", low=0.1, high=LONGEST_MM, step=STEP_MM)
        self._passes = NumberField(tr("Passes"), tr("passes"), low=1, high=30)
        self._clear = Button(tr("Clear"), "quiet")
        self._hint = Label("", "small", "ink_soft")
        for widget in (self._map, self._chosen, row_of(self._length, self._passes, self._clear), self._hint):
            self.body.addWidget(widget)
        self._map.selection_changed.connect(self._show_selection)
        self._map.area_named.connect(self._add_area)
        self._length.changed.connect(self._set)
        self._passes.changed.connect(self._set)
        self._clear.clicked.connect(self._remove)
        self._show_selection()

    def offer_areas(self, areas: Sequence[str]) -> None:
        """Body areas of earlier sessions, by the patient's own names."""
        self._areas = [area for area in areas if self._catalogue.zone(area).own]

    def show_session(self, session: Session) -> None:
        if self._session is None or not session.id or session.id != self._session.id:
            self._map.set_selected(())
        self._session = session
        self._needles = {needle.zone: needle for needle in session.needles}
        self._show_zones()
        self._show_values()
        self._show_selection()

    def follow(self, session: Session) -> None:
        """Needles are asked for where the treatment may have some; those written down are always shown."""
        self._session = session
        self.setVisible(bool(self._needles) or self._catalogue.treatment(session.treatment).needling)
        self._show_hint()

    def apply(self, session: Session) -> Session:
        return replace(session, needles=tuple(self._needles.values()))

    def _show_zones(self) -> None:
        """The face's zones, then body areas by name: those used before and those of this session."""
        known = {zone.key for zone in self._catalogue.zones}
        own = dict.fromkeys([*self._areas, *self._needles])
        self._map.set_zones([*self._catalogue.zones, *(self._catalogue.zone(key) for key in own if key not in known)])

    def _add_area(self, named: AreaNamed) -> None:
        if named.name not in self._areas:
            self._areas.append(named.name)
        self._show_zones()
        self._map.set_selected({named.name})
        self._show_selection()
        self._length.setFocus()

    def _set(self) -> None:
        """Write length and passes to every chosen zone."""
        length, passes = self._length.value(), self._passes.value()
        for zone in self._map.selected():
            if length is None and passes is None:
                self._needles.pop(zone, None)
            else:
                micrometres = None if length is None else round(length * 1000)
                self._needles[zone] = Needle(zone, micrometres, None if passes is None else int(passes))
        self._show_values()
        self._show_hint()
        self.edited.emit()

    def _remove(self) -> None:
        for zone in self._map.selected():
            self._needles.pop(zone, None)
        self._show_values()
        self._show_selection()
        self.edited.emit()

    def _show_values(self) -> None:
        self._map.set_values({zone: _value(needle) for zone, needle in self._needles.items()})

    def _show_selection(self) -> None:
        """The fields show what the chosen zones have in common."""
        zones = sorted(self._map.selected())
        for field in (self._length, self._passes, self._clear):
            field.setEnabled(bool(zones))
        if not zones:
            self._chosen.setText(tr("Choose one or more zones on the map."))
            self._length.set_value(None)
            self._passes.set_value(None)
        else:
            self._chosen.setText(", ".join(self._catalogue.zone(zone).name for zone in zones))
            needles = [self._needles.get(zone) for zone in zones]
            self._length.set_value(_common([needle.length_mm if needle else None for needle in needles]))
            self._passes.set_value(_common([needle.passes if needle else None for needle in needles]))
        self._show_hint()

    def _show_hint(self) -> None:
        """What is usual for each chosen zone, by groups, and what patients are told of longer needles at home."""
        session = self._session
        needles = self._catalogue.treatment(session.treatment).needles if session else None
        hints = [self._hint_of(zone, session) for zone in sorted(self._map.selected())] if session else []
        home = needles.home if needles else None
        sentences = [_usual(hint, at_home=hint == home) for hint in dict.fromkeys(hints) if hint is not None]
        if session and needles and session.setting == "home" and self._longest() > needles.home.to_um:
            sentences.append(needles.home_note)
        self._hint.setText("\n".join(sentences))
        self._hint.setVisible(bool(sentences))

    def _hint_of(self, zone: str, session: Session) -> NeedleHint | None:
        return self._catalogue.treatment(session.treatment).needle_hint(zone, session.setting)

    def _longest(self) -> int:
        """The longest needles of the chosen zones, or of all while none is chosen, in micrometres."""
        chosen = self._map.selected() or frozenset(self._needles)
        return max((n.length_um or 0 for zone, n in self._needles.items() if zone in chosen), default=0)


def _usual(hint: NeedleHint, *, at_home: bool) -> str:
    if at_home:
        sentence = tr("Usual at home: {low:.2f}–{high:.2f} mm ({source}).")
    elif hint.zones:
        sentence = tr("Usual for {area}: {low:.2f}–{high:.2f} mm ({source}).")
    else:
        sentence = tr("Usual: {low:.2f}–{high:.2f} mm ({source}).")
    source = tr_message(hint.statement.cited)
    return sentence.format(area=hint.name, low=hint.from_um / 1000, high=hint.to_um / 1000, source=source)


def _value(needle: Needle) -> ZoneValue:
    text = "" if needle.length_mm is None else f"{needle.length_mm:.2f}"
    return ZoneValue(text, min(1.0, (needle.length_um or 0) / 2500))


def _common(values: list[float | None] | list[int | None] | list[float | int | None]) -> float | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None
