-- Frameworks of competencies. A version is written once and never changes, so that an edition keeps the one with which it
-- began; `content` is the whole framework as one document. The newest version's number is the framework's own `version`.

CREATE TABLE frameworks (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    taken TEXT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX frameworks_of_organisation ON frameworks (organisation, id);
-- What comes with the product is taken over once; further copies are the organisation's own.
CREATE UNIQUE INDEX frameworks_taken ON frameworks (organisation, taken) WHERE taken IS NOT NULL;

-- `change` is what was changed since the version before, in a word and with the name of what it was changed in.
CREATE TABLE framework_versions (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    framework UUID NOT NULL REFERENCES frameworks (id),
    number BIGINT NOT NULL,
    content TEXT NOT NULL,
    change TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (framework, number)
);
