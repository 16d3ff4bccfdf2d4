"""What is asked before text is closed that the disk refused: stay, try again, keep it elsewhere, or go without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from needlejournal.journal.errors import WorldError
from needlejournal.ui import theme
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.widgets.frame.sheets import MessageSheet, Sheet
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.widgets.where_to_save import ask_where_to_save
from needlejournal.workflows.saving import save_export


class UnsavedSheet(Sheet):
    """Shows the texts. `again` is called to try once more, also after the person gave the texts up.

    `give_up` names going on without them ("Close without it"). Rejected: the person stays.
    """

    def __init__(self, left: Sequence[Unsaved], give_up: str, again: Callable[[], None], parent: QWidget) -> None:
        super().__init__(tr("This is not saved yet"), parent, width=560)
        for said in parent.window().findChildren(MessageSheet):  # that the disk refuses is said here too
            said.close()
        self._left = left
        self._again = again
        why = " ".join(dict.fromkeys(one.why for one in left))
        self.body.addWidget(Label(why))
        self._text = "\n\n".join(f"{one.where}\n{one.text}" for one in left)
        self.body.addWidget(Label(tr("What you typed is still here:"), "text", "ink_soft"))
        self.body.addWidget(self._make_text())
        self._kept = Label("", "small", "ink_soft")
        self._kept.hide()
        self.body.addWidget(self._kept)
        self.add_side_button(tr("Keep the text in a file…")).clicked.connect(self._keep_elsewhere)
        self.add_button(give_up, "danger").clicked.connect(self._go_without)
        self.add_button(tr("Stay here")).clicked.connect(self.reject)
        once_more = self.add_button(tr("Try again"), "filled")
        once_more.clicked.connect(self._try_again)
        once_more.setFocus()

    def _make_text(self) -> QPlainTextEdit:
        shown = QPlainTextEdit(self._text)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(tr("What is not saved"))
        shown.setMaximumHeight(theme.px(180))
        return shown

    def _keep_elsewhere(self) -> None:
        """The person's own choice of a place: nothing of a journal is written outside its folder unasked."""
        proposed = tr("Not saved in my journal.txt")
        path = ask_where_to_save(self, tr("Keep the text in a file"), proposed, "txt", tr("Text (*.txt)"))
        if path is None:
            return
        try:
            save_export(path, self._text.encode())
            words = tr("The text is kept in “{name}”.").format(name=path.name)
        except WorldError as error:
            words = message_for(error).sentence
        self._kept.setText(words)
        self._kept.show()

    def _try_again(self) -> None:
        self.accept()
        self._again()

    def _go_without(self) -> None:
        self.accept()
        for one in self._left:
            one.drop()
        self._again()
