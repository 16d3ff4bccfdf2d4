"""Pictures of every page, made offscreen from the sample journal: for the README, and where there is no display."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize
from PySide6.QtWidgets import QApplication, QWidget

from needlejournal import paths
from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import SUFFIX, Journal, create_journal
from needlejournal.ui.destinations import ComparePhotos, Destination, EditDay, EditSession, ShowPage, ShowSideEffects
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.page_list import PAGES
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from needlejournal.ui.welcome import WelcomePage
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.comparison.pair_picture import picture_of_pair, side_of_file
from needlejournal.workflows.reporting.making import make_preview
from needlejournal.workflows.reporting.packs import read_report
from needlejournal.workflows.reporting.wishes import OneCourse, OneSession, ReportWish
from needlejournal.workflows.sample import make_sample

SIZE = QSize(1280, 800)
SETTLED_MS = 30_000
SHOWN_OTHERWISE = {"compare", "effects"}
# The evening of the sample's last day.
TONIGHT = datetime(2025, 9, 6, 20, 30, tzinfo=timezone(timedelta(hours=2)))


# Days after the first session, symptom, severity.
FIRST_DAYS = (
    (0, "redness", 3),
    (0, "swelling", 2),
    (1, "redness", 2),
    (1, "swelling", 1),
    (2, "redness", 1),
    (2, "flaking", 1),
)


@dataclass(frozen=True, slots=True)
class PageShot:
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
    with tempfile.TemporaryDirectory(prefix="needlejournal-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _picture_states(folder, target)
        with _opened(_sample(folder)) as opened:
            for mode in ("light", "dark"):
                theme.set_mode("dark" if mode == "dark" else "light")
                _picture_all(opened, target, mode)
            _compose_pair(opened, target / "before-after.png")
            _set_reports(opened, target)
    return 0


@contextmanager
def _opened(journal: Journal) -> Iterator[OpenJournal]:
    opened = OpenJournal(journal, load_catalogue(paths.resources()), Jobs(), clock=lambda: TONIGHT)
    try:
        yield opened
    finally:
        opened.close()


def _now() -> datetime:
    return TONIGHT.astimezone(UTC)


def _sample(folder: Path) -> Journal:
    return make_sample(folder / f"Sample journal{SUFFIX}", now=_now)


def _empty(folder: Path) -> Journal:
    return create_journal(folder / f"My journal{SUFFIX}", now=_now)


def _first_week(folder: Path) -> Journal:
    """One session, three days ago, and what was written since."""
    journal = create_journal(folder / f"First week{SUFFIX}", now=_now)
    first = TONIGHT.date() - timedelta(days=3)
    with journal.step("Write session"):
        journal.sessions.save(Session(When(first, time(15, 30), 120), setting="clinic", clinic="Harbour Skin"))
        for days, symptom, severity in FIRST_DAYS:
            journal.side_effects.save(SideEffect(first + timedelta(days=days), symptom, Severity(severity)))
        journal.ratings.save(Rating(first - timedelta(days=2), "scars", 8))
    return journal


def _picture_states(folder: Path, target: Path) -> None:
    """How the diary's pages begin: without anything, and in the first week."""
    for state, make in (("empty", _empty), ("one-session", _first_week)):
        with _opened(make(folder)) as opened, _workspace(opened) as workspace:
            for key in ("timeline", "effects", "progress", "plan"):
                workspace.go(ShowPage(key))
                _save(workspace, opened, target / f"{key}-{state}.png")


@contextmanager
def _workspace(opened: OpenJournal) -> Iterator[Workspace]:
    workspace = Workspace(opened, Preferences())
    workspace.resize(SIZE)
    workspace.show()
    yield workspace
    workspace.close()
    workspace.deleteLater()


def _compose_pair(opened: OpenJournal, file: Path) -> None:
    """The first and the last photo from the front on one sheet, aligned where the face models are there."""
    frontal = opened.journal.photos.of_view("frontal")
    before, after = (side_of_file(opened.journal.photo_bytes(photo)) for photo in (frontal[0], frontal[-1]))
    file.write_bytes(picture_of_pair(before, after, ExportFormat.PNG).data)


def _set_reports(opened: OpenJournal, target: Path) -> None:
    """Pages of a visit pack and of a reaction report, as they print."""
    wanted = (
        (ReportWish(span=OneCourse(0)), {"visit-pack": 0, "visit-pack-details": 1}),
        (ReportWish(span=OneSession(1)), {"visit-pack-one-session": 0}),
        (ReportWish("reaction", OneSession(3), symptom="redness"), {"reaction-report": 0}),
    )
    for wish, names in wanted:
        report = read_report(opened.journal, opened.catalogue, wish, opened.today)
        pages = make_preview(opened.journal, report, wish.faces)
        for name, number in names.items():
            (target / f"{name}.png").write_bytes(pages[number])


def _picture_all(opened: OpenJournal, target: Path, mode: str) -> None:
    _save(WelcomePage([]), opened, target / f"welcome-{mode}.png")
    with _workspace(opened) as workspace:
        for shot in _shots(opened):
            workspace.go(shot.destination)
            _save(workspace, opened, target / f"{shot.name}-{mode}.png")


def _shots(opened: OpenJournal) -> list[PageShot]:
    third = opened.calendar.marks[2].id
    frontal = opened.journal.photos.of_view("frontal")
    plain = [page.key for page in PAGES if page.place != "none" and page.key not in SHOWN_OTHERWISE]
    return [
        *(PageShot(key, ShowPage(key)) for key in plain),
        PageShot("effects", ShowSideEffects(third)),
        PageShot("compare", ComparePhotos(frontal[0].id, frontal[-1].id)),
        PageShot("session", EditSession(third)),
        PageShot("day", EditDay(date(2025, 6, 3))),
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
