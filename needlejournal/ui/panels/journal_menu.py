"""The menu of journals at the top of the rail: recent ones, a new one, another one, and what concerns the open one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from needlejournal.ui.actions import Command, action
from needlejournal.ui.icons import icon
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.sheets import Sheet

RECENT_SHOWN = 6
WAYS = frozenset({"new_journal", "open", "close_journal"})


class JournalMenu(QMenu):
    """`opened` carries the Path of a recent journal; `renamed` is called, later than the menu lives, when it has a new
    name. `ways`: the window's commands."""

    opened = Signal(object)

    def __init__(
        self,
        open_journal: OpenJournal,
        recent: Sequence[Path],
        ways: Sequence[Command],
        renamed: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._open = open_journal
        here = open_journal.journal.folder
        for folder in [folder for folder in recent if folder != here][:RECENT_SHOWN]:
            entry = self.addAction(icon("timeline"), tr("{journal} in {place}").format(
                journal=folder.stem.replace("&", "&&"), place=str(folder.parent).replace("&", "&&")
            ))  # fmt: skip
            entry.triggered.connect(partial(self.opened.emit, folder))
        self.addSeparator()
        self.addActions([action(command, self) for command in ways if command.key in WAYS])
        self.addSeparator()
        ask = partial(ask_name, open_journal, renamed, parent)
        rename = self._entry("edit", tr("Rename this journal…"), ask)
        rename.setEnabled(not open_journal.journal.read_only)
        self._entry("folder", tr("Show its folder"), self._show_folder)

    def _entry(self, sign: str, text: str, run: Callable[[], object]) -> QAction:
        entry = self.addAction(icon(sign), text)
        entry.triggered.connect(lambda _checked=False: run())
        return entry

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._open.journal.folder)))


def ask_name(open_journal: OpenJournal, renamed: Callable[[], object], parent: QWidget) -> None:
    """Ask for another name of the open journal; `renamed` is called when it has it."""

    def rename() -> None:
        if open_journal.keep_aside(lambda journal: journal.rename(sheet.name)):
            renamed()

    sheet = NameSheet(open_journal.journal.name, parent)
    sheet.accepted.connect(rename)
    sheet.open()


class NameSheet(Sheet):
    """Asks what a journal is to be called."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(tr("Rename this journal"), parent, width=420)
        self._name = TextField(tr("Name of the journal"), text=name)
        self._name.selectAll()
        self.body.addWidget(self._name)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        rename = self.add_button(tr("Rename"), "filled")
        rename.clicked.connect(self.accept)
        self._name.returnPressed.connect(self.accept)
        self._name.textChanged.connect(lambda: rename.setEnabled(bool(self.name)))
        self._name.setFocus()

    @property
    def name(self) -> str:
        """The name as it is written now."""
        return self._name.text().strip()
