"""The sample journal in a window's workspace, every page of it, and every sheet that opens over it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.ui.destinations import ComparePhotos, Destination, EditDay, EditSession, ImportPhotos, ShowPage
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Mode, Theme
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.sample import make_sample

SETTLED_MS = 60_000
PAGES = ("timeline", "photos", "compare", "effects", "progress", "plan", "help", "trash", "settings", "session", "day")
PAGES += ("importing",)


@contextlib.contextmanager
def sample_window(
    qapp: QApplication, folder: Path, *, mode: Mode = "light", scale: float = 1.0, size: tuple[int, int] = (1280, 800)
) -> Iterator[Workspace]:
    """A workspace of exactly `size`, in a theme of its own; the usual look afterwards."""
    for old in qapp.findChildren(Theme):
        old.setParent(None)
    theme = Theme(qapp, mode, scale)
    opened = OpenJournal(make_sample(folder / "Sample.needlejournal"), load_catalogue(paths.resources()), Jobs())
    made = Workspace(opened, Preferences())
    made.setFixedSize(*size)
    made.show()
    yield made
    made.leave()
    opened.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.set_mode("light")
    theme.set_text_scale(1.0)


def destination(sample: Workspace, page: str) -> Destination:
    """Where a page shows something."""
    journal = sample.open_journal.journal
    first, *_, last = [photo for photo in journal.photos.all() if photo.view == "frontal"]
    session = journal.sessions.all()[-1]
    photos = paths.resources() / "sample" / "photos"
    filled: dict[str, Destination] = {
        "compare": ComparePhotos(first.id, last.id),
        "session": EditSession(session.id),
        "day": EditDay(session.when.day),
        "importing": ImportPhotos((photos / "2025-03-08_frontal.jpg", Path(__file__))),
    }
    return filled.get(page, ShowPage(page))


def turn_to(sample: Workspace, page: str, qtbot: QtBot) -> QWidget:
    """The page of this name, with all that it fetches."""
    sample.go(destination(sample, page))
    settle(sample, qtbot)
    return lay_out(sample.page(page))


def lay_out(shown: QWidget) -> QWidget:
    """The same widget, laid out: what was just made finds its height step by step."""
    for _ in range(5):
        QApplication.processEvents()
        shown.grab()
    return shown


def settle(sample: Workspace, qtbot: QtBot) -> None:
    """Wait until nothing is being fetched any more."""
    qtbot.waitUntil(lambda: not sample.open_journal.jobs.busy, timeout=SETTLED_MS)
