"""Photos of a report: the fairest pair of each view, and the series with their dates. Healing is never a result."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from needlejournal.journal.alignments import Matrix
from needlejournal.journal.message import Message, message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison import aligning, comparing, judging
from needlejournal.workflows.comparison.comparing import SeriesPhoto, healing_words
from needlejournal.workflows.reporting.diary_shown import ReportFacts, number_words
from needlejournal.workflows.reporting.spans import ReportSpan
from needlejournal.workflows.reporting.values import Candidates, PairShown, ReportedPhoto, SeriesShown
from needlejournal.workflows.reporting.wording import Words

AT_EACH_END = 3  # photos of a view: each has to be measured before a pair can be called fair
Group = tuple[tuple[str, str], list[SeriesPhoto]]


def series_of_span(known: ReportFacts, span: ReportSpan, *, earlier: bool) -> list[Group]:
    """The readable photos by view and zone, oldest first; the views in the catalogue's order."""
    groups: dict[tuple[str, str], list[SeriesPhoto]] = {}
    for photo in known.journal.photos.all():
        wanted = photo.when.day <= span.last and (earlier or photo.when.day >= span.first)
        if wanted and photo.original.readable:
            placed = comparing.placed(photo, known.calendar, known.catalogue)
            groups.setdefault((photo.view, photo.zone), []).append(placed)
    order = {view.key: place for place, view in enumerate(known.catalogue.views)}
    return sorted(groups.items(), key=lambda group: (order.get(group[0][0], len(order)), group[0]))


def candidates_of(known: ReportFacts, span: ReportSpan) -> tuple[Candidates, ...]:
    """The photos of each view among which a fair pair may be: the earliest and the latest that show no healing."""
    reasons = tuple((one.before_id, one.after_id, one.reason) for one in known.journal.overrides.all())
    found = []
    for (view, _), photos in series_of_span(known, span, earlier=span.earlier):
        usable = [shown for shown in photos if shown.healing is False]
        if len(usable) > 2 * AT_EACH_END:
            usable = usable[:AT_EACH_END] + usable[-AT_EACH_END:]
        if view and len(usable) > 1 and usable[-1].photo.when.day >= span.first:
            place, kept = place_words(known, usable[0].photo), _kept_between(known.journal, usable)
            found.append(Candidates(place, tuple(usable), span.first, reasons, kept))
    return tuple(found)


def _kept_between(journal: Journal, photos: list[SeriesPhoto]) -> tuple[tuple[int, int, Matrix], ...]:
    """How each of them lies on each earlier one, where the person made or confirmed that."""
    found = []
    for before, after in combinations(photos, 2):
        kept = aligning.kept_alignment(journal, before.id, after.id)
        if kept and kept.matrix:
            found.append((before.id, after.id, kept.matrix))
    return tuple(found)


def fairest_of(journal: Journal, among: Candidates) -> Iterator[tuple[SeriesPhoto, SeriesPhoto]]:
    """Its pairs, the fairest by what was measured so far first. For workers too: it reads no rows."""
    by_id = {shown.id: shown for shown in among.photos}
    for fair in judging.fairest(journal, among.photos):
        if by_id[fair.after_id].photo.when.day >= among.since:
            yield by_id[fair.before_id], by_id[fair.after_id]


def pair_shown(among: Candidates, before: SeriesPhoto, after: SeriesPhoto, number: int) -> PairShown:
    """A pair with its words; what its pixels tell comes later."""
    between = comparing.between(before, after)
    words = message(
        "{days}, {sessions} between",
        days=message("%n day(s)", between.days),
        sessions=message("%n session(s)", between.sessions),
    )
    pair = {before.id, after.id}
    reason: Words = next(
        (
            message("Compared anyway, because: {reason}", reason=reason)
            for one, other, reason in among.reasons
            if {one, other} == pair
        ),
        "",
    )
    first, second = (
        shot(shown, f"pair{number}-{side}", among.view) for side, shown in (("before", before), ("after", after))
    )
    return PairShown(among.view, first, second, words, reason)


def series_shown(known: ReportFacts, span: ReportSpan, *, earlier: bool = False) -> tuple[SeriesShown, ...]:
    """Every photo of the span with its date, by view."""
    found = []
    for number, (_, photos) in enumerate(series_of_span(known, span, earlier=earlier)):
        words = place_words(known, photos[0].photo)
        shots = tuple(shot(one, f"series{number}-{place}", words) for place, one in enumerate(photos))
        found.append(SeriesShown(words, shots))
    return tuple(found)


def shot(shown: SeriesPhoto, name: str, place: Words) -> ReportedPhoto:
    """A photo with its words; `name` is its file among the pictures of the report, `place` what it shows."""
    photo = shown.photo
    detail: Words = number_words(shown.day)
    if shown.before_session is not None and shown.day is not None and shown.day.days:
        detail = message("before session {number}", number=shown.before_session)
    return ReportedPhoto(
        picture=f"{name}.svg",
        alt=message("Photo: {place}, {day}", place=place, day=photo.when.day),
        caption=photo.when.day,
        detail=detail,
        healing=healing_words(shown) if shown.healing is not False else "",
        photo=shown,
    )


def place_words(known: ReportFacts, photo: Photo) -> Message:
    """What a photo shows: "From the front (frontal)", "Close-up: inner cheek, left"."""
    if not photo.view:
        return message("View not chosen")
    view = known.catalogue.view(photo.view)
    if photo.zone:
        return message("{view}: {zone}", view=view.name, zone=known.catalogue.zone(photo.zone).name)
    return message("{view}", view=view.label)
