"""All facts together, looked up by key. A key that no file knows still gets a value with a readable name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from needlejournal.journal.catalogue.facts import (
    AskFirst,
    ClinicRule,
    Concern,
    PhotoPlan,
    Scales,
    Source,
    Symptom,
    View,
    Zone,
)
from needlejournal.journal.catalogue.treatments import Treatment

_KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")


def plain_name(key: str) -> str:
    """A readable name for a key no file knows: "laser_hybrid" → "Laser hybrid"; own words stay as written."""
    return key.replace("_", " ").capitalize() if _KEY.fullmatch(key) else key


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the files say, in their order. Use the methods for keys stored in a journal: they never fail."""

    sources: tuple[Source, ...]
    scales: Scales
    symptoms: tuple[Symptom, ...]
    views: tuple[View, ...]
    zones: tuple[Zone, ...]
    concerns: tuple[Concern, ...]
    ask_first: tuple[AskFirst, ...]
    photo_plan: PhotoPlan
    rules: Mapping[str, ClinicRule]
    treatments: tuple[Treatment, ...]

    def source(self, key: str) -> Source:
        """The source with this key, or one that only has the key as its name."""
        return next((source for source in self.sources if source.key == key), Source(key, "", plain_name(key)))

    def symptom(self, key: str) -> Symptom:
        """The symptom with this key, or the patient's own of that name."""
        return next((one for one in self.symptoms if one.key == key), Symptom(key, plain_name(key), own=True))

    def view(self, key: str) -> View:
        """The view with this key, or an unknown one of that name."""
        return next((one for one in self.views if one.key == key), View(key, plain_name(key), own=True))

    def zone(self, key: str) -> Zone:
        """The zone with this key, or an area of the body by the patient's own name."""
        own = Zone(key, plain_name(key), where=f"on “{plain_name(key)}”", own=True)
        return next((one for one in self.zones if one.key == key), own)

    def concern(self, key: str) -> Concern:
        """The concern with this key, or the patient's own of that name."""
        return next((one for one in self.concerns if one.key == key), Concern(key, plain_name(key), own=True))

    def treatment(self, key: str) -> Treatment:
        """The treatment with this key, or an unknown one of that name, about which nothing is said."""
        return next((one for one in self.treatments if one.key == key), Treatment(key, plain_name(key), own=True))
