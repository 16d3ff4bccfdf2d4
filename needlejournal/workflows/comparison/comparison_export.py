"""Finishes a picture of a comparison that leaves the journal: what must be said beside it, and the file's bytes.

Pixels in, bytes out; for workers. What is said about the pair goes along with every export.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.composing.lettering import Note
from needlejournal.imaging.composing.panels import Panel, PanelSheet
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.comparing.comparability import Comparability
from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, UNKNOWN
from needlejournal.journal.message import Message, message
from needlejournal.workflows.progress import Control, Progress, Unattended


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around the photos: a title, labels ("Aligned"), notes on comparability, a watermark line."""

    title: str = ""
    labels: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    watermark: str = ""


def notes_of(
    judgement: Comparability | None, reason: str = "", say: Callable[[Message], str] = str
) -> tuple[Note, ...]:
    """The footnotes of a pair in the words of `say`: the summary, what differs, why it was compared all the same."""
    if judgement is None:
        return ()
    differing = judgement.answered(DIFFERS)
    notes = [Note(say(judgement.summary), _answer(judgement))]
    notes += [Note(say(item.sentence), DIFFERS) for item in differing]
    if reason:
        notes.append(Note(say(message("Compared anyway, because: {reason}", reason=reason))))
    return tuple(notes)


def notes_of_series(
    judged: Sequence[tuple[str, Comparability]], say: Callable[[Message], str] = str
) -> tuple[Note, ...]:
    """The footnotes of a series: for each photo, named by its words, the summary beside the first one."""
    return tuple(Note(f"{words}: {say(judgement.summary)}", _answer(judgement)) for words, judgement in judged)


def _answer(judgement: Comparability) -> str:
    if judgement.answered(DIFFERS):
        return DIFFERS
    return UNKNOWN if judgement.answered(UNKNOWN) else MATCHES


def page(picture: Pixels, beside: Beside) -> Pixels:
    """Set a picture on a page with what must be said beside it."""
    from needlejournal.imaging.composing.pictures import compose_strip

    return compose_strip([Panel(picture)], _sheet(picture, beside))


class Stopped(Exception):
    """The person stopped the work; nothing was written."""


def file(
    pictures: Sequence[Pixels],
    beside: Beside,
    kind: ExportFormat,
    seconds: float = 1.0,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> bytes:
    """The bytes of the file: one picture, or an endless animation where there are several.

    Tells its progress frame by frame: each is set on its page, then encoded. Raises Stopped.
    """
    from needlejournal.imaging.composing.scrubbing import encode, encode_animation

    def step(done: int) -> None:
        if control.cancelled:
            raise Stopped
        control.report(Progress(done, 2 * len(pictures)))

    pages = []
    for number, picture in enumerate(pictures):
        step(number)
        pages.append(page(picture, beside))
    if len(pages) == 1:
        return encode(pages[0], kind)
    return encode_animation(pages, kind, seconds, before_frame=lambda number: step(len(pages) + number))


def _sheet(picture: Pixels, beside: Beside) -> PanelSheet:
    return PanelSheet(
        title=beside.title,
        labels=beside.labels,
        notes=beside.notes,
        watermark=beside.watermark,
        photo_height=picture.height,
        max_width=picture.width * 2,
    )
