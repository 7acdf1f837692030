-- Why somebody left a mentorship is sealed for whoever said it. What was written before the first release stood open, and goes.

ALTER TABLE mentorships ADD COLUMN reason_words BYTEA;
UPDATE mentorships SET reason = NULL;
