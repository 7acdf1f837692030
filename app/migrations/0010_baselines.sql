-- What comes before the first meeting: where somebody stands, as three people see it, and who has read the orientation.

-- Given once and for all: a correction is another row, with the next number. `content` is a level for each competency of the
-- framework's version, or none where somebody cannot say.
CREATE TABLE baselines (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    mentee UUID NOT NULL REFERENCES persons (id),
    rater UUID NOT NULL REFERENCES persons (id),
    side TEXT NOT NULL,
    number BIGINT NOT NULL,
    framework UUID NOT NULL REFERENCES framework_versions (id),
    content TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    UNIQUE (edition, mentee, rater, side, number)
);
CREATE INDEX baselines_of_rater ON baselines (rater, edition);

CREATE TABLE baseline_drafts (
    edition UUID NOT NULL REFERENCES editions (id),
    mentee UUID NOT NULL REFERENCES persons (id),
    rater UUID NOT NULL REFERENCES persons (id),
    side TEXT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    content TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (edition, mentee, rater, side)
);
CREATE INDEX baseline_drafts_of_rater ON baseline_drafts (rater, edition);

-- `words` is the digest of what was read, so that it shows when the text became another one.
CREATE TABLE orientations (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    person UUID NOT NULL REFERENCES persons (id),
    part TEXT NOT NULL,
    words TEXT NOT NULL,
    read_at BIGINT NOT NULL,
    UNIQUE (edition, person, part, words)
);
CREATE INDEX orientations_of_person ON orientations (person);
