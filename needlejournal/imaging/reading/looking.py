"""Looking at a picture once: what it says about itself, its previews, or why there are none; and all that as bytes.

The bytes are how a worker process answers. They are read with care: whoever breaks a codec may write them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from needlejournal.imaging.reading.damage import Damage
from needlejournal.imaging.reading.formats import Format
from needlejournal.imaging.reading.inspection import DateAnswer, PictureFacts, inspect
from needlejournal.imaging.reading.previews import MadePreviews, make_previews
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture, unread_kind
from needlejournal.journal.dating import DateSource, Proposal
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Camera


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a picture: facts, and previews unless `failure` tells why there are none."""

    facts: PictureFacts | None = None
    previews: MadePreviews | None = None
    failure: UnreadablePicture | None = None


def look(data: bytes, now: datetime | None = None) -> Looked:
    """Look at the picture in `data`, in this process; dates after `now` are implausible."""
    facts = None
    try:
        facts = inspect(data, now=now)
        return Looked(facts, make_previews(data))
    except UnreadablePicture as failure:
        return Looked(facts, failure=failure)


def to_bytes(looked: Looked) -> bytes:
    """All of it as one line of JSON and the two previews behind it."""
    previews = looked.previews
    told: dict[str, Any] = {"facts": _facts_told(looked.facts), "failure": failure_told(looked.failure)}
    if previews:
        told["previews"] = {
            "sizes": [len(previews.thumbnail_jpeg), len(previews.proxy_jpeg)],
            "colour": previews.colour,
            "damage": previews.damage.value if previews.damage else "",
            "harmed": previews.harmed,
        }
    bodies = previews.thumbnail_jpeg + previews.proxy_jpeg if previews else b""
    return json.dumps(told).encode() + b"\n" + bodies


def from_bytes(answer: bytes) -> Looked:
    """The other way. Raises ValueError, LookupError or TypeError for what `to_bytes` never wrote."""
    line, _, bodies = answer.partition(b"\n")
    told = json.loads(line)
    return Looked(_facts(told["facts"]), _previews(told.get("previews"), bodies), told_failure(told["failure"]))


def _previews(told: dict[str, Any] | None, bodies: bytes) -> MadePreviews | None:
    if told is None:
        return None
    first = int(told["sizes"][0])
    harmed = told["harmed"]
    return MadePreviews(
        bodies[:first],
        bodies[first:],
        int(told["colour"]) & 0xFFFFFF,
        Damage(told["damage"]) if told["damage"] else None,
        tuple(float(part) for part in harmed[:4]) if harmed else None,  # type: ignore[arg-type]
    )


def failure_told(failure: UnreadablePicture | None) -> list[str] | None:
    """Why a picture cannot be read, for JSON."""
    if failure is None:
        return None
    values = dict(failure.message.values)
    return [failure.reason.name, str(values.get("kind", ""))]


def told_failure(told: list[str] | None) -> UnreadablePicture | None:
    """The other way. Raises LookupError or TypeError for nonsense."""
    if told is None:
        return None
    return unread_kind(told[1][:20]) if told[1] else UnreadablePicture(Reason[told[0]])


def _facts_told(facts: PictureFacts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    told = {name: getattr(facts, name) for name in PictureFacts.__slots__}
    told["format"], told["date_answer"] = facts.format.value, facts.date_answer.value
    told["when"] = _when_told(facts.when)
    told["proposals"] = [[_when_told(one.when), one.source.value] for one in facts.proposals]
    told["camera"] = asdict(facts.camera)
    return told


def _facts(told: dict[str, Any] | None) -> PictureFacts | None:
    if told is None:
        return None
    proposals = (Proposal(when, DateSource(source)) for moment, source in told["proposals"] if (when := _when(moment)))
    return PictureFacts(
        **{
            **told,
            "format": Format(told["format"]),
            "date_answer": DateAnswer(told["date_answer"]),
            "when": _when(told["when"]),
            "proposals": tuple(proposals),
            "camera": Camera(**told["camera"]),
        }
    )


def _when_told(when: When | None) -> list[Any] | None:
    return [when.day.isoformat(), when.time.isoformat() if when.time else None, when.offset_minutes] if when else None


def _when(told: list[Any] | None) -> When | None:
    if told is None:
        return None
    day, clock, offset = told
    return When(date.fromisoformat(day), time.fromisoformat(clock) if clock else None, offset)
