-- The decision journal of a pair: a decision that the mentee faces, what they expect with which probability and why, by when it will
-- be known, and what came. Words and probabilities are sealed for their author; days and states are in the clear. A decision that is
-- `only-me` is its author's alone and is in nobody else's counts.

CREATE TABLE journal_decisions (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    author UUID NOT NULL REFERENCES persons (id),
    visibility TEXT NOT NULL,
    words BYTEA NOT NULL,
    -- The day by which it will be known what came.
    known_on TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    resolved_at BIGINT,
    -- What came, and what its author makes of it.
    outcome BYTEA,
    version BIGINT NOT NULL
);
CREATE INDEX journal_decisions_of_mentorship ON journal_decisions (mentorship, known_on);
