"""A small reader of RFC 5545, written for the tests: another parser than the one that wrote the file.

It knows content lines, folding, parameters, escapes, and the nesting of components; it refuses what is not allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_LINE = re.compile(
    rf"(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[A-Za-z0-9-]+={_VALUE}(?:,{_VALUE})*)*):(?P<value>.*)", re.DOTALL
)
_DURATION = re.compile(
    r"(?P<sign>[+-]?)P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)
_ESCAPES = {"n": "\n", "N": "\n", ",": ",", ";": ";", "\\": "\\"}


@dataclass
class Component:
    """A component with its properties by name, and the components within it."""

    name: str
    properties: dict[str, list[tuple[dict[str, str], str]]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The only value of a property, unescaped."""
        ((_, value),) = self.properties[name]
        return re.sub(r"\\(.)", lambda match: _ESCAPES[match[1]], value, flags=re.DOTALL)

    def moment(self, name: str) -> date | datetime:
        """The only value of a property as a date, or a date with time (UTC, or floating)."""
        ((params, value),) = self.properties[name]
        if params.get("VALUE") == "DATE":
            return datetime.strptime(value, "%Y%m%d").date()
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return datetime.strptime(value, "%Y%m%dT%H%M%S")

    def duration(self, name: str) -> timedelta:
        """The only value of a property as a duration."""
        found = _DURATION.fullmatch(self.text(name))
        assert found, self.text(name)
        parts = {key: int(value) for key, value in found.groupdict().items() if key != "sign" and value}
        return timedelta(**parts) * (-1 if found["sign"] == "-" else 1)


def read_calendar(stream: bytes) -> Component:
    """Read one VCALENDAR. Asserts what RFC 5545 demands of lines."""
    assert stream.endswith(b"\r\n")
    lines = stream.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in lines), "a line of more than 75 octets"
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    unfolded = re.sub(rb"\r\n[ \t]", b"", stream).decode("utf-8").split("\r\n")[:-1]
    assert not any(ord(sign) < 32 and sign != "\t" for line in unfolded for sign in line)
    root = Component("")
    open_ones = [root]
    for line in unfolded:
        _take(line, open_ones)
    assert open_ones == [root]
    (calendar,) = root.parts
    return calendar


def _take(line: str, open_ones: list[Component]) -> None:
    found = _LINE.fullmatch(line)
    assert found, line
    name, value = found["name"].upper(), found["value"]
    if name == "BEGIN":
        component = Component(value)
        open_ones[-1].parts.append(component)
        open_ones.append(component)
    elif name == "END":
        assert open_ones.pop().name == value
    else:
        params = dict(part.split("=", 1) for part in found["params"].split(";") if part)
        open_ones[-1].properties.setdefault(name, []).append((params, value))
