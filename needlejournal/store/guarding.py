"""What a database may do: only what our own statements need. It came from anywhere, and its schema with it.

A database that is read cannot reach another file, make SQLite run for ever, or write its own schema.
"""

from __future__ import annotations

import apsw

# A new statement that needs another function or pragma says so here; without that it fails with an AuthError.
FUNCTIONS = frozenset(
    {
        "abs", "avg", "bm25", "cast", "char", "coalesce", "concat", "concat_ws", "count", "date", "folded", "fts5",
        "glob", "group_concat", "hex", "highlight", "ifnull", "iif", "instr", "json", "json_array", "json_each",
        "json_extract", "json_group_array", "json_object", "json_valid", "julianday", "length", "like", "lower",
        "ltrim", "match", "max", "min", "nullif", "printf", "quote", "replace", "round", "row_number", "rtrim",
        "snippet", "strftime", "string_agg", "substr", "substring", "sum", "total", "trim", "typeof", "unicode",
        "upper",
    }
)  # fmt: skip
PRAGMAS = frozenset(
    {
        "application_id", "cache_size", "data_version", "defer_foreign_keys", "foreign_key_check", "foreign_key_list",
        "foreign_keys", "freelist_count", "incremental_vacuum", "index_info", "index_list", "integrity_check",
        "journal_mode", "max_page_count", "page_count", "page_size", "query_only", "quick_check", "secure_delete",
        "synchronous", "table_info", "table_xinfo", "user_version",
    }
)  # fmt: skip
MODULES = frozenset({"fts5", "fts5vocab"})
_NEVER = {apsw.SQLITE_ATTACH, apsw.SQLITE_DETACH, apsw.SQLITE_RECURSIVE, apsw.SQLITE_CREATE_VIEW}
_NAMED = {
    apsw.SQLITE_FUNCTION: (1, FUNCTIONS),
    apsw.SQLITE_PRAGMA: (0, PRAGMAS),
    apsw.SQLITE_CREATE_VTABLE: (1, MODULES),
}


def guard(connection: apsw.Connection) -> None:
    """Allow a connection only what this package's statements need."""
    connection.limit(apsw.SQLITE_LIMIT_ATTACHED, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0)
    connection.authorizer = _allowed


def _allowed(action: int, first: str | None, second: str | None, _database: str | None, _inner: str | None) -> int:
    if action in _NEVER:
        return apsw.SQLITE_DENY
    if action in _NAMED:
        position, names = _NAMED[action]
        name = (first, second)[position] or ""
        return apsw.SQLITE_OK if name.lower() in names else apsw.SQLITE_DENY
    return apsw.SQLITE_OK
