"""The plan as dated entries, for the calendar page, the agenda and the iCalendar file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.message import Message, message
from needlejournal.journal.planning.plan import CoursePlan, ExpectedOn, Plan, ProposedPhotos, ProposedRatings
from needlejournal.journal.planning.slots import Slot
from needlejournal.journal.sessions import Session


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """Something on a day, or from `day` to `until` (both included). `key` stays the same while the thing does.

    `kind`: session, next_session, photos, ratings or result. `state`: done, due, coming; of a next session also
    open, later, unknown. Proposals whose days are over and that were not taken up are no entries at all.
    """

    key: str
    kind: str
    day: date
    until: date
    title: Message
    short: Message
    text: Message | str = ""
    state: str = "coming"
    course_id: int = 0
    session_id: int | None = None
    session: Session | None = None
    lapses: date | None = None  # the last day on which a proposal still counts; None: it stays open


def agenda(plan: Plan, catalogue: Catalogue) -> tuple[AgendaEntry, ...]:
    """All entries of all courses by day."""
    found = [entry for of in plan.courses for entry in _entries(of, plan.today, catalogue)]
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.key)))


def _entries(of: CoursePlan, today: date, catalogue: Catalogue) -> Iterator[AgendaEntry]:
    yield from _sessions(of, today)
    yield from _next(of)
    for photos in of.photos:
        if photos.slot.day is not None and photos.state != "past":
            yield _photos(of, photos, photos.slot.day, catalogue)
    for ratings in of.ratings:
        if ratings.slot.day is not None and ratings.state != "past":
            yield _ratings(of, ratings, ratings.slot.day, catalogue)
    for result in of.results:
        yield from _results(of, result, today)


def _sessions(of: CoursePlan, today: date) -> Iterator[AgendaEntry]:
    for place, session in enumerate(of.sessions, start=1):
        day = session.when.day
        state = "done" if day <= today else "coming"
        title = _session_title(of, of.numbers[place - 1], place)
        short = message("Session {number}", number=of.numbers[place - 1])
        where = ", ".join(part for part in (session.clinic, session.practitioner) if part)
        key = f"session:{_session_key(session)}"
        yield AgendaEntry(
            key,
            "session",
            day,
            day,
            title,
            short,
            where,
            state,
            of.course.id,
            session.id,
            session,
        )


def _next(of: CoursePlan) -> Iterator[AgendaEntry]:
    following = of.next
    if following is None or following.booked is not None or following.earliest is None:
        return
    title = _next_title(of, following.number)
    until = following.latest or following.earliest
    key = f"next:{_course_key(of)}:{following.number}"
    yield AgendaEntry(
        key,
        "next_session",
        following.earliest,
        until,
        title,
        message("Good days for session {number}", number=following.number)
        if of.alone
        else message("Good days for the next session"),
        of.course.clinic,
        following.state,
        of.course.id,
        lapses=following.latest,
    )


def _photos(of: CoursePlan, photos: ProposedPhotos, day: date, catalogue: Catalogue) -> AgendaEntry:
    views = photos.views or photos.taken
    text = message("Views: {views}.", views=", ".join(catalogue.view(view).name for view in views))
    title = message("Photos {when}: {treatment}", when=_slot_words(photos.slot), treatment=of.treatment.name)
    return _proposal(of, photos.slot, day, "photos", (title, message("Photos"), text, photos.state))


def _ratings(of: CoursePlan, ratings: ProposedRatings, day: date, catalogue: Catalogue) -> AgendaEntry:
    slot = ratings.slot
    if slot.kind == "glow":
        title = message("Rate the fresh glow after session {number}", number=slot.number)
        text: Message | str = of.treatment.glow.statement.text if of.treatment.glow else ""
    else:
        title = message("Rate your concerns {when}: {treatment}", when=_slot_words(slot), treatment=of.treatment.name)
        text = f"{', '.join(catalogue.concern(concern).name for concern in ratings.concerns or ratings.rated)}."
    return _proposal(of, slot, day, "ratings", (title, message("Rate"), text, ratings.state))


def _proposal(
    of: CoursePlan, slot: Slot, day: date, kind: str, words: tuple[Message, Message, Message | str, str]
) -> AgendaEntry:
    key = f"{kind}:{_slot_key(of, slot)}"
    return AgendaEntry(key, kind, day, day, *words, of.course.id, slot.session_id, lapses=slot.lapses)


def _results(of: CoursePlan, expected: ExpectedOn, today: date) -> Iterator[AgendaEntry]:
    statement = expected.result.statement
    for day in expected.days:
        key = f"result:{_course_key(of)}:{expected.result.counted_from}:{day.isoformat()}"
        text = message("{statement} {sources}", statement=statement.text, sources=statement.cited)
        state = "done" if day < today else "coming"
        title = message("A result would be expected: {treatment}", treatment=of.treatment.name)
        yield AgendaEntry(key, "result", day, day, title, message("Result"), text, state, of.course.id)


def _slot_words(slot: Slot) -> Message:
    if slot.kind == "baseline":
        return message("before the first session")
    if slot.kind == "before_next":
        if slot.before:
            return message("before session {number}", number=slot.before)
        return message("before the next session")
    if slot.kind == "after_last":
        return message("%n month(s) after the last session", slot.offset)
    if slot.kind == "monthly":
        return message("of month {number} at home", number=slot.offset)
    return message("on day {day} after session {number}", day=slot.offset, number=slot.number)


def _session_title(of: CoursePlan, number: int, place: int) -> Message:
    """ "Session 3 of 4: Micro-needling" while a session's place in its course is its number, else both apart."""
    known = {"number": number, "place": place, "count": of.course.sessions, "treatment": of.treatment.name}
    if place > of.course.sessions:
        return message("Session {number}: {treatment}").filled(**known)
    if place == number:
        return message("Session {number} of {count}: {treatment}").filled(**known)
    return message("Session {number}: {treatment}, {place} of {count}").filled(**known)


def _next_title(of: CoursePlan, place: int) -> Message:
    """The number of a session to come is said only where no other course may come before it."""
    known = {"place": place, "count": of.course.sessions, "treatment": of.treatment.name}
    counted = place <= of.course.sessions
    if of.alone:
        with_number = message("Good days for session {place} of {count}: {treatment}")
        return (with_number if counted else message("Good days for session {place}: {treatment}")).filled(**known)
    of_count = message("Good days for the next session: {treatment}, {place} of {count}")
    return (of_count if counted else message("Good days for the next session: {treatment}")).filled(**known)


def _session_key(session: Session) -> str:
    return session.uid or str(session.id)


def _course_key(of: CoursePlan) -> str:
    if of.implied:
        return f"{of.treatment.key}:home" if of.at_home else of.treatment.key
    return of.course.uid or str(of.course.id)


def _slot_key(of: CoursePlan, slot: Slot) -> str:
    after = next((_session_key(session) for session in of.sessions if session.id == slot.session_id), "start")
    return f"{_course_key(of)}:{after}:{slot.kind}:{slot.offset}"


def entries_between(entries: Sequence[AgendaEntry], first: date, last: date) -> tuple[AgendaEntry, ...]:
    """The entries of which any day lies from `first` to `last`: a month of the calendar page."""
    return tuple(entry for entry in entries if entry.day <= last and entry.until >= first)
