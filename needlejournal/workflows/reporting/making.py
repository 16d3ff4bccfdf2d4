"""Makes the files of a report: pictures, pages, PDF. For workers; rows were read before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from needlejournal.journal.message import message
from needlejournal.store import Journal
from needlejournal.store.disk import Folder
from needlejournal.workflows.comparison.comparison_export import Stopped
from needlejournal.workflows.progress import Control, Progress, Unattended
from needlejournal.workflows.reporting.originals import only_sound, write_originals
from needlejournal.workflows.reporting.pictures import with_pictures
from needlejournal.workflows.reporting.values import Report
from needlejournal.workflows.reporting.wishes import Faces
from needlejournal.workflows.reporting.wording import Language, as_values
from needlejournal.workflows.saving import new_export_folder, save_export

PREVIEW_DPI = 110.0
_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made: its PDF, and the report with what its pictures told."""

    pdf: bytes = field(repr=False)
    report: Report

    @property
    def pages(self) -> int:
        """How many pages it has."""
        found = _PAGES.search(self.pdf)
        return int(found[1]) if found else 0


def local_today() -> date:
    """The local day."""
    return datetime.now().astimezone().date()


def make_pdf(
    journal: Journal,
    report: Report,
    faces: Faces,
    language: Language | None = None,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> Made:
    """The PDF of a report. Raises Stopped when asked to stop."""
    from needlejournal.workflows.reporting.rendering import set_pages

    shown, pictures = with_pictures(journal, only_sound(journal, report), faces, control)
    pages = set_pages("report", as_values(shown, language or Language()), pictures)
    if control.cancelled:
        raise Stopped
    return Made(pages.pdf(), shown)


def make_preview(
    journal: Journal,
    report: Report,
    faces: Faces,
    language: Language | None = None,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> list[bytes]:
    """Each page as a PNG, as the PDF has it. Raises Stopped when asked to stop."""
    from needlejournal.workflows.reporting.rendering import set_pages

    shown, pictures = with_pictures(journal, only_sound(journal, report), faces, control)
    pages = set_pages("report", as_values(shown, language or Language()), pictures)
    if control.cancelled:
        raise Stopped
    return pages.pictures(PREVIEW_DPI)


def save_report(path: Path, made: Made, journal: Journal, control: Control) -> None:
    """Write the PDF, and for a reaction the originals beside it. Raises WorldError, Stopped; then nothing stays.

    The PDF, which speaks of the folder, comes second: where it is, the folder is too, also after a power cut.
    """
    with ExitStack() as beside:
        if made.report.originals:
            beside.enter_context(_originals_beside(path, made, journal, control))
        if control.cancelled:
            raise Stopped
        save_export(path, made.pdf)
    control.report(Progress(1, 1))


@contextmanager
def _originals_beside(path: Path, made: Made, journal: Journal, control: Control) -> Iterator[None]:
    """The folder with the originals, which goes again when the PDF that speaks of it does not come."""
    beside = originals_folder(path)
    unsaved = message("Your journal is unchanged, but the folder with the photos was not saved")
    with new_export_folder(beside, unsaved) as folder:
        write_originals(journal, made.report, folder, control)
    try:
        yield
    except BaseException:
        with suppress(OSError), Folder(beside.parent) as place:
            if not _holds(place, path.name, made.pdf):
                place.remove_all(beside.name)
        raise


def _holds(place: Folder, name: str, contents: bytes) -> bool:
    """Whether a file came to its place although the disk would not say that it stays there."""
    with suppress(OSError), place.opened(name) as file:
        return file.read() == contents
    return False


def originals_folder(path: Path) -> Path:
    """Where the originals of a report go: beside it, named after it."""
    return path.with_name(f"{path.stem} original photos")
