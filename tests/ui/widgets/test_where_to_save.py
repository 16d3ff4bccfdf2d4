"""A file gets the ending of what is in it, and never takes the place of one that nobody was asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.widgets.where_to_save import ask_where_to_save


@pytest.mark.parametrize(
    ("typed", "ending", "saved"),
    [
        ("Film", "webp", "Film.webp"),
        ("Film.webp", "webp", "Film.webp"),
        ("Film.WEBP", "webp", "Film.WEBP"),
        ("Film.gif", "webp", "Film.gif.webp"),
        ("Skin at 12.5", "pdf", "Skin at 12.5.pdf"),
        ("Face.jpeg", "jpg", "Face.jpeg"),
        ("Taken", "pdf", "Taken (3).pdf"),
        ("Taken.pdf", "pdf", "Taken.pdf"),  # the dialog asked whether it may be replaced
        ("Film", "", "Film"),
    ],
)
def test_what_is_typed_gets_its_ending_and_replaces_nothing_unasked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, ending: str, saved: str
) -> None:
    for taken in ("Taken.pdf", "Taken (2).pdf"):
        (tmp_path / taken).write_bytes(b"mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), ""))
    asking = QWidget()
    qtbot.addWidget(asking)
    assert ask_where_to_save(asking, "Save", "Film.webp", ending) == tmp_path / saved


def test_who_chooses_nothing_gets_nothing(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proposed: list[str] = []

    def cancelled(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", cancelled)
    asking = QWidget()
    qtbot.addWidget(asking)
    assert ask_where_to_save(asking, "Save", "Film.webp", "webp") is None
    assert proposed == [str(Path.home() / "Film.webp")]
