"""The folder beside a reaction report: the photos byte for byte, and a list of their hashes for `sha256sum -c`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from needlejournal.journal.message import message
from needlejournal.store import Journal
from needlejournal.workflows.comparison_export import Stopped
from needlejournal.workflows.progress import Control
from needlejournal.workflows.reporting.values import Report, ReportedOriginal, SeriesShown
from needlejournal.workflows.saving import new_folder

LIST = "SHA256SUMS.txt"
_README = "READ-ME.txt"
_WORDS = message(
    "These are the original photos that go with the report, byte for byte as they were taken. They hold health data, "
    "are not encrypted, and may tell where and with what they were taken.\n\n"
    "To check that nothing was changed: sha256sum -c {name}\n",
    name=LIST,
)
_ENDINGS = {"jpeg": "jpg", "tiff": "tif"}


def originals_of(series: Sequence[SeriesShown]) -> tuple[ReportedOriginal, ...]:
    """The originals of all photos shown, named by day and number: never by what the file was called."""
    shown = sorted(
        (shot.photo.photo for one in series for shot in one.shots if shot.photo),
        key=lambda photo: (photo.when.day, photo.id),
    )
    return tuple(
        ReportedOriginal(f"{photo.when.day}-{number:02}.{_ending(photo.original.format)}", photo.original.sha256, photo)
        for number, photo in enumerate(shown, start=1)
    )


def _ending(kind: str) -> str:
    return _ENDINGS.get(kind, kind) or "bin"


def save_originals(journal: Journal, report: Report, folder: Path, control: Control) -> None:
    """Write the originals and the list into a new folder, whole or not at all. Raises WorldError, Stopped."""
    with new_folder(
        folder, message("Your journal is unchanged, but the folder with the photos was not saved")
    ) as aside:
        for original in report.originals:
            if control.cancelled:
                raise Stopped
            (aside / original.name).write_bytes(journal.photo_bytes(original.photo))
        lines = "".join(f"{original.sha256}  {original.name}\n" for original in report.originals)
        (aside / LIST).write_bytes(lines.encode())
        (aside / _README).write_bytes(str(_WORDS).encode())
