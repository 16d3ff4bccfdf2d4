"""What a person reads when something goes wrong: the world's errors as they are, our own as a calm sentence.

Faults of ours go to a log file without personal data: names of files and functions of the app, never values.
"""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from needlejournal import __version__, paths
from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.ui.language import tr, tr_message

LOG_FULL = 200_000  # bytes; one older log is kept


@frozen
class ShownMessage:
    """One message: a title, a sentence, and details to copy ("" for the world's errors)."""

    title: str
    sentence: str
    details: str = ""


def message_for(error: BaseException) -> ShownMessage:
    """What to show for an error; a fault of ours is written to the log as well."""
    if isinstance(error, WorldError):
        return ShownMessage(tr("That did not work"), tr_message(error.message))
    details = describe_fault(error)
    log_fault(details)
    return ShownMessage(
        tr("Something went wrong in Needle Journal"),
        tr(
            "It is a fault of the app, not yours. What was saved is safe. You can copy the details and send them to us."
        ),
        details,
    )


def describe_fault(error: BaseException) -> str:
    """Where it happened, without personal data: exception type, modules, functions and lines; no values, no paths."""
    frames = [
        f"  {Path(frame.filename).stem}.{frame.name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    system = f"Needle Journal {__version__}, Python {'.'.join(map(str, sys.version_info[:3]))}, {sys.platform}"
    return "\n".join([system, type(error).__name__, *frames])


def log_fault(details: str) -> None:
    """Append to the log file, which begins anew when it is full; a disk that refuses must not hide the message."""
    log = paths.log_file()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.is_file() and log.stat().st_size > LOG_FULL:
            log.replace(log.with_suffix(".old"))
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{details}\n\n")
    except OSError:
        pass
