"""What was brought and decided, kept in the journal until it is saved: neither a kill nor another import loses it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QTimer

from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.photos_in import import_draft
from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportSource

PAUSE_MS = 2_000


class ForLater(QObject):
    """Beside what this import holds it keeps what waits from an earlier one, until that is gone on with."""

    def __init__(self, open_journal: OpenJournal, parent: QObject) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._earlier = import_draft.entries(open_journal.journal)
        self._brought: import_draft.WaitingFiles = ()
        self._decided: tuple[ImportItem, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self.keep(self._decided))

    @property
    def earlier(self) -> tuple[ImportSource, ...]:
        """What waits from an earlier import."""
        return tuple(one.source for one in self._earlier)

    @property
    def beside(self) -> import_draft.WaitingFiles:
        """What is to be kept beside the files of this import: what waits, and what is being looked at."""
        return (*self._earlier, *self._brought)

    def bring(self, sources: Sequence[ImportSource], items: Sequence[ImportItem]) -> None:
        """These are looked at from now on, beside `items`."""
        self._brought += import_draft.brought(sources, self._earlier)
        self._earlier = import_draft.besides(self._earlier, sources)
        self.keep(items)

    def find(self, found: Sequence[ImportItem], *, more: bool) -> None:
        """These were looked at, and waited perhaps under another name; `more` is still to be looked at."""
        self._earlier = import_draft.besides(self._earlier, (), found)
        if not more:
            self._brought = ()

    def keep_soon(self, items: Iterable[ImportItem]) -> None:
        """Keep these at the next pause."""
        self._decided = tuple(items)
        self._pause.start()

    def keep(self, items: Sequence[ImportItem]) -> bool:
        """Keep these now, and give whether that is durable; none drops what this import held."""
        self._pause.stop()
        return self._open.keep_aside(lambda journal: import_draft.keep(journal, items, self.beside))

    def end(self) -> None:
        """The journal is being closed, and nothing is kept any more."""
        self._pause.stop()
