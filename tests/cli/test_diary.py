"""The diary from the command line: what is written, what is printed, and what wrong use gets."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from needlejournal import cli
from needlejournal.journal.courses import Dismissal
from needlejournal.journal.days import DayNote
from needlejournal.store import open_journal


@pytest.fixture
def journal(tmp_path: Path) -> str:
    """A journal that is not there yet."""
    return str(tmp_path / "Mine.needlejournal")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert cli.main([*words, "--json"]) == 0
    facts: dict[str, Any] = json.loads(capsys.readouterr().out)
    return facts


def log(capsys: pytest.CaptureFixture[str], journal: str, day: str, symptom: str, severity: str, *more: str) -> None:
    run(capsys, "log", journal, "--day", day, "--symptom", symptom, "--severity", severity, *more)


def session(capsys: pytest.CaptureFixture[str], journal: str, day: str, *more: str) -> dict[str, Any]:
    return run(capsys, "session", journal, "--day", day, *more)


def test_sessions_are_numbered_by_their_day_whatever_their_order(
    journal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert session(capsys, journal, "2026-03-01", "--time", "14:30", "--setting", "clinic")["number"] == 1
    assert session(capsys, journal, "2026-01-10")["number"] == 1
    assert session(capsys, journal, "2026-05-10", "--treatment", "hydrafacial")["number"] == 3


def test_the_grid_has_a_number_for_each_written_day_and_null_for_all_others(
    journal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    session(capsys, journal, "2026-03-01")
    log(capsys, journal, "2026-03-01", "redness", "severe")
    log(capsys, journal, "2026-03-02", "redness", "moderate")
    log(capsys, journal, "2026-03-04", "redness", "none")
    found = run(capsys, "diary", journal, "--session", "1")
    assert found["grid"] == {"redness": [3, 2, None, 0, *[None] * 27]}
    assert (found["session"], found["day"], found["treatment"]) == (1, "2026-03-01", "microneedling")
    (episode,) = found["episodes"]
    assert (episode["symptom"], episode["onset"], episode["peak"], episode["end"]) == ("redness", 0, 0, 3)
    assert found["cards"] == []


def test_the_highest_severity_over_zones_counts_and_a_second_entry_replaces_the_first(
    journal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    session(capsys, journal, "2026-03-01")
    log(capsys, journal, "2026-03-02", "redness", "severe", "--zone", "chin")
    log(capsys, journal, "2026-03-02", "redness", "mild", "--zone", "nose", "--note", "only a little")
    assert run(capsys, "diary", journal, "--session", "1")["grid"]["redness"][1] == 3
    log(capsys, journal, "2026-03-02", "redness", "none", "--zone", "chin")
    assert run(capsys, "diary", journal, "--session", "1")["grid"]["redness"][1] == 1


def test_a_card_names_its_rule_its_days_and_its_source(journal: str, capsys: pytest.CaptureFixture[str]) -> None:
    session(capsys, journal, "2026-03-01")
    log(capsys, journal, "2026-03-06", "cold_sore", "mild")
    (card,) = run(capsys, "diary", journal, "--session", "1")["cards"]
    assert (card["rule"], card["symptom"], card["days"]) == ("red_flag", "cold_sore", [5])
    assert "Call your clinic" in card["sentence"]
    assert card["source"]


def test_the_cards_of_a_whole_journal_need_no_session(journal: str, capsys: pytest.CaptureFixture[str]) -> None:
    log(capsys, journal, "2026-03-06", "cold_sore", "mild")
    (card,) = run(capsys, "cards", journal)["cards"]
    assert card == {
        "rule": "red_flag",
        "symptom": "cold_sore",
        "sessions": [],
        "days": ["2026-03-06"],
        "sentence": (
            "You wrote down “Cold sore” as Mild on 2026-03-06. No session is written down before it. "
            "This is never an expected part of healing. Calling about it at once is a cautious limit of this app. "
            "Call your clinic and tell them."
        ),
        "source": "a cautious limit of this app",
        "dismissed": False,
    }
    assert cli.main(["cards", journal]) == 0
    assert "Call your clinic" in capsys.readouterr().out
    session(capsys, journal, "2026-03-01")
    session(capsys, journal, "2026-03-06")
    assert run(capsys, "cards", journal)["cards"][0]["sessions"] == [1, 2]


def test_cards_put_aside_are_marked_and_counted(journal: str, capsys: pytest.CaptureFixture[str]) -> None:
    log(capsys, journal, "2026-03-06", "cold_sore", "mild")
    with closing(open_journal(Path(journal))) as opened, opened.step("Put aside"):
        opened.dismissals.save(Dismissal("red_flag", "cold_sore", 0, ("2026-03-06",), "The clinic knows"))
    assert [card["dismissed"] for card in run(capsys, "cards", journal)["cards"]] == [True]
    assert cli.main(["cards", journal]) == 0
    assert capsys.readouterr().out == "1 card is put aside.\n"


def test_a_journal_without_cards_says_so(journal: str, capsys: pytest.CaptureFixture[str]) -> None:
    log(capsys, journal, "2026-03-06", "redness", "mild")
    assert run(capsys, "cards", journal) == {"cards": []}
    assert cli.main(["cards", journal]) == 0
    assert "asks for a call" in capsys.readouterr().out


def test_the_diary_can_be_read_without_json(journal: str, capsys: pytest.CaptureFixture[str]) -> None:
    session(capsys, journal, "2026-03-01")
    log(capsys, journal, "2026-03-02", "redness", "mild")
    assert cli.main(["diary", journal, "--session", "1"]) == 0
    assert "redness        ·1·" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("diary", "--session", "4"), "There is no session 4"),
        (("session", "--day", "2026-03-01", "--treatment", "magic"), "There is no treatment “magic”"),
        (("session", "--day", "2026-03-01", "--treatment", "hydrofacial"), "Did you mean hydrafacial?"),
        (("session", "--day", "2026-03-01", "--treatment", "lazer"), "Did you mean laser_ablative_fractional?"),
        (("session", "--day", "2099-03-01"), "2099-03-01 is more than a year ahead."),
        (("log", "--day", "2099-03-01", "--symptom", "redness", "--severity", "mild"), "more than a year ahead"),
        (("log", "--day", "2026-03-01", "--symptom", " ", "--severity", "mild"), "Please say which symptom"),
        (
            ("log", "--day", "2026-03-01", "--symptom", "rednes", "--severity", "mild"),
            "There is no symptom “rednes”. Did you mean redness? `--own` writes it as your own.\n",
        ),
        (
            ("log", "--day", "2026-03-01", "--symptom", "qwxyz", "--severity", "mild"),
            "There is no symptom “qwxyz”. `--own` writes it as your own.\n",
        ),
        (
            ("log", "--day", "2026-03-01", "--symptom", "pus", "--severity", "mild", "--zone", "cheekleft"),
            "There is no zone “cheekleft”. Did you mean cheek_inner_left? `--own` writes it as your own.\n",
        ),
        (
            ("log", "--day", "2026-03-01", "--symptom", "pus", "--severity", "mild", "--zone", "qwxyz"),
            "There is no zone “qwxyz”. `--own` writes it as your own.\n",
        ),
        (("import", "nothing.jpg", "--view", "sideways"), "There is no view “sideways”. The views are: frontal, "),
        (("import", "nothing.jpg", "--view", "frontall"), "Did you mean frontal?"),
        (("log", "--day", "1066-10-14", "--symptom", "redness", "--severity", "mild"), "cannot be right"),
    ],
)
def test_what_cannot_be_kept_is_said_in_a_sentence(
    journal: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    session(capsys, journal, "2026-03-01")
    assert cli.main([words[0], journal, *words[1:]]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "key"),
    [("Pus", "infection"), ("erythema", "redness"), ("dark spots", "darkening"), ("Cold sore", "cold_sore")],
)
def test_names_and_ordinary_words_find_their_symptom(
    journal: str, capsys: pytest.CaptureFixture[str], word: str, key: str
) -> None:
    given = ("--symptom", word, "--severity", "mild", "--zone", "Left inner cheek")
    facts = run(capsys, "log", journal, "--day", "2026-03-01", *given)
    assert (facts["symptom"], facts["zone"]) == (key, "cheek_inner_left")


def test_own_words_are_written_when_that_is_said(journal: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--symptom", "rednes", "--severity", "mild", "--zone", "left knee", "--own")
    facts = run(capsys, "log", journal, "--day", "2026-03-01", *given)
    assert (facts["symptom"], facts["zone"]) == ("rednes", "left knee")


@pytest.mark.parametrize(
    "words",
    [
        ("log", "--day", "yesterday", "--symptom", "redness", "--severity", "mild"),
        ("log", "--day", "2026-03-01", "--symptom", "redness", "--severity", "awful"),
        ("session", "--day", "2026-03-01", "--time", "noon"),
        ("diary",),
    ],
)
def test_wrong_use_exits_with_2(journal: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([words[0], journal, *words[1:]])
    assert stopped.value.code == 2


def test_a_side_effect_takes_nothing_to_note_away_and_none_leaves_it(
    journal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log(capsys, journal, "2026-03-01", "redness", "none")
    with closing(open_journal(Path(journal))) as opened, opened.step("Nothing"):
        opened.day_notes.save(DayNote(date(2026, 3, 1), "Slept well.", nothing_to_note=True))
    log(capsys, journal, "2026-03-01", "swelling", "none")
    with closing(open_journal(Path(journal))) as opened:
        (note,) = opened.day_notes.all()
    assert note.nothing_to_note
    log(capsys, journal, "2026-03-01", "redness", "mild")
    with closing(open_journal(Path(journal))) as opened:
        (note,) = opened.day_notes.all()
    assert (note.text, note.nothing_to_note) == ("Slept well.", False)


def test_a_second_entry_without_a_note_keeps_the_note(journal: str, capsys: pytest.CaptureFixture[str]) -> None:
    log(capsys, journal, "2026-03-01", "redness", "mild", "--note", "After the shower")
    log(capsys, journal, "2026-03-01", "redness", "moderate")
    with closing(open_journal(Path(journal))) as opened:
        (entry,) = opened.side_effects.of_day(date(2026, 3, 1))
    assert (entry.severity, entry.note) == (2, "After the shower")


@pytest.mark.parametrize(("word", "near"), [("peel", "chemical_peel"), ("laser", "laser_ablative_fractional")])
def test_part_of_a_treatments_name_is_said_what_it_may_mean(
    journal: str, capsys: pytest.CaptureFixture[str], word: str, near: str
) -> None:
    assert cli.main(["session", journal, "--day", "2026-03-01", "--treatment", word]) == 1
    assert f"Did you mean {near}?" in capsys.readouterr().err
