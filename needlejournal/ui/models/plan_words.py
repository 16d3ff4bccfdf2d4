"""The plan in words: when the next session would suit, which photos are proposed, how a proposal stands. No widget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.planning.course_sessions import NextSession
from needlejournal.journal.planning.plan import CoursePlan, Plan, ProposedPhotos
from needlejournal.journal.planning.slots import Slot
from needlejournal.ui import language
from needlejournal.ui.language import day_and_month, medium_date, tr


def span(first: date, last: date, today: date) -> str:
    """ "12 to 26 April", "28 March to 11 April 2025"; without the year that it is."""
    dated = day_and_month if first.year == last.year == today.year else medium_date
    if first == last:
        return dated(first)
    if first.year != last.year:
        start = medium_date(first)
    elif first.month != last.month or language.month_first():
        start = day_and_month(first)
    else:
        start = str(first.day)
    return tr("{first} to {last}").format(first=start, last=dated(last))


def next_words(of: CoursePlan, today: date) -> str:
    """ "Session 3: 12 to 26 April would suit your plan", or what else is known of the next session.

    Where nobody planned it is said what would be usual; a routine at home asks no clinic.

    Its number is told where it is certain: booked, or no session of another course may come before it.
    """
    following = of.next
    if following is None:
        return ""
    if following.booked is not None:
        return tr("Session {n} is on {day}").format(n=of.booked_number, day=language.weekday_and_day(following.booked))
    if of.at_home and following.latest is not None and following.state == "later":
        words = tr("{course}: the next was planned by {day}; any other day is fine")
        return words.format(course=course_name(of), day=_dated(following.latest, today))
    if of.implied and following.earliest is not None and following.latest is not None:
        return _usual_words(of, following.earliest, following.latest, today)
    return _numbered_words(following, today) if of.alone else _named_words(following, course_name(of), today)


def _usual_words(of: CoursePlan, first: date, last: date, today: date) -> str:
    """What the treatment's file says of a next session that nobody planned."""
    following = of.next
    number, course = following.number if following else 0, course_name(of)
    if today > last:
        words = tr("{course}: a next session would have been usual by {day}; still fine if your clinic agrees")
        if of.alone:
            words = tr("Session {n} would have been usual by {day}; still fine if your clinic agrees")
        return words.format(n=number, course=course, day=_dated(last, today))
    words = tr("{course}: for a next session, {days} would be usual")
    if of.alone:
        words = tr("Session {n}: {days} would be usual")
    return words.format(n=number, course=course, days=span(first, last, today))


def _numbered_words(following: NextSession, today: date) -> str:
    number, first, last = following.number, following.earliest, following.latest
    if last is not None and following.state == "later":
        words = tr("Session {n} was due by {day}; still fine if your clinic agrees")
        return words.format(n=number, day=_dated(last, today))
    if first is not None and last is None:
        words = tr("Session {n}: any day from {day} would suit your plan")
        if number == 1 and first < today:
            words = tr("You hoped for session 1 on {day}; still fine if your clinic agrees")
        elif number == 1:
            words = tr("You hope for session 1 on {day}")
        return words.format(n=number, day=medium_date(first))
    if first is not None and last is not None:
        words = tr("Session {n}: {days} would suit your plan")
        return words.format(n=number, days=span(first, last, today))
    if last is not None:
        return tr("Session {n}: any day until {day} would suit your plan").format(n=number, day=medium_date(last))
    return tr("No days are planned for session {n} yet").format(n=number)


def _named_words(following: NextSession, course: str, today: date) -> str:
    first, last = following.earliest, following.latest
    if last is not None and following.state == "later":
        words = tr("{course}: the next session was due by {day}; still fine if your clinic agrees")
        return words.format(course=course, day=_dated(last, today))
    if first is not None and last is None:
        words = tr("{course}: for the next session, any day from {day} would suit your plan")
        if following.number == 1 and first < today:
            words = tr("{course}: you hoped for the first session on {day}; still fine if your clinic agrees")
        elif following.number == 1:
            words = tr("{course}: you hope for the first session on {day}")
        return words.format(course=course, day=medium_date(first))
    if first is not None and last is not None:
        words = tr("{course}: for the next session, {days} would suit your plan")
        return words.format(course=course, days=span(first, last, today))
    if last is not None:
        return tr("{course}: for the next session, any day until {day} would suit your plan").format(
            course=course, day=medium_date(last)
        )
    return tr("{course}: no days are planned for the next session yet").format(course=course)


def _dated(day: date, today: date) -> str:
    return day_and_month(day) if day.year == today.year else medium_date(day)


def standing_words(of: CoursePlan, today: date) -> str:
    """The headline of a course: its next session, or that it is complete or has ended."""
    if of.next is not None:
        return next_words(of, today)
    if of.course.ended is not None:
        return tr("This plan ended on {day}").format(day=medium_date(of.course.ended))
    if of.at_home and of.sessions:
        return tr("%n session(s) at home so far", len(of.sessions))
    if of.implied and of.sessions:
        return tr("%n session(s) so far", len(of.sessions))
    if of.sessions:
        return tr("All %n planned session(s) are done", len(of.sessions))
    return tr("Ask your clinic when the first session should be")


