"""The photos of one day stand together below a heading, by which all of them are chosen."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from needlejournal.ui.importing.tiles import TileList
from needlejournal.ui.theme import Theme
from tests.ui.importing.conftest import Import
from tests.ui.person import click_row, reads, write
from tests.workflows.pictures import jpeg

TAKEN = {
    "a": "2025:03:08 10:00:00",
    "b": "2025:03:08 11:00:00",
    "c": "2025:03:10 09:00:00",
    "d": "2025:03:10 09:01:00",
    "e": "2025:03:10 09:02:00",
    "f": "",
}
FIRST, SECOND, NONE = (
    "Sat 8 Mar 2025 · 2 photos · On the day of session 1, before it",
    "Mon 10 Mar 2025 · 3 photos · Day 2 after session 1",
    "No date · 1 photo",
)


@pytest.fixture
def several(importing: Import, card: Path) -> Import:
    """Photos of two days, and one that says no date, none with a view."""
    for number, (name, taken) in enumerate(TAKEN.items()):
        (card / f"{name}.jpg").write_bytes(jpeg(number, taken=taken))
    importing.bring(card)
    return importing


def tiles(one: Import) -> TileList:
    return one.sheet.sections.to_decide.tiles


def heard(one: Import) -> list[str]:
    """What a screen reader says of each row, the photos by their names only."""
    model = tiles(one).model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    words = [str(row.data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]
    return [said.partition(".jpg")[0] for said in words]


def heading(one: Import, words: str) -> QModelIndex:
    model = tiles(one).model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return next(row for row in rows if str(row.data()).startswith(words))


def chosen(one: Import) -> str:
    names = {item.key: item.name for item in one.page.run.plan.items}
    return "".join(sorted(names[key].removesuffix(".jpg") for key in one.sheet.selected()))


def test_photos_of_one_day_stand_together_below_its_heading(several: Import) -> None:
    assert heard(several) == [FIRST, "a", "b", SECOND, "c", "d", "e", NONE, "f"]
    view, model = tiles(several), tiles(several).model()
    rects = [view.visualRect(model.index(row, 0)) for row in range(model.rowCount())]
    lines = [rects[0], rects[1], rects[3], rects[4], rects[7], rects[8]]
    assert [above.bottom() < below.top() for above, below in pairwise(lines)] == [True] * 5
    assert rects[1].top() == rects[2].top() and rects[8].bottom() <= view.viewport().rect().bottom()


def test_a_heading_chooses_its_day_and_lets_go_of_it(several: Import) -> None:
    click_row(tiles(several), heading(several, "Mon"))
    assert chosen(several) == "cde" and "3 photos selected" in reads(several.sheet.inspector)
    click_row(tiles(several), heading(several, "Sat"))
    assert chosen(several) == "abcde"
    assert heard(several)[0] == f"{FIRST}, all selected"
    click_row(tiles(several), heading(several, "Mon"))
    assert (chosen(several), heard(several)[3]) == ("ab", SECOND)
    click_row(tiles(several), tiles(several).tiles().indexes(several.sheet.sections.keys())[0], also=True)
    assert heard(several)[0] == f"{FIRST}, 1 selected"
    click_row(tiles(several), heading(several, "Sat"))
    assert chosen(several) == "ab"


def test_the_keyboard_comes_to_headings_and_chooses_by_them(several: Import) -> None:
    view = tiles(several)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert chosen(several) == "ab"
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen(several) == ""
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert chosen(several) == "a"
    QTest.keyClick(view, Qt.Key.Key_Down)  # the photo of another day is not kept beside what is chosen next
    assert (str(view.currentIndex().data()), chosen(several)) == (SECOND, "")
    QTest.keyClick(view, Qt.Key.Key_Enter)
    assert chosen(several) == "cde"
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert chosen(several) == "abcde"


def test_a_photo_that_gets_a_date_goes_to_its_day_and_stays_chosen(several: Import) -> None:
    click_row(tiles(several), heading(several, "No date"))
    view = tiles(several)
    QTest.keyClick(view, Qt.Key.Key_Down)
    write(several.page, "Date", "10 March 2025")
    moved = "Mon 10 Mar 2025 · 4 photos · Day 2 after session 1"
    assert heard(several) == [FIRST, "a", "b", f"{moved}, 1 selected", "c", "d", "e", "f"]
    assert chosen(several) == "f" and str(view.currentIndex().data()).startswith("f.jpg")


def test_a_heading_of_what_was_saved_opens_nothing(several: Import) -> None:
    several.save()
    view = several.sheet.sections.done.tiles
    click_row(view, view.model().index(0, 0), twice=True)
    assert several.went == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_headings_show_none_some_and_all(several: Import, look: Theme, scale: float) -> None:
    def mark(words: str) -> bytes:
        rect = tiles(several).visualRect(heading(several, words))
        return bytes(tiles(several).grab(rect.adjusted(0, 0, -rect.width() + rect.height(), 0)).toImage().constBits())

    look.set_text_scale(scale)
    QApplication.processEvents()
    try:
        none = mark("Sat")
        click_row(tiles(several), tiles(several).tiles().indexes({0})[0])
        some = mark("Sat")
        click_row(tiles(several), heading(several, "Sat"))
        assert len({none, some, mark("Sat")}) == 3
    finally:
        look.set_text_scale(1.0)
