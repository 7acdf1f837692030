-- What somebody is told, and how they want to be.

-- `text` and `mail` are messages still to be spoken, JSON. Of one kind and `key` somebody is told once. `digest` is the digest
-- that it waits for.
CREATE TABLE notices (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    mail TEXT,
    href TEXT NOT NULL,
    about UUID,
    key TEXT,
    told_at BIGINT NOT NULL,
    read_at BIGINT,
    mailed_at BIGINT,
    digest UUID,
    UNIQUE (person, kind, key)
);
CREATE INDEX notices_of_person ON notices (person, id);
CREATE INDEX notices_unread ON notices (person) WHERE read_at IS NULL;
CREATE INDEX notices_by_digest ON notices (digest) WHERE digest IS NOT NULL;

-- Only what differs from what a kind proposes.
CREATE TABLE notice_choices (
    person UUID NOT NULL REFERENCES persons (id),
    kind TEXT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    way TEXT NOT NULL,
    PRIMARY KEY (person, kind)
);
