"""A planned course of sessions: what, where, how often, and what to look after."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from needlejournal.journal.frozen import frozen
from needlejournal.journal.sessions import Price


@frozen
class ChecklistItem:
    """One line of an aftercare or ask-first list; days are counted from the session."""

    key: str
    text: str
    from_day: int = 0
    to_day: int = 0
    source: str = ""


@frozen
class Course:
    """A plan for one treatment. `not_before` and `not_after` are days from one session to the next."""

    treatment: str = "microneedling"
    title: str = ""
    starts: date | None = None  # the first session is hoped for on this day
    sessions: int = 4  # 0: no fixed number
    not_before: int | None = 28
    not_after: int | None = 42
    concerns: tuple[str, ...] = ()  # keys, or the patient's own words
    zones: tuple[str, ...] = ()
    clinic: str = ""
    phone: str = ""
    price: Price | None = None  # of one session
    aftercare: tuple[ChecklistItem, ...] = ()
    ask_first: tuple[str, ...] = ()  # keys ticked as "applies to me: tell your clinician"
    ask_first_list: tuple[ChecklistItem, ...] = ()  # the plan's own list; none: the one of the data files
    notes: str = ""
    ended: date | None = None
    setting: str = ""  # clinic | home | "": as its first session
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class AftercareTick:
    """The patient did `item` of the aftercare list after a session, on `day`."""

    session_id: int
    item: str
    day: date
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class Dismissal:
    """A "call your clinic" card that the patient put aside, with the reason. `entries` identify what fired it."""

    rule: str
    symptom: str
    session_id: int
    entries: tuple[str, ...]  # ISO days of the entries that caused it
    reason: str
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class Question:
    """Something the patient wants to ask the clinic at the next visit."""

    text: str
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class ReminderState:
    """How far a reminder got: last time it was shown, and whether it was put aside. `key` names it."""

    key: str
    shown_utc: str = ""
    dismissed: bool = False
