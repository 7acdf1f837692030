-- Published pairs. One mentorship runs for a mentee in an edition; those that ended stay.

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
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX mentorships_running ON mentorships (edition, mentee) WHERE ended_at IS NULL;
CREATE INDEX mentorships_of_edition ON mentorships (edition, id);
CREATE INDEX mentorships_of_mentee ON mentorships (mentee, id);
CREATE INDEX mentorships_of_mentor ON mentorships (mentor, id);
