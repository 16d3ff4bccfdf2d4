"""The layout of embedded ICC colour profiles: their tags and the name they give themselves. Standard library only."""

from __future__ import annotations

_HEADER, _ENTRY, _MOST_TAGS, _LONGEST_NAME = 128, 12, 200, 100


def tags(profile: bytes) -> dict[bytes, bytes]:
    """The tags of a profile by their four letters; those that lie outside it come back short or empty."""
    count = min(int.from_bytes(profile[_HEADER : _HEADER + 4], "big"), _MOST_TAGS)
    first = _HEADER + 4
    entries = (profile[at : at + _ENTRY] for at in range(first, first + _ENTRY * count, _ENTRY))
    return {entry[:4]: _part(profile, entry[4:8], entry[8:12]) for entry in entries}


def name(profile: bytes) -> str:
    """What a profile calls itself, such as "Display P3"; empty when it is broken."""
    description = tags(profile).get(b"desc", b"")
    if description[:4] == b"desc":
        text = _part(description, (12).to_bytes(4, "big"), description[8:12]).decode("latin-1")
    elif description[:4] == b"mluc":  # several languages; the first is taken
        text = _part(description, description[24:28], description[20:24]).decode("utf-16-be", "replace")
    else:
        return ""
    return "".join(letter for letter in text.split("\0", 1)[0] if letter.isprintable()).strip()[:_LONGEST_NAME]


def _part(data: bytes, start: bytes, size: bytes) -> bytes:
    at = int.from_bytes(start, "big")
    return data[at : at + int.from_bytes(size, "big")]
