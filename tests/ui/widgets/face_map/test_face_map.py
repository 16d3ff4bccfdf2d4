"""The face map under a person's hands: press, draw across, walk by keys, read values, add body areas, turn round."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.pickers.chips import ToggleChip
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas
from needlejournal.ui.widgets.pickers.face_map.drawing import ZoneValue, tint
from needlejournal.ui.widgets.pickers.face_map.widget import AreaNamed, FaceMap, ZoneActivated
from needlejournal.workflows import face_map as geometry


@dataclass(frozen=True, slots=True)
class Zone:
    key: str
    name: str


ZONES = [Zone(key, key.replace("_", " ").capitalize()) for key in geometry.face().zone_keys()]


@pytest.fixture
def face_map(qtbot: QtBot) -> FaceMap:
    face_map = FaceMap(ZONES)
    qtbot.addWidget(face_map)
    face_map.resize(400, 520)
    with qtbot.waitActive(face_map):
        face_map.show()
    return face_map


def _at(face_map: FaceMap, key: str) -> QPoint:
    return face_map.findChild(FaceCanvas).place_of(key).toPoint()


def _press(face_map: FaceMap, key: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(face_map.findChild(FaceCanvas), Qt.MouseButton.LeftButton, keys, _at(face_map, key))


def test_pressing_a_zone_chooses_it_and_says_so(face_map: FaceMap, qtbot: QtBot) -> None:
    heard: list[ZoneActivated] = []
    face_map.zone_activated.connect(heard.append)
    with qtbot.waitSignal(face_map.selection_changed):
        _press(face_map, "cheek_inner_left")
    assert heard == [ZoneActivated("cheek_inner_left")]
    assert face_map.selected() == {"cheek_inner_left"}


def test_pressing_another_zone_leaves_the_first_unless_control_is_held(face_map: FaceMap) -> None:
    _press(face_map, "nose")
    _press(face_map, "chin")
    assert face_map.selected() == {"chin"}
    _press(face_map, "nose", Qt.KeyboardModifier.ControlModifier)
    assert face_map.selected() == {"chin", "nose"}


def test_a_map_for_toggling_gathers_by_itself(qtbot: QtBot) -> None:
    face_map = FaceMap(ZONES, toggling=True)
    qtbot.addWidget(face_map)
    face_map.resize(400, 520)
    for key in ("nose", "chin", "nose"):
        _press(face_map, key)
    assert face_map.selected() == {"chin"}


def test_drawing_across_zones_chooses_them_all(face_map: FaceMap) -> None:
    canvas = face_map.findChild(FaceCanvas)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=_at(face_map, "forehead"))
    for key in ("glabella", "nose", "nose"):
        QTest.mouseMove(canvas, _at(face_map, key))
        canvas.mouseMoveEvent(_drag(_at(face_map, key)))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=_at(face_map, "nose"))
    assert face_map.selected() == {"forehead", "glabella", "nose"}


def _drag(place: QPoint) -> QMouseEvent:
    left = Qt.MouseButton.LeftButton
    where = QPointF(place)
    return QMouseEvent(QEvent.Type.MouseMove, where, where, left, left, Qt.KeyboardModifier.NoModifier)


def test_arrows_and_space_choose_without_a_mouse(face_map: FaceMap) -> None:
    canvas = face_map.findChild(FaceCanvas)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(canvas, key)
    assert face_map.selected() == {"nose"}
    assert canvas.accessibleDescription() == "Nose, chosen"


def test_the_patients_left_is_at_the_right_until_the_map_is_turned_into_a_mirror(
    face_map: FaceMap, qtbot: QtBot
) -> None:
    before = _at(face_map, "cheek_outer_left")
    assert before.x() > face_map.findChild(FaceCanvas).width() / 2
    with qtbot.waitSignal(face_map.mirroring_changed):
        face_map.findChild(IconButton).click()
    assert _at(face_map, "cheek_outer_left").x() < face_map.findChild(FaceCanvas).width() / 2
    assert face_map.findChild(FaceCanvas).zone_at(QPointF(before)) == "cheek_outer_right"


def test_in_a_mirror_the_right_arrow_still_goes_right_on_the_screen(face_map: FaceMap) -> None:
    face_map.findChild(IconButton).click()
    canvas = face_map.findChild(FaceCanvas)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(canvas, key)
    assert face_map.selected() == {"periorbital_right"}


def test_every_place_on_the_face_belongs_to_a_zone_at_any_size(face_map: FaceMap) -> None:
    for width, height in ((160, 230), (300, 400), (500, 700)):
        face_map.findChild(FaceCanvas).resize(width, height)
        for zone in geometry.face().zones:
            assert face_map.findChild(FaceCanvas).zone_at(face_map.findChild(FaceCanvas).place_of(zone.key)) == zone.key


def test_a_value_is_read_out_with_the_zones_name(face_map: FaceMap) -> None:
    face_map.set_values({"chin": ZoneValue("0.75", 0.4)})
    assert face_map.findChild(FaceCanvas).words_for("chin") == "Chin · 0.75"
    assert face_map.findChild(FaceCanvas).words_for("nose") == "Nose"


def test_a_longer_needle_is_tinted_more_strongly() -> None:
    tints = [tint(ZoneValue("", part / 10)) for part in range(11)]
    lightness = [colour.lightnessF() for colour in tints if colour]
    assert lightness == sorted(lightness, reverse=True)
    assert tint(ZoneValue("note only")) is None


def test_body_areas_stand_below_and_are_chosen_like_zones(face_map: FaceMap) -> None:
    face_map.set_zones([*ZONES, Zone("area:hands", "Back of the hands")])
    chip = face_map.findChild(ToggleChip)
    chip.click()
    assert face_map.selected() == {"area:hands"}
    face_map.set_values({"area:hands": ZoneValue("0.50", 0.2)})
    assert chip.text() == "Back of the hands · 0.50"
    face_map.set_zones(ZONES)
    assert face_map.selected() == frozenset()


def test_a_person_names_a_body_area_of_their_own(face_map: FaceMap, qtbot: QtBot) -> None:
    add = next(button for button in face_map.findChildren(Button) if button.text() == "Add area")
    add.click()
    line = face_map.findChild(TextField)
    QTest.keyClicks(line, "Left forearm")
    with qtbot.waitSignal(face_map.area_named) as told:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [AreaNamed("Left forearm")]
    assert add.isVisible()


def test_choosing_by_program_is_silent(face_map: FaceMap, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(face_map.selection_changed):
        face_map.set_selected(["nose", "no such zone"])
    assert face_map.selected() == {"nose"}
