"""Rows that go on below: what asks to stretch fills its row, and nothing is cut where the row is too narrow for two."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.widgets.frame.flow_layout import FlowLayout


@pytest.fixture
def row(qtbot: QtBot) -> tuple[QWidget, QLabel, QLabel]:
    """A short word and one that asks to stretch, in a row that goes on below."""
    holder, short, wide = QWidget(), QLabel("11:15"), QLabel("Micro-needling")
    flow = FlowLayout(holder, gap=8)
    policy = wide.sizePolicy()
    policy.setHorizontalStretch(1)
    wide.setSizePolicy(policy)
    flow.addWidget(wide)
    flow.addWidget(short)
    qtbot.addWidget(holder)
    holder.show()
    return holder, short, wide


def test_what_stretches_takes_the_room_that_is_left(row: tuple[QWidget, QLabel, QLabel]) -> None:
    holder, short, wide = row
    holder.resize(600, 60)
    assert short.geometry().right() == holder.rect().right()
    assert short.x() - wide.geometry().right() == 8 + 1
    assert short.width() == short.sizeHint().width()


def test_where_there_is_no_room_beside_each_other_each_has_a_row(row: tuple[QWidget, QLabel, QLabel]) -> None:
    holder, short, wide = row
    holder.resize(wide.sizeHint().width() + 10, 60)
    assert short.y() > wide.y() and wide.width() == holder.width()
