"""The folder beside a reaction report: the photos byte for byte, and a list of their hashes for `sha256sum -c`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store import Journal
from needlejournal.store.disk import Folder
from needlejournal.store.durable import add
from needlejournal.workflows.comparison.comparison_export import Stopped
from needlejournal.workflows.progress import Control
from needlejournal.workflows.reporting.values import Report, ReportedOriginal, SeriesShown

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


def only_sound(journal: Journal, report: Report) -> Report:
    """The report with the originals that are what was saved, and how many are not. For workers: it reads files."""
    sound = tuple(one for one in report.originals if _is_sound(journal, one))
    lost = len(report.originals) - len(sound)
    words = message("%n original photo(s) (is|are) damaged or gone and (is|are) not included.", lost) if lost else ""
    return replace(report, originals=sound, lost=words)


def _is_sound(journal: Journal, original: ReportedOriginal) -> bool:
    try:
        journal.photo_bytes(original.photo)
    except WorldError:
        return False
    return True


def write_originals(journal: Journal, report: Report, folder: Folder, control: Control) -> None:
    """Write the originals and the list of their hashes into a folder. Raises OSError, WorldError, Stopped."""
    for original in report.originals:
        if control.cancelled:
            raise Stopped
        add(folder, original.name, journal.photo_bytes(original.photo))
    lines = "".join(f"{original.sha256}  {original.name}\n" for original in report.originals)
    add(folder, LIST, lines.encode())
    add(folder, _README, str(_WORDS).encode())
