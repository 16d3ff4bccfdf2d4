"""What a card of the timeline says, in words, made from the card's rows. Pure: no painting, no reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from needlejournal.journal import moments
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import SideEffect
from needlejournal.journal.diary.days_after import DayGrid
from needlejournal.journal.frozen import frozen
from needlejournal.journal.healing import healing_at
from needlejournal.journal.numbering import DayNumber, SessionCalendar
from needlejournal.journal.photos import Photo
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import CardKey, TimelineCard
from needlejournal.ui import language
from needlejournal.ui.language import tr
from needlejournal.ui.models.session_words import session_facts
from needlejournal.ui.models.wording import day_parts

GRID_DAYS = 7
GRID_ROWS = 5
NOTE_CHARACTERS = 700


@frozen
class Pill:
    """A fact in a pill; `dot` is a role of the theme, "" for none."""

    text: str
    dot: str = ""


@frozen
class GridLine:
    """One symptom's first days after a session; None: not written down."""

    symptom: str
    severities: tuple[Severity | None, ...]


@frozen
class EffectGrid:
    """The little grid on a session's card. Days from `future_from` on are still to come; `more` lines are left out."""

    lines: tuple[GridLine, ...]
    future_from: int
    more: int = 0

    @property
    def has_unknown(self) -> bool:
        """Whether any day that has been is not written down."""
        return any(None in line.severities[: self.future_from] for line in self.lines)


@frozen
class CardContent:
    """A card in words. `lead` stands out, `rest` follows it; `marks` stand at the right of the title."""

    key: CardKey
    lead: str
    rest: str
    facts: tuple[Pill, ...] = ()
    marks: tuple[Pill, ...] = ()
    paragraphs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    grid: EffectGrid | None = None

    @property
    def is_session(self) -> bool:
        """Whether it is a session's card."""
        return bool(self.key.session_id)

    @property
    def spoken(self) -> str:
        """The whole card for a screen reader."""
        pills = [pill.text for pill in (*self.facts, *self.marks)]
        photos = [tr("%n photo(s)", len(self.photos))] if self.photos else []
        said = [f"{self.lead}, {self.rest}", *pills, *self.paragraphs, *photos]
        return ". ".join(words.strip().removesuffix(".") for words in said)


def describe(
    card: TimelineCard, catalogue: Catalogue, calendar: SessionCalendar, grid: DayGrid | None, today: date
) -> CardContent:
    """The words of a card. `grid` is the side effects after its session, where it has one."""
    shown = None if grid is None or card.session is None else _effect_grid(grid, catalogue, today)
    marks = () if shown else _effect_pills(card, catalogue)
    if card.session is None:
        return _describe_day(card, catalogue, calendar, marks)
    when = card.session.when
    parts = [catalogue.treatment(card.session.treatment).name, _place(card.session), _moment(card.session)]
    return CardContent(
        key=card.key,
        lead=tr("Session {k}").format(k=calendar.number(card.session.id)),
        rest=" · ".join(part for part in parts if part) or language.weekday_and_day(when.day),
        facts=tuple(Pill(fact) for fact in session_facts(card.session, catalogue)),
        marks=marks,
        paragraphs=_paragraphs(_changed(card.session), card.session.notes, card.note.text if card.note else ""),
        tags=card.session.tags + (card.note.tags if card.note else ()),
        photos=in_order(card.photos, catalogue),
        grid=shown,
    )


def _describe_day(
    card: TimelineCard, catalogue: Catalogue, calendar: SessionCalendar, marks: tuple[Pill, ...]
) -> CardContent:
    number = calendar.day_number(card.key.day)
    lead, rest = day_parts(number)
    day = language.weekday_and_day(card.key.day)
    healing = _photo_marks(card, number, catalogue, calendar)
    return CardContent(
        key=card.key,
        lead=lead or day,
        rest=f"{rest} · {day}" if lead else "",
        marks=marks + healing,
        paragraphs=_paragraphs(card.note.text if card.note else ""),
        tags=card.note.tags if card.note else (),
        photos=in_order(card.photos, catalogue),
    )


