"""The search finds what people type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.sessions import Severity
from needlejournal.store import Journal, create_journal
from needlejournal.store.search import search
from needlejournal.store.timeline import TimelineFilter

DAY = date(2025, 3, 8)
NOTES = {
    1: "今天皮膚有點紅，擦了保濕霜",
    2: "昨日は肌が赤かった",
    3: "ผิวหน้าแดงเล็กน้อย",
    4: "Straße und Sonne",
    5: "Strasse ohne Sonne",
    6: "Işıkta kızarıklık",
    7: "café with Zoë 😀",
    8: "얼굴이 빨갛다",
}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = create_journal(tmp_path / "Mine.needlejournal")
    with made.step("Write"):
        for day, text in NOTES.items():
            made.day_notes.save(DayNote(date(2025, 3, day), text))
        made.side_effects.save(SideEffect(date(2025, 4, 1), "redness", Severity.SEVERE))
        made.side_effects.save(SideEffect(date(2025, 4, 2), "cold_sore", Severity.MILD))
        made.side_effects.save(SideEffect(date(2025, 4, 3), "redness", Severity.NONE))
        original = Original("a" * 64, "aa/" + "a" * 64 + ".jpg", "IMG_4711.jpg", 9)
        made.photos.save(Photo(original, When(date(2025, 4, 4)), tags=("holiday",)))
    yield made
    made.close()


def days(journal: Journal, text: str) -> list[str]:
    return [f"{hit.day:%m-%d}" for hit in search(journal._database, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("redness", ["04-01"]),
        ("severe", ["04-01"]),
        ("cold sore", ["04-02"]),
        ("IMG_4711", ["04-04"]),
        ("4711", ["04-04"]),
        ("holiday", ["04-04"]),
        ("strasse sonne mit", []),
        ("sonne ohne strasse", ["03-05"]),
        ("皮膚", ["03-01"]),
        ("紅", ["03-01"]),
        ("赤か", ["03-02"]),
        ("แดง", ["03-03"]),
        ("빨갛", ["03-08"]),
        ("皮膚 保濕", ["03-01"]),
        ("皮膚 赤", []),
        ("strasse", ["03-05", "03-04"]),
        ("straße", ["03-05", "03-04"]),
        ("STRASSE", ["03-05", "03-04"]),
        ("KIZARIKLIK", ["03-06"]),
        ("İşıkta", ["03-06"]),
        ("isikta", ["03-06"]),
        ("kızarıklık", ["03-06"]),
        ("kizariklik", ["03-06"]),
        ("cafe\N{COMBINING ACUTE ACCENT}", ["03-07"]),
        ("zoe", ["03-07"]),
        ("😀", []),
        ("%", []),
        ("*", []),
        ('"', []),
    ],
)
def test_what_is_typed_is_found(journal: Journal, text: str, found: list[str]) -> None:
    assert days(journal, text) == found


def test_what_was_found_follows_what_is_written(journal: Journal) -> None:
    effect = journal.side_effects.of_day(date(2025, 4, 1))[0]
    with journal.step("Delete"):
        journal.side_effects.trash(effect.id)
    assert days(journal, "redness") == []
    journal.history.undo()
    assert days(journal, "redness") == ["04-01"]


def test_signs_alone_find_nothing_on_the_timeline_and_never_everything(journal: Journal) -> None:
    timeline = journal.timeline
    assert timeline.keys(TimelineFilter(text="😀 …")) == []
    assert len(timeline.keys(TimelineFilter(text="  "))) > 3
    assert days(journal, "😀 zoe") == ["03-07"]


@given(st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_nothing_typed_is_a_fault(journal: Journal, text: str) -> None:
    search(journal._database, text)
