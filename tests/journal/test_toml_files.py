"""What is kept of the data files is what they say, and is not used where they say something else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from needlejournal import paths
from needlejournal.journal.catalogue import CatalogueError, load_catalogue
from needlejournal.journal.toml_files import KEPT, kept, write_kept


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the app's data files."""
    return Path(shutil.copytree(paths.resources(), tmp_path / "resources"))


def test_what_is_kept_is_what_the_files_say_now() -> None:
    here = (paths.resources() / KEPT).read_text(encoding="utf-8")
    assert here == write_kept(paths.resources()), "write it again: python -m needlejournal.journal.toml_files resources"


def test_the_files_pass_their_checks_and_give_the_same_catalogue_as_what_is_kept_of_them(folder: Path) -> None:
    (folder / KEPT).unlink()
    assert load_catalogue(folder) == load_catalogue(paths.resources())


def test_a_file_that_was_changed_counts_and_is_checked_with_all_others(folder: Path) -> None:
    zones = folder / "zones.toml"
    zones.write_text(zones.read_text(encoding="utf-8") + "\n# a word\n", encoding="utf-8")
    assert kept(folder, ["zones.toml"]) is None
    assert kept(folder, ["views.toml"]) is not None
    assert load_catalogue(folder) == load_catalogue(paths.resources())
    (folder / "sources.toml").write_text("", encoding="utf-8")
    with pytest.raises(CatalogueError):
        load_catalogue(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"zones.toml": 7}'])
def test_a_broken_keeping_is_passed_over(folder: Path, text: str) -> None:
    (folder / KEPT).write_text(text, encoding="utf-8")
    assert kept(folder, ["zones.toml"]) is None
    assert kept(folder, ["missing.toml"]) is None
    assert load_catalogue(folder) == load_catalogue(paths.resources())


def test_a_file_that_is_gone_is_not_read_from_what_is_kept_of_it(folder: Path) -> None:
    (folder / "views.toml").unlink()
    assert kept(folder, ["views.toml"]) is None
