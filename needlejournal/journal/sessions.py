"""A treatment session as the patient writes it down."""

from __future__ import annotations

from dataclasses import field
from enum import IntEnum

from needlejournal.journal.errors import BadInput
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.journal.moments import When

NEEDLE_LONGEST_UM = 3500
NEEDLE_SHORTEST_UM = 100


class Severity(IntEnum):
    """How strong something was that day, in ordinary words (DOMAIN: side effects)."""

    NONE = 0
    MILD = 1
    MODERATE = 2
    SEVERE = 3
    VERY_SEVERE = 4


@frozen
class Needle:
    """Needle length in micrometres and number of passes on one zone; either may be unknown (None)."""

    zone: str
    length_um: int | None = None
    passes: int | None = None

    def __post_init__(self) -> None:
        length = self.length_um
        if length is not None and not NEEDLE_SHORTEST_UM <= length <= NEEDLE_LONGEST_UM:
            raise BadInput(message("Needle lengths go from 0.10 to 3.50 mm. Please correct the number."))

    @property
    def length_mm(self) -> float | None:
        """The length in millimetres."""
        return None if self.length_um is None else self.length_um / 1000


@frozen
class Product:
    """Something put on the skin at a session: what kind, what it is called, and its lot."""

    kind: str  # numbing | serum | prp | cleanser | other
    name: str = ""
    brand: str = ""
    lot: str = ""
    applied: str = ""  # the time as the patient writes it: "45 min before", "14:10"


@frozen
class Price:
    """An amount in hundredths of the currency's unit (cents), with its ISO 4217 code."""

    minor: int
    currency: str


@frozen
class Session:
    """One treatment on one day. `id` 0 means: not stored yet. Empty text and None mean: not noted."""

    when: When
    treatment: str = "microneedling"
    setting: str = ""  # clinic | home
    clinic: str = ""
    practitioner: str = ""
    device_kind: str = ""  # roller | stamp | pen
    device: str = ""
    cartridge: str = ""
    needles: tuple[Needle, ...] = ()
    products: tuple[Product, ...] = ()
    pain: int | None = None  # 0 "no pain" … 10 "worst imaginable pain"
    bleeding: Severity | None = None
    price: Price | None = None
    changed_since: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    course_id: int | None = None  # the plan the patient says it belongs to; None: the one that fits
    unplanned: bool = False  # the patient says that it belongs to no plan
    id: int = 0
    uid: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.pain is not None and not 0 <= self.pain <= 10:
            raise BadInput(message("Pain goes from 0 to 10. Please correct the number."))
