-- What programs may do with a person's token, and the answers that are kept so that what is sent twice is done once.

-- Scopes, parted by blanks. The tokens of before could only read.
ALTER TABLE api_tokens
    ADD COLUMN scopes TEXT NOT NULL DEFAULT 'own:read people:read programmes:read pairing:read audit:read';

-- `key` and `request` are digests. The row is written together with what the request did; the answer follows.
CREATE TABLE idempotency_keys (
    person UUID NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    key BYTEA NOT NULL,
    request BYTEA NOT NULL,
    status BIGINT,
    location TEXT,
    body TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
