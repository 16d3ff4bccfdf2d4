"""Pictures of every page, made offscreen from the sample journal: for the README, and where there is no display."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize
from PySide6.QtWidgets import QApplication, QWidget

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.store import SUFFIX
from needlejournal.ui.destinations import ComparePhotos, Destination, EditDay, EditSession, ShowPage, ShowSideEffects
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.page_list import PAGES
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from needlejournal.ui.welcome import WelcomePage
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.sample import make_sample

SIZE = QSize(1280, 800)
SETTLED_MS = 8000
SHOWN_OTHERWISE = {"compare", "effects"}
# The evening of the sample's last day.
TONIGHT = datetime(2025, 9, 6, 20, 30, tzinfo=timezone(timedelta(hours=2)))


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its file's name and where the window stands."""

    name: str
    destination: Destination


def main(arguments: list[str] | None = None) -> int:
    """Save pictures of the welcome and every page, light and dark, to the folder given. Returns the exit code."""
    target = Path((sys.argv[1:] if arguments is None else arguments)[0])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication([])
    if not isinstance(application, QApplication):
        raise TypeError(application)
    theme = Theme(application, "light", 1.0)
    with tempfile.TemporaryDirectory(prefix="needlejournal-", ignore_cleanup_errors=True) as folder:
        opened = _open_sample(Path(folder))
        try:
            for mode in ("light", "dark"):
                theme.set_mode("dark" if mode == "dark" else "light")
                _picture_all(opened, target, mode)
        finally:
            opened.close()
    return 0


def _open_sample(folder: Path) -> OpenJournal:
    journal = make_sample(folder / f"Sample journal{SUFFIX}", now=lambda: TONIGHT.astimezone(UTC))
    return OpenJournal(journal, load_catalogue(paths.resources()), Jobs(), clock=lambda: TONIGHT)


def _picture_all(opened: OpenJournal, target: Path, mode: str) -> None:
    _save(WelcomePage([]), opened, target / f"welcome-{mode}.png")
    workspace = Workspace(opened, Preferences())
    workspace.resize(SIZE)
    workspace.show()
    for shot in _shots(opened):
        workspace.go(shot.destination)
        _save(workspace, opened, target / f"{shot.name}-{mode}.png")
    workspace.close()
    workspace.deleteLater()


def _shots(opened: OpenJournal) -> list[Shot]:
    third = opened.calendar.marks[2].id
    frontal = opened.journal.photos.of_view("frontal")
    plain = [page.key for page in PAGES if page.place != "none" and page.key not in SHOWN_OTHERWISE]
    return [
        *(Shot(key, ShowPage(key)) for key in plain),
        Shot("effects", ShowSideEffects(third)),
        Shot("compare", ComparePhotos(frontal[0].id, frontal[-1].id)),
        Shot("session", EditSession(third)),
        Shot("day", EditDay(date(2025, 6, 3))),
    ]


def _save(widget: QWidget, opened: OpenJournal, file: Path) -> None:
    """Wait until nothing is being fetched any more, then keep the picture."""
    widget.setAutoFillBackground(True)
    widget.resize(SIZE)
    widget.show()
    deadline = QDeadlineTimer(SETTLED_MS)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        if not opened.jobs.busy:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            if not opened.jobs.busy:
                break
    widget.grab().save(str(file))


if __name__ == "__main__":
    sys.exit(main())
