"""A face as a few thin lines: its outline, brows, eyes, nose and mouth. Right and left are the patient's."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from needlejournal.imaging.faces.face_reading import FaceReading

# By landmark numbers.
_CLOSED = {
    "eye_right": (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7),
    "eye_left": (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249),
    "lips": (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146),
}
_OPEN = {
    "brow_right": (70, 63, 105, 66, 107),
    "brow_left": (300, 293, 334, 296, 336),
    "bridge": (168, 6, 197, 195, 5, 4),
    "nostrils": (129, 98, 97, 2, 326, 327, 358),
    "mouth": (61, 88, 178, 87, 14, 317, 402, 318, 291),
}
_EYES, _NOSE = (33, 263), 4
MOVING = (*_CLOSED.values(), (*_OPEN["brow_right"], 55, 65, 52, 53, 46), (*_OPEN["brow_left"], 285, 295, 282, 283, 276))
"""What moves by itself, as outlines: eyes, lips, brows from edge to edge."""
EYES_AND_BROWS = (*_CLOSED["eye_right"], *_CLOSED["eye_left"], *_OPEN["brow_right"], *_OPEN["brow_left"])


@dataclass(frozen=True, slots=True)
class Line:
    """Points in fractions of the photo's width and height; `closed` joins the last to the first."""

    points: tuple[tuple[float, float], ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class FaceLines:
    """A face's outline, lines within it, and two places in fractions of the photo: the eyes' height, the nose's tip."""

    oval: Line
    features: tuple[Line, ...]
    eyes: float
    nose: float

    @property
    def share(self) -> float:
        """How much of the photo's height the face fills from its hairline to its chin."""
        heights = [y for _, y in self.oval.points]
        return max(heights) - min(heights)

    def mirrored(self) -> FaceLines:
        """The lines as a mirror shows them."""
        return FaceLines(
            _mirrored(self.oval), tuple(_mirrored(line) for line in self.features), self.eyes, 1 - self.nose
        )


def lines_of(reading: FaceReading) -> FaceLines | None:
    """The lines of the face that was read; None where there is none."""
    if not reading.found:
        return None

    def line(numbers: tuple[int, ...], *, closed: bool) -> Line:
        places = [reading.points[number] for number in numbers]
        return Line(tuple((x / reading.width, y / reading.height) for x, y, _ in places), closed)

    features = [line(numbers, closed=True) for numbers in _CLOSED.values()]
    features += [line(numbers, closed=False) for numbers in _OPEN.values()]
    eyes = sum(reading.points[number][1] for number in _EYES) / 2 / reading.height
    return FaceLines(_outline(reading), tuple(features), eyes, reading.points[_NOSE][0] / reading.width)


def _outline(reading: FaceReading) -> Line:
    """The hull of all landmarks: unlike the oval of the front it does not cross itself where the head is turned."""
    shares = reading.xy / (reading.width, reading.height)
    hull = cv2.convexHull(shares.astype(np.float32)).reshape(-1, 2)
    return Line(tuple((float(x), float(y)) for x, y in hull), closed=True)


def _mirrored(line: Line) -> Line:
    return Line(tuple((1 - x, y) for x, y in line.points), line.closed)
