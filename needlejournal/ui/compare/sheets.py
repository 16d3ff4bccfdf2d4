"""The sheets that open over the comparison, loaded when they are asked for: the page is there sooner without them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.alignments import Alignments
from needlejournal.ui.compare.exporting.exporter import Exporter
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.workflows.comparison.comparing import SeriesPhoto

if TYPE_CHECKING:
    from needlejournal.ui.compare.blind_review import BlindReview
    from needlejournal.ui.compare.exporting.sheet import ExportSheet
    from needlejournal.ui.compare.guide.sheet import GuideSheet
    from needlejournal.ui.compare.tools.zone_sheet import ZoneSheet


def to_export(
    open_journal: OpenJournal, exporter: Exporter, pair: Sequence[SeriesPhoto], parent: QWidget, *, moves: bool
) -> ExportSheet:
    """Asks how what is on the screen shall be exported; `moves`: it can be a moving picture."""
    from needlejournal.imaging.faces.zones import OUTLINES
    from needlejournal.ui.compare.exporting.sheet import ExportSheet

    zones = [(zone.key, zone.name) for zone in open_journal.catalogue.zones if zone.key in OUTLINES]
    days = " ".join(sorted(shown.photo.when.day.isoformat() for shown in pair))
    name = tr("Comparison {days}").format(days=days)
    return ExportSheet(open_journal, exporter, zones, name, parent, moves=moves)


def blind_review(
    open_journal: OpenJournal, series: list[SeriesPhoto], alignments: Alignments, parent: QWidget
) -> BlindReview:
    """Asks which of two photos looks better, with the dates hidden."""
    from needlejournal.ui.compare.blind_review import BlindReview

    return BlindReview(open_journal, series, alignments, parent)


def open_alone(sheet: Sheet, behind: QWidget, first: Callable[[], QWidget]) -> None:
    """Open a sheet with nothing to be seen `behind` it; then the keyboard goes back to what is `first` there."""

    def give_back() -> None:
        behind.show()
        first().setFocus()

    behind.hide()
    sheet.finished.connect(give_back)
    sheet.open()


def guide(open_journal: OpenJournal, photo: Photo, parent: QWidget) -> GuideSheet:
    """Helps to take the next photo like this one."""
    from needlejournal.ui.compare.guide.sheet import GuideSheet

    return GuideSheet(open_journal, photo, parent)


def zones(catalogue: Catalogue, parent: QWidget) -> ZoneSheet:
    """Asks for a zone of the face."""
    from needlejournal.ui.compare.tools.zone_sheet import ZoneSheet

    return ZoneSheet(catalogue, parent)
