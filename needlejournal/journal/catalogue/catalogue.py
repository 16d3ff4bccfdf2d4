"""All facts together, looked up by key. A key that no file knows still gets a value with a readable name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from needlejournal.journal.catalogue.facts import (
    AskFirst,
    ClinicRule,
    Concern,
    PhotoPlan,
    Scales,
    Source,
    Symptom,
    UsualEnds,
    View,
    Zone,
)
from needlejournal.journal.catalogue.treatments import Treatment
from needlejournal.journal.message import message

_KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")


def plain_name(key: str) -> str:
    """A readable name for a key no file knows: "laser_hybrid" → "Laser hybrid"; own words stay as written."""
    return key.replace("_", " ").capitalize() if _KEY.fullmatch(key) else key


T = TypeVar("T", Source, Symptom, View, Zone, Concern, Treatment)


def _by_key(entries: tuple[T, ...]) -> dict[str, T]:
    return {entry.key: entry for entry in entries}


@dataclass(frozen=True)  # without slots, for the cached dictionaries
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

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return _by_key(self.sources)

    @cached_property
    def _symptoms(self) -> dict[str, Symptom]:
        return _by_key(self.symptoms)

    @cached_property
    def _views(self) -> dict[str, View]:
        return _by_key(self.views)

    @cached_property
    def _zones(self) -> dict[str, Zone]:
        return _by_key(self.zones)

    @cached_property
    def _concerns(self) -> dict[str, Concern]:
        return _by_key(self.concerns)

    @cached_property
    def _treatments(self) -> dict[str, Treatment]:
        return _by_key(self.treatments)

    @cached_property
    def longest_healing(self) -> int:
        """The days of the longest healing window of any treatment."""
        return max((treatment.healing.days or 0 for treatment in self.treatments), default=0)

    @cached_property
    def usual_ends(self) -> UsualEnds:
        """Until when side effects are usual after each treatment."""
        ends = {treatment.key: treatment.healing.usual_end for treatment in self.treatments}
        known = {key: end for key, end in ends.items() if end is not None}
        return UsualEnds(known, self.rules["prolonged"].general_end)

    def source(self, key: str) -> Source:
        """The source with this key, or one that only has the key as its name."""
        return self._sources.get(key) or Source(key, "", plain_name(key))

    def symptom(self, key: str) -> Symptom:
        """The symptom with this key, or the patient's own of that name."""
        return self._symptoms.get(key) or Symptom(key, plain_name(key), own=True)

    def view(self, key: str) -> View:
        """The view with this key, or an unknown one of that name."""
        return self._views.get(key) or View(key, plain_name(key), own=True)

    def zone(self, key: str) -> Zone:
        """The zone with this key, or an area of the body by the patient's own name."""
        name = plain_name(key)
        return self._zones.get(key) or Zone(key, name, where=message("on “{zone}”", zone=name), own=True)

    def concern(self, key: str) -> Concern:
        """The concern with this key, or the patient's own of that name."""
        return self._concerns.get(key) or Concern(key, plain_name(key), own=True)

    def treatment(self, key: str) -> Treatment:
        """The treatment with this key, or an unknown one of that name, about which nothing is said."""
        return self._treatments.get(key) or Treatment(key, plain_name(key), needling=True, own=True)
