"""What a person writes of one day: each symptom with how strong it was and where, or that there was nothing.

Reads and writes a journal's rows; knows no window.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.sessions import Severity
from needlejournal.store import Journal

ANYWHERE = ""


@dataclass(frozen=True, slots=True)
class SymptomOfDay:
    """All that a patient says of one symptom on one day: how strong in each place, and a note.

    `places` has a severity for each zone, or for `ANYWHERE` where no zone was given; none at all: unknown.
    """

    symptom: str
    places: Mapping[str, Severity] = field(default_factory=dict)
    note: str = ""

    @property
    def severity(self) -> Severity | None:
        """The highest over all places; None while the day is unknown for this symptom."""
        return max(self.places.values(), default=None)

    @property
    def zones(self) -> frozenset[str]:
        """The places that are zones."""
        return frozenset(self.places) - {ANYWHERE}

    @property
    def is_felt(self) -> bool:
        """Whether it was there at all that day."""
        return (self.severity or Severity.NONE) > Severity.NONE

    def as_strong_as(self, severity: Severity | None) -> SymptomOfDay:
        """The same with another severity on the whole: what was strongest becomes it, and nothing is stronger.

        Places that were milder stay as they are. A severity of None takes the symptom back.
        """
        if severity is None:
            return SymptomOfDay(self.symptom, {}, self.note)
        if not self.places:
            return replace(self, places={ANYWHERE: severity})
        highest = self.severity
        return replace(
            self,
            places={
                zone: severity if there == highest else min(there, severity) for zone, there in self.places.items()
            },
        )

    def felt_in(self, zones: Mapping[str, Severity]) -> SymptomOfDay:
        """The same in these zones. Without any it is kept as strong as it was, in no zone."""
        if zones or self.severity is None:
            return replace(self, places=dict(zones))
        return replace(self, places={ANYWHERE: self.severity})


def symptoms_of(entries: Iterable[SideEffect]) -> dict[str, SymptomOfDay]:
    """The entries of one day by symptom; of several notes the first is told."""
    found: dict[str, SymptomOfDay] = {}
    for entry in entries:
        so_far = found.get(entry.symptom, SymptomOfDay(entry.symptom))
        places = {**so_far.places, entry.zone: entry.severity}
        found[entry.symptom] = SymptomOfDay(entry.symptom, places, so_far.note or entry.note)
    return found


def write_symptom(journal: Journal, day: date, written: SymptomOfDay) -> None:
    """Store what is said of a symptom, one entry for each place; places left out go to the trash.

    A note that another place has for itself stays. What is felt takes "nothing to note" away. Belongs inside a step.
    """
    there = {entry.zone: entry for entry in journal.side_effects.of_day(day) if entry.symptom == written.symptom}
    shown = symptoms_of(there.values()).get(written.symptom, written).note
    for zone, entry in there.items():
        if zone not in written.places:
            journal.side_effects.trash(entry.id)
    for zone, severity in sorted(written.places.items()):
        entry = there.get(zone, SideEffect(day, written.symptom, Severity.NONE, zone, shown))
        note = written.note if entry.note == shown else entry.note
        journal.side_effects.save(replace(entry, severity=severity, note=note))
    if written.is_felt:
        _set_nothing(journal, day, nothing=False)


def write_entry(journal: Journal, entry: SideEffect) -> SideEffect:
    """Store one entry in place of that of its day, symptom and zone, whose note stays where the new one has none.

    What is felt takes "nothing to note" away. Belongs inside a step.
    """
    there = [one for one in journal.side_effects.of_day(entry.day) if one.symptom == entry.symptom]
    note = entry.note or next((one.note for one in there if one.zone == entry.zone), "")
    if entry.severity > Severity.NONE:
        _set_nothing(journal, entry.day, nothing=False)
    return journal.side_effects.save(replace(entry, note=note))


def write_nothing(journal: Journal, day: date, *, nothing: bool) -> None:
    """Say that there was nothing to note, which takes back what was felt that day; or that this is not known.

    Belongs inside a step.
    """
    if nothing:
        for written in symptoms_of(journal.side_effects.of_day(day)).values():
            if written.is_felt:
                write_symptom(journal, day, written.as_strong_as(None))
    _set_nothing(journal, day, nothing=nothing)


def take_out_of_trash(journal: Journal, kind: str, row_id: int) -> None:
    """Restore what was deleted. A side effect that was felt takes "nothing to note" of its day away.

    Belongs inside a step.
    """
    journal.rows_of(kind).restore(row_id)
    entry = journal.side_effects.get(row_id) if kind == "side_effect" else None
    if entry:
        something_was_felt(journal, entry.day)


def something_was_felt(journal: Journal, day: date) -> None:
    """Take "nothing to note" of a day away where a side effect of it was felt. Belongs inside a step."""
    if any(entry.severity > Severity.NONE for entry in journal.side_effects.of_day(day)):
        _set_nothing(journal, day, nothing=False)


def _set_nothing(journal: Journal, day: date, *, nothing: bool) -> None:
    note = journal.day_notes.of_day(day) or DayNote(day)
    if note.nothing_to_note != nothing:
        journal.day_notes.save(replace(note, nothing_to_note=nothing))


@dataclass(frozen=True, slots=True)
class DayBefore:
    """The last day anybody wrote before another: its symptoms, or that there was nothing."""

    day: date
    symptoms: Mapping[str, SymptomOfDay]
    nothing: bool


def last_written_before(journal: Journal, day: date, since: date) -> DayBefore | None:
    """The last day from `since` to before `day` on which something was written about side effects, or None."""
    until = date.fromordinal(day.toordinal() - 1)
    entries = journal.side_effects.between(since, until)
    nothing = journal.day_notes.nothing_to_note(since, until)
    days = [*(entry.day for entry in entries[-1:]), *(note.day for note in nothing[-1:])]
    if not days:
        return None
    last = max(days)
    of_day = symptoms_of(entry for entry in entries if entry.day == last)
    return DayBefore(last, of_day, any(note.day == last for note in nothing))


def write_same(journal: Journal, day: date, before: DayBefore) -> None:
    """Write a day like the one before it, with places and without its notes. Belongs inside a step."""
    if before.nothing:
        write_nothing(journal, day, nothing=True)
    for written in before.symptoms.values():
        write_symptom(journal, day, replace(written, note=""))
