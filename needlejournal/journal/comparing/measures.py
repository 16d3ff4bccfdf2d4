"""What was measured in one photo, kept with it as plain values: pose, sharpness, light, colour of the skin.

Numbers that compare one patient's photos with each other; no score, and nothing to compare people by.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field, replace
from typing import Any

from needlejournal.journal.frozen import frozen

VERSION = 4  # of what is measured and how; older measures are to be taken anew


@frozen
class SkinPatch:
    """The skin of one zone in one photo: its place on the face and its median colour.

    `across` is -1 at the patient's right, 0 in the middle, 1 at the left; `down` -1 at the hairline, 1 at the chin.
    `red_ev` is log2 of linear red light:
    redness of the skin hardly changes it, lamps do. `lightness`, `a`, `b` are CIE L*a*b* (D65).
    """

    across: float
    red_ev: float
    lightness: float
    a: float
    b: float
    down: float = 0.0


@frozen
class Expression:
    """How far each eye is open (lids over the eye's width), how far the mouth is open and wide, how far its corners
    stand above its middle (`smile`), how far the brows stand above the lids: all but the first in eye distances.
    """

    eye_right: float
    eye_left: float
    mouth_open: float
    mouth_wide: float
    smile: float
    brows: float


@frozen
class Background:
    """What surrounds the face: its median colour (CIE L*a*b*) and how much its lightness varies."""

    lightness: float
    a: float
    b: float
    varies: float


@frozen
class PhotoMeasures:
    """All that is measured in one photo; None where it could not be.

    Angles in degrees (yaw > 0 to the patient's left). `face_share` is the eye distance over the longer side of the
    photo. `sharpness` is log2 of fine over coarse detail at a fixed size of the face (or of a close-up). `clipped`
    and `dark` are shares of the skin whose brightest or darkest values are lost. `patches` go by zone key.
    `untreated` is the colour of skin that the person marked as untreated.

    `texture` is how much fine texture cheeks and forehead show against their coarser detail (log2), measured with
    `eye_pixels` pixels between the eyes; `edges` is log2 of the contrast of fine detail at eyes, brows and lips, which
    filters for skin leave. `hardness` is log2 of the contrast of shadows on the skin. `place` is where the middle of
    the face lies, in fractions of the photo.
    `jpeg_step` is the mean step to which the file rounds brightness: 1 keeps nearly all, 30 little. `models` tells
    whether faces could be read at all.
    """

    yaw: float | None = None
    pitch: float | None = None
    roll: float | None = None
    face_share: float | None = None
    sharpness: float | None = None
    clipped: float | None = None
    dark: float | None = None
    skin: SkinPatch | None = None
    patches: Mapping[str, SkinPatch] = field(default_factory=dict)
    untreated: SkinPatch | None = None
    texture: float | None = None
    edges: float | None = None
    eye_pixels: float | None = None
    hardness: float | None = None
    expression: Expression | None = None
    background: Background | None = None
    place: tuple[float, float] | None = None
    jpeg_step: float | None = None
    models: bool = True
    version: int = VERSION

    def mirrored(self) -> PhotoMeasures:
        """Return the measures of the same photo with left and right changed back."""
        return replace(
            self,
            yaw=None if self.yaw is None else -self.yaw,
            roll=None if self.roll is None else -self.roll,
            expression=self.expression
            and replace(self.expression, eye_right=self.expression.eye_left, eye_left=self.expression.eye_right),
            place=None if self.place is None else (1 - self.place[0], self.place[1]),
            patches={other_side(zone): replace(patch, across=-patch.across) for zone, patch in self.patches.items()},
        )

    def to_json(self) -> str:
        """Write the measures as compact JSON."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> PhotoMeasures:
        """Read back what `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        values = json.loads(text)
        if values["version"] != VERSION:
            raise ValueError("measures of another version")
        patches = {zone: SkinPatch(**patch) for zone, patch in values.pop("patches").items()}
        skin, untreated = _patch(values.pop("skin")), _patch(values.pop("untreated"))
        expression, background, place = (values.pop(name) for name in ("expression", "background", "place"))
        return cls(
            **values,
            patches=patches,
            skin=skin,
            untreated=untreated,
            expression=Expression(**expression) if expression else None,
            background=Background(**background) if background else None,
            place=(float(place[0]), float(place[1])) if place else None,
        )


def other_side(zone: str) -> str:
    """The key of the same zone on the other side; that of the middle of the face is its own."""
    for side, other in (("_left", "_right"), ("_right", "_left")):
        if zone.endswith(side):
            return zone.removesuffix(side) + other
    return zone


def _patch(values: dict[str, Any] | None) -> SkinPatch | None:
    return SkinPatch(**values) if values else None
