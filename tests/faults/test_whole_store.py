"""The whole store against a plain model: whatever is done, in whatever order, the journal holds what a dictionary says.

Writing, deleting, undoing, a disk that refuses, purging, locking and opening again, encrypting, decrypting, new keys,
backing up and restoring: one long story after another, made by hypothesis.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from needlejournal.journal.courses import Question
from needlejournal.journal.errors import WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, age, create_journal, disk, keyring, open_journal
from needlejournal.store.backup import make_backup
from needlejournal.store.restore import restore
from needlejournal.workflows.safekeeping import encrypting
from tests.asked import with_trash
from tests.faults.conftest import TRIED
from tests.store.faults import FaultyDisk

pytestmark = pytest.mark.faults
DAY = date(2025, 3, 8)
WORDS = "grün six words"
Kept = tuple[str, str, bool]  # what it is, what it says, whether it is in the trash
State = dict[str, Kept]


@dataclass(slots=True)
class Told:
    """What undo and redo lead to."""

    past: list[State]
    future: list[State]


class WholeStore(RuleBasedStateMachine):
    """One journal and the dictionary of what is in it, by identity."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.root = Path(self.place.name)
        self.clock = datetime.fromisoformat("2025-03-08T12:00:00+00:00")
        self.folder = self.root / "J.needlejournal"
        self.number = 0
        self.secret = False
        self.state: State = {}
        self.backed_up: State | None = None
        self.told = Told([], [])

    @initialize(secret=st.booleans())
    def begin(self, secret: bool) -> None:
        create_journal(self.folder, "J", now=self.now).close()
        self.secret = secret
        if secret:
            encrypting.encrypt(self.folder, WORDS)
        self._open()

    def now(self) -> datetime:
        return self.clock

    def _open(self) -> None:
        keys = keyring.unlock(self.folder, WORDS) if self.secret else None
        self.it: Journal = open_journal(self.folder, now=self.now, keyring=keys)
        assert not self.it.read_only and not self.it.notices
        self.told = Told([], [])

    def _stepped(self, state: State) -> None:
        if state != self.state:
            self.told.past.append(self.state)
            self.told.future.clear()
            self.state = state

    def _one(self, which: int, *, trashed: bool) -> str | None:
        uids = sorted(uid for uid, kept in self.state.items() if kept[2] is trashed)
        return uids[which % len(uids)] if uids else None

    def _row(self, uid: str) -> Photo | Session | Question:
        rows = self.it.rows_of(self.state[uid][0])
        return next(one for one in with_trash(rows) if one.uid == uid)

    # ---- writing

    @rule(text=st.text(max_size=8))
    def ask(self, text: str) -> None:
        with self.it.step("ask"):
            saved = self.it.questions.save(Question(text))
        self._stepped(self.state | {saved.uid: ("question", text, False)})

    @rule(notes=st.text(max_size=8), days=st.integers(-3, 3))
    def write_session(self, notes: str, days: int) -> None:
        with self.it.step("session"):
            saved = self.it.sessions.save(Session(When(DAY + timedelta(days=days)), notes=notes))
        self._stepped(self.state | {saved.uid: ("session", notes, False)})

    @rule(note=st.text(max_size=8))
    def import_photo(self, note: str) -> None:
        self.number += 1
        body = f"photo {self.number}".encode() * 50
        staged = self.it.originals.stage(body, "jpeg")
        original = Original(staged.sha256, staged.stored_name, f"{self.number}.jpg", len(body), "jpeg", 1, 1)
        with self.it.step("photo"):
            saved = self.it.photos.save(Photo(original, When(DAY), note=note))
        self._stepped(self.state | {saved.uid: ("photo", note, False)})

    @rule(which=st.integers(0, 9), text=st.text(max_size=8))
    def change(self, which: int, text: str) -> None:
        if uid := self._one(which, trashed=False):
            field = {"question": "text", "session": "notes", "photo": "note"}[self.state[uid][0]]
            with self.it.step("change"):
                self.it.rows_of(self.state[uid][0]).save(replace(self._row(uid), **{field: text}))
            self._stepped(self.state | {uid: (self.state[uid][0], text, False)})

    @rule(which=st.integers(0, 9), back=st.booleans())
    def delete_or_restore(self, which: int, back: bool) -> None:
        if uid := self._one(which, trashed=back):
            rows = self.it.rows_of(self.state[uid][0])
            with self.it.step("delete"):
                (rows.restore if back else rows.trash)(self._row(uid).id)
            self._stepped(self.state | {uid: (*self.state[uid][:2], not back)})

    @rule(redo=st.booleans())
    def undo(self, redo: bool) -> None:
        source, target = (self.told.future, self.told.past) if redo else (self.told.past, self.told.future)
        done = self.it.history.redo() if redo else self.it.history.undo()
        assert (done is not None) == bool(source)
        if source:
            target.append(self.state)
            there = source.pop()
            # The import of a photo is undone by putting it into the trash: its file is kept.
            kept = {uid: (*one[:2], True) for uid, one in self.state.items() if one[0] == "photo" and uid not in there}
            self.state = there | kept

    @rule()
    def a_step_that_fails_changes_nothing(self) -> None:
        def write() -> None:
            self.it.questions.save(Question("never"))
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError), self.it.step("fails"):
            write()

    @rule(at=st.integers(0, 4))
    def a_photo_that_is_refused_leaves_nothing(self, at: int) -> None:
        names = self.it.originals.names()
        with pytest.MonkeyPatch.context() as patch:
            faulty = FaultyDisk(patch)

            def refuse(step: int, _name: str) -> None:
                if step == at:
                    raise OSError(28, os.strerror(28))

            faulty.before = refuse
            with pytest.raises(WorldError, match="disk is full"):
                self.it.originals.stage(b"never kept", "jpeg")
        assert disk.calls is os and self.it.originals.names() == names

    @rule()
    def empty_the_trash(self) -> None:
        items = self.it.trash.listing()
        self.it.trash.purge(items)
        if items:
            self.state = {uid: kept for uid, kept in self.state.items() if not kept[2]}
            self.told = Told([], [])

    # ---- the journal as a whole

    @rule(days=st.integers(0, 2))
    def close_and_open(self, days: int) -> None:
        self.it.close()
        self.clock += timedelta(days=days)
        self._open()

    @rule()
    def give_or_take_the_passphrase(self) -> None:
        self.it.close()
        if self.secret:
            encrypting.decrypt(self.folder, WORDS)
        else:
            encrypting.encrypt(self.folder, WORDS)
        self.secret = not self.secret
        self.backed_up = None  # of the other form: its restored journal would open otherwise
        self._open()

    @precondition(lambda self: self.secret)
    @rule()
    def change_all_keys(self) -> None:
        self.it.close()
        encrypting.change_keys(self.folder, WORDS)
        self._open()

    @rule()
    def back_up(self) -> None:
        self.clock += timedelta(seconds=1)
        assert not make_backup(self.it.backup_source(), self.root / "disk", self.clock).damaged
        self.backed_up = self.state

    @precondition(lambda self: self.backed_up is not None)
    @rule()
    def go_on_with_the_backup(self) -> None:
        self.it.close()
        self.number += 1
        new = self.root / f"{self.number}.needlejournal"
        assert not restore(self.root / "disk", new).damaged
        assert self.backed_up is not None
        self.folder, self.state = new, self.backed_up
        self._open()

    # ---- what is always so

    @invariant()
    def it_holds_what_the_dictionary_says(self) -> None:
        if not hasattr(self, "it"):
            return
        TRIED["steps of the whole store against a model"] += 1
        found: State = {}
        for kind, field in (("question", "text"), ("session", "notes"), ("photo", "note")):
            alive = {one.uid for one in self.it.rows_of(kind).all()}
            for one in with_trash(self.it.rows_of(kind)):
                found[one.uid] = (kind, getattr(one, field), one.uid not in alive)
        assert found == self.state
        for photo in with_trash(self.it.photos):
            self.it.photo_bytes(photo)

    def teardown(self) -> None:
        if hasattr(self, "it"):
            found = self.it.verify()
            assert (found.bad, found.missing, found.database, found.unreadable) == ((), (), "ok", ())
            self.it.close()
        self.place.cleanup()


def test_whatever_is_done_the_journal_holds_what_a_dictionary_says(
    thorough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    examples, steps = (300, 60) if thorough else (8, 30)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        WholeStore, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )
