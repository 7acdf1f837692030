-- Frameworks of competencies. A version is written once and never changes, so that an edition keeps the one with which it
-- began; `content` is the whole framework as one document.

CREATE TABLE frameworks (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    name_sort BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX frameworks_in_order ON frameworks (organisation, name_sort, id);

CREATE TABLE framework_versions (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    framework UUID NOT NULL REFERENCES frameworks (id),
    number BIGINT NOT NULL,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (framework, number)
);
