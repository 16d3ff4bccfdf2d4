"""dev.py: from a bare machine to a running app, and what it says where it can't go on."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from needlejournal import system

ROOT = Path(__file__).parents[1]


class Machine:
    """A machine that dev.py runs on: notes the programs called, and does what each is said to do."""

    def __init__(self, dev: ModuleType) -> None:
        self.dev = dev
        self.calls: list[list[str]] = []
        self.environments: list[Mapping[str, str]] = []
        self.failing: set[str] = set()
        self.missing: list[str] = []

    def call(
        self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> int:
        words = [str(word) for word in command]
        self.calls.append(words)
        self.environments.append(environment or {})
        if "apt-get" in " ".join(words):
            self.missing = []
        if "--clear" in words:
            self.dev.VENV.mkdir(exist_ok=True)
        failed = bool(self.failing & set(words))
        if "needlejournal.imaging.faces.fetch_models" in words and not failed:
            self.dev.MODELS.mkdir(parents=True, exist_ok=True)
            (self.dev.MODELS / "face.tflite").write_bytes(b"model")
        return int(failed)

    def called(self, word: str) -> list[list[str]]:
        return [words for words in self.calls if word in " ".join(words)]


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """dev.py itself, standing in a fresh clone with two lock files in it."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    clone = tmp_path / "clone"
    clone.mkdir()
    places = {"ROOT": clone, "VENV": clone / ".venv", "STAMP": clone / ".venv" / "ready", "BUILD": clone / "build"}
    places |= {"MODELS": clone / "build" / "models", "APP_LOCK": clone / "app.lock", "DEV_LOCK": clone / "dev.lock"}
    for name, place in places.items():
        monkeypatch.setattr(module, name, place)
    module.APP_LOCK.write_text("app==1")
    module.DEV_LOCK.write_text("app==1\ntool==1")
    return module


