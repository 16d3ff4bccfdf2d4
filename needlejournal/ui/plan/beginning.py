"""How a course begins, and what follows when its treatment is changed: pure functions over values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from needlejournal.journal.catalogue import Treatment
from needlejournal.journal.courses import Course
from needlejournal.journal.planning.course_sessions import EARLY_DAYS, new_course
from needlejournal.journal.planning.plan import CoursePlan

_PROPOSED = ("sessions", "not_before", "not_after", "aftercare")


def fresh_course(treatment: Treatment, plans: Sequence[CoursePlan], today: date) -> Course:
    """A new course of a treatment. Sessions nobody planned are taken in; those of an earlier course stay there.

    The clinic is the one of the last of its sessions that names one.
    """
    of_treatment = [of for of in plans if of.treatment.key == treatment.key]
    unplanned = next((of for of in of_treatment if of.implied and of.sessions), None)
    sessions = unplanned.sessions if unplanned else [session for of in of_treatment for session in of.sessions]
    named = [session for session in sessions if session.clinic]
    clinic = max(named, key=lambda session: session.when.day).clinic if named else ""
    return replace(_begun(treatment, of_treatment, today), clinic=clinic)


def is_running(of: CoursePlan) -> bool:
    """Whether a course was planned, has not ended, and has sessions still to come."""
    return not of.implied and of.course.ended is None and of.next is not None


def _begun(treatment: Treatment, of_treatment: Sequence[CoursePlan], today: date) -> Course:
    course = new_course(treatment, "clinic")
    unplanned = next((of for of in of_treatment if of.implied and of.sessions), None)
    if unplanned:
        return replace(new_course(treatment, unplanned.course.setting), starts=unplanned.sessions[0].when.day)
    if not of_treatment:
        return course
    last = max((session.when.day for of in of_treatment for session in of.sessions), default=None)
    clear = today if last is None else last + timedelta(days=EARLY_DAYS + 1)
    return replace(course, starts=max(today, clear))


def planned(of: CoursePlan) -> Course:
    """The course to edit: an implied one becomes a plan that begins with its first session."""
    if of.implied and of.sessions:
        clinic = next((session.clinic for session in reversed(of.sessions) if session.clinic), "")
        return replace(of.course, starts=of.sessions[0].when.day, clinic=of.course.clinic or clinic)
    return of.course


def with_treatment(course: Course, old: Treatment, new: Treatment, setting: str = "") -> Course:
    """The course with another treatment or setting: what was still as proposed for the old one follows the new one.

    `course` still has the old setting, `setting` is the new one.
    """
    before, after = new_course(old, course.setting), new_course(new, setting)
    followed = {name: getattr(after, name) for name in _PROPOSED if getattr(course, name) == getattr(before, name)}
    return replace(course, treatment=new.key, setting=setting, **followed)
