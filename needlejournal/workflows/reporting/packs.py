"""Reads a report from a journal: the visit pack, and the report of a reaction. Rows only; pictures are made later.

Called where rows are read. Nothing here knows how a page looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from needlejournal import __version__
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.courses import Course
from needlejournal.journal.message import Message, message
from needlejournal.journal.planning.course_sessions import sort_sessions
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal
from needlejournal.workflows.diary import read_diary
from needlejournal.workflows.reporting import diary_shown, photos_shown, sessions_shown
from needlejournal.workflows.reporting.diary_shown import ReportFacts
from needlejournal.workflows.reporting.originals import originals_of
from needlejournal.workflows.reporting.ratings_shown import ratings_shown
from needlejournal.workflows.reporting.spans import ReportSpan, courses_of, resolve
from needlejournal.workflows.reporting.values import Fact, Report, SessionShown
from needlejournal.workflows.reporting.wishes import FACES, PARTS, REACTION_PARTS, FromTo, OneSession, ReportWish
from needlejournal.workflows.reporting.wording import Words

HEADINGS: dict[str, Words] = {
    "questions": message("Questions for my clinic"),
    "cards": message("What the diary asked to call about"),
    "course": message("The course"),
    "products": message("On the skin"),
    "grid": message("Side effects"),
    "ratings": message("The patient's own ratings"),
    "pairs": message("Then and now"),
    "details": message("Details"),
    "sessions": message("Sessions"),
    "photos": message("Photos"),
    "timeline": message("Day by day"),
    "other_days": message("Other days, and notes by day"),
    "originals": message("Original photos included"),
    "product": message("Product"),
    "brand": message("Brand"),
    "lot": message("Lot"),
    "used": message("Used at"),
    "when": message("When"),
    "day": message("Day"),
    "what": message("What was written down"),
    "file": message("File"),
    "usual": message("outlined: usual days"),
    "unknown": message("not written: unknown"),
    "no_lot": message("not noted"),
    "before": message("Before"),
    "after": message("After"),
    "source": message("Source"),
    "sources": message("Sources of the usual days"),
    "after_sessions": message("After the session"),
    "more": message("more in the details"),
    "page": message("Page"),
    "of": message("of"),
    "aligned": message("aligned"),
    "how_aligned": message("Aligned photos were moved, turned and scaled, never reshaped; none shows healing."),
    "left": message("the patient's left is at the right"),
}
PRIVACY = message(
    "This file holds health data and is not encrypted: anyone who has it can read it. Delete copies that are no "
    "longer needed."
)


def read_report(journal: Journal, catalogue: Catalogue, wish: ReportWish, today: date) -> Report:
    """What a report says. Raises BadInput for a span that is not there."""
    calendar = journal.sessions.calendar()
    known = ReportFacts(journal, catalogue, calendar, read_diary(journal))
    report = _reaction(known, wish, today) if wish.kind == "reaction" else _visit(known, wish, today)
    filled = (
        report.questions,
        report.cards,
        report.course,
        report.grid,
        report.ratings,
        report.timeline,
        report.series,
    )
    if not any(filled):
        return replace(report, empty=message("Nothing is written down for what was chosen."))
    days = len(report.timeline)
    words = message("Notes and entries of %n more day(s) are in the details.", days) if days else ""
    return replace(report, other_days=words)


def _visit(known: ReportFacts, wish: ReportWish, today: date) -> Report:
    span = resolve(known.journal, known.catalogue, wish.span, today)
    sessions, last = span.sessions, span.sessions[-1] if span.sessions else None
    course = _course(known, last) if last else None
    whole = course is not None and {one.id for one in sessions} == _ids_of(known, course)
    earlier = diary_shown.earlier_sessions(known, span, last) if last else []
    return Report(
        kind="visit",
        paper=wish.paper,
        title=message("Visit pack"),
        subtitle=span.words,
        chosen=_chosen(wish),
        privacy=PRIVACY,
        made=message("Made on {day}", day=today),
        foot=_foot(),
        headings=HEADINGS,
        questions=known.journal.questions.texts() if wish.has("questions") else (),
        cards=diary_shown.cards_shown(known, span) if wish.has("cards") else (),
        course=sessions_shown.course_shown(sessions, course, known.calendar, known.catalogue, whole=whole)
        if wish.has("course") else None,
        products=sessions_shown.products_of(sessions, known.calendar) if wish.has("products") else (),
        grid=diary_shown.grid_shown(known, last, earlier) if last and wish.has("grid") else None,
        ratings=ratings_shown(known, span) if wish.has("ratings") else None,
        candidates=photos_shown.candidates_of(known, span) if wish.has("pairs") else (),
        sessions=_details(known, sessions, wish) if wish.has("sessions") else (),
        series=photos_shown.series_shown(known, span) if wish.has("photos") else (),
        timeline=diary_shown.days_of_pack(known, span, notes=wish.has("notes"), rest=wish.has("sessions")),
        zones=_zones(sessions, course),
    )  # fmt: skip


def _reaction(known: ReportFacts, wish: ReportWish, today: date) -> Report:
    span = _reaction_span(known, wish, today)
    session = span.sessions[-1] if span.sessions else None
    before = [one for one in known.journal.sessions.all() if one.when.day <= today]
    earlier = diary_shown.earlier_sessions(known, span, session) if session else []
    name = known.catalogue.symptom(wish.symptom).name if wish.symptom else ""
    series = photos_shown.series_shown(known, span) if wish.has("photos") else ()
    return Report(
        kind="reaction",
        paper=wish.paper,
        title=message("Report of a reaction: {symptom}", symptom=name) if name else message("Report of a reaction"),
        subtitle=span.words,
        chosen=_chosen(wish),
        privacy=PRIVACY,
        made=message("Made on {day}", day=today),
        foot=_foot(),
        headings=HEADINGS,
        questions=known.journal.questions.texts() if wish.has("questions") else (),
        cards=diary_shown.cards_shown(known, span) if wish.has("cards") else (),
        course=sessions_shown.course_shown(span.sessions, None, known.calendar, known.catalogue, whole=False),
        products=sessions_shown.products_by_session(span.sessions, known.calendar),
        grid=diary_shown.grid_shown(known, session, earlier, wish.symptom) if session else None,
        timeline=diary_shown.days_shown(known, span.first, span.last, notes=wish.has("notes")),
        sessions=_details(known, list(reversed(before)), wish) if wish.has("sessions") else (),
        series=series,
        originals=originals_of(series) if wish.faces == "whole" else (),
        zones=_zones(span.sessions, None),
    )


def _reaction_span(known: ReportFacts, wish: ReportWish, today: date) -> ReportSpan:
    """From the session it may be about to today; without a session, from the first day that was written down."""
    done = sort_sessions([s for s in known.journal.sessions.all() if s.when.day <= today])
    if isinstance(wish.span, FromTo) and wish.span.first:
        return replace(resolve(known.journal, known.catalogue, wish.span, today), earlier=True)
    if isinstance(wish.span, OneSession):
        session = resolve(known.journal, known.catalogue, wish.span, today).sessions[0]
    elif done:
        session = done[-1]
    else:
        first = next(iter(known.diary.written_days), today)
        return ReportSpan(first, today, (), message("{first} to {last}", first=first, last=today))
    words = message(
        "From session {number} on {first} to {last}",
        number=known.calendar.number(session.id), first=session.when.day, last=today,
    )  # fmt: skip
    return ReportSpan(session.when.day, today, (session,), words, earlier=True)


def _course(known: ReportFacts, last: Session) -> Course | None:
    """The course that the last session belongs to."""
    of = (one.course for one in courses_of(known.journal, known.catalogue) if last.id in {s.id for s in one.sessions})
    return next(of, None)


def _ids_of(known: ReportFacts, course: Course) -> set[int]:
    """The sessions of a course so far."""
    found = (one for one in courses_of(known.journal, known.catalogue) if one.course == course)
    return {session.id for one in found for session in one.sessions}


def _zones(sessions: Sequence[Session], course: Course | None) -> tuple[str, ...]:
    """The zones that were treated, else those the plan names."""
    treated = tuple(dict.fromkeys(needle.zone for session in sessions for needle in session.needles))
    return treated or (course.zones if course else ())


def _details(known: ReportFacts, sessions: Sequence[Session], wish: ReportWish) -> tuple[SessionShown, ...]:
    return tuple(_detail(known, session, wish) for session in sessions)


def _detail(known: ReportFacts, session: Session, wish: ReportWish) -> SessionShown:
    title = message(
        "Session {number} · {treatment} · {day}",
        number=known.calendar.number(session.id),
        treatment=known.catalogue.treatment(session.treatment).name,
        day=sessions_shown.joined([session.when.day, sessions_shown.clock(session)]),
    )
    notes = (Fact(message("Changed since last time"), session.changed_since), Fact(message("Notes"), session.notes))
    return SessionShown(
        title,
        sessions_shown.session_facts(session, known.catalogue),
        sessions_shown.products_with_times(session.products),
        sessions_shown.kept(notes) if wish.has("notes") else (),
        diary_shown.episodes_of(known, session),
    )


def _chosen(wish: ReportWish) -> tuple[Words, ...]:
    """Who chose, what was left out, and what was done to faces."""
    sentences: list[Words] = [message("The patient chose what is shown here, from the patient's own diary.")]
    offered = PARTS if wish.kind == "visit" else REACTION_PARTS
    left = [PARTS[part] for part in offered if not wish.has(part)]
    if left:
        sentences.append(message("Left out: {parts}.", parts=sessions_shown.joined(left, "; ")))
    if wish.faces != "whole":
        sentences.append(message("Photos: {how}.", how=FACES[wish.faces]))
    return tuple(sentences)


def _foot() -> Message:
    return message("Written down by the patient; no diagnosis. Needle Journal {version}", version=__version__)
