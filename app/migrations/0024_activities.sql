-- The plan of practical demonstration of a pair: what the mentee will be taught, observe, visit and practise, and the debrief after
-- each. `words` are sealed for their author; kinds, competencies, dates, states and minutes are in the clear.

-- Goes up with each change to a pair's plan, so that of two who write it at once the second is told.
CREATE TABLE activity_plans (
    mentorship UUID PRIMARY KEY NOT NULL REFERENCES mentorships (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE activities (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    author UUID NOT NULL REFERENCES persons (id),
    kind TEXT NOT NULL,
    competency TEXT,
    -- The day, or the first of the month where no day is known yet.
    planned_on TEXT NOT NULL,
    is_month BOOLEAN NOT NULL,
    words BYTEA NOT NULL,
    state TEXT NOT NULL,
    ended_at BIGINT,
    minutes BIGINT,
    settled_by UUID REFERENCES persons (id),
    reason BYTEA,
    changed_at BIGINT NOT NULL
);
CREATE INDEX activities_of_mentorship ON activities (mentorship, planned_on);

-- What the mentee expected, saw and will practise. `written_at` is when the whole of it was written; the expectation may stand
-- there before.
CREATE TABLE activity_debriefs (
    activity UUID PRIMARY KEY NOT NULL REFERENCES activities (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    author UUID NOT NULL REFERENCES persons (id),
    visibility TEXT NOT NULL,
    words BYTEA NOT NULL,
    written_at BIGINT,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
