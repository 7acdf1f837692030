-- What both sides say: wishes before a run, answers after it.

-- `ranked` and `conflicts` are lists of persons, dearest first. Nobody but the person and the rules reads them.
CREATE TABLE pairing_wishes (
    edition UUID NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    side TEXT NOT NULL,
    ranked TEXT NOT NULL,
    conflicts TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (edition, person, side)
);

-- A pair of whom the mentor is asked first, the mentee only when the mentor has accepted. `state` says where it stands; an
-- answer that nobody gave in time stands as `by_silence`.
CREATE TABLE proposals (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    run UUID NOT NULL REFERENCES pairing_runs (id),
    mentee UUID NOT NULL REFERENCES persons (id),
    mentor UUID NOT NULL REFERENCES persons (id),
    why TEXT NOT NULL,
    state TEXT NOT NULL,
    by_silence BOOLEAN NOT NULL,
    mentor_until BIGINT NOT NULL,
    mentor_answered_at BIGINT,
    mentee_until BIGINT,
    mentee_answered_at BIGINT,
    reason TEXT,
    mentorship UUID REFERENCES mentorships (id),
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX proposals_of_edition ON proposals (edition, state, id);
CREATE INDEX proposals_of_mentee ON proposals (mentee, edition);
CREATE INDEX proposals_of_mentor ON proposals (mentor, edition);

-- Links that answer a proposal without signing in. Only their digest is kept.
CREATE TABLE proposal_links (
    token BYTEA PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    proposal UUID NOT NULL REFERENCES proposals (id),
    person UUID NOT NULL REFERENCES persons (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX proposal_links_of_proposal ON proposal_links (proposal);
