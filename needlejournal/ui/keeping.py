"""Keeping what is typed: at a pause, on leaving, and again after the disk refused. One way for every editor.

"Saved" is only said of what stands on the disk. What could not be stored stays on the screen, and whoever would close
it is given it as `Unsaved`. Knows no page: an editor adds how it stores its fields and how it shows what is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.store import Journal
from needlejournal.ui.language import clock_time, tr, tr_message
from needlejournal.ui.session import OpenJournal, Written
from needlejournal.ui.typing_steps import TypingSteps
from needlejournal.ui.widgets.fields.writing_timer import WritingTimer

T = TypeVar("T")
PAUSE_MS = 400
TRY_AGAIN_MS = 20_000


@frozen
class Unsaved:
    """Something typed that could not be stored: where it stands, what it says, why, and how to give it up."""

    where: str
    text: str
    why: str
    drop: Callable[[], None]


class Keeping(QObject):
    """Keeps the fields of one editor. Connect the fields' edits to `begin` and call `leave` when the editor goes.

    `said` carries what the person reads about it ("Saved · 14:52"), and whether it is a warning.
    """

    said = Signal(str, bool)

    def __init__(
        self,
        open_journal: OpenJournal,
        editor: QWidget,
        where: Callable[[], str],
        text: Callable[[], str] | None = None,
    ) -> None:
        """`where` names what is edited; `text` gives what is typed, else what stands in the editor's fields."""
        super().__init__(editor)
        self._open = open_journal
        self._editor = editor
        self._where = where
        self._text = text or (lambda: text_of(editor))
        self.steps = TypingSteps()  # in which what is typed here is undone
        self._parts: list[tuple[Callable[[], None], Callable[[], None]]] = []
        self._refused: WorldError | None = None
        self._running = self._wrote = False
        self._timer = WritingTimer(self)
        self._timer.timeout.connect(self.keep)

    def add(self, keep: Callable[[], None], restore: Callable[[], None]) -> None:
        """`keep` writes (through `write`) what differs from the journal; `restore` shows what is stored instead.

        `keep` may raise BadInput for fields that cannot be read.
        """
        self._parts.append((keep, restore))

    def begin(self) -> None:
        """A letter was typed: keep it at the next pause."""
        if self._timer.interval() != PAUSE_MS:
            self._timer.stop()
            self._timer.setInterval(PAUSE_MS)
        self._timer.begin()

    @property
    def typing(self) -> bool:
        """Whether something stands in the fields that is not stored: nobody may show other values there."""
        return self._timer.isActive() or self._refused is not None

    def write(self, label: str, write: Callable[[Journal], T], *, merge: str | None = None) -> Written[T] | None:
        """Write as `OpenJournal.write` does, and say "Saved".

        When that fails while fields are being kept they count as unsaved. When it is called for anything else, such as
        one press of a button, the window says why and the caller shows what is stored.
        """
        written = self._open.write(label, write, merge=merge, refused=self._refuse if self._running else None)
        if written is None and self._running and self._refused is None:
            self._refuse(WorldError(tr("It could not be saved.")))
        elif written and self._refused is None:
            self._wrote = True
            self.said.emit(tr("Saved · {time}").format(time=clock_time(self._open.clock().time())), False)
        return written

    def keep(self) -> None:
        """Keep what was typed, now. That the disk refuses is said once by the window, then only beside the fields."""
        known = self._refused is not None
        self._run()
        self._show_in_window(unless=known)

    def settle(self) -> bool:
        """Keep everything now, because the person goes on to something else. Gives whether it is stored.

        When the disk refuses, the window says why.
        """
        self._take_what_is_typed()
        self._run()
        self.steps.end()
        self._show_in_window()
        return self._refused is None

    def leave(self) -> tuple[Unsaved, ...]:
        """Keep everything now, and give what could not be; whoever asked says so."""
        self._take_what_is_typed()
        self._run()
        self.steps.end()
        if self._refused is None:
            return ()
        return (Unsaved(self._where(), self._text(), tr_message(self._refused.message), self.drop),)

    def drop(self) -> None:
        """Give up what could not be stored, and show what is."""
        self._timer.stop()
        self._refused = None
        for _, restore in self._parts:
            restore()
        self.said.emit("", False)

    def _take_what_is_typed(self) -> None:
        """A number or date is taken when its field is left; that the person goes elsewhere leaves it too."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and self._editor.isAncestorOf(field) and not self._running:
            field.editingFinished.emit()

    def _run(self) -> None:
        if self._running:
            return  # a write told the pages, and one of them came back here
        self._timer.stop()
        refused = self._refused is not None
        self._refused = None
        if self._open.journal.read_only:
            return
        self._running, self._wrote = True, False
        for keep, _ in self._parts:
            try:
                keep()
            except BadInput as error:
                self._refuse(error)
        self._running = False
        if refused and not (self._wrote or self.typing):
            self.said.emit("", False)

    def _show_in_window(self, *, unless: bool = False) -> None:
        if self._refused is not None and not unless and not isinstance(self._refused, BadInput):
            self._open.failed.emit(self._refused)

    def _refuse(self, error: WorldError) -> None:
        self._refused = error
        self._timer.start(TRY_AGAIN_MS)
        words = tr_message(error.message) if isinstance(error, BadInput) else tr("Not saved yet")
        self.said.emit(words, True)


def text_of(editor: QWidget) -> str:
    """What stands in the text fields of an editor, each line with the field's name, to be kept elsewhere."""
    lines = []
    for field in editor.findChildren(QWidget):
        if isinstance(field, (QLineEdit, QPlainTextEdit)):
            text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            if text.strip():
                lines.append(f"{field.accessibleName()}: {text}")
    return "\n".join(lines)
