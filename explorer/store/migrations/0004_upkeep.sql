CREATE TABLE upkeep (
    id INTEGER PRIMARY KEY,
    noticed TEXT,
    cut TEXT
);

INSERT INTO upkeep (id) VALUES (1);
