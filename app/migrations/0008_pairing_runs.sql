-- The pairing board: rules of an edition, marks on pairs, runs and what came out of them.

CREATE TABLE pairing_rules (
    edition UUID PRIMARY KEY NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    rules TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- A pair that the coordinator pinned or forbade.
CREATE TABLE pairing_marks (
    edition UUID NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentee UUID NOT NULL REFERENCES persons (id),
    mentor UUID NOT NULL REFERENCES persons (id),
    mark TEXT NOT NULL,
    marked_by UUID NOT NULL REFERENCES persons (id),
    marked_at BIGINT NOT NULL,
    PRIMARY KEY (edition, mentee, mentor)
);

-- `rules` is the text under which it ran; `summary` what is said of the whole; `proof` the file that a stranger can check.
CREATE TABLE pairing_runs (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    rules TEXT NOT NULL,
    started_by UUID NOT NULL REFERENCES persons (id),
    summary TEXT,
    proof BYTEA,
    failure TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    version BIGINT NOT NULL,
    UNIQUE (edition, number)
);

-- One row for each mentee of a run, `place` in the order of names. Without a mentor they were left out, and `told` says why.
CREATE TABLE pairing_results (
    run UUID NOT NULL REFERENCES pairing_runs (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    place BIGINT NOT NULL,
    mentee UUID NOT NULL REFERENCES persons (id),
    mentor UUID REFERENCES persons (id),
    score BIGINT,
    told TEXT NOT NULL,
    PRIMARY KEY (run, place)
);
CREATE UNIQUE INDEX pairing_results_of_mentee ON pairing_results (run, mentee);
CREATE INDEX pairing_results_of_mentor ON pairing_results (run, mentor);
