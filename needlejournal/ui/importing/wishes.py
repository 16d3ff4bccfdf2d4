"""What a person may want on the import page, as values: the sheet tells them, the page does them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from needlejournal.ui.importing.inspector import Decision
from needlejournal.ui.importing.left_out import Keep
from needlejournal.ui.importing.suggestions import DatesMeant, ViewMeant


class Press(Enum):
    """A button that says all by itself."""

    BACK = auto()
    SAVE = auto()
    CHOOSE_PHOTOS = auto()
    CHOOSE_FOLDER = auto()
    DISCARD = auto()
    STOP = auto()
    GO_ON = auto()  # with what waits from last time
    TO_TIMELINE = auto()
    TO_COMPARE = auto()
    TO_SESSION = auto()


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Nothing of these photos is wanted."""

    keys: Collection[int]


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A damaged file was copied once more."""

    key: int


@dataclass(frozen=True, slots=True)
class SeeSaved:
    """One of the photos just saved is to be seen large, by its place among them."""

    place: int


Wish = Press | LeaveOut | LookAgain | SeeSaved | Keep | Decision | ViewMeant | DatesMeant
