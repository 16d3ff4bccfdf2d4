"""The forms an answer of the comparability panel takes, and the words for its items."""

from __future__ import annotations

from dataclasses import dataclass

from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, UNKNOWN, ComparabilityItem

WORDS = {
    "view": "view", "pose": "how the head is turned", "roll": "tilt of the head", "face_scale": "size of the face",
    "camera": "camera", "lens": "lens and zoom", "mirrored": "mirroring", "exposure": "brightness of the skin",
    "clipping": "parts too bright or too dark", "white_balance": "colour of the light",
    "light_side": "side of the light", "light_height": "height of the light",
    "light_hardness": "hardness of the light", "sharpness": "sharpness", "smoothing": "smoothness of the skin",
    "compression": "compression of the file", "lens_distance": "distance of the camera", "shape": "shape of the face",
    "eyes": "eyes open or shut", "covered": "something before the face", "background": "background",
    "crop": "place of the face in the picture",
    "edited": "editing", "make_up": "make-up", "moisturiser": "moisturiser", "expression": "expression",
    "light": "kind of light", "time_of_day": "time of day", "healing": "healing", "between": "time between",
}  # fmt: skip
"""Item key → words for it within a sentence."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How a measured difference is told: its gates, and sentences for same, different and not known."""

    item: str
    matches_to: float
    clear_from: float
    unit: str
    same: str
    differs: str
    unknown: str
    advice: str = ""

    def judge(self, difference: float | None) -> ComparabilityItem:
        """Hold an absolute difference against the gates; sentences may name it as {value}."""
        if difference is None:
            return ComparabilityItem(self.item, UNKNOWN, None, self.unit, self.unknown, advice=self.advice)
        value = round(difference, 2)
        if difference <= self.matches_to:
            return ComparabilityItem(self.item, MATCHES, value, self.unit, self.same.format(value=_plain(value)))
        sentence = self.differs.format(value=_plain(value))
        clear = difference > self.clear_from
        effect = round(difference / self.clear_from, 2)
        return ComparabilityItem(self.item, DIFFERS, value, self.unit, sentence, clear, self.advice, effect)


_SLIGHT, _CLEAR = 0.6, 1.5  # effects of differences that have no measure


def unknown(item: str, sentence: str, advice: str) -> ComparabilityItem:
    """Answer that it cannot be told."""
    return ComparabilityItem(item, UNKNOWN, None, "", sentence, advice=advice)


def same(item: str, sentence: str, value: float | str | None = None, unit: str = "") -> ComparabilityItem:
    """Answer that both match."""
    return ComparabilityItem(item, MATCHES, value, unit, sentence)


def slight(
    item: str, sentence: str, advice: str, value: float | str | None = None, unit: str = ""
) -> ComparabilityItem:
    """Answer that they differ a little."""
    return ComparabilityItem(item, DIFFERS, value, unit, sentence, advice=advice, effect=_SLIGHT)


def clear(item: str, sentence: str, advice: str, value: float | str | None = None, unit: str = "") -> ComparabilityItem:
    """Answer that they differ plainly."""
    return ComparabilityItem(item, DIFFERS, value, unit, sentence, clear=True, advice=advice, effect=_CLEAR)


def _plain(value: float) -> str:
    return f"{value:.0f}" if value >= 3 else f"{value:g}"
