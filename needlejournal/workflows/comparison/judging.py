"""How far photos of the journal may be compared, which pair is the fairest, and why a pair is compared all the same.

Judges on rows and on what was measured before; measures nothing itself. Knows no widgets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from needlejournal.journal.comparing.comparability import Comparability, compare_photos
from needlejournal.journal.comparing.fairest import Candidate, FairPair, fairest_pairs, pair_of
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.comparing.photo_facts import PhotoFacts, facts_of
from needlejournal.journal.moments import in_order
from needlejournal.journal.pairs import PairOverride
from needlejournal.store import Journal
from needlejournal.workflows.comparison import aligning
from needlejournal.workflows.comparison.comparing import SeriesPhoto
from needlejournal.workflows.comparison.readings import kept_measures

_LOOKED_AT = 3  # times as many pairs as are wanted: what was measured on both together may leave some behind


def facts(journal: Journal, shown: SeriesPhoto) -> PhotoFacts:
    """What is known about a photo when it is compared."""
    days = None if shown.baseline or shown.day is None else shown.day.days
    return facts_of(
        shown.photo,
        days_since_session=days,
        sessions_done=shown.sessions_done,
        healing=shown.window,
        measures=kept_measures(journal, shown.photo),
    )


def judge(journal: Journal, one: SeriesPhoto, other: SeriesPhoto) -> Comparability:
    """Judge a pair; the earlier photo counts as the one before, wherever they stand on the screen."""
    before, after = in_order((one, other), lambda shown: shown.photo.when, lambda shown: shown.id)
    return compare_photos(facts(journal, before), facts(journal, after), _together(journal, before, after))


def _together(journal: Journal, before: SeriesPhoto, after: SeriesPhoto) -> PairMeasures | None:
    """What was measured when the two were aligned automatically, in whichever order."""
    there = aligning.found_before(journal, before.photo, after.photo)
    back = None if there else aligning.found_before(journal, after.photo, before.photo)
    found = there or (back.inverse() if back else None)
    return found.measures if found else None


def fairest(journal: Journal, series: Iterable[SeriesPhoto], limit: int = 5) -> list[FairPair]:
    """The fairest pairs of a series, the fairest first; never one with a photo of healing skin.

    Of the best by what is known of each photo, those come first that what was measured on both together leaves first.
    """
    shown = {one.id: one for one in series}
    known = {one.id: Candidate(one.id, facts(journal, one)) for one in shown.values()}
    laid = []
    for pair in fairest_pairs(known.values(), _LOOKED_AT * limit):
        before, after = pair.before_id, pair.after_id
        laid.append(pair_of(known[before], known[after], _together(journal, shown[before], shown[after])))
    return sorted(laid, key=lambda pair: -pair.worth)[:limit]


def override_of(journal: Journal, one_id: int, other_id: int) -> PairOverride | None:
    """Why the person compares this pair all the same, in whichever order it was said."""
    wanted = {one_id, other_id}
    return next((kept for kept in journal.overrides.all() if {kept.before_id, kept.after_id} == wanted), None)


def keep_override(journal: Journal, one_id: int, other_id: int, reason: str) -> None:
    """Keep why a pair is compared all the same; no reason takes it back. Belongs inside a step."""
    there = override_of(journal, one_id, other_id)
    if there and not reason.strip():
        journal.overrides.trash(there.id)
    elif reason.strip():
        kept = there or PairOverride(one_id, other_id, "")
        journal.overrides.save(replace(kept, reason=reason.strip()))
