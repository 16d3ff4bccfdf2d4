"""What a "call your clinic" card says, sentence by sentence: what was written, since when, why it counts, what to do.

Never a diagnosis, never "all fine". A limit that is the app's own caution says so; one that rests on leaflets alone is
told softly and asks nobody to call.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from needlejournal.journal.catalogue import Catalogue, Source, Symptom
from needlejournal.journal.diary.clinic_rules import Finding
from needlejournal.journal.diary.whole_episodes import Allowance, KnownDates
from needlejournal.journal.message import Message, message
from needlejournal.journal.numbering import SessionCalendar, SessionMark

OWN_CAUTION = Source("own_caution", "", "a cautious limit of this app")
_LISTED = 4
_LONG_GAP = 7  # days of silence over a session that are worth a word


class CardWords:
    """The sentences of the cards of one symptom."""

    def __init__(self, symptom: str, known: KnownDates, calendar: SessionCalendar, catalogue: Catalogue) -> None:
        self._known = known
        self._days = tuple(known)
        self._calendar = calendar
        self._catalogue = catalogue
        self._symptom = catalogue.symptom(symptom)

    def sentences(self, finding: Finding) -> tuple[Message, ...]:
        """All that a card says, in order."""
        soft = self.is_soft(finding)
        sentences = self._rebound(finding) if finding.turns else (self._of_days(self._shown(finding)),)
        return (
            *sentences,
            self._since(finding),
            *self._why(finding),
            *self._silence(finding),
            *self._note(finding),
            message("If it does not fade, or worries you, ask your clinic.")
            if soft
            else message("Call your clinic and tell them."),
        )

    def sources(self, finding: Finding) -> tuple[Source, ...]:
        """Where what the card says comes from: about this symptom after this treatment, or the app's own caution."""
        return _sources(finding, self._catalogue, self._symptom)

    def is_soft(self, finding: Finding) -> bool:
        """Whether all its limits rest on leaflets alone."""
        return bool(finding.limits) and all(is_soft(limit, self._catalogue) for limit in finding.limits)

    def _shown(self, finding: Finding) -> tuple[date, ...]:
        """The days that are told first: of a worsening without the one it is compared with."""
        return finding.days[1:] if finding.rule == "worsening" else finding.days

    def _word(self, day: date) -> str:
        return self._catalogue.scales.severity_word(self._known[day])

    def _of_days(self, days: Sequence[date]) -> Message:
        """The days and their words: all of a few, else how many there are, the strongest and the last."""
        name = self._symptom.name
        each = [message("{severity} on {day}", severity=self._word(day), day=day) for day in days[:_LISTED]]
        if len(days) == 1:
            return message("You wrote down “{symptom}” as {first}.", symptom=name, first=each[0])
        if len(days) == 2:
            return message(
                "You wrote down “{symptom}” as {first} and {second}.", symptom=name, first=each[0], second=each[1]
            )
        if len(days) == 3:
            return message(
                "You wrote down “{symptom}” as {first}, {second} and {third}.",
                symptom=name, first=each[0], second=each[1], third=each[2],
            )  # fmt: skip
        if len(days) == _LISTED:
            return message(
                "You wrote down “{symptom}” as {first}, {second}, {third} and {fourth}.",
                symptom=name, first=each[0], second=each[1], third=each[2], fourth=each[3],
            )  # fmt: skip
        return message(
            "You wrote down “{symptom}” on %n day(s) from {first} to {last}: {strongest} at its strongest, {latest} on "
            "the last of them.",
            len(days),
            symptom=name,
            first=days[0],
            last=days[-1],
            strongest=self._word(max(days, key=lambda day: self._known[day])),
            latest=self._word(days[-1]),
        )

    def _rebound(self, finding: Finding) -> tuple[Message, ...]:
        """The first rise from its peak, with the session in between where there is one; how often it came again."""
        peak, low, top = finding.turns[0]
        fall = message(
            "You wrote down “{symptom}” as {peak} on {day}; it fell to {low} on {fell} and rose to {top} on {rose}.",
            symptom=self._symptom.name,
            peak=self._word(peak), day=peak, low=self._word(low), fell=low, top=self._word(top), rose=top,
        )  # fmt: skip
        between = next((mark for mark in reversed(finding.sessions) if low < mark.when.day <= top), None)
        again = [top for _, _, top in finding.turns[1:]]
        sentences = [fall]
        if between is not None:
            number, day = self._number(between), between.when.day
            sentences.append(message("That rise came after session {number} on {day}.", number=number, day=day))
        if again:
            sentences.append(
                message("It rose like that %n more time(s), the last time on {day}.", len(again), day=again[-1])
            )
        return tuple(sentences)

    def _number(self, mark: SessionMark) -> int:
        return self._calendar.number(mark.id)

    def _since(self, finding: Finding) -> Message:
        """Every session that can explain it."""
        sessions = finding.sessions
        if not sessions:
            return message("No session is written down before it.")
        first, *rest = sessions
        if first.when.day > finding.since:
            return self._between_only(sessions)
        number, day = self._number(first), first.when.day
        if not rest:
            return message("It came after session {number} on {day}.", number=number, day=day)
        if rest[-1].when.day == first.when.day:
            return self._all_on(day, number, self._number(rest[-1]))
        if len(rest) == 1:
            return message(
                "It came after session {number} on {day}; session {second} on {held} came in between.",
                number=number, day=day, second=self._number(rest[0]), held=rest[0].when.day,
            )  # fmt: skip
        return message(
            "It came after session {number} on {day}; sessions {second} to {last} came in between.",
            number=number, day=day, second=self._number(rest[0]), last=self._number(rest[-1]),
        )  # fmt: skip

    @staticmethod
    def _all_on(day: date, first: int, last: int) -> Message:
        """Sessions of one day, and none after them."""
        if last - first == 1:
            return message(
                "It came after sessions {number} and {last}, both on {day}.", number=first, last=last, day=day
            )
        return message("It came after sessions {number} to {last}, all on {day}.", number=first, last=last, day=day)

    def _between_only(self, sessions: Sequence[SessionMark]) -> Message:
        first, last = sessions[0], sessions[-1]
        if len(sessions) == 1:
            return message("It began before session {number} on {day}.", number=self._number(first), day=first.when.day)
        return message(
            "It began before session {number} on {day}; sessions {number} to {last} came in between.",
            number=self._number(first), day=first.when.day, last=self._number(last),
        )  # fmt: skip

    def _why(self, finding: Finding) -> tuple[Message, ...]:
        if finding.rule == "red_flag":
            expected = message("This is never an expected part of healing.")
            ours = message("Calling about it at once is a cautious limit of this app.")
            return (expected,) if self._symptom.statement.sources else (expected, ours)
        if finding.rule == "prolonged":
            return tuple(self._limit(limit) for limit in finding.limits)
        rule, day = self._catalogue.rules[finding.rule], finding.compared
        if day is None:
            return (message("That such a rise is worth a call is a cautious limit of this app."),)
        if finding.rule == "worsening":
            return (
                message("That is stronger than on {day} ({severity}).", day=day, severity=self._word(day)),
                message("That such a rise is worth a call is a cautious limit of this app."),
            )
        if finding.rule == "severe_late":
            word = self._catalogue.scales.severity_word(rule.at_least)
            return (
                message(
                    "From {day} on, {severity} or more is worth a call: a cautious limit of this app.",
                    severity=word,
                    day=day,
                ),
            )
        return (message("They are not expected after {day}: a cautious limit of this app.", day=day),)

    def _limit(self, limit: Allowance) -> Message:
        """Until when it would have been usual, and who says so."""
        general = self._catalogue.rules["prolonged"].general_end
        if limit.mark is None:
            return message(
                "It began without a session before it, so %n day(s) are allowed for it, until {day}: a cautious limit "
                "of this app.",
                general,
                day=limit.until,
            )
        number = self._number(limit.mark)
        treatment = self._catalogue.treatment(limit.mark.treatment)
        if treatment.healing.usual_end is None:
            return message(
                "How long it lasts after session {number} ({treatment}) is not known here, so %n day(s) are allowed "
                "for it, until {day}: a cautious limit of this app.",
                general,
                number=number,
                treatment=treatment.name,
                day=limit.until,
            )
        if is_soft(limit, self._catalogue):
            return message(
                "After session {number} ({treatment}) that is longer than most people are told to expect, which is "
                "until {day}.",
                number=number,
                treatment=treatment.name,
                day=limit.until,
            )
        return message(
            "After session {number} ({treatment}) it has usually gone by {day}.",
            number=number,
            treatment=treatment.name,
            day=limit.until,
        )

    def _silence(self, finding: Finding) -> tuple[Message, ...]:
        """Where a session came in a long time about which nothing was written: what would end the episode."""
        if not any(mark.when.day > finding.since for mark in finding.sessions):
            return ()
        known = self._days[bisect_left(self._days, finding.since) : bisect_right(self._days, finding.days[-1])]
        for before, after in pairwise(known):
            if not self._known[before] or (after - before).days <= _LONG_GAP:
                continue
            if any(before < mark.when.day <= after for mark in finding.sessions):
                return (
                    message(
                        "Nothing is written about it between {first} and {last}. If it was gone in between, write None "
                        "on one of those days; what came later then counts on its own.",
                        first=before,
                        last=after,
                    ),
                )
        return ()

    def _note(self, finding: Finding) -> tuple[Message, ...]:
        note = self._symptom.note.text
        return (message("{note}", note=note),) if note and finding.rule == "red_flag" else ()


