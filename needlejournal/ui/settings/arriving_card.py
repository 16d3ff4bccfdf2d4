"""In which folders photos arrive, such as the one a sync program fills from the phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.form import row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import ElidedLabel, Label
from needlejournal.workflows.photos_in.arriving import arrived_in, folders_of, watch


class ArrivingCard(Card):
    """Names folders and takes them off again. What is in a folder when it is named is not offered."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(tr("Photos arrive in"), parent)
        self._open = open_journal
        words = tr(
            "New pictures in these folders are offered on the timeline. Nothing is imported by itself, and nothing in "
            "a folder is moved or deleted. The journal keeps the folders’ names."
        )
        self.body.addWidget(Label(words, "text", "ink_soft"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE_S)
        self.body.addLayout(self._rows)
        self._add = Button(tr("Add a folder…"), "plain", "folder")
        self._add.clicked.connect(self._ask)
        self._add.setEnabled(not open_journal.journal.read_only)
        self.body.addWidget(row_of(self._add))
        self._shown: list[QWidget] = []
        self._show()

    def _show(self) -> None:
        for row in self._shown:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._shown = [self._row(folder) for folder in folders_of(self._open.journal)]
        for row in self._shown:
            self._rows.addWidget(row)

    def _row(self, folder: Path) -> QWidget:
        name = str(folder) if folder.is_dir() else tr("{folder} (not there now)").format(folder=folder)
        off = IconButton("close", tr("Take {folder} off the list").format(folder=folder.name))
        off.clicked.connect(partial(self._watch_without, folder))
        off.setEnabled(not self._open.journal.read_only)
        return row_of(ElidedLabel(name), off, stretch=0)

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("In which folder do photos arrive?"), str(Path.home()))
        if chosen and Path(chosen) not in folders_of(self._open.journal):
            folder = Path(chosen)
            self._add.setEnabled(False)
            self._open.jobs.run(
                lambda _control: arrived_in((folder,), frozenset()).marks.values(),
                lambda marks: self._watch((*folders_of(self._open.journal), folder), marks),
            )

    def _watch_without(self, folder: Path) -> None:
        self._watch([other for other in folders_of(self._open.journal) if other != folder], ())

    def _watch(self, folders: Sequence[Path], marks: Iterable[bytes]) -> None:
        self._add.setEnabled(True)
        self._open.keep_aside(lambda journal: watch(journal, folders, marks))
        self._show()
