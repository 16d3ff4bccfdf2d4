"""The lines of the comparability panel that rest on what the file, the journal or the patient says."""

from __future__ import annotations

from needlejournal.journal.comparing.answers import WORDS, clear, same, slight, unknown
from needlejournal.journal.comparing.photo_facts import ComparabilityItem, PhotoFacts

_SAME_HOURS = 3.0  # of the day, for the skin's own daily course

# Words that programs which change faces write into a picture; a phone's own version number is none.
_EDITORS = (
    *("photoshop", "lightroom", "snapseed", "facetune", "meitu", "beauty", "faceapp", "picsart", "vsco", "airbrush"),
    *("b612", "retouch", "remini", "youcam", "instagram", "snapchat", "gimp", "affinity", "pixelmator", "canva"),
)

_DECLARED_ADVICE = {
    "make_up": "Take the photos without make-up.",
    "moisturiser": "Take the photos on clean, dry skin.",
    "expression": "Keep a neutral expression.",
    "light": "Use the same light.",
}


def view(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The same view, and for close-ups the same zone, where both were chosen."""
    if (before.view, before.zone) == (after.view, after.zone):
        return same("view", "Both show the same view.", before.view)
    return clear("view", "The photos show different views.", "Compare photos of one view.", after.view)


def camera(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The same make and model."""
    first, second = (f"{one.camera.make} {one.camera.model}".strip() for one in (before, after))
    if not first or not second:
        return unknown("camera", "At least one photo does not say which camera took it.", "Use the same camera.")
    if first == second:
        return same("camera", f"Both were taken with {first}.", first)
    return slight("camera", f"The cameras differ: {first} and {second}.", "Use the same camera.", second)


def lens(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The same lens and zoom: a wide lens held near makes noses large and cheeks slim."""
    advice = "Use the same lens without zoom, at an arm's length or more."
    first, second = (one.camera.focal_35mm or one.camera.focal_mm for one in (before, after))
    one_kind = (before.camera.focal_35mm is None) == (after.camera.focal_35mm is None)
    if not first or not second or not one_kind:
        return unknown("lens", "At least one photo does not say which lens or zoom was used.", advice)
    if max(first, second) / min(first, second) <= 1.06:
        return same("lens", "Lens and zoom are the same.", round(second, 1), "mm")
    sentence = f"Lens or zoom differ: {first:.0f} mm and {second:.0f} mm. The face keeps other proportions."
    return clear("lens", sentence, advice, round(second, 1), "mm")


def edited(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """What the software tag says about editing; a beauty mode mostly leaves no trace, so silence is unknown."""
    advice = "Use the camera app itself, beauty mode off, and import the file it wrote."
    tags = [one.camera.software.strip() for one in (before, after)]
    named = [tag for tag in tags if any(editor in tag.lower() for editor in _EDITORS)]
    if named:
        return clear("edited", f"A photo went through {named[0]}, which can change skin.", advice, named[0])
    if not all(tags):
        sentence = "A photo does not say which software wrote it; it may have been edited, spots may have been removed."
        return unknown("edited", sentence, advice)
    sentence = "Neither names an editing program. Whether spots were painted out cannot be seen in a picture."
    return unknown("edited", sentence, advice)


def make_up(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Declared make-up."""
    return _declared("make_up", before.declared.make_up, after.declared.make_up)


def moisturiser(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Declared moisturiser: moist skin looks smoother for hours."""
    return _declared("moisturiser", before.declared.moisturiser, after.declared.moisturiser)


def expression(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Declared expression."""
    return _declared("expression", before.declared.expression, after.declared.expression)


def declared_light(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Declared kind of light."""
    return _declared("light", before.declared.light, after.declared.light)


def time_of_day(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The hour: faces are fuller in the morning."""
    advice = "Take the photos at about the same time of day."
    if before.time is None or after.time is None:
        return unknown("time_of_day", "The time of day of a photo is not known.", advice)
    apart = abs(before.time.hour - after.time.hour + (before.time.minute - after.time.minute) / 60)
    apart = round(min(apart, 24 - apart), 1)
    if apart <= _SAME_HOURS:
        return same("time_of_day", "Both were taken at about the same time of day.", apart, "h")
    return slight("time_of_day", f"They were taken {apart:g} hours of the day apart.", advice, apart, "h")


def healing(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Days since the last session: freshly treated skin is swollen, which smooths lines."""
    days = after.days_since_session
    advice = "Compare photos from outside the healing window."
    if before.healing or after.healing:
        which = "Both photos show" if before.healing and after.healing else "One photo shows"
        windows = [_window(facts) for facts in (before, after) if facts.healing and facts.healing_session]
        where = f", {' and '.join(dict.fromkeys(windows))}" if windows else ""
        sentence = f"{which} skin that is still healing{where}: swelling smooths lines, redness hides spots."
        return clear("healing", sentence, advice, days, "days")
    if before.healing is None or after.healing is None:
        sentence = "How long skin heals after this treatment is not known here, so a photo may still show it."
        return unknown("healing", sentence, advice)
    return same("healing", "Neither photo falls into a healing window.", days, "days")


def _window(facts: PhotoFacts) -> str:
    """The session in whose healing window a photo lies, which need not be the last before it."""
    if facts.healing_day == 0:
        return f"on the day of session {facts.healing_session}"
    return f"on day {facts.healing_day} after session {facts.healing_session}"


def between(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Days and sessions between the two."""
    if before.day is None or after.day is None:
        return unknown("between", "The date of a photo is not known.", "Give both photos a date.")
    days = (after.day - before.day).days
    if days < 0:
        return clear("between", "The second photo is the older one.", "Swap the two photos.", days, "days")
    if days == 0:
        return slight("between", "Both were taken on the same day.", "", 0, "days")
    lie = "day" if days == 1 else "days"
    if before.sessions_done is None or after.sessions_done is None:
        sentence = f"{days} {lie} lie between the two; how many sessions is not known."
        return same("between", sentence, days, "days")
    sessions = after.sessions_done - before.sessions_done
    had = "1 session" if sessions == 1 else f"{max(0, sessions)} sessions"
    return same("between", f"{days} {lie} and {had} lie between the two.", days, "days")


def _declared(item: str, first: object, second: object) -> ComparabilityItem:
    advice = _DECLARED_ADVICE[item]
    word = WORDS[item]
    if first is None or second is None:
        return unknown(item, f"{word[0].upper()}{word[1:]}: not noted for both photos.", advice)
    value = _said(second)
    if first == second:
        return same(item, f"{word[0].upper()}{word[1:]}: {value} in both.", value)
    return clear(
        item, f"{word[0].upper()}{word[1:]}: {_said(first)} in the first photo, {value} in the second.", advice
    )


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
