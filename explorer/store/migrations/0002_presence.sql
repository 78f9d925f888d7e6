ALTER TABLE participants ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;

UPDATE participants SET seen = (
    SELECT sessions.version FROM sessions WHERE sessions.id = participants.session_id
);
