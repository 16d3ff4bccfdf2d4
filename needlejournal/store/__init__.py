"""Where a journal is kept: one folder with a database, the originals and their previews.

`open_journal` and `create_journal` give a `Journal`; its parts read rows, and write them inside `journal.step(…)`,
which is one transaction and one step of undo. Photo bytes go in and out through it and never by path. Only this
package speaks SQL.
"""

from needlejournal.store.checking import Verified
from needlejournal.store.database import Damaged, DatabaseError
from needlejournal.store.folder import SUFFIX, AlreadyOpen
from needlejournal.store.journal import Counts, Journal, utc_now
from needlejournal.store.opening import InUseElsewhere, create_journal, is_behind, open_journal
from needlejournal.store.originals import Cancelled, Staged
from needlejournal.store.previews import PROXY, THUMBNAIL
from needlejournal.store.search import Hit
from needlejournal.store.timeline import CardKey, TimelineCard, TimelineFilter
from needlejournal.store.trash import Trashed

__all__ = [
    "PROXY",
    "SUFFIX",
    "THUMBNAIL",
    "AlreadyOpen",
    "Cancelled",
    "CardKey",
    "Counts",
    "Damaged",
    "DatabaseError",
    "Hit",
    "InUseElsewhere",
    "Journal",
    "Staged",
    "TimelineCard",
    "TimelineFilter",
    "Trashed",
    "Verified",
    "create_journal",
    "is_behind",
    "open_journal",
    "utc_now",
]
