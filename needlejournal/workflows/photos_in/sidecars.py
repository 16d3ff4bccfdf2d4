"""The date that a note beside a photo tells: Takeout's JSON, or an XMP file of another program. Nothing else of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from needlejournal.imaging.reading.other_dates import xmp_dates
from needlejournal.journal.errors import BadInput
from needlejournal.journal.moments import When

LARGEST = 1 << 20  # notes are a few kilobytes


def moment_beside(notes: Iterable[Path], zone: tzinfo | None = None) -> When | None:
    """When the photo was taken, as the first note that says so tells; in the time of `zone` where it tells UTC."""
    return next((when for path in notes if (when := _moment(path, zone))), None)


def _moment(path: Path, zone: tzinfo | None) -> When | None:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    return takeout_moment(data, zone) if path.suffix.lower() == ".json" else next(xmp_dates(data), None)


def takeout_moment(data: bytes, zone: tzinfo | None = None) -> When | None:
    """`photoTakenTime` of a Takeout JSON, in the time of `zone`; None when it is another JSON, or none at all."""
    try:
        parsed = json.loads(data)
        seconds = int(parsed["photoTakenTime"]["timestamp"])
        return When.from_datetime(datetime.fromtimestamp(seconds, UTC).astimezone(zone))
    except (ValueError, LookupError, TypeError, OverflowError, OSError, RecursionError, BadInput):
        return None
