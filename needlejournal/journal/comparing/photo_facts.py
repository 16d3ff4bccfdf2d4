"""What is known about one photo when it is compared, and the form of an answer about a pair. Plain values only."""

from __future__ import annotations

from dataclasses import field
from datetime import date, time

from needlejournal.journal.comparing.measures import PhotoMeasures
from needlejournal.journal.frozen import frozen
from needlejournal.journal.healing import Healing
from needlejournal.journal.message import Message
from needlejournal.journal.photos import Camera, Declared, Photo

MATCHES, DIFFERS, UNKNOWN = "matches", "differs", "unknown"


@frozen
class PhotoFacts:
    """What is known about one photo. `days_since_session` None: before the first session.

    `healing` None means that a treatment's healing window is not known, `sessions_done` None that the sessions are
    not. A healing photo lies `healing_day` days after session `healing_session` (0: not told).
    """

    view: str = ""
    zone: str = ""
    day: date | None = None
    time: time | None = None
    mirrored: bool = False
    camera: Camera = field(default_factory=Camera)
    declared: Declared = field(default_factory=Declared)
    days_since_session: int | None = None
    sessions_done: int | None = 0
    healing: bool | None = False
    healing_session: int = 0
    healing_day: int = 0
    measures: PhotoMeasures | None = None


@frozen
class ComparabilityItem:
    """One line of the panel. `value` and `unit` are what was compared (None where there is no number).

    `clear` tells a plain difference from a slight one; `effect` ranks differences, 1 where a difference becomes clear.
    `advice` says what to do at the next photo; there may be none.
    """

    item: str
    answer: str
    value: float | str | None
    unit: str
    sentence: Message
    clear: bool = False
    advice: Message | None = None
    effect: float = 0.0


def facts_of(
    photo: Photo,
    *,
    days_since_session: int | None = None,
    sessions_done: int = 0,
    healing: Healing = Healing(),  # noqa: B008 (it has no state)
    measures: PhotoMeasures | None = None,
) -> PhotoFacts:
    """Gather the facts of a photo of the journal; what depends on the sessions is given by the caller."""
    return PhotoFacts(
        view=photo.view,
        zone=photo.zone,
        day=photo.when.day,
        time=photo.when.time,
        mirrored=photo.mirrored,
        camera=photo.camera,
        declared=photo.declared,
        days_since_session=days_since_session,
        sessions_done=sessions_done,
        healing=healing.healing,
        healing_session=healing.number,
        healing_day=healing.days,
        measures=measures,
    )
