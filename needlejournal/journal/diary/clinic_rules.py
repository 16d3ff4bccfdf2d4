"""The six rules that say "call your clinic": each a pure function of the known days of one symptom.

They find days; the words of a card are in clinic_words.py. A day nobody wrote is never None severity; nothing here
diagnoses, and nothing here says that all is well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from needlejournal.journal.catalogue import ClinicRule, Symptom, UsualEnds
from needlejournal.journal.diary.whole_episodes import Allowance, KnownDates, Run, WholeEpisode, allowances
from needlejournal.journal.numbering import SessionMark
from needlejournal.journal.sessions import Severity

RULES = ("red_flag", "prolonged", "rebound", "worsening", "severe_late", "darker_patches")
_ANY_SYMPTOM = {"rebound", "severe_late"}


@dataclass(frozen=True, slots=True)
class Finding:
    """That a rule fires: the days that caused it, in order, and the sessions that can explain what happened.

    `turns`: of a rebound, the days of each peak, low and top. `limits`: of what lasts too long, until when it would
    have been usual. `compared`: the day that a worsening is compared with.
    """

    rule: str
    days: tuple[date, ...]
    sessions: tuple[SessionMark, ...]
    since: date
    turns: tuple[tuple[date, date, date], ...] = ()
    limits: tuple[Allowance, ...] = ()
    compared: date | None = None


def looks_at(rule: str, symptom: Symptom) -> bool:
    """Whether a rule looks at a symptom: red flags, any symptom, or those whose entry names the rule."""
    if rule == "red_flag":
        return symptom.red_flag
    return rule in _ANY_SYMPTOM or rule in symptom.rules


def red_flag(episode: WholeEpisode, known: KnownDates, rule: ClinicRule) -> Finding | None:
    """A red flag at any severity above None, on any day, with or without a session before it."""
    days = tuple(day for day in episode.days if known[day] >= rule.at_least)
    return Finding(rule.name, days, episode.sessions, episode.onset) if days else None


def prolonged(episode: WholeEpisode, known: KnownDates, rule: ClinicRule, ends: UsualEnds) -> Finding | None:
    """Still Mild or more after the usual end that counts on that day (see `allowances`)."""
    late = [
        (day, allowed)
        for day, allowed in zip(episode.days, allowances(episode, ends), strict=True)
        if day > allowed.until and known[day] >= rule.at_least
    ]
    if not late:
        return None
    limits = tuple(allowed for allowed, _ in groupby(allowed for _, allowed in late))
    return Finding(rule.name, tuple(day for day, _ in late), episode.sessions, episode.onset, limits=limits)


def severe_late(episode: WholeEpisode, known: KnownDates, rule: ClinicRule) -> Finding | None:
    """Severe or Very severe on day 2 of the episode or later."""
    first = episode.day_zero + timedelta(days=rule.first_day)
    days = tuple(day for day in episode.days if day >= first and known[day] >= rule.at_least)
    return Finding(rule.name, days, episode.sessions, episode.onset, compared=first) if days else None


def darker_patches(episode: WholeEpisode, known: KnownDates, rule: ClinicRule) -> Finding | None:
    """Darker patches after day 14, counted from the episode's first session, else from its onset."""
    last = episode.first_day + timedelta(days=rule.first_day - 1)
    days = tuple(day for day in episode.days if day > last and known[day] >= rule.at_least)
    return Finding(rule.name, days, episode.sessions, episode.onset, compared=last) if days else None


def worsenings(run: Run, rule: ClinicRule) -> Iterator[Finding | None]:
    """`worsening` from each start of a run, in order; the days that are stronger than a severity are looked up once."""
    known = sorted(run.known.items())
    stronger = {before: [day for day, severity in known if severity > before] for before in set(run.known.values())}
    for start in run.starts:
        yield worsening(run, start, rule, stronger)


def worsening(run: Run, start: date, rule: ClinicRule, stronger: Mapping[Severity, list[date]]) -> Finding | None:
    """Stronger on day 3 or later than on day 1, counted from `start`. Without a known day 1 it never fires.

    `stronger`: by severity the days above it, in order.

    A rise on the first days of a later session is that session's own course, unless it stood the day before already.
    """
    compared = start + timedelta(days=rule.compared_with_day)
    before = run.known.get(compared)
    if before is None:
        return None
    first = start + timedelta(days=rule.first_day)
    later = stronger[before]
    days = tuple(day for day in later[bisect_left(later, first) :] if not _is_own_course(run, day, compared, rule))
    return (
        Finding(rule.name, (compared, *days), run.sessions_by(days[-1]), compared, compared=compared) if days else None
    )


def _is_own_course(run: Run, day: date, compared: date, rule: ClinicRule) -> bool:
    """Whether a session of that day or the two before it explains that it is stronger than on the day compared with."""
    first, before = day - timedelta(days=rule.first_day - 1), run.known[compared]
    for mark in run.sessions_by(day):
        began = mark.when.day
        if began >= first and (began <= compared or run.known.get(began - timedelta(days=1), Severity.NONE) <= before):
            return True
    return False


def rebound(run: Run, rule: ClinicRule) -> Finding | None:
    """Fell by at least one step, then rose by at least two, after day 2. Unknown days are passed over.

    A rise on the day of a session or the two days after it is that session's own course, and is none.
    """
    turns = tuple(_rebounds(run, rule))
    if not turns:
        return None
    days = tuple(sorted({day for turn in turns for day in turn}))
    return Finding(rule.name, days, run.sessions_by(days[-1]), turns[0][0], turns=turns)


def _rebounds(run: Run, rule: ClinicRule) -> Iterator[tuple[date, date, date]]:
    """Peak, low and top of each: the first top, over the lowest and latest low, from the highest peak before."""
    known = run.known
    days: Sequence[date] = tuple(known)
    peak = low = None
    fallen: date | None = None  # the peak of `low`
    for day in days:
        if low and fallen and known[day] - known[low] >= rule.rise and _counts_as_rise(run, day, rule):
            yield fallen, low, day
            peak, low, fallen = day, None, None
            continue
        if peak and known[peak] - known[day] >= rule.fall and (low is None or known[day] <= known[low]):
            fallen, low = peak, day
        if peak is None or known[day] >= known[peak]:
            peak = day


def _counts_as_rise(run: Run, day: date, rule: ClinicRule) -> bool:
    session = run.last_session_by(day)
    start = run.day_zero if session is None else session.when.day
    return (day - start).days >= rule.first_day
