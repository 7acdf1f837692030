-- What a run leaves free that others keep: then it is a what-if, from which nothing is sent. NULL where it is a run like any.
ALTER TABLE pairing_runs ADD COLUMN frees TEXT;
