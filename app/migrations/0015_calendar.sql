-- Calendars: a private feed for whoever wants one, and when somebody is busy by a calendar that they named.

-- `token` is the digest of what stands in the feed's address.
CREATE TABLE calendar_feeds (
    person UUID PRIMARY KEY NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    token BYTEA NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    read_at BIGINT
);

-- `round` grows with every look, so that of two jobs one does nothing. `kind` is known once a look has worked.
CREATE TABLE calendar_sources (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    address TEXT NOT NULL,
    kind TEXT,
    added_at BIGINT NOT NULL,
    tried_at BIGINT,
    worked_at BIGINT,
    next_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    trouble TEXT,
    round BIGINT NOT NULL,
    UNIQUE (person, address)
);

-- Nothing but when.
CREATE TABLE calendar_busy (
    source UUID NOT NULL REFERENCES calendar_sources (id),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (source, starts_at)
);
