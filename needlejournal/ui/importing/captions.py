"""What a tile of the import says below its picture, and what a screen reader says of it. No widget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.dating import Proposal
from needlejournal.journal.message import Message
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.ui import language
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.models import wording
from needlejournal.workflows.photos_in.import_plan import ImportItem
from needlejournal.workflows.photos_in.import_views import as_seen


@dataclass(frozen=True, slots=True)
class FileCaption:
    """Four lines; `date_missing` and `view_missing` say which of them asks for something."""

    moment: str
    view: str
    day: str
    name: str
    date_missing: bool
    view_missing: bool

    @property
    def spoken(self) -> str:
        """All of it in one sentence."""
        return ", ".join(part for part in (self.view, self.moment, self.day) if part)


def caption(item: ImportItem, calendar: SessionCalendar, catalogue: Catalogue) -> FileCaption:
    """What is said of one item as it stands in the plan."""
    view = wording.photo_place(as_seen(item), catalogue) if item.view else tr("View not chosen")
    if item.when is None:
        return _undated(item, view)
    day = _day(item, item.when, calendar)
    return FileCaption(_moment(item.when), view, day, item.name, date_missing=False, view_missing=not item.view)


def _undated(item: ImportItem, view: str) -> FileCaption:
    proposal = item.proposal
    if proposal is None:
        return FileCaption(tr("No date"), view, "", item.name, date_missing=True, view_missing=not item.view)
    asked = tr("{moment}?").format(moment=_moment(proposal.when))
    return FileCaption(
        asked, view, tr_message(proposal.source.words), item.name, date_missing=True, view_missing=not item.view
    )


def _moment(when: When) -> str:
    day = language.short_date(when.day)
    return f"{day}, {language.clock_time(when.time)}" if when.time else day


def offset_words(proposal: Proposal | None) -> str:
    """In which time a proposed moment is told, where that is known: names and notes that count in UTC are turned."""
    when = proposal.when if proposal else None
    if when is None or when.time is None or when.offset_minutes is None:
        return ""
    told = {"time": language.clock_time(when.time), "offset": language.offset(when.offset_minutes)}
    return tr("Suggested: {time}, in the time of {offset}.").format(**told)


def _day(item: ImportItem, when: When, calendar: SessionCalendar) -> str:
    if item.session_id and any(mark.id == item.session_id for mark in calendar.marks):
        return tr("Taken for session {k}").format(k=calendar.number(item.session_id))
    return wording.moment_after(when, calendar)


def said(message: Message | None) -> str:
    """A sentence about an item, or nothing."""
    return tr_message(message) if message else ""


def session_words(number: int, day: date) -> str:
    """ "Session 2 · 19 April 2025"."""
    return tr("Session {k} · {day}").format(k=number, day=language.medium_date(day))
