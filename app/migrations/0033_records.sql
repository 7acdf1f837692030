-- What happened in the room, entry by entry, and the list of insiders. Entries are only added; each has a digest over its text and the
-- digest before it, so that nothing of a chain can be changed, taken out or cut off without being found.

-- A chain is a sitting's record, or the organisation's list of insiders. `entry` is the text that is hashed; `client` is what whoever wrote it
-- called it, so that what is sent twice is written once. `sealed` are personal details, whose digest stands in the text.
CREATE TABLE record_entries (
    organisation UUID NOT NULL REFERENCES organisations (id),
    chain UUID NOT NULL,
    number BIGINT NOT NULL,
    client UUID NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    entry TEXT NOT NULL,
    sealed BYTEA,
    digest BYTEA NOT NULL,
    PRIMARY KEY (chain, number),
    UNIQUE (chain, client)
);
CREATE INDEX record_entries_of_organisation ON record_entries (organisation, kind, at);

-- Where a chain ends: how many entries it has, and the digest of the last. The trail notes the same at each entry.
CREATE TABLE record_heads (
    chain UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    entries BIGINT NOT NULL,
    digest BYTEA NOT NULL
);
CREATE INDEX record_heads_of_organisation ON record_heads (organisation);
