"""Undo and redo, through sessions, photos, notes and all the rest: everything goes back, and forward again."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from needlejournal.journal.alignments import Alignment
from needlejournal.journal.changes import Changes
from needlejournal.journal.courses import Course
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.pairs import KeptAlignment
from needlejournal.journal.sessions import Needle, Product, Session, Severity
from needlejournal.store import Journal, create_journal, open_journal
from needlejournal.store.database import Database
from needlejournal.store.history import TRACKED, Step
from needlejournal.store.migrations import make
from tests.asked import undoable
from tests.store.conftest import Clock, a_photo

DAY = date(2025, 3, 8)


@cache
def columns_of(table: str) -> list[str]:
    database = Database(Path(":memory:"), durable=False)
    make(database)
    found = [row[1] for row in database.rows(f"PRAGMA table_info({table})")]
    database.close()
    return found


def contents(journal: Journal) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is kept, without the marks of when and in which order it was written.

    Photos in the trash are left out: undoing an import puts them there.
    """
    found = {}
    for table in TRACKED:
        columns = columns_of(table)
        kept = ", ".join(name for name in columns if name not in {"changed_utc", "rev"})
        alive = "WHERE deleted_utc IS NULL" if table == "photo" else ""
        found[table] = journal._database.rows(f"SELECT {kept} FROM {table} {alive} ORDER BY id")
    return found


def note(journal: Journal, text: str, day: date = DAY, merge: str | None = None) -> None:
    with journal.step(f"note {text}", merge):
        journal.day_notes.save(DayNote(day, text))


def texts(journal: Journal) -> list[str]:
    return [one.text for one in journal.day_notes.all()]


def test_steps_go_back_and_forward_with_their_labels(journal: Journal) -> None:
    note(journal, "a")
    note(journal, "b")
    assert journal.history.redo() is None
    undone = journal.history.undo()
    assert undone is not None
    assert (undone.label, undone.changes.has("day_note"), texts(journal)) == ("note b", True, ["a"])
    journal.history.undo()
    assert texts(journal) == []
    assert journal.history.undo() is None
    done_again = [journal.history.redo(), journal.history.redo()]
    assert [one.label for one in done_again if one] == ["note a", "note b"]
    assert texts(journal) == ["b"]
    assert journal.history.redo() is None


def test_writing_something_new_ends_what_could_be_redone(journal: Journal) -> None:
    note(journal, "a")
    journal.history.undo()
    note(journal, "b")
    assert journal.history.redo() is None
    assert texts(journal) == ["b"]


def test_a_step_tells_what_it_touched_and_an_empty_one_is_none(journal: Journal) -> None:
    with journal.step("session") as step:
        session = journal.sessions.save(Session(When(DAY), needles=(Needle("nose", 500),)))
    assert step.changes == Changes(frozenset({("session", session.id)}))
    with journal.step("nothing") as empty:
        pass
    assert not empty.changes
    assert undoable(journal) == "session"


def test_a_step_inside_another_is_part_of_it(journal: Journal) -> None:
    with journal.step("both"):
        note(journal, "a")
        note(journal, "b", date(2025, 3, 9))
    journal.history.undo()
    assert texts(journal) == []


