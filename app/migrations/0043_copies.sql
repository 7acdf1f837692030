-- Copies of what somebody wrote in a mentorship, handed by its author to the coordination (`pair-and-coordinator`, which the other of the
-- pair reads as well) or to the faculty (`submitted`). `words` are title, note and texts as they were then, sealed for their author. What
-- is taken back is deleted.

CREATE TABLE copies (
    id UUID PRIMARY KEY NOT NULL,
    organisation UUID NOT NULL REFERENCES organisations (id),
    edition UUID NOT NULL REFERENCES editions (id),
    mentorship UUID NOT NULL REFERENCES mentorships (id),
    author UUID NOT NULL REFERENCES persons (id),
    visibility TEXT NOT NULL,
    words BYTEA NOT NULL,
    handed_at BIGINT NOT NULL
);
CREATE INDEX copies_of_mentorship ON copies (mentorship);
CREATE INDEX copies_of_organisation ON copies (organisation, visibility, edition);
