"""A phone's folder is understood: photos are found, and what belongs to them is set aside."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from needlejournal.journal.dating import DateSource
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.store import create_journal
from needlejournal.workflows.photos_in.import_plan import ImportItem, Pasted, Standing
from needlejournal.workflows.photos_in.scanning import KnownPhotos, scan
from needlejournal.workflows.photos_in.sidecars import takeout_moment
from needlejournal.workflows.photos_in.walking import find
from tests.workflows.pictures import jpeg

KNOWN = KnownPhotos({}, now=datetime(2025, 11, 2), zone=UTC)
TAKEN = json.dumps({"photoTakenTime": {"timestamp": "1740820339"}})  # 2025-03-01 09:12:19 UTC


def lay(folder: Path, *names: str) -> None:
    for name in names:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(name.encode())


def names(folder: Path) -> tuple[set[str], set[str]]:
    """The files found, and those set aside."""
    found = find([folder])
    return {source.name for source, _ in found.files}, {companion.path.name for companion in found.companions}


def test_a_phones_folder_is_its_photos_and_one_line_for_the_rest(folder: Path) -> None:
    lay(folder, "IMG_1.HEIC", "IMG_1.MOV", "IMG_1.AAE", "IMG_1.HEIC.json", "b.jpg", "b.xmp", "Thumbs.db")
    assert names(folder) == (
        {"IMG_1.HEIC", "b.jpg"},
        {"IMG_1.MOV", "IMG_1.AAE", "IMG_1.HEIC.json", "b.xmp", "Thumbs.db"},
    )
    assert [str(line) for line in scan([folder], KNOWN).about_companions] == ["5 companion files were left out."]


def test_a_film_of_its_own_is_said_to_be_one(folder: Path) -> None:
    (folder / "holiday.mov").write_bytes(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ")
    item = scan([folder], KNOWN).items[0]
    assert (item.standing, item.kind) == (Standing.UNREADABLE, "video")


def test_a_raw_beside_its_photo_is_a_line_of_its_own(folder: Path) -> None:
    lay(folder, "DSC_1.NEF", "DSC_1.JPG", "DSC_2.NEF")
    assert names(folder) == ({"DSC_1.JPG", "DSC_2.NEF"}, {"DSC_1.NEF"})
    assert [str(line) for line in scan([folder], KNOWN).about_companions] == [
        "1 raw file beside its photo was left out."
    ]


@pytest.mark.parametrize("name", ["@eaDir", "$RECYCLE.BIN", "#recycle", ".thumbnails", "@Recycle", "__MACOSX"])
def test_folders_of_the_system_are_passed_over(folder: Path, name: str) -> None:
    lay(folder, f"{name}/a.jpg", "b.jpg")
    assert names(folder) == ({"b.jpg"}, set())


def test_a_journal_among_the_photos_is_passed_over_and_one_that_is_brought_is_named(folder: Path) -> None:
    create_journal(folder / "Mine.needlejournal").close()
    create_journal(folder / "renamed").close()
    lay(folder, "b.jpg", "renamed/photos/aa/a.jpg", "Mine.needlejournal/photos/aa/a.jpg")
    assert names(folder) == ({"b.jpg"}, set())
    ((source, reason),) = find([folder / "renamed"]).files
    assert source == folder / "renamed"
    assert "is a journal" in str(reason)


def test_a_linked_folder_is_followed_once(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    lay(elsewhere, "far.jpg")
    try:
        (folder / "link").symlink_to(elsewhere, target_is_directory=True)
        (elsewhere / "round").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    lay(folder, "near.jpg")
    assert sorted(source.name for source, _ in find([folder]).files) == ["far.jpg", "near.jpg"]


def undated(folder: Path, name: str, number: int = 0) -> None:
    (folder / name).write_bytes(jpeg(number, taken="", offset=""))


def dated(item: ImportItem) -> list[tuple[When, DateSource]]:
    return [(one.when, one.source) for one in item.proposals]


@pytest.mark.parametrize(
    ("photo", "note"),
    [
        ("a.jpg", "a.jpg.json"),
        ("a.jpg", "a.json"),
        ("a.jpg", "A.JPG.supplemental-metadata.json"),
        ("a.jpg", "a.jpg.supplemental-me.json"),
        ("a(1).jpg", "a.jpg(1).json"),
        ("a(1).jpg", "a.jpg.supplemental-metadata(1).json"),
        ("a(1).jpg", "a.jpg.supplemental-me(1).json"),
        ("a-edited.jpg", "a.jpg.json"),
        ("a-edited.jpg", "a.HEIC.supplemental-metadata.json"),
        ("A-EDITED.JPG", "a.jpg.supplemental-metadata.json"),
        ("a-edited(1).jpg", "a.jpg(1).json"),
        ("a-bearbeitet.jpg", "a.jpg.supplemental-metad.json"),
        ("a-modifié.jpg", "a.jpg.json"),
        ("a-modifie\N{COMBINING ACUTE ACCENT}.jpg", "a.jpg.json"),
        ("a-editado.jpg", "a.jpg.json"),
        ("a-modificato.jpg", "a.jpg.json"),
        ("a-bewerkt.jpg", "a.jpg.json"),
        (f"{'b' * 44}-ed.jpg", f"{f'{chr(98) * 44}.jpg'[:46]}.json"),
        (f"{'b' * 47}.jpg", f"{'b' * 46}.json"),
        (f"{'long name ' * 5}.jpg", f"{f'{chr(0)}'.join(['long name '] * 5).replace(chr(0), '')[:46]}.json"),
    ],
)
def test_a_takeout_note_beside_the_photo_proposes_its_date(folder: Path, photo: str, note: str) -> None:
    undated(folder, photo)
    (folder / note).write_text(TAKEN)
    item = scan([folder], KNOWN).items[0]
    assert dated(item) == [(When(date(2025, 3, 1), time(9, 12, 19), 0), DateSource.SIDECAR)]


def test_a_photo_brought_by_itself_is_dated_by_the_note_beside_it(folder: Path) -> None:
    undated(folder, "a.jpg")
    (folder / "a.jpg.json").write_text(TAKEN)
    plan = scan([folder / "a.jpg", folder / "gone" / "b.jpg"], KNOWN)
    assert dated(plan.items[0]) == [(When(date(2025, 3, 1), time(9, 12, 19), 0), DateSource.SIDECAR)]
    assert plan.companions == ()


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("dating", ["IMG_7.jpg.json", "IMG_7.xmp", ""])
def test_a_copy_with_its_date_beside_it_dates_the_photo(folder: Path, dating: str, *, apart: bool) -> None:
    """Takeout holds a photo of an album twice, with a note beside only one of them."""
    album, year = folder / "Album", folder / "Photos from 2025"
    album.mkdir()
    year.mkdir()
    undated(album, "a.jpg")
    undated(year, "IMG_7.jpg" if dating else "IMG_20250301_091219.jpg")
    if dating:
        note = TAKEN if dating.endswith("json") else '<x exif:DateTimeOriginal="2025-03-01T09:12:19">'
        (year / dating).write_text(note)
    plan = scan([album], KNOWN).joined(scan([year], KNOWN)) if apart else scan([folder], KNOWN)
    counts, other = plan.items
    assert [(when.day, source) for when, source in dated(counts)] == [
        (date(2025, 3, 1), DateSource.SIDECAR if dating else DateSource.NAME)
    ]
    assert counts.name.startswith("IMG"), "the file whose date it is"
    assert (other.name, other.standing, other.same_as) == ("a.jpg", Standing.ALREADY, counts.key)
    accepted = plan.with_proposed([0, 1], SessionCalendar(()))
    assert [one.name for one in accepted.to_save] == [counts.name]


def test_the_dates_of_all_copies_are_proposed_most_trusted_first(folder: Path) -> None:
    """A name tells one date, the note beside a copy another; the camera's reset clock is asked about last."""
    for name in ("IMG_20250302_101112.jpg", "b.jpg", "c.jpg"):
        (folder / name).write_bytes(jpeg(taken="2019:01:01 00:00:31", offset=""))
    (folder / "c.jpg.json").write_text(TAKEN)
    items = scan([folder], KNOWN).items
    counts = next(item for item in items if item.wanted)
    assert [one.source for one in counts.proposals] == [DateSource.SIDECAR, DateSource.NAME, DateSource.CAMERA]
    assert counts.name == "c.jpg"