def test_a_step_that_fails_changes_nothing(journal: Journal) -> None:
    def fail() -> None:
        journal.day_notes.save(DayNote(DAY, "a"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), journal.step("note"):
        fail()
    assert texts(journal) == []
    assert undoable(journal) is None
    note(journal, "b")
    assert texts(journal) == ["b"]


def test_typing_is_one_step_while_it_goes_on(journal: Journal, clock: Clock) -> None:
    for text in ("w", "wa", "warm"):
        note(journal, text, merge="day 8")
        clock.pass_by(seconds=15)
    journal.history.undo()
    assert texts(journal) == []
    journal.history.redo()
    note(journal, "warmer", merge="day 8")
    journal.history.undo()
    assert texts(journal) == ["warm"]


@pytest.mark.parametrize("between", ["a pause", "another field", "a clock set back"])
def test_typing_begins_a_new_step_after(journal: Journal, clock: Clock, between: str) -> None:
    note(journal, "warm", merge="day 8")
    clock.pass_by(seconds=21 if between == "a pause" else 0)
    note(journal, "warmer", merge="day 9" if between == "another field" else "day 8")
    expected = [] if between == "a clock set back" else ["warm"]
    journal.history.undo()
    assert texts(journal) == expected


def test_undoing_a_deletion_brings_children_back(journal: Journal) -> None:
    with journal.step("session"):
        products = (Product("serum", "Hyaluronic", lot="A113"),)
        session = journal.sessions.save(Session(When(DAY), needles=(Needle("nose", 500, 3),), products=products))
    with journal.step("purge"):
        journal._database.run("DELETE FROM session WHERE id = ?", (session.id,))
    assert journal.sessions.all() == []
    journal.history.undo()
    assert journal.sessions.all() == [session]
    journal.history.redo()
    assert journal.sessions.all() == []


def test_undoing_an_import_trashes_the_photo_and_redoing_restores_it(journal: Journal) -> None:
    with journal.step("import"):
        photo = journal.photos.save(a_photo())
    journal.history.undo()
    assert journal.photos.count() == 0
    assert journal.photos.in_trash(photo.id)
    journal.history.redo()
    assert journal.photos.get(photo.id) == photo


def test_steps_are_forgotten_at_the_end(journal: Journal, folder: Path, clock: Clock) -> None:
    note(journal, "a")
    journal.close()
    again = open_journal(folder, now=clock)
    assert again.history.undo() is None
    again.close()


def test_forgetting_drops_every_trace(journal: Journal) -> None:
    note(journal, "a")
    journal.history.undo()
    journal.history.forget()
    assert journal.history.redo() is None


class Diary(RuleBasedStateMachine):
    """Any writing, undoing and redoing: the journal always holds what a plain list of past contents says."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.journal: Journal | None = None

    @initialize()
    def begin(self) -> None:
        self.journal = create_journal(Path(self.folder.name) / "J.needlejournal", now=Clock())
        self.journal._database.run("PRAGMA synchronous=off")
        self.past = [contents(self.journal)]
        self.future: list[dict[str, list[tuple[object, ...]]]] = []
        self.number = 0

    @property
    def it(self) -> Journal:
        assert self.journal is not None
        return self.journal

    def _note_step(self, step: Step) -> None:
        if step.changes:
            self.past.append(contents(self.it))
            self.future.clear()

    @rule(day=st.integers(0, 3), text=st.text(max_size=4), thrown=st.booleans())
    def write_note(self, day: int, text: str, thrown: bool) -> None:
        with self.it.step("note") as step:
            saved = self.it.day_notes.save(DayNote(DAY + timedelta(days=day), text))
            if thrown:
                self.it.day_notes.trash(saved.id)
        self._note_step(step)

    @rule(day=st.integers(0, 2), severity=st.sampled_from(Severity), zone=st.sampled_from(["", "nose"]))
    def write_side_effect(self, day: int, severity: Severity, zone: str) -> None:
        with self.it.step("effect") as step:
            self.it.side_effects.save(SideEffect(DAY + timedelta(days=day), "redness", severity, zone))
        self._note_step(step)

    @rule(pain=st.none() | st.integers(0, 10), zones=st.sets(st.sampled_from(["nose", "chin", "neck"])))
    def write_session(self, pain: int | None, zones: set[str]) -> None:
        with self.it.step("session") as step:
            course = self.it.courses.save(Course())
            needles = tuple(Needle(zone, 500) for zone in sorted(zones))
            self.it.sessions.save(Session(When(DAY), pain=pain, needles=needles, course_id=course.id))
        self._note_step(step)

    @rule(which=st.integers(0, 5), notes=st.text(max_size=3), product=st.booleans())
    def change_session(self, which: int, notes: str, product: bool) -> None:
        sessions = self.it.sessions.all()
        if sessions:
            products = (Product("serum", notes),) if product else ()
            with self.it.step("change") as step:
                self.it.sessions.save(replace(sessions[which % len(sessions)], notes=notes, products=products))
            self._note_step(step)

    @rule(which=st.integers(0, 5))
    def delete_session_for_good(self, which: int) -> None:
        sessions = self.it.sessions.all()
        if sessions:
            with self.it.step("delete") as step:
                self.it._database.run("DELETE FROM session WHERE id = ?", (sessions[which % len(sessions)].id,))
            self._note_step(step)

    @rule()
    def import_photo(self) -> None:
        self.number += 1
        sessions = self.it.sessions.all()
        with self.it.step("import") as step:
            session_id = sessions[0].id if sessions else None
            self.it.photos.save(a_photo(self.number, session_id=session_id))
        self._note_step(step)

    @rule()
    def align_and_trash(self) -> None:
        photos = self.it.photos.all()
        if len(photos) > 1:
            with self.it.step("align") as step:
                matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
                self.it.alignments.save(KeptAlignment(photos[0].id, photos[1].id, Alignment("hand", matrix)))
                self.it.photos.trash(photos[1].id)
            self._note_step(step)

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        assert self.it.history.undo() is not None
        self.future.append(self.past.pop())

    @precondition(lambda self: bool(self.future))
    @rule()
    def redo(self) -> None:
        assert self.it.history.redo() is not None
        self.past.append(self.future.pop())

    @invariant()
    def it_holds_what_it_should(self) -> None:
        if self.journal:
            assert contents(self.journal) == self.past[-1]

    def teardown(self) -> None:
        if self.journal:
            assert self.journal.verify().database == "ok"
            self.journal.close()
        self.folder.cleanup()


TestDiary = Diary.TestCase
TestDiary.settings = settings(max_examples=20, stateful_step_count=25, deadline=None, derandomize=True, database=None)


def test_values_come_back_as_they_were_to_the_last_bit(journal: Journal) -> None:
    with journal.step("photos"):
        first, second = (journal.photos.save(a_photo(number)) for number in (1, 2))
        matrix = ((0.1, -0.7, 1e-300), (0.7, 0.1, 12345678.123456789))
        kept = journal.alignments.save(KeptAlignment(first.id, second.id, Alignment("hand", matrix)))
        noted = journal.day_notes.save(DayNote(DAY, "a\x00b“😀”"))
    with journal.step("other"):
        journal.alignments.save(replace(kept, alignment=Alignment("hand", ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)))))
        journal.day_notes.save(replace(noted, text=""))
        journal._database.run("DELETE FROM day_note")
    journal.history.undo()
    assert journal.alignments.get(kept.id) == kept
    assert journal.day_notes.get(noted.id) == noted


def test_a_row_from_before_a_column_was_added_comes_back(tmp_path: Path) -> None:
    from tests.store.test_old_journals import JOURNALS, NOT_LATER

    with zipfile.ZipFile(JOURNALS / "v1.zip") as archive:
        archive.extractall(tmp_path)
    journal = open_journal(tmp_path / "Mine.needlejournal", now=lambda: NOT_LATER)
    before = contents(journal)
    with journal.step("all"):
        for table in TRACKED:
            journal._database.run(f"DELETE FROM {table}")
    journal.history.undo()
    assert contents(journal) == before
    journal.close()
