"""What to ask when a journal does not just open: it is damaged, or in use on another computer.

Knows no journal that is open.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from needlejournal.journal.errors import WorldError
from needlejournal.ui.jobs import JobControl
from needlejournal.ui.language import long_date, tr, tr_message
from needlejournal.ui.widgets.frame.sheets import QuestionSheet

if TYPE_CHECKING:
    from needlejournal.journal.catalogue import Catalogue
    from needlejournal.store import Journal
    from needlejournal.store.keys import Keyring
    from needlejournal.workflows.safekeeping.salvaging import Salvaged


class DamagedSheet(QuestionSheet):
    """`accepted`: copy what can be read; `back_wanted`: take the earlier copy, and keep the damaged one apart."""

    back_wanted = Signal()

    def __init__(self, sentence: str, folder: Path, parent: QWidget | None = None) -> None:
        more = tr("What can still be read can be copied into a new journal. The damaged one stays as it is.")
        super().__init__(tr("This journal is damaged"), f"{sentence} {more}", tr("Open a copy"), parent)
        from needlejournal.workflows.safekeeping.salvaging import newest_good_copy

        copy = newest_good_copy(folder)
        if copy:
            back = self.add_button(tr("Go back to {day}").format(day=long_date(copy.made.date())))
            back.clicked.connect(self.reject)
            back.clicked.connect(self.back_wanted)


def ask_about_damage(
    error: WorldError, folder: Path, parent: QWidget, copy: Callable[[], None], back: Callable[[], None]
) -> None:
    """Ask what to do about a damaged journal: copy what can be read, or go back to an earlier copy."""
    sheet = DamagedSheet(tr_message(error.message), folder, parent)
    sheet.accepted.connect(copy)
    sheet.back_wanted.connect(back)
    sheet.open()


def ask_in_use(error: WorldError, parent: QWidget, anyway: Callable[[], None]) -> None:
    """Ask whether to open a journal that another computer says it has open."""
    sheet = QuestionSheet(tr("In use on another computer"), tr_message(error.message), tr("Open anyway"), parent)
    sheet.accepted.connect(anyway)
    sheet.open()


def go_back_to_copy(
    folder: Path, leave: Callable[[], None], then: Callable[[Path], None], failed: Callable[[Exception], None]
) -> None:
    """Leave the journal, put the newest good copy of its database in place, and open it; `tell` hears what fails."""
    from needlejournal.workflows.safekeeping.salvaging import go_back

    leave()
    try:
        go_back(folder)
    except WorldError as error:
        failed(error)
    else:
        then(folder)


def open_rescued(
    folder: Path, keyring: Keyring | None, catalogue: Catalogue, control: JobControl
) -> tuple[Salvaged, Journal]:
    """Copy what can be read of a damaged journal, and open the copy; in a worker. Raises WorldError."""
    from needlejournal.store import open_journal
    from needlejournal.workflows.safekeeping.salvaging import salvage

    copied = salvage(folder, catalogue, control, keyring=keyring)
    return copied, open_journal(copied.folder, keyring=keyring)


def show_rescued(copied: Salvaged, damaged: str, parent: QWidget) -> None:
    """Say what could and could not be read. `damaged` is the name of the damaged journal's folder."""
    from needlejournal.ui.panels.rescued_sheet import RescuedSheet

    RescuedSheet(copied, damaged, parent).open()
