-- A way to report a problem to somebody outside the line of either of a pair. `words` are sealed for their author, and for whom the
-- edition named when they were sent; nobody else learns that there are any.

CREATE TABLE concern_channels (
    edition UUID PRIMARY KEY NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    receiver UUID REFERENCES persons (id),
    -- The organisation's own channel: what it is, and where.
    channel TEXT NOT NULL,
    link TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE concerns (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    author UUID NOT NULL REFERENCES persons (id),
    receiver UUID NOT NULL REFERENCES persons (id),
    words BYTEA NOT NULL,
    sent_at BIGINT NOT NULL,
    taken_up_at BIGINT
);
CREATE INDEX concerns_of_receiver ON concerns (receiver, sent_at);
CREATE INDEX concerns_of_author ON concerns (author, mentorship);
