"""Making the previews of a photo anew, and dropping those of photos that never came in. Previews may fail freely."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message, message
from needlejournal.journal.photos import Photo
from needlejournal.store import PROXY, Journal

if TYPE_CHECKING:
    from needlejournal.imaging.reading.pixels import BufferPool, Pixels
    from needlejournal.imaging.reading.previews import MadePreviews


def made_previews(journal: Journal, photo: Photo) -> MadePreviews:
    """Previews made anew of the original. Raises WorldError when it is gone or cannot be read."""
    from needlejournal.imaging.reading.apart import workers
    from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture

    looked = workers.look(journal.photo_bytes(photo))
    if looked.previews is None:
        raise looked.failure or UnreadablePicture(Reason.DAMAGED)
    return looked.previews


def proxy_of(journal: Journal, photo: Photo, pool: BufferPool | None = None) -> Pixels:
    """The photo about as large as a screen: its kept proxy, or the original in that size. Raises WorldError."""
    from needlejournal.imaging.reading.apart import workers
    from needlejournal.imaging.reading.previews import PROXY_SIDE, kept_upright
    from needlejournal.imaging.reading.unreadable import UnreadablePicture

    kept = journal.previews.get(photo.original.sha256, PROXY)
    with suppress(UnreadablePicture):
        if kept:
            return kept_upright(kept, pool)
    return workers.small(journal.photo_bytes(photo), PROXY_SIDE)


def small_of(journal: Journal, photo: Photo, long_side: int) -> Pixels:
    """The photo with a longer side of `long_side` pixels, or less; from its kept proxy or else the original.

    Raises WorldError when it cannot be read.
    """
    from needlejournal.imaging.reading.apart import workers
    from needlejournal.imaging.reading.previews import kept_small
    from needlejournal.imaging.reading.unreadable import UnreadablePicture

    kept = journal.previews.get(photo.original.sha256, PROXY)
    with suppress(UnreadablePicture):
        if kept:
            return kept_small(kept, long_side)
    return workers.small(journal.photo_bytes(photo), long_side)


def why_only_small(journal: Journal, photo: Photo) -> Message | None:
    """Why nothing but the kept small copies of a photo can be shown; None where its original is what was saved.

    Kept copies look as ever when the original is gone or rotten: whoever shows a photo large, or lets it leave, asks
    here and says so. Reads all of the original: for workers.
    """
    try:
        journal.photo_bytes(photo)
    except WorldError as error:
        return message("{why} What is shown is its small copy.", why=error.message)
    return None


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
