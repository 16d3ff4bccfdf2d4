"""Everything a patient keeps comes back as it was written, whatever the words are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.alignments import Alignment
from needlejournal.journal.courses import AftercareTick, ChecklistItem, Course, Dismissal, ReminderState
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.pairs import KeptAlignment, PairOverride, Spot, SpotPlace
from needlejournal.journal.photos import Camera, Declared, Original, Photo
from needlejournal.journal.ratings import BlindAnswer, Judgement, Rating
from needlejournal.journal.sessions import Needle, Price, Product, Session, Severity
from needlejournal.store import Journal
from needlejournal.store.days import DAY_NOTES
from needlejournal.store.photos import PHOTOS
from needlejournal.store.sessions import SESSIONS
from tests.asked import undoable
from tests.store.conftest import a_photo

DAY = date(2025, 3, 8)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
times = st.times().map(lambda moment: moment.replace(microsecond=0))
whens = st.builds(When, days, st.none() | times, st.none() | st.integers(-1080, 1080))


@given(
    st.builds(
        Session,
        whens,
        treatment=words,
        setting=st.sampled_from(["", "clinic", "home"]),
        clinic=words,
        practitioner=words,
        device_kind=words,
        device=words,
        cartridge=words,
        pain=st.none() | st.integers(0, 10),
        bleeding=st.none() | st.sampled_from(Severity),
        price=st.none() | st.builds(Price, st.integers(0, 10**9), st.sampled_from(["EUR", "USD", ""])),
        changed_since=words,
        notes=words,
        tags=st.lists(words, max_size=3).map(tuple),
    )
)
def test_any_session_becomes_a_row_and_comes_back(session: Session) -> None:
    assert SESSIONS.from_row(0, "", tuple(SESSIONS.to_row(session))) == session


@given(
    st.builds(
        Photo,
        st.builds(Original, words, words, words, st.integers(0), words, st.integers(0), st.integers(0)),
        whens,
        view=words,
        zone=words,
        mirrored=st.booleans(),
        declared=st.builds(
            Declared, st.none() | st.booleans(), st.none() | st.booleans(), st.none() | words, st.none() | words
        ),
        camera=st.builds(Camera, words, words, words, st.none() | st.floats(0, 500), st.none() | st.floats(0, 500)),
        note=words,
        tags=st.lists(words, max_size=3).map(tuple),
        colour=st.integers(0, 0xFFFFFF),
    )
)
def test_any_photo_becomes_a_row_and_comes_back(photo: Photo) -> None:
    assert PHOTOS.from_row(0, "", tuple(PHOTOS.to_row(photo))) == photo


@given(st.builds(DayNote, days, words, st.booleans(), st.lists(words, max_size=3).map(tuple)))
def test_any_note_becomes_a_row_and_comes_back(note: DayNote) -> None:
    assert DAY_NOTES.from_row(0, "", tuple(DAY_NOTES.to_row(note))) == note


class TestSessions:
    def test_needles_and_products_come_back_in_their_order(self, journal: Journal) -> None:
        needles = (Needle("nose", 500, 3), Needle("chin"), Needle("forehead", 800))
        products = (Product("serum", "Hyaluronic", "Example", "A113", "during"), Product("numbing", "Cream"))
        with journal.step("session"):
            saved = journal.sessions.save(Session(When(DAY, time(15, 30), 60), needles=needles, products=products))
        assert journal.sessions.get(saved.id) == saved
        assert saved.uid
        assert journal.sessions.get(99) is None

    def test_saving_what_is_there_writes_nothing(self, journal: Journal) -> None:
        with journal.step("session"):
            saved = journal.sessions.save(Session(When(DAY), needles=(Needle("nose", 500),)))
        with journal.step("again") as step:
            assert journal.sessions.save(saved) == saved
        assert not step.changes
        assert undoable(journal) == "session"

    def test_needles_and_products_are_written_only_when_they_changed(self, journal: Journal) -> None:
        with journal.step("session"):
            saved = journal.sessions.save(
                Session(When(DAY), needles=(Needle("nose", 500),), products=(Product("prp"),))
            )
        kept = journal._database.rows("SELECT id FROM needle UNION ALL SELECT id FROM product")
        with journal.step("pain"):
            journal.sessions.save(replace(saved, pain=4))
        assert journal._database.rows("SELECT id FROM needle UNION ALL SELECT id FROM product") == kept
        with journal.step("needles"):
            journal.sessions.save(replace(saved, pain=4, needles=(), products=(Product("serum"),)))
        found = journal.sessions.get(saved.id)
        assert found is not None
        assert (found.needles, found.products) == ((), (Product("serum"),))

    def test_all_are_in_order_and_numbered(self, journal: Journal) -> None:
        with journal.step("sessions"):
            late = journal.sessions.save(Session(When(date(2025, 4, 19)), treatment="hydrafacial"))
            early = journal.sessions.save(Session(When(DAY)))
        assert [session.id for session in journal.sessions.all()] == [early.id, late.id]
        assert journal.sessions.calendar().number(late.id) == 2
        assert list(journal.sessions.many([late.id])) == [late.id]
        assert journal.sessions.many([]) == {}

    def test_the_last_alike_gives_same_as_last_time(self, journal: Journal) -> None:
        with journal.step("sessions"):
            first = journal.sessions.save(Session(When(DAY, time(9, 0)), device="pen", setting="clinic"))
            second = journal.sessions.save(Session(When(DAY, time(15, 0)), device="stamp", setting="clinic"))
            roll = journal.sessions.save(Session(When(DAY, time(21, 0)), device="roller", setting="home"))
            peel = journal.sessions.save(Session(When(DAY, time(22, 0)), "chemical_peel", "clinic"))
        alike = journal.sessions.last_alike
        clinic = Session(When(DAY), setting="clinic")
        assert alike(replace(clinic, when=When(date(2025, 3, 7)))) is None
        assert alike(replace(clinic, when=When(DAY, time(12, 0)))) == first
        assert alike(clinic) == second
        assert alike(replace(clinic, id=second.id)) == first
        assert alike(replace(clinic, setting="home")) == roll
        assert alike(replace(clinic, setting="")) == roll
        assert alike(replace(clinic, treatment="chemical_peel")) == peel
        assert alike(replace(clinic, treatment="chemical_peel", setting="home")) is None

    def test_earlier_words_are_suggested_the_latest_first(self, journal: Journal) -> None:
        with journal.step("sessions"):
            for clinic in ("Harbour Skin", "Hill Street", "", "Harbour Skin"):
                journal.sessions.save(Session(When(DAY), clinic=clinic))
        assert journal.sessions.suggestions("clinic") == ["Harbour Skin", "Hill Street"]
        with pytest.raises(ValueError, match="notes"):
            journal.sessions.suggestions("notes; DROP TABLE session")

    def test_zones_that_were_treated_are_said_the_latest_first(self, journal: Journal) -> None:
        with journal.step("sessions"):
            for zone in ("nose", "Left elbow"):
                journal.sessions.save(Session(When(DAY), needles=(Needle(zone, 500),)))
        assert journal.sessions.zones_used() == ["Left elbow", "nose"]

    def test_known_products_come_with_their_latest_lot(self, journal: Journal) -> None:
        with journal.step("sessions"):
            for day, lot in ((DAY, "A113"), (date(2025, 4, 19), "B027")):
                products = (Product("serum", "Hyaluronic", "Example", lot), Product("other", ""))
                journal.sessions.save(Session(When(day), products=products))
        assert [(product.name, product.lot) for product in journal.sessions.known_products()] == [
            ("Hyaluronic", "B027")
        ]


class TestDays:
    def test_a_day_has_one_note(self, journal: Journal) -> None:
        with journal.step("notes"):
            first = journal.day_notes.save(DayNote(DAY, "warm"))
            second = journal.day_notes.save(DayNote(DAY, "better", nothing_to_note=True, tags=("gel",)))
        assert second.id == first.id
        assert journal.day_notes.of_day(DAY) == second
        assert journal.day_notes.of_day(date(2025, 3, 9)) is None

    def test_a_note_that_was_deleted_makes_room_for_a_new_one(self, journal: Journal) -> None:
        with journal.step("notes"):
            first = journal.day_notes.save(DayNote(DAY, "warm"))
            journal.day_notes.trash(first.id)
            second = journal.day_notes.save(DayNote(DAY, "again"))
        assert second.id != first.id

    def test_the_same_day_symptom_and_zone_replace_each_other(self, journal: Journal) -> None:
        with journal.step("effects"):
            journal.side_effects.save(SideEffect(DAY, "redness", Severity.SEVERE))
            journal.side_effects.save(SideEffect(DAY, "redness", Severity.MILD))
            journal.side_effects.save(SideEffect(DAY, "redness", Severity.MODERATE, "nose", "here", None))
            journal.side_effects.save(SideEffect(date(2025, 3, 10), "redness", Severity.NONE))
        found = journal.side_effects.of_day(DAY)
        assert [(effect.severity, effect.zone) for effect in found] == [
            (Severity.MILD, ""),
            (Severity.MODERATE, "nose"),
        ]
        assert len(journal.side_effects.between(DAY, date(2025, 3, 10))) == 3

    def test_the_highest_severity_of_each_day_is_read_at_once(self, journal: Journal) -> None:
        with journal.step("effects"):
            for zone, severity in (("nose", Severity.MILD), ("chin", Severity.SEVERE)):
                journal.side_effects.save(SideEffect(DAY, "redness", severity, zone))
            journal.side_effects.save(SideEffect(date(2025, 3, 1), "redness", Severity.MILD))
        assert journal.side_effects.severities(DAY) == {DAY: {"redness": Severity.SEVERE}}
        assert len(journal.side_effects.severities()) == 2

    def test_own_symptoms_are_remembered_the_latest_first(self, journal: Journal) -> None:
        with journal.step("effects"):
            for symptom in ("Tingling", "redness", "Goose bumps"):
                journal.side_effects.save(SideEffect(DAY, symptom, Severity.MILD))
        assert journal.side_effects.own_symptoms(frozenset({"redness"})) == ["Goose bumps", "Tingling"]

    @pytest.mark.parametrize("text", ["x" * 1_000_000, "😀" * 1000, "יומן עור، مذكرات", 'it\'s "quoted"; --\n\0end'])
    def test_a_note_may_be_anything_a_person_writes(self, journal: Journal, text: str) -> None:
        with journal.step("note"):
            journal.day_notes.save(DayNote(DAY, text))
        note = journal.day_notes.of_day(DAY)
        assert note is not None
        assert note.text == text
        journal.history.undo()
        journal.history.redo()
        assert journal.day_notes.of_day(DAY) == note


class TestPhotos:
    def test_photos_are_found_by_day_view_session_and_hash(self, journal: Journal) -> None:
        with journal.step("photos"):
            session = journal.sessions.save(Session(When(DAY)))
            first = journal.photos.save(a_photo(1, view="frontal", session_id=session.id))
            second = journal.photos.save(a_photo(2, date(2025, 3, 9), view="close_up", zone="nose"))
        assert journal.photos.of_day(DAY) == [first]
        assert journal.photos.of_view("frontal") == [first]
        assert journal.photos.of_view("close_up", "nose") == [second]
        assert journal.photos.of_sessions([session.id]) == [first]
        assert journal.photos.all() == [first, second]
        assert journal.photos.by_hash(first.original.sha256) == first
        assert journal.photos.by_hash("?") is None
        assert journal.photos.known_hashes() == {one.original.sha256: one.id for one in (first, second)}

    def test_their_marks_and_places_are_read_without_the_rest(self, journal: Journal) -> None:
        with journal.step("photos"):
            shot = journal.photos.save(a_photo(1, view="close_up", zone="nose"))
            unseen = journal.photos.save(a_photo(2, date(2025, 3, 1)))
        assert [(mark.when, mark.view) for mark in journal.photos.marks()] == [(shot.when, "close_up")]
        assert journal.photos.places() == [
            (unseen.id, date(2025, 3, 1), "", ""),
            (shot.id, DAY, "close_up", "nose"),
        ]

    def test_one_in_the_trash_is_still_known(self, journal: Journal) -> None:
        with journal.step("photo"):
            photo = journal.photos.save(a_photo())
            journal.photos.trash(photo.id)
        assert journal.photos.get(photo.id) is None
        assert journal.photos.get(photo.id, trashed=True) == photo
        assert journal.photos.in_trash(photo.id)
        assert journal.photos.trashed_ids() == {photo.id}
        assert journal.photos.by_hash(photo.original.sha256) == photo
        with journal.step("back"):
            journal.photos.restore(photo.id)
        assert not journal.photos.in_trash(photo.id)


class TestPlans:
    def test_a_course_comes_back_whole(self, journal: Journal) -> None:
        course = Course(
            title="Scars",
            starts=DAY,
            not_after=None,
            concerns=("scars", "my own 😀"),
            zones=("nose",),
            clinic="Harbour Skin",
            phone="555 0142",
            price=Price(22000, "EUR"),
            aftercare=(ChecklistItem("no_heat", "No heat", 0, 3, "clinic_pages"),),
            ask_first=("keloid",),
            notes="n",
            ended=date(2025, 9, 1),
        )
        with journal.step("course"):
            saved = journal.courses.save(course)
            bare = journal.courses.save(Course())
        assert journal.courses.get(saved.id) == replace(course, id=saved.id)
        assert journal.courses.get(bare.id) == bare

    def test_ticks_dismissals_and_answers_come_back(self, journal: Journal) -> None:
        with journal.step("all"):
            session = journal.sessions.save(Session(When(DAY)))
            photos = [journal.photos.save(a_photo(number)) for number in (1, 2)]
            tick = journal.ticks.save(AftercareTick(session.id, "no_heat", DAY))
            card = journal.dismissals.save(Dismissal("rebound", "itching", session.id, ("2025-03-09",), "rang"))
            judged = Judgement.IMPROVED
            answer = journal.blind_answers.save(BlindAnswer(photos[0].id, photos[1].id, photos[1].id, judged, DAY))
        assert journal.ticks.all() == [tick]
        assert journal.dismissals.all() == [card]
        assert journal.blind_answers.all() == [answer]

    def test_a_rating_of_the_same_day_concern_and_kind_replaces_the_first(self, journal: Journal) -> None:
        with journal.step("ratings"):
            photo = journal.photos.save(a_photo())
            journal.ratings.save(Rating(DAY, "scars", 8))
            last = journal.ratings.save(Rating(DAY, "scars", 6, Judgement.MUCH_IMPROVED, photo.id, photo.id, "n"))
            journal.ratings.save(Rating(DAY, "scars", 5, kind="glow"))
        assert [rating.value for rating in journal.ratings.all()] == [6, 5]
        assert journal.ratings.get(last.id) == last

    def test_questions_for_the_clinic_keep_their_order_and_go_to_the_trash(self, journal: Journal) -> None:
        with journal.step("ask"):
            journal.questions.write(["Is the bump normal?", "  ", " May I swim? "])
        assert journal.questions.texts() == ("Is the bump normal?", "May I swim?")
        with journal.step("ask less") as step:
            journal.questions.write(["May I swim? شكرا 😀"])
        assert step.changes.has("question")
        assert journal.questions.texts() == ("May I swim? شكرا 😀",)
        assert [(one.kind, one.what, one.day) for one in journal.trash.listing()] == [("question", "May I swim?", "")]
        journal.history.undo()
        assert journal.questions.texts() == ("Is the bump normal?", "May I swim?")

    def test_reminders_are_kept_beside_undo(self, journal: Journal) -> None:
        journal.reminders.save(ReminderState("photo 2025-03-09", "2025-03-09T08:00:00+00:00"))
        journal.reminders.save(ReminderState("photo 2025-03-09", "2025-03-09T09:00:00+00:00", dismissed=True))
        assert list(journal.reminders.all().values()) == [
            ReminderState("photo 2025-03-09", "2025-03-09T09:00:00+00:00", dismissed=True)
        ]
        assert undoable(journal) is None


class TestPairs:
    @pytest.fixture
    def pair(self, journal: Journal) -> tuple[int, int]:
        with journal.step("photos"):
            return journal.photos.save(a_photo(1)).id, journal.photos.save(a_photo(2)).id

    def test_an_alignment_comes_back_and_is_replaced(self, journal: Journal, pair: tuple[int, int]) -> None:
        matrix = ((1.5, -0.25, 3.0), (0.25, 1.5, -4.0))
        with journal.step("align"):
            first = journal.alignments.save(KeptAlignment(*pair, Alignment("face", matrix, residual=0.5)))
            second = journal.alignments.save(KeptAlignment(*pair, Alignment("hand", matrix, confirmed=True)))
            zone = journal.alignments.save(KeptAlignment(*pair, Alignment("face", matrix), zone="nose"))
        assert second.id == first.id
        assert journal.alignments.of_pair(*pair) == second
        assert journal.alignments.of_pair(*pair, "nose") == zone
        assert journal.alignments.of_pair(*pair[::-1]) is None

    def test_one_that_turns_a_mirror_image_back_comes_back(self, journal: Journal, pair: tuple[int, int]) -> None:
        mirrored = Alignment("face", ((-1.5, -0.25, 303.0), (-0.25, 1.5, -4.0)))
        with journal.step("align"):
            kept = journal.alignments.save(KeptAlignment(*pair, mirrored))
        assert journal.alignments.of_pair(*pair) == kept

    def test_what_was_aligned_by_hand_is_never_overwritten_by_a_machine(
        self, journal: Journal, pair: tuple[int, int]
    ) -> None:
        matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
        with journal.step("align"):
            by_hand = journal.alignments.save(KeptAlignment(*pair, Alignment("hand", matrix)))
            assert journal.alignments.save(KeptAlignment(*pair, Alignment("face", matrix))) == by_hand
            again = journal.alignments.save(KeptAlignment(*pair, Alignment("hand", matrix, residual=1.0)))
        assert journal.alignments.of_pair(*pair) == again

    def test_spots_and_overrides_come_back(self, journal: Journal, pair: tuple[int, int]) -> None:
        with journal.step("spots"):
            spot = journal.spots.save(Spot(pair[0], "scar", 0.1, 0.2, 0.3, 0.4))
            place = journal.spot_places.save(SpotPlace(spot.id, pair[1], 0.5, 0.5, 1.1, -3.0))
            override = journal.overrides.save(PairOverride(*pair, "same day, other light"))
        assert journal.spots.all() == [spot]
        assert journal.spot_places.all() == [place]
        assert journal.overrides.all() == [override]


def test_the_rows_of_a_kind_are_found_by_its_name(journal: Journal) -> None:
    assert journal.rows_of("photo") is journal.photos
    assert journal.rows_of("session") is journal.sessions


def test_the_days_between_which_all_lies_that_is_known_of_side_effects(journal: Journal) -> None:
    effects, notes = journal.side_effects, journal.day_notes
    whole = (date.min, date.max)
    assert effects.known_span() == whole
    first, look, last = date(2025, 3, 1), date(2025, 5, 2), date(2025, 6, 1)
    with journal.step("Write"):
        notes.save(DayNote(look, nothing_to_note=True))
        notes.save(DayNote(date(2025, 9, 1), "Only words"))
        effects.save(SideEffect(first, "redness", Severity.MILD))
        effects.save(SideEffect(first, "lump", Severity.MILD))
    assert effects.known_span() == (first, look)
    with journal.step("Later"):
        kept = effects.save(SideEffect(last, "redness", Severity.NONE))
    assert effects.known_span() == (first, last)
    with journal.step("Away"):
        effects.trash(kept.id)
    assert effects.known_span() == (first, look)
    assert effects.known_days() == [first, look]
    effects.database.run("UPDATE day_note SET day = 'soon' WHERE nothing_to_note = 1")
    assert effects.known_span() == whole
    assert effects.known_days() == [first]


def test_concerns_that_were_rated_stand_in_the_order_in_which_they_were_first_written(journal: Journal) -> None:
    with journal.step("Rate"):
        away = journal.ratings.save(Rating(date(2025, 1, 1), "pores", 4))
        journal.ratings.save(Rating(date(2025, 5, 1), "scars", 4))
        journal.ratings.save(Rating(date(2025, 4, 1), "lines", 4))
        journal.ratings.save(Rating(date(2025, 3, 1), "scars", 5))
        journal.ratings.save(Rating(date(2025, 3, 1), "glow", 5, kind="glow"))
    with journal.step("Away"):
        journal.ratings.trash(away.id)
    assert journal.ratings.concerns() == ["scars", "lines"]
