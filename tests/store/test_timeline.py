"""The timeline: a card for each session and each other day, newest first, filtered and searched as one types."""

from __future__ import annotations

from datetime import date, time

import pytest

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Needle, Product, Session, Severity
from needlejournal.store import CardKey, Journal, TimelineFilter
from needlejournal.store.search import search
from tests.store.conftest import a_photo

FIRST, SECOND = date(2025, 3, 8), date(2025, 4, 19)


@pytest.fixture
def ids(journal: Journal) -> dict[str, int]:
    """Two sessions, notes on and between their days, photos of a session and of a day, side effects."""
    with journal.step("all"):
        one = journal.sessions.save(
            Session(
                When(FIRST, time(15, 30)),
                clinic="Harbour Skin",
                notes="First time",
                needles=(Needle("nose", 500),),
                products=(Product("serum", "Hyaluronic acid", "Example", "A113"),),
            )
        )
        two = journal.sessions.save(Session(When(SECOND), treatment="hydrafacial", tags=("soft",)))
        note = journal.day_notes.save(DayNote(FIRST, "Warm, like après-ski", tags=("evening",)))
        journal.day_notes.save(DayNote(date(2025, 4, 21), "Quiet"))
        effect = SideEffect(date(2025, 3, 9), "redness", Severity.MILD, "chin", "below the lip")
        journal.side_effects.save(effect)
        shot = journal.photos.save(a_photo(1, FIRST, view="frontal", session_id=one.id, tags=("baseline",)))
        loose = journal.photos.save(a_photo(2, date(2025, 3, 11), view="close_up", zone="nose", note="by the window"))
    return {"one": one.id, "two": two.id, "note": note.id, "shot": shot.id, "loose": loose.id}


def days(keys: list[CardKey]) -> list[date]:
    return [key.day for key in keys]


def test_an_empty_journal_has_no_cards(journal: Journal) -> None:
    assert journal.timeline.keys() == []
    assert journal.timeline.cards([]) == []


def test_every_day_with_something_has_a_card_newest_first(journal: Journal, ids: dict[str, int]) -> None:
    keys = journal.timeline.keys()
    assert days(keys) == [date(2025, 4, 21), SECOND, date(2025, 3, 11), date(2025, 3, 9), FIRST]
    assert [key.session_id for key in keys] == [0, ids["two"], 0, 0, ids["one"]]


def test_cards_hold_what_belongs_to_them(journal: Journal, ids: dict[str, int]) -> None:
    cards = {card.key.day: card for card in journal.timeline.cards(journal.timeline.keys())}
    first = cards[FIRST]
    assert first.session is not None
    assert first.session.needles == (Needle("nose", 500),)
    assert first.note is not None
    assert [photo.id for photo in first.photos] == [ids["shot"]]
    assert [effect.symptom for effect in cards[date(2025, 3, 9)].effects] == ["redness"]
    assert [photo.id for photo in cards[date(2025, 3, 11)].photos] == [ids["loose"]]


def test_two_sessions_on_one_day_share_it_the_last_one_hosting_its_notes(journal: Journal, ids: dict[str, int]) -> None:
    with journal.step("third"):
        later = journal.sessions.save(Session(When(FIRST, time(18, 0))))
    everything = journal.timeline.keys()
    keys = [key for key in everything if key.day == FIRST]
    assert [(key.session_id, key.hosts_day) for key in keys] == [(later.id, True), (ids["one"], False)]
    cards = journal.timeline.cards(keys)
    assert [card.note is not None for card in cards] == [True, False]
    assert [len(card.photos) for card in cards] == [0, 1]


