"""What an import would do, as a frozen value: every photo with its date, view and place, and what must be decided.

A correction gives a new plan. Nothing here reads a file or writes a row.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from needlejournal.imaging.reading.unreadable import DAMAGED_KIND
from needlejournal.journal.dating import DateSource, Proposal, ranked
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message
from needlejournal.journal.moments import When, in_order, is_known_before
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.photos import Camera


@frozen
class Pasted:
    """A picture that came as bytes, from the clipboard."""

    name: str
    data: bytes = field(repr=False)


ImportSource = Path | Pasted
UNREACHABLE = "unreachable"  # the `kind` of what cannot be opened now, whatever it holds


class CompanionKind(Enum):
    """What a file is to the photo it lies beside."""

    NOTES = "notes"  # lists of edits, dates and tags that other programs keep
    FILM = "film"  # the moving part of a Live Photo
    RAW = "raw"  # the camera's own file, kept beside its JPEG


@frozen
class Companion:
    """A file that belongs to a photo and stays where it is."""

    path: Path
    kind: CompanionKind


class Standing(Enum):
    """How a file stands to the journal."""

    NEW = "new"
    TRASHED = "trashed"  # in the journal's trash: importing brings it back
    ALREADY = "already"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"  # it can be shown, and part of it is broken


class Stored(Enum):
    """How the journal's own file of a photo is that is in the journal already."""

    WHOLE = "whole"
    MENDED = "mended"  # it was missing or damaged, and was put back from the file at hand
    BROKEN = "broken"  # it is missing or damaged, and could not be put back


@frozen
class Likeness:
    """What a photo is probably a copy of: a photo of the journal, or another item. Only a hint."""

    words: Message
    photo_id: int = 0
    key: int | None = None


@frozen
class ImportItem:
    """One file of an import. Width and height are upright pixels; `reason` is the sentence for its standing.

    `kind` is the word for what an unreadable file is. `when` is the date as it stands, `clock` what the camera's clock
    said, right or wrong, `microsecond` its part of a second; `proposals` are dates found elsewhere, most trusted first,
    and `dated_by` where the date comes from that was accepted. `remark` tells what else the file holds. `photo_id` is
    the photo in the journal with the same bytes; `same_as` the key of the item with the same bytes. `looks` is the
    view it looks like. `damage` tells what is broken, as `Photo.damage` does, and `harmed` where, as left, top, width
    and height in parts of the picture. `like` is what it is probably another copy of. `stored` is how the journal's own
    file is of a photo that is there already.
    `keep` says that an unreadable or damaged file is to be kept as an original all the same.
    """

    key: int
    source: ImportSource
    standing: Standing
    sha256: str = ""
    size: int = 0
    format: str = ""
    width: int = 0
    height: int = 0
    camera: Camera = field(default_factory=Camera)
    when: When | None = None
    clock: When | None = None
    microsecond: int = 0
    proposals: tuple[Proposal, ...] = ()
    dated_by: DateSource | None = None
    view: str = ""
    zone: str = ""
    looks: str = ""
    session_id: int | None = None
    mirrored: bool = False
    colour: int = 0xD9D9D9
    kind: str = ""
    damage: str = ""
    harmed: tuple[float, float, float, float] | None = None
    reason: Message | None = None
    remark: Message | None = None
    photo_id: int = 0
    same_as: int | None = None
    like: Likeness | None = None
    keep: bool = False
    stored: Stored = Stored.WHOLE

    @property
    def name(self) -> str:
        """The file's name, printable whatever its bytes are."""
        return self.source.name if isinstance(self.source, Pasted) else printable(self.source.name)

    @property
    def wanted(self) -> bool:
        """Whether it is to be saved, once its date is known."""
        broken = self.standing in {Standing.UNREADABLE, Standing.DAMAGED}
        return self.keep if broken else self.standing is not Standing.ALREADY

    @property
    def is_broken(self) -> bool:
        """Whether it is a damaged photo, whether it is to be kept or not."""
        return self.kind == DAMAGED_KIND and self.standing is not Standing.ALREADY

    @property
    def needs(self) -> tuple[str, ...]:
        """What must be decided before it can be saved."""
        return ("date",) if self.wanted and self.when is None else ()

    @property
    def open_questions(self) -> tuple[str, ...]:
        """What should be decided: what it needs, and its view, which can be given later too."""
        unseen = self.standing is Standing.UNREADABLE
        return (*self.needs, "view") if self.wanted and not self.view and not unseen else self.needs

    @property
    def proposal(self) -> Proposal | None:
        """The date that is proposed, while there is none."""
        return self.proposals[0] if self.proposals and self.wanted and self.when is None else None

    @property
    def moment(self) -> When | None:
        """Its date, or else what the camera's clock said, right or wrong, or the date that is proposed."""
        return self.when or self.clock or (self.proposal.when if self.proposal else None)

    @property
    def saves(self) -> bool:
        """Whether it would be saved as it stands."""
        return self.wanted and self.when is not None


