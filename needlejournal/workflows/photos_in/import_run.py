"""An import as it goes: brought, looked at, decided upon, saved, told. One frozen value; each step gives a new one.

Knows no window. What was decided can be taken back step by step until the photos are saved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from needlejournal.imaging.reading.unreadable import DAMAGED_KIND
from needlejournal.journal.dating import DateSource
from needlejournal.journal.photos import Photo
from needlejournal.workflows.photos_in.import_plan import (
    ImportItem,
    ImportPlan,
    Likeness,
    Standing,
    Stored,
    in_order_taken,
)
from needlejournal.workflows.photos_in.importing import Imported
from needlejournal.workflows.photos_in.same_photo import with_likeness

_STEPS_KEPT = 100
NO_PLAN = ImportPlan()
NOTHING_SAVED = Imported()


@dataclass(frozen=True, slots=True)
class Resting:
    """Nothing goes on: the person brings photos, or decides."""


@dataclass(frozen=True, slots=True)
class LookingAt:
    """What was brought is being looked at; `glimpsed` are the files found so far."""

    glimpsed: tuple[ImportItem, ...] = ()


@dataclass(frozen=True, slots=True)
class BeingSaved:
    """The photos are being saved."""


Doing = Resting | LookingAt | BeingSaved


@dataclass(frozen=True, slots=True)
class Look:
    """Photos that look like one view and have none yet; `view` and `zone` are what is proposed for them."""

    looks: str
    view: str
    zone: str
    keys: frozenset[int]


@dataclass(frozen=True, slots=True)
class DatesFound:
    """Photos without a date of their own whose dates are proposed from one source; from `first` to `last`."""

    source: DateSource
    keys: frozenset[int]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ImportRun:
    """`plan` is what would be saved, `doing` what is going on, `last` how the last saving went until that is read.

    `session_id` is the session it was begun from (0: none). `past` and `future` are the plans before and after what was
    decided; `meant` is the view last given to photos of a look.
    """

    plan: ImportPlan = NO_PLAN
    doing: Doing = Resting()
    last: Imported = NOTHING_SAVED
    session_id: int = 0
    past: tuple[ImportPlan, ...] = ()
    future: tuple[ImportPlan, ...] = ()
    meant: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def busy(self) -> bool:
        """Whether something is going on that can be stopped."""
        return not isinstance(self.doing, Resting)

    @property
    def being_saved(self) -> bool:
        """Whether photos are being saved."""
        return isinstance(self.doing, BeingSaved)

    @property
    def deciding(self) -> bool:
        """Whether there are photos whose decisions can be changed."""
        return not self.being_saved and any(item.wanted for item in self.plan.items)

    @property
    def glimpsed(self) -> tuple[ImportItem, ...]:
        """The files that are being looked at, as far as they are found."""
        return self.doing.glimpsed if isinstance(self.doing, LookingAt) else ()

    @property
    def has_outcome(self) -> bool:
        """Whether the last saving, and how it went, is still told."""
        return self.last != NOTHING_SAVED

    @property
    def saved_photos(self) -> tuple[Photo, ...]:
        """What the last saving saved, as long as it is told."""
        return tuple(photo for _, photo in self.last.saved)

    @property
    def broken(self) -> tuple[ImportItem, ...]:
        """Damaged photos, whether they are to be kept or not."""
        return tuple(item for item in self.plan.items if item.is_broken)

    @property
    def unread(self) -> tuple[ImportItem, ...]:
        """What cannot be read and is no damaged photo."""
        return tuple(
            item for item in self.plan.items if item.standing is Standing.UNREADABLE and item.kind != DAMAGED_KIND
        )

    @property
    def already(self) -> tuple[ImportItem, ...]:
        """What is in the journal already; first those whose own files in the journal were not whole."""
        there = [item for item in self.plan.items if item.standing is Standing.ALREADY]
        return tuple(sorted(there, key=lambda item: item.stored is Stored.WHOLE))

    @property
    def looks(self) -> tuple[Look, ...]:
        """The views that are proposed, most photos first."""
        found: dict[str, set[int]] = {}
        for item in self.plan.items:
            if item.looks and not item.view and item.wanted:
                found.setdefault(item.looks, set()).add(item.key)
        looks = (Look(look, *self.meant.get(look, (look, "")), frozenset(keys)) for look, keys in found.items())
        return tuple(sorted(looks, key=lambda look: (-len(look.keys), look.looks)))

    @property
    def dates_found(self) -> tuple[DatesFound, ...]:
        """The dates that are proposed, by where they come from."""
        found: dict[DateSource, list[tuple[date, int]]] = {}
        for item in self.plan.items:
            if item.proposal:
                found.setdefault(item.proposal.source, []).append((item.proposal.when.day, item.key))
        return tuple(
            DatesFound(source, frozenset(key for _, key in dated), min(dated)[0], max(dated)[0])
            for source, dated in found.items()
        )

    def begun_from(self, session_id: int) -> ImportRun:
        """Photos are brought from a session; what was saved before is told no more."""
        return replace(self, session_id=session_id, last=NOTHING_SAVED) if session_id else self

    def looking(self) -> ImportRun:
        """Files are being looked at."""
        return replace(self, doing=LookingAt())

    def glimpsing(self, items: Iterable[ImportItem]) -> ImportRun:
        """These files were found, or looked at as far as they are."""
        return replace(self, doing=LookingAt(tuple(items)))

    def found(self, plan: ImportPlan) -> ImportRun:
        """What was brought is looked at: it joins the plan, in the order taken."""
        joined = self.plan.joined(plan) if self.plan.items else plan
        ordered = replace(joined, items=in_order_taken(joined.items))
        return replace(self, plan=ordered, doing=Resting(), past=(), future=())

    def posed(self, views: Mapping[int, str]) -> ImportRun:
        """What the photos look like; it only proposes, and is no step to take back."""
        ended = (replace(item, looks=views.get(item.key, item.looks)) for item in self.plan.items)
        return replace(self, plan=replace(self.plan, items=tuple(ended)))

    def likened(self, found: Mapping[int, Likeness]) -> ImportRun:
        """What the photos are probably copies of; it only proposes, and is no step to take back."""
        return replace(self, plan=with_likeness(self.plan, found))

    @property
    def copies(self) -> frozenset[int]:
        """The photos that are probably copies of another, by their keys."""
        return frozenset(item.key for item in self.plan.items if item.like and item.wanted)

    def decided(self, plan: ImportPlan) -> ImportRun:
        """The person decided something."""
        if plan == self.plan:
            return self
        past = (*self.past, self.plan)[-_STEPS_KEPT:]
        return replace(self, plan=plan, past=past, future=())

    def with_view(self, keys: Collection[int], view: str, zone: str = "") -> ImportRun:
        """These show that view; photos of the same look are proposed it from now on."""
        meant = {item.looks: (view, zone) for item in self.plan.items if item.key in keys and item.looks}
        return replace(self.decided(self.plan.with_view(keys, view, zone)), meant={**self.meant, **meant})

    def undone(self) -> ImportRun:
        """Take the last decision back."""
        if not self.past:
            return self
        return replace(self, plan=self.past[-1], past=self.past[:-1], future=(self.plan, *self.future))

    def redone(self) -> ImportRun:
        """Decide again what was taken back."""
        if not self.future:
            return self
        return replace(self, plan=self.future[0], past=(*self.past, self.plan), future=self.future[1:])

    def saving(self) -> ImportRun:
        """The photos are being saved: from here on the journal's own undo takes back."""
        return replace(self, doing=BeingSaved(), last=NOTHING_SAVED, past=(), future=())

    def ended(self, result: Imported) -> ImportRun:
        """The saving has ended; what was not begun or needs a date stays."""
        left = {item.key for item in result.left}
        stays = tuple(item for item in self.plan.items if item.key in left or item.needs)
        return replace(self, plan=ImportPlan(stays), doing=Resting(), last=result)

    def read(self) -> ImportRun:
        """How it went has been read."""
        return replace(self, last=NOTHING_SAVED, session_id=0) if self.has_outcome else self


EMPTY = ImportRun()
