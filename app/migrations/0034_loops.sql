-- The learning of an observation: predict, observe, debrief, practise, observe again. What was learned, and when, stays; what was written
-- goes on the day that the undertaking says, row by row.

-- What a held seat is for: the competency, what the observer watches for, when they predicted, and the practice that followed. No words.
CREATE TABLE loops (
    seat UUID PRIMARY KEY NOT NULL REFERENCES seats (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    competency TEXT,
    -- Keys with a space between.
    lenses TEXT NOT NULL,
    predicted_at BIGINT,
    -- The activity of the plan in which the two agreed that it is practised; activities may go again.
    practice UUID,
    agreed_at BIGINT,
    -- Since when the observer has been asked for their debrief, and how often they were reminded.
    asked_at BIGINT,
    reminded BIGINT NOT NULL,
    destroyed_at BIGINT,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX loops_of_mentorship ON loops (mentorship);
CREATE INDEX loops_of_organisation ON loops (organisation);

-- What the observer expected, with probabilities; and later what came. Sealed, both.
CREATE TABLE predictions (
    seat UUID PRIMARY KEY NOT NULL REFERENCES seats (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    author UUID NOT NULL REFERENCES persons (id),
    visibility TEXT NOT NULL,
    words BYTEA NOT NULL,
    written_at BIGINT NOT NULL,
    outcome BYTEA,
    resolved_at BIGINT,
    version BIGINT NOT NULL
);

-- What the two said of a debrief: a line of the mentor's, and a practice that one proposes and the other agrees to.
CREATE TABLE loop_talks (
    seat UUID PRIMARY KEY NOT NULL REFERENCES seats (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    line BYTEA,
    line_by UUID REFERENCES persons (id),
    line_at BIGINT,
    kind TEXT,
    planned_on TEXT,
    practice BYTEA,
    proposed_by UUID REFERENCES persons (id),
    proposed_at BIGINT,
    version BIGINT NOT NULL
);

-- A debrief that was destroyed: when it had been written, and since when nothing is written of the activity any more.
ALTER TABLE activities ADD COLUMN debriefed_at BIGINT;
ALTER TABLE activities ADD COLUMN debrief_closed_at BIGINT;
