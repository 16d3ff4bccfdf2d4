"""The diary in a report: the grid of the last session beside earlier ones, episodes, cards, days of a reaction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needlejournal.journal.catalogue import Catalogue, UsualCourse
from needlejournal.journal.days import SideEffect
from needlejournal.journal.diary.clinic_cards import ClinicCard
from needlejournal.journal.diary.days_after import GRID_DAYS, DayGrid, Diary, day_grid, session_window
from needlejournal.journal.diary.episodes import Episode, session_episodes
from needlejournal.journal.message import Message, message
from needlejournal.journal.numbering import DayNumber, SessionCalendar
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import Journal
from needlejournal.workflows.diary import clinic_cards
from needlejournal.workflows.reporting.sessions_shown import joined
from needlejournal.workflows.reporting.spans import ReportSpan
from needlejournal.workflows.reporting.values import CardShown, DayShown, Fact, GridShown, GridSymptom, ReportedGrid
from needlejournal.workflows.reporting.wording import Words

EARLIER = 3  # sessions beside the last one
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What all of a report is told from: the journal's diary, its calendar and the catalogue."""

    journal: Journal
    catalogue: Catalogue
    calendar: SessionCalendar
    diary: Diary


def grid_shown(known: ReportFacts, last: Session, earlier: Sequence[Session], symptom: str = "") -> GridShown | None:
    """The days after `last`, each symptom with the same days after earlier sessions of the treatment.

    Symptoms that were strongest come first. `symptom`: only this one. None where nothing was written.
    """
    order = [one.key for one in known.catalogue.symptoms]
    shown = [*sorted(earlier, key=lambda one: known.calendar.number(one.id))[-EARLIER:], last]
    grids = [day_grid(known.diary, known.calendar, session.id, order) for session in reversed(shown)]
    keys = [row.symptom for row in grids[0].rows] or [row.symptom for grid in grids for row in grid.rows]
    keys = [key for key in dict.fromkeys(keys) if not symptom or key == symptom]
    if not keys:
        return None
    keys.sort(key=lambda key: -max((s for s in grids[0].row(key) if s is not None), default=0))
    symptoms = tuple(_symptom(known, key, grids, last) for key in keys)
    title = message("Days 0 to 30 after session {number}", number=grids[0].window.number)
    sources = tuple(dict.fromkeys(one.source for one in symptoms if one.source))
    return GridShown(title, GRID_DAYS, grids[0].next_session, symptoms, known.catalogue.scales.severity, sources)


def _symptom(known: ReportFacts, key: str, grids: Sequence[DayGrid], last: Session) -> GridSymptom:
    usual = known.catalogue.treatment(last.treatment).usual(key)
    lines = tuple(
        ReportedGrid(message("session {number}", number=grid.window.number), _cells(grid.row(key)), number == 0)
        for number, grid in enumerate(grids)
        if number == 0 or any(severity is not None for severity in grid.row(key))
    )
    source = usual.statement.cited if usual else ""
    return GridSymptom(known.catalogue.symptom(key).name, lines, _usual_days(usual), _usual_words(usual), source)


def _cells(severities: Iterable[Severity | None]) -> tuple[int, ...]:
    return tuple(UNKNOWN if severity is None else int(severity) for severity in severities)


def _usual_days(usual: UsualCourse | None) -> tuple[int, int] | None:
    if usual is None or not usual.expected or usual.from_day is None or usual.latest is None:
        return None
    return usual.from_day, usual.latest


def _usual_words(usual: UsualCourse | None) -> Words:
    days = _usual_days(usual)
    if days:
        return message("usual: days {first}–{last}", first=days[0], last=days[1])
    return message("not usual") if usual is not None and not usual.expected else ""


def episodes_of(known: ReportFacts, session: Session) -> tuple[Fact, ...]:
    """What the days after a session were like, an episode a line."""
    episodes = session_episodes(known.diary, session_window(known.calendar, session.id))
    return tuple(Fact(known.catalogue.symptom(one.symptom).name, _episode(known, one)) for one in episodes)


def _episode(known: ReportFacts, one: Episode) -> Message:
    word = known.catalogue.scales.severity_word(one.peak_severity).lower()
    days = message("day {day}", day=one.onset) if one.onset == one.last else (
        message("day {onset} to {last}", onset=one.onset, last=one.last)
    )  # fmt: skip
    if one.end is None:
        end = message("{days} and perhaps longer", days=days)
    else:
        end = message("{days}, none from day {end}", days=days, end=one.end)
    text = message("{days}; at its strongest {word}, day {peak}", days=end, word=word, peak=one.peak)
    if not one.unknown:
        return text
    return message("{text}. %n day(s) within (is|are) unknown.", len(one.unknown), text=text)


def cards_shown(known: ReportFacts, span: ReportSpan) -> tuple[CardShown, ...]:
    """The cards caused by entries of the span, the open ones first; put aside ones with their reason."""
    cards = clinic_cards(known.journal, known.catalogue, known.calendar, known.diary)
    found = [card for card in cards.all if any(span.holds(day) for day in card.days)]
    shown = [_card(known, card, is_open=card in cards.open) for card in found]
    return tuple(sorted(shown, key=lambda card: not card.open))


