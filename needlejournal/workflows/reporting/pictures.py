"""Makes the pictures of a report: small, upright, without metadata, faces hidden as wished. For workers.

Each becomes an SVG that holds one JPEG, since pages are set from text only and nothing may be written aside.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace

from needlejournal.imaging.composing.panels import Panel, PanelSheet
from needlejournal.imaging.composing.placing import WHOLE
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.alignments import Matrix
from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message, message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison import aligning, covering, judging, photo_card, readings
from needlejournal.workflows.comparison.comparing import SeriesPhoto
from needlejournal.workflows.comparison.comparison_export import Stopped
from needlejournal.workflows.comparison.covering import Box, NoFace, Polygon
from needlejournal.workflows.comparison.leaving import between_small, leaving
from needlejournal.workflows.progress import Control, Progress
from needlejournal.workflows.reporting.photos_shown import fairest_of, pair_shown
from needlejournal.workflows.reporting.sessions_shown import joined
from needlejournal.workflows.reporting.values import Candidates, PairShown, Report, ReportedPhoto, SeriesShown
from needlejournal.workflows.reporting.wishes import Faces

CLOSE_UP = "close_up"
LEFT_OUT = message("Left out: the face was not found, so it could not be hidden.")
PAIR_HEIGHT, SERIES_HEIGHT, BEST_HEIGHT = 760, 560, 1500  # pixels; 300 to the inch where they stand
QUALITY = 86
_EYES = frozenset({"periorbital_left", "periorbital_right", "infraorbital_left", "infraorbital_right"})


@dataclass(slots=True)
class Gallery:
    """The files made so far, by name. Counts its steps and stops between them."""

    control: Control
    total: int
    files: dict[str, bytes] = field(default_factory=dict)
    done: int = 0

    def step(self) -> None:
        """One more photo begins. Raises Stopped."""
        if self.control.cancelled:
            raise Stopped
        self.control.report(Progress(self.done, self.total))
        self.done += 1

    def add(self, name: str, pixels: Pixels) -> None:
        """Keep a picture under its name."""
        self.files[name] = _as_svg(pixels)


@dataclass(frozen=True, slots=True)
class _Hiding:
    """What is done to faces, and which zones were treated."""

    faces: Faces
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A photo in a size to work with, turned back where it is mirrored, and what of it is hidden; the box in fractions,
    polygons in small pixels. `said` must stand beside it.
    """

    panel: Panel
    said: tuple[Message, ...] = ()
    box: Box = WHOLE

    @property
    def width(self) -> int:
        """In small pixels."""
        return self.panel.pixels.width


def with_pictures(
    journal: Journal, report: Report, faces: Faces, control: Control
) -> tuple[Report, Mapping[str, bytes]]:
    """The report with what its pixels told, and its pictures by name. Raises Stopped when asked to stop."""
    hiding = _Hiding(faces, report.zones)
    shots = sum(len(one.shots) for one in report.series)
    gallery = Gallery(control, shots + sum(len(one.photos) for one in report.candidates) + 1)
    _measure_all(journal, report.candidates, faces, gallery)
    pairs = [_pair(journal, among, number, hiding, gallery) for number, among in enumerate(report.candidates)]
    height = BEST_HEIGHT if report.kind == "reaction" else SERIES_HEIGHT
    series = [_series(journal, one, hiding, gallery, height) for one in report.series]
    shown = replace(
        report,
        pairs=tuple(pair for pair in pairs if pair is not None),
        series=tuple(one for one in series if one.shots),
    )
    return shown, gallery.files


def _series(journal: Journal, one: SeriesShown, hiding: _Hiding, gallery: Gallery, height: int) -> SeriesShown:
    shots = (_shot(journal, shot, hiding, gallery, height) for shot in one.shots)
    return replace(one, shots=tuple(shot for shot in shots if shot is not None))


def _shot(
    journal: Journal, shot: ReportedPhoto, hiding: _Hiding, gallery: Gallery, height: int
) -> ReportedPhoto | None:
    """The photo with its picture; without one, and with the reason, where it cannot be shown. None: not wished."""
    gallery.step()
    photo = shot.photo.photo if shot.photo else None
    if photo is None or _unwanted(journal, photo, hiding.faces):
        return None
    try:
        kept = _kept(journal, photo, hiding, height)
    except NoFace:
        return replace(shot, picture="", detail=LEFT_OUT)
    except WorldError:
        return replace(shot, picture="", detail=message("Left out: this photo cannot be read."))
    gallery.add(shot.picture, _alone(kept, height))
    return _measured(journal, _said_of(shot, kept), photo)


def _said_of(shot: ReportedPhoto, kept: _Kept) -> ReportedPhoto:
    return replace(shot, detail=joined([shot.detail, *kept.said]))


def _measured(journal: Journal, shot: ReportedPhoto, photo: Photo) -> ReportedPhoto:
    """A close-up with its size in millimetres, where a photo card in it tells."""
    if photo.view != CLOSE_UP:
        return shot
    found = photo_card.card_in(journal, photo)
    if found.mm_per_pixel is None:
        return shot
    width = message("{mm} mm wide by the photo card", mm=round(photo.original.width * found.mm_per_pixel))
    return replace(shot, detail=joined([shot.detail, width], " · "))


def _alone(kept: _Kept, height: int) -> Pixels:
    """One photo with what is hidden of it; as it was decoded where nothing is."""
    from needlejournal.imaging.composing.pictures import drawn

    if kept.box == WHOLE and not kept.panel.covers:
        return kept.panel.pixels
    return drawn([kept.panel], PanelSheet(box=kept.box, photo_height=height))[0]


