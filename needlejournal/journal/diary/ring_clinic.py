"""When to say "ring your clinic": six rules over what was written down, each a pure function of known days.

A day nobody wrote is never None severity; nothing here diagnoses, and nothing here says that all is well.
Days count to the session of their window (see diary.py). "Prolonged" looks further: a later session whose treatment
has no known usual end does not hide it. Red flags are looked for in every window, so none is lost between sessions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needlejournal.journal.catalogue import Catalogue, ClinicRule, Source, Symptom, Treatment
from needlejournal.journal.courses import Dismissal
from needlejournal.journal.diary.days_after import Diary, KnownDays, SessionWindow, session_window
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.sessions import Severity

RULES = ("red_flag", "prolonged", "rebound", "worsening", "severe_late", "darker_patches")
_RING = "Ring your clinic and tell them."
_LISTED = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One "ring your clinic" card. `days` are the day numbers of the entries that caused it, `entries` their dates.

    `sentence` names days and words and asks to ring the clinic; `source` names the sources, `sources` are they.
    """

    rule: str
    symptom: str
    session_id: int
    days: tuple[int, ...]
    entries: tuple[str, ...]
    sentence: str
    source: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may look at beside the known days: the symptom, the treatment, its own limits."""

    symptom: Symptom
    treatment: Treatment
    rule: ClinicRule


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a rule fires: the days that caused it, and the sentence without the request to ring."""

    days: tuple[int, ...]
    sentence: str


Words = Callable[[Severity], str]


def red_flag(known: KnownDays, facts: Facts, words: Words) -> Finding | None:
    """A red flag at any severity above None, on any day."""
    days = _days_at_least(known, facts.rule.at_least, 0)
    return _finding(known, days, facts, words, "This is never an expected part of healing.")


def prolonged(known: KnownDays, facts: Facts, words: Words) -> Finding | None:
    """Still Mild or more after the treatment's usual end. A treatment without a known end never fires it."""
    end = facts.treatment.healing.usual_end
    if end is None:
        return None
    days = _days_at_least(known, facts.rule.at_least, end + 1)
    return _finding(known, days, facts, words, f"After this treatment it has usually ended by day {end}.")


def rebound(known: KnownDays, facts: Facts, words: Words) -> Finding | None:
    """Fell by at least one step, then rose by at least two, the rise being after day 2. Unknown days are passed over.

    The first such rise is told: from the highest day before, over the lowest between, to the day of the rise.
    """
    turn = _first_rebound(known, facts.rule)
    if turn is None:
        return None
    peak, low, top = turn
    sentence = (
        f"You wrote down “{facts.symptom.name}” as {words(known[peak])} on day {peak}; it fell to "
        f"{words(known[low])} on day {low} and rose to {words(known[top])} on day {top}."
    )
    return Finding(turn, sentence)


def _first_rebound(known: KnownDays, rule: ClinicRule) -> tuple[int, int, int] | None:
    """The days of peak, low and top: the first top, over the lowest and latest low, from the highest peak before."""
    peak: int | None = None
    fall: tuple[int, int] | None = None
    for day in sorted(known):
        if fall and day >= rule.first_day and known[day] - known[fall[1]] >= rule.rise:
            return *fall, day
        if peak is not None and known[peak] - known[day] >= rule.fall and (not fall or known[day] <= known[fall[1]]):
            fall = peak, day
        if peak is None or known[day] >= known[peak]:
            peak = day
    return None


def worsening(known: KnownDays, facts: Facts, words: Words) -> Finding | None:
    """Stronger on day 3 or later than on day 1. Without a known day 1 it never fires."""
    compared = facts.rule.compared_with_day
    before = known.get(compared)
    if before is None:
        return None
    days = [day for day in sorted(known) if day >= facts.rule.first_day and known[day] > before]
    if not days:
        return None
    told = f"{_told(known, days, facts, words)} That is stronger than on day {compared} ({words(before)})."
    return Finding((compared, *days), told)


def severe_late(known: KnownDays, facts: Facts, words: Words) -> Finding | None:
    """Severe or Very severe on day 2 or later."""
    days = _days_at_least(known, facts.rule.at_least, facts.rule.first_day)
    why = f"{words(facts.rule.at_least)} or more from day {facts.rule.first_day} on is a reason to ask."
    return _finding(known, days, facts, words, why)


def darker_patches(known: KnownDays, facts: Facts, words: Words) -> Finding | None:
    """Darker patches after day 14."""
    days = _days_at_least(known, facts.rule.at_least, facts.rule.first_day)
    return _finding(known, days, facts, words, f"They are not expected after day {facts.rule.first_day - 1}.")


_FUNCTIONS = {
    "red_flag": red_flag,
    "prolonged": prolonged,
    "rebound": rebound,
    "worsening": worsening,
    "severe_late": severe_late,
    "darker_patches": darker_patches,
}