def place_words(of: CoursePlan, place: int) -> str:
    """ "3 of 4": which of its course a session is, where that has a number of sessions; else ""."""
    if not of.course.sessions or place > of.course.sessions:
        return ""
    return tr("{place} of {count}").format(place=place, count=of.course.sessions)


def interval_words(of: CoursePlan) -> str:
    """ "Course of 4, 28 to 42 days apart." with as much as is known."""
    course = of.course
    count = tr("Course of %n session(s)", course.sessions) if course.sessions else tr("No fixed number of sessions")
    low, high = course.not_before, course.not_after
    if low is not None and low == high:
        return tr("{count}, %n day(s) apart", low).format(count=count)
    if low is not None and high is not None:
        return tr("{count}, {low} to {high} days apart").format(count=count, low=low, high=high)
    if low is not None:
        return tr("{count}, at least %n day(s) apart", low).format(count=count)
    if high is not None:
        return tr("{count}, at most %n day(s) apart", high).format(count=count)
    return count


def slot_words(slot: Slot) -> str:
    """ "Day 3 after session 2", "Before session 3", "1 month after the last session"."""
    if slot.kind == "baseline":
        return tr("Baseline, before the first session")
    if slot.kind == "before_next":
        return (
            tr("Just before session {n}").format(n=slot.before) if slot.before else tr("Just before the next session")
        )
    if slot.kind == "monthly":
        return tr("Month {n} at home").format(n=slot.offset)
    if slot.kind == "after_last":
        return tr("%n month(s) after the last session", slot.offset)
    if slot.offset == 0:
        return tr("Day of session {n}").format(n=slot.number)
    return tr("Day {day} after session {n}").format(day=slot.offset, n=slot.number)


def state_word(state: str) -> str:
    """A proposal's state in a word; what went by is never called missed."""
    return {
        "done": tr("done"),
        "due": tr("due now"),
        "coming": tr("coming"),
        "open": tr("open now"),
        "later": tr("still open"),
        "past": tr("no photos"),
    }.get(state, "")


def view_words(views: Sequence[str], catalogue: Catalogue) -> str:
    """The views by name, both sides of one told of together: "frontal, both obliques, both laterals"."""
    pairs = {"oblique": tr("both obliques"), "lateral": tr("both laterals")}
    found: list[str] = []
    for view in views:
        stem, _, _side = view.rpartition("_")
        both = stem in pairs and {f"{stem}_left", f"{stem}_right"} <= set(views)
        shown = catalogue.view(view)
        found.append(pairs[stem] if both else (shown.clinical or shown.name).lower())
    return ", ".join(dict.fromkeys(found))


def due_words(photos: Sequence[ProposedPhotos], catalogue: Catalogue) -> str:
    """ "Photos due: frontal, both obliques": all that is due, each view once; "" when nothing is."""
    views = [view for proposed in photos for view in proposed.views]
    if not views:
        return ""
    in_order = [view for view in catalogue.photo_plan.views if view in views]
    return tr("Photos due: {views}").format(views=view_words(in_order or views, catalogue))


def banner_words(plan: Plan, catalogue: Catalogue) -> tuple[str, str]:
    """What stands above the timeline: a headline and small print; both empty when there is nothing to say.

    What is planned comes first, and what is still to come before a window that has passed. A window that passed after
    something nobody planned is not told of at all.
    """
    claiming = sorted((of for of in plan.courses if _claims_banner(of)), key=_banner_order)
    due = due_words(plan.due_photos, catalogue)
    if not claiming:
        return (due, "") if due else ("", "")
    first = claiming[0]
    place = place_words(first, first.next.number) if first.next and not first.alone else ""
    name = course_name(first) if first.alone else ""
    days = tr("no plan yet") if first.implied else interval_words(first)
    small = [" · ".join(part for part in (name, place, days) if part), due]
    return standing_words(first, plan.today), " · ".join(part for part in small if part)


def _claims_banner(of: CoursePlan) -> bool:
    following = of.next
    if following is None or following.state == "unknown":
        return False
    open_ended = following.latest is None and following.booked is None
    return not (of.implied and (following.state == "later" or open_ended))


def _banner_order(of: CoursePlan) -> tuple[bool, bool, bool, date]:
    """Planned before implied, still to come before passed, a clinic's before a routine at home, then by day."""
    following = of.next
    if following is None:
        return True, True, True, date.max
    passed = following.state == "later" and following.booked is None
    return of.implied, passed, of.at_home, following.booked or following.earliest or date.max


def course_name(of: CoursePlan) -> str:
    """What a course is called: its own title, else its treatment."""
    return of.course.title or of.treatment.name
