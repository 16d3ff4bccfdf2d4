"""The "call your clinic" cards: what fires along the episodes of each symptom, and which were put aside.

A symptom's cards come from its own entries and from the sessions, from nothing else: they can be kept by symptom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from needlejournal.journal.catalogue import Catalogue, Source
from needlejournal.journal.courses import Dismissal
from needlejournal.journal.diary import clinic_rules as rules
from needlejournal.journal.diary.clinic_rules import RULES, Finding, looks_at
from needlejournal.journal.diary.clinic_words import CardWords
from needlejournal.journal.diary.days_after import Diary
from needlejournal.journal.diary.whole_episodes import KnownDates, runs_of, whole_episodes
from needlejournal.journal.message import Message, in_a_row
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.sessions import Severity

_ALONG_RUNS = {"rebound", "worsening"}


@dataclass(frozen=True, slots=True)
class ClinicCard:
    """One card: a rule that fired for one symptom. `days` are those of the entries that caused it, in order.

    `sessions` are the numbers of every session that can explain it, `session_ids` their ids; none where there is none.
    """

    rule: str
    symptom: str
    days: tuple[date, ...]
    sessions: tuple[int, ...]
    session_ids: tuple[int, ...]
    words: CardWords = field(compare=False, repr=False)
    finding: Finding = field(compare=False, repr=False)

    @property
    def sentences(self) -> tuple[Message, ...]:
        """All that it says, made when it is asked for."""
        return self.words.sentences(self.finding)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where what it says comes from."""
        return self.words.sources(self.finding)

    @property
    def soft(self) -> bool:
        """Whether it tells of a limit that rests on leaflets alone, and asks nobody to call."""
        return self.words.is_soft(self.finding)

    @property
    def entries(self) -> tuple[str, ...]:
        """The days as ISO dates: what a dismissal keeps."""
        return tuple(day.isoformat() for day in self.days)

    @property
    def session_id(self) -> int:
        """The first session that can explain it; 0 where there is none."""
        return self.session_ids[0] if self.session_ids else 0

    @property
    def sentence(self) -> str:
        """All that it says, in English."""
        return " ".join(str(sentence) for sentence in self.sentences)

    @property
    def source(self) -> Message:
        """Its sources by name with what they are: "PMC8008152 (study), a cautious limit of this app"."""
        return in_a_row([one.cited for one in self.sources])


def symptom_cards(
    symptom: str, known: KnownDates, calendar: SessionCalendar, catalogue: Catalogue
) -> tuple[ClinicCard, ...]:
    """The cards of one symptom from its known days, by rule, then by day."""
    words = CardWords(symptom, known, calendar, catalogue)
    found = sorted(_findings(symptom, known, calendar, catalogue), key=lambda one: (RULES.index(one.rule), one.days))
    return tuple(_card(symptom, finding, words, calendar) for finding in found)


def _findings(symptom: str, known: KnownDates, calendar: SessionCalendar, catalogue: Catalogue) -> Iterator[Finding]:
    """What fires, leaving out at once the rules that nothing so mild can fire."""
    strongest, ends = max(known.values(), default=Severity.NONE), catalogue.usual_ends
    limits = {name: catalogue.rules[name] for name in RULES if looks_at(name, catalogue.symptom(symptom))}
    limits = {name: limit for name, limit in limits.items() if strongest >= max(limit.at_least, limit.rise)}
    found: list[Finding | None] = []
    for episode in whole_episodes(known, calendar, ends) if limits.keys() - _ALONG_RUNS else ():
        if "red_flag" in limits:
            found.append(rules.red_flag(episode, known, limits["red_flag"]))
        if "prolonged" in limits:
            found.append(rules.prolonged(episode, known, limits["prolonged"], ends))
        if "severe_late" in limits:
            found.append(rules.severe_late(episode, known, limits["severe_late"]))
        if "darker_patches" in limits:
            found.append(rules.darker_patches(episode, known, limits["darker_patches"]))
    for run in runs_of(known, calendar) if limits.keys() & _ALONG_RUNS else ():
        if "rebound" in limits:
            found.append(rules.rebound(run, limits["rebound"]))
        if "worsening" in limits:
            found += _each_once(rules.worsenings(run, limits["worsening"]))
    return (finding for finding in found if finding is not None)


def _each_once(findings: Iterable[Finding | None]) -> Iterator[Finding]:
    """Those with a day of their own: what is stronger than on day 1 of two sessions counts once."""
    seen: set[date] = set()
    for finding in findings:
        if finding is not None and not seen.issuperset(finding.days[1:]):
            seen.update(finding.days[1:])
            yield finding


def _card(symptom: str, finding: Finding, words: CardWords, calendar: SessionCalendar) -> ClinicCard:
    ids = tuple(mark.id for mark in finding.sessions)
    numbers = tuple(calendar.number(session_id) for session_id in ids)
    return ClinicCard(finding.rule, symptom, finding.days, numbers, ids, words, finding)


def all_cards(diary: Diary, calendar: SessionCalendar, catalogue: Catalogue) -> tuple[ClinicCard, ...]:
    """The cards of a whole journal, with or without sessions: the latest day first, then by rule and symptom."""
    found = (
        card
        for symptom in diary.symptoms
        for card in symptom_cards(symptom, diary.known_dates(symptom), calendar, catalogue)
    )
    return in_order(found, catalogue)


def in_order(cards: Iterable[ClinicCard], catalogue: Catalogue) -> tuple[ClinicCard, ...]:
    """Cards as they are shown: the latest day first, then by rule and symptom."""
    places = {symptom.key: place for place, symptom in enumerate(catalogue.symptoms)}
    found = sorted(
        cards, key=lambda card: (RULES.index(card.rule), places.get(card.symptom, len(places)), card.symptom)
    )
    return tuple(sorted(found, key=lambda card: card.days[-1], reverse=True))


def session_cards(cards: Iterable[ClinicCard], session_id: int) -> tuple[ClinicCard, ...]:
    """Those of the cards that name a session, in the order of the rules."""
    named = [card for card in cards if session_id in card.session_ids]
    return tuple(sorted(named, key=lambda card: RULES.index(card.rule)))


def is_dismissed(card: ClinicCard, dismissals: Iterable[Dismissal]) -> bool:
    """Whether the patient put this card aside. An entry that was not there then brings it back."""
    seen = {
        entry
        for dismissal in dismissals
        if (dismissal.rule, dismissal.symptom) == (card.rule, card.symptom)
        for entry in dismissal.entries
    }
    return set(card.entries) <= seen


def open_cards(cards: Iterable[ClinicCard], dismissals: Sequence[Dismissal]) -> tuple[ClinicCard, ...]:
    """The cards that are not put aside."""
    return tuple(card for card in cards if not is_dismissed(card, dismissals))
