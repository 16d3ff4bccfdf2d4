"""Finishes a picture of a comparison that leaves the journal: what must be said beside it, and the file's bytes.

Pixels in, bytes out; for workers. What is said about the pair goes along with every export.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from needlejournal.imaging.lettering import Note
from needlejournal.imaging.panels import Panel, Sheet
from needlejournal.imaging.pixels import Pixels
from needlejournal.imaging.scrubbing import ExportFormat
from needlejournal.journal.comparability import Comparability
from needlejournal.journal.photo_facts import DIFFERS, UNKNOWN
from needlejournal.store.folder import as_world_error


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around the photos: a title, labels ("Aligned"), notes on comparability, a watermark line."""

    title: str = ""
    labels: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    watermark: str = ""


def notes_of(judgement: Comparability | None, reason: str = "") -> tuple[Note, ...]:
    """The footnotes of a pair: the summary, what differs, and why it was compared all the same."""
    if judgement is None:
        return ()
    unknown = bool(judgement.answered(UNKNOWN))
    differing = judgement.answered(DIFFERS)
    answer = DIFFERS if differing else UNKNOWN if unknown else "matches"
    notes = [Note(judgement.summary, answer), *(Note(item.sentence, DIFFERS) for item in differing)]
    if reason:
        notes.append(Note(f"Compared all the same, because: {reason}"))
    return tuple(notes)


def page(picture: Pixels, beside: Beside) -> Pixels:
    """Set a picture on a page with what must be said beside it."""
    from needlejournal.imaging.composing import compose_strip

    return compose_strip([Panel(picture)], _sheet(picture, beside))


def file(pictures: Sequence[Pixels], beside: Beside, kind: ExportFormat, seconds: float = 1.0) -> bytes:
    """The bytes of the file: one picture, or an endless animation where there are several."""
    from needlejournal.imaging.composing import compose_frames
    from needlejournal.imaging.scrubbing import encode, encode_animation

    if len(pictures) == 1:
        return encode(page(pictures[0], beside), kind)
    frames = compose_frames([Panel(picture) for picture in pictures], _sheet(pictures[0], beside))
    return encode_animation(frames, kind, seconds)


def _sheet(picture: Pixels, beside: Beside) -> Sheet:
    return Sheet(
        title=beside.title,
        labels=beside.labels,
        notes=beside.notes,
        watermark=beside.watermark,
        photo_height=picture.height,
        max_width=picture.width * 2,
    )


def write(path: Path, body: bytes) -> None:
    """Save an export where the person wants it. Raises WorldError; then nothing, or the old file, is there."""
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_bytes(body)
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise as_world_error(error, f"“{path.name}” was not saved") from error