def test_a_photo_of_a_session_in_the_trash_stands_on_its_day(journal: Journal, ids: dict[str, int]) -> None:
    with journal.step("trash"):
        journal.sessions.trash(ids["one"])
    keys = journal.timeline.keys()
    assert CardKey(FIRST) in keys
    card = journal.timeline.cards([CardKey(FIRST)])[0]
    assert (card.session, [photo.id for photo in card.photos]) == (None, [ids["shot"]])


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (TimelineFilter(), 5),
        (TimelineFilter(text="  ,. "), 0),
        (TimelineFilter(text="hyal"), 1),
        (TimelineFilter(text="A113 harbour"), 1),
        (TimelineFilter(text="APRES"), 1),
        (TimelineFilter(text="soft"), 1),
        (TimelineFilter(text="window"), 1),
        (TimelineFilter(text="baseline"), 1),
        (TimelineFilter(text="lip"), 1),
        (TimelineFilter(text="nowhere"), 0),
        (TimelineFilter(treatment="hydrafacial"), 2),
        (TimelineFilter(treatment="microneedling"), 3),
        (TimelineFilter(zone="nose"), 2),
        (TimelineFilter(zone="chin"), 1),
        (TimelineFilter(view="frontal"), 1),
        (TimelineFilter(view="close_up"), 1),
        (TimelineFilter(with_photos=True), 2),
        (TimelineFilter(with_photos=True, treatment="hydrafacial"), 0),
        (TimelineFilter(view="close_up", zone="nose"), 1),
    ],
)
def test_filters_let_through_what_they_say(
    journal: Journal, ids: dict[str, int], wanted: TimelineFilter, found: int
) -> None:
    assert len(journal.timeline.keys(wanted)) == found
    assert bool(wanted) == (found != 5)


class TestSearch:
    def test_the_newest_comes_first(self, journal: Journal) -> None:
        with journal.step("notes"):
            for day in (FIRST, SECOND, date(1900, 1, 1), date(2199, 12, 31)):
                journal.day_notes.save(DayNote(day, "redness"))
        hits = search(journal._database, "redn")
        assert [hit.day for hit in hits] == [date(2199, 12, 31), SECOND, FIRST, date(1900, 1, 1)]
        assert {hit.kind for hit in hits} == {"day_note"}

    def test_the_index_follows_every_change(self, journal: Journal, ids: dict[str, int]) -> None:
        def found(text: str) -> int:
            return len(search(journal._database, text))

        assert (found("Hyaluronic"), found("first")) == (1, 1)
        session = journal.sessions.get(ids["one"])
        assert session is not None
        from dataclasses import replace

        with journal.step("change"):
            journal.sessions.save(replace(session, when=When(SECOND), products=(Product("prp", "Plasma"),)))
        assert (found("Hyaluronic"), found("plasma"), found("first")) == (0, 1, 1)
        assert search(journal._database, "plasma")[0].day == SECOND
        with journal.step("trash"):
            journal.sessions.trash(ids["one"])
        assert found("plasma") == 0
        journal.history.undo()
        assert found("plasma") == 1
        journal.history.undo()
        assert (found("Hyaluronic"), found("plasma")) == (1, 0)
        with journal.step("purge"):
            journal._database.run("DELETE FROM day_note WHERE id = ?", (ids["note"],))
        assert found("warm") == 0
        assert journal.verify().database == "ok"

    def test_very_many_hits_leave_older_cards_out_and_say_so(
        self, journal: Journal, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not journal.timeline.left_out
        monkeypatch.setattr("needlejournal.store.timeline.FOUND_AT_MOST", 1)
        with journal.step("notes"):
            for number in range(3):
                journal.day_notes.save(DayNote(date(2024, 1, 1 + number), "window"))
        assert len(journal.timeline.keys(TimelineFilter(text="window"))) < 4
        assert journal.timeline.left_out

    def test_of_two_sessions_on_a_day_only_the_one_that_says_it_is_found(
        self, journal: Journal, ids: dict[str, int]
    ) -> None:
        with journal.step("third"):
            journal.sessions.save(Session(When(FIRST, time(18, 0)), clinic="Hill Street"))
        keys = journal.timeline.keys(TimelineFilter(text="harbour"))
        assert [(key.session_id, key.hosts_day) for key in keys] == [(ids["one"], False)]

    @pytest.mark.parametrize("text", ['"', "'; DROP TABLE photo; --", "a* OR b", "NEAR(", "^x", "😀", "עור", "\0"])
    def test_signs_are_no_commands(self, journal: Journal, text: str) -> None:
        assert search(journal._database, text) == []

    def test_other_scripts_are_found(self, journal: Journal) -> None:
        with journal.step("notes"):
            journal.day_notes.save(DayNote(FIRST, "העור אדום"))
        assert len(search(journal._database, "עור")) == 0  # a word in its middle is no beginning
        assert len(search(journal._database, "העור")) == 1
