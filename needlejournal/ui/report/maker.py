"""Makes a report in the background: rows are read here, pictures and pages made in a job. One preview at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from needlejournal.store import Journal
from needlejournal.ui.jobs import SOON, Job, JobControl
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison.comparison_export import Stopped
from needlejournal.workflows.reporting.making import make_pdf, make_preview, save_report
from needlejournal.workflows.reporting.packs import read_report
from needlejournal.workflows.reporting.values import Report
from needlejournal.workflows.reporting.wishes import Faces, ReportWish
from needlejournal.workflows.reporting.wording import Language

Failed = Callable[[Exception], None]
LANGUAGE = Language(tr, medium_date)


class Maker(QObject):
    """Answers through callbacks on the GUI thread. A newer preview drops the one before."""

    def __init__(self, open_journal: OpenJournal, parent: QObject) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._preview: Job[list[bytes]] | None = None
        self._saving: Job[Path | None] | None = None

    def preview(self, wish: ReportWish, show: Callable[[list[bytes]], None], failed: Failed) -> None:
        """Each page as a PNG, when it is there."""
        self.drop_preview()
        try:
            report = self._read(wish)
        except Exception as error:  # noqa: BLE001 (shown to the person where the pages would be)
            failed(error)
            return
        work = partial(_preview, self._open.journal, report, wish.faces)
        self._preview = self._open.jobs.run(work, show, _unless_stopped(failed), priority=SOON)

    def save(
        self,
        wish: ReportWish,
        path: Path,
        done: Callable[[Path | None], None],
        failed: Failed,
        progress: Callable[[object], None],
    ) -> None:
        """Write the report; `done` hears where it is, or None when it was stopped before anything was written."""
        try:
            report = self._read(wish)
        except Exception as error:  # noqa: BLE001 (shown to the person)
            failed(error)
            return
        work = partial(_save, self._open.journal, report, wish.faces, path)
        self._saving = self._open.jobs.run(work, done, failed, progress, priority=SOON)

    def stop(self) -> None:
        """Ask what is being saved to stop at its next photo."""
        if self._saving is not None:
            self._saving.cancel()

    def drop_preview(self) -> None:
        """Nobody looks at the preview that is being made."""
        if self._preview is not None:
            self._preview.drop()

    def _read(self, wish: ReportWish) -> Report:
        return read_report(self._open.journal, self._open.catalogue, wish, self._open.today)


def _preview(journal: Journal, report: Report, faces: Faces, control: JobControl) -> list[bytes]:
    return make_preview(journal, report, faces, LANGUAGE, control)


def _save(journal: Journal, report: Report, faces: Faces, path: Path, control: JobControl) -> Path | None:
    try:
        made = make_pdf(journal, report, faces, LANGUAGE, control)
        save_report(path, made, journal, control)
    except Stopped:
        return None
    return path


def _unless_stopped(failed: Failed) -> Failed:
    return lambda error: None if isinstance(error, Stopped) else failed(error)
