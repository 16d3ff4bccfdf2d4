"""Photos leaving the journal: saved as files, or dragged to a file manager."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.store import Journal, create_journal
from needlejournal.ui.destinations import Destination
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.models.thumbnails import thumbnails_of
from needlejournal.ui.photos import PhotosPage
from needlejournal.ui.photos.dragging import PREFIX, Dragging, sweep
from needlejournal.ui.photos.originals_sheet import OriginalsSheet
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.archives.originals_out import free_name, save_originals
from needlejournal.workflows.photos_in.importing import import_all, look
from tests.ui.conftest import ByHand

SAMPLE = Path(__file__).parents[3] / "resources" / "sample" / "photos"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """Two photos of one name, and one more."""
    made = create_journal(tmp_path / "Mine.needlejournal")
    catalogue = load_catalogue(paths.resources())
    for number, name in enumerate(sorted(path.name for path in SAMPLE.glob("*_frontal.jpg"))[:3]):
        folder = tmp_path / f"card {number}"
        folder.mkdir()
        (folder / ("IMG_1.JPG" if number < 2 else "other.jpg")).write_bytes((SAMPLE / name).read_bytes())
        import_all(made, look(made, [folder], catalogue))
    yield made
    made.close()


@pytest.fixture
def opened(journal: Journal, by_hand: ByHand, qtbot: QtBot) -> Iterator[OpenJournal]:
    made = OpenJournal(journal, load_catalogue(paths.resources()), Jobs(by_hand))
    yield made
    made.close()


@pytest.fixture
def page(opened: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> PhotosPage:
    made = PhotosPage(opened, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def press(inside: QWidget, words: str, qtbot: QtBot) -> None:
    button = next(b for b in inside.findChildren(QAbstractButton) if b.text() == words and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_originals_come_out_byte_for_byte_beside_what_is_there(journal: Journal, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "img_1.jpg").write_bytes(b"somebody else's")
    done = save_originals(journal, journal.photos.all(), out)
    assert {path.name for path in done.saved} == {"IMG_1 (2).JPG", "IMG_1 (3).JPG", "other.jpg"}
    assert [path.read_bytes() for path in done.saved] == [journal.photo_bytes(one) for one in journal.photos.all()]
    assert (out / "img_1.jpg").read_bytes() == b"somebody else's"


def test_scrubbed_copies_carry_nothing(journal: Journal, tmp_path: Path) -> None:
    done = save_originals(journal, journal.photos.all(), tmp_path, scrubbed=True)
    for path in done.saved:
        picture = Image.open(io.BytesIO(path.read_bytes()))
        assert path.suffix == ".jpg"
        assert not picture.getexif()


def test_names_that_are_one_name_to_some_systems_are_told_apart(journal: Journal, tmp_path: Path) -> None:
    first, second, third, *_ = journal.photos.all()
    named = [
        replace(photo, original=replace(photo.original, file_name=name))
        for photo, name in ((first, "caf\u00e9.jpg"), (second, "cafe\u0301.JPG"), (third, f"{'顔' * 120}.jpg"))
    ]
    done = save_originals(journal, named, tmp_path)
    assert [path.name for path in done.saved[:2]] == ["caf\u00e9.jpg", "cafe\u0301 (2).JPG"]
    assert (len(done.saved), done.failed) == (3, ())


def test_a_damaged_original_is_named_and_the_others_are_saved(journal: Journal, tmp_path: Path) -> None:
    first, *others = journal.photos.all()
    (journal.folder / "photos" / first.original.stored_name).write_bytes(b"harmed")
    done = save_originals(journal, [first, *others], tmp_path)
    assert len(done.saved) == len(others)
    assert [name for name, _ in done.failed] == [first.original.file_name]


@pytest.mark.parametrize("name", ["../../up.jpg", "con.jpg", "", "a:b*c?.jpg", ".hidden", "x" * 400 + ".jpg"])
def test_no_name_leads_elsewhere(journal: Journal, name: str, relabel: Callable[[str], str]) -> None:
    made = relabel(name)
    assert Path(made).name == made
    assert not made.startswith(".")
    assert len(made) <= 130
    assert not made.lower().startswith("con.")


@pytest.fixture
def relabel(journal: Journal) -> Callable[[str], str]:
    photo = journal.photos.all()[0]
    return lambda name: free_name(replace(photo, original=replace(photo.original, file_name=name)), ())


def test_chosen_photos_are_saved_from_the_page(
    page: PhotosPage, journal: Journal, by_hand: ByHand, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    page.show_photo(journal.photos.all()[0].id)
    press(page, "Save as files…", qtbot)
    sheet = page.findChild(OriginalsSheet)
    press(sheet, "Choose a folder…", qtbot)
    by_hand.run()
    assert sheet.isHidden()
    assert [path.read_bytes() for path in out.iterdir()] == [journal.photo_bytes(journal.photos.all()[0])]


def test_what_cannot_be_saved_is_said_in_the_sheet(
    page: PhotosPage, journal: Journal, by_hand: ByHand, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = journal.photos.all()[0]
    (journal.folder / "photos" / photo.original.stored_name).unlink()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.show_photo(photo.id)
    press(page, "Save as files…", qtbot)
    sheet = page.findChild(OriginalsSheet)
    assert sheet.findChild(QComboBox).count() == 2
    press(sheet, "Choose a folder…", qtbot)
    by_hand.run()
    assert sheet.isVisible()
    assert any(photo.original.file_name in label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def test_dragged_photos_are_files_until_the_journal_is_closed(
    opened: OpenJournal, journal: Journal, qtbot: QtBot
) -> None:
    dragging = Dragging(opened, thumbnails_of(opened), opened)
    mime = dragging.mime_of(journal.photos.all())
    assert mime is not None
    files = [Path(url.toLocalFile()) for url in mime.urls()]
    assert [file.read_bytes() for file in files] == [journal.photo_bytes(one) for one in journal.photos.all()]
    assert len({file.name for file in files}) == 3
    opened.close()
    assert not any(file.exists() for file in files)


def test_copies_that_a_crash_left_are_removed_and_nobody_elses(
    opened: OpenJournal, journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    left = tmp_path / "temporary" / f"{PREFIX}left"
    left.mkdir(parents=True)
    (left / "face.jpg").write_bytes(b"a face")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "temporary" / f"{PREFIX}link").symlink_to(elsewhere)
    (tmp_path / "temporary" / "other").mkdir()
    first = Dragging(opened, thumbnails_of(opened), opened)
    assert not left.exists()
    mime = first.mime_of(journal.photos.all())
    assert mime is not None
    Dragging(opened, thumbnails_of(opened), opened)  # as another window would look
    assert all(Path(url.toLocalFile()).exists() for url in mime.urls())
    assert elsewhere.exists()
    assert (tmp_path / "temporary" / "other").exists()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    sweep()


def test_an_encrypted_journal_lets_nothing_plain_be_dragged(
    opened: OpenJournal, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    opened.said.connect(lambda saying: said.append(saying.sentence))
    monkeypatch.setattr(type(journal), "encrypted", True)
    assert Dragging(opened, thumbnails_of(opened), opened).mime_of(journal.photos.all()) is None
    assert "encrypted" in said[0]
