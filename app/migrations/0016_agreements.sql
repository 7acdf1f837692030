-- Content keys, and the first words that are sealed under them: the agreement of a pair.
--
-- What people write in confidence is sealed under a data key of its author in its mentorship; data keys are wrapped under a key
-- of the installation, which is in no table: `vault_keys` holds fingerprints. The one without `until` wraps what is new. Deleting
-- a row of `content_keys` makes that author's words there unreadable for good.

CREATE TABLE vault_keys (
    id TEXT PRIMARY KEY NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT
);
CREATE UNIQUE INDEX vault_keys_current ON vault_keys ((until IS NULL)) WHERE until IS NULL;

CREATE TABLE content_keys (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    author UUID NOT NULL REFERENCES persons (id),
    drawer TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    wrapped_under TEXT NOT NULL REFERENCES vault_keys (id),
    created_at BIGINT NOT NULL,
    UNIQUE (mentorship, author, drawer)
);
CREATE INDEX content_keys_of_author ON content_keys (author);
CREATE INDEX content_keys_under ON content_keys (wrapped_under, id);

-- What every pair of an edition begins with, where the edition says it in its own words: JSON by language and clause.
CREATE TABLE agreement_templates (
    edition UUID PRIMARY KEY NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    texts TEXT NOT NULL,
    break_glass BOOLEAN NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- A pair's agreement, version by version. `words` are the clauses, sealed for their author; the rest is what must be known
-- without opening them: that there is a version, since when it holds, whether break-glass exists, the digest of the exact text.
CREATE TABLE agreement_versions (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    number BIGINT NOT NULL,
    author UUID NOT NULL REFERENCES persons (id),
    lang TEXT NOT NULL,
    break_glass BOOLEAN NOT NULL,
    words BYTEA NOT NULL,
    proposed_at BIGINT,
    hash TEXT,
    settled_at BIGINT,
    dropped_at BIGINT,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (mentorship, number)
);
-- The two are at one draft or proposal at a time.
CREATE UNIQUE INDEX agreement_versions_open ON agreement_versions (mentorship)
    WHERE settled_at IS NULL AND dropped_at IS NULL;

-- Who signed which exact text, and when. `words` is that text, sealed for whoever signed it, so that it stays readable to them
-- when the other is erased.
CREATE TABLE agreement_signatures (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    agreement UUID NOT NULL REFERENCES agreement_versions (id),
    person UUID NOT NULL REFERENCES persons (id),
    signed_at BIGINT NOT NULL,
    hash TEXT NOT NULL,
    words BYTEA NOT NULL,
    UNIQUE (agreement, person)
);
