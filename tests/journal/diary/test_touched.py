"""What touched the skin before a day: products with lots, needles and days since, across all sessions."""

from __future__ import annotations

import random
from datetime import date

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.diary.days_after import Diary
from needlejournal.journal.diary.touched import products_before, touched_before
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Needle, Product, Session, Severity
from tests.journal.courses_by_hand import course, day

SERUM = Product("serum", "C serum", "Example", "L1")
CREAM = Product("numbing", "Cream", "Example", "N7")


def session(key: int, number: int, *products: Product) -> Session:
    return Session(When(day(number)), products=products, needles=(Needle("nose", 500),), id=key)


def felt(written: Diary) -> list[date]:
    return [known for known, severity in written.known_dates("lump").items() if severity > Severity.NONE]


def test_every_session_before_a_day_with_days_since_latest_first():
    sessions = [session(5, 28, SERUM), session(4, 0, CREAM), session(6, 60)]
    found = touched_before(sessions, day(31))
    assert [(one.number, one.days_since, one.session.id) for one in found] == [(2, 3, 5), (1, 31, 4)]
    assert found[0].session.products == (SERUM,)
    assert touched_before(sessions, day(-1)) == ()


def test_products_with_the_sessions_after_which_the_symptom_was_written_down():
    sessions = [
        session(1, 0, CREAM, SERUM, SERUM),
        session(2, 30, CREAM, Product("serum", "C serum ", "Example", "L2")),
        session(3, 60, CREAM, SERUM),
    ]
    written = Diary([*course("lump", "1", 20), *course("redness", "1", 31), *course("lump", "0", 32)])
    found = {(use.name, use.lot): use for use in products_before(sessions, written.written_days, felt(written))}
    assert found["C serum", "L1"].used == (1, 3)
    assert found["C serum", "L1"].followed == (1,)
    assert found["C serum", "L1"].unwritten == (3,)
    assert (found["C serum", "L2"].followed, found["C serum", "L2"].unwritten) == ((), ())
    assert found["Cream", "N7"].used == (1, 2, 3)
    assert list(found) == [("Cream", "N7"), ("C serum", "L1"), ("C serum", "L2")]


def test_products_of_any_diary_are_followed_as_looking_at_every_day_says():
    chance = random.Random(12)
    for _ in range(200):
        days = chance.sample(range(40), 6)
        sessions = [session(key, number, SERUM) for key, number in enumerate(days, start=1)]
        effects = [
            SideEffect(day(chance.randrange(-5, 60)), chance.choice(("lump", "redness")), chance.choice(list(Severity)))
            for _ in range(chance.randrange(8))
        ]
        notes = [DayNote(day(chance.randrange(60)), nothing_to_note=True) for _ in range(chance.randrange(3))]
        written = Diary(effects, notes)
        starts = sorted(days)
        known = [number for number in range(-5, 61) if written.is_written(day(number))]
        of_each = [
            [number for number in known if start <= number < end]
            for start, end in zip(starts, [*starts[1:], 61], strict=True)
        ]
        said = dict(enumerate(of_each, start=1))
        (use,) = products_before(sessions, written.written_days, felt(written))
        assert use.unwritten == tuple(number for number, own in said.items() if not own)
        assert use.followed == tuple(
            number for number, own in said.items() if any(written.on(day(d)).get("lump", 0) > 0 for d in own)
        )


def test_without_products_there_is_nothing_to_list():
    assert products_before([session(1, 0)], [day(0)], [day(0)]) == ()