@frozen
class ImportPlan:
    """All files of one import, in their order, and those that belong to them. `complete`: the scan was not stopped."""

    items: tuple[ImportItem, ...] = ()
    complete: bool = True
    companions: tuple[Companion, ...] = ()

    @property
    def to_save(self) -> tuple[ImportItem, ...]:
        """What would be saved as the plan stands, in the order taken."""
        return in_order_taken(item for item in self.items if item.saves)

    @property
    def about_companions(self) -> tuple[Message, ...]:
        """One quiet line for each kind of file that belongs to a photo and stays where it is."""
        raws = sum(1 for companion in self.companions if companion.kind is CompanionKind.RAW)
        others = len(self.companions) - raws
        lines = (
            message("%n companion file(s) (was|were) left out.", others) if others else None,
            message("%n raw file(s) beside (its|their) photo(s) (was|were) left out.", raws) if raws else None,
        )
        return tuple(line for line in lines if line)

    def item(self, key: int) -> ImportItem:
        """The item with this key. Raises KeyError."""
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)

    def with_when(self, keys: Collection[int], when: When, calendar: SessionCalendar) -> ImportPlan:
        """Give these a date; the session they belong to is proposed anew."""
        session_id = proposed_session(calendar, when)
        return self._changed(keys, lambda item: replace(item, when=when, dated_by=None, session_id=session_id))

    def with_proposed(self, keys: Collection[int], calendar: SessionCalendar) -> ImportPlan:
        """Accept the proposed dates of these, as far as they have one and no date yet."""
        return self._changed(keys, lambda item: _accepted(item, calendar))

    def with_day(self, keys: Collection[int], day: date, calendar: SessionCalendar) -> ImportPlan:
        """Move these to a day; each keeps its time of day and offset, and its session is proposed anew."""
        return self._changed(keys, lambda item: _moved(item, calendar, day=day))

    def with_time(self, keys: Collection[int], clock: time | None, calendar: SessionCalendar) -> ImportPlan:
        """Give these, as far as they have a day, a time of day."""
        return self._changed(keys, lambda item: _moved(item, calendar, time=clock))

    def with_offset(self, keys: Collection[int], minutes: int | None, calendar: SessionCalendar) -> ImportPlan:
        """Give these, as far as they have a day, an offset from UTC in minutes."""
        return self._changed(keys, lambda item: _moved(item, calendar, offset_minutes=minutes))

    def with_clock(self, keys: Collection[int], difference: timedelta, calendar: SessionCalendar) -> ImportPlan:
        """Move these, as far as they have a date, by what the camera's clock was wrong; what would leave the
        years that are taken stays."""

        def moved(item: ImportItem) -> ImportItem:
            if item.moment is None:
                return item
            try:
                at = datetime.combine(item.moment.day, item.moment.time or time.min) + difference
            except OverflowError:
                return item
            dated = replace(item, when=item.moment)
            return _moved(dated, calendar, day=at.date(), time=at.time() if item.moment.time else None)

        return self._changed(keys, moved)

    def with_view(self, keys: Collection[int], view: str, zone: str = "") -> ImportPlan:
        """Give these a view, and for a close-up the zone."""
        return self._changed(keys, lambda item: replace(item, view=view, zone=zone))

    def with_session(self, keys: Collection[int], session_id: int | None) -> ImportPlan:
        """Say that these were taken for a session; None: they belong to their day."""
        return self._changed(keys, lambda item: replace(item, session_id=session_id))

    def with_mirrored(self, keys: Collection[int], *, mirrored: bool) -> ImportPlan:
        """Say whether the phone mirrored these."""
        return self._changed(keys, lambda item: replace(item, mirrored=mirrored))

    def with_kept(self, keys: Collection[int], *, keep: bool) -> ImportPlan:
        """Say whether these, which cannot be read, are kept as originals all the same."""
        return self._changed(keys, lambda item: replace(item, keep=keep))

    def without(self, keys: Collection[int]) -> ImportPlan:
        """Leave these out, with what holds the same bytes; what was probably a copy of one is none any more."""
        left = (item for item in self.items if item.key not in keys and item.same_as not in keys)
        alone = (replace(item, like=None) if item.like and item.like.key in keys else item for item in left)
        return replace(self, items=tuple(alone))

    def joined(self, later: ImportPlan) -> ImportPlan:
        """Add the files of a later scan, with keys of their own; the same bytes twice count once."""
        base = 1 + max((item.key for item in self.items), default=-1)
        moved = (_shifted(item, base) for item in later.items)
        companions = dict.fromkeys((*self.companions, *later.companions))
        return ImportPlan(once_each((*self.items, *moved)), self.complete and later.complete, tuple(companions))

    def _changed(self, keys: Collection[int], change: Callable[[ImportItem], ImportItem]) -> ImportPlan:
        return replace(self, items=tuple(change(item) if item.key in keys else item for item in self.items))


