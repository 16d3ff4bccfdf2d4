"""The line of the comparability panel on what lies in front of a face in one photo: glasses, hair, a hand, a mask.

Two gates (docs/adr/0017-two-gates-for-covers.md): what surely covers a zone differs, what may is unknown and named.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from needlejournal.journal.comparing import faces
from needlejournal.journal.comparing.answers import clear, same, unknown
from needlejournal.journal.comparing.measures import other_side
from needlejournal.journal.comparing.pair_measures import LEAST_FOUND, WELL_FOUND, PairMeasures
from needlejournal.journal.comparing.photo_facts import DIFFERS, ComparabilityItem, PhotoFacts
from needlejournal.journal.comparing.zone_words import named_zones
from needlejournal.journal.message import Message, message, sentences

_DOUBT = 1.0  # of effect: what was seen and may hide skin stands above what nobody noted
_ADVICE = message("Take glasses off, tie hair back and keep hands away from the face.")
_WHOLE_FACE = ("face",)  # covered so that only one of the two faces was found
_AROUND_EYES = {"periorbital_right", "periorbital_left", "infraorbital_right", "infraorbital_left"}
_AROUND_MOUTH = {"upper_lip", "lower_lip", "chin", "nasolabial_right", "nasolabial_left"}
_UNMEASURED = message("Whether something was in front of the face could not be measured.")
_NOTHING = message(
    "Nothing large seems to be in front of the face; a lock of hair, thin glasses or a film of cream may not be seen."
)
_COVERED = message("Something covers part of the face in one photo, so nothing can be said there: {zones}.")
_OR_ITS_SKIN = message("Crusts, peeling, strong redness or cream can be why, too.")  # such skin is hardly found again
_PERHAPS_ALSO = message("Perhaps it reaches farther: {zones}.")
_PERHAPS_GLASSES = message(
    "The skin around the eyes changed more than the light explains, so nothing is said there. Glasses can be why, and "
    "so can tired or narrowed eyes."
)
_PERHAPS = message(
    "Something may be in front of the face in one photo, so nothing is said there: {zones}. Another expression, hair "
    "at the edge of the face, other light, crusts, peeling, strong redness or cream can be why, too."
)


def covered(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures | None) -> ComparabilityItem:
    """Zones before which something lies in one photo: nothing can be said about them."""
    if pair is None or pair.covered is None:
        return unknown("covered", _UNMEASURED, _ADVICE)
    perhaps = pair.perhaps_covered or ()
    if pair.covered and not _may_be_its_own_skin(before, after, pair):
        sentence = _COVERED.filled(zones=_named(pair.covered, before))
        if set(pair.covered) != set(_WHOLE_FACE):
            sentence = sentences(sentence, _OR_ITS_SKIN)
        if perhaps:
            sentence = sentences(sentence, _PERHAPS_ALSO.filled(zones=_named(perhaps, before)))
        return clear("covered", sentence, _ADVICE, len(pair.covered), "zones")
    doubtful = (*pair.covered, *perhaps)
    if not doubtful:
        return same("covered", _NOTHING, 0)
    glasses = set(doubtful) == _AROUND_EYES
    sentence = _PERHAPS_GLASSES if glasses else _PERHAPS.filled(zones=_named(doubtful, before))
    return replace(unknown("covered", sentence, _ADVICE), effect=_DOUBT)


def hidden_zones(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures | None) -> frozenset[str]:
    """The keys of the zones before which something surely lies in one photo."""
    return frozenset((pair and pair.covered) or ()) if covered(before, after, pair).answer == DIFFERS else frozenset()


def doubtful_zones(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures | None) -> frozenset[str]:
    """The keys of the zones before which something may lie in one photo."""
    named = frozenset((*(pair.covered or ()), *(pair.perhaps_covered or ()))) if pair else frozenset()
    return named - hidden_zones(before, after, pair)


def _named(zones: Collection[str], before: PhotoFacts) -> Message:
    """Zones in words, by the patient's own sides: in BEFORE, where they were found, a mirror image exchanges them."""
    return named_zones([other_side(zone) for zone in zones] if before.mirrored else zones)


def _may_be_its_own_skin(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures) -> bool:
    """Whether what was called surely covered may as well be skin that moved, or was hardly found anywhere."""
    named = set(pair.covered or ())
    if named == set(_WHOLE_FACE):
        return False
    moves = faces.expression(before, after).answer == DIFFERS
    if named <= _AROUND_EYES and (moves or (pair.found or 0.0) < WELL_FOUND):
        return True
    return (moves and named <= _AROUND_MOUTH) or (pair.found or 0.0) < LEAST_FOUND
