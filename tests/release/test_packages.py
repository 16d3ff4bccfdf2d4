"""What goes into a package beside the program: licences of everything, a menu entry, and stand-ins that bind."""

from __future__ import annotations

import ctypes
import os
import plistlib
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path

import pytest

from needlejournal.store import create_journal
from release import licences, packages, sizes, stand_ins

ROOT = Path(__file__).resolve().parents[2]


def test_every_package_of_the_lock_is_named_with_a_licence() -> None:
    text = licences.text(ROOT / "requirements.lock").lower()
    for name in licences.names_in(ROOT / "requirements.lock"):
        assert name.lower().replace("-", "_") in text.replace("-", "_")
    assert "inter" in text and "apache" in text


def test_the_menu_entry_and_its_description_are_well_formed() -> None:
    entry = (ROOT / "release/linux/needlejournal.desktop").read_text(encoding="utf-8")
    assert "Exec=needlejournal %F" in entry
    for name in ("org.needlejournal.NeedleJournal.metainfo.xml", "needlejournal-mime.xml"):
        ET.parse(ROOT / "release/linux" / name)
    plistlib.loads((ROOT / "release/macos/entitlements.plist").read_bytes())


@pytest.mark.skipif(not (shutil.which("update-mime-database") and shutil.which("gio")), reason="needs both")
def test_a_double_click_on_a_journals_database_finds_the_program(tmp_path: Path) -> None:
    """As a desktop would ask; a copy of any name is known by what is in it, an encrypted one by its name."""
    packages_folder = tmp_path / "share/mime/packages"
    packages_folder.mkdir(parents=True)
    shutil.copy(ROOT / "release/linux/needlejournal-mime.xml", packages_folder)
    usual = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "share"), "PATH": os.environ["PATH"]}
    subprocess.run(["update-mime-database", tmp_path / "share/mime"], check=True, env=usual, capture_output=True)
    create_journal(tmp_path / "Mine.needlejournal").close()
    database = tmp_path / "Mine.needlejournal/journal.db"
    copy = shutil.copy(database, tmp_path / "copy")
    locked = tmp_path / "Other.needlejournal/journal.db"
    locked.parent.mkdir()
    locked.write_bytes(bytes(range(256)) * 64)
    with closing(sqlite3.connect(tmp_path / "foreign.sqlite")) as foreign:
        foreign.execute("CREATE TABLE t (a)")

    def kind(file: Path | str) -> str:
        asked = ["gio", "info", "-a", "standard::content-type", file]
        told = subprocess.run(asked, check=True, env=usual, capture_output=True, text=True).stdout
        return told.rsplit(": ", 1)[1].strip()

    assert {kind(file) for file in (database, copy, locked)} == {"application/x-needlejournal"}
    assert kind(tmp_path / "foreign.sqlite") == "application/vnd.sqlite3"
    entry = (ROOT / "release/linux/needlejournal.desktop").read_text(encoding="utf-8")
    assert "MimeType=application/x-needlejournal;" in entry


@pytest.mark.parametrize(("name", "called"), [
    ("opencv_python_headless.libs/libavcodec-57aca189.so.62", False),
    ("pillow_heif.libs/libx265-4883ecb5.so.217", False),
    ("opencv_python_headless.libs/libopenblasp-r0.so", True),
    ("pillow.libs/libavif.so", True),
    ("libavcodec.so", True),
])  # fmt: skip
def test_only_what_is_never_called_gets_a_stand_in(name: str, called: bool) -> None:
    assert stand_ins.is_never_called(name) is not called


@pytest.mark.skipif(not (shutil.which("gcc") and shutil.which("objdump")), reason="needs gcc and binutils")
def test_a_stand_in_binds_in_place_of_the_library_and_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "large.c").write_text("int answer(void) { return 42; }\nint other(void) { return 1; }\n")
    (tmp_path / "user.c").write_text("int answer(void);\nint ask(void) { return answer(); }\n")
    build = ["gcc", "-shared", "-fPIC", "-nostdlib"]
    large, user = tmp_path / "liblarge.so", tmp_path / "libuser.so"
    subprocess.run([*build, "-Wl,-soname,liblarge.so", "-o", large, tmp_path / "large.c"], check=True)
    subprocess.run([*build, "-Wl,-rpath,$ORIGIN", "-o", user, tmp_path / "user.c", large], check=True)
    made = stand_ins.make(large, [user], tmp_path / "made")
    assert stand_ins.needed_by(user) == {"liblarge.so"}
    shutil.copyfile(made, large)
    assert ctypes.CDLL(str(user)).ask() == 0


def test_the_tar_is_the_same_each_time_it_is_packed(tmp_path: Path) -> None:
    frozen = tmp_path / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "needlejournal").write_bytes(b"program")
    third_party = tmp_path / "THIRD-PARTY.txt"
    third_party.write_text("licences")
    release = packages.Release(frozen, tmp_path, third_party, "9.9", 1_700_000_000)
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    bodies = [packages._tar(release, folder).read_bytes() for folder in (first, second)]
    assert bodies[0] == bodies[1]


def test_a_program_that_grew_too_much_is_said_with_its_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_internal").mkdir()
    (tmp_path / "_internal" / "large.so").write_bytes(bytes(3 * 1024 * 1024))
    monkeypatch.setattr(sizes, "FROZEN_MIB", 3)
    assert sizes.grown(tmp_path) == ""
    monkeypatch.setattr(sizes, "FROZEN_MIB", 2)
    assert "large.so" in sizes.grown(tmp_path)
