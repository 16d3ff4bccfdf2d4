"""Episodes of a symptom after a session: onset, peak, end, length; and how a session compares with an earlier one.

An unknown day neither ends an episode nor starts one: only a day known to be None ends it. Where unknown days make
onset, end or length uncertain the episode says so, and no comparison is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary.days_after import Diary, KnownDays, SessionWindow
from needlejournal.journal.message import Message, listed, message
from needlejournal.journal.sessions import Session, Severity

_DAYS = (
    *(message("no days"), message("one day"), message("two days"), message("three days"), message("four days")),
    *(message("five days"), message("six days"), message("seven days"), message("eight days"), message("nine days")),
    message("ten days"),
)


@dataclass(frozen=True, slots=True)
class Episode:
    """One stretch of a symptom, in days after the session.

    `onset`: first day above None. `peak`: the first day of its highest severity. `last`: the last day known to
    have it. `end`: the first day after that known to be None; None while it is going on, or is unknown.
    `unknown`: the days nobody wrote between the day before onset and the end, which make its limits uncertain.
    """

    symptom: str
    onset: int
    peak: int
    peak_severity: Severity
    last: int
    end: int | None
    unknown: tuple[int, ...]

    @property
    def length(self) -> int | None:
        """Days from onset to the end; None while the end is not known. See `is_certain`."""
        return None if self.end is None else self.end - self.onset

    @property
    def is_certain(self) -> bool:
        """Whether the end is known and no unknown day blurs onset, end or what lies between."""
        return self.end is not None and not self.unknown


def episodes_of(symptom: str, known: KnownDays) -> tuple[Episode, ...]:
    """The episodes in the known days of one symptom, first to last."""
    found: list[Episode] = []
    current: list[int] = []
    before = -1  # the last day known to be None before the current stretch; day -1 counts as known
    for day in sorted(known):
        if known[day] > Severity.NONE:
            current.append(day)
            continue
        if current:
            found.append(_episode(symptom, known, current, before, day))
        current, before = [], day
    if current:
        found.append(_episode(symptom, known, current, before, None))
    return tuple(found)


def _episode(symptom: str, known: KnownDays, days: list[int], before: int, end: int | None) -> Episode:
    peak = max(days, key=lambda day: (known[day], -day))
    until = days[-1] if end is None else end
    unknown = tuple(day for day in range(before + 1, until) if day not in known)
    return Episode(symptom, days[0], peak, known[peak], days[-1], end, unknown)


def session_episodes(diary: Diary, window: SessionWindow) -> tuple[Episode, ...]:
    """All episodes in the days that count to one session, by onset, then symptom."""
    known = diary.known(window.first, window.until)
    found = [episode for symptom, days in known.items() for episode in episodes_of(symptom, days)]
    return tuple(sorted(found, key=lambda episode: (episode.onset, episode.symptom)))


@dataclass(frozen=True, slots=True)
class EpisodeComparison:
    """How long a symptom lasted after this session and after an earlier one (days), in one sentence."""

    symptom: str
    earlier_number: int
    days: int
    sentence: Message


@dataclass(frozen=True, slots=True)
class SessionEpisodes:
    """A session with its number and its episodes: what a comparison needs."""

    session: Session
    number: int
    episodes: tuple[Episode, ...]

    def lasted(self) -> dict[str, int]:
        """How long each symptom's first episode lasted, where that is certain."""
        first: dict[str, Episode] = {}
        for episode in self.episodes:
            first.setdefault(episode.symptom, episode)
        return {name: one.length for name, one in first.items() if one.is_certain and one.length is not None}


def compare_sessions(
    this: SessionEpisodes, earlier: Iterable[SessionEpisodes], catalogue: Catalogue
) -> tuple[EpisodeComparison, ...]:
    """What lasted longer or shorter than after earlier sessions of the same treatment, where both are certain."""
    lasted = this.lasted()
    found = []
    for other in earlier:
        if other.session.treatment != this.session.treatment:
            continue
        before = other.lasted()
        needles = needle_difference(this.session, other.session, catalogue)
        found += [
            EpisodeComparison(
                symptom,
                other.number,
                days,
                _lasted_sentence(catalogue.symptom(symptom).name, days - before[symptom], other.number, needles),
            )
            for symptom, days in lasted.items()
            if symptom in before
        ]
    return tuple(found)


def _lasted_sentence(name: str, difference: int, number: int, needles: Message | None) -> Message:
    after = message("session {number}", number=number)
    if needles:
        after = message("session {number}, which was {needles}", number=number, needles=needles)
    if difference == 0:
        return message("{symptom} lasted as long as after {session}.", symptom=name, session=after)
    longer = message("{symptom} lasted {days} longer than after {session}.")
    shorter = message("{symptom} lasted {days} less than after {session}.")
    days = _days(abs(difference))
    return (longer if difference > 0 else shorter).filled(symptom=name, days=days, session=after)


def _days(number: int) -> Message:
    return _DAYS[number] if number < len(_DAYS) else message("%n day(s)", number)


def needle_difference(this: Session, earlier: Session, catalogue: Catalogue) -> Message | None:
    """How the needles of `earlier` differ from those of `this`: "0.5 mm shallower on the cheeks"; None for not at all.

    Zones are named together where they share words and difference; zones without a length in both stay out.
    """
    by_difference: dict[int, list[Message | str]] = {}
    for where, difference in _differences(this, earlier, catalogue).items():
        by_difference.setdefault(difference, []).append(where)
    parts = [
        _depth(micrometres, listed(places))
        for micrometres, places in sorted(by_difference.items(), key=lambda item: -abs(item[0]))
        if micrometres
    ]
    return listed(parts) if parts else None


def _depth(micrometres: int, where: Message) -> Message:
    shallower, deeper = message("{length} mm shallower {where}"), message("{length} mm deeper {where}")
    return (shallower if micrometres < 0 else deeper).filled(length=f"{abs(micrometres) / 1000:g}", where=where)


def _differences(this: Session, earlier: Session, catalogue: Catalogue) -> Mapping[Message | str, int]:
    """The difference in micrometres for each place; places whose zones disagree are named zone by zone."""
    now, then = _lengths(this), _lengths(earlier)
    together: dict[Message | str, dict[str, int]] = {}
    for zone in now.keys() & then.keys():
        together.setdefault(catalogue.zone(zone).where, {})[zone] = then[zone] - now[zone]
    found: dict[Message | str, int] = {}
    for where, zones in sorted(together.items(), key=lambda place: str(place[0])):
        if len(set(zones.values())) == 1:
            found[where] = next(iter(zones.values()))
        else:
            found |= {message("on “{zone}”", zone=catalogue.zone(zone).name): zones[zone] for zone in sorted(zones)}
    return found


def _lengths(session: Session) -> dict[str, int]:
    return {needle.zone: needle.length_um for needle in session.needles if needle.length_um is not None}
