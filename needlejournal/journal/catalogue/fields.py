"""What each data file must hold: one declaration per file, read beside the file itself."""

from __future__ import annotations

from collections.abc import Collection

from needlejournal.journal.catalogue.facts import KINDS
from needlejournal.journal.catalogue.schema import (
    Check,
    Fields,
    Must,
    flag,
    list_of,
    number,
    one_of,
    table,
    table_of,
    text,
    whole,
)
from needlejournal.journal.frozen import frozen
from needlejournal.journal.ratings import Judgement
from needlejournal.journal.sessions import Severity

DAY = whole(0, 3650)
MONTHS = list_of(whole(1, 120))
DAYS = list_of(DAY)
MILLIMETRES = list_of(number(0.1, 3.5), fewest=2, most=2)
SEVERITY = one_of([severity.name.lower() for severity in Severity])
SIDES = ("left", "right")
NAMED_RULES = ("prolonged", "worsening", "darker_patches")

SOURCES = table_of(
    table({"kind": Must(one_of(KINDS)), "name": Must(text), "detail": text, "address": text}),
)
ENDS = table({"lowest": Must(text), "highest": Must(text)})
SCALES = table(
    {
        "severity": Must(table({"words": Must(list_of(text, fewest=len(Severity), most=len(Severity)))})),
        "pain": Must(ENDS),
        "rating": Must(ENDS),
        "judgement": Must(table_of(text, only=[judgement.value for judgement in Judgement])),
    }
)
ZONES = table_of(
    table(
        {
            "name": Must(text),
            "where": Must(text),
            "area": Must(text),
            "part": Must(one_of(("face", "body"))),
            "clinical": text,
            "sides": flag,
        }
    ),
)


@frozen
class Known:
    """The keys that the other files may name."""

    sources: Collection[str]
    symptoms: Collection[str] = ()
    zones: Collection[str] = ()
    views: Collection[str] = ()

    @property
    def source_list(self) -> Must:
        """A field that names at least one source."""
        return Must(list_of(one_of(self.sources)))


def symptoms(known: Known) -> Check:
    """symptoms.toml."""
    fields: Fields = {
        "name": Must(text),
        "short": text,
        "clinical": text,
        "red_flag": flag,
        "rules": list_of(one_of(NAMED_RULES)),
        "note": text,
        "note_sources": known.source_list.check,
        "statement": text,
        "sources": known.source_list.check,
        "synonyms": table_of(list_of(text)),
    }
    return table_of(table(fields))


def views(known: Known) -> Check:
    """views.toml."""
    fields: Fields = {
        "name": Must(text),
        "clinical": text,
        "angle": whole(0, 180),
        "side": one_of(SIDES),
        "sources": known.source_list,
    }
    return table_of(table(fields))


def concerns(known: Known) -> Check:
    """concerns.toml."""
    fields: Fields = {
        "name": Must(text),
        "examples": text,
        "note": text,
        "sources": known.source_list,
        "caution": text,
        "caution_sources": known.source_list.check,
    }
    return table_of(table(fields))


def ask_first(known: Known) -> Check:
    """ask_first.toml."""
    return table_of(table({"text": Must(text), "note": text, "sources": known.source_list}))


def photographing(known: Known) -> Check:
    """photographing.toml."""
    plan: Fields = {
        "baseline": Must(flag),
        "days": Must(DAYS),
        "before_next": Must(flag),
        "months_after_last": Must(MONTHS),
        "views": Must(list_of(one_of(known.views))),
    }
    return table({"plan": Must(table(plan)), "advice": Must(list_of(table({"text": Must(text)})))})


def clinic_rules(known: Known) -> Check:
    """clinic_rules.toml: each rule has its own limits."""
    said: Fields = {"basis": Must(text), "sources": known.source_list.check, "own_caution": flag}
    step = Must(whole(1, 4))

    def rule(**limits: Must) -> Must:
        return Must(table({**said, **limits}))

    return table(
        {
            "red_flag": rule(at_least=Must(SEVERITY)),
            "prolonged": rule(at_least=Must(SEVERITY), general_end=Must(DAY)),
            "rebound": rule(fall=step, rise=step, after_day=Must(DAY)),
            "worsening": rule(compared_with_day=Must(DAY), from_day=Must(DAY)),
            "severe_late": rule(at_least=Must(SEVERITY), from_day=Must(DAY)),
            "darker_patches": rule(at_least=Must(SEVERITY), after_day=Must(DAY)),
        }
    )


def treatment(known: Known) -> Check:
    """treatments/KEY.toml."""
    statement = table({"text": Must(text), "sources": known.source_list})
    statements = list_of(statement)
    return table(
        {
            "name": Must(text),
            "summary": Must(text),
            "order": Must(whole(1, 1000)),
            "needling": flag,
            "devices": list_of(text),
            "sessions": table(
                {"default": whole(1, 99), "fewest": whole(1, 99), "most": whole(1, 99), "statements": Must(statements)},
                rising=("fewest", "default", "most"),
            ),
            "interval": table(
                {"not_before": Must(DAY), "not_after": DAY, "statements": Must(statements)},
                rising=("not_before", "not_after"),
            ),
            "healing": table({"days": Must(DAY), "usual_end": Must(DAY), "statements": Must(statements)}),
            "diary": table(
                {"days": Must(DAY), "core_days": Must(DAY), "statements": Must(statements)},
                rising=("core_days", "days"),
            ),
            "looks": table({"not_before_day": DAY, "months_after_last": Must(MONTHS)}),
            "glow": table({"hours": Must(whole(1, 240)), "text": Must(text), "sources": known.source_list}),
            "results": list_of(_result(known)),
            "needles": _needles(known, statement),
            "course": list_of(_course(known)),
            "aftercare": Must(list_of(_aftercare(known))),
            "warnings": statements,
            "notes": statements,
        }
    )


def _result(known: Known) -> Check:
    fields: Fields = {
        "text": Must(text),
        "days": DAYS,
        "months": MONTHS,
        "counted_from": Must(one_of(("first", "last"))),
        "sources": known.source_list,
    }
    return table(fields)


def _needles(known: Known, statement: Check) -> Check:
    area: Fields = {
        "name": Must(text),
        "zones": Must(list_of(one_of(known.zones))),
        "mm": Must(MILLIMETRES),
        "sources": known.source_list,
    }
    return table(
        {
            "usual_mm": Must(MILLIMETRES),
            "home_mm": Must(MILLIMETRES),
            "home_note": Must(text),
            "statement": Must(statement),
            "maximum_statement": Must(statement),
            "home_statement": Must(statement),
            "areas": Must(list_of(table(area))),
        }
    )


def _course(known: Known) -> Check:
    fields: Fields = {
        "symptom": Must(one_of(known.symptoms)),
        "expected": flag,
        "from_day": DAY,
        "to_day": DAY,
        "at_most": DAY,
        "text": Must(text),
        "sources": known.source_list,
    }
    return table(fields, rising=("from_day", "to_day", "at_most"))


def _aftercare(known: Known) -> Check:
    fields: Fields = {
        "key": Must(text),
        "text": Must(text),
        "from_day": Must(DAY),
        "to_day": Must(DAY),
        "source": Must(one_of(known.sources)),
    }
    return table(fields, rising=("from_day", "to_day"))
