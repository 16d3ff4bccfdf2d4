"""The sample journal that a newcomer looks around in."""

from __future__ import annotations

import errno
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.diary.clinic_cards import all_cards, open_cards
from needlejournal.journal.diary.days_after import Diary
from needlejournal.journal.errors import WorldError
from needlejournal.store import Journal, create_journal, open_journal
from needlejournal.workflows import sample as sample_workflow
from needlejournal.workflows.sample import make_sample
from tests.asked import undoable
from tests.store.faults import refuse

PHOTOS = sorted((paths.resources() / "sample" / "photos").glob("*.jpg"))


def now() -> datetime:
    return datetime(2025, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    journal = make_sample(tmp_path_factory.mktemp("sample") / "Sample.needlejournal", now=now)
    yield journal
    journal.close()


def test_it_holds_a_course_of_four_sessions_with_every_photo_and_a_diary(sample: Journal) -> None:
    counts = sample.counts()
    assert (counts.sessions, counts.photos) == (4, len(PHOTOS)) == (4, 26)
    assert counts.side_effects > 80
    assert len(sample.courses.all()) == 1
    assert sample.courses.all()[0].phone == "555 0142"


def test_its_photos_are_the_shipped_ones_byte_for_byte_with_their_place(sample: Journal) -> None:
    by_name = {photo.original.file_name: photo for photo in sample.photos.all()}
    for path in PHOTOS:
        assert sha256(sample.photo_bytes(by_name[path.name])).hexdigest() == sha256(path.read_bytes()).hexdigest()
    views = {photo.view for photo in by_name.values()}
    assert views == {"frontal", "oblique_left", "oblique_right", "close_up"}
    assert {photo.zone for photo in by_name.values() if photo.view == "close_up"} == {"cheek_inner_left"}
    assert all(photo.when.time and photo.when.offset_minutes for photo in by_name.values())


def test_every_photo_has_its_previews(sample: Journal) -> None:
    hashes = [photo.original.sha256 for photo in sample.photos.all()]
    assert all(sample.previews.get(sha256, kind) for sha256 in hashes for kind in ("thumbnail", "proxy"))


def test_every_key_in_it_is_one_the_catalogue_knows(sample: Journal) -> None:
    catalogue = load_catalogue(paths.resources())
    used = [catalogue.symptom(effect.symptom) for effect in sample.side_effects.all()]
    used += [catalogue.zone(effect.zone) for effect in sample.side_effects.all() if effect.zone]
    used += [catalogue.zone(needle.zone) for session in sample.sessions.all() for needle in session.needles]
    used += [catalogue.concern(rating.concern) for rating in sample.ratings.all() if rating.kind == "concern"]
    used += [catalogue.view(photo.view) for photo in sample.photos.all()]
    assert not [one.key for one in used if one.own]
    items = {item.key for item in catalogue.treatment("microneedling").aftercare}
    assert {tick.item for tick in sample.ticks.all()} <= items


def test_one_card_to_ring_the_clinic_is_open_and_one_was_put_aside(sample: Journal) -> None:
    catalogue = load_catalogue(paths.resources())
    diary = Diary(sample.side_effects.all(), sample.day_notes.all())
    cards = all_cards(diary, sample.sessions.calendar(), catalogue)
    left = open_cards(cards, sample.dismissals.all())
    assert [(card.rule, card.symptom) for card in left] == [("prolonged", "redness")]
    assert {(card.rule, card.symptom) for card in cards} - {("prolonged", "redness")} == {("rebound", "itching")}


def test_it_is_sound_and_writable_and_begins_with_nothing_to_undo(sample: Journal) -> None:
    assert sample.verify().sound
    assert not sample.read_only
    assert undoable(sample) is None


def test_it_can_be_closed_and_opened_again(tmp_path: Path) -> None:
    make_sample(tmp_path / "S.needlejournal").close()
    journal = open_journal(tmp_path / "S.needlejournal")
    assert journal.name == "Sample journal"
    journal.close()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(WorldError, match="not empty"):
        make_sample(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_a_full_disk_is_said_and_lets_go_of_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        refuse(patched, "rename", errno.ENOSPC)
        with pytest.raises(WorldError, match="disk is full"):
            make_sample(tmp_path / "S.needlejournal")
    make_sample(tmp_path / "S.needlejournal").close()


@pytest.mark.parametrize("there", [True, False])
def test_one_that_cannot_be_finished_leaves_the_place_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    folder = tmp_path / "S.needlejournal"
    if there:
        folder.mkdir()

    def full(*_given: object) -> None:
        raise WorldError("The disk is full.")

    monkeypatch.setattr(sample_workflow, "import_all", full)
    with pytest.raises(WorldError, match="disk is full"):
        make_sample(folder)
    assert folder.exists() == there and not any(folder.glob("*"))


def test_the_sample_is_made_once_and_a_stop_half_way_leaves_nothing_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_folder: Path) -> Journal:
        raise WorldError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(sample_workflow, "make_sample", stopped)
        with pytest.raises(WorldError):
            sample_workflow.sample_in(tmp_path, "Sample journal")
    assert list(tmp_path.iterdir()) == []
    folder = sample_workflow.sample_in(tmp_path, "Sample journal")
    assert [path.name for path in tmp_path.iterdir()] == ["Sample journal.needlejournal"]
    monkeypatch.setattr(sample_workflow, "make_sample", stopped)
    assert sample_workflow.sample_in(tmp_path, "Sample journal") == folder


def test_what_a_stop_left_behind_is_removed_and_a_link_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_workflow, "make_sample", create_journal)
    left = tmp_path / ".Sample journal-0123abcd.needlejournal"
    create_journal(left).close()
    mine = tmp_path / "Mine.needlejournal"
    create_journal(mine).close()
    link = tmp_path / ".Sample journal-89abcdef.needlejournal"
    link.symlink_to(mine)
    made = sample_workflow.sample_in(tmp_path, "Sample journal")
    assert made.is_dir() and not left.exists()
    assert link.is_symlink() and (mine / "journal.db").is_file()
