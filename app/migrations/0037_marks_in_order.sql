-- The marks of an edition are listed in the order of names, as proposals and mentorships are: what a page shows is found by index.
CREATE TABLE pairing_marks_in_order (
    edition UUID NOT NULL REFERENCES editions (id),
    organisation UUID NOT NULL REFERENCES organisations (id),
    mentee UUID NOT NULL REFERENCES persons (id),
    mentor UUID NOT NULL REFERENCES persons (id),
    mark TEXT NOT NULL,
    marked_by UUID NOT NULL REFERENCES persons (id),
    marked_at BIGINT NOT NULL,
    mentee_sort BYTEA NOT NULL,
    mentor_sort BYTEA NOT NULL,
    PRIMARY KEY (edition, mentee, mentor)
);
INSERT INTO pairing_marks_in_order
    (edition, organisation, mentee, mentor, mark, marked_by, marked_at, mentee_sort, mentor_sort)
SELECT pairing_marks.edition, pairing_marks.organisation, pairing_marks.mentee, pairing_marks.mentor, pairing_marks.mark,
    pairing_marks.marked_by, pairing_marks.marked_at, mentee.name_sort, mentor.name_sort
FROM pairing_marks JOIN persons AS mentee ON mentee.id = pairing_marks.mentee JOIN persons AS mentor ON mentor.id = pairing_marks.mentor;
DROP TABLE pairing_marks;
ALTER TABLE pairing_marks_in_order RENAME TO pairing_marks;
CREATE INDEX pairing_marks_by_name ON pairing_marks (edition, mentee_sort, mentee, mentor_sort, mentor);
