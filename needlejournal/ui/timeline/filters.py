"""Which cards are shown: the popover to choose, and the pills that say what is chosen and take it away again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.store import TimelineFilter
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.timeline.popover import Popover
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.chips import RemovableChip
from needlejournal.ui.widgets.text import Label


def chosen_words(wanted: TimelineFilter, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What is chosen besides the words searched for, as (field, words)."""
    found = []
    if wanted.treatment:
        found.append(("treatment", catalogue.treatment(wanted.treatment).name))
    if wanted.zone:
        found.append(("zone", catalogue.zone(wanted.zone).name))
    if wanted.view:
        found.append(("view", catalogue.view(wanted.view).name))
    if wanted.with_photos:
        found.append(("with_photos", tr("Has photos")))
    return found


class FilterPopover(Popover):
    """Treatment, zone, view, and only with photos. `changed` tells that `filter` is another one."""

    changed = Signal()

    def __init__(self, wanted: TimelineFilter, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(tr("Filter"), parent)
        self.filter = wanted
        self._add_select("treatment", tr("Treatment"), tr("Any treatment"), catalogue.treatments)
        self._add_select("zone", tr("Zone"), tr("Any zone"), catalogue.zones)
        self._add_select("view", tr("View"), tr("Any view"), catalogue.views)
        photos = CheckBox(tr("Has photos"), checked=wanted.with_photos)
        photos.toggled.connect(lambda on: self._take(replace(self.filter, with_photos=on)))
        self.body.addWidget(photos)
        self.setMinimumWidth(theme.px(300))

    def _add_select(self, key: str, name: str, anything: str, choices: tuple[object, ...]) -> None:
        words = [("", anything), *((getattr(choice, "key", ""), getattr(choice, "name", "")) for choice in choices)]
        select = Select(name, words, getattr(self.filter, key))
        select.changed.connect(lambda: self._take(_with(self.filter, key, select.value() or "")))
        label = Label(name, "small", "ink_soft")
        label.setBuddy(select)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label, 1)
        row.addWidget(select, 3)
        self.body.addWidget(holder)

    def _take(self, wanted: TimelineFilter) -> None:
        self.filter = wanted
        self.changed.emit()


class FilterBar(QWidget):
    """Pills for what is chosen, how much was found, and a way to see everything again. `changed` as above."""

    changed = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = TimelineFilter()
        self._catalogue = catalogue
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self, gap=8)
        self._flow.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, theme.SPACE_S)
        self.hide()

    def show_filter(self, wanted: TimelineFilter, count: str) -> None:
        """Say what is chosen and how much there is; nothing while everything is shown."""
        self.filter = wanted
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(bool(wanted))
        if not wanted:
            return
        for field, words in chosen_words(wanted, self._catalogue):
            chip = RemovableChip(words, self)
            chip.removed.connect(lambda field=field: self._take(_without(self.filter, field)))
            self._add(chip)
        self._add(Label(count, "small", "ink_soft").one_line())
        clear = Button(tr("Show everything"), "link")
        clear.clicked.connect(lambda: self._take(TimelineFilter()))
        self._add(clear)

    def _add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()

    def _take(self, wanted: TimelineFilter) -> None:
        self.filter = wanted
        self.changed.emit()


def _with(wanted: TimelineFilter, field: str, value: str) -> TimelineFilter:
    changed: dict[str, str] = {field: value}
    return replace(wanted, **changed)  # type: ignore[arg-type]


def _without(wanted: TimelineFilter, field: str) -> TimelineFilter:
    return replace(wanted, with_photos=False) if field == "with_photos" else _with(wanted, field, "")
