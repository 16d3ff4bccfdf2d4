"""The program itself, on a fixed evening, so that what it says is the same whenever it is heard."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone

from needlejournal import app
from needlejournal.ui.session import OpenJournal

TONIGHT = datetime(2025, 9, 6, 20, 30, tzinfo=timezone(timedelta(hours=2)))


def main() -> int:
    """Run the app with tonight's clock."""
    code = OpenJournal.__init__
    code.__defaults__ = (lambda: TONIGHT, *(code.__defaults__ or ())[1:])
    return app.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
