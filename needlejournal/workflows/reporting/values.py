"""The pages of a report as frozen values: what is said, and which pictures stand where. No pixels, no layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from needlejournal.journal.alignments import Matrix
from needlejournal.journal.photos import Photo
from needlejournal.workflows.comparison.comparing import SeriesPhoto
from needlejournal.workflows.reporting.wording import Words


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is written down for it."""

    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class ReportedPhoto:
    """A photo that is shown: its file among the pictures of the report, its words, and whether it shows healing."""

    picture: str
    alt: Words
    caption: Words
    detail: Words = ""
    healing: Words = ""
    photo: SeriesPhoto | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The photos of one view among which the fairest pair is looked for, once their pixels were measured.

    The later one of the pair is not from before `since`. `reasons`: why two of them are compared all the same, by ids.
    `kept`: how the second lies on the first where the person made or confirmed that.
    """

    view: Words
    photos: tuple[SeriesPhoto, ...]
    since: date
    reasons: tuple[tuple[int, int, str], ...] = ()
    kept: tuple[tuple[int, int, Matrix], ...] = ()


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two photos of one view. `aligned` and `foot` are filled when the pictures are made."""

    view: Words
    before: ReportedPhoto
    after: ReportedPhoto
    between: Words
    reason: Words = ""
    foot: Words = ""
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class ReportedNeedles:
    """Needle lengths: the drawing of the face as SVG, numbers on it in its units, and words by length."""

    svg: str
    width: float
    height: float
    places: tuple[tuple[float, float, str], ...]
    lengths: tuple[Fact, ...]
    alt: Words
    heading: Words = ""


@dataclass(frozen=True, slots=True)
class CourseShown:
    """What was done: facts in two columns, and the needles of the last session."""

    title: Words
    facts: tuple[Fact, ...]
    needles: ReportedNeedles | None = None


@dataclass(frozen=True, slots=True)
class ProductShown:
    """A product with its lot, the sessions it was used at, and when on the day."""

    name: Words
    brand: Words
    lot: Words
    used: Words


@dataclass(frozen=True, slots=True)
class ReportedGrid:
    """A symptom after one session: a severity for each day, -1 where nobody wrote."""

    label: Words
    cells: tuple[int, ...]
    latest: bool


@dataclass(frozen=True, slots=True)
class GridSymptom:
    """One symptom over the sessions; `usual` are the days (both included) on which it is usual, none: not expected."""

    name: Words
    lines: tuple[ReportedGrid, ...]
    usual: tuple[int, int] | None
    usual_words: Words
    source: Words


@dataclass(frozen=True, slots=True)
class GridShown:
    """The days after the last session, beside the earlier ones. `left_out` counts further symptoms."""

    title: Words
    days: int
    next_session: int | None
    symptoms: tuple[GridSymptom, ...]
    severities: tuple[str, ...]
    sources: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class RatedShown:
    """A concern over time: places 0 to 1 between the first and last day of the chart, values, first and last words."""

    name: Words
    points: tuple[tuple[float, int], ...]
    words: Words
    judged: Words


@dataclass(frozen=True, slots=True)
class RatingsShown:
    """All concerns on one scale of time; `sessions` are places on it."""

    ends: Words
    first: Words
    last: Words
    sessions: tuple[float, ...]
    concerns: tuple[RatedShown, ...]


@dataclass(frozen=True, slots=True)
class CardShown:
    """A "ring your clinic" card, open or put aside with a reason."""

    state: Words
    open: bool
    sentence: Words
    source: Words
    reason: Words = ""


@dataclass(frozen=True, slots=True)
class SessionShown:
    """One session in detail: facts, products with when, own notes, and what the days after it were like."""

    title: Words
    facts: tuple[Fact, ...]
    products: tuple[ProductShown, ...]
    notes: tuple[Fact, ...]
    episodes: tuple[Fact, ...]
    needles: ReportedNeedles | None = None


@dataclass(frozen=True, slots=True)
class SeriesShown:
    """The photos of one view, oldest first."""

    view: Words
    shots: tuple[ReportedPhoto, ...]


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of a reaction: when, which day after which session, and what was written down."""

    day: Words
    number: Words
    entries: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ReportedOriginal:
    """A photo whose bytes go along unchanged: the name of the copy and its hash."""

    name: str
    sha256: str
    photo: Photo


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. What is empty or None is not shown."""

    kind: str
    paper: str
    title: Words
    subtitle: Words
    chosen: tuple[Words, ...]
    privacy: Words
    made: Words
    foot: Words
    headings: dict[str, Words]
    questions: tuple[Words, ...] = ()
    cards: tuple[CardShown, ...] = ()
    course: CourseShown | None = None
    products: tuple[ProductShown, ...] = ()
    grid: GridShown | None = None
    ratings: RatingsShown | None = None
    candidates: tuple[Candidates, ...] = ()
    pairs: tuple[PairShown, ...] = ()
    timeline: tuple[DayShown, ...] = ()
    sessions: tuple[SessionShown, ...] = ()
    series: tuple[SeriesShown, ...] = ()
    originals: tuple[ReportedOriginal, ...] = ()
    lost: Words = ""
    other_days: Words = ""
    empty: Words = ""
    zones: tuple[str, ...] = field(default=())