def is_soft(limit: Allowance, catalogue: Catalogue) -> bool:
    """Whether a limit rests on leaflets alone (class C): it is told, and nobody is asked to call because of it."""
    healing = catalogue.treatment(limit.mark.treatment).healing if limit.mark else None
    if healing is None or healing.usual_end is None:
        return False
    return all(statement.kinds == "C" for statement in healing.statements)


def _sources(finding: Finding, catalogue: Catalogue, symptom: Symptom) -> tuple[Source, ...]:
    found: list[Source] = []
    rule = catalogue.rules[finding.rule]
    if finding.rule == "red_flag":
        found += [*(symptom.statement.sources or (OWN_CAUTION,)), *symptom.note.sources]
    elif finding.rule == "prolonged":
        for limit in finding.limits:
            healing = catalogue.treatment(limit.mark.treatment).healing if limit.mark else None
            known = healing is not None and healing.usual_end is not None
            said = healing.statements if healing is not None and known else ()
            found += [source for statement in said for source in statement.sources] if known else [OWN_CAUTION]
    else:
        first = finding.sessions[0] if finding.sessions else None
        usual = catalogue.treatment(first.treatment).usual(symptom.key) if first else None
        found += [*(usual.statement.sources if usual else ()), *rule.statement.sources]
        found += [OWN_CAUTION] if rule.own_caution else []
    return tuple(dict.fromkeys(found))
