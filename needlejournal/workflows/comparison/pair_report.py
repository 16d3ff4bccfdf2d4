"""What can be said about two photos without a window: how AFTER lies on BEFORE, and how far they may be compared.

Bytes of files or photos of a journal in, plain values out. Nothing is written but readings that the journal keeps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from needlejournal.journal.alignments import Alignment
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.comparing.comparability import Comparability, compare_photos
from needlejournal.journal.comparing.photo_facts import PhotoFacts
from needlejournal.store import Journal
from needlejournal.workflows.comparison import aligning, comparing, judging, readings

if TYPE_CHECKING:
    from needlejournal.imaging.aligning.patches import Sight
    from needlejournal.imaging.faces.face_reading import FaceReading


@dataclass(frozen=True, slots=True)
class PairReport:
    """The alignment of a pair, and every item of its comparability."""

    alignment: Alignment
    comparability: Comparability


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """One photo, looked at: small pixels in its own frame, and the face if faces can be read."""

    sight: Sight
    reading: FaceReading | None


def report_of_files(before: bytes, after: bytes, method: str = "auto", zone: str = "") -> PairReport:
    """Align two photos given as files and judge what their pixels and headers tell. Raises UnreadablePicture.

    What only a journal knows (view, declared state, sessions) is unknown.
    """
    first, second = _seen(before), _seen(after)
    alignment = _aligned(first, second, method, zone)
    found = compare_photos(_facts_of_file(before, first), _facts_of_file(after, second), alignment.measures)
    return PairReport(alignment, found)


def report_of_photos(
    journal: Journal, catalogue: Catalogue, ids: tuple[int, int], method: str = "auto", zone: str = ""
) -> PairReport:
    """Align two photos of a journal as its window does, and judge all that is known about them.

    Raises PhotoGone for an id that is not there, WorldError for a photo that cannot be read.
    """
    calendar = journal.sessions.calendar()
    first, second = (comparing.placed(comparing.find_photo(journal, one), calendar, catalogue) for one in ids)
    for shown in (first, second):
        readings.read_ahead(journal, shown.photo)
        journal.photo_bytes(shown.photo)  # refuses a photo of which only the small copy is left
    alignment = aligning.find(journal, first.photo, second.photo, method, zone)
    facts = judging.facts(journal, first), judging.facts(journal, second)
    return PairReport(alignment, compare_photos(*facts, alignment.measures))


def _seen(data: bytes) -> _Seen:
    from needlejournal.imaging.aligning.patches import sight
    from needlejournal.imaging.faces.landmarks import read_face
    from needlejournal.imaging.faces.models import ModelsMissing, load_models
    from needlejournal.imaging.reading.apart import workers

    seen = sight(workers.upright(data))
    try:
        return _Seen(seen, read_face(seen, load_models()))
    except ModelsMissing:
        return _Seen(seen, None)


def _aligned(first: _Seen, second: _Seen, method: str, zone: str) -> Alignment:
    from needlejournal.imaging.aligning.automatic import align

    return align(
        first.sight,
        second.sight,
        method=method,
        zone=zone or None,
        before_reading=first.reading,
        after_reading=second.reading,
    )


def _facts_of_file(data: bytes, seen: _Seen) -> PhotoFacts:
    from needlejournal.imaging.measuring.compression import jpeg_step
    from needlejournal.imaging.measuring.light import measure_photo
    from needlejournal.imaging.reading.apart import workers

    facts = workers.facts(data)
    return PhotoFacts(
        day=facts.when.day if facts.when else None,
        time=facts.when.time if facts.when else None,
        camera=facts.camera,
        sessions_done=None,
        healing=None,
        measures=replace(
            measure_photo(seen.sight, seen.reading), jpeg_step=jpeg_step(data), models=seen.reading is not None
        ),
    )
