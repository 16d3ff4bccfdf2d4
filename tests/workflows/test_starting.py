"""Starting with the system: offered, taken back, and told when it does not work."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

import pytest

from needlejournal.journal.errors import WorldError
from needlejournal.workflows import starting


def test_on_linux_a_desktop_file_starts_this_program(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert not starting.starts_at_login()
    starting.start_at_login(wanted=True)
    assert starting.starts_at_login()
    written = (home / ".config" / "autostart" / "needlejournal.desktop").read_text("utf-8")
    assert written.startswith("[Desktop Entry]\n")
    assert f'Exec="{sys.executable}" "-m" "needlejournal"' in written
    starting.start_at_login(wanted=False)
    starting.start_at_login(wanted=False)
    assert not starting.starts_at_login()


def test_on_a_mac_a_launch_agent_does(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    starting.start_at_login(wanted=True)
    written = plistlib.loads((home / "Library/LaunchAgents/needlejournal.plist").read_bytes())
    assert written["RunAtLoad"] is True
    assert written["ProgramArguments"] == starting.command()


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert starting.command() == [sys.executable]


def test_words_of_a_desktop_file_are_quoted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(starting, "command", lambda: ['/opt/My "App" 100%/run'])
    starting.start_at_login(wanted=True)
    written = (home / ".config" / "autostart" / "needlejournal.desktop").read_text("utf-8")
    assert r'Exec="/opt/My \\"App\\" 100%%/run"' in written


def test_a_system_that_refuses_is_said_in_a_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    (home / ".config" / "autostart").write_text("in the way")
    with pytest.raises(WorldError, match="Starting at login was not changed"):
        starting.start_at_login(wanted=True)
