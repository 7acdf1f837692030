-- What an organisation knows of its people, and the sheets that it came from.

CREATE TABLE competencies (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    name_sort BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (organisation, search)
);

CREATE TABLE profiles (
    person UUID PRIMARY KEY NOT NULL REFERENCES persons (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentor BOOLEAN NOT NULL,
    mentee BOOLEAN NOT NULL,
    title TEXT,
    unit TEXT,
    place TEXT,
    languages TEXT NOT NULL,
    external_id TEXT,
    biography TEXT,
    capacity BIGINT,
    post TEXT,
    manager UUID REFERENCES persons (id),
    preferences TEXT NOT NULL,
    conflicts TEXT NOT NULL,
    former_mentors TEXT NOT NULL,
    search TEXT NOT NULL
);
CREATE INDEX profiles_of_manager ON profiles (manager);
CREATE INDEX profiles_of_organisation ON profiles (organisation);

CREATE TABLE person_competencies (
    person UUID NOT NULL REFERENCES persons (id),
    competency UUID NOT NULL REFERENCES competencies (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    side TEXT NOT NULL,
    level BIGINT,
    place BIGINT NOT NULL,
    PRIMARY KEY (person, side, competency)
);

-- An attribute that a coordinator admitted: what it is for, who sees it, and for special categories on which legal basis.
CREATE TABLE attributes (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    seen_by TEXT NOT NULL,
    purpose TEXT NOT NULL,
    legal_basis TEXT,
    special TEXT,
    created_at BIGINT NOT NULL,
    UNIQUE (organisation, key)
);

CREATE TABLE person_attributes (
    person UUID NOT NULL REFERENCES persons (id),
    attribute UUID NOT NULL REFERENCES attributes (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    content TEXT NOT NULL,
    PRIMARY KEY (person, attribute)
);

-- What the coordinator said once of a heading, for the next file.
CREATE TABLE headings (
    organisation UUID NOT NULL REFERENCES organisations (id),
    sheet TEXT NOT NULL,
    heading TEXT NOT NULL,
    meaning TEXT NOT NULL,
    PRIMARY KEY (organisation, sheet, heading)
);

CREATE TABLE imports (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    started_by UUID NOT NULL REFERENCES persons (id),
    state TEXT NOT NULL,
    mapping TEXT NOT NULL,
    outcome TEXT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX imports_in_order ON imports (organisation, id);

-- The sheets themselves, kept until the import is confirmed or dropped.
CREATE TABLE import_sheets (
    import UUID NOT NULL REFERENCES imports (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    place BIGINT NOT NULL,
    role TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (import, place)
);
