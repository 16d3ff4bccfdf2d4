"""Rows of photographs: what is known and declared of each, by day, view and hash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from needlejournal.journal.moments import by_instants
from needlejournal.journal.photos import Camera, Declared, Original, Photo, PhotoMark
from needlejournal.store.database import Row
from needlejournal.store.rows import Rows, Table, from_list, rows_in_order, to_list, understood, when_columns, when_from

_COLUMNS = (
    "day", "time", "offset_minutes", "sha256", "stored_name", "file_name", "size", "format", "width", "height",
    "view", "zone", "session_id", "mirrored", "make_up", "moisturiser", "expression", "light",
    "camera_make", "camera_model", "lens", "focal_mm", "focal_35mm", "software", "note", "tags", "colour",
    "damage", "date_source",
)  # fmt: skip
_BY_TIME = "day, time, id"


def _flag(value: bool | None) -> int | None:  # noqa: FBT001 (a stored value, not a switch)
    return None if value is None else int(value)


def _unflag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _to_row(photo: Photo) -> tuple[object, ...]:
    original, declared, camera = photo.original, photo.declared, photo.camera
    return (
        *when_columns(photo.when),
        original.sha256, original.stored_name, original.file_name, original.size, original.format,
        original.width, original.height,
        photo.view, photo.zone, photo.session_id, int(photo.mirrored),
        _flag(declared.make_up), _flag(declared.moisturiser), declared.expression, declared.light,
        camera.make, camera.model, camera.lens, camera.focal_mm, camera.focal_35mm, camera.software,
        photo.note, to_list(photo.tags), photo.colour,
        photo.damage, photo.date_source,
    )  # fmt: skip


def _from_row(row_id: int, uid: str, row: Row) -> Photo:
    view, zone, session_id, mirrored = row[10:14]
    return Photo(
        original=Original(*row[3:10]),
        when=when_from(*row[:3]),
        view=view,
        zone=zone,
        session_id=session_id,
        mirrored=bool(mirrored),
        declared=Declared(_unflag(row[14]), _unflag(row[15]), row[16], row[17]),
        camera=Camera(*row[18:24]),
        note=row[24],
        tags=from_list(row[25]),
        colour=row[26],
        damage=row[27],
        date_source=row[28],
        id=row_id,
        uid=uid,
    )


PHOTOS = Table("photo", _COLUMNS, _to_row, _from_row)


class PhotoRows(Rows[Photo]):
    """The photographs of a journal."""

    def by_hash(self, sha256: str) -> Photo | None:
        """The photo with these bytes, also when it is in the trash."""
        found = self._where("sha256 = ?", (sha256,), trashed=True)
        return found[0] if found else None

    def known_hashes(self) -> dict[str, int]:
        """Ids by hash of every photo, the trash included."""
        return dict(self.database.rows("SELECT sha256, id FROM photo"))

    def stored_names(self) -> dict[str, str]:
        """Where each original lies, by hash, the trash included."""
        return dict(self.database.rows("SELECT sha256, stored_name FROM photo"))

    def ids(self) -> list[int]:
        """The ids of all photos, oldest first as far as days and clocks tell."""
        rows = self.database.rows("SELECT id FROM photo WHERE deleted_utc IS NULL ORDER BY day, time, id")
        return [row[0] for row in rows]

    def trashed_ids(self) -> frozenset[int]:
        """The ids of all photos in the trash."""
        return frozenset(row[0] for row in self.database.rows("SELECT id FROM photo WHERE deleted_utc IS NOT NULL"))

    def in_trash(self, row_id: int) -> bool:
        """Whether this photo is in the trash."""
        return self.database.value("SELECT deleted_utc FROM photo WHERE id = ?", (row_id,)) is not None

    def of_day(self, day: date) -> list[Photo]:
        """Photos taken on a day, in order."""
        return _in_order(self._where("day = ?", (day.isoformat(),), order=_BY_TIME))

    def of_view(self, view: str, zone: str = "") -> list[Photo]:
        """A series: the photos of one view and zone, oldest first."""
        return _in_order(self._where("view = ? AND zone = ?", (view, zone), order=_BY_TIME))

    def views(self) -> list[tuple[str, str, int]]:
        """Each view and zone of which there are photos, and how many (also those that cannot be read), most first."""
        rows = self.database.rows(
            "SELECT view, zone, count(*) FROM photo WHERE deleted_utc IS NULL GROUP BY view, zone "
            "ORDER BY count(*) DESC, min(day), min(id)"
        )
        return [(view, zone, count) for view, zone, count in rows]

    def first_of_view(self, view: str, zone: str = "") -> Photo | None:
        """The first photo of a series that makes sense, without reading the others."""
        first = "SELECT min(day) FROM photo WHERE view = ? AND zone = ? AND deleted_utc IS NULL"
        day = self.database.value(first, (view, zone))
        found = _in_order(self._where("view = ? AND zone = ? AND day = ?", (view, zone, day), order=_BY_TIME))
        return next(iter(found or self.of_view(view, zone)), None)

    def all(self) -> list[Photo]:
        """Every photo, oldest first."""
        return _in_order(self._where(order=_BY_TIME))

    def marks(self) -> list[PhotoMark]:
        """When each photo of a decided view was taken: what a plan needs, without reading whole rows."""
        rows = self.database.rows(
            "SELECT day, time, offset_minutes, view FROM photo WHERE deleted_utc IS NULL AND view <> ''"
        )
        return understood(rows, lambda row: PhotoMark(when_from(*row[:3]), row[3]))

    def places(self) -> list[tuple[int, date, str, str]]:
        """Every photo's id, day, view and zone, oldest first: a contact sheet's order without reading the rest."""
        rows = self.database.rows(
            "SELECT id, day, time, offset_minutes, view, zone FROM photo WHERE deleted_utc IS NULL "
            "ORDER BY day, time, id"
        )
        return understood(rows_in_order(rows, 1), lambda row: (row[0], when_from(*row[1:4]).day, row[4], row[5]))

    def of_sessions(self, ids: Iterable[int]) -> list[Photo]:
        """Photos taken for these sessions, in order."""
        found = self._where(
            "session_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))",
            (to_list(str(row_id) for row_id in ids),),
            order=_BY_TIME,
        )
        return _in_order(found)

    def without_session(self, days: Iterable[date]) -> list[Photo]:
        """Photos of these days that were taken for no session, or for one in the trash; in order."""
        loose = (
            "day IN (SELECT value FROM json_each(?)) AND (session_id IS NULL OR NOT EXISTS "
            "(SELECT 1 FROM session AS s WHERE s.id = photo.session_id AND s.deleted_utc IS NULL))"
        )
        return _in_order(self._where(loose, (to_list(day.isoformat() for day in days),), order=_BY_TIME))


def _in_order(photos: list[Photo]) -> list[Photo]:
    return by_instants(photos, lambda photo: photo.when)
