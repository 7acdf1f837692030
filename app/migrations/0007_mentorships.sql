-- Published pairs. One mentorship runs for a mentee in an edition; those that ended stay. `reason` is read by the coordinator
-- alone; `another` says that who ended it would like another match. `mentee_sort` puts a list in the order of names.

CREATE TABLE mentorships (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    mentee UUID NOT NULL REFERENCES persons (id),
    mentor UUID NOT NULL REFERENCES persons (id),
    began_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by UUID REFERENCES persons (id),
    ending TEXT,
    reason TEXT,
    another BOOLEAN NOT NULL,
    mentee_sort BYTEA,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX mentorships_running ON mentorships (edition, mentee) WHERE ended_at IS NULL;
CREATE INDEX mentorships_of_edition ON mentorships (edition, id);
CREATE INDEX mentorships_in_order ON mentorships (edition, mentee_sort, id);
CREATE INDEX mentorships_of_mentee ON mentorships (mentee, id);
CREATE INDEX mentorships_of_mentor ON mentorships (mentor, id);