def in_order_taken(items: Iterable[ImportItem]) -> tuple[ImportItem, ...]:
    """The items by when they were taken, bursts by their part of a second; those without a date come last, by name."""
    every = sorted(items, key=lambda item: (item.microsecond, item.name))
    dated = [(item.when, place) for place, item in enumerate(every) if item.when]
    order = [place for _, place in in_order(dated, lambda one: one[0], lambda one: one[1])]
    return (*(every[place] for place in order), *(item for item in every if item.when is None))


def _accepted(item: ImportItem, calendar: SessionCalendar) -> ImportItem:
    proposal = item.proposal
    if proposal is None:
        return item
    session_id = proposed_session(calendar, proposal.when)
    return replace(item, when=proposal.when, dated_by=proposal.source, session_id=session_id)


def _moved(item: ImportItem, calendar: SessionCalendar, **changed: Any) -> ImportItem:
    """The item with part of its moment changed; one without a day gets one, or stays as it is."""
    if item.when is None and "day" not in changed:
        return item
    when = replace(item.when, **changed) if item.when else When(**changed)
    if when == item.when:
        return item
    return replace(item, when=when, dated_by=None, session_id=proposed_session(calendar, when))


def once_each(items: Iterable[ImportItem]) -> tuple[ImportItem, ...]:
    """Mark items whose bytes came before, as a photo to be saved or damaged; the first is told what the others know."""
    firsts: dict[str, int] = {}
    found: list[ImportItem] = []
    for item in items:
        found.append(item)
        if item.sha256 and (item.wanted or item.is_broken):
            first = firsts.setdefault(item.sha256, len(found) - 1)
            if found[first] is not item:
                found[first], found[-1] = _one_photo(found[first], item)
    return tuple(found)


def _one_photo(first: ImportItem, copy: ImportItem) -> tuple[ImportItem, ImportItem]:
    """Two files of the same bytes: the first, with the dates and the view that either tells; the other is "already".

    The file that counts is the one that tells the date, so that "from the file's name" is said beside that name.
    """
    proposals = _of_both(first.proposals, copy.proposals)
    swaps = bool(proposals) and first.when is None and proposals[0] not in first.proposals
    source, other = (copy.source, first.source) if swaps else (first.source, copy.source)
    view, zone = (first.view, first.zone) if first.view else (copy.view, copy.zone)
    counts = replace(first, source=source, proposals=proposals, view=view, zone=zone)
    return counts, _as_second(replace(copy, source=other), counts)


def _of_both(first: Sequence[Proposal], copy: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The dates of both, most trusted first; the camera's own comes first among others, or last, as it did before."""
    several = [found for found in (first, copy) if len(found) > 1]
    camera_last = all(found[0].source is not DateSource.CAMERA for found in several)
    return ranked((*first, *copy), camera_last=camera_last)


def _as_second(item: ImportItem, first: ImportItem) -> ImportItem:
    reason = message("The same photo as “{name}”, which is here too.", name=first.name)
    return replace(item, standing=Standing.ALREADY, reason=reason, same_as=first.key, photo_id=first.photo_id)


def _shifted(item: ImportItem, base: int) -> ImportItem:
    like = item.like
    if like and like.key is not None:
        like = replace(like, key=like.key + base)
    return replace(item, key=item.key + base, same_as=None if item.same_as is None else item.same_as + base, like=like)


def proposed_session(calendar: SessionCalendar, when: When) -> int | None:
    """The session of that day, unless the photo was taken before it began; None: it belongs to its day."""
    number = calendar.place(when)
    if number is None or number.days != 0:
        return None
    began = calendar.marks[number.number - 1].when
    return None if is_known_before(when, began) else number.session_id


def guessed_key(name: str, keys: Iterable[str]) -> str:
    """The one key that a file name spells out, "" when none or several do: "IMG oblique-left.jpg" → oblique_left."""
    letters = _letters(name)
    found = [key for key in keys if _letters(key) in letters]
    return found[0] if len(found) == 1 else ""


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def printable(text: str) -> str:
    """A path or name that can be shown and kept, with a sign where its bytes are no text."""
    return os.fsencode(text).decode("utf-8", "replace")
