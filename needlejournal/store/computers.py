"""Which computer has a journal open: the note in its lock, and what this computer is known by.

A name is not enough: many are called "localhost" or as their maker named them. The system's own number of a computer is
never written down, only a hash of it that serves nothing else.
"""

from __future__ import annotations

import ctypes
import hashlib
import hmac
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path

from needlejournal.journal.message import Message, message

_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"), Path("/etc/hostid"))
_PURPOSE = b"Needle Journal: lock"
_LONGEST_NAME = 100


def this_computer() -> str:
    """What this computer is called on its network."""
    if hasattr(os, "uname"):
        return os.uname().nodename or "?"
    import platform  # loads much, and only Windows needs it

    return platform.node() or "?"


@cache
def mark() -> str:
    """By which this computer is told from others of its name; "" where the system has no number of it."""
    number = b""
    with suppress(OSError, AttributeError, ValueError):
        number = _number()
    return hmac.new(number, _PURPOSE, hashlib.sha256).hexdigest()[:32] if number else ""


def lock_note(now: datetime) -> bytes:
    """What is left in the lock for other computers to read."""
    note = {"host": this_computer(), "computer": mark(), "utc": now.isoformat(timespec="seconds")}
    return json.dumps(note).encode()


def said_of(note: Callable[[], bytes]) -> Message | None:
    """What to say of a note that another computer left, None where it is this one's or nobody's.

    The journal came from anywhere: a note that makes no sense says nothing.
    """
    try:
        named = json.loads(note() or b"{}")
        host, since = str(named["host"])[:_LONGEST_NAME], datetime.fromisoformat(named["utc"])
        computer = str(named.get("computer", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        return None
    if host != this_computer():
        return _IN_USE.filled(host=host, day=since.date(), time=f"{since:%H:%M}")
    if computer and mark() and computer != mark():
        return _IN_USE_BY_NAMESAKE.filled(host=host, day=since.date(), time=f"{since:%H:%M}")
    return None


_IN_USE = message(
    "This journal is in use on “{host}” since {day}, {time} UTC. If it is closed there, wait until your sync program "
    "has finished, then open it again. If that computer is not in use any more, open it anyway."
)
_IN_USE_BY_NAMESAKE = message(
    "This journal is in use since {day}, {time} UTC on another computer that is called “{host}” as this one is. If it "
    "is closed there, wait until your sync program has finished, then open it again. If that computer is not in use "
    "any more, or this one was set up anew, open it anyway."
)


def _number() -> bytes:
    """The system's own number of this computer. Raises OSError, AttributeError or ValueError where there is none."""
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        found, patience = (ctypes.c_ubyte * 16)(), (ctypes.c_long * 2)(1, 0)
        done = ctypes.CDLL(None).gethostuuid(found, patience)
        return bytes(found) if done == 0 else b""
    there = (path.read_bytes().strip() for path in _MACHINE_IDS if path.is_file())
    return next(filter(None, there), b"")


if sys.platform == "win32":
    import winreg

    def _of_windows() -> bytes:
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography", 0, access) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0]).encode()
