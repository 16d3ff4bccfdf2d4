"""Every sheet of the program over the sample journal, each as the program opens it.

Words that are handed to a sheet are the same in every language: tests look for words that are not translated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from needlejournal.journal.pairs import Spot
from needlejournal.journal.sessions import Severity
from needlejournal.store.keys import make_keyring
from needlejournal.ui.compare.blind_review import BlindReview
from needlejournal.ui.compare.panel.declare_sheet import DeclareSheet
from needlejournal.ui.compare.panel.reason_sheet import ReasonSheet
from needlejournal.ui.compare.tools.spot_bars import SpotsSheet
from needlejournal.ui.help.tour import FirstSteps
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.panels.calm import CalmSheet
from needlejournal.ui.panels.clock_sheet import ClockSheet
from needlejournal.ui.panels.journal_menu import NameSheet
from needlejournal.ui.panels.locking.giving import AskSheet
from needlejournal.ui.panels.locking.passphrase_sheet import PassphraseSheet
from needlejournal.ui.panels.locking.recovery_sheet import RecoverySheet
from needlejournal.ui.panels.opening_sheets import DamagedSheet
from needlejournal.ui.panels.rescued_sheet import RescuedSheet
from needlejournal.ui.panels.unsaved_sheet import UnsavedSheet
from needlejournal.ui.photos.originals_sheet import OriginalsSheet
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.report.film_sheet import FilmSheet
from needlejournal.ui.settings.bringing_back_sheet import BringingBackSheet
from needlejournal.ui.welcome.new_journal import NewJournalSheet
from needlejournal.ui.widgets.frame.keys_sheet import KeysSheet
from needlejournal.ui.widgets.frame.list_sheet import ListSheet, painted_on
from needlejournal.ui.widgets.frame.sheets import MessageSheet, QuestionSheet
from needlejournal.ui.widgets.pickers.places_sheet import PlacesSheet
from needlejournal.ui.widgets.pickers.zones_sheet import ZonesSheet
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.safekeeping.backing_up import back_up
from needlejournal.workflows.safekeeping.bringing_back import versions_at
from needlejournal.workflows.safekeeping.salvaging import Salvaged, Share
from tests.ui.sample_window import lay_out, settle, turn_to


def comparison(sample: Workspace) -> Any:
    """The page that compares, with two photos on it."""
    return sample.page("compare")


def photos(sample: Workspace) -> list[Any]:
    """The photos of the sample's front view."""
    return [photo for photo in sample.open_journal.journal.photos.all() if photo.view == "frontal"]


def _rescued(sample: Workspace) -> RescuedSheet:
    folder = sample.open_journal.journal.folder
    some = Salvaged(folder, Share(3, 4), Share(20, 22), Share(9, 9), waiting=1, damaged_photos=2)
    return RescuedSheet(some, "PDF", sample)


def _bringing_back(sample: Workspace) -> BringingBackSheet:
    opened = sample.open_journal
    place = opened.journal.folder.parent / "backups"
    source = opened.journal.backup_source()
    if not place.exists():
        back_up(source, place, opened.clock())
    return BringingBackSheet(opened, place, versions_at(place, source), sample)


SHEETS: dict[str, Callable[[Workspace], object]] = {
    "export": lambda sample: comparison(sample).export(),
    "guide": lambda sample: comparison(sample).show_guide(),
    "zone": lambda sample: comparison(sample).choose_zone(),
    "fairest": lambda sample: comparison(sample).judging.show_fairest(),
    "blind": lambda sample: BlindReview(
        sample.open_journal, comparison(sample).comparison.series, comparison(sample).alignments, sample
    ).open(),
    "declare": lambda sample: DeclareSheet(sample.open_journal, (photos(sample)[0], photos(sample)[-1]), sample).open(),
    "reason": lambda sample: ReasonSheet(
        sample.open_journal, (photos(sample)[0].id, photos(sample)[-1].id), sample
    ).open(),
    "spots": lambda sample: SpotsSheet([Spot(photos(sample)[0].id, "PDF", 0.4, 0.4, 0.1, 0.1)], sample).open(),
    "film": lambda sample: FilmSheet(sample.open_journal, sample).open(),
    "originals": lambda sample: OriginalsSheet(sample.open_journal, photos(sample)[:2], sample).open(),
    "bringing back": lambda sample: _bringing_back(sample).open(),
    "clock": lambda sample: ClockSheet(photos(sample)[:2], sample.open_journal.today, sample).open(),
    "calm": lambda sample: CalmSheet(date(2025, 9, 6) + timedelta(days=30), sample).open(),
    "unsaved": lambda sample: UnsavedSheet(
        [Unsaved("6 September", "9", "28", lambda: None)], "PDF", lambda: None, sample
    ).open(),
    "rescued": lambda sample: _rescued(sample).open(),
    "damaged": lambda sample: DamagedSheet("5", sample.open_journal.journal.folder, sample).open(),
    "recovery": lambda sample: RecoverySheet(make_keyring()[1], "Sample journal", sample).open(),
    "ask": lambda sample: AskSheet("PDF", "PNG", "SVG", sample, final=True).open(),
    "keys": lambda sample: KeysSheet([], sample.commands(), sample).open(),
    "list": lambda sample: ListSheet(painted_on(sample), sample).open(),
    "new journal": lambda sample: NewJournalSheet(sample).open(),
    "passphrase": lambda sample: PassphraseSheet("PDF", "PNG", sample).open(),
    "first steps": lambda sample: FirstSteps(Preferences(), sample).open(),
    "name": lambda sample: NameSheet("Sample journal", sample).open(),
    "message": lambda sample: MessageSheet("PDF", "PNG", "28", sample).open(),
    "question": lambda sample: QuestionSheet("PDF", "PNG", "SVG", sample).open(),
    "places": lambda sample: PlacesSheet(
        "PDF", sample.open_journal.catalogue.zones, {"chin": Severity.MILD}, Severity.MILD, sample
    ).open(),
    "zones": lambda sample: ZonesSheet("PDF", sample.open_journal.catalogue.zones, frozenset({"chin"}), sample).open(),
}


def opened(name: str, sample: Workspace, qtbot: QtBot) -> Iterator[QDialog]:
    """A sheet over the comparison; closed and gone at the end."""
    turn_to(sample, "compare", qtbot)
    SHEETS[name](sample)
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in sample.findChildren(QDialog)))
    (found,) = [dialog for dialog in sample.findChildren(QDialog) if dialog.isVisible()]
    settle(sample, qtbot)
    lay_out(found)
    yield found
    if isValid(found):
        found.close()
    settle(sample, qtbot)  # pictures it asked for
    if isValid(found):
        found.deleteLater()


def kinds(of: type[QWidget]) -> set[str]:
    """The names of all kinds of sheets that are no ground for others."""
    below = of.__subclasses__()
    return {of.__name__} if not below else set().union(*(kinds(one) for one in below))
