"""Previews may be thrown away at any time: they are made anew, and no photo depends on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from needlejournal.store.database import Database, DatabaseError
from needlejournal.store.previews import PROXY, THUMBNAIL, Previews


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "previews.db"


def test_previews_are_kept_by_kind_and_replaced(path: Path) -> None:
    previews = Previews(path)
    previews.put("aa", {THUMBNAIL: b"small", PROXY: b"large"})
    previews.put("aa", {THUMBNAIL: b"other"})
    assert (previews.get("aa"), previews.get("aa", PROXY), previews.get("bb")) == (b"other", b"large", None)
    previews.close()
    again = Previews(path)
    assert again.get("aa") == b"other"
    again.close()


def test_readings_are_kept_by_version(path: Path) -> None:
    previews = Previews(path)
    previews.put_reading("aa", "face", 2, '{"yaw": 3}')
    assert previews.reading("aa", "face", 2) == '{"yaw": 3}'
    assert previews.reading("aa", "face", 3) is None
    assert previews.hashes() == {"aa"}
    previews.close()


def test_forgetting_drops_all_of_one_original(path: Path) -> None:
    previews = Previews(path)
    for sha256 in ("aa", "bb"):
        previews.put(sha256, {THUMBNAIL: b"x"})
        previews.put_reading(sha256, "face", 1, "{}")
    previews.forget("aa")
    assert (previews.get("aa"), previews.reading("aa", "face", 1)) == (None, None)
    assert previews.hashes() == {"bb"}
    previews.close()


def test_a_damaged_file_is_made_anew(path: Path) -> None:
    path.write_bytes(b"not a database at all, " * 500)
    previews = Previews(path)
    previews.put("aa", {THUMBNAIL: b"x"})
    assert previews.get("aa") == b"x"
    previews.close()


def test_a_file_of_another_kind_is_made_anew(path: Path) -> None:
    other = Database(path)
    other.run("CREATE TABLE preview (sha256 TEXT CHECK (length(sha256) < 3))")
    other.close()
    previews = Previews(path)
    previews.put("a longer hash", {THUMBNAIL: b"x"})
    assert previews.get("a longer hash") == b"x"
    previews.close()


def test_a_link_in_its_place_is_not_followed_and_left_alone(path: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    path.symlink_to(theirs)
    previews = Previews(path)
    previews.put("aa", {THUMBNAIL: b"x"})
    assert previews.get("aa") == b"x"
    previews.close()
    assert path.is_symlink()
    assert not theirs.exists()


def test_a_place_that_refuses_everything_gets_previews_in_memory(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.mkdir()
    previews = Previews(path)
    previews.put("aa", {THUMBNAIL: b"x"})
    assert previews.get("aa") == b"x"
    previews.close()


def test_a_failure_while_making_the_tables_closes_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from needlejournal.store import previews as module

    real, tries = Database.run, []

    def refuse(self: Database, sql: str, values: object = ()) -> int:
        if sql is module.TABLES and len(tries) < 2:
            tries.append(sql)
            raise DatabaseError("The disk is full.")
        return real(self, sql, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "run", refuse)
    previews = Previews(path)
    previews.put("aa", {THUMBNAIL: b"x"})
    assert previews.get("aa") == b"x"
    previews.close()


@pytest.mark.parametrize("there", ["nothing", "previews", "rubbish"])
def test_for_viewing_only_what_is_there_is_read_and_nothing_is_written(path: Path, there: str) -> None:
    if there == "previews":
        made = Previews(path)
        made.put("aa", {THUMBNAIL: b"x"})
        made.close()
    if there == "rubbish":
        path.write_bytes(b"rubbish " * 900)
    before = path.read_bytes() if path.exists() else None
    previews = Previews(path, read_only=True)
    assert previews.get("aa") == (b"x" if there == "previews" else None)
    previews.close()
    assert (path.read_bytes() if path.exists() else None) == before


def test_with_a_key_they_tell_nothing(path: Path) -> None:
    previews = Previews(path, key=bytes(range(32)))
    previews.put("aa", {THUMBNAIL: b"a face, small"})
    previews.close()
    assert b"a face" not in path.read_bytes()
