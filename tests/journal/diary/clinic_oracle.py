"""The clinic rules once more, slow and obvious, day by day from the words of the glossary. Shares no code with the app.

It says for each rule and symptom which days must be in a card.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from tests.lives import Life

USUAL_END = {
    "microneedling": 7, "chemical_peel": 7, "jessner_peel": 14, "laser_ablative_fractional": 28,
    "laser_non_ablative": 3, "hydrafacial": 3,
}  # fmt: skip
GENERAL = 14
RED_FLAGS = {"infection", "cold_sore", "lump", "scarring"}
PROLONGED = {"redness", "swelling", "sensitivity", "discomfort"}
WORSENING = {"redness", "swelling", "discomfort"}
Sessions = list[tuple[date, int]]  # day and usual end, in the order of days
Days = dict[date, int]


def must_be_told(life: Life) -> dict[tuple[str, str], set[date]]:
    """For each rule and symptom the days that have to be in some card, and no others."""
    sessions = sorted((one.when.day, USUAL_END.get(one.treatment, GENERAL)) for one in life.sessions)
    found: dict[tuple[str, str], set[date]] = {}
    for symptom in sorted({one.symptom for one in life.effects}):
        known = _known(life, symptom)
        for rule, days in _all_rules(symptom, known, sessions):
            if days:
                found.setdefault((rule, symptom), set()).update(days)
    return found


def _known(life: Life, symptom: str) -> Days:
    found = {note.day: 0 for note in life.notes if note.nothing_to_note}
    written: Days = {}
    for one in life.effects:
        if one.symptom == symptom:
            written[one.day] = max(written.get(one.day, 0), int(one.severity))
    return dict(sorted((found | written).items()))


def _all_rules(symptom: str, known: Days, sessions: Sessions) -> Iterator[tuple[str, set[date]]]:
    for days in _episodes(known):
        first = _first_session(days[0], sessions)
        zero = days[0] if any(day == days[0] for day, _ in sessions) else first or days[0]
        if symptom in RED_FLAGS:
            yield "red_flag", set(days)
        if symptom in PROLONGED:
            yield "prolonged", {day for day in days if day > _allowed(day, days[0], sessions)}
        if symptom == "darkening":
            yield "darker_patches", {day for day in days if (day - (first or days[0])).days > 14}
        yield "severe_late", {day for day in days if known[day] >= 3 and (day - zero).days >= 2}
    for run in _runs(known, sessions):
        if symptom in WORSENING:
            yield "worsening", _worse(run, sessions)
        yield "rebound", _rises(run, sessions)


def _episodes(known: Days) -> list[list[date]]:
    found: list[list[date]] = []
    going_on = False
    for day in _every_day(known):
        if known.get(day, 0) > 0:
            if not going_on:
                found.append([])
            found[-1].append(day)
            going_on = True
        elif known.get(day) == 0:
            going_on = False
    return found


def _every_day(known: Days) -> list[date]:
    if not known:
        return []
    first, last = min(known), max(known)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _first_session(onset: date, sessions: Sessions) -> date | None:
    """The earliest session whose usual end reaches the onset, else the last before it."""
    before = [(day, end) for day, end in sessions if day <= onset]
    reaching = [day for day, end in before if day + timedelta(days=end) >= onset]
    return min(reaching) if reaching else max((day for day, _ in before), default=None)


def _allowed(today: date, onset: date, sessions: Sessions) -> date:
    """Until when the symptom is usual, as seen on a day: only a longer treatment moves it."""
    first = _first_session(onset, sessions)
    if first is None:
        until, longest = onset + timedelta(days=GENERAL), GENERAL
    else:
        started = [(day, end) for day, end in sessions if first <= day <= onset]
        until, longest = max(day + timedelta(days=end) for day, end in started), max(end for _, end in started)
    for day, end in sessions:
        if onset < day <= today and end > longest:
            until, longest = day + timedelta(days=end), end
    return until


@dataclass
class _Run:
    zero: date | None
    known: Days = field(default_factory=dict)

    @property
    def start(self) -> date:
        return self.zero or next((day for day, severity in self.known.items() if severity), min(self.known))


def _runs(known: Days, sessions: Sessions) -> list[_Run]:
    """Known days until a session begins while the symptom is not known to be there."""
    if not known:
        return []
    days = [day for day, _ in sessions]
    first = min([*known, *days])
    runs, last_known = [_Run(None)], 0
    for number in range((max(known) - first).days + 1):
        day = first + timedelta(days=number)
        if day in days and last_known == 0:
            runs.append(_Run(day))
        if day in known:
            runs[-1].known[day] = last_known = known[day]
    return [run for run in runs if run.known]


def _worse(run: _Run, sessions: Sessions) -> set[date]:
    """The days stronger than day 1 of the run, or of a session in it, but for those of a later session's own course."""
    starts = {run.start} | {day for day, _ in sessions if run.start < day <= max(run.known)}
    return {
        day
        for start in starts
        for day in run.known
        if (day - start).days >= 3
        if (compared := start + timedelta(days=1)) in run.known
        if run.known[day] > run.known[compared]
        if not any(_explains(session, day, compared, run.known) for session, _ in sessions)
    }


def _explains(session: date, day: date, compared: date, known: Days) -> bool:
    """Whether it was not as strong on the day before the session, and is now within its first three days."""
    if not 0 <= (day - session).days <= 2:
        return False
    return session <= compared or not known.get(session - timedelta(days=1), 0) > known[compared]


def _rises(run: _Run, sessions: Sessions) -> set[date]:
    """Whether there is a rebound at all, told as the day of its first top; any three days in order may be one."""
    tops = [c for a, b, c in combinations(run.known, 3) if _is_rebound(run.known, (a, b, c)) and _own(run, c, sessions)]
    return {min(tops)} if tops else set()


def _is_rebound(known: Days, days: tuple[date, date, date]) -> bool:
    peak, low, top = (known[day] for day in days)
    return peak - low >= 1 and top - low >= 2


def _own(run: _Run, day: date, sessions: Sessions) -> bool:
    """No session on that day or the two before; before any session: after day 2 of the run."""
    before = [start for start, _ in sessions if start <= day]
    return (day - (max(before) if before else run.start)).days > 2
