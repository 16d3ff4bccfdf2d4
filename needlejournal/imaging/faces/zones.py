"""Where the zones of the face map lie among the 468 landmarks. Right and left are the patient's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Outlines by landmark numbers of the patient's right side; the left ones follow by symmetry.
_RIGHT = {
    "temple": (54, 103, 68, 63, 70, 156, 35, 143, 34, 127, 162, 21),
    "periorbital": (46, 53, 52, 65, 55, 193, 245, 128, 232, 230, 229, 228, 31, 35, 124),
    "infraorbital": (31, 228, 229, 230, 231, 232, 233, 128, 114, 126, 100, 101, 50, 117, 111),
    "cheek_inner": (117, 118, 119, 100, 126, 142, 129, 203, 206, 205, 50),
    "cheek_outer": (116, 117, 50, 205, 206, 216, 212, 214, 135, 172, 58, 132, 93, 234, 227),
    "nasolabial": (129, 203, 206, 216, 212, 57, 186, 92, 165, 98),
    "jawline": (132, 177, 215, 138, 135, 169, 170, 140, 171, 148, 176, 149, 150, 136, 172, 58),
}
_MIDDLE = {
    "forehead": (10, 109, 67, 103, 54, 68, 63, 105, 66, 107, 9, 336, 296, 334, 293, 298, 284, 332, 297, 338),
    "glabella": (9, 107, 55, 193, 168, 417, 285, 336),
    "nose": (168, 193, 245, 128, 198, 129, 98, 2, 327, 358, 420, 357, 465, 417),
    "upper_lip": (2, 98, 165, 92, 186, 61, 40, 37, 0, 267, 270, 291, 410, 322, 391, 327),
    "lower_lip": (61, 91, 84, 17, 314, 321, 291, 422, 273, 406, 313, 18, 83, 182, 43, 202),
    "chin": (18, 83, 182, 43, 202, 210, 169, 170, 140, 171, 175, 396, 369, 395, 394, 430, 422, 273, 406, 313),
}
_LEFT_OF = {
    21: 251, 31: 261, 34: 264, 35: 265, 46: 276, 50: 280, 52: 282, 53: 283, 54: 284, 55: 285, 57: 287, 58: 288,
    63: 293, 65: 295, 68: 298, 70: 300, 92: 322, 93: 323, 98: 327, 100: 329, 101: 330, 103: 332, 111: 340, 114: 343,
    116: 345, 117: 346, 118: 347, 119: 348, 124: 353, 126: 355, 127: 356, 128: 357, 129: 358, 132: 361, 135: 364,
    136: 365, 138: 367, 140: 369, 142: 371, 143: 372, 148: 377, 149: 378, 150: 379, 156: 383, 162: 389, 165: 391,
    169: 394, 170: 395, 171: 396, 172: 397, 176: 400, 177: 401, 186: 410, 193: 417, 203: 423, 205: 425, 206: 426,
    212: 432, 214: 434, 215: 435, 216: 436, 227: 447, 228: 448, 229: 449, 230: 450, 231: 451, 232: 452, 233: 453,
    234: 454, 245: 465,
}  # fmt: skip


def _outlines() -> dict[str, tuple[int, ...]]:
    outlines = dict(_MIDDLE)
    for name, places in _RIGHT.items():
        outlines[f"{name}_right"] = places
        outlines[f"{name}_left"] = tuple(_LEFT_OF[place] for place in places)
    return outlines


OUTLINES = _outlines()
"""Zone key → landmark numbers whose convex hull covers the zone. Neck, chest and body are not on the face."""

TWINS = {**_LEFT_OF, **{left: right for right, left in _LEFT_OF.items()}}
"""Landmark number → the number of the same place on the other side of the face."""
_BEHIND_EDGE = 0.45  # of the width of the same zone on the other side


def behind_edge(zone: str, points: NDArray[np.floating]) -> bool:
    """Tell whether a zone of one side lies behind the edge of an upright face with these landmarks: its outline has
    shrunk against the other side's.
    """
    for side, other in (("_left", "_right"), ("_right", "_left")):
        if zone.endswith(side):
            outlines = OUTLINES[zone], OUTLINES[zone.removesuffix(side) + other]
            own, opposite = (np.ptp(points[list(outline)][:, 0]) for outline in outlines)
            return bool(own < _BEHIND_EDGE * opposite)
    return False
