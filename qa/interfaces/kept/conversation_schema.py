"""The tables that conversations are kept in, and the version of their form."""

APPLICATION_ID = 0x50515443  # "PQTC"
FORMAT_VERSION = 1

SCHEMA = """
-- `last_turn` orders conversations: a clock may be set back, rows are numbered upwards for ever.
-- Times are ISO 8601 in UTC, of one length, so that they compare as text.
CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    visitor TEXT NOT NULL,
    title TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    last_turn INTEGER NOT NULL,
    shared TEXT UNIQUE
) STRICT;
CREATE INDEX conversation_by_visitor ON conversation (visitor, last_turn);
CREATE INDEX conversation_by_update ON conversation (updated);

-- `record` is the turn as JSON, `searched` what it is found by. `n` counts from 0.
CREATE TABLE turn (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n >= 0),
    record TEXT NOT NULL,
    searched TEXT NOT NULL,
    UNIQUE (conversation, n)
) STRICT;
"""
