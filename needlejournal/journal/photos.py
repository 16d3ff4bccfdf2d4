"""A photograph in the journal: what is known about it and what the patient declares about it."""

from __future__ import annotations

from dataclasses import field

from needlejournal.journal.frozen import frozen
from needlejournal.journal.moments import When


@frozen
class Declared:
    """What the patient says about the skin and the scene; None means: not noted."""

    make_up: bool | None = None
    moisturiser: bool | None = None
    expression: str | None = None  # neutral | smiling | frowning | other
    light: str | None = None  # daylight | lamp | flash | mixed


@frozen
class Camera:
    """What the picture says about how it was made; empty text and None mean: not written in it."""

    make: str = ""
    model: str = ""
    lens: str = ""
    focal_mm: float | None = None
    focal_35mm: float | None = None
    software: str = ""


@frozen
class Original:
    """The file as it was given: hash, size, and where the store keeps it. Width and height are upright pixels."""

    sha256: str
    stored_name: str
    file_name: str
    size: int  # bytes
    format: str = ""  # jpeg | png | webp | heic | tiff | "" when it cannot be read
    width: int = 0
    height: int = 0

    @property
    def readable(self) -> bool:
        """Whether the app can show it; an original that it cannot read is kept all the same."""
        return self.width > 0


@frozen
class Photo:
    """One photograph. `id` 0 means: not stored yet. An empty view or zone means: not decided.

    `damage` tells what is broken in it: "cut" (the end is missing), "part", or "" for nothing that is known.
    `date_source` tells where an accepted date comes from, as in `dating.DateSource`; "": the camera or the person.
    """

    original: Original
    when: When
    view: str = ""
    zone: str = ""
    session_id: int | None = None  # the session it was taken for; else it belongs to its day
    mirrored: bool = False
    declared: Declared = Declared()
    camera: Camera = Camera()
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: int = 0xD9D9D9  # average colour 0xRRGGBB, shown until the preview is there
    damage: str = ""
    date_source: str = ""
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class PhotoMark:
    """A photo as far as planning goes."""

    when: When
    view: str
