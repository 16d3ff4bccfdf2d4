"""The tables of journal.db, version 1, and the search in them. docs/file-format.md tells a stranger what they mean.

Lists of keys (tags, zones of a course) are JSON arrays; whatever is searched or counted has its own table.
"""

from __future__ import annotations

from needlejournal.journal.frozen import frozen
from needlejournal.store.folding import with_plain

APPLICATION_ID = 0x4E4A524E  # "NJRN"

# What every kept row has: a stable uid for exchange, a revision counter, and the trash.
_KEPT = """
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    created_utc TEXT NOT NULL,
    changed_utc TEXT NOT NULL,
    deleted_utc TEXT,
"""
_WHEN = """
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    time TEXT,
    offset_minutes INTEGER CHECK (offset_minutes BETWEEN -1080 AND 1080),
"""
_LIST = "TEXT NOT NULL DEFAULT '[]' CHECK (json_valid({0}))"


def _list(column: str) -> str:
    return f"{column} {_LIST.format(column)}"


TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE course ({_KEPT}
    treatment TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', starts TEXT,
    sessions INTEGER NOT NULL CHECK (sessions BETWEEN 0 AND 100),
    not_before INTEGER, not_after INTEGER,
    {_list("concerns")}, {_list("zones")},
    clinic TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '',
    price_minor INTEGER, currency TEXT,
    {_list("aftercare")}, {_list("ask_first")},
    notes TEXT NOT NULL DEFAULT '', ended TEXT
) STRICT;