def _measure_all(journal: Journal, candidates: Sequence[Candidates], faces: Faces, gallery: Gallery) -> None:
    """Read what the pixels of all photos tell among which pairs are looked for, several at a time."""

    def measure(photo: Photo) -> None:
        with suppress(WorldError):  # what cannot be measured stays unknown
            if not _unwanted(journal, photo, faces):
                readings.read_ahead(journal, photo)

    pool = ThreadPoolExecutor(min(4, os.cpu_count() or 1))
    try:
        for _ in pool.map(measure, [shown.photo for among in candidates for shown in among.photos]):
            gallery.step()
    finally:
        pool.shutdown(cancel_futures=True)


def _pair(journal: Journal, among: Candidates, number: int, hiding: _Hiding, gallery: Gallery) -> PairShown | None:
    """The fairest pair of a view that can be read, with its pictures; None where there is none that may be shown."""
    if any(_unwanted(journal, shown.photo, hiding.faces) for shown in among.photos):
        return None
    for chosen in fairest_of(journal, among):
        with suppress(WorldError):  # unreadable, or a face that cannot be hidden: told of among the others
            drawn = _draw_pair(journal, among, pair_shown(among, *chosen, number), chosen, hiding, gallery)
            return replace(drawn, foot=judging.judge(journal, *chosen).summary)
    return None


def _draw_pair(
    journal: Journal,
    among: Candidates,
    pair: PairShown,
    sides: tuple[SeriesPhoto, SeriesPhoto],
    hiding: _Hiding,
    gallery: Gallery,
) -> PairShown:
    """Make both pictures of a pair, and say what must be said of them and whether the later one is aligned."""
    from needlejournal.imaging.composing.pictures import drawn

    before, after = (_kept(journal, side.photo, hiding, PAIR_HEIGHT) for side in sides)
    matrix = _matrix(journal, among, sides[0].photo, sides[1].photo)
    if matrix is None:
        first, second = _alone(before, PAIR_HEIGHT), _alone(after, PAIR_HEIGHT)
    else:
        matrix = between_small(matrix, (sides[0].photo, before.width), (sides[1].photo, after.width))
        sheet = PanelSheet(box=before.box, photo_height=PAIR_HEIGHT)
        first, second = drawn([before.panel, replace(after.panel, matrix=matrix)], sheet)
    gallery.add(pair.before.picture, first)
    gallery.add(pair.after.picture, second)
    said = _said_of(pair.before, before), _said_of(pair.after, after)
    return replace(pair, before=said[0], after=said[1], aligned=matrix is not None)


def _matrix(journal: Journal, among: Candidates, before: Photo, after: Photo) -> Matrix | None:
    """How the later photo lies: as the person made or confirmed it, else as found; None where that is not sure."""
    found = aligning.find(journal, before, after)  # also tells what both show together
    kept = {(one, other): matrix for one, other, matrix in among.kept}.get((before.id, after.id))
    return kept or (found.matrix if found.confident else None)


def _unwanted(journal: Journal, photo: Photo, faces: Faces) -> bool:
    """Whether a photo would show a face where none is wished: any but a close-up in which no face is found."""
    if faces != "none":
        return False
    return photo.view != CLOSE_UP or _shows_face(journal, photo)


def _shows_face(journal: Journal, photo: Photo) -> bool:
    """Whether a face is found in a photo; a photo that cannot be read may show one."""
    try:
        reading = readings.face_of(journal, photo)
    except WorldError:
        return True
    return reading is not None and reading.found


def _kept(journal: Journal, photo: Photo, hiding: _Hiding, height: int) -> _Kept:
    """The photo decoded, and what is hidden of its face. Raises NoFace or WorldError."""
    shown = leaving(journal, photo, round(height * 1.15))
    pixels = shown.pixels
    if hiding.faces in {"whole", "none"} or (photo.view == CLOSE_UP and not _shows_face(journal, photo)):
        return _Kept(Panel(pixels), shown.said)
    zones = hiding.faces == "zones" and photo.view != CLOSE_UP
    box = _treated_box(journal, photo, hiding) if zones else WHOLE
    covers: tuple[Polygon, ...] = ()
    if hiding.faces == "eyes" or not _EYES & set(hiding.zones):
        covers = (_small(covering.eye_bar(journal, photo), photo, pixels.width),)
    return _Kept(Panel(pixels, covers=covers), shown.said, box)


def _treated_box(journal: Journal, photo: Photo, hiding: _Hiding) -> Box:
    """The box around all treated zones of the face; the whole photo where none of them lies on the face."""
    from needlejournal.imaging.faces.zones import OUTLINES

    boxes = [covering.zone_box(journal, photo, zone) for zone in hiding.zones if zone in OUTLINES]
    if not boxes:
        return WHOLE
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    width, height = min(1.0, right) - left, min(1.0, bottom) - top
    return 1.0 - left - width if photo.mirrored else left, top, width, height


def _small(polygon: Sequence[tuple[float, float]], photo: Photo, width: int) -> Polygon:
    """A polygon in pixels of the full photo, in pixels of the small one, which is turned back where it is mirrored."""
    scale = width / max(1, photo.original.width)
    places = [((x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5) for x, y in polygon]
    return tuple((width - 1 - x, y) if photo.mirrored else (x, y) for x, y in places)


def _as_svg(pixels: Pixels) -> bytes:
    from needlejournal.imaging.composing.kinds import ExportFormat
    from needlejournal.imaging.composing.scrubbing import encode

    jpeg = base64.b64encode(encode(pixels, ExportFormat.JPEG, QUALITY)).decode()
    size = f'width="{pixels.width}" height="{pixels.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {pixels.width} {pixels.height}">'
        f'<image {size} href="data:image/jpeg;base64,{jpeg}"/></svg>'
    ).encode()
