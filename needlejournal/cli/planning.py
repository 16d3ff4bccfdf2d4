"""Commands about what comes next: plan, calendar."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal.cli.verbs import Answer, Arguments, Facts, Verb, counted, opened, takes_journal
from needlejournal.journal.planning.slots import Slot

if TYPE_CHECKING:
    from needlejournal.journal.catalogue import Catalogue
    from needlejournal.journal.planning.course_sessions import NextSession
    from needlejournal.journal.planning.plan import CoursePlan, Plan, ProposedPhotos


def takes_plan(parser: argparse.ArgumentParser) -> None:
    """Which journal, and on which day."""
    takes_journal(parser)
    parser.add_argument("--day", type=_day, metavar="DAY", help="the plan as it stands on that day (default: today)")


def takes_calendar(parser: argparse.ArgumentParser) -> None:
    """Which journal, on which day, and where the calendar goes."""
    takes_plan(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.ics", help="where to save it")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date such as 2026-03-01") from error


def show_plan(arguments: Arguments) -> Answer:
    """Say what comes next: windows, photos that are due, looks at the result."""
    from needlejournal.workflows.planning import plan_of

    catalogue = _catalogue()
    journal = opened(arguments)
    try:
        plan = plan_of(journal, arguments.day or _now().date(), catalogue)
    finally:
        journal.close()
    return Answer(_facts(plan), "\n".join(_lines(plan)) or "There is no plan and no session yet.")


def write_calendar_file(arguments: Arguments) -> Answer:
    """Write the plan as an iCalendar file."""
    from needlejournal.workflows.calendar import write_calendar

    now = _now()
    if arguments.day:
        now = datetime.combine(arguments.day, time(12), now.tzinfo)
    journal = opened(arguments)
    try:
        count = write_calendar(journal, arguments.output, now, _catalogue())
    finally:
        journal.close()
    facts = {"output": str(arguments.output), "entries": count}
    return Answer(facts, f"{counted(count, 'entry', 'entries')} saved in {arguments.output}.")


def _now() -> datetime:
    return datetime.now().astimezone()


def _catalogue() -> Catalogue:
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue

    return load_catalogue(paths.resources())


def _facts(plan: Plan) -> Facts:
    courses = [_course(of) for of in plan.courses]
    following = [course["next"] for course in courses if course["next"]]
    following.sort(key=lambda one: one["booked"] or one["earliest"] or "9999")
    return {
        "today": plan.today.isoformat(),
        "next": following[0] if following else None,
        "due_photos": [_photos(photos) for photos in plan.due_photos],
        "looks": [look for course in courses for look in course["looks"]],
        "courses": courses,
    }


def _course(of: CoursePlan) -> Facts:
    return {
        "id": of.course.id or None,
        "treatment": of.treatment.key,
        "title": of.course.title,
        "planned": not of.implied,
        "setting": of.course.setting or None,
        "sessions_done": len(of.sessions),
        "sessions_planned": of.course.sessions or None,
        "next": None if of.next is None else _next(of.next, of),
        "photos": [_photos(photos) for photos in of.photos],
        "looks": [_photos(photos) for photos in of.looks],
        "results": [
            {
                "days": [day.isoformat() for day in result.days],
                "sentence": result.result.statement.text,
                "source": str(result.result.statement.cited),
            }
            for result in of.results
        ],
    }


def _next(following: NextSession, of: CoursePlan) -> Facts:
    return {
        "treatment": of.treatment.key,
        "number": following.number,
        "of": following.of,
        "earliest": _iso(following.earliest),
        "latest": _iso(following.latest),
        "booked": _iso(following.booked),
        "state": following.state,
    }


def _photos(photos: ProposedPhotos) -> Facts:
    slot = photos.slot
    return {
        "kind": slot.kind,
        "session": slot.number or None,
        "offset": slot.offset,
        "day": _iso(slot.day),
        "last_day": _iso(slot.lapses),
        "state": photos.state,
        "views": list(photos.views),
        "taken": list(photos.taken),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _lines(plan: Plan) -> Iterable[str]:
    for of in plan.courses:
        yield f"{of.course.title or of.treatment.name}: {counted(len(of.sessions), 'session', 'sessions')} written down"
        if of.next is not None:
            yield f"  {_next_words(of.next, of)}"
        for photos in of.photos:
            if photos.state in {"due", "coming"} and photos.slot.day is not None:
                what = "look at the result" if photos.slot.is_look else "photos"
                yield f"  {photos.slot.day}  {what} {_slot_words(photos.slot)} ({photos.state})"
        for result in of.results:
            days = ", ".join(str(day) for day in result.days)
            yield f"  {days}  a result would be expected ({result.result.statement.cited})"


def _next_words(following: NextSession, of: CoursePlan) -> str:
    if following.booked is not None:
        return f"session {of.booked_number} is on {following.booked}"
    which = f"session {following.number}" if of.alone else "the next session"
    if following.earliest is None:
        return f"no days are planned for {which}"
    if following.state == "later" and following.latest:
        agreed = "any other day is fine" if of.at_home else "still fine if your clinic agrees"
        due = "would have been usual" if of.implied else "was due"
        return f"{which} {due} by {following.latest}; {agreed}"
    until = f" to {following.latest}" if following.latest else " on"
    return f"{which} {'would be usual' if of.implied else 'fits'} from {following.earliest}{until}"


def _slot_words(slot: Slot) -> str:
    return {
        "baseline": "before the first session",
        "before_next": f"before session {slot.before}" if slot.before else "before the next session",
        "monthly": f"of month {slot.offset} at home",
        "after_last": f"{counted(slot.offset, 'month', 'months')} after the last session",
    }.get(slot.kind, f"on day {slot.offset} after session {slot.number}")


PLAN = Verb("say when the next session fits, which photos are due and when to look", takes_plan, show_plan)
CALENDAR = Verb("save the plan as a calendar file with alarms", takes_calendar, write_calendar_file)
