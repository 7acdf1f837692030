-- What both sides say: wishes before a run, answers after it.

-- `ranked` and `conflicts` are lists of persons, dearest first; `written` is what was typed about conflicts, line by line, which
-- may name somebody whom we do not know yet. Nobody but the person and the rules reads them.
CREATE TABLE pairing_wishes (
    edition UUID NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    person UUID NOT NULL REFERENCES persons (id),
    side TEXT NOT NULL,
    ranked TEXT NOT NULL,
    conflicts TEXT NOT NULL,
    written TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (edition, person, side)
);

-- A pair of whom the mentor is asked first, the mentee only when the mentor has accepted. `state` says where it stands; an
-- answer that nobody gave in time stands as `by_silence`. `reason` is read by the coordinator alone. `closed_at` says since when
-- a proposal that came to nothing may be told as changed: never at the moment at which somebody declined.
CREATE TABLE proposals (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    run UUID NOT NULL REFERENCES pairing_runs (id),
    mentee UUID NOT NULL REFERENCES persons (id),
    mentor UUID NOT NULL REFERENCES persons (id),
    mentee_sort BYTEA NOT NULL,
    why TEXT NOT NULL,
    state TEXT NOT NULL,
    by_silence BOOLEAN NOT NULL,
    mentor_until BIGINT NOT NULL,
    mentor_answered_at BIGINT,
    mentee_until BIGINT,
    mentee_answered_at BIGINT,
    reason TEXT,
    reminded_at BIGINT,
    closed_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX proposals_of_edition ON proposals (edition, state, mentor_until, mentee_until);
CREATE INDEX proposals_in_order ON proposals (edition, mentee_sort, id);
CREATE INDEX proposals_of_mentee ON proposals (mentee, id);
CREATE INDEX proposals_of_mentor ON proposals (mentor, id);
-- Of a mentee one proposal is under way, whoever sends at once.
CREATE UNIQUE INDEX proposals_under_way ON proposals (edition, mentee)
    WHERE state IN ('mentor-asked', 'mentee-asked', 'accepted');

-- One row an edition, which the coordinator's acts (sending, publishing) take in turns: of two presses at once the second begins
-- anew and finds what the first one did.
CREATE TABLE pairing_turns (
    edition UUID PRIMARY KEY NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    taken BIGINT NOT NULL
);

-- Links that answer a proposal without signing in. Only their digest is kept.
CREATE TABLE proposal_links (
    token BYTEA PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    proposal UUID NOT NULL REFERENCES proposals (id),
    person UUID NOT NULL REFERENCES persons (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX proposal_links_by_end ON proposal_links (expires_at);
