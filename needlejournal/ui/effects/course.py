"""What the page draws, as values: rows of known and unknown days, usual days, an earlier session beside it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary.days_after import DayGrid, Diary
from needlejournal.journal.sessions import Severity
from needlejournal.ui.effects.span import DaySpan
from needlejournal.ui.language import day_and_month, tr, tr_message

Severities = tuple[Severity | None, ...]
USUAL_ROWS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One symptom over the days shown. `usual` are its usual first and last day; `earlier` another session.

    `earlier` ends where the session after that one begins: what came then was not its own.
    """

    symptom: str
    name: str
    short_name: str
    severities: Severities
    earlier: Severities
    usual: tuple[int, int] | None
    source: str

    @property
    def can_be_drawn(self) -> bool:
        """Whether a curve would show anything: days that are known, or the usual ones."""
        return self.usual is not None or any(known is not None for known in (*self.severities, *self.earlier))


@dataclass(frozen=True, slots=True)
class CourseGrid:
    """The whole grid. `today` is the day number that has not ended yet (days after it lie in the future).

    `number` is the session's, 0 where days go by their dates. From `next_session` on, days count to the next session
    (None: not within the grid); `earlier_until` is the same of the earlier session.
    """

    number: int
    earlier_number: int | None
    rows: tuple[Row, ...]
    written: tuple[bool, ...]
    today: int
    next_session: int | None
    first: date = date.min
    earlier_until: int | None = None

    @property
    def days(self) -> int:
        """How many days there are."""
        return len(self.written)

    def is_future(self, day: int) -> bool:
        """Whether a day has not come yet."""
        return day > self.today

    def own(self, row: Row) -> Severities:
        """The severities of a row up to the next session: what a curve may join."""
        return row.severities[: self.next_session]

    def day_name(self, day: int) -> str:
        """ "3", or the day of the month where days go by their dates."""
        return str(day) if self.number else str((self.first + timedelta(days=day)).day)


def course_of(grid: DayGrid, earlier: DayGrid | None, catalogue: Catalogue, today: int) -> CourseGrid:
    """Everything the grid and the curves need. Symptoms that are usual get a row even where nothing was written."""
    treatment = catalogue.treatment(grid.window.treatment)
    usual = [course.symptom for course in treatment.course if course.expected and course.from_day is not None]
    symptoms = _in_order([row.symptom for row in grid.rows], usual[:USUAL_ROWS], catalogue)
    rows = []
    for symptom in symptoms:
        course = treatment.usual(symptom)
        first = course.from_day if course and course.expected else None
        last = course.latest if course and first is not None else None
        known = catalogue.symptom(symptom)
        rows.append(
            Row(
                symptom,
                known.name,
                known.short_name,
                grid.row(symptom),
                _own_days(earlier, symptom) if earlier else (None,) * len(grid.written),
                None if first is None or last is None else (first, last),
                tr_message(course.statement.cited) if course else "",
            )
        )
    return CourseGrid(
        grid.window.number,
        earlier.window.number if earlier else None,
        tuple(rows),
        grid.written,
        today,
        grid.next_session,
        grid.window.first,
        earlier.next_session if earlier else None,
    )


def _own_days(earlier: DayGrid, symptom: str) -> Severities:
    """A session's severities up to the session after it, and none from there on."""
    until = earlier.next_session
    severities = earlier.row(symptom)
    return severities if until is None else severities[:until] + (None,) * (len(severities) - until)


def course_by_date(diary: Diary, span: DaySpan, catalogue: Catalogue, today: date) -> CourseGrid:
    """The days of a month, with every symptom that was written in it; "nothing to note" is None for those."""
    known = diary.known(span.first, span.first + timedelta(days=span.days))
    none: Severities = (None,) * span.days
    rows = []
    for symptom in _in_order(list(known), [] if known else ["redness"], catalogue):
        days = known.get(symptom, {})
        name = catalogue.symptom(symptom)
        severities = tuple(days.get(day) for day in range(span.days))
        rows.append(Row(symptom, name.name, name.short_name, severities, none, None, ""))
    written = tuple(diary.is_written(span.first + timedelta(days=day)) for day in range(span.days))
    return CourseGrid(0, None, tuple(rows), written, (today - span.first).days, None, span.first)


def _in_order(written: Sequence[str], usual: Sequence[str], catalogue: Catalogue) -> list[str]:
    """Catalogue's order first, then the patient's own symptoms."""
    wanted = dict.fromkeys([*usual, *written])
    known = [symptom.key for symptom in catalogue.symptoms if symptom.key in wanted]
    return known + [symptom for symptom in wanted if symptom not in set(known)]


def stretches(severities: Severities) -> list[list[tuple[int, Severity]]]:
    """The known days as stretches without a gap: a line breaks where nothing was written."""
    found: list[list[tuple[int, Severity]]] = []
    for day, severity in enumerate(severities):
        if severity is None:
            continue
        if not found or found[-1][-1][0] != day - 1:
            found.append([])
        found[-1].append((day, severity))
    return found


def cell_words(row: Row, course: CourseGrid, day: int, catalogue: Catalogue) -> str:
    """One cell in words: what a screen reader says and a tooltip shows."""
    severity = row.severities[day]
    if severity is not None:
        words = catalogue.scales.severity_word(severity)
    else:
        words = tr("not come yet") if course.is_future(day) else tr("not written")
    if course.number:
        head = tr("{symptom}, day {day}: {word}.").format(symptom=row.name, day=day, word=words)
    else:
        when = day_and_month(course.first + timedelta(days=day))
        head = tr("{symptom}, {date}: {word}.").format(symptom=row.name, date=when, word=words)
    return " ".join([head, *_beside(row, course, day, catalogue)])


def _beside(row: Row, course: CourseGrid, day: int, catalogue: Catalogue) -> list[str]:
    """What the earlier session was like that day, and what is usual."""
    sentences = []
    earlier = row.earlier[day]
    if course.earlier_number is not None and earlier is not None:
        word = catalogue.scales.severity_word(earlier).lower()
        sentences.append(tr("After session {number}: {word}.").format(number=course.earlier_number, word=word))
    if row.usual and row.usual[0] <= day <= row.usual[1]:
        usual = tr("Usual: days {first} to {last} ({source}).")
        sentences.append(usual.format(first=row.usual[0], last=row.usual[1], source=row.source))
    return sentences
