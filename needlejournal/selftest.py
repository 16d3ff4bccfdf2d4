"""What `--self-test` does, mostly for the frozen program: one small journal through every part, offscreen.

Each part prints a line; the first that fails ends it with exit code 1. Nothing outside a temporary folder is touched.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

SIDE = 96


def main() -> int:
    """Run every part. Returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="needlejournal-", ignore_cleanup_errors=True) as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["APPDATA"] = folder
        for part in (formats, comparison, report, pages):
            if not _passes(part, Path(folder)):
                return 1
    _say("self-test passed")
    return 0


def formats(folder: Path) -> str:
    """Each format is imported, gets a preview, and comes back byte for byte."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.journal.moments import When
    from needlejournal.store import create_journal
    from needlejournal.workflows.importing import import_all, look

    sources = folder / "photos"
    sources.mkdir()
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "HEIF"):
        (sources / f"2025-03-01 frontal.{kind.lower()}").write_bytes(_picture(kind))
    catalogue = load_catalogue(paths.resources())
    journal = create_journal(folder / "formats.needlejournal", "Self-test")
    try:
        plan = look(journal, [sources], catalogue)
        keys = [item.key for item in plan.items]
        plan = plan.with_when(keys, When(date(2025, 3, 1)), journal.sessions.calendar())
        result = import_all(journal, plan)
        photos = journal.photos.all()
        _expect(len(result.saved) == len(photos) == 5, f"5 formats imported, found {len(photos)}")
        _expect(all(journal.previews.get(photo.original.sha256) for photo in photos), "a preview of each")
        _expect(journal.verify().sound, "the journal verifies")
    finally:
        journal.close()
    return "JPEG, PNG, WebP, TIFF and HEIC imported, previewed, verified"


def comparison(_folder: Path) -> str:
    """Two photos on one sheet."""
    from needlejournal import paths
    from needlejournal.imaging.composing.scrubbing import ExportFormat
    from needlejournal.workflows.pair_picture import picture_of_pair, side_of_file

    photos = sorted((paths.resources() / "sample" / "photos").glob("*_frontal.jpg"))
    before, after = (side_of_file(photo.read_bytes()) for photo in (photos[0], photos[-1]))
    picture = picture_of_pair(before, after, ExportFormat.PNG)
    _expect(picture.data.startswith(b"\x89PNG"), "a PNG of the pair")
    return f"two photos compared ({'aligned' if picture.aligned else 'not aligned: no face models'})"


def report(folder: Path) -> str:
    """A visit pack of an empty journal is set as a PDF."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.store import create_journal
    from needlejournal.workflows.reporting.making import make_pdf
    from needlejournal.workflows.reporting.packs import read_report
    from needlejournal.workflows.reporting.wishes import Wish

    journal = create_journal(folder / "report.needlejournal", "Self-test")
    try:
        made = make_pdf(
            journal, read_report(journal, load_catalogue(paths.resources()), Wish(), date(2025, 3, 1)), "whole"
        )
    finally:
        journal.close()
    _expect(made.pdf.startswith(b"%PDF") and made.pages == 1, "a PDF of one page")
    return "a visit pack set as a PDF"


def pages(folder: Path) -> str:
    """Every page of the sample journal is painted, with the fonts that are shipped."""
    from PySide6.QtGui import QFontDatabase

    from needlejournal.ui.screenshots import main as take_pictures
    from needlejournal.ui.theme import FAMILY

    pictures = folder / "pictures"
    _expect(take_pictures([str(pictures)]) == 0, "pictures of every page")
    _expect(FAMILY in QFontDatabase.families(), f"the typeface {FAMILY}")
    return f"{len(list(pictures.glob('*.png')))} pages painted"


def _passes(part: Callable[[Path], str], folder: Path) -> bool:
    try:
        _say(f"{part.__name__}: {part(folder)}")
    except Exception:  # noqa: BLE001 (the report is the purpose)
        _say(f"{part.__name__}: FAILED\n{traceback.format_exc()}")
        return False
    return True


def _picture(kind: str) -> bytes:
    """A small picture that is not one flat colour, so that no two formats hold the same bytes."""
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener()
    gradient = Image.linear_gradient("L").resize((SIDE, SIDE))
    out = BytesIO()
    Image.merge("RGB", (gradient, gradient.rotate(90), gradient.rotate(180))).save(out, kind)
    return out.getvalue()


def _expect(met: bool, what: str) -> None:  # noqa: FBT001 (an assertion that python -O keeps)
    if not met:
        raise AssertionError(what)


def _say(line: str) -> None:
    """A frozen window program on Windows has no standard output."""
    if sys.stdout is not None:
        print(line, flush=True)
