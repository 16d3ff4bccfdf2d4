"""What makes published before/after pairs lie, done to a rendered photo: arrays in, arrays out.

`face` is the reading of the photo. Lengths go with the eye distance, angles with the head.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.patch import eye_distance

Picture = np.ndarray
Moves = Callable[[Picture, Picture], tuple[Picture, Picture]]


def smoothed(picture: Picture, face: FaceReading) -> Picture:
    """A beauty filter's middle setting: half of the fine detail goes."""
    values = picture.astype(np.float32)
    broad = cv2.GaussianBlur(values, (0, 0), 0.02 * eye_distance(face))
    return np.clip(broad + 0.45 * (values - broad), 0, 255).astype(np.uint8)


def bilateral(picture: Picture, _face: FaceReading) -> Picture:
    """A beauty filter that leaves edges."""
    return np.asarray(cv2.bilateralFilter(picture, 15, 45, 9))


def _in_head(face: FaceReading, numbers: tuple[int, ...], x: Picture, y: Picture) -> tuple[Picture, Picture]:
    middle, turn, unit = face.xy[list(numbers)].mean(0), np.radians(face.roll), eye_distance(face)
    right, down = (x - middle[0]) / unit, (y - middle[1]) / unit
    return right * np.cos(turn) + down * np.sin(turn), down * np.cos(turn) - right * np.sin(turn)


def _moved(picture: Picture, face: FaceReading, moves: Moves) -> Picture:
    """Move what is seen by `moves`, in eye distances along the head."""
    y, x = np.indices(picture.shape[:2], np.float32)
    across, down = moves(x, y)
    turn, unit = np.radians(face.roll), eye_distance(face)
    right = unit * (across * np.cos(turn) - down * np.sin(turn))
    low = unit * (across * np.sin(turn) + down * np.cos(turn))
    return cv2.remap(
        picture,
        (x - right).astype(np.float32),
        (y - low).astype(np.float32),
        cv2.INTER_CUBIC,
        None,
        cv2.BORDER_REPLICATE,
    )


def thinner_jaw(picture: Picture, face: FaceReading, by: float = 0.10) -> Picture:
    """Draw the lower face together."""

    def moves(x: Picture, y: Picture) -> tuple[Picture, Picture]:
        across, down = _in_head(face, (61, 291), x, y)
        where = np.exp(-(((down - 0.2) / 0.6) ** 2)) * np.exp(-((np.maximum(0, np.abs(across) - 0.8) / 0.3) ** 2))
        return -by * across * where * (1 - np.exp(-((across / 0.3) ** 2))), 0 * across

    return _moved(picture, face, moves)


def larger_eyes_softly(picture: Picture, face: FaceReading, by: float = 0.10) -> Picture:
    """Enlarge the eyes as another app does: fully over the eye, fading as a cosine."""

    def moves(x: Picture, y: Picture) -> tuple[Picture, Picture]:
        across, down = np.zeros_like(x), np.zeros_like(y)
        for eye in ((33, 133, 159, 145), (263, 362, 386, 374)):
            right, low = _in_head(face, eye, x, y)
            away = np.clip((np.hypot(right, low) / 0.5 - 0.35) / 0.65, 0, 1)
            strength = (1 - 1 / (1 + by)) * (1 + np.cos(np.pi * away)) / 2
            across, down = across + strength * right, down + strength * low
        return across, down

    return _moved(picture, face, moves)


def larger_eyes(picture: Picture, face: FaceReading, by: float = 0.10) -> Picture:
    """Blow both eyes up."""
    for numbers in ((33, 133, 159, 145), (263, 362, 386, 374)):
        picture = _blown(picture, face, numbers, 0.4, by)
    return picture


def wider_mouth(picture: Picture, face: FaceReading) -> Picture:
    """Draw the mouth broad, as in a smile."""
    return _blown(picture, face, (61, 291), 0.7, 0.35)


def open_mouth(picture: Picture, face: FaceReading, by: float = 0.2) -> Picture:
    """Let the lower lip and the chin hang."""

    def moves(x: Picture, y: Picture) -> tuple[Picture, Picture]:
        across, down = _in_head(face, (13, 14), x, y)
        where = np.where(down > 0, 1, 0) * np.exp(-((across / 0.35) ** 2))
        return 0 * across, by * where * np.exp(-((np.maximum(0, down - 0.25) / 0.25) ** 2))

    out, unit = _moved(picture, face, moves), eye_distance(face)
    x, y = face.xy[[13, 14]].mean(0)
    place, size = (int(x), int(y + by * unit / 2)), (int(0.2 * unit), int(by * unit / 2))
    return np.asarray(cv2.ellipse(out, place, size, face.roll, 0, 360, (30, 25, 60), -1))


def raised_brows(picture: Picture, face: FaceReading, by: float = 0.03) -> Picture:
    """Lift the brows a little, each by itself: less than a changed expression."""

    def moves(x: Picture, y: Picture) -> tuple[Picture, Picture]:
        lifts = [np.hypot(*_in_head(face, brow, x, y)) for brow in ((105, 66), (334, 296))]
        return 0 * x, -by * sum(np.exp(-((away / 0.28) ** 2)) for away in lifts)

    return _moved(picture, face, moves)


