-- What was done about pairs: which clocks somebody was told of, and what a coordinator did. How a pair is, is derived.

-- `told_on` is the day in the edition's calendar. Each stage of each clock is told once.
CREATE TABLE health_reminders (
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    clock TEXT NOT NULL,
    number BIGINT NOT NULL,
    stage TEXT NOT NULL,
    told_on TEXT NOT NULL,
    PRIMARY KEY (mentorship, clock, number, stage)
);

CREATE TABLE health_measures (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    measure TEXT NOT NULL,
    taken_by UUID NOT NULL REFERENCES persons (id),
    taken_at BIGINT NOT NULL
);
CREATE INDEX health_measures_of_mentorship ON health_measures (mentorship, taken_at);

-- The pairs that run already are looked after from now on; for others the look begins with them.
INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at)
SELECT id, id, 'health.sweep', '{}', 0, 0, 0 FROM organisations
WHERE EXISTS (SELECT 1 FROM mentorships WHERE mentorships.organisation = organisations.id AND mentorships.ended_at IS NULL);
