"""Making previews that are missing, and dropping those of photos that never came in. Previews may fail freely."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from needlejournal.imaging.reading.previews import make_previews
from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.store import PROXY, THUMBNAIL, Journal
from needlejournal.workflows.progress import Control, Progress, Unattended


def make_missing(
    journal: Journal,
    photos: Iterable[Photo],
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> int:
    """Make the previews that these photos lack. May run in a worker. Returns how many photos got theirs."""
    readable = {photo.original.sha256: photo for photo in photos if photo.original.readable}
    lacking = [sha256 for kind in (THUMBNAIL, PROXY) for sha256 in journal.previews.missing(list(readable), kind)]
    lacking = list(dict.fromkeys(lacking))
    made = 0
    for position, sha256 in enumerate(lacking):
        if control.cancelled:
            break
        control.report(Progress(position, len(lacking), readable[sha256].original.file_name))
        made += make_for(journal, readable[sha256])
    return made


def make_for(journal: Journal, photo: Photo) -> bool:
    """Make the previews of one photo; False when its original is gone or cannot be read."""
    try:
        previews = make_previews(journal.photo_bytes(photo))
        kept = {THUMBNAIL: previews.thumbnail_jpeg, PROXY: previews.proxy_jpeg}
        journal.previews.put(photo.original.sha256, kept)
    except WorldError:
        return False
    return True


def drop_strays(journal: Journal) -> int:
    """Forget previews of pictures that were looked at and not saved. Returns how many.

    A disk that refuses is no obstacle: they are dropped another time.
    """
    dropped = 0
    with suppress(WorldError):
        for sha256 in journal.previews.hashes() - journal.photos.known_hashes().keys():
            journal.previews.forget(sha256)
            dropped += 1
    return dropped
