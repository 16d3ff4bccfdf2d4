"""What the page draws, as values: rows of known and unknown days, usual days, an earlier session beside it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary.days_after import DayGrid
from needlejournal.journal.sessions import Severity

Severities = tuple[Severity | None, ...]
USUAL_ROWS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One symptom over the days of a session. `usual` are its usual first and last day; `earlier` another session."""

    symptom: str
    name: str
    severities: Severities
    earlier: Severities
    usual: tuple[int, int] | None
    source: str


@dataclass(frozen=True, slots=True)
class Course:
    """The whole grid. `today` is the day number that has not ended yet (days after it lie in the future).

    From `next_session` on, days count to the next session (None: not within the grid).
    """

    number: int
    earlier_number: int | None
    rows: tuple[Row, ...]
    written: tuple[bool, ...]
    today: int
    next_session: int | None

    @property
    def days(self) -> int:
        """How many days there are."""
        return len(self.written)

    def is_future(self, day: int) -> bool:
        """Whether a day has not come yet."""
        return day > self.today


def course_of(grid: DayGrid, earlier: DayGrid | None, catalogue: Catalogue, today: int) -> Course:
    """Everything the grid and the curves need. Symptoms that are usual get a row even where nothing was written."""
    treatment = catalogue.treatment(grid.window.treatment)
    usual = [course.symptom for course in treatment.course if course.expected and course.from_day is not None]
    symptoms = _in_order([row.symptom for row in grid.rows], usual[:USUAL_ROWS], catalogue)
    rows = []
    for symptom in symptoms:
        course = treatment.usual(symptom)
        first = course.from_day if course and course.expected else None
        last = course.latest if course and first is not None else None
        rows.append(
            Row(
                symptom,
                catalogue.symptom(symptom).name,
                grid.row(symptom),
                earlier.row(symptom) if earlier else (None,) * len(grid.written),
                None if first is None or last is None else (first, last),
                course.statement.cited if course else "",
            )
        )
    return Course(
        grid.window.number,
        earlier.window.number if earlier else None,
        tuple(rows),
        grid.written,
        today,
        grid.next_session,
    )


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


def told(row: Row, course: Course, day: int, catalogue: Catalogue) -> str:
    """One cell in words: what a screen reader says and a tooltip shows."""
    severity = row.severities[day]
    if severity is not None:
        words = catalogue.scales.severity_word(severity)
    else:
        words = "not come yet" if course.is_future(day) else "not written down"
    sentence = f"{row.name}, day {day}: {words}."
    earlier = row.earlier[day]
    if course.earlier_number is not None and earlier is not None:
        word = catalogue.scales.severity_word(earlier).lower()
        sentence += f" After session {course.earlier_number}: {word}."
    if row.usual and row.usual[0] <= day <= row.usual[1]:
        sentence += f" Usual: days {row.usual[0]} to {row.usual[1]} ({row.source})."
    return sentence
