"""A treatment as its file describes it: sessions, interval, healing, diary, needles, usual course, aftercare."""

from __future__ import annotations

from needlejournal.journal.catalogue.facts import Statement
from needlejournal.journal.courses import ChecklistItem
from needlejournal.journal.frozen import frozen


@frozen
class SessionCount:
    """How many sessions are usual. None means: nothing is proposed."""

    default: int | None = None
    fewest: int | None = None
    most: int | None = None
    statements: tuple[Statement, ...] = ()

    @property
    def proposed(self) -> int | None:
        """The number a new plan starts with: the default, else the fewest."""
        return self.fewest if self.default is None else self.default


@frozen
class Interval:
    """Days from one session to the next: not before, and not after. None means: nothing is proposed."""

    not_before: int | None = None
    not_after: int | None = None
    statements: tuple[Statement, ...] = ()


@frozen
class HealingDays:
    """`days`: photos up to this day show healing. `usual_end`: the last day side effects are still usual."""

    days: int | None = None
    usual_end: int | None = None
    statements: tuple[Statement, ...] = ()


@frozen
class DiaryPlan:
    """For how many days a diary is kept, and in which of them most of it is needed."""

    days: int
    core_days: int
    statements: tuple[Statement, ...] = ()


@frozen
class Looks:
    """When results are looked at: before each next session (not before a day), and months after the last."""

    not_before_day: int | None = None
    months_after_last: tuple[int, ...] = ()


@frozen
class Glow:
    """The fresh glow: a rating of its own, some hours after a session, with what must be said beside it."""

    hours: int
    statement: Statement


@frozen
class ExpectedResult:
    """When a result would be expected: days or months, counted from the first or the last session."""

    statement: Statement
    counted_from: str  # first | last
    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()


@frozen
class NeedleHint:
    """A usual range of needle lengths, in micrometres, for some zones (none: for any)."""

    name: str
    from_um: int
    to_um: int
    statement: Statement
    zones: tuple[str, ...] = ()


@frozen
class NeedleLengths:
    """What is known of needle lengths: usual, by area, at home, and what is said of the longest studied (µm)."""

    usual: NeedleHint
    home: NeedleHint
    home_note: str
    maximum: Statement
    areas: tuple[NeedleHint, ...] = ()


@frozen
class UsualCourse:
    """A symptom's usual days. `at_most` is the latest day still usual; no days at all when not `expected`."""

    symptom: str
    statement: Statement
    expected: bool = True
    from_day: int | None = None
    to_day: int | None = None
    at_most: int | None = None

    @property
    def latest(self) -> int | None:
        """The latest day that is still usual."""
        return self.to_day if self.at_most is None else self.at_most


@frozen
class Treatment:
    """One treatment. `own` means that no file describes it: a patient's own, or one of a newer version."""

    key: str
    name: str
    summary: str = ""
    needling: bool = False  # needles may be used: their length by zone, cartridge and bleeding are asked for
    devices: tuple[str, ...] = ()
    sessions: SessionCount = SessionCount()
    interval: Interval = Interval()
    healing: HealingDays = HealingDays()
    diary: DiaryPlan | None = None
    looks: Looks = Looks()
    glow: Glow | None = None
    results: tuple[ExpectedResult, ...] = ()
    needles: NeedleLengths | None = None
    course: tuple[UsualCourse, ...] = ()
    aftercare: tuple[ChecklistItem, ...] = ()
    warnings: tuple[Statement, ...] = ()
    notes: tuple[Statement, ...] = ()
    own: bool = False

    def usual(self, symptom: str) -> UsualCourse | None:
        """The usual course of a symptom after this treatment, or None where the file says nothing."""
        return next((course for course in self.course if course.symptom == symptom), None)

    def needle_hint(self, zone: str, setting: str = "") -> NeedleHint | None:
        """The usual needle lengths for a zone; `setting` "home" has its own. None: the file says nothing."""
        if self.needles is None:
            return None
        if setting == "home":
            return self.needles.home
        return next((area for area in self.needles.areas if zone in area.zones), self.needles.usual)
