-- Agreed outcomes of a pair: a line that one proposes and both release, to readers whom both name. `words` are sealed for their author.
-- What is withdrawn is deleted.

CREATE TABLE outcomes (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    author UUID NOT NULL REFERENCES persons (id),
    words BYTEA NOT NULL,
    proposed_at BIGINT NOT NULL,
    released_at BIGINT
);
CREATE INDEX outcomes_of_mentorship ON outcomes (mentorship);

CREATE TABLE outcome_readers (
    outcome UUID NOT NULL REFERENCES outcomes (id),
    person UUID NOT NULL REFERENCES persons (id),
    -- As what they read it: sponsor, supervisor or coordinator.
    part TEXT NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (outcome, person, part)
);
CREATE INDEX outcome_readers_of_person ON outcome_readers (person, part);
