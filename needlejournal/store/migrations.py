"""Schema versions as a list of named steps: each one transaction, each after a copy of the file."""

from __future__ import annotations

from collections.abc import Callable

from needlejournal.journal.message import message
from needlejournal.store.database import Damaged, Database
from needlejournal.store.schema import APPLICATION_ID, RUNS, WORDS, index_anew, index_inside, statements

Migration = Callable[[Database], None]


def first_schema(database: Database) -> None:
    """Version 1: all tables, the search index, and the marks that say whose file this is."""
    database.run(f"PRAGMA application_id={APPLICATION_ID}")
    database.run(statements())
    database.run("INSERT INTO meta VALUES ('rev', '0')")


def plans_of_a_setting(database: Database) -> None:
    """Version 2: a plan may be for one setting and have its own ask-first list; a session may belong to no plan."""
    database.run(
        "ALTER TABLE course ADD COLUMN setting TEXT NOT NULL DEFAULT '' CHECK (setting IN ('', 'clinic', 'home'))"
    )
    database.run(
        "ALTER TABLE course ADD COLUMN ask_first_list TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ask_first_list))"
    )
    database.run("ALTER TABLE session ADD COLUMN unplanned INTEGER NOT NULL DEFAULT 0 CHECK (unplanned IN (0, 1))")


def questions_for_the_clinic(database: Database) -> None:
    """Version 3: what the patient wants to ask at the next visit."""
    database.run(
        "CREATE TABLE question (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL, "
        "created_utc TEXT NOT NULL, changed_utc TEXT NOT NULL, deleted_utc TEXT, text TEXT NOT NULL) STRICT"
    )


def damage_and_date_source(database: Database) -> None:
    """Version 4: what is broken in a photo that was kept, and where a date comes from that was accepted."""
    for column in ("damage", "date_source"):
        database.run(f"ALTER TABLE photo ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")


def no_statements_of_undo(database: Database) -> None:
    """Version 5: what undo needs is no longer written down, so that nothing in a file is ever carried out."""
    database.run("DROP TABLE history")


def more_to_be_found(database: Database) -> None:
    """Version 6: the search finds symptoms and their severities by their words, and photos by their file names."""
    database.run(index_anew())


def found_inside_runs(database: Database) -> None:
    """Version 7: an index of what is written without spaces between words."""
    database.run(index_inside())


def more_scripts_inside_runs(database: Database) -> None:
    """Version 8: that index also holds the scripts of India, signs taken apart or half as wide, and rarer ones."""
    database.run(index_anew(RUNS))


def plain_letters_found(database: Database) -> None:
    """Version 9: words with letters such as ł and æ, and with points in Arabic and Hebrew, are found without them."""
    database.run(index_anew(WORDS))


MIGRATIONS: tuple[Migration, ...] = (
    first_schema,
    plans_of_a_setting,
    questions_for_the_clinic,
    damage_and_date_source,
    no_statements_of_undo,
    more_to_be_found,
    found_inside_runs,
    more_scripts_inside_runs,
    plain_letters_found,
)
NEWEST = len(MIGRATIONS)


def version(database: Database) -> int:
    """The schema version of a file. Raises Damaged when it is somebody else's database, or tells no version."""
    found = int(database.value("PRAGMA user_version"))
    if found < 1 or database.value("PRAGMA application_id") != APPLICATION_ID:
        raise Damaged(message("This database was not made by Needle Journal. Nothing was changed."))
    return found


def make(database: Database) -> None:
    """Make an empty database one of ours, of the newest version."""
    _bring_up(database, 0, lambda _number: None)


def migrate(database: Database, keep: Callable[[int], None]) -> None:
    """Bring an older file up to date, one transaction for each step; before each, `keep` is told its version."""
    _bring_up(database, version(database), keep)


def _bring_up(database: Database, found: int, keep: Callable[[int], None]) -> None:
    for number in range(found, NEWEST):
        if number:
            keep(number)
        with database.transaction():
            MIGRATIONS[number](database)
            database.run(f"PRAGMA user_version={number + 1}")
