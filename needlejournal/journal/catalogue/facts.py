"""The small facts as values: sources and statements, symptoms, views, zones, concerns, scales, clinic rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, in_a_row, message
from needlejournal.journal.ratings import Judgement
from needlejournal.journal.sessions import Severity

KINDS = {
    "A": "The article this app starts from",
    "L": "Medical literature or a regulator",
    "C": "A clinic's or vendor's leaflet; weak as fact",
}
_CITED = {
    "A": message("{source} (article)"),
    "L": message("{source} (study)"),
    "C": message("{source} (clinic leaflet)"),
}
_SAYS_ITSELF = ("leaflet", "pages", "advice", "communication", "study")


@frozen
class Source:
    """Where a statement comes from. `kind` is A (article), L (literature, regulator) or C (leaflet); "" unknown."""

    key: str
    kind: str
    name: str
    detail: str = ""
    address: str = ""

    @property
    def cited(self) -> Message:
        """Its name and what it is, where the name does not say so: "Chu 2021 (study)"."""
        says_itself = any(word in self.name.lower() for word in _SAYS_ITSELF)
        cited = message("{source}") if says_itself else _CITED.get(self.kind, message("{source}"))
        return cited.filled(source=self.name)


@frozen
class Statement:
    """One sentence of knowledge with the sources that say so."""

    text: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def kinds(self) -> str:
        """The classes of its sources in the order A, L, C: "AL" for an article and a study."""
        return "".join(kind for kind in KINDS if any(source.kind == kind for source in self.sources))

    @property
    def cited(self) -> Message:
        """The sources by name, for showing: "PMC8008152 (study), Chu 2021 (study)"."""
        return in_a_row([source.cited for source in self.sources])


def labelled(name: str, clinical: str) -> str:
    """Plain name first, clinical one in brackets: "Redness (erythema)"."""
    return f"{name} ({clinical})" if clinical else name


@dataclass(frozen=True)  # without slots, for what is worked out once
class UsualEnds:
    """The last day on which side effects are still usual after each treatment; `general` where no file says."""

    days: Mapping[str, int]
    general: int

    def of(self, treatment: str) -> int:
        """The usual end after a treatment, in days; the general limit where its file says nothing."""
        return self.days.get(treatment, self.general)

    @cached_property
    def longest(self) -> int:
        """The longest of them."""
        return max(self.general, *self.days.values())


@frozen
class Symptom:
    """A side effect that can be written down. `rules` are the clinic rules that look at it by name.

    `statement` says of a red flag that it is one, `synonyms` are ordinary words for it by language.
    """

    key: str
    name: str
    clinical: str = ""
    short: str = ""
    red_flag: bool = False
    rules: frozenset[str] = frozenset()
    note: Statement = Statement()
    statement: Statement = Statement()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    own: bool = False

    @property
    def label(self) -> str:
        """The plain name, with the clinical one in brackets."""
        return labelled(self.name, self.clinical)

    @property
    def short_name(self) -> str:
        """The name for narrow places."""
        return self.short or self.name


@frozen
class View:
    """From where a photo is taken. `side` is the patient's side that it shows: left, right or "" for neither."""

    key: str
    name: str
    clinical: str = ""
    angle: int | None = None  # degrees the head is turned away from the camera
    side: str = ""
    statement: Statement = Statement()
    own: bool = False

    @property
    def label(self) -> str:
        """The plain name, with the clinical one in brackets."""
        return labelled(self.name, self.clinical)


@frozen
class Zone:
    """A zone of the face map or an area of the body. `side` is the patient's: left, right or ""."""

    key: str
    name: str
    clinical: str = ""
    part: str = "body"  # face | body
    side: str = ""
    where: Message | str = ""  # as a sentence names it: "on the cheeks"
    area: str = ""  # as a list names it: "cheeks"
    own: bool = False

    @property
    def label(self) -> str:
        """The plain name, with the clinical one in brackets."""
        return labelled(self.name, self.clinical)


@frozen
class Concern:
    """What the patient has treated. `caution` is something to tell the clinician."""

    key: str
    name: str
    examples: str = ""
    statement: Statement = Statement()
    note: str = ""
    caution: Statement = Statement()
    own: bool = False

    @property
    def label(self) -> str:
        """The name, with examples in brackets."""
        return labelled(self.name, self.examples)


@frozen
class AskFirst:
    """Something to tell the clinician before a course; never a ban."""

    key: str
    statement: Statement
    note: str = ""


@frozen
class PhotoPlan:
    """When photos are proposed and of which views, and how to take them so that they compare."""

    baseline: bool
    days: tuple[int, ...]
    before_next: bool
    months_after_last: tuple[int, ...]
    views: tuple[str, ...]
    advice: tuple[str, ...]


@frozen
class ClinicRule:
    """The limits of one "call your clinic" rule; each rule uses those it needs. `first_day` counts itself.

    `own_caution`: the limit is a cautious choice of this app, no finding of its sources.
    """

    name: str
    statement: Statement
    at_least: Severity = Severity.MILD
    first_day: int = 0
    compared_with_day: int = 0
    fall: int = 0
    rise: int = 0
    general_end: int = 0
    own_caution: bool = False


@frozen
class Scales:
    """The words of the scales. Severities by number, pain and rating by their two fixed ends, judgements by word."""

    severity: tuple[str, ...]
    pain_ends: tuple[str, str]
    rating_ends: tuple[str, str]
    judgements: Mapping[Judgement, str]

    def severity_word(self, severity: Severity) -> str:
        """The word of a severity: "Mild"."""
        return self.severity[severity]

    def judgement_word(self, judgement: Judgement) -> str:
        """The words of a judgement: "Much improved"."""
        return self.judgements[judgement]
