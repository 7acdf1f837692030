-- Organisations, sign-in, persons' core, parts; and what the platform keeps: audit, jobs.
-- Types that both engines share: UUID TEXT BIGINT BOOLEAN DOUBLE PRECISION BYTEA. Instants are microseconds since 1970.

CREATE TABLE organisations (
    id UUID PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- One sign-in may serve several organisations, so an account belongs to none of them.
CREATE TABLE accounts (
    id UUID PRIMARY KEY NOT NULL,
    address TEXT NOT NULL UNIQUE,
    password TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE persons (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    account UUID REFERENCES accounts (id),
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    name_sort BYTEA NOT NULL,
    search TEXT NOT NULL,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (organisation, address)
);
CREATE INDEX persons_in_order ON persons (organisation, name_sort, id);
CREATE INDEX persons_of_account ON persons (account);

-- A part is held in an organisation, an edition or a mentorship; `scope_id` is absent for the organisation itself.
CREATE TABLE parts (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    part TEXT NOT NULL,
    scope TEXT NOT NULL,
    scope_id UUID,
    granted_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX parts_of_organisation ON parts (person, part) WHERE scope_id IS NULL;
CREATE UNIQUE INDEX parts_of_scope ON parts (person, part, scope, scope_id) WHERE scope_id IS NOT NULL;
CREATE INDEX parts_by_part ON parts (organisation, part, person);

CREATE TABLE sessions (
    id UUID PRIMARY KEY NOT NULL,
    account UUID NOT NULL REFERENCES accounts (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    token BYTEA NOT NULL UNIQUE,
    agent TEXT NOT NULL,
    by_link BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_account ON sessions (account);

-- Links that prove an address or open the first door. Only their digest is kept.
CREATE TABLE links (
    token BYTEA PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL,
    organisation UUID REFERENCES organisations (id),
    person UUID REFERENCES persons (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX links_of_person ON links (person);

CREATE TABLE api_tokens (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    name TEXT NOT NULL,
    token BYTEA NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX api_tokens_of_person ON api_tokens (person);

-- How often something was tried in a window of time; the key is a digest, so no address stands here.
CREATE TABLE attempts (
    bucket BYTEA PRIMARY KEY NOT NULL,
    opened_at BIGINT NOT NULL,
    tries BIGINT NOT NULL
);

CREATE TABLE audit (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID REFERENCES organisations (id),
    at BIGINT NOT NULL,
    actor UUID REFERENCES persons (id),
    verb TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject UUID,
    detail TEXT NOT NULL
);
CREATE INDEX audit_in_order ON audit (organisation, id);

CREATE TABLE jobs (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID REFERENCES organisations (id),
    name TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    claimed_until BIGINT,
    failed_at BIGINT,
    failure TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (run_at, id);
