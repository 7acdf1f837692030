-- Goals of a pair: what the mentee wants to reach, with a measure, a date, steps and check-ins; and the career objective that goals
-- may lead to. `words` are sealed for their author; numbers, dates, kinds and competencies are in the clear, so that progress can
-- be counted without opening anything. A goal that is `only-me` is its owner's alone and is in nobody else's counts.

CREATE TABLE goals (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    owner UUID NOT NULL REFERENCES persons (id),
    -- Who wrote it as it stands.
    author UUID NOT NULL REFERENCES persons (id),
    visibility TEXT NOT NULL,
    kind TEXT NOT NULL,
    term TEXT NOT NULL,
    -- The key of a competency, or none and perhaps the career objective.
    competency TEXT,
    for_objective BOOLEAN NOT NULL,
    parent UUID REFERENCES goals (id),
    words BYTEA NOT NULL,
    baseline DOUBLE PRECISION,
    target DOUBLE PRECISION,
    due TEXT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    outcome TEXT,
    settled_at BIGINT,
    settled_by UUID REFERENCES persons (id),
    reason BYTEA,
    version BIGINT NOT NULL
);
CREATE INDEX goals_of_mentorship ON goals (mentorship);
CREATE INDEX goals_of_parent ON goals (parent);

CREATE TABLE goal_steps (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    goal UUID NOT NULL REFERENCES goals (id),
    place BIGINT NOT NULL,
    author UUID NOT NULL REFERENCES persons (id),
    words BYTEA NOT NULL,
    done_at BIGINT
);
CREATE INDEX goal_steps_of_goal ON goal_steps (goal);

CREATE TABLE goal_check_ins (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    goal UUID NOT NULL REFERENCES goals (id),
    author UUID NOT NULL REFERENCES persons (id),
    -- The day that it tells of, and when it was written.
    on_day TEXT NOT NULL,
    value DOUBLE PRECISION,
    words BYTEA,
    written_at BIGINT NOT NULL
);
CREATE INDEX goal_check_ins_of_goal ON goal_check_ins (goal, on_day);

CREATE TABLE goal_objectives (
    mentorship UUID PRIMARY KEY NOT NULL REFERENCES mentorships (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    author UUID NOT NULL REFERENCES persons (id),
    words BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
