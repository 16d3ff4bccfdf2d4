"""A box that a person marks on a photo."""

from __future__ import annotations

from needlejournal.journal.frozen import frozen


@frozen
class Region:
    """A box on a photo that the person marked as untreated skin, in fractions of the upright picture."""

    left: float
    top: float
    width: float
    height: float
