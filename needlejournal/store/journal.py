"""An open journal: one folder, one database, one lock, and the parts that read and write it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from needlejournal.journal.errors import BadInput, NotAllowed, WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message
from needlejournal.journal.photos import Photo
from needlejournal.store import folder as parts
from needlejournal.store import seal
from needlejournal.store.backup import BackupSource
from needlejournal.store.checking import Checkup, Verified
from needlejournal.store.conflicts import OtherVersion
from needlejournal.store.database import Damaged, Database
from needlejournal.store.days import DAY_NOTES, SIDE_EFFECTS, DayNoteRows, SideEffectRows
from needlejournal.store.history import History, Step
from needlejournal.store.keys import Keyring, fitting_key
from needlejournal.store.migrations import NEWEST, migrate, version
from needlejournal.store.originals import Originals
from needlejournal.store.pairs import ALIGNMENTS, OVERRIDES, SPOT_PLACES, SPOTS, AlignmentRows
from needlejournal.store.photos import PHOTOS, PhotoRows
from needlejournal.store.plans import (
    BLIND_ANSWERS,
    COURSES,
    DISMISSALS,
    QUESTIONS,
    RATINGS,
    TICKS,
    CourseRows,
    QuestionRows,
    RatingRows,
    Reminders,
    TickRows,
)
from needlejournal.store.previews import Previews
from needlejournal.store.remembered import Remembered
from needlejournal.store.rows import Rows, go_on_counting
from needlejournal.store.schema_check import Fit, fit_of
from needlejournal.store.sessions import SESSIONS, SessionRows
from needlejournal.store.snapshots import DAILY, Snapshots
from needlejournal.store.timeline import Timeline
from needlejournal.store.trash import Trash

if TYPE_CHECKING:  # loaded when they are wanted: the start needs none of them
    from needlejournal.store.merging import Merged
    from needlejournal.store.records import Records

Clock = Callable[[], datetime]
DAYS_WRITTEN = """
    SELECT count(*) FROM (
        SELECT day FROM day_note WHERE deleted_utc IS NULL UNION SELECT day FROM side_effect WHERE deleted_utc IS NULL
    )
