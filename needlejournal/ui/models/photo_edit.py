"""What several photos have in common, and the changes that can be made to all of them at once. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from needlejournal.journal.moments import When
from needlejournal.journal.photos import Photo

T = TypeVar("T")
Change = Callable[[Photo], Photo]


@dataclass(frozen=True, slots=True)
class Shared(Generic[T]):
    """A value of several photos: the one they all have, or `differs`."""

    value: T | None
    differs: bool = False


def shared(photos: Sequence[Photo], value_of: Callable[[Photo], T]) -> Shared[T]:
    """The value that all photos have."""
    values = {value_of(photo) for photo in photos}
    return Shared(values.pop()) if len(values) == 1 else Shared(None, differs=bool(values))


def shared_tags(photos: Sequence[Photo]) -> tuple[str, ...]:
    """The tags that every photo has, in the order of the first."""
    if not photos:
        return ()
    return tuple(tag for tag in photos[0].tags if all(tag in photo.tags for photo in photos))


def on_day(day: date) -> Change:
    """Another day; time and offset stay."""
    return lambda photo: replace(photo, when=replace(photo.when, day=day))


def at_time(clock: time | None) -> Change:
    """Another time of day; without one the offset says nothing any more."""
    return lambda photo: replace(photo, when=When(photo.when.day, clock, photo.when.offset_minutes if clock else None))


def moved_by(difference: timedelta) -> Change:
    """The moment moved, as after a clock that was wrong; a photo without a time moves by whole days."""

    def change(photo: Photo) -> Photo:
        when = photo.when
        moved = datetime.combine(when.day, when.time or time.min) + difference
        return replace(photo, when=replace(when, day=moved.date(), time=moved.time() if when.time else None))

    return change


def at_offset(minutes: int) -> Change:
    """Another offset from UTC."""
    return lambda photo: replace(photo, when=replace(photo.when, offset_minutes=minutes))


def with_values(**values: object) -> Change:
    """Other values of the photo itself: view, zone, session_id, mirrored, note."""
    return lambda photo: replace(photo, **values)  # type: ignore[arg-type]


def declared_as(**values: object) -> Change:
    """Other things declared by the patient: make_up, moisturiser, expression, light."""
    return lambda photo: replace(photo, declared=replace(photo.declared, **values))  # type: ignore[arg-type]


def retagged(before: Sequence[str], after: Sequence[str]) -> Change:
    """What was added to the shared tags is added to every photo, what was taken away is taken from all."""
    gone = set(before) - set(after)

    def change(photo: Photo) -> Photo:
        kept = [tag for tag in photo.tags if tag not in gone]
        return replace(photo, tags=tuple(dict.fromkeys([*kept, *after])))

    return change