@pytest.fixture
def machine(dev: Any, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(dev)
    monkeypatch.setattr(dev, "call", machine.call)
    monkeypatch.setattr(dev, "is_root", lambda: True)
    monkeypatch.setattr(dev.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(dev.system, "missing_packages", lambda *, window: list(machine.missing))
    monkeypatch.setattr(dev.system, "has_display", lambda: True)
    return machine


def test_the_first_start_makes_an_environment_from_the_lock_then_starts_the_app(dev: Any, machine: Machine) -> None:
    assert dev.main(["run"]) == 0
    venv, pip, models, app = machine.calls
    assert "venv" in venv
    assert {"--require-hashes", "--only-binary", ":all:", str(dev.APP_LOCK)} <= set(pip)
    assert "needlejournal.imaging.faces.fetch_models" in models
    assert app[1:] == ["-m", "needlejournal"]


def test_a_link_to_the_environment_of_another_checkout_is_replaced_and_that_left_alone(
    dev: Any, machine: Machine, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "ready").write_text("another interpreter")
    dev.VENV.symlink_to(theirs)
    assert dev.main(["run"]) == 0
    assert not dev.VENV.is_symlink() and dev.VENV.is_dir()
    assert (theirs / "ready").read_text() == "another interpreter"


def test_the_second_start_only_starts(dev: Any, machine: Machine) -> None:
    dev.main(["run"])
    machine.calls.clear()
    assert dev.main(["run", "info", "a journal"]) == 0
    assert [words[1:] for words in machine.calls] == [["-m", "needlejournal", "info", "a journal"]]


def test_what_was_set_up_for_tests_serves_the_app_too(dev: Any, machine: Machine) -> None:
    dev.main(["test", "tests"])
    machine.calls.clear()
    dev.main(["run"])
    assert not machine.called("pip install")


def test_a_set_up_broken_off_is_begun_anew(dev: Any, machine: Machine) -> None:
    machine.failing = {"pip"}
    assert dev.main(["run"]) == 1
    assert not dev.STAMP.exists()
    machine.failing = set()
    machine.calls.clear()
    assert dev.main(["run"]) == 0
    assert machine.called("--clear")


def test_a_changed_lock_is_installed_over_a_finished_environment(dev: Any, machine: Machine) -> None:
    dev.main(["run"])
    machine.calls.clear()
    dev.APP_LOCK.write_text("app==2")
    dev.main(["run"])
    assert not machine.called("--clear")
    assert machine.called("pip install")


def test_another_interpreter_makes_the_environment_anew(
    dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.main(["run"])
    machine.calls.clear()
    monkeypatch.setattr(dev, "interpreter", lambda: "another")
    dev.main(["run"])
    assert machine.called("--clear")


def test_root_gets_all_missing_packages_in_one_call(
    dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.missing = ["libegl1", "fonts-dejavu-core"]
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None if machine.missing else object())
    assert dev.main(["run"]) == 0
    (apt,) = machine.called("apt-get")
    packages = f"libegl1 fonts-dejavu-core python3.{sys.version_info.minor}-venv"
    assert f"apt-get install -y --no-install-recommends {packages}" in apt[2]


def test_the_journeys_bring_what_listens_to_them_and_insist_on_it(
    dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = machine.called
    monkeypatch.setattr(dev.system_tools, "is_there", lambda tool: "Atspi" not in tool or bool(brought("apt-get")))
    monkeypatch.setattr(dev.screen, "virtual", lambda _folder: contextlib.nullcontext(":7"))
    assert dev.main(["journeys"]) == 0
    (apt,) = brought("apt-get")
    assert apt[2].endswith("python3-pyatspi -qq")
    assert machine.environments[-1].items() >= {"DISPLAY": ":7", "SCREEN_READER": "needed"}.items()


def test_who_is_not_root_gets_the_one_line_and_exit_3(
    dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.missing = ["libegl1", "libgl1"]
    monkeypatch.setattr(dev, "is_root", lambda: False)
    assert dev.main(["run"]) == 3
    assert capsys.readouterr().err == "sudo apt-get install -y --no-install-recommends libegl1 libgl1\n"
    assert machine.calls == []


def test_a_system_without_apt_hears_what_it_needs(
    dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.missing = ["libegl1"]
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    assert dev.main(["run"]) == 3
    assert "libegl1" in capsys.readouterr().err


def test_an_installation_that_brought_nothing_is_not_taken_for_done(
    dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.system, "missing_packages", lambda *, window: ["libegl1"])
    assert dev.main(["run"]) == 3
    assert not machine.called("venv")


def test_without_a_display_the_sample_is_walked_through_and_saved_as_pictures(
    dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.system, "has_display", lambda: False)
    assert dev.main(["run"]) == 0
    assert machine.calls[-1][2:] == ["needlejournal.ui.screenshots", str(dev.BUILD / "sample")]
    assert machine.environments[-1]["QT_QPA_PLATFORM"] == "offscreen"
    said = capsys.readouterr().out
    assert str(dev.BUILD / "sample") in said
    assert "xvfb-run" in said


def test_without_a_display_the_commands_that_need_no_window_still_pass_through(
    dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.system, "has_display", lambda: False)
    dev.main(["run", "verify", "journal"])
    assert machine.calls[-1][1:] == ["-m", "needlejournal", "verify", "journal"]


def test_the_app_starts_without_face_models_and_says_so(
    dev: Any, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.failing = {"needlejournal.imaging.faces.fetch_models"}
    assert dev.main(["run"]) == 0
    assert "by hand" in capsys.readouterr().out


def test_the_next_start_tries_again_for_the_models_and_says_so(
    dev: Any, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.failing = {"needlejournal.imaging.faces.fetch_models"}
    dev.main(["run"])
    machine.failing = set()
    machine.calls.clear()
    capsys.readouterr()
    dev.main(["run", "info", "a journal"])
    assert not machine.called("fetch_models"), "commands stay quick, and their output their own"
    dev.main(["run"])
    assert machine.called("fetch_models")
    assert "Fetching the models that find faces" in capsys.readouterr().out


def test_the_tests_insist_on_face_models(dev: Any, machine: Machine) -> None:
    machine.failing = {"needlejournal.imaging.faces.fetch_models"}
    assert dev.main(["test"]) == 1
    assert not machine.called("-m pytest")


def test_arguments_of_test_go_to_pytest(dev: Any, machine: Machine) -> None:
    dev.main(["test", "tests/store", "-x"])
    assert machine.calls[-1][1:] == ["-m", "pytest", "tests/store", "-x"]


@pytest.mark.parametrize("step", ["test", "journeys"])
def test_what_failed_is_tried_once_more_alone(
    dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    monkeypatch.setattr(dev.screen, "virtual", lambda _build: nullcontext(":9"))
    monkeypatch.setattr(dev, "prepare", lambda *_locks, **_wanted: None)
    machine.failing = {"auto", "window"} - ({"window"} if step == "test" else set())
    code = dev.main([step])
    first, second = machine.called("-m pytest")[:2]
    assert "--last-failed" not in first
    assert "--last-failed" in second
    assert "tried once more" in capsys.readouterr().out
    assert code == (0 if step == "test" else 1)  # the journeys failed again


def test_what_could_not_run_is_not_tried_again(dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "pytest", lambda arguments: machine.calls.append(["pytest", *arguments]) or 2)
    assert dev.main(["test"]) == 2
    assert not machine.called("--last-failed")


def test_a_package_covered_less_than_before_fails_the_tests(dev: Any, machine: Machine) -> None:
    machine.failing = {"--include=needlejournal/store/*"}
    assert dev.main(["test"]) == 1


def test_check_goes_through_every_tool_even_after_one_failed(dev: Any, machine: Machine) -> None:
    machine.failing = {"--check"}
    assert dev.main(["check"]) == 1
    programs = [Path(words[0]).stem for words in machine.calls if ".venv" in words[0]][-4:]
    assert programs == ["ruff", "ruff", "mypy", "lint-imports"]


def test_a_lock_that_names_an_index_is_refused(dev: Any, machine: Machine) -> None:
    assert dev.main(["lock"]) == 0
    dev.DEV_LOCK.write_text("--index-url https://example.org/simple\napp==1")
    assert dev.main(["lock"]) == 1


@pytest.mark.parametrize(("words", "code"), [([], 2), (["dance"], 2), (["--help"], 0)])
def test_other_words_show_what_there_is(dev: Any, words: list[str], code: int) -> None:
    assert dev.main(words) == code


def test_an_older_python_hands_over_to_a_newer_one(dev: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[str] = []

    def leave(program: str, _words: list[str]) -> None:
        handed.append(program)
        raise SystemExit

    monkeypatch.setattr(dev.sys, "version_info", (3, 9))
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "python3.12" else None)
    monkeypatch.setattr(dev.os, "execv", leave)
    with pytest.raises(SystemExit):
        dev.main(["run"])
    assert handed == ["/usr/bin/python3.12"]


def test_no_python_new_enough_is_said(dev: Any, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 9))
    monkeypatch.setattr(dev.shutil, "which", lambda _: None)
    assert dev.main(["run"]) == 3


def test_everything_the_app_needs_is_in_the_developers_lock_in_the_same_version() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==[^ ]+", (ROOT / name).read_text("utf-8"), re.MULTILINE))

    assert pins("requirements.lock")
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


@pytest.mark.parametrize("lock", sorted(ROOT.glob("*.lock")), ids=lambda file: file.name)
def test_no_lock_names_an_address(lock: Path) -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links", lock.read_text("utf-8"))


def test_dev_needs_nothing_but_the_standard_library() -> None:
    bare = [sys.executable, "-S", "-s", str(ROOT / "dev.py"), "--help"]
    shown = subprocess.run(bare, capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]})
    assert "python3 dev.py run" in shown.stdout


class TestWhatQtNeeds:
    """system.py: found out before Qt starts, which would end the process with a misleading text."""

    @pytest.fixture(autouse=True)
    def on_linux(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(system.sys, "platform", "linux")

    def test_a_missing_library_is_named_by_its_package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(system, "_loads", lambda name: name != "libEGL.so.1")
        assert system.missing_packages(window=False) == ["libegl1"]
        assert "sudo apt-get install libegl1" in (system.trouble({"QT_QPA_PLATFORM": "offscreen"}) or "")

    def test_libraries_of_a_window_are_needed_only_for_a_window(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(system, "_loads", lambda name: "xcb" not in name)
        assert system.trouble({"QT_QPA_PLATFORM": "offscreen"}) is None
        assert "libxcb-cursor0" in (system.trouble({"DISPLAY": ":0"}) or "")

    def test_a_system_without_a_font_is_said(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(system, "_loads", lambda _: True)
        monkeypatch.setattr(system, "_font_folders", lambda: [tmp_path, tmp_path / "none"])
        monkeypatch.setattr(system, "_fontconfig_knows_fonts", lambda: False)
        assert system.missing_packages(window=False) == ["fonts-dejavu-core"]
        (tmp_path / "Some.TTF").touch()
        assert system.missing_packages(window=False) == []

    def test_no_display_is_said_rather_than_tried(self) -> None:
        assert "no display" in (system.trouble({}) or "")

    def test_windows_and_mac_bring_what_qt_needs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(system.sys, "platform", "win32")
        monkeypatch.setattr(system, "_loads", lambda _: False)
        assert system.trouble({}) is None
