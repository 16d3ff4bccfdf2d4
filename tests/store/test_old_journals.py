"""Journals that earlier versions wrote open in this one, with all that was in them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import apsw
import pytest

from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Needle, Product, Severity
from needlejournal.store import Journal, open_journal
from needlejournal.store.migrations import NEWEST
from needlejournal.store.timeline import TimelineFilter

JOURNALS = Path(__file__).parent / "journals"
NOT_LATER = datetime(2025, 3, 10, tzinfo=UTC)  # nothing in it is old enough to leave the trash


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """The folder that version 0.1 wrote."""
    with zipfile.ZipFile(JOURNALS / "v1.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / "Mine.needlejournal"


@pytest.fixture
def opened(first_version: Path) -> Iterator[Journal]:
    journal = open_journal(first_version, now=lambda: NOT_LATER)
    yield journal
    journal.close()


@pytest.fixture
def sixth_version(tmp_path: Path) -> Path:
    """The folder that version 0.2 wrote before it had an index of signs."""
    with zipfile.ZipFile(JOURNALS / "v6.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / "Mine.needlejournal"


@pytest.fixture
def seventh_version(tmp_path: Path) -> Path:
    """The folder that version 0.2 wrote while its index of signs knew fewer scripts."""
    with zipfile.ZipFile(JOURNALS / "v7.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / "Mine.needlejournal"


@pytest.fixture
def eighth_version(tmp_path: Path) -> Path:
    """The folder that version 0.2 wrote while letters such as ł were only found as they are."""
    with zipfile.ZipFile(JOURNALS / "v8.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / "Mine.needlejournal"


def rows_by_table(path: Path) -> dict[str, int]:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'search_*' ORDER BY name"
        )
    ]
    counts = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in tables}
    connection.close()
    return counts


def test_every_row_is_still_there(first_version: Path) -> None:
    before = rows_by_table(first_version / "journal.db")
    assert all(before.values())
    journal = open_journal(first_version, now=lambda: NOT_LATER)
    assert journal.counts().schema == NEWEST
    journal.close()
    after = rows_by_table(first_version / "journal.db")
    kept = set(before) - {"meta", "history"}
    assert {table: after[table] for table in kept} == {table: before[table] for table in kept}


def test_what_was_written_without_spaces_is_found_after_the_index_of_signs_was_added(sixth_version: Path) -> None:
    before = rows_by_table(sixth_version / "journal.db")
    for _ in range(2):
        journal = open_journal(sixth_version, now=lambda: NOT_LATER)
        assert (journal.counts().schema, journal.read_only) == (NEWEST, False)
        found = {
            word: journal.timeline.keys(TimelineFilter(text=word)) for word in ("紅腫", "保", "麻藥", "皮膚科", "秘密")
        }
        assert {word: [f"{key.day:%m-%d}" for key in keys] for word, keys in found.items()} == {
            "紅腫": ["02-01"], "保": ["02-01"], "麻藥": ["02-03"], "皮膚科": ["02-03"], "秘密": [],
        }  # fmt: skip
        assert journal.verify().sound
        journal.close()
    assert {**rows_by_table(sixth_version / "journal.db"), "meta": 0} == {**before, "meta": 0}


def test_more_scripts_are_found_after_the_index_of_signs_was_made_anew(seventh_version: Path) -> None:
    for _ in range(2):
        journal = open_journal(seventh_version, now=lambda: NOT_LATER)
        assert (journal.counts().schema, journal.read_only) == (NEWEST, False)
        found = {
            word: [f"{key.day:%m-%d}" for key in journal.timeline.keys(TimelineFilter(text=word))]
            for word in ("빨갛", "얼굴", "त्वचा", "चा", "皮膚", "redness")
        }
        assert found == {
            "빨갛": ["02-01"], "얼굴": ["02-01"], "त्वचा": ["02-02"], "चा": ["02-02"], "皮膚": ["02-03"],
            "redness": ["02-04"],
        }  # fmt: skip
        journal.close()


def test_plain_letters_are_found_after_the_index_of_words_was_made_anew(eighth_version: Path) -> None:
    before = rows_by_table(eighth_version / "journal.db")
    for _ in range(2):
        journal = open_journal(eighth_version, now=lambda: NOT_LATER)
        assert (journal.counts().schema, journal.read_only) == (NEWEST, False)
        found = {
            word: [f"{key.day:%m-%d}" for key in journal.timeline.keys(TimelineFilter(text=word))]
            for word in ("lodzi", "rodme", "weiss", "احمرار", "אדום", "皮膚", "redness", "krem")
        }
        assert found == {
            "lodzi": ["02-01"], "rodme": ["02-02"], "weiss": ["02-03"], "احمرار": ["02-04"], "אדום": ["02-05"],
            "皮膚": ["02-06"], "redness": ["02-06"], "krem": ["02-02"],
        }  # fmt: skip
        assert journal.verify().sound
        journal.close()
    assert {**rows_by_table(eighth_version / "journal.db"), "meta": 0} == {**before, "meta": 0}


def test_what_was_written_reads_as_it_was(opened: Journal) -> None:
    first, second = opened.sessions.all()
    assert first.when == When(date(2025, 3, 1), time(15, 30), 60)
    assert first.needles == (Needle("cheek_inner_left", 1500, 4), Needle("chin", 1000))
    assert first.products[0] == Product("numbing", "Lidocaine", "Brand", "L1", "45 min before")
    assert (first.bleeding, first.tags, first.notes) == (
        Severity.MILD,
        ("first", "clinic"),
        "First session.\nIt stung; “bearable” — 😀",
    )
    assert (second.setting, second.course_id) == ("home", None)
    assert opened.name == "Meine Nadeln – “2025”"
    assert {one.kind for one in opened.trash.listing()} == {"session", "day_note"}
    assert opened.draft("session") == {"notes": "half a wor"}


def test_its_photos_are_bit_for_bit_what_they_were(opened: Journal) -> None:
    assert len(opened.photos.all()) == 2
    found = opened.verify()
    assert (found.sound, found.photos, found.orphans) == (True, 2, ())