_ANY_SYMPTOM = {"rebound", "severe_late"}


def looks_at(rule: str, symptom: Symptom) -> bool:
    """Whether a rule looks at a symptom: red flags, any symptom, or those whose entry names the rule."""
    if rule == "red_flag":
        return symptom.red_flag
    return rule in _ANY_SYMPTOM or rule in symptom.rules


def _days_at_least(known: KnownDays, severity: Severity, first_day: int) -> list[int]:
    return [day for day in sorted(known) if day >= first_day and known[day] >= severity]


def _finding(known: KnownDays, days: list[int], facts: Facts, words: Words, why: str) -> Finding | None:
    return Finding(tuple(days), f"{_told(known, days, facts, words)} {why}") if days else None


def _told(known: KnownDays, days: Sequence[int], facts: Facts, words: Words) -> str:
    """Name the days and their words: all of a few, else how many there are, the strongest and the last."""
    name = f"You wrote down “{facts.symptom.name}”"
    if len(days) <= _LISTED:
        each = [f"{words(known[day])} on day {day}" for day in days]
        return f"{name} as {_joined(each)}."
    strongest = max(known[day] for day in days)
    return (
        f"{name} on {len(days)} days from day {days[0]} to day {days[-1]}: {words(strongest)} at its strongest, "
        f"{words(known[days[-1]])} on the last of them."
    )


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def session_cards(diary: Diary, calendar: SessionCalendar, session_id: int, catalogue: Catalogue) -> tuple[Card, ...]:
    """The cards of one session, in the order of the rules. Raises KeyError when the session is not there."""
    window = session_window(calendar, session_id)
    known = diary.known(window.first, window.until)
    until = _watch_until(calendar, window, catalogue)
    further = known if until == window.until else diary.known(window.first, until)
    found = []
    for name in RULES:
        for key, days in (further if name == "prolonged" else known).items():
            symptom = catalogue.symptom(key)
            card = _card(name, symptom, days, window, catalogue) if looks_at(name, symptom) else None
            found += [card] if card else []
    return tuple(found)


def _watch_until(calendar: SessionCalendar, window: SessionWindow, catalogue: Catalogue) -> date | None:
    """The day of the next session whose treatment has a usual end: from there on that one is watched."""
    return next(
        (
            mark.when.day
            for mark in calendar.marks[window.number :]
            if mark.when.day > window.first and catalogue.treatment(mark.treatment).healing.usual_end is not None
        ),
        None,
    )


def _card(name: str, symptom: Symptom, known: KnownDays, window: SessionWindow, catalogue: Catalogue) -> Card | None:
    facts = Facts(symptom, catalogue.treatment(window.treatment), catalogue.rules[name])
    finding = _FUNCTIONS[name](known, facts, catalogue.scales.severity_word)
    if finding is None:
        return None
    sources = _sources(facts)
    return Card(
        name,
        symptom.key,
        window.session_id,
        finding.days,
        tuple((window.first + timedelta(days=day)).isoformat() for day in finding.days),
        f"{finding.sentence} {_RING}",
        ", ".join(f"{source.name} ({source.kind})" for source in sources),
        sources,
    )


def _sources(facts: Facts) -> tuple[Source, ...]:
    """What the treatment's file says of this symptom or, for "prolonged", of healing; else the rule's own sources."""
    usual = facts.treatment.usual(facts.symptom.key)
    if facts.rule.name == "prolonged":
        said = [source for statement in facts.treatment.healing.statements for source in statement.sources]
    else:
        said = list(usual.statement.sources) if usual else []
    return tuple(dict.fromkeys(said)) or facts.rule.statement.sources


def all_cards(diary: Diary, calendar: SessionCalendar, catalogue: Catalogue) -> tuple[Card, ...]:
    """The cards of every session, the latest session first; what two sessions of one day share is told once."""
    found: dict[tuple[str, str, tuple[str, ...]], Card] = {}
    for mark in reversed(calendar.marks):
        for card in session_cards(diary, calendar, mark.id, catalogue):
            found.setdefault((card.rule, card.symptom, card.entries), card)
    return tuple(found.values())


def is_dismissed(card: Card, dismissals: Iterable[Dismissal]) -> bool:
    """Whether the patient put this card aside. A new entry that was not there then brings it back."""
    seen = {
        entry
        for dismissal in dismissals
        if (dismissal.rule, dismissal.symptom, dismissal.session_id) == (card.rule, card.symptom, card.session_id)
        for entry in dismissal.entries
    }
    return set(card.entries) <= seen


def open_cards(cards: Iterable[Card], dismissals: Sequence[Dismissal]) -> tuple[Card, ...]:
    """The cards that are not put aside."""
    return tuple(card for card in cards if not is_dismissed(card, dismissals))
