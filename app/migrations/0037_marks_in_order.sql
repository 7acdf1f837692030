-- The marks of an edition are listed in the order of names, as proposals and mentorships are: what a page shows is found by index.
ALTER TABLE pairing_marks ADD COLUMN mentee_sort BYTEA;
ALTER TABLE pairing_marks ADD COLUMN mentor_sort BYTEA;
UPDATE pairing_marks SET
    mentee_sort = (SELECT name_sort FROM persons WHERE persons.id = pairing_marks.mentee),
    mentor_sort = (SELECT name_sort FROM persons WHERE persons.id = pairing_marks.mentor);
CREATE INDEX pairing_marks_by_name ON pairing_marks (edition, mentee_sort, mentee, mentor_sort, mentor);
