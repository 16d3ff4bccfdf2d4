"""What was brought and is not saved yet is lost by nothing: neither by another import nor by closing or a kill."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from needlejournal.store import Journal, open_journal
from needlejournal.ui.destinations import ImportPhotos
from needlejournal.ui.importing import for_later
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.workflows.photos_in import import_draft
from needlejournal.workflows.photos_in.import_plan import Pasted
from tests.ui.importing.conftest import Import
from tests.ui.person import press
from tests.workflows.pictures import jpeg

Make = Callable[[Journal], Import]


@pytest.fixture
def left(importing: Import, make: Make, card: Path) -> Import:
    """The window after one in which two photos were brought and the first got a view."""
    for number in (1, 2):
        (card / f"IMG_{number}.jpg").write_bytes(jpeg(number))
    importing.bring_and_choose(card)
    importing.sheet.inspector.choose_view(0)
    importing.opened.close()
    return make(open_journal(importing.journal.folder))


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "frontal.jpg"
    path.write_bytes(jpeg(9))
    return path


def go_on(left: Import) -> list[tuple[str, str]]:
    """Go on with what waits, and tell what is there with its view."""
    left.page.arrive(ImportPhotos(waiting=True))
    left.executor.run()
    return [(item.name, item.view) for item in left.page.run.plan.items]


BOTH = [("IMG_1.jpg", "frontal"), ("IMG_2.jpg", "frontal")]


def test_another_import_that_is_saved_leaves_what_waits_as_it_was_decided(left: Import, other: Path) -> None:
    left.bring(other)
    left.save()
    assert left.journal.photos.count() == 1
    assert go_on(left) == BOTH


def test_another_import_that_is_thrown_away_leaves_what_waits(left: Import, other: Path) -> None:
    left.bring(other)
    press(left.page, "Discard")
    press(left.page.findChildren(QuestionSheet)[-1], "Discard")
    assert go_on(left) == BOTH


def test_another_import_that_is_left_waits_beside_what_waits(left: Import, make: Make, other: Path) -> None:
    left.bring(other)
    left.opened.close()
    again = make(open_journal(left.journal.folder))
    assert sorted(go_on(again)) == [*BOTH, ("frontal.jpg", "frontal")]


def test_what_waits_is_gone_on_with_once_and_thrown_away_for_good(left: Import) -> None:
    assert go_on(left) == go_on(left) == BOTH
    press(left.page, "Discard")
    press(left.page.findChildren(QuestionSheet)[-1], "Discard")
    assert import_draft.waiting(left.journal) == 0


def test_what_waits_and_is_brought_again_under_another_name_is_there_once(left: Import, make: Make, card: Path) -> None:
    (card / "IMG_1.jpg").rename(card / "again.jpg")
    left.bring(card / "again.jpg")
    assert [(item.name, item.view) for item in left.page.run.plan.items] == [("again.jpg", "frontal")]
    left.save()
    assert import_draft.waiting(left.journal) == 1


def test_closing_while_photos_are_looked_at_keeps_them(importing: Import, make: Make, card: Path, other: Path) -> None:
    (card / "a.jpg").write_bytes(jpeg(1))
    importing.page.start([card, Pasted("Pasted picture.jpg", jpeg(2))])
    importing.page.start([other])
    importing.opened.close()
    again = make(open_journal(importing.journal.folder))
    assert sorted(name for name, _ in go_on(again)) == ["Pasted picture.jpg", "a.jpg", "frontal.jpg"]


def killed(importing: Import, folder: Path, make: Make) -> Import:
    """The next window after this one was killed."""
    shutil.copytree(importing.journal.folder, folder)
    return make(open_journal(folder))


def test_a_kill_while_photos_are_looked_at_loses_none(
    importing: Import, make: Make, other: Path, tmp_path: Path
) -> None:
    importing.page.start([other])
    assert go_on(killed(importing, tmp_path / "after", make)) == [("frontal.jpg", "frontal")]


def test_a_kill_after_a_pause_loses_no_decision(
    importing: Import, make: Make, card: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(for_later, "PAUSE_MS", 1)
    importing = make(open_journal(_closed(importing)))
    (card / "IMG_1.jpg").write_bytes(jpeg(1))
    importing.bring_and_choose(card)
    importing.sheet.inspector.choose_view(0)
    drafts = importing.journal.draft
    qtbot.waitUntil(lambda: [facts["view"] for facts in drafts(import_draft.DRAFT)] == ["frontal"])
    assert go_on(killed(importing, tmp_path / "after", make)) == [("IMG_1.jpg", "frontal")]


def _closed(importing: Import) -> Path:
    importing.opened.close()
    return importing.journal.folder
