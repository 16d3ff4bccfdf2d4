"""Dark switched on while the app runs looks as if it had been dark from the start, on every page, to the pixel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.ui.destinations import ComparePhotos, Destination, EditDay, EditSession, ImportPhotos, ShowPage
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.page_list import PAGES
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.sample import make_sample

SEEN = 24  # of 255: smaller differences are of smoothing, when a line lies a fraction of a pixel elsewhere
SOON_MS = 1_500  # what waits longer is no part of showing a page
SHARE = 0.0005  # of the pixels, for the same reason; one label left in the light theme's ink is ten times that


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Iterator[Theme]:
    for old in qapp.findChildren(Theme):
        old.setParent(None)
    made = Theme(qapp, "light", 1.0)
    made.set_reduced_motion(True)
    yield made
    made.set_reduced_motion(False)
    made.set_mode("light")


@pytest.fixture(scope="module")
def opened(theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenJournal]:
    journal = make_sample(tmp_path_factory.mktemp("sample") / "Sample.needlejournal")
    made = OpenJournal(journal, load_catalogue(paths.resources()), Jobs())
    yield made
    made.close()


def destination(opened: OpenJournal, page: str) -> Destination:
    first, *_, last = [photo for photo in opened.journal.photos.all() if photo.view == "frontal"]
    session = opened.journal.sessions.all()[-1]
    photo = paths.resources() / "sample" / "photos" / "2025-03-08_frontal.jpg"
    filled: dict[str, Destination] = {
        "compare": ComparePhotos(first.id, last.id),
        "session": EditSession(session.id),
        "day": EditDay(session.when.day),
        "importing": ImportPhotos((photo, Path(__file__))),
    }
    return filled.get(page, ShowPage(page))


def show(opened: OpenJournal, page: str, qtbot: QtBot) -> Workspace:
    window = Workspace(opened, Preferences())
    window.resize(1280, 800)
    window.show()
    window.go(destination(opened, page))
    settle(window, page, qtbot)
    return window


def settle(window: Workspace, page: str, qtbot: QtBot) -> None:
    def at_rest() -> bool:
        window.grab()
        soon = [timer for timer in window.findChildren(QTimer) if timer.isActive() and timer.remainingTime() < SOON_MS]
        return window.current() == page and not window.open_journal.jobs.busy and not soon

    for _ in range(3):  # what arrived may ask for more
        qtbot.waitUntil(at_rest, timeout=60_000)
        QApplication.processEvents()


def put_away(window: Workspace) -> None:
    window.leave()
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def differing(one: QImage, other: QImage) -> float:
    """The share of pixels that differ so much that it is seen."""
    pairs = zip(pixels(one), pixels(other), strict=True)
    return sum(1 for a, b in pairs if abs(a - b) > SEEN) / max(1, len(pixels(one)))


def pixels(image: QImage) -> bytes:
    return bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def taken(window: Workspace) -> QImage:
    """A picture of the window without the ring around what has the keyboard: that one depends on the screen."""
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()
    return window.grab().toImage()


def both_ways(opened: OpenJournal, theme: Theme, page: str, qtbot: QtBot) -> tuple[QImage, QImage]:
    """The page after dark was switched on over it, and the page opened in the dark."""
    theme.set_mode("light")
    window = show(opened, page, qtbot)
    theme.set_mode("dark")
    settle(window, page, qtbot)
    switched = taken(window)
    put_away(window)
    window = show(opened, page, qtbot)
    fresh = taken(window)
    put_away(window)
    return switched, fresh


@pytest.mark.parametrize("page", [page.key for page in PAGES])
def test_dark_reaches_everything(opened: OpenJournal, theme: Theme, page: str, qtbot: QtBot, tmp_path: Path) -> None:
    """A colour that was forgotten is forgotten each time; what arrived late on a busy machine is not."""
    for _ in range(2):
        switched, fresh = both_ways(opened, theme, page, qtbot)
        if differing(switched, fresh) < SHARE:
            return
    switched.save(str(tmp_path / "switched.png"))
    fresh.save(str(tmp_path / "fresh.png"))
    pytest.fail(f"{differing(switched, fresh):.4f} of the pixels differ, at {where(switched, fresh)}: see {tmp_path}")


def where(one: QImage, other: QImage) -> tuple[int, int, int, int]:
    """The box that holds every pixel that differs: left, top, right, bottom."""
    wide = one.width()
    places = [at for at, (a, b) in enumerate(zip(pixels(one), pixels(other), strict=True)) if abs(a - b) > SEEN]
    across = [at % wide for at in places]
    return min(across), min(places) // wide, max(across), max(places) // wide
