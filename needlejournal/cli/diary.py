"""Commands of the diary: write a session, log a side effect, read the days after a session."""

from __future__ import annotations

import argparse
from datetime import date, time
from typing import TYPE_CHECKING

from needlejournal.cli.verbs import Answer, Arguments, Facts, Verb, counted, opened, opened_or_made, takes_journal
from needlejournal.cli.words import known_symptom, known_treatment, known_zone
from needlejournal.journal.sessions import Severity

if TYPE_CHECKING:
    from needlejournal.journal.diary.clinic_cards import ClinicCard
    from needlejournal.workflows.diary import ClinicCards, SessionDiary

SEVERITIES = {severity.name.lower(): severity for severity in Severity}


def a_day(text: str) -> date:
    """A day such as 2026-03-01."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date such as 2026-03-01") from error


def a_time(text: str) -> time:
    """A time such as 14:30."""
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no time such as 14:30") from error


# ---- session


def takes_session(parser: argparse.ArgumentParser) -> None:
    """What a session needs at least."""
    takes_journal(parser)
    parser.add_argument("--day", type=a_day, required=True, metavar="DATE", help="the day, such as 2026-03-01")
    parser.add_argument("--time", type=a_time, metavar="TIME", help="the local time, such as 14:30")
    parser.add_argument("--treatment", default="microneedling", metavar="NAME", help="what was done, by key or name")
    parser.add_argument("--setting", choices=("clinic", "home"), default="", help="where it was done")


def write_session(arguments: Arguments) -> Answer:
    """Write a session, making the journal when there is none."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.journal.moments import When, check_not_far_ahead
    from needlejournal.journal.sessions import Session

    catalogue = load_catalogue(paths.resources())
    check_not_far_ahead(arguments.day, date.today())  # noqa: DTZ011 (the person's day)
    session = Session(
        When(arguments.day, arguments.time), known_treatment(arguments.treatment, catalogue), arguments.setting
    )
    journal = opened_or_made(arguments)
    try:
        with journal.step("Write session"):
            stored = journal.sessions.save(session)
        number = journal.sessions.calendar().number(stored.id)
    finally:
        journal.close()
    return Answer({"id": stored.id, "number": number}, f"Session {number} is written.")


# ---- log


def takes_entry(parser: argparse.ArgumentParser) -> None:
    """One side effect on one day."""
    takes_journal(parser)
    parser.add_argument("--day", type=a_day, required=True, metavar="DATE", help="the day, such as 2026-03-04")
    parser.add_argument("--symptom", required=True, metavar="WORDS", help="a symptom by key, name or ordinary words")
    parser.add_argument("--severity", required=True, choices=tuple(SEVERITIES), help="how strong it was that day")
    parser.add_argument("--zone", default="", metavar="WORDS", help="a zone of the face map by key or name")
    parser.add_argument("--own", action="store_true", help="keep unknown words for symptom and zone as your own")
    parser.add_argument("--note", default="", metavar="TEXT", help="what you want to remember of it")


def log_entry(arguments: Arguments) -> Answer:
    """Write down a side effect; one for the same day, symptom and zone is replaced, its note only by another one."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.journal.days import SideEffect
    from needlejournal.journal.moments import When, check_not_far_ahead
    from needlejournal.workflows.writing import write_entry

    catalogue = load_catalogue(paths.resources())
    When(arguments.day)  # refuses days that cannot be right
    check_not_far_ahead(arguments.day, date.today())  # noqa: DTZ011 (the person's day)
    symptom = known_symptom(arguments.symptom, catalogue, own=arguments.own)
    zone = known_zone(arguments.zone, catalogue, own=arguments.own)
    entry = SideEffect(arguments.day, symptom, SEVERITIES[arguments.severity], zone, arguments.note)
    journal = opened_or_made(arguments)
    try:
        with journal.step("Note side effect"):
            stored = write_entry(journal, entry)
    finally:
        journal.close()
    facts = {
        "id": stored.id,
        "day": arguments.day.isoformat(),
        "symptom": stored.symptom,
        "severity": arguments.severity,
    }
    return Answer(
        {**facts, "zone": stored.zone}, f"{stored.symptom} is noted as {arguments.severity} on {arguments.day}."
    )


# ---- diary


def takes_number(parser: argparse.ArgumentParser) -> None:
    """Which session."""
    takes_journal(parser)
    parser.add_argument("--session", type=int, required=True, metavar="NUMBER", help="the session, counted from 1")


def read_session_diary(arguments: Arguments) -> Answer:
    """The grid, the episodes and the cards of a session."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.diary import read_diary, session_diary

    catalogue = load_catalogue(paths.resources())
    journal = opened(arguments)
    try:
        found = session_diary(journal, catalogue, journal.sessions.calendar(), read_diary(journal), arguments.session)
    finally:
        journal.close()
    return Answer(_facts(found), _as_text(found))


def _facts(found: SessionDiary) -> Facts:
    """Days are numbers of days after the session; `end` is the first day known to be without, None while open."""
    return {
        "session": found.number,
        "day": found.mark.when.day.isoformat(),
        "treatment": found.mark.treatment,
        "grid": {row.symptom: [None if s is None else int(s) for s in row.severities] for row in found.grid.rows},
        "episodes": [
            {
                "symptom": episode.symptom,
                "onset": episode.onset,
                "peak": episode.peak,
                "end": episode.end,
                "peak_severity": int(episode.peak_severity),
                "length": episode.length,
            }
            for episode in found.episodes
        ],
        "cards": [
            {
                "rule": card.rule,
                "symptom": card.symptom,
                "days": [(day - found.mark.when.day).days for day in card.days],
                "sentence": card.sentence,
                "source": str(card.source),
            }
            for card in found.cards
        ],
    }


def _as_text(found: SessionDiary) -> str:
    """One line for each symptom, a sign for each day ("·" is unknown), then the cards."""
    heading = f"Session {found.number}, {found.mark.when.day}"
    rows = [
        f"{row.symptom:14} " + "".join("·" if s is None else str(int(s)) for s in row.severities)
        for row in found.grid.rows
    ]
    return "\n".join([heading, *rows, *(card.sentence for card in found.cards)])


# ---- cards


def read_cards(arguments: Arguments) -> Answer:
    """Every "call your clinic" card of a journal, with or without sessions; those put aside are marked."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.diary import clinic_cards, read_diary

    catalogue = load_catalogue(paths.resources())
    journal = opened(arguments)
    try:
        found = clinic_cards(journal, catalogue, journal.sessions.calendar(), read_diary(journal))
    finally:
        journal.close()
    return Answer({"cards": [_card(card, found) for card in found.all]}, _cards_as_text(found))


def _card(card: ClinicCard, found: ClinicCards) -> Facts:
    return {
        "rule": card.rule,
        "symptom": card.symptom,
        "sessions": list(card.sessions),
        "days": list(card.entries),
        "sentence": card.sentence,
        "source": str(card.source),
        "dismissed": card not in found.open,
    }


def _cards_as_text(found: ClinicCards) -> str:
    lines = [f"{card.sentence} ({card.source})" for card in found.open]
    aside = len(found.all) - len(found.open)
    lines += [f"{counted(aside, 'card is', 'cards are')} put aside."] if aside else []
    return "\n".join(lines) or "Nothing that is written down asks for a call to the clinic."


SESSION = Verb("Write a session.", takes_session, write_session)
LOG = Verb("Write down a side effect of one day.", takes_entry, log_entry)
CARDS = Verb("Read what asks for a call to the clinic.", takes_journal, read_cards)
DIARY = Verb("Read the days after a session.", takes_number, read_session_diary)
