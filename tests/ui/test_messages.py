"""What a person reads when something goes wrong, and what the log keeps of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from needlejournal import paths
from needlejournal.journal.errors import WorldError
from needlejournal.ui.messages import log_fault, message_for


def test_an_error_of_the_world_is_shown_as_its_sentence(home: Path) -> None:
    message = message_for(WorldError("The disk is full. Nothing was changed."))
    assert message.sentence == "The disk is full. Nothing was changed."
    assert message.details == ""
    assert not paths.log_file().exists()


def test_a_fault_of_ours_is_logged_without_personal_data(home: Path) -> None:
    try:
        {}["Dr. Example, Harbour Skin"]
    except KeyError as error:
        message = message_for(error)
    assert "fault of the app" in message.sentence
    assert "KeyError" in message.details
    log = paths.log_file().read_text(encoding="utf-8")
    assert "test_messages.test_a_fault_of_ours_is" in log
    assert "Harbour" not in log
    assert str(home) not in log


def test_a_disk_that_refuses_the_log_still_shows_the_message(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = home / "file"
    blocked.write_text("")
    monkeypatch.setattr(paths, "log_file", lambda: blocked / "log")
    assert message_for(ValueError("x")).details


def test_a_full_log_begins_anew_and_one_older_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("needlejournal.ui.messages.LOG_FULL", 100)
    for number in range(9):
        log_fault(f"fault {number} " + "x" * 60)
    kept = [path.read_text(encoding="utf-8") for path in sorted(paths.log_file().parent.glob("*"))]
    assert len(kept) == 2
    assert sum(len(text) for text in kept) < 500
    assert any("fault 8" in text for text in kept)
