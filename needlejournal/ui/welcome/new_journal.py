"""The question where a new journal should lie and what it is called."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from needlejournal import paths
from needlejournal.store import SUFFIX
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def folder_for(place: Path, name: str) -> Path:
    """The folder of a journal called `name`, with characters left out that some disks do not take."""
    clean = _NOT_IN_NAMES.sub("", name).strip(" .")[:80]
    return place / f"{clean or 'My journal'}{SUFFIX}"


class NewJournalSheet(Sheet):
    """Asks for name and place; `folder` and `name` hold the answer once accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("New journal"), parent, width=520)
        self._place = paths.default_journals_dir()
        self._name = TextField(tr("Name of the journal"), text=self._free_name())
        self._name.selectAll()
        self._where = Label("", "small", "ink_soft")
        self._private = CheckBox(tr("Protect it with a passphrase"))
        self._trouble = Label("", "small", "danger")
        self._trouble.hide()
        self._lay_out()
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        create = self.add_button(tr("Make the journal"), "filled")
        self._name.returnPressed.connect(self._accept_if_free)
        create.clicked.connect(self._accept_if_free)
        self._name.textChanged.connect(self._show_place)
        self._show_place()

    @property
    def name(self) -> str:
        """What the journal is called."""
        return self._name.text().strip() or tr("My journal")

    @property
    def folder(self) -> Path:
        """Where it will lie."""
        return folder_for(self._place, self.name)

    @property
    def private(self) -> bool:
        """Whether it gets a passphrase."""
        return self._private.isChecked()

    def _lay_out(self) -> None:
        self.body.addWidget(
            Label(tr("A journal is a folder on your computer. Choose a place that is backed up."), "text", "ink_soft")
        )
        form = Form()
        form.add(tr("Name"), self._name)
        choose = Button(tr("Choose…"), "plain", "folder")
        choose.clicked.connect(self._choose)
        form.add(tr("Place"), row_of(self._where, choose, stretch=0))
        form.add(
            tr("Privacy"),
            self._private,
            tr("Everything is encrypted then. You can also decide this later, in the settings."),
        )
        self.body.addWidget(form)
        self.body.addWidget(self._trouble)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where should it be saved?"), str(self._place))
        if chosen:
            self._place = Path(chosen)
            self._show_place()

    def _show_place(self) -> None:
        self._where.setText(str(self.folder))
        self._trouble.hide()

    def _accept_if_free(self) -> None:
        if self.folder.exists():
            self._trouble.setText(tr("Something with this name is already there. Please choose another name or place."))
            self._trouble.show()
            return
        self.accept()

    def _free_name(self) -> str:
        name, number = tr("My journal"), 2
        while folder_for(self._place, name).exists():
            name, number = f"{tr('My journal')} {number}", number + 1
        return name
