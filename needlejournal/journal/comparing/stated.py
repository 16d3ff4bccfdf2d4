"""The lines of the comparability panel that rest on what the file, the journal or the patient says."""

from __future__ import annotations

from needlejournal.journal.comparing.answers import clear, same, slight, unknown
from needlejournal.journal.comparing.photo_facts import ComparabilityItem, PhotoFacts
from needlejournal.journal.message import Message, message

_SAME_HOURS = 3.0  # of the day, for the skin's own daily course

# Words that programs which change faces write into a picture; a phone's own version number is none.
_EDITORS = (
    *("photoshop", "lightroom", "snapseed", "facetune", "meitu", "beauty", "faceapp", "picsart", "vsco", "airbrush"),
    *("b612", "retouch", "remini", "youcam", "instagram", "snapchat", "gimp", "affinity", "pixelmator", "canva"),
)

_DECLARED_ADVICE = {
    "make_up": message("Take the photos without make-up."),
    "moisturiser": message("Take the photos on clean, dry skin."),
    "expression": message("Keep a neutral expression."),
    "light": message("Use the same light."),
}
_NAMES = {
    "make_up": message("Make-up"),
    "moisturiser": message("Moisturiser"),
    "expression": message("Expression"),
    "light": message("Kind of light"),
}
_HEAL = {  # by how many of the two show healing skin
    1: message("One photo shows skin that is still healing: swelling smooths lines, redness hides spots."),
    2: message("Both photos show skin that is still healing: swelling smooths lines, redness hides spots."),
}
_HEAL_THERE = {
    1: message("One photo shows skin that is still healing, {where}: swelling smooths lines, redness hides spots."),
    2: message("Both photos show skin that is still healing, {where}: swelling smooths lines, redness hides spots."),
}


def view(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The same view, and for close-ups the same zone, where both were chosen."""
    if (before.view, before.zone) == (after.view, after.zone):
        return same("view", message("Both show the same view."), before.view)
    return clear(
        "view", message("The photos show different views."), message("Compare photos of one view."), after.view
    )


def camera(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The same make and model."""
    first, second = (f"{one.camera.make} {one.camera.model}".strip() for one in (before, after))
    if not first or not second:
        return unknown(
            "camera", message("At least one photo does not say which camera took it."), message("Use the same camera.")
        )
    if first == second:
        return same("camera", message("Both were taken with {camera}.", camera=first), first)
    return slight(
        "camera",
        message("The cameras differ: {first} and {second}.", first=first, second=second),
        message("Use the same camera."),
        second,
    )


def lens(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The same lens and zoom: a wide lens held near makes noses large and cheeks slim."""
    advice = message("Use the same lens without zoom, at an arm's length or more.")
    first, second = (one.camera.focal_35mm or one.camera.focal_mm for one in (before, after))
    one_kind = (before.camera.focal_35mm is None) == (after.camera.focal_35mm is None)
    if not first or not second or not one_kind:
        return unknown("lens", message("At least one photo does not say which lens or zoom was used."), advice)
    if max(first, second) / min(first, second) <= 1.06:
        return same("lens", message("Lens and zoom are the same."), round(second, 1), "mm")
    sentence = message(
        "Lens or zoom differ: {first} mm and {second} mm. That changes the proportions of the face.",
        first=f"{first:.0f}", second=f"{second:.0f}",
    )  # fmt: skip
    return clear("lens", sentence, advice, round(second, 1), "mm")


def edited(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """What the software tag says about editing; a beauty mode mostly leaves no trace, so silence is unknown."""
    advice = message("Use the camera app itself, beauty mode off, and import the file it wrote.")
    tags = [one.camera.software.strip() for one in (before, after)]
    named = [tag for tag in tags if any(editor in tag.lower() for editor in _EDITORS)]
    if named:
        return clear(
            "edited",
            message("A photo went through {program}, which can change skin.", program=named[0]),
            advice,
            named[0],
        )
    if not all(tags):
        sentence = message("A photo does not say which software wrote it; it may have been edited, and spots removed.")
        return unknown("edited", sentence, advice)
    sentence = message("Neither names an editing program. Whether spots were painted out cannot be seen in a picture.")
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
    advice = message("Take the photos at about the same time of day.")
    if before.time is None or after.time is None:
        return unknown("time_of_day", message("One photo does not say at what time of day it was taken."), advice)
    apart = abs(before.time.hour - after.time.hour + (before.time.minute - after.time.minute) / 60)
    apart = round(min(apart, 24 - apart), 1)
    if apart <= _SAME_HOURS:
        return same("time_of_day", message("Both were taken at about the same time of day."), apart, "h")
    return slight(
        "time_of_day",
        message("They were taken at different times of day, {hours} hours apart.", hours=f"{apart:g}"),
        advice,
        apart,
        "h",
    )


def healing(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Days since the last session: freshly treated skin is swollen, which smooths lines."""
    days = after.days_since_session
    advice = message("Compare photos from outside the healing window.")
    if before.healing or after.healing:
        return clear("healing", _healing_words(before, after), advice, days, "days")
    if before.healing is None or after.healing is None:
        sentence = message("How long skin heals after this treatment is not known here, so a photo may still show it.")
        return unknown("healing", sentence, advice)
    return same("healing", message("Neither photo falls into a healing window."), days, "days")


def _healing_words(before: PhotoFacts, after: PhotoFacts) -> Message:
    healing = [facts for facts in (before, after) if facts.healing]
    windows = list(dict.fromkeys(_window(facts) for facts in healing if facts.healing_session))
    where = windows[0] if len(windows) == 1 else None
    if len(windows) == 2:
        where = message("{first} and {second}", first=windows[0], second=windows[1])
    if where is None:
        return _HEAL[len(healing)]
    return _HEAL_THERE[len(healing)].filled(where=where)


def _window(facts: PhotoFacts) -> Message:
    """The session in whose healing window a photo lies, which need not be the last before it."""
    if facts.healing_day == 0:
        return message("on the day of session {number}", number=facts.healing_session)
    return message("on day {day} after session {number}", day=facts.healing_day, number=facts.healing_session)


def between(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Days and sessions between the two."""
    if before.day is None or after.day is None:
        return unknown("between", message("The date of a photo is not known."), message("Give both photos a date."))
    days = (after.day - before.day).days
    if days < 0:
        return clear(
            "between", message("The second photo is the older one."), message("Swap the two photos."), days, "days"
        )
    if days == 0:
        return slight("between", message("Both were taken on the same day."), None, 0, "days")
    apart = message("%n day(s)", days)
    if before.sessions_done is None or after.sessions_done is None:
        sentence = message("They were taken {days} apart; how many sessions came between is not known.", days=apart)
        return same("between", sentence, days, "days")
    sessions = message("%n session(s)", max(0, after.sessions_done - before.sessions_done))
    sentence = message("They were taken {days} apart, with {sessions} in between.", days=apart, sessions=sessions)
    return same("between", sentence, days, "days")


def _declared(item: str, first: object, second: object) -> ComparabilityItem:
    advice = _DECLARED_ADVICE[item]
    name = _NAMES[item]
    if first is None or second is None:
        return unknown(item, message("{what}: not noted for both photos.", what=name), advice)
    value = _said(second)
    if first == second:
        return same(item, message("{what}: {value} in both.", what=name, value=value), str(value))
    sentence = message("{what}: {first} in the first photo, {second} in the second.", what=name)
    return clear(item, sentence.filled(first=_said(first), second=value), advice)


def _said(value: object) -> Message | str:
    if isinstance(value, bool):
        return message("yes") if value else message("no")
    return str(value)
