"""The search finds what people type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.sessions import Product, Session, Severity
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
        made.side_effects.save(SideEffect(date(2025, 4, 5), "other", Severity.MILD, note="腫了"))
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
        ("腫了", ["04-05"]),
        ("了", ["04-05", "03-01"]),
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


def test_signs_are_found_as_they_are_written_changed_deleted_and_undone(journal: Journal) -> None:
    note = journal.day_notes.of_day(date(2025, 3, 1))
    assert note is not None
    with journal.step("Change"):
        journal.day_notes.save(replace(note, text="鼻子脫皮"))
    assert (days(journal, "皮膚"), days(journal, "脫皮"), days(journal, "鼻子脫")) == ([], ["03-01"], ["03-01"])
    journal.history.undo()
    assert (days(journal, "皮膚"), days(journal, "脫皮")) == (["03-01"], [])
    with journal.step("Delete"):
        journal.day_notes.trash(note.id)
    assert days(journal, "皮膚") == days(journal, "今天皮膚") == []
    journal.history.undo()
    assert days(journal, "皮膚") == days(journal, "今天皮膚") == ["03-01"]
    with journal.step("Session"):
        products = (Product("numbing", "麻藥膏"),)
        session = journal.sessions.save(Session(When(date(2025, 5, 1)), "microneedling", products=products))
    assert days(journal, "藥膏") == ["05-01"]
    with journal.step("Session"):
        journal.sessions.save(replace(session, products=()))
    assert days(journal, "藥膏") == []


def test_common_signs_are_found_as_rare_ones_are(journal: Journal) -> None:
    first = date(1990, 1, 1)
    with journal.step("Write"):
        for number in range(6100):
            journal.day_notes.save(DayNote(first + timedelta(days=number), "很好的" + "乾癢" * (number < 3)))
    newest = [f"{first + timedelta(days=6099 - back):%m-%d}" for back in range(3)]
    for common in ("的", "好的", "很好的"):
        assert [f"{hit.day:%m-%d}" for hit in search(journal._database, common, limit=3)] == newest
        assert days(journal, f"{common} 乾癢") == ["01-03", "01-02", "01-01"]
        assert days(journal, f"{common}乾癢乾") == []
    assert [f"{hit.day:%m-%d}" for hit in search(journal._database, "乾癢", limit=1)] == ["01-03"]


SIGNS = st.text("皮膚紅腫霜Aa1 、แดงはだ", max_size=12)


@given(st.lists(SIGNS, min_size=1, max_size=6), st.text("皮膚紅腫霜Aa1แดงはだ", min_size=1, max_size=5), st.randoms())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
def test_what_is_inside_a_text_is_found_there_and_nowhere_else(
    journal: Journal, texts: list[str], typed: str, chance: Random
) -> None:
    source = chance.choice(texts)
    start = chance.randrange(len(source) + 1)
    for looked_for in (typed, source[start : start + 4]):
        if re.fullmatch(r"\w+", looked_for) and not looked_for.isascii():
            with journal.step("Write"):
                for number, text in enumerate(texts):
                    journal.day_notes.save(DayNote(date(2026, 1, 1 + number), text))
            wanted = [f"01-{1 + n:02}" for n, text in enumerate(texts) if looked_for.lower() in text.lower()]
            assert [day for day in days(journal, looked_for) if day < "02"] == wanted[::-1]
            journal.history.undo()


@given(st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_nothing_typed_is_a_fault(journal: Journal, text: str) -> None:
    search(journal._database, text)
