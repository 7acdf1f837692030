-- How long each observer was there, what was signed before a sitting moved, and keys that are an organisation's own.

-- The minutes that somebody was in the room, as they follow from the record: for counting where the record itself is not read. Of a
-- sitting that has a record, whoever has no row did not come.
CREATE TABLE attendances (
    sitting UUID NOT NULL REFERENCES sittings (id),
    observer UUID NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    minutes BIGINT NOT NULL,
    PRIMARY KEY (sitting, observer)
);

-- An undertaking names the day of its sitting. Where that is another day, what was signed stays here, and is signed anew.
CREATE TABLE replaced_undertakings (
    seat UUID NOT NULL REFERENCES seats (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    observer UUID NOT NULL REFERENCES persons (id),
    text UUID NOT NULL REFERENCES undertaking_texts (id),
    lang TEXT NOT NULL,
    words TEXT NOT NULL,
    digest BYTEA NOT NULL,
    signed_at BIGINT NOT NULL,
    ends_on TEXT,
    notes_until TEXT,
    replaced_at BIGINT NOT NULL,
    PRIMARY KEY (seat, replaced_at)
);

-- What an organisation has to keep, whoever wrote it, is sealed under a key of its own: its identifier stands for mentorship and author.
ALTER TABLE content_keys RENAME TO content_keys_before;
CREATE TABLE content_keys (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL,
    author UUID NOT NULL,
    drawer TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    wrapped_under TEXT NOT NULL REFERENCES vault_keys (id),
    created_at BIGINT NOT NULL,
    UNIQUE (mentorship, author, drawer)
);
INSERT INTO content_keys (id, organisation, mentorship, author, drawer, wrapped, wrapped_under, created_at)
SELECT id, organisation, mentorship, author, drawer, wrapped, wrapped_under, created_at FROM content_keys_before;
DROP TABLE content_keys_before;
CREATE INDEX content_keys_of_author ON content_keys (author);
CREATE INDEX content_keys_under ON content_keys (wrapped_under, id);
