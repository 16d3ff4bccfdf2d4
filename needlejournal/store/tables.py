"""Every table of kept rows with how its rows become values, and what is read of it for exchange."""

from __future__ import annotations

from typing import Any

from needlejournal.store.days import DAY_NOTES, SIDE_EFFECTS
from needlejournal.store.pairs import ALIGNMENTS, OVERRIDES, SPOT_PLACES, SPOTS
from needlejournal.store.photos import PHOTOS
from needlejournal.store.plans import BLIND_ANSWERS, COURSES, DISMISSALS, QUESTIONS, RATINGS, TICKS
from needlejournal.store.rows import Table
from needlejournal.store.sessions import SESSIONS

TABLES: dict[str, Table[Any]] = {
    table.name: table
    for table in (
        SESSIONS, PHOTOS, DAY_NOTES, SIDE_EFFECTS, COURSES, RATINGS, SPOTS, QUESTIONS, TICKS, DISMISSALS,
        BLIND_ANSWERS, ALIGNMENTS, SPOT_PLACES, OVERRIDES,
    )
}  # fmt: skip
