"""A disk that refuses, in the ways that matter: full, not writable, gone. `relents` makes it work again.

`at` is a stage with a diary; a scene prepares it and gives what a person does, and `refused` plays that on such a disk.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import apsw
import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

import needlejournal.ui
from needlejournal import paths
from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.store.history import TRACKED
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal, Saying
from tests.ui.compare.conftest import COLOURS, jpeg, keep
from tests.ui.conftest import ByHand

UI = Path(needlejournal.ui.__file__).parent
W = TypeVar("W", bound=QWidget)
DAYS = (date(2025, 3, 1), date(2025, 3, 8), date(2025, 3, 11), date(2025, 4, 16))
UNTRACKED = ("draft", "reminder", "meta")  # kept aside: no entry of the diary

Refusal = Callable[[Journal], None]


class _Full:
    """A connection to a file on a disk without any room: reading goes on, what begins with these words does not."""

    def __init__(self, connection: apsw.Connection, *refused: str) -> None:
        self.connection = connection
        self.refused = refused

    def execute(self, sql: str, *values: Any) -> Any:
        if sql.startswith(self.refused):
            raise apsw.FullError("database or disk is full")
        return self.connection.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def full(journal: Journal) -> None:
    """No room for a single byte more."""
    _refuse(journal, "INSERT", "UPDATE", "DELETE")


def full_at_the_end(journal: Journal) -> None:
    """Room for the changes, as they are still in memory, and none when they are to be made durable."""
    _refuse(journal, "COMMIT")


def _refuse(journal: Journal, *words: str) -> None:
    database: Any = journal._database
    database._connection = _Full(database._connection, *words)


def read_only(journal: Journal) -> None:
    """Nothing may be changed any more."""
    journal._database.run("PRAGMA query_only = on")


def gone(journal: Journal) -> None:
    """The folder was renamed under the open journal."""
    journal.folder.rename(journal.folder.with_name("elsewhere"))


def relents(journal: Journal) -> None:
    """Whatever was wrong is not any more."""
    elsewhere = journal.folder.with_name("elsewhere")
    if elsewhere.exists():
        elsewhere.rename(journal.folder)
    database: Any = journal._database
    database._connection = getattr(database._connection, "connection", database._connection)
    database.run("PRAGMA query_only = off")


REFUSALS: tuple[Refusal, ...] = (full, full_at_the_end, read_only, gone)


class Stage(NamedTuple):
    """What a scene plays on."""

    opened: OpenJournal
    photos: tuple[Photo, ...]
    by_hand: ByHand
    qtbot: QtBot
    patch: pytest.MonkeyPatch
    folder: Path
    kept: list[QWidget]
    told: list[object]

    def show(self, widget: W) -> W:
        """Put a widget on the screen."""
        self.qtbot.addWidget(widget)
        self.kept.append(widget)
        widget.resize(1280, 900)
        widget.show()
        return widget

    def page(self, kind: Callable[..., Page]) -> Page:
        """Put a page on the screen."""
        return self.show(kind(self.opened, lambda _destination: None, Preferences()))

    def parent(self) -> QWidget:
        """A window for sheets."""
        return self.show(QWidget())


Act = Callable[[], object]


def named(within: QWidget, kind: type[W], name: str) -> W:
    """The field with this accessible name."""
    return next(w for w in within.findChildren(kind) if w.accessibleName() == name)


def press(within: QWidget, words: str) -> None:
    """Press what carries these words, or is called so."""
    buttons = within.findChildren(QAbstractButton)
    next(b for b in buttons if words in (b.text().replace("&", ""), b.accessibleName()) and b.isEnabled()).click()


@pytest.fixture
def at(
    opened_diary: OpenJournal,
    by_hand: ByHand,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    home: Path,
) -> Stage:
    """The diary with four frontal photos; there are no face models."""
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path / "models")
    monkeypatch.setattr("needlejournal.ui.models.reading_ahead.read_ahead", lambda _journal, _photo: False)
    journal = opened_diary.journal
    colours = tuple(COLOURS.values())
    photos = tuple(keep(journal, tmp_path, day, jpeg(colours[n])) for n, day in enumerate(DAYS))
    return Stage(opened_diary, photos, by_hand, qtbot, monkeypatch, tmp_path, [], [])


def content(opened: OpenJournal) -> list[Any]:
    """All that a person wrote, and what is kept beside it."""
    tables = (*TRACKED, *UNTRACKED)
    return [opened.journal._database.rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]


def functions_that_call(*names: str) -> set[tuple[str, str]]:
    """Every function of the window that calls one of these itself, as its file and its name."""
    return {
        (path.relative_to(UI).as_posix(), function.name)
        for path in UI.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and _calls(function, names)
    }


def _calls(function: ast.FunctionDef, names: tuple[str, ...]) -> bool:
    """Whether a function calls one of these itself, and not only in one that is defined within it."""
    inner = [inner for inner in ast.walk(function) if isinstance(inner, ast.FunctionDef) and inner is not function]
    within = {id(node) for one in inner for node in ast.walk(one)}
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call) and id(node) not in within)
    return any(isinstance(call.func, ast.Attribute) and call.func.attr in names for call in calls)


def refused(refuse: Refusal, act: Act, at: Stage) -> None:
    """Act while the disk refuses: nothing changes, nothing is called done, and it is told."""
    refuse(at.opened.journal)
    before = content(at.opened)
    at.told.clear()
    failed: list[object] = []
    said: list[Saying] = []
    at.opened.failed.connect(failed.append)
    at.opened.said.connect(said.append)
    act()
    at.opened.failed.disconnect(failed.append)
    at.opened.said.disconnect(said.append)
    assert content(at.opened) == before
    assert said == []
    assert [error for error in failed if not isinstance(error, WorldError)] == []
    words = _labels()
    assert failed or at.told or "Not saved yet" in words
    assert not [label for label in words if label.startswith("Saved")]


def _labels() -> list[str]:
    return [
        label.text()
        for window in QApplication.topLevelWidgets()
        for label in window.findChildren(QLabel)
        if label.isVisible()
    ]
