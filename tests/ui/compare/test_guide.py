"""The guide for the next photo: the outline, the words beside it, and the sheet of paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from needlejournal.imaging.faces.lines import FaceLines, Line
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Camera, Declared, Photo
from needlejournal.ui.compare.guide import paper, sheet
from needlejournal.ui.compare.guide.drawing import frame_in, paint_guide, paper_inks
from needlejournal.ui.compare.guide.paper import GuidePage, as_pdf, can_print
from needlejournal.ui.compare.guide.sheet import GuideSheet, GuideView
from needlejournal.ui.compare.guide.words import missing_words, steps_of, title_of
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.comparison.photo_guide import PhotoGuide

from .conftest import ByHand

OVAL = Line(((0.3, 0.4), (0.5, 0.25), (0.7, 0.4), (0.68, 0.6), (0.5, 0.75), (0.32, 0.6)), closed=True)
EYE = Line(((0.36, 0.44), (0.4, 0.42), (0.44, 0.44)))
LINES = FaceLines(OVAL, (EYE,), 0.44, 0.5)


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if not label.isHidden())


def button(widget: QWidget, text: str) -> Button:
    return next(found for found in widget.findChildren(Button) if found.text() == text)


def drawn(lines: FaceLines | None) -> QImage:
    image = QImage(300, 400, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    paint_guide(painter, QRectF(0, 0, 300, 400), lines, paper_inks())
    painter.end()
    return image


@pytest.fixture
def guide(photos: dict[str, Photo]) -> PhotoGuide:
    return PhotoGuide(photos["1 Mar"], LINES, yaw=2.0, roll=1.0)


# Words


def test_it_names_the_photo_to_be_repeated(guide: PhotoGuide) -> None:
    assert title_of(guide) == "Like the photo of 1 March 2025"


@pytest.mark.parametrize(
    ("yaw", "told"),
    [
        (0.0, "straight on"),
        (-42.0, "to your right by about 40°: your left cheek"),
        (44.0, "to your left by about 45°: your right cheek"),
        (-80.0, "left shoulder"),
        (80.0, "right shoulder"),
    ],
)
def test_it_says_how_to_turn_the_head(guide: PhotoGuide, yaw: float, told: str) -> None:
    assert told in steps_of(replace(guide, yaw=yaw))[0]


@pytest.mark.parametrize(("roll", "told"), [(1.0, False), (-5.0, True)])
def test_a_tilt_is_said_where_it_can_be_seen(guide: PhotoGuide, roll: float, told: bool) -> None:
    assert any("tilted by 5°" in step for step in steps_of(replace(guide, roll=roll))) == told


def test_distance_is_said_by_how_much_of_the_picture_the_face_fills(guide: PhotoGuide) -> None:
    assert any("50\u00a0% of the picture's height, with the eyes 44\u00a0%" in step for step in steps_of(guide))


@pytest.mark.parametrize("light", ["daylight", "lamp", "flash", "mixed"])
def test_what_is_known_of_that_photo_is_said(guide: PhotoGuide, light: str) -> None:
    photo = replace(
        guide.photo,
        when=When(date(2025, 3, 1), time(9, 12)),
        camera=Camera("Example", "Phone 1"),
        declared=Declared(light=light),
    )
    told = " ".join(steps_of(replace(guide, photo=photo)))
    assert "it was 09:12" in told
    assert "Example Phone 1" in told
    assert {"daylight": "window", "lamp": "same lamp", "flash": "flash", "mixed": "mixed"}[light] in told


def test_what_is_not_known_is_not_told(guide: PhotoGuide) -> None:
    photo = replace(guide.photo, when=When(date(2025, 3, 1)), camera=Camera(), declared=Declared())
    assert len(steps_of(replace(guide, photo=photo))) == 2


def test_without_an_outline_it_says_why(guide: PhotoGuide) -> None:
    assert missing_words(guide) == ""
    assert "No face was found" in missing_words(replace(guide, lines=None))
    assert "files that find faces" in missing_words(replace(guide, lines=None, can_read=False))
    assert "patch of skin" in steps_of(replace(guide, lines=None))[0]


# Drawing


def test_the_frame_has_the_photos_shape() -> None:
    assert frame_in(QRectF(0, 0, 400, 400), 0.75) == QRectF(50, 0, 300, 400)
    assert frame_in(QRectF(0, 0, 300, 900), 0.75).height() == 400


def test_the_outline_is_drawn_where_the_face_was() -> None:
    with_lines, without = drawn(LINES), drawn(None)
    dark = {(x, y) for x in range(300) for y in range(400) if with_lines.pixelColor(x, y).lightness() < 110}
    assert not any(without.pixelColor(x, y).lightness() < 110 for x in range(0, 300, 3) for y in range(0, 400, 3))
    assert min(y for _, y in dark) > 0.25 * 400 - 4
    assert max(y for _, y in dark) < 0.75 * 400 + 4
    assert any(abs(y - 0.43 * 400) < 6 and 105 < x < 135 for x, y in dark)


def test_the_mirror_shows_the_other_side() -> None:
    assert drawn(LINES.mirrored()) != drawn(LINES)
    assert drawn(LINES.mirrored().mirrored()) == drawn(LINES)


# Paper


def test_the_pdf_is_one_page_that_tells_nothing_else(guide: PhotoGuide) -> None:
    body = as_pdf(GuidePage("Like it", steps_of(guide), ["Use the same light."], 0.75, LINES))
    assert body.startswith(b"%PDF")
    assert body.count(b"/Type /Page\n") == 1 or b"/Count 1" in body
    assert b"Mine" not in body and b".jpg" not in body


def test_a_very_wide_photo_still_fits_the_page(guide: PhotoGuide) -> None:
    assert as_pdf(GuidePage("Wide", [], [], 40.0, LINES)).startswith(b"%PDF")
    assert as_pdf(GuidePage("Tall", ["A step."] * 12, ["Advice."] * 12, 0.02, LINES)).startswith(b"%PDF")


# The sheet


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, photos: dict[str, Photo]) -> dict[str, PhotoGuide]:
    """What reading the photo finds."""
    found = {"guide": PhotoGuide(photos["1 Mar"], LINES)}
    monkeypatch.setattr(sheet, "guide_of", lambda _journal, photo: replace(found["guide"], photo=photo))
    return found


def ask(page: ComparePage) -> GuideSheet:
    next(command for command in page.commands() if command.key == "guide").run()
    return next(found for found in page.findChildren(GuideSheet) if not found.isHidden())


def test_the_pinned_photo_is_the_one_to_repeat(
    page: ComparePage, work: ByHand, read: dict[str, PhotoGuide], qtbot: QtBot
) -> None:
    asked = ask(page)
    assert not button(asked, "Save as PDF…").isEnabled()
    work.run()
    assert button(asked, "Save as PDF…").isEnabled()
    qtbot.waitUntil(lambda: "straight on" in words(asked))
    assert "Like the photo of 1 March 2025" in words(asked)
    assert "Tie or hold your hair back." in words(asked)


def test_the_outline_can_be_mirrored(page: ComparePage, work: ByHand, read: dict[str, PhotoGuide]) -> None:
    asked = ask(page)
    work.run()
    plain = asked.page().lines
    asked.findChild(CheckBox).click()  # type: ignore[union-attr]
    assert plain is not None
    assert asked.page().lines == plain.mirrored()


def test_without_a_face_the_photo_itself_is_shown(
    page: ComparePage, work: ByHand, read: dict[str, PhotoGuide], photos: dict[str, Photo], qtbot: QtBot
) -> None:
    read["guide"] = PhotoGuide(photos["1 Mar"])
    asked = ask(page)
    work.run()
    view = asked.findChild(GuideView)
    assert view is not None
    blank = view.grab().toImage()

    def shown() -> None:
        work.run()
        assert view.grab().toImage() != blank

    qtbot.waitUntil(shown)
    assert asked.findChild(CheckBox).isHidden()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: "No face was found" in words(asked))
    assert asked.page().picture is not None
    assert as_pdf(asked.page()).startswith(b"%PDF")


def test_the_card_is_saved_where_the_person_says(
    page: ComparePage, work: ByHand, read: dict[str, PhotoGuide], tmp_path: Path, opened: OpenJournal, qtbot: QtBot
) -> None:
    asked = ask(page)
    work.run()
    with qtbot.waitSignal(opened.said):
        asked.save_to(tmp_path / "card.pdf")
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert not asked.isVisible()


def test_a_disk_that_refuses_is_said(
    page: ComparePage, work: ByHand, read: dict[str, PhotoGuide], tmp_path: Path
) -> None:
    asked = ask(page)
    work.run()
    asked.save_to(tmp_path / "missing" / "card.pdf")
    assert "was not saved" in words(asked)
    assert asked.isVisible()


def test_it_can_be_printed_where_qt_can_print(
    page: ComparePage, work: ByHand, read: dict[str, PhotoGuide], monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[GuidePage] = []
    monkeypatch.setattr(sheet, "print_page", lambda made, _parent: printed.append(made))
    asked = ask(page)
    work.run()
    assert can_print()
    button(asked, "Print…").click()
    assert [made.lines for made in printed] == [LINES]


def test_without_printing_there_is_no_button_for_it(
    page: ComparePage, read: dict[str, PhotoGuide], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "find_spec", lambda _name: None)
    assert not any(found.text() == "Print…" for found in ask(page).findChildren(Button))


def test_an_unreadable_photo_is_said(
    page: ComparePage, work: ByHand, monkeypatch: pytest.MonkeyPatch, photos: dict[str, Photo]
) -> None:
    from needlejournal.journal.errors import WorldError

    def refuse(*_: object) -> PhotoGuide:
        raise WorldError("The photo cannot be read. Nothing was changed.")

    monkeypatch.setattr(sheet, "guide_of", refuse)
    asked = ask(page)
    work.run()
    assert "The photo cannot be read." in words(asked)
    assert not button(asked, "Save as PDF…").isEnabled()
