"""What is treated, and where: the five concerns and one's own, and the zones of the face."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.courses import Course
from needlejournal.ui.language import tr
from needlejournal.ui.models.wording import with_sources
from needlejournal.ui.plan.parts import stack_of
from needlejournal.ui.plan.section import CourseSection, in_kept_order
from needlejournal.ui.tips import set_tip
from needlejournal.ui.typing_steps import BY_JOURNAL
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.chips import ToggleChip
from needlejournal.ui.widgets.pickers.zones_sheet import ZonesSheet
from needlejournal.ui.widgets.text import Label


class AimSection(CourseSection):
    """Concerns keep the order of the catalogue, one's own after them."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(tr("What is treated"), parent)
        self._catalogue = catalogue
        self._chips: dict[str, ToggleChip] = {}
        self._zones: frozenset[str] = frozenset()
        self._holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._holder.setSizePolicy(policy)
        self._flow = FlowLayout(self._holder, gap=6)
        self._own = TextField(tr("A concern of your own"), tr("Your own; Enter adds it"))
        self._own.setProperty(BY_JOURNAL, False)
        self._caution = Label("", "small", "ink_soft")
        self._zone_words = Label("", "text", "ink_soft")
        choose = Button(tr("Choose zones…"), "plain", "face")
        form = Form()
        form.add(tr("Concerns"), stack_of(self._holder, self._caution, self._own, gap=8))
        form.add(tr("Zones"), stack_of(self._zone_words, choose, gap=6))
        self.body.addWidget(form)
        self._own.returnPressed.connect(self._add_own)
        self._own.editingFinished.connect(self._add_own)
        choose.clicked.connect(self._choose_zones)
        self._show_chips(())

    def show_course(self, course: Course) -> None:
        self._show_chips(course.concerns)
        self._zones = frozenset(course.zones)
        self._show_zones()

    def apply(self, course: Course) -> Course:
        order = [zone.key for zone in self._catalogue.zones]
        zones = sorted(self._zones, key=lambda key: (order.index(key) if key in order else len(order), key))
        return replace(
            course,
            concerns=in_kept_order(course.concerns, self._concerns()),
            zones=in_kept_order(course.zones, zones),
        )

    def _concerns(self) -> tuple[str, ...]:
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def _show_chips(self, chosen: tuple[str, ...]) -> None:
        wanted = list(dict.fromkeys([*(concern.key for concern in self._catalogue.concerns), *chosen]))
        if list(self._chips) != wanted:
            self._build(wanted)
        for key, chip in self._chips.items():
            chip.setChecked(key in chosen)
            chip.updateGeometry()
        self._show_caution()

    def _build(self, wanted: list[str]) -> None:
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for key in wanted:
            concern = self._catalogue.concern(key)
            chip = ToggleChip(concern.name)
            set_tip(chip, concern.examples)
            chip.clicked.connect(self._emit_changed)
            self._chips[key] = chip
            self._flow.addWidget(chip)

    def _add_own(self) -> None:
        written = self._own.text().strip()
        self._own.clear()
        if written:
            known = next((one.key for one in self._catalogue.concerns if one.name.lower() == written.lower()), written)
            self._show_chips((*self._concerns(), known))
            self.edited.emit()

    def _emit_changed(self) -> None:
        self._show_caution()
        self.edited.emit()

    def _show_caution(self) -> None:
        cautions = [self._catalogue.concern(key).caution for key in self._concerns()]
        lines = [with_sources(one) for one in cautions if one.text]
        noted = [concern for key in self._concerns() if (concern := self._catalogue.concern(key)).note]
        lines += [tr("{concern}: {note}").format(concern=one.name, note=one.note) for one in noted]
        words = "\n".join(lines)
        self._caution.setText(words)
        self._caution.setVisible(bool(words))

    def _choose_zones(self) -> None:
        sheet = ZonesSheet(tr("Zones of this plan"), self._catalogue.zones, self._zones, self)
        sheet.accepted.connect(lambda: self._take_zones(sheet.zones()))
        sheet.open()

    def _take_zones(self, zones: frozenset[str]) -> None:
        if zones != self._zones:
            self._zones = zones
            self._show_zones()
            self.edited.emit()

    def _show_zones(self) -> None:
        names = [zone.name for zone in self._catalogue.zones if zone.key in self._zones]
        names += sorted(self._catalogue.zone(key).name for key in self._zones if self._catalogue.zone(key).own)
        self._zone_words.setText(", ".join(names) if names else tr("None chosen."))
