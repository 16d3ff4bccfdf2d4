"""The forms an answer of the comparability panel takes, and the words for its items."""

from __future__ import annotations

from collections.abc import Mapping

from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, UNKNOWN, ComparabilityItem
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message

WORDS: Mapping[str, Message] = {
    "view": message("view"),
    "pose": message("how the head is turned"),
    "roll": message("tilt of the head"),
    "face_scale": message("size of the face"),
    "camera": message("camera"),
    "lens": message("lens and zoom"),
    "mirrored": message("mirroring"),
    "exposure": message("brightness of the skin"),
    "clipping": message("parts too bright or too dark"),
    "white_balance": message("colour of the light"),
    "light_side": message("side of the light"),
    "light_height": message("height of the light"),
    "light_hardness": message("hardness of the light"),
    "sharpness": message("sharpness"),
    "smoothing": message("smoothness of the skin"),
    "compression": message("compression of the file"),
    "lens_distance": message("distance of the camera"),
    "shape": message("shape of the face"),
    "eyes": message("eyes open or shut"),
    "covered": message("something in front of the face"),
    "background": message("background"),
    "crop": message("place of the face in the picture"),
    "edited": message("editing"),
    "make_up": message("make-up"),
    "moisturiser": message("moisturiser"),
    "expression": message("expression"),
    "light": message("kind of light"),
    "time_of_day": message("time of day"),
    "healing": message("healing"),
    "between": message("time between"),
}
"""Item key → words for it within a sentence."""


@frozen
class Measured:
    """How a measured difference is judged: its gates, and sentences for same, different and not known."""

    item: str
    matches_to: float
    clear_from: float
    unit: str
    same: Message
    differs: Message
    unknown: Message
    advice: Message | None = None

    def judge(self, difference: float | None) -> ComparabilityItem:
        """Hold an absolute difference against the gates; sentences may name it as {value}."""
        if difference is None:
            return ComparabilityItem(self.item, UNKNOWN, None, self.unit, self.unknown, advice=self.advice)
        value = round(difference, 2)
        if difference <= self.matches_to:
            return ComparabilityItem(self.item, MATCHES, value, self.unit, self.same.filled(value=_plain(value)))
        sentence = self.differs.filled(value=_plain(value))
        clear = difference > self.clear_from
        effect = round(difference / self.clear_from, 2)
        return ComparabilityItem(self.item, DIFFERS, value, self.unit, sentence, clear, self.advice, effect)


_SLIGHT, _CLEAR = 0.6, 1.5  # effects of differences that have no measure


def unknown(item: str, sentence: Message, advice: Message | None) -> ComparabilityItem:
    """Answer that it cannot be told."""
    return ComparabilityItem(item, UNKNOWN, None, "", sentence, advice=advice)


def same(item: str, sentence: Message, value: float | str | None = None, unit: str = "") -> ComparabilityItem:
    """Answer that both match."""
    return ComparabilityItem(item, MATCHES, value, unit, sentence)


def slight(
    item: str, sentence: Message, advice: Message | None, value: float | str | None = None, unit: str = ""
) -> ComparabilityItem:
    """Answer that they differ a little."""
    return ComparabilityItem(item, DIFFERS, value, unit, sentence, advice=advice, effect=_SLIGHT)


def clear(
    item: str, sentence: Message, advice: Message | None, value: float | str | None = None, unit: str = ""
) -> ComparabilityItem:
    """Answer that they differ plainly."""
    return ComparabilityItem(item, DIFFERS, value, unit, sentence, clear=True, advice=advice, effect=_CLEAR)


def _plain(value: float) -> str:
    return f"{value:.0f}" if value >= 3 else f"{value:g}"