"""


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


@frozen
class Counts:
    """How much is in a journal, without the trash; `bytes` is the size of all originals."""

    sessions: int
    photos: int
    day_notes: int
    side_effects: int
    bytes: int
    schema: int


class Journal:
    """A journal that is open. `why_read_only` is the sentence to show when it is for viewing only, else ""."""

    def __init__(
        self,
        folder: Path,
        lock: parts.FolderLock | None,
        *,
        why_read_only: str,
        now: Clock,
        keyring: Keyring | None = None,
        database: str = parts.DATABASE,
    ) -> None:
        self.folder, self.why_read_only = folder, why_read_only
        self.notices: tuple[Message, ...] = ()
        self.other_versions: tuple[OtherVersion, ...] = ()
        self.orphans: tuple[str, ...] = ()  # files of photos/ in no row, as far as opening had reason to look
        self._lock, self._closed = lock, False
        self.keyring = keyring
        path = folder / database
        self._key = fitting_key(path, keyring)
        self._database = Database(path, read_only=bool(why_read_only), key=self._key)
        try:
            self._prepare(now)
        except BaseException:
            self._database.close()
            raise

    def _prepare(self, now: Clock) -> None:
        self.now = now
        self.snapshots = Snapshots(self.folder)
        found = version(self._database)
        if found > NEWEST and not self.read_only:
            raise Newer
        if found <= NEWEST:
            _check_schema(fit_of(self._database, found), read_only=self.read_only)
        if self.read_only and found < NEWEST:
            self._database = self._database.in_memory()
        if not self.read_only or found < NEWEST:
            self._guard_seal()
            migrate(self._database, (lambda _number: None) if self.read_only else self._keep_version)
        self.originals = Originals(self.folder, self.keyring.identities if self.keyring else ())
        self.previews = Previews(self.folder / parts.PREVIEWS, read_only=self.read_only, key=self._key)
        self.history = History(self._database, now)
        self._make_rows(now)

    def _guard_seal(self) -> None:
        """Before anything is changed, the seal goes."""
        self._written = False

        def begin() -> None:
            self._written = True
            try:
                seal.break_open(self.folder)
            except OSError as error:
                raise parts.as_world_error(error, message("Nothing was changed")) from error

        if not self.read_only:
            self._database.before_first_write = begin

    def _keep_version(self, number: int) -> None:
        try:
            self.snapshots.take(self._database, self.now(), f"version-{number}")
        except OSError as error:
            raise parts.as_world_error(
                error, message("The journal could not be updated for this version of the app, and is as it was")
            ) from error

    def _make_rows(self, now: Clock) -> None:
        database = self._database
        self.sessions = SessionRows(database, SESSIONS, now)
        self.photos = PhotoRows(database, PHOTOS, now)
        self.day_notes = DayNoteRows(database, DAY_NOTES, now)
        self.side_effects = SideEffectRows(database, SIDE_EFFECTS, now)
        self.courses = CourseRows(database, COURSES, now)
        self.ticks = TickRows(database, TICKS, now)
        self.dismissals = Rows(database, DISMISSALS, now)
        self.ratings = RatingRows(database, RATINGS, now)
        self.blind_answers = Rows(database, BLIND_ANSWERS, now)
        self.alignments = AlignmentRows(database, ALIGNMENTS, now)
        self.spots = Rows(database, SPOTS, now)
        self.spot_places = Rows(database, SPOT_PLACES, now)
        self.overrides = Rows(database, OVERRIDES, now)
        self.questions = QuestionRows(database, QUESTIONS, now)
        self.reminders = Reminders(database)
        self.remembered = Remembered(database)
        kept: tuple[Rows[Any], ...] = (
            self.sessions, self.photos, self.day_notes, self.side_effects, self.courses, self.ratings, self.spots,
            self.questions,
            self.ticks, self.dismissals, self.blind_answers, self.alignments, self.spot_places, self.overrides,
        )  # fmt: skip
        self._by_kind = {rows.table.name: rows for rows in kept}
        self.checkup = Checkup(self.folder, database, self.originals, self._by_kind)
        self.timeline = Timeline(database, self.sessions, self.photos, self.day_notes, self.side_effects)
        self.trash = Trash(database, self.history, self.originals, self.previews, self.snapshots, now)

    @property
    def read_only(self) -> bool:
        """Whether it is open for viewing only."""
        return bool(self.why_read_only)

    @property
    def encrypted(self) -> bool:
        """Whether nothing of it can be read without its keys."""
        return self._key is not None

    @property
    def name(self) -> str:
        """The journal's name as the patient gave it."""
        return self._database.value("SELECT value FROM meta WHERE key = 'name'") or self.folder.stem

    @property
    def created(self) -> datetime | None:
        """When the journal was made, in UTC, or None where that is not known."""
        with suppress(ValueError, TypeError):
            return datetime.fromisoformat(
                self._database.value("SELECT value FROM meta WHERE key = 'created_utc'")
            ).astimezone(UTC)
        return None

    def rename(self, name: str) -> None:
        """Call the journal something else; its folder keeps its name. Raises BadInput for no name."""
        if not name.strip():
            raise BadInput(message("A journal needs a name."))
        with self._database.transaction():
            self._database.run("INSERT OR REPLACE INTO meta VALUES ('name', ?)", (name.strip(),))

    def rows_of(self, kind: str) -> Rows[Any]:
        """The rows of a kind of thing as the trash and changes name it: "session", "photo", …"""
        return self._by_kind[kind]

    def let_go_of_unreadable(self) -> None:
        """Delete what a rescue copied and nobody could ever show: rows that are no value of their kind."""
        with self._database.transaction():
            for rows in self._by_kind.values():
                rows.let_go_of_unreadable()
        self.history.forget()

    def go_on_counting(self) -> None:
        """Let the order of writing go on where its counter was lost. Raises DatabaseError."""
        go_on_counting(self._database, self._by_kind)

    def days_written(self) -> int:
        """On how many days there is a note or a side effect, without the trash."""
        return int(self._database.value(DAYS_WRITTEN))

    def step(self, label: str, merge: str | None = None) -> AbstractContextManager[Step]:
        """Write: one transaction, one step of undo. Raises NotAllowed when open for viewing only."""
        if self.read_only:
            raise NotAllowed(self.why_read_only)
        return self.history.step(label, merge)

    def photo_bytes(self, photo: Photo) -> bytes:
        """The original of a photo, proven to be what was saved: nothing else is shown, measured or handed on as it.

        May be called from a worker. Raises WorldError when it is not, or is gone.
        """
        contents = self.originals.read(photo.original.stored_name)
        if hashlib.sha256(contents).hexdigest() != photo.original.sha256:
            raise WorldError(message("The original of “{name}” is damaged.", name=photo.original.file_name))
        return contents

    def records(self) -> Records:
        """Everything that was written down, without the trash, for another program to read."""
        from needlejournal.store.records import records_of

        return records_of(self._database)

    def take_in(self, records: Records, stored_names: Mapping[str, str]) -> Merged:
        """Add records of another journal, inside a step; `stored_names` by hash are the originals of new photos.

        Raises BadInput for what makes no sense; the step must then be left by that exception.
        """
        from needlejournal.store.merging import Merging

        return Merging(self._database, self._by_kind, stored_names).take_in(records)

    def backup_source(self) -> BackupSource:
        """What a backup needs; it may run in a worker while the journal is written to."""
        uid = self._database.value("SELECT value FROM meta WHERE key = 'uid'") or ""
        return BackupSource(self.folder, self._key, self.originals, uid)

    def counts(self) -> Counts:
        """How much there is."""
        size = self._database.value("SELECT CAST(total(size) AS INTEGER) FROM photo WHERE deleted_utc IS NULL")
        return Counts(
            sessions=self.sessions.count(),
            photos=self.photos.count(),
            day_notes=self.day_notes.count(),
            side_effects=self.side_effects.count(),
            bytes=size,
            schema=version(self._database),
        )

    def draft(self, key: str) -> Any:
        """Something kept for later (JSON), or None."""
        body = self._database.value("SELECT body FROM draft WHERE key = ?", (key,))
        with suppress(ValueError):
            return None if body is None else json.loads(body)
        return None

    def keep_draft(self, key: str, body: object) -> None:
        """Keep something for later; None drops it. Drafts are no steps of undo."""
        self.keep_drafts({key: body})

    def keep_drafts(self, bodies: Mapping[str, object]) -> None:
        """Keep all of these for later, by their keys, or none of them."""
        with self._database.transaction():
            for key, body in bodies.items():
                self._database.run("DELETE FROM draft WHERE key = ?", (key,))
                if body is not None:
                    values = (key, json.dumps(body, ensure_ascii=False), self.now().isoformat())
                    self._database.run("INSERT INTO draft VALUES (?, ?, ?)", values)

    def verify(
        self,
        step: Callable[[int, int], None] = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Verified:
        """Hash every original again and check the database. Reads everything: run it in a worker when large.

        `step` hears done and total. Raises Cancelled when `cancelled` says so.
        """
        return self.checkup.verify(step, cancelled)

    def take_daily_snapshot(self) -> None:
        """Keep a copy of the database, once on each day after the first. Raises OSError, DatabaseError."""
        now, created = self.now(), self.created
        if created and created.date() != now.date() and self.snapshots.is_due(now.date()):
            self.snapshots.take(self._database, now, DAILY)

    def close_unsealed(self) -> None:
        """Close the files of a database that is not to be sealed, and keep the lock: it is opened again for viewing."""
        self.previews.close()
        self._database.close()

    def close(self) -> None:
        """Close everything, seal the database and let go of the lock; closing twice is allowed."""
        if self._closed:
            return
        self._closed = True
        if not self.read_only:
            with suppress(WorldError):
                self.trash.drop_stray_previews()
        self.close_unsealed()
        if not (self.read_only or self.encrypted) and self.originals.home.is_there:
            seal.close_with(self.folder, changed=self._written)
        if self._lock:
            self._lock.write_note(b"")
            self._lock.release()


class Newer(Exception):
    """The journal was written by a newer version."""


class Foreign(Exception):
    """Something is defined in the database that no version of ours defines."""


def _check_schema(fit: Fit, *, read_only: bool) -> None:
    if fit is Fit.LESS:
        raise Damaged(
            message(
                "A part of the journal's database is missing or was altered. Nothing was changed; make a copy of what "
                "can be read."
            )
        )
    if fit is Fit.MORE and not read_only:
        raise Foreign
