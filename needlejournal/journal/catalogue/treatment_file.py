"""Makes a Treatment of a checked treatment file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from needlejournal.journal.catalogue.facts import Source, Statement
from needlejournal.journal.catalogue.treatments import (
    DiaryPlan,
    ExpectedResult,
    Glow,
    HealingDays,
    Interval,
    Looks,
    NeedleHint,
    NeedleLengths,
    SessionCount,
    Treatment,
    UsualCourse,
)
from needlejournal.journal.courses import ChecklistItem

Entry = Mapping[str, Any]
Sources = Mapping[str, Source]


def treatment_from(key: str, entry: Entry, sources: Sources) -> Treatment:
    """The treatment that a file describes. The entry must have been checked before."""
    diary, glow, needles, looks = (entry.get(name) for name in ("diary", "glow", "needles", "looks"))
    return Treatment(
        key=key,
        name=entry["name"],
        summary=entry["summary"],
        needling=entry.get("needling", False),
        devices=tuple(entry.get("devices", ())),
        sessions=SessionCount(**_with_statements(entry.get("sessions", {}), sources)),
        interval=Interval(**_with_statements(entry.get("interval", {}), sources)),
        healing=HealingDays(**_with_statements(entry.get("healing", {}), sources)),
        diary=DiaryPlan(**_with_statements(diary, sources)) if diary else None,
        looks=Looks(looks.get("not_before_day"), tuple(looks["months_after_last"])) if looks else Looks(),
        glow=Glow(glow["hours"], _statement(glow, sources)) if glow else None,
        results=tuple(_result(result, sources) for result in entry.get("results", ())),
        needles=_needles(needles, sources) if needles else None,
        course=tuple(_course(course, sources) for course in entry.get("course", ())),
        aftercare=tuple(ChecklistItem(**item) for item in entry["aftercare"]),
        warnings=_statements(entry.get("warnings", ()), sources),
        notes=_statements(entry.get("notes", ()), sources),
    )


def _statement(entry: Entry, sources: Sources) -> Statement:
    return Statement(entry["text"], tuple(sources[key] for key in entry["sources"]))


def _statements(entries: list[Entry] | tuple[()], sources: Sources) -> tuple[Statement, ...]:
    return tuple(_statement(entry, sources) for entry in entries)


def _with_statements(entry: Entry, sources: Sources) -> dict[str, Any]:
    return {**entry, "statements": _statements(entry.get("statements", ()), sources)}


def _result(entry: Entry, sources: Sources) -> ExpectedResult:
    return ExpectedResult(
        _statement(entry, sources), entry["counted_from"], tuple(entry.get("days", ())), tuple(entry.get("months", ()))
    )


def _micrometres(millimetres: float) -> int:
    return round(millimetres * 1000)


def _hint(name: str, millimetres: list[float], statement: Statement, zones: list[str] | tuple[()] = ()) -> NeedleHint:
    return NeedleHint(name, _micrometres(millimetres[0]), _micrometres(millimetres[1]), statement, tuple(zones))


def _needles(entry: Entry, sources: Sources) -> NeedleLengths:
    return NeedleLengths(
        usual=_hint("Usual", entry["usual_mm"], _statement(entry["statement"], sources)),
        home=_hint("At home", entry["home_mm"], _statement(entry["home_statement"], sources)),
        home_note=entry["home_note"],
        maximum=_statement(entry["maximum_statement"], sources),
        areas=tuple(_area(area, sources) for area in entry["areas"]),
    )


def _area(entry: Entry, sources: Sources) -> NeedleHint:
    statement = Statement(sources=tuple(sources[key] for key in entry["sources"]))
    return _hint(entry["name"], entry["mm"], statement, entry["zones"])


def _course(entry: Entry, sources: Sources) -> UsualCourse:
    return UsualCourse(
        entry["symptom"],
        _statement(entry, sources),
        entry.get("expected", True),
        entry.get("from_day"),
        entry.get("to_day"),
        entry.get("at_most"),
    )
