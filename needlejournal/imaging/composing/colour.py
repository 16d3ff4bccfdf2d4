"""Colour matching for viewing: gains in linear light that make untreated skin of one photo look as in the other.

A view only, never written into an original: matched on treated skin it would erase the very redness in question.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning.patches import Sight
from needlejournal.imaging.composing.region import Region
from needlejournal.imaging.measuring.light import is_clipped, skin_colour
from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.linear_light import encoded, linear
from needlejournal.journal.comparing.measured import CLIPPED_TOO_MUCH
from needlejournal.journal.comparing.measures import SkinPatch
from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message

LEAST_PIXELS = 400  # of the reduced photo
_LEAST_LIGHT = 0.003  # of full light, about 10 of 255: in what is darker a ratio of channels is noise
_MOST_GAIN = 3.0  # more is not a change of light but another thing than skin

_TOO_SMALL = message(
    "The marked area is too small. Mark a piece of skin about as large as a coin that was not treated."
)
_CLIPPED = (
    message(
        "The marked skin is too bright in the first photo, so its colour is lost and cannot be matched. Mark another "
        "place, or use a photo with softer light."
    ),
    message(
        "The marked skin is too bright in the second photo, so its colour is lost and cannot be matched. Mark another "
        "place, or use a photo with softer light."
    ),
)
_DARK = (
    message("The marked skin is too dark in the first photo to match its colour. Mark another place."),
    message("The marked skin is too dark in the second photo to match its colour. Mark another place."),
)
_FAR = message("The marked areas differ too much in colour to be the same skin. Mark the same place in both photos.")


class NoColourMatch(WorldError):
    """The colours cannot be matched by what was marked; the view stays as taken."""


@dataclass(frozen=True, slots=True)
class Gains:
    """Factors for AFTER's red, green and blue in linear light."""

    red: float
    green: float
    blue: float


def colour_gains(before: Sight, before_region: Region, after: Sight, after_region: Region) -> Gains:
    """Return the gains that give AFTER's untreated skin the colour it has in BEFORE. Raises NoColourMatch."""
    first = _light_of(before, before_region, 0)
    second = _light_of(after, after_region, 1)
    blue, green, red = (float(gain) for gain in first / second)
    if not all(1 / _MOST_GAIN < gain < _MOST_GAIN for gain in (red, green, blue)):
        raise NoColourMatch(_FAR)
    return Gains(round(red, 4), round(green, 4), round(blue, 4))


def untreated_skin(sight: Sight, region: Region) -> SkinPatch | None:
    """Return the colour of marked skin for the panel's white balance; None when the area is too small or clipped."""
    skin = _marked(sight, region)
    if len(skin) < LEAST_PIXELS or is_clipped(skin).mean() >= CLIPPED_TOO_MUCH:
        return None
    return skin_colour(skin)


def gain_tables(gains: Gains) -> Bytes:
    """Return 256 × 3 bytes (blue, green, red): what each value of AFTER becomes on the screen."""
    light = linear(np.arange(256))[:, None] * np.array([gains.blue, gains.green, gains.red])
    return np.asarray(np.round(encoded(light)), np.uint8)


def _light_of(sight: Sight, region: Region, which: int) -> NDArray[np.float64]:
    skin = _marked(sight, region)
    if len(skin) < LEAST_PIXELS:
        raise NoColourMatch(_TOO_SMALL)
    if is_clipped(skin).mean() >= CLIPPED_TOO_MUCH:
        raise NoColourMatch(_CLIPPED[which])
    light = np.median(linear(skin), axis=0)
    if light.min() < _LEAST_LIGHT:
        raise NoColourMatch(_DARK[which])
    return np.asarray(light)


def _marked(sight: Sight, region: Region) -> Bytes:
    height, width = sight.bgr.shape[:2]
    left, top = round(region.left * width), round(region.top * height)
    right, bottom = round((region.left + region.width) * width), round((region.top + region.height) * height)
    return sight.bgr[max(0, top) : max(0, bottom), max(0, left) : max(0, right)].reshape(-1, 3)
