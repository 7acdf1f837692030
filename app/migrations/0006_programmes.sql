-- Programmes, their editions, and who takes part in which.

CREATE TABLE programmes (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    name_sort BYTEA NOT NULL,
    track TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX programmes_in_order ON programmes (organisation, name_sort, id);

-- Dates are civil: they mean the day in the edition's own zone. `settings` holds what is read as a whole: the calendar,
-- the clocks, the windows of consent, the course of a degree.
CREATE TABLE editions (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    programme UUID NOT NULL REFERENCES programmes (id),
    name TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    framework UUID REFERENCES framework_versions (id),
    settings TEXT NOT NULL,
    opened_at BIGINT,
    closed_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX editions_of_programme ON editions (programme, starts_on, id);
CREATE INDEX editions_of_organisation ON editions (organisation, starts_on, id);

-- One row for each side on which somebody takes part: somebody may be mentored and mentor others.
CREATE TABLE enrolments (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    person UUID NOT NULL REFERENCES persons (id),
    side TEXT NOT NULL,
    standing TEXT NOT NULL,
    way TEXT NOT NULL,
    reason TEXT,
    post TEXT,
    nominated_by UUID REFERENCES persons (id),
    capacity BIGINT,
    fallback UUID REFERENCES persons (id),
    changed_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (edition, person, side)
);
CREATE INDEX enrolments_of_edition ON enrolments (edition, side, standing, person);
CREATE INDEX enrolments_of_person ON enrolments (person, edition);
