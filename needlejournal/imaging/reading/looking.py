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
    plain: dict[str, Any] = {"facts": _plain_facts(looked.facts), "failure": plain_failure(looked.failure)}
    if previews:
        plain["previews"] = {
            "sizes": [len(previews.thumbnail_jpeg), len(previews.proxy_jpeg)],
            "colour": previews.colour,
            "damage": previews.damage.value if previews.damage else "",
            "harmed": previews.harmed,
        }
    bodies = previews.thumbnail_jpeg + previews.proxy_jpeg if previews else b""
    return json.dumps(plain).encode() + b"\n" + bodies


def from_bytes(answer: bytes) -> Looked:
    """The other way. Raises ValueError, LookupError or TypeError for what `to_bytes` never wrote."""
    line, _, bodies = answer.partition(b"\n")
    plain = json.loads(line)
    return Looked(_facts(plain["facts"]), _previews(plain.get("previews"), bodies), failure_from(plain["failure"]))


def _previews(plain: dict[str, Any] | None, bodies: bytes) -> MadePreviews | None:
    if plain is None:
        return None
    first = int(plain["sizes"][0])
    harmed = plain["harmed"]
    return MadePreviews(
        bodies[:first],
        bodies[first:],
        int(plain["colour"]) & 0xFFFFFF,
        Damage(plain["damage"]) if plain["damage"] else None,
        tuple(float(part) for part in harmed[:4]) if harmed else None,  # type: ignore[arg-type]
    )


def plain_failure(failure: UnreadablePicture | None) -> list[str] | None:
    """Why a picture cannot be read, for JSON."""
    if failure is None:
        return None
    values = dict(failure.message.values)
    return [failure.reason.name, str(values.get("kind", ""))]


def failure_from(plain: list[str] | None) -> UnreadablePicture | None:
    """The other way. Raises LookupError or TypeError for nonsense."""
    if plain is None:
        return None
    return unread_kind(plain[1][:20]) if plain[1] else UnreadablePicture(Reason[plain[0]])


def _plain_facts(facts: PictureFacts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    plain = {name: getattr(facts, name) for name in PictureFacts.__slots__}
    plain["format"], plain["date_answer"] = facts.format.value, facts.date_answer.value
    plain["when"], plain["clock"] = _plain_when(facts.when), _plain_when(facts.clock)
    plain["proposals"] = [[_plain_when(one.when), one.source.value] for one in facts.proposals]
    plain["camera"] = asdict(facts.camera)
    return plain


def _facts(plain: dict[str, Any] | None) -> PictureFacts | None:
    if plain is None:
        return None
    proposals = (Proposal(when, DateSource(source)) for moment, source in plain["proposals"] if (when := _when(moment)))
    return PictureFacts(
        **{
            **plain,
            "format": Format(plain["format"]),
            "date_answer": DateAnswer(plain["date_answer"]),
            "when": _when(plain["when"]),
            "clock": _when(plain["clock"]),
            "proposals": tuple(proposals),
            "camera": Camera(**plain["camera"]),
        }
    )


def _plain_when(when: When | None) -> list[Any] | None:
    return [when.day.isoformat(), when.time.isoformat() if when.time else None, when.offset_minutes] if when else None


def _when(plain: list[Any] | None) -> When | None:
    if plain is None:
        return None
    day, clock, offset = plain
    return When(date.fromisoformat(day), time.fromisoformat(clock) if clock else None, offset)
