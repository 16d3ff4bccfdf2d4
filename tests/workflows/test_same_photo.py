"""An import hints at copies of a photo, in the journal or beside it, and never decides by them."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue
from needlejournal.store import Journal
from needlejournal.workflows.photos_in import same_photo
from needlejournal.workflows.photos_in.import_plan import ImportPlan
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.photos_in.same_photo import probably_same, with_likeness
from needlejournal.workflows.progress import Unattended

PHOTOS = paths.resources() / "sample" / "photos"
FRONTAL, LATER = PHOTOS / "2025-03-01_frontal.jpg", PHOTOS / "2025-04-19_frontal.jpg"


def copied(photo: Path, times: float = 0.5, moment: str = "") -> bytes:
    """A smaller, brighter copy without metadata, or with this moment."""
    picture = Image.open(photo).convert("RGB")
    picture = picture.resize((round(picture.width * times), round(picture.height * times)))
    exif = Image.Exif()
    if moment:
        exif.get_ifd(0x8769)[0x9003] = moment
    file = io.BytesIO()
    ImageEnhance.Brightness(picture).enhance(1.2).save(file, "JPEG", quality=60, exif=exif)
    return file.getvalue()


def compared(journal: Journal, catalogue: Catalogue, *sources: Path) -> ImportPlan:
    plan = look(journal, sources, catalogue)
    return with_likeness(plan, probably_same(journal, journal.photos.all(), plan.items))


def test_a_messengers_copy_of_a_photo_in_the_journal_is_hinted_at(
    journal: Journal, catalogue: Catalogue, folder: Path
) -> None:
    ((_, photo),) = import_all(journal, look(journal, [FRONTAL], catalogue)).saved
    (folder / "IMG-20250301-WA0001.jpg").write_bytes(copied(FRONTAL))
    (item,) = compared(journal, catalogue, folder).items
    assert item.like is not None
    assert item.like.photo_id == photo.id
    assert "which is in the journal" in str(item.like.words)
    assert item.wanted, "only a hint"


def test_of_two_that_are_brought_the_smaller_is_the_copy(journal: Journal, catalogue: Catalogue, folder: Path) -> None:
    (folder / "a small one.jpg").write_bytes(copied(FRONTAL, 0.4))
    (folder / "b large.jpg").write_bytes(FRONTAL.read_bytes())
    plan = compared(journal, catalogue, folder)
    likes = {item.name: item.like for item in plan.items}
    assert likes["b large.jpg"] is None
    assert likes["a small one.jpg"] is not None
    assert "“b large.jpg”" in str(likes["a small one.jpg"].words)
    (large,) = (item.key for item in plan.items if item.name == "b large.jpg")
    assert likes["a small one.jpg"].key == large
    assert plan.without({large}).items[0].like is None
    joined = ImportPlan((plan.items[0],)).joined(plan)
    assert {item.like.key for item in joined.items if item.like} <= {item.key for item in joined.items}


def test_photos_of_two_moments_are_no_copies(journal: Journal, catalogue: Catalogue, folder: Path) -> None:
    (folder / "one.jpg").write_bytes(copied(FRONTAL, 1, "2025:03:01 10:00:00"))
    (folder / "burst.jpg").write_bytes(copied(FRONTAL, 0.9, "2025:03:01 10:00:07"))
    (folder / "edited.jpg").write_bytes(copied(FRONTAL, 0.8, "2025:03:01 10:00:00"))
    likes = {item.name: item.like for item in compared(journal, catalogue, folder).items}
    assert likes["burst.jpg"] is None
    assert likes["edited.jpg"] is not None


def test_a_day_alone_tells_apart_too(journal: Journal, catalogue: Catalogue, folder: Path) -> None:
    plan = look(journal, [FRONTAL], catalogue)
    (item,) = plan.items
    import_all(journal, plan)
    (folder / "one.jpg").write_bytes(copied(FRONTAL))
    brought = look(journal, [folder], catalogue)
    assert item.when is not None
    for days, expected in ((0, 1), (1, 0)):
        day = datetime.combine(item.when.day, time()).fromordinal(item.when.day.toordinal() + days).date()
        dated = brought.with_day([0], day, journal.sessions.calendar())
        assert len(probably_same(journal, journal.photos.all(), dated.items)) == expected


def test_another_photo_of_the_series_is_none(journal: Journal, catalogue: Catalogue, folder: Path) -> None:
    import_all(journal, look(journal, [FRONTAL], catalogue))
    (folder / "later.jpg").write_bytes(copied(LATER))
    (item,) = compared(journal, catalogue, folder).items
    assert item.like is None


def test_it_reads_each_photo_once_and_stops_when_asked(
    journal: Journal, catalogue: Catalogue, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_all(journal, look(journal, [FRONTAL], catalogue))
    (folder / "one.jpg").write_bytes(copied(FRONTAL))
    plan = look(journal, [folder], catalogue)
    photos = journal.photos.all()

    class Stop(Unattended):
        cancelled = True

    assert probably_same(journal, photos, plan.items, Stop()) == {}
    assert len(probably_same(journal, photos, plan.items)) == 1
    monkeypatch.setattr(journal.previews, "get", None)  # what was read is kept
    assert len(probably_same(journal, photos, plan.items)) == 1


def test_a_photo_without_a_preview_tells_nothing(journal: Journal, catalogue: Catalogue, folder: Path) -> None:
    import_all(journal, look(journal, [FRONTAL], catalogue))
    (folder / "one.jpg").write_bytes(copied(FRONTAL))
    plan = look(journal, [folder], catalogue)
    photos = journal.photos.all()
    journal.previews.put(photos[0].original.sha256, {"thumbnail": b"no picture"})
    assert probably_same(journal, photos, plan.items) == {}
    journal.previews.forget(photos[0].original.sha256)
    assert probably_same(journal, photos, plan.items) == {}
    assert same_photo.TRAITS == "likeness"
