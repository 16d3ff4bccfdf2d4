"""The blind review: nothing tells which photo is which, by eye, by ear or behind the sheet; it goes by keys alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.photos import Photo
from needlejournal.journal.ratings import Judgement
from needlejournal.ui.compare.blind_review import BlindReview
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import Label
from tests.ui import person
from tests.ui.person import press

from .conftest import ByHand


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if not label.isHidden())


def click(widget: QWidget, text: str) -> None:
    next(button for button in widget.findChildren(Button) if button.text() == text and button.isVisible()).click()


def side_of(photo_id: int, review: BlindReview) -> str:
    """Whether a photo lies at the left or the right."""
    assert review.pair is not None
    return "left" if photo_id == review.pair.left_id else "right"


def test_the_blind_review_hides_dates_asks_and_reveals(page: ComparePage, opened: OpenJournal, work: ByHand) -> None:
    review = BlindReview(opened, page.comparison.series, page.alignments, page, Random(3))
    review.open()
    work.run()
    stage = review.findChild(Stage)
    assert stage.accessibleDescription().strip(". ") == ""
    pair = review.pair
    assert pair is not None
    press(review, f"The {side_of(pair.later_id, review)} one looks better")
    click(review, "Much improved")
    (kept,) = opened.journal.blind_answers.all()
    assert (kept.better_id, kept.judgement) == (pair.later_id, Judgement.MUCH_IMPROVED)
    assert "You chose the later photo." in words(review)
    assert "1 of 1 pair" in words(review)
    assert "2025" in stage.accessibleDescription()
    click(review, "Another pair")
    assert review.pair is not None
    assert {review.pair.left_id, review.pair.right_id} != {pair.left_id, pair.right_id}
    click(review, "No difference")
    assert opened.journal.blind_answers.all()[1].better_id is None
    click(review, "Stop")
    assert not review.isVisible()


def test_the_blind_review_says_which_photo_is_a_small_copy_and_no_date(
    page: ComparePage, opened: OpenJournal, work: ByHand
) -> None:
    review = BlindReview(opened, page.comparison.series, page.alignments, page, Random(3))
    assert review.pair is not None
    later = opened.journal.photos.get(review.pair.later_id)
    assert later is not None
    opened.journal.originals.path(later.original.stored_name).write_bytes(b"rotten")
    review.open()
    work.run()
    said = [part.words for part in review.findChild(Stage).spoken_parts()]
    bad = 0 if side_of(later.id, review) == "left" else 1
    assert "the original cannot be read" in said[bad]
    assert "original" not in said[1 - bad]
    assert "2025" not in "".join(said)


def test_the_blind_review_gives_no_photo_away_by_its_mirror_image(
    page: ComparePage, opened: OpenJournal, photos: dict[str, Photo], work: ByHand
) -> None:
    every = [replace(photo, mirrored=True) for photo in photos.values()]
    opened.write("Mirrored", lambda journal: [journal.photos.save(photo) for photo in every])
    review = BlindReview(opened, page.comparison.series, page.alignments, page, Random(3))
    review.open()
    work.run()
    shots = review.findChild(Stage).looking.scene().shots
    assert [shot.placement.onto.m11() for shot in shots] == [-1.0, -1.0]


def test_choosing_the_earlier_photo_is_kept_as_worse(page: ComparePage, opened: OpenJournal, work: ByHand) -> None:
    review = BlindReview(opened, page.comparison.series, page.alignments, page, Random(1))
    pair = review.pair
    assert pair is not None
    review.open()
    press(review, f"The {side_of(pair.earlier_id, review)} one looks better")
    click(review, "Improved")
    assert opened.journal.blind_answers.all()[0].judgement == Judgement.WORSE


def opened_review(page: ComparePage, qtbot: QtBot) -> BlindReview:
    """The review as it is opened by its key, in front."""
    page.activateWindow()
    next(command for command in page.commands() if command.key == "blind_review").run()
    (review,) = (one for one in page.findChildren(BlindReview) if one.isVisible())
    qtbot.waitUntil(review.isActiveWindow)
    return review


def focused() -> str:
    """The name of what has the keyboard."""
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.accessibleName() or getattr(widget, "text", str)()


def test_nothing_behind_the_blind_review_tells_the_dates(page: ComparePage, qtbot: QtBot) -> None:
    review = opened_review(page, qtbot)
    assert not page.stage.isVisible() and not page.filmstrip.isVisible()
    assert "day" not in person.reads(page).lower()
    press(review, "Stop")
    assert page.stage.isVisible() and page.focusWidget() is page.stage


def test_the_photos_of_a_blind_review_have_names_that_tell_nothing(page: ComparePage, qtbot: QtBot) -> None:
    stage = opened_review(page, qtbot).findChild(Stage)
    assert [part.words for part in stage.spoken_parts()] == ["The left photo", "The right photo"]
    assert stage.accessibleDescription() == ""


def test_a_blind_review_goes_by_keys_alone_from_the_photos_to_the_answers_and_then_to_the_end(
    page: ComparePage, opened: OpenJournal, qtbot: QtBot
) -> None:
    review = opened_review(page, qtbot)
    review.findChild(Stage).setFocus()
    gone = [(QTest.keyClick(review, Qt.Key.Key_Tab), focused())[1] for _ in range(4)]
    assert gone == ["The left one looks better", "No difference", "The right one looks better", "Stop"]
    review.findChild(Stage).setFocus()
    QTest.keyClick(review, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert focused() == "Improved"
    ringed = QApplication.focusWidget()
    assert isinstance(ringed, Button) and ringed.ringed, "whoever uses keys sees where the keyboard is"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert opened.journal.blind_answers.count() == 1
    assert focused() == "Another pair"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert focused() == "The left one looks better"
    assert person.sees(page, "Stop")