def test_an_old_date_of_the_camera_stays_the_first_that_is_proposed(folder: Path) -> None:
    for name in ("a.jpg", "IMG_20250302_101112.jpg"):
        (folder / name).write_bytes(jpeg(taken="2019:03:01 09:12:19", offset=""))
    sessions = SessionCalendar([SessionMark(5, When(date(2025, 3, 1)), "microneedling")])
    items = scan([folder], KnownPhotos({}, calendar=sessions, now=KNOWN.now)).items
    assert [[one.source for one in item.proposals] for item in items if item.wanted] == [
        [DateSource.CAMERA, DateSource.NAME]
    ]


def test_an_edited_copy_goes_by_its_own_note_before_that_of_its_original(folder: Path) -> None:
    undated(folder, "a-edited.jpg")
    (folder / "a.jpg.json").write_text(TAKEN)
    (folder / "a-edited.jpg.json").write_text(json.dumps({"photoTakenTime": {"timestamp": "1740906739"}}))
    assert [when.day for when, _ in dated(scan([folder], KNOWN).items[0])] == [date(2025, 3, 2)]


@pytest.mark.parametrize("photo", ["a-edit.jpg", "a-edited-by-me.jpg", f"{'b' * 40}-abcdef.jpg"])
def test_a_name_that_only_looks_like_an_edited_copy_takes_no_note(folder: Path, photo: str) -> None:
    undated(folder, photo)
    (folder / f"{photo.partition('-')[0]}.jpg.json").write_text(TAKEN)
    assert scan([folder], KNOWN).items[0].proposals == ()


