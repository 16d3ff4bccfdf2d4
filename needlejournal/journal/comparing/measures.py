"""What was measured in one photo, kept with it as plain values: pose, sharpness, light, colour of the skin.

Numbers that compare one patient's photos with each other; no score, and nothing to compare people by.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

VERSION = 1  # of what is measured and how; older measures are to be taken anew


@dataclass(frozen=True, slots=True)
class SkinPatch:
    """The skin of one zone in one photo: its place across the face and its median colour.

    `across` is -1 at the patient's right, 0 in the middle, 1 at the left. `red_ev` is log2 of linear red light:
    redness of the skin hardly changes it, lamps do. `lightness`, `a`, `b` are CIE L*a*b* (D65).
    """

    across: float
    red_ev: float
    lightness: float
    a: float
    b: float


@dataclass(frozen=True, slots=True)
class PhotoMeasures:
    """All that is measured in one photo; None where it could not be.

    Angles in degrees (yaw > 0 to the patient's left). `face_share` is the eye distance over the longer side of the
    photo. `sharpness` is log2 of fine over coarse detail at a fixed size of the face (or of a close-up). `clipped`
    and `dark` are shares of the skin whose brightest or darkest values are lost. `patches` go by zone key.
    `untreated` is the colour of skin that the person marked as untreated.
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
    version: int = VERSION

    def mirrored(self) -> PhotoMeasures:
        """Return the measures of the same photo with left and right changed back."""
        return replace(
            self,
            yaw=None if self.yaw is None else -self.yaw,
            roll=None if self.roll is None else -self.roll,
            patches={_other_side(zone): replace(patch, across=-patch.across) for zone, patch in self.patches.items()},
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
        return cls(**values, patches=patches, skin=skin, untreated=untreated)


def _other_side(zone: str) -> str:
    for side, other in (("_left", "_right"), ("_right", "_left")):
        if zone.endswith(side):
            return zone.removesuffix(side) + other
    return zone


def _patch(values: dict[str, Any] | None) -> SkinPatch | None:
    return SkinPatch(**values) if values else None
