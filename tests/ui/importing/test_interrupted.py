"""The window offers what an interrupted import left, and takes pasted pictures to the import sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.store import Journal
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.drop_zone import may_be_photos
from needlejournal.ui.widgets.frame.notices import Banner
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.photos_in import import_draft
from needlejournal.workflows.photos_in.importing import look
from tests.ui.importing.conftest import ByHand, now
from tests.ui.person import press
from tests.workflows.pictures import jpeg


@pytest.fixture
def executor() -> ByHand:
    return ByHand()


@pytest.fixture
def opened(journal: Journal, executor: ByHand) -> OpenJournal:
    made = OpenJournal(journal, load_catalogue(paths.resources()), Jobs(executor), clock=now)
    yield made
    made.close()


def begin(opened: OpenJournal, qtbot: QtBot) -> Workspace:
    made = Workspace(opened, Preferences())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def test_what_was_left_is_offered_and_gone_on_with(
    opened: OpenJournal, executor: ByHand, qtbot: QtBot, card: Path
) -> None:
    (card / "frontal.jpg").write_bytes(jpeg(1))
    import_draft.keep(opened.journal, look(opened.journal, [card], opened.catalogue).items)
    workspace = begin(opened, qtbot)
    (banner,) = [one for one in workspace.findChildren(Banner) if "from last time" in one.accessibleName()]
    assert banner.isVisible()
    press(banner, "Go on with it")

    def is_there() -> bool:  # once the pixel libraries are loaded
        executor.run()
        return workspace.current() == "importing"

    qtbot.waitUntil(is_there)
    executor.run()
    assert not banner.isVisible()
    assert [item.name for item in workspace.page("importing").run.plan.items] == ["frontal.jpg"]


def test_nothing_is_offered_when_nothing_was_left(opened: OpenJournal, qtbot: QtBot) -> None:
    workspace = begin(opened, qtbot)
    assert not [one for one in workspace.findChildren(Banner) if "from last time" in one.accessibleName()]


def test_pasting_takes_pictures_and_files_to_the_import_sheet(
    opened: OpenJournal, executor: ByHand, qtbot: QtBot, card: Path
) -> None:
    workspace = begin(opened, qtbot)
    words = QMimeData()
    words.setText("Dear diary")
    assert not workspace.receive(words)
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(0x996633)
    picture, files = QMimeData(), QMimeData()
    picture.setImageData(image)
    (card / "frontal.jpg").write_bytes(jpeg(1))
    files.setUrls([QUrl.fromLocalFile(str(card / "frontal.jpg"))])
    assert workspace.receive(picture)
    assert workspace.receive(files)
    executor.run()
    names = [item.name for item in workspace.page("importing").run.plan.items]
    assert sorted(names) == ["Pasted picture.png", "frontal.jpg"]


def test_a_web_address_gets_a_sentence_and_a_dropped_picture_is_taken(opened: OpenJournal, qtbot: QtBot) -> None:
    workspace = begin(opened, qtbot)
    told: list[str] = []
    opened.said.connect(lambda saying: told.append(saying.sentence))
    address = QMimeData()
    address.setUrls([QUrl("https://example.org/a.jpg")])
    assert may_be_photos(address)
    assert not workspace.receive(address)
    assert told == [
        "That is a web address, and nothing is fetched from the internet. Save the picture first, then add it here."
    ]
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(0x996633)
    address.setImageData(image)  # as browsers drag a picture: its address and its pixels
    assert workspace.receive(address)
