"""The timeline page of a journal in a window of a laptop, frame by frame; also run as a program to weigh its memory."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.store import open_journal
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from needlejournal.ui.timeline import TimelinePage


class TimelineWindow:
    """The timeline page in a window of a laptop."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.open = OpenJournal(open_journal(folder), catalogue, Jobs())
        self.page = TimelinePage(self.open, lambda _place: None, Preferences())
        self.page.resize(1084, 800)
        self.page.show()
        self.page.grab()
        self.list = self.page._list

    def frame(self, value: int) -> None:
        """Scroll there and paint one frame."""
        self.list.verticalScrollBar().setValue(value)
        self.list.viewport().repaint()

    def settle(self) -> None:
        """Let every thumbnail arrive."""
        QCoreApplication.processEvents()
        while self.open.jobs.busy:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def close(self) -> None:
        self.page.close()
        self.page.deleteLater()
        self.open.close()
        QCoreApplication.sendPostedEvents(None, 52)


def _most_memory() -> float:
    """The most that was held, in megabytes. Not what `wait` and getrusage tell: they begin with the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000


def main() -> None:
    """Look at 400 screens of the journal named, and print the most memory that was held, in megabytes."""
    application = QApplication([])
    look = Theme(application, "light")
    window = TimelineWindow(Path(sys.argv[1]), load_catalogue(paths.resources()))
    for number in range(400):
        window.frame(number * 800)
        window.settle()
    sys.stdout.write(f"{_most_memory()} {look.mode}\n")
    window.close()


if __name__ == "__main__":
    main()
