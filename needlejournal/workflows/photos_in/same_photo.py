"""Photos of an import that are probably copies of one in the journal, or of another that was brought: only a hint.

The same bytes are told of elsewhere; here it is the edited copy, the one a messenger made smaller, the JPEG beside
another. For workers: previews are read, rows are not.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Photo
from needlejournal.store import THUMBNAIL, Journal
from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportPlan, Likeness
from needlejournal.workflows.progress import Control, Unattended

TRAITS = "likeness"
_SHAPE = 0.02  # by what part width over height may differ
_SECONDS = 2  # some programs write times in steps of two


@dataclass(frozen=True, slots=True)
class _Compared:
    """A photo as far as it is compared: whether it is here or in the journal, its bytes' hash, its shape and moment."""

    name: str
    sha256: str
    width: int
    height: int
    when: When | None
    key: int | None = None
    photo_id: int = 0
    microsecond: int = 0


def probably_same(
    journal: Journal,
    photos: Iterable[Photo],
    items: Sequence[ImportItem],
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> dict[int, Likeness]:
    """What each of these items is probably a copy of, by its key; `photos` are those of the journal.

    Of two that were brought, the one with fewer pixels is the copy. Photos of two moments are no copies.
    """
    there = [_of_photo(photo) for photo in photos if photo.original.readable]
    here = sorted(
        (_of_item(item) for item in items if item.wanted and item.width), key=lambda one: -one.width * one.height
    )
    traits: dict[str, bytes] = {}
    found: dict[int, Likeness] = {}
    for place, one in enumerate(here):
        if control.cancelled:
            break
        twin = next((other for other in (*there, *here[:place]) if _is_copy(journal, one, other, traits)), None)
        if twin is not None and one.key is not None:
            found[one.key] = _likeness(twin)
    return found


def with_likeness(plan: ImportPlan, found: Mapping[int, Likeness]) -> ImportPlan:
    """The plan with what its photos are probably copies of."""
    return replace(plan, items=tuple(replace(item, like=found.get(item.key, item.like)) for item in plan.items))


def _of_photo(photo: Photo) -> _Compared:
    made = photo.original
    return _Compared(made.file_name, made.sha256, made.width, made.height, photo.when, photo_id=photo.id)


def _of_item(item: ImportItem) -> _Compared:
    return _Compared(
        item.name, item.sha256, item.width, item.height, item.when, key=item.key, microsecond=item.microsecond
    )


def _is_copy(journal: Journal, one: _Compared, other: _Compared, traits: dict[str, bytes]) -> bool:
    """Whether pixels say so, of two that neither their shapes nor their moments tell apart."""
    if one.sha256 == other.sha256 or not _shapes_agree(one, other) or not _moments_agree(one.when, other.when):
        return False
    if one.microsecond and other.microsecond and one.microsecond != other.microsecond:
        return False  # two of a burst
    from needlejournal.imaging.measuring.likeness import are_alike

    first, second = (_traits(journal, seen.sha256, traits) for seen in (one, other))
    return are_alike(first, second)


def _shapes_agree(one: _Compared, other: _Compared) -> bool:
    first, second = one.width * other.height, other.width * one.height
    return abs(first - second) <= _SHAPE * max(first, second)


def _moments_agree(one: When | None, other: When | None) -> bool:
    """Whether two photos may be of one moment; an unknown one may be any."""
    if one is None or other is None:
        return True
    if one.time is None or other.time is None:
        return one.day == other.day
    apart = datetime.combine(one.day, one.time) - datetime.combine(other.day, other.time)
    return abs(apart.total_seconds()) <= _SECONDS


def _traits(journal: Journal, sha256: str, known: dict[str, bytes]) -> bytes:
    """What a photo is compared by, read now or before; nothing where it has no preview."""
    if sha256 not in known:
        known[sha256] = _kept_traits(journal, sha256)
    return known[sha256]


def _kept_traits(journal: Journal, sha256: str) -> bytes:
    from needlejournal.imaging.measuring.likeness import VERSION, traits_of

    try:
        kept = journal.previews.reading(sha256, TRAITS, VERSION)
        if kept is not None:
            return base64.b64decode(kept)
        preview = journal.previews.get(sha256, THUMBNAIL)
        found = traits_of(preview) if preview else b""
        if found and not journal.read_only:
            journal.previews.put_reading(sha256, TRAITS, VERSION, base64.b64encode(found).decode())
    except (WorldError, ValueError):  # a preview that cannot be read tells nothing
        return b""
    return found


def _likeness(twin: _Compared) -> Likeness:
    if twin.photo_id and twin.when:
        words = message(
            "Probably the same photo as “{name}” of {day}, which is in the journal.", name=twin.name, day=twin.when.day
        )
        return Likeness(words, photo_id=twin.photo_id)
    return Likeness(message("Probably the same photo as “{name}”, which is here too.", name=twin.name), key=twin.key)
