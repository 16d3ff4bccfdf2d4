"""Diaries of RedNotebook and Day One: texts and photos come in, twice changes nothing, and garbage is refused."""

from __future__ import annotations

import errno
import hashlib
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import WorldError
from needlejournal.store import Cancelled, Journal
from needlejournal.workflows.archives.foreign_diaries import DiaryTakenIn, foreign_entries, take_diary
from needlejournal.workflows.archives.zip_reading import CheckedZip
from tests.workflows.pictures import jpeg

MONTH = """\
1:
  text: |-
    Skin calm today, **no** redness.
    [""{picture}"".jpg?200] and [""file:///nowhere/at/all"".png]
8: {{text: 'Grüße 雪', Cream: {{Hyaluronic: null, Panthenol: null}}}}
9: {{text: ''}}
"""


def rednotebook(folder: Path, month: str = MONTH) -> Path:
    folder.mkdir()
    (folder / "day1.jpg").write_bytes(jpeg(3, taken=""))
    (folder / "2024-03.txt").write_text(month.format(picture=folder / "day1"), encoding="utf-8")
    (folder / "notes.md").write_text("something else")
    return folder


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"data/{path.name}")
    return target


def day_one(target: Path, *entries: Any, photos: tuple[bytes, ...] = ()) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("Journal.json", json.dumps({"metadata": {"version": "1.0"}, "entries": list(entries)}))
        for photo in photos:
            archive.writestr(f"photos/{hashlib.md5(photo).hexdigest()}.jpeg", photo)
    return target


def entry(**known: Any) -> dict[str, Any]:
    return {"creationDate": "2024-03-07T23:30:00Z", "timeZone": "Europe\\/Berlin", "text": "Hello\\.", **known}


def take(journal: Journal, source: Path, catalogue: Catalogue) -> DiaryTakenIn:
    with foreign_entries(source) as entries:
        return take_diary(journal, entries, catalogue)


def notes(journal: Journal) -> dict[date, DayNote]:
    return {note.day: note for note in journal.day_notes.all()}


@pytest.mark.parametrize("packed", [False, True])
def test_rednotebook_comes_in_with_pictures_and_categories(
    journal: Journal, catalogue: Catalogue, tmp_path: Path, packed: bool
) -> None:
    source = rednotebook(tmp_path / "data")
    source = zipped(source, tmp_path / "red.zip") if packed else source
    assert take(journal, source, catalogue) == DiaryTakenIn(2, 1)
    found = notes(journal)
    assert found[date(2024, 3, 1)].text == "Skin calm today, **no** redness.\n and"
    assert found[date(2024, 3, 8)].text == "Grüße 雪\nCream: Hyaluronic\nCream: Panthenol"
    photo = journal.photos.all()[0]
    assert photo.when.day == date(2024, 3, 1) and journal.photo_bytes(photo) == jpeg(3, taken="")
    assert take(journal, source, catalogue) == DiaryTakenIn(0, 0)
    if packed:
        with CheckedZip(source) as archive, foreign_entries(source, archive) as entries:
            assert len(entries) == 2


def test_what_the_day_says_already_stays_above(journal: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    with journal.step("Mine"):
        journal.day_notes.save(DayNote(date(2024, 3, 8), "Mine.", tags=("a",)))
    take(journal, rednotebook(tmp_path / "data"), catalogue)
    assert notes(journal)[date(2024, 3, 8)].text.startswith("Mine.\n\nGrüße")
    journal.history.undo()
    assert notes(journal)[date(2024, 3, 8)].text == "Mine."


def test_day_one_comes_in_on_the_day_the_person_lived(
    journal: Journal, catalogue: Catalogue, tmp_path: Path
) -> None:  # fmt: skip
    photo = jpeg(5, taken="")
    told = {"md5": hashlib.md5(photo).hexdigest(), "type": "jpeg", "identifier": "X"}
    first = entry(
        text="Red\\.\n![](dayone-moment://X)", photos=[told, {"md5": "0" * 32, "type": "jpeg"}, 3], tags=["face"]
    )
    second = entry(creationDate="2024-03-09T10:00:00Z", text="", photos=[])
    broken = b"\xff\xd8 no picture"
    third = entry(
        creationDate="2024-03-10T10:00:00Z", photos=[{"md5": hashlib.md5(broken).hexdigest(), "type": "jpeg"}]
    )
    source = day_one(tmp_path / "one.zip", first, second, third, photos=(photo, broken))
    came = take(journal, source, catalogue)
    assert (came.notes, came.photos, came.unreadable[:2]) == (2, 1, ("000000000000.jpeg", "?"))
    assert len(came.unreadable) == 3
    assert notes(journal)[date(2024, 3, 8)] == DayNote(
        date(2024, 3, 8), "Red.", tags=("face",), id=notes(journal)[date(2024, 3, 8)].id
    )  # fmt: skip
    assert journal.photos.all()[0].when.day == date(2024, 3, 8)
    assert str(journal.photos.all()[0].when.time) == "00:30:00"
    again = take(journal, source, catalogue)
    assert (again.notes, again.photos) == (0, 0)


BAD_MONTHS = [
    "[1, 2]", "1: text", "32: {text: a}", "x: {text: a}", "a: &a [1]\nb: *a", "{", "!!python/object:os.system {}",
    "1: {text: a}\n" + "[" * 5000, "? [1]\n: {text: a}",
]  # fmt: skip


@pytest.mark.parametrize("month", BAD_MONTHS)
def test_garbage_in_a_month_is_refused_whole(
    journal: Journal, catalogue: Catalogue, tmp_path: Path, month: str
) -> None:  # fmt: skip
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "2024-02.txt").write_text("1: {text: fine}")
    (folder / "2024-03.txt").write_text(month)
    with pytest.raises(WorldError, match="Nothing was imported"):
        take(journal, folder, catalogue)
    assert not notes(journal)