def in_order(photos: Iterable[Photo], catalogue: Catalogue) -> tuple[Photo, ...]:
    """Photos as a series of views: from the front first, close-ups after, undecided ones last, each by time."""
    views = {view.key: place for place, view in enumerate(catalogue.views)}
    by_time = moments.in_order(photos, lambda photo: photo.when, lambda photo: photo.id)
    return tuple(sorted(by_time, key=lambda photo: (views.get(photo.view, len(views)), photo.zone)))


def _place(session: Session) -> str:
    if session.setting == "home":
        return tr("at home")
    return session.clinic or (tr("clinic") if session.setting == "clinic" else "")


def _moment(session: Session) -> str:
    day = language.weekday_and_day(session.when.day)
    return f"{day}, {language.clock_time(session.when.time)}" if session.when.time else day


def _changed(session: Session) -> str:
    words = session.changed_since.strip()
    return tr("Changed since last time: {words}").format(words=words) if words else ""


def _paragraphs(*texts: str) -> tuple[str, ...]:
    """The beginnings of what was written; a card never shows a whole megabyte."""
    return tuple(" ".join(text[:NOTE_CHARACTERS].split()) for text in texts if text.strip())


def short_name(symptom: str, catalogue: Catalogue) -> str:
    """The first words of a symptom's name: "Sensitivity" of "Sensitivity, tenderness"."""
    return catalogue.symptom(symptom).name.split(",")[0]


def _effect_pills(card: TimelineCard, catalogue: Catalogue) -> tuple[Pill, ...]:
    strongest = _strongest(card.effects)
    if not strongest:
        return (Pill(tr("no side effects")),) if card.note and card.note.nothing_to_note else ()
    ordered = sorted(strongest.items(), key=lambda item: -item[1])
    return tuple(
        Pill(f"{short_name(key, catalogue)} {catalogue.scales.severity_word(grade).lower()}", f"severity_{grade.value}")
        for key, grade in ordered
    )


def _strongest(effects: Iterable[SideEffect]) -> dict[str, Severity]:
    """Each symptom's highest severity over its zones."""
    found: dict[str, Severity] = {}
    for effect in effects:
        found[effect.symptom] = max(effect.severity, found.get(effect.symptom, Severity.NONE))
    return found


def _photo_marks(
    card: TimelineCard, number: DayNumber | None, catalogue: Catalogue, calendar: SessionCalendar
) -> tuple[Pill, ...]:
    """Whether the day's photos show healing, or lie where results are looked at."""
    if not card.photos or number is None or number.days < 0:
        return ()
    windows = [healing_at(photo.when, calendar, catalogue) for photo in card.photos]
    numbers = sorted({window.number for window in windows if window.healing})
    if len(numbers) == 1:
        return (Pill(tr("healing photos, session {k}").format(k=numbers[0])),)
    if numbers:
        return (Pill(tr("healing photos, sessions {first} and {last}").format(first=numbers[0], last=numbers[-1])),)
    fair = catalogue.treatment(calendar.marks[number.number - 1].treatment).looks.not_before_day
    return (Pill(tr("good day for a comparison photo")),) if fair is not None and number.days >= fair else ()


def _effect_grid(grid: DayGrid, catalogue: Catalogue, today: date) -> EffectGrid | None:
    """The first week's lines, the strongest symptoms first; days of the next session are left out."""
    end = min(GRID_DAYS, grid.next_session or GRID_DAYS)
    lines = [(row.symptom, row.severities[:end]) for row in grid.rows]
    lines = [line for line in lines if any(line[1])]
    if not lines:
        return None
    lines.sort(key=lambda line: -max(grade or 0 for grade in line[1]))
    shown = tuple(GridLine(short_name(symptom, catalogue), days) for symptom, days in lines[:GRID_ROWS])
    future = (today - grid.window.first).days + 1
    return EffectGrid(shown, max(0, min(end, future)), max(0, len(lines) - GRID_ROWS))