def brows_apart(picture: Picture, face: FaceReading) -> Picture:
    """Draw the brows apart: less than a changed expression."""
    return _blown(picture, face, (105, 66, 334, 296), 0.9, 0.12)


def _blown(picture: Picture, face: FaceReading, numbers: tuple[int, ...], reach: float, by: float) -> Picture:
    def moves(x: Picture, y: Picture) -> tuple[Picture, Picture]:
        across, down = _in_head(face, numbers, x, y)
        strength = by * np.exp(-((np.hypot(across, down) / (0.7 * reach)) ** 4))
        return across * strength, (down * strength if reach < 0.5 else 0 * down)

    return _moved(picture, face, moves)


def slimmer_nose(picture: Picture, face: FaceReading, by: float = 0.12) -> Picture:
    """Draw the nose together."""

    def moves(x: Picture, y: Picture) -> tuple[Picture, Picture]:
        across, down = _in_head(face, (129, 358, 4), x, y)
        where = np.exp(-((down / 0.35) ** 2)) * np.exp(-((np.maximum(0, np.abs(across) - 0.2) / 0.18) ** 2))
        return -by * across * where, 0 * across

    return _moved(picture, face, moves)


def from_near(picture: Picture, face: FaceReading, by: float = 0.25) -> Picture:
    """Let near parts of the face grow against far ones, as a camera held near does."""
    points, unit = face.xyz[::3], eye_distance(face)
    depth = 1.45 * (points[:, 2] - points[:, 2].mean()) / unit
    y, x = np.mgrid[0 : picture.shape[0] : 25, 0 : picture.shape[1] : 25].astype(np.float32)
    squared = ((x[..., None] - points[:, 0]) ** 2 + (y[..., None] - points[:, 1]) ** 2) / (0.1 * unit) ** 2
    nearness = np.exp(-(squared - squared.min(axis=-1, keepdims=True)) / 2)
    coarse = (nearness @ depth / nearness.sum(axis=-1)).astype(np.float32)
    away = cv2.resize(cv2.GaussianBlur(coarse, (0, 0), 1), picture.shape[1::-1])

    def moves(right: Picture, low: Picture) -> tuple[Picture, Picture]:
        across, down = _in_head(face, tuple(range(468)), right, low)
        return -by * across * away, -by * down * away

    return _moved(picture, face, moves)