@pytest.mark.parametrize(
    "bad",
    [
        3, entry(creationDate="yesterday"), entry(creationDate="0001-01-01T00:00:00Z"), entry(timeZone="Nowhere/City"),
        entry(text=4), entry(tags="x"), entry(photos="x"), {"text": "no date"},
    ],
)  # fmt: skip
def test_garbage_in_day_one_is_refused_whole(
    journal: Journal, catalogue: Catalogue, tmp_path: Path, bad: Any
) -> None:  # fmt: skip
    with pytest.raises(WorldError, match="Nothing was imported"):
        take(journal, day_one(tmp_path / "one.zip", entry(), bad), catalogue)
    assert not notes(journal)


def test_half_a_pair_of_utf_16_never_stops_a_diary(journal: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    take(journal, day_one(tmp_path / "one.zip", entry(text="a\ud800b \U0001f600", tags=["\udfff"])), catalogue)
    month = '7: {{text: "c\\ud83dd [\\"\\"/gone\\ud800\\"\\".jpg]", Mood: {{"\\udc00": null}}}}'
    take(journal, rednotebook(tmp_path / "data", month), catalogue)
    told = " ".join(note.text for note in notes(journal).values())
    assert "a\ufffdb \U0001f600" in told and "c\ufffdd" in told and "Mood: \ufffd" in told


@pytest.mark.parametrize("contents", ['{"entries": {}}', '{"entries"', '["entries", 2]'])
def test_other_json_is_no_diary(journal: Journal, catalogue: Catalogue, tmp_path: Path, contents: str) -> None:
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("Journal.json", contents)
    if contents.startswith("["):
        assert take(journal, tmp_path / "one.zip", catalogue) == DiaryTakenIn(0, 0)
    else:
        with pytest.raises(WorldError):
            take(journal, tmp_path / "one.zip", catalogue)


def test_a_picture_that_cannot_be_read_is_named(journal: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    source = rednotebook(tmp_path / "data")
    with foreign_entries(source) as entries:
        (source / "day1.jpg").unlink()
        assert take_diary(journal, entries, catalogue).unreadable == ("day1.jpg",)


def test_something_else_is_said(journal: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(WorldError, match="No diary that can be read"):
        take(journal, tmp_path / "folder", catalogue)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", "b")
    with pytest.raises(WorldError, match="nor a diary of RedNotebook"):
        take(journal, tmp_path / "x.zip", catalogue)


def test_an_empty_month_and_a_huge_one(
    journal: Journal, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from needlejournal.workflows.foreign import rednotebook as module

    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "2024-03.txt").write_text("")
    assert take(journal, folder, catalogue) == DiaryTakenIn(0, 0)
    monkeypatch.setattr(module, "LARGEST_MONTH", 5)
    (folder / "2024-03.txt").write_text("1: {text: long enough}")
    with pytest.raises(WorldError):
        take(journal, folder, catalogue)
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
    with pytest.raises(WorldError, match="cannot be read"):
        take(journal, folder, catalogue)


def test_it_can_be_stopped(journal: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    class Stopped:
        cancelled = True

        def report(self, progress: object, /) -> None: ...

    with foreign_entries(rednotebook(tmp_path / "data")) as entries, pytest.raises(Cancelled):
        take_diary(journal, entries, catalogue, Stopped())


def test_rows_that_cannot_be_written_leave_no_photo_behind(
    journal: Journal, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = rednotebook(tmp_path / "data")

    def full(*_: object) -> None:
        raise WorldError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(type(journal.day_notes), "save", full)
        with pytest.raises(WorldError, match="full"):
            take(journal, source, catalogue)
    assert journal.originals.names() == set()
    assert take(journal, source, catalogue) == DiaryTakenIn(2, 1)


def test_the_same_picture_in_two_entries_comes_in_once(journal: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    photo = jpeg(5, taken="")
    told = {"md5": hashlib.md5(photo).hexdigest(), "type": "jpeg", "identifier": "X"}
    source = day_one(tmp_path / "one.zip", entry(photos=[told]), entry(text="More.", photos=[told]), photos=(photo,))
    assert take(journal, source, catalogue).photos == 1
    assert journal.verify().sound


def test_a_journal_for_viewing_only_takes_no_diary(
    journal: Journal, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = rednotebook(tmp_path / "data")
    monkeypatch.setattr(type(journal), "read_only", True)
    with pytest.raises(WorldError):
        take(journal, source, catalogue)
    assert journal.originals.names() == set()


def test_names_no_system_takes_and_folders_that_cannot_be_read(
    journal: Journal, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = rednotebook(tmp_path / "data", f"""1:\n  text: '[""{"a" * 900}"".jpg] Calm.'\n""")
    assert take(journal, source, catalogue).notes == 1

    def refuse(_path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(WorldError, match="“data” cannot be read"), foreign_entries(source):
        pass
