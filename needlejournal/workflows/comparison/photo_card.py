"""The card to print at home and hold beside the face: its two pages, and the scale it gives to a photo.

The back carries the outline of a pose. Reading is for workers; what was read is kept with the previews.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from needlejournal.journal.message import Message, message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.face_map import face
from needlejournal.workflows.photos_in.previewing import small_of
from needlejournal.workflows.reporting.wording import Language, as_values

if TYPE_CHECKING:
    from needlejournal.imaging.faces.lines import FaceLines
    from needlejournal.imaging.measuring.scale_card import CardReading

SCALE, LONGEST = "scale_card", 2016  # pixels, as the stored proxies: marks beside a face stay some 50 pixels wide
WORDS: dict[str, Message] = {
    "title": message("Photo card"),
    "how": message(
        "Print this sheet at 100 %, not “fit to page”, on matt paper, both sides if you can. Measure the ruler with "
        "another one: 100 mm must be 100 mm. Cut along the thin line and glue it to card. Hold it flat beside the "
        "face or beside the skin of a close-up, as far from the camera as the skin and facing it."
    ),
    "marks": message(
        "The four marks let the app read how large things are in the photo. That holds for skin at the card's "
        "distance, not nearer or farther. Without the card in the photo nothing is measured."
    ),
    "greys": message(
        "The greys tell whether the light differs between two photos that show this same sheet. A home printer does "
        "not print greys alike from sheet to sheet, and paper yellows: they are no colour standard, and the app "
        "corrects no colour by them."
    ),
    "back": message("Hold the head like this."),
    "ruler": message("millimetres"),
    "front_alt": message("A photo card with a ruler, five greys and four corner marks"),
    "back_alt": message("The outline of a face"),
    "left": message("the patient's left is at the right"),
}


def card_pdf(
    paper: str, lines: FaceLines | None = None, proportions: float = 0.75, language: Language | None = None
) -> bytes:
    """Both pages as a PDF; `lines` is the pose to repeat, `proportions` its photo's width over its height."""
    from needlejournal.workflows.reporting.rendering import set_pages

    return set_pages("card", _facts(paper, lines, proportions, language or Language()), {}).pdf()


def _facts(paper: str, lines: FaceLines | None, proportions: float, language: Language) -> dict[str, Any]:
    from needlejournal.imaging.measuring.scale_card import ACROSS_MM, DOWN_MM, MARK_MM, mark_cells

    marks = [[[bool(cell) for cell in row] for row in mark_cells(place)] for place in range(4)]
    values = {
        "paper": paper, "words": WORDS, "marks": marks, "mark": MARK_MM, "across": ACROSS_MM, "down": DOWN_MM,
        "greys": [f"{level:02x}" * 3 for level in (250, 190, 128, 72, 20)],
    }  # fmt: skip
    return {**as_values(values, language), "outline": _drawn_face() if lines is None else _pose(lines, proportions)}


def _pose(lines: FaceLines, proportions: float) -> str:
    width, height = 1000 * proportions, 1000.0
    found = []
    for line in (lines.oval, *lines.features):
        points = " ".join(f"{x * width:.1f},{y * height:.1f}" for x, y in line.points)
        found.append(f"<{'polygon' if line.closed else 'polyline'} points='{points}'/>")
    return _svg(width, height, f"0 0 {width:g} {height:g}", "".join(found), 5)


def _drawn_face() -> str:
    """The face of the face map, where no photo gives a pose."""
    drawn = face()
    paths = [
        f"<path d='M {curve.start[0]:g} {curve.start[1]:g} "
        + " ".join(f"C {a[0]:g} {a[1]:g} {b[0]:g} {b[1]:g} {end[0]:g} {end[1]:g}" for a, b, end in curve.steps)
        + "'/>"
        for curves in (*drawn.behind.values(), *drawn.lines.values())
        for curve in curves
    ]
    half = drawn.width / 2
    return _svg(drawn.width, drawn.height, f"{-half:g} 0 {drawn.width:g} {drawn.height:g}", "".join(paths), 1.4)


def _svg(width: float, height: float, box: str, shapes: str, thick: float) -> str:
    style = f"fill='none' stroke='#26231F' stroke-width='{thick}' stroke-linejoin='round'"
    head = f"<svg xmlns='http://www.w3.org/2000/svg' width='{width:g}' height='{height:g}' viewBox='{box}'>"
    return f"{head}<g {style}>{shapes}</g></svg>"


def kept_card(journal: Journal, photo: Photo) -> CardReading | None:
    """What was read of the card in a photo before; None when nobody looked yet."""
    from needlejournal.imaging.measuring.scale_card import VERSION, CardReading

    kept = journal.previews.reading(photo.original.sha256, SCALE, VERSION)
    if kept is None:
        return None
    try:
        return CardReading.from_json(kept)
    except (ValueError, KeyError, TypeError):
        return None


def card_in(journal: Journal, photo: Photo) -> CardReading:
    """Look for the card in a photo, or give what was read before; per pixel of the original.

    Raises WorldError when the photo cannot be read.
    """
    from needlejournal.imaging.measuring.scale_card import VERSION, read_card

    kept = kept_card(journal, photo)
    if kept is not None:
        return kept
    pixels = small_of(journal, photo, LONGEST)
    found = in_original(read_card(pixels), photo.original.width / max(1, pixels.width))
    if not journal.read_only:
        journal.previews.put_reading(photo.original.sha256, SCALE, VERSION, found.to_json())
    return found


def in_original(found: CardReading, times: float) -> CardReading:
    """A reading of a smaller copy as one of the original, which has `times` as many pixels along a side."""
    from needlejournal.imaging.measuring.scale_card import CardReading

    scale = None if found.mm_per_pixel is None else found.mm_per_pixel / times
    return CardReading(scale, found.reason, tuple((at, x * times, y * times) for at, x, y in found.corners))


def scale_words(found: CardReading, photo: Photo) -> Message | None:
    """What the card says of a photo, or why it cannot be read; None where no card is in it."""
    if found.mm_per_pixel is None:
        return _REASONS.get(found.reason)
    width, height = (side * found.mm_per_pixel for side in (photo.original.width, photo.original.height))
    return message(
        "Photo card found: what lies in its plane is about {width} by {height} mm, and 10 mm are about {pixels} "
        "pixels; up to a twentieth may be wrong.",
        width=f"{width:.0f}", height=f"{height:.0f}", pixels=f"{10 / found.mm_per_pixel:.0f}",
    )  # fmt: skip


_REASONS = {
    "few": message("Part of a photo card is in this picture, too little to read its scale: nothing is measured."),
    "two": message("More than one photo card is in this picture, so no scale is used: nothing is measured."),
    "tilted": message("The photo card is held at an angle, so its scale is not used: nothing is measured."),
    "bent": message("The photo card is bent or partly hidden, so its scale is not used: nothing is measured."),
}
