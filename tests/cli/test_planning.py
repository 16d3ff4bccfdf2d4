"""What comes next, on the command line: the plan as JSON and in words, and the calendar file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Commands
from tests.workflows.ics_reader import read_calendar


@pytest.fixture
def mine(run: Commands, tmp_path: Path) -> Path:
    """A journal with one session of micro-needling on 1 March 2026."""
    folder = tmp_path / "Mine.needlejournal"
    run("session", folder, "--day", "2026-03-01", "--json")
    return folder


def test_the_plan_says_when_the_next_session_fits(run: Commands, mine: Path) -> None:
    plan = run("plan", mine, "--day", "2026-03-02", "--json")
    following = plan["next"]
    assert (following["number"], following["of"]) == (2, 4)
    assert (following["earliest"], following["latest"]) == ("2026-03-29", "2026-04-12")
    assert following["state"] == "coming"
    assert plan["courses"][0]["planned"] is False


def test_the_plan_names_due_photos_and_looks(run: Commands, mine: Path) -> None:
    plan = run("plan", mine, "--day", "2026-03-02", "--json")
    due = [(photos["kind"], photos["day"]) for photos in plan["due_photos"]]
    assert ("day", "2026-03-02") in due
    assert "frontal" in plan["due_photos"][0]["views"]
    assert [look["kind"] for look in plan["looks"]] == ["before_next"]


def test_the_plan_names_the_source_of_an_expected_result(run: Commands, mine: Path) -> None:
    results = run("plan", mine, "--day", "2026-03-02", "--json")["courses"][0]["results"]
    measured = next(result for result in results if "Ablon" in result["source"])
    assert measured["days"] == ["2026-05-30", "2026-07-29"]
    assert all(result["sentence"] and result["source"] for result in results)


def test_a_journal_without_sessions_has_no_plan(run: Commands, tmp_path: Path) -> None:
    empty = tmp_path / "Empty.needlejournal"
    run("log", empty, "--day", "2026-03-04", "--symptom", "redness", "--severity", "mild")
    plan = run("plan", empty, "--json")
    assert (plan["next"], plan["due_photos"], plan["looks"], plan["courses"]) == (None, [], [], [])


def test_the_plan_in_words(run: Commands, mine: Path) -> None:
    run("plan", mine, "--day", "2026-03-02")
    assert "session 2 would be usual from 2026-03-29 to 2026-04-12" in run.out
    assert "Ablon" in run.out


def test_the_calendar_file_can_be_read_back(run: Commands, mine: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    answer = run("calendar", mine, "-o", target, "--day", "2026-03-02", "--json")
    calendar = read_calendar(target.read_bytes())
    assert answer == {"output": str(target), "entries": len(calendar.parts)}
    titles = [event.text("SUMMARY") for event in calendar.parts]
    assert "Good days for session 2 of 4: Micro-needling" in titles


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(run: Commands, mine: Path, tmp_path: Path) -> None:
    run("calendar", mine, "-o", tmp_path / "no such folder" / "plan.ics")
    assert run.code == 1
    assert "Your journal is unchanged" in run.err


def test_a_day_that_is_none_is_wrong_use(run: Commands, mine: Path) -> None:
    run("plan", mine, "--day", "yesterday")
    assert run.code == 2
