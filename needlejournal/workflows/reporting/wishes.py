"""What the patient wants in a report: its kind, the span, the parts that were ticked, paper and faces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from needlejournal.journal.message import Message, message

Kind = Literal["visit", "reaction"]
Paper = Literal["a4", "letter"]
Faces = Literal["whole", "eyes", "zones", "none"]

PARTS: Mapping[str, Message] = {
    "questions": message("Your questions"),
    "cards": message("Cards that asked to call the clinic"),
    "course": message("The course, with needle lengths"),
    "products": message("Products with their lots"),
    "grid": message("Side effects by day"),
    "ratings": message("Your ratings"),
    "pairs": message("The fairest pair of each view"),
    "sessions": message("Each session in detail"),
    "notes": message("Your own notes"),
    "photos": message("All photos, with their dates"),
}
"""Part → what it is called where it is ticked, in the order of the pages."""

REACTION_PARTS = ("questions", "cards", "notes", "sessions", "photos")
"""What can be left out of the report of a reaction."""

FACES: Mapping[Faces, Message] = {
    "whole": message("As they were taken"),
    "eyes": message("Eyes covered; close-ups where a face is found"),
    "zones": message("Only the treated zones"),
    "none": message("Close-ups without a face only"),
}


@dataclass(frozen=True, slots=True)
class SinceLastVisit:
    """From the last session at a clinic on."""


@dataclass(frozen=True, slots=True)
class OneCourse:
    """One course, by its place among the courses of the journal."""

    place: int


@dataclass(frozen=True, slots=True)
class OneSession:
    """One session, by its number, and the days after it."""

    number: int


@dataclass(frozen=True, slots=True)
class FromTo:
    """From one day to another, both included; None leaves that end open."""

    first: date | None = None
    last: date | None = None


SpanWish = SinceLastVisit | OneCourse | OneSession | FromTo


@dataclass(frozen=True, slots=True)
class ReportWish:
    """A report as the patient wants it. `symptom` is what a reaction is about ("": all that was written down)."""

    kind: Kind = "visit"
    span: SpanWish = SinceLastVisit()
    parts: frozenset[str] = frozenset(PARTS)
    paper: Paper = "a4"
    faces: Faces = "whole"
    symptom: str = ""

    def has(self, part: str) -> bool:
        """Whether a part was ticked."""
        return part in self.parts
