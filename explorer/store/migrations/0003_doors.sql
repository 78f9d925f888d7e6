ALTER TABLE sessions ADD COLUMN first_code TEXT;

ALTER TABLE sessions ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;

UPDATE sessions SET first_code = code;

CREATE UNIQUE INDEX sessions_first_code ON sessions (first_code);

CREATE TABLE codes (
    code TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE
);

INSERT INTO codes (code, session_id) SELECT code, id FROM sessions;
