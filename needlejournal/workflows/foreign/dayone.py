"""Diaries of Day One: its JSON export, a ZIP file with one JSON file for each journal and a folder of photos."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.workflows.archives.zip_reading import LARGEST_TEXT, CheckedZip
from needlejournal.workflows.foreign.entries import FIRST, LAST, LONGEST_TEXT, ForeignEntry, ForeignPhoto, readable

LARGEST_PICTURE = 1 << 30
_MOMENT = re.compile(r"!\[[^\]]*\]\(dayone-moment:[^)]*\)")
_ESCAPED = re.compile(r"\\([-.!()\[\]{}#+*_`>~|])")  # Day One writes Markdown with every sign escaped
_HASH = re.compile(r"[0-9a-f]{32}")
_TYPE = re.compile(r"[a-z0-9]{2,5}")


def is_day_one(archive: CheckedZip) -> bool:
    """Whether this ZIP file is such an export."""
    names = [name for name in archive.names if name.endswith(".json") and name.count("/") <= 1]
    return any(b'"entries"' in archive.read(name) for name in names)


def entries_in_zip(archive: CheckedZip) -> Iterator[ForeignEntry]:
    """Every entry. Raises WorldError."""
    for name in archive.names:
        if name.endswith(".json") and name.count("/") <= 1:
            for raw in _listed(archive, name):
                yield _entry(archive, name, raw)


def _listed(archive: CheckedZip, name: str) -> list[Any]:
    try:
        found = json.loads(archive.read(name, LARGEST_TEXT))
    except (ValueError, RecursionError) as error:
        raise readable(name) from error
    entries = found.get("entries", []) if isinstance(found, dict) else []
    if not isinstance(entries, list):
        raise readable(name)
    return entries


def _entry(archive: CheckedZip, name: str, raw: Any) -> ForeignEntry:
    if not isinstance(raw, dict):
        raise readable(name)
    at = _local(name, raw)
    text = raw.get("text") or ""
    tags = raw.get("tags") or []
    if not isinstance(text, str) or not isinstance(tags, list):
        raise readable(name)
    return ForeignEntry(
        at.date(),
        _ESCAPED.sub(r"\1", _MOMENT.sub("", text))[:LONGEST_TEXT].strip(),
        tuple(tag for tag in tags if isinstance(tag, str)),
        tuple(_photos(archive, name, raw.get("photos") or [])),
        at,
    )


def _local(name: str, raw: dict[str, Any]) -> datetime:
    """The moment as the person lived it: Day One keeps UTC and the name of the zone."""
    try:
        at = datetime.fromisoformat(str(raw["creationDate"]))
        zone = ZoneInfo(str(raw.get("timeZone") or "UTC").replace("\\/", "/"))
        local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone)
    except (KeyError, ValueError, OSError, OverflowError) as error:
        raise readable(name) from error
    if not FIRST <= date(local.year, local.month, local.day) <= LAST:
        raise readable(name)
    return local


def _photos(archive: CheckedZip, name: str, raw: Any) -> Iterator[ForeignPhoto]:
    """Photos lie as photos/<md5>.<type> beside the JSON file; reading one that is not there says so."""
    if not isinstance(raw, list):
        raise readable(name)
    beside = name.rpartition("/")[0]
    for photo in raw:
        md5, kind = (str(photo.get(key) or "") for key in ("md5", "type")) if isinstance(photo, dict) else ("", "")
        path = f"{beside}/photos/{md5}.{kind}".lstrip("/")
        known = _HASH.fullmatch(md5) and _TYPE.fullmatch(kind)
        name_here = f"{md5[:12]}.{kind}" if known else "?"
        there = bool(known) and path in archive.names
        yield ForeignPhoto(name_here, partial(archive.read, path, LARGEST_PICTURE) if there else _missing)


def _missing() -> bytes:
    raise WorldError(message("The photo is not in this archive."))
