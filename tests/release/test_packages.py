"""What goes into a package beside the program: licences of everything, a menu entry, and stand-ins that bind."""

from __future__ import annotations

import ctypes
import plistlib
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

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
