CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    opened TEXT NOT NULL,
    changed TEXT NOT NULL,
    capacity INTEGER NOT NULL,
    plan TEXT NOT NULL,
    concepts TEXT NOT NULL,
    step TEXT NOT NULL,
    version INTEGER NOT NULL,
    asks TEXT NOT NULL,
    place INTEGER NOT NULL,
    ask INTEGER,
    console TEXT NOT NULL UNIQUE,
    projector TEXT NOT NULL UNIQUE,
    report TEXT NOT NULL UNIQUE
);

CREATE TABLE participants (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    joined INTEGER NOT NULL,
    PRIMARY KEY (session_id, id)
);

CREATE TABLE responses (
    session_id TEXT NOT NULL,
    ask INTEGER NOT NULL,
    participant TEXT NOT NULL,
    given TEXT,
    PRIMARY KEY (session_id, ask, participant),
    FOREIGN KEY (session_id, participant)
        REFERENCES participants (session_id, id) ON DELETE CASCADE
);