def _card(known: ReportFacts, card: ClinicCard, *, is_open: bool) -> CardShown:
    """A card in its own words; one put aside with what the patient said last about it."""
    dismissals = [
        one
        for one in known.journal.dismissals.all()
        if (one.rule, one.symptom) == (card.rule, card.symptom) and set(one.entries) & set(card.entries)
    ]
    reason = dismissals[-1].reason if dismissals and not is_open else ""
    state = message("Open") if is_open else message("Put aside")
    return CardShown(state, is_open, joined(card.sentences, " "), card.source, reason)


def days_of_pack(known: ReportFacts, span: ReportSpan, *, notes: bool, rest: bool) -> tuple[DayShown, ...]:
    """What no session of the span tells of: days before it or after an earlier one (`rest`), and notes of any day."""
    by_day = _words_written(known, span.first, span.last) if notes else {}
    if rest:
        others = _written_down(known, span.first, span.last, notes=notes)
        by_day |= {day: words for day, words in others.items() if _is_without_session(known, span, day)}
    return _as_days(known, by_day)


def _is_without_session(known: ReportFacts, span: ReportSpan, day: date) -> bool:
    """Whether a day comes before all sessions, or after one that lies before the span."""
    mark = known.calendar.last_on(day)
    return mark is None or mark.when.day < span.first


def days_shown(known: ReportFacts, first: date, last: date, *, notes: bool) -> tuple[DayShown, ...]:
    """Every day on which anything was written, from one to another: sessions, side effects, notes, photos."""
    by_day: dict[date, list[Words]] = defaultdict(list)
    for session in known.journal.sessions.all():
        if first <= session.when.day <= last:
            number = known.calendar.number(session.id)
            name = known.catalogue.treatment(session.treatment).name
            by_day[session.when.day].append(message("Session {number}: {treatment}", number=number, treatment=name))
    for day, words in _written_down(known, first, last, notes=notes).items():
        by_day[day] += words
    photos = Counter(day for _, day, _, _ in known.journal.photos.places() if first <= day <= last)
    for day, count in photos.items():
        by_day[day].append(message("%n photo(s) taken", count))
    return _as_days(known, by_day)


def _written_down(known: ReportFacts, first: date, last: date, *, notes: bool) -> dict[date, list[Words]]:
    """Side effects and looks at the skin by day, with the patient's words where wanted."""
    by_day: dict[date, list[Words]] = defaultdict(list)
    for effect in known.journal.side_effects.between(first, last):
        by_day[effect.day].append(_effect(known, effect, notes=notes))
    for note in known.journal.day_notes.between(first, last):
        by_day[note.day] += [message("Looked, and found nothing to note")] if note.nothing_to_note else []
        by_day[note.day] += [note.text] if notes and note.text.strip() else []
    return by_day


def _words_written(known: ReportFacts, first: date, last: date) -> dict[date, list[Words]]:
    """What the patient wrote in words by day: notes of side effects and of days."""
    by_day: dict[date, list[Words]] = defaultdict(list)
    for effect in known.journal.side_effects.between(first, last):
        by_day[effect.day] += [_effect(known, effect, notes=True)] if effect.note.strip() else []
    for note in known.journal.day_notes.between(first, last):
        by_day[note.day] += [note.text] if note.text.strip() else []
    return by_day


def _as_days(known: ReportFacts, by_day: Mapping[date, Sequence[Words]]) -> tuple[DayShown, ...]:
    days = sorted(day for day in by_day if by_day[day])
    return tuple(DayShown(day, number_words(known.calendar.day_number(day)), tuple(by_day[day])) for day in days)


def _effect(known: ReportFacts, effect: SideEffect, *, notes: bool) -> Words:
    name, word = known.catalogue.symptom(effect.symptom).name, known.catalogue.scales.severity_word(effect.severity)
    zone = known.catalogue.zone(effect.zone).name if effect.zone else ""
    head = message("{symptom}: {severity}", symptom=name, severity=word.lower())
    return joined([joined([head, zone]), effect.note if notes else ""], " · ")


def number_words(number: DayNumber | None) -> Words:
    """ "day 3 after session 2", "7 days before session 1"."""
    if number is None:
        return ""
    if number.days < 0:
        return message("%n day(s) before session {k}", -number.days, k=number.number)
    if number.days == 0:
        return message("day of session {k}", k=number.number)
    return message("day {n} after session {k}", n=number.days, k=number.number)


def earlier_sessions(known: ReportFacts, span: ReportSpan, last: Session) -> list[Session]:
    """The sessions of the same treatment to show beside the last one: of the span, or all before where wanted."""
    pool = known.journal.sessions.all() if span.earlier else list(span.sessions)
    return [
        one
        for one in pool
        if one.treatment == last.treatment and known.calendar.number(one.id) < known.calendar.number(last.id)
        and one.when.day < last.when.day + timedelta(days=1)
    ]  # fmt: skip