def test_the_note_of_another_photo_is_not_taken(folder: Path) -> None:
    undated(folder, "a.jpg")
    (folder / "b.jpg.json").write_text(TAKEN)
    assert scan([folder], KNOWN).items[0].proposals == ()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"photoTakenTime": {"timestamp": "soon"}}', "[" * 100_000])
def test_other_notes_propose_nothing(text: str) -> None:
    assert takeout_moment(text.encode()) is None


def test_an_xmp_file_beside_the_photo_goes_before_its_name(folder: Path) -> None:
    undated(folder, "IMG_20240501_123322.jpg")
    (folder / "IMG_20240501_123322.xmp").write_text('<x exif:DateTimeOriginal="2024-05-01T12:33:22+02:00">')
    item = scan([folder], KNOWN).items[0]
    assert [one.source for one in item.proposals] == [DateSource.SIDECAR, DateSource.NAME]
    assert item.proposal == item.proposals[0]


def test_what_is_written_twice_in_a_picture_is_proposed_once(folder: Path) -> None:
    written = b'<x exif:DateTimeOriginal="2024-07-08T09:10:11" photoshop:DateCreated="2024-07-08T09:10:11">'
    notes = b"http://ns.adobe.com/xap/1.0/\0" + written
    picture = jpeg(taken="", offset="")
    (folder / "a.jpg").write_bytes(
        picture[:2] + b"\xff\xe1" + (len(notes) + 2).to_bytes(2, "big") + notes + picture[2:]
    )
    found = dated(scan([folder], KNOWN).items[0])
    assert found == [(When(date(2024, 7, 8), time(9, 10, 11)), DateSource.XMP)]


def test_a_pasted_picture_is_not_dated_by_the_name_we_gave_it() -> None:
    assert scan([Pasted("Pasted 2024-05-01.jpg", jpeg(taken="", offset=""))], KNOWN).items[0].proposals == ()


def test_a_date_years_before_the_first_session_is_asked_about(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(jpeg(taken="2019:03:01 09:12:19", offset=""))
    (folder / "b.jpg").write_bytes(jpeg(1, taken="2024:03:01 09:12:19", offset=""))
    sessions = SessionCalendar([SessionMark(5, When(date(2025, 3, 1)), "microneedling")])
    old, recent = scan([folder], KnownPhotos({}, calendar=sessions, now=KNOWN.now)).items
    assert (old.needs, dated(old)) == (("date",), [(When(date(2019, 3, 1), time(9, 12, 19)), DateSource.CAMERA)])
    assert recent.saves


def test_bursts_are_saved_in_the_order_taken(folder: Path) -> None:
    import piexif

    for name, part in (("c.jpg", b"10"), ("b.jpg", b"50"), ("a.jpg", b"90")):
        data = jpeg(int(part))
        exif = piexif.load(data)
        exif["Exif"][piexif.ExifIFD.SubSecTimeOriginal] = part
        target = folder / name
        target.write_bytes(data)
        piexif.insert(piexif.dump(exif), str(target))
    assert [item.name for item in scan([folder], KNOWN).to_save] == ["c.jpg", "b.jpg", "a.jpg"]


def test_a_photo_that_is_still_in_the_cloud_is_named(folder: Path) -> None:
    (folder / "b.jpg").write_bytes(jpeg(1))
    lay(folder, ".IMG_1.HEIC.icloud", ".notes.txt.icloud", ".hidden.jpg")
    for brought in ([folder], [folder / ".IMG_1.HEIC.icloud", folder / "b.jpg"]):
        told = {item.name: str(item.reason) for item in scan(brought, KNOWN).items if item.reason}
        assert told == {
            ".IMG_1.HEIC.icloud": "This photo is still in the cloud. Let your sync program download it first."
        }
    assert names(folder)[0] == {".IMG_1.HEIC.icloud", "b.jpg"}