def lit(picture: Picture, face: FaceReading, across: float = 0.0, down: float = 0.0) -> Picture:
    """Add so many EV of light from the patient's right to the left, and from the hairline to the chin."""
    y, x = np.indices(picture.shape[:2], np.float32)
    right, low = _in_head(face, tuple(range(468)), x, y)
    gain = 2.0 ** (0.5 * (across * np.clip(right / 0.8, -1.3, 1.3) + down * np.clip(low / 0.9, -1.3, 1.3)))
    light = (picture.astype(np.float32) / 255) ** 2.2 * gain[..., None]
    return (255 * np.clip(light, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def harder_light(picture: Picture, face: FaceReading) -> Picture:
    """Deepen the shadows that are there."""
    unit = eye_distance(face)
    light = np.log2((picture.astype(np.float32) / 255) ** 2.2 + 0.02)
    near, far = cv2.GaussianBlur(light, (0, 0), 0.02 * unit), cv2.GaussianBlur(light, (0, 0), 0.2 * unit)
    return (255 * np.clip(2 ** (light + 1.2 * (near - far)) - 0.02, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def masked(picture: Picture, face: FaceReading) -> Picture:
    """Wear a mask over mouth and nose."""
    edge = (197, 118, 116, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 345, 347)
    hull = cv2.convexHull(face.xy[list(edge)].astype(np.float32)).astype(np.int32)
    return np.asarray(cv2.fillConvexPoly(picture.copy(), hull, (200, 180, 150)))


def behind_a_hand(picture: Picture, face: FaceReading) -> Picture:
    """Hold a hand before the right cheek: skin, but without this face's marks, and nearer to the lamp."""
    x, y = face.xy[50]
    place, size = (int(x), int(y)), (int(0.4 * eye_distance(face)), int(0.6 * eye_distance(face)))
    where = cv2.ellipse(np.zeros(picture.shape[:2], np.uint8), place, size, face.roll + 20, 0, 360, 1, -1)
    skin = np.median(picture[where > 0], axis=0)
    return np.where(where[..., None] > 0, np.clip(1.15 * skin, 0, 255).astype(np.uint8), picture)


def behind_a_cool_hand(picture: Picture, face: FaceReading) -> Picture:
    """Hold a hand before half of the chin and the lower lip: skin of this face's colour, smooth, with dark gaps."""
    out, unit = picture.copy(), eye_distance(face)
    skin = np.median(picture[face.xy[:, 1].astype(int), face.xy[:, 0].astype(int)], axis=0)
    for place in range(4):
        start = face.xy[175] + unit * np.array([0.12 * place - 0.4, 0.1])
        end = face.xy[17] + unit * np.array([0.12 * place - 0.25, 0.05 + 0.03 * place])
        ends = [(int(x), int(y)) for x, y in (start, end)]
        cv2.line(out, ends[0], ends[1], tuple(0.75 * skin), int(0.14 * unit), cv2.LINE_AA)
        cv2.line(out, ends[0], ends[1], tuple(np.clip(1.05 * skin, 0, 255)), int(0.1 * unit), cv2.LINE_AA)
    return out


def with_a_plaster(picture: Picture, face: FaceReading) -> Picture:
    """Stick a plaster on the right cheek: smaller than the zones it lies on."""
    middle, unit = face.xy[50], eye_distance(face)
    box = cv2.boxPoints(((float(middle[0]), float(middle[1])), (0.55 * unit, 0.36 * unit), 20.0))
    return np.asarray(cv2.fillConvexPoly(picture.copy(), box.astype(np.int32), (150, 185, 215), cv2.LINE_AA))


def with_a_band(picture: Picture, face: FaceReading) -> Picture:
    """Wear a band over the upper half of the forehead."""
    out, unit = picture.copy(), eye_distance(face)
    middle = (face.xy[10] + face.xy[151]) / 2
    box = cv2.boxPoints(((float(middle[0]), float(middle[1] - 0.1 * unit)), (1.8 * unit, 0.45 * unit), face.roll))
    return np.asarray(cv2.fillConvexPoly(out, box.astype(np.int32), (70, 40, 110), cv2.LINE_AA))


def bearded(picture: Picture, face: FaceReading) -> Picture:
    """Let a beard grow over chin and jaw: short hairs that leave skin between them."""
    out, unit, random = picture.copy(), eye_distance(face), np.random.default_rng(3)
    edge = (58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 434, 432, 410, 2, 186, 212, 214)
    where = cv2.fillPoly(np.zeros(picture.shape[:2], np.uint8), [face.xy[list(edge)].astype(np.int32)], 1)
    rows, columns = np.nonzero(where)
    for hair in random.integers(0, len(rows), 1500):
        start = np.array([columns[hair], rows[hair]])
        end = start + unit * np.array([random.normal(0, 0.03), random.uniform(0.04, 0.09)])
        cv2.line(out, tuple(start.tolist()), (int(end[0]), int(end[1])), (22, 26, 34), max(1, int(0.008 * unit)))
    return out


def reddened(picture: Picture, face: FaceReading) -> Picture:
    """Redden both cheeks as a session does: softly, with the skin's own texture."""
    x, y = np.meshgrid(np.arange(picture.shape[1]), np.arange(picture.shape[0]))
    unit = eye_distance(face)
    away = [np.hypot(x - face.xy[cheek][0], y - face.xy[cheek][1]) / (0.3 * unit) for cheek in (50, 280)]
    redness = sum(np.exp(-(one**4)) for one in away)
    lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
    lab[..., 1] += 14 * redness
    lab[..., 0] -= 5 * redness
    return (255 * np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2BGR), 0, 1)).astype(np.uint8)


def behind_fringe(picture: Picture, face: FaceReading, hairs: int = 170) -> Picture:
    """Let hair hang over the forehead."""
    out, unit, random = picture.copy(), eye_distance(face), np.random.default_rng(1)
    for share in np.linspace(0, 1, hairs):
        top = face.xy[103] + (face.xy[332] - face.xy[103]) * share - np.array([0, 0.25 * unit])
        end = top + np.array([unit * random.normal(0, 0.05), 0.58 * unit])
        ends = [(int(place[0]), int(place[1])) for place in (top, end)]
        cv2.line(out, ends[0], ends[1], (20, 25, int(random.integers(30, 60))), max(1, int(0.02 * unit)))
    return out


def behind_sunglasses(picture: Picture, face: FaceReading) -> Picture:
    """Wear sunglasses."""
    out, unit = picture.copy(), eye_distance(face)
    for numbers in ((33, 133, 159, 145), (263, 362, 386, 374)):
        x, y = face.xy[list(numbers)].mean(0)
        place, size = (int(x), int(y + 0.06 * unit)), (int(0.36 * unit), int(0.36 * unit))
        glint = cv2.ellipse(out.copy(), place, size, face.roll, 0, 360, (60, 60, 70), -1)
        out = cv2.addWeighted(out, 0.02, glint, 0.98, 0)
        cv2.ellipse(out, place, size, face.roll, 0, 360, (25, 25, 30), max(2, int(0.05 * unit)))
    return out


def before_a_dark_wall(picture: Picture, face: FaceReading) -> Picture:
    """Stand before another wall."""
    hull = cv2.convexHull(((face.xy - face.xy.mean(0)) * 1.8 + face.xy.mean(0)).astype(np.float32)).astype(np.int32)
    mask = cv2.fillConvexPoly(np.zeros(picture.shape[:2], np.uint8), hull, 1)
    mask[int(face.xy[:, 1].mean()) :] = 1
    return np.where(mask[..., None] > 0, picture, np.uint8(25))