CREATE TABLE session ({_KEPT}{_WHEN}
    treatment TEXT NOT NULL, setting TEXT NOT NULL DEFAULT '' CHECK (setting IN ('', 'clinic', 'home')),
    clinic TEXT NOT NULL DEFAULT '', practitioner TEXT NOT NULL DEFAULT '',
    device_kind TEXT NOT NULL DEFAULT '', device TEXT NOT NULL DEFAULT '', cartridge TEXT NOT NULL DEFAULT '',
    pain INTEGER CHECK (pain BETWEEN 0 AND 10), bleeding INTEGER CHECK (bleeding BETWEEN 0 AND 4),
    price_minor INTEGER, currency TEXT,
    changed_since TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '', {_list("tags")},
    course_id INTEGER REFERENCES course (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX session_day ON session (day, time, id);

CREATE TABLE needle (
    id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    zone TEXT NOT NULL, length_um INTEGER CHECK (length_um BETWEEN 100 AND 3500), passes INTEGER,
    UNIQUE (session_id, zone)
) STRICT;

CREATE TABLE product (
    id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, brand TEXT NOT NULL, lot TEXT NOT NULL,
    applied TEXT NOT NULL
) STRICT;
CREATE INDEX product_session ON product (session_id, position);

CREATE TABLE photo ({_KEPT}{_WHEN}
    sha256 TEXT NOT NULL, stored_name TEXT NOT NULL, file_name TEXT NOT NULL, size INTEGER NOT NULL,
    format TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    view TEXT NOT NULL DEFAULT '', zone TEXT NOT NULL DEFAULT '',
    session_id INTEGER REFERENCES session (id) ON DELETE SET NULL,
    mirrored INTEGER NOT NULL DEFAULT 0 CHECK (mirrored IN (0, 1)),
    make_up INTEGER, moisturiser INTEGER, expression TEXT, light TEXT,
    camera_make TEXT NOT NULL DEFAULT '', camera_model TEXT NOT NULL DEFAULT '', lens TEXT NOT NULL DEFAULT '',
    focal_mm REAL, focal_35mm REAL, software TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '', {_list("tags")}, colour INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX photo_sha256 ON photo (sha256);
CREATE INDEX photo_day ON photo (day, time, id);
CREATE INDEX photo_session ON photo (session_id);
CREATE INDEX photo_view ON photo (view, zone, day);

CREATE TABLE day_note ({_KEPT}
    day TEXT NOT NULL, text TEXT NOT NULL DEFAULT '', nothing_to_note INTEGER NOT NULL DEFAULT 0, {_list("tags")}
) STRICT;
CREATE UNIQUE INDEX day_note_day ON day_note (day) WHERE deleted_utc IS NULL;

CREATE TABLE side_effect ({_KEPT}
    day TEXT NOT NULL, symptom TEXT NOT NULL, severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4),
    zone TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
    photo_id INTEGER REFERENCES photo (id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX side_effect_key ON side_effect (day, symptom, zone) WHERE deleted_utc IS NULL;

CREATE TABLE rating ({_KEPT}
    day TEXT NOT NULL, concern TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'concern',
    value INTEGER CHECK (value BETWEEN 0 AND 10), judgement TEXT,
    baseline_photo_id INTEGER REFERENCES photo (id) ON DELETE SET NULL,
    photo_id INTEGER REFERENCES photo (id) ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX rating_key ON rating (day, concern, kind) WHERE deleted_utc IS NULL;

CREATE TABLE blind_answer ({_KEPT}
    earlier_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    later_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    better_id INTEGER, judgement TEXT NOT NULL, answered TEXT NOT NULL
) STRICT;

CREATE TABLE aftercare_tick ({_KEPT}
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE, item TEXT NOT NULL, day TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX aftercare_key ON aftercare_tick (session_id, item, day) WHERE deleted_utc IS NULL;

CREATE TABLE dismissal ({_KEPT}
    rule TEXT NOT NULL, symptom TEXT NOT NULL, session_id INTEGER NOT NULL, {_list("entries")}, reason TEXT NOT NULL
) STRICT;

CREATE TABLE reminder (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, shown_utc TEXT NOT NULL DEFAULT '',
    dismissed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE alignment ({_KEPT}
    before_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    after_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    zone TEXT NOT NULL DEFAULT '', method TEXT NOT NULL,
    a REAL NOT NULL, b REAL NOT NULL, tx REAL NOT NULL, ty REAL NOT NULL,
    residual REAL, details TEXT NOT NULL CHECK (json_valid(details)), confirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX alignment_key ON alignment (before_id, after_id, zone) WHERE deleted_utc IS NULL;

CREATE TABLE spot ({_KEPT}
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, name TEXT NOT NULL,
    x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL
) STRICT;

CREATE TABLE spot_place ({_KEPT}
    spot_id INTEGER NOT NULL REFERENCES spot (id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    x REAL NOT NULL, y REAL NOT NULL, scale REAL NOT NULL, angle REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX spot_place_key ON spot_place (spot_id, photo_id) WHERE deleted_utc IS NULL;

CREATE TABLE pair_override ({_KEPT}
    before_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    after_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE, reason TEXT NOT NULL
) STRICT;

CREATE TABLE draft (
    key TEXT PRIMARY KEY, body TEXT NOT NULL CHECK (json_valid(body)), changed_utc TEXT NOT NULL
) STRICT;

CREATE TABLE history (
    id INTEGER PRIMARY KEY, step INTEGER NOT NULL, utc TEXT NOT NULL, kind TEXT NOT NULL, row_id INTEGER NOT NULL,
    inverse TEXT NOT NULL
) STRICT;
CREATE INDEX history_step ON history (step);
"""

# The search index. A row's id packs day, kind and id, so that "newest first" is the order of the index itself.
KINDS = {"session": 0, "day_note": 1, "photo": 2, "side_effect": 3}
_KEY = "((CAST(julianday({row}.day) AS INTEGER) << 34) | ({kind} << 32) | {row}.id)"

SEARCH = """
CREATE VIRTUAL TABLE search USING fts5 (
    body, content='', contentless_delete=1, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'
);
"""

# Scripts that write words without spaces between them are found by any two or three signs in a row: `search_inside`
# holds every three of a text, `search_signs` lists them in their order, so that those beginning with two are together.
# The scripts of India, Thai, Lao, Burmese and Khmer, whose vowels the other index takes for spaces; Japanese kana and
# Chinese characters; and Korean, which has spaces, and endings: each as it is composed, taken apart, or half as wide.
_SIGNS_7 = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_SIGNS = (
    "\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aad\u3005-\u3007\u3040-\u318f\u31f0-\u31ff"
    "\u3400-\u9fff\ua8e0-\ua8ff\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaadf\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U00020000-\U0003ffff"
)
UNSPACED = f"[{_SIGNS}]"
INSIDE = """
CREATE VIRTUAL TABLE search_inside USING fts5 (
    body, content='', contentless_delete=1, detail=none, tokenize='trigram'
);
CREATE VIRTUAL TABLE search_signs USING fts5vocab (search_inside, instance);
"""


@frozen
class Index:
    """A search index: its table, what it holds of a row's text, and of which rows."""

    table: str
    text: str = "{body}"
    only: str = ""


WORDS_1, WORDS = Index("search"), Index("search", with_plain("{body}"))
_RUNS_7, RUNS = (
    Index("search_inside", "{body} || '  '", f" AND {{body}} GLOB '*[{signs}]*'")  # the last sign begins three too
    for signs in (_SIGNS_7, _SIGNS)
)

_BODIES = {
    "session": (
        "concat_ws(' ', {row}.clinic, {row}.practitioner, {row}.device, {row}.cartridge, {row}.changed_since, "
        "{row}.notes, {row}.tags, (SELECT group_concat(concat_ws(' ', name, brand, lot), ' ') FROM product "
        "WHERE session_id = {row}.id))"
    ),
    "day_note": "concat_ws(' ', {row}.text, {row}.tags)",
    "photo": "concat_ws(' ', {row}.file_name, {row}.note, {row}.tags)",
    "side_effect": (  # what was looked for and not there is found by its note alone
        "concat_ws(' ', CASE WHEN {row}.severity > 0 THEN replace({row}.symptom, '_', ' ') END, "
        "CASE {row}.severity WHEN 1 THEN 'mild' WHEN 2 THEN 'moderate' WHEN 3 THEN 'severe' "
        "WHEN 4 THEN 'very severe' END, {row}.note)"
    ),
}


def search_key(kind: str, row: str) -> str:
    """SQL for the search row id of a table's row (`row` is its name in the statement)."""
    return _KEY.format(kind=KINDS[kind], row=row)


def search_body(kind: str, row: str) -> str:
    """SQL for the text by which a table's row is found."""
    return _BODIES[kind].format(row=row)


def index_anew(index: Index = WORDS_1) -> str:
    """Statements that write a search index and its triggers again, after what is indexed has changed."""
    names = [f"{index.table}_{kind}_{event}" for kind in KINDS for event in ("new", "changed", "gone")]
    names += [f"{index.table}_product_{event}" for event in ("insert", "delete")]
    drops = [f"DROP TRIGGER IF EXISTS {name};" for name in names]
    return "\n".join((*drops, f"INSERT INTO {index.table} ({index.table}) VALUES ('delete-all');", *_fills(index)))  # noqa: S608


def index_inside() -> str:
    """Statements that add the second index, of what is written without spaces between words, as version 7 had it."""
    return "\n".join((INSIDE, *_fills(_RUNS_7)))


def _fills(index: Index) -> tuple[str, ...]:
    return (*(_index_rows(index, kind, "r", "r.deleted_utc IS NULL") for kind in KINDS), search_triggers(index))


def _index_rows(index: Index, kind: str, row: str, which: str) -> str:
    body = search_body(kind, row)
    return (
        f"INSERT INTO {index.table} (rowid, body) SELECT {search_key(kind, row)}, {index.text.format(body=body)} "  # noqa: S608
        f"FROM {kind} AS {row} WHERE {which}{index.only.format(body=body)};"
    )


def search_triggers(index: Index) -> str:
    """Triggers that keep an index true: after an insert, before and after an update or delete, and for products."""
    parts, name = [], index.table
    for kind in KINDS:
        forget = f"DELETE FROM {name} WHERE rowid = {search_key(kind, 'OLD')};"  # noqa: S608
        write = _index_rows(index, kind, "r", "r.id = NEW.id AND r.deleted_utc IS NULL")
        parts += [
            f"CREATE TRIGGER {name}_{kind}_new AFTER INSERT ON {kind} BEGIN {write} END;",
            f"CREATE TRIGGER {name}_{kind}_changed AFTER UPDATE ON {kind} BEGIN {forget} {write} END;",
            f"CREATE TRIGGER {name}_{kind}_gone AFTER DELETE ON {kind} BEGIN {forget} END;",
        ]
    for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
        forget = (
            f"DELETE FROM {name} WHERE rowid = (SELECT {search_key('session', 's')} FROM session AS s "  # noqa: S608
            f"WHERE s.id = {row}.session_id);"
        )
        write = _index_rows(index, "session", "r", f"r.id = {row}.session_id AND r.deleted_utc IS NULL")
        parts.append(
            f"CREATE TRIGGER {name}_product_{event.lower()} AFTER {event} ON product BEGIN {forget} {write} END;"
        )
    return "\n".join(parts)


def statements() -> str:
    """Everything that makes an empty database one of ours."""
    return TABLES + SEARCH + search_triggers(WORDS_1)
